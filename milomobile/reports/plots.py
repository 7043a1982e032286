"""The charts of a period, out of its tables: on the page Bilan with real counts, on paper with those that may leave."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from itertools import pairwise

from milomobile.domain import periods
from milomobile.domain.charting import Chart, Kind, Mark
from milomobile.domain.figures import Line, Table
from milomobile.domain.suppression import suppressed_together
from milomobile.reports.meetings import OPENED

_MOST = 9
"""So many lines of a chart; what is left is one more."""
_GAP = 3
"""So many hours without anybody are one."""
_SEVERAL = "plusieurs réponses possibles"
_PUBLICS: Mapping[str, str] = {
    "NEET": "Sans emploi ni formation",
    "QPV": "Habite en QPV",
    "DECROCHEUR": "A quitté l’école",
    "PRECARITE": "Précarité",
    "MINEUR": "Mineurs (16–17\u00a0ans)",
    "INVISIBLE": "Sans suivi (invisibles)",
    "PSH_PR": "Sans hébergement",
    "PI": "Parent isolé",
    "FLE": "Maîtrise du français",
    "PM": "Mobilité",
    "RSA": "Bénéficiaire du RSA",
    "ZRR": "Zone rurale (ZRR)",
}
_STAGES: Mapping[str, str] = {
    "CONTACTS": "Contacts",
    "NOMINATIFS": "Jeunes inscrits",
    "RDV": "Rendez-vous pris",
    "PRESENTS": "Présents au rendez-vous",
    "RATTACHES": "Rattachés",
    "ENTREES": "CEJ, PACEA, formation",
}
Place = tuple[date, str, str, int, int]
"""(day, kind, place, hour, how many): `store.pace.Met`."""


def charts(tables: Sequence[Table], met: Sequence[Place], first: date, last: date) -> tuple[Chart, ...]:
    """Every chart of a period, both dates included; which are empty is for whoever shows them."""
    by_code = {table.code: table for table in tables}
    return (
        weeks(met, first, last),
        _ages(by_code["T2"]),
        _publics(by_code["T11"], by_code["T2"]),
        _stops(by_code["T1"]),
        _lines(by_code["T3"], "Quartiers prioritaires", _districts(by_code["T3"]), 1),
        _lines(by_code["T5"], "Communes", [line for line in by_code["T5"].lines if line.part_of], 1),
        _lines(by_code["T6"], "Origine du contact", by_code["T6"].lines, 1),
        _funnel(by_code["T8"]),
        hours(met),
    )


def leaving(
    tables: Sequence[Table], met: Sequence[Place], first: date, last: date
) -> tuple[tuple[Table, ...], tuple[Chart, ...]]:
    """Tables and charts as they may leave (`domain.suppression`): the tables as in the file `statistiques`.

    When and where people were met is told as it is, as in T1.
    """
    told = suppressed_together(tables)
    return told, charts(told, met, first, last)


def weeks(met: Iterable[Place], first: date, last: date) -> Chart:
    """Registrations and what has no name, one bar a week, or a month where these would be too many."""
    by_week, cut = periods.cut(first, last)
    named, other = Counter[int](), Counter[int]()
    starts = [one.first for one in cut]
    for day, kind, _, _, many in met:
        (named if kind == "named" else other)[bisect_right(starts, day) - 1] += many
    marks = tuple(
        Mark(one.words, (named[place], other[place]), f"days:{one.first}/{one.last}" if named[place] else "")
        for place, one in enumerate(cut)
    )
    title, columns = "Par semaine" if by_week else "Par mois", ("Inscriptions", "Contacts anonymes")
    return Chart("weeks", Kind.STACK, title, columns, marks)


def _ages(table: Table) -> Chart:
    whole = table.columns.index("Jeunes")
    total = table.total.cells if table.total else (0,) * len(table.columns)
    bands = [
        Mark(words.replace("-", "–"), (total[place],), f"band:{words.split(chr(0xA0))[0]}" if "-" in words else "")
        for place, words in enumerate(table.columns[:whole])
        if total[place] != 0 or "-" in words
    ]
    sexes = [
        Mark(line.label, (line.cells[whole],), f"T2:{line.code}", "c3", apart=number == 0)
        for number, line in enumerate(line for line in table.lines if line.code in ("F", "M", "NSP"))
    ]
    return Chart("ages", Kind.BARS, "Âge et sexe", ("Jeunes",), (*bands, *sexes), base=total[whole])


def _publics(table: Table, people: Table) -> Chart:
    whole = people.total.cells[people.columns.index("Jeunes")] if people.total else None
    lines = sorted((line for line in table.lines if line.cells[0] != 0), key=lambda line: -(line.cells[0] or 1))
    marks = tuple(
        Mark(
            _PUBLICS.get(line.code, line.label),
            (line.cells[0],),
            f"T11:{line.code}" if line.code in OPENED and line.cells[0] else "",
        )
        for line in lines[:_MOST]
    )
    return Chart("publics", Kind.BARS, "Publics du projet", ("Jeunes",), marks, _SEVERAL, whole)


def _stops(table: Table) -> Chart:
    contacts, named = table.columns.index("Contacts"), table.columns.index("Nominatifs")
    met = [line for line in table.lines if line.cells[contacts] != 0 and line.code != "BUREAU"]
    ranked = sorted(met, key=lambda line: (-(line.cells[contacts] or 1), line.label))
    marks = [
        Mark(line.label, (line.cells[contacts], line.cells[named]), f"place:{line.label}") for line in ranked[:_MOST]
    ]
    if left := ranked[_MOST:]:
        rest = tuple(_sum(line.cells[column] for line in left) for column in (contacts, named))
        marks.append(Mark(f"{len(left)} autre{'s' * (len(left) > 1)}", rest))
    note = f"{len(ranked)} lieu{'x' * (len(ranked) > 1)}"
    return Chart("stops", Kind.TABLE, "Arrêts", ("Rencontres", "Inscriptions"), tuple(marks), note)


def _sum(cells: Iterable[int | None]) -> int | None:
    found = list(cells)
    return None if None in found else sum(cell or 0 for cell in found)


def hours(met: Iterable[Place]) -> Chart:
    """Which place works at which hour; three hours or more of nobody between two are one column."""
    counts, of = Counter[tuple[str, int]](), Counter[str]()
    for _, _, place, hour, many in met:
        counts[place, hour] += many
        of[place] += many
    span = _span({hour for _, hour in counts})
    ranked = sorted(of, key=lambda place: (-of[place], place))[:_MOST]
    marks = tuple(
        Mark(place, tuple(sum(counts[place, hour] for hour in part) for part in span), f"place:{place}")
        for place in ranked
    )
    columns = tuple(f"{part[0]}\u00a0h" if len(part) == 1 else f"{part[0]}–{part[-1]}\u00a0h" for part in span)
    return Chart("hours", Kind.HEAT, "Lieux et heures", columns, marks, "rencontres")


def _span(used: Collection[int]) -> list[range]:
    """From the first hour used to the last: one by one, but for long gaps."""
    found: list[range] = []
    for before, hour in pairwise(sorted(used)):
        gap = range(before + 1, hour)
        parts = [gap] if len(gap) >= _GAP else [range(at, at + 1) for at in gap]
        found += [range(before, before + 1), *parts]
    return [*found, *(range(hour, hour + 1) for hour in sorted(used)[-1:])]


def _districts(table: Table) -> list[Line]:
    inside = [line for line in table.lines if line.part_of == "QPV"]
    return [*inside, *(line for line in table.lines if line.code in ("NON", "A_VERIFIER", "INCONNU", "BUREAU"))]


def _lines(table: Table, title: str, lines: Sequence[Line], column: int) -> Chart:
    """The most frequent lines of a table as bars; what is left is one more where it may be told."""
    known = [line for line in lines if line.cells[column] != 0 and line.code not in ("ANONYME", "GROUPE")]
    ranked = sorted(known, key=lambda line: -(line.cells[column] or 1))
    marks = [
        Mark(line.label, (line.cells[column],), f"{table.code}:{line.code}" if line.cells[column] else "")
        for line in ranked[:_MOST]
    ]
    if left := ranked[_MOST:]:
        rest = _sum(line.cells[column] for line in left)
        marks.append(Mark(f"{len(left)} autre{'s' * (len(left) > 1)}", (rest,)))
    base = table.total.cells[column] if table.total else None
    return Chart(table.code.lower(), Kind.BARS, title, (table.columns[column],), tuple(marks), base=base)


def _funnel(table: Table) -> Chart:
    cells = {line.code: line.cells[0] for line in table.lines}
    marks = tuple(
        Mark(words, (cells[code],), f"T8:{code}" if code not in ("CONTACTS", "ENTREES") and cells[code] else "")
        for code, words in _STAGES.items()
        if code in cells
    )
    note = "en jeunes, % de l’étape d’avant"
    return Chart("funnel", Kind.FUNNEL, "Entonnoir", ("Nombre",), marks, note)
