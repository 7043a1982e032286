"""The server's HTTP side: its routes. What surrounds them is in `answering`, what they do in `acts`."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request, Response
from sqlalchemy import select
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from sync.server import acts, described, metrics, proving
from sync.server.answering import Watched, signed
from sync.server.identity import Identity
from sync.server.problems import Problem
from sync.server.serving import Serving
from sync.server.store import Store

Act = Callable[[Serving, Request, bytes], dict[str, Any]]
_BYTES = {"content-type": "application/octet-stream"}


def make(
    store: Store,
    identity: Identity,
    clock: Callable[[], int],
    keep_outside: Callable[[], object],
    releases: Path | None = None,
) -> FastAPI:
    """The application over an open store; `clock` gives milliseconds.

    `keep_outside` is called once a batch that erases or an enrolment is committed, before the answer; `releases` is the folder of what
    laptops may install.
    """
    here = Serving(store, identity, clock, keep_outside, metrics.counts(store), releases=releases)
    app = FastAPI(
        **described.DOCUMENT, openapi_url="/v1/openapi.json", docs_url=None, redoc_url=None, redirect_slashes=False
    )
    app.state.here = here
    app.add_middleware(partial(Watched, here=here))
    app.add_exception_handler(HTTPException, _no_route)

    @app.get("/health", **described.HEALTH)
    def health() -> Response:
        with store.read() as session:
            session.execute(select(1))
        return Response('{"status": "ok"}', media_type="application/json")

    @app.get("/health/metrics", **described.METRICS)
    def figures() -> Response:
        return Response(here.counts.text(), headers={"content-type": metrics.CONTENT_TYPE})

    @app.get("/v1/ping", **described.PING)
    async def ping(request: Request) -> Response:
        return signed(here, request, 200, {"server_id": identity.server_id, "now": clock()})

    async def answer(act: Act, request: Request, status: int = 200) -> Response:
        body = await proving.body(request)
        return signed(here, request, status, await run_in_threadpool(act, here, request, body))

    @app.post("/v1/enrol", **described.ENROL)
    async def enrol(request: Request) -> Response:
        return await answer(acts.enrol, request, 201)

    @app.post("/v1/devices/{device}/changes", **described.CHANGES)
    async def changes(request: Request) -> Response:
        return await answer(acts.changes, request)

    @app.get("/v1/devices/{device}/state", **described.STATE)
    async def state(request: Request) -> Response:
        return await answer(acts.state, request)

    @app.get("/v1/feed/{name}", **described.FEED)
    async def feed(request: Request) -> Response:
        return await answer(acts.feed, request)

    @app.get("/v1/export", **described.EXPORT)
    async def export(request: Request) -> Response:
        return await answer(acts.export, request)

    async def give(act: Callable[[Serving, Request, bytes], bytes], request: Request) -> Response:
        body = await proving.body(request)
        return signed(here, request, 200, await run_in_threadpool(act, here, request, body), _BYTES)

    @app.get("/v1/releases/metadata/{name}", **described.RELEASE)
    async def release(request: Request) -> Response:
        return await give(acts.release, request)

    @app.get("/v1/releases/pieces/{digest}/{number}", **described.PIECE)
    async def piece(request: Request) -> Response:
        return await give(acts.piece, request)

    return app


async def _no_route(request: Request, wrong: Exception) -> Response:
    allowed = (wrong.headers or {}).get("Allow") if isinstance(wrong, HTTPException) else None
    raise Problem("unknown-method", Allow=allowed) if allowed else Problem("unknown-path")
