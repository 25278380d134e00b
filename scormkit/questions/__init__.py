"""Question types: one module and one template each, and one line in TYPES.

A module shows its directive in its docstring, and has a subclass of Question with `type`, its own fields, `interaction`
and a class method `read(directive, reader) -> Question | None`. What all types share is read by `reading.py`.
"""

from __future__ import annotations

from typing import Protocol

from scormkit.model.directive import Directive, Reader
from scormkit.model.question import Question
from scormkit.questions.categorise import Categorise
from scormkit.questions.choice import Choice
from scormkit.questions.cloze import Cloze
from scormkit.questions.fill_in import FillIn
from scormkit.questions.hotspot import Hotspot
from scormkit.questions.likert import Likert
from scormkit.questions.matching import Matching
from scormkit.questions.multiple import Multiple
from scormkit.questions.numeric import Numeric
from scormkit.questions.poll import Poll
from scormkit.questions.reflection import Reflection
from scormkit.questions.scenario import Scenario
from scormkit.questions.sequencing import Sequencing
from scormkit.questions.true_false import TrueFalse


class QuestionType(Protocol):
    """What a class of TYPES can do."""

    def read(self, directive: Directive, reader: Reader) -> Question | None:
        """The question that `directive` says, or None (and problems) where it cannot be made."""


TYPES: dict[str, QuestionType] = {
    "categorise": Categorise,
    "choice": Choice,
    "matching": Matching,
    "multiple": Multiple,
    "scenario": Scenario,
    "likert": Likert,
    "poll": Poll,
    "hotspot": Hotspot,
    "sequencing": Sequencing,
    "true-false": TrueFalse,
    "fill-in": FillIn,
    "numeric": Numeric,
    "cloze": Cloze,
    "reflection": Reflection,
}
"""By the name of the directive."""
