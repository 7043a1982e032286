"""The day's report, one page: outing, stops, counts, needs heard, what was sent, room for two signatures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from milomobile.domain.charting import told
from milomobile.domain.dates import french_date, french_time, long_date
from milomobile.domain.figures import LEAST, Line, Table
from milomobile.domain.notice import Office
from milomobile.domain.outings import Stop
from milomobile.domain.suppression import suppressed_together
from milomobile.reports import paper

_STOPS, _LINES, _WIDEST = 11, 8, 52
_NOTE = (
    "Données de ce poste. Aucun nom de jeune. Plusieurs demandes sont possibles par rencontre. «\u00a0masqué\u00a0»\u00a0: réponse "
    "donnée moins de cinq fois, ou masquée pour qu’une de celles-là ne se retrouve pas par soustraction. Critères protégés "
    "et demandes de santé n’y sont jamais."
)
_FEW = "Moins de 5 rencontres\u00a0: sans détail"


@dataclass(frozen=True)
class Elsewhere:
    """A place where people were met and no stop was kept: from the first to the last of them."""

    place: str
    first: datetime
    last: datetime
    encounters: int
    registrations: int


@dataclass(frozen=True)
class DayBook:
    """What took place on a day. `counts` are (words, number); `needs` and `outcomes` words → encounters.

    How many were met, where and in what kind of contact, is told as it is: it is nobody's answer.
    `sent` are encounters of the day that the server has, `waiting` those it has not.
    """

    day: date
    programme: str
    team: Sequence[str]
    stops: Sequence[Stop]
    elsewhere: Sequence[Elsewhere]
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
    lines = [*map(_line, book.stops), *map(_beside, book.elsewhere)]
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
            "stops": lines[:_STOPS],
            "more": _more(lines[_STOPS:]),
            "needs": _answers(book.needs, _needs(book)),
            "outcomes": _answers(book.outcomes, _outcomes(book)),
            "sent": _sent(book),
            "note": _NOTE,
        },
        at,
    )


def _line(stop: Stop) -> tuple[str, ...]:
    hours = f"{french_time(stop.opened_at)} – {french_time(stop.closed_at) if stop.closed_at else 'en cours'}"
    partners = _short(", ".join(stop.partners), _WIDEST) or "–"
    return _short(stop.place.name, _WIDEST), hours, partners, str(stop.encounters), str(stop.registrations)


def _beside(met: Elsewhere) -> tuple[str, ...]:
    first, last = french_time(met.first), french_time(met.last)
    hours = first if first == last else f"{first} – {last}"
    return _short(met.place, _WIDEST), hours, "sans arrêt noté", str(met.encounters), str(met.registrations)


def _more(lines: Sequence[tuple[str, ...]]) -> str:
    if not lines:
        return ""
    many, met = len(lines), sum(int(line[-2]) for line in lines)
    return f"Et {many} autre{'s' * (many > 1)} lieu{'x' * (many > 1)}, {met} rencontre{'s' * (met > 1)}."


def _needs(book: DayBook) -> dict[str, int | None] | None:
    """Small counts hidden, as several are possible; None where too few were met."""
    if book.sent + book.waiting < LEAST:
        return None
    return {said: many if many >= LEAST else None for said, many in book.needs.items()}


def _outcomes(book: DayBook) -> dict[str, int | None] | None:
    """One each: hidden so that their sum, which the page tells, gives none back; None where it would."""
    answered, words = sum(book.outcomes.values()), tuple(book.outcomes)
    if answered < LEAST or (answered == len(words)):
        return None
    whole = Line("", "", (answered,))
    lines = tuple(Line(said, said, (book.outcomes[said],)) for said in words)
    met = Table("", "", ("",), (), whole, things=(0,), named=(("all", ("", 0)),))
    _, left = suppressed_together((met, Table("", "", ("",), lines, whole, named=met.named)))
    return {line.code: line.cells[0] for line in left.lines}


def _answers(found: Mapping[str, int], leaving: Mapping[str, int | None] | None) -> list[tuple[str, str]]:
    """The most often given first; what does not fit the page is told as how many answers it is."""
    if leaving is None:
        return [(_FEW, "")] if found else []
    every = sorted(leaving.items(), key=lambda one: (-(one[1] or 0), one[0]))
    shown = [(_short(said, 48), told(many)) for said, many in every[:_LINES]]
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
