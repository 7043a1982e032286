"""A day at the window with 20,000 people in the store: the longest freeze, pages opened, a list scrolled, by keyboard."""

import statistics
import sys
import time
from pathlib import Path

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from milomobile import app
from milomobile.actions import purge
from milomobile.actions.open import open_profile
from milomobile.domain.outings import Halt
from milomobile.ui import look
from milomobile.ui.desk import Desk
from milomobile.ui.window import Window
from tests.bench.watch import FREEZE_MS, Watch
from tests.conftest import ADVISER, PASSWORD

PAGES = ("people", "sync", "report", "settings", "today")
PLAIN, CONTROL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
FAMILY = ("Banc", "Étang", "Verger", "Passerelle", "Lanterne")


def freezing(folder: Path) -> dict[str, object]:
    """Milliseconds; `folder` is a profile with many people, all sent. Named: the worst place, and all over 50 ms.

    `computed` is what the window's thread itself computed: on a busy machine the rest is waiting for a processor.
    """
    _settle(folder)
    qt = QApplication.instance() or QApplication([*sys.argv[:1], *look.STYLE])
    assert isinstance(qt, QApplication)
    look.apply(qt)
    window = app.build(folder)
    window.resize(1366, 768)
    window.show()
    qt.processEvents()
    with Watch() as watch:
        desk = unlock(watch, window)
        for _ in range(100):
            watch.do("a breath", _idle)
            time.sleep(0.01)
        pages = {name: [_opened(watch, desk, name) for _ in range(4)] for name in PAGES}
        desk._verbs.open_stop("Marché de Borny", "ARRET_MILO_MOBILE", "57463", "QN05720M", Halt())
        for number in range(5):
            register(watch, desk, number)
        find(watch, desk)
        frames = _scroll(watch, desk)
        del desk
        watch.do("lock", window.lock)
        for _ in range(20):
            watch.do("locked", _idle)
            time.sleep(0.01)
    window.close()
    late = sorted((turn for turn in watch.turns if turn.ms > FREEZE_MS), key=lambda turn: -turn.ms)
    worst = watch.worst()
    return {
        "worst_ms": worst.ms,
        "worst_at": f"{worst.act}: {worst.place}",
        "target_ms": FREEZE_MS,
        "over": [f"{turn.ms:.0f} ms ({turn.cpu_ms:.0f} computed) {turn.act}: {turn.place}" for turn in late[:20]],
        "turns": len(watch.turns),
        "key_p99_ms": _p99([turn.ms for turn in watch.turns if turn.act.startswith("type")]),
        "page_first_ms": {name: times[0] for name, times in pages.items()},
        "page_ms": {name: min(times[1:]) for name, times in pages.items()},
        "page_target_ms": 100,
        "frame_ms": {"median": statistics.median(frames), "p99": _p99(frames), "target": 1000 / 60},
    }


def _settle(folder: Path) -> None:
    """As in the evening before: everything was sent, and what had to go is gone."""
    profile = open_profile(folder, ADVISER, PASSWORD, app.now())
    with profile.store.write() as session:
        session.exec_driver_sql("DELETE FROM outbox")
    purge.purge(profile, app.now())
    profile.close()


def _p99(samples: list[float]) -> float:
    return statistics.quantiles(samples, n=100)[98]


def _idle() -> None:
    """Only what follows."""


def unlock(watch: Watch, window: Window) -> Desk:
    _write(watch, "type the password", PASSWORD)
    watch.do("open", lambda: QTest.keyClick(_at(), Qt.Key.Key_Return))
    watch.wait("opening", lambda: isinstance(window.centralWidget(), Desk))
    desk = window.centralWidget()
    assert isinstance(desk, Desk)
    watch.wait("opened", desk.today.isVisible)
    return desk


def _opened(watch: Watch, desk: Desk, name: str) -> float:
    ms = watch.do(f"show {name}", lambda: (desk.show_place(name), desk.window().repaint()))
    for _ in range(20):
        watch.do(f"after {name}", _idle)
    return ms


def register(watch: Watch, desk: Desk, number: int) -> None:
    saved = desk._verbs.count_people()
    watch.do("new form", lambda: QTest.keyClick(_at(), Qt.Key.Key_N, CONTROL))
    for words, key in (
        ("Inès", Qt.Key.Key_Return),
        (FAMILY[number % 5], Qt.Key.Key_Return),
        (f"{12 + number // 5:02}03200{number % 5 + 3}", Qt.Key.Key_F3),
        (f"063998{number:04}", Qt.Key.Key_F3),
        ("&", Qt.Key.Key_F3),
        ("&", Qt.Key.Key_F3),
    ):
        _write(watch, "type an answer", words)
        watch.do("next question", lambda key=key: QTest.keyClick(_at(), key))
    for _ in range(200):
        watch.do("looking for the person", _idle)
    watch.do("save", lambda: QTest.keyClick(_at(), Qt.Key.Key_Return, CONTROL))
    watch.wait("saved", lambda: desk._verbs.count_people() > saved, 10)


def find(watch: Watch, desk: Desk) -> None:
    for words in ("bous", "etang", "0639"):
        watch.do("search", lambda: QTest.keyClick(_at(), Qt.Key.Key_K, CONTROL))
        _write(watch, "type a search", words)
        for _ in range(200):
            watch.do("searching", _idle)
        watch.do("first found", lambda: QTest.keyClick(_at(), Qt.Key.Key_Down))
        watch.do("show the person", lambda: QTest.keyClick(_at(), Qt.Key.Key_Return))
        for _ in range(50):
            watch.do("shown", _idle)


def _scroll(watch: Watch, desk: Desk) -> list[float]:
    desk.show_place("people")
    QApplication.processEvents()
    view = desk.people.list.viewport()
    spot = QPointF(view.rect().center())
    frames = []
    for _ in range(300):
        turned = QWheelEvent(
            spot,
            view.mapToGlobal(spot),
            QPoint(),
            QPoint(0, -120),
            Qt.MouseButton.NoButton,
            PLAIN,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        frames.append(watch.do("scroll", lambda turned=turned: (QApplication.sendEvent(view, turned), view.repaint())))
    return frames


def _write(watch: Watch, act: str, words: str) -> None:
    for sign in words:
        typed = QKeyEvent(QKeyEvent.Type.KeyPress, 0, PLAIN, sign)
        watch.do(act, lambda typed=typed: QApplication.sendEvent(_at(), typed))


def _at() -> object:
    """What the next key goes to."""
    return QApplication.activePopupWidget() or QApplication.focusWidget()
