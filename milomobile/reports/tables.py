"""How T1 to T11 (domain.md 5.3) are counted: one SQL text each over `contact_facts`, on the laptop and at the server."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from milomobile.domain.facts import ENTERED
from milomobile.reports.summing import ANONYMOUS, AWAY, UNKNOWN

Run = Callable[[str], Sequence[Any]]
"""An SQL text → its rows."""


@dataclass(frozen=True)
class Beside:
    """What is not in `contact_facts`.

    `contacts` of whole months whose answers have gone, by (fact, value) of `domain.retention.facts`; `people`, by sex, who
    are known by a count alone; `away` names the line of both, `why` says it. `reserved` are the protected criteria of each person, where
    they could be opened, `unopened` says where they are counted instead.
    """

    away: str = "Réponses gardées au bureau seulement"
    why: str = (
        "la réponse n’est plus sur ce poste (elle part 7\u00a0jours après l’envoi), ou n’y est qu’en compte par mois "
        "entier. Le bureau a le détail."
    )
    contacts: Mapping[tuple[str, str], int] = field(default_factory=dict)
    people: Mapping[str, int] = field(default_factory=dict)
    reserved: Mapping[str, frozenset[str]] | None = None
    unopened: str = "au bureau avec la clé des référents"

    @property
    def gone(self) -> int:
        """How many people."""
        return sum(self.people.values())


ONCE = (
    "Un jeune compte une fois, à la ligne de son dernier contact de la période\u00a0; les contacts sont tous comptés."
)
_OF = f"CASE WHEN kind <> 'named' THEN '{ANONYMOUS}' WHEN reduced = 1 THEN '{AWAY}' ELSE coalesce(%s, '{UNKNOWN}') END"
"""The line of an answer that goes with the encounter."""
_WHO = (
    f"CASE WHEN kind <> 'named' THEN '{ANONYMOUS}' WHEN person IS NULL THEN '{AWAY}' ELSE coalesce(%s, '{UNKNOWN}') END"
)
"""The line of one that stays with the person."""


def _by(line: str, counted: str, more: str = "") -> str:
    also = f", {more}" if more else ""
    return f"SELECT {line}{also}, {counted} FROM contact_facts GROUP BY 1{', 2' if more else ''}"


SENT_ON = ("RDV_PRIS", "ORIENTE_PARTENAIRE", "RATTACHE")
"""Outcomes that are something to go on with."""
SQL: Mapping[str, str] = {
    "T1": "SELECT place, count(*), sum(CASE WHEN kind = 'anonymous' THEN 1 ELSE 0 END),"
    " sum(CASE WHEN kind = 'group' THEN 1 ELSE 0 END), sum(women), sum(men), sum(unspecified),"
    " sum(CASE WHEN kind = 'named' THEN 1 ELSE 0 END), sum(first_met), sum(latest) FROM contact_facts GROUP BY place",
    "T2": _by(
        "CASE WHEN kind = 'group' THEN 'GROUPE' ELSE coalesce(sex, 'NSP') END", "count(*), sum(latest)", "age_band"
    ),
    "T3": _by(_WHO % "district", "count(*), sum(latest), sum(latest * attached)", "reduced"),
    "T4": _by(
        _OF % "level",
        "count(*), sum(latest), sum(CASE WHEN diploma IS NULL THEN 0 ELSE latest END),"
        " sum(CASE WHEN diploma = 'AUCUN' THEN latest ELSE 0 END)",
        "sex",
    ),
    "T5": _by(_WHO % "commune", "count(*), sum(latest)", "reduced"),
    "T6": _by(_OF % "origin", "count(*), sum(latest), sum(latest * attached)"),
    "T7": _by(_OF % "outcome", "count(*), sum(latest), sum(CASE WHEN minor = 1 THEN latest ELSE 0 END)"),
    "T8": "SELECT count(*), sum(latest), count(DISTINCT CASE WHEN meeting = 1 THEN person END),"
    " count(DISTINCT CASE WHEN present = 1 THEN person END), sum(latest * attached),"
    + ", ".join(f" sum(CASE WHEN scheme = '{scheme}' THEN latest ELSE 0 END)" for scheme in ENTERED)
    + " FROM contact_facts",
    "T9": _by(_OF % "category", "count(*), sum(latest)", "inactive_since"),
    "T10": "SELECT sum(latest), sum(CASE WHEN unfollowed = 1 THEN latest ELSE 0 END),"
    " count(DISTINCT CASE WHEN present = 1 OR attached = 1 THEN person END),"
    f" sum(CASE WHEN scheme IN {ENTERED!r} THEN latest ELSE 0 END) FROM contact_facts",
    "T11": "SELECT latest, neet, minor, drop_out, qpv, homeless, unfollowed, audiences, count(*) FROM contact_facts"
    " WHERE kind = 'named' GROUP BY 1, 2, 3, 4, 5, 6, 7, 8",
    "passed": "SELECT DISTINCT day, place FROM passed",
    "sent on": f"SELECT count(DISTINCT CASE WHEN outcome IN {SENT_ON!r} THEN person END), count(DISTINCT person)"
    " FROM contact_facts WHERE kind = 'named' AND reduced = 0 AND outcome IS NOT NULL",
    "outcomes": f"SELECT person, {_OF % 'outcome'} FROM contact_facts WHERE latest = 1",
}


def rows(run: Run, code: str) -> Iterator[tuple[Any, ...]]:
    """Sums of nothing are nothing."""
    return (tuple(row) for row in run(SQL[code]))
