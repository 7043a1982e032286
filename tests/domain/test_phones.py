"""Telephone numbers as the office reads them."""

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from milomobile.domain.phones import show_phone


@given(st.integers(min_value=100_000_000, max_value=999_999_999).map(lambda number: f"+33{number}"))
def test_a_french_number_is_written_as_the_library_writes_it(phone: str) -> None:
    number = phonenumbers.parse(phone)
    if phonenumbers.is_valid_number(number):
        assert show_phone(phone) == phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)


@pytest.mark.parametrize(
    ("kept", "shown"),
    [
        ("+33612345678", "06 12 34 56 78"),
        ("+33800123456", "0 800 12 34 56"),
        ("+352621123456", "00352 621 12 34 56"),
        ("+4915112345678", "0049 1511 2345678"),
        ("+32470123456", "0032 470 12 34 56"),
        ("pas un numéro", "pas un numéro"),
    ],
)
def test_other_countries_keep_their_code_without_a_plus(kept: str, shown: str) -> None:
    assert show_phone(kept) == shown
