"""Texts as people type them."""

from hypothesis import given
from hypothesis import strategies as st

from milomobile import reference
from milomobile.domain.texts import plain, plain_lines


def test_many_texts_are_made_plain_as_one_is() -> None:
    names = [commune.name for commune in reference.communes()[:3000]]
    labels = [label for codes in reference.lists().values() for label in codes.values()]
    assert plain_lines(names + labels) == [plain(text) for text in names + labels]


@given(st.lists(st.text("abcÉèçœŒ’-_ 12ßÅ/", max_size=20), min_size=1, max_size=5))
def test_whatever_latin_letters_they_hold(texts: list[str]) -> None:
    assert plain_lines(texts) == [plain(text) for text in texts]
