"""What reads files and requests of strangers: for each a corpus of good ones, and what it may say of wrong ones."""

import base64
import errno
import json
import socket
from collections.abc import Callable
from datetime import date
from pathlib import Path

import zstandard
from sqlalchemy import insert

from milomobile.actions import backups as copies
from milomobile.actions import usb
from milomobile.actions.lines import register_lines
from milomobile.actions.open import create, open_profile
from milomobile.domain.invitation import invited
from milomobile.errors import Trouble
from sync import bundle, client, errors, records, signing
from sync.push import Position
from sync.records import Ack, Batch
from sync.server import backups, identity, ingest, judging, ledger, outside, proving, reference, sealing
from sync.server.problems import Problem
from sync.server.store import FILE, Store, sqlite_url
from sync.server.tables import Device, Server
from sync.server.wrong import Wrong
from tests.conftest import ADVISER, LINE, NOW, PASSWORD, line
from tests.faults.office import Office
from tests.fuzz.releases import release_file
from tests.fuzz.tables import directory_list, filled_file, sought_list
from tests.fuzz.target import Target, from_file

LAPTOP, SERVER = bytes([1]) * 32, bytes([2]) * 32
DEVICE, EPOCH = "01a21224-f4ba-7c66-b030-c352d9b0370e", "0badcafe"
AT = Position(DEVICE, EPOCH, 0, "0" * 64, 2)
TODAY = date(2026, 11, 24)
PERSON = {"given_name": "Inès", "birth_name": "Boussole", "phone": "+33612345678", "needs": ["EMPLOI"]}
MET = {"kind": "named", "at": "2026-11-24T14:32:00+01:00", "place": "Borny", "person": "p1", "comment": "é"}


def _lines() -> list[bytes]:
    known = [("person", "p1", PERSON), ("encounter", "e1", MET), ("reserved", "p1", "c2VjcmV0")]
    return [
        records.line(id=f"c{place}", hlc=f"{place + 1:016x}", entity=one, entity_id=id, op="create", v=1, set=said)
        for place, (one, id, said) in enumerate(known)
    ]


def _server(folder: Path) -> tuple[Store, identity.Identity, bytes]:
    """A server in a folder that knows one laptop, and the key that opens what is sealed to it."""
    known = identity.make(folder)
    store = Store(sqlite_url(folder), create=True)
    with store.write() as session:
        session.execute(insert(Server).values(history="h1"))
        row = {"id": DEVICE, "label": "a", "public_key": signing.public_of(LAPTOP), "enrolled": 1, "hwm": 0}
        session.execute(insert(Device).values(**row))
    return store, known, identity.sealing_key_in(folder, known)


def bundle_file(folder: Path) -> Target:
    """A bundle as it lies on the key: anybody may have written it."""
    store, known, key = _server(folder)
    good = bundle.pack(AT, [Batch(1, tuple(_lines()))], known.sealing_public_key, LAPTOP).encode()
    read = from_file(folder, "key.milo", lambda file: ingest.ingest(store, known, key, file, None, 1))
    bombs = (b"[" * 500_000, b'{"kind":"milomobile bundle 1","content":' + b'"' * 100_000, good * 400)
    return Target([good], read, (ingest.Refused,), bombs, store.close)


def bundle_of_a_laptop(folder: Path) -> Target:
    """The lines of a bundle that an enrolled laptop signed and sealed: a stolen one may say anything."""
    store, known, key = _server(folder)
    good = b"1 3\n%s\n" % b"\n".join(_lines())

    def packed(plain: bytes) -> bytes:
        sealed = records.seal_bytes(
            known.sealing_public_key,
            zstandard.ZstdCompressor().compress(plain),
            b"milomobile bundle 1" + DEVICE.encode(),
        )
        named = {"device": DEVICE, "epoch": EPOCH, "hwm": 0, "chain": "0" * 64}
        return bundle._signed(
            "milomobile bundle 1", named | {"sealed": base64.b64encode(sealed).decode()}, LAPTOP
        ).encode()

    huge = {bomb: packed(bomb * (size << 20)) for bomb, size in ((b"\0", 300), (b"\n", 60), (b"a\n", 25))}
    taken = from_file(folder, "key.milo", lambda file: ingest.ingest(store, known, key, file, None, 1))

    def read(plain: bytes) -> object:
        return taken(huge.get(plain) or packed(plain))

    return Target([good], read, (ingest.Refused,), tuple(huge), store.close)


def bundle_content(folder: Path) -> Target:
    """What a laptop signs in a bundle beside the lines."""
    named = {"device": DEVICE, "epoch": EPOCH, "hwm": 0, "chain": "0" * 64, "sealed": "AAAA"}

    def read(content: bytes) -> object:
        text = content.decode(errors="replace")
        outer = json.loads(bundle._signed("milomobile bundle 1", {}, LAPTOP))
        private = bundle.Ed25519PrivateKey.from_private_bytes(LAPTOP)
        signature = private.sign(f"milomobile bundle 1\n{text}".encode(errors="replace")).hex()
        whole = json.dumps(outer | {"content": text, "signature": signature})
        return bundle.unpack(whole, signing.public_of(LAPTOP), bytes([4]) * 32)

    return Target([json.dumps(named).encode()], read, (bundle.NotABundle,))


def receipt_file(folder: Path) -> Target:
    """The office's receipt, read by a laptop."""
    create(folder / "profile", ADVISER, PASSWORD, NOW)
    profile = open_profile(folder / "profile", ADVISER, PASSWORD, NOW)
    opened = bundle.Opened(profile.device, EPOCH, (0, "0" * 64), "ab" * 32, ())
    ack = Ack("s", "h1", ((1, 2),), 2, "ab" * 32, 0, 1, feeds={"merges": "h1:0:0"})
    good = bundle.receipt(opened, [ack], SERVER).encode()
    read = from_file(folder, "receipt.milo", lambda file: usb.receive(profile, file, NOW))
    return Target([good], read, (Trouble,), (b"[" * 500_000, b'"' * (8 << 20)), profile.close)


def receipt_content(folder: Path) -> Target:
    """What stands in a receipt that was rightly signed."""
    named = {"device": DEVICE, "epoch": EPOCH, "bundle": "ab" * 32}
    acks = {"server": "s", "history": "h", "stored": [[1, 2]], "hwm": 2, "chain": "a", "durable_through": 0, "now": 1}
    good = json.dumps(named | {"acks": [acks | {"results": [{"seq": 1, "id": "a", "verdict": "gone"}]}]}).encode()

    def read(content: bytes) -> object:
        text = content.decode(errors="replace")
        private = bundle.Ed25519PrivateKey.from_private_bytes(SERVER)
        signature = private.sign(f"milomobile receipt 1\n{text}".encode()).hex()
        whole = json.dumps({"kind": "milomobile receipt 1", "content": text, "signature": signature})
        return bundle.read_receipt(whole, DEVICE, EPOCH, [signing.public_of(SERVER)])

    return Target([good], read, (bundle.NotABundle,), (b'{"device":"a","acks":' + b"[" * 100_000,))


def enrolment_code(folder: Path) -> Target:
    """What somebody types or pastes to bind a laptop."""
    code = signing.new_code(signing.public_of(SERVER))

    def read(content: bytes) -> object:
        text = content.decode(errors="surrogateescape")
        address, found = invited(text)
        return client.address(address or text), signing.read_code(found or text)

    good = f'{{"code": "{code}", "expires": "2026-11-24T15:02:00+00:00", "url": "https://milo.example.org:8443"}}'
    corpus = [
        good.encode(),
        code.lower().encode(),
        b"Adresse : https://[2001:db8::1]/a Code O1IL-ABCD-EFGH-JKMN",
    ]
    bombs = (b"A" * 2_000_000, b"http://" + b"a." * 500_000, b"ABCD-" * 400_000, b"https://" * 300_000)
    return Target(corpus, read, (errors.BadAddress,), bombs)


def register_file(folder: Path) -> Target:
    """Lines for `register`, into a real store."""
    create(folder / "profile", ADVISER, PASSWORD, NOW)
    profile = open_profile(folder / "profile", ADVISER, PASSWORD, NOW)
    full = line(person__email="a@b.fr", needs=["EMPLOI", "SANTE"], comment="vu", appointment={"at": "2026-12-01T10:00"})
    corpus = [json.dumps(one, ensure_ascii=False).encode() + b"\n" for one in (LINE, full, {"kind": "anonymous"})]
    read = from_file(folder, "lines", lambda file: register_lines(profile, file, NOW))
    bombs = (b"[" * 60_000, b"x" * 9_000_000, b"\n" * 5_000_000, b"{}\n" * 3_000, b'{"person":' * 5_000)
    return Target([*corpus, b"".join(corpus)], read, (Trouble,), bombs, profile.close)


def batch_body(folder: Path) -> Target:
    """A batch as packed; its first byte says how."""
    plain = b"\n".join(_lines()) + b"\n"
    packers = {b"z": zstandard.ZstdCompressor().compress, b"g": __import__("gzip").compress, b"i": bytes}
    names = {ord("z"): "zstd", ord("g"): "gzip", ord("i"): "identity"}
    corpus = [first + pack(plain) for first, pack in packers.items()]
    bombs = tuple(first + packers[first](bytes(1 << 30)) for first in (b"z", b"g"))
    lines = tuple(first + packers[first](b"aa\n" * (20 << 20)) for first in (b"z", b"g"))

    def read(content: bytes) -> object:
        return proving.lines(content[1:], names.get(content[0] if content else 0, "odd"))

    return Target(corpus, read, (Problem,), bombs + lines)


def batch_lines(folder: Path) -> Target:
    """Lines as a laptop sends them, judged and folded into a real store: each has its verdict."""
    store, _, _ = _server(folder)
    seen = [0]

    def read(content: bytes) -> object:
        lines = tuple(content.split(b"\n"))[:50]
        for seq, one in enumerate(lines, 1):
            assert judging.judge(seq, one, records.digest(one)[0]).state in records.VERDICTS
        seen[0] += 1
        epoch = f"{seen[0]:08x}"
        return store.attempt(
            lambda session: ledger.take(session, "s", DEVICE, epoch, Batch(1, lines), (0, "0" * 64), 1 << 41)
        )

    bombs = (b'{"id":' * 20_000, b'{"id":"a","set":' + b"[" * 100_000, b"9" * 1_000_000)
    return Target([*_lines(), b"\n".join(_lines())], read, (), bombs, store.close)


def whole_request(folder: Path) -> Target:
    """Bytes on the socket of a server that runs: an answer below 500, or none."""
    office = Office(folder / "office")
    body = json.dumps({"code": "ABCD1234", "device": DEVICE, "public_key": signing.public_of(LAPTOP).hex()}).encode()
    corpus = []
    for method, path, content in (("POST", "/v1/enrol", body), ("GET", f"/v1/devices/{DEVICE}/state", b"")):
        seen = signing.Request(method, f"http://a{path}", {"host": "a", "sync-request": DEVICE})
        seen.headers["content-digest"] = signing.content_digest(content)
        signing.sign(seen, signing.PLAIN, LAPTOP, DEVICE, 1)
        head = "".join(f"{name}: {value}\r\n" for name, value in seen.headers.items())
        corpus.append(f"{method} {path} HTTP/1.1\r\n{head}Content-Length: {len(content)}\r\n\r\n".encode() + content)
    corpus.append(
        b"GET /v1/feed/merges?cursor=h:1:a&limit=5 HTTP/1.1\r\nHost: a\r\n\r\nGET /health HTTP/1.1\r\nHost: a\r\n\r\n"
    )

    def read(content: bytes) -> object:
        with socket.create_connection(("127.0.0.1", office.port), 10) as end:
            try:
                end.sendall(content)
                end.shutdown(socket.SHUT_WR)
                answer = b"".join(iter(lambda: end.recv(65536), b""))
            except OSError as wrong:
                if isinstance(wrong, ConnectionError) or wrong.errno == errno.ENOTCONN:
                    return None  # the server had closed before all was sent
                raise
        assert not answer or answer.startswith((b"HTTP/1.1 2", b"HTTP/1.1 4")), answer[:200]
        return answer

    bombs = (b"GET / HTTP/1.1\r\n" + b"a: b\r\n" * 100_000, b"GET /" + b"a" * 1_000_000, b"\0" * 1_000_000)
    return Target(corpus, read, (), bombs, office.close)


def office_lists(folder: Path) -> Target:
    """The lists that the office loads for its laptops."""
    good = b"id;commune;street;from;to;parity;qpv\nr1;57463;Rue Haute;1;9;impair;QN05720M\n"
    read = from_file(folder, "streets.csv", lambda file: reference.read(file.parent))
    return Target([good], read, (Wrong,), (b"id;a\n" + b'"' * 500_000, b"id;" * 500_000))


def erasures(folder: Path) -> Target:
    """The erasures kept outside the server's database, torn by a power cut."""
    good = json.dumps({"entity": "person", "entity_id": "p1", "id": "x", "at": 1}).encode() + b"\n"
    return Target(
        [good, good * 3], from_file(folder, outside.FILE, outside.erasures), (), (b"[" * 100_000, b"9" * 10_000)
    )


def decisions(folder: Path) -> Target:
    """What the office decided, kept outside the server's database, torn by a power cut."""
    kept = (
        {"laptop": "a", "key": "00", "label": "Camion", "enrolled": 1, "ended": None},
        {"token": "d", "ended": 1},
        {"merge": "m", "loser": "p1", "winner": "p2", "at": 1, "ended": None},
    )
    good = b"".join(json.dumps(one).encode() + b"\n" for one in kept)
    read = from_file(folder, outside.DECIDED, outside.decisions)
    return Target([good, good * 3], read, (), (b"[" * 100_000, b"9" * 10_000))


def server_backup(folder: Path) -> Target:
    """What a server's backup says of itself."""
    store, known, _ = _server(folder)
    key, copy = bytes(32), folder / "copy"
    backups.make(store, known, folder, copy, key)
    store.close()
    good = (copy / backups.MANIFEST).read_bytes()
    plain = {name: value for name, value in json.loads(good).items() if name not in ("key", "mac")} | {"file": FILE}
    read = from_file(copy, backups.MANIFEST, lambda file: backups.verify(file.parent, key, folder))
    return Target([good, json.dumps(plain).encode()], read, (Wrong,), (b"[" * 500_000,))


def sealed_file(folder: Path) -> Target:
    """A file of a server's backup."""
    (folder / "plain").write_bytes(b"Boussole" * 20_000)
    sealing.seal(folder / "plain", folder / "sealed", bytes(32))
    good = (folder / "sealed").read_bytes()
    read = from_file(folder, "sealed", lambda file: sealing.unseal(file, folder / "back", bytes(32)))
    return Target([good], read, (sealing.Unsealable,))


def laptop_backup(folder: Path) -> Target:
    """A laptop's backup on a USB key."""
    create(folder / "profile", ADVISER, PASSWORD, NOW)
    profile = open_profile(folder / "profile", ADVISER, PASSWORD, NOW)
    copies.backup(profile, folder / "good.milo", NOW)
    read = from_file(folder, "copy.milo", lambda file: copies.check(profile, file))
    return Target([(folder / "good.milo").read_bytes()], read, (Trouble,), (b"[" * 500_000, b"PK"), profile.close)


TARGETS: dict[str, Callable[[Path], Target]] = {
    made.__name__: made
    for made in (
        bundle_file,
        bundle_of_a_laptop,
        bundle_content,
        receipt_file,
        receipt_content,
        enrolment_code,
        sought_list,
        filled_file,
        directory_list,
        register_file,
        batch_body,
        batch_lines,
        whole_request,
        office_lists,
        erasures,
        decisions,
        server_backup,
        sealed_file,
        laptop_backup,
        release_file,
        # Another reader of files is one line here, and its function above.
    )
}
