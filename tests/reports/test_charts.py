"""Charts: what is drawn is what is counted, whatever is counted; the words and the table say the same."""

from datetime import date
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milomobile.domain import charting
from milomobile.domain.charting import Chart, Kind, Mark
from milomobile.reports import charts, plots
from milomobile.reports.charts.pen import fitted, wide

SVG = "{http://www.w3.org/2000/svg}"
TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"), max_size=60
)
CELLS = st.none() | st.integers(0, 10**6)


@st.composite
def drawable(draw: st.DrawFn) -> Chart:
    kind = draw(st.sampled_from(list(Kind)))
    many = {
        Kind.STACK: st.integers(1, 5),
        Kind.HEAT: st.integers(1, 24),
        Kind.TABLE: st.integers(1, 4),
        Kind.GOAL: st.just(2),
    }
    columns = draw(many.get(kind, st.just(1)))
    at = st.none() | st.tuples(st.floats(-180, 180), st.floats(-85, 85))
    mark = st.builds(Mark, TEXTS, st.tuples(*[CELLS] * columns), TEXTS, apart=st.booleans(), at=at)
    marks = draw(st.lists(mark, min_size=kind == Kind.GOAL, max_size=1 if kind == Kind.GOAL else 60))
    names = tuple(draw(st.lists(TEXTS, min_size=columns, max_size=columns)))
    base = draw(st.none() | st.integers(0, 10**6))
    return Chart("any", kind, draw(TEXTS), names, tuple(marks), draw(TEXTS), base, draw(st.none() | st.floats(0, 1)))


@given(drawable(), st.integers(240, 1000), st.booleans())
def test_whatever_is_counted_is_drawn_inside_and_told_in_words(chart: Chart, width: int, titled: bool) -> None:
    drawn = charts.draw(chart, charts.PRINT, width, titled)
    root = ElementTree.fromstring(drawn.svg)
    assert root.findtext(f"{SVG}title") == chart.title
    cells = len(chart.columns) if chart.kind == Kind.HEAT else 1
    assert len(drawn.spots) == len(chart.marks) * cells
    for number, spot in enumerate(drawn.spots):
        mark = chart.marks[number // cells]
        if cells == 1 and chart.kind != Kind.HEAT:
            assert spot.words == charting.words(chart, number) and spot.behind == mark.behind
        else:
            assert spot.words.endswith(charting.told(mark.cells[number % cells]))
        assert spot.left >= 0 and spot.left + spot.width <= drawn.width + 0.1
        assert spot.top >= 0 and spot.top + spot.height <= drawn.height + 1
    for box in root.iter(f"{SVG}rect"):
        assert float(box.attrib["width"]) >= 0 and float(box.attrib["height"]) >= 0
        assert float(box.attrib["y"]) + float(box.attrib["height"]) <= drawn.height + 11


@given(drawable())
def test_the_table_behind_a_chart_has_all_its_counts(chart: Chart) -> None:
    found = list(charting.rows(chart))
    assert [line[0] for line in found] == [mark.label for mark in chart.marks]
    assert all(len(line) == len(charting.heads(chart)) for line in found)
    for line, mark in zip(found, chart.marks, strict=True):
        assert line[1 : 1 + len(mark.cells)] == tuple(map(charting.told, mark.cells))


@pytest.mark.parametrize("cell", [None, 1, 4])
def test_a_count_that_is_not_told_is_in_no_drawing(cell: int | None) -> None:
    chart = Chart(
        "age", Kind.BARS, "Sexe", ("Jeunes",), (Mark("Femmes", (56,)), Mark("Non précisé", (cell,))), base=121
    )
    texts = [one.text for one in ElementTree.fromstring(charts.draw(chart, charts.PRINT, 400).svg).iter(f"{SVG}text")]
    assert ("masqué" in texts) == (cell is None)
    assert texts[:3] == ["Femmes", "56", "46\u00a0%"]


def test_a_funnel_says_what_is_left_of_the_stage_before() -> None:
    stages = (
        Mark("Contacts", (184,)),
        Mark("Nominatifs", (121,)),
        Mark("Rendez-vous", (None,)),
        Mark("Présents", (8,)),
    )
    chart = Chart("funnel", Kind.FUNNEL, "Entonnoir", ("Jeunes",), stages)
    assert [charting.share(chart, number) for number in range(4)] == ["", "66\u00a0%", "", ""]
    assert charting.words(chart, 1) == "Nominatifs\u00a0: 121, soit 66\u00a0%"


@given(st.lists(st.tuples(st.sampled_from(["A", "B"]), st.integers(0, 23), st.integers(1, 9)), max_size=12))
def test_every_contact_is_in_its_hour_and_a_night_between_is_one_column(met: list[tuple[str, int, int]]) -> None:
    chart = plots.hours([(date(2026, 11, 24), "named", *one) for one in met])
    assert sum(cell or 0 for mark in chart.marks for cell in mark.cells) == sum(many for *_, many in met)
    assert {f"{hour}\u00a0h" for _, hour, _ in met} <= {*chart.columns}
    empty = [name for at, name in enumerate(chart.columns) if not any(mark.cells[at] for mark in chart.marks)]
    assert not any("–" in name for name in {*chart.columns} - {*empty})


def test_one_contact_at_night_does_not_widen_the_day() -> None:
    met = [(date(2026, 11, 24), "named", "Gare", hour, 1) for hour in (0, 9, 10, 13, 15)]
    assert plots.hours(met).columns == tuple(
        f"{said}\u00a0h" for said in ("0", "1–8", "9", "10", "11", "12", "13", "14", "15")
    )


@given(TEXTS, st.integers(20, 300))
def test_a_fitted_text_fits(said: str, room: int) -> None:
    assert wide(fitted(said, room, 14), 14) <= max(room, wide("…", 14))
