"""The most that the records of saved progress can take: the mirror of player/src/records.ts.

In: a Course with the numbers of its lock. Out: bits. Each record has one function here; docs/state.md has the format.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from scormkit.check.course.sizes import number, steps
from scormkit.model.course import ContentBlock, Course, covered


@dataclass(frozen=True)
class Record:
    """One of RECORDS in player/src/records.ts. `bits` is 0 for a course in which there is nothing to keep."""

    tag: int
    first: bool  # left out before anything else where a host takes too little
    bits: Callable[[Course], int]


def records(course: Course, *, shedding: bool = False) -> int:
    """Bits of the section that holds them, 0 where the course has none; `shedding` leaves out those that go first."""
    sizes = [(record.tag, record.bits(course)) for record in RECORDS if not (shedding and record.first)]
    body = sum(number(tag, 3) + number(bits, 5) + bits for tag, bits in sizes if bits)
    return 2 + body if body else 0


def confidence(course: Course) -> int:
    """The step from question to question and two bits, of every answer that learners say it of."""
    asked, drawn = [], False
    for page in course.pages:
        for pool in page.pools:
            sure = [question.number for question in pool.questions if page.asks_how_sure(question)]
            drawn = drawn or bool(sure and pool.draw < len(pool.questions))
            asked += sorted(sure)[-pool.draw :] if pool.draw else []  # of a paper that is drawn, any of them
    asked.sort()
    if drawn:
        return steps(len(asked), max(asked), 3) + 2 * len(asked)
    return sum(number(one - before, 3) + 2 for one, before in zip(asked, [0, *asked], strict=False))


def page_time(course: Course) -> int:
    """The number of each page that asks for some time, and its seconds."""
    asking = [page for page in course.pages if page.settings.min_time and not page.is_test]
    return sum(number(page.number, 5) + number(page.settings.min_time or 0, 5) for page in asking)


def watched(course: Course) -> int:
    """The step from recording to recording, and a bit for each slice of it."""
    numbers = sorted(course.lock.recordings.get(path, 0) for path in {path for path, _ in _watches(course)})
    return sum(number(one - before, 3) + 1 + SLICES for one, before in zip(numbers, [0, *numbers], strict=False))


def _watches(course: Course) -> Iterator[tuple[str, int]]:
    blocks = (block for page in course.pages for block in page.walk if isinstance(block, ContentBlock))
    return (block.watch for block in blocks if block.watch)


SLICES = 20
"""Of a recording: each is played or not (player/src/recordings.ts)."""


def attempts(course: Course) -> int:
    """Whether all sections of a test were reached, when its last attempt ended, and when the time of this one is over."""
    bits = 0
    for page in course.pages:
        told = page.settings
        waits, limited = told.wait is not None, told.time_limit is not None
        if page.is_test and (waits or limited or any(section.pass_mark is not None for section in told.sections)):
            bits += number(page.number, 5) + 3 + (waits + limited) * number(TIME, 5)
    return bits


def known(course: Course) -> int:
    """The steps between the pages that pre-tests let learners skip."""
    tests = [page.settings for page in course.pages if page.settings.type == "pretest"]
    names = {name for told in tests for covers in (told.covers, *(s.covers for s in told.sections)) for name in covers}
    numbers = sorted(course.page_by_id[id].number for id in covered(course, names))
    return sum(number(one - before, 3) for one, before in zip(numbers, [0, *numbers], strict=False))


def language(course: Course) -> int:
    """The longest tag of the languages that learners choose from."""
    tags = [one.settings.language for one in course.versions]
    return 7 * max(map(len, tags)) if len(tags) > 1 else 0


TIME = 2**30 - 1
"""Seconds from 2026 until 2060."""

RECORDS = (
    Record(1, True, confidence),
    Record(2, False, attempts),
    Record(3, False, known),
    Record(6, True, page_time),
    Record(8, False, watched),
    Record(9, True, language),
)
