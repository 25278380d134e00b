"""Courses for browser tests: the real ones, and small ones written for a test."""

from __future__ import annotations

from pathlib import Path

from scormkit.preview.content import Content
from scormkit.preview.workshop import Workshop

ROOT = Path(__file__).parent.parent.parent
REAL = ROOT / "course"


def packages(folder: Path) -> Workshop:
    """The packages of a folder; the course must be readable."""
    workshop = Workshop(folder)
    assert workshop.load(), workshop.problems
    return workshop


def real(course: str, format: str = "scorm12") -> Content:
    """A package of the programme in this repository."""
    return packages(REAL / course).content(course, format)


def small(
    folder: Path, format: str = "scorm12", *, pages: int = 10, practice: int = 5, graded: int = 0, settings: str = ""
) -> Content:
    """A course of `pages` pages with a practice question on each of the first `practice`, and an assessment of `graded`."""
    (folder / "pages").mkdir(parents=True, exist_ok=True)
    (folder / "course.yaml").write_text(
        f'id: "https://example.org/learning/small"\ntitle: Small\nversion: 1.0.0\n{settings}', "utf-8"
    )
    for number in range(1, pages + 1):
        question = _question(f"practice-{number}", number) if number <= practice else ""
        text = f"---\ntitle: Page {number}\nid: page-{number}\n---\n\nText of page {number}.\n\n{question}"
        (folder / "pages" / f"{number:02}-page.md").write_text(text, "utf-8")
    if graded:
        questions = "\n".join(_question(f"graded-{number}", number) for number in range(1, graded + 1))
        text = f"---\ntitle: Assessment\nid: assessment\ntype: assessment\n---\n\n{questions}"
        (folder / "pages" / f"{pages + 1:02}-assessment.md").write_text(text, "utf-8")
    return packages(folder).content("small", format)


def _question(id: str, number: int) -> str:
    """A question whose right answer is not always at the same place."""
    options = [f"- [{'x' if at == number % 3 else ' '}] Answer {at}\n  > You chose {at}.\n" for at in range(3)]
    return f":::{{choice}} Question {number}?\n:id: {id}\n:tries: 0\n{''.join(options)}:::\n"
