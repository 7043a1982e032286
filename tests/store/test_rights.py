"""A person's rights over their file: seen whole, its use limited, objected to, an agreement withdrawn."""

import io
import json
from datetime import timedelta
from pathlib import Path

import pypdf
import pytest
import pyzipper
from sqlalchemy import select, update

from milomobile import reference
from milomobile.actions import files, find, merging, plan, rights
from milomobile.actions.open import Profile
from milomobile.actions.register import register
from milomobile.domain.files import Asked, free
from milomobile.domain.reading import read
from milomobile.errors import NoRoom, NotOurs, WeakPassword
from milomobile.store import behind, figures
from milomobile.store.tables import Encounter, Outbox
from tests.conftest import NOW, PASSWORD, line

TODAY = NOW.date()


def met(profile: Profile, **changes: object) -> str:
    record, problems = read(line(**changes), reference.lists(), NOW)
    assert record, problems
    register(profile, record, NOW)
    return find.search(profile, "", NOW)[0].id


def said_last(profile: Profile) -> list[dict[str, object]]:
    with profile.store.read() as session:
        lines = session.execute(select(Outbox.line).order_by(Outbox.seq)).scalars()
        return [json.loads(one)["set"] for one in lines]


def pages(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)


def test_everything_kept_of_somebody_is_in_what_they_are_handed(profile: Profile, tmp_path: Path) -> None:
    who = met(
        profile, comment="Cherche un stage en cuisine.", agrees={"sms": True, "partners": {"APSIS-Émergence": True}}
    )
    met(profile, at="2026-11-24T15:02:00+01:00", needs=["LOGEMENT"], comment=None)
    pdf, plain = rights.export(profile, who, tmp_path / "dossier.pdf", None, NOW)
    kept = json.loads(plain.read_bytes())
    assert [one["needs"] for one in kept["encounters"]] == [["EMPLOI"], ["LOGEMENT"]]
    assert kept["encounters"][0]["comment"] == "Cherche un stage en cuisine."
    assert kept["files"][0]["person"]["birth_name"] == "Boussole"
    shown = pages(pdf.read_bytes())
    for said in ("Inès", "Boussole", "12/03/2007", "Cherche un stage en cuisine.", "APSIS-Émergence", "Metz", "CNIL"):
        assert said in shown, said
    assert "SANS_SITUATION" not in shown
    assert pdf.stat().st_mode & 0o077 == plain.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("name", ["Ірина", "إيناس", "Łucja", "Nguyễn", "Zoë <b>&"])
def test_a_name_in_any_script_is_written(profile: Profile, tmp_path: Path, name: str) -> None:
    who = met(profile, person__usual_name=name) if "<" not in name else met(profile, comment=name)
    pdf = rights.export(profile, who, tmp_path / "dossier.pdf", None, NOW)[0]
    assert pdf.read_bytes().startswith(b"%PDF")
    if name.isascii() or name == "Łucja":
        assert name in pages(pdf.read_bytes())


def test_with_a_password_one_zip_that_nobody_else_opens(profile: Profile, tmp_path: Path) -> None:
    who = met(profile)
    (made,) = rights.export(profile, who, tmp_path / "dossier.zip", PASSWORD, NOW)
    assert list(tmp_path.glob("dossier*")) == [made]
    assert b"Boussole" not in made.read_bytes()
    with pyzipper.AESZipFile(made) as archive:
        with pytest.raises(RuntimeError):
            archive.read("dossier.json")
        archive.setpassword(PASSWORD.encode())
        assert "Boussole" in archive.read("dossier.json").decode()
    with pytest.raises(WeakPassword):
        rights.export(profile, who, tmp_path / "faible.zip", "1234", NOW)
    assert not (tmp_path / "faible.zip").exists()


def test_a_place_that_cannot_be_written_is_told_and_leaves_nothing(profile: Profile, tmp_path: Path) -> None:
    who = met(profile)
    with pytest.raises(NoRoom, match="intactes"):
        rights.export(profile, who, tmp_path / "absent" / "dossier.pdf", None, NOW)
    with pytest.raises(NotOurs):
        rights.export(profile, "nobody", tmp_path / "dossier.pdf", None, NOW)
    assert not list(tmp_path.glob("dossier*"))


def named_rows(profile: Profile, tmp_path: Path) -> list[str]:
    told = files.write(profile, Asked("contacts", TODAY, TODAY), free(tmp_path / "contacts.csv"), NOW)
    return told.files[0].read_text(encoding="utf-8-sig").splitlines()[1:]


@pytest.mark.parametrize("asked", ["limit", "object"])
def test_who_limits_or_objects_is_in_no_list_of_calls_and_in_no_file_by_name(
    profile: Profile, tmp_path: Path, asked: str
) -> None:
    who = met(profile, recall_on=TODAY.isoformat(), agrees={"sms": True, "partners": {"SPIP": True}})
    assert [one.person for one in plan.to_call(profile, NOW)] == [who]
    if asked == "limit":
        rights.restrict(profile, who, True, NOW)
        assert said_last(profile)[-1] == {"restricted": True}
    else:
        rights.object_to(profile, who, NOW)
        none = {"sms": False, "call": False, "email": False, "SPIP": False}
        assert said_last(profile)[-1] == {"objected": True, "agrees": none}
        assert find.sheet(profile, who, NOW).agreements == ()
    assert plan.to_call(profile, NOW) == []
    (row,) = named_rows(profile, tmp_path)
    assert "Boussole" not in row and "03 53 01" not in row
    assert "Contact nominatif" in row
    if asked == "limit":
        rights.restrict(profile, who, False, NOW)
        assert "Boussole" in named_rows(profile, tmp_path)[0]
        assert [one.person for one in plan.to_call(profile, NOW)] == [who]


def test_what_is_asked_holds_for_every_file_of_the_person(profile: Profile, tmp_path: Path) -> None:
    one = met(profile)
    two = met(profile, person__given_name="Ynès", person__phone="03 53 01 99 99", person__birth_date="2007-03-21")
    assert one != two
    merging.merge(profile, two, one, NOW)
    rights.restrict(profile, one, True, NOW)
    assert not any("Boussole" in row for row in named_rows(profile, tmp_path))
    kept = json.loads(rights.export(profile, two, tmp_path / "d.pdf", None, NOW)[1].read_bytes())
    assert {file["person"]["given_name"] for file in kept["files"]} == {"Inès", "Ynès"}
    assert len(kept["encounters"]) == 2


def test_an_agreement_is_withdrawn_alone(profile: Profile) -> None:
    who = met(profile, agrees={"sms": True, "call": True, "partners": {"SPIP": True, "CFA": True}})
    rights.withdraw(profile, who, "sms", NOW)
    rights.withdraw(profile, who, "SPIP", NOW + timedelta(seconds=1))
    assert find.sheet(profile, who, NOW).agreements == ("call", "CFA")
    assert said_last(profile)[-2:] == [{"agrees": {"sms": False}}, {"agrees": {"SPIP": False}}]
    with pytest.raises(NotOurs, match="rien à retirer"):
        rights.withdraw(profile, who, "email", NOW)


@pytest.mark.parametrize("asked", ["limit", "object"])
@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_what_was_asked_before_a_merge_holds_for_all_of_them_until_it_is_taken_back(
    profile: Profile, tmp_path: Path, asked: str, order: tuple[int, int, int]
) -> None:
    born = ("2007-03-12", "2005-08-02", "2001-11-30")
    ids = [met(profile, person__birth_date=day, person__phone=f"03 53 01 00 1{n}") for n, day in enumerate(born)]
    with profile.store.write() as session:
        session.execute(update(Encounter).values(recall_on=TODAY))
    limited, between, shown = (ids[place] for place in order)
    if asked == "limit":
        rights.restrict(profile, limited, True, NOW)
    else:
        rights.object_to(profile, limited, NOW)
    merging.merge(profile, limited, between, NOW)
    merging.merge(profile, between, shown, NOW)

    def named() -> tuple[int, int, int]:
        with profile.store.read() as session, figures.counted(session, TODAY, TODAY):
            behind_bar = len(behind.ranks(session, "T2", "F", ()))
        return (
            sum("Boussole" in row for row in named_rows(profile, tmp_path)),
            len(plan.to_call(profile, NOW)),
            behind_bar,
        )

    assert named() == (0, 0, 0)
    sheet = find.sheet(profile, shown, NOW)
    assert sheet.restricted_at if asked == "limit" else sheet.objected_at
    merging.part(profile, between, NOW)
    assert named() == (1, 1, 1)
    merging.part(profile, limited, NOW)
    assert named() == (2, 2, 2)
