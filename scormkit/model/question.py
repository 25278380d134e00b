"""Question, and the Interaction in which question types and output formats meet.

A question type (scormkit/questions/) says what its question is in an `Interaction`; a format (scormkit/package/, and the
player's trackers) writes an `Interaction` in its standard's notation. Neither hears of the other.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar

from scormkit.model.prose import Prose
from scormkit.model.source import Span

if TYPE_CHECKING:
    from scormkit.model.course import Block
    from scormkit.model.directive import Directive


class Kind(StrEnum):
    """The closed vocabulary that the standards share (SCORM 2004 4th RTE 4.2.9; xAPI Data 2.4.4.1; SCORM 1.2 RTE 3.4.5)."""

    TRUE_FALSE = "true-false"
    CHOICE = "choice"
    FILL_IN = "fill-in"
    LONG_FILL_IN = "long-fill-in"
    MATCHING = "matching"
    PERFORMANCE = "performance"
    SEQUENCING = "sequencing"
    LIKERT = "likert"
    NUMERIC = "numeric"
    OTHER = "other"


@dataclass(frozen=True)
class Component:
    """One thing that a response can name: `key` as reports show it (one of a-z, 0-9), `text` in plain words."""

    key: str
    text: str


@dataclass(frozen=True)
class Marking:
    """How typed answers are compared with the accepted ones; blanks at the ends and doubled ones never matter."""

    case: bool = False  # whether capitals matter
    typos: int = 0  # how many characters may be wrong, missing or too many
    patterns: tuple[str, ...] = ()  # regular expressions (ECMAScript) that the whole answer may match instead


LONG_TEXT = 2000
"""UTF-8 bytes that saved progress has room for of what a learner writes (docs/state.md)."""


@dataclass(frozen=True)
class Interaction:
    """What a question is to an LMS.

    `correct` holds the accepted responses, each a tuple of items: component keys for choice, likert and sequencing,
    `source.target` pairs for matching, `step.answer` for performance, a text for each gap for fill-in, `low:high` (either
    may be empty) or one number for numeric, `true` or `false`. It is empty where nothing is right or wrong.
    """

    id: str
    kind: Kind
    description: str
    correct: tuple[tuple[str, ...], ...] = ()
    choices: tuple[Component, ...] = ()  # choice and sequencing
    scale: tuple[Component, ...] = ()  # likert
    source: tuple[Component, ...] = ()  # matching
    target: tuple[Component, ...] = ()  # matching
    steps: tuple[Component, ...] = ()  # performance
    moves: tuple[Component, ...] = ()  # performance: what can be done at its steps, each called `step.answer`
    marking: Marking = Marking()  # fill-in
    longest: int = LONG_TEXT  # long-fill-in: UTF-8 bytes of what can be written


@dataclass(frozen=True)
class Option:
    """One possible answer: `key` is its authored letter, `number` its stable number in saved progress."""

    key: str
    text: Prose
    correct: bool = False
    feedback: Prose | None = None
    number: int = 0
    span: Span = Span("")


@dataclass(frozen=True, kw_only=True)
class Question:
    """What all question types share; each type is a subclass in scormkit/questions/ that adds its answers.

    `number` and `revision` are the lock's: the stable number in saved progress, and a count that grows whenever a
    change makes earlier answers meaningless. `tries` is 0 for as many as the learner likes. `intro` is what stands
    between the prompt and the answers, such as a case or a picture; `answers` is what can be chosen, in the authored
    order, and empty where the learner writes.
    """

    type: ClassVar[str]
    titled: ClassVar[bool] = True
    words: ClassVar[tuple[str, ...]] = ("hint",)  # the options that learners read, and translators translate
    typed: ClassVar[bool] = False  # whether its list holds what learners type, which is plain text

    id: str
    prompt: Prose
    intro: tuple[Block, ...] = ()
    answers: tuple[Option, ...] = ()
    number: int = 0
    revision: int = 1
    points: float = 1.0
    graded: bool = True
    tries: int = 1
    shuffle: bool = False
    hint: Prose | None = None
    objectives: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    bank: str = ""  # the bank that it was drawn from; empty where it stands on its page
    confidence: bool = False  # whether learners are asked how sure they are
    correct_feedback: Prose | None = None
    incorrect_feedback: Prose | None = None
    also: tuple[tuple[str, ...], ...] = ()  # typed responses that are right in the course's other languages
    again: str = ""  # id of the question on an earlier page that this one asks once more
    comment: Prose | None = None  # said to everybody who has answered, where nothing is right or wrong
    span: Span = Span("")

    @staticmethod
    def worded(text: str) -> tuple[int, int, str]:
        """Where in an answer or heading, as it is written, the words to translate begin and end, and what they need behind them."""
        return 0, len(text), ""

    @property
    def blocks(self) -> tuple[Block, ...]:
        """What stands inside it, in reading order."""
        return self.intro

    @property
    def map(self) -> object | None:
        """Its branches as authors and reviewers see them, where it has any."""
        return None

    @property
    def written(self) -> Directive:
        """This question as an author writes it: what `read` makes it of."""
        raise NotImplementedError(type(self).__name__)

    @property
    def interaction(self) -> Interaction:
        """This question as an LMS is told of it."""
        raise NotImplementedError(type(self).__name__)

    @property
    def can_be_sure(self) -> bool:
        """Whether there is one answer that is right, so that learners can say how sure they are of theirs."""
        return bool(self.interaction.correct) and self.interaction.kind is not Kind.PERFORMANCE

    @property
    def scoring(self) -> str:
        """How the player grades it: `exact` (all or nothing), `partial`, `per-option`, or `none`."""
        return "exact"

    @property
    def report_text(self) -> bool:
        """Whether words of the learner's own may be reported (rule T53)."""
        return False

    @property
    def worth(self) -> dict[str, float]:
        """What each `step.answer` of a performance is worth, 0 to 1; those that are not named do not count."""
        return {}

    @property
    def meaning(self) -> object:
        """What saved answers hang on (load/lock.py): which options there are and which are right, or the accepted responses.

        Plain JSON data; options are named by their stable numbers.
        """
        if self.answers:
            return sorted((option.number, option.correct) for option in self.answers)
        return [list(response) for response in self.interaction.correct]
