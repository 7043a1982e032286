"""Whatever a worker makes and lets go, a page that is over is taken apart on the window's thread."""

import gc
import threading
import weakref

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from milomobile.ui import collecting


class Page(QWidget):
    """One that holds itself, as pages do by their connections."""

    def __init__(self, ended: list[int]) -> None:
        super().__init__()
        self.me = self
        weakref.finalize(self, lambda: ended.append(threading.get_ident()))


def test_a_worker_never_takes_a_page_apart(qtbot: QtBot) -> None:
    window, ended = QWidget(), list[int]()
    qtbot.addWidget(window)
    collecting.here(window)
    Page(ended)

    def work() -> None:
        for _ in range(50_000):
            made: list[object] = []
            made.append(made)

    worker = threading.Thread(target=work)
    worker.start()
    worker.join()
    assert ended == []
    collecting.collect()
    gc.collect()
    assert ended == [threading.get_ident()]
