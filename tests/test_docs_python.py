"""docs/python.md: its examples run, one after the other, and do what they say."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

PAGE = Path(__file__).parent.parent / "docs" / "python.md"


def test_the_examples_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    course = tmp_path / "my-course"
    (course / "pages").mkdir(parents=True)
    (course / "course.yaml").write_text("id: https://your-organisation.org/learning/a\ntitle: A\n", encoding="utf-8")
    (course / "pages" / "1.md").write_text("Text.\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {}
    examples = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    exec(examples[0], names)
    assert [package.format for package in names["built"].packages] == ["scorm12", "xapi"]
    assert (course / "course.lock").exists()
    exec(examples[1], names)
    assert names["programme"].courses[0].pages[0].title == "Welcome"
    exec(examples[2], names)
    assert not names["built"].refused
    exec(examples[3], names)
    assert not names["problems"]
    assert names["programme"].courses[0].questions[0].answers[0].correct
    assert sorted(path.name for path in (tmp_path / "hands").rglob("*.*")) == ["01-welcome.md", "course.yaml"]
    assert len(examples) == 4
    assert {path.name for path in tmp_path.iterdir()} == {"my-course", "build", "hands"}
    assert len(list((tmp_path / "build").glob("*.zip"))) == 4
