"""Changes: a course as it was and as it is go in; out come the pages that differ, and whether anything else of its document does.

What a page says can be put into a course that runs, so that its learner goes on where they are (pages/patch.js). Anything else, be
it a question, a title or the style, is there only once the course is opened again. Both are read as they are sent to the browser:
nothing that a change brings about elsewhere in the course is overlooked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from scormkit.preview.content import READERS, Content

PAGE = re.compile(rb'<section [^>]*\bdata-page="')
"""Where a page begins (docs/contract.md)."""


@dataclass(frozen=True)
class Change:
    """What is new in a document: the HTML of pages before and after, and whether there is `more` than that."""

    pages: list[tuple[str, str]]
    more: bool


def change(before: Content, after: Content) -> Change | None:
    """What is new in the launch page; None where the LMS is told something else, or another file is new that a learner gets.

    What stands before the first page and from the last one on (the menu, what the player knows of the course) is no page here.
    """
    launch = after.manifest.launch
    old, new = before.files.get(launch), after.files.get(launch)
    apart = {launch, *READERS}
    others = [{name: data for name, data in one.files.items() if name not in apart} for one in (before, after)]
    same = others[0] == others[1] and before.manifest == after.manifest
    if not same or not isinstance(old, bytes) or not isinstance(new, bytes):
        return None
    was, now = _pieces(old), _pieces(new)
    if len(was) != len(now) or was[0] != now[0] or was[-1] != now[-1]:
        return Change([], more=True)
    return Change([(a.decode(), b.decode()) for a, b in zip(was, now, strict=True) if a != b], more=False)


def _pieces(document: bytes) -> list[bytes]:
    """What stands before the first page, and each page with what follows it up to the next one."""
    places = [0, *(found.start() for found in PAGE.finditer(document)), len(document)]
    return [document[begin:end] for begin, end in pairwise(places)]
