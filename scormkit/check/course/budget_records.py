"""The most that the records of saved progress can take: the mirror of player/src/records.ts.

In: a Course with the numbers of its lock. Out: bits. Each record has one function here; docs/state.md has the format.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from scormkit.check.course.sizes import number, steps
from scormkit.model.course import ContentBlock, Course


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
        sure = [question.number for question in page.questions if question.confidence]
        draw = page.settings.draw or len(page.questions)
        drawn = drawn or bool(sure and draw < len(page.questions))
        # Of a paper that is drawn, any of them.
        asked += sorted(sure)[-draw:] if draw < len(page.questions) else sure
    asked.sort()
    if drawn:
        return steps(len(asked), max(asked), 3) + 2 * len(asked)
    return sum(number(one - before, 3) + 2 for one, before in zip(asked, [0, *asked], strict=False))


def page_time(course: Course) -> int:
    """The number of each page that asks for some time, and its seconds."""
    asking = [page for page in course.pages if page.settings.min_time and not page.is_assessment]
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

RECORDS = (Record(1, True, confidence), Record(6, True, page_time), Record(8, False, watched))
