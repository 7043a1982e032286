"""`make pictures`: the pictures of docs/guide and of the README, from the real program with invented people, on a fixed day."""

import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import keyring
from keyring.backends.fail import Keyring as NoKeyring
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from milomobile import handed
from milomobile.actions import demo
from milomobile.actions.open import open_profile
from milomobile.domain.dates import LOCAL
from milomobile.domain.display import Display
from milomobile.domain.encounters import Anonymous
from milomobile.domain.outings import Halt
from milomobile.security import slots
from milomobile.store import settings
from milomobile.ui import look, network
from milomobile.ui.desk import Desk
from milomobile.ui.pages.anonymous import AnonymousSheet
from milomobile.ui.pages.registration import RegistrationPage
from milomobile.ui.pages.turned import TurnedPage
from milomobile.ui.person.erase import EraseSheet
from milomobile.ui.window import Window

NOW = datetime(2026, 11, 24, 15, 41, tzinfo=LOCAL)
PLACE = Path(__file__).parents[2] / "docs" / "guide" / "images"
_WIDE, _HIGH, _COLOURS = 1366, 768, 256
_HERE = ("Marché de Borny", "ARRET_MILO_MOBILE", "57463", "QN05720M")
_MET = (
    (
        "Inès",
        "Boussole",
        "2007-03-12",
        {"appointment": {"at": "2026-11-26T10:30:00+01:00", "place": "Pôle des Lauriers"}},
    ),
    ("Théo", "Bouclier", "2003-07-02", {}),
    ("Anaïs", "Boulevard", None, {"recall_on": "2026-11-24"}),
    ("Nora", "Passerelle", "2009-01-20", {}),
)


def main() -> None:
    """Makes all of them anew in `docs/guide/images`, or in the folder given."""
    make(Path(sys.argv[1]) if len(sys.argv) > 1 else PLACE)


def make(place: Path) -> list[Path]:
    """The pictures, in files of at most 256 colours; the clock of this process stands still from here on."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    keyring.set_keyring(NoKeyring())
    _stand_still()
    application = QApplication.instance() or QApplication([*sys.argv[:1], *look.STYLE])
    assert isinstance(application, QApplication)
    application.setCursorFlashTime(0)
    look.apply(application, Display("light"))
    place.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        return [_keep(image, place / f"{name}.png") for name, image in _scenes(Path(folder))]


def _stand_still() -> None:
    handed.now = lambda: NOW
    network.connected = lambda: False
    slots.RECIPE = slots.Cost(1, 64, 1)


def _scenes(folder: Path) -> Iterator[tuple[str, QImage]]:
    from milomobile import app

    app.now = handed.now
    window = _window(app.build(folder / "none"))
    yield "premier-demarrage", _shot(window)
    window.close()
    profile = folder / "profile"
    demo.make(profile, 60, 90, 7, NOW)
    (profile / demo.DEMO_PASSWORD).unlink()
    _bind(profile)
    window = _window(app.build(profile))
    yield "ouvrir", _shot(window)
    window._opened(app.open_verbs(profile, demo.ADVISER, demo.PASSWORD))
    desk = window.centralWidget()
    assert isinstance(desk, Desk)
    _live(desk)
    yield from _pages(window, desk)
    window.close()


def _bind(profile: Path) -> None:
    """An address that nobody answers at: what waits is shown, nothing is sent."""
    opened = open_profile(profile, demo.ADVISER, demo.PASSWORD, NOW)
    with opened.store.write() as session:
        settings.put(session, {"server": "https://milo.exemple", "sealing_key": "00" * 32})
    opened.close()


def _live(desk: Desk) -> None:
    """A stop at which people were met since two o’clock."""
    verbs, at = desk._verbs, NOW.replace(hour=14, minute=5)
    verbs.open_stop(*_HERE, Halt(partners=("SPIP", "APSIS-Émergence"), opened_at=at))
    for place, (given, family, born, more) in enumerate(_MET):
        line: dict[str, Any] = {
            "kind": "named",
            "at": (at + timedelta(minutes=9 + 17 * place)).isoformat(),
            "place": _HERE[0],
            "setting": _HERE[1],
            "person": {
                "given_name": given,
                "birth_name": family,
                "birth_date": born,
                "phone": f"03 53 01 22 3{place}",
                "commune": "57463",
                "postal_code": "57070",
                "qpv": "QN05720M",
                "qpv_status": "OUI",
            },
            "situation": {"category": "SANS_SITUATION"},
            "needs": ["EMPLOI", "LOGEMENT"][: 1 + place % 2],
            "notice": {"version": "2026-1", "how": "ORAL_AFFICHE"},
            **more,
        }
        record, _ = verbs.read(line)
        assert record is not None
        verbs.register(record)
    verbs.register(Anonymous(NOW - timedelta(minutes=20), *_HERE[:2], "18-21", "F", ("LOGEMENT",)))
    desk.news.outbox.emit()


def _pages(window: Window, desk: Desk) -> Iterator[tuple[str, QImage]]:
    desk.show_place("today")
    desk.today.new.setFocus()
    yield "journee", _shot(window)
    yield "anonyme", _sheet(AnonymousSheet(desk._verbs, desk.news, window, None))
    desk.register()
    _type(desk.registration)
    yield "inscrire", _shot(window)
    yield "ecran-tourne", _turned(desk)
    desk.registration.forget()
    ines = next(row.person for row in desk._verbs.day().met if row.person and row.name.startswith("Inès"))
    desk._show_person(ines)
    desk.people.list.setFocus()
    yield "retrouver", _shot(window)
    yield "effacer", _sheet(EraseSheet(desk._verbs, desk._verbs.sheet(ines), window))
    for place, name in (("sync", "fin-de-journee"), ("report", "bilan")):
        desk.show_place(place)
        yield name, _shot(window)
    desk.show_place("settings")
    desk.settings.show_section("Affichage")
    yield "reglages", _shot(window)


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
    image = _shot(shown)
    shown.close()
    shown.deleteLater()
    return image


def _shot(shown: QWidget) -> QImage:
    """Once nothing is left to be worked out or painted."""
    windows = [one for one in QApplication.topLevelWidgets() if isinstance(one, Window)]
    quiet = 0
    while quiet < 20:
        QApplication.processEvents()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        quiet = 0 if any(one.tasks._jobs or one.tasks._later for one in windows) else quiet + 1
        time.sleep(0.005)
    return shown.grab().toImage()


def _keep(image: QImage, file: Path) -> Path:
    """With its most frequent colours: a third of the bytes, and nobody sees it."""
    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    counted = Counter(memoryview(plain.constBits()).cast("I"))
    table = [colour | 0xFF000000 for colour, _ in sorted(counted.items(), key=lambda one: (-one[1], one[0]))[:_COLOURS]]
    plain.convertToFormat(QImage.Format.Format_Indexed8, table, Qt.ImageConversionFlag.AvoidDither).save(
        str(file), "PNG", 0
    )
    return file


if __name__ == "__main__":
    main()
