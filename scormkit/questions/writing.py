"""What the question types share when they are written: the inverse of reading.py.

In: a Question and its answers as Markdown. Out: the Directive that reads as the same question.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from scormkit.model.directive import Directive, Item
from scormkit.model.prose import Prose
from scormkit.model.question import Option, Question
from scormkit.model.written import directive, escaped, is_block, joined, line, markdown, quoted


@dataclass(frozen=True)
class Usual:
    """What the common options are where an author does not say them."""

    tries: int = 1
    graded: bool = True


def write(
    question: Question,
    answers: str = "",
    own: Mapping[str, object] | None = None,
    usual: Usual | None = None,
    end: str | None = None,
) -> Directive:
    """A question with its options, prompt, intro, `answers` and feedback.

    `own` are the options of its type, empty where they are the default, `usual` the defaults of the common ones, where they are
    not those of most types; `end` is what stands behind the answers, where that is not the feedback.
    """
    usual = usual or Usual()
    options: dict[str, object] = {
        "id": question.id,
        **(own or {}),
        "points": question.points if question.points != 1 else "",
        "graded": question.graded if question.graded != usual.graded else "",
        "tries": question.tries if question.tries != usual.tries else "",
        "shuffle": question.shuffle or "",
        "hint": question.hint,
        "objectives" if len(question.objectives) > 1 else "objective": ", ".join(question.objectives),
        "tags": ", ".join(question.tags),
        "confidence": question.confidence or "",
    }
    prompt = question.prompt
    titled = not is_block(prompt)
    feedback = written_feedback(question) if end is None else end
    ends = "\n".join(text for text in (answers, feedback) if text)
    body = joined("" if titled else prompt.source, markdown(question.intro), ends)
    return directive(question.type, line(prompt) if titled else "", options, body)


def written_feedback(question: Question) -> str:
    """The block quotes at the end of a question."""
    right = quoted(question.correct_feedback, "correct")
    wrong = quoted(question.incorrect_feedback, "incorrect")
    between = "\n\n" if "\n" in right else "\n"
    return joined(between.join(text for text in (right, wrong) if text), quoted(question.comment))


def boxed(options: Iterable[Option]) -> tuple[Item, ...]:
    """Answers with `[x]` before those that are right, and what is said about each."""
    return tuple(Item(option.text, option.correct, option.feedback) for option in options)


def plain(options: Iterable[Option]) -> tuple[Item, ...]:
    """Answers without boxes."""
    return tuple(Item(option.text, None, option.feedback) for option in options)


def scoring(partly: str) -> str:
    """How a question is graded, as authors say it; empty where it is all or nothing."""
    return "" if partly == "exact" else partly


def typed(text: str, right: bool, feedback: Prose | None) -> Item:
    """A text that learners may type, which means nothing but itself."""
    return Item(Prose(source=escaped(text)), None if right else False, feedback)
