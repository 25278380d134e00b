"""`video`: a film in the package, with captions and a transcript.

    :::{video} ../media/teach-back.mp4
    :title: Teach-back in two minutes
    :captions: ../media/teach-back.vtt
    :poster: ../media/teach-back.jpg
    The transcript, in any Markdown: what is said, and what is seen that matters.
    :::

`:silent: true` says that nothing is heard, so that there is nothing to caption. `:complete: 80%` is that of audio.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Self

from scormkit.blocks.audio import NO_TITLE, NO_TRANSCRIPT
from scormkit.blocks.reading import (
    FILMS,
    IMAGES,
    file,
    paths,
    prose,
    read_file,
    read_flag,
    read_options,
    read_share,
    share,
)
from scormkit.model.course import ContentBlock
from scormkit.model.directive import Directive, Reader
from scormkit.model.problem import Rule, Severity
from scormkit.model.prose import Link
from scormkit.model.written import directive, markdown

NO_CAPTIONS = Rule(
    "AXS004",
    Severity.ERROR,
    "this video has no captions",
    "add a line ':captions: ../media/{name}.vtt', or ':silent: true' if nothing is heard",
    "Who cannot hear, or has the sound off, misses what is said.",
    "WCAG 2.2, 1.2.2 Captions (Prerecorded)",
)


@dataclass(frozen=True, kw_only=True)
class Video(ContentBlock):
    """`blocks` is the transcript, `share` how many per cent have to be played before the page is done (0: none)."""

    type: ClassVar[str] = "video"
    titled: ClassVar[bool] = False
    words: ClassVar[tuple[str, ...]] = ("title",)

    file: Link
    captions: Link | None = None
    poster: Link | None = None
    share: int = 0

    @classmethod
    def read(cls, directive: Directive, reader: Reader) -> Self | None:
        options = read_options(directive, reader, ("title", "captions", "poster", "silent", "complete"))
        film = read_file(directive, reader, FILMS, "a video", "film.mp4")
        captions = file(options, "captions", reader, (".vtt",), "a file of captions")
        poster = file(options, "poster", reader, IMAGES, "a picture")
        title, transcript = prose(options, "title", reader), reader.content(directive)
        silent = read_flag(options, "silent", "captions", reader)
        if not title:
            reader.report(NO_TITLE.at(directive.span, name="video"))
        if not captions and not silent:
            name = film.written.rpartition("/")[2].rpartition(".")[0] if film else "film"
            reader.report(NO_CAPTIONS.at(directive.span, name=name))
        if not transcript:
            reader.report(NO_TRANSCRIPT.at(directive.span, name="video", seen=" or seen"))
        share = read_share(options, reader)
        if film is None:
            return None
        return cls(
            file=film,
            captions=captions,
            poster=poster,
            title=title,
            blocks=transcript,
            share=share,
            span=directive.span,
        )

    @property
    def written(self) -> Directive:
        options = {
            "title": self.title,
            "captions": self.captions and self.captions.written,
            "poster": self.poster and self.poster.written,
            "silent": "" if self.captions else "true",
            "complete": share(self.share),
        }
        return directive(self.type, self.file.written, options, markdown(self.blocks))

    @property
    def media(self) -> tuple[str, ...]:
        return paths(self.file, self.captions, self.poster)

    @property
    def watch(self) -> tuple[str, int] | None:
        return (self.file.target, self.share) if self.share and self.file.target else None
