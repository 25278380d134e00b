"""`:::{recall}`: questions that are asked again are questions of their own, and nothing of them stands twice in a document."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from scormkit.blocks.recall import Recall
from scormkit.load import load_texts
from scormkit.load.lock import numbered
from scormkit.model.course import Course, Page, Section
from scormkit.model.directive import Value
from scormkit.model.settings import CourseSettings
from scormkit.render import render
from scormkit.render.payload import payload
from scormkit.render.words import words
from scormkit.review.sheet import handout, review_copy

QUESTION = """:::{choice} Which moment comes first?[^1]
:id: moment
:tries: 2
### A case
- [x] Before touching
  > Yes.
- [ ] After touching
  > Later.
- [ ] Never
  > There are five.
:::

[^1]: A note.

:::{likert} I know the five moments.
:id: sure
- No
- Yes
:::
"""
RECALL = ":::{recall} moment, sure\nBefore we go on:\n:::\n\n:::{recall} moment\n:::\n"


def course(recall: str = RECALL) -> Course:
    files = {
        "course.yaml": "id: https://e.org/a\ntitle: A\n",
        "pages/01-when.md": f"---\ntitle: When\n---\n{QUESTION}",
        "pages/02-again.md": f"---\ntitle: Again\n---\n{recall}",
    }
    return load_texts(files).courses[0]


def test_a_question_that_is_asked_again_is_one_of_its_own() -> None:
    first, opinion, again, opinion_again, third = course().questions
    assert [q.id for q in (again, opinion_again, third)] == ["moment-again", "sure-again", "moment-again-2"]
    assert {again.again, third.again} == {"moment"} and not first.again
    assert [q.number for q in course().questions] == [1, 2, 3, 4, 5]
    assert again.interaction.correct == first.interaction.correct and again.interaction.id == "moment-again"
    assert (again.tries, again.shuffle, opinion_again.shuffle, opinion.shuffle) == (2, True, False, False)


def test_the_player_knows_which_question_it_was() -> None:
    told = {question["id"]: question.get("again") for question in payload(course(), words("en-GB"))["questions"]}
    assert told == {
        "moment": None,
        "sure": None,
        "moment-again": "moment",
        "sure-again": "sure",
        "moment-again-2": "moment",
    }


def test_no_id_stands_twice_in_the_document() -> None:
    ids = re.findall(r'\sid="([^"]+)"', render(course()).document)
    assert len(ids) == len(set(ids))
    assert "q:moment-again:how" in ids


def test_its_words_are_not_read_twice() -> None:
    """What is wrong in a question is told once, at its own place."""
    made = course()
    assert [str(p) for p in made.problems] == [str(p) for p in replace(course("Text.\n")).problems]


def test_the_review_copy_names_them_and_the_handout_asks_them() -> None:
    copy, _ = review_copy(course())
    assert copy.count('data-question="moment"') == 1 and "moment-again" not in copy
    assert "Do you remember?" in copy and "Before we go on:" in copy
    assert 'data-question="moment-again"' in handout(course())


def test_a_course_in_code_can_recall_too() -> None:
    pages = course().pages
    block = Recall(names=(Value("moment", pages[1].span),))
    made = numbered(
        Course(CourseSettings(id="https://e.org/b", title="B"), (Section((pages[0], Page("p", "P", blocks=(block,)))),))
    )
    assert [q.id for q in made.questions] == ["moment", "sure", "moment-again"]
    assert numbered(made).questions == made.questions
    with pytest.raises(ValueError, match="BLK081"):
        numbered(
            Course(CourseSettings(id="https://e.org/b", title="B"), (Section((Page("p", "P", blocks=(block,)),)),))
        )


def test_the_lock_keeps_its_number_when_the_first_moves() -> None:
    made = course()
    assert made.lock.questions["moment-again"].number == 3
    assert set(made.lock.questions["moment-again"].options) == set(made.lock.questions["moment"].options)
