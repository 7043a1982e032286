"""What a stranger at the server's door gets: nothing of anybody, few tries, and headers that let nothing be kept."""

import http.client
import json
import os
import socket
import ssl
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import requests
from sqlalchemy import select

from sync import records, signing
from sync.push import Position
from sync.records import Batch
from sync.server import app, identity, limits
from sync.server.limits import Allowance
from sync.server.store import database
from sync.server.tables import Invite
from tests.flows import processes
from tests.flows.processes import call, one_sentence
from tests.server.online import EPOCH, KEY, STORED, Online, line
from tests.server.signed import Signed

OPEN = {"/health", "/health/metrics", "/v1/ping", "/v1/openapi.json"}
SAFE = {
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}


def paths(online: Online) -> Iterator[tuple[str, str]]:
    """Every route of the application by every method it has, and what other programs of this kind serve."""
    with closing(online.served.store()) as store:
        made = app.make(store, identity.load(online.served.data), lambda: 0, lambda: None)
    for route in made.routes:
        path = str(route.path).format(device=online.device, name="tombstones", digest="0" * 64, number=0)  # type: ignore[attr-defined]
        for method in sorted(route.methods):  # type: ignore[attr-defined]
            yield method, path
    for path in (
        "/",
        "/docs",
        "/redoc",
        "/openapi.json",
        "/metrics",
        "/server.db",
        "/identity.json",
        "/.env",
        "/admin",
    ):
        yield "GET", path


@pytest.mark.parametrize("how", ["unsigned", "signed by another key", "signed for another path"])
def test_no_route_tells_a_stranger_anything(online: Online, how: str) -> None:
    asked = list(paths(online))
    assert len(asked) > 14 and {path for _, path in asked} > OPEN
    for method, path in asked:
        auth = None if how == "unsigned" else Signed(online.device, bytes(range(1, 33)), True)
        request = requests.Request(method, online.url + path, data=b"{}\n" if method == "POST" else None, auth=auth)
        ready = requests.Session().prepare_request(request)
        if how == "signed for another path":
            elsewhere = requests.Request("GET", f"{online.url}/v1/ping", auth=Signed(online.device, KEY, False))
            ready.headers.update(requests.Session().prepare_request(elsewhere).headers)
        answer = requests.Session().send(ready, timeout=20)
        if path in OPEN:
            assert answer.status_code == 200, (method, path)
        else:
            assert answer.status_code in (400, 401, 403, 404, 405, 411), (method, path, answer.status_code)
        assert [word for word in (*STORED, "Camion") if word in answer.text] == []
        if path != "/v1/openapi.json":
            assert online.device not in answer.text


def test_what_was_signed_once_is_good_for_its_time_alone_and_changes_nothing_again(online: Online) -> None:
    url = f"{online.url}/v1/devices/{online.device}/state"
    ready = requests.Session().prepare_request(requests.Request("GET", url, auth=Signed(online.device, KEY, False)))
    assert requests.Session().send(ready, timeout=20).status_code == 200
    for name, value in (("Signature", ready.headers["Signature"][:-8] + "AAAAAAA:"), ("Sync-Request", "0" * 36)):
        other = ready.copy()
        other.headers[name] = value
        assert requests.Session().send(other, timeout=20).status_code == 401
    old = requests.Request("GET", url, headers={"Content-Digest": signing.content_digest(b"")})
    late = requests.Session().prepare_request(old)
    late.headers["Sync-Request"] = "0" * 36
    seen = signing.Request("GET", url, signing.plain_headers(late.headers))
    signing.sign(seen, signing.PLAIN, KEY, online.device, round(time.time() * 1000) - 400_000)
    late.headers.update({name: seen.headers[name] for name in ("Signature", "Signature-Input")})
    answer = requests.Session().send(late, timeout=20)
    assert (answer.status_code, answer.json()["type"]) == (401, "/problems/clock")


def test_every_answer_has_the_headers(online: Online) -> None:
    for method, path in (*paths(online), ("PUT", "/v1/enrol"), ("GET", "/%00"), ("GET", "/" + "a" * 9000)):
        answer = requests.request(method, online.url + path, timeout=20)
        assert {name: answer.headers.get(name) for name in SAFE} == SAFE, (method, path)
        assert "server" not in answer.headers and "x-powered-by" not in answer.headers
        assert "strict-transport-security" not in answer.headers
    with socket.create_connection(("127.0.0.1", online.served.port), timeout=20) as made:
        made.sendall(b"BONJOUR\r\n\r\n")
        broken = http.client.HTTPResponse(made)
        broken.begin()
        assert {name: broken.headers.get(name) for name in SAFE} == SAFE and "server" not in broken.headers


@pytest.mark.parametrize("more", [{f"x-{n}": "a" for n in range(80)}, {"x-long": "a" * 30_000}])
def test_a_head_too_large_is_refused(online: Online, more: dict[str, str]) -> None:
    answer = requests.get(f"{online.url}/health", headers=more, timeout=20)
    assert answer.status_code in (400, 431)
    assert answer.headers["content-type"] == "application/problem+json"
    assert requests.get(f"{online.url}/health", timeout=20).status_code == 200


def test_guessing_waits_and_right_signatures_never_do(online: Online) -> None:
    """As behind one address: a stranger's tries run out, and the laptops beside it are taken all the same."""
    stranger = Signed(online.device, bytes(range(1, 33)), False)
    url, session = f"{online.url}/v1/feed/tombstones", requests.Session()
    answers = [session.get(url, auth=stranger, timeout=20) for _ in range(200)]
    statuses = [answer.status_code for answer in answers]
    assert statuses[:50] == [401] * 50 and statuses[-1] == 429
    told = answers[-1]
    assert told.headers["content-type"] == "application/problem+json" and "signature" in told.headers
    assert 1 <= int(told.headers["retry-after"]) <= 60
    assert session.get(url, auth=Signed(online.device, KEY, False), timeout=20).status_code == 200
    with closing(online.lane()) as lane:
        state = lane.state()
        for number in range(60):
            seq = state.hwm + 1
            at = Position(online.device, EPOCH, state.hwm, state.chain, seq)
            state = lane.send(Batch(seq, (line(given_name=f"N{number}", phone="+33612345678"),)), at)
            assert state.hwm == seq
    session.close()


def test_guessing_codes_waits_and_does_not_use_up_the_invitations(online: Online) -> None:
    key = bytes(range(2, 34))
    asked = {"device": records.uuid7(), "public_key": signing.public_of(key).hex()}

    def enrol(code: str) -> requests.Response:
        auth = Signed(str(asked["device"]), key, False)
        return requests.post(f"{online.url}/v1/enrol", json.dumps(asked | {"code": code}), auth=auth, timeout=20)

    answers = [enrol(f"{number:08d}") for number in range(14)]
    assert {answer.status_code for answer in answers[:5]} == {403}
    assert (answers[-1].status_code, answers[-1].json()["type"]) == (429, "/problems/too-often")
    secret = online.served.code().replace("-", "")[:8]
    for number in range(10):
        assert enrol(f"{number:08d}").status_code == 429
    with closing(online.served.store()) as store, store.read() as session:
        assert session.execute(select(Invite.tries).where(Invite.digest == signing.secret_digest(secret))).scalar() == 0


def test_an_allowance_fills_up_again_each_for_its_own_key() -> None:
    now = [0.0]
    tries = Allowance(3, 60, lambda: now[0])
    assert [tries.use("a") for _ in range(4)] == [0, 0, 0, 1]
    assert (tries.wait("a"), tries.use("b")) == (1, 0)
    now[0] = 1.0
    assert [tries.use("a"), tries.use("a")] == [0, 1]
    for number in range(limits.KEYS + 5):
        tries.use(str(number))
    assert len(tries._left) == limits.KEYS and tries.wait("a") == 0
    assert limits.address({"client": ("2001:db8:1:2:3::9", 1)}) == "2001:db8:1:2::/64"
    assert [limits.address({"client": one}) for one in (("192.0.2.7", 1), None, ("a", 1))] == ["192.0.2.7", "", "a"]


def test_tls_of_today_alone_and_kept_to_it(tmp_path: Path) -> None:
    office = processes.Office(tmp_path / "server")
    office.start()
    port = int(office.port)
    try:
        trust = ssl.create_default_context(cafile=office.certificate)
        with closing(http.client.HTTPSConnection("127.0.0.1", port, context=trust, timeout=20)) as wire:
            for path in ("/health", "/nothing"):
                wire.request("GET", path)
                with wire.getresponse() as answer:
                    assert answer.headers["strict-transport-security"] == "max-age=31536000"
                    answer.read()
        for version in (ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1):
            old = ssl.create_default_context(cafile=office.certificate)
            old.minimum_version = ssl.TLSVersion.TLSv1
            old.maximum_version = version
            old.set_ciphers("DEFAULT:@SECLEVEL=0")
            with socket.create_connection(("127.0.0.1", port), 20) as end, pytest.raises((ssl.SSLError, OSError)):
                old.wrap_socket(end, server_hostname="127.0.0.1")
        with pytest.raises(requests.ConnectionError):
            requests.get(f"http://127.0.0.1:{port}/v1/ping", timeout=20)
    finally:
        office.stop()


def test_no_other_account_reads_a_file_of_the_server(tmp_path: Path) -> None:
    data, mask = tmp_path / "server", os.umask(0o022)
    try:
        office = processes.Office(data)
        office.start()
        office("invite", "--label", "Camion 1")
        office("backup", str(tmp_path / "backup"))
        office.stop()
    finally:
        os.umask(mask)
    made = [data, *data.rglob("*"), tmp_path / "backup", *(tmp_path / "backup").rglob("*")]
    assert {"identity.json", "referents.key", "server.db", "url"} <= {file.name for file in made}
    assert [file.name for file in made if file.stat().st_mode & 0o077] == []
    assert database(data).endswith("server.db")


@pytest.mark.parametrize("name", [identity.FILE, identity.REFERENTS])
def test_a_key_that_others_can_read_stops_the_server(tmp_path: Path, name: str) -> None:
    data = tmp_path / "server"
    assert call("sync.server", "init", "--data", str(data)).returncode == 0
    (data / name).chmod(0o640)
    done = call("sync.server", "serve", "--data", str(data), "--port", "0")
    assert (done.returncode, done.stdout) == (2, "")
    one_sentence(done.stderr, name, "chmod 600")
