"""Registering from a JSON-lines file, through the same checks as the form."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path

from sqlalchemy import Connection

from milomobile import reference
from milomobile.actions.open import Profile
from milomobile.actions.register import register_in
from milomobile.domain.problems import Problem
from milomobile.domain.reading import read
from milomobile.errors import NotOurs, NotReady

_LONGEST = 64 * 1024
_AT_ONCE = 200
"""Lines in one transaction: a stop by Ctrl+C keeps what was written and the rest can be given again."""


@dataclass
class Report:
    """What came of a file: counts, and for each doubtful or refused line its number, field and reason."""

    taken: int = 0
    already: int = 0
    warned: list[dict[str, object]] = field(default_factory=list)
    refused: list[dict[str, object]] = field(default_factory=list)


def register_lines(profile: Profile, file: Path, now: datetime) -> Report:
    """Keeps every good line of a file; a bad one is reported, the others are kept. Raises NotOurs for no file."""
    report = Report()
    numbered = enumerate(lines_of(file), 1)
    while chunk := list(islice(numbered, _AT_ONCE)):
        with profile.store.write() as session:
            for number, raw in chunk:
                if raw.strip():
                    _one(session, profile, raw, number, report, now)
    return report


def _one(session: Connection, profile: Profile, raw: bytes, number: int, report: Report, now: datetime) -> None:
    if len(raw) > _LONGEST:
        _note(report.refused, number, Problem("", "Cette ligne est trop longue\u00a0: 64 Kio au plus."))
        return
    try:
        line = json.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError:
        _note(report.refused, number, Problem("", "Cette ligne n’est pas en UTF-8. Enregistrez le fichier en UTF-8."))
        return
    except (ValueError, RecursionError):
        _note(report.refused, number, Problem("", "Cette ligne n’est pas du JSON complet."))
        return
    record, found = read(line, reference.lists(), now)
    refused = [problem for problem in found if problem.refused]
    if record is None or refused:
        _note(report.refused, number, refused[0])
        return
    try:
        with session.begin_nested():
            done = register_in(session, profile, record, now, found)
    except NotReady as wrong:
        _note(report.refused, number, wrong.problems[0])
        return
    report.already += done.already
    report.taken += not done.already
    for problem in done.warnings:
        _note(report.warned, number, problem)


def _note(where: list[dict[str, object]], number: int, problem: Problem) -> None:
    where.append({"line": number, "field": problem.field or None, "reason": problem.sentence})


def lines_of(file: Path) -> Iterator[bytes]:
    """The raw lines of a file, the beginning of those that are too long; raises NotOurs where it cannot be read."""
    try:
        with file.open("rb") as lines:
            while raw := lines.readline(_LONGEST + 1):
                yield raw
                while len(raw) > _LONGEST and not raw.endswith(b"\n"):
                    raw = lines.readline(_LONGEST + 1)
    except OSError:
        raise NotOurs(
            f"Le fichier {file} ne peut pas être lu. Les fiches sont intactes. Vérifiez son nom, puis réessayez."
        ) from None
