"""What is sealed for the office alone, and what must stand in clear nowhere."""

import base64
import json
from pathlib import Path

import sqlcipher3.dbapi2 as sqlite

from milomobile.security import vault
from sync import records
from sync.server import identity
from tests.conftest import ADVISER, PASSWORD, line
from tests.flows.processes import Laptop, Office, one_sentence, somebody, write

PROTECTED = {"justice": "OUI", "ase": "OUI", "rqth": "NON_DEMANDE"}


def test_protected_answers_are_refused_before_enrolment(laptop: Laptop, tmp_path: Path) -> None:
    code, answer, said = laptop("register", "--from", write(tmp_path / "day.jsonl", line(reserved=PROTECTED)))
    assert (code, answer["taken"], [one["field"] for one in answer["refused"]]) == (1, 0, ["reserved"])
    one_sentence(said, "Ligne 1", "critères protégés", "Reliez-le")
    assert laptop("status")[1]["people"] == 0


def test_protected_answers_travel_sealed(bound: tuple[Laptop, Office, int], tmp_path: Path) -> None:
    laptop, office, _ = bound
    file = write(tmp_path / "day.jsonl", somebody(7, reserved=PROTECTED))
    assert laptop("register", "--from", file)[1]["taken"] == 1
    office.start()
    assert laptop("sync")[1]["waiting"] == 0
    office.stop()
    base = sqlite.connect(str(office.data / "server.db"))
    [(text,)] = base.execute("SELECT line FROM change WHERE entity = 'reserved'").fetchall()
    base.close()
    kept = json.loads(text)
    key = identity.sealing_key_in(office.data, identity.load(office.data))
    assert records.unseal(key, kept["entity_id"], kept["set"]) == PROTECTED
    everything = b"".join(file.read_bytes() for file in office.data.glob("server.db*"))
    sealed = base64.b64decode(kept["set"])
    for readable in (b'"justice"', b'"ase"', b'"rqth"', b"OUI"):
        assert readable not in sealed
    assert b'"justice"' not in everything and b'"ase"' not in everything


def test_nothing_secret_is_left_in_clear(bound: tuple[Laptop, Office, int], tmp_path: Path) -> None:
    laptop, office, _ = bound
    person = {"person__given_name": "Zephyrine", "person__birth_name": "Quatrevents", "person__phone": "03 53 01 98 76"}
    nir = "185035746312345"
    good, bad = line(**person, comment="xylophone mauve"), line(**person, comment=f"xylophone {nir}")
    office.start()
    period = ("--from", "2026-11-01", "--to", "2026-11-30", "--out", str(tmp_path / "contacts.csv"))
    said = ""
    for verb in (
        ["register", "--from", write(tmp_path / "day.jsonl", good, bad)],
        ["sync"],
        ["export", "contacts", *period],
        ["check"],
        ["register", "--from", str(tmp_path)],
    ):
        code, answer, words = laptop(*verb)
        assert code in (0, 1, 2), words
        said += f"{answer} {words}"
    assert "Quatrevents" in (tmp_path / "contacts.csv").read_text(encoding="utf-8")
    assert office.stop() is not None
    key = vault.unlock(laptop.folder, ADVISER, PASSWORD, lambda _: None).key
    texts = ("zephyrine", "quatrevents", "98 76", "353019876", "xylophone", nir, PASSWORD.lower(), key.hex())
    needles = [*(text.encode() for text in texts), base64.b64encode(key).lower(), key]
    files = [file for file in laptop.folder.rglob("*") if file.is_file()]
    assert {"store.db", "keys.json"} <= {file.name for file in files}
    for content in (said.encode(), office.log.read_bytes(), *(file.read_bytes() for file in files)):
        assert [needle for needle in needles if needle in content.lower() or needle in content] == []
