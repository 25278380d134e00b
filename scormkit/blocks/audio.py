"""`audio`: sound, with its transcript.

    :::{audio} ../media/interview.mp3
    :title: A father speaks about the first week
    The transcript, in any Markdown.
    :::

The title names the player; the transcript is for all who cannot hear or play it. `:complete: 80%` says that the page is done
only when so much of it has been played, or its transcript read.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Self

from scormkit.blocks.reading import SOUNDS, paths, prose, read_file, read_options, read_share, share
from scormkit.model.course import ContentBlock
from scormkit.model.directive import Directive, Reader
from scormkit.model.problem import Rule, Severity
from scormkit.model.prose import Link
from scormkit.model.written import directive, markdown

NO_TRANSCRIPT = Rule(
    "AXS002",
    Severity.ERROR,
    "this {name} has no transcript",
    "write between the fences what is said, and what is heard{seen} that matters",
    "Who cannot hear or play it gets nothing of it.",
    "WCAG 2.2, 1.2.1 Audio-only and Video-only; 1.2.3 Audio Description or Media Alternative",
)
NO_TITLE = Rule(
    "AXS003",
    Severity.ERROR,
    "this {name} has no title",
    "add a line ':title: what it is'",
    "A player without a name is announced as 'audio' or 'video', and nobody knows what it would play.",
    "WCAG 2.2, 4.1.2 Name, Role, Value",
)


@dataclass(frozen=True, kw_only=True)
class Audio(ContentBlock):
    """`blocks` is the transcript, `share` how many per cent have to be played before the page is done (0: none)."""

    type: ClassVar[str] = "audio"
    titled: ClassVar[bool] = False
    words: ClassVar[tuple[str, ...]] = ("title",)

    file: Link
    share: int = 0

    @classmethod
    def read(cls, directive: Directive, reader: Reader) -> Self | None:
        options = read_options(directive, reader, ("title", "complete"))
        file = read_file(directive, reader, SOUNDS, "sound", "sound.mp3")
        title, transcript = prose(options, "title", reader), reader.content(directive)
        if not title:
            reader.report(NO_TITLE.at(directive.span, name="audio"))
        if not transcript:
            reader.report(NO_TRANSCRIPT.at(directive.span, name="audio", seen=""))
        share = read_share(options, reader)
        return cls(file=file, title=title, blocks=transcript, share=share, span=directive.span) if file else None

    @property
    def written(self) -> Directive:
        return directive(
            self.type,
            self.file.written,
            {"title": self.title, "complete": share(self.share)},
            markdown(self.blocks),
        )

    @property
    def media(self) -> tuple[str, ...]:
        return paths(self.file)

    @property
    def watch(self) -> tuple[str, int] | None:
        return (self.file.target, self.share) if self.share and self.file.target else None
