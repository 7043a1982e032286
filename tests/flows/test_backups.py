"""Backups as calls: put back elsewhere, what was sent is sent once; cut off anywhere, nothing is half there."""

import resource
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pyzipper

from tests.conftest import ADVISER, PASSWORD
from tests.flows.conftest import KEPT
from tests.flows.processes import Laptop, Office, call, enrol, identified, one_sentence, write


def register(laptop: Laptop, tmp_path: Path, numbers: range) -> None:
    file = write(tmp_path / f"people{numbers.start}.jsonl", *(identified(number) for number in numbers))
    assert laptop("register", "--from", file)[1]["taken"] == len(numbers)


def restore(file: Path, folder: Path, secret: str = PASSWORD) -> Laptop:
    done = call("milomobile", "--profile", str(folder), "--json", "restore", str(file), MILOMOBILE_PASSWORD=secret)
    assert done.returncode == 0, done.stderr
    return Laptop(folder)


def sync(laptop: Laptop) -> dict[str, int]:
    code, answer, said = laptop("sync")
    assert code == 0, said
    return dict(answer)


def test_put_back_elsewhere_nothing_is_lost_or_sent_twice(laptop: Laptop, office: Office, tmp_path: Path) -> None:
    enrol(laptop, office)
    register(laptop, tmp_path, range(5))
    sync(laptop)
    file = tmp_path / "copie.sauvegarde"
    code, answer, said = laptop("backup", str(file))
    assert (code, said) == (0, "")
    assert answer == {
        "file": str(file),
        "people": 5,
        "encounters": 5,
        "bytes": file.stat().st_size,
        "device": laptop("status")[1]["device"],
    }
    register(laptop, tmp_path, range(5, 8))
    sync(laptop)
    assert office("stats")["encounters"] == 8
    restored = restore(file, tmp_path / "other")
    status = restored("status")[1]
    assert (status["people"], status["device"]) == (5, answer["device"])
    register(restored, tmp_path, range(8, 10))
    done = sync(restored)
    assert (done["refused"], done["gone"], done["waiting"]) == (0, 0, 0)
    stats = office("stats")
    assert (stats["people"], stats["encounters"], stats["refused"], stats["devices"]) == (10, 10, 0, 1)
    assert restored("status")[1]["waiting"] == 0
    assert restored("check")[0] == 0
    assert sync(restored)["already"] == 0
    register(laptop, tmp_path, range(10, 11))
    assert sync(laptop)["waiting"] == 0
    register(restored, tmp_path, range(11, 12))
    assert sync(restored)["waiting"] == 0
    assert sync(laptop)["waiting"] == 0
    assert office("stats")["encounters"] == 12


def test_what_was_not_sent_before_the_backup_is_sent_by_the_restored_one(
    laptop: Laptop, office: Office, tmp_path: Path
) -> None:
    enrol(laptop, office)
    register(laptop, tmp_path, range(3))
    assert laptop("backup", str(tmp_path / "c"))[0] == 0
    restored = restore(tmp_path / "c", tmp_path / "other")
    sync(restored)
    assert office("stats")["encounters"] == 3
    sync(laptop)
    assert office("stats")["encounters"] == 3


def test_an_erasure_after_the_backup_is_not_undone(laptop: Laptop, office: Office, tmp_path: Path) -> None:
    enrol(laptop, office)
    register(laptop, tmp_path, range(3))
    sync(laptop)
    assert laptop("backup", str(tmp_path / "c"))[0] == 0
    who = laptop("find", identified(1)["person"]["birth_name"])[1]
    assert office("erase", who["id"], "--reason", "demande") is not None
    sync(laptop)
    restored = restore(tmp_path / "c", tmp_path / "other")
    assert restored("status")[1]["people"] == 3
    assert restored("sync")[0] in (0, 1)
    for one in (laptop, restored):
        assert one("find", identified(1)["person"]["birth_name"])[1] == []
        assert one("status")[1]["people"] == 2
    stats = office("stats")
    assert (stats["people"], stats["erased"]) == (2, 1)
    assert sync(restored)["waiting"] == 0


def test_the_code_restores_and_opens(tmp_path: Path) -> None:
    first = Laptop(tmp_path / "p")
    code = first("init", "--adviser", ADVISER)[1]["recovery_code"]
    register(first, tmp_path, range(2))
    assert first("backup", str(tmp_path / "c"))[0] == 0
    restored = restore(tmp_path / "c", tmp_path / "q", code)
    (tmp_path / "code").write_text(code)
    done = call("milomobile", "--profile", str(restored.folder), "--password-file", str(tmp_path / "code"), "status")
    assert done.returncode == 0, done.stderr
    done = call("milomobile", "--profile", str(tmp_path / "r"), "restore", str(tmp_path / "c"), MILOMOBILE_PASSWORD="x")
    assert done.returncode == 2
    one_sentence(done.stderr, "mot de passe")
    assert not (tmp_path / "r").exists()
    done = call(
        "milomobile", "--profile", str(tmp_path / "q"), "restore", str(tmp_path / "c"), MILOMOBILE_PASSWORD=code
    )
    assert done.returncode == 2
    one_sentence(done.stderr, "contient déjà un profil", "Rien n’a été modifié")


def killed(start: Callable[[], "subprocess.Popen[str]"], after: float) -> int:
    process = start()
    time.sleep(after)
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=30)
    return process.returncode


def test_killed_in_the_middle_of_a_backup_there_is_a_whole_file_or_none(full: Laptop, tmp_path: Path) -> None:
    """At many moments, whether it was copying, writing or verifying."""
    file = tmp_path / "key" / "c.sauvegarde"
    file.parent.mkdir()
    began = time.monotonic()
    assert full("backup", str(file))[0] == 0
    whole, seconds = file.read_bytes(), time.monotonic() - began
    code, _, said = full("backup", str(file))
    assert (code, "existe déjà" in said, file.read_bytes() == whole) == (2, True, True)
    for place in range(5):
        file.unlink(missing_ok=True)
        killed(lambda: full.start("backup", str(file)), seconds * (0.5 + place * 0.1))
        if file.exists():
            assert restore(file, tmp_path / f"r{place}")("status")[1]["people"] == KEPT
        assert full("status")[1]["people"] == KEPT
    file.unlink(missing_ok=True)
    assert full("backup", str(file))[0] == 0
    assert [one.name for one in file.parent.iterdir()] == [file.name]
    assert list((full.folder / "backups").iterdir()) == []


def test_killed_in_the_middle_of_a_restoring_it_can_be_done_again(full: Laptop, tmp_path: Path) -> None:
    file = tmp_path / "c.sauvegarde"
    assert full("backup", str(file))[0] == 0
    began = time.monotonic()
    restore(file, tmp_path / "timed")
    seconds = time.monotonic() - began
    for place in range(5):
        copy = Laptop(tmp_path / f"q{place}")
        killed(lambda copy=copy: copy.start("restore", str(file)), seconds * (0.5 + place * 0.1))  # type: ignore[misc]
        if copy("status")[0] != 0:
            restore(file, copy.folder)
        assert copy("status")[1]["people"] == KEPT
        assert copy("check")[0] == 0


def test_a_full_disk_has_no_half_backup_and_no_half_profile(full: Laptop, tmp_path: Path) -> None:
    file = tmp_path / "c.sauvegarde"
    assert full("backup", str(file))[0] == 0
    size = file.stat().st_size
    file.unlink()

    def room(limit: int) -> Callable[[], None]:
        return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    for limit in (0, size // 2, size - 2000):
        code, _, said = full("backup", str(file), before=room(limit))
        assert code == 2
        one_sentence(said, "perdu") if "perdu" in said else one_sentence(said, "Les fiches sont intactes")
        assert not list(tmp_path.glob("c.sauvegarde*"))
    assert full("backup", str(file))[0] == 0
    for limit in (0, size // 2):
        code, _, said = Laptop(tmp_path / "q")("restore", str(file), before=room(limit))
        assert code == 2
        one_sentence(said)
        assert not (tmp_path / "q").exists()
    restore(file, tmp_path / "q")


def test_an_export_in_an_encrypted_zip(full: Laptop, tmp_path: Path) -> None:
    period = ("--from", "2026-11-01", "--to", "2026-11-30", "--out", str(tmp_path / "out" / "contacts.csv"))
    (tmp_path / "out").mkdir()
    secret = tmp_path / "secret"
    secret.write_text("faible\n")
    code, _, said = full("export", "contacts", *period, "--zip-password-file", str(secret))
    assert code == 2
    one_sentence(said, "mot de passe")
    secret.write_text("Pour-le-bureau-57!\n")
    code, answer, said = full("export", "contacts", *period, "--zip-password-file", str(secret))
    assert (code, answer) == (0, {"rows": KEPT, "file": str(tmp_path / "out" / "contacts.zip")})
    told = said.splitlines()
    assert "nominatif" in told[0] and "ZIP chiffré" in told[-1] and "Traceback" not in said
    assert [one.name for one in (tmp_path / "out").iterdir()] == ["contacts.zip"]
    assert b"Nom" not in (tmp_path / "out" / "contacts.zip").read_bytes()
    with pyzipper.AESZipFile(tmp_path / "out" / "contacts.zip") as archive:
        (entry,) = archive.infolist()
        assert (entry.filename, entry.wz_aes_strength) == ("contacts.csv", 3)
        archive.setpassword(b"Pour-le-bureau-57!")
        assert archive.read(entry).decode("utf-8-sig").count("\r\n") == KEPT + 1
    code, answer, said = full("export", "contacts", *period)
    assert answer["file"] == str(tmp_path / "out" / "contacts.csv")
    assert "réseau du bureau" in said.splitlines()[0] and "Traceback" not in said
