"""Every sheet there is, made over a desk for a test to look at: open, and all that it asked for arrived."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from milomobile import reference
from milomobile.domain.dates import LOCAL
from milomobile.domain.sending import Refused
from milomobile.ui.day.closing import CloseSheet
from milomobile.ui.desk import Desk
from milomobile.ui.pages.anonymous import AnonymousSheet
from milomobile.ui.pages.compare import CompareSheet
from milomobile.ui.pages.leave import LeaveSheet
from milomobile.ui.pages.other_day import OtherDaySheet
from milomobile.ui.pages.stop import StopSheet
from milomobile.ui.parts.about import LicencesSheet
from milomobile.ui.parts.aid import AidSheet, BugSheet
from milomobile.ui.parts.asking_sheet import AskingSheet
from milomobile.ui.parts.enlarged import EnlargedSheet
from milomobile.ui.parts.qr import show_code
from milomobile.ui.parts.services import ServicesSheet
from milomobile.ui.parts.sheet import Sheet
from milomobile.ui.parts.sought_sheet import SoughtSheet
from milomobile.ui.person.erase import EraseSheet
from milomobile.ui.person.export import ExportSheet
from milomobile.ui.report.figures import BehindSheet, FiguresSheet


def zephyrine(desk: Desk) -> str:
    return next(one.id for one in desk._verbs.search("quintefeuille") if one.name == "Zéphyrine Quintefeuille")


def compare(desk: Desk, _: Path) -> Sheet:
    who = zephyrine(desk)
    return CompareSheet(desk._verbs, desk._verbs.known(who), desk._verbs.doubles(who)[0], desk.window())


def sought(desk: Desk, folder: Path) -> Sheet:
    (folder / "list.csv").write_text("nom;prénom\nQuintefeuille;Zéphyrine\n", "utf-8")
    opened = desk._verbs.open_list(folder / "list.csv")
    return SoughtSheet(desk._verbs, desk._tasks, folder / "list.csv", opened, desk.window())


def behind(desk: Desk, _: Path) -> Sheet:
    today = desk._verbs.now().astimezone(LOCAL).date()
    return BehindSheet("Jeunes", desk._verbs.bilan.behind("T8:NOMINATIFS", today, today), desk.window())


def leaving(desk: Desk, _: Path) -> Sheet:
    return LeaveSheet(desk._verbs, Refused(1, None, "Zéphyrine Quintefeuille", "", None, "", None), desk.window())


def closing(desk: Desk, _: Path) -> Sheet:
    stop = desk._verbs.day().open_stop
    assert stop
    return CloseSheet(desk._verbs, stop, desk.window())


def figures(desk: Desk, _: Path) -> Sheet:
    assert desk.report.summary
    chart = desk.report.summary.charts[0]
    return FiguresSheet(chart, chart, "", desk.window())


def diagnose(_: Path) -> tuple[str, ...]:
    return ()


SHEETS: dict[type[Sheet], Callable[[Desk, Path], Sheet]] = {
    Sheet: lambda desk, _: show_code(desk.window(), "Zéphyrine Quintefeuille", "0353011299"),
    AidSheet: lambda desk, _: AidSheet(reference.guide(), "", diagnose, desk._tasks, desk.window()),
    AnonymousSheet: lambda desk, _: AnonymousSheet(desk._verbs, desk.news, desk.window()),
    AskingSheet: lambda desk, _: AskingSheet(desk.window(), desk._tasks, ("?", "", "Oui"), (), lambda: None),
    BehindSheet: behind,
    BugSheet: lambda desk, _: BugSheet("7F3A91C2", diagnose, desk._tasks, desk.window()),
    CloseSheet: closing,
    CompareSheet: compare,
    EnlargedSheet: lambda desk, _: EnlargedSheet("images/anonyme.png", "Un contact anonyme", desk.window()),
    EraseSheet: lambda desk, _: EraseSheet(desk._verbs, desk._verbs.sheet(zephyrine(desk)), desk.window()),
    ExportSheet: lambda desk, _: ExportSheet(desk._verbs, zephyrine(desk), desk.window()),
    FiguresSheet: figures,
    LeaveSheet: leaving,
    LicencesSheet: lambda desk, _: LicencesSheet(desk._verbs.support.parts(), desk.window()),
    OtherDaySheet: lambda desk, _: OtherDaySheet(desk._verbs, desk.news, desk.window()),
    ServicesSheet: lambda desk, _: ServicesSheet(desk._verbs, lambda _: None, None, (), desk.window()),
    SoughtSheet: sought,
    StopSheet: lambda desk, _: StopSheet(desk._verbs, desk.window()),
}


@contextmanager
def opened(kind: type[Sheet], desk: Desk, qtbot: QtBot, folder: Path) -> Iterator[Sheet]:
    """One of them over « Bilan », with the keyboard; `folder` for its files."""
    desk.show_place("report")
    settled(desk, qtbot)
    sheet = SHEETS[kind](desk, folder)
    sheet.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(sheet)
    sheet.open()
    qtbot.waitUntil(sheet.isActiveWindow)
    settled(desk, qtbot)
    try:
        yield sheet
    finally:
        sheet.reject()


def settled(desk: Desk, qtbot: QtBot) -> None:
    """Nothing is awaited any more: what was asked for before came, and moves nothing under the looking eye."""
    for ask in (desk._tasks.run, desk._tasks.read):
        came = list[object]()
        ask(lambda: None, came.append, came.append)
        qtbot.waitUntil(lambda came=came: bool(came))
