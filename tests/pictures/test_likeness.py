"""What the comparison sees (another place, colour, word) and what it does not (how edges are smoothed)."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QFont, QImage, QPainter
from PySide6.QtWidgets import QApplication

from milomobile.ui import look
from milomobile.ui.style import FAMILY
from tests.pictures.likeness import difference, unlike

WORDS = ("Marché de Borny", "Envoyé", "Nouvelle inscription", "19 ans")


@pytest.fixture(autouse=True)
def fonts(qapp: QApplication) -> None:
    look.apply(qapp)


def page(
    left: float = 40,
    button: str = "#0B5568",
    words: tuple[str, ...] = WORDS,
    aside: float = 0.0,
    hinted: QFont.HintingPreference = QFont.HintingPreference.PreferNoHinting,
    ground: str = "#F5F7F7",
    ink: str = "#3E5056",
) -> QImage:
    """A page of a button and some words."""
    made = QImage(480, 320, QImage.Format.Format_RGB32)
    made.fill(QColor(ground))
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(QColor(button))
    painter.drawRoundedRect(QRectF(left, 40, 160, 46), 10, 10)
    font = QFont(FAMILY)
    font.setPixelSize(13)
    font.setHintingPreference(hinted)
    painter.setFont(font)
    painter.setPen(QColor(ink))
    for line, word in enumerate(words):
        painter.drawText(QPointF(40 + aside, 130 + 30 * line), word)
    painter.end()
    return made


@pytest.mark.parametrize(
    "changed",
    [
        lambda: page(left=44),
        lambda: page(button="#17693A"),
        lambda: page(button="#0B5578"),
        lambda: page(words=("Marché de Borny", "", "Nouvelle inscription", "19 ans")),
        lambda: page(words=("Marché de Borny", "Refusé", "Nouvelle inscription", "19 ans")),
        lambda: page(ground="#FFFFFF"),
        lambda: page(ink="#0F1E22"),
        lambda: page(aside=4),
        lambda: page().copy(0, 0, 479, 320),
    ],
    ids=["moved", "green", "a shade", "no word", "another word", "white", "darker", "words moved", "narrower"],
)
def test_what_is_changed_is_seen(changed: Callable[[], QImage]) -> None:
    assert unlike(page(), changed()) and unlike(changed(), page())


@settings(max_examples=20, deadline=None)
@given(st.floats(0, 0.5), st.sampled_from([*QFont.HintingPreference]))
def test_how_edges_are_smoothed_is_not(aside: float, hinted: QFont.HintingPreference) -> None:
    assert unlike(page(), page(aside=aside, hinted=hinted)) == ""


@given(st.integers(-3, 3))
def test_the_same_is_the_same_and_differs_nowhere(by: int) -> None:
    moved = page(left=40 + by)
    assert unlike(moved, moved) == ""
    same = difference(moved, moved)
    assert {same.pixelColor(x, y).name() for x in range(0, 480, 16) for y in range(0, 320, 16)} == {"#000000"}


def test_few_colours_are_not_seen() -> None:
    few = page().convertToFormat(QImage.Format.Format_Indexed8).convertToFormat(QImage.Format.Format_RGB32)
    assert unlike(page(), few) == ""
