"""The colours of charts, by theme (ux/DESIGN 3.1); which theme it is, the widget's own palette says."""

from collections.abc import Mapping

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QWidget

from milomobile.ui.look import LIGHT

_LIGHT = {**LIGHT, "c1": "#0B5568", "c2": "#C27A00", "c3": "#8A4A86", "c4": "#3A9B9A", "c5": "#7D8E92"}
_DARK = {
    "surface": "#162023",
    "text": "#EEF3F3",
    "text2": "#BAC8CB",
    "text3": "#98A9AE",
    "line": "#2C3A3F",
    "track": "#26353A",
    "primary": "#5CB8CE",
    "on_primary": "#0F1E22",
    "psoft": "#1B3A42",
    "c1": "#5CB8CE",
    "c2": "#F0A93B",
    "c3": "#C58BC1",
    "c4": "#7CCFC4",
    "c5": "#7C8E93",
}
_SUN = {
    "surface": "#FFFFFF",
    "text": "#000000",
    "text2": "#000000",
    "text3": "#1B2A2F",
    "line": "#5C6F75",
    "track": "#C3CFD2",
    "primary": "#043542",
    "on_primary": "#FFFFFF",
    "psoft": "#B9D3DA",
    "c1": "#043542",
    "c2": "#8A5200",
    "c3": "#5E2A5B",
    "c4": "#1F6665",
    "c5": "#4B5A5E",
}


def colours(widget: QWidget) -> Mapping[str, str]:
    """Token → colour: dark on a dark ground, « plein soleil » where text is black, else light."""
    palette = widget.palette()
    if palette.color(QPalette.ColorRole.Base).lightness() < 128:
        return _DARK
    return _SUN if palette.color(QPalette.ColorRole.WindowText).lightness() == 0 else _LIGHT
