"""The file that a reviewer sends back -> what was said, where it now belongs.

In: JSON as the review copy saves it, and the units of the course as it is now. Out: `Comment`s by place.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scormkit.model.source import Span
from scormkit.review.units import Unit

LARGEST = 10_000_000
"""Bytes of the largest file of comments that is read."""


class CommentsUnreadable(Exception):
    """The file is not one that a review copy saved; its text says why."""


@dataclass(frozen=True)
class Comment:
    """What a reviewer said of one unit. `changed` where its words are no longer in the course: then `span` is where they were."""

    span: Span
    number: str
    reviewer: str
    words: str
    about: str
    changed: bool

    def __str__(self) -> str:
        who = f"{self.reviewer}: " if self.reviewer else ""
        since = "(the text has changed since)" if self.changed else ""
        which = " ".join(filter(None, (self.number, since)))
        return f"{self.span}: {which}: {who}{self.words}"


def read_comments(path: Path, course: str, units: Mapping[str, Unit]) -> tuple[Comment, ...]:
    """The comments in the file `path` on the course with the id `course`, by place.

    Raises CommentsUnreadable where the file is something else, or belongs to another course.
    """
    found = _read(path)
    named = _line(found.get("course"))
    if not named:
        raise CommentsUnreadable(f"{path} is not a file of comments that a review copy saved")
    if named != course:
        raise CommentsUnreadable(f"{path} has comments on another course, {named}")
    comments = found.get("comments")
    if not isinstance(comments, list) or not all(isinstance(one, dict) for one in comments):
        raise CommentsUnreadable(f"{path} has no list of comments")
    reviewer = _line(found.get("reviewer"))
    made = (_comment(one, reviewer, units) for one in comments)
    return tuple(sorted((one for one in made if one.words), key=lambda one: (one.span, one.words)))


def _read(path: Path) -> dict[str, Any]:
    try:
        if path.stat().st_size > LARGEST:
            raise CommentsUnreadable(f"{path} is larger than any file of comments")
        found = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise CommentsUnreadable(f"cannot read {path}: {error.strerror or error}") from error
    except (ValueError, RecursionError) as error:
        raise CommentsUnreadable(f"{path} is not a file of comments that a review copy saved") from error
    if not isinstance(found, dict):
        raise CommentsUnreadable(f"{path} is not a file of comments that a review copy saved")
    return found


def _comment(found: dict[str, Any], reviewer: str, units: Mapping[str, Unit]) -> Comment:
    unit = units.get(str(found.get("id")))
    said, about = _line(found.get("comment")), _line(found.get("text"))
    if unit is not None:
        return Comment(unit.span, unit.number, reviewer, said, about, changed=False)
    line = found.get("line")
    place = Span(_line(found.get("file")), line if type(line) is int and line > 0 else 0)
    return Comment(place, _line(found.get("number")), reviewer, said, about, changed=True)


def _line(text: object) -> str:
    """Text from outside in one line, without what a terminal would obey."""
    spaced = " ".join(text.split()) if isinstance(text, str) else ""
    return "".join(character for character in spaced if character.isprintable())
