"""The reference pages of the documentation, each written by the code that it describes.

A module here is a page of docs/reference/, under its own name: `page() -> str` gives the whole Markdown text. `./heed
docs` writes them all; a test fails when one is not what the code says now.
"""

import ast
import importlib
import pkgutil
import re
import tomllib
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[4]
REFERENCE = ROOT / "docs" / "reference"
ARCHITECTURE = ROOT / "docs" / "architecture.md"
MAP = re.compile(r"(<!-- map -->\n).*?(<!-- end of map -->)", re.DOTALL)
GROUPS = {  # the heading that stands before a layer
    "config": "the house",
    "portal": "screens: who is looking",
    "reports": "reading: what it tells us",
    "learning": "working: what happens",
    "correspondence": "ground: what everything stands on",
    "deadlines": "pure: no tables, nothing of Heed imported",
}


def pages() -> dict[Path, str]:
    """Every generated file, with what it should hold."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    texts = {
        REFERENCE / f"{name.replace('_', '-')}.md": importlib.import_module(f"{__name__}.{name}").page()
        for name in names
    }
    described = MAP.sub(lambda found: f"{found[1]}{package_map()}{found[2]}", ARCHITECTURE.read_text())
    return {**texts, ARCHITECTURE: described}


def page(title: str, source: str, *parts: str) -> str:
    """A page's text, headed by where it comes from."""
    notice = f"<!-- Written by `./heed docs` from {source}; change that, not this. -->"
    return "\n\n".join([f"# {title}", notice, *(part.strip() for part in parts)]) + "\n"


def table(heads: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """A Markdown table."""
    lines = [list(heads)]
    lines += [["---"] * len(lines[0]), *([cell(value) for value in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def cell(value: object) -> str:
    """One value, so that it stays inside its cell."""
    return re.sub(r"\s+", " ", str(value)).replace("|", "\\|").strip()


def package_map() -> str:
    """The packages from the top layer to the bottom, each with the sentence that it says of itself."""
    lines: list[str] = []
    for layer in layers():
        for name in layer:
            if name in GROUPS:
                lines.append(f"\n  -- {GROUPS[name]} --".removeprefix("\n" if not lines else ""))
            lines.append(f"  {name + '/':<16}{sentence_of(name)}")
    return "```\nsrc/heed/\n" + "\n".join(lines) + "\n```\n"


def layers() -> list[list[str]]:
    """The layers of the import contracts, from the top."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    listed = next(contract["layers"] for contract in contracts if contract["id"] == "layers")
    return [[name.strip() for name in layer.split("|")] for layer in listed]


def sentence_of(package: str) -> str:
    """The docstring of a package."""
    source = (ROOT / "src" / "heed" / package / "__init__.py").read_text()
    return ast.get_docstring(ast.parse(source)) or ""
