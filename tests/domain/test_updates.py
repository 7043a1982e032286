"""Which version comes after which."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milomobile.domain.updates import newer

PARTS = st.tuples(*[st.integers(0, 9999)] * 3)


@given(PARTS, PARTS)
def test_versions_come_one_after_another_as_numbers_do(one: tuple[int, ...], other: tuple[int, ...]) -> None:
    first, second = (".".join(map(str, parts)) for parts in (one, other))
    assert newer(first, second) == (one > other)


@pytest.mark.parametrize("nothing", ["", "x", "1.a.0", "١.٢.٣", "-1.0.0", "1..0"])
def test_what_is_no_version_comes_after_none(nothing: str) -> None:
    assert not newer(nothing, "0.0.0")
    assert newer("0.0.1", nothing)
