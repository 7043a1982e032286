"""A stolen backup tells nothing; a cut, changed, mixed or foreign one is told; those of before there was a key still open."""

import base64
import json
import secrets
import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sync.server import backups, identity, sealing
from sync.server.store import FILE
from tests.flows.processes import call, one_sentence
from tests.server.conftest import PERSON, Laptop, Office

MARKED = ("Marquée-Zéphirine", "+33699887766", "vu par son frère du pont")


def fill(office: Office) -> Laptop:
    one = office.laptop("a")
    one.say("person", "p1", set=PERSON | {"birth_name": MARKED[0], "phone": MARKED[1]})
    met = {"kind": "named", "at": "2026-11-24T14:32", "place": "x", "person": "p1", "comment": MARKED[2]}
    one.say("encounter", "e1", set=met)
    one.say("reserved", "p1", set="c2VhbGVkLW1hcmtlZC1jcml0ZXJpYQ==")
    one.send()
    return one


def secrets_of(office: Office) -> list[bytes]:
    """The keys in every shape in which a file could show them."""
    kept = json.loads((office.folder / identity.FILE).read_text())
    texts = [
        kept["signing_key"],
        *((office.folder / name).read_text().strip() for name in ("referents.key", sealing.KEY)),
    ]
    raw = [bytes.fromhex(text) for text in texts]
    return [*(text.encode() for text in texts), *raw, *(base64.b64encode(one) for one in raw)]


def test_a_stolen_backup_tells_nothing_of_anybody(office: Office, tmp_path: Path) -> None:
    fill(office)
    copy = tmp_path / "backup"
    office("backup", str(copy))
    words = [word.encode() for word in (*MARKED, "c2VhbGVk")] + [
        json.dumps(word).strip('"').encode() for word in MARKED
    ]
    there = b"".join(file.read_bytes() for file in sorted(copy.iterdir()))
    assert [word for word in (*words, *secrets_of(office)) if word in there] == []
    assert not there.count(b"SQLite format 3") and not there.count(b"PGDMP")
    assert office("verify", str(copy)) == [{"ok": True}]
    assert {file.name for file in office.folder.iterdir() if file.name.startswith("backup")} == {sealing.KEY}


def test_without_its_key_or_with_another_it_stays_shut(office: Office, tmp_path: Path) -> None:
    fill(office)
    copy, other = tmp_path / "backup", tmp_path / "other"
    office("backup", str(copy))
    stranger, odd = tmp_path / "stranger.key", tmp_path / "odd.key"
    stranger.write_text(secrets.token_hex(32))
    odd.write_text("pas une clé")
    for key, said in (
        (stranger, "n’est pas la sienne"),
        (odd, "n’est pas une clé"),
        (tmp_path / "none", "pas une clé"),
    ):
        done = call("sync.server", "restore", "--data", str(other), str(copy), "--key", str(key))
        assert done.returncode == 2
        one_sentence(done.stderr, said)
    assert not (other / FILE).exists() and not (other / identity.FILE).exists()
    office.refused("verify", str(copy), "--key", str(stranger), sentence="n’est pas la sienne")


def test_files_of_two_backups_are_not_mixed(office: Office, tmp_path: Path) -> None:
    one = fill(office)
    office("backup", str(tmp_path / "first"))
    one.say("person", "p2", set=PERSON)
    one.send(4, 4, (3, one.chain(3)))
    file = Path(office("backup", str(tmp_path / "second"))[0]["file"])
    shutil.copy(tmp_path / "first" / file.name, file)
    office.refused("verify", str(tmp_path / "second"), sentence="a changé")


def test_a_backup_of_before_there_was_a_key_is_still_put_back(tmp_path: Path) -> None:
    office = Office(tmp_path / "office", f"sqlite:///{tmp_path / 'office' / FILE}")
    fill(office)
    copy, old = tmp_path / "backup", tmp_path / "old"
    office("backup", str(copy))
    key = sealing.read_key(office.folder / sealing.KEY)
    with backups.opened(copy, key, office.folder) as (manifest, plain):
        shutil.copytree(plain, old)
    kept = {name: manifest[name] for name in ("server_id", "at", "history", "devices")}
    sums = {name: backups._sum(old / name) for name in (FILE, identity.FILE)}
    (old / backups.MANIFEST).write_text(json.dumps({**kept, "file": FILE, "sums": sums}))
    office.store.close()
    assert office("verify", str(old)) == [{"ok": True}]
    assert office("restore", str(old)) == [{"ok": True}]
    other = tmp_path / "other"
    assert call("sync.server", "restore", "--data", str(other), str(old)).returncode == 0
    (office.folder / sealing.KEY).unlink()
    done = office.run("backup", str(tmp_path / "next"))
    assert done.returncode == 0
    one_sentence(done.stderr, "backup.key", "coffre")
    assert office("verify", str(tmp_path / "next")) == [{"ok": True}]


@pytest.mark.parametrize("size", [0, 1, (1 << 16) - 1, 1 << 16, (1 << 16) + 1, 3 << 16])
def test_what_was_sealed_opens_again_whole_and_only_so(tmp_path: Path, size: int) -> None:
    key, content = bytes(range(32)), secrets.token_bytes(size)
    plain, sealed, back = tmp_path / "plain", tmp_path / "sealed", tmp_path / "back"
    plain.write_bytes(content)
    sealing.seal(plain, sealed, key)
    sealing.unseal(sealed, back, key)
    assert back.read_bytes() == content
    whole = sealed.read_bytes()
    piece = (1 << 16) + 16
    head = len(whole) - sum(len(content[at : at + (1 << 16)]) + 16 for at in range(0, max(size, 1), 1 << 16))
    odd = [whole[:-1], whole + b"x", whole[:head], b"", whole[: head + piece], whole[:head] + whole[head + piece :]]
    for other in odd:
        if other != whole:
            sealed.write_bytes(other)
            with pytest.raises(sealing.Unsealable):
                sealing.unseal(sealed, back, key)


@settings(max_examples=60, deadline=None)
@given(place=st.integers(0, 10**6), bit=st.integers(0, 7))
def test_any_bit_that_changed_is_noticed(tmp_path_factory: pytest.TempPathFactory, place: int, bit: int) -> None:
    folder = tmp_path_factory.mktemp("sealed")
    plain, sealed = folder / "plain", folder / "sealed"
    plain.write_bytes(b"Quatrepommes" * 10_000)
    sealing.seal(plain, sealed, bytes(32))
    content = bytearray(sealed.read_bytes())
    content[place % len(content)] ^= 1 << bit
    sealed.write_bytes(content)
    with pytest.raises(sealing.Unsealable):
        sealing.unseal(sealed, folder / "back", bytes(32))
