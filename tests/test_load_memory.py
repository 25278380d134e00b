"""A course that is read and shown again with a memory of its pages is the same as one that is made from nothing."""

from __future__ import annotations

import shutil
from collections import defaultdict
from pathlib import Path

import pytest
from markupsafe import Markup

from scormkit.load import load
from scormkit.load.memory import Memory
from scormkit.load.reader import PageReader
from scormkit.model.rounds import Rounds
from scormkit.render import render
from scormkit.render.render import Document

ROOT = Path(__file__).parent.parent


def pages_of(folder: Path) -> list[Path]:
    return sorted(folder.rglob("pages/**/*.md"))


@pytest.mark.parametrize("folder", ["docs/gallery", "course"])
def test_what_is_remembered_is_what_would_be_read(folder: str, tmp_path: Path) -> None:
    """Whatever changes: text, a title that others link to, the glossary, sources, media, a page that comes or goes."""
    course = tmp_path / "course"
    shutil.copytree(ROOT / folder, course)
    memory, shown = Memory(), defaultdict[str, Rounds[Markup]](Rounds)
    load(course, memory)
    first, second, *_, last = pages_of(course)

    def same() -> None:
        memory.begin()
        programme = load(course, memory)
        assert programme == load(course)
        for one in programme.courses:
            rounds = shown[one.settings.slug]
            rounds.begin()
            assert render(one, shown=rounds).document == render(one).document

    same()
    for page in (first, last):
        page.write_text(
            page.read_text("utf-8") + "\nA [link](02-nothing.md).\n\n![A picture](../media/none.svg)\n", "utf-8"
        )
        same()
    second.rename(second.with_name(f"00-{second.name}"))
    same()
    last.write_text("---\ntitle: Other\nid: another\n---\n\nWords, [[of nothing]], [@nobody].\n", "utf-8")
    same()
    for name in ("glossary.yaml", "references.yaml"):
        for file in course.rglob(name):
            file.unlink()
            same()
    for media in [file for file in course.rglob("media/*") if file.is_file()][:2]:
        media.unlink()
        same()


def test_only_what_has_changed_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "course.yaml").write_text("id: https://example.org/x\ntitle: X\n", "utf-8")
    for number in range(1, 6):
        (tmp_path / "pages" / f"{number}-page.md").write_text(f"Text {number}.\n", "utf-8")
    memory, read, found = Memory(), PageReader.read, []
    monkeypatch.setattr(PageReader, "read", lambda self, text, span: found.append(text) or read(self, text, span))
    load(tmp_path, memory)
    assert len(found) == 5
    (tmp_path / "pages" / "3-page.md").write_text("Another text.\n", "utf-8")
    found.clear()
    memory.begin()
    load(tmp_path, memory)
    assert found == ["Another text.\n"]


def test_only_the_question_that_has_changed_is_shown_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = "\n\n:::{choice} q%d\nWhich of %d?\n\n- [x] This\n- [ ] That\n:::\n"
    (tmp_path / "course.yaml").write_text("id: https://example.org/x\ntitle: X\n", "utf-8")
    page = tmp_path / "pages" / "1-page.md"
    page.parent.mkdir()
    page.write_text("Text." + "".join(asked % (number, number) for number in range(5)), "utf-8")
    shown: Rounds[Markup] = Rounds()
    render(load(tmp_path).courses[0], shown=shown)
    made, found = Document.made, []
    monkeypatch.setattr(
        Document, "made", lambda self, block, values: found.append(block.id) or made(self, block, values)
    )
    page.write_text(page.read_text("utf-8").replace("Which of 3?", "Which one of 3?"), "utf-8")
    shown.begin()
    render(load(tmp_path).courses[0], shown=shown)
    assert found == ["q3"]
