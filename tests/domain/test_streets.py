"""An address proposes a QPV only where one line of the office's list surely means it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milomobile.domain.streets import Street, district_of, street

BORNY, BELLECROIX = "QN05720M", "QN05718M"
STREETS = [
    Street("Boulevard de Provence", BORNY),
    Street("Rue du Béarn", BORNY, 1, 40),
    Street("Rue du Général-Metman", BORNY, 2, 98, "pair"),
    Street("Rue du Général-Metman", BELLECROIX, 1, 97, "impair"),
    Street("Avenue de Lyon", BELLECROIX),
    Street("Rue de Lyon", BORNY),
]


@pytest.mark.parametrize(
    ("address", "qpv"),
    [
        ("12 boulevard de Provence", BORNY),
        ("12, Bd de Provence", BORNY),
        ("12 bis bld provence 57070 METZ", BORNY),
        ("apt 4, bât B, 12 BD DE PROVENCE, Metz", BORNY),
        ("boulevard de provence", BORNY),
        ("12 provence", BORNY),
        ("12 boulevard de Provance", BORNY),
        ("12 rue de Provence", None),
        ("3 r. du Bearn", BORNY),
        ("40ter rue du béarn", BORNY),
        ("41 rue du béarn", None),
        ("rue du béarn", None),
        ("8 rue du gal metman", BORNY),
        ("9 rue du général metman", BELLECROIX),
        ("99 rue du général metman", None),
        ("4 avenue de lyon", BELLECROIX),
        ("4 rue de lyon", BORNY),
        ("4 lyon", None),
        ("4 impasse de lyon", None),
        ("rue", None),
        ("12", None),
        ("", None),
        ("Chez sa tante", None),
    ],
)
def test_what_an_address_proposes(address: str, qpv: str | None) -> None:
    assert district_of(address, "Metz", STREETS) == qpv


@given(st.text(max_size=60))
def test_any_address_is_only_looked_up(address: str) -> None:
    assert district_of(address, "Metz", STREETS) in (BORNY, BELLECROIX, None)


@given(
    st.sampled_from(STREETS), st.integers(2, 19), st.sampled_from(["{n} {s}", "{n}, {s} 57000 Metz", "{n} {s}, Metz"])
)
def test_a_street_written_as_in_the_list_is_found(one: Street, number: int, written: str) -> None:
    number += number % 2 if one.parity == "pair" else 1 - number % 2 if one.parity == "impair" else 0
    assert district_of(written.format(n=number, s=one.name), "Metz", STREETS) == one.qpv


def test_a_line_of_the_file_is_read() -> None:
    row = {"street": "Rue du Béarn", "from": "1", "to": None, "parity": "impair", "qpv": BORNY}
    assert street(row) == Street("Rue du Béarn", BORNY, 1, 0, "impair")
