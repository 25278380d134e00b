"""references.yaml -> sources: what a course rests on, for a course and for all courses of a programme.

In: the `Tree` of a course, that of its programme, and the `Links` of the course. Out: `Source`s, and problems.

    ostrom-1996: 'Ostrom E. Crossing the great divide. *World Development* 1996; 24: 1073-1087.'

A page says `[@ostrom-1996]`, `[@ostrom-1996, p. 1075]` or `[@ostrom-1996; @who-2020]`. Sources are numbered in the order in
which a course cites them first; those that it does not cite are not listed.
"""

from __future__ import annotations

import re

from scormkit.load.files import Tree, read_text
from scormkit.load.links import Links
from scormkit.load.reader import PageReader
from scormkit.load.settings import NO_VALUE, NOT_AN_ID, WRONG_KIND
from scormkit.load.yaml import read_settings
from scormkit.model.course import GLOSSARY, REFERENCES, Source
from scormkit.model.problem import Problem, Rule, Severity
from scormkit.model.source import Span

NAME = "references.yaml"

NOT_CITED = Rule(
    "BLK027",
    Severity.INFO,
    "no page cites the source '{key}'",
    "cite it as [@{key}], or remove it",
    "Learners see only the sources that are cited.",
)

_KEY = re.compile(r"[A-Za-z0-9][\w.:-]{0,63}")


class Sources:
    """The entries of both files; `links` knows their keys. A course's own entry hides its programme's."""

    def __init__(self, tree: Tree, programme: Tree | None, links: Links, problems: list[Problem]) -> None:
        self.links, self.problems = links, problems
        self.entries: dict[str, tuple[str, str, Span]] = {}  # by key: text, file as seen from the course, place
        self.own: set[str] = set()
        for around, file in ((tree, NAME), (programme, f"../{NAME}")):
            if around is not None:
                self._read(around, file, file == NAME)
        links.sources = set(self.entries)

    def _read(self, tree: Tree, file: str, own: bool) -> None:
        found = tree.file(NAME)
        if found is None:
            return
        span = tree.span(NAME)
        text, wrong = read_text(found, span)
        document = read_settings(text or "", span)
        self.problems += [*wrong, *document.problems]
        for key, said in document.data.items():
            place = document.place((key,), key=True) or span
            if not _KEY.fullmatch(key):
                self.problems.append(NOT_AN_ID.at(place, value=key))
            elif said is None or said == "":
                self.problems.append(NO_VALUE.at(place, key=key))
            elif not isinstance(said, str):
                found_kind = "a group of keys" if isinstance(said, dict) else "a list"
                self.problems.append(
                    WRONG_KIND.at(
                        place, key=key, found=found_kind, wanted="a text", how="the whole source as one text, in quotes"
                    )
                )
            else:
                self.entries.setdefault(key, (said, file, document.place((key,)) or place))
                if own:
                    self.own.add(key)

    def cited(self) -> tuple[Source, ...]:
        """The sources of a course whose pages have been read, by their numbers."""
        made = []
        for number, (key, places) in enumerate(self.links.citations.items(), start=1):
            text, file, span = self.entries[key]
            reader = PageReader(span.path, file, REFERENCES, self.links, set())
            shown = tuple(place for place in places if place[0] in {*self.links.pages.values(), GLOSSARY, REFERENCES})
            made.append(Source(key, reader.prose(text, span), number, shown, span))
            self.problems += reader.problems
        for key in sorted(self.own - self.links.citations.keys()):
            self.problems.append(NOT_CITED.at(self.entries[key][2], key=key))
        return tuple(made)
