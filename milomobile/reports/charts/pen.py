"""What every chart is drawn with: boxes, lines and texts of one drawing, and where its marks are."""

from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

from milomobile.domain.charting import Chart, Drawn, Spot, told, words

FAMILY = "Atkinson Hyperlegible Next"
_WIDTHS = (
    (30, " !\u00a0'’,.:;`ij¡´·¸ìíîï¦|"),
    (40, '()[]fl"-_rt{}ª¯°²³º'),
    (50, "/1I\\¨ÌÍÎÏ*syzýÿ"),
    (55, "7?JLackvx¢§¶¿×àáâãäåç–"),
    (60, "239<>EFT^bdeghnopqu~¤ÈÉÊËèéêëðñòóôõöøùúûüþ"),
    (70, "$+4568=BPRSVYZ£¥«¬±»ÝÞß÷0ACDHKUXÀÁÂÃÄÅÇÙÚÛÜ"),
)
"""How wide the semi-bold letters are, in hundredths of the size; whatever is not here, 100."""
_WIDTH = {letter: wide / 100 for wide, letters in _WIDTHS for letter in letters}
_INK = "#0F1E22"


class Pen:
    """One drawing, from top to bottom: `y` is how far it is."""

    def __init__(self, chart: Chart, colours: Mapping[str, str], width: int, titled: bool) -> None:
        self._chart, self._colours, self.width = chart, colours, width
        self._parts: list[str] = []
        self._spots: list[Spot] = []
        self.y = 0.0
        if titled:
            self.y = 28
            self.text(0, 18, chart.title, "text", 17, "start", 600)
            if chart.note:
                self.text(0, 38, fitted(chart.note, width, 13), "text3", 13)
                self.y = 48

    def box(self, left: float, top: float, width: float, height: float, token: str, radius: float = 0) -> None:
        """A filled box; `token` names its colour, here and below, or is one."""
        self._parts.append(
            f'<rect x="{left:.1f}" y="{top:.1f}" width="{max(0.0, width):.1f}" height="{max(0.0, height):.1f}" '
            f'rx="{radius:g}" fill="{self._colours.get(token, token)}"/>'
        )

    def line(
        self, left: float, top: float, right: float, bottom: float, token: str, thick: float = 1, faint: bool = False
    ) -> None:
        """A line."""
        through = ' stroke-opacity="0.4"' if faint else ""
        self._parts.append(
            f'<line x1="{left:.1f}" y1="{top:.1f}" x2="{right:.1f}" y2="{bottom:.1f}" '
            f'stroke="{self._colours.get(token, token)}" stroke-width="{thick:g}"{through}/>'
        )

    def outline(self, points: Sequence[tuple[float, float]], inside: str, edge: str) -> None:
        """A closed line and what is in it."""
        drawn = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        self._parts.append(
            f'<polygon points="{drawn}" fill="{self._colours.get(inside, inside)}" '
            f'stroke="{self._colours.get(edge, edge)}" stroke-width="1"/>'
        )

    def disc(self, x: float, y: float, radius: float, token: str, edge: str) -> None:
        """A filled circle with a rim, so that two that touch are told apart."""
        self._parts.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="{self._colours.get(token, token)}" '
            f'stroke="{self._colours.get(edge, edge)}" stroke-width="1.5"/>'
        )

    def hatch(self, left: float, top: float, width: float, height: float, token: str) -> None:
        """Slanted lines over a box, so that it is told from its neighbour without colour."""
        at = left - height
        while at < left + width:
            first, last = max(left, at), min(left + width, at + height)
            if last > first:
                self.line(first, top + height - (first - at), last, top + height - (last - at), token, 1.2, faint=True)
            at += 7

    def text(
        self,
        left: float,
        base: float,
        said: str,
        token: str,
        size: float = 14,
        anchor: str = "start",
        weight: int = 400,
    ) -> None:
        """A text on its base line; `anchor` is start, middle or end."""
        self._parts.append(
            f'<text x="{left:.1f}" y="{base:.1f}" font-family="{FAMILY}" font-size="{size:g}" font-weight="{weight}" '
            f'text-anchor="{anchor}" fill="{self._colours.get(token, token)}">{escape(said)}</text>'
        )

    def spot(
        self, number: int, left: float, top: float, width: float, height: float, column: int | None = None
    ) -> None:
        """Where the mark of that number is, or one of its counts."""
        mark = self._chart.marks[number]
        if column is None:
            self._spots.append(Spot(left, top, width, height, words(self._chart, number), mark.behind))
            return
        said = f"{mark.label}, {self._chart.columns[column]}\u00a0: {told(mark.cells[column])}"
        behind = f"{mark.behind}@{self._chart.columns[column]}" if mark.behind and mark.cells[column] else ""
        self._spots.append(Spot(left, top, width, height, said, behind))

    def mixed(self, token: str, depth: float) -> str:
        """A colour over the track, the fainter the smaller `depth` (0 to 1)."""
        over, under = _channels(self._colours[token]), _channels(self._colours["track"])
        return "#" + "".join(f"{round(a * depth + b * (1 - depth)):02X}" for a, b in zip(over, under, strict=True))

    def ink(self, token: str) -> str:
        """The colour, dark or white, of a text that stands out best on another (WCAG 2.2, relative luminance)."""
        parts = [each / 255 for each in _channels(self._colours.get(token, token))]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
        light = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
        return _INK if light > 0.2 else "#FFFFFF"

    def done(self) -> Drawn:
        """The drawing."""
        chart, height = self._chart, self.y
        said = "; ".join(words(chart, number) for number in range(len(chart.marks)))
        svg = (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{self.width}" height="{height:.0f}" '
            f'viewBox="0 0 {self.width} {height:.0f}" role="img" aria-label={quoteattr(chart.title)} lang="fr">'
            f"<title>{escape(chart.title)}</title><desc>{escape(said)}</desc>{''.join(self._parts)}</svg>"
        )
        return Drawn(svg, self.width, round(height), tuple(self._spots))


def _channels(code: str) -> tuple[int, int, int]:
    return int(code[1:3], 16), int(code[3:5], 16), int(code[5:7], 16)


def wide(said: str, size: float) -> float:
    """About how wide a text is, never less: no font is asked."""
    return size * sum(_WIDTH.get(c, 1.0) for c in said)


def fitted(said: str, room: float, size: float) -> str:
    """A text cut with « … » to a width."""
    if wide(said, size) <= room:
        return said
    while said and wide(said.rstrip() + "…", size) > room:
        said = said[:-1]
    return said.rstrip() + "…"
