"""A window in a process of its own, half-way through three registrations: says when the drafts are kept, waits to die.

python -m tests.ui.typing_window PROFILE ADVISER PASSWORD
"""

import sys
from pathlib import Path

import keyring
from keyring.backends.fail import Keyring as NoKeyring
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from milomobile import app
from milomobile.ui import look
from milomobile.ui.desk import Desk
from milomobile.ui.parts.fields import Field

THREE = ("Ines", "Yanis", "Noe")


def main(folder: Path, adviser: str, password: str) -> None:
    """Types two answers of each of three people and never saves."""
    keyring.set_keyring(NoKeyring())
    application = QApplication([])
    look.apply(application)
    window = app.build(folder)
    window.show()
    verbs = app.open_verbs(folder, adviser, password)
    window._opened(verbs)
    desk = window.centralWidget()
    assert isinstance(desk, Desk)
    for given in THREE:
        desk.register()
        for name, text in (("person.given_name", given), ("person.birth_name", "Boussole")):
            field = desk.registration.fields[name]
            assert isinstance(field, Field)
            QTest.keyClicks(field.edit, text)

    def look_for_drafts() -> None:
        if sum(draft.answers.get("person.birth_name") == "Boussole" for draft in verbs.drafts()) == len(THREE):
            print("kept", flush=True)
            watch.stop()

    watch = QTimer(interval=50)
    watch.timeout.connect(look_for_drafts)
    watch.start()
    application.exec()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3])
