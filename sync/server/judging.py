"""The verdict on one line, from its own bytes alone."""

import json
import math
import re
from dataclasses import dataclass
from typing import Any

from sync import records
from sync.server import kinds, merge

ERASED = "Cette personne a été effacée\u00a0: rien n’est gardé d’elle."
_EMPTIED = "Le poste n’a plus le contenu de cet élément\u00a0: la personne a été effacée, ou l’élément est ancien."
EMPTIED = "/problems/emptied"
NEWER = "/problems/schema-newer-than-server"
OPS = ("create", "update", "erase")


@dataclass(frozen=True)
class Judged:
    """What one line is, and the verdict."""

    seq: int
    id: str
    line: bytes
    digest: bytes
    record: dict[str, Any]
    state: str = "taken"
    type: str = ""
    detail: str = ""
    pointer: str | None = None


def judge(seq: int, line: bytes, digest: bytes, schema: int = records.SCHEMA) -> Judged:
    """Taken, refused, or gone where the laptop had emptied it. A line that cannot be read is stored under its digest.

    `schema` is the newest that this server reads.
    """
    if records.digest(line)[1]:
        return Judged(seq, digest.hex(), b"", digest, {}, "gone", EMPTIED, _EMPTIED)
    try:
        record = _read(line.decode())
        id = record["id"]
        if not isinstance(record, dict) or not _short(id) or (b"\\u" in line and not _storable(record)):
            raise ValueError
    except (ValueError, KeyError, TypeError, RecursionError):
        said = "Cette ligne n’est pas lisible."
        return Judged(seq, digest.hex(), line, digest, {}, "refused", "/problems/unreadable-line", said)
    wrong = _wrong(record, schema)
    if wrong:
        kind, said, pointer = wrong
        return Judged(seq, id, line, digest, record, "refused", f"/problems/{kind}", said, pointer)
    return Judged(seq, id, line, digest, record)


def _finite(text: str) -> float:
    """A number that JSON can hold; raises ValueError for NaN, Infinity and what is as large."""
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(text)
    return number


_read = json.JSONDecoder(parse_constant=_finite, parse_float=_finite).decode


def _storable(record: object) -> bool:
    """Whether PostgreSQL can hold every text: no NUL, no half of a surrogate pair."""
    try:
        return b"\\u0000" not in json.dumps(record, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return False


def said(record: dict[str, Any], node: str, received: int) -> merge.Said:
    """A taken record as merging sees it; sealed text is one field."""
    answers = record.get("set")
    base = record.get("base")
    return merge.Said(
        id=record["id"],
        hlc=record["hlc"],
        node=node,
        received=received,
        set=answers if isinstance(answers, dict) else {"sealed": answers},
        base=base if isinstance(base, dict) else {},
    )


def person_of(record: dict[str, Any]) -> str | None:
    """Whom a record is about, so that an erasure reaches it."""
    if record["entity"] in ("person", "reserved"):
        return str(record["entity_id"])
    answers = record.get("set")
    person = answers.get("person") if isinstance(answers, dict) else None
    return person if isinstance(person, str) else None


def about(record: dict[str, Any]) -> set[tuple[str, str]]:
    """The entities that a record is about: erased, any of them makes it gone."""
    person = person_of(record)
    own = (record["entity"], record["entity_id"])
    return {own, ("person", person)} if person else {own}


def _wrong(record: dict[str, Any], schema: int) -> tuple[str, str, str | None] | None:
    entity, answers, op = record.get("entity"), record.get("set"), record.get("op")
    version = record.get("v")
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        return "no-version", "Cette fiche ne dit pas sa version.", "/v"
    if version > schema:
        said = "Cette fiche vient d’une version plus récente que le serveur. Il la prendra après sa mise à jour."
        return NEWER.removeprefix("/problems/"), said, "/v"
    if entity not in records.ENTITIES:
        return "unknown-entity", "Le serveur ne connaît pas cette sorte de fiche.", "/entity"
    if op not in OPS or not _short(record.get("entity_id")):
        return "unknown-act", "Le serveur ne connaît pas cet acte.", "/op"
    if not _clock(record.get("hlc")):
        return "no-clock", "Cette fiche n’a pas d’horloge.", "/hlc"
    if op == "erase":
        return None if entity == "person" else ("unknown-act", "Seule une personne s’efface.", "/op")
    if entity == "reserved":
        return None if isinstance(answers, str) else ("not-sealed", "Ces critères ne sont pas scellés.", "/set")
    if not isinstance(answers, dict):
        return "no-answers", "Cette fiche est vide.", "/set"
    if name := kinds.wrong(entity, answers):
        return "wrong-kind", f"La réponse «\u00a0{name}\u00a0» n’est pas de la sorte attendue.", f"/set/{name}"
    if op == "create":
        for names in _REQUIRED.get(entity, ()):
            if not any(answers.get(name) for name in names):
                return f"{entity}-without-{names[0]}", f"Il manque {_MISSING[names[0]]}.", f"/set/{names[0]}"
    return None


def _short(text: object) -> bool:
    return isinstance(text, str) and 0 < len(text) <= 64 and "\0" not in text


def _clock(text: object) -> bool:
    return isinstance(text, str) and _CLOCK.fullmatch(text) is not None


_CLOCK = re.compile("[0-9a-f]{16}")


_MISSING = {
    "given_name": "le prénom ou le nom",
    "phone": "un moyen de contact",
    "kind": "la sorte de rencontre",
    "at": "la date et l’heure",
    "place": "le lieu",
    "date": "la date",
    "outing": "la sortie",
    "opened_at": "l’heure de début",
    "name": "le nom",
}
_REQUIRED: dict[str, tuple[tuple[str, ...], ...]] = {
    "person": (("given_name", "birth_name"), ("phone", "email", "social")),
    "encounter": (("kind",), ("at",), ("place",)),
    "outing": (("date",),),
    "stop": (("outing",), ("place",), ("opened_at",)),
    "place": (("name",),),
    "appointment": (("at",), ("place",)),
}
