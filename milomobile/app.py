"""Builds every part once and joins them; locked means nothing is built."""

import gc
import os
import sys
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from milomobile import __version__, handed, paths
from milomobile.actions import display
from milomobile.errors import Trouble
from milomobile.handed import now
from milomobile.paths import DEMO_PASSWORD
from milomobile.security import slots, tries
from milomobile.ui import look, single, traces
from milomobile.ui.gate import Gate, Trial
from milomobile.ui.window import Window

_NO_ANSWER = (
    "Milo Mobile est déjà ouvert, mais sa fenêtre ne répond pas. Les fiches enregistrées sont intactes. Attendez une minute, "
    "ou fermez-le dans le gestionnaire des tâches, puis réessayez."
)
_INVENTED = (150, 260, 7)
"""People and encounters of the demonstration, and the seed they are drawn from."""
_FRAME = 40
"""Pixels that a system's title bar may take."""
_COLOURS = 8
"""A painted page has more; an empty window one or two."""

if TYPE_CHECKING:
    from milomobile.domain.copies import Copy
    from milomobile.domain.updates import Ready
    from milomobile.ui.verbs import Verbs


def run_window(folder: Path) -> int:
    """Opens the window on a profile; returns its exit code."""
    app = QApplication.instance() or QApplication([*sys.argv[:1], *look.STYLE])
    assert isinstance(app, QApplication)
    app.setApplicationName("Milo Mobile")
    traces.leave_none()
    dress(app, folder)
    held = single.hold(folder)
    if held is None:
        return _call(folder)
    window = build(folder)
    sys.excepthook = partial(_met_bug, folder, window)
    _appear(window)
    QTimer.singleShot(0, partial(_begin, folder, window, held))
    code = app.exec()
    from milomobile import logs

    logs.note("stop", code=code)
    return code


def _appear(window: Window) -> None:
    """Over the whole screen where its frame would not fit besides."""
    room = window.screen().availableGeometry().size()
    if room.width() <= window.width() or room.height() < window.height() + _FRAME:
        window.showMaximized()
    else:
        window.show()


def dress(app: QApplication, folder: Path) -> None:
    """How the screen looks, as chosen on this laptop, and where the next choice is kept."""
    look.apply(app, display.read(folder), partial(display.write, folder))


def _call(folder: Path) -> int:
    """The window that stands already, in the place of another."""
    if single.call(folder):
        return 0
    from PySide6.QtWidgets import QMessageBox

    QMessageBox.warning(None, "Milo Mobile", _NO_ANSWER)
    return Trouble.exit_code


def _begin(folder: Path, window: Window, held: single.Held) -> None:
    """Once the window stands: what nobody waits for."""
    held.listen(window.come_forward)
    from milomobile import logs

    logs.keep_in(folder)
    logs.note("start", version=__version__, system=sys.platform, screen=QGuiApplication.platformName())
    window.tasks.run(_load_rest, _nothing, _nothing)


def _met_bug(
    folder: Path, window: Window, kind: type[BaseException], wrong: BaseException, trace: TracebackType | None
) -> None:
    """A bug: where it happened goes to the log, its number to the screen; the program goes on."""
    from milomobile import bugs

    bug = bugs.write(folder, kind, trace)
    window.helping.tell_bug(bug.id)


def _nothing(_: object) -> None:
    """What was done needs no word."""


def _load_rest() -> None:
    """What only an open profile needs is loaded while the password is typed."""
    import milomobile.actions.open
    import milomobile.ui.desk  # noqa: F401


def draw_unlock(folder: Path) -> None:
    """Paints the first page of a profile where nobody looks; raises RuntimeError where nothing was painted."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication.instance() or QApplication([*sys.argv[:1], *look.STYLE])
    assert isinstance(app, QApplication)
    dress(app, folder)
    window = build(folder)
    window.show()
    painted = window.grab().toImage()
    window.close()
    colours = {painted.pixel(x, y) for x in range(0, painted.width(), 8) for y in range(0, painted.height(), 8)}
    if len(colours) < _COLOURS:
        raise RuntimeError("the unlock page is not painted")


def build(folder: Path) -> Window:
    """The window, locked, over a profile's folder; a QApplication must be there."""
    return Window(partial(_gate, folder))


def _gate(folder: Path) -> Gate:
    """Before unlocking; the advisers who opened last stand first."""
    trouble: str | None = None
    kept: tuple[slots.Slot, ...] = ()
    try:
        kept = slots.advisers(folder)
        if bool(kept) != any(folder.glob("store.db*")):
            from milomobile.actions.open import whole

            whole(folder)
    except Trouble as wrong:
        trouble = wrong.sentence
    recent = {slot: place for place, slot in enumerate(tries.read(folder).recent)}
    ids = {slot.name: slot.id for slot in sorted(kept, key=lambda slot: recent.get(slot.id, len(recent)))}

    def create(adviser: str, password: str) -> "tuple[str, Verbs]":
        from milomobile.actions.open import create as make
        from milomobile.domain.setting_up import STEPS

        code = make(folder, adviser, password, now(), STEPS)[1]
        return code, open_verbs(folder, adviser, password)

    def keyring_warning() -> str | None:
        from milomobile.security import keychain

        return keychain.trouble()

    def recover(adviser: str, code: str, password: str) -> "Verbs":
        from milomobile.actions.open import recover as opened

        return handed.verbs(folder, opened(folder, adviser, code, password, now()))

    def check_code(adviser: str, code: str) -> None:
        from milomobile.security import vault

        vault.recover(folder, vault.whose(folder, adviser), code)

    def restore(file: Path, secret: str) -> "Copy":
        from milomobile.actions import backups

        return backups.restore(file, folder, None, secret, now())

    def diagnose(file: Path) -> list[str]:
        from milomobile.actions import diagnostics

        return diagnostics.write(folder, file, now(), replace=True)

    def install() -> str | None:
        from milomobile.actions import updates

        return updates.install(folder, paths.release_root())

    def take(file: Path) -> "Ready":
        from milomobile.actions import fetching

        return fetching.take(folder, paths.release_root(), file)

    hint = folder / DEMO_PASSWORD
    return Gate(
        advisers=tuple(ids),
        trouble=trouble,
        hint=hint.read_text(encoding="utf-8") if hint.exists() else None,
        keyring_warning=keyring_warning,
        unlock=lambda adviser, password: open_verbs(folder, adviser, password),
        wait=lambda adviser: tries.wait(folder, ids[adviser], datetime.now(UTC)),
        check_code=check_code,
        recover=recover,
        create=create,
        try_out=partial(_try_out, folder),
        restore=restore,
        password_problem=handed.password_problem,
        strength=handed.strength,
        diagnose=diagnose,
        ready=_ready(folder),
        take=take if paths.release_root() else None,
        install=install,
    )


def _try_out(folder: Path) -> Trial:
    """The demonstration beside a profile, made anew and open; nothing of the one is ever in the other."""
    from milomobile.actions import demo

    place = paths.demonstration_folder(folder)
    demo.make_anew(place, *_INVENTED, now())

    def end() -> None:
        from milomobile import logs

        logs.keep_in(folder)
        demo.clear(place)

    return Trial(partial(_gate, place), open_verbs(place, demo.ADVISER, demo.PASSWORD), end)


def _ready(folder: Path) -> "Ready | None":
    """Nothing is loaded for it where no newer program ever came."""
    if not (folder / "updates").is_dir():
        return None
    from milomobile.actions.updates import ready

    return ready(folder)


def open_verbs(folder: Path, adviser: str, password: str) -> "Verbs":
    """Opens the profile and hands out what the pages may do; raises Trouble."""
    from milomobile import logs, reference
    from milomobile.actions.open import open_profile

    logs.keep_in(folder)
    import milomobile.ui.desk  # noqa: F401  loaded by the worker that opens: the window only has to build it

    reference.communes(), reference.without_district()
    if not gc.get_freeze_count():
        # Nobody is open yet: what is loaded stays for good, and a lock that takes people out of memory need not search it.
        gc.freeze()

    made = handed.verbs(folder, open_profile(folder, adviser, password, now()))
    # As the first page asks: what takes long the first time is done here, not while the window waits.
    made.day(), made.waiting(), made.to_call()
    return made
