"""`python -m milomobile.ui.gallery`: the window that shows them, in each theme and size of the text."""

import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import cast

from PySide6.QtWidgets import QApplication, QScrollArea, QTabBar, QWidget

from milomobile.domain.display import SIZES, Display, Theme
from milomobile.ui import look
from milomobile.ui.gallery import asked, said
from milomobile.ui.parts.boxes import column, row, scrolled
from milomobile.ui.parts.choices import Choices
from milomobile.ui.parts.ring import Follower, Ring

PAGES: Mapping[str, Callable[[], QWidget]] = {
    "Boutons": said.buttons,
    "Choix": said.choices,
    "Textes": said.texts,
    "Messages": said.banners,
    "Avancement": said.waiting,
    "Par-dessus": said.over,
    "Notice": said.notice,
    "Champs": asked.fields,
    "Réponses": asked.groups,
    "Rangs": asked.lists,
    "Codes": asked.drawn,
    "Bureau": asked.office,
}
_THEMES = (("light", "Clair"), ("dark", "Sombre"), ("sun", "Plein soleil"))


class Gallery(QWidget):
    """One page at a time, under its name, the theme and the size."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setWindowTitle("Milo Mobile")
        self.tabs = QTabBar()
        for name in PAGES:
            self.tabs.addTab(name)
        self.theme = Choices("Thème", _THEMES, 3, segmented=True, titled=False)
        self.size_of_text = Choices(
            "Taille", [(str(size), f"{size}\u00a0%") for size in SIZES], 4, segmented=True, titled=False
        )
        for one in (self.theme, self.size_of_text):
            one.changed.connect(self._dress)
        self.area: QScrollArea = scrolled(QWidget())
        top = row(self.theme, self.size_of_text, spacing=16)
        self.setLayout(column(self.tabs, top, self.area, spacing=12, margins=(20, 16, 20, 16)))
        self.tabs.currentChanged.connect(self._show)
        look.changed.connect(self._tell)
        self._tell()
        self._follower = Follower(self)
        self._show(0)

    def show_page(self, name: str) -> None:
        """One of PAGES."""
        self.tabs.setCurrentIndex(list(PAGES).index(name))

    def _show(self, place: int) -> None:
        page = QWidget()
        page.setLayout(column(list(PAGES.values())[place](), -1, margins=(0, 0, 12, 12)))
        self.area.setWidget(page)
        for made in page.findChildren(QWidget):
            if made.property("ringed"):
                Ring(made)

    def _tell(self) -> None:
        self.theme.choose([look.theme()])
        self.size_of_text.choose([str(look.display().size)])

    def _dress(self) -> None:
        theme, size = cast(Theme, self.theme.value()), int(self.size_of_text.value() or 100)
        look.show(replace(look.display(), theme=theme, size=size))


def main() -> int:
    """The window, until it is closed."""
    application = QApplication([*sys.argv[:1], *look.STYLE])
    look.apply(application, Display("light"))
    gallery = Gallery()
    gallery.resize(1366, 768)
    gallery.show()
    return application.exec()


if __name__ == "__main__":
    sys.exit(main())
