"""`embed`: something from elsewhere on the web, which is loaded only when the learner says so.

    :::{embed} https://www.youtube-nocookie.com/embed/M7lc1UVf-VE
    :title: A mother speaks about the first week
    :consent: The film comes from YouTube, which then learns that you watch it.
    What it shows, for those who cannot load it.
    :::

`:shape: square` or `tall` where it is not as wide as a film. All of title, consent and what stands inside are required: an
LMS, a network or a learner may refuse the address.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar, Self
from urllib.parse import urlsplit

from scormkit.blocks.audio import NO_TITLE
from scormkit.blocks.reading import prose, read_options
from scormkit.model.course import ContentBlock
from scormkit.model.directive import Directive, Reader
from scormkit.model.problem import Rule, Severity, meant
from scormkit.model.prose import Link, Prose
from scormkit.model.written import directive, markdown

NOT_HTTPS = Rule(
    "BLK018",
    Severity.ERROR,
    "'{written}' is not an address that can be embedded",
    "write one that begins with https:// and a host's name, such as https://www.example.org/film",
    "Pages that come safely can show only what comes safely; a file of the course is shown by 'video', 'audio' or 'figure'.",
)
NO_CONSENT = Rule(
    "BLK019",
    Severity.ERROR,
    "this embed does not say what loading it means",
    "add a line ':consent: who gets to know what', such as ':consent: It comes from YouTube, which learns that you watch it.'",
    "Loading it tells somebody else who learns here; learners decide that for themselves, and need to know.",
    "GDPR and UK GDPR, Article 7 (conditions for consent)",
)
NO_FALLBACK = Rule(
    "BLK020",
    Severity.ERROR,
    "this embed says nothing to those who cannot load it",
    "write between the fences what it shows that the learner needs",
    "Networks of hospitals block many hosts, learners may refuse, and pages of others go away.",
)
SHAPE = Rule(
    "BLK021",
    Severity.ERROR,
    "'{value}' is no shape{hint}",
    "write {known}",
    "The room for it is kept free before it is loaded, so that nothing moves.",
)

WATCH_PAGE = Rule(
    "BLK028",
    Severity.ERROR,
    "'{written}' is a page that does not let itself be embedded",
    "write {instead}, which is made for it",
    "Learners would press the button and see an error in the frame.",
)

SHAPES = ("wide", "square", "tall")
HOST = re.compile(r"(?!-)[a-z0-9-]+(\.[a-z0-9-]+)+(:\d{1,5})?")


@dataclass(frozen=True, kw_only=True)
class Embed(ContentBlock):
    """`blocks` is for those who cannot load it; `host` is all of others' that the page may show."""

    type: ClassVar[str] = "embed"
    titled: ClassVar[bool] = False
    words: ClassVar[tuple[str, ...]] = ("title", "consent")

    page: Link
    host: str
    consent: Prose | None = None
    shape: str = "wide"

    @classmethod
    def read(cls, directive: Directive, reader: Reader) -> Self | None:
        options = read_options(directive, reader, ("title", "consent", "shape"))
        title, consent, blocks = (
            prose(options, "title", reader),
            prose(options, "consent", reader),
            reader.content(directive),
        )
        host = _host(directive.title)
        instead = _made_for_it(directive.title)
        if instead:
            reader.report(WATCH_PAGE.at(directive.title_span, written=directive.title, instead=instead))
        if host is None:
            place = directive.title_span if directive.title else directive.span
            reader.report(NOT_HTTPS.at(place, written=directive.title))
        if not title:
            reader.report(NO_TITLE.at(directive.span, name="embed"))
        if not consent:
            reader.report(NO_CONSENT.at(directive.span))
        if not blocks:
            reader.report(NO_FALLBACK.at(directive.span))
        shape = options["shape"].text.lower() if "shape" in options else "wide"
        if shape not in SHAPES:
            hint = meant(shape, SHAPES)
            value = options["shape"]
            reader.report(SHAPE.at(value.span, value=value.text, hint=hint, known=", ".join(SHAPES)))
        if host is None:
            return None
        link = Link("link", directive.title, directive.title, directive.title_span, title.text if title else "")
        return cls(page=link, host=host, title=title, consent=consent, shape=shape, blocks=blocks, span=directive.span)

    @property
    def written(self) -> Directive:
        options = {"title": self.title, "consent": self.consent, "shape": "" if self.shape == "wide" else self.shape}
        return directive(self.type, self.page.written, options, markdown(self.blocks))

    @property
    def frames(self) -> tuple[str, ...]:
        return (f"https://{self.host}",)


def _made_for_it(address: str) -> str | None:
    """The address to embed in the place of a page on which a film is watched."""
    film = re.fullmatch(
        r"https://(?:(?:www\.|m\.)?youtube\.com/watch\?(?:[^#]*&)?v=|youtu\.be/)([\w-]{6,})(?:[?&#].*)?", address
    )
    if film:
        return f"https://www.youtube-nocookie.com/embed/{film[1]}"
    film = re.fullmatch(r"https://(?:www\.)?vimeo\.com/(\d+)(?:[/?#].*)?", address)
    return f"https://player.vimeo.com/video/{film[1]}" if film else None


def _host(address: str) -> str | None:
    """The host (and port) of an address that may be embedded."""
    try:
        parts = urlsplit(address)
        host = parts.netloc.encode("idna").decode().lower()
    except (ValueError, UnicodeError):
        return None
    plain = not re.search(r"[\s\"'<>\\]", address)
    return host if parts.scheme == "https" and plain and HOST.fullmatch(host) else None
