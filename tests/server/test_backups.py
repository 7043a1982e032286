"""Backup, verify, restore as processes: what was lost comes again from the laptop, once; nobody erased comes back."""

import json
import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import delete, insert, select, update

from sync.server import backups, identity, ledger, sealing
from sync.server.tables import Receipt, Server
from tests.flows.processes import Laptop as Van
from tests.flows.processes import Office as Serving
from tests.flows.processes import call, enrol, identified, one_sentence, write
from tests.server.conftest import NOW, PERSON, Office


@pytest.fixture
def serving(url: str, tmp_path: Path) -> Iterator[Serving]:
    """A server over either database, running."""
    data = tmp_path / "server"
    assert call("sync.server", "init", "--data", str(data), "--database", url).returncode == 0
    made = Serving(data)
    made.start()
    yield made
    made.stop()


def register(van: Van, file: Path, *numbers: int) -> None:
    code, answer, said = van("register", "--from", write(file, *(identified(number) for number in numbers)))
    assert (code, answer["taken"]) == (0, len(numbers)), said


def test_what_a_restored_server_lost_comes_again_once(serving: Serving, tmp_path: Path) -> None:
    van, copy = Van(tmp_path / "profile"), tmp_path / "backup"
    assert van("init", "--adviser", "Camille Lanterne")[0] == 0
    enrol(van, serving)
    register(van, tmp_path / "one.jsonl", 1, 2)
    assert van("sync")[1]["waiting"] == 0
    device = serving("devices")[0]["id"]
    assert Path(serving("backup", str(copy))["file"]).parent == copy
    before = serving("records", "--device", device)
    register(van, tmp_path / "two.jsonl", 3, 4)
    assert van("sync")[1]["waiting"] == 0
    full, stats = serving("records", "--device", device), serving("stats")
    assert len(full) > len(before)
    gone = json.loads((tmp_path / "two.jsonl").read_text().splitlines()[0])
    assert gone["person"]

    done = call("sync.server", "restore", "--data", str(serving.data), str(copy))
    assert done.returncode == 2
    one_sentence(done.stderr, "tourne encore")
    assert serving("stats") == stats
    serving.stop()
    assert serving("restore", str(copy)) == {"ok": True}
    assert serving("records", "--device", device) == before
    serving.start()
    assert van("sync")[1]["waiting"] == 0
    assert serving("records", "--device", device) == full
    assert serving("stats") == stats


def test_nobody_erased_comes_back(office: Office, tmp_path: Path) -> None:
    laptop, copy = office.laptop("a"), str(tmp_path / "backup")
    laptop.say("person", "p1", set=PERSON)
    laptop.say("encounter", "e1", set={"kind": "named", "at": "2026-11-24T14:32", "place": "x", "person": "p1"})
    laptop.send()
    office("backup", copy)
    office("erase", "p1", "--reason", "demande")
    office.store.close()
    assert office("restore", copy) == [{"ok": True}]
    stats = office("stats")[0]
    assert (stats["people"], stats["encounters"], stats["erased"]) == (0, 1, 1)
    [told] = office.told("tombstones")
    assert told["person"] == "p1"
    laptop.say("encounter", "e1", "update", set={"comment": "secret"})
    assert [result.verdict for result in laptop.send(3, 3, (2, laptop.chain(2))).results] == ["gone"]


def test_verify_tells_laptops_how_far_two_backups_hold(office: Office, tmp_path: Path) -> None:
    laptop, copy = office.laptop("a"), tmp_path / "backup"
    laptop.say("person", "p1", set=PERSON)
    laptop.say("person", "p2", set=PERSON)
    laptop.send()
    office("backup", str(copy))
    laptop.say("person", "p3", set=PERSON)
    assert laptop.send(3, 3, (2, laptop.chain(2))).durable_through == 0
    office.refused("backup", str(copy), sentence="déjà une sauvegarde")
    assert office("verify", str(copy)) == [{"ok": True}]

    def durable() -> int:
        with office.store.read() as session:
            return ledger.state(session, "server", "a", NOW).durable_through

    assert durable() == 0
    office("verify", str(copy))
    assert durable() == 0, "the same backup twice is one"
    office("backup", str(tmp_path / "second"))
    office("verify", str(tmp_path / "second"))
    assert durable() == 2
    office("verify", str(copy))
    assert durable() == 2
    manifest = json.loads((copy / "manifest.json").read_text())
    assert manifest["devices"]["a"]["hwm"] == 2
    assert not (copy / identity.REFERENTS).exists()
    sums = {file.name: file.stat().st_mtime_ns for file in copy.iterdir()}
    assert set(sums) == {manifest["file"], f"{identity.FILE}.sealed", "manifest.json"}


def test_a_week_without_a_verified_backup_is_said(office: Office, tmp_path: Path) -> None:
    laptop, week = office.laptop("a"), 7 * 24 * 3600 * 1000

    def grows_older(days: int) -> None:
        with office.store.write() as session:
            older = {"made": Server.made - days * week // 7, "verified": Server.verified - days * week // 7}
            session.execute(update(Server).values(**older))

    def stats() -> tuple[str | None, str]:
        done = office.run("stats")
        assert done.returncode == 0
        return json.loads(done.stdout)["verified_backup"], done.stderr

    def signed() -> int:
        with office.store.read() as session:
            saved = ledger.state(session, "server", "a", NOW).backed_up
        assert saved
        return saved

    assert stats() == (None, "")
    grows_older(8)
    assert stats()[0] is None
    one_sentence(stats()[1], "sauvegarde", "verify")
    old = signed()
    laptop.say("person", "p1", set=PERSON)
    laptop.send()
    office("backup", str(tmp_path / "first"))
    one_sentence(stats()[1], "sauvegarde")
    office("verify", str(tmp_path / "first"))
    assert stats() == (datetime.fromtimestamp(signed() // 1000, UTC).isoformat(timespec="seconds"), "")
    assert signed() > old + week
    grows_older(8)
    first = json.loads((tmp_path / "first" / "manifest.json").read_text())
    key = sealing.read_key(office.folder / sealing.KEY)
    aged = backups.signed(first | {"at": first["at"] - 8 * week // 7}, key)
    (tmp_path / "first" / "manifest.json").write_text(json.dumps(aged))
    office("verify", str(tmp_path / "first"))
    one_sentence(stats()[1], "sauvegarde")


def test_a_damaged_or_foreign_backup_is_told_and_never_put_back(office: Office, tmp_path: Path) -> None:
    laptop, copy = office.laptop("a"), tmp_path / "backup"
    laptop.say("person", "p1", set=PERSON)
    laptop.send()
    file = Path(office("backup", str(copy))[0]["file"])
    office.store.close()
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2])
    office.refused("verify", str(copy), sentence="a changé")
    office.refused("restore", str(copy), sentence="a changé")
    file.write_bytes(whole)
    manifest = json.loads((copy / "manifest.json").read_text())
    (copy / "manifest.json").write_text(json.dumps(manifest | {"server_id": "another"}))
    office.refused("restore", str(copy), sentence="manifest.json a changé")
    key = sealing.read_key(office.folder / sealing.KEY)
    (copy / "manifest.json").write_text(json.dumps(backups.signed(manifest | {"server_id": "another"}, key)))
    office.refused("restore", str(copy), sentence="autre serveur")
    office.refused("verify", str(copy), sentence="autre serveur")
    (copy / "manifest.json").unlink()
    office.refused("verify", str(copy), sentence="manque des fichiers")
    assert office("stats")[0]["people"] == 1


def test_a_backup_of_rows_that_were_altered_is_not_verified(office: Office, tmp_path: Path) -> None:
    """Somebody took a line out, or changed what was said of one, in the database itself: sums alone would not tell."""
    laptop = office.laptop("a")
    for name in ("p1", "p2", "p3"):
        laptop.say("person", name, set=PERSON)
    laptop.send()
    first = (Receipt.device == "a", Receipt.seq == 2)
    with office.store.write() as session:
        kept = session.execute(select(*Receipt.__table__.columns).where(*first)).one()
        session.execute(update(Receipt).where(*first).values(digest=bytes(32)))
    office("backup", str(tmp_path / "changed"))
    office.refused("verify", str(tmp_path / "changed"), sentence="ne se vérifie pas")
    with office.store.write() as session:
        session.execute(delete(Receipt).where(*first))
    office("backup", str(tmp_path / "missing"))
    office.refused("verify", str(tmp_path / "missing"), sentence="ne se vérifie pas")
    with office.store.write() as session:
        session.execute(insert(Receipt).values(**kept._mapping))
    office("backup", str(tmp_path / "whole"))
    assert office("verify", str(tmp_path / "whole")) == [{"ok": True}]


def _with_a_backup(data: Path, copy: Path) -> Office:
    """An office that knows one person, and its backup."""
    office = Office(data, f"sqlite:///{data / 'server.db'}")
    laptop = office.laptop("a")
    laptop.say("person", "p1", set=PERSON)
    laptop.send()
    office("backup", str(copy))
    return office


def test_the_drill_on_another_machine(tmp_path: Path) -> None:
    """A folder that holds nothing becomes the backup's; a row taken away by hand is found; a wrecked database goes."""
    data, copy, other = tmp_path / "data", tmp_path / "backup", tmp_path / "other"
    office = _with_a_backup(data, copy)
    office.store.close()
    done = call("sync.server", "restore", "--data", str(other), str(copy))
    assert done.returncode == 2
    one_sentence(done.stderr, "chiffrée", "--key")
    key = tmp_path / "from the safe.key"
    shutil.copy(data / sealing.KEY, key)
    done = call("sync.server", "restore", "--data", str(other), str(copy), "--key", str(key))
    assert done.returncode == 0
    one_sentence(done.stderr, "erasures.ndjson", "decided.ndjson", "revenu")
    assert (other / sealing.KEY).read_text() == key.read_text()
    assert json.loads(call("sync.server", "stats", "--data", str(other), "--json").stdout)["people"] == 1
    assert identity.load(other) == identity.load(data)
    wreck = data / "server.db"
    wreck.write_bytes(os.urandom(8192))
    assert office("restore", str(copy)) == [{"ok": True}]
    assert office("stats")[0]["people"] == 1
    shutil.rmtree(other)


def test_whoever_was_erased_since_is_not_back_on_another_machine_where_its_file_lies(tmp_path: Path) -> None:
    data, copy, other = tmp_path / "data", tmp_path / "backup", tmp_path / "other"
    office = _with_a_backup(data, copy)
    office("erase", "p1", "--reason", "DEMANDE")
    office.store.close()
    other.mkdir()
    for name in ("erasures.ndjson", "decided.ndjson"):
        shutil.copy(data / name, other)
    key = str(data / sealing.KEY)
    done = call("sync.server", "restore", "--data", str(other), str(copy), "--key", key)
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(call("sync.server", "stats", "--data", str(other), "--json").stdout)["people"] == 0
