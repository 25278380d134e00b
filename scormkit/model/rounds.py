"""Rounds: what was made in one round of work is kept for the next one; what no round asks for any more is forgotten.

For whoever does the same work over and over with little changed in between (the preview).
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

Made = TypeVar("Made")


@dataclass
class Rounds(Generic[Made]):
    """What was made, by all that it was made of."""

    _before: dict[Hashable, Made] = field(default_factory=dict)
    _now: dict[Hashable, Made] = field(default_factory=dict)

    def begin(self) -> None:
        """The work is about to be done again."""
        self._before, self._now = self._now, {}

    def known(self, key: Hashable) -> Made | None:
        """What was made of this before, now kept for the next round too; None where nothing was."""
        made = self._now.get(key, self._before.get(key))
        if made is not None:
            self._now[key] = made
        return made

    def keep(self, key: Hashable, made: Made) -> Made:
        """Keeps it and gives it back."""
        self._now[key] = made
        return made
