"""The rights of a person over what is kept of them: seen, limited, objected to, agreements withdrawn (RGPD art. 7, 15, 18, 21)."""

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from milomobile import reference
from milomobile.actions import shown
from milomobile.actions.open import Profile
from milomobile.domain.dates import LOCAL
from milomobile.domain.encounters import WAYS
from milomobile.errors import NotOurs, WeakPassword
from milomobile.reports import person_file, zipped
from milomobile.reports.safely import together
from milomobile.security import passwords
from milomobile.store import corrections, directory, encounters, journal, outbox, people, rights
from milomobile.store.outbox import Letter

_NOT_AGREED = "Cet accord n’est pas donné\u00a0: il n’y a rien à retirer. Rien n’a été modifié."


def export(profile: Profile, person: str, out: Path, password: str | None, now: datetime) -> list[Path]:
    """Everything kept of someone, to hand to them: a PDF to read and JSON to take along; returns the files written.

    With a password one AES-256 ZIP holds both. They appear whole, both or none, and never in the place of another file.
    Raises NotOurs, WeakPassword, NoRoom.
    """
    if password is not None and (wrong := passwords.problem(password)):
        raise WeakPassword(wrong)
    with profile.store.read() as session:
        kept = _gathered(session, person, now)
    office = reference.office()
    pdf = person_file.pdf(
        kept, reference.lists(), reference.commune_names(), (office.name, office.town, office.phone, office.email)
    )
    plain = json.dumps(kept, ensure_ascii=False, indent=1).encode()
    if password is None:
        files = {out.with_suffix(".pdf"): pdf, out.with_suffix(".json"): plain}
    else:
        inside = {f"{out.stem}.pdf": pdf, f"{out.stem}.json": plain}
        files = {out.with_suffix(".zip"): zipped.sealed(inside, password)}

    def noted() -> None:
        with profile.store.write() as session:
            journal.write(session, now, profile.adviser_id, "export person", person)

    with together(noted) as begin:
        for file, content in files.items():
            begin(file, None, "").write(content)
    return list(files)


def _gathered(session: Connection, person: str, now: datetime) -> dict[str, Any]:
    """What is kept of someone and of the files found to be theirs; the sealed criteria are only said to be there."""
    if people.get(session, person) is None:
        raise NotOurs(shown.GONE)
    every = people.circle(session, people.merged(session, person))
    met = [one for id in every for one in encounters.of_person(session, [id])]
    of = {one.id: id for id in every for one in encounters.of_person(session, [id])}
    marks = rights.marks(session, every)
    lines = [
        {**shown.line_of(session, of[one.id], one.id), "adviser": one.adviser, "setting": one.setting}
        for one in sorted(met, key=lambda one: one.at)
    ]
    files = [shown.line_of(session, id, None) | {"id": id} for id in every]
    for line in files:
        del line["place"], line["kind"]
    for line in lines:
        for name in files[0].keys() - {"id"}:
            line.pop(name, None)
    return {
        "exported_at": now.astimezone(LOCAL).isoformat(timespec="seconds"),
        "files": files,
        "encounters": lines,
        "referrals": [
            {"name": one.name, "structure": one.structure, "at": one.at.astimezone(LOCAL).isoformat()}
            for one in directory.referrals_of(session, every)
        ],
        "corrections": [
            {"at": one.at.astimezone(LOCAL).isoformat(), "fields": list(one.fields), "adviser": one.adviser}
            for one in corrections.of_person(session, every)
        ],
        "restricted_at": _iso(marks.restricted_at),
        "objected_at": _iso(marks.objected_at),
        "sealed_criteria": rights.has_sealed(session, every),
        "consultations": [
            {"at": at.astimezone(LOCAL).isoformat(timespec="seconds"), "what": what}
            for at, what in rights.consultations(session, every)
        ],
    }


def _iso(at: datetime | None) -> str | None:
    return None if at is None else at.astimezone(LOCAL).isoformat(timespec="seconds")


def restrict(profile: Profile, person: str, limited: bool, now: datetime) -> None:
    """Limits the use of someone's file, or lifts that: kept, but in no list of calls and in no file by name (art. 18)."""
    _mark(profile, person, {"restricted_at": now if limited else None}, {"restricted": limited}, "restrict", now)


def object_to(profile: Profile, person: str, now: datetime) -> None:
    """Someone does not want to be followed any more: no call, no file by name, every agreement withdrawn (art. 21)."""
    with profile.store.read() as session:
        row = people.get(session, person)
    partners = dict.fromkeys(row.agrees_partners, False) if row else {}
    columns = {"objected_at": now, "agrees_partners": partners} | {f"agrees_{way}": False for way in WAYS}
    said = {"objected": True, "agrees": dict.fromkeys(WAYS, False) | partners}
    _mark(profile, person, columns, said, "object", now)


def withdraw(profile: Profile, person: str, agreement: str, now: datetime) -> None:
    """Takes back an agreement: a way of being reached (sms, call, email) or a partner's name (art. 7.3). Raises NotOurs."""
    with profile.store.read() as session:
        row = people.get(session, person)
        if row is None:
            raise NotOurs(shown.GONE)
        if not (getattr(row, f"agrees_{agreement}") if agreement in WAYS else row.agrees_partners.get(agreement)):
            raise NotOurs(_NOT_AGREED)
    columns: dict[str, Any] = (
        {f"agrees_{agreement}": False}
        if agreement in WAYS
        else {"agrees_partners": dict(row.agrees_partners) | {agreement: False}}
    )
    _mark(profile, person, columns, {"agrees": {agreement: False}}, "withdraw", now)


def _mark(
    profile: Profile, person: str, columns: Mapping[str, Any], said: Mapping[str, Any], what: str, now: datetime
) -> None:
    """One act on someone and the files found to be theirs."""
    with profile.store.write() as session:
        if people.get(session, person) is None:
            raise NotOurs(shown.GONE)
        every = people.circle(session, people.merged(session, person))
        outbox.put(session, [Letter("person", id, dict(said), "update") for id in every], now)
        rights.mark(session, every, columns)
        journal.write(session, now, profile.adviser_id, f"change {what}", person)
