"""Who counts as NEET, drop-out, minor…: what follows from the answers (domain.md 1.10, cli.md). Unknown is None, never False."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from milomobile.domain.dates import LOCAL
from milomobile.domain.encounters import IN_REACH, Named, Situation
from milomobile.domain.people import Guardian, Person

IDLE = ("SANS_SITUATION", "DEMANDEUR_D_EMPLOI")
BELOW_CAP = ("AUCUN", "CFG", "DNB")
LEVEL_UNKNOWN = ("ETRANGER",)
NO_HOME = ("SANS", "CHRS_URGENCE")
_NO_FILE = ("REFUS", "HORS_PERIMETRE", "SANS_SUITE")


@dataclass(frozen=True)
class Audiences:
    """What was computed of someone on the day of an encounter."""

    age: int | None
    minor: bool | None
    out_of_reach: bool | None
    neet: bool | None
    drop_out: bool | None
    training_duty: bool | None
    unfollowed: bool | None
    """Not followed by the public employment service: « invisible »."""
    district: bool | None
    homeless: bool | None


def computed(record: Named) -> Audiences:
    """Everything that follows from one registration, on the local day of its encounter."""
    day = record.at.astimezone(LOCAL).date()
    situation, age = record.situation, record.person.age(day)
    return Audiences(
        age=age,
        minor=None if age is None else age < 18,
        out_of_reach=None if age is None else age not in IN_REACH,
        neet=neet(situation),
        drop_out=drop_out(age, situation),
        training_duty=training_duty(age, situation),
        unfollowed=unfollowed(situation),
        district={"OUI": True, "NON": False}.get(record.person.qpv_status or ""),
        homeless=None if situation.housing in (None, "NSP") else situation.housing in NO_HOME,
    )


def neet(situation: Situation) -> bool | None:
    """Neither in employment nor in education nor in training."""
    return situation.category in IDLE if situation.category else None


def drop_out(age: int | None, situation: Situation) -> bool | None:
    """Left school without a diploma of the level of a CAP or above (code de l'éducation, L313-7)."""
    old = None if age is None else age >= 16
    away = situation.category != "SCOLARITE" if situation.category else None
    known = situation.diploma is not None and situation.diploma not in LEVEL_UNKNOWN
    return _all(old, away, situation.diploma in BELOW_CAP if known else None)


def training_duty(age: int | None, situation: Situation) -> bool | None:
    """Under the duty of training of those of 16 and 17 (code de l'éducation, L114-1).

    Somebody whose situation is not known counts; for a job-seeker the adviser has to confirm it, so that it is unknown.
    """
    young = None if age is None else 16 <= age < 18
    without = None if situation.category == "DEMANDEUR_D_EMPLOI" else situation.category in ("", "SANS_SITUATION")
    return _all(young, without)


def unfollowed(situation: Situation) -> bool | None:
    """Not registered as a job-seeker, or no regular contact with a body for five months (arrêté of 26/06/2024)."""
    contact = {"PLUS_5_MOIS": False, "JAMAIS": False, "MOINS_5_MOIS": True}.get(situation.last_contact or "")
    registered = {"O": True, "N": False}.get(situation.registered_ft or "")
    followed = _all(registered, contact)
    return None if followed is None else not followed


def needs_guardian(person: Person, handover: str, day: date) -> bool:
    """Whether a legal representative is asked: 16 or 17, and the Mission Locale is to open a file."""
    age = person.age(day)
    return age is not None and 16 <= age < 18 and handover not in _NO_FILE


def guardian_complete(guardian: Guardian) -> bool:
    """Whether the office can reach who answers for a minor."""
    return bool(guardian.name and guardian.phone)


def said(found: Audiences) -> Iterator[str]:
    """What holds, in the words of the screen; what is unknown or does not hold says nothing."""
    under = found.age is not None and found.age < IN_REACH.start
    if found.age is not None:
        yield f"{found.age}\u00a0ans le jour de la rencontre"
    for holds, words in (
        (found.minor, "Moins de 18\u00a0ans"),
        (found.out_of_reach and not under, "Hors du périmètre I-MILO, à orienter"),
        (found.training_duty, "Obligation de formation des 16-18\u00a0ans"),
        (found.neet, "Ni emploi, ni études, ni formation"),
        (found.drop_out, "A quitté l’école sans diplôme"),
        (found.unfollowed, "Sans suivi du service public de l’emploi"),
        (found.district, "Habite en QPV"),
        (found.homeless, "Sans hébergement stable"),
    ):
        if holds:
            yield words


def _all(*facts: bool | None) -> bool | None:
    """Whether all hold: one that does not decides, else one that is unknown leaves it unknown."""
    if False in facts:
        return False
    return None if None in facts else True
