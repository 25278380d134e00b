"""`unlock:`, `show-if:`, `required:`, `min-time:` and `completion:`: what the player and those who read on paper are told."""

from __future__ import annotations

from typing import Any

import pytest

from scormkit.check import check
from scormkit.check.course.budget import budget
from scormkit.load import load_texts
from scormkit.model.course import Course
from scormkit.model.problem import Severity
from scormkit.render import render
from scormkit.render.payload import payload
from scormkit.render.words import words
from scormkit.review.sheet import review_copy

POLL = ":::{poll} What is your profession?\n:id: profession\n- Nurse\n- Doctor\n- Therapist\n:::\n"
CASE = ":::{true-false} Clean hands protect.\n:id: clean\n:answer: true\n:tries: 0\n:::\n"
PAGES = {
    "01-who.md": f"---\ntitle: Who you are\n---\n{POLL}",
    "02-basics/01-why.md": f"---\ntitle: Why\nmin-time: 1 minute 30 seconds\n---\n{CASE}",
    "02-basics/02-more.md": "---\ntitle: More\nrequired: false\n---\nText.\n",
    "02-basics/section.yaml": "title: The basics\nunlock: {after: [who, profession]}\n",
    "03-nurses.md": "---\ntitle: For nurses\nshow-if: {question: profession, answer: [nurse, c]}\n---\nText.\n",
    "04-test.md": "---\ntitle: The test\ntype: assessment\nunlock: {after: basics, right: clean}\n---\n"
    + CASE.replace(":id: clean", ":id: again").replace(":tries: 0\n", ""),
    "05-end.md": "---\ntitle: The end\nunlock: {passed: test, score: 90}\nshow-if: {question: clean, right: false}\n---\nText.\n",
}


def course(more: str = "", **pages: str) -> Course:
    files = {f"pages/{name}": text for name, text in (pages or PAGES).items()}
    return load_texts({"course.yaml": f"id: https://e.org/a\ntitle: A\n{more}", **files}).courses[0]


def told(made: Course) -> dict[str, Any]:
    return payload(made, words("en-GB"))


def test_the_player_is_told_what_opens_a_page_and_whose_course_it_is_part_of() -> None:
    pages = {page["id"]: page for page in told(course())["pages"]}
    basics = [{"kind": "done", "pages": ["who"]}, {"kind": "answered", "pages": ["who"], "question": "profession"}]
    assert pages["why"]["unlock"] == pages["more"]["unlock"] == basics
    assert pages["test"]["unlock"] == [
        {"kind": "done", "pages": ["why", "more"], "section": "The basics"},
        {"kind": "right", "pages": ["why"], "question": "clean"},
    ]
    assert pages["end"]["unlock"] == [{"kind": "passed", "pages": ["test"], "score": 90}]
    assert pages["nurses"]["showIf"] == [{"question": "profession", "answers": ["a", "c"]}]
    assert pages["end"]["showIf"] == [{"question": "clean", "right": False}]
    assert (pages["more"]["optional"], pages["why"]["minTime"]) == (True, 90)
    assert not {"unlock", "showIf", "optional", "minTime"} & pages["who"].keys()


def test_a_page_may_wait_for_a_pre_test_to_be_passed() -> None:
    pages = PAGES | {
        "00-before.md": "---\ntitle: Before\ntype: pretest\ncovers: [why]\n---\n"
        + CASE.replace(":id: clean", ":id: first"),
        "06-later.md": "---\ntitle: Much more\nrequired: false\nunlock: {passed: before}\n---\nText.\n",
    }
    made = course(**pages)
    assert not [problem for problem in check(made) if problem.id.startswith("RUL")]
    assert told(made)["pages"][-1]["unlock"] == [{"kind": "passed", "pages": ["before"]}]


@pytest.mark.parametrize(
    ("said", "told_as"),
    [
        ("", {"rule": "pages-and-assessment", "pages": 5, "share": 100}),
        ("completion: {rule: pages, pages: 50%}", {"rule": "pages", "pages": 3, "share": 50}),
        ("completion: {rule: pages, count: 2}", {"rule": "pages", "pages": 2}),
        ("completion: {rule: manual, statement: I have read it}", {"rule": "manual", "pages": 0, "statement": "I have read it"}),
        ("completion: {rule: manual, count: 3}", {"rule": "manual", "pages": 3}),
        ("completion: assessment", {"rule": "assessment", "pages": 0}),
    ],
)  # fmt: skip
def test_the_player_is_told_what_completes_the_course(said: str, told_as: dict[str, Any]) -> None:
    assert told(course(said))["completion"] == told_as


def test_without_pages_for_some_a_share_is_a_number() -> None:
    one, two = "---\ntitle: One\n---\nText.\n", "---\ntitle: Two\n---\nText.\n"
    made = course("completion: {rule: pages, pages: 50%}", **{"01-one.md": one, "02-two.md": two})
    assert told(made)["completion"] == {"rule": "pages", "pages": 1}


def test_whoever_reads_on_paper_is_told_in_words() -> None:
    text, _ = review_copy(course())
    for words_of_it in (
        "What completes this course", "Pages to finish: 100%", "Pass “The test” with at least 80%",
        "Opens once this is done:", "Finish “Who you are”", "Answer “What is your profession?”",
        "Finish the pages of “The basics”", "Find the right answer to “Clean hands protect.”",
        "Pass “The test” with at least 90%", "Only for learners who answered “What is your profession?” with: Nurse / Therapist",
        "Only for learners who did not get “Clean hands protect.” right", "Optional: does not count towards",
        "This page counts as done once you have spent 1 min 30 s on it.",
    ):  # fmt: skip
        assert words_of_it in text, words_of_it


def test_without_script_the_page_says_what_completes_the_course_and_what_is_optional() -> None:
    html = render(course("completion: {rule: manual, statement: I have read it, count: 3}")).document
    assert html.count("Pages to finish: 3 of 5") == 2
    assert html.count("Confirm at the end: “I have read it”") == 2
    assert '<span class="page-optional">Optional</span>' in html


def test_answers_that_conditions_hang_on_are_not_left_out() -> None:
    plain = {name: text.replace("unlock: {after: basics, right: clean}\n", "") for name, text in PAGES.items()}
    plain = {
        name: "\n".join(line for line in text.split("\n") if not line.startswith(("show-if", "unlock")))
        for name, text in plain.items()
    }
    assert budget(course()).without_practice > budget(course(**plain)).without_practice


def test_answers_named_by_their_words_are_the_same_in_a_translation() -> None:
    """So are the questions that are asked again."""
    again = PAGES | {"06-again.md": "---\ntitle: Again\n---\n:::{recall} profession, clean\n:::\n"}
    texts = {"Nurse": "Nyrs", "Doctor": "Meddyg", "What is your profession?": "Beth yw eich proffesiwn?"}
    po = 'msgid ""\nmsgstr "Language: cy\\n"\n\n' + "".join(
        f'#. x\nmsgctxt "who:profession:{part}"\nmsgid "{text}"\nmsgstr "{texts[text]}"\n\n'
        for part, text in (("prompt", "What is your profession?"), ("answer-1", "Nurse"), ("answer-2", "Doctor"))
    )
    files = {f"pages/{name}": text for name, text in again.items()}
    settings = "id: https://e.org/a\ntitle: A\nlanguages: [en-GB, cy]\n"
    made = load_texts({"course.yaml": settings, "locales/cy.po": po, **files}).courses[0]
    (welsh,) = made.translations
    assert "Nyrs" in [option.text.text for question in welsh.questions for option in question.answers]
    pages = [{page["id"]: page.get("showIf") for page in told(one)["pages"]} for one in (made, welsh)]
    assert pages[0] == pages[1] and pages[0]["nurses"] == [{"question": "profession", "answers": ["a", "c"]}]
    assert [q.again for q in welsh.questions] == [q.again for q in made.questions]
    assert not [problem for problem in made.problems if problem.id == "LNG004"]


def test_a_question_without_an_id_is_the_same_in_a_translation_though_it_is_called_after_its_words() -> None:
    name = "what-is-your-profession"
    pages = {
        "01-who.md": f"---\ntitle: Who\n---\n{POLL.replace(':id: profession', '').strip()}\n".replace("\n\n", "\n"),
        "02-nurses.md": f"---\ntitle: For nurses\nshow-if: {{question: {name}, answer: Nurse}}\n---\nText.\n",
        "03-gate.md": f"---\ntitle: Gate\nunlock: {{after: {name}}}\n---\nText.\n",
        "04-again.md": f"---\ntitle: Again\n---\n:::{{recall}} {name}\n:::\n",
    }
    texts = {"prompt": ("What is your profession?", "Beth yw eich proffesiwn?"), "answer-1": ("Nurse", "Nyrs")}
    po = 'msgid ""\nmsgstr "Language: cy\\n"\n\n' + "".join(
        f'#. x\nmsgctxt "who:{name}:{part}"\nmsgid "{text}"\nmsgstr "{welsh}"\n\n'
        for part, (text, welsh) in texts.items()
    )
    settings = "id: https://e.org/a\ntitle: A\nlanguages: [en-GB, cy]\n"
    files = {f"pages/{file}": text for file, text in pages.items()}
    made = load_texts({"course.yaml": settings, "locales/cy.po": po, **files}).courses[0]
    (welsh,) = made.translations
    found = [problem for one in made.versions for problem in one.problems if problem.severity is Severity.ERROR]
    assert found == []
    assert [(q.id, q.again, q.number) for q in welsh.questions] == [(q.id, q.again, q.number) for q in made.questions]
    assert [question.again for question in welsh.questions] == ["", name]
    assert [question.answers[0].text.text for question in welsh.questions] == ["Nyrs", "Nyrs"]
    conditions = [[(p["id"], p.get("showIf"), p.get("unlock")) for p in told(one)["pages"]] for one in (made, welsh)]
    assert conditions[0] == conditions[1] and conditions[0][1][1] == [{"question": name, "answers": ["a"]}]
