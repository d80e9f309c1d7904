"""The generated pages are what the code says, and each link in the documentation leads somewhere."""

import re

import pytest

from heed.config.reference import ARCHITECTURE, REFERENCE, ROOT, cell, pages, table

PAGES = sorted([*(ROOT / "docs").rglob("*.md"), ROOT / "README.md", ROOT / "CONTRIBUTING.md"])
LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#]+)")


def test_every_generated_page_is_what_the_code_says():
    stale = [
        str(path.relative_to(ROOT)) for path, text in pages().items() if not path.exists() or path.read_text() != text
    ]
    assert not stale, "run ./heed docs"


def test_no_generated_page_outlives_its_source():
    assert set(REFERENCE.glob("*.md")) == set(pages()) - {ARCHITECTURE}


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(path):
    assert not [link for link in LINK.findall(path.read_text()) if not (path.parent / link).exists()]


def test_a_bar_or_a_line_end_stays_inside_its_cell():
    assert cell("a|b\n c ") == "a\\|b c"
    assert table(["x"], [["1|2"]]) == "| x |\n| --- |\n| 1\\|2 |"
