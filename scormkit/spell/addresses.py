"""Where the files of a written course stand, and how its texts name them.

In: a Course. Out: the path of each page, the path of each media file, and texts whose links lead there.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from typing import Any
from urllib.parse import quote, unquote

from scormkit.model.course import Course, Page, Section
from scormkit.model.prose import Link, Prose
from scormkit.model.theme import DEFAULT

SHARED = "shared/"
"""Where the files that the courses of a programme share stand in packages; in a folder they are among the course's own."""

_BEFORE = r"(\]\(\s*<?|\]:\s*<?|^:{3,}\{[\w-]+\}\s+|^:[a-z]+:\s+)"
_BEHIND = r"(?=[\s>)?]|$)"


def plain_id(id: str) -> bool:
    """Whether a file that is called by an id says it, so that the front matter need not."""
    return bool(re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", id))


def theme_of(course: Course) -> str:
    """The folder of the course's theme."""
    return course.settings.theme if course.settings.theme != DEFAULT else "theme"


class Addresses:
    """The files of one course: `pages` by id, `media` by their path in the package."""

    def __init__(self, course: Course) -> None:
        self.pages: dict[str, str] = {}
        self.media: dict[str, str] = {}
        self.theme = theme_of(course)
        entries: list[tuple[Section, tuple[Page, ...]]] = []
        for section in course.sections:
            entries += [(section, section.pages)] if section.id else [(section, (page,)) for page in section.pages]
        for place, (section, pages) in enumerate(entries, 1):
            start = f"pages/{_counted(place, len(entries))}-"
            for inner, page in enumerate(pages, 1):
                name = f"{section.id}/{_counted(inner, len(pages))}-{page.id}" if section.id else page.id
                self.pages[page.id] = f"{start}{name}.md"
        versions = (course, *course.translations)
        taken = {media.path for one in versions for media in one.media if media.path.startswith("media/")}
        for media in (media for one in versions for media in one.media):
            path = media.path
            if path.startswith(SHARED):
                path = f"media/{path.removeprefix(SHARED)}"
                path = path if path not in taken else f"media/{media.path}"
            self.media[media.path] = path if path.startswith("media/") else f"media/{path}"

    def relinked(self, text: str, parts: Iterable[object], file: str) -> str:
        """The text of `file`, whose `parts` know where their links lead, with those links as seen from there."""
        changed: dict[str, str] = {}
        for link in _links(parts):
            new = self._address(link, file)
            if new and new != link.written:
                changed |= {link.written: new, unquote(link.written): new}
        if not changed:
            return text
        known = "|".join(re.escape(written) for written in sorted(changed, key=len, reverse=True))
        pattern = re.compile(f"{_BEFORE}({known}){_BEHIND}", re.MULTILINE)
        return pattern.sub(lambda match: match[1] + changed[match[2]], text)

    def _address(self, link: Link, file: str) -> str:
        """How `file` names what a link leads to; empty where it is named so already, or stands outside."""
        target = link.target or ""
        anchor = ""
        if target.startswith("page:"):
            if link.written.startswith("#") and not link.written.startswith("#/"):
                return ""
            id, _, anchor = target.removeprefix("page:").partition("#")
            path = self.pages.get(id, "")
        else:
            path = self.media.get(target, "")
        if not path:
            return ""
        here = posixpath.dirname(file)
        written = unquote(link.written).partition("#")[0]
        if written and posixpath.normpath(posixpath.join(here, written)) == path:
            return ""
        new = "" if path == file and anchor else quote(posixpath.relpath(path, here or "."))
        return new + (f"#{quote(anchor)}" if anchor else "")


def within(value: Any) -> Iterator[Prose]:
    """All Prose in blocks, whatever field it stands in."""
    return (found for found in _walk(value) if isinstance(found, Prose))


def _links(parts: Iterable[object]) -> Iterator[Link]:
    return (found for found in _walk(parts) if isinstance(found, Link))


def _walk(value: Any) -> Iterator[object]:
    if is_dataclass(value) and not isinstance(value, type):
        yield value
        for field in fields(value):
            yield from _walk(getattr(value, field.name))
    elif isinstance(value, tuple | list):
        for one in value:
            yield from _walk(one)


def _counted(place: int, of: int) -> str:
    return str(place).zfill(max(2, len(str(of))))
