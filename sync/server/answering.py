"""Around every route: each answer is signed, counted and logged under the request's id, whatever became of it."""

import contextlib
import json
import re
import time
import uuid
from collections.abc import Mapping
from typing import Any

import structlog
from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sync import signing
from sync.server import faults, headers, ledger, limits, metrics, proving
from sync.server.problems import Problem
from sync.server.serving import Serving

log = structlog.get_logger()
_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


class Watched:
    """The application with what surrounds every request; nothing that a request says is logged but a UUID."""

    def __init__(self, app: ASGIApp, here: Serving) -> None:
        self._app, self._here = app, here

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes one request on; every error becomes a problem."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began, status, id = time.perf_counter(), 0, _id(scope)

        async def sending(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                own = [(b"sync-request", id.encode()), *headers.of(scope["scheme"])]
                message["headers"] = [*message["headers"], *own]
            await send(message)

        try:
            limits.check_head(scope)
            await self._app(scope, receive, sending)
        except ClientDisconnect:
            log.info("cut", id=id, route=_route(scope))
            return
        except Exception as wrong:
            problem = self._here.limits.judged(_problem(wrong, id), limits.address(scope))
            told = problem.told(self._here.clock(), self._here.identity.public_key)
            answer = signed(self._here, Request(scope), problem.kind.status, told, problem.headers)
            await answer(scope, receive, sending)
        self._here.counts.request(_route(scope), status)
        took = round((time.perf_counter() - began) * 1000)
        log.info("request", id=id, route=_route(scope), status=status, ms=took)


def signed(
    here: Serving,
    request: Request,
    status: int,
    payload: Mapping[str, Any] | bytes,
    more: Mapping[str, str] | None = None,
) -> Response:
    """An answer bound to its request, as far as the request says what an answer is bound to; bytes go as they are."""
    body = payload if isinstance(payload, bytes) else json.dumps(payload, ensure_ascii=False).encode()
    kind = "application/json" if status < 400 else "application/problem+json"
    own = {"content-type": kind, "content-digest": signing.content_digest(body), **(more or {})}
    answer = signing.Answer(status, own, proving.as_signed(request))
    with contextlib.suppress(signing.Unsignable, ValueError):
        signing.sign(answer, signing.ANSWER, here.identity.signing_key, here.identity.server_id, here.clock())
    return Response(body, status, own)


def _problem(wrong: Exception, id: str) -> Problem:
    if isinstance(wrong, Problem):
        return wrong
    if isinstance(wrong, ledger.Fork):
        log.warning("fork", id=id)
        return Problem("device-fork")
    if said := faults.passing(wrong):
        log.error("unavailable", id=id, said=said, error=faults.told(wrong))
        return Problem("unavailable")
    log.error("fault", id=id, error=faults.told(wrong))
    return Problem("fault")


def _id(scope: Scope) -> str:
    asked = Headers(scope=scope).get("sync-request", "")
    return asked if _UUID.fullmatch(asked) else str(uuid.uuid4())


def _route(scope: Scope) -> str:
    return str(getattr(scope.get("route"), "path", metrics.NO_ROUTE))
