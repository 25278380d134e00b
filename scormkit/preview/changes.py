"""Changes: a course as it was and as it is go in; the pages that differ come out, where nothing else does.

What a page says can be put into a course that runs, so that its learner goes on where they are (pages/patch.js). Anything else, be
it a question, a title or the style, is there only once the course is opened again. Both are read as they are sent to the browser:
nothing that a change brings about elsewhere in the course is overlooked.
"""

from __future__ import annotations

import re
from itertools import pairwise, zip_longest

from scormkit.preview.content import Content

PAGE = re.compile(rb'<section [^>]*\bdata-page="')
"""Where a page begins (docs/contract.md)."""

Pages = list[tuple[str, str]]
"""Pages that have changed: their HTML before and after."""


def changed_pages(before: Content, after: Content) -> Pages | None:
    """The pages that differ; None where anything besides them does.

    What stands before the first page and from the last one on (the menu, what the player knows of the course) is no page here.
    """
    launch = after.manifest.launch
    old, new = before.files.get(launch), after.files.get(launch)
    others = [{name: data for name, data in one.files.items() if name != launch} for one in (before, after)]
    if others[0] != others[1] or not isinstance(old, bytes) or not isinstance(new, bytes):
        return None
    pieces = list(zip_longest(_pieces(old), _pieces(new)))
    found = [number for number, (was, now) in enumerate(pieces) if was != now]
    if found and (found[0] == 0 or found[-1] == len(pieces) - 1):
        return None
    return [(pieces[number][0].decode(), pieces[number][1].decode()) for number in found]


def _pieces(document: bytes) -> list[bytes]:
    """What stands before the first page, and each page with what follows it up to the next one."""
    places = [0, *(found.start() for found in PAGE.finditer(document)), len(document)]
    return [document[begin:end] for begin, end in pairwise(places)]
