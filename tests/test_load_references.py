"""references.yaml: sources are numbered as they are cited, and know where."""

from __future__ import annotations

import pytest
from lxml import html

from scormkit.check import check
from scormkit.load import load_texts
from scormkit.model.course import REFERENCES, Course
from scormkit.render import render
from scormkit.review import handout

SOURCES = "a: 'A. *Title*: one.'\nb-2.x: 'B <https://b.org/x>'\nc: C\n"


def course(*pages: str, sources: str = SOURCES, **files: str) -> Course:
    texts = {f"pages/{number}.md": text for number, text in enumerate(pages, 1)}
    others = {path.replace("__", "/").replace("_", "."): text for path, text in files.items()}
    return load_texts({"course.yaml": "id: urn:a\ntitle: A\n", "references.yaml": sources, **texts, **others}).courses[
        0
    ]


def told(made: Course) -> list[str]:
    return [str(problem) for problem in sorted(made.problems) if problem.id != "BLK027"]


def test_sources_are_numbered_in_the_order_of_their_first_citation() -> None:
    made = course("One [@c], two [@a; @c, p. 3].\n", "Three [@b-2.x] and [@a].\n")
    assert told(made) == []
    assert [(one.number, one.key, one.places) for one in made.sources] == [
        (1, "c", (("1", "cite-c"), ("1", "cite-c-2"))),
        (2, "a", (("1", "cite-a"), ("2", "cite-a-2"))),
        (3, "b-2.x", (("2", "cite-b-2.x"),)),
    ]
    page = html.fromstring(render(made).document)
    assert " ".join(page.get_element_by_id("/1").xpath("string(.//p[last()])").split()) == "One [1], two [2; 1, p. 3]."
    assert page.get_element_by_id("/1/cite-c-2").get("href") == f"#/{REFERENCES}/c"
    listed = page.get_element_by_id(f"/{REFERENCES}/c")
    assert listed.xpath(".//a/@href") == ["#/1/cite-c", "#/1/cite-c-2"]
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))


def test_a_page_lists_its_own() -> None:
    made = course("[@c]\n", "[@a] [@c]\n\n:::{references} Read on\n:::\n")
    assert told(made) == []
    block = (
        html.fromstring(render(made).document)
        .get_element_by_id("/2")
        .xpath(".//div[contains(@class, 'references')]")[0]
    )
    assert block.xpath("string(p)") == "Read on" and block.xpath(".//li/@value") == ["1", "2"]
    assert block.xpath(".//a[@role='doc-backlink']/@href") == ["#/2/cite-c-2", "#/2/cite-a"]
    assert "Title" in handout(made) and "doc-backlink" in handout(made)


def test_citations_stand_wherever_words_do() -> None:
    made = course(
        ":::{choice} Which [@a]?\n:id: q\n- [x] This [@c]\n  > Yes [@b-2.x].\n- [ ] That\n:::\n\n"
        "| A [@a] | B | C |\n|---|---|---|\n| 1 | 2 | [@c] |\n\nH<sub>2</sub>O [@a] \\[@not] `[@not]`\n",
        "Text.\n",
    )
    assert told(made) == [] and {one.key for one in made.sources} == {"a", "b-2.x", "c"}
    assert "[@" not in made.questions[0].interaction.description
    ids = html.fromstring(render(made).document).xpath("//@id")
    assert len(ids) == len(set(ids)) and sum("/cite-" in one for one in ids) == 6


def test_a_course_shares_the_sources_of_its_programme() -> None:
    texts = {
        "programme.yaml": "title: P\n", "references.yaml": "a: Theirs\nb: B\nz: Z\n",
        "x/course.yaml": "id: urn:x\ntitle: X\n", "x/references.yaml": "a: Own\n", "x/pages/1.md": "[@b] [@a]\n",
    }  # fmt: skip
    made = load_texts(texts).courses[0]
    assert [(one.key, one.text.text) for one in made.sources] == [("b", "B"), ("a", "Own")] and made.problems == ()


def test_questions_of_a_bank_cite_where_they_are_drawn() -> None:
    bank = ":::{true-false} So [@a]?\n:id: so\n:answer: true\n> correct: Yes.\n> incorrect: No.\n:::\n"
    made = course(
        "Text [@c].\n",
        "---\ntype: assessment\nfrom: [facts]\n---\n",
        banks__facts_md=bank,
        banks__spare_md=bank.replace("so", "or"),
    )
    source = next(one for one in made.sources if one.key == "a")
    assert source.pages == {"2"}
    page = html.fromstring(render(made).document)
    for address in page.get_element_by_id(f"/{REFERENCES}/a").xpath(".//a/@href"):
        assert page.get_element_by_id(address[1:]) is not None


def test_without_citations_there_is_no_page() -> None:
    made = course("Text.\n")
    assert f"/{REFERENCES}" not in render(made).document
    assert [problem.id for problem in made.problems] == ["BLK027"] * 3


@pytest.mark.parametrize(
    ("text", "sources", "expected"),
    [
        ("Is [@aa].", "aab: A\n", "pages/1.md:1:4: error BLK025: there is no source 'aa'; did you mean [@aab]?"),
        ("Is [@a].", "a:\n", "references.yaml:1:1: error SET008: 'a' has no value"),
        ("Is [@a].", "a: {text: A}\n", "references.yaml:1:1: error SET004: 'a' is a group of keys"),
        ("x", "'a b': A\n", "references.yaml:1:1: error SET007: 'a b' cannot be an id"),
        ("x", "a: A: b\n", "references.yaml:1:5: error YML001"),
        (":::{references}\n- A\n:::", "a: A\n", "pages/1.md:1:1: error BLK024"),
        (":::{references}\n:::", "a: A\n", "pages/1.md:1:1: warning BLK103"),
        ("[@a]", "a: <script>alert(1)</script>\n", "references.yaml:1:4: error MDN002"),
    ],
)
def test_slips(text: str, sources: str, expected: str) -> None:
    lines = [str(problem) for problem in check(course(text + "\n", sources=sources))]
    assert any(line.startswith(expected) for line in lines), lines
