"""`figure`: a picture with a caption, a credit, and a long description where it says more than a sentence can.

    :::{figure} ../media/ladder.svg
    :alt: A ladder of seven rungs, from informing to co-production
    :caption: The ladder of participation
    :credit: Drawn for this course
    The long description, in any Markdown: optional.
    :::

`:decorative: true` says that the picture tells nothing and needs no text alternative.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Self

from scormkit.blocks.reading import IMAGES, paths, prose, read_file, read_flag, read_options
from scormkit.model.course import ContentBlock
from scormkit.model.directive import Directive, Reader
from scormkit.model.problem import Rule, Severity
from scormkit.model.prose import Link, Prose
from scormkit.model.written import directive, markdown

NO_ALTERNATIVE = Rule(
    "AXS001",
    Severity.ERROR,
    "this figure has no text alternative",
    "add a line ':alt: what it shows', or ':decorative: true' if it tells nothing",
    "Who cannot see the picture is told nothing, or its file name.",
    "WCAG 2.2, 1.1.1 Non-text Content",
)


@dataclass(frozen=True, kw_only=True)
class Figure(ContentBlock):
    """`blocks` is the long description; `alt` is empty where the picture is decoration."""

    type: ClassVar[str] = "figure"
    titled: ClassVar[bool] = False
    words: ClassVar[tuple[str, ...]] = ("alt", "caption", "credit")

    image: Link
    alt: str = ""
    caption: Prose | None = None
    credit: Prose | None = None

    @classmethod
    def read(cls, directive: Directive, reader: Reader) -> Self | None:
        options = read_options(directive, reader, ("alt", "caption", "credit", "decorative"))
        image = read_file(directive, reader, IMAGES, "a picture", "picture.svg")
        alt = options["alt"].text if "alt" in options else ""
        decorative = read_flag(options, "decorative", "alt", reader)
        if not alt and not decorative:
            reader.report(NO_ALTERNATIVE.at(directive.span))
        if image is None:
            return None
        return cls(
            image=Link("image", image.written, image.target, image.span, alt, decorative),
            alt=alt,
            caption=prose(options, "caption", reader),
            credit=prose(options, "credit", reader),
            blocks=reader.content(directive),
            span=directive.span,
        )

    @property
    def written(self) -> Directive:
        decorative = "true" if self.image.decorative else ""
        options = {"alt": self.alt, "decorative": decorative, "caption": self.caption, "credit": self.credit}
        return directive(self.type, self.image.written, options, markdown(self.blocks))

    @property
    def media(self) -> tuple[str, ...]:
        return paths(self.image)
