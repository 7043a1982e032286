"""The people of the pictures: a demonstration on a fixed day, and a stop at which some were met."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from milomobile import app
from milomobile.actions import demo
from milomobile.actions.open import open_profile
from milomobile.domain.encounters import Anonymous
from milomobile.domain.outings import Halt
from milomobile.store import settings
from milomobile.ui.desk import Desk
from milomobile.ui.window import Window
from tests.pictures.still import NOW

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


def profile(folder: Path) -> Path:
    """Sixty people and ninety encounters in a new folder, bound to an address at which nobody answers."""
    demo.make(folder, 60, 90, 7, NOW)
    (folder / demo.DEMO_PASSWORD).unlink()
    bind(folder)
    return folder


def opened(window: Window, folder: Path) -> Desk:
    """The desk of the demonstration's adviser, in a window that shows the unlock page."""
    window._opened(app.open_verbs(folder, demo.ADVISER, demo.PASSWORD))
    desk = window.centralWidget()
    assert isinstance(desk, Desk)
    return desk


def bind(profile: Path) -> None:
    """An address that nobody answers at: what waits is shown, nothing is sent."""
    opened = open_profile(profile, demo.ADVISER, demo.PASSWORD, NOW)
    with opened.store.write() as session:
        settings.put(session, {"server": "https://milo.exemple", "sealing_key": "00" * 32})
    opened.close()


def live(desk: Desk) -> None:
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
