"""The office's acts on laptops and people, each as a process over either database."""

import json
from pathlib import Path

from sqlalchemy import select

from sync import records
from sync.server import identity, verbs
from sync.server.tables import Journal, Merge
from tests.flows.processes import Laptop as Van
from tests.flows.processes import Office as Serving
from tests.flows.processes import call, enrol, identified, one_sentence, write
from tests.server.conftest import NOW, PERSON, Office

INES = PERSON | {"birth_date": "2007-03-12"}
MET = {"kind": "named", "at": "2026-11-24T14:32:00+01:00", "place": "pl"}


def test_revoke(tmp_path: Path) -> None:
    office = Serving(tmp_path / "server")
    van = Van(tmp_path / "profile")
    assert van("init", "--adviser", "Camille Lanterne")[0] == 0
    office.start()
    try:
        enrol(van, office)
        file = write(tmp_path / "day.jsonl", identified(1))
        assert van("register", "--from", file)[0] == 0
        device = office("devices")[0]["id"]
        assert office("revoke", device) == {"id": device, "revoked": True}
        code, answer, said = van("sync")
        assert code == 3 and answer["waiting"] > 0, said
        assert office("devices")[0]["revoked"] is True
        assert office("stats")["records"] == 0
    finally:
        office.stop()
    done = call("sync.server", "revoke", "--data", str(office.data), "nobody")
    assert done.returncode == 2
    one_sentence(done.stderr, "Aucun poste")


def test_erase(office: Office) -> None:
    known = office.laptop("a")
    known.say("person", "p1", set=INES)
    known.say("person", "p2", set=INES)
    known.say("encounter", "e1", set=MET | {"person": "p1", "comment": "secret"})
    known.send()
    office("merge", "p2", "p1")
    assert office("erase", "p1", "--reason", "demande") == [{"erased": True}]
    assert office("erase", "p1", "--reason", "demande") == [{"erased": False}]
    assert {one["person"] for one in office.told("tombstones")} == {"p1", "p2"}
    assert office("stats")[0] | {"devices": 0} == {
        "devices": 0,
        "records": 3,
        "people": 0,
        "encounters": 1,
        "refused": 0,
        "erased": 2,
        "verified_backup": None,
    }
    with office.store.read() as session:
        done = session.execute(select(Journal.what, Journal.id).order_by(Journal.seq)).all()
    assert [tuple(one) for one in done] == [("merge", "p1"), ("erase person", "p1")]
    office.refused("erase", "p9", "--reason", "demande", sentence="ne connaît personne")
    office.refused("erase", "p1", "--reason", " ", sentence="Le motif est l’un de")
    kept = [json.loads(line) for line in (office.folder / "erasures.ndjson").read_text().splitlines()]
    assert {(one["entity"], one["entity_id"]) for one in kept} >= {("person", "p1"), ("encounter", "e1")}
    assert all(set(one) == {"entity", "entity_id", "id", "at"} for one in kept)


def test_two_telephones_of_whom_two_laptops_met_are_both_told(office: Office) -> None:
    """Each laptop has its own file of them: what one types does not cover what the other typed."""
    for name, person in (("a", "p1"), ("b", "p2")):
        van = office.laptop(name)
        van.say("person", person, set=INES | {"phone": f"+3335301123{name == 'b':d}"})
        van.send()
    assert office("conflicts") == []
    merged = office("merge", "p2", "p1")[0]["id"]
    phones = ["+33353011230", "+33353011231"]
    assert office("conflicts") == [
        {"person": "p1", "name": "Inès Boussole, 12/03/2007", "field": "phone", "values": phones}
    ]
    office("unmerge", merged)
    assert office("conflicts") == []


def test_conflicts(office: Office) -> None:
    known, other = office.laptop("a"), office.laptop("b")
    known.say("person", "p1", set=INES)
    known.send()
    other.say("person", "p1", "update", set={"birth_date": "2006-03-12", "phone": "+33700000000"}, at=NOW + 5)
    other.send()
    named = {"person": "p1", "name": "Inès Boussole, 12/03/2007"}
    found = {**named, "field": "birth_date", "values": ["2007-03-12", "2006-03-12"]}
    assert office("conflicts") == [found]
    known.say("person", "p2", set=INES)
    known.send(2, 2, (1, known.chain(1)))
    [merged] = office("merge", "p1", "p2")
    both = {**named, "person": "p2", "field": "phone", "values": [INES["phone"], "+33700000000"]}
    assert office("conflicts") == [{**found, "person": "p2"}, both]
    office("unmerge", merged["id"])
    assert office("conflicts") == [found]


def test_matches_merge_unmerge(office: Office) -> None:
    known = office.laptop("a")
    known.say("person", "p1", set=INES)
    known.say("person", "p2", set=INES | {"given_name": "Boussole", "birth_name": "INES", "phone": "06 99 00 00 00"})
    known.say("person", "p3", set=PERSON)
    known.say("person", "p4", set=PERSON | {"birth_name": "Lanterne", "phone": "06 55 00 11 22"})
    known.send()
    names, date, phone = "mêmes noms", "même date de naissance", "même téléphone"
    found = office("matches")
    assert [(one["from"], one["into"], one["level"]) for one in found] == [
        ("p3", "p1", "probable"),
        ("p2", "p1", "probable"),
    ]
    assert [(one["from_name"], one["into_name"]) for one in found] == [
        ("Inès Boussole", "Inès Boussole, 12/03/2007"),
        ("Boussole INES, 12/03/2007", "Inès Boussole, 12/03/2007"),
    ]
    assert [one["why"] for one in found] == [[names, phone], [f"{names}, prénom et nom inversés", date]]
    [first], [second] = office("merge", "p2", "p1"), office("merge", "p3", "p1")
    assert office("matches") == []
    assert office("stats")[0]["people"] == 2
    office.refused("merge", "p2", "p4", sentence="déjà réunie avec p1")
    office.refused("merge", "p4", "p2", sentence="donnez plutôt")
    office.refused("merge", "p1", "p2", sentence="l’inverse")
    office.refused("merge", "p4", "p4", sentence="elle-même")
    office.refused("merge", "p4", "p9", sentence="ne connaît personne")
    office("unmerge", second["id"])
    office.refused("unmerge", second["id"], sentence="Aucune réunion")
    assert office("stats")[0]["people"] == 3
    assert [one["from"] for one in office("matches")] == ["p3"]
    assert office.told("merges") == [
        {"id": first["id"], "loser": "p2", "winner": "p1"},
        {"id": second["id"], "loser": "p3", "winner": "p1"},
        {"id": second["id"], "loser": "p3", "winner": None},
    ]
    with office.store.read() as session:
        assert len(session.execute(select(Merge.id)).all()) == 2
    office("erase", "p4", "--reason", "demande")
    office.refused("merge", "p4", "p1", sentence="effacée")


def test_reserved(office: Office, tmp_path: Path) -> None:
    known = office.laptop("a")
    here = identity.load(office.folder)
    known.say("person", "p1", set=INES)
    known.say("person", "p2", set=INES)
    criteria = {"justice": "OUI", "ase": "NON_DEMANDE", "rqth": "OUI"}
    known.say("reserved", "p2", set=records.seal(here.sealing_public_key, "p2", criteria))
    known.say("person", "p3", set=INES)
    known.send()
    key = office.folder / identity.REFERENTS
    assert key.stat().st_mode & 0o777 == 0o600
    assert key.read_text().strip() not in (office.folder / identity.FILE).read_text()
    assert office("reserved", "p2", "--key", str(key)) == [{"person": "p2", **criteria}]
    office.refused("reserved", "p1", "--key", str(key), sentence="Aucun critère")
    office("merge", "p2", "p1")
    assert office("reserved", "p1", "--key", str(key)) == [{"person": "p1", **criteria}]
    wrong = tmp_path / "wrong.key"
    wrong.write_text("00" * 32)
    office.refused("reserved", "p1", "--key", str(wrong), sentence="n’est pas la clé des référents")
    office.refused("reserved", "p1", "--key", str(tmp_path / "none"), sentence="n’est pas la clé des référents")
    with office.store.read() as session:
        looks = session.execute(select(Journal.what, Journal.id, Journal.at)).all()
    assert [(look.what, look.id) for look in looks] == [
        ("read reserved", "p2"),
        ("merge", "p1"),
        ("read reserved", "p1"),
    ]
    assert all(abs(look.at - verbs.now()) < 120_000 for look in looks)


def test_an_older_identity_file_holds_both_keys(office: Office) -> None:
    """Servers made before the referents' key go on, and open what was sealed to them."""
    known = office.laptop("a")
    key, file = office.folder / identity.REFERENTS, office.folder / identity.FILE
    now = identity.load(office.folder)
    kept = json.loads(file.read_text())
    del kept["sealing_public_key"]
    file.write_text(json.dumps(kept | {"sealing_key": key.read_text().strip()}))
    key.unlink()
    assert identity.load(office.folder) == now
    known.say("person", "p1", set=INES)
    known.say("reserved", "p1", set=records.seal(now.sealing_public_key, "p1", {"justice": "OUI"}))
    known.send()
    assert office("reserved", "p1", "--key", str(file))[0]["justice"] == "OUI"
