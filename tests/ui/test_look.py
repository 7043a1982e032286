"""Colours one can read (WCAG 2.2, 1.4.3) in every theme, sizes that follow the text, and assets with their licence."""

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from milomobile import app
from milomobile.actions import display as kept
from milomobile.domain.display import SIZES, Display, Theme, as_text, from_text
from milomobile.errors import NoRoom
from milomobile.paths import RESOURCES
from milomobile.ui import icons, look, tokens
from milomobile.ui.desk import Desk
from milomobile.ui.parts.boxes import banner
from milomobile.ui.sidebar import PLACES

PAIRS = [
    ("text", "surface"),
    ("text", "bg"),
    ("text", "hover"),
    ("text", "selected"),
    ("text", "sidebar"),
    ("text2", "surface"),
    ("text2", "sidebar"),
    ("text2", "sunken"),
    ("text3", "surface"),
    ("text3", "bg"),
    ("text3", "sunken"),
    ("text3", "selected"),
    ("surface", "text"),
    ("on_primary", "primary"),
    ("on_primary", "primary_h"),
    ("on_primary", "primary_p"),
    ("on_psoft", "psoft"),
    ("on_asoft", "asoft"),
    ("on_errsoft", "errsoft"),
    ("on_oksoft", "oksoft"),
    ("on_warnsoft", "warnsoft"),
    ("on_infosoft", "infosoft"),
    ("on_brand", "brand"),
    ("err", "surface"),
    ("warn", "surface"),
    ("ok", "surface"),
    ("info", "surface"),
    ("primary", "surface"),
    ("primary", "bg"),
]
EDGES = [("control", "surface"), ("focus", "surface"), *((f"c{number}", "surface") for number in range(1, 6))]
THEMES = list(tokens.THEMES)


def _light(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(theme: Mapping[str, str], one: str, other: str) -> float:
    high, low = sorted((_light(theme[one]), _light(theme[other])), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.fixture(autouse=True)
def as_usual(qapp: QApplication) -> Iterator[None]:
    yield
    look.apply(qapp)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_every_text_can_be_read(theme: str, text: str, ground: str) -> None:
    assert _contrast(tokens.THEMES[theme], text, ground) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("edge", "ground"), EDGES)
def test_every_edge_and_bar_can_be_seen(theme: str, edge: str, ground: str) -> None:
    assert _contrast(tokens.THEMES[theme], edge, ground) >= 3


def test_themes_name_the_same_tokens() -> None:
    assert {frozenset(theme) for theme in tokens.THEMES.values()} == {frozenset(tokens.LIGHT)}


def test_no_other_file_of_the_screen_names_a_colour() -> None:
    named = {
        str(file)
        for file in Path("milomobile/ui").rglob("*.py")
        if re.search(r"#[0-9A-Fa-f]{6}\b|QColor\([\"'0-9]", file.read_text(encoding="utf-8"))
    }
    assert named == {str(Path("milomobile/ui/tokens.py"))}


def test_every_icon_that_is_named_is_there_with_its_licence() -> None:
    here = {file.stem for file in (RESOURCES / "icons").glob("*.svg")}
    code = "".join(file.read_text(encoding="utf-8") for file in Path("milomobile/ui").rglob("*.py"))
    named = set(re.findall(r'(?:picture\(|icon\(|pixmap\(|put\([a-z_.]+, )"([a-z-]+)"', code))
    assert named
    assert named <= here
    assert "MIT" in (RESOURCES / "icons" / "LICENSE").read_text(encoding="utf-8")
    assert "SIL" in (RESOURCES / "fonts" / "OFL.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("theme", THEMES)
def test_the_icons_of_the_sheet_have_the_colours_of_their_theme(theme: str) -> None:
    for name, token in (("check", "on_primary"), ("chevron", "text2")):
        drawn = (RESOURCES / "icons" / "sheet" / f"{name}-{theme}.svg").read_text(encoding="utf-8")
        assert tokens.THEMES[theme][token] in drawn


def _painted(widget: QWidget) -> tuple[int, bytes]:
    QApplication.processEvents()
    image = widget.grab().toImage()
    return image.pixel(3, 3), bytes(image.constBits())


def test_a_theme_is_painted_everywhere_at_once(desk: Desk, qtbot: QtBot) -> None:
    def painted(theme: Theme) -> bytes:
        look.show(Display(theme))
        corner, picture = _painted(desk)
        assert look.colour("sidebar").rgb() == corner
        return picture

    def comes_back() -> bool:
        """Once the page is filled: what it shows takes a moment."""
        before, dark, sun = painted("light"), painted("dark"), painted("sun")
        return len({before, dark, sun}) == 3 and painted("light") == before

    for key, _, _ in PLACES:
        desk.show_place(key)
        qtbot.waitUntil(comes_back, timeout=30_000)


@pytest.mark.parametrize("size", SIZES)
def test_what_holds_text_grows_with_it(desk: Desk, size: int) -> None:
    look.show(Display(size=size))
    button = desk.today.new
    assert button.fontMetrics().height() >= look.px(17)
    assert button.height() >= look.px(54)
    assert desk.side.width() >= look.px(72)


def test_sizes_come_back_where_they_were(desk: Desk, qtbot: QtBot) -> None:
    desk.show_place("today")
    QApplication.processEvents()
    places = [one for one in desk.findChildren(QWidget) if one.isVisible()]
    before = [one.size() for one in places]
    for size in (150, 115, 100):
        look.show(Display(size=size))
    qtbot.waitUntil(lambda: [one.size() for one in places] == before)


def test_keys_change_the_look_and_come_back(desk: Desk, qtbot: QtBot) -> None:
    def press(key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> Display:
        qtbot.keyClick(desk.window(), key, held)
        return look.display()

    look.show(Display("dark"))
    assert press(Qt.Key.Key_F9) == Display("sun")
    assert press(Qt.Key.Key_F9) == Display("dark")
    control = Qt.KeyboardModifier.ControlModifier
    assert [press(Qt.Key.Key_Plus, control).size for _ in range(4)] == [115, 130, 150, 150]
    assert press(Qt.Key.Key_Minus, control).size == 130
    assert press(Qt.Key.Key_0, control).size == 100
    assert press(Qt.Key.Key_Equal, control).size == 115


@pytest.mark.parametrize("scheme", Qt.ColorScheme, ids=lambda one: one.name)
def test_more_contrast_asked_of_the_system_is_plein_soleil_by_day_and_by_night(scheme: Qt.ColorScheme) -> None:
    assert look.of_system(scheme, Qt.ContrastPreference.HighContrast) == "sun"
    usual = "dark" if scheme is Qt.ColorScheme.Dark else "light"
    assert look.of_system(scheme, Qt.ContrastPreference.NoPreference) == usual


def test_a_sentence_of_each_tone_has_a_form_of_its_own(desk: Desk) -> None:
    """Seen in one colour, so that the form alone tells them apart."""
    forms = {tone: icons.pixmap(name, "text", 40).toImage() for tone, name in icons.OF_TONE.items()}
    for one, other in combinations(forms, 2):
        assert forms[one] != forms[other], (one, other)
    for tone in ("info", "warn", "err", "ok"):
        drawn = banner("Rien n’est perdu.", tone).findChild(icons.Picture)
        assert drawn and drawn.name == icons.OF_TONE[tone]


def test_what_is_chosen_in_settings_holds_at_once(desk: Desk, qtbot: QtBot) -> None:
    desk.show_place("settings")
    desk.settings.show_section("Affichage")
    card = desk.settings.appearance

    def press(named: str) -> None:
        next(one for one in card.findChildren(QPushButton) if one.accessibleName() == named).click()

    press("Thème\u00a0: Sombre")
    press("Taille du texte\u00a0: 130\u00a0%")
    press("Animations\u00a0: Réduites")
    assert look.display() == Display("dark", 130, "less")
    assert not look.moves()
    qtbot.keyClick(desk.window(), Qt.Key.Key_F9)
    assert card.theme.value() == "sun"


def test_it_is_kept_for_the_next_start(folder: Path, qapp: QApplication, open_desk: Callable[[], Desk]) -> None:
    app.dress(qapp, folder)
    look.show(Display("sun", 130, "less"))
    look.apply(qapp)
    app.dress(qapp, folder)
    assert (look.display(), look.theme()) == (Display("sun", 130, "less"), "sun")
    assert not (folder / "display.json.new").exists()


@pytest.mark.parametrize("damaged", [b"", b"\xff\x00", b"[]", b"null", b'{"theme": "pink", "size": 7}', b"[" * 100_000])
def test_a_damaged_file_is_as_if_there_were_none(tmp_path: Path, damaged: bytes, qapp: QApplication) -> None:
    (tmp_path / kept.FILE).write_bytes(damaged)
    app.dress(qapp, tmp_path)
    assert look.display() == Display()
    look.show(Display("dark"))
    assert kept.read(tmp_path) == Display("dark")


def test_where_it_cannot_be_kept_one_is_told(tmp_path: Path) -> None:
    (tmp_path / "here").write_text("a file", encoding="utf-8")
    with pytest.raises(NoRoom, match="Les fiches sont intactes"):
        kept.write(tmp_path / "here", Display())


@given(
    st.builds(Display, st.sampled_from(["system", "light", "dark", "sun"]), st.sampled_from(SIZES)), st.integers(-9, 9)
)
def test_what_is_kept_comes_back(shown: Display, steps: int) -> None:
    assert from_text(as_text(shown)) == shown
    assert shown.sized(steps) in SIZES


@given(st.text() | st.from_regex(r'\{"theme": .{0,9}, "size": .{0,9}, "motion": .{0,9}\}'))
def test_any_text_is_read(text: str) -> None:
    assert from_text(text).size in SIZES
