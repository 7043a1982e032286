"""What support gets of a laptop, and the self-check of the program: whole, and without anybody's data."""

import json
import shutil
import zipfile
from pathlib import Path
from typing import Any

from milomobile import logs
from milomobile.store import engine
from tests.conftest import ADVISER, PASSWORD, line
from tests.flows.processes import Laptop, Office, call, enrol, write
from tests.publisher import Publisher

SECRETS = (
    "Boussole",
    "Inès",
    "Ines",
    "0353011234",
    "03 53 01 12 34",
    "2007-03-12",
    "12/03/2007",
    "Lanterne",
    "Camille",
)


def a_day(laptop: Laptop, office: Office, folder: Path) -> None:
    """Somebody is registered, refused, looked for, sent and kept on a key; the network fails once, a name is wrong once."""
    enrol(laptop, office)
    day = write(folder / "Boussole.jsonl", line(), line(person__birth_date="2015-01-01"), {"kind": "Boussole"})
    assert laptop("register", "--from", day)[0] == 1
    assert laptop("find", "Boussole")[0] == 0
    office.stop()
    assert laptop("sync")[0] == 3
    office.start()
    assert laptop("sync")[0] == 0
    assert laptop("backup", str(folder / "Boussole.sauvegarde"))[0] == 0
    assert laptop("register", "--from", str(folder / "Inès.jsonl"))[0] == 2


def inside(file: Path) -> dict[str, str]:
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def test_what_support_gets_tells_what_was_done_and_of_nobody(laptop: Laptop, office: Office, tmp_path: Path) -> None:
    a_day(laptop, office, tmp_path)
    assert laptop("diagnostics", str(tmp_path / "d.zip"))[1]["inside"][0] == "diagnostic.json"
    found = inside(tmp_path / "d.zip")
    told = json.loads(found["diagnostic.json"])
    assert told["profile"]["people"] == 1 and told["profile"]["waiting"] == 0 and told["profile"]["damage"] is None
    assert told["cipher"] and told["parts"]["sqlcipher3"] and told["disk"]["free"] > 0 and told["advisers"] == 1
    done = [json.loads(one) for one in found["logs/milomobile.log"].splitlines()]
    sent = [one for one in done if one["what"] == "sync"]
    assert [one["failed"] for one in sent] == ["Offline", None] and sent[1]["taken"] > 0
    assert {"open", "backup"} <= {one["what"] for one in done}
    for name, text in found.items():
        assert not [secret for secret in (*SECRETS, PASSWORD, ADVISER) if secret in text], name


def test_a_profile_that_does_not_open_is_told_all_the_same(laptop: Laptop, tmp_path: Path) -> None:
    store = laptop.folder / engine.FILE
    store.write_bytes(b"x" * store.stat().st_size)
    code, _, said = laptop("diagnostics", str(tmp_path / "d.zip"))
    assert code == 1 and "n’est pas lisible" in said
    told = json.loads(inside(tmp_path / "d.zip")["diagnostic.json"])
    assert told["profile"] is None and told["files"][engine.FILE]
    kept = [json.loads(one) for one in inside(tmp_path / "d.zip")["logs/milomobile.log"].splitlines()]
    assert {"what": "open failed", "kind": "NotOurs"}.items() <= kept[-1].items()


def test_a_file_for_support_that_cannot_be_written_is_said(laptop: Laptop, tmp_path: Path) -> None:
    code, _, said = laptop("diagnostics", str(tmp_path / "nowhere" / "d.zip"))
    assert code == 2 and "Traceback" not in said
    assert not list(tmp_path.glob("**/*.part"))


def test_the_check_does_all_a_day_asks_and_upgrades_what_past_versions_left(laptop: Laptop, tmp_path: Path) -> None:
    kept = tmp_path / "old"
    assert laptop("register", "--from", write(tmp_path / "day.jsonl", line()))[1]["taken"] == 1
    shutil.copytree(laptop.folder, kept / "0.1.0")
    (kept / "0.1.0" / "password.txt").write_text(PASSWORD + "\n", encoding="utf-8")
    before = (kept / "0.1.0" / engine.FILE).read_bytes()
    code, answer, said = laptop("check", "--old-stores", str(kept))
    assert (code, answer["ok"]) == (0, True), said
    assert (kept / "0.1.0" / engine.FILE).read_bytes() == before
    shutil.copytree(kept / "0.1.0", kept / "0.2.0")
    (kept / "0.2.0" / engine.FILE).write_bytes(b"x" * len(before))
    code, answer, said = laptop("check", "--old-stores", str(kept))
    assert (code, answer["ok"]) == (2, False)
    assert [one["step"] for one in answer["failed"]] == ["le fichier de la version 0.2.0"] and "0.2.0" in said
    code, _, said = laptop("check", "--old-stores", str(tmp_path / "nothing"))
    assert code == 2 and "Rien n’a été vérifié" in said


def test_logs_stay_small_and_keep_only_words_and_numbers(laptop: Laptop) -> None:
    logs.keep_in(laptop.folder)
    try:
        facts: dict[str, Any] = {"kind": "NotOurs", "name": "Inès Boussole", "day": "12/03/2007", "n": 3, "none": None}
        for _ in range(12_000):
            logs.note("trial", **facts)
    finally:
        logs.stop()
    files = list((laptop.folder / logs.FOLDER).glob(f"{logs.FILE}*"))
    assert len(files) == logs.FILES + 1
    assert all(file.stat().st_size <= logs.SIZE for file in files)
    for file in files:
        for one in file.read_text(encoding="utf-8").splitlines():
            assert json.loads(one).keys() == {"at", "what", "kind", "n", "none"}


def test_the_check_fails_where_the_publisher_s_root_is_none(laptop: Laptop, tmp_path: Path) -> None:
    (tmp_path / "publisher").mkdir()
    publisher = Publisher(tmp_path / "publisher")
    roots = {"MILO_TEST_RELEASE": str(publisher.public)}
    done = call("milomobile", "--profile", str(laptop.folder), "--json", "check", **roots)
    assert done.returncode == 0, done.stderr
    (publisher.public / "2.root.json").write_bytes(publisher.root[:-200])
    done = call("milomobile", "--profile", str(laptop.folder), "--json", "check", **roots)
    assert done.returncode == 2 and "la vérification des mises à jour" in done.stdout
