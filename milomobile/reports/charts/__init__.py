"""Each chart as SVG, by plain functions: for the screen and for paper (docs/decisions/0015)."""

from collections.abc import Callable, Mapping

from milomobile.domain.charting import Chart, Drawn, Kind
from milomobile.reports.charts import bars, ground, heat, stack, table
from milomobile.reports.charts.pen import Pen

PRINT: Mapping[str, str] = {
    "surface": "#FFFFFF",
    "text": "#000000",
    "text2": "#2B3A3F",
    "text3": "#3E5056",
    "line": "#B8C4C7",
    "track": "#E6ECED",
    "primary": "#0B5568",
    "on_primary": "#FFFFFF",
    "psoft": "#DCE9EC",
    "c1": "#0B5568",
    "c2": "#C27A00",
    "c3": "#8A4A86",
    "c4": "#3A9B9A",
    "c5": "#7D8E92",
}
"""The colours of paper; those of the screen come from it."""

_DRAW: Mapping[Kind, Callable[[Pen, Chart], None]] = {
    Kind.STACK: stack.draw,
    Kind.BARS: bars.draw,
    Kind.FUNNEL: bars.draw,
    Kind.GOAL: bars.goal,
    Kind.HEAT: heat.draw,
    Kind.TABLE: table.draw,
    Kind.GROUND: ground.draw,
}


def draw(chart: Chart, colours: Mapping[str, str], width: int, titled: bool = False) -> Drawn:
    """A chart `width` pixels wide, as high as it needs; `titled` where it stands alone, as a picture of its own.

    Text is text, in the program's font; what is drawn is said in `<title>` and `<desc>`.
    """
    pen = Pen(chart, colours, width, titled)
    _DRAW[chart.kind](pen, chart)
    return pen.done()
