"""`release add`: what is taken, what is refused with nothing changed, and who may fetch it."""

import shutil
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from sync import errors, releases
from sync.client import Client
from sync.releases import PIECE
from sync.server import releases as shelf
from sync.server.wrong import Wrong
from tests.faults.office import milliseconds
from tests.flows.processes import call, one_sentence
from tests.publisher import NEWER, SIZE, Publisher, program, publisher
from tests.server.online import KEY, Online, online

__all__ = ["online", "publisher"]


def content(folder: Path) -> dict[str, bytes]:
    """Every file below a folder but what was believed there."""
    files = (file for file in folder.rglob("*") if file.is_file() and "trusted" not in file.parts)
    return {str(file.relative_to(folder)): file.read_bytes() for file in files}


def test_a_release_is_added_as_a_process_and_given_out_in_pieces(online: Online, publisher: Publisher) -> None:
    data = str(online.served.data)
    roots = {"MILO_TEST_RELEASE": str(publisher.public)}
    args = ("release", "add", str(publisher.sign()), "--data", data, "--json")
    done = call("sync.server", *args, **roots)
    assert done.returncode == 0, done.stderr
    assert f'"version": "{NEWER}"' in done.stdout and "windows" in done.stdout
    with closing(online.lane()) as lane:
        offered = releases.offers(publisher.folder / "t", publisher.root, lane.metadata)
        release = offered["linux"]
        pieces = []
        while piece := lane.piece(release.sha256, len(pieces)):
            pieces.append(piece)
        assert [len(one) for one in pieces] == [PIECE] * (SIZE // PIECE) + [SIZE % PIECE]
        assert b"".join(pieces) == program(NEWER)
        for name in ("identity.json", "1.timestamp.json", "state.json", "x"):
            assert lane.metadata(name) is None
        assert lane.piece("0" * 64, 0) is None
    done = call("sync.server", "release", "add", "missing", "--data", data, **roots)
    assert done.returncode == 2
    one_sentence(done.stderr, "n’existe pas")


def test_only_an_enrolled_laptop_may_ask(online: Online) -> None:
    stranger = Client(online.url, online.device, bytes(32), online.server_keys, ca=None, clock=milliseconds, app="test")
    unknown = Client(
        online.url, "0" * 8 + online.device[8:], KEY, online.server_keys, ca=None, clock=milliseconds, app="t"
    )
    for lane in (stranger, unknown):
        with closing(lane):
            with pytest.raises(errors.NotAllowed):
                lane.metadata("timestamp.json")
            with pytest.raises(errors.NotAllowed):
                lane.piece("0" * 64, 0)


def test_a_newer_release_takes_the_place_of_the_one_before(publisher: Publisher, tmp_path: Path) -> None:
    data = tmp_path / "office"
    shelf.add(data, publisher.root, publisher.sign("9.0.0"))
    told = shelf.add(data, publisher.root, publisher.sign("9.1.0"))
    assert told["version"] == "9.1.0" and set(told["files"]) == {"windows", "linux"}
    targets = content(data / shelf.FOLDER / "targets")
    assert sorted(targets.values()) == sorted(program("9.1.0", system) for system in ("windows", "linux"))
    again = shelf.add(data, publisher.root, publisher.sign("9.1.0"))
    assert again["valid_until"] >= told["valid_until"], "signed anew, as before the year is over"


@pytest.mark.parametrize("how", ["unsigned", "older", "expired", "cut", "altered", "swapped", "no zip", "no key"])
def test_what_is_refused_changes_nothing(publisher: Publisher, tmp_path: Path, how: str) -> None:
    data, older = tmp_path / "office", publisher.sign("9.0.0")
    if how != "expired":
        shelf.add(data, publisher.root, publisher.sign("9.1.0"))
    before, root = content(data / shelf.FOLDER), publisher.root if how != "no key" else None
    file = publisher.sign("9.2.0")
    if how == "unsigned":
        (tmp_path / "stranger").mkdir()
        file = Publisher(tmp_path / "stranger").sign("9.2.0")
    elif how == "older":
        file = older
    elif how == "expired":
        file = publisher.sign("9.2.0", aged=timedelta(days=500))
    else:
        file = spoil(file, how, publisher)
    sentence = {"unsigned": "pas signé", "older": "plus ancien", "expired": "plus valable", "no key": "clé publique"}
    with pytest.raises(Wrong, match=sentence.get(how, "abîmé")):
        shelf.add(data, root, file)
    assert content(data / shelf.FOLDER) == before
    assert shelf.add(data, publisher.root, publisher.sign("9.4.0"))["version"] == "9.4.0"


def spoil(file: Path, how: str, publisher: Publisher) -> Path:
    """A release's file that was harmed on its way."""
    whole = file.read_bytes()
    if how == "cut":
        file.write_bytes(whole[: len(whole) // 2])
    elif how == "altered":
        place = whole.index(program("9.2.0")) + 1000
        file.write_bytes(whole[:place] + b"X" + whole[place + 1 :])
    elif how == "no zip":
        file.write_bytes(b"MZ" + whole[100:5000])
    elif how == "swapped":
        with releases.opened(file) as one, releases.opened(publisher.sign("9.3.0")) as other:
            mixed = {name: one.metadata(name) or b"" for name in one.names()}
            mixed |= {"timestamp.json": other.metadata("timestamp.json") or b""}
        releases.write(file, mixed, [])
    return file


def test_a_full_disk_leaves_the_release_before(
    publisher: Publisher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = tmp_path / "office"
    shelf.add(data, publisher.root, publisher.sign("9.0.0"))
    before = content(data / shelf.FOLDER)
    file = publisher.sign("9.1.0")

    def full(_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr("os.fsync", full)
        with pytest.raises(Wrong, match="disque est plein"):
            shelf.add(data, publisher.root, file)
    assert content(data / shelf.FOLDER) == before
    assert shelf.add(data, publisher.root, file)["version"] == "9.1.0", "and the same file is taken once there is room"


def test_another_key_after_the_first_was_lost(publisher: Publisher, tmp_path: Path) -> None:
    stolen = tmp_path / "stolen"
    shutil.copytree(publisher.keys, stolen)
    root = publisher.root
    for place, whole in enumerate((False, True, False)):
        publisher.rotate(whole=whole)
        told = shelf.add(tmp_path / "office", root, publisher.sign(f"9.{place}.0"))
        assert told["version"] == f"9.{place}.0"
    publisher.keys = stolen
    with pytest.raises(Wrong, match="pas signé"):
        shelf.add(tmp_path / "office", root, publisher.sign("9.9.0"))
