"""What HTTP itself may bring: no such path, no such method, no length, too much; and what is counted of it all."""

import http.client
import json
import socket
import time
import uuid
from collections.abc import Iterator
from contextlib import closing

import pytest
import requests

from sync import records, signing
from tests.server.online import KEY, PERSON, STORED, Online, line
from tests.server.signed import Signed


@pytest.fixture
def wire(online: Online) -> Iterator[http.client.HTTPConnection]:
    """One connection, kept."""
    with closing(http.client.HTTPConnection("127.0.0.1", online.served.port, timeout=20)) as made:
        yield made


def ask(wire: http.client.HTTPConnection, method: str, path: str, **more: str) -> tuple[int, dict[str, str], bytes]:
    wire.request(method, path, headers={name.replace("_", "-"): value for name, value in more.items()})
    with wire.getresponse() as answer:
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()


@pytest.mark.parametrize(
    ("method", "path", "status", "type"),
    [
        ("GET", "/", 404, "unknown-path"),
        ("GET", "/docs", 404, "unknown-path"),
        ("GET", "/v1/ping/", 404, "unknown-path"),
        ("GET", "/v1/devices/Quatrepommes/%2e%2e/state", 404, "unknown-path"),
        ("POST", "/v1/ping", 405, "unknown-method"),
        ("BREW", "/v1/enrol", 405, "unknown-method"),
        ("GET", "/v1/devices/Quatrepommes%00/state", 401, "unknown-device"),
    ],
)
def test_every_refusal_is_a_problem(
    wire: http.client.HTTPConnection, method: str, path: str, status: int, type: str
) -> None:
    digest = "sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:"
    found, headers, body = ask(wire, method, path, Content_Digest=digest)
    told = json.loads(body)
    assert (found, told["status"], told["type"]) == (status, status, f"/problems/{type}")
    assert headers["content-type"] == "application/problem+json"
    assert ("allow" in headers) == (status == 405)
    assert told["title"] and told["detail"] and "Quatrepommes" not in body.decode()


@pytest.mark.parametrize(
    "said", [b"BONJOUR\r\n\r\n", b"GET / HTTP/1.1\r\nHost: a\r\nBad Name: x\r\n\r\n", b"\x16\x03\x01\x02\x00\r\n"]
)
def test_what_is_no_http_is_told_as_a_problem_and_cut_off(online: Online, said: bytes) -> None:
    with socket.create_connection(("127.0.0.1", online.served.port), timeout=20) as made:
        made.sendall(said)
        answer = http.client.HTTPResponse(made)
        answer.begin()
        told = json.loads(answer.read())
        assert (answer.status, answer.headers["content-type"]) == (400, "application/problem+json")
        assert (told["type"], told["status"]) == ("/problems/no-http", 400)
        assert made.recv(1) == b""


def test_a_body_of_unknown_length_or_too_large_is_told_and_the_connection_goes_on(
    wire: http.client.HTTPConnection,
) -> None:
    wire.request("POST", "/v1/enrol", iter([b"{", b"}"]), encode_chunked=True)
    with wire.getresponse() as answer:
        assert (answer.status, json.loads(answer.read())["type"]) == (411, "/problems/no-length")
    wire.request("POST", "/v1/enrol", b"x" * (9 << 20))
    with wire.getresponse() as answer:
        assert (answer.status, json.loads(answer.read())["type"]) == (413, "/problems/too-large")
    assert ask(wire, "GET", "/health")[0] == 200


def test_an_answer_carries_the_requests_id_or_a_new_one(wire: http.client.HTTPConnection) -> None:
    mine = str(uuid.uuid4())
    assert ask(wire, "GET", "/v1/ping", Sync_Request=mine)[1]["sync-request"] == mine
    for odd in ("Quatrepommes", mine + "0", ""):
        made = ask(wire, "GET", "/nothing", Sync_Request=odd)[1]["sync-request"]
        assert uuid.UUID(made) and made != mine


def figures(online: Online) -> dict[str, float]:
    text = requests.get(f"{online.url}/health/metrics", timeout=20).text
    lines = (line.rpartition(" ") for line in text.splitlines() if not line.startswith("#"))
    return {name: float(value) for name, _, value in lines}


def test_metrics_count_without_saying_who(online: Online) -> None:
    before = figures(online)
    with closing(online.lane()) as lane:
        online.send(lane, 2, line(**PERSON), line(given_name="Nadia"), b"not a line")
    for path in ("/Quatrepommes", "/v1/feed/Quatrepommes", f"/v1/devices/{online.device}/state"):
        requests.get(online.url + path, timeout=20)
    after = figures(online)
    gone_up = {name: value - before.get(name, 0) for name, value in after.items() if name.startswith("milomobile_re")}
    assert {name: up for name, up in gone_up.items() if up and "created" not in name} == {
        'milomobile_requests_total{path="/health/metrics",status="200"}': 1,
        'milomobile_requests_total{path="/v1/devices/{device}/changes",status="200"}': 1,
        'milomobile_requests_total{path="/v1/feed/{name}",status="401"}': 1,
        'milomobile_requests_total{path="/v1/devices/{device}/state",status="400"}': 1,
        'milomobile_requests_total{path="unknown",status="404"}': 1,
        'milomobile_records_total{verdict="taken"}': 1,
        'milomobile_records_total{verdict="refused"}': 2,
        "milomobile_records_unsaved": 3,
    }
    assert after["milomobile_batch_seconds_count"] - before["milomobile_batch_seconds_count"] == 1
    assert after["milomobile_database_up"] == 1
    assert after['milomobile_devices{state="active"}'] == before['milomobile_devices{state="active"}'] >= 1
    assert abs(after["milomobile_verified_backup_timestamp_seconds"] - time.time()) < 600
    assert after["milomobile_process_resident_memory_bytes"] > 0
    shown = " ".join(after)
    assert [word for word in (*STORED, online.device, "Camion") if word in shown] == []


@pytest.mark.parametrize(
    ("query", "status"),
    [("limit=²", 422), ("limit=00000100000", 422), ("limit=0", 422), ("cursor=%00", 409), ("cursor={}:²:0", 409)],
)
def test_odd_questions_of_an_enrolled_laptop_are_answered(online: Online, query: str, status: int) -> None:
    with closing(online.lane()) as lane:
        history = lane.state().history
    url = f"{online.url}/v1/feed/verdicts?{query.format(history)}"
    assert requests.get(url, auth=Signed(online.device, KEY, False), timeout=20).status_code == status


@pytest.mark.parametrize(
    ("odd", "status"),
    [
        ({"label": "Camion\0\ud800"}, 201),
        ({"code": "\ud800"}, 400),
        ({"device": "\0" * 36}, 400),
        ({"device": {}}, 400),
    ],
)
def test_odd_enrolments_are_answered(online: Online, odd: dict[str, object], status: int) -> None:
    asked = {"code": online.served.code()[:9].replace("-", ""), "device": records.uuid7()}
    body = json.dumps(asked | {"public_key": signing.public_of(KEY).hex()} | odd)
    auth = Signed(records.uuid7(), KEY, False)
    assert requests.post(f"{online.url}/v1/enrol", body, auth=auth, timeout=20).status_code == status


def test_a_body_nested_without_end_is_answered(online: Online) -> None:
    auth = Signed(online.device, KEY, False)
    assert requests.post(f"{online.url}/v1/enrol", "[" * 100_000, auth=auth, timeout=20).status_code == 400
