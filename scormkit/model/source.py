"""Where something stands in what the author wrote."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A place in a file.

    `path` is what the author can open: relative to where the command ran, with forward slashes; inside a package
    it is `x.zip!imsmanifest.xml`. `line` and `column` count from 1; 0 means that the whole file is meant.
    """

    path: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return ":".join([self.path, *(str(n) for n in (self.line, self.column) if n)])

    def down(self, lines: int, column: int = 1) -> Span:
        """The place `lines` further down, at `column`."""
        return Span(self.path, self.line + lines, column)
