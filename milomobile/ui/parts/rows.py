"""Rows of a list: time, avatar, name, a second line, a pill and whether it was sent, painted from one value."""

from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate
from PySide6.QtWidgets import QStyleOptionViewItem as Option

from milomobile.ui import icons, look
from milomobile.ui.parts import names, paint
from milomobile.ui.parts.hidden import Hidden

LINE = Qt.ItemDataRole.UserRole + 1
"""The role under which a row's Line is kept; what the row is about stays under UserRole."""
_Index = QModelIndex | QPersistentModelIndex


class Mark(Enum):
    """Where a record is: the icon, its colour, and the words for a tooltip."""

    HERE = ("device-laptop", "text2", "Gardé ici")
    WAITING = ("cloud-up", "text2", "À envoyer")
    SENT = ("cloud-check", "ok", "Envoyé")


@dataclass(frozen=True)
class Line:
    """What one row shows. `said` is its one sentence for screen readers; `typed` what to light up in the name.

    `picture` is an icon's name, drawn in the disc where there are no letters; `tone` colours the pill.
    One that `leads` to another page ends in an arrow head.
    """

    name: str
    said: str
    second: str = ""
    third: str = ""
    letters: str = ""
    picture: str = ""
    disc: str = "primary"
    before: str = ""
    beside: str = ""
    after: str = ""
    pill: str = ""
    tone: str = "neutral"
    act: str = ""
    mark: Mark | None = None
    tinted: bool = False
    joined: bool = False
    typed: str = ""
    key: str = ""
    leads: bool = False


class Rows(QStyledItemDelegate):
    """Paints Lines `height` pixels high; a hairline parts them where `ruled`."""

    def __init__(self, view: QAbstractItemView, height: int = 52, disc: int = 36, ruled: bool = True) -> None:
        super().__init__(view)
        self._height, self._disc, self._ruled = height, disc, ruled

    def sizeHint(self, option: Option, index: _Index) -> QSize:
        """The same height for every row; a third line adds its own."""
        line = index.data(LINE)
        more = paint.small() if isinstance(line, Line) and line.third else 0
        return QSize(0, look.px(self._height) + more)

    def paint(self, painter: QPainter, option: Option, index: _Index) -> None:
        """One row, with the ring where the keyboard stands on it."""
        line = index.data(LINE)
        if not isinstance(line, Line):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        last = index.row() == index.model().rowCount() - 1
        self._ground(painter, option, line, last)
        inner = option.rect.adjusted(12, 0, -12, 0)
        if line.before:
            paint.words(painter, inner.left(), inner, line.before, "caption", "text3")
            inner.setLeft(inner.left() + look.px(68))
        self._face(painter, option, inner, line, last)
        inner.setLeft(inner.left() + look.px(self._disc) + 12)
        self._texts(painter, option, inner, line)
        if option.state & QStyle.StateFlag.State_HasFocus:
            paint.ring(painter, option.rect)
        painter.restore()

    def _ground(self, painter: QPainter, option: Option, line: Line, last: bool) -> None:
        states = QStyle.StateFlag
        token = "selected" if option.state & states.State_Selected else "sunken" if line.tinted else ""
        if not token and option.state & states.State_MouseOver and option.state & states.State_Enabled:
            token = "hover"
        if token:
            paint.box(painter, option.rect, token, 8)
            if token == "selected" and not option.state & states.State_HasFocus:
                paint.marker(painter, option.rect)
        elif self._ruled and not last:
            left = option.rect.left() + 12 + (look.px(68) if line.before else 0)
            paint.rule(painter, left, option.rect.right() - 12, option.rect.bottom())

    def _face(self, painter: QPainter, option: Option, inner: QRect, line: Line, last: bool) -> None:
        side = look.px(self._disc)
        top = inner.top() + (4 if line.joined else (inner.height() - side) // 2)
        disc = QRect(inner.left(), top, side, side)
        if line.joined and not last:
            paint.box(
                painter, QRect(disc.center().x(), disc.bottom() + 2, 2, inner.bottom() - disc.bottom()), "line", 0
            )
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        hidden = isinstance(line.name, Hidden)
        letters, picture = ("", "user") if hidden else (line.letters, line.picture)
        tone = "selected" if selected else "quiet" if hidden else line.disc
        paint.avatar(painter, disc, letters, picture, tone)

    def _texts(self, painter: QPainter, option: Option, inner: QRect, line: Line) -> None:
        height = paint.body() + paint.small() * (1 + bool(line.third))
        top = inner.top() + (2 if line.joined else (inner.height() - height) // 2)
        first = QRect(inner.left(), top, inner.width(), paint.body())
        second = QRect(inner.left(), top + paint.body(), inner.width(), paint.small())
        if line.after:
            first.setRight(paint.words_right(painter, first, line.after, "caption", "text3") - 8)
            second.setRight(self._states(painter, second, line) - 8)
        else:
            edge = self._states(painter, inner, line) - 8
            first.setRight(edge)
            second.setRight(edge)
        if isinstance(line.name, Hidden):
            self._bars(painter, first, second, bool(option.state & QStyle.StateFlag.State_Selected))
            return
        aside = paint.width(painter, line.beside, "body") + 16 if line.beside else 0
        edge = names.write(painter, first.adjusted(0, 0, -aside, 0), line.name, line.typed)
        paint.words(painter, edge + 10, first, line.beside, "body", "text2")
        paint.words(painter, second.left(), second, line.second, "caption", "text2")
        if line.third:
            below = second.translated(0, paint.small())
            below.setRight(inner.right())
            paint.words(painter, below.left(), below, line.third, "caption", "text2")

    def _bars(self, painter: QPainter, first: QRect, second: QRect, selected: bool) -> None:
        """In place of a name and of what stands below it, of a length that tells nothing."""
        for line, long, high, token in ((first, 108, 12, "line"), (second, 168, 10, "line" if selected else "track")):
            left, wide = line.left(), max(0, min(long, line.width()))
            paint.box(painter, QRect(left, line.center().y() - high // 2, wide, high), token, high // 2)

    def _states(self, painter: QPainter, inner: QRect, line: Line) -> int:
        """Mark, act and pill from the right; returns where they begin."""
        edge = inner.right()
        if line.leads:
            side = look.px(18)
            icons.draw(painter, edge - side, inner.center().y() - side // 2, "chevron-right", "text2", side)
            edge -= side + 8
        if line.key:
            edge -= paint.keycap_width(line.key)
            paint.keycap(painter, edge, inner, line.key, "text2", "surface")
            edge -= 12
        if line.mark:
            picture, token, _ = line.mark.value
            side = look.px(18)
            icons.draw(painter, edge - side, inner.center().y() - side // 2, picture, token, side)
            edge -= side + 12
        if line.act:
            edge = paint.act(painter, edge, inner, line.act) - 12
        if line.pill:
            edge = paint.pill(painter, edge, inner, line.pill, line.tone) - 12
        return edge


def dress(view: QAbstractItemView, rows: Rows) -> None:
    """Gives a list its painted rows: no sideways scrolling, smooth steps, hover."""
    view.setItemDelegate(rows)
    view.setMouseTracking(True)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)


def paints_ring(view: QAbstractItemView) -> bool:
    """Whether the row at hand shows where the keyboard is."""
    return isinstance(view.itemDelegate(), Rows) and view.currentIndex().isValid()


def value(shown: object, role: int) -> object:
    """What a model answers in a role of a row that shows a Line."""
    if role == LINE:
        return shown
    if not isinstance(shown, Line):
        return None
    if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
        return shown.said
    return _tip(shown) if role == Qt.ItemDataRole.ToolTipRole else None


def _tip(line: Line) -> str:
    mark = line.mark.value[2] if line.mark else ""
    return "\n".join(text for text in (f"{line.name} {line.beside}".strip(), line.second, line.third, mark) if text)


def add(view: QListWidget, line: Line, what: object) -> QListWidgetItem:
    """One more row; `what` is handed back when it is chosen."""
    item = QListWidgetItem(line.said)
    item.setData(Qt.ItemDataRole.UserRole, what)
    for role in (LINE, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
        item.setData(role, value(line, role))
    view.addItem(item)
    return item


def fit(view: QListWidget) -> None:
    """Makes a list as high as its rows, for one that does not scroll by itself."""
    look.measured(view, _fit)


def _fit(view: QListWidget) -> None:
    view.setFixedHeight(sum(view.sizeHintForRow(place) for place in range(view.count())) + 2 * view.frameWidth())
