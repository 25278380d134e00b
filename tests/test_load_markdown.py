"""What becomes of a page's Markdown: prose, directives, links, footnotes, raw HTML, each with its place."""

from __future__ import annotations

import pytest

from scormkit.blocks.callout import Callout
from scormkit.blocks.details import Details
from scormkit.load import load_texts, phrase, prose
from scormkit.model.course import Course, Page
from scormkit.model.prose import Prose

SETTINGS = "id: https://example.org/a\ntitle: A\n"


def load(body: str, **files: str | bytes) -> Course:
    """A course of one page, whose text begins in line 1, and other files by path with `__` for `/` and `_` for `.`."""
    others = {path.replace("__", "/").replace("_", "."): data for path, data in files.items()}
    return load_texts({"course.yaml": SETTINGS, "pages/01-here.md": body, **others}).courses[0]


def page(body: str, **files: str | bytes) -> Page:
    course = load(body, **files)
    assert [str(problem) for problem in course.problems] == []
    return course.pages[0]


def html(body: str, **files: str | bytes) -> str:
    return "".join(block.html for block in page(body, **files).blocks if isinstance(block, Prose))


def problems(body: str, **files: str | bytes) -> list[str]:
    return [str(problem) for problem in sorted(load(body, **files).problems)]


def ids(body: str, **files: str | bytes) -> list[str]:
    return [line.split()[2].rstrip(":") for line in problems(body, **files)]


# Prose


def test_signs_that_mean_themselves_are_shown_without_their_backslash_everywhere() -> None:
    assert html("5 \\* 3 &amp; 2") == "<p>5 * 3 &amp; 2</p>"
    (question,) = load(":::{choice} 5 \\* 3?\n:id: q\n- [x] 3 \\* 5 &lt; 16\n  > Yes.\n- [ ] 8\n:::\n").questions
    assert (question.prompt.html, question.prompt.source) == ("5 * 3?", "5 \\* 3?")
    assert (question.answers[0].text.html, question.answers[0].text.text) == ("3 * 5 &lt; 16", "3 * 5 < 16")


def test_markdown_becomes_html() -> None:
    assert html("A *b* **c** `d` ~~e~~ & f") == (
        "<p>A <em>b</em> <strong>c</strong> <code>d</code> <s>e</s> &amp; f</p>"
    )
    assert '<th scope="col">a</th>' in html("| a | b |\n|---|---|\n| 1 | 2 |\n")
    assert html("Term\n: Meaning\n") == "<dl>\n<dt>Term</dt>\n<dd>Meaning</dd>\n</dl>"


def test_plain_lines_are_escaped_like_all_others() -> None:
    made = html('# T\n\n:::{note} 5 > 4 "quoted"\nx\n:::')
    block = page(':::{note} 5 > 4 "quoted"\nx\n:::').blocks[0]
    assert isinstance(block, Callout) and block.title is not None
    assert block.title.html == "5 &gt; 4 &quot;quoted&quot;"
    assert made == ""


def test_prose_knows_its_words_source_and_place() -> None:
    (block,) = page("\nSome *words*\nand [more](http://example.org).\n").blocks
    assert isinstance(block, Prose)
    assert block.text == "Some words and more."
    assert block.source == "Some *words*\nand [more](http://example.org)."
    assert str(block.span) == "pages/01-here.md:2:1"


def test_headings_have_anchors_that_are_unique_in_the_document() -> None:
    (block,) = page('## What it is\n\n## What it is\n\n### Für Émile\'s "x"\n\n## 日本\n\n## ???\n').blocks
    assert isinstance(block, Prose)
    assert [(heading.level, heading.anchor) for heading in block.headings] == [
        (2, "what-it-is"),
        (2, "what-it-is-1"),
        (3, "fur-emiles-x"),
        (2, "日本"),
        (2, "heading"),
    ]
    assert 'id="/here/what-it-is-1"' in block.html
    assert [heading.span.line for heading in block.headings] == [1, 3, 5, 7, 9]


def test_footnotes_stand_at_the_end_of_their_page_whatever_block_refers_to_them() -> None:
    blocks = page(":::{note} Title[^b]\nText[^a] and again[^a].\n:::\n\nLast.\n\n[^a]: First.\n[^b]: Second.\n").blocks
    note, last = blocks
    assert isinstance(note, Callout) and isinstance(last, Prose) and note.title is not None
    assert 'href="#/here/note-1" id="/here/ref-1"' in note.title.html
    inside = note.blocks[0]
    assert isinstance(inside, Prose) and 'id="/here/ref-2-2"' in inside.html
    assert last.html.index("Second.") < last.html.index("First.")
    assert 'href="#/here/ref-2-2"' in last.html


def test_a_leading_heading_is_the_title_of_the_page() -> None:
    assert page("# The title\n\nText").title == "The title"
    assert page("Text").title == "Here"
    assert ids("---\ntitle: A\n---\n# B\n") == ["PGE010"]
    assert problems("Text\n\n# Second\n") == [
        "pages/01-here.md:3:1: error PGE001: '# Second' would be a second title of the page; "
        "write '## Second': headings inside a page begin at the second level"
    ]


# Links


def test_links_lead_to_pages_headings_media_and_the_web() -> None:
    body = (
        "[a](02-b.md) [b](02-b.md#Some%20Words) [c](#here) [d](../media/d.pdf) "
        "[e](https://example.org/?q=1#x) [f](mailto:a@b.c)\n"
    )
    files = {"course.yaml": SETTINGS, "pages/01-here.md": body, "pages/02-b.md": "x", "media/d.pdf": b"%PDF-1.7"}
    (block,) = load_texts(files).courses[0].pages[0].blocks
    assert isinstance(block, Prose)
    assert [link.target for link in block.links] == [
        "page:b",
        "page:b#some-words",
        "page:here#here",
        "media/d.pdf",
        "https://example.org/?q=1#x",
        "mailto:a@b.c",
    ]
    assert '<a href="#/b">' in block.html
    assert '<a href="#/here/here">' in block.html
    assert '<a href="media/d.pdf" target="_blank" rel="noopener">' in block.html
    assert '<a href="mailto:a@b.c">' in block.html


def test_links_and_pictures_have_their_own_places() -> None:
    body = "- one\n- two [a](x1.md)\n  > q ![b](x2.svg) and [c](x3.md)\n\n| t |\n|---|\n| [d](x4.md) |\n"
    (block,) = load(body).pages[0].blocks
    assert isinstance(block, Prose)
    assert [(link.kind, link.target, str(link.span)[17:]) for link in block.links] == [
        ("link", None, "2:7"),
        ("image", None, "3:7"),
        ("link", None, "3:24"),
        ("link", None, "7:3"),
    ]


@pytest.mark.parametrize(
    ("address", "problem"),
    [
        ("javascript:alert(1)", "LNK001"),
        ("JaVaScRiPt&#58;alert(1)", "LNK001"),
        ("data:text/html,x", "LNK001"),
        ("file:///etc/passwd", "LNK001"),
        ("vbscript:x", "LNK001"),
        ("../../other/x.svg", "LNK002"),
        ("../../../etc/passwd", "LNK002"),
        ("/media/x.svg", "LNK003"),
        ("..%5Cmedia%5Cx.svg", "LNK004"),
    ],
)
def test_addresses_that_no_course_may_use(address: str, problem: str) -> None:
    for body in (f"[a]({address})", f"![a]({address})"):
        course = load(body)
        assert [found.id for found in course.problems] == [problem]
        (block,) = course.pages[0].blocks
        assert isinstance(block, Prose)
        assert block.links[0].target is None
        assert "script" not in block.html and "passwd" not in block.html


def test_pictures_can_say_that_they_are_decoration() -> None:
    course = load('![](../media/x.svg "decorative") ![Two cats](../media/x.svg "Cats")', media__x_svg="<svg/>")
    (block,) = course.pages[0].blocks
    assert isinstance(block, Prose)
    assert [(link.text, link.decorative) for link in block.links] == [("", True), ("Two cats", False)]
    assert block.html == '<p><img src="media/x.svg" alt="" /> <img src="media/x.svg" alt="Two cats" title="Cats" /></p>'


# Directives


def test_directives_hold_prose_and_each_other() -> None:
    (outer,) = page("::::{details} More\nText\n\n:::{tip}\nInside\n:::\n\nEnd\n::::\n").blocks
    assert isinstance(outer, Details) and outer.title is not None and outer.title.text == "More"
    before, inner, after = outer.blocks
    assert isinstance(before, Prose) and before.text == "Text"
    assert isinstance(inner, Callout) and inner.kind == "tip"
    assert isinstance(after, Prose) and str(after.span) == "pages/01-here.md:8:1"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (":::{note}\nx\n\ny", ["1:1: error DIR001: ':::{note}' is never closed; add a line ':::' where it ends"]),
        ("x\n\n:::\n", ["3:1: error DIR002"]),
        (":::{note}\n:::{tip}\nx\n:::\n:::\n", ["2:1: error DIR003: ':::{tip}' stands inside ':::{note}' (line 1)"]),
        (":::{note}\nx\n\n:::{tip}\ny\n:::\n", ["1:1: error DIR001"]),
        (":::note\nx\n:::\n", ["1:1: error DIR004"]),
        ("::: {note} A\nx\n:::\n", []),
        ("- a\n  :::{note}\n  x\n  :::\n", ["2:3: error DIR005"]),
        (":::{choice} a\n:id: a\n:id: b\n- [x] a\n  > f\n- [ ] b\n:::", ["3:1: error DIR006"]),
        (":::{nota}\nx\n:::\n", ["1:1: error DIR007: there is no block 'nota'; did you mean 'note'?"]),
        (":::{note}\nx\n::: end\n", ["1:1: error DIR001", "3:1: error DIR004"]),
        (":::{note}\n:titel: x\ny\n:::\n", ["2:1: error DIR009"]),
        ("<div>\n:::{note}\nx\n:::\n</div>\n", ["2:1: error DIR010"]),
        ("```\n:::{note}\n```\n", []),
        ("~~~\nx\n", ["1:1: error MDN001"]),
        ("<!--\n:::{note}\n-->\n", []),
        ("::::{note}\n:::{tip}\nx\n:::\n::::\n", []),
    ],
)
def test_fences_that_do_not_fit_are_told(body: str, expected: list[str]) -> None:
    found = [line.removeprefix("pages/01-here.md:") for line in problems(body)]
    assert len(found) == len(expected), found
    for line, begin in zip(found, expected, strict=True):
        assert line.startswith(begin), line


def test_what_follows_an_unclosed_fence_is_read_all_the_same() -> None:
    course = load(":::{note}\nx\n\n:::{choice} Which?\n:id: q\n- [x] a\n  > f\n- [ ] b\n:::\n\nEnd\n")
    assert [question.id for question in course.questions] == ["q"]
    assert [type(block).__name__ for block in course.pages[0].blocks] == ["Callout", "Choice", "Prose"]


# Raw HTML


@pytest.mark.parametrize(
    ("body", "expected", "made"),
    [
        ("a <kbd>b</kbd> c<br>d", [], "<p>a <kbd>b</kbd> c<br>d</p>"),
        ("a <script>alert(1)</script> b", ["1:3: error MDN002"], "<p>a  b</p>"),
        ("<div onclick='x'>a</div>", ["1:1: error MDN003"], "<div>a</div>"),
        ('x\n\n  <b style="color:red">a</b>', ["3:3: error MDN003"], "<p>x</p>\n<p><b>a</b></p>"),
        ("<iframe src=x></iframe>", ["1:1: error MDN002"], ""),
        ("a <b>c", ["1:3: warning MDN004"], "<p>a <b>c</b></p><b>\n</b>"),
        ("a </b> c", ["1:3: warning MDN004"], "<p>a  c</p>"),
        ("a <!-- quiet --> b", [], "<p>a  b</p>"),
        ("<p>\n<a href='x'>b</a>\n</p>", ["2:1: error MDN002"], '<p>\n<a href="x">b</a>\n</p>'),
        ("<svg><script>x</script></svg>", ["1:1: error MDN002", "1:6: error MDN002"], "<p></p>"),
    ],
)
def test_raw_html_is_cleaned_and_what_goes_is_told(body: str, expected: list[str], made: str) -> None:
    course = load(body)
    found = [str(problem).removeprefix("pages/01-here.md:") for problem in sorted(course.problems)]
    assert len(found) == len(expected), found
    for line, begin in zip(found, expected, strict=True):
        assert line.startswith(begin), line
    assert "".join(block.html for block in course.pages[0].blocks if isinstance(block, Prose)).strip() == made


# Prose made in code


def test_prose_from_code() -> None:
    made = prose("Hello, **world**[^1].\n\n[^1]: A note.", "welcome")
    assert made.html.startswith('<p>Hello, <strong>world</strong><sup class="footnote-ref"><a href="#/welcome/note-1"')
    linked = phrase("[a](#/two) [b](#/two/some-words) [c](https://example.org) ![d](media/d.svg)")
    assert [link.target for link in linked.links] == [
        "page:two",
        "page:two#some-words",
        "https://example.org",
        "media/d.svg",
    ]
    assert linked.html.startswith(
        '<a href="#/two">a</a> <a href="#/two/some-words">b</a> <a href="https://example.org"'
    )
    assert linked.html.endswith('<img src="media/d.svg" alt="d" />')
    with pytest.raises(ValueError, match="leads out of the course folder"):
        prose("![a](../x.svg)")
    assert prose("Hello.").html == "<p>Hello.</p>"
    assert phrase("*Hello*.").html == "<em>Hello</em>."
    assert prose("") == Prose()
    with pytest.raises(ValueError, match="line 1: the HTML element <script>"):
        prose("<script>x</script>")
    with pytest.raises(ValueError, match="make the Question"):
        prose(":::{note}\nx\n:::")


def test_marks_in_lists_that_are_no_answers_are_shown() -> None:
    made = html("- [ ] **Ask** early\n- [x] Done\n- [y] Else\n")
    assert made == "<ul>\n<li>☐ <strong>Ask</strong> early</li>\n<li>☑ Done</li>\n<li>[y] Else</li>\n</ul>"


def test_a_title_loses_its_marks() -> None:
    assert page("#  The *title* & `more` ##\nText").title == "The title & more"


@pytest.mark.parametrize(
    ("name", "meant"), [("mcq", "choice"), ("Accordion", "details"), ("checkbox", "multiple"), ("nte", "note")]
)
def test_what_other_programs_call_a_block_is_known(name: str, meant: str) -> None:
    assert f"there is no block '{name}'; did you mean '{meant}'?" in problems(f":::{{{name}}}\nx\n:::\n")[0]


def test_a_path_on_the_authors_computer_leaves_the_course() -> None:
    assert ids("[a](<C:\\\\Users\\\\me\\\\x.pdf>)") == ["LNK002"]


# Tables


def test_cells_of_tables_that_stack_say_what_they_are_of() -> None:
    written = html('| A *b* | C | "D" |\n|---|---|---|\n| 1 | 2 | 3 |\n| 4 |\n')
    assert written.startswith('<table class="stacks" role="table">')
    assert written.count('role="row"') == 3 and written.count('role="columnheader"') == 3
    assert '<td role="cell" data-label="A b">1</td>' in written and 'data-label="&quot;D&quot;">3</td>' in written
    assert '<td role="cell" data-label="A b">4</td>' in written


def test_the_first_column_names_the_rows_where_it_has_no_heading() -> None:
    written = html("| | B | C |\n|---|---|---|\n| 1 | 2 | 3 |\n")
    assert '<th scope="row" role="rowheader">1</th>\n<td role="cell" data-label="B">2</td>' in written
    assert '<th scope="row">1</th>\n<td>2</td>' in html("| | B |\n|---|---|\n| 1 | 2 |\n")


def test_tables_of_two_columns_stay_tables() -> None:
    assert "data-label" not in html("| A | B |\n|---|---|\n| 1 | 2 |\n")


def test_raw_html_on_the_page_takes_nothing_from_a_table() -> None:
    table = "| A | B | C |\n|---|---|---|\n| 1 | 2 | 3 |\n"
    assert 'data-label="C">3</td>' in html(f"{table}\nH<sub>2</sub>O\n")
    assert ids("<table><tr><td data-label='x'>1</td></tr></table>\n") == ["MDN003"]
