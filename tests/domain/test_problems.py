"""What makes a registration valid."""

import pytest

from milomobile import reference
from milomobile.domain.encounters import Named
from milomobile.domain.reading import read
from tests.conftest import NOW, line


def _found(**changes: object) -> list[tuple[str, bool]]:
    _, problems = read(line(**changes), reference.lists(), NOW)
    return [(problem.field, problem.refused) for problem in problems]


def test_a_good_line_has_no_problem() -> None:
    value, problems = read(line(), reference.lists(), NOW)
    assert problems == ()
    assert isinstance(value, Named)
    assert (value.origin, value.known, value.outcome, value.handover) == (
        "SPONTANE",
        "NON_CONNU",
        "INFORMATION_SIMPLE",
        "A_RATTACHER",
    )
    assert value.person.phone == "+33353011234"


@pytest.mark.parametrize(
    ("born", "refused"),
    [
        ("2026-12-01", True),
        ("2010-11-25", True),
        ("2010-11-24", None),
        ("2000-11-24", False),
        ("1996-11-24", False),
        ("1850-01-01", True),
    ],
)
def test_ages(born: str, refused: bool | None) -> None:
    expected = [] if refused is None else [("person.birth_date", refused)]
    assert _found(person__birth_date=born) == expected


def test_an_impossible_date_is_refused() -> None:
    assert _found(person__birth_date="2007-02-30") == [("person.birth_date", True)]


def test_born_on_29_february_one_is_16_on_1_march() -> None:
    on = {"at": "2024-02-28T10:00:00+01:00", "person__birth_date": "2008-02-29"}
    assert _found(**on) == [("person.birth_date", True)]
    assert _found(**(on | {"at": "2024-02-29T10:00:00+01:00"})) == []
    assert _found(at="2026-02-28T10:00:00+01:00", person__birth_date="2010-02-28") == []


def test_under_16_is_offered_an_anonymous_contact() -> None:
    _, problems = read(line(person__birth_date="2011-01-01"), reference.lists(), NOW)
    assert "anonyme" in problems[0].sentence


@pytest.mark.parametrize("name", ["N’Guessan-de l’Épine", "Мария", "محمد", "Jean  Luc", "Oʼneil", "李"])
def test_names_of_any_script_are_kept(name: str) -> None:
    assert _found(person__birth_name=name) == []


@pytest.mark.parametrize("name", ["", "   ", "A" * 81, "A" * 200, "Zoé2", "😀", "--"])
def test_what_is_no_name_is_refused(name: str) -> None:
    assert _found(person__birth_name=name) == [("person.birth_name", True)]


def test_one_name_is_enough_where_there_is_only_one() -> None:
    assert _found(person__birth_name=None, person__one_name=True) == []


@pytest.mark.parametrize(
    ("phone", "kept", "doubtful"),
    [
        ("+352 621 123 456", "+352621123456", False),
        ("0049 1512 3456789", "+4915123456789", False),
        ("+32 470 12 34 56", "+32470123456", False),
        ("06 12 34 56 7", "06 12 34 56 7", True),
        ("06 39 98 12 34", "+33639981234", True),
    ],
)
def test_phones_are_warned_never_refused(phone: str, kept: str, doubtful: bool) -> None:
    value, problems = read(line(person__phone=phone), reference.lists(), NOW)
    assert isinstance(value, Named)
    assert value.person.phone == kept
    assert [(p.field, p.refused) for p in problems] == ([("person.phone", False)] if doubtful else [])


@pytest.mark.parametrize(
    "answer",
    ["place", "comment", "person__address", "person__social", "person__usual_name", "person__given_name"],
)
def test_a_social_security_number_is_refused_anywhere(answer: str) -> None:
    found = _found(**{answer: "1 85 05 78 006 084 36"})
    assert (answer.replace("__", "."), True) in found


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"situation__category": None}, "situation.category"),
        ({"notice__how": None}, "notice.how"),
        ({"person__phone": None}, "person.phone"),
        ({"needs": ["RIEN"]}, "needs"),
        ({"audiences": ["ASE"]}, "audiences"),
        ({"person__commune": "99999"}, "person.commune"),
        ({"at": "2026-11-24T14:32:00"}, "at"),
        ({"nationality": "x"}, "nationality"),
        ({"person__nir": "x"}, "person.nir"),
        ({"kind": "other"}, "kind"),
        ({"at": "2027-11-24T14:32:00+01:00"}, "at"),
    ],
)
def test_refused(changes: dict[str, object], field: str) -> None:
    assert (field, True) in _found(**changes)


def test_a_postal_code_of_elsewhere_is_a_warning() -> None:
    assert _found(person__postal_code="57140") == [("person.postal_code", False)]


def test_outside_16_to_25_the_handover_is_out_of_reach() -> None:
    value, _ = read(line(person__birth_date="1998-01-01"), reference.lists(), NOW)
    assert isinstance(value, Named)
    assert value.handover == "HORS_PERIMETRE"


@pytest.mark.parametrize(
    ("email", "said"),
    [
        ("ines.boussole@exemple.fr", None),
        ("Ines+milo@GMAIL.com", None),
        ("ines@mail.univ-lorraine.fr", None),
        ("ines@épicerie.fr", None),
        ("ines.exemple.fr", "Il manque le «\u00a0@\u00a0»."),
        ("ines@@exemple.fr", "Une adresse e-mail a un seul «\u00a0@\u00a0»."),
        ("ines@exemple", "Cette adresse e-mail semble incomplète."),
        ("ines@exemple..fr", "Cette adresse e-mail semble incomplète."),
        ("ines.@exemple.fr", "Cette adresse e-mail semble incomplète."),
        ("@exemple.fr", "Cette adresse e-mail semble incomplète."),
        ("ines@exemple.f", "Cette adresse e-mail semble incomplète."),
        ("ines boussole@exemple.fr", "Une adresse e-mail n’a pas d’espace."),
        ("ines@gmial.com", "Vouliez-vous dire gmail.com\u00a0?"),
        ("ines@gmail.con", "Vouliez-vous dire gmail.com\u00a0?"),
        ("ines@hotmal.fr", "Vouliez-vous dire hotmail.fr\u00a0?"),
    ],
)
def test_odd_mails_are_warned_never_refused(email: str, said: str | None) -> None:
    _, problems = read(line(person__email=email), reference.lists(), NOW)
    assert [(one.field, one.sentence, one.refused) for one in problems] == (
        [("person.email", said, False)] if said else []
    )


@pytest.mark.parametrize(
    ("comment", "word"),
    [
        ("Cherche un CAP cuisine, rappeler après 17 h.", None),
        ("Le jugement du jury est attendu ; vient de Rombas, dealer d’auto", None),
        ("Sort de Prison en mars", "prison"),
        ("Elle est ENCEINTE", "enceinte"),
        ("suivi à l’hôpital", "hopital"),
        ("vu le juge", "juge"),
        ("sans-papiers", "sans papiers"),
    ],
)
def test_a_comment_with_a_delicate_word_is_worth_a_look(comment: str, word: str | None) -> None:
    _, problems = read(line(comment=comment), reference.lists(), NOW)
    assert [(one.field, one.refused) for one in problems] == ([("comment", False)] if word else [])
    assert not word or f"«\u00a0{word}\u00a0»" in problems[0].sentence


def test_ten_thousand_characters_are_refused_at_once_and_nothing_is_cut() -> None:
    pasted = "Été 12 " * 1500
    names = ("person__given_name", "person__address", "person__email", "comment", "referent", "situation__last_class")
    value, problems = read(line(**dict.fromkeys(names, pasted)), reference.lists(), NOW)
    assert {one.field for one in problems if one.refused} == {name.replace("__", ".") for name in names}
    assert isinstance(value, Named) and len(value.person.given_name) > 10_000
