"""Finds a Chromium for the tests in a real browser, and gets one where it can."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from heed.config import apt

# The first draws no windows around a page, of which nobody looks at any here: it takes a third less work.
PROGRAMS = [
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome-stable",
    "google-chrome",
    "chrome",
]
APPLICATIONS = [
    Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
    Path("/Applications/Chromium.app/Contents/MacOS/Chromium"),
]
# A test's browser talks to nobody but the test's server.
QUIET = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-quic"]
# One process draws for all visitors of a test: to begin another for each takes a tenth of the time.
QUIET += ["--renderer-process-limit=1", "--no-first-run", "--disable-gpu", "--disable-default-apps"]


def find() -> Path | None:
    """The browser named by HEED_CHROMIUM, else the machine's, else one that Playwright fetched; None without one."""
    named = os.environ.get("HEED_CHROMIUM")
    if named:
        return Path(named)
    found = [Path(place) for place in map(shutil.which, PROGRAMS) if place]
    found += [place for place in APPLICATIONS if place.exists()]
    if not found:
        cache = Path.home() / ".cache" / "ms-playwright"
        found = [
            *cache.glob("chromium_headless_shell-*/chrome-*/*headless*shell"),
            *cache.glob("chromium-*/chrome-linux*/chrome"),
            *cache.glob("chromium-*/chrome-mac*/*.app/*/*/Chromium"),
        ]
    return found[0] if found else None


def get() -> Path | None:
    """As `find`; a machine without one gets Debian's when that may be installed here, else Playwright's own."""
    if find() is None and apt.may_install():
        print("heed: installing Chromium with apt-get ...", file=sys.stderr, flush=True)
        for package in ("chromium-headless-shell", "chromium"):
            if find() is None:
                apt.install("--no-install-recommends", package, "fonts-liberation")
    if find() is None:
        print("heed: fetching Chromium with Playwright ...", file=sys.stderr, flush=True)
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False, capture_output=True)
    return find()


def options() -> list[str]:
    """What Chromium is started with. As root it refuses to start inside its own sandbox."""
    return [*QUIET, "--no-sandbox"] if os.geteuid() == 0 else QUIET
