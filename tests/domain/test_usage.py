"""An answer's values on a terminal."""

from milomobile.domain.usage import word


def test_what_is_found_is_told_in_words_and_not_as_how_many() -> None:
    """Whom to unite and why, and which telephones differ, is what somebody at the office decides on."""
    assert word(["mêmes noms", "même date de naissance"]) == "mêmes noms, même date de naissance"
    assert word(["+33612345678", "+33712345678"]) == "+33612345678, +33712345678"
    assert (word([]), word([{"line": 1}, {"line": 2}])) == ("0", "2")
    assert [word(value) for value in (None, True, False, 0.1468, 12)] == ["-", "oui", "non", "0,1", "12"]


def test_days_and_moments_are_told_as_they_are_read_here() -> None:
    assert word("2026-11-24T13:32:00+00:00") == word("2026-11-24T14:32:00.059282+01:00") == "24/11/2026 14:32"
    assert word("2007-03-12") == "12/03/2007"
    assert [word(one) for one in ("2007-13-45x", "2007-03-12/2007-03-14", "-")] == [
        "2007-13-45x",
        "2007-03-12/2007-03-14",
        "-",
    ]
