"""The server's log: JSON lines on stderr, ours and the libraries', without names, keys, bodies or error messages."""

import contextlib
import logging
import sys
from typing import Any

import structlog
from structlog.typing import EventDict, Processor

from sync.server import faults


class _Stderr:
    """Standard error, where a full disk is no reason to fail a request."""

    def write(self, text: str) -> None:
        with contextlib.suppress(OSError):
            sys.stderr.write(text)

    def flush(self) -> None:
        with contextlib.suppress(OSError):
            sys.stderr.flush()


def to_stderr() -> None:
    """From here on everything is logged there; libraries only from warnings up."""
    stream: Any = _Stderr()
    steps: list[Processor] = [
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso"),
        structlog.processors.ExceptionRenderer(faults.of_exc_info),
    ]
    as_json = structlog.processors.JSONRenderer(ensure_ascii=False)
    structlog.configure(processors=[*steps, as_json], logger_factory=structlog.PrintLoggerFactory(stream))
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[structlog.stdlib.add_logger_name, _first_line, *steps],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, as_json],
        )
    )
    logging.basicConfig(handlers=[handler], level=logging.WARNING)


def _first_line(_: Any, __: str, event: EventDict) -> EventDict:
    """What follows it in a library's message shows objects."""
    lines = str(event["event"]).splitlines()
    return {**event, "event": lines[0] if lines else ""}
