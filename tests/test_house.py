"""The house rules of docs/architecture.md: who may import whom, and how long a file may be."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MODULES = sorted((ROOT / "scormkit").rglob("*.py"))

# From the top of the house down: each may import what stands below it, never what stands beside or above.
MAY_IMPORT = {
    "__main__": {"cli"},
    "cli": {
        "releases",
        "compare",
        "review",
        "preview",
        "pipeline",
        "load",
        "check",
        "render",
        "package",
        "starter",
        "banks",
        "translations",
        "model",
    },
    "translations": {"load", "exchange", "model"},
    "banks": {"load", "exchange", "model"},
    "write": {"load", "spell", "exchange", "model"},
    "spell": {"model"},
    "exchange": {"model"},
    "releases": {"load", "render", "package", "check", "compare", "model"},
    "review": {"render", "standards", "model"},
    "preview": {"pipeline", "load", "check", "render", "package", "standards", "model"},
    "pipeline": {"load", "check", "render", "package", "model"},
    "load": {"questions", "blocks", "model"},
    "check": {"questions", "blocks", "standards", "locales", "model"},
    "compare": {"model"},
    "render": {"questions", "blocks", "standards", "locales", "model"},
    "package": {"standards", "model"},
    "starter": {"model"},
    "questions": {"model"},
    "blocks": {"model"},
    "standards": set(),
    "locales": set(),
    "model": set(),
}
# catalogue() names the modules that define rules, to import them by name: a list of strings, not an import.
STANDARD_LIBRARY_AND_MODEL_LIBRARY = sys.stdlib_module_names | {"pydantic", "scormkit"}


def part(path: Path) -> str:
    """The part of the house that a module belongs to: `load` for scormkit/load/yaml.py."""
    return path.relative_to(ROOT / "scormkit").parts[0].removesuffix(".py")


def imports(path: Path) -> set[str]:
    """Every module that a file imports, those inside functions and under TYPE_CHECKING too."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are written in full"
            assert node.module is not None
            found |= {f"{node.module}.{alias.name}" for alias in node.names} | {node.module}
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_go_one_way(path: Path) -> None:
    here = part(path)
    if here == "__init__":
        return  # the library's face shows what all the parts offer
    reached = {name.split(".")[1] for name in imports(path) if name.startswith("scormkit.")} - {"__version__"}
    beyond = reached - MAY_IMPORT[here] - {here}
    assert not beyond, f"{here} may not import {', '.join(sorted(beyond))}"


def test_the_model_needs_only_the_standard_library_and_its_model_library() -> None:
    for path in (ROOT / "scormkit" / "model").glob("*.py"):
        foreign = {name.split(".")[0] for name in imports(path)} - STANDARD_LIBRARY_AND_MODEL_LIBRARY
        assert not foreign, f"{path.name} imports {foreign}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_files_stay_readable(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    assert len(lines) <= 400, f"{path} has {len(lines)} lines: what are the two things it does?"
    for node in ast.walk(ast.parse("\n".join(lines))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or 0) - node.lineno + 1
            assert length <= 60, f"{path}:{node.lineno} {node.name} has {length} lines"


@pytest.mark.parametrize("path", sorted((ROOT / "player" / "src").rglob("*.ts")), ids=lambda path: path.name)
def test_files_of_the_player_stay_readable(path: Path) -> None:
    length = len(path.read_text(encoding="utf-8").splitlines())
    assert length <= 400, f"{path} has {length} lines: what are the two things it does?"


def test_help_needs_nothing_heavy() -> None:
    """`scormkit --help` answers at once because it imports click and nothing else of weight."""
    script = "import sys, scormkit.cli; print(sorted(m for m in sys.modules if '.' not in m))"
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    for heavy in ("pydantic", "jinja2", "lxml", "nh3", "tincan", "rich", "yaml", "markdown_it"):
        assert f"'{heavy}'" not in loaded
