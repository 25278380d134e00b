"""`numeric`: learners write a number.

    :::{numeric} How much water is in the jug?
    :answer: 750
    :tolerance: 25
    :unit: ml
    > correct: Yes.
    > incorrect: Read the lower edge of the curved surface.
    :::

Right is what is not further from `answer` than `tolerance` (a number, or per cent of the answer such as `5%`; default: the
answer alone), or what lies in `range`: `700 to 800`, `at least 700`, `at most 800`, the ends included. Learners may write a
decimal point or comma, and the `unit` behind the number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar, Self

from scormkit.model.directive import Directive, Reader, Value
from scormkit.model.problem import Rule, Severity
from scormkit.model.question import Interaction, Kind, Question
from scormkit.questions.reading import Shared, expect_feedback, read_shared
from scormkit.questions.writing import write

DIGITS = 16
"""Characters of a number that saved progress keeps (docs/state.md)."""

NO_NUMBER = Rule(
    "QST080",
    Severity.ERROR,
    "question '{id}' does not say which number is right",
    "add a line ':answer: 12.5', or a range such as ':range: 10 to 15'",
    "Whatever learners write would be wrong.",
)
NOT_A_NUMBER = Rule(
    "QST081",
    Severity.ERROR,
    "':{key}: {value}' {why}",
    "write {wanted}",
    "The answer could not be compared with it.",
)
TWO_ANSWERS = Rule(
    "QST082",
    Severity.ERROR,
    "question '{id}' has both ':answer:' and ':range:'",
    "keep one of them; an answer with room around it is ':answer:' with ':tolerance:'",
    "Only one of the two could count, and nobody can see which.",
)
USELESS_TOLERANCE = Rule(
    "QST083",
    Severity.ERROR,
    "':tolerance:' {why} in question '{id}'",
    "{remedy}",
    "It would have no effect, and nobody would notice.",
)
EMPTY_RANGE = Rule(
    "QST084",
    Severity.ERROR,
    "the range '{value}' begins above its end",
    "write the smaller number first: '{swapped}'",
    "No number lies in it, so every answer would be wrong.",
)
NUMBERS_LISTED = Rule(
    "QST085",
    Severity.ERROR,
    "question '{id}' has a list of answers, but a numeric question has none",
    "write ':answer:' or ':range:' instead, or make it a :::{{fill-in}}",
    "The list would be shown to learners, or lost.",
)

_NUMBER = r"[-+\u2212]?(?:\d+(?:[.,]\d*)?|[.,]\d+)"
_PLAIN = re.compile(rf"{_NUMBER}\Z")
_RANGE = re.compile(rf"({_NUMBER})\s*(?:to|\.\.|:|\u2013)\s*({_NUMBER})\Z|at (least|most)\s+({_NUMBER})\Z")
_TWO_WAYS = re.compile(r"[-+\u2212]?[1-9]\d{0,2},\d{3}")
"""`1,500`: in Britain fifteen hundred, in most of Europe one and a half; learners are asked, too."""

_EXAMPLE = {"answer": "a number such as 12.5", "tolerance": "a number such as 0.5, or per cent such as 5%"}


@dataclass(frozen=True, kw_only=True)
class Numeric(Question):
    """A number. `accepted` are the answer, where there is one, and the range; `answer` is as its author wrote it."""

    type: ClassVar[str] = "numeric"
    words: ClassVar[tuple[str, ...]] = ("hint", "unit")

    accepted: tuple[str, ...] = ()
    answer: str = ""
    unit: str = ""

    @classmethod
    def read(cls, directive: Directive, reader: Reader) -> Self:
        shared = read_shared(directive, reader, ("answer", "tolerance", "range", "unit"), without=("shuffle",))
        options = shared.options
        if shared.outline.items:
            reader.report(NUMBERS_LISTED.at(shared.outline.items[0].span, id=shared.id))
        if "answer" in options and "range" in options:
            reader.report(TWO_ANSWERS.at(options["range"].span, id=shared.id))
        elif "answer" not in options and "range" not in options:
            reader.report(NO_NUMBER.at(directive.span, id=shared.id))
        expect_feedback(shared, (), reader)
        unit = options["unit"].text if "unit" in options else ""
        if "answer" in options:
            accepted = _around(shared, options["answer"], reader)
        else:
            accepted = _range(options["range"], reader) if "range" in options else ()
            if "tolerance" in options:
                why, remedy = "has no ':answer:' to go with it", "add one, or widen the range and remove the tolerance"
                reader.report(USELESS_TOLERANCE.at(options["tolerance"].span, id=shared.id, why=why, remedy=remedy))
        answer = options["answer"].text if "answer" in options else ""
        return cls(**shared.fields, accepted=accepted, answer=answer, unit=unit)

    @property
    def written(self) -> Directive:
        return write(self, own={**_written(self.accepted, self.answer), "unit": self.unit})

    @property
    def ends(self) -> tuple[str, ...]:
        """The ends of the range, one of them empty where it has none, with the comma or point that the author uses."""
        comma = "," in self.answer
        ranges = [text for text in self.accepted if ":" in text]
        return tuple(end.replace(".", ",") if comma else end for text in ranges for end in text.split(":"))

    @property
    def signed(self) -> bool:
        """Whether a number below zero is right, so that learners need a minus sign on their keyboard."""
        return any(text.startswith(("-", ":")) for text in self.accepted)

    @property
    def meaning(self) -> object:
        """The answer: another tolerance takes nothing from anybody."""
        return self.accepted[:1]

    @property
    def interaction(self) -> Interaction:
        asked = f"{self.prompt.text} ({self.unit})" if self.unit else self.prompt.text
        correct = tuple((text,) for text in self.accepted)
        return Interaction(self.id, Kind.NUMERIC, asked, correct=correct)


def _written(accepted: tuple[str, ...], answer: str) -> dict[str, object]:
    """The options that read as these numbers."""
    single = next((text for text in accepted if ":" not in text), "")
    low, _, high = next((text for text in accepted if ":" in text), "").partition(":")
    if answer or (single and low and high):
        said = answer or single
        room = _plain(Decimal(high) - _decimal(said)) if high else ""
        if len(room) > DIGITS:  # a share that was written in per cent
            room = f"{_plain(Decimal(room) * 100 / abs(_decimal(said)))}%"
        return {"answer": said, "tolerance": room}
    if single:
        return {"range": f"{single} to {single}"}
    return {"range": f"{low} to {high}" if low and high else f"at least {low}" if low else f"at most {high}"}


def _around(shared: Shared, value: Value, reader: Reader) -> tuple[str, ...]:
    """The answer, and all that its tolerance lets count."""
    answer = _number(value, "answer", reader)
    tolerance = shared.options.get("tolerance")
    if answer is None:
        return ()
    room = _tolerance(tolerance, answer, shared.id, reader) if tolerance else None
    if room is None:
        return (_plain(answer),)
    return _plain(answer), f"{_plain(answer - room)}:{_plain(answer + room)}"


def _tolerance(value: Value, answer: Decimal, name: str, reader: Reader) -> Decimal | None:
    percent = value.text.endswith("%")
    room = _number(Value(value.text.removesuffix("%").rstrip(), value.span), "tolerance", reader)
    if room is None:
        return None
    if percent:
        room = abs(answer) * room / 100
    why = ""
    if room < 0:
        why, remedy = "is below zero", "write how far an answer may be off, without a minus sign"
    elif room == 0:
        why, remedy = "is nothing", "remove it, or write how far an answer may be off"
        if percent and answer == 0:
            why, remedy = "is a share of 0, which is nothing", "write a number instead of per cent"
    if not why:
        return room
    reader.report(USELESS_TOLERANCE.at(value.span, id=name, why=why, remedy=remedy))
    return None


def _range(value: Value, reader: Reader) -> tuple[str, ...]:
    match = _RANGE.match(value.text)
    if not match:
        wanted = "'10 to 15', 'at least 10' or 'at most 15'"
        reader.report(NOT_A_NUMBER.at(value.span, key="range", value=value.text, why="is no range", wanted=wanted))
        return ()
    unclear = next((part for part in (match[1], match[2], match[4]) if part and _TWO_WAYS.fullmatch(part)), None)
    if unclear:
        why, wanted = f"holds '{unclear}', which can be read in two ways", _two_ways(unclear)
        reader.report(NOT_A_NUMBER.at(value.span, key="range", value=value.text, why=why, wanted=wanted))
        return ()
    if match[3]:
        end = _plain(_decimal(match[4]))
        return (f"{end}:" if match[3] == "least" else f":{end}",)
    low, high = _decimal(match[1]), _decimal(match[2])
    if low > high:
        reader.report(EMPTY_RANGE.at(value.span, value=value.text, swapped=f"{match[2]} to {match[1]}"))
        return ()
    return (f"{_plain(low)}:{_plain(high)}" if low < high else _plain(low),)


def _number(value: Value, key: str, reader: Reader) -> Decimal | None:
    wanted = _EXAMPLE[key]
    why = ""
    if not _PLAIN.match(value.text):
        why = "is no number"
        if key == "answer" and re.match(_NUMBER + r"\s*[^\d\s.,]", value.text):
            why, wanted = "is more than a number", "the number alone, and what it counts after ':unit:'"
        elif re.match(r"\d{1,3}([ ,.]\d{3})+", value.text):
            wanted = "it without marks between the thousands, such as 1500"
    elif _TWO_WAYS.fullmatch(value.text):
        why, wanted = "can be read in two ways", _two_ways(value.text)
    elif len(value.text) > DIGITS:
        why, wanted = "is too long", f"at most {DIGITS} characters"
    if not why:
        return _decimal(value.text)
    reader.report(NOT_A_NUMBER.at(value.span, key=key, value=value.text, why=why, wanted=wanted))
    return None


def _two_ways(text: str) -> str:
    return f"{text.replace(',', '')} or {text.replace(',', '.')}"


def _decimal(text: str) -> Decimal:
    return Decimal(text.replace(",", ".").replace("\u2212", "-"))


def _plain(value: Decimal) -> str:
    """Without an exponent or needless noughts: `0.5`, `750`, `-3`."""
    text = f"{value:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text
