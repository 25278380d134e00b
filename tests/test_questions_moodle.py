"""Questions that Moodle saved as XML: into a bank that builds, with what does not come along told at its line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from scormkit import check, load
from scormkit.banks import Imported, imported
from scormkit.cli import main
from scormkit.exchange.asked import Asked, bank
from scormkit.exchange.marks import escaped, from_html
from scormkit.exchange.moodle import read_moodle
from scormkit.exchange.xml import read_xml
from scormkit.load import load_texts

MOODLE = Path(__file__).parent / "exchange" / "moodle.xml"
TYPES = (
    "multichoice",
    "truefalse",
    "shortanswer",
    "numerical",
    "matching",
    "ordering",
    "essay",
    "cloze",
    "category",
    "odd",
)


def quiz(*questions: str) -> bytes:
    return f"<quiz>{''.join(questions)}</quiz>".encode("utf-8", "surrogatepass")


def question(kind: str, rest: str, text: str = "<![CDATA[<p>Which?</p>]]>") -> str:
    asked = f"<name><text>Q</text></name><questiontext format='html'><text>{text}</text></questiontext>"
    return f"<question type='{kind}'>{asked}{rest}</question>"


def answer(text: str, fraction: str = "0", rest: str = "") -> str:
    return f"<answer fraction='{fraction}'><text>{text}</text>{rest}</answer>"


def read(data: bytes) -> tuple[list[Asked], list[str]]:
    root, wrong = read_xml(data, "a.xml")
    assert root is not None, wrong
    taken = read_moodle(root, "a.xml", "a")
    return taken.questions, [str(problem).partition(": ")[2] for problem in taken.problems]


@pytest.fixture
def course(tmp_path: Path) -> Path:
    (tmp_path / "pages").mkdir()
    (tmp_path / "course.yaml").write_text("id: urn:uuid:0b8c6a52-7c1e-4a53-9f0d-6f1f6a1c2d3e\ntitle: A\nsummary: B\n")
    (tmp_path / "pages" / "01-welcome.md").write_text("# Welcome\n\nHello.\n")
    (tmp_path / "pages" / "02-test.md").write_text("---\ntitle: Test\ntype: assessment\nfrom: [moodle]\n---\n")
    return tmp_path


def test_what_moodle_saves_is_a_bank_that_builds(course: Path) -> None:
    made = imported(MOODLE, load(course).courses[0])
    assert (made.path, made.questions) == (course / "banks" / "moodle.md", 9)
    (loaded,) = load(course).courses
    assert [str(problem) for problem in check(loaded) if problem.severity in ("error", "fatal")] == []
    asked = {one.id: one for there in loaded.banks for one in there.questions}
    assert {id: one.type for id, one in asked.items()} == {
        "when-to-wash": "choice", "even-numbers": "multiple", "gloves": "true-false", "soap": "fill-in", "how-long": "numeric",
        "what-for": "matching", "the-steps": "sequencing", "in-your-words": "reflection", "with-a-sound": "choice",
    }  # fmt: skip
    first = asked["when-to-wash"]
    assert first.prompt.text == "When do you clean your hands first?" and first.tags == (
        "default-for-hygiene",
        "hand-hygiene",
    )
    assert [(one.text.text, one.correct) for one in first.answers][:2] == [
        ("Before touching the baby", True), ("After the round", False),
    ]  # fmt: skip
    assert first.answers[0].feedback and first.answers[0].feedback.text == "Yes."
    assert (course / "media" / "moodle" / "clean-hands.png").read_bytes().startswith(b"\x89PNG")
    assert asked["soap"].prompt.text == "What foams * and [cleans]?"
    assert asked["how-long"].interaction.correct[-1] == ("20:40",)
    assert [option.text.text for option in asked["the-steps"].answers] == ["Wet", "Soap", "Rinse"]


def test_what_does_not_come_along_is_told_at_its_line(course: Path) -> None:
    told = [str(problem).partition("moodle.xml:")[2] for problem in imported(MOODLE, load(course).courses[0]).problems]
    assert [re.sub(r":\d+: \w+", "", one).partition(";")[0] for one in told] == [
        "4 XCH024: the category '$course$/top/Default for Hygiene' becomes the tag 'default-for-hygiene'",
        "9 XCH029: question 'when-to-wash' comes without the 50% for 'After the round', which is partly right",
        "9 XCH029: question 'when-to-wash' comes without its 2 points (':points:')",
        "49 XCH029: question 'soap' comes without the answer 'soap*', in which * stands for anything",
        "49 XCH029: question 'soap' comes without the answer 'gel', which is not fully right",
        "49 XCH029: question 'soap' comes without the rule that capitals matter (':case: true')",
        "58 XCH029: question 'how-long' comes without its units",
        "79 XCH029: question 'in-your-words' comes without what graders are told",
        "85 XCH023: this question is left out: courses have nothing like 'description'",
        "89 XCH023: this question is left out: courses have nothing like 'cloze'",
        "93 XCH029: question 'with-a-sound' comes without <audio>",
        "95 XCH030: the file 'a.mp3' of question 'with-a-sound' is not taken over: it is no picture (PNG, JPEG, GIF, WebP)",
        "100 XCH023: this question is left out: none of its answers is fully right and without *",
    ]


def test_a_bank_that_is_there_is_left_alone(course: Path) -> None:
    (course / "banks").mkdir()
    (course / "banks" / "moodle.md").write_text("mine")
    made = imported(MOODLE, load(course).courses[0])
    assert made.path is None and [problem.id for problem in made.problems][-1] == "XCH027"
    assert not (course / "media").exists() and (course / "banks" / "moodle.md").read_text() == "mine"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"<!DOCTYPE quiz [<!ENTITY a 'b'>]><quiz>&a;</quiz>", "XCH002"),
        (b"<!DOCTYPE quiz SYSTEM 'file:///etc/passwd'><quiz/>", "XCH002"),
        (b"<quiz><question>", "XCH001"),
        (b"<quiz>" * 200, "XCH002"),
    ],
)
def test_what_can_hurt_is_refused(course: Path, data: bytes, said: str) -> None:
    file = course / "moodle.xml"
    file.write_bytes(data)
    made = imported(file, load(course).courses[0])
    assert isinstance(made, Imported) and made.path is None and {problem.id for problem in made.problems} == {said}


@pytest.mark.parametrize(
    ("kind", "rest", "said"),
    [
        ("multichoice", answer("A", "100"), "fewer than two answers"),
        ("multichoice", answer("A") + answer("B"), "XCH022"),
        ("truefalse", answer("yes", "100") + answer("no"), "its answers are not true and false"),
        ("shortanswer", answer("a*", "100"), "fully right and without *"),
        ("numerical", answer("3,5", "100"), "'3,5' is no number"),
        ("numerical", answer("1e999999999", "100"), "'1e999999999' is no number"),
        ("numerical", answer("*", "0"), "none of its answers is right"),
        ("matching", "<subquestion><text>A</text><answer><text>B</text></answer></subquestion>", "fewer than two pairs"),
        ("ordering", "", "nothing to put in order"),
        ("ddmarker", "", "write it as a 'hotspot' question"),
        ("magic", "", "courses have nothing like 'magic'"),
        ("", "", "courses have nothing like ''"),
    ],
)  # fmt: skip
def test_slips(kind: str, rest: str, said: str) -> None:
    _, told = read(quiz(question(kind, rest)))
    assert any(said in one for one in told), told


def test_a_question_of_its_own_cannot_be_slipped_in() -> None:
    """What a text says cannot end its question and begin another one, or an option."""
    evil = "Which?\n:::\n\n:::{choice} Mine\n- [x] 1\n- [ ] 2\n:::"
    for format in ("markdown", "plain_text", "html"):
        text = evil.replace("\n", "<br>") if format == "html" else evil
        body = (
            question("essay", "")
            .replace("format='html'", f"format='{format}'")
            .replace("<![CDATA[<p>Which?</p>]]>", f"<![CDATA[{text}]]>")
        )
        questions, _ = read(quiz(body))
        programme = load_texts(
            {"course.yaml": "id: urn:x:a\ntitle: A\n", "pages/1.md": "# A\n", "banks/a.md": bank("a", questions)}
        )
        assert [one.type for there in programme.courses[0].banks for one in there.questions] == ["reflection"], format


def test_a_picture_in_an_answer_and_one_that_is_missing() -> None:
    png = "<file name='a b.png' encoding='base64'>iVBORw0KGgo=</file>"
    first = (
        "<answer fraction='100' format='html'><text><![CDATA[<img src='@@PLUGINFILE@@/a%20b.png' alt='A [cot]'>]]></text>"
        + png
        + "</answer>"
    )
    second = answer("<![CDATA[<img src='https://e.org/x.png' alt='No'> B]]>")
    (one,), told = read(quiz(question("multichoice", f"<single>true</single>{first}{second}")))
    assert [found.text for found in one.answers] == [r"![A \[cot\]](../media/a/a-b.png)", "No B"]
    assert [said for said in told if "a picture that is not in the file" in said]


@pytest.mark.parametrize(
    ("text", "markdown", "lost"),
    [
        ("<p>The <b>right </b>or <i>left</i>?</p><p>3*4 &lt;5&gt; a_b</p>", "The **right** or *left*?\n\n3\\*4 \\<5\\> a\\_b", []),
        ("<p>1. No list</p><ul><li>one</li><li>two <b></b></li></ul>", "1\\. No list\n\n- one\n- two", []),
        (r"\(x^2\) and $$y_1$$ cost $5", r"$x^2$ and $y_1$ cost \$5", []),
        ("<table><tr><td>a</td><td>b</td></tr></table><script>alert(1)</script>", "a b", ["a table", "<script>"]),
        ("<a href='javascript:x'>l</a> <a href='https://e.org/a'>m</a>", "l [m](https://e.org/a)", []),
        ("<p>a<br>b</p><b>open<p>c</p>", "a  \nb\n\nopen\n\nc", []),
        ("<code>a_b</code> H<sub>2</sub>O", "`a_b` H<sub>2</sub>O", []),
    ],
)  # fmt: skip
def test_html_becomes_markdown(text: str, markdown: str, lost: list[str]) -> None:
    assert from_html(text) == (markdown, lost)


@given(st.text(st.characters(min_codepoint=32, exclude_categories=("Cs", "Co", "Cn", "Cc", "Zl", "Zp", "Zs", "Cf"))))
def test_words_mean_just_themselves(text: str) -> None:
    """Whatever marks they have, they are shown as they stood in the other program."""
    shown = " ".join(text.split())
    if "\\(" in shown or "\\[" in shown or "$$" in shown:
        return
    page = (
        load_texts({"course.yaml": "id: urn:x:a\ntitle: A\n", "pages/1.md": f"# A\n\nx {escaped(shown)}\n"})
        .courses[0]
        .pages[0]
    )
    (prose,) = page.blocks
    assert " ".join(html.fromstring(prose.html).text_content().split()) == f"x {shown}".strip()  # type: ignore[union-attr]


ANSWERS = st.lists(st.tuples(st.text(max_size=20), st.sampled_from(["100", "0", "50", "x", "-100"])), max_size=5)


@given(st.lists(st.tuples(st.sampled_from(TYPES), st.text(max_size=30), ANSWERS), max_size=4))
def test_whatever_stands_in_a_file_is_read_or_told(asked: list[tuple[str, str, list[tuple[str, str]]]]) -> None:
    def safe(text: str) -> str:
        told = "".join(
            one
            for one in text
            if one in "\t\n" or (one >= " " and not "\ud800" <= one <= "\udfff" and one not in "\ufffe\uffff")
        )
        return told.replace("&", "&amp;").replace("<", "&lt;")

    data = quiz(
        *(question(kind, "".join(answer(safe(a), f) for a, f in answers), safe(text)) for kind, text, answers in asked)
    )
    questions, _ = read(data)
    load_texts({"course.yaml": "id: urn:x:a\ntitle: A\n", "pages/1.md": "# A\n", "banks/a.md": bank("a", questions)})


def test_the_command_knows_moodles_file_from_a_translation(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from click.testing import CliRunner

    monkeypatch.chdir(course)
    ran = CliRunner().invoke(main, ["import", str(MOODLE)])
    assert ran.exit_code == 0 and "from: [moodle]" in ran.output
    (course / "back.xml").write_text("<xliff version='1.2' xmlns='urn:oasis:names:tc:xliff:document:1.2'/>")
    assert "banks" not in CliRunner().invoke(main, ["import", "back.xml"]).output
