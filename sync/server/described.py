"""The OpenAPI document, route by route. Bytes are never built from it: a signature covers them as they came."""

from typing import Any

from sync import records, releases
from sync.server import acts, feeds, files, judging, metrics, proving
from sync.server.problems import KINDS

Json = dict[str, Any]

DOCUMENT: Json = {
    "title": "Milo Mobile",
    "version": "1",
    "description": "What laptops say to their Mission Locale's server. Requests and answers are signed (RFC 9421, Ed25519) "
    "over the digest of their bodies (RFC 9530); an answer without a signature is nobody's.",
}


def _text(pattern: str | None = None, **more: Any) -> Json:
    return {"type": "string", **({"pattern": f"^{pattern}$"} if pattern else {}), **more}


def _object(required: Json, **optional: Any) -> Json:
    return {"type": "object", "required": list(required), "properties": {**required, **optional}}


_NUMBER: Json = {"type": "integer", "minimum": 0}
_ID = _text(proving.DEVICE)
_KEY = _text("[0-9a-f]{64}", description="32 bytes")
_DIGEST = _text("sha-256=:[A-Za-z0-9+/]{43}=:")
_CURSOR = _text(description="history:position:hash; empty is the beginning")

_RESULT = _object(
    {
        "seq": _NUMBER,
        "id": _text(),
        "verdict": {"enum": list(records.VERDICTS)},
        "type": _text(),
        "detail": _text(description="A French sentence for the adviser"),
        "pointer": {"type": ["string", "null"]},
    }
)
_ACK = _object(
    {
        "server": _text(),
        "history": _text(),
        "stored": {
            "type": "array",
            "items": {"type": "array", "items": _NUMBER, "minItems": 2, "maxItems": 2},
            "description": "First and last number of each run that is kept",
        },
        "hwm": {**_NUMBER, "description": "Everything up to this number is kept"},
        "chain": _KEY,
        "durable_through": {**_NUMBER, "description": "Everything up to this number is in two verified backups"},
        "now": _NUMBER,
        "results": {"type": "array", "items": _RESULT, "description": "Only lines that were not simply taken"},
        "feeds": {"type": "object", "additionalProperties": _CURSOR},
        "backed_up": {**_NUMBER, "description": "When the newest verified backup was made, else the server"},
    }
)
_ENROLLED = _object(
    {
        "server_id": _text(),
        "server_keys": {"type": "array", "items": _KEY, "minItems": 1},
        "sealing_key": _KEY,
        "history": _text(),
        "now": _NUMBER,
    }
)
_PAGE = _object(
    {"items": {"type": "array", "items": {"type": "object"}}, "next": _CURSOR, "more": {"type": "boolean"}},
)
_ENROLMENT = _object(
    {"code": _text("[0-9A-Z]{8}", description="The secret half of the code"), "device": _ID, "public_key": _KEY},
    label=_text(maxLength=80),
    v=_NUMBER,
)
_LINE = _object(
    {
        "id": _text(minLength=1, maxLength=64),
        "hlc": _text("[0-9a-f]{16}"),
        "entity": {"enum": list(records.ENTITIES)},
        "entity_id": _text(minLength=1, maxLength=64),
        "op": {"enum": list(judging.OPS)},
        "v": {"type": "integer", "minimum": 1},
    },
    set={"type": ["object", "string"], "description": "Answers by name; of « reserved », one sealed text"},
    base={"type": "object", "description": "The stamp of each answer that was seen when it was changed"},
    reason=_text(),
)
_LINES: Json = {"type": "array", "minItems": 1, "maxItems": proving.LINES, "items": _LINE}


def _header(name: str, said: str, schema: Json, required: bool = True) -> Json:
    return {"name": name, "in": "header", "required": required, "description": said, "schema": schema}


def _parameter(where: str, name: str, schema: Json) -> Json:
    return {"name": name, "in": where, "required": where == "path", "schema": schema}


_SIGNED = [
    _header("Content-Digest", "SHA-256 of the body as sent (RFC 9530)", _DIGEST),
    _header("Sync-Request", "A UUID for this request; the log's and the answer's too", _text(format="uuid")),
    _header("Signature-Input", "What is signed, when, by which laptop (RFC 9421)", _text()),
    _header("Signature", "Ed25519, by the laptop's key", _text()),
]
_BATCH = [
    _header("Sync-Range", "Epoch, and the numbers of the first and last line", _text(acts.RANGE)),
    _header("Sync-Expect", "The last number and chain that the laptop saw signed", _text(acts.EXPECT)),
    _header("Sync-Schema", "The newest version of lines that the laptop writes", _NUMBER, required=False),
    _header("Content-Encoding", "How the lines are packed", {"enum": ["zstd", "gzip", "identity"]}),
]
_DEVICE = _parameter("path", "device", _ID)

_ANSWERED = {
    name: {"description": said, "schema": schema}
    for name, said, schema in (
        ("Sync-Request", "The request's id", _text()),
        ("Content-Digest", "SHA-256 of this body", _DIGEST),
        ("Signature-Input", "What is signed; missing where the request cannot be bound to", _text()),
        ("Signature", "Ed25519, by the server's key", _text()),
    )
}
_WHOLE = ("no-length", "too-large")
_PROVEN = (*_WHOLE, "digest-mismatch", "bad-signature", "clock", "too-often")
_LAPTOP = (*_PROVEN, "unknown-device", "device-revoked")
_FAILED = ("head-too-large", "fault", "unavailable")


def _problem(names: list[str]) -> Json:
    status = KINDS[names[0]].status
    schema = _object(
        {
            "type": {"enum": [f"/problems/{name}" for name in names]},
            "title": _text(),
            "status": {"const": status},
            "detail": _text(),
            "now": {**_NUMBER, "description": "The server's clock, in milliseconds"},
            "server_keys": {"type": "array", "items": _KEY},
        }
    )
    headers = {**_ANSWERED, "Retry-After": {"schema": _text("[0-9]+")}} if status in (429, 503) else _ANSWERED
    titles = "; ".join(KINDS[name].title for name in names)
    return {"description": titles, "headers": headers, "content": {"application/problem+json": {"schema": schema}}}


def _route(summary: str, kind: str, answer: Json, problems: tuple[str, ...], status: int = 200, **more: Any) -> Json:
    by_status: dict[int, list[str]] = {}
    for name in (*problems, *_FAILED):
        by_status.setdefault(KINDS[name].status, []).append(name)
    good = {"description": summary, "headers": _ANSWERED, "content": {kind: {"schema": answer}}}
    responses = {status: good, **{code: _problem(names) for code, names in sorted(by_status.items())}}
    return {"summary": summary, "status_code": status, "responses": responses, "openapi_extra": more}


def _body(kind: str, schema: Json, said: str) -> Json:
    return {"required": True, "description": said, "content": {kind: {"schema": schema}}}


_JSON = "application/json"
HEALTH = _route("Whether the database answers; nothing about anybody", _JSON, _object({"status": {"const": "ok"}}), ())
METRICS = _route("Counts for Prometheus; nothing about anybody", metrics.CONTENT_TYPE.split(";")[0], _text(), ())
PING = _route("Who this server is", _JSON, _object({"server_id": _text(), "now": _NUMBER}), (), parameters=_SIGNED[:2])
ENROL = _route(
    "Binds a laptop: a one-time code and a public key in, the server's keys out",
    _JSON,
    _ENROLLED,
    (*_PROVEN, "unreadable", "bad-code", "device-known"),
    status=201,
    parameters=_SIGNED,
    requestBody=_body(_JSON, _ENROLMENT, "Signed by the private half of `public_key`"),
)
CHANGES = _route(
    "Takes a batch: each line is kept once, judged apart, and acknowledged after the commit",
    _JSON,
    _ACK,
    (*_LAPTOP, "encoding", "too-many-lines", "no-lines", "bad-range", "device-fork"),
    parameters=[_DEVICE, *_SIGNED, *_BATCH],
    requestBody=_body("application/x-ndjson", _LINES, "One JSON object a line, each ended by a line feed"),
)
STATE = _route("What is held of a laptop", _JSON, _ACK, _LAPTOP, parameters=[_DEVICE, *_SIGNED])
FEED = _route(
    "A page of what laptops are told",
    _JSON,
    _PAGE,
    (*_LAPTOP, "unknown-feed", "bad-limit", "cursor-invalid"),
    parameters=[
        _parameter("path", "name", {"enum": list(feeds.FEEDS)}),
        _parameter("query", "cursor", _CURSOR),
        _parameter("query", "limit", {"type": "integer", "minimum": 1, "maximum": acts.MOST_ITEMS, "default": 500}),
        *_SIGNED,
    ],
)
_BYTES: Json = {"type": "string", "format": "binary"}
RELEASE = _route(
    "What the publisher signed of the program that laptops may install (The Update Framework), as it is",
    "application/octet-stream",
    _BYTES,
    (*_LAPTOP, "unknown-release"),
    parameters=[_parameter("path", "name", _text(releases.METADATA)), *_SIGNED],
)
PIECE = _route(
    f"A piece of that program, {releases.PIECE} bytes and the last one what is left",
    "application/octet-stream",
    _BYTES,
    (*_LAPTOP, "unknown-release"),
    parameters=[
        _parameter("path", "digest", _text(releases.DIGEST, description="SHA-256 of the whole")),
        _parameter("path", "number", {"type": "integer", "minimum": 0}),
        *_SIGNED,
    ],
)
EXPORT = _route(
    "Lines of an office's file for the Mission Locale's own tools; there is no such path until a token was made",
    _JSON,
    _object(
        {
            "file": {"enum": list(files.READABLE)},
            "from": _text(format="date"),
            "to": _text(format="date"),
            "lines": {"type": "array", "items": {"type": "object"}},
        }
    ),
    ("unknown-path", "bad-token", "bad-period", "too-often"),
    parameters=[
        _header("Authorization", "Bearer, and the token", _text(), required=False),
        _parameter("query", "from", _text(format="date")),
        _parameter("query", "to", _text(format="date")),
    ],
)
