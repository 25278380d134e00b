"""The glossary: its file, the words that lead to it, and what a course takes from its programme's."""

from __future__ import annotations

import pytest

from scormkit.load import load_texts
from scormkit.model.course import Course, Prose
from scormkit.render import render

OWN = """\
Teach-back:
  meaning: Asking people to *show* what was explained.
  also: [teach back, showing back]
Consultation: Asking for views.
"""
SHARED = """\
consultation: Another meaning.
AHP:
  meaning: A professional. See [[NHS]].
  also: AHPs
NHS: The health service.
Never used: Nothing asks for it.
"""


def course(page: str, own: str | None = OWN, shared: str | None = None) -> Course:
    files = {"course.yaml": "id: urn:a\ntitle: A\n", "pages/1.md": page}
    files |= {"glossary.yaml": own} if own is not None else {}
    if shared is None:
        return load_texts(files).courses[0]
    programme = {f"a/{path}": text for path, text in files.items()}
    return load_texts({"programme.yaml": "title: P\n", "glossary.yaml": shared, **programme}).courses[0]


def html(made: Course) -> str:
    assert [str(problem) for problem in made.problems] == []
    (block,) = made.pages[0].blocks
    assert isinstance(block, Prose)
    return block.html


def said(page: str, own: str | None = OWN) -> list[str]:
    return [str(problem) for problem in sorted(course(page, own).problems)]


@pytest.mark.parametrize("word", ["teach-back", "Teach-Back", "teach  back", "SHOWING BACK"])
def test_a_word_leads_to_its_term_whatever_its_case_and_form(word: str) -> None:
    made = course(f"Use [[{word}]].")
    assert html(made) == f'<p>Use <a class="term" href="#/~glossary/teach-back">{word}</a>.</p>'


def test_terms_stand_in_their_order_with_their_meaning() -> None:
    glossary = course("x").glossary
    assert [term.name for term in glossary] == ["Consultation", "Teach-back"]
    assert glossary[1].meaning.html == "Asking people to <em>show</em> what was explained."
    assert (glossary[1].span.line, glossary[1].span.path) == (2, "glossary.yaml")


def test_of_the_programme_only_what_is_used_and_the_courses_own_meaning_comes_first() -> None:
    made = course("[[AHPs]] and [[consultation]]", OWN, SHARED)
    assert [term.name for term in made.glossary] == ["AHP", "Consultation", "NHS", "Teach-back"]
    assert made.glossary[1].meaning.text == "Asking for views."
    assert [term.name for term in course("x", None, SHARED).glossary] == []


def test_words_that_an_address_cannot_tell_apart_are_terms_of_their_own() -> None:
    own = "C: A letter.\nC++: A language.\n"
    made = course("[[C]], [[C++]], [[C#]] and [[sharp]].", own, "C: Shared.\nC#: {meaning: Another., also: sharp}\n")
    assert {term.name: (term.anchor, term.meaning.text) for term in made.glossary} == {
        "C": ("c", "A letter."),
        "C++": ("c-2", "A language."),
        "C#": ("c-3", "Another."),
    }
    assert [word.partition('"')[0] for word in html(made).split("#/~glossary/")[1:]] == ["c", "c-2", "c-3", "c-3"]


def test_the_page_is_there_only_where_there_are_terms() -> None:
    assert 'id="/~glossary/teach-back"' in render(course("[[teach back]]")).document
    assert "~glossary" not in render(course("x", None)).document


@pytest.mark.parametrize("behind", [":", "[^1]", ": as said.[^1]", ".", "s", ")"])
def test_whatever_may_stand_behind_a_word_of_the_glossary(behind: str) -> None:
    made = course(f"([[Teach-back]]{behind} it is.\n\nSo they say.[^1]\n\n[^1]: Publisher, 2020.")
    assert made.problems == ()
    assert 'href="#/~glossary/teach-back"' in html(made)


def test_brackets_that_are_no_terms_stay() -> None:
    assert (
        html(course("`[[x]]` and \\[[x]] and [[1]](http://a.test), [[2]][ref] and [x]\n\n[ref]: http://a.test")).count(
            "term"
        )
        == 0
    )
    assert html(course("[see [[teach back]] here](01-x.md)")).count("<a") == 1


@pytest.mark.parametrize(
    ("page", "own", "expected"),
    [
        ("A [[teach-bak]].", OWN, "pages/1.md:1:3: error BLK016: the glossary has no term 'teach-bak'; did you mean [[te"),
        ("A [[word]].", None, "pages/1.md:1:3: error BLK016: the glossary has no term 'word'; add it to glossary.yaml"),
        ("x", "A: x\nB: {meaning: y, also: [a]}\n", "glossary.yaml:2:14: error BLK017: 'a' means two things: it is"),
        ("x", "A: x\na: y\n", "glossary.yaml:2:4: error BLK017: 'a' means two things: it is also in line 1"),
        ("x", "A:\n", "glossary.yaml:1:1: error SET008: 'A' has no value"),
        ("x", "A: {also: b}\n", "glossary.yaml:1:1: error SET008: 'A' has no value"),
        ("x", "A: [b]\n", "glossary.yaml:1:1: error SET004: 'A' is a list of more than words where a text"),
        ("x", "A: {meaning: b, also: {c: d}}\n", "glossary.yaml:1:1: error SET004: 'also' is a group of keys"),
        ("x", "A: {meaning: b, alos: c}\n", "glossary.yaml:1:17: error SET001: there is no setting 'alos'"),
        ("x", "- A\n", "glossary.yaml:1:1: error YML009"),
        ("x", "A: See [[B]].\n", "glossary.yaml:1:8: error BLK016: the glossary has no term 'B'"),
        ("x", "A: \"<script>alert(1)</script>\"\n", "glossary.yaml:1:"),
    ],
)  # fmt: skip
def test_every_slip_has_its_message(page: str, own: str | None, expected: str) -> None:
    lines = said(page, own)
    assert lines and lines[0].startswith(expected), lines


def test_nothing_hostile_gets_in() -> None:
    made = course("[[<b>]]", '"<b>": "x <script>alert(1)</script> [y](javascript:alert(1))"\n')
    document = render(made).document
    assert "alert" not in document.partition('id="/~glossary"')[2].partition("</section>")[0].replace(
        "alert(1)</sc", ""
    )
    assert "&lt;b&gt;" in document
