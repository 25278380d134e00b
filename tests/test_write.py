"""A course that was loaded, written as a folder: read again it is the same course."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from scormkit import Course, CourseSettings, Page, PageSettings, Programme, Section, build, load, load_texts, write
from scormkit.load import phrase, prose
from scormkit.load.lock import lock_text
from scormkit.model.course import Media
from scormkit.model.problem import Severity
from scormkit.model.prose import Link, Prose
from scormkit.model.question import Option
from scormkit.model.settings import SectionSettings
from scormkit.questions.matching import Matching
from scormkit.starter import make

ROOT = Path(__file__).parent.parent
CASES = ROOT / "tests" / "cases" / "course"
STARTER = ROOT / "scormkit" / "starter"
GALLERY = ROOT / "docs" / "gallery"
PLACES = {"span", "places", "root", "problems", "unused"}
ASIDE = {Prose: {"source", "definitions", "lines"}, Media: {"file", "data"}}
REPEATED = {"title", "id"}  # settings of a page that its file's name or first line may say as well
SAME_ID_TWICE = "PGE103-same-page-id"  # two pages of one id cannot both be found by it


def said(value: Any) -> Any:
    """What a course says, without where it says it and how it is spelt."""
    if isinstance(value, Link):
        return (value.kind, value.target, value.text, value.decorative)
    if isinstance(value, BaseModel):
        told = value.model_dump(mode="json", exclude_unset=False)
        but = REPEATED if isinstance(value, PageSettings | SectionSettings) else {"pages"}
        return {key: one for key, one in told.items() if key not in but}
    if is_dataclass(value) and not isinstance(value, type):
        but = PLACES | ASIDE.get(type(value), set())
        told = ((field.name, getattr(value, field.name)) for field in fields(value))
        return (type(value).__name__, {name: said(one) for name, one in told if name not in but})
    if isinstance(value, dict):
        return {key: said(one) for key, one in value.items()}
    return [said(one) for one in value] if isinstance(value, list | tuple) else value


def sound(programme: Programme) -> bool:
    """Whether loading found no mistakes."""
    found = [*programme.problems, *(problem for course in programme.courses for problem in course.problems)]
    return not any(problem.severity.rank <= Severity.ERROR.rank for problem in found)


def again(course: Course, folder: Path) -> Course:
    """The course as it is read from where it was written; all of it could be written."""
    assert write(course, folder) == ()
    read = load(folder)
    assert sound(read), [str(problem) for problem in read.courses[0].problems]
    return read.courses[0]


def packages(course: Course, folder: Path) -> list[bytes]:
    built = build(course, out=folder)
    assert not built.refused, built.problems
    return [package.path.read_bytes() for package in built.packages]


def tiny() -> Iterator[Path]:
    """The courses of the cases that load without a mistake."""
    for settings in sorted(CASES.glob("**/course.yaml")):
        if settings.parent.parts[len(CASES.parts)] != SAME_ID_TWICE and sound(load(settings.parent)):
            yield settings.parent


@pytest.mark.parametrize("folder", [GALLERY, ROOT / "course", STARTER], ids=lambda path: path.name)
def test_a_course_that_was_loaded_is_the_same_and_so_are_its_packages(folder: Path, tmp_path: Path) -> None:
    if folder == STARTER:
        make(tmp_path / "starter", "A course of one's own: the first")
        folder = tmp_path / "starter"
    for number, course in enumerate(load(folder).courses):
        read = again(course, tmp_path / f"{number}")
        assert said(read) == said(course)
        assert packages(read, tmp_path / "new") == packages(course, tmp_path / "old")


def test_tiny_courses_are_the_same(tmp_path: Path) -> None:
    written = 0
    for folder in tiny():
        for course in load(folder).courses:
            written += 1
            read = again(course, tmp_path / f"{written}")
            assert said(read) == said(course), folder
    assert written > 200


ODD = """---
type: page
objectives: [tell]
min-time: 90 seconds
---
# C\\# & `code`, *stressed*

See [the sheet][sheet], ![A ward][ward], [further down](#further-down), [[teach back]] and a note[^early].

[^early]: Said before
    it is needed.

    - In two paragraphs.

## Further down

[^late]: A second note.

::::{note} A title with a [link](a.md#what-then "and a title")
    indented code

:::{choice} Which **one**?
:id: deep
:hint: Look at the [sheet].
```text
::::{note} is no fence here
```

- [x] A first line
  and a second
- [ ] Another line
  > Feedback:

  > - with a list[^late]
  > - of two
- [ ] Code

  ```python
  if x:
      return ":::"
  ```
> correct: - no list
> incorrect: Words first.
> Then more.
>
> 1. And a list
> 2. of two
>
> | a | b |
> |---|---|
> | 1 | 2 |
:::
::::

[sheet]: ../media/the%20sheet.pdf "Its title"
[ward]: <../media/ward.svg>
"""


def odd_files() -> dict[str, str | bytes]:
    return {
        "course.yaml": (
            "id: urn:x:odd\ntitle: 'Odd: \"yes\"'\nversion: '1.0'\nlanguages: [en-GB, cy]\ntheme: themes/own\n"
            "objectives: [{id: tell, text: 'no'}]\ncompletion: {rule: pages, pages: 100}\n"
            "pages: [b, a, c]\naccessibility: {results: tested.json}\nreview: {next-review: 2027-11-01}\n"
        ),
        "pages/b.md": ODD,
        "pages/a.md": "# Next\n\n## What then\n\n[Back](b.md) and [here](../media/ward.svg).\n",
        "pages/c.md": "---\ntype: assessment\nfrom: [set]\ndraw: 1\nwait: 10 minutes\n---\n# Test\n",
        "banks/set/one.md": (
            "---\ntitle: One\ntags: [all]\n---\n:::{true-false} So it is.[^b]\n:id: so\n:answer: true\n"
            "> correct: ![W](../../media/ward.svg)\n:::\n\n[^b]: A note of the bank.\n"
        ),
        "glossary.yaml": (
            "C++: A language.\nC: Another one, like [[C++]].\n"
            "Teach-back: {meaning: 'Say: it *back*.', also: [teach back]}\n"
        ),
        "themes/own/theme.yaml": "name: Own\nlogo: logo.svg\nlogo-alt: Own\ncolours: {brand: '#123456'}\n",
        "themes/own/theme.css": ".a { background: url(\"logo.svg\"); }\n",
        "themes/own/templates/foot.html": "<p><img src=\"logo.svg\" alt=\"\"> {{ title }}</p>\n",
        "themes/own/logo.svg": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        "media/ward.svg": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        "media/ward.cy.svg": b"<svg xmlns='http://www.w3.org/2000/svg'><g/></svg>",
        "media/the sheet.pdf": b"%PDF",
        "tested.json": (
            '{"course": "urn:x:odd", "version": "1.0", "date": "2026-01-02", "tools": ["axe-core 4"], "pages": ["b"],'
            ' "circumstances": ["light"]}'
        ),
        "locales/cy.po": (
            'msgid ""\nmsgstr ""\n"Language: cy\\n"\n"X-Course: urn:x:odd\\n"\n\n'
            'msgctxt "1"\nmsgid "What then"\nmsgstr "Beth wedyn"\n\nmsgctxt "2"\nmsgid "Next"\nmsgstr "Nesaf"\n'
        ),
    }  # fmt: skip


def test_what_stands_in_odd_places_stays_what_it_is(tmp_path: Path) -> None:
    (course,) = load_texts(odd_files()).courses
    assert sound(load_texts(odd_files())), [str(problem) for problem in course.problems]
    assert course.translations[0].pages[1].title == "Nesaf"
    read = again(course, tmp_path / "course")
    assert said(read) == said(course)
    assert packages(read, tmp_path / "new") == packages(course, tmp_path / "old")
    assert (tmp_path / "course" / "media" / "the sheet.pdf").read_bytes() == b"%PDF"


def test_the_other_courses_of_a_programme_are_left_behind_but_not_what_they_share(tmp_path: Path) -> None:
    files = {
        "programme.yaml": "publisher: Example Trust\nbase: https://example.org/learning\nprofile: moodle\n",
        "glossary.yaml": "AHP: {meaning: Allied health professional., also: [AHPs]}\nNICU: Not named.\n",
        "media/logo.txt": b"shared",
        "one/course.yaml": "title: One\n",
        "one/pages/welcome.md": "[[AHPs]] may take [this](../../media/logo.txt) or [that](../media/logo.txt).\n",
        "one/media/logo.txt": b"own",
        "two/course.yaml": "title: Two\n",
    }
    course = load_texts(files).courses[0]
    problems = write(course, tmp_path / "one")
    assert [problem.message for problem in problems] == [
        f"the {what} could not be written as it is"
        for what in ("page 'welcome'", "file 'shared/logo.txt'", "file 'media/shared/logo.txt'")
    ]
    read = load(tmp_path / "one").courses[0]
    assert (read.settings.id, read.settings.publisher) == ("https://example.org/learning/one", "Example Trust")
    assert [term.name for term in read.glossary] == ["AHP"]
    assert [(media.path, media.file.read_bytes()) for media in read.media] == [
        ("media/logo.txt", b"own"), ("media/shared/logo.txt", b"shared"),
    ]  # fmt: skip


def test_nothing_of_an_authors_is_overwritten(tmp_path: Path) -> None:
    course = Course(CourseSettings(id="urn:x:a", title="A"))
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "notes.txt").write_text("mine", encoding="utf-8")
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    for name in ("full", "file"):
        with pytest.raises(FileExistsError, match="not an empty folder"):
            write(course, tmp_path / name)
    (tmp_path / "empty").mkdir()
    assert write(course, tmp_path / "empty") == write(course, tmp_path / "new" / "one") == ()
    assert sorted(path.name for path in tmp_path.rglob("*") if path.is_file()) == [
        "course.yaml", "course.yaml", "file", "notes.txt",
    ]  # fmt: skip


def test_what_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    gone = Media("media/gone.png", tmp_path / "gone.png", 3)
    course = Course(CourseSettings(id="urn:x:a", title="A"), media=(gone,))
    with pytest.raises(FileNotFoundError):
        write(course, tmp_path / "course")
    beyond = replace(gone, path="media/../../beyond.png", data=b"abc")
    with pytest.raises(ValueError, match="leads out"):
        write(replace(course, media=(beyond,)), tmp_path / "course")
    assert list(tmp_path.iterdir()) == []


def test_what_the_language_of_course_folders_has_no_words_for_is_told(tmp_path: Path) -> None:
    answers = (
        Option("a", phrase("One"), True),
        Option("b", phrase("Two"), True),
        Option("1", phrase("First"), True, prose("Said of a match that belongs to something.")),
        Option("2", phrase("Second"), True),
        Option("3", phrase("Third")),
    )
    question = Matching(id="pairs", prompt=phrase("Match them."), answers=answers, links=(("a", "1"), ("b", "2")))
    pages = (Page("fine", "Fine", blocks=(prose("Text."),)), Page("odd", "Odd", blocks=(question,)))
    course = Course(CourseSettings(id="urn:x:a", title="A"), (Section(pages),))
    (problem,) = write(course, tmp_path / "course")
    assert (problem.id, problem.message) == ("OUT004", "the page 'odd' could not be written as it is")
    assert load(tmp_path / "course").courses[0].pages[1].questions[0].id == "pairs"


def test_the_lock_of_a_course_that_is_made_in_code_anew_is_kept(tmp_path: Path) -> None:
    (tmp_path / "old").mkdir()
    lock = load(GALLERY).courses[0].lock
    (tmp_path / "old" / "course.lock").write_text(lock_text(lock), encoding="utf-8")
    course = Course(CourseSettings(id=lock.course, title="A"), root=tmp_path / "old")
    assert write(course, tmp_path / "new") == ()
    assert load(tmp_path / "new").courses[0].lock == lock
