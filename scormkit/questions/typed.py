"""What question types share whose answers are typed: accepted texts, and how strictly they are compared.

In: a list of texts, and the options `case`, `typos` and `pattern`. Out: `Typed` texts and a `Marking`, and problems for texts
that nobody could type, that are given twice, or that contradict each other. The player compares as `folded` and `apart` do
(player/src/grade.ts).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from scormkit.model.directive import Item, Reader, Value
from scormkit.model.problem import Rule, Severity
from scormkit.model.prose import Prose
from scormkit.model.question import Marking
from scormkit.model.source import Span
from scormkit.questions.reading import BAD_MARK, MARK, Shared, number, truth

LONGEST = 255
"""Characters of a typed answer (SCORM 1.2 RTE 3.4.5, CMIString255)."""
KEPT = 48
"""UTF-8 bytes that saved progress keeps of a typed answer, where no accepted one is longer (docs/state.md)."""
TELLING = 4
"""How many characters a text needs for each one that may be wrong; in shorter texts one character makes another word."""

NO_TEXT = Rule(
    "QST030",
    Severity.ERROR,
    "question '{id}' does not say what is right",
    "write each text that is right on a line of its own: '- consultation'",
    "Whatever learners write would be wrong.",
)
CANNOT_TYPE = Rule(
    "QST031",
    Severity.ERROR,
    "this answer of question '{id}' {why}",
    "write it as learners would type it: one line of plain text, at most 255 characters",
    "Learners type their answer into one line, and reports keep 255 characters of it.",
    "SCORM 1.2 RTE 3.4.5, CMIString255",
)
SAME_TEXT = Rule(
    "QST032",
    Severity.ERROR,
    "'{text}' and '{first}' (line {line}) are the same answer to question '{id}'",
    "remove one; capitals matter only with ':case: true', and doubled blanks never do",
    "The second one has no effect, so it was probably meant to be something else.",
)
CONTRADICTION = Rule(
    "QST033",
    Severity.ERROR,
    "'{text}' is listed as wrong in question '{id}', but {why}",
    "remove it, or be stricter about what is right",
    "It counts as right, so its feedback would never be shown.",
)
OTHER_WORDS = Rule(
    "QST034",
    Severity.WARNING,
    "':typos: {typos}' makes other words right, too: '{text}' has only {count} characters",
    "allow fewer typos, or none for words this short",
    "One character makes another word of a short one: 'hypo' and 'hype', 15 and 16.",
)
BAD_PATTERN = Rule(
    "QST035",
    Severity.ERROR,
    "the pattern '{pattern}' {why}",
    "{remedy}",
    "Browsers would accept nothing, everything or never come to an end.",
    "ECMA-262, RegExp with the flag u",
)

_SYNTAX = "^$\\.*+?()[]{}|/"
_ESCAPES = "dDwWsSbBtnrf123456789"
_ONLY_PYTHON = re.compile(r"\(\?(?![:=!]|<[=!])|\*\+|\+\+|\?\+|\}\+")
_NESTED = re.compile(r"\((?:[^()\\]|\\.)*(?:[+*]|\{\d+,\d*\})(?:[^()\\]|\\.)*\)(?:[+*]|\{\d+,)")
_NONSENSE = "zq7 xv"


@dataclass(frozen=True)
class Typed:
    """A text that learners may type: whether it is right, and what they are told who do."""

    text: str
    right: bool = True
    feedback: Prose | None = None
    span: Span = Span("")


def read_texts(shared: Shared, reader: Reader) -> tuple[Typed, ...]:
    """The items of a list as texts: right ones, and after `[ ]` wrong ones that learners are likely to write."""
    return tuple(_text(item, shared.id, reader) for item in shared.outline.items)


def read_marking(shared: Shared, reader: Reader) -> Marking:
    """The options `case`, `typos` and `pattern`, those of them that the question takes."""
    options = shared.options
    typos = int(number(options.get("typos"), "typos", 0, reader, low=0, high=3, whole=True))
    pattern = options.get("pattern")
    sound = pattern is not None and _is_sound(pattern, reader)
    return Marking(
        truth(options.get("case"), "case", False, reader), typos, (pattern.text,) if pattern and sound else ()
    )


def written_marking(marking: Marking) -> dict[str, object]:
    """The options that read as `marking`."""
    several = len(marking.patterns) > 1
    pattern = "|".join(f"(?:{pattern})" if several else pattern for pattern in marking.patterns)
    return {"case": marking.case or "", "typos": marking.typos or "", "pattern": pattern}


def check_texts(texts: tuple[Typed, ...], marking: Marking, name: str, reader: Reader) -> None:
    """Reports texts that are there twice, wrong ones that count as right, and typos that make other words."""
    right = [typed for typed in texts if typed.right]
    seen: dict[str, Typed] = {}
    for typed in texts:
        key = folded(typed.text, marking.case)
        first = seen.setdefault(key, typed)
        if not key:
            continue
        if first is not typed and first.right == typed.right:
            reader.report(SAME_TEXT.at(typed.span, text=typed.text, first=first.text, line=first.span.line, id=name))
        elif not typed.right and (why := _accepted(typed, right, marking)):
            reader.report(CONTRADICTION.at(typed.span, text=typed.text, id=name, why=why))
        elif first is not typed and typed.right:
            why = f"line {typed.span.line} lists it as right"
            reader.report(CONTRADICTION.at(first.span, text=first.text, id=name, why=why))
    short = [typed for typed in right if typed.text and len(typed.text) < TELLING * marking.typos]
    for typed in short[:1]:
        reader.report(OTHER_WORDS.at(typed.span, typos=marking.typos, text=typed.text, count=len(typed.text)))


def fault(text: str) -> str:
    """What is wrong with a text as something to type; empty where nothing is."""
    if not text:
        return "has no text"
    if len(text) > LONGEST:
        return f"has {len(text)} characters"
    return ""


def limit(texts: tuple[str, ...]) -> int:
    """Characters that a control for one of these texts takes."""
    return max(KEPT, *(len(text) for text in texts), 0)


def width(texts: tuple[str, ...]) -> int:
    """How many characters wide that control is: room for the longest, without telling its length."""
    longest = max((len(text) for text in texts), default=0)
    return min(-(-(longest + 4) // 8) * 8, 40)


def folded(text: str, case: bool) -> str:
    """A text without what never matters, and without capitals unless they do."""
    plain = re.sub("[\u2018\u2019]", "'", re.sub("[\u201c\u201d]", '"', unicodedata.normalize("NFC", text)))
    plain = " ".join(plain.split())
    return plain if case else plain.lower()


def apart(one: str, other: str) -> int:
    """How many characters are wrong, missing, too many or swapped with their neighbour."""
    before, above = [0] * (len(other) + 1), list(range(len(other) + 1))
    for i, mine in enumerate(one, 1):
        row = [i]
        for j, its in enumerate(other, 1):
            best = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (mine != its))
            if i > 1 and j > 1 and mine == other[j - 2] and one[i - 2] == its:
                best = min(best, before[j - 2] + 1)
            row.append(best)
        before, above = above, row
    return above[-1]


def _text(item: Item, name: str, reader: Reader) -> Typed:
    written = item.text.text
    text = " ".join(written.split())
    mark = MARK.match(text) if item.checked is None else None
    if mark and len(mark[0]) < len(text):
        reader.report(BAD_MARK.at(item.span, id=name, mark=mark[0].strip()))
    why = fault(text)
    if item.items:
        why = "has a list under it"
    elif "\n" in written.strip():
        why = "has several paragraphs"
    elif any(link.kind == "image" for link in item.text.links):
        why = "holds a picture"
    if why:
        reader.report(CANNOT_TYPE.at(item.span, id=name, why=why))
    return Typed(unicodedata.normalize("NFC", text), item.checked is not False, item.quote, item.span)


def _accepted(wrong: Typed, right: list[Typed], marking: Marking) -> str:
    text = folded(wrong.text, marking.case)
    for typed in right:
        other = folded(typed.text, marking.case)
        if text == other:
            return f"line {typed.span.line} lists it as right"
        if marking.typos and abs(len(text) - len(other)) <= marking.typos and apart(text, other) <= marking.typos:
            return f"with ':typos: {marking.typos}' it counts as '{typed.text}'"
    flags = 0 if marking.case else re.IGNORECASE
    return "the pattern accepts it" if any(re.fullmatch(p, wrong.text, flags) for p in marking.patterns) else ""


def _is_sound(value: Value, reader: Reader) -> bool:
    """Whether browsers understand a pattern, and come to an end with it; reports it where they do not."""
    pattern, why, remedy = value.text, "", "write a simpler one, or list the answers"
    odd = [mark for mark in re.findall(r"\\(.)", pattern) if mark not in _SYNTAX + _ESCAPES]
    if odd:
        why, remedy = f"has '\\{odd[0]}', which has no meaning", f"write '{odd[0]}' without the backslash"
    elif _ONLY_PYTHON.search(pattern):
        why = "uses what not all browsers know"
    elif _NESTED.search(pattern):
        why, remedy = "repeats something that is repeated already", "repeat either the group or what stands in it"
    else:
        try:
            compiled = re.compile(pattern)
        except re.error as error:
            why, remedy = f"is none: {error.msg}", "correct it, or put a backslash before signs that mean themselves"
        else:
            if compiled.fullmatch(_NONSENSE):
                why, remedy = "accepts whatever is written", "say what is right; for free text use :::{reflection}"
    if why:
        reader.report(BAD_PATTERN.at(value.span, pattern=pattern, why=why, remedy=remedy))
    return not why
