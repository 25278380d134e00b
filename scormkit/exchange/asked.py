"""Questions as other programs know them: `Asked`, between the formats of this folder and a course.

In: the questions of a course, or of a file. Out: `Asked`, and problems for everything that a format or a course cannot carry; of an
`Asked`, the directive that a page or a question bank has for it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from scormkit.model.problem import Problem, Rule, Severity
from scormkit.model.prose import Prose
from scormkit.model.question import Kind, Question
from scormkit.model.source import Span

NOT_CARRIED = Rule(
    "XCH020",
    Severity.WARNING,
    "the question '{id}' is left out: {format} has nothing for {what}",
    "write it as a choice or matching question if the other program needs it",
    "Questions that another program would show otherwise than they are meant are worse than none.",
)
LOST = Rule(
    "XCH021",
    Severity.INFO,
    "of question '{id}' {what} is left out: {format} has no place for it",
    "add it by hand in the other program, if it is needed there",
    "The rest of the question is carried over.",
)
NO_RIGHT = Rule(
    "XCH022",
    Severity.WARNING,
    "no answer of this question is right",
    "mark one with [x] in the page",
    "The build refuses questions that nobody can answer.",
)

LEFT_OUT = Rule(
    "XCH023",
    Severity.WARNING,
    "this question is left out: {what}",
    "{remedy}",
    "What is not understood would be asked otherwise than it was meant.",
)
CATEGORY = Rule(
    "XCH024",
    Severity.INFO,
    "the category '{name}' becomes the tag '{tag}'",
    "nothing, unless you want another tag: it stands in each question as ':tags:'",
    "Assessments can draw from tags.",
)

TYPES = ("choice", "multiple", "true-false", "fill-in", "numeric", "matching", "reflection")


@dataclass(frozen=True)
class Answer:
    """One answer in Markdown: whether it is right, what is said to whoever gives it, and what it is matched with."""

    text: str
    right: bool = False
    feedback: str = ""
    match: str = ""


@dataclass(frozen=True)
class Asked:
    """A question in Markdown: one of TYPES, or `sequencing`, its answers in the right order.

    Of a numeric one the answers are `5`, `4:6` (from, to) or `4:`.
    """

    id: str
    type: str
    prompt: str
    answers: tuple[Answer, ...] = ()
    correct: str = ""
    incorrect: str = ""
    hint: str = ""
    tags: tuple[str, ...] = ()
    span: Span = Span("")


@dataclass
class Taken:
    """What was taken over, and what was not."""

    questions: list[Asked] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)  # pictures, by their names in the bank's folder of the media


def of_course(questions: Iterable[Question], format: str) -> Taken:
    """The questions of a course, for a format that has those of TYPES."""
    taken = Taken()
    for question in questions:
        made = _asked(question)
        if format == "GIFT" and isinstance(made, Asked) and _is_open(made):
            made = "a number that is only at least or at most so much"
        if isinstance(made, str):
            taken.problems.append(NOT_CARRIED.at(question.span, id=question.id, what=made, format=format))
            continue
        for what in _lost(question, made, format):
            taken.problems.append(LOST.at(question.span, id=question.id, what=what, format=format))
        taken.questions.append(made)
    return taken


def _is_open(asked: Asked) -> bool:
    """Whether it asks for a number that has to be above or below another one: its range has one end."""
    return asked.type == "numeric" and any(":" in (one.text[:1], one.text[-1:]) for one in asked.answers)


def _lost(question: Question, made: Asked, format: str) -> Iterator[str]:
    if any(not isinstance(block, Prose) for block in question.intro):
        yield "what stands in blocks"
    if any(not typed.right for typed in getattr(question, "texts", ())):
        yield "the feedback on wrong answers that are typed"
    if format == "GIFT" and made.hint:
        yield "the hint"
    if format == "GIFT" and made.incorrect and made.type != "true-false":
        yield "the feedback for wrong answers"
    if format == "GIFT" and made.type == "matching" and any(answer.feedback for answer in made.answers):
        yield "the feedback on single items"


def _asked(question: Question) -> Asked | str:
    """A question, or what of it no other program has."""
    told = question.interaction
    intro = [block.source for block in question.intro if isinstance(block, Prose)]
    options = {option.key: option for option in question.answers}
    answers: list[Answer] = []
    if told.kind is Kind.CHOICE and question.type in ("choice", "multiple"):
        kind = question.type
        answers = [Answer(_line(o.text), o.correct, _line(o.feedback)) for o in question.answers]
    elif told.kind is Kind.TRUE_FALSE:
        kind = "true-false"
        answers = [Answer(key, (key,) in told.correct) for key in ("true", "false")]
    elif told.kind is Kind.FILL_IN and all(len(items) == 1 for items in told.correct) and not intro:
        kind = "fill-in"
        answers = [Answer(items[0], True) for items in told.correct]
    elif told.kind is Kind.NUMERIC:
        kind = "numeric"
        answers = [Answer(items[0], True) for items in told.correct[-1:]]  # the range, where there is one
    elif told.kind is Kind.MATCHING and options and told.correct:
        kind = "matching"
        pairs = [item.split(".") for item in told.correct[0]]
        answers = [
            Answer(_line(options[a].text), True, _line(options[a].feedback), _line(options[b].text)) for a, b in pairs
        ]
        used = {b for _, b in pairs}
        answers += [Answer("", False, match=_line(options[c.key].text)) for c in told.target if c.key not in used]
    elif told.kind is Kind.LONG_FILL_IN:
        kind = "reflection"
    else:
        return f"'{question.type}'"
    prompt = "\n\n".join([question.prompt.source, *intro])
    wrong = question.incorrect_feedback or question.comment
    said = (_line(question.correct_feedback), _line(wrong), _line(question.hint))
    return Asked(question.id, kind, prompt, tuple(answers), *said, question.tags, question.span)


def _line(prose: Prose | None) -> str:
    return " ".join(prose.source.split()) if prose else ""


def directive(asked: Asked) -> str:
    """The directive of a question, as an author would write it."""
    title, *more = asked.prompt.strip().split("\n\n")
    sorted_out = asked.type == "matching" and len({answer.match for answer in asked.answers}) < 3
    lines = [f":::{{{'categorise' if sorted_out else asked.type}}} {' '.join(title.split())}", f":id: {asked.id}"]
    right = [answer for answer in asked.answers if answer.right]
    if asked.hint:
        lines.append(f":hint: {asked.hint}")
    if asked.tags:
        lines.append(f":tags: {', '.join(asked.tags)}")
    if asked.type == "true-false":
        lines.append(f":answer: {right[0].text if right else 'true'}")
    if asked.type == "numeric":
        lines.append(_number(right[0].text if right else ""))
    lines += [line for block in more for line in ("", *block.split("\n"))] + [""] * bool(more)
    if asked.type in ("choice", "multiple"):
        lines += _list(asked.answers, boxes=True)
    elif asked.type == "sequencing":
        lines += [f"{n}. {' '.join(answer.text.split())}" for n, answer in enumerate(asked.answers, start=1)]
    elif asked.type == "fill-in":
        lines += _list(asked.answers, boxes=False)
    elif sorted_out:
        lines += _groups(asked.answers)
    elif asked.type == "matching":
        lines += _pairs(asked.answers)
    if asked.type == "reflection":
        lines += [f"> {asked.incorrect or asked.correct}"] * bool(asked.incorrect or asked.correct)
    else:
        lines += [f"> correct: {asked.correct}"] * bool(asked.correct)
        lines += [f"> incorrect: {asked.incorrect}"] * bool(asked.incorrect)
    return "\n".join([*lines, ":::"])


def _list(answers: Iterable[Answer], boxes: bool) -> list[str]:
    lines = []
    for answer in answers:
        box = "[x] " if answer.right else "[ ] "
        lines.append(f"- {box if boxes or not answer.right else ''}{' '.join(answer.text.split())}")
        if answer.feedback:
            lines.append(f"  > {answer.feedback}")
    return lines


def _pairs(answers: Iterable[Answer]) -> list[str]:
    lines: list[str] = []
    spare = []
    for answer in answers:
        if not answer.text:
            spare.append(f"- {answer.match}")
            continue
        lines += [answer.text, f": {answer.match}"] + [f"  > {answer.feedback}"] * bool(answer.feedback) + [""]
    return lines + spare


def _groups(answers: Iterable[Answer]) -> list[str]:
    """Matches that several items share are groups."""
    groups: dict[str, list[str]] = {}
    for answer in answers:
        said = [f"    > {answer.feedback}"] if answer.feedback else []
        groups.setdefault(answer.match, []).extend([f"  - {answer.text}", *said] if answer.text else [])
    return [line for group, things in groups.items() for line in (f"- {group}", *things)]


def _number(text: str) -> str:
    low, colon, high = text.partition(":")
    if not colon:
        return f":answer: {low}"
    return (
        f":range: {low} to {high}" if low and high else f":range: at least {low}" if low else f":range: at most {high}"
    )


def named(wanted: str, taken: set[str]) -> str:
    """An id of small letters, digits and hyphens that no question has yet."""
    plain = re.sub(r"[^a-z0-9]+", "-", wanted.lower()).strip("-")[:48].strip("-") or "question"
    name, count = plain, 2
    while name in taken:
        name, count = f"{plain}-{count}", count + 1
    taken.add(name)
    return name


def bank(title: str, questions: Iterable[Asked]) -> str:
    """A file of questions, as it stands in banks/ of a course."""
    # A JSON string is a YAML string too, whatever quotes or colons a title has.
    return (
        f"---\ntitle: {json.dumps(title, ensure_ascii=False)}\n---\n\n"
        + "\n\n".join(directive(one) for one in questions)
        + "\n"
    )
