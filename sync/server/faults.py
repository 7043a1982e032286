"""What is said of an error: its kinds and where it came from. Never its message, which may hold what somebody wrote."""

import errno
import traceback
from collections.abc import Iterator
from types import TracebackType
from typing import Any

import psycopg
from sqlalchemy.exc import TimeoutError as PoolTimeout

from sync.server.store import BUSY, NO_ROOM, trouble

_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS)
_OURS = ("sync.", "milomobile.")


def passing(wrong: Exception) -> str | None:
    """The sentence for what ends by itself or by the technician's hand, or None where it is a bug of ours."""
    if isinstance(wrong, PoolTimeout):
        return BUSY
    if isinstance(wrong, OSError) and wrong.errno in _ROOM:
        return NO_ROOM
    return trouble(wrong)


def told(wrong: BaseException) -> list[str]:
    """One text for each error of the chain, the last one first: its kind, then its way through our modules."""
    return [f"{_kind(one)} < {' < '.join(_way(one.__traceback__))}" for one in _chain(wrong)]


def _chain(wrong: BaseException | None) -> Iterator[BaseException]:
    while wrong is not None:
        yield wrong
        wrong = wrong.__cause__ or (None if wrong.__suppress_context__ else wrong.__context__)


def _kind(wrong: BaseException) -> str:
    code = wrong.sqlstate if isinstance(wrong, psycopg.Error) else getattr(wrong, "sqlite_errorname", None)
    return f"{type(wrong).__name__} {code}" if code else type(wrong).__name__


def _way(trace: TracebackType | None) -> list[str]:
    frames: list[tuple[str, int, str]] = [
        (str(frame.f_globals.get("__name__")), line, frame.f_code.co_name) for frame, line in traceback.walk_tb(trace)
    ]
    kept = [one for place, one in enumerate(frames) if one[0].startswith(_OURS) or place == len(frames) - 1]
    return [f"{module}:{line} {name}" for module, line, name in reversed(kept)]


def of_exc_info(exc_info: Any) -> list[str]:
    """The same for what `logging` carries."""
    return told(exc_info[1])
