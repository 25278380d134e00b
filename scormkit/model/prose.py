"""Prose: a stretch of an author's Markdown, and what was found in it."""

from __future__ import annotations

from dataclasses import dataclass

from scormkit.model.source import Span


@dataclass(frozen=True)
class Link:
    """A reference that the author wrote: `kind` is `link`, `image` or `media` (audio, video, download, captions).

    `target` is what it was found to be: the path of a media file inside the course (`media/cot.svg`), `page:ID` or
    `page:ID#anchor` for a page, the address itself for a remote one, or None where nothing is there.
    """

    kind: str
    written: str
    target: str | None
    span: Span
    text: str = ""  # the link's words, or the image's text alternative
    decorative: bool = False  # an image that says of itself that it needs no alternative


@dataclass(frozen=True)
class Heading:
    """A heading inside a page; the page's own title is level 1."""

    level: int
    text: str
    anchor: str
    span: Span


@dataclass(frozen=True)
class Prose:
    """A stretch of Markdown: its `source`, the clean `html` made of it, and what stands in it.

    The html is safe to put into a page as it is: raw HTML was cleaned against the allow-list, links to pages are
    `#/page-id`, links to media are paths inside the package. `lines` says where in the file each of its outermost elements begins.
    `definitions` are those of the links in `source` that are named by a label, which may stand anywhere on the page.
    """

    html: str = ""
    source: str = ""
    text: str = ""  # the words alone, for reports and code books
    links: tuple[Link, ...] = ()
    headings: tuple[Heading, ...] = ()
    lines: tuple[int, ...] = ()
    span: Span = Span("")
    definitions: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.html.strip())
