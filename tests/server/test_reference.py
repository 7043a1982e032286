"""The office's lists as a process loads them: laptops are told what changed, and nothing twice."""

import json
from pathlib import Path

import pytest

from sync.server import reference, shapes
from sync.server.wrong import Wrong
from tests.server.conftest import Office

PLACES = "id;name;setting;commune\npl1;Marché de Borny;ARRET_MILO_MOBILE;57463\npl2;Gare;RUE;\n"


def test_what_changed_is_told(office: Office, tmp_path: Path) -> None:
    lists = tmp_path / "lists"
    lists.mkdir()
    (lists / "places.csv").write_text("\ufeff" + PLACES, encoding="utf-8")
    (lists / "partners.csv").write_text('id;name\nx1;"Foyer ; Metz"\n', encoding="utf-8")
    assert office("reference", "load", str(lists)) == [{"loaded": 3, "removed": 0}]
    assert office("reference", "load", str(lists)) == [{"loaded": 0, "removed": 0}]
    (lists / "places.csv").write_text(PLACES.replace("Gare;RUE;\n", "Gare;RUE;57463\n"), encoding="utf-8")
    (lists / "partners.csv").write_text("id;name\n", encoding="utf-8")
    assert office("reference", "load", str(lists)) == [{"loaded": 1, "removed": 1}]
    (lists / "partners.csv").unlink()
    assert office("reference", "load", str(lists)) == [{"loaded": 0, "removed": 0}]
    place = {"name": "Gare", "setting": "RUE", "commune": None}
    assert office.told("reference") == [
        {
            "kind": "place",
            "id": "pl1",
            "set": {"name": "Marché de Borny", "setting": "ARRET_MILO_MOBILE", "commune": "57463"},
        },
        {"kind": "place", "id": "pl2", "set": place},
        {"kind": "partner", "id": "x1", "set": {"name": "Foyer ; Metz"}},
        {"kind": "place", "id": "pl2", "set": place | {"commune": "57463"}},
        {"kind": "partner", "id": "x1", "set": None},
    ]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (None, "aucune liste"),
        (b"", "première ligne"),
        (b"name;id\nA;1\n", "première ligne"),
        (b"id;name\n1;A\n1;B\n", "deux fois"),
        (b"id;name\n;A\n", "identifiant"),
        (b"id;name\n1;A;B\n", "colonnes"),
        (b"id;name\n1;caf\xe9\n", "UTF-8"),
        (b'id;name\n1;"A\n', "CSV"),
        (b"id;name\n1;A\0\n", "pas"),
    ],
)
def test_a_list_that_cannot_be_read_changes_nothing(tmp_path: Path, content: bytes | None, sentence: str) -> None:
    if content is not None:
        (tmp_path / "directory.csv").write_bytes(content)
    with pytest.raises(Wrong, match=sentence):
        reference.read(tmp_path)


STREETS = "id;commune;street;from;to;parity;qpv\n"
MISSIONS = "id;rank;name;epci;communes\n"


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("streets.csv", "id;commune;street;qpv\n1;57463;Rue du Lac;QN05720M\n", "colonne «\u00a0from\u00a0»"),
        ("streets.csv", STREETS + "1;57463;Rue du Lac;;;;Borny\n", "«\u00a0qpv\u00a0» de la ligne 2"),
        ("streets.csv", STREETS + "1;Metz;Rue du Lac;;;;QN05720M\n", "«\u00a0commune\u00a0» de la ligne 2"),
        ("streets.csv", STREETS + "1;57463;Rue du Lac;1;x;;QN05720M\n", "«\u00a0to\u00a0» de la ligne 2"),
        ("streets.csv", STREETS + "1;57463;Rue du Lac;;;odd;QN05720M\n", "«\u00a0parity\u00a0» de la ligne 2"),
        ("missions_locales.csv", MISSIONS + "57672S00;1;;;\n", "«\u00a0name\u00a0» de la ligne 2"),
        (
            "missions_locales.csv",
            MISSIONS + "57672S00;1;Nord Mosellan;CA Thionville;\n",
            "«\u00a0epci\u00a0» de la ligne 2",
        ),
    ],
)
def test_what_laptops_count_with_is_looked_at_line_by_line(
    tmp_path: Path, name: str, content: str, sentence: str
) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(Wrong, match=sentence):
        reference.read(tmp_path)


def test_the_list_that_is_shipped_can_be_loaded_as_it_is(tmp_path: Path) -> None:
    shipped = Path(__file__).parents[2] / "resources/reference/missions_locales.csv"
    (tmp_path / "missions_locales.csv").write_bytes(shipped.read_bytes())
    (tmp_path / "streets.csv").write_text(STREETS + "1;57463;Rue du Lac;2;40;pair;QN05720M\n", encoding="utf-8")
    read = reference.read(tmp_path)
    assert read["mission", "57672S00"]["name"] == "Mission Locale du Nord Mosellan"
    assert read["street", "1"]["parity"] == "pair"


def test_outlines_are_made_small_and_told(office: Office, tmp_path: Path) -> None:
    ring = [[6.1 + n / 100_000, 49.1] for n in range(1000)] + [[6.2, 49.2], [6.1, 49.2], [6.1, 49.1]]
    feature = {
        "type": "Feature",
        "properties": {"code_qp": "QN05720M", "nom_qp": "Borny"},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }
    folder = tmp_path / "lists"
    folder.mkdir()
    file = folder / "qpv.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), encoding="utf-8")
    assert office("reference", "load", str(folder)) == [{"loaded": 1, "removed": 0}]
    [told] = office.told("reference")
    assert (told["kind"], told["id"], told["set"]["name"], told["set"]["layer"]) == (
        "shape",
        "QN05720M",
        "Borny",
        "qpv",
    )
    assert 3 <= len(json.loads(told["set"]["rings"])[0]) <= 5
    for wrong in ("{", '{"features": 3}', '{"features": [{"properties": {}, "geometry": null}]}', "[" * 100_000):
        file.write_text(wrong, encoding="utf-8")
        office.refused("reference", "load", str(folder), sentence="qpv.geojson")
    far = json.dumps(
        {"features": [feature | {"geometry": {"type": "Polygon", "coordinates": [[[931000, 6895000]] * 4]}}]}
    )
    file.write_text(far, encoding="utf-8")
    office.refused("reference", "load", str(folder), sentence="en degrés")


@pytest.mark.parametrize("properties", ["null", "[]", "1", '"x"'])
def test_an_outline_without_properties_is_refused_in_words(tmp_path: Path, properties: str) -> None:
    shape = '{"type": "Polygon", "coordinates": [[[6.1, 49.1], [6.2, 49.1], [6.2, 49.2], [6.1, 49.1]]]}'
    file = tmp_path / "communes.geojson"
    file.write_text(f'{{"features": [{{"properties": {properties}, "geometry": {shape}}}]}}')
    with pytest.raises(ValueError, match="contour n° 1"):
        list(shapes.read(file))
