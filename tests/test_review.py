"""scormkit.review: a course becomes one file to comment on or to print; comments come back to file and line."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from lxml import html

from scormkit.cli import main
from scormkit.load import load, load_texts
from scormkit.model.course import Course
from scormkit.model.fingerprint import fingerprint
from scormkit.review import CommentsUnreadable, handout, read_comments, review_copy
from scormkit.review.units import elements, words

ROOT = Path(__file__).parent.parent
SETTINGS = "id: https://hospital.org/hygiene\ntitle: Hygiene\n"
PAGE = """---
title: Soap
---

First words.
They go on.

- one
- two


## After a gap

:::{choice} Which soap?
:hint: Think of pumps.
- [x] Liquid
  > Yes, from a pump.
- [ ] A bar
  > No, it is wet.
:::
"""


def made(page: str = PAGE, settings: str = SETTINGS) -> Course:
    return load_texts({"course.yaml": settings, "pages/01-soap.md": page}).courses[0]


def places(course: Course) -> dict[str, tuple[str, int]]:
    return {unit.text: (unit.number, unit.span.line) for unit in review_copy(course)[1].units.values()}


@pytest.fixture(scope="module")
def gallery() -> Course:
    return load(ROOT / "docs" / "gallery").courses[0]


def test_every_paragraph_knows_its_number_and_line() -> None:
    assert places(made()) == {
        "Soap": ("1.1", 2),
        "First words. They go on.": ("1.2", 5),
        "one two": ("1.3", 8),
        "After a gap": ("1.4", 12),
        "Which soap?": ("1.5", 14),
        "Liquid": ("1.6", 16),
        "A bar": ("1.7", 18),
        "Think of pumps.": ("1.8", 15),
        "Yes, from a pump.": ("1.9", 17),
        "No, it is wet.": ("1.10", 19),
    }


def test_ids_outlive_changes_elsewhere() -> None:
    before = {unit.text: unit.id for unit in review_copy(made())[1].units.values()}
    after = {unit.text: unit.id for unit in review_copy(made(PAGE.replace("First", "New.\n\nFirst")))[1].units.values()}
    assert set(after) - set(before) == {"New."}
    assert before.items() <= after.items()


def test_the_same_words_twice_have_two_ids() -> None:
    units = review_copy(made("---\ntitle: Soap\n---\nAgain.\n\nAgain.\n"))[1].units
    assert [unit.span.line for unit in units.values() if unit.text == "Again."] == [4, 6]


def test_units_stand_in_the_page_once_and_say_where_they_are_from(gallery: Course) -> None:
    text, numbering = review_copy(gallery)
    found = html.document_fromstring(text).xpath("//*[@class='unit']")
    assert [one.get("id") for one in found] == list(numbering.units)
    for one in found:
        unit = numbering.units[one.get("id")]
        assert (one.get("data-number"), one.get("data-file"), one.get("data-line")) == (
            unit.number,
            unit.span.path,
            str(unit.span.line),
        )


def test_all_that_is_said_is_in_the_review_copy(gallery: Course) -> None:
    text = words(review_copy(gallery)[0])
    for question in gallery.questions:
        for said in (question.prompt, question.hint, question.correct_feedback, question.incorrect_feedback):
            assert not said or words(said.html) in text or question.type == "cloze"
        for option in question.answers:
            assert not option.feedback or words(option.feedback.html) in text


def test_nothing_is_fetched_and_no_branch_is_closed(gallery: Course) -> None:
    for text in (review_copy(gallery)[0], handout(gallery), handout(gallery, answers=True)):
        page = html.document_fromstring(text)
        assert {src[:5] for src in page.xpath("//*/@src | //*/@poster")} == {"data:"}
        assert not page.xpath("//link[@rel='stylesheet'] | //script[@src] | //iframe | //details[not(@open)]")
        assert "default-src 'none'" in page.xpath("//meta[@http-equiv]/@content")[0]


def test_a_handout_has_answers_only_where_they_are_wanted() -> None:
    blank, full = handout(made()), handout(made(), answers=True)
    for secret in ("Think of pumps.", "Yes, from a pump.", "No, it is wet.", "Right answer"):
        assert secret not in blank
        assert secret in full
    assert "Liquid" in blank
    assert "<script" not in blank + full
    assert 'class="unit"' not in blank + full


TESTED = """---
title: What you know
type: pretest
confidence: true
sections:
  - {title: On soap, from: soap, weight: 3, covers: [soap]}
  - {title: On water, from: water, pass-mark: 50}
---

:::{true-false} Soap is a drug.
:tags: soap
:answer: false
:::

:::{true-false} Water is wet.
:tags: water
:answer: true
:::
"""
AGAIN = """---
title: Once more
---

:::{recall} which-soap
:::
"""


def test_how_a_test_is_marked_and_what_is_asked_besides_is_in_both() -> None:
    soap = PAGE.replace("title: Soap", "title: Soap\nid: soap").replace(":hint:", ":id: which-soap\n:hint:")
    files = {"course.yaml": SETTINGS, "pages/01-soap.md": soap, "pages/02-know.md": TESTED, "pages/03-again.md": AGAIN}
    course = load_texts(files).courses[0]
    copy, paper = (
        " ".join(html.fromstring(one).text_content().split()) for one in (review_copy(course)[0], handout(course))
    )
    for said in (
        "On soap (questions: 1) (counts for 75%)What you may skip: Soap",
        "On water (questions: 1) (at least 50%) (counts for 25%)",
    ):
        assert said in copy and said in paper
    assert copy.count("How sure are you?") == paper.count("How sure are you?") == 2
    assert "Which soap? (Soap)" in copy


def test_what_an_author_wrote_cannot_become_markup() -> None:
    course = made(
        '---\ntitle: "</style><script>alert(1)</script>"\n---\nWords.\n', SETTINGS + "version: '</script><b>'\n"
    )
    page = html.document_fromstring(review_copy(course)[0])
    assert len(page.xpath("//script")) == 2
    assert not page.xpath("//b")


def test_elements_are_parted_where_they_end() -> None:
    parts = ['<p>a <img src="x" alt="b > c"> <br>d</p>', "<ul>\n<li>e</li></ul>", "<hr>"]
    assert [part for part in elements("\n".join(parts)) if part] == parts
    assert words(parts[0]) == "a b > c d"


def sent(tmp_path: Path, **changes: object) -> Path:
    file = tmp_path / "comments.json"
    file.write_text(
        json.dumps({"course": "https://hospital.org/hygiene", "reviewer": "A. Nurse", "comments": [], **changes})
    )
    return file


def test_comments_come_back_at_file_and_line(tmp_path: Path) -> None:
    units = review_copy(made())[1].units
    ids = {unit.text: unit.id for unit in units.values()}
    moved = review_copy(made(PAGE.replace("First", "New.\n\nFirst")))[1].units
    file = sent(
        tmp_path,
        comments=[
            {"id": ids["A bar"], "number": "1.7", "file": "x", "line": 18, "comment": "Which\n one?\x1b[2J"},
            {"id": "u-gone", "number": "1.3", "file": "pages/01-soap.md", "line": 3, "comment": "Why?"},
            {"id": ids["Liquid"], "comment": "  "},
        ],
    )
    assert [str(comment) for comment in read_comments(file, "https://hospital.org/hygiene", moved)] == [
        "pages/01-soap.md:3: 1.3 (the text has changed since): A. Nurse: Why?",
        f"{moved[ids['A bar']].span}: 1.8: A. Nurse: Which one?[2J",
    ]


@pytest.mark.parametrize("text", ["", "[]", '{"course": "https://other.org"}', "{" * 5000, '"\ud800"', "[" * 100_000])
def test_files_that_are_no_comments_are_refused_in_words(tmp_path: Path, text: str) -> None:
    file = tmp_path / "comments.json"
    file.write_bytes(text.encode("utf-8", "surrogatepass"))
    with pytest.raises(CommentsUnreadable, match=r"comments\.json"):
        read_comments(file, "https://hospital.org/hygiene", {})


@pytest.mark.parametrize("comments", [None, {}, ["text"]])
def test_comments_that_are_no_list_of_comments_are_refused(tmp_path: Path, comments: object) -> None:
    with pytest.raises(CommentsUnreadable, match="no list of comments"):
        read_comments(sent(tmp_path, comments=comments), "https://hospital.org/hygiene", {})


def test_the_fingerprint_hangs_on_the_content_alone() -> None:
    now = fingerprint(made())
    assert now == fingerprint(made("\n".join([*PAGE.splitlines(), "", ""])))
    assert now == fingerprint(made(settings=SETTINGS + "version: 2.0.0\nreview: {owner: A. Nurse}\n"))
    assert now == fingerprint(replace(made(), problems=()))
    told = SETTINGS + "accessibility: {contact: a@b.example, results: accessibility.json}\n"
    assert fingerprint(made(settings=told)) == fingerprint(
        made(settings=told.replace(", results: accessibility.json", ""))
    )
    for changed in (
        made(PAGE.replace("First", "Last")),
        made(PAGE.replace("[x] Liquid", "[ ] Liquid").replace("[ ] A bar", "[x] A bar")),
        made(PAGE.replace("from a pump", "from a pot")),
        made(PAGE.replace("title: Soap", "title: Soaps")),
        made(settings=SETTINGS + "assessment: {pass-mark: 50}\n"),
    ):
        assert fingerprint(changed) != now


def test_a_sign_off_with_the_hash_of_the_content_is_quiet(tmp_path: Path) -> None:
    from scormkit.check import check

    course = made()
    sign_off = "{name: A, role: B, date: 2026-01-12, version: 0.1.0, hash: '%s'}"
    for value, warned in ((fingerprint(course), False), ("0" * 16, True)):
        signed = SETTINGS + f"review: {{signed-off: [{sign_off % value}]}}\n"
        programme = load_texts({"course.yaml": signed, "pages/01-soap.md": PAGE})
        assert ("SET130" in {problem.id for problem in check(programme)}) is warned


def test_the_commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "hygiene"
    (folder / "pages").mkdir(parents=True)
    (folder / "course.yaml").write_text(SETTINGS)
    (folder / "pages" / "01-soap.md").write_text(PAGE)
    monkeypatch.chdir(tmp_path)
    run = CliRunner().invoke
    assert run(main, ["review", "hygiene"]).exit_code == 0
    assert (tmp_path / "build" / "hygiene-0.1.0-review.html").read_text() == review_copy(load("hygiene").courses[0])[0]
    assert run(main, ["print", "hygiene", "--answers", "-o", "out.html"]).exit_code == 0
    assert "Yes, from a pump." in (tmp_path / "out.html").read_text()
    assert run(main, ["review", "--hash", "hygiene"]).output.split()[0] == fingerprint(load("hygiene").courses[0])
    listed = run(
        main,
        [
            "review",
            "--import",
            str(sent(tmp_path, comments=[{"id": "", "file": "x.md", "line": 2, "comment": "Hm."}])),
            "hygiene",
        ],
    )
    assert listed.output == "x.md:2: (the text has changed since): A. Nurse: Hm.\n"
    assert run(main, ["review", "--import", str(folder / "course.yaml"), "hygiene"]).exit_code == 1
    assert run(main, ["review", "--import", str(folder / "course.yaml"), "--hash", "hygiene"]).exit_code == 2


def test_a_file_in_the_place_of_the_folder_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "build").write_text("x")
    result = CliRunner().invoke(main, ["review", str(ROOT / "docs" / "gallery")])
    assert result.exit_code == 1 and "cannot make the folder build" in result.output


def test_one_file_cannot_hold_several_courses(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["print", str(ROOT / "course"), "-o", str(tmp_path / "x.html")])
    assert result.exit_code == 2
    assert "name one course" in result.output
    assert not (tmp_path / "x.html").exists()


def test_questions_of_a_bank_are_numbered_with_the_page_that_asks_them() -> None:
    drawn = "---\ntitle: Test\ntype: assessment\nfrom: [bank]\n---\n"
    bank = PAGE.partition("---\n")[2].partition("---\n")[2].partition(":::{choice}")
    question = f":::{{choice}}{bank[2].partition(chr(10) + ':::')[0]}\n:::\n"
    files = {
        "course.yaml": SETTINGS,
        "pages/01-soap.md": "# Soap\n\nText.\n",
        "pages/02-test.md": drawn,
        "banks/bank.md": question,
    }
    _, numbering = review_copy(load_texts(files).courses[0])
    numbers = [unit.number for unit in numbering.units.values() if unit.span.path.endswith("bank.md")]
    assert numbers and all(number.startswith("2.") for number in numbers)
    assert len({unit.number for unit in numbering.units.values()}) == len(numbering.units)


def test_a_table_that_is_scrolled_can_be_scrolled_by_keyboard() -> None:
    files = {"course.yaml": SETTINGS, "pages/1.md": "# T\n\n| | A |\n|---|---|\n| b | c |\n"}
    page = html.document_fromstring(handout(load_texts(files).courses[0]))
    (scrolled,) = page.xpath("//div[@class='table'][table]")
    assert (scrolled.get("tabindex"), scrolled.get("role"), scrolled.get("aria-label")) == ("0", "group", "Table")
