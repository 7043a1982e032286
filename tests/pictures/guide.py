"""`make pictures`: the pictures of docs/guide and of the README, from the real program with invented people, on a fixed day."""

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from milomobile import app
from milomobile.domain.display import Display
from milomobile.ui.desk import Desk
from milomobile.ui.pages.anonymous import AnonymousSheet
from milomobile.ui.pages.registration import RegistrationPage
from milomobile.ui.pages.turned import TurnedPage
from milomobile.ui.person.erase import EraseSheet
from milomobile.ui.window import Window
from tests.pictures.invented import live, opened, profile
from tests.pictures.still import keep, shot, stand_still

PLACE = Path(__file__).parents[2] / "docs" / "guide" / "images"
_WIDE, _HIGH = 1366, 768


def main() -> None:
    """Makes all of them anew in `docs/guide/images`, or in the folder given."""
    make(Path(sys.argv[1]) if len(sys.argv) > 1 else PLACE)


def make(place: Path) -> list[Path]:
    """The pictures, in files of at most 256 colours; the clock of this process stands still from here on."""
    stand_still(Display("light"))
    place.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        return [keep(image, place / f"{name}.png") for name, image in _scenes(Path(folder))]


def _scenes(folder: Path) -> Iterator[tuple[str, QImage]]:
    window = _window(app.build(folder / "none"))
    yield "premier-demarrage", shot(window)
    window.close()
    kept = profile(folder / "profile")
    window = _window(app.build(kept))
    yield "ouvrir", shot(window)
    desk = opened(window, kept)
    live(desk)
    yield from _pages(window, desk)
    window.close()


def _pages(window: Window, desk: Desk) -> Iterator[tuple[str, QImage]]:
    desk.show_place("today")
    desk.today.new.setFocus()
    yield "journee", shot(window)
    yield "anonyme", _sheet(AnonymousSheet(desk._verbs, desk.news, window, None))
    desk.register()
    _type(desk.registration)
    yield "inscrire", shot(window)
    yield "ecran-tourne", _turned(desk)
    desk.registration.forget()
    ines = next(row.person for row in desk._verbs.day().met if row.person and row.name.startswith("Inès"))
    desk._show_person(ines)
    desk.people.list.setFocus()
    yield "retrouver", shot(window)
    yield "effacer", _sheet(EraseSheet(desk._verbs, desk._verbs.sheet(ines), window))
    for place, name in (("sync", "fin-de-journee"), ("report", "bilan")):
        desk.show_place(place)
        yield name, shot(window)
    desk.show_place("settings")
    desk.settings.show_section("Affichage")
    yield "reglages", shot(window)


def _type(form: RegistrationPage) -> None:
    """Somebody met before is typed again: the form proposes their file."""
    typed = {"given_name": "Ines", "birth_name": "Boussole", "birth_date": "12/03/2007"}
    for name, text in typed.items():
        edit: Any = form.fields[f"person.{name}"]
        edit.edit.setText(text)
        edit.edit.textEdited.emit(text)
        edit.edit.editingFinished.emit()
    form.already.look()
    form.keep()
    edit.edit.setFocus()


def _turned(desk: Desk) -> QImage:
    page = TurnedPage(desk._verbs.notices(19), desk._verbs.office.name, {}, "SPIP")
    page.resize(_WIDE, _HIGH)
    return _sheet(page)


def _window(window: Window) -> Window:
    window.resize(_WIDE, _HIGH)
    window.show()
    window.activateWindow()
    return window


def _sheet(shown: QWidget) -> QImage:
    shown.show()
    image = shot(shown)
    shown.close()
    shown.deleteLater()
    return image


if __name__ == "__main__":
    main()
