"""Which language the elements of a page say that each of its texts is in (WCAG 3.1.1, 3.1.2)."""

from html.parser import HTMLParser

EMPTY = ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")


class _Spoken(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.found: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in EMPTY:
            self.open.append(dict(attrs).get("lang") or (self.open[-1] if self.open else ""))

    def handle_endtag(self, tag: str) -> None:
        if tag not in EMPTY:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.found[" ".join(data.split())] = self.open[-1] if self.open else ""


def languages(page: str) -> dict[str, str]:
    """The language of every text between two tags; "" where no element around it says one."""
    reader = _Spoken()
    reader.feed(page)
    return reader.found
