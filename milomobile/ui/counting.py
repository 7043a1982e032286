"""An anonymous contact counted over any page: told of in passing, and undone from there."""

from functools import partial

from PySide6.QtWidgets import QWidget

from milomobile.ui.news import News
from milomobile.ui.pages.anonymous import AnonymousSheet
from milomobile.ui.parts.toast import toast
from milomobile.ui.verbs import Verbs


def count(verbs: Verbs, news: News, over: QWidget, seen: tuple[str, str] | None = None) -> bool:
    """Asks in three clicks; `seen` are age and sex where they are known. Returns whether somebody was counted."""

    def undo(encounter: str) -> None:
        verbs.undo(encounter)
        news.outing.emit()
        news.outbox.emit()

    def counted(said: str, encounter: str) -> None:
        toast(over, said, partial(undo, encounter))

    sheet = AnonymousSheet(verbs, news, over.window(), seen)
    sheet.counted.connect(counted)
    return bool(sheet.exec())
