"""`download`: a file for learners to keep. Its size and type are shown with its title.

    :::{download} ../media/checklist.pdf
    :title: A checklist to take away
    What it is good for: optional.
    :::

The title is what the link says.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Self

from scormkit.blocks.reading import paths, prose, read_file, read_options
from scormkit.model.course import ContentBlock
from scormkit.model.directive import Directive, Reader
from scormkit.model.problem import Rule, Severity
from scormkit.model.prose import Link
from scormkit.model.written import directive, markdown

NO_TITLE = Rule(
    "BLK006",
    Severity.ERROR,
    "this download has no title",
    "add a line ':title: what it is'",
    "Learners decide by the title whether they want the file.",
    "WCAG 2.2, 2.4.4 Link Purpose (In Context)",
)


@dataclass(frozen=True, kw_only=True)
class Download(ContentBlock):
    """A file in the package; `blocks` is what is said about it."""

    type: ClassVar[str] = "download"
    titled: ClassVar[bool] = False
    words: ClassVar[tuple[str, ...]] = ("title",)

    file: Link

    @classmethod
    def read(cls, directive: Directive, reader: Reader) -> Self | None:
        options = read_options(directive, reader, ("title",))
        file = read_file(directive, reader, (), "", "handout.pdf")
        title = prose(options, "title", reader)
        if not title:
            reader.report(NO_TITLE.at(directive.span))
        if file is None:
            return None
        return cls(file=file, title=title, blocks=reader.content(directive), span=directive.span)

    @property
    def written(self) -> Directive:
        return directive(self.type, self.file.written, {"title": self.title}, markdown(self.blocks))

    @property
    def media(self) -> tuple[str, ...]:
        return paths(self.file)
