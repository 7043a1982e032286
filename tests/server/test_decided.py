"""What the office decided stays so, under a key that was stolen and when the server is put back as it was before."""

import shutil
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from sync.server import decided
from tests.conftest import PASSWORD
from tests.flows.processes import Laptop, Office, call, enrol, identified, one_sentence, write
from tests.server.test_backups import serving

__all__ = ["serving"]


def _profile(folder: Path) -> Laptop:
    made = Laptop(folder)
    assert made("init", "--adviser", "Camille Lanterne")[0] == 0
    return made


def _register(laptop: Laptop, file: Path, number: int) -> None:
    assert laptop("register", "--from", write(file, identified(number)))[1]["taken"] == 1


def test_the_successor_of_a_stolen_laptop_comes_in_and_the_stolen_one_never_again(
    serving: Office, tmp_path: Path
) -> None:
    laptop, copy = _profile(tmp_path / "profile"), tmp_path / "safe"
    enrol(laptop, serving)
    _register(laptop, tmp_path / "one.jsonl", 1)
    assert laptop("sync")[1]["waiting"] == 0
    serving("backup", str(tmp_path / "backup"))
    assert laptop("backup", str(copy))[0] == 0
    stolen = Laptop(shutil.copytree(laptop.folder, tmp_path / "stolen"))
    shutil.rmtree(laptop.folder)
    device = stolen("status")[1]["device"]
    serving("revoke", device)

    done = call("milomobile", "--profile", str(laptop.folder), "restore", str(copy), MILOMOBILE_PASSWORD=PASSWORD)
    assert done.returncode == 0, done.stderr
    _register(laptop, tmp_path / "two.jsonl", 2)
    enrol(laptop, serving)
    assert laptop("sync")[1]["waiting"] == 0
    _register(stolen, tmp_path / "three.jsonl", 3)

    def shut_out() -> None:
        code, sent, said = stolen("sync")
        assert (code, sent["taken"]) == (3, 0)
        one_sentence(said, "bureau", "Tout est gardé ici")
        code = serving("invite", "--label", "Camion 1")["code"]
        returned, answer, said = stolen("enrol", serving.url, code, "--ca", str(serving.certificate))
        assert (returned, answer) == (3, []), "not even with a code of the office: another key holds its name"
        key = tmp_path / "key.milo"
        assert stolen("bundle", "export", str(key))[0] == 0
        refused = call("sync.server", "ingest", "--data", str(serving.data), str(key))
        assert refused.returncode == 2 and "Traceback" not in refused.stderr
        key.unlink()
        assert serving("stats")["people"] == 2

    shut_out()
    serving.stop()
    serving("restore", str(tmp_path / "backup"))
    serving.start()
    assert laptop("sync")[1]["waiting"] == 0, "enrolled after the backup, and known all the same"
    assert serving("stats")["people"] == 2
    shut_out()


def test_what_was_cut_off_after_the_backup_is_cut_off_after_the_restore(serving: Office, tmp_path: Path) -> None:
    laptop = _profile(tmp_path / "profile")
    enrol(laptop, serving)
    made = serving("token", "make", "--label", "tableau", "--file", "contacts")
    assert made["token"]
    serving("backup", str(tmp_path / "backup"))
    serving("revoke", serving("devices")[0]["id"])
    serving("token", "revoke", "--label", "tableau")
    serving.stop()
    serving("restore", str(tmp_path / "backup"))
    assert serving("devices")[0]["revoked"] is True
    assert serving("token", "list")["revoked"] is True
    serving.start()
    assert laptop("sync")[0] == 3


def test_whom_the_office_united_after_the_backup_is_one_after_the_restore(serving: Office, tmp_path: Path) -> None:
    """Before their files came again from the laptops, and after; what was taken back stays taken back."""
    first, second = _profile(tmp_path / "first"), _profile(tmp_path / "second")
    for laptop in (first, second):
        enrol(laptop, serving)
    serving("backup", str(tmp_path / "backup"))
    for laptop in (first, second):
        for number in (1, 2):
            _register(laptop, tmp_path / "met.jsonl", number)
        assert laptop("sync")[1]["waiting"] == 0
    united, taken_back = (serving("merge", one["from"], one["into"])["id"] for one in serving("matches"))
    serving("unmerge", taken_back)
    left = serving("matches")
    serving.stop()
    serving("restore", str(tmp_path / "backup"))
    serving.start()
    for laptop in (first, second):
        assert laptop("sync")[1]["waiting"] == 0
    assert (serving("stats")["people"], serving("matches")) == (3, left)
    serving("unmerge", united)
    assert serving("stats")["people"] == 4


_WORDS = st.fixed_dictionaries(
    {
        "laptop": st.sampled_from("ab"),
        "key": st.sampled_from(("00", "ff")),
        "label": st.just("Camion"),
        "enrolled": st.integers(1, 4),
        "ended": st.none() | st.integers(1, 9),
    }
)


@given(st.lists(_WORDS))
def test_the_newest_word_does_not_depend_on_repeats_and_ends_stay(words: list[decided.Kept]) -> None:
    """Of one enrolment, whoever was cut off once is cut off, in whatever order the words are read."""
    found = decided.latest([*words, *words])
    for one in found.values():
        same = [said for said in words if said["laptop"] == one["laptop"]]
        last = max(said["enrolled"] for said in same)
        ended = any(said["ended"] is not None for said in same if said["enrolled"] == last)
        assert (one["enrolled"], one["ended"] is not None) == (last, ended)
