"""What keeps the structure: the layers, and what an import linter cannot see."""

import ast
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "heed"
SCREENS = ("portal", "staff", "oversight", "api")
WRITES = {"save", "delete", "create", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "aupdate"}
# Heavy libraries are imported when they are needed, each inside one module that hides it.
ADAPTERS = {
    "deadlines/bank_holidays.py": {"holidays"},
    "design/pictures.py": {"typst"},
    "documents/inspector/program.py": {"puremagic"},
    "documents/sheets/pdf.py": {"typst"},
    "insight/snapshots/duck.py": {"duckdb"},
    "insight/themes/training.py": {"scipy.sparse", "sklearn.linear_model", "sklearn.svm"},
    "statistics/distributions.py": {"scipy.special"},
}
# Triggers are made anew after every migrate, and Django says by a signal when that is.
SIGNALS_ALLOWED = {"post_migrate": "apps.py"}


def modules(*packages: str) -> Iterator[tuple[Path, ast.Module]]:
    """Every source file of the packages (all of them without a name), parsed; migrations are Django's writing."""
    for folder in [SOURCE / package for package in packages] or [SOURCE]:
        for path in sorted(folder.rglob("*.py")):
            if "migrations" not in path.parts:
                yield path, ast.parse(path.read_text(), filename=str(path))


def place(path: Path, node: ast.AST) -> str:
    return f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 1)}"


def layers() -> dict[str, int]:
    """Each package's height in the list of layers; the bottom is 0."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    listed = next(contract["layers"] for contract in contracts if contract["id"] == "layers")
    return {name.strip(): height for height, layer in enumerate(reversed(listed)) for name in layer.split("|")}


def test_imports_keep_to_the_contracts():
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([linter, "--no-logo", "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_relation_between_tables_points_down():
    """A string foreign key dodges the import linter."""
    height = layers()
    upward = [
        f"{model.__name__}.{field.name} -> {field.related_model.__name__}"
        for model in apps.get_models()
        if model.__module__.startswith("heed.")
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignObject | models.ManyToManyField)
        and field.related_model.__module__.startswith("heed.")
        and field.related_model._meta.app_label != model._meta.app_label
        and height[field.related_model._meta.app_label] >= height[model._meta.app_label]
    ]
    assert not upward


def test_screens_never_write():
    """They call actions: nothing in them may save, create, update or delete rows."""
    found = [
        f"{place(path, call)} .{call.func.attr}()"
        for path, tree in modules(*SCREENS)
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and writes(call.func, imported(tree))
    ]
    assert not found


def imported(tree: ast.Module) -> set[str]:
    """The names that a module imports: `plan.update(...)` is an action's, if `plan` is a module."""
    nodes = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    return {(alias.asname or alias.name).partition(".")[0] for node in nodes for alias in node.names}


def writes(function: ast.Attribute, names: set[str]) -> bool:
    if isinstance(function.value, ast.Name) and function.value.id in names:
        return False
    if function.attr == "update":  # also a dictionary's; of rows when it follows a call or `objects`
        return isinstance(function.value, ast.Call | ast.Attribute) and "objects" in ast.dump(function.value)
    return function.attr in WRITES


@pytest.mark.parametrize(
    ("code", "is_a_write"),
    [
        ("case.save()", True),
        ("Case.objects.filter(pk=1).update(status='x')", True),
        ("Case.objects.create()", True),
        ("context.update(a=1)", False),
        ("import plan\nplan.update(by=1)", False),
    ],
)
def test_the_search_for_writes_knows_one_when_it_sees_it(code, is_a_write):
    tree = ast.parse(code)
    calls = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    assert any(writes(call, imported(tree)) for call in calls if isinstance(call, ast.Attribute)) is is_a_write


# Who may read what people said about themselves, and who may write it down (R256).
READS_ABOUT_YOU = {"insight/queries/joined.py"}
KNOWS_ABOUT_YOU = {"feedback/about_you.py", "feedback/actions/about_you.py", "feedback/models/__init__.py"}


def test_one_query_alone_reads_what_people_said_about_themselves():
    reads, knows, counts = set(), set(), set()
    for path, tree in modules():
        name = str(path.relative_to(SOURCE))
        for node in ast.walk(tree):
            taken = {alias.name for alias in node.names} if isinstance(node, ast.Import | ast.ImportFrom) else set()
            module = node.module or "" if isinstance(node, ast.ImportFrom) else ""
            if module == "heed.feedback.about_you" or (module == "heed.feedback" and "about_you" in taken):
                reads.add(name)
            if "AboutYouAnswer" in taken:
                knows.add(name)
            if module == "heed.insight.queries.joined" or "joined" in taken:
                counts.add(name)
    assert reads == READS_ABOUT_YOU | {"feedback/actions/about_you.py"}  # the action makes the hash by it
    assert knows == KNOWS_ABOUT_YOU
    assert counts == {"insight/actions/groups.py"}


def test_nothing_leads_from_an_answer_about_somebody_to_a_case_or_back():
    model = apps.get_model("feedback", "AboutYouAnswer")
    assert not [field for field in model._meta.get_fields(include_hidden=True) if field.is_relation]


def test_nothing_happens_by_signal():
    found = []
    for path, tree in modules():
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and node.module in ("django.dispatch", "django.db.models.signals"):
                names = [alias.name for alias in node.names if SIGNALS_ALLOWED.get(alias.name) != path.name]
                found += [f"{place(path, node)} {name}" for name in names]
    assert not found


def test_every_package_says_in_one_sentence_what_it_is():
    """The map in docs/architecture.md is made of these."""
    wrong = []
    for package in layers():
        says = ast.get_docstring(ast.parse((SOURCE / package / "__init__.py").read_text())) or ""
        if "\n" in says or not says.endswith(".") or ". " in says:
            wrong.append(package)
    assert not wrong


def test_every_folder_of_code_says_what_is_in_it():
    folders = [path for path in SOURCE.rglob("__init__.py") if "migrations" not in path.parts]
    assert not [str(path.relative_to(ROOT)) for path in folders if not ast.get_docstring(ast.parse(path.read_text()))]


def test_imports_stand_at_the_top_and_name_what_they_take():
    found = []
    for path, tree in modules():
        inside = {
            node
            for function in ast.walk(tree)
            if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
            for node in ast.walk(function)
            if isinstance(node, ast.Import | ast.ImportFrom)
        }
        heavy = ADAPTERS.get(str(path.relative_to(SOURCE)), set())
        found += [f"{place(path, node)} inside a function" for node in inside if node.names[0].name not in heavy]
        found += [
            f"{place(path, node)} import *"
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom) and node.names[0].name == "*"
        ]
    assert not found


def test_no_module_is_a_place_for_anything():
    """`utils` says nothing of what is in it."""
    vague = {"utils", "util", "helpers", "helper", "common", "misc"}
    assert not [str(path.relative_to(ROOT)) for path in SOURCE.rglob("*") if path.stem in vague]
