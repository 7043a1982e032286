"""A day at the window, driven from inside: `… tests.security.driven_day PROFILE EXPORTS STEP`.

STEP is `whole`, or the step after which the program kills itself.
"""

import os
import signal
import sys
from datetime import timedelta
from pathlib import Path

import keyring
from keyring.backends.fail import Keyring as NoKeyring
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QPushButton, QWidget

from milomobile import app
from milomobile.actions.open import create
from milomobile.domain.files import Asked
from milomobile.domain.outings import Halt
from milomobile.security import slots
from milomobile.ui import look, traces
from milomobile.ui.desk import Desk
from milomobile.ui.window import Window
from tests.ui.hands import choose, put

ADVISER, PASSWORD = "Wolfgangine Quertzenkamp", "Zyx-Quolibet-4711"
GIVEN, FAMILY, PHONE, MAIL = "Quvenzhanette", "Vlodrovskaya", "03 53 01 98 76", "quvenz.vlod@exemple.fr"
VISITED = "Wxyzdossier"
"""A folder that is chosen in a dialog: nothing writes down that it was."""
COMMENT, DRAFTED, PLACE = "Dort sous le viaduc Zoroastre", "Brzeczyszczykiewicz", "Rond-point Ouagalou"
MARKED = (
    *ADVISER.split(),
    PASSWORD,
    GIVEN,
    FAMILY,
    "353019876",
    "0353019876",
    PHONE,
    MAIL,
    "Zoroastre",
    DRAFTED,
    PLACE,
)


def main(folder: Path, exports: Path, last: str) -> None:
    """Never comes back where it kills itself."""
    keyring.set_keyring(NoKeyring())
    slots.RECIPE = slots.Cost(1, 64, 1)
    qt = QApplication([])
    qt.setApplicationName("Milo Mobile")
    traces.leave_none()
    look.apply(qt)
    create(folder, ADVISER, PASSWORD, app.now())
    window = app.build(folder)
    window.show()
    for name, step in _STEPS.items():
        step(window, folder, exports)
        _breathe()
        if name == last:
            os.kill(os.getpid(), signal.SIGKILL)
    window.close()
    _breathe()
    print("done", flush=True)


def _desk(window: Window) -> Desk:
    desk = window.centralWidget()
    assert isinstance(desk, Desk)
    return desk


def _breathe(milliseconds: int = 60) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def _unlock(window: Window, folder: Path, exports: Path) -> None:
    window._opened(app.open_verbs(folder, ADVISER, PASSWORD))
    _desk(window)._verbs.open_stop(PLACE, "RUE", None, None, Halt())


def _register(window: Window, folder: Path, exports: Path) -> None:
    desk = _desk(window)
    desk.register()
    form = desk.registration
    for name, text in (
        ("person.given_name", GIVEN),
        ("person.birth_name", FAMILY),
        ("person.phone", PHONE),
        ("person.email", MAIL),
        ("comment", COMMENT),
    ):
        put(form, name, text)
    choose(form, "situation.category", "SANS_SITUATION")
    choose(form, "notice.how", "ORAL_AFFICHE")
    form.save()
    assert desk._verbs.count_people() == 1


def _draft(window: Window, folder: Path, exports: Path) -> None:
    desk = _desk(window)
    desk.register()
    put(desk.registration, "person.birth_name", DRAFTED)
    desk.show_place("today")
    assert desk._verbs.drafts()


def _search(window: Window, folder: Path, exports: Path) -> None:
    desk = _desk(window)
    desk.show_place("people")
    desk.people.search(FAMILY)


def _export(window: Window, folder: Path, exports: Path) -> None:
    desk = _desk(window)
    desk.show_place("report")
    card = desk.report.card
    card.into(exports)
    card.form.choose(["csv"])
    card.export()
    while not list(exports.glob("*.csv")):
        _breathe()
    today = desk._verbs.now().date()
    for form in ("csv", "xlsx"):
        asked = Asked("contacts", today - timedelta(days=1), today, form)
        for place, secret in ((exports / f"noms.{form}", None), (exports / f"chiffre-{form}.zip", PASSWORD)):
            desk._verbs.files.write(asked, place, secret, lambda count, total: None, lambda: False)


def _choose_in_a_dialog(window: Window, folder: Path, exports: Path) -> None:
    """The toolkit's own dialog, as on a Linux desktop."""

    def accept() -> None:
        for dialog in QApplication.topLevelWidgets():
            if isinstance(dialog, QFileDialog):
                dialog.findChildren(QLineEdit)[0].setText(str(exports / VISITED / "copie.sauvegarde"))
                dialog.accept()

    (exports / VISITED).mkdir()
    (exports / VISITED / "copie.sauvegarde").touch()
    QTimer.singleShot(300, accept)
    desk = _desk(window)
    desk.show_place("settings")
    desk.settings.show_section("Sauvegardes")
    QTimer.singleShot(0, lambda: _press(desk.settings, "Vérifier une sauvegarde…"))
    _breathe(600)


def _press(page: QWidget, text: str) -> None:
    for found in page.findChildren(QPushButton):
        if found.text() == text:
            found.click()


def _crash(window: Window, folder: Path, exports: Path) -> None:
    """A bug, while somebody's name is in a local variable."""
    name = FAMILY
    try:
        raise RuntimeError(name)
    except RuntimeError as wrong:
        app._met_bug(folder, window, RuntimeError, wrong, wrong.__traceback__)


def _lock(window: Window, folder: Path, exports: Path) -> None:
    window.lock()


_STEPS = {
    "unlock": _unlock,
    "register": _register,
    "draft": _draft,
    "search": _search,
    "export": _export,
    "dialog": _choose_in_a_dialog,
    "crash": _crash,
    "lock": _lock,
}

if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
