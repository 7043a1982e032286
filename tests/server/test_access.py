"""A request of access at the office, for somebody whom two laptops met (RGPD art. 15)."""

import io
import json
from pathlib import Path

import pypdf
from sqlalchemy import select

from sync.server.tables import Journal
from tests.server.conftest import PERSON, Office

INES = PERSON | {"birth_date": "2007-03-12"}
MET = {"kind": "named", "place": "pl", "setting": "ARRET_MILO_MOBILE"}


def met_on_two_laptops(office: Office) -> None:
    """Somebody of two files that the office united, and somebody else of nearly the same name."""
    one, two = office.laptop("a"), office.laptop("b")
    one.say("place", "pl", set={"name": "Marché de Borny"})
    one.say("person", "p1", set=INES | {"agrees": {"sms": True, "APSIS-Émergence": True}})
    one.say(
        "encounter",
        "e1",
        set=MET
        | {
            "person": "p1",
            "at": "2026-11-24T14:32:00+01:00",
            "comment": "Cherche un stage.",
            "needs": ["EMPLOI"],
            "adviser": "Camille Lanterne",
            "situation": {"category": "SANS_SITUATION"},
            "notice": {"version": "2026-1", "how": "ORAL_AFFICHE"},
        },
    )
    appointment = {"at": "2026-11-26T10:00:00+01:00", "place": "Pôle des Lauriers", "person": "p1", "encounter": "e1"}
    one.say("appointment", "a1", set=appointment)
    one.say("reserved", "p1", set="never opened here")
    one.say("person", "p3", set=INES | {"given_name": "Inès-Lou"})
    one.send()
    two.say("person", "p2", set=INES | {"phone": "+33712345678", "restricted": True})
    two.say("encounter", "e2", set=MET | {"person": "p2", "at": "2026-11-25T09:00:00+01:00", "needs": ["LOGEMENT"]})
    two.send()
    office("merge", "p2", "p1")


def test_whoever_asks_is_found_by_name_and_handed_all_that_every_laptop_sent(office: Office, tmp_path: Path) -> None:
    met_on_two_laptops(office)
    found = office("find", "boussole ines")
    assert [one["id"] for one in found] == ["p1", "p3"]
    assert found[0]["last_encounter"] == "2026-11-25T08:00:00+00:00"
    assert [one["id"] for one in office("find", "p2")] == ["p1"]
    done = office("person", "export", "p2", "--out", str(tmp_path / "dossier.pdf"))[0]
    pdf, plain = (Path(one) for one in done["files"])
    assert pdf.stat().st_mode & 0o077 == plain.stat().st_mode & 0o077 == 0
    kept = json.loads(plain.read_bytes())
    assert [one["id"] for one in kept["files"]] == ["p1", "p2"]
    assert [one["needs"] for one in kept["encounters"]] == [["EMPLOI"], ["LOGEMENT"]]
    assert (kept["encounters"][0]["comment"], kept["encounters"][0]["place"]) == (
        "Cherche un stage.",
        "Marché de Borny",
    )
    assert kept["sealed_criteria"] and kept["restricted_at"] and not kept["objected_at"]
    shown = "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf.read_bytes())).pages)
    said = ("Inès", "12/03/2007", "Cherche un stage.", "APSIS-Émergence", "Pôle des Lauriers", "Camille Lanterne")
    assert [one for one in (*said, "07 12 34 56 78", "Usage limité", "CNIL") if one not in shown] == []
    assert "Inès-Lou" not in shown + plain.read_text() and "never opened" not in plain.read_text()
    with office.store.read() as session:
        looked = session.execute(select(Journal.what, Journal.id).order_by(Journal.seq)).all()
    assert ("export person", "p2") in [tuple(one) for one in looked] and "read list" in [one.what for one in looked]


def test_who_corrected_what_is_told_of_every_laptop_and_of_the_office(office: Office, tmp_path: Path) -> None:
    van = office.laptop("Camion 1")
    van.say("person", "p1", set=INES)
    van.say("encounter", "e1", set=MET | {"person": "p1", "at": "2026-11-24T14:32:00+01:00"})
    van.say("person", "p1", "update", set={"phone": "+33712345678", "email": "ines@exemple.fr"})
    van.say("encounter", "e1", "update", set={"needs": ["LOGEMENT"]})
    van.say("person", "p2", set=PERSON)
    van.say("person", "p2", "update", set={"phone": "+33712345679"})
    van.send()
    filled = tmp_path / "filled.csv"
    filled.write_text("Identifiant;Dispositif\np1;PACEA\n", encoding="utf-8")
    office("import", "rattachements", str(filled))
    office("person", "export", "p1", "--out", str(tmp_path / "dossier.pdf"))
    told = json.loads((tmp_path / "dossier.json").read_bytes())["corrections"]
    assert sorted((one["fields"], one["adviser"]) for one in told) == [
        (["email", "phone"], "Camion 1"),
        (["needs"], "Camion 1"),
        (["scheme"], "le bureau"),
    ]


def test_nobody_is_found_once_erased_and_no_file_takes_the_place_of_another(office: Office, tmp_path: Path) -> None:
    met_on_two_laptops(office)
    there = tmp_path / "dossier.json"
    there.write_text("mine")
    office.refused("person", "export", "p1", "--out", str(tmp_path / "dossier.pdf"), sentence="existe déjà")
    assert there.read_text() == "mine" and not (tmp_path / "dossier.pdf").exists()
    office.refused("person", "export", "p1", "--out", str(office.folder / "x.pdf"), sentence="dossier du serveur")
    office("erase", "p1", "--reason", "DEMANDE")
    assert [one["id"] for one in office("find", "boussole")] == ["p3"]
    office.refused("find", "personne", sentence="Personne ne correspond")
    office.refused("person", "export", "p2", "--out", str(tmp_path / "y.pdf"), sentence="a été effacée")
