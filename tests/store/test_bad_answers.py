"""Odd answers of a `register` line, up to the encrypted file: each is refused with a sentence, or kept as was meant."""

import json
import uuid
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from milomobile.actions import find
from milomobile.actions.lines import Report, register_lines
from milomobile.actions.open import Profile
from milomobile.store import people
from milomobile.store.inbox import Inbox
from milomobile.store.tables import Encounter, Outbox, Person
from tests.conftest import NOW, line

SOMEBODY = "0192f0c1-0000-7000-8000-000000000000"
PASTED = "Été bleu " * 1111
TEXTS = [
    *("id kind at place setting origin known outcome handover recall_on comment referent scheme structure").split(),
    *("same_as was_anonymous referral").split(),
    *(
        f"person__{name}"
        for name in (
            "given_name birth_name usual_name birth_date sex phone email social address postal_code commune qpv "
            "qpv_status qpv_generation country preference birth_place birth_country"
        ).split()
    ),
    *(
        f"situation__{name}"
        for name in (
            "category inactive_since level diploma registered_ft last_contact housing licence transport french_help "
            "last_class left_school ft_id ft_id_absence"
        ).split()
    ),
    *(f"guardian__{name}" for name in ("link", "name", "phone")),
    *(f"notice__{name}" for name in ("version", "how", "language", "signature", "unsigned")),
    *(f"reserved__{name}" for name in ("justice", "ase", "rqth", "rqth_consent")),
    *("appointment__at", "appointment__place"),
]
LISTS = ["needs", "barriers", "audiences", "apart", "situation__resources"]


def taken(profile: Profile, folder: Path, *lines: dict[str, Any]) -> Report:
    file = folder / "lines.jsonl"
    file.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in lines), encoding="utf-8")
    return register_lines(profile, file, NOW)


def counts(profile: Profile) -> list[int]:
    with profile.store.read() as session:
        return [
            session.execute(select(func.count()).select_from(one)).scalar_one() for one in (Person, Encounter, Outbox)
        ]


def names(profile: Profile) -> list[str]:
    return [one.name for one in find.search(profile, "", NOW)]


def test_ten_thousand_characters_pasted_into_any_text_are_refused_and_the_other_lines_kept(
    profile: Profile, tmp_path: Path
) -> None:
    meeting = {"at": "2026-11-26T10:00:00+01:00", "place": "Pôle"}
    pasted = [line(**{"appointment": meeting, name: PASTED}) for name in TEXTS if name.startswith("appointment")]
    pasted += [line(**{name: PASTED}) for name in TEXTS if not name.startswith("appointment")]
    pasted += [line(**{name: [PASTED]}) for name in LISTS]
    pasted += [
        line(agrees={"sms": True, "partners": {PASTED: True}}),
        line(**{PASTED: "x"}),
        line(person={PASTED: "x"}),
    ]
    report = taken(profile, tmp_path, *pasted, line())
    assert [one["line"] for one in report.refused] == list(range(1, len(pasted) + 1))
    assert report.taken == 1 and names(profile) == ["Inès Boussole"]
    sentences = [str(one["reason"]) for one in report.refused]
    assert all(sentence.endswith(".") for sentence in sentences)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("same_as", 5),
        ("same_as", [SOMEBODY]),
        ("same_as", "Inès"),
        ("same_as", SOMEBODY),
        ("was_anonymous", {}),
        ("was_anonymous", "1"),
        ("was_anonymous", SOMEBODY),
        ("apart", SOMEBODY),
        ("apart", [5]),
        ("apart", [SOMEBODY, "Inès"]),
        ("apart", [str(uuid.UUID(int=number)) for number in range(21)]),
        ("structure", 57463),
        ("structure", "57999S00"),
        ("structure", "x" * 81),
        ("referral", 5),
        ("referral", "nowhere"),
        ("person__country", True),
        ("person__country", "x" * 81),
        ("person__qpv_generation", "demain"),
    ],
)
def test_references_that_are_none_are_refused_by_their_field(
    profile: Profile, tmp_path: Path, name: str, value: object
) -> None:
    report = taken(profile, tmp_path, line(**{name: value}))
    assert [one["field"] for one in report.refused] == [name.replace("__", ".")]
    assert counts(profile) == [0, 0, 0]


def test_a_mission_locale_that_left_the_list_stays_with_who_has_it(profile: Profile, tmp_path: Path) -> None:
    taken(profile, tmp_path, line(structure="57672S00"))
    items = [{"kind": "mission", "id": "57606S00", "set": {"name": "Moselle Centre", "rank": "1"}}]
    Inbox(profile.store).take("reference", items, "c", whole=False)
    again = taken(profile, tmp_path, line(structure="57672S00"))
    assert (again.taken, names(profile)) == (1, ["Inès Boussole"])
    other = line(
        structure="57672S00", person__given_name="Zoé", person__birth_name="Marin", person__phone="03 53 01 55 55"
    )
    assert [one["field"] for one in taken(profile, tmp_path, other).refused] == ["structure"]
    assert taken(profile, tmp_path, {**other, "structure": "57606S00"}).taken == 1


def test_who_is_not_on_this_laptop_is_not_kept_as_somebody_else(profile: Profile, tmp_path: Path) -> None:
    assert taken(profile, tmp_path, line(apart=[SOMEBODY])).taken == 1
    (found,) = find.search(profile, "", NOW)
    with profile.store.read() as session:
        assert people.get(session, found.id).apart == []


def test_names_in_capitals_and_with_blanks_are_kept_as_said_and_known_again(profile: Profile, tmp_path: Path) -> None:
    shouted = line(person__given_name="  INÈS\u00a0", person__birth_name="BOUSSOLE \t ")
    report = taken(profile, tmp_path, shouted, line(), line(person__given_name="ines ", person__birth_name=" boussole"))
    assert (report.taken, report.warned, names(profile)) == (3, [], ["INÈS BOUSSOLE"])
    assert [one.name for one in find.search(profile, "inès boussole", NOW)] == ["INÈS BOUSSOLE"]


def test_identical_twins_are_one_only_by_name_and_two_once_told_apart(profile: Profile, tmp_path: Path) -> None:
    shared = {"person__birth_name": "Marin", "person__phone": "03 53 01 66 66"}
    report = taken(profile, tmp_path, *(line(person__given_name=name, **shared) for name in ("Lou", "Lia")))
    assert report.taken == 2 and sorted(names(profile)) == ["Lia Marin", "Lou Marin"]
    lou = next(one.id for one in find.search(profile, "lou", NOW))
    assert taken(profile, tmp_path, line(person__given_name="Lou", apart=[lou], **shared)).taken == 1
    assert sorted(names(profile)) == ["Lia Marin", "Lou Marin", "Lou Marin"]


@pytest.mark.parametrize("at", ["2026-11-24T00:30:00+01:00", "2026-11-23T23:30:00+00:00"])
@pytest.mark.parametrize(
    ("born", "expected"),
    [
        ("2010-11-24", (1, [], [])),
        ("2010-11-25", (0, [], ["person.birth_date"])),
        ("2000-11-24", (1, ["person.birth_date"], [])),
        ("2000-11-25", (1, [], [])),
        ("1996-11-24", (1, ["person.birth_date"], [])),
    ],
)
def test_a_birthday_begins_at_midnight_in_metz(
    profile: Profile, tmp_path: Path, at: str, born: str, expected: tuple[int, list[str], list[str]]
) -> None:
    report = taken(profile, tmp_path, line(at=at, person__birth_date=born))
    fields = [[one["field"] for one in found] for found in (report.warned, report.refused)]
    assert (report.taken, *fields) == expected
    assert {"1996": "30 ans", "2000": "26 ans"}.get(born[:4] if report.warned else "", "") in str(report.warned)


@pytest.mark.parametrize(
    ("day", "age"), [("2026-02-28", 25), ("2026-03-01", 26), ("2024-02-28", 23), ("2024-02-29", 24)]
)
def test_born_on_29_february_one_is_older_on_1_march_where_there_is_none(
    profile: Profile, tmp_path: Path, day: str, age: int
) -> None:
    taken(profile, tmp_path, line(at=f"{day}T00:30:00+01:00", person__birth_date="2000-02-29"))
    with profile.store.read() as session:
        row = session.execute(select(Person.handover)).one()
    assert row.handover == ("HORS_PERIMETRE" if age > 25 else "A_RATTACHER")


@pytest.mark.parametrize(
    ("answer", "value"),
    [
        ("person__phone", "abc"),
        ("person__phone", "0"),
        ("person__phone", "+33 6 12 34 56 78 90 12"),
        ("person__phone", "00 00 00 00 00"),
        ("person__phone", "☎"),
        ("guardian__phone", "06 12"),
        ("person__email", "@"),
        ("person__email", "a@@b"),
        ("person__email", "inès @ chez.moi"),
        ("person__postal_code", "57140"),
        ("person__postal_code", "2A"),
    ],
)
def test_what_cannot_be_is_warned_about_and_kept_as_said(
    profile: Profile, tmp_path: Path, answer: str, value: str
) -> None:
    report = taken(profile, tmp_path, line(**{answer: value}))
    field = answer.replace("__", ".")
    assert (report.taken, [one["field"] for one in report.warned]) == (1, [field])
    with profile.store.read() as session:
        row = session.execute(select(Person.__table__)).one()._mapping
    assert row[answer.replace("guardian__", "guardian_").removeprefix("person__")] == value
