"""Texts as people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milomobile import reference
from milomobile.domain.texts import looks_like_card, never_kept, plain, plain_lines


def test_many_texts_are_made_plain_as_one_is() -> None:
    names = [commune.name for commune in reference.communes()[:3000]]
    labels = [label for codes in reference.lists().values() for label in codes.values()]
    assert plain_lines(names + labels) == [plain(text) for text in names + labels]


@given(st.lists(st.text("abcÉèçœŒ’-_ 12ßÅ/", max_size=20), min_size=1, max_size=5))
def test_whatever_latin_letters_they_hold(texts: list[str]) -> None:
    assert plain_lines(texts) == [plain(text) for text in texts]


def checked(digits: str) -> str:
    """The digits and the one that checks them."""
    return next(digits + last for last in "0123456789" if looks_like_card(digits + last))


@given(
    st.text("0123456789", min_size=12, max_size=17),
    st.sampled_from("23456"),
    st.sampled_from(["", " ", "-", ".", "\u00a0"]),
    st.text("abé ", max_size=8),
)
def test_a_card_number_is_seen_however_it_is_grouped(rest: str, first: str, gap: str, around: str) -> None:
    digits = checked(first + rest)
    grouped = gap.join(digits[i : i + 4] for i in range(0, len(digits), 4))
    assert looks_like_card(f"{around}carte {grouped}, {around}")
    assert never_kept(f"{around}carte {grouped}, {around}")
    wrong = str((int(digits[-1]) + 1) % 10)
    assert not looks_like_card(digits[:-1] + wrong)


@pytest.mark.parametrize(
    "fine",
    [
        "06 12 34 56 78",
        "+33 6 12 34 56 78",
        "0033 6 12 34 56 78 ou 03 87 55 00 00",
        "+49 1512 3456789",
        "+352 621 123 456",
        "dossier 1234567, le 12/03/2007 à 14 h 30",
        "57463S00",
        "12345678901",
    ],
)
def test_telephones_dates_and_file_numbers_are_kept(fine: str) -> None:
    assert never_kept(fine) is None
