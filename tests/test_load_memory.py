"""A course that is read again with a memory of its pages is the same as one that is read from nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from scormkit.load import load
from scormkit.load.memory import Memory
from scormkit.load.reader import PageReader

ROOT = Path(__file__).parent.parent


def pages_of(folder: Path) -> list[Path]:
    return sorted(folder.rglob("pages/**/*.md"))


@pytest.mark.parametrize("folder", ["docs/gallery", "course"])
def test_what_is_remembered_is_what_would_be_read(folder: str, tmp_path: Path) -> None:
    """Whatever changes: text, a title that others link to, the glossary, sources, media, a page that comes or goes."""
    course = tmp_path / "course"
    shutil.copytree(ROOT / folder, course)
    memory = Memory()
    load(course, memory)
    first, second, *_, last = pages_of(course)

    def same() -> None:
        memory.next_round()
        assert load(course, memory) == load(course)

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
    memory.next_round()
    load(tmp_path, memory)
    assert found == ["Another text.\n"]
