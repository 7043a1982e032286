"""Codes that a telephone reads: the very text, crisp at every ratio, black on white, and nobody's name in it."""

from datetime import datetime

import pytest
import zxingcpp
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot

from milomobile.domain import pocket
from milomobile.domain.dates import LOCAL
from milomobile.domain.notice import Office
from milomobile.ui.parts.qr import QrCode
from milomobile.ui.parts.sheet import Sheet
from milomobile.ui.window import Window
from tests.conftest import line
from tests.ui.test_window import desk_of, window  # noqa: F401

EVENT = pocket.event(datetime(2026, 11, 26, 10, 0, tzinfo=LOCAL), "Pôle des Lauriers, 3 bis rue d’Anjou ; hall")
OFFICE = Office("Mission Locale", "Metz", "03 53 01 00 00", "accueil@example.org")


def read(image: QImage) -> str:
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    size = (grey.height(), grey.bytesPerLine())
    pixels = memoryview(bytes(grey.constBits())).cast("B", size)  # type: ignore[call-overload]
    found = zxingcpp.read_barcodes(pixels)
    return str(found[0].text) if found else ""


def test_the_event_says_when_and_where_and_nothing_else() -> None:
    lines = EVENT.split("\r\n")
    assert (lines[0], lines[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    assert "DTSTART:20261126T090000Z" in lines
    assert "SUMMARY:RDV Mission Locale" in lines
    assert "LOCATION:Pôle des Lauriers\\, 3 bis rue d’Anjou \\; hall" in lines
    assert {line.split(":")[0] for line in lines} == {
        *("BEGIN", "END", "VERSION", "PRODID", "UID", "DTSTAMP", "DTSTART", "SUMMARY", "LOCATION")
    }
    assert pocket.event(datetime(2026, 7, 1, 10, 0, tzinfo=LOCAL), "a\nb").count("\n") == 10


def test_the_card_has_the_office_telephone_and_mail() -> None:
    said = pocket.card("Camille Lanterne", OFFICE)
    assert "FN:Camille Lanterne\r\n" in said
    assert "TEL;TYPE=WORK:03 53 01 00 00\r\n" in said
    assert "EMAIL;TYPE=WORK:accueil@example.org\r\n" in said


@pytest.mark.parametrize("text", [EVENT, pocket.card("Camille Lanterne", OFFICE), "x" * 700])
def test_a_telephone_reads_the_same_text(qtbot: QtBot, text: str) -> None:
    code = QrCode(text, "Rendez-vous")
    qtbot.addWidget(code)
    assert read(code.grab().toImage()) == text


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 1.75, 2.0])
def test_no_module_is_blurred_at_any_ratio(qtbot: QtBot, ratio: float) -> None:
    code = QrCode(EVENT, "Rendez-vous")
    qtbot.addWidget(code)
    side = round(code.width() * ratio)
    image = QImage(side, side, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(QColor("#162023"))
    code.render(image, QPoint(0, 0))
    colours = {image.pixelColor(x, y).name() for x in range(0, side - 1) for y in range(0, side - 1, 3)}
    assert colours <= {"#000000", "#ffffff"}
    assert read(image) == EVENT


def test_the_white_zone_around_is_four_modules_wide_on_a_dark_ground(qtbot: QtBot) -> None:
    code = QrCode(EVENT, "Rendez-vous")
    qtbot.addWidget(code)
    page = QImage(code.width() + 40, code.height() + 40, QImage.Format.Format_RGB32)
    page.fill(QColor("#0E1618"))
    painter = QPainter(page)
    painter.drawPixmap(20, 20, code.grab())
    painter.end()
    assert read(page) == EVENT
    dark = [x for x in range(code.width()) if page.pixelColor(20 + x, 20 + code.height() // 2).lightness() < 128]
    module = code.width() // code._image.width()
    assert min(dark) >= 4 * module


def test_a_click_or_space_enlarges_it(qtbot: QtBot) -> None:
    code = QrCode(EVENT, "Jeudi 26 novembre, 10 h")
    qtbot.addWidget(code)
    code.show()
    qtbot.mouseClick(code, Qt.MouseButton.LeftButton)
    sheets = code.findChildren(Sheet)
    large = sheets[0].findChild(QrCode)
    assert large is not None and large.width() >= 320
    assert read(large.grab().toImage()) == EVENT
    qtbot.keyClick(sheets[0], Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not code.findChildren(Sheet))


def test_saving_with_an_appointment_offers_its_code(window: Window, qtbot: QtBot) -> None:  # noqa: F811
    desk = desk_of(window, qtbot)
    now = datetime.now(LOCAL)
    meeting = {"at": now.replace(year=now.year + 1, month=6, day=15).isoformat(), "place": "Pôle des Lauriers"}
    record, _ = desk._verbs.read(line(at=now.isoformat(), appointment=meeting))
    assert record
    desk.registration.saved.emit(desk._verbs.register(record))
    offered = window.findChildren(Sheet)
    assert len(offered) == 1
    code = offered[0].findChild(QrCode)
    assert code is not None and "Pôle des Lauriers" in read(code.grab().toImage())
    assert "Boussole" not in read(code.grab().toImage())
    offered[0].close()
    desk.show_place("people")
    desk.people.show_person(desk._verbs.day().met[0].person or "")
    assert "Pôle des Lauriers" in read(desk.people.findChildren(QrCode)[0].grab().toImage())


def test_saving_without_one_offers_nothing(window: Window, qtbot: QtBot) -> None:  # noqa: F811
    desk = desk_of(window, qtbot)
    record, _ = desk._verbs.read(line(at=datetime.now(LOCAL).isoformat()))
    assert record
    desk.registration.saved.emit(desk._verbs.register(record))
    assert not window.findChildren(Sheet)
