"""A signature is small, comes back as it was drawn, and odd texts are refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milomobile.domain.strokes import LIMIT, is_signature, packed, unpacked

SHARES = st.floats(0, 1)
STROKES = st.lists(st.lists(st.tuples(SHARES, SHARES), min_size=1, max_size=60), max_size=12)


@given(STROKES)
def test_ends_of_strokes_come_back_and_the_text_is_bounded(strokes: list[list[tuple[float, float]]]) -> None:
    text = packed(strokes)
    assert len(text) <= LIMIT
    assert " ".join(text.split()) == text
    found = unpacked(text)
    if len(found) == len(strokes):
        for drawn, back in zip(strokes, found, strict=True):
            for end in (0, -1):
                assert back[end] == pytest.approx(drawn[end], abs=0.0011)
    assert packed(found) == text or len(text) > LIMIT // 2


def test_a_scribble_of_an_hour_is_still_small() -> None:
    long = [[(n % 97 / 97, n * n % 89 / 89) for n in range(50_000)]]
    assert 0 < len(packed(long)) <= LIMIT
    many = [[(n % 97 / 97, 0.5)] for n in range(50_000)]
    assert 0 < len(packed(many)) <= LIMIT


@pytest.mark.parametrize(
    "text", ["1:", "1:é", "2:00", "1:0", "1:_", "1:_0", "1:_]]_]]", "nom", "1:00 ", "1:" + "0" * LIMIT]
)
def test_what_is_no_signature_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        unpacked(text)


def test_a_dot_is_no_signature() -> None:
    assert not is_signature([], 500)
    assert not is_signature([[(0.5, 0.5), (0.51, 0.5)]], 500)
    assert is_signature([[(0.2, 0.5), (0.5, 0.5)]], 500)
