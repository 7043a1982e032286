"""A bundle is for one server, from one laptop, and whole; a receipt is from that server, for that laptop."""

import json

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from sync import bundle, signing
from sync.push import Position
from sync.records import Ack, Batch

LAPTOP, SERVER, OTHER = (bytes([n]) * 32 for n in (1, 2, 3))
SEAL = X25519PrivateKey.from_private_bytes(bytes([4]) * 32)
PUBLIC, PRIVATE = SEAL.public_key().public_bytes_raw(), SEAL.private_bytes_raw()
AT = Position("01a21224-f4ba-7c66-b030-c352d9b0370e", "0badcafe", 7, "ab" * 32, 20)
LINES = st.lists(st.binary(max_size=40).map(lambda line: line.replace(b"\n", b" ")), min_size=1, max_size=5)
BATCHES = [Batch(8, (b'{"id":"a"}', b"", '{"é"}'.encode())), Batch(15, (b"\xff",))]


def packed(private: bytes = LAPTOP, public: bytes = PUBLIC) -> str:
    return bundle.pack(AT, BATCHES, public, private)


@given(st.lists(LINES, max_size=4))
def test_lines_come_out_byte_for_byte(runs: list[list[bytes]]) -> None:
    batches = tuple(Batch(10 * place + 1, tuple(run)) for place, run in enumerate(runs))
    opened = bundle.unpack(bundle.pack(AT, batches, PUBLIC, LAPTOP), signing.public_of(LAPTOP), PRIVATE)
    assert opened.batches == batches
    assert (opened.device, opened.epoch, opened.expect) == (AT.device, AT.epoch, (7, AT.chain))


def test_nothing_of_the_lines_can_be_read_in_the_file() -> None:
    text = bundle.pack(AT, [Batch(1, (b"Boussole " * 40,))], PUBLIC, LAPTOP)
    assert "Boussole" not in text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        "[1]",
        "pas du JSON",
        packed(OTHER),
        packed(public=X25519PrivateKey.from_private_bytes(OTHER).public_key().public_bytes_raw()),
        packed().replace("0badcafe", "0badcaff"),
        packed()[: len(packed()) // 2],
        json.dumps(json.loads(packed()) | {"signature": "00" * 64}),
        json.dumps(json.loads(packed()) | {"kind": "milomobile receipt 1"}),
    ],
    ids=range(10),
)
def test_a_file_that_is_not_whole_and_theirs_is_not_taken(text: str) -> None:
    with pytest.raises(bundle.NotABundle):
        bundle.unpack(text, signing.public_of(LAPTOP), PRIVATE)


def test_a_receipt_counts_for_its_laptop_and_from_its_server_alone() -> None:
    opened = bundle.unpack(packed(), signing.public_of(LAPTOP), PRIVATE)
    acks = (Ack("s", "h", ((8, 10),), 10, "cd", 0, 1, ()),)
    text = bundle.receipt(opened, acks, SERVER)
    keys = [signing.public_of(SERVER)]
    assert bundle.read_receipt(text, AT.device, AT.epoch, keys) == acks
    for device, epoch, known in (
        ("another", AT.epoch, keys),
        (AT.device, "ffffffff", keys),
        (AT.device, AT.epoch, [signing.public_of(OTHER)]),
    ):
        with pytest.raises(bundle.NotABundle):
            bundle.read_receipt(text, device, epoch, known)
    with pytest.raises(bundle.NotABundle):
        bundle.read_receipt(packed(), AT.device, AT.epoch, [signing.public_of(LAPTOP)])


@pytest.mark.parametrize(
    "odd",
    [
        {"hwm": 1 << 63},
        {"hwm": -1},
        {"hwm": float("inf")},
        {"chain": "é"},
        {"chain": "ab"},
        {"epoch": "\0"},
        {"device": "a\0"},
        {"device": "\ud800"},
    ],
)
def test_what_no_database_can_hold_is_no_bundle(odd: dict[str, object]) -> None:
    """A stolen laptop signs what it likes."""
    named = json.loads(json.loads(packed())["content"])
    text = bundle._signed("milomobile bundle 1", named | odd, LAPTOP)
    with pytest.raises(bundle.NotABundle):
        bundle.unpack(text, signing.public_of(LAPTOP), PRIVATE)


def test_lines_numbered_beyond_all_counting_are_no_bundle() -> None:
    text = bundle.pack(AT, [Batch(1 << 63, (b"{}",))], PUBLIC, LAPTOP)
    with pytest.raises(bundle.NotABundle):
        bundle.unpack(text, signing.public_of(LAPTOP), PRIVATE)


def test_half_a_letter_in_what_is_signed_is_no_bundle_and_no_receipt() -> None:
    content = json.dumps({"device": AT.device}).replace("}", ', "a": "\ud800"}')
    for kind in ("milomobile bundle 1", "milomobile receipt 1"):
        text = json.dumps({"kind": kind, "content": content, "signature": "00" * 64})
        with pytest.raises(bundle.NotABundle):
            bundle.unpack(text, signing.public_of(LAPTOP), PRIVATE)
        with pytest.raises(bundle.NotABundle):
            bundle.read_receipt(text, AT.device, "0badcafe", [signing.public_of(SERVER)])
