"""What the document says against what the server does: made-up requests, signed and not, to a process on a socket."""

import re
from collections import Counter

import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.specs.openapi import checks

from sync import signing
from tests.faults.conftest import TORTURE
from tests.flows.processes import until
from tests.server.online import KEY, STORED, Online
from tests.server.signed import Signed, lines

LEAKS = re.compile(
    r"Traceback|File \"|\.py\b|sqlalchemy|psycopg|sqlcipher|SELECT |INSERT |UPDATE |/home/|/tmp/|/usr/", re.I
)
OPEN = ("/health", "/health/metrics", "/v1/ping")
EXAMPLES, OF_BATCHES = (500, 2000) if TORTURE else (30, 50)
CHECKS = [
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
]


@schemathesis.serializer("application/x-ndjson")
def serialize(_: schemathesis.SerializationContext, value: object) -> bytes:
    return lines(value)


def test_whatever_is_asked_the_answer_is_one_of_the_document(online: Online) -> None:
    document = schemathesis.openapi.from_url(f"{online.url}/v1/openapi.json")
    session, seen = requests.Session(), Counter[tuple[str, int]]()

    def one(case: schemathesis.Case, how: str) -> None:
        if how and "device" in case.path_parameters:
            case.path_parameters["device"] = online.device
        if how == "fitting" and isinstance(case.body, dict):
            case.body |= {"public_key": signing.public_of(KEY).hex(), "device": online.device}
        key = bytes(range(1, 33)) if how == "forged" else KEY
        auth = Signed(online.device, key, how != "signed") if how else None
        answer = case.call(session=session, auth=auth)
        assert answer.status_code < 500, answer.content
        case.validate_response(answer, checks=CHECKS)
        if how in ("", "forged") and case.operation.path not in OPEN:
            assert 400 <= answer.status_code < 500, answer.content
        text = answer.content.decode()
        assert not LEAKS.search(text), text
        assert [word for word in STORED if word in text] == []
        seen[case.operation.path, answer.status_code] += 1

    for found in document.get_all_operations():
        operation = found.ok()
        cases = st.one_of(*(operation.as_strategy(generation_mode=mode) for mode in GenerationMode))
        hows = st.sampled_from(["", "forged", "signed", "fitting", "fitting", "fitting"])
        run = given(case=cases, how=hows)(one)
        run = settings(
            max_examples=OF_BATCHES if operation.path.endswith("changes") else EXAMPLES,
            derandomize=not TORTURE,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )(run)
        run()
    session.close()
    until(lambda: online.log().count('"event": "request"') >= seen.total())
    log = online.log()
    assert [word for word in (*STORED, "Traceback", '"event": "fault"') if word in log] == []
    for path, status in (
        ("/v1/ping", 200),
        ("/v1/devices/{device}/changes", 200),
        ("/v1/devices/{device}/changes", 422),
        ("/v1/devices/{device}/changes", 401),
        ("/v1/devices/{device}/state", 200),
        ("/v1/feed/{name}", 200),
        ("/v1/enrol", 403),
    ):
        assert seen[path, status], f"nothing got as far as {status} at {path}"
