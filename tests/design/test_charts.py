import datetime
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heed.design import charts

SVG = "{http://www.w3.org/2000/svg}"


def months(*values: float | None, part: bool = False) -> list[charts.Month]:
    days = [datetime.date(2025 + index // 12, index % 12 + 1, 1) for index in range(len(values))]
    last = len(values) - 1
    return [
        charts.Month(day, value, part=part and index == last)
        for index, (day, value) in enumerate(zip(days, values, strict=True))
    ]


def line(points: list[charts.Month], finding: str = "Complaints rose") -> charts.Chart:
    return charts.monthly(
        "k",
        finding=finding,
        measure="Complaints",
        place="all services",
        months=points,
        unit=charts.counted("Complaints"),
        how_many="12 complaints",
    )


def shapes(chart: charts.Chart, name: str) -> list[ElementTree.Element]:
    return ElementTree.fromstring(chart.drawings[0][1]).findall(f".//{SVG}{name}")  # noqa: S314 (our own drawing)


def test_a_gap_is_a_gap() -> None:
    chart = line(months(1, 2, None, 4, 5))
    assert [len(shape.attrib["points"].split()) for shape in shapes(chart, "polyline")] == [2, 2]
    assert len(shapes(chart, "circle")) == 4
    assert "1 gap without a figure" in chart.description


def test_a_point_between_two_gaps_is_still_drawn() -> None:
    chart = line(months(None, 2, None))
    assert shapes(chart, "polyline") == []
    assert len(shapes(chart, "circle")) == 1


def test_a_month_that_is_not_over_stands_in_the_table_only() -> None:
    chart = line(months(5, 6, 1, part=True))
    assert len(shapes(chart, "circle")) == 2
    assert chart.rows[-1][0] == "March 2025 so far"
    assert chart.subtitle == "Complaints, all services, January 2025 to February 2025. 12 complaints."
    assert "March" not in chart.description


def test_nothing_to_draw_is_said_in_words() -> None:
    chart = line([])
    assert not chart.has_figures
    assert "no whole month yet" in chart.subtitle
    assert chart.description == "Complaints: no figures."


def test_a_drawing_is_named_and_described_and_has_no_style() -> None:
    for chart in (line(months(1, 2, 3), "<b>Rose</b> & fell"), bars(("<i>A</i>", 2), ("B", None))):
        for _, svg in chart.drawings:
            root = ElementTree.fromstring(svg)  # noqa: S314 (our own drawing)
            assert root.attrib["role"] == "img"
            assert root.find(f"{SVG}title").text == chart.finding  # type: ignore[union-attr]
            assert root.find(f"{SVG}desc").text == chart.description  # type: ignore[union-attr]
            assert not [
                element for element in root.iter() if "style" in element.attrib or element.tag.endswith("style")
            ]
    one, other = line(months(1, 2)).drawings
    assert 'id="k-w-title"' in one[1]
    assert 'id="k-n-title"' in other[1]


def bars(*pairs: tuple[str, float | None]) -> charts.Chart:
    return charts.compared(
        "b",
        finding="Waiting leads",
        measure="Issues",
        place="all services",
        period="2026",
        bars=[charts.Bar(label, value) for label, value in pairs],
        unit=charts.percent("% of issues"),
        how_many="9 issues",
    )


def test_bars_are_as_long_as_their_figures() -> None:
    chart = bars(("A", 40), ("B", 10), ("C", None), ("D", 0))
    widths = [float(shape.attrib["width"]) for shape in shapes(chart, "rect")]
    assert widths[0] == pytest.approx(4 * widths[1], rel=0.01)
    assert len(widths) == 3
    assert [row[1] for row in chart.rows] == ["40%", "10%", "None", "0%"]


@given(st.lists(st.one_of(st.none(), st.floats(0, 1e9)), max_size=70))
def test_no_point_ever_leaves_the_drawing(values: list[float | None]) -> None:
    for _, svg in line(months(*values)).drawings:
        root = ElementTree.fromstring(svg)  # noqa: S314 (our own drawing)
        _, _, width, height = map(float, root.attrib["viewBox"].split())
        for circle in root.iter(f"{SVG}circle"):
            assert 0 <= float(circle.attrib["cx"]) <= width
            assert 0 <= float(circle.attrib["cy"]) <= height


@given(st.floats(0, 1e9))
def test_ticks_are_few_even_and_reach_the_highest_figure(most: float) -> None:
    steps = charts.ticks(most)
    assert steps[0] == 0
    assert steps[-1] >= most - 0.001 - most * 1e-6
    assert 2 <= len(steps) <= 7
    gaps = [b - a for a, b in pairwise(steps)]
    assert max(gaps) == pytest.approx(min(gaps), abs=2e-6)


@pytest.mark.parametrize(
    ("most", "steps"),
    [
        (0, [0, 1]),
        (3, [0, 1, 2, 3]),
        (73, [0, 20, 40, 60, 80]),
        (10, [0, 5, 10]),
        (1, [0, 1]),
        (0.4, [0, 0.1, 0.2, 0.3, 0.4]),
    ],
)
def test_ticks_are_round(most: float, steps: list[float]) -> None:
    assert charts.ticks(most) == steps
