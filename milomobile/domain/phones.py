"""Telephone numbers: France, Luxembourg, Germany, Belgium and the rest, read and shown."""

import re
from functools import lru_cache

import phonenumbers

_FRENCH = re.compile(r"\+33[1-79]\d{8}")
"""Numbers that are read in pairs: the rule for all but those in 08, and a hundred times faster than the library."""


@lru_cache(maxsize=64)
def read_phone(text: str) -> tuple[str, str | None]:
    """What to keep (E.164, or the text as typed if it cannot be read) and the sentence of a doubt, or None.

    The form asks at each answer and Save asks again: the last ones are remembered.
    """
    typed = " ".join(text.split())
    digits = sum(c.isdigit() for c in typed)
    try:
        number = phonenumbers.parse(typed.replace("(0)", ""), "FR")
    except phonenumbers.NumberParseException:
        return typed, "Ce numéro n’a pas pu être lu. Vérifiez-le avec la personne."
    kept = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    if phonenumbers.is_valid_number(number):
        return kept, None
    national = len(str(number.national_number)) + 1 if typed.startswith(("+", "00")) else digits
    if number.country_code == 33 and national != 10:
        gap = 10 - national
        plural = "s" if abs(gap) > 1 else ""
        if gap > 0:
            return typed, f"Il manque {gap} chiffre{plural}\u00a0: un numéro français en compte 10."
        return typed, f"Ce numéro a {-gap} chiffre{plural} de trop."
    return kept, "Ce numéro n’est pas attribué. Vérifiez-le avec la personne."


def show_phone(phone: str) -> str:
    """« 06 12 34 56 78 », or « 00352 … » for a number of another country: never a leading + (domain.md 5.1)."""
    if _FRENCH.fullmatch(phone):
        return f"0{phone[3]} {phone[4:6]} {phone[6:8]} {phone[8:10]} {phone[10:]}"
    try:
        number = phonenumbers.parse(phone, "FR")
    except phonenumbers.NumberParseException:
        return phone
    if not phone.startswith("+"):
        return phone
    if number.country_code == 33:
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)
    shown = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    country, *groups = shown.removeprefix("+").replace("-", " ").split()
    return " ".join((f"00{country}", *_in_pairs(groups)))


def _in_pairs(groups: list[str]) -> list[str]:
    """Groups of three digits alone would be one number for a spreadsheet in French: « 621 12 34 56 » is none."""
    if not all(len(group) == 3 for group in groups):
        return groups
    digits = "".join(groups)
    first = 3 if len(digits) % 2 else 2
    return [digits[:first], *(digits[at : at + 2] for at in range(first, len(digits), 2))]
