"""Colours, type and shapes (ux/DESIGN 3): one palette and one style sheet, made from tokens."""

from functools import cache

from PySide6.QtCore import QLibraryInfo, QTranslator
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from milomobile.paths import RESOURCES

FAMILY = "Atkinson Hyperlegible Next"
SCRIPTS = f'"{FAMILY}", "Noto Sans", "Noto Sans Arabic"'
"""The families of the turned screen: the usual one has neither Cyrillic nor Arabic."""
LIGHT = {
    "bg": "#F5F7F7",
    "surface": "#FFFFFF",
    "sunken": "#EDF2F2",
    "sidebar": "#E8EFEF",
    "hover": "#E1E9EA",
    "selected": "#DCEAEE",
    "line": "#CDD7D9",
    "control": "#6F8186",
    "text": "#0F1E22",
    "text2": "#3E5056",
    "text3": "#526469",
    "primary": "#0B5568",
    "primary_h": "#094757",
    "primary_p": "#073845",
    "on_primary": "#FFFFFF",
    "psoft": "#DCEAEE",
    "on_psoft": "#0A4656",
    "accent": "#F5B83D",
    "asoft": "#FFF0CF",
    "on_asoft": "#6E4300",
    "ok": "#17693A",
    "oksoft": "#DFF2E5",
    "on_oksoft": "#0F5730",
    "warn": "#8A4B00",
    "warnsoft": "#FFEFD3",
    "on_warnsoft": "#6E3C00",
    "err": "#B3261E",
    "errsoft": "#FCE7E5",
    "on_errsoft": "#8E1B14",
    "info": "#1E5AA0",
    "infosoft": "#E2EDFA",
    "on_infosoft": "#174A86",
    "halo": "#FFC62E",
    "focus": "#0F1E22",
    "track": "#DFE7E8",
    "c1": "#0B5568",
    "c2": "#C27A00",
}
"""The light theme; a test measures the contrast of each pair of text and ground."""

_SHEET = """
QWidget {{ font-family: "{family}"; font-size: 15px; color: {text}; }}
QMainWindow, #page {{ background: {bg}; }}
QDialog {{ background: {surface}; }}
#sidebar {{ background: {sidebar}; border-right: 1px solid {line}; }}
#bar {{ background: {surface}; border-top: 1px solid {line}; }}
QFrame[card="true"] {{ background: {surface}; border: 1px solid {line}; border-radius: 12px; }}
QFrame[quiet="true"] {{ background: {sunken}; border: none; border-radius: 10px; }}
QFrame[banner="info"] {{ background: {psoft}; border-radius: 10px; }}
QFrame[banner="info"] QLabel {{ color: {on_psoft}; }}
QFrame[banner="warn"] {{ background: {asoft}; border-radius: 10px; }}
QFrame[banner="err"] {{ background: {errsoft}; border-radius: 10px; }}
QFrame[banner="ok"] {{ background: {oksoft}; border-radius: 10px; }}
QFrame[banner="warn"] QLabel {{ color: {on_asoft}; }}
QFrame[banner="err"] QLabel {{ color: {on_errsoft}; }}
QFrame[banner="ok"] QLabel {{ color: {on_oksoft}; }}
QLabel {{ background: transparent; }}
QLabel[role="display"] {{ font-size: 28px; font-weight: 600; }}
QLabel[role="h1"] {{ font-size: 24px; font-weight: 600; }}
QLabel[role="h2"] {{ font-size: 17px; font-weight: 600; }}
QLabel[role="strong"] {{ font-weight: 600; }}
QLabel[role="medium"] {{ font-weight: 500; }}
QLabel[role="label"] {{ font-size: 14px; font-weight: 600; }}
QLabel[role="caption"] {{ font-size: 13px; color: {text3}; }}
QLabel[role="key_title"] {{ font-size: 13px; font-weight: 600; }}
QLabel[role="needed"] {{ font-size: 9px; color: {primary}; }}
QLabel[role="second"] {{ font-size: 14px; color: {text2}; }}
QLabel[role="person_title"] {{ font-size: 34px; font-weight: 600; }}
QLabel[role="person_agree"] {{ font-size: 17px; font-weight: 600; }}
QLabel[role="person_head"] {{ font-size: 20px; font-weight: 600; }}
QLabel[role="person"] {{ font-size: 17px; color: {text2}; }}
QLabel[role="number"] {{ font-size: 30px; font-weight: 600; }}
QLabel[role="key"] {{ font-size: 12px; font-weight: 500; color: {text2}; background: {surface};
  border: 1px solid {line}; border-radius: 4px; padding: 1px 7px; }}
QLabel[role="dot"] {{ color: {accent}; font-size: 20px; }}
QLabel[tone="err"] {{ font-size: 14px; color: {err}; font-weight: 500; }}
QLabel[tone="warn"] {{ font-size: 14px; color: {warn}; font-weight: 500; }}
QLabel[tone="ok"] {{ font-size: 14px; color: {ok}; font-weight: 500; }}
QLabel[pill="neutral"] {{ background: {sunken}; color: {text2}; border-radius: 11px; padding: 2px 10px; font-size: 13px; }}
QLabel[pill="warn"] {{ background: {warnsoft}; color: {on_warnsoft}; border-radius: 11px; padding: 2px 10px;
  font-size: 13px; font-weight: 600; }}
QLabel[pill="ok"] {{ background: {oksoft}; color: {on_oksoft}; border-radius: 11px; padding: 2px 10px; font-size: 13px; }}
QPushButton {{ min-height: 42px; border-radius: 10px; padding: 0 16px; font-weight: 600; background: {surface};
  border: 1px solid {control}; }}
QPushButton:hover {{ background: {hover}; }}
QPushButton[kind="primary"] {{ background: {primary}; color: {on_primary}; border: 2px solid {primary}; }}
QPushButton[kind="primary"]:hover {{ background: {primary_h}; }}
QPushButton[kind="primary"]:pressed {{ background: {primary_p}; }}
QPushButton[kind="tonal"] {{ background: {psoft}; color: {on_psoft}; border: 2px solid {psoft}; }}
QPushButton[tall="true"] {{ min-height: 54px; font-size: 16px; }}
QPushButton[kind="ghost"] {{ background: transparent; border: 2px solid transparent; }}
QPushButton[kind="hero"] {{ min-height: 54px; font-size: 17px; background: {primary}; color: {on_primary};
  border: 2px solid {primary}; }}
QPushButton[kind="hero"]:hover {{ background: {primary_h}; }}
QPushButton[kind="link"] {{ min-height: 26px; padding: 0 4px; border: 2px solid transparent; background: transparent;
  color: {primary}; text-decoration: underline; }}
QPushButton[kind="fold"] {{ min-height: 28px; padding: 0 6px 0 2px; border: 2px solid transparent; background: transparent;
  color: {primary}; text-align: left; }}
QPushButton[kind="choice"] {{ font-weight: 500; padding: 0 6px; text-align: center; }}
QPushButton[kind="choice"]:checked {{ background: {psoft}; color: {on_psoft}; border: 2px solid {primary};
  font-weight: 600; }}
QPushButton[kind="cell"] {{ min-height: 36px; border-radius: 8px; font-weight: 500; padding: 0 8px; }}
QPushButton[kind="cell"]:checked {{ background: {psoft}; color: {on_psoft}; border: 2px solid {primary}; font-weight: 600; }}
QPushButton[kind="tile"] {{ min-height: 62px; padding: 0; }}
QPushButton[kind="tile"]:checked {{ background: {psoft}; border: 2px solid {primary}; }}
QPushButton[kind="agree"] {{ text-align: left; padding: 0; font-size: 17px; }}
QPushButton[kind="agree"]:checked {{ background: {psoft}; border: 2px solid {primary}; }}
QPushButton[kind="nav"] {{ text-align: left; border: 1px solid transparent; background: transparent; font-weight: 500;
  color: {text2}; padding: 0 12px; }}
QPushButton[kind="nav"]:hover {{ background: {hover}; }}
QPushButton[kind="nav"]:checked {{ background: {surface}; border: 1px solid {line}; color: {text}; font-weight: 600; }}
QPushButton[discreet="true"]:checked {{ background: {psoft}; border: 1px solid {psoft}; color: {on_psoft}; }}
QPushButton[kind="network"] {{ text-align: left; background: {surface}; border: 1px solid {line}; padding: 0; }}
QPushButton[kind="network"]:hover {{ background: {hover}; }}
QPushButton[kind="network"]:focus {{ border: 2px solid {focus}; }}
QPushButton[kind="find"] {{ border-radius: 8px; font-weight: 400; padding: 0 10px; min-height: 40px; }}
QPushButton[kind="segment"] {{ min-height: 36px; border: none; border-radius: 6px; background: transparent; padding: 0 3px;
  font-size: 14px; }}
QPushButton[kind="segment"]:hover {{ background: {hover}; }}
QPushButton[kind="segment"]:checked {{ background: {primary}; color: {on_primary}; }}
QFrame[segments="true"] {{ background: {surface}; border: 1px solid {control}; border-radius: 8px; }}
QToolButton {{ background: transparent; border: none; border-radius: 8px; }}
QToolButton:hover {{ background: {hover}; }}
QPushButton:disabled {{ background: {sunken}; color: {text3}; border: 2px solid {sunken}; }}
QLineEdit, QComboBox, QPlainTextEdit {{ min-height: 42px; border: 1px solid {control}; border-radius: 8px; padding: 0 10px;
  background: {surface}; selection-background-color: {primary}; selection-color: {on_primary}; }}
QPlainTextEdit {{ padding: 6px 8px; }}
QLineEdit[kind="number"] {{ min-height: 38px; padding: 0 4px; }}
QLineEdit[wrong="true"] {{ border: 2px solid {err}; }}
QComboBox::drop-down {{ border: none; width: 28px; }}
QComboBox::down-arrow {{ image: url({chevron}); width: 16px; height: 16px; }}
QComboBox QAbstractItemView {{ background: {surface}; border: 1px solid {line}; selection-background-color: {selected};
  selection-color: {text}; }}
QCheckBox {{ spacing: 10px; min-height: 28px; }}
QCheckBox::indicator {{ width: 20px; height: 20px; border: 2px solid {control}; border-radius: 5px;
  background: {surface}; }}
QCheckBox::indicator:checked {{ background: {primary}; border-color: {primary}; image: url({check}); }}
* {{ outline: none; }}
QListWidget, QListView, QTableView {{ background: transparent; border: none; outline: none; }}
QListView#completions {{ background: {surface}; border: 1px solid {line}; }}
QListView#completions::item {{ min-height: 34px; padding: 0 10px; }}
QListView#completions::item:selected, QListView#completions::item:hover {{ background: {selected}; color: {text}; }}
QTableView {{ selection-background-color: transparent; }}
QTableView[preview="true"] {{ font-size: 13px; }}
QTableView[figures="true"] {{ font-size: 15px; }}
QTableView[figures="true"] QHeaderView::section {{ background: transparent; border: none; border-bottom: 1px solid {line};
  padding: 4px 8px; font-weight: 600; color: {text2}; }}
QTableView[figures="true"]::item {{ padding: 0 8px; border-bottom: 1px solid {line}; }}
QTableView[preview="true"], QTableView[figures="true"] {{ selection-background-color: {selected}; selection-color: {text}; }}
QTableView[preview="true"] QHeaderView {{ background: transparent; border: none; }}
QTableView[preview="true"] QHeaderView::section {{ background: transparent; border: none; border-bottom: 1px solid {line};
  padding: 2px 6px 4px 2px; font-size: 13px; font-weight: 600; color: {text2}; }}
QPushButton[kind="chip"] {{ min-height: 30px; border-radius: 16px; padding: 0 14px; font-size: 14px; font-weight: 600; }}
QPushButton[kind="chip"]:checked {{ background: {primary}; color: {on_primary}; border: 1px solid {primary}; }}
QScrollArea {{ border: none; background: transparent; }}
QScrollArea > QWidget > QWidget {{ background: transparent; }}
QScrollBar:vertical {{ background: transparent; width: 10px; }}
QScrollBar::handle:vertical {{ background: {line}; border-radius: 5px; min-height: 40px; }}
QScrollBar:horizontal {{ background: transparent; height: 10px; }}
QScrollBar::handle:horizontal {{ background: {line}; border-radius: 5px; min-width: 40px; }}
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {{ background: none; height: 0; width: 0; }}
QProgressBar {{ background: {track}; border: none; border-radius: 7px; min-height: 14px; max-height: 14px; }}
QProgressBar::chunk {{ background: {primary}; border-radius: 7px; }}
QProgressBar[thin="true"] {{ min-height: 8px; max-height: 8px; border-radius: 4px; }}
QProgressBar[thin="true"]::chunk {{ border-radius: 4px; }}
QProgressBar[tone="ok"]::chunk {{ background: {ok}; }}
QProgressBar[tone="warn"]::chunk {{ background: {warn}; }}
QToolTip {{ background: {text}; color: {surface}; border: none; padding: 6px; }}
#tile {{ background: {primary}; border-radius: 10px; }}
#underline {{ background: {accent}; border-radius: 1px; }}
#rule {{ background: {line}; border: none; }}
#toast {{ background: {text}; border-radius: 10px; }}
#toast QLabel {{ color: {surface}; }}
QPushButton[kind="undo"] {{ min-height: 36px; padding: 0 10px; background: transparent; color: {surface};
  border: 2px solid transparent; text-decoration: underline; }}
QPushButton[kind="undo"]:hover {{ color: {text}; background: {hover}; }}
QPushButton[kind="small"] {{ min-height: 32px; border-radius: 8px; padding: 0 12px; font-size: 14px; background: {psoft};
  color: {on_psoft}; border: 2px solid {psoft}; }}
QPushButton[kind="quiet"] {{ min-height: 30px; border-radius: 8px; padding: 0; background: transparent;
  border: 2px solid transparent; }}
QPushButton[kind="quiet"]:hover {{ background: {hover}; }}
"""


STYLE = ("-style", "fusion")
"""For the application's arguments: asking for it later would load every style's table before the first page."""


def apply(app: QApplication) -> None:
    """The fonts, the words of Qt's own menus in French, one palette and one style sheet."""
    _speak_french(app)
    for file in sorted((RESOURCES / "fonts").glob("*.ttf")):
        QFontDatabase.addApplicationFont(str(file))
    app.setFont(QFont(FAMILY, 11))
    palette, roles = QPalette(), QPalette.ColorRole
    for role, token in (
        (roles.Window, "bg"),
        (roles.WindowText, "text"),
        (roles.Base, "surface"),
        (roles.AlternateBase, "sunken"),
        (roles.Text, "text"),
        (roles.Button, "surface"),
        (roles.ButtonText, "text"),
        (roles.Highlight, "primary"),
        (roles.HighlightedText, "on_primary"),
        (roles.PlaceholderText, "text3"),
    ):
        palette.setColor(role, QColor(LIGHT[token]))
    app.setPalette(palette)
    check = (RESOURCES / "icons" / "check-white.svg").as_posix()
    chevron = (RESOURCES / "icons" / "chevron-down.svg").as_posix()
    app.setStyleSheet(_SHEET.format(family=FAMILY, check=check, chevron=chevron, **LIGHT))


@cache
def load_scripts() -> None:
    """The fonts of the other scripts, once, when somebody is first shown them: the start does not wait for them."""
    for file in sorted((RESOURCES / "fonts" / "notice").glob("*.ttf")):
        QFontDatabase.addApplicationFont(str(file))


def restyle(widget: QWidget, name: str, value: object) -> None:
    """Sets a dynamic property that the style sheet reads, and draws the widget again."""
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def _speak_french(app: QApplication) -> None:
    if app.findChild(QTranslator) is None:
        words = QTranslator(app)
        words.load("qtbase_fr", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
        app.installTranslator(words)
