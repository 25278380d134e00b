"""One thing has one name everywhere: a type, a block, a format is there on every side or on none."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from scormkit.blocks import TYPES as BLOCKS
from scormkit.model.course import ContentBlock
from scormkit.model.question import Question
from scormkit.package import FORMATS
from scormkit.questions import TYPES as QUESTIONS

ROOT = Path(__file__).parent.parent


def text(*parts: str) -> str:
    return ROOT.joinpath(*parts).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", sorted(QUESTIONS))
def test_a_question_type_is_there_on_every_side(name: str) -> None:
    module = name.replace("-", "_")
    assert (ROOT / "scormkit" / "questions" / f"{module}.py").is_file(), "its module"
    assert (ROOT / "scormkit" / "questions" / f"{name}.html").is_file(), "its template"
    assert re.search(rf'"?{name}"?:', text("player", "src", "questions", "index.ts")), "its widget"
    page = text("docs", "questions", f"{name}.md")
    assert f":::{{{name}}}" in page, "an example in its page of the guide"
    assert f"({name}.md)" in text("docs", "questions", "README.md"), "its line in the guide's list"
    assert f":::{{{name}}}" in "".join(p.read_text() for p in (ROOT / "docs" / "gallery").rglob("*.md")), "the gallery"


@pytest.mark.parametrize("name", sorted(BLOCKS))
def test_a_block_is_there_on_every_side(name: str) -> None:
    assert f"## {name}\n" in text("docs", "blocks.md"), "a section of the guide"
    assert f":::{{{name}}}" in "".join(p.read_text() for p in (ROOT / "docs" / "gallery").rglob("*.md")), "the gallery"


@pytest.mark.parametrize("name", sorted({**QUESTIONS, **BLOCKS}))
def test_a_type_is_written_as_well_as_read(name: str) -> None:
    kind = {**QUESTIONS, **BLOCKS}[name]
    assert isinstance(kind, type)
    nothing = Question if issubclass(kind, Question) else ContentBlock
    assert kind.written is not nothing.written


def test_no_template_or_widget_is_left_over() -> None:
    templates = {
        path.stem.replace("_", "-")
        for path in (ROOT / "scormkit" / "questions").glob("*.html")
        if not path.name.startswith("_")
    }
    assert templates == set(QUESTIONS)
    pages = {path.stem for path in (ROOT / "docs" / "questions").glob("*.md")} - {"README"}
    assert pages == set(QUESTIONS)


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_a_format_is_there_on_every_side(name: str) -> None:
    assert (ROOT / "scormkit" / "package" / f"{name}.py").is_file(), "its module"
    assert (ROOT / "player" / "src" / "trackers" / f"{name}.ts").is_file(), "its tracker"
    assert f'"{name}"' in text("scormkit", "cli", "options.py"), "the command line"
    assert f'"{name}"' in text("scormkit", "model", "settings.py"), "the settings"


def test_profiles_have_one_list() -> None:
    from typing import get_args

    from scormkit.cli.options import PROFILES
    from scormkit.model.settings import Profile
    from scormkit.standards.profiles import PROFILES as KNOWN

    assert set(PROFILES) == set(get_args(Profile)) == set(KNOWN)
