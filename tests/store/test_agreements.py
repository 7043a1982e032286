"""Agreements are separate, asked for one by one, and each can be withdrawn at a later encounter; what is not said stays."""

import json
from typing import Any

from sqlalchemy import select

from milomobile.actions.open import Profile
from milomobile.actions.register import register
from milomobile.domain.form import to_line
from milomobile.domain.reading import read
from milomobile.reference import lists
from milomobile.store.tables import Outbox, Person
from tests.conftest import NOW, line


def met(profile: Profile, agrees: dict[str, Any] | None) -> None:
    record, wrong = read(line(agrees=agrees), lists(), NOW)
    assert record and not wrong
    register(profile, record, NOW)


def state(profile: Profile) -> tuple[Any, ...]:
    columns = (Person.agrees_sms, Person.agrees_call, Person.agrees_email, Person.agrees_partners)
    with profile.store.read() as session:
        return tuple(session.execute(select(*columns)).one())


def sent(profile: Profile) -> list[Any]:
    with profile.store.read() as session:
        rows = session.execute(select(Outbox.line).where(Outbox.entity == "person").order_by(Outbox.seq)).scalars()
        return [json.loads(row or b"")["set"].get("agrees") for row in rows]


def test_nothing_is_agreed_to_unless_said(profile: Profile) -> None:
    met(profile, None)
    assert state(profile) == (False, False, False, {})
    assert sent(profile) == [{"sms": False, "call": False, "email": False}]


def test_each_is_given_and_withdrawn_alone(profile: Profile) -> None:
    met(profile, {"sms": True, "call": True, "partners": {"APSIS-Émergence": True}})
    met(profile, None)
    assert state(profile) == (True, True, False, {"APSIS-Émergence": True})
    met(profile, {"sms": False, "call": True, "partners": {"SPIP St. Ex.": True}})
    assert state(profile) == (False, True, False, {"APSIS-Émergence": True, "SPIP St. Ex.": True})
    met(profile, {"partners": {"APSIS-Émergence": False}})
    assert state(profile)[3] == {"APSIS-Émergence": False, "SPIP St. Ex.": True}
    assert sent(profile) == [
        {"sms": True, "call": True, "email": False, "partner APSIS-Émergence": True},
        {"sms": False, "partner SPIP St. Ex.": True},
        {"partner APSIS-Émergence": False},
    ]


def test_the_form_s_no_is_a_no() -> None:
    answers = {"agrees.sms": False, "agrees.partners": {"St. Ex.": False}, "person.one_name": False}
    made, wrong = to_line(answers, "Borny", None, "2026-1", NOW)
    assert not wrong
    assert made["agrees"] == {"sms": False, "partners": {"St. Ex.": False}}
    assert "person" not in made


def test_odd_agreements_are_refused() -> None:
    for agrees in ({"sms": "oui"}, {"partners": ["APSIS"]}, {"partners": {"APSIS": 1}}, {"fax": True}):
        value, wrong = read(line(agrees=agrees), lists(), NOW)
        assert value is None and wrong[0].refused
    _, wrong = read(line(agrees={"partners": {"x" * 81: True}}), lists(), NOW)
    assert [problem.field for problem in wrong] == ["agrees.partners"]
