"""The one style sheet over Fusion, made from the tokens of a theme and the size of the text."""

import re
from collections.abc import Callable, Mapping

from milomobile.paths import RESOURCES
from milomobile.ui import tokens

FAMILY = "Atkinson Hyperlegible Next"
_SHEET = """
QWidget {{ font-family: "{family}"; {type[body]} color: {text}; }}
QMainWindow, #page {{ background: {bg}; }}
QDialog {{ background: {surface}; }}
#sidebar {{ background: {sidebar}; border-right: {rule} solid {edge}; }}
#bar {{ background: {surface}; border-top: {rule} solid {edge}; }}
QFrame[card="true"] {{ background: {surface}; border: {rule} solid {edge}; border-radius: 12px; }}
QFrame[quiet="true"] {{ background: {sunken}; border: {quiet}; border-radius: 10px; }}
QFrame[banner="info"] {{ background: {psoft}; border: {quiet}; border-radius: 10px; }}
QFrame[banner="info"] QLabel {{ color: {on_psoft}; }}
QFrame[banner="warn"] {{ background: {asoft}; border: {quiet}; border-radius: 10px; }}
QFrame[banner="err"] {{ background: {errsoft}; border: {quiet}; border-radius: 10px; }}
QFrame[banner="ok"] {{ background: {oksoft}; border: {quiet}; border-radius: 10px; }}
QFrame[banner="warn"] QLabel {{ color: {on_asoft}; }}
QFrame[banner="err"] QLabel {{ color: {on_errsoft}; }}
QFrame[banner="ok"] QLabel {{ color: {on_oksoft}; }}
QLabel {{ background: transparent; }}
QLabel[role="display"] {{ {type[display]} }}
QLabel[role="h1"] {{ {type[h1]} }}
QLabel[role="h2"] {{ {type[h2]} }}
QLabel[role="strong"] {{ {type[strong]} }}
QLabel[role="medium"] {{ {type[medium]} }}
QLabel[role="label"] {{ {type[label]} }}
QLabel[role="caption"] {{ {type[caption]} color: {text3}; }}
QLabel[role="key_title"] {{ {type[pill]} }}
QLabel[role="second"] {{ {type[second]} color: {text2}; }}
QLabel[role="person_title"] {{ {type[person_title]} }}
QLabel[role="person_agree"] {{ {type[person_agree]} }}
QLabel[role="person_head"] {{ {type[person_head]} }}
QLabel[role="person"] {{ {type[person]} color: {text2}; }}
QLabel[role="number"] {{ {type[number]} }}
QLabel[role="key"] {{ {type[key]} color: {text2}; background: {surface};
  border: 1px solid {line}; border-radius: 4px; padding: 1px 7px; }}
QLabel[role="dot"] {{ color: {accent}; font-size: 20px; }}
QLabel[tone="err"] {{ {type[second]} color: {err}; font-weight: 500; }}
QLabel[tone="warn"] {{ {type[second]} color: {warn}; font-weight: 500; }}
QLabel[tone="ok"] {{ {type[second]} color: {ok}; font-weight: 500; }}
QLabel[pill="neutral"] {{ background: {sunken}; border: {quiet}; color: {text2}; border-radius: 11px; padding: 2px 10px; font-size: 13px; }}
QLabel[pill="warn"] {{ background: {warnsoft}; border: {quiet}; color: {on_warnsoft}; border-radius: 11px; padding: 2px 10px;
  font-size: 13px; font-weight: 600; }}
QLabel[pill="ok"] {{ background: {oksoft}; border: {quiet}; color: {on_oksoft}; border-radius: 11px; padding: 2px 10px; font-size: 13px; }}
QPushButton {{ min-height: 42px; border-radius: 10px; padding: 0 16px; font-weight: 600; background: {surface};
  border: {rule} solid {control}; }}
QPushButton:hover {{ background: {hover}; }}
QPushButton[kind="primary"] {{ background: {primary}; color: {on_primary}; border: 2px solid {primary}; }}
QPushButton[kind="primary"]:hover {{ background: {primary_h}; }}
QPushButton[kind="primary"]:pressed {{ background: {primary_p}; }}
QPushButton[kind="tonal"] {{ background: {psoft}; color: {on_psoft}; border: 2px solid {tonal}; }}
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
QPushButton[kind="nav"] {{ text-align: left; border: {rule} solid transparent; background: transparent; font-weight: 500;
  color: {text2}; padding: 0 12px; }}
QPushButton[kind="nav"][folded="true"] {{ text-align: center; padding: 0; }}
QPushButton[kind="nav"][low="true"] {{ min-height: 36px; }}
QPushButton[kind="nav"]:hover {{ background: {hover}; }}
QPushButton[kind="nav"]:checked {{ background: {surface}; border: {rule} solid {edge}; color: {text}; font-weight: 600; }}
QPushButton[discreet="true"]:checked {{ background: {psoft}; border: {rule} solid {tonal}; color: {on_psoft}; }}
QPushButton[kind="network"] {{ text-align: left; background: {surface}; border: {rule} solid {edge}; padding: 0; }}
QPushButton[kind="network"]:hover {{ background: {hover}; }}
QPushButton[kind="network"]:focus {{ border: 2px solid {focus}; }}
QPushButton[kind="find"] {{ border-radius: 8px; font-weight: 400; padding: 0 10px; min-height: 40px; }}
QPushButton[kind="segment"] {{ min-height: 36px; border: none; border-radius: 6px; background: transparent; padding: 0 3px;
  font-size: 14px; }}
QPushButton[kind="segment"]:hover {{ background: {hover}; }}
QPushButton[kind="segment"]:checked {{ background: {primary}; color: {on_primary}; }}
QFrame[segments="true"] {{ background: {surface}; border: {rule} solid {control}; border-radius: 8px; }}
QToolButton {{ background: transparent; border: none; border-radius: 8px; }}
QToolButton:hover {{ background: {hover}; }}
QPushButton:disabled {{ background: {sunken}; color: {text3}; border: 2px solid {off}; }}
QLineEdit, QComboBox, QPlainTextEdit {{ min-height: 42px; border: {rule} solid {control}; border-radius: 8px; padding: 0 10px;
  background: {surface}; selection-background-color: {primary}; selection-color: {on_primary};
  placeholder-text-color: {text3}; }}
QPlainTextEdit {{ padding: 6px 8px; }}
QLineEdit {{ lineedit-password-character: 8226; }}
QLineEdit:disabled, QComboBox:disabled, QPlainTextEdit:disabled {{ background: {sunken}; color: {text3}; border-color: {line}; }}
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
QListView#completions::item {{ min-height: 34px; padding: 0 8px; border: 2px solid transparent; }}
QListView#completions::item:selected {{ background: {selected}; color: {text}; border: 2px solid {primary}; border-radius: 6px; }}
QListView#completions::item:hover {{ background: {selected}; color: {text}; }}
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
QPushButton[kind="chip"] {{ min-height: 30px; border-radius: 15px; padding: 0 14px; font-size: 14px; font-weight: 600; }}
QPushButton[kind="chip"]:checked {{ background: {primary}; color: {on_primary}; border: 1px solid {primary}; }}
QScrollArea {{ border: none; background: transparent; }}
QAbstractScrollArea::corner {{ background: transparent; border: none; }}
QScrollArea > QWidget > QWidget {{ background: transparent; }}
QScrollBar:vertical {{ background: transparent; width: 10px; }}
QScrollBar::handle:vertical {{ background: {line}; border-radius: 5px; min-height: 40px; }}
QScrollBar:horizontal {{ background: transparent; height: 10px; }}
QScrollBar::handle:horizontal {{ background: {line}; border-radius: 5px; min-width: 40px; }}
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {{ background: none; height: 0; width: 0; }}
QProgressBar {{ background: {track}; border: none; border-radius: 6px; min-height: 14px; max-height: 14px; }}
QProgressBar::chunk {{ background: {primary}; border-radius: 6px; }}
QProgressBar[thin="true"] {{ min-height: 8px; max-height: 8px; border-radius: 3px; }}
QProgressBar[thin="true"]::chunk {{ border-radius: 3px; }}
QProgressBar[tone="ok"]::chunk {{ background: {ok}; }}
QProgressBar[tone="warn"]::chunk {{ background: {warn}; }}
QToolTip {{ background: {text}; color: {surface}; border: none; padding: 6px; }}
#tile {{ background: {brand}; border-radius: 10px; }}
#underline {{ background: {accent}; border-radius: 1px; }}
#visit {{ border: 2px solid {primary}; }}
#rule {{ background: {line}; border: none; }}
#toast {{ background: {text}; border-radius: 10px; }}
#toast QLabel {{ color: {surface}; }}
QPushButton[kind="undo"] {{ min-height: 36px; padding: 0 10px; background: transparent; color: {surface};
  border: 2px solid transparent; text-decoration: underline; }}
QPushButton[kind="undo"]:hover {{ color: {text}; background: {hover}; }}
QPushButton[kind="small"] {{ min-height: 32px; border-radius: 8px; padding: 0 12px; font-size: 14px; background: {psoft};
  color: {on_psoft}; border: 2px solid {tonal}; }}
QPushButton[kind="quiet"] {{ min-height: 30px; border-radius: 8px; padding: 0; background: transparent;
  border: 2px solid transparent; }}
QPushButton[kind="quiet"]:hover {{ background: {hover}; }}
"""
_GROWS = re.compile(r"((?:font-size|min-height|max-height|width|height|border-radius): )(\d+)px")


def sheet(theme: str, px: Callable[[float], int]) -> str:
    """The text of it: « light », « dark » or « sun »; `px` makes pixels of those at 100 %. Edges and paddings stay."""
    colours, bright = tokens.THEMES[theme], theme == "sun"
    drawn = (RESOURCES / "icons" / "sheet").as_posix()
    made = _SHEET.format(
        family=FAMILY,
        type={name: f"font-size: {size}px; font-weight: {weight};" for name, (size, weight) in kinds(theme).items()},
        rule="2px" if bright else "1px",
        edge=colours["text" if bright else "line"],
        quiet=f"2px solid {colours['text']}" if bright else "none",
        off=colours["line" if bright else "sunken"],
        tonal=colours["on_psoft" if bright else "psoft"],
        check=f"{drawn}/check-{theme}.svg",
        chevron=f"{drawn}/chevron-{theme}.svg",
        **colours,
    )
    return _GROWS.sub(lambda found: f"{found[1]}{px(int(found[2]))}px", made)


def kinds(theme: str) -> Mapping[str, tuple[int, int]]:
    """Style → pixels at 100 %, weight."""
    return tokens.SUN_TYPE if theme == "sun" else tokens.TYPE
