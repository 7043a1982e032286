"""Every value list that the form asks with: as the reference file has it, each answer kept, any other refused."""

import csv
from typing import Any

import pytest

from milomobile import reference
from milomobile.actions.open import Profile
from milomobile.actions.register import register
from milomobile.domain.choices import DECLARED_AUDIENCES
from milomobile.domain.encounters import Named
from milomobile.domain.problems import value_at
from milomobile.domain.reading import read
from milomobile.errors import NotReady
from milomobile.paths import RESOURCES
from milomobile.ui.desk import Desk
from milomobile.ui.pages.registration import RegistrationPage
from milomobile.ui.parts.choices import Choices
from milomobile.ui.parts.codes import Codes
from milomobile.ui.questions import QUESTIONS, SHORT, Question
from tests.conftest import NOW, line

LISTED = [one for one in QUESTIONS if one.list and one.list != "communes"]
OWN = {"qpv_statut", "inscrit_ft", "lien_representant", "ase_ou_rqth", "public_declare", "qpv", "missions"}
"""Lists that are not of the reference file: yes, no and not asked, and those with a file of their own."""
SIZES = {
    "cadre_contact": 7,
    "origine": 41,
    "sexe": 3,
    "tranche_age": 6,
    "connaissance_ml": 3,
    "situation_categorie": 9,
    "duree_sans_activite": 4,
    "niveau_formation": 7,
    "diplome_plus_eleve": 10,
    "logement": 8,
    "permis": 8,
    "moyen_transport": 6,
    "ressources": 11,
    "frein": 16,
    "demande_exprimee": 8,
    "resultat_contact": 15,
    "statut_rattachement": 6,
    "dispositif": 5,
    "preference_contact": 4,
    "modalite_info_rgpd": 4,
    "justice_suivi": 3,
    "absence_id_ft": 2,
    "dernier_contact_organisme": 4,
}
"""Of domain.md 1.8."""


def of_file() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    with (RESOURCES / "reference" / "nomenclatures.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter=";"):
            found.setdefault(row["liste"], {})[row["code"]] = row["libelle"]
    return found


def offered(made: Choices | Codes) -> list[str]:
    return list(made._buttons) if isinstance(made, Choices) else list(made._texts)


@pytest.fixture
def form(desk: Desk) -> RegistrationPage:
    return desk.registration


def test_the_lists_are_as_long_as_the_specification_says() -> None:
    assert {name: len(codes) for name, codes in of_file().items() if name in SIZES} == SIZES


def test_every_list_of_the_form_is_the_reference_file_s_in_its_order_and_words(form: RegistrationPage) -> None:
    lists, seen = of_file(), set()
    for one in LISTED:
        made = form.fields[one.name]
        if not isinstance(made, Choices | Codes) or one.list in OWN:
            continue
        seen.add(one.list)
        assert offered(made) == list(lists[one.list]), one.name
        if isinstance(made, Codes):
            assert list(made._texts.values()) == [SHORT.get(one.list, {}).get(c, w) for c, w in lists[one.list].items()]
    assert seen >= SIZES.keys() - {"cadre_contact", "tranche_age"}
    audiences = form.fields["audiences"]
    assert isinstance(audiences, Choices) and offered(audiences) == list(DECLARED_AUDIENCES)


def in_line(one: Question, code: str) -> dict[str, Any]:
    """A line with that answer, and with what it is asked together with."""
    more: dict[str, Any] = {"situation__diploma": "AUCUN"} if one.when == "drop_out" else {}
    if one.name == "reserved.rqth" and code == "OUI":
        more["reserved__rqth_consent"] = "OUI"
    return line(**more, **{one.name.replace(".", "__"): [code] if one.kind == "several" else code})


def test_each_answer_of_a_list_is_taken_and_another_refused(form: RegistrationPage, profile: Profile) -> None:
    for one in LISTED:
        made = form.fields[one.name]
        if one.kind == "consent" or not isinstance(made, Choices | Codes):
            continue
        for code in offered(made):
            record, found = read(in_line(one, code), reference.lists(), NOW)
            assert isinstance(record, Named), (one.name, found)
            assert [problem for problem in found if problem.refused] == [], (one.name, code)
            assert value_at(record, one.name) == ((code,) if one.kind == "several" else code)
            if not one.name.startswith("reserved."):
                assert register(profile, record, NOW).id
        record, found = read(in_line(one, "AUTRE_CHOSE"), reference.lists(), NOW)
        refused = [problem.field for problem in found if problem.refused]
        if not refused and record:
            with pytest.raises(NotReady) as wrong:
                register(profile, record, NOW)
            refused = [problem.field for problem in wrong.value.problems]
        assert refused == [one.name]
