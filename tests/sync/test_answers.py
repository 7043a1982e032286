"""What a laptop makes of each answer, on a real socket: only our server's signature is ever believed."""

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sync import chain, errors, records, signing
from sync.client import Client
from sync.push import Position, Progress, Pushed, push
from sync.records import Ack, Batch, Result

DEVICE = "01a21224-f4ba-7c66-b030-c352d9b0370e"
OURS, THEIRS, LAPTOP = (Ed25519PrivateKey.from_private_bytes(bytes([n]) * 32).private_bytes_raw() for n in (1, 2, 3))
NOW = 1_795_000_000_000
Answer = Callable[[BaseHTTPRequestHandler, bytes], None]


@pytest.fixture
def serve() -> Iterator[Callable[[Answer], Client]]:
    """Starts a small server that answers as told, and gives a client of it."""
    servers: list[HTTPServer] = []

    def start(answer: Answer) -> Client:
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                answer(self, self.rfile.read(int(self.headers["content-length"])))

            def do_CONNECT(self) -> None:
                answer(self, b"")

            def log_message(self, *_: object) -> None:
                return

        server = HTTPServer(("127.0.0.1", 0), Handler)
        servers.append(server)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_port}"
        return Client(url, DEVICE, LAPTOP, [signing.public_of(OURS)], ca=None, clock=lambda: NOW, app="test")

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


def plain(status: int, body: bytes = b"<html>Bienvenue</html>", **headers: str) -> Answer:
    """An unsigned answer."""

    def answer(handler: BaseHTTPRequestHandler, _: bytes) -> None:
        handler.send_response_only(status)
        for name, value in {"Content-Type": "text/html", "Content-Length": str(len(body)), **headers}.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def signed(
    payload: dict[str, object], status: int = 200, key: bytes = OURS, spoil: bytes = b"", **headers: str
) -> Answer:
    """An answer signed for the very request; `spoil` is added to the body afterwards."""

    def answer(handler: BaseHTTPRequestHandler, _: bytes) -> None:
        body = json.dumps(payload).encode()
        url = f"http://{handler.headers['host']}{handler.path}"
        request = signing.Request("POST", url, signing.plain_headers(dict(handler.headers.items())))
        made = signing.Answer(status, {"content-digest": signing.content_digest(body)}, request)
        signing.sign(made, signing.ANSWER, key, "server", NOW)
        plain(status, body + spoil, **dict(made.headers), **headers)(handler, b"")

    return answer


LINE = records.line(id="1", hlc="0" * 16, entity="place", entity_id="1", op="create", v=1, set={"name": "Borny"})
BATCH = Batch(1, (LINE,))
START = Position(DEVICE, "0badcafe", 0, chain.start(DEVICE, "0badcafe").hex(), 1)
START_ACK = Ack("s", "h", ((1, 1),), 1, "ab", 0, NOW)
ACK = START_ACK.to_json()


def test_a_signed_answer_is_believed(serve: Callable[[Answer], Client]) -> None:
    assert serve(signed(ACK)).send(BATCH, START).hwm == 1


@pytest.mark.parametrize(
    ("answer", "wrong"),
    [
        (plain(200), errors.Portal),
        (plain(201), errors.Portal),
        (plain(200, b"{}"), errors.Portal),
        (plain(200, b""), errors.Portal),
        (plain(302, b"", Location="http://login.example/"), errors.Portal),
        (plain(303, b"", Location="http://login.example/"), errors.Portal),
        (plain(307, b"", Location="http://login.example/"), errors.Portal),
        (plain(404), errors.Portal),
        (plain(511), errors.Portal),
        (plain(407, b"", Proxy_Authenticate="Basic"), errors.ProxyAsks),
        (plain(413), errors.TooLarge),
        *((plain(status), errors.ServerFault) for status in (408, 425, 500, 502, 504)),
        (plain(503, b"", Retry_After="7"), errors.ServerBusy),
        (plain(429), errors.ServerBusy),
        (signed(ACK, key=THEIRS), errors.WrongServer),
        (signed(ACK, spoil=b" "), errors.WrongServer),
        (signed({"type": "/problems/device-revoked"}, 403), errors.NotAllowed),
        (signed({"type": "/problems/unknown-device"}, 401), errors.NotAllowed),
        (signed({"type": "/problems/device-fork"}, 409), errors.Fork),
        (signed({"type": "/problems/schema-too-old"}, 426), errors.UpdateNeeded),
        (signed({"type": "/problems/digest-mismatch"}, 400), errors.Altered),
        (signed({"type": "/problems/clock"}, 401), errors.WrongClock),
        (signed({"type": "/problems/too-large"}, 413), errors.TooLarge),
        (signed({"type": "/problems/encoding"}, 415), errors.NotUnderstood),
        (signed({"type": "/problems/bad-range"}, 422), errors.NotUnderstood),
        (signed({"type": "/problems/busy"}, 503), errors.ServerBusy),
        (signed({"type": "/problems/fault"}, 500), errors.ServerFault),
        (lambda handler, _: handler.connection.close(), errors.Offline),
    ],
)
def test_every_other_answer_is_told_apart(
    serve: Callable[[Answer], Client], answer: Answer, wrong: type[errors.SyncError]
) -> None:
    with pytest.raises(wrong):
        serve(answer).send(BATCH, START)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Retry_After": "7"}, 7),
        ({"Retry_After": "Tue, 24 Nov 2026 18:00:30 GMT", "Date": "Tue, 24 Nov 2026 18:00:00 GMT"}, 30),
        ({"Retry_After": "Tue, 24 Nov 2026 17:00:00 GMT", "Date": "Tue, 24 Nov 2026 18:00:00 GMT"}, 0),
        ({"Retry_After": "Fri, 24 Nov 2000 18:00:00 GMT"}, 0),
        ({"Retry_After": "bientôt".encode().decode("latin-1")}, None),
        ({"Retry_After": "Tue, 24 Nov 2026 18:00:30", "Date": "Tue, 24 Nov 2026 18:00:00 GMT"}, None),
        ({}, None),
    ],
)
@pytest.mark.parametrize("status", [429, 503])
def test_a_busy_server_says_how_long_to_wait_in_seconds_or_until_when(
    serve: Callable[[Answer], Client], status: int, headers: dict[str, str], seconds: float | None
) -> None:
    with pytest.raises(errors.ServerBusy) as told:
        serve(plain(status, b"", **headers)).send(BATCH, START)
    assert told.value.retry_after == seconds


def test_a_server_that_says_it_signed_is_waited_for_too(serve: Callable[[Answer], Client]) -> None:
    answer = signed({"type": "/problems/busy", "now": NOW}, 429, Retry_After="12")
    with pytest.raises(errors.ServerBusy) as told:
        serve(answer).send(BATCH, START)
    assert told.value.retry_after == 12


def test_a_proxy_that_asks_for_a_password_before_the_tunnel(
    serve: Callable[[Answer], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    proxy = serve(plain(407, b"", Proxy_Authenticate="Basic"))._url
    for name in ("https_proxy", "HTTPS_PROXY"):
        monkeypatch.setenv(name, proxy)
    client = Client("https://bureau.example", DEVICE, LAPTOP, [], ca=None, clock=lambda: NOW, app="test")
    with pytest.raises(errors.ProxyAsks):
        client.send(BATCH, START)


def test_a_body_that_was_altered_goes_again_unpacked(serve: Callable[[Answer], Client]) -> None:
    seen = []

    def answer(handler: BaseHTTPRequestHandler, body: bytes) -> None:
        encoding = handler.headers["content-encoding"]
        seen.append(encoding)
        good = encoding == "identity" and body == LINE + b"\n"
        (signed(ACK) if good else signed({"type": "/problems/digest-mismatch"}, 400))(handler, body)

    assert serve(answer).send(BATCH, START).hwm == 1
    assert seen == ["zstd", "identity"]


def test_a_server_without_zstd_gets_gzip_then_plain(serve: Callable[[Answer], Client]) -> None:
    seen = []

    def answer(handler: BaseHTTPRequestHandler, body: bytes) -> None:
        seen.append(handler.headers["content-encoding"])
        (signed(ACK) if len(seen) == 3 else signed({"type": "/problems/encoding"}, 415))(handler, body)

    assert serve(answer).send(BATCH, START).hwm == 1
    assert seen == ["zstd", "gzip", "identity"]


def test_no_server_is_offline() -> None:
    client = Client("http://127.0.0.1:9", DEVICE, LAPTOP, [], ca=None, clock=lambda: NOW, app="test")
    with pytest.raises(errors.Offline):
        client.send(BATCH, START)


class Memory:
    """An outbox of lines in memory."""

    def __init__(self, count: int) -> None:
        self.lines = dict.fromkeys(range(1, count + 1), LINE)
        self.count = count

    def position(self) -> Position:
        return Position(DEVICE, "0badcafe", 0, "", self.count)

    def waiting(self) -> int:
        return len(self.lines)

    def batch(self, after: int, max_bytes: int, until: int) -> Batch | None:
        found = [seq for seq in self.lines if after < seq <= until][: max(1, max_bytes // len(LINE))]
        return Batch(found[0], tuple(self.lines[seq] for seq in found)) if found else None

    def settle(self, batch: Batch, ack: Ack) -> None:
        for first, last in ack.stored:
            for seq in range(first, last + 1):
                self.lines.pop(seq, None)

    def reconcile(self, hwm: int, chain: str) -> int:
        return 0


class Says:
    """A sender that answers from a function."""

    packed = 0.25

    def __init__(self, answer: Callable[[Batch], Ack]) -> None:
        self.send = lambda batch, position: answer(batch)

    def state(self) -> Ack:
        return Ack("s", "h", (), 0, "ab", 0, NOW)


def _taken(batch: Batch, *results: Result) -> Ack:
    return Ack("s", "h", ((batch.first, batch.last),), batch.last, "ab", 0, NOW, results)


def _push(outbox: Memory, answer: Callable[[Batch], Ack], patience: int = 3) -> tuple[Pushed, list[Progress]]:
    pushed, seen = Pushed(), []
    push(
        outbox,
        [Says(answer)],
        progress=seen.append,
        cancelled=lambda: False,
        pause=lambda _: None,
        pushed=pushed,
        patience=patience,
    )
    return pushed, seen


def test_a_refused_record_does_not_hold_the_others() -> None:
    outbox = Memory(100)
    pushed, _ = _push(outbox, lambda batch: _taken(batch, Result(37, "x", "refused")))
    assert (pushed.taken, pushed.refused, outbox.waiting()) == (99, 1, 0)


def test_batches_too_large_are_halved_until_they_fit() -> None:
    def at_most_eight(batch: Batch) -> Ack:
        if len(batch.lines) > 8:
            raise errors.TooLarge()
        return _taken(batch)

    pushed, seen = _push(Memory(100), at_most_eight)
    assert pushed.taken == 100
    assert seen[-1].done == 100


def test_cuts_are_tried_again_and_then_told() -> None:
    left = [errors.Offline("cut"), errors.ServerFault("502")]

    def twice(batch: Batch) -> Ack:
        if left:
            raise left.pop()
        return _taken(batch)

    assert _push(Memory(5), twice)[0].taken == 5
    outbox = Memory(5)

    def never(_: Batch) -> Ack:
        raise errors.Offline("cut")

    with pytest.raises(errors.Offline):
        _push(outbox, never, patience=2)
    assert outbox.waiting() == 5


def test_a_server_that_knows_more_than_was_given_out_is_a_fork() -> None:
    with pytest.raises(errors.Fork):
        _push(Memory(1), lambda batch: Ack("s", "h", ((1, 1),), 99, "ab", 0, NOW))


def test_an_older_server_says_nothing_of_its_backups() -> None:
    assert "backed_up" in ACK and Ack.from_json(ACK).backed_up is None
    assert (
        Ack.from_json({name: value for name, value in ACK.items() if name not in ("backed_up", "feeds")}) == START_ACK
    )
    assert Ack.from_json(ACK | {"backed_up": 7, "of a later version": 1}).backed_up == 7
