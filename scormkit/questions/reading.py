"""What the question types share: their common options, the prompt, the feedback at the end, and lists of answers.

In: a Directive and its Reader. Out: the fields of a Question, and problems for everything that cannot be meant.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from scormkit.model.directive import Directive, Item, Outline, Reader, Value
from scormkit.model.problem import Rule, Severity, meant
from scormkit.model.prose import Prose
from scormkit.model.question import Option, Question
from scormkit.model.source import Span

KEYS = "abcdefghijklmnopqrstuvwxyz0123456789"
"""What options are called in reports, in their authored order (SCORM 1.2 RTE 3.4.5: one of a-z, 0-9)."""

COMMON = ("id", "points", "graded", "tries", "shuffle", "hint", "objective", "objectives", "tags", "confidence")
"""Options that every question takes."""

NO_PROMPT = Rule(
    "QST002",
    Severity.ERROR,
    "this question asks nothing",
    "write what it asks after {fence} on the same line, or as the first paragraph",
    "Learners see answers and do not know to what.",
    "WCAG 2.2, 3.3.2 Labels or Instructions",
)
NO_ANSWERS = Rule(
    "QST003",
    Severity.ERROR,
    "question '{id}' has no answers to choose from",
    "write each answer on a line of its own: '- [ ] wrong' or '- [x] right'",
    "There is nothing that a learner could choose.",
)
ONE_ANSWER = Rule(
    "QST004",
    Severity.ERROR,
    "question '{id}' has only one answer",
    "write at least two answers",
    "With one answer there is no choice.",
)
TOO_MANY = Rule(
    "QST005",
    Severity.ERROR,
    "question '{id}' has {count} answers; there can be {limit}",
    "split it into several questions",
    "Reports name each answer by one letter or digit.",
    "SCORM 1.2 RTE 3.4.5, CMIFeedback (choice)",
)
EMPTY_ANSWER = Rule(
    "QST006",
    Severity.ERROR,
    "this answer of question '{id}' has no text",
    "write its words, or give its picture a text alternative",
    "Learners could not tell what they choose, and reports would show nothing.",
)
SAME_ANSWER = Rule(
    "QST007",
    Severity.ERROR,
    "'{text}' stands twice among the answers of question '{id}'; the first is in line {line}",
    "reword or remove one of them",
    "Learners could not tell the two apart, and only one would count.",
)
NO_MARK = Rule(
    "QST008",
    Severity.ERROR,
    "this answer of question '{id}' has no brackets",
    "write '- [ ] {text}' if it is wrong, or '- [x] {text}' if it is right",
    "It is not said whether it is right.",
)
BAD_MARK = Rule(
    "QST009",
    Severity.ERROR,
    "'{mark}' before this answer of question '{id}' is not understood",
    "write '[ ]' or '[x]', then a space, then the answer",
    "It is not said whether the answer is right.",
)
NO_FEEDBACK = Rule(
    "QST010",
    Severity.WARNING,
    "question '{id}' gives no feedback",
    "write '> why' under each answer, or '> correct: ...' and '> incorrect: ...' at the end",
    "People learn from being told why; 'wrong' alone teaches little.",
)
UNKNOWN_FEEDBACK = Rule(
    "QST011",
    Severity.ERROR,
    "the feedback at the end of question '{id}' begins with {found}",
    "begin it with {known}; feedback on one answer stands indented under it",
    "It is not said when learners should see it.",
)
NOT_A_NUMBER = Rule(
    "QST012",
    Severity.ERROR,
    "':{key}: {value}' is not {wanted}",
    "write {wanted}",
    "Anything else cannot be reckoned with.",
)
NOT_YES_OR_NO = Rule(
    "QST013",
    Severity.ERROR,
    "':{key}: {value}' is neither true nor false",
    "write true or false",
    "Anything else could be read either way.",
)
NOT_AN_ID = Rule(
    "QST014",
    Severity.ERROR,
    "'{value}' cannot be an id",
    "write small letters, digits and hyphens, such as 'first-steps' (at most 64 characters)",
    "Ids stand in saved progress and in reports, where other characters get lost or changed.",
)
NO_VALUE = Rule(
    "QST015",
    Severity.ERROR,
    "the option ':{key}:' has no value",
    "write one after the second colon, or remove the line",
    "It is not clear whether the default is meant.",
)
LEFT_OVER = Rule(
    "QST016",
    Severity.ERROR,
    "this text stands after the answers of question '{id}'",
    "move it before the answers, or write it as feedback: '> correct: ...'",
    "A question ends with its answers and their feedback; what else follows has no place.",
)
NOT_ONE_OF = Rule(
    "QST017",
    Severity.ERROR,
    "':{key}: {value}' is not known{hint}",
    "write {known}",
    "Another value has no meaning.",
)
NO_ID = Rule(
    "QST022",
    Severity.INFO,
    "this question has no id of its own; it is called '{id}', after its words",
    "add a line ':id: {id}' under its title, or a better name",
    "Answers are saved and reported under the id: one made from the words changes when you reword the question.",
)

INSIDE = Rule(
    "QST023",
    Severity.ERROR,
    "question '{inner}' stands inside another question",
    "close the outer question with its colons before this one begins",
    "A question has one set of answers.",
)

DEFINITIONS = Rule(
    "QST045",
    Severity.ERROR,
    "question '{id}' has a definition list (lines that begin with ': '), which only matching questions have",
    "write the answers as '- ...' or as this type of question has them, or make it a :::{{matching}}",
    "Pairs mean nothing to this type of question, and would not be shown.",
)

INNER_LIST = Rule(
    "QST043",
    Severity.ERROR,
    "this line of question '{id}' has a list inside it",
    "{how}",
    "What stands deeper would not be shown.",
)

_ID = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?\Z")
MARK = re.compile(r"(?:\[[^\]\n]{0,3}\](?=\S)|\[\]|\[[^\]\n ]?[^\]\nxX ][^\]\n ]?\]|\([ xX]\)|☐|☑)\s?")


class HasFeedback(Protocol):
    """An answer that may have feedback of its own."""

    @property
    def feedback(self) -> Prose | None: ...


@dataclass(frozen=True)
class Shared:
    """A directive's options (those that are known), its outline, and the fields that every Question has."""

    options: Mapping[str, Value]
    outline: Outline
    fields: Mapping[str, Any]

    @property
    def id(self) -> str:
        return str(self.fields["id"])


def read_shared(
    directive: Directive,
    reader: Reader,
    own: Collection[str] = (),
    without: Collection[str] = (),
    outline: Outline | None = None,
    tries: int = 1,
    judged: bool = True,
    pairs: bool = False,
) -> Shared:
    """Reads what all types have in common; `own` are the options that this type takes besides, `without` those it does not.

    `outline` is the body where the type has taken it apart itself, `tries` the default; `pairs` says that its answers are a
    definition list.
    `judged` is false where nothing is right or wrong, so that the quote at the end is a comment.
    """
    options = reader.options(directive, (*(key for key in COMMON if key not in without), *own))
    for key, value in options.items():
        if not value.text:
            reader.report(NO_VALUE.at(Span(value.span.path, value.span.line, 1), key=key))
    options = {key: value for key, value in options.items() if value.text}
    outline = outline or reader.outline(directive)
    prompt, intro = reader.title(directive), outline.intro
    if not prompt and intro and isinstance(intro[0], Prose):
        prompt, intro = intro[0], intro[1:]
    for block in intro:
        if isinstance(block, Question):
            reader.report(INSIDE.at(block.span, inner=block.id))
    intro = tuple(block for block in intro if not isinstance(block, Question))
    if not prompt:
        reader.report(NO_PROMPT.at(directive.span, fence=f":::{{{directive.name}}}"))
    name = _id(options.get("id"), reader) or reader.name(prompt.text or directive.name)
    if "id" not in directive.options:
        reader.report(NO_ID.at(directive.span, id=name))
    fields: dict[str, Any] = {
        "id": name,
        "prompt": prompt,
        "intro": intro,
        "points": number(options.get("points"), "points", 1.0, reader, low=0, high=1000),
        "graded": truth(options.get("graded"), "graded", True, reader),
        "tries": int(number(options.get("tries"), "tries", tries, reader, low=0, high=99, whole=True)),
        "shuffle": truth(options.get("shuffle"), "shuffle", False, reader),
        "objectives": (*words(options.get("objective")), *words(options.get("objectives"))),
        "tags": words(options.get("tags")),
        "confidence": truth(options.get("confidence"), "confidence", False, reader),
        "span": directive.span,
    }
    if "hint" in options:
        fields["hint"] = reader.prose(options["hint"].text, options["hint"].span)
    fields |= _feedback(outline, name, reader) if judged else _comment(outline, name, reader)
    if outline.definitions and not pairs:
        reader.report(DEFINITIONS.at(outline.definitions[0].span, id=name))
    if outline.rest:
        reader.report(LEFT_OVER.at(outline.rest[0].span, id=name))
    return Shared(options, outline, fields)


def read_options(shared: Shared, reader: Reader) -> tuple[Option, ...]:
    """The answers of a task list as Options, with letters in their order."""
    items = shared.outline.items
    if len(items) < 2:
        place = items[0].span if items else shared.fields["span"]
        reader.report((ONE_ANSWER if items else NO_ANSWERS).at(place, id=shared.id))
    if len(items) > len(KEYS):
        reader.report(TOO_MANY.at(items[len(KEYS)].span, id=shared.id, count=len(items), limit=len(KEYS)))
    expect_flat(items, shared, reader)
    seen: dict[str, Item] = {}
    for item in items:
        _check_item(item, shared.id, seen, reader)
    return tuple(
        Option(key, item.text, bool(item.checked), item.quote, span=item.span)
        for key, item in zip(KEYS, items, strict=False)
    )


def expect_flat(items: Iterable[Item], shared: Shared, reader: Reader) -> None:
    """Reports lists inside answers, which have no place in questions of this type."""
    for item in items:
        if item.items:
            how = "write each answer on a line of its own, or the list as a sentence"
            reader.report(INNER_LIST.at(item.span, id=shared.id, how=how))


def expect_feedback(shared: Shared, options: Collection[HasFeedback], reader: Reader) -> None:
    """Reports a question that says nothing whatever a learner answers."""
    whole = shared.fields.get("correct_feedback") or shared.fields.get("incorrect_feedback")
    if not whole and not any(option.feedback for option in options):
        reader.report(NO_FEEDBACK.at(shared.fields["span"], id=shared.id))


def number(
    value: Value | None, key: str, default: float, reader: Reader, *, low: float, high: float, whole: bool = False
) -> float:
    """A number between `low` and `high`; what is none is reported, and stands as `default`."""
    if value is None:
        return default
    try:
        found = float(value.text)
    except ValueError:
        found = float("nan")
    if low <= found <= high and (not whole or found == int(found)):
        return found
    wanted = f"a {'whole ' if whole else ''}number from {low:g} to {high:g}"
    reader.report(NOT_A_NUMBER.at(value.span, key=key, value=value.text, wanted=wanted))
    return default


def truth(value: Value | None, key: str, default: bool, reader: Reader) -> bool:
    """`true` or `false` (also `yes` and `no`); anything else is reported, and stands as `default`."""
    if value is None:
        return default
    word = value.text.lower()
    if word in ("true", "yes"):
        return True
    if word not in ("false", "no"):
        reader.report(NOT_YES_OR_NO.at(value.span, key=key, value=value.text))
        return default
    return False


def one_of(value: Value | None, key: str, known: Collection[str], default: str, reader: Reader) -> str:
    """One of the words in `known`; anything else is reported, and stands as `default`."""
    if value is None:
        return default
    if value.text in known:
        return value.text
    hint = meant(value.text, known)
    reader.report(NOT_ONE_OF.at(value.span, key=key, value=value.text, hint=hint, known=" or ".join(known)))
    return default


def words(value: Value | None) -> tuple[str, ...]:
    """The words of a list such as `a, b` or `[a, b]`."""
    return tuple(w for w in re.split(r"[,\s]+", value.text.strip("[] ")) if w) if value else ()


def _id(value: Value | None, reader: Reader) -> str | None:
    if value is None:
        return None
    if len(value.text) > 64 or not _ID.match(value.text):
        reader.report(NOT_AN_ID.at(value.span, value=value.text))
        return None
    return value.text


def _feedback(outline: Outline, name: str, reader: Reader) -> dict[str, Prose]:
    found: dict[str, Prose] = {}
    for key, quote in outline.quotes.items():
        if key in ("correct", "incorrect"):
            found[f"{key}_feedback"] = quote
        else:
            said = f"'{key}:'" if key else "neither 'correct:' nor 'incorrect:'"
            reader.report(UNKNOWN_FEEDBACK.at(quote.span, id=name, found=said, known="'correct:' or 'incorrect:'"))
    return found


def _comment(outline: Outline, name: str, reader: Reader) -> dict[str, Prose]:
    """What is said at the end where nothing is right or wrong."""
    for key, quote in outline.quotes.items():
        if key:
            known = "none of these words, because nothing is right or wrong here"
            reader.report(UNKNOWN_FEEDBACK.at(quote.span, id=name, found=f"'{key}:'", known=known))
    return {"comment": outline.quotes[""]} if "" in outline.quotes else {}


def _check_item(item: Item, name: str, seen: dict[str, Item], reader: Reader) -> None:
    text = " ".join(item.text.text.split())
    mark = MARK.match(text) if item.checked is None else None
    if mark:
        reader.report(BAD_MARK.at(item.span, id=name, mark=mark[0].strip()))
    elif item.checked is None:
        reader.report(NO_MARK.at(item.span, id=name, text=text if len(text) <= 40 else text[:37] + "..."))
    elif not text:
        reader.report(EMPTY_ANSWER.at(item.span, id=name))
    elif text in seen:
        reader.report(SAME_ANSWER.at(item.span, id=name, text=text, line=seen[text].span.line))
    seen.setdefault(text, item)


def read_scoring(shared: Shared, reader: Reader, *more: str) -> str:
    """What some right parts of an answer are worth: `exact` (nothing), `partial`, or one of the ways that only this type has."""
    said = one_of(
        shared.options.get("scoring"), "scoring", ("all-or-nothing", "partial", *more), "all-or-nothing", reader
    )
    return "exact" if said == "all-or-nothing" else said
