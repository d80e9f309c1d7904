"""The compiled look: whole, ours alone, and made again only when something changed."""

import importlib.util
import json
import re
import shutil
from pathlib import Path
from types import ModuleType

import pytest
from django.core.management import call_command

ROOT = Path(__file__).resolve().parents[2]
STORAGE = "whitenoise.storage.CompressedManifestStaticFilesStorage"


@pytest.fixture
def build() -> ModuleType:
    spec = importlib.util.spec_from_file_location("frontend_build", ROOT / "src" / "frontend" / "build.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_lock_holds_no_address_to_fetch_from() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text())
    packages = {name: about for name, about in lock["packages"].items() if name}
    assert packages
    for name, about in packages.items():
        assert "resolved" not in about, name
        assert about["integrity"].startswith("sha512-"), name


def test_every_address_in_the_stylesheet_leads_to_a_file(build: ModuleType) -> None:
    styles = (build.DIST / "heed.css").read_text()
    addresses = build.URL.findall(styles)
    assert any("atkinson" in address for address in addresses)
    assert all((build.DIST / address).is_file() for address in addresses)
    assert "sourceMappingURL" not in styles + (build.DIST / "heed.js").read_text()


def test_nothing_that_only_gov_uk_may_use_is_in_it(build: ModuleType) -> None:
    styles = (build.DIST / "heed.css").read_text()
    assert not re.search("GDS Transport|crest|crown", styles)
    assert not [path for path in build.DIST.rglob("*") if re.search("crest|crown|logotype|lozenge", path.name)]


def test_every_class_of_ours_on_a_page_has_a_style(build: ModuleType) -> None:
    """A class that is misspelt, or styled no more, shows on no error page: the page only looks wrong."""
    styles = (build.DIST / "heed.css").read_text()
    places = [
        *(ROOT / "src" / "heed").rglob("templates/**/*.html"),
        *(ROOT / "src" / "heed").rglob("templatetags/*.py"),
    ]
    used = {
        (name, place.name)
        for place in places
        for classes in re.findall(r'class="([^"]*)"', re.sub(r"{%.*?%}|{{.*?}}", " ", place.read_text()))
        for name in re.findall(r"(?<![\w-])heed-[\w-]*\w(?![\w-])", classes)
    }
    assert len(used) > 50
    unknown = sorted(f"{name} in {place}" for name, place in used if f".{name}" not in styles)
    assert not unknown, unknown


def test_a_stylesheet_that_points_nowhere_is_refused(build: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "heed.css").write_text("a{background:url(images/none.svg)}")
    with pytest.raises(build.NotBuilt, match=r"images/none\.svg"):
        build.check(tmp_path)
    (tmp_path / "heed.css").write_text('a{font-family:"GDS Transport"}')
    with pytest.raises(build.NotBuilt, match="GDS Transport"):
        build.check(tmp_path)


def test_a_second_build_does_nothing_and_a_changed_source_is_noticed(
    build: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    built: list[Path] = []
    monkeypatch.setattr(build, "build", built.append)
    assert build.main([]) == 0
    assert built == []
    sources = tmp_path / "src" / "frontend"
    shutil.copytree(build.SOURCES, sources, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("package.json", "package-lock.json"):
        shutil.copy(ROOT / name, tmp_path)
    monkeypatch.setattr(build, "ROOT", tmp_path)
    monkeypatch.setattr(build, "SOURCES", sources)
    assert build.main([]) == 0
    assert built == []
    (sources / "scss" / "_page.scss").write_text("a{}")
    monkeypatch.setattr(build, "find_npm", lambda _named: Path("npm"))
    assert build.main([]) == 0
    assert built == [Path("npm")]


def test_a_missing_npm_is_said_plainly(build: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    assert build.main(["--force", "--npm", "/nowhere/npm"]) == 1
    assert "npm was not found" in capsys.readouterr().err


@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_the_strict_storage_takes_every_file(settings: object, tmp_path: Path) -> None:
    settings.STATIC_ROOT = tmp_path  # type: ignore[attr-defined]
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": STORAGE}}  # type: ignore[attr-defined]
    call_command("collectstatic", "--noinput", verbosity=0)
    manifest = json.loads((tmp_path / "staticfiles.json").read_text())["paths"]
    assert "heed/dist/heed.css" in manifest
    styles = (tmp_path / manifest["heed/dist/heed.css"]).read_text()
    assert manifest["heed/dist/fonts/atkinson-hyperlegible-next-latin-400-normal.woff2"].rpartition("/")[2] in styles
