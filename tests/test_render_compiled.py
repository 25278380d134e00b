"""Compiled templates are kept as Python keeps its own, and never stand in for another source."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader

from scormkit.render.compiled import CompiledTemplates


@pytest.fixture
def templates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys, "pycache_prefix", None)
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    (tmp_path / "page.html").write_text("Hello {{ name }}")
    return tmp_path


def shown(templates: Path) -> str:
    """The page, as a process shows it that has just begun."""
    environment = Environment(loader=FileSystemLoader(templates), bytecode_cache=CompiledTemplates())
    return environment.get_template("page.html").render(name="Ann")


def kept(templates: Path) -> list[Path]:
    return sorted(templates.glob("__pycache__/*"))


def test_a_template_is_compiled_once(templates: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert shown(templates) == "Hello Ann"
    assert [file.name.split(".")[:2] for file in kept(templates)] == [["page", "html"]]
    monkeypatch.setattr(Environment, "_compile", lambda *_: pytest.fail("it was compiled again"))
    assert shown(templates) == "Hello Ann"


def test_another_source_is_compiled_anew(templates: Path) -> None:
    shown(templates)
    (templates / "page.html").write_text("Goodbye {{ name }}")
    assert shown(templates) == "Goodbye Ann"


@pytest.mark.parametrize("broken", [b"", b"\0" * 80, None], ids=["empty", "rubbish", "cut short"])
def test_a_broken_file_counts_as_missing(templates: Path, broken: bytes | None) -> None:
    shown(templates)
    (file,) = kept(templates)
    whole = file.read_bytes()
    file.write_bytes(whole[:90] if broken is None else broken)
    assert shown(templates) == "Hello Ann"
    assert file.read_bytes() == whole


def test_nothing_is_written_where_python_writes_nothing(templates: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert shown(templates) == "Hello Ann"
    assert kept(templates) == []


def test_a_place_that_cannot_be_written_is_no_error(templates: Path) -> None:
    (templates / "__pycache__").write_text("a file where the folder would be")
    assert shown(templates) == "Hello Ann"
