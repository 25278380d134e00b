"""Memory: the text of pages as it was read before, for whoever reads the same folder over and over (the preview).

In: a page's text, and all that its reading looks at. Out: its blocks and problems, read now or before. A page that cites sources is
always read: the numbers of its citations hang on all pages before it.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

from scormkit.load.links import Links
from scormkit.load.reader import PageReader
from scormkit.model.course import Block
from scormkit.model.problem import Problem
from scormkit.model.rounds import Rounds
from scormkit.model.source import Span


@dataclass(frozen=True)
class Reading:
    """What came of reading a page's text, and what it left behind for those after it."""

    blocks: tuple[Block, ...]
    problems: tuple[Problem, ...]
    names: frozenset[str] = frozenset()
    used: frozenset[str] = frozenset()
    terms: frozenset[str] = frozenset()


class Memory(Rounds[Reading]):
    """Readings of one round are kept for the next."""

    def read(self, page: Hashable, reader: PageReader, text: str, span: Span, around: Hashable) -> Reading:
        """As `read`; `page` says which page it is, `around` what of the course its reading looks at (see `surroundings`)."""
        links, names = reader.links, reader.names
        key = (page, text, span, around, frozenset(names))
        known = self.known(key)
        if known is None:
            known, cites = _watched(reader, text, span)
            if cites:
                return known
            self.keep(key, known)
        names |= known.names
        links.used |= known.used
        links.used_terms |= known.terms
        return known


def read(reader: PageReader, text: str, span: Span) -> Reading:
    """The text of a page, read now."""
    blocks = reader.read(text, span)
    return Reading(blocks, tuple(reader.problems))


def surroundings(links: Links) -> Hashable:
    """What of a course the reading of any page looks at, before one is read."""
    maps = (tuple(sorted(known.items())) for known in (links.pages, links.media, links.terms))
    return hash((*maps, frozenset(links.sources)))


def _watched(reader: PageReader, text: str, span: Span) -> tuple[Reading, bool]:
    """A reading with what it left behind, and whether it cites sources."""
    links, names = reader.links, set(reader.names)
    used, terms = links.used, links.used_terms
    cited = sum(map(len, links.citations.values()))
    links.used, links.used_terms = set(), set()
    made = read(reader, text, span)
    reading = Reading(
        made.blocks, made.problems, frozenset(reader.names - names), frozenset(links.used), frozenset(links.used_terms)
    )
    links.used, links.used_terms = used | links.used, terms | links.used_terms
    return reading, sum(map(len, links.citations.values())) > cited
