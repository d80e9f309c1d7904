from xml.etree import ElementTree

import pytest

from heed.design import charts
from heed.design.funnels import Dot, Plot

SVG = "{http://www.w3.org/2000/svg}"
STEPS = [(float(size), 5 - 20 / size, 5 - 12 / size, 5 + 12 / size, 5 + 20 / size) for size in range(4, 41, 2)]


def plot(*dots: Dot, most: float | None = None) -> Plot:
    return Plot(
        key="k", finding="<b>One</b> differs", subtitle="Complaints", unit=charts.counted("For each 1,000"),
        across="Expected", dots=dots, steps=STEPS, middle=5.0, most=most,
    )  # fmt: skip


DOTS = (
    Dot("Parks", 10, 5.5),
    Dot("Waste", 20, 6, "edge"),
    Dot("Roads", 30, 9, "other"),
    Dot("Housing", 39, 2, "other"),
)


def shapes(of: Plot, name: str, drawing: int = 0) -> list[ElementTree.Element]:
    return ElementTree.fromstring(of.drawings[drawing][1]).findall(f".//{SVG}{name}")  # noqa: S314 (our own drawing)


def test_each_standing_has_a_shape_of_its_own_and_those_beyond_have_their_name() -> None:
    for drawing in (0, 1):
        kinds = [
            shape.attrib["class"] for name in ("circle", "polygon") for shape in shapes(plot(*DOTS), name, drawing)
        ]
        assert kinds == ["heed-chart__mark", "heed-chart__edge", *["heed-chart__signal heed-chart__signal--other"] * 2]
        said = [text.text for text in shapes(plot(*DOTS), "text", drawing)]
        assert {"Roads", "Housing"} <= set(said)
        assert not {"Parks", "Waste"} & set(said)


def test_limits_are_four_lines_and_the_mean_is_one() -> None:
    assert len(shapes(plot(*DOTS), "polyline")) == 4
    assert [line.attrib["class"] for line in shapes(plot(*DOTS), "line")].count("heed-chart__mean") == 1


@pytest.mark.parametrize("dots", [DOTS, (), (Dot("A place with a very long name indeed, in full", 2, 60, "other"),)])
def test_everything_stands_within_the_drawing(dots: tuple[Dot, ...]) -> None:
    for name, (width, height) in (("wide", (520, 380)), ("narrow", (360, 330))):
        svg = dict(plot(*dots).drawings)[name]
        root = ElementTree.fromstring(svg)  # noqa: S314 (our own drawing)
        assert root.attrib["viewBox"] == f"0 0 {width} {height}"
        for circle in root.iter(f"{SVG}circle"):
            assert 0 <= float(circle.attrib["cx"]) <= width
            assert 0 <= float(circle.attrib["cy"]) <= height
        for line in root.iter(f"{SVG}polyline"):
            for point in line.attrib["points"].split():
                x, y = map(float, point.split(","))
                assert 0 <= x <= width
                assert 0 <= y <= height
        for text in root.iter(f"{SVG}text"):
            length = charts.LETTER * len(text.text or "")
            x, anchor = float(text.attrib["x"]), text.attrib["text-anchor"]
            assert (x - length if anchor == "end" else x) >= -1
            if anchor == "start":
                assert x + length <= width + 1


def test_a_share_ends_at_all() -> None:
    labels = [text.text for text in shapes(plot(Dot("A", 10, 99), most=100), "text")]
    assert "100" in labels
    assert "150" not in labels


def test_a_drawing_is_named_and_described_and_has_no_style() -> None:
    whole = plot(*DOTS)
    for _, svg in whole.drawings:
        root = ElementTree.fromstring(svg)  # noqa: S314 (our own drawing)
        assert root.attrib["role"] == "img"
        assert root.find(f"{SVG}title").text == "<b>One</b> differs"  # type: ignore[union-attr]
        assert root.find(f"{SVG}desc").text == whole.description  # type: ignore[union-attr]
        assert not [element for element in root.iter() if "style" in element.attrib or element.tag.endswith("style")]
    assert whole.description == (
        "4 places by size and for each 1,000. Most are around 5. Beyond the limits: Roads and Housing. The table has every "
        "figure."
    )
    assert "None lies beyond" in plot(DOTS[0]).description


def test_names_that_would_cover_each_other_are_left_to_the_table() -> None:
    near = (Dot("First", 20, 9, "other"), Dot("Second", 20, 9.05, "other"))
    said = {text.text for text in shapes(plot(*near), "text")}
    assert len({"First", "Second"} & said) == 1
