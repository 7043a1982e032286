"""The map of stops: what is drawn stays inside, every place is told, and stops lie where they were placed."""

from math import cos, radians

from hypothesis import given
from hypothesis import strategies as st

from milomobile import reference
from milomobile.domain.figures import Line, Table
from milomobile.domain.ground import Shape, beside, view, within
from milomobile.reports import charts, ground

POINTS = st.tuples(st.floats(-500, 1500), st.floats(-500, 1500))
METZ, WOIPPY = "57463", "57751"


def table(**contacts: int) -> Table:
    lines = tuple(Line(str(n), name, (1, many)) for n, (name, many) in enumerate(contacts.items()))
    return Table("T1", "Activité", ("Sorties", "Contacts"), lines, None)


@given(st.lists(POINTS, min_size=3, max_size=40))
def test_what_is_cut_lies_inside(ring: list[tuple[float, float]]) -> None:
    for x, y in within(ring, 700, 300):
        assert -1e-6 <= x <= 700 + 1e-6 and -1e-6 <= y <= 300 + 1e-6


@given(st.lists(st.tuples(st.floats(5, 8), st.floats(48, 50)), min_size=1, max_size=20), st.integers(300, 1000))
def test_every_point_is_in_sight(points: list[tuple[float, float]], width: int) -> None:
    seen = view(points, width, 380)
    for point in points:
        x, y = seen.seen(point)
        assert 0 <= x <= width and 0 <= y <= seen.height <= 380


def test_a_square_is_cut_at_the_edge() -> None:
    assert within([(-10, -10), (10, -10), (10, 10), (-10, 10)], 100, 100) in (
        [(10.0, 0.0), (10, 10), (0.0, 10.0), (0.0, 0.0)],
        [(0.0, 0.0), (10.0, 0.0), (10, 10), (0.0, 10.0)],
    )


def test_the_communes_of_moselle_have_outlines_around_their_centres() -> None:
    shapes = {shape.code: shape for shape in reference.outlines()}
    assert len(shapes) > 700 and shapes[METZ].name == "Metz"
    lon, lat = shapes[METZ].centre
    assert abs(lon - 6.19) < 0.02 and abs(lat - 49.11) < 0.02
    xs, ys = zip(*shapes[METZ].rings[0], strict=True)
    assert min(xs) < lon < max(xs) and min(ys) < lat < max(ys)


def test_places_lie_where_the_office_put_them_or_around_their_commune() -> None:
    shapes = reference.outlines()
    made = ground.chart(
        table(Borny=20, Patrotte=5, Gare=3, Luxembourg=2),
        {"Borny": METZ, "Patrotte": METZ, "Gare": WOIPPY, "Luxembourg": None},
        {"Borny": (6.22, 49.105)},
        shapes,
    )
    at = {mark.label: mark.at for mark in made.marks}
    centre = {shape.code: shape.centre for shape in shapes}
    assert at["Borny"] == (6.22, 49.105) and at["Luxembourg"] is None
    assert at["Gare"] == centre[WOIPPY] and at["Patrotte"] == centre[METZ]
    assert 5 < len(made.shapes) < 200
    drawn = charts.draw(made, charts.PRINT, 700)
    assert drawn.svg.count("<circle") == 3 and "Borny" in drawn.svg and "Vany" in drawn.svg
    assert [spot.words for spot in drawn.spots][3] == "Luxembourg\u00a0: 2"


def test_without_a_place_on_the_map_there_is_no_map() -> None:
    assert ground.chart(table(Ailleurs=4), {"Ailleurs": None}, {}, reference.outlines()).empty
    assert ground.chart(table(), {}, {}, ()).empty


def test_several_at_one_place_stand_apart() -> None:
    points = [beside((6.19, 49.1), place, 5) for place in range(5)]
    for n, one in enumerate(points):
        for two in points[n + 1 :]:
            wide = (one[0] - two[0]) * cos(radians(49.1)) * 111, (one[1] - two[1]) * 111
            assert (wide[0] ** 2 + wide[1] ** 2) ** 0.5 > 0.8


def test_districts_of_the_office_are_drawn_over_communes() -> None:
    square = ((6.18, 49.1), (6.2, 49.1), (6.2, 49.12), (6.18, 49.12))
    made = ground.chart(
        table(Borny=20),
        {"Borny": METZ},
        {},
        (*reference.outlines(), Shape("QN1", "Borny", "qpv", square[0], (square,))),
    )
    svg = charts.draw(made, charts.PRINT, 700).svg
    assert svg.count(charts.PRINT["psoft"]) == 1 and svg.index(charts.PRINT["psoft"]) > svg.rindex(
        'fill="#FFFFFF" stroke="#B8'
    )
