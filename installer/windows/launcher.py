"""The two programs that are started on Windows: with a window, and for a technician's console."""

import os
import struct
from pathlib import Path

from installer.origin import ROOT
from installer.windows import sign
from installer.windows.places import BUILD, CONSOLE, HERE, WINDOWED, Edition, run

SIZES = (16, 20, 24, 32, 40, 48, 64, 128, 256)
"""Pixels of a side, as Windows asks for them at its scalings."""


def icon() -> bytes:
    """resources/icons/milomobile.svg as an ICO file."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    drawing = QSvgRenderer(str(ROOT / "resources" / "icons" / "milomobile.svg"))
    pictures = []
    for size in SIZES:
        image = QImage(size, size, QImage.Format.Format_ARGB32)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        drawing.render(painter)
        painter.end()
        kept = QByteArray()
        buffer = QBuffer(kept)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        image.save(buffer, "PNG")  # type: ignore[call-overload]
        pictures.append(bytes(kept.data()))
    return _ico(pictures)


def side() -> Path:
    """The picture beside the setup's first and last page: the icon on the program's colour."""
    from PySide6.QtCore import QRectF
    from PySide6.QtGui import QColor, QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    image = QImage(164 * 2, 314 * 2, QImage.Format.Format_RGB32)
    image.fill(QColor("#0B5568"))
    painter = QPainter(image)
    QSvgRenderer(str(ROOT / "resources" / "icons" / "milomobile.svg")).render(painter, QRectF(84, 84, 160, 160))
    painter.end()
    target = BUILD / "side.bmp"
    image.convertToFormat(QImage.Format.Format_RGB888).save(str(target), "BMP")  # type: ignore[call-overload]
    return target


def _ico(pictures: list[bytes]) -> bytes:
    """PNG pictures in one ICO; a side of 256 is written 0."""
    head, place = struct.pack("<HHH", 0, 1, len(pictures)), 6 + 16 * len(pictures)
    for size, picture in zip(SIZES, pictures, strict=True):
        side = size % 256
        head += struct.pack("<BBBBHHII", side, side, 0, 0, 1, 32, len(picture), place)
        place += len(picture)
    return head + b"".join(pictures)


def lay(edition: Edition) -> None:
    """Both launchers in the tree, with icon, version and manifest; signed where there is a certificate."""
    (BUILD / "milomobile.ico").write_bytes(icon())
    side()
    for name, kind in ((WINDOWED, ["-mwindows", "-DWINDOWED"]), (CONSOLE, ["-mconsole"])):
        resources = BUILD / f"{name}.res"
        numbers = ",".join([*edition.version.split("."), "0"])
        defines = [f"-DNUMBERS={numbers}", f'-DVERSION=\\"{edition.version}\\"', f'-DFILE=\\"{name}\\"']
        found: list[str | Path] = ["-I", BUILD, "-I", HERE, HERE / "milomobile.rc"]
        run(["x86_64-w64-mingw32-windres", "-O", "coff", "-c", "65001", *defines, *found, resources])
        flags = [
            "-municode",
            "-Os",
            "-s",
            "-Wall",
            "-Wl,--no-insert-timestamp,--dynamicbase,--nxcompat,--high-entropy-va",
        ]
        made = edition.tree / name
        libraries = ["-lole32", "-lshell32", "-luuid"]
        run(["x86_64-w64-mingw32-gcc", *flags, *kind, HERE / "launcher.c", resources, *libraries, "-o", made])
        sign.sign(made)
