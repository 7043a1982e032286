"""A commune is found however its name is written, or by its postal code; what is near comes first."""

import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from milomobile import reference
from milomobile.domain.choices import Commune
from milomobile.domain.communes import SHOWN, find, index_of, meant, postal_code, shown

FRANCE = reference.communes()
ONCE = list({one.code: one for one in FRANCE}.values())


def found(typed: str) -> list[str]:
    return [shown(one) for one in find(reference.commune_index(), typed)]


def bare(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


WAYS = (
    str.upper,
    str.lower,
    bare,
    lambda text: text.replace("Saint-", "St-").replace("Sainte-", "Ste-"),
    lambda text: text.replace("Saint-", "st ").replace("Sainte-", "STE "),
    lambda text: text.replace("-lès-", "-lez-"),
    lambda text: text.replace("-lès-", " les "),
    lambda text: text.replace("-sur-", " s/ "),
    lambda text: text.replace("-", " "),
    lambda text: text.replace("-", ""),
    lambda text: text.replace("'", "’"),
    lambda text: text.replace("'", " "),
    lambda text: text.replace("œ", "oe").replace("Œ", "Oe").replace("æ", "ae"),
    lambda text: f"  {text} ",
)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(ONCE), st.lists(st.sampled_from(WAYS), max_size=3))
def test_however_its_name_is_written_a_commune_is_found_among_those_of_its_name_or_first(
    commune: Commune, ways: list[object]
) -> None:
    written = commune.name
    for way in ways:
        written = way(written)  # type: ignore[operator]
    names = find(reference.commune_index(), f"{written} {commune.postal_code}")
    assert names[0].code == commune.code
    codes = [one.code for one in find(reference.commune_index(), written)]
    namesakes = sum(one.name == commune.name for one in ONCE)
    assert commune.code in codes[: max(namesakes, SHOWN)] or namesakes > SHOWN
    one = meant(reference.commune_index(), shown(commune))
    assert one is not None and one.code == commune.code


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=30))
def test_whatever_is_typed_is_only_looked_up(typed: str) -> None:
    assert len({one.code for one in find(reference.commune_index(), typed)}) <= 60
    meant(reference.commune_index(), typed)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("met", "Metz (57000)"),
        ("st julien", "Saint-Julien-lès-Metz (57070)"),
        ("ste marie aux ch", "Sainte-Marie-aux-Chênes (57255)"),
        ("montigny lez m", "Montigny-lès-Metz (57950)"),
        ("stjulienlezm", "Saint-Julien-lès-Metz (57070)"),
        ("stemarieauxch", "Sainte-Marie-aux-Chênes (57255)"),
        ("saintavold", "Saint-Avold (57500)"),
        ("longeville", "Longeville-lès-Metz (57050)"),
        ("l'hop", "L'Hôpital (57490)"),
        ("lhopital", "L'Hôpital (57490)"),
        ("ban saint martin", "Le Ban-Saint-Martin (57050)"),
        ("koenigsm", "Kœnigsmacker (57970)"),
        ("ŒTING", "Œting (57600)"),
        ("stras", "Strasbourg (67000)"),
        ("paris", "Paris (75001)"),
        ("57050", "Metz (57050)"),
        ("20000", "Ajaccio (20000)"),
    ],
)
def test_what_is_near_comes_first(typed: str, first: str) -> None:
    assert found(typed)[0] == first


def test_st_is_saint_and_the_beginning_of_stiring() -> None:
    assert found("st")[0].startswith("Saint-") and found("sti")[0] == "Stiring-Wendel (57350)"


def test_a_postal_code_lists_all_its_communes_and_its_beginning_some() -> None:
    assert len(found("57220")) == 32
    assert {"Metz (57050)", "Le Ban-Saint-Martin (57050)", "Longeville-lès-Metz (57050)"} <= set(found("57050"))
    assert len(found("57")) == SHOWN and all("(57" in one for one in found("57"))
    assert found("5") == [] and found("99999") == []
    assert found("metz 570")[0] == "Metz (57000)" and found("57070 me")[:2] == ["Metz (57070)", "Mey (57070)"]
    assert (postal_code("57050"), postal_code("metz 57050"), postal_code("570"), postal_code("metz")) == (
        "57050",
        "57050",
        "",
        "",
    )


def test_namesakes_are_told_apart_and_never_guessed_but_in_moselle() -> None:
    namesakes = [one for one in found("saint-aubin") if one.startswith("Saint-Aubin (")]
    assert len(namesakes) > 3 and len(set(namesakes)) == len(namesakes)
    assert meant(reference.commune_index(), "Saint-Aubin") is None
    here = meant(reference.commune_index(), "vaux")
    assert here is not None and here.code == "57701"
    there = meant(reference.commune_index(), "vaux (03190)")
    assert there is not None and there.code == "03301"
    assert meant(reference.commune_index(), "nulle part") is None


def test_a_key_stroke_costs_less_than_ten_milliseconds() -> None:
    made = index_of(FRANCE)
    for typed in ("m", "me", "saint", "e", "zzz", "57", "st julien les", "a 5"):
        begun = time.perf_counter()
        for _ in range(5):
            find(made, typed)
        assert (time.perf_counter() - begun) / 5 < 0.01, typed
