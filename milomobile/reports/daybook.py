"""The day's report, one page: outing, stops, counts, needs heard, what was sent, room for two signatures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from milomobile.domain.charting import told
from milomobile.domain.dates import french_date, french_time, long_date
from milomobile.domain.notice import Office
from milomobile.domain.outings import Stop
from milomobile.reports import paper

LEAST = 5
"""A smaller count of an answer is not told."""
_STOPS, _LINES, _WIDEST = 11, 8, 52
_NOTE = (
    "Données de ce poste. Aucun nom de jeune. Plusieurs demandes sont possibles par rencontre. Les réponses données moins de "
    "cinq fois sont notées «\u00a0<\u00a05\u00a0». Critères protégés et demandes de santé n’y sont jamais."
)


@dataclass(frozen=True)
class DayBook:
    """What took place on a day. `counts` are (words, number); `needs` and `outcomes` words → encounters.

    `sent` are encounters of the day that the server has, `waiting` those it has not.
    """

    day: date
    programme: str
    team: Sequence[str]
    stops: Sequence[Stop]
    counts: Sequence[tuple[str, int]]
    needs: Mapping[str, int]
    outcomes: Mapping[str, int]
    sent: int
    waiting: int


def file_name(day: date) -> str:
    """« milo_journee_2026-11-24_v1.pdf »."""
    return f"milo_journee_{day.isoformat()}_v1.pdf"


def pdf(book: DayBook, office: Office, at: datetime) -> bytes:
    """The page, A4."""
    title = f"Journée du {long_date(book.day)}"
    team = ", ".join(book.team)
    return paper.pdf(
        "day",
        {
            "title": title,
            "office": office.name,
            "address": [line for line in (office.name, office.town, office.phone) if line],
            "foot": f"Milo Mobile, fait le {french_date(at.date())} à {french_time(at)}",
            "numbered": False,
            "under": _short(
                " · ".join(part for part in (book.programme, team and f"Équipe\u00a0: {team}") if part), 160
            ),
            "counts": [(said, told(number)) for said, number in book.counts],
            "stops": [_line(stop) for stop in book.stops[:_STOPS]],
            "more": _more(book.stops[_STOPS:]),
            "needs": _answers(book.needs),
            "outcomes": _answers(book.outcomes),
            "sent": _sent(book),
            "note": _NOTE,
        },
        at,
    )


def _line(stop: Stop) -> tuple[str, ...]:
    hours = f"{french_time(stop.opened_at)} – {french_time(stop.closed_at) if stop.closed_at else 'en cours'}"
    partners = _short(", ".join(stop.partners), _WIDEST) or "–"
    return _short(stop.place.name, _WIDEST), hours, partners, str(stop.encounters), str(stop.registrations)


def _more(stops: Sequence[Stop]) -> str:
    if not stops:
        return ""
    met = sum(stop.encounters for stop in stops)
    return f"Et {len(stops)} autre{'s' * (len(stops) > 1)} arrêt{'s' * (len(stops) > 1)}, {met} rencontre{'s' * (met > 1)}."


def _answers(found: Mapping[str, int]) -> list[tuple[str, str]]:
    """The most often given first; what does not fit the page is told as how many answers it is."""
    every = sorted(found.items(), key=lambda one: (-max(one[1], LEAST - 1), one[0]))
    shown: list[tuple[str, str]] = [(_short(said, 48), told(n if n >= LEAST else None)) for said, n in every[:_LINES]]
    if left := len(every) - len(shown):
        shown.append((f"{left} autre{'s' * (left > 1)} réponse{'s' * (left > 1)}", "…"))
    return shown


def _sent(book: DayBook) -> str:
    every = book.sent + book.waiting
    if not every:
        return "Aucune rencontre ce jour\u00a0: rien n’était à envoyer."
    if not book.waiting:
        return f"Les {every} rencontres du jour sont au bureau." if every > 1 else "La rencontre du jour est au bureau."
    waits = f"{book.waiting} attend{'ent' * (book.waiting > 1)} sur ce poste"
    return f"{book.sent} rencontre{'s' * (book.sent > 1)} sur {every} {'sont' if book.sent > 1 else 'est'} au bureau, {waits}."


def _short(said: str, most: int) -> str:
    return said if len(said) <= most else said[: most - 1].rstrip() + "…"
