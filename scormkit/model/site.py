"""Site: a rendered course. `scormkit.render` makes it; `scormkit.package` and `scormkit.preview` put it where it is wanted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import ClassVar

from scormkit.model.course import Course


@dataclass(frozen=True)
class Site:
    """A course as files: its launch page, and everything else by path in the package.

    `document` is the launch page as it stands for no LMS at all (tracker `local`). `files` are the others, sorted by
    path, with forward slashes: bytes, or a Path on disk for media, which are streamed and never held in memory.
    """

    LAUNCH: ClassVar[str] = "index.html"

    course: Course
    document: str
    files: Mapping[str, bytes | Path]

    def launch_page(self, tracker: str = "local", connect: str = "'self'") -> bytes:
        """The launch page for one tracker of the player (`local`, `scorm12`, `xapi`), as UTF-8.

        `connect` is what the page may talk to: a source list of the Content Security Policy's `connect-src`. SCORM
        needs no more than the page's own origin; an LRS may be anywhere, so xAPI wants `'self' https:`.
        """
        page = _swap(self.document, 'data-tracker="local"', f'data-tracker="{escape(tracker)}"')
        return _swap(page, "connect-src 'self'", f"connect-src {escape(connect, quote=False)}").encode()


def _swap(page: str, old: str, new: str) -> str:
    """Both marks stand in the document's first lines, before the first word that an author wrote."""
    at = page.index(old)
    return page[:at] + new + page[at + len(old) :]
