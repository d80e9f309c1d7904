import pytest
from hypothesis import given
from hypothesis import strategies as st

from heed.design import colour

colours = st.integers(0, 0xFFFFFF).map("#{:06x}".format)


def test_contrast_is_that_of_wcag() -> None:
    """The figures are those published for these pairs by the W3C's own examples and by WebAIM's checker."""
    assert colour.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert colour.contrast("#ffffff", "#ffffff") == pytest.approx(1)
    assert colour.contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.005)
    assert colour.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


def test_a_colour_too_light_is_refused_with_the_reason() -> None:
    reason = colour.why_not_accent("#777777")
    assert reason is not None
    assert "too light" in reason
    assert "4.4 to 1" in reason
    assert "4.5 to 1" in reason
    assert colour.why_not_accent("#767676") is None


@pytest.mark.parametrize("nonsense", ["", "teal", "#12345", "#1234567", "#12345g", "red;}body{display:none", "#०००००0"])
def test_nonsense_is_refused(nonsense: str) -> None:
    assert "not a colour" in (colour.why_not_accent(nonsense) or "")


@given(colours)
def test_every_colour_of_a_theme_can_be_read_where_it_is_used(accent: str) -> None:
    if colour.why_not_accent(accent):
        with pytest.raises(ValueError, match="too light"):
            colour.theme(accent)
        return
    theme = colour.theme(accent)
    assert theme.accent == accent
    for text in (theme.text, theme.deep):
        for ground in (colour.PAPER, colour.MIST, theme.tint):
            assert colour.contrast(text, ground) >= 4.5
    assert colour.contrast(colour.INK, theme.tint) >= 4.5


def test_heeds_own_colours_can_be_read() -> None:
    assert colour.why_not_accent(colour.HEED_ACCENT) is None
    for ground in (colour.PAPER, colour.MIST):
        assert colour.contrast(colour.INK, ground) >= 7
