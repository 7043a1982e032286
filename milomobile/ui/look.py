"""What every painter asks: the colours of the theme, the size of the text, whether things move; and how they change."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from typing import Any
from weakref import WeakSet

from PySide6.QtCore import QLibraryInfo, QObject, QSize, Qt, QTranslator, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from shiboken6 import isValid

from milomobile.domain.display import Display, Theme
from milomobile.paths import RESOURCES
from milomobile.ui import style, tokens
from milomobile.ui.style import FAMILY

SCRIPTS = f'"{FAMILY}", "Noto Sans", "Noto Sans Arabic"'
"""The families of the turned screen: the usual one has neither Cyrillic nor Arabic."""
STYLE = ("-style", "fusion")
"""For the application's arguments: asking for it later would load every style's table before the first page."""
_ROLES = (
    ("Window", "bg"),
    ("WindowText", "text"),
    ("Base", "surface"),
    ("AlternateBase", "sunken"),
    ("Text", "text"),
    ("Button", "surface"),
    ("ButtonText", "text"),
    ("BrightText", "on_primary"),
    ("Highlight", "primary"),
    ("HighlightedText", "on_primary"),
    ("PlaceholderText", "text3"),
    ("ToolTipBase", "text"),
    ("ToolTipText", "surface"),
    ("Link", "primary"),
    ("LinkVisited", "primary"),
    ("Accent", "primary"),
    ("Light", "surface"),
    ("Midlight", "hover"),
    ("Mid", "line"),
    ("Dark", "control"),
    ("Shadow", "text"),
)
_DISABLED = (
    ("WindowText", "text3"),
    ("Text", "text3"),
    ("ButtonText", "text3"),
    ("Base", "sunken"),
    ("Button", "sunken"),
)
_EFFECTS = ("General", "AnimateMenu", "FadeMenu", "AnimateCombo", "AnimateTooltip", "FadeTooltip", "AnimateToolBox")
_SIZED, _MEASURED = "sized", "measured"
_following: WeakSet[QWidget] = WeakSet()
"""What has sizes of its own to follow the text: asking Qt for all widgets also gives those that are just going."""
"""Properties of a widget: its sizes at 100 %, and what measures it."""


class _Look(QObject):
    """What is shown now: there is one screen, so there is one of it."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.display, self.theme = Display(), "light"
        self.before: Theme = "system"
        self.keep: Callable[[Display], None] = _nowhere


def _nowhere(_: Display) -> None:
    """Nothing is kept where no profile was named."""


_look = _Look()
changed = _look.changed
"""Told after each change of theme or size; widgets that only paint need not listen."""


def apply(app: QApplication, shown: Display | None = None, keep: Callable[[Display], None] = _nowhere) -> None:
    """The fonts, the words of Qt's own menus in French, the theme and the size; `keep` is told of each later choice."""
    _speak_french(app)
    _load_fonts()
    _look.keep = keep
    _watch()
    _dress(app, shown or Display())


def display() -> Display:
    """As chosen; what of it the system decides, `theme` and `moves` tell."""
    return _look.display


def show(wanted: Display) -> None:
    """Changes what is shown at once, then keeps it; raises Trouble where it could not be kept."""
    app = QApplication.instance()
    if isinstance(app, QApplication) and wanted != _look.display:
        _dress(app, wanted)
        _look.keep(wanted)


def toggle_sun() -> bool:
    """Plein soleil, or what was before it; returns whether it is on. Raises Trouble as `show` does."""
    now = _look.display
    on = _look.theme != "sun"
    if on:
        _look.before = now.theme
    show(replace(now, theme="sun" if on else _without_sun(_look.before)))
    return on


def _without_sun(before: Theme) -> Theme:
    """Where the system asks for more contrast, its own choice would be Plein soleil again."""
    if _chosen(Display(before)) != "sun":
        return before
    return "dark" if QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark else "light"


def theme() -> str:
    """« light », « dark » or « sun »."""
    return _look.theme


def colour(token: str) -> QColor:
    """A token of ui/tokens in the theme shown."""
    return QColor(tokens.THEMES[_look.theme][token])


def colours() -> Mapping[str, str]:
    """All of them, as hex."""
    return tokens.THEMES[_look.theme]


def px(usual: float) -> int:
    """Pixels at 100 % → at the size of the text chosen."""
    return round(usual * _look.display.size / 100)


def moves() -> bool:
    """Whether what moves only to please may."""
    return _look.display.motion == "system" and _system_effects()[Qt.UIEffect.UI_General]


def sized(widget: QWidget, **pixels: int) -> None:
    """Sizes that follow the text, in pixels at 100 %: width, height (both fixed), least_width, least_height, most_width, most_height,
    icon_width and icon_height.
    """
    kept = {**(widget.property(_SIZED) or {}), **pixels}
    widget.setProperty(_SIZED, kept)
    _following.add(widget)
    _measure(widget, pixels)


def measured(widget: QWidget, measure: Callable[[Any], object]) -> None:
    """Sizes that are made of others: `measure` is called with the widget now, and at each change."""
    widget.setProperty(_MEASURED, measure)
    _following.add(widget)
    measure(widget)


@cache
def load_scripts() -> None:
    """The fonts of the other scripts, once, when somebody is first shown them: the start does not wait for them."""
    for file in sorted((RESOURCES / "fonts" / "notice").glob("*.ttf")):
        QFontDatabase.addApplicationFont(str(file))


def restyle(widget: QWidget, name: str, value: object) -> None:
    """Sets a dynamic property that the style sheet reads, and draws the widget again where it is another."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def _measure(widget: QWidget, pixels: dict[str, int]) -> None:
    for name, usual in pixels.items():
        if name in _SETTERS:
            _SETTERS[name](widget, px(usual))
    if "icon_height" in pixels:
        assert isinstance(widget, QAbstractButton)
        widget.setIconSize(QSize(px(pixels["icon_width"]), px(pixels["icon_height"])))


_SETTERS: dict[str, Callable[[QWidget, int], None]] = {
    "width": QWidget.setFixedWidth,
    "height": QWidget.setFixedHeight,
    "least_width": QWidget.setMinimumWidth,
    "least_height": QWidget.setMinimumHeight,
    "most_width": QWidget.setMaximumWidth,
    "most_height": QWidget.setMaximumHeight,
}


def _dress(app: QApplication, shown: Display) -> None:
    """The palette first: what the sheet does not name takes its colours from there.

    In place of a sheet another would take ten times as long as on none.
    """
    _look.display = shown
    _tell_system(shown)
    _look.theme = _chosen(shown)
    if shown.motion == "less" or _system_effects.cache_info().currsize:
        for effect, usual in _system_effects().items():
            QApplication.setEffectEnabled(effect, usual and shown.motion == "system")
    app.setStyleSheet("")
    app.setFont(QFont(FAMILY, 11))
    app.setPalette(_palette())
    app.setStyleSheet(style.sheet(_look.theme, px))
    for widget in list(_following):
        if not isValid(widget):
            continue
        if kept := widget.property(_SIZED):
            _measure(widget, kept)
        if measure := widget.property(_MEASURED):
            measure(widget)
    _look.changed.emit()


def _palette() -> QPalette:
    made = QPalette()
    for role, token in _ROLES:
        made.setColor(QPalette.ColorRole[role], colour(token))
    for role, token in _DISABLED:
        made.setColor(QPalette.ColorGroup.Disabled, QPalette.ColorRole[role], colour(token))
    return made


def _chosen(shown: Display) -> str:
    if shown.theme != "system":
        return shown.theme
    hints = QGuiApplication.styleHints()
    return of_system(hints.colorScheme(), hints.accessibility().contrastPreference())


def of_system(scheme: Qt.ColorScheme, contrast: Qt.ContrastPreference) -> str:
    """The theme that the system's settings ask for; more contrast goes before light or dark."""
    if contrast == Qt.ContrastPreference.HighContrast:
        return "sun"
    return "dark" if scheme == Qt.ColorScheme.Dark else "light"


def _tell_system(shown: Display) -> None:
    """The frame around the window, which the system draws, goes with what is in it."""
    hints = QGuiApplication.styleHints()
    if shown.theme == "system":
        hints.unsetColorScheme()
    else:
        hints.setColorScheme(Qt.ColorScheme.Dark if shown.theme == "dark" else Qt.ColorScheme.Light)


@cache
def _system_effects() -> dict[Qt.UIEffect, bool]:
    """What fades and slides of Qt's own menus and lists, as the laptop is set."""
    effects = [Qt.UIEffect[f"UI_{name}"] for name in _EFFECTS]
    return {effect: QApplication.isEffectEnabled(effect) for effect in effects}


@cache
def _watch() -> None:
    hints = QGuiApplication.styleHints()
    hints.colorSchemeChanged.connect(_follow)
    hints.accessibility().contrastPreferenceChanged.connect(_follow)


def _follow(*_: object) -> None:
    app = QApplication.instance()
    if isinstance(app, QApplication) and _look.display.theme == "system" and _chosen(_look.display) != _look.theme:
        _dress(app, _look.display)


@cache
def _load_fonts() -> None:
    for file in sorted((RESOURCES / "fonts").glob("*.ttf")):
        QFontDatabase.addApplicationFont(str(file))


def _speak_french(app: QApplication) -> None:
    if app.findChild(QTranslator) is None:
        shipped = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        for name, place in (("qtbase_fr", shipped), ("missing_fr", str(RESOURCES / "qt"))):
            words = QTranslator(app)
            words.load(name, place)
            app.installTranslator(words)
