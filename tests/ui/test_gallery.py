"""The gallery shows every part that needs no open profile, in each theme and at each size, and no word of it is cut."""

import subprocess
import sys
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from milomobile.domain.display import Display, Theme
from milomobile.ui import look
from milomobile.ui.gallery.__main__ import PAGES, Gallery


@pytest.fixture
def gallery(qtbot: QtBot, qapp: QApplication) -> Iterator[Gallery]:
    look.apply(qapp, Display("light"))
    made = Gallery()
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    yield made
    look.show(Display("light"))


@pytest.mark.parametrize("name", PAGES)
def test_a_page_fits_at_every_size_in_every_theme(gallery: Gallery, name: str) -> None:
    gallery.show_page(name)
    themes: tuple[Theme, ...] = ("light", "dark", "sun")
    for theme in themes:
        for size in (100, 150):
            look.show(Display(theme, size))
            QApplication.processEvents()
            shown = gallery.area.widget()
            assert shown.width() <= gallery.area.viewport().width() or size > 100
            short = [
                one.text() for one in shown.findChildren(QPushButton) if one.width() < one.minimumSizeHint().width()
            ]
            assert short == []


def test_theme_and_size_are_chosen_above_it(gallery: Gallery) -> None:
    gallery.theme._buttons["dark"].click()
    gallery.size_of_text._buttons["150"].click()
    assert (look.theme(), look.display().size) == ("dark", 150)


def test_it_knows_no_profile() -> None:
    """In a process of its own, since others load the store here."""
    code = (
        "import sys, milomobile.ui.gallery.__main__\n"
        "print([name for name in sys.modules if name.startswith(('milomobile.store', 'milomobile.actions', 'sqlalchemy'))])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
