"""What goes into the setup for Windows: the same bytes each time, found by Python, with our own fonts alone."""

import sys
import zipimport
from io import BytesIO
from pathlib import Path

from fontTools.ttLib import TTFont
from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImageReader

from installer.windows import launcher, tree, trim
from milomobile.paths import RESOURCES

FONT = RESOURCES / "fonts" / "AtkinsonHyperlegibleNext-Regular.ttf"
FILES = {"anyone/part/__init__.py": b"word = 'here'", "anyone/other.py": b"", "one.dist-info/METADATA": b"Name: one"}


def test_a_zip_is_the_same_whatever_the_order_and_the_hour(tmp_path: Path) -> None:
    tree.store(tmp_path / "first.zip", FILES)
    tree.store(tmp_path / "second.zip", dict(reversed(FILES.items())))
    assert (tmp_path / "first.zip").read_bytes() == (tmp_path / "second.zip").read_bytes()


def test_a_package_without_its_own_file_is_found_in_the_zip(tmp_path: Path) -> None:
    tree.store(tmp_path / "lib.zip", FILES)
    sys.path.insert(0, str(tmp_path / "lib.zip"))
    try:
        from anyone.part import word  # type: ignore[import-not-found]

        assert word == "here"
        assert zipimport.zipimporter(str(tmp_path / "lib.zip")).is_package("anyone/part")
    finally:
        sys.path.remove(str(tmp_path / "lib.zip"))


def _called(family: str) -> bytes:
    """Our font under another name."""
    with TTFont(FONT) as font:
        for said in font["name"].names:
            if said.nameID in (1, 4, 16):
                said.string = family
        made = BytesIO()
        font.save(made)
    return made.getvalue()


def test_a_library_loses_the_fonts_of_its_own_templates_and_nothing_else() -> None:
    before, ours, theirs, after = (
        b"MZ code",
        FONT.read_bytes(),
        _called("Libertinus Serif"),
        b"\x00\x01\x00\x00 code OTTO",
    )
    left = trim.without_fonts(before + ours + theirs + after)
    assert left == before + ours + bytes(len(theirs)) + after


def test_what_is_left_out_is_never_what_is_asked_for() -> None:
    left_out = (
        "holidays/countries/germany.py",
        "dns/resolver.py",
        "Cryptodome/PublicKey/RSA.py",
        "PySide6/Qt6Quick.dll",
    )
    asked_for = (
        "holidays/countries/france.py",
        "holidays/registry.py",
        "Cryptodome/Cipher/AES.py",
        "PySide6/__init__.py",
    )
    texts = ("segno-1.6.6.dist-info/licenses/LICENSE", "keyring-25.7.0.dist-info/entry_points.txt")
    assert [name for name in (*left_out, *asked_for, *texts) if trim.wanted(name)] == [*asked_for, *texts]


def test_the_icon_has_every_size_windows_asks_for(qapp: object) -> None:
    buffer = QBuffer(data := QByteArray(launcher.icon()))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, QByteArray(b"ico"))
    sizes = []
    for number in range(reader.imageCount()):
        reader.jumpToImage(number)
        picture = reader.read()
        sizes.append(picture.width())
        assert picture.pixelColor(picture.width() // 2, 1).name() == "#0b5568"
    assert tuple(sizes) == launcher.SIZES
    assert data.size() < 40_000
