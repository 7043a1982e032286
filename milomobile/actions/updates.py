"""A newer program that waits to be installed: what is known of it, and its start, after it was verified once more."""

import contextlib
import shlex
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from milomobile import __version__, logs
from milomobile.actions import update_state
from milomobile.actions.update_state import SYSTEM
from milomobile.domain.updates import Coming, Ready, Updates, newer
from milomobile.errors import NotOurs

NOT_READY = (
    "La mise à jour n’est plus là ou n’est plus valable. Rien n’a été installé, la version en place continue. Elle "
    "reviendra avec un prochain envoi."
)


def updates(folder: Path, root: bytes | None) -> Updates:
    """What is known of newer programs, without asking anybody; `root` is the publisher's key this one was built with."""
    state = update_state.read(folder)
    waits, coming = ready(folder), None
    if newer(state.version, __version__) and waits is None:
        part = update_state.part(folder, state)
        coming = Coming(state.version, part.stat().st_size if part.exists() else 0, state.size)
    return Updates(
        root is not None,
        waits,
        coming,
        datetime.fromisoformat(state.asked) if state.asked else None,
        date.fromisoformat(state.valid_until) if state.valid_until else None,
        state.trouble or None,
    )


def ready(folder: Path) -> Ready | None:
    """The newer program that waits to be installed; one that was installed since goes."""
    state = update_state.read(folder)
    file = update_state.place(folder) / state.name
    if not state.whole or not file.is_file():
        return None
    if newer(state.version, __version__):
        return Ready(state.version, file)
    with contextlib.suppress(OSError):
        file.unlink()
    return None


def install(folder: Path, root: bytes | None) -> str | None:
    """Verifies the waiting program once more, from the publisher's root on, and starts its setup; None where that runs now.

    Where the system wants an administrator for it, what to type. Raises NotOurs: the installed program stays as it is.
    """
    from sync import releases

    waits, again = ready(folder), update_state.place(folder) / "again"
    if waits is None or root is None:
        raise NotOurs(NOT_READY)
    try:
        kept = releases.kept(update_state.trusted(folder))
        found = releases.offers(again, root, kept, (SYSTEM,)).get(SYSTEM)
        if found is None or found.version != waits.version:
            raise releases.Refused("none")
        found.check(waits.file)
        logs.note("update started", version=waits.version)
        return _start(waits.file)
    except (releases.Refused, OSError) as wrong:
        _forget(folder)
        raise NotOurs(NOT_READY) from wrong
    finally:
        shutil.rmtree(again, ignore_errors=True)


def _start(setup: Path) -> str | None:
    if sys.platform == "win32":
        flags = subprocess.DETACHED_PROCESS | subprocess.CREATE_NEW_PROCESS_GROUP
        subprocess.Popen([str(setup)], cwd=setup.parent, creationflags=flags, close_fds=True)  # noqa: S603
        return None
    return f"{'sudo apt install' if SYSTEM == 'linux' else 'open'} {shlex.quote(str(setup))}"


def _forget(folder: Path) -> None:
    """What waits is not offered any more; it is fetched again."""
    state = update_state.read(folder)
    with contextlib.suppress(OSError):
        (update_state.place(folder) / state.name).unlink(missing_ok=True)
        update_state.write(folder, replace(state, whole=False))
