"""A real browser for the journeys. Every page's console must stay quiet; accessibility is a step of a journey.

`HEED_SCREENSHOTS=FOLDER` keeps the pictures that `screenshot` takes; without it none is taken.
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from weakref import WeakSet

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from heed.config import browser as chromium

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright runs a loop in this thread; the database is not used in it
PHONE, DESK = 375, 1280
HARMLESS = ("favicon.ico",)
WITHOUT_JAVASCRIPT: WeakSet[BrowserContext] = WeakSet()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all journeys."""
    place = chromium.find()
    assert place, "no Chromium here: `./heed test` installs one where it can, or name yours in HEED_CHROMIUM"
    with sync_playwright() as playwright:
        program = playwright.chromium.launch(executable_path=str(place), args=chromium.options())
        yield program
        program.close()


class Console:
    """What the pages of one journey complained of: errors of scripts, and all that the security policy blocked."""

    def __init__(self) -> None:
        self.complaints: list[str] = []

    def listen(self, context: BrowserContext) -> None:
        context.on("weberror", lambda error: self.complaints.append(str(error.error)))
        context.on("console", lambda message: self._hear(message.type, message.text, message.location.get("url", "")))

    def _hear(self, kind: str, text: str, url: str) -> None:
        expected = "Failed to load resource" in text and "status of 4" in text  # a refusal is a page, not a fault
        if kind == "error" and not expected and not any(word in url for word in HARMLESS):
            self.complaints.append(f"{text} ({url})")


@pytest.fixture
def new_page(browser: Browser, live_server: object) -> Iterator[Callable[..., Page]]:
    """`new_page(javascript=False, width=375)`: a page of a visitor of its own. Addresses start at `/`."""
    contexts: list[BrowserContext] = []
    console = Console()

    def make(javascript: bool = True, width: int = DESK, **options: object) -> Page:
        context = browser.new_context(
            base_url=str(live_server),
            java_script_enabled=javascript,
            viewport={"width": width, "height": 900},
            locale="en-GB",
            timezone_id="Europe/London",
            reduced_motion="reduce",
            **options,  # type: ignore[arg-type]
        )
        context.set_default_timeout(10_000)
        console.listen(context)
        contexts.append(context)
        if not javascript:
            WITHOUT_JAVASCRIPT.add(context)
        return context.new_page()

    yield make
    for context in contexts:
        context.close()
    assert not console.complaints, console.complaints


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    """A page of one visitor, at a desk, with JavaScript."""
    return new_page()


@pytest.fixture
def plain_page(new_page: Callable[..., Page]) -> Page:
    """The same without JavaScript: everything must work there too."""
    return new_page(javascript=False)


@pytest.fixture(scope="session")
def check_accessible(browser: Browser) -> Iterator[Callable[[Page], None]]:
    """`check_accessible(page)`: a step that fails with axe's words if it finds anything at all."""
    axe = Axe()
    reader = Reader(browser)

    def check(page: Page) -> None:
        read = reader.copy_of(page) if page.context in WITHOUT_JAVASCRIPT else page
        found = axe.run(read).response["violations"]
        sentences = [
            f"{rule['id']} ({rule['impact']}): {rule['help']}\n    {node['html'][:200]}\n    {node['target']}"
            for rule in found
            for node in rule["nodes"]
        ]
        assert not found, f"{page.url} at {page.viewport_size}:\n  " + "\n  ".join(sentences)

    yield check
    reader.close()


class Reader:
    """axe is a script, so it never answers on a page without scripts. It reads a copy in another visitor's tab, where
    scripts are allowed, but none of the page's own is loaded. One tab for all, because a new one starts cold."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.tab: Page | None = None

    def copy_of(self, page: Page) -> Page:
        if self.tab is None:
            self.tab = self.browser.new_context(reduced_motion="reduce").new_page()
            self.tab.route("**/*.js", lambda route: route.abort())
        html, address = whole_html(page), page.url
        self.tab.set_viewport_size(page.viewport_size or {"width": DESK, "height": 900})
        self.tab.route(address, lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8"))
        self.tab.goto(address)
        self.tab.unroute(address)
        return self.tab

    def close(self) -> None:
        if self.tab:
            self.tab.context.close()


def whole_html(page: Page) -> str:
    """The page once it has come: after a click, a page without scripts is for a moment the empty one between two."""
    page.locator("main").wait_for()
    while "</main>" not in (html := page.content()):
        page.wait_for_load_state("domcontentloaded")
        page.wait_for_timeout(50)
    return html


@pytest.fixture
def screenshot() -> Callable[[Page, str], list[Path]]:
    """`screenshot(page, "worklist")`: the whole page at 375 and at 1280 px; the two files, none where nobody asked for them."""
    asked = os.environ.get("HEED_SCREENSHOTS")

    def take(page: Page, name: str) -> list[Path]:
        if not asked:
            return []
        folder = Path(asked)
        folder.mkdir(parents=True, exist_ok=True)
        before = page.viewport_size
        files = []
        for width in (PHONE, DESK):
            page.set_viewport_size({"width": width, "height": 900})
            files.append(folder / f"{name}-{width}.png")
            page.screenshot(path=files[-1], full_page=True)
        if before:
            page.set_viewport_size(before)
        return files

    return take
