"""What must be true after each event of a trial, whatever went wrong.

The oracle is told which answers were given, and reads what the host and the device hold out of their saved states (saved.py).
Each answer has a number; of a question only the newest answer counts. A launch must show, for each question, that answer which
the newest of both holds, or a newer one; a course that says "saved" must have put the session's answers into the state that
the host holds; and no state and no commit that a host stores may say less than an earlier one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from tests.browser.trials.saved import STATUSES, Saved

RANKS = ("", *STATUSES)
TOO_LITTLE = 0.00001
"""What a score may differ by while it is sent again."""


class Lost(AssertionError):
    """A trial found that something was lost, lowered or untrue."""


@dataclass(frozen=True)
class Answer:
    """An answer that was given: its number is its place among all. `tries`: how often, if the device's copy told."""

    question: str
    key: str
    tries: int | None = None


@dataclass
class Oracle:
    """`host` and `device`: the number of the newest answer to each question that they surely hold.

    `resends`: at this host a value is sent again only by way of another one (T17): a pass may stand as completed meanwhile.
    """

    resends: bool = False
    given: list[Answer] = field(default_factory=list)
    session: dict[str, tuple[int, Answer]] = field(default_factory=dict)  # what the page that is open knows
    host: dict[str, int] = field(default_factory=dict)
    device: dict[str, int] = field(default_factory=dict)
    status_on_device: str = ""
    lied_before: int = 0  # answers below this number may have been "saved" by a host that cannot be believed
    best: tuple[int, float] = (0, -1.0)
    commits_seen: int = 0

    def answered(self, answer: Answer) -> int:
        """An answer was given; returns its number."""
        self.given.append(answer)
        self.session[answer.question] = (len(self.given) - 1, answer)
        return len(self.given) - 1

    def host_holds(self, saved: Saved) -> None:
        """The host was seen to hold that."""
        for question, number in self._numbers(saved).items():
            self.host[question] = max(self.host.get(question, -1), number)

    def device_holds(self, saved: Saved) -> None:
        """The device's copy reads so now."""
        self.device = self._numbers(saved)
        self.status_on_device = saved.status

    def _numbers(self, saved: Saved) -> dict[str, int]:
        """The oldest answer that each may be: no more is claimed than is certain."""
        numbers = {}
        for question, (key, tries) in saved.answers.items():
            alike = [n for n, one in enumerate(self.given) if _is(one, question, key, tries)]
            if alike:
                numbers[question] = alike[0]
        return numbers

    def check_shown(self, shown: Mapping[str, str], host: bool, device: bool) -> None:
        """At a launch: what the pages show, and which storages the course could read."""
        held: dict[str, int] = {}
        for readable, numbers in ((host, self.host), (device, self.device)):
            for question, number in numbers.items() if readable else ():
                held[question] = max(held.get(question, -1), number)
        self.session = {}
        for question, number in held.items():
            newer = {one.key for one in self.given[number:] if one.question == question}
            if shown.get(question) not in newer:
                wanted = self.given[number].key
                raise Lost(f"{question}: {wanted!r} (answer {number}) is held, {shown.get(question)!r} is shown")
            if shown.get(question) == self.given[number].key:
                self.session[question] = (number, replace(self.given[number], tries=None))

    def check_saved(self, saved: Saved) -> None:
        """The course says that all of this session is with the host, whose state is `saved`."""
        for question, (number, answer) in self.session.items():
            key, tries = saved.answers.get(question, ("", 0))
            if number >= self.lied_before and not _is(answer, question, key, tries):
                raise Lost(
                    f"the learner was told that all is saved; the host has {key!r} for {question}, not {answer.key!r}"
                )

    def check_commits(self, commits: Iterable[tuple[str, float | None]]) -> None:
        """Status and score after each commit that the host stored since the last look, and what it holds now."""
        for status, score in commits:
            rank, best = self.best
            now, points = RANKS.index(status), -1.0 if score is None else score
            lower = now < rank and not (self.resends and status == "completed")
            if lower or points < best - TOO_LITTLE:
                raise Lost(f"the host held {RANKS[rank]!r}, {best}, and then {status!r}, {score}")
            self.best = (max(rank, now), max(best, points))

    @property
    def last(self) -> tuple[str, float | None]:
        """Status and score that the host was last seen to hold."""
        rank, score = self.best
        return RANKS[rank], None if score < 0 else score

    def next_session(self, given_back: str, blank: bool) -> None:
        """A launch, at which the host gave `given_back` as the saved state; `blank`: it has begun anew altogether."""
        if given_back == "":
            self.host = {}
        if blank:
            self.best = (0, -1.0)


def _is(answer: Answer, question: str, key: str, tries: int) -> bool:
    return (answer.question, answer.key) == (question, key) and answer.tries in (None, tries)


def after_each(commits: Iterable[Any], status: str, score: float | None) -> Iterable[tuple[str, float | None]]:
    """Status and score as each of `commits` (Commit) left them, beginning with what was there before."""
    for commit in commits:
        if commit.stored:
            status = commit.values.get("cmi.core.lesson_status", status)
            raw = commit.values.get("cmi.core.score.raw", "")
            score = float(raw) if raw else score
            yield status, score
