"""The van's day: opening and closing stops, and what the day looks like."""

from datetime import datetime
from typing import Any

from milomobile import reference
from milomobile.actions.open import Profile
from milomobile.actions.register import known_place
from milomobile.domain.dates import DAYS, LOCAL, MONTHS, french_time
from milomobile.domain.outings import Day, Draft, Place, Row, Stop
from milomobile.domain.people import Person, short_name
from milomobile.domain.problems import NIR_SENTENCE
from milomobile.domain.texts import initials, looks_like_nir, tidy
from milomobile.errors import NotReady
from milomobile.store import encounters, journal, outbox, outings
from milomobile.store.outbox import Letter, Outbox
from sync import records


def open_stop(
    profile: Profile,
    name: str,
    setting: str,
    commune: str | None,
    qpv: str | None,
    partners: tuple[str, ...],
    now: datetime,
) -> str:
    """Opens a stop now and closes the one still open; makes outing and place where they are new. Returns its id."""
    name = tidy(name)
    if not 1 <= len(name) <= 80:
        raise NotReady("Écrivez le nom du lieu : de 1 à 80 caractères.")
    if looks_like_nir(name):
        raise NotReady(NIR_SENTENCE)
    moment, letters = round(now.timestamp() * 1000), []
    with profile.store.write() as session:
        last = outings.open_stop(session)
        if last:
            outings.close_stop(session, last, now)
            letters.append(Letter("stop", last, {"closed_at": now.isoformat()}, "update"))
        day = now.astimezone(LOCAL).date()
        outing = outings.outing_of(session, day)
        if outing is None:
            outing = records.uuid7(moment)
            outings.add_outing(session, outing, day)
            letters.append(Letter("outing", outing, {"date": day.isoformat()}))
        place = known_place(session, name, setting, commune, qpv, letters, moment)
        stop = records.uuid7(moment)
        outings.add_stop(session, stop, outing, place.id, now, partners)
        answers = {"outing": outing, "place": place.id, "opened_at": now.isoformat(), "partners": list(partners)}
        letters.append(Letter("stop", stop, answers))
        outbox.put(session, letters, now)
        journal.write(session, now, profile.adviser_id, "open stop", stop)
    return stop


def close_stop(profile: Profile, stop: str, now: datetime) -> None:
    """Closes a stop now."""
    with profile.store.write() as session:
        outings.close_stop(session, stop, now)
        outbox.put(session, [Letter("stop", stop, {"closed_at": now.isoformat()}, "update")], now)
        journal.write(session, now, profile.adviser_id, "close stop", stop)


def places(profile: Profile) -> list[Place]:
    """Every known place."""
    with profile.store.read() as session:
        return outings.places(session)


def partners(profile: Profile) -> tuple[str, ...]:
    """Who may be at a stop: the office's list once it told one, else the one that comes with the program."""
    with profile.store.read() as session:
        return tuple(outings.partners(session)) or reference.PARTNERS


def day(profile: Profile, now: datetime) -> Day:
    """Today's stops, who was met, and the counters."""
    today = now.astimezone(LOCAL).date()
    with profile.store.read() as session:
        stops = tuple(_stop(row) for row in outings.stops_of(session, today))
        met = tuple(_row(row) for row in encounters.of_day(session, today))
        count = encounters.figures(session, today, today)
    return Day(
        day=today,
        stops=stops,
        open_stop=next((stop for stop in stops if stop.closed_at is None), None),
        met=met,
        encounters=count["encounters"],
        registrations=count["registrations"],
        anonymous=count["anonymous"],
        people_met=count["people_met"],
        waiting=Outbox(profile.store).waiting(),
    )


def _stop(row: Any) -> Stop:
    place = Place(row.place_id, row.name, row.setting, row.commune, row.qpv)
    commune = reference.commune_names().get(row.commune or "")
    district = reference.lists()["qpv"].get(row.qpv or "")
    partners = tuple(row.partners)
    counts = (row.encounters, row.registrations)
    return Stop(row.id, place, commune, district, row.opened_at, row.closed_at, partners, *counts)


def _row(row: Any) -> Row:
    lists = reference.lists()
    needs = ", ".join(lists["demande_exprimee"].get(code, code) for code in row.needs)
    band = lists["tranche_age"].get(row.age_band or "", "").split(" (")[0]
    common = {"id": row.id, "person": row.person_id, "at": row.at, "sent": bool(row.sent)}
    if row.kind == "anonymous":
        return Row(name="Contact anonyme", initials="", age=band, line=needs, state="anonymous", **common)
    if row.kind == "group":
        counts = ((row.women, "femme"), (row.men, "homme"), (row.unspecified, "personne"))
        said = ", ".join(f"{n} {word}{'s' if n > 1 else ''}" for n, word in counts if n)
        return Row(name="Groupe", initials="", age=band, line=said, state="group", **common)
    age = Person(birth_date=row.birth_date, stated_age=row.stated_age).age(row.at.astimezone(LOCAL).date())
    line = needs or lists["resultat_contact"].get(row.outcome, "")
    if row.meeting_at:
        when = row.meeting_at.astimezone(LOCAL)
        day_name = f"{DAYS[when.weekday()]} {when.day} {MONTHS[when.month - 1]}"
        line = f"Rendez-vous {day_name}, {french_time(when)}, {row.meeting_place}"
    return Row(
        name=short_name(row.given_name, row.birth_name),
        initials=initials(row.given_name, row.birth_name),
        age="" if age is None else f"{age}\u00a0ans",
        line=line,
        state="complete" if row.birth_date else "incomplete",
        **common,
    )


def keep_draft(profile: Profile, id: str, answers: dict[str, object], now: datetime) -> datetime:
    """Keeps a half-filled form in the encrypted store; returns when."""
    with profile.store.write() as session:
        encounters.keep_draft(session, id, now, answers)
    return now


def drop_draft(profile: Profile, id: str) -> None:
    """Forgets a draft."""
    with profile.store.write() as session:
        encounters.drop_draft(session, id)


def drafts(profile: Profile) -> list[Draft]:
    """Every draft, last kept first."""
    with profile.store.read() as session:
        return [Draft(row.id, row.kept_at, row.answers) for row in encounters.drafts(session)]
