"""A chart as a picture that stands alone: SVG, and PNG through Typst, with its finding, its key and where it comes from."""

import textwrap
from pathlib import Path

from django.utils.html import escape

from heed.design.charts import Chart

WIDTH, EDGE, LINE = 820, 30, 22
FONT = "Atkinson Hyperlegible Next"
FONTS = Path(__file__).parent / "static" / "heed" / "dist" / "fonts"
INK, QUIET, PAPER = "#1b2a33", "#47565e", "#ffffff"
LETTERS = 88  # of 16 px that fit on a line
PAGE = Path(__file__).parent / "picture.typ"


def svg(chart: Chart, source: str) -> str:
    """The wide drawing of a chart with its words around it. source: a sentence, such as when it was worked out."""
    above = [*((line, 20, "bold", INK) for line in textwrap.wrap(chart.finding, LETTERS * 4 // 5))]
    above += [(line, 16, "normal", QUIET) for line in textwrap.wrap(chart.subtitle, LETTERS)]
    below = [(line, 15, "normal", QUIET) for text in (chart.explained, source) for line in textwrap.wrap(text, LETTERS)]
    drawing = chart.drawings[0][1]
    tall = _height(drawing)
    top = EDGE + LINE * len(above)
    height = top + tall + 20 + LINE * len(below) + EDGE
    words = [_line(EDGE + LINE * index, *line) for index, line in enumerate(above)]
    words += [_line(top + tall + 30 + LINE * index, *line) for index, line in enumerate(below)]
    inner = drawing.replace("<svg ", f'<svg x="{EDGE}" y="{top}" width="760" height="{tall}" ', 1)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
        f'font-family="{FONT}, sans-serif" role="img"><title>{escape(chart.finding)}</title>'
        f'<rect width="{WIDTH}" height="{height}" fill="{PAPER}"/>{"".join(words)}{inner}</svg>'
    )


def _height(drawing: str) -> int:
    """Of a drawing, from its viewBox."""
    return int(drawing.partition('viewBox="0 0 ')[2].partition('"')[0].split()[1])


def _line(y: float, text: str, size: int, weight: str, colour: str) -> str:
    return f'<text x="{EDGE}" y="{y}" font-size="{size}" font-weight="{weight}" fill="{colour}">{escape(text)}</text>'


def png(picture: str) -> bytes:
    """An SVG of `svg` as a PNG, twice as fine as it is on a page."""
    import typst  # heavy, and needed by few requests

    height = int(picture.partition(f'viewBox="0 0 {WIDTH} ')[2].partition('"')[0])
    given = {"svg": picture, "width": str(WIDTH), "height": str(height)}
    made = typst.compile(PAGE, format="png", ppi=144, sys_inputs=given, font_paths=[FONTS], ignore_system_fonts=True)
    return bytes(made)
