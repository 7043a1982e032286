"""How the form stands on its page: the rail left of it, the head over it, what helps beside it, the bar under it."""

from collections.abc import Iterator

from PySide6.QtWidgets import QWidget

from milomobile.ui.form.aside import Aside
from milomobile.ui.form.bar import SaveBar
from milomobile.ui.form.head import Head
from milomobile.ui.form.rail import Rail
from milomobile.ui.form.sections import Sections
from milomobile.ui.look import px
from milomobile.ui.parts.boxes import COMPACT, LOW, NARROW, column, row


def lay(page: QWidget, rail: Rail, head: Head, sections: Sections, aside: Aside, bar: SaveBar) -> Iterator[None]:
    """A slice each time, in the order of Tab; what stands in the page once is not moved again, which takes long."""
    middle = row(22, sections, 6, spacing=0)
    middle.setStretch(1, 1)
    right = column(head, middle, spacing=0)
    right.setStretch(1, 1)
    whole = row(rail, right, spacing=0)
    whole.setStretch(1, 1)
    page.setLayout(whole)
    yield
    yield from sections.lay()
    middle.addWidget(aside)
    right.addWidget(bar)


def fit(page: QWidget, rail: Rail, aside: Aside) -> None:
    """A small window folds the rail and lays what helps under the form."""
    size = page.window().size()
    compact, narrow = size.width() < px(COMPACT) or size.height() < px(LOW), size.width() < px(NARROW)
    rail.fold(compact)
    aside.fit(compact, narrow)
