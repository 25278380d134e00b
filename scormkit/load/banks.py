"""Question banks: files in banks/ whose questions tests draw on.

In: a course's `Tree`, and its sections. Out: `Bank`s, sections whose tests have the questions that they name, and problems.
A question that several tests ask has an id and a number in each of them, so that each has its own answer: it is read once
for each test, as if it stood there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from scormkit.load.files import Tree, read_text
from scormkit.load.links import Links
from scormkit.load.pages import front_matter
from scormkit.load.reader import PageReader
from scormkit.load.settings import read
from scormkit.model.course import Bank, Block, Page, Section, changed, is_named
from scormkit.model.problem import Problem, Rule, Severity
from scormkit.model.settings import BankSettings
from scormkit.model.source import Span

BANKS = "banks"

NOT_A_BANK = Rule(
    "PGE011",
    Severity.WARNING,
    "is not a question bank: banks end in .md",
    "move it into media/ if questions refer to it, or rename it",
    "Only questions are read from banks/, so this file would be missing from the package.",
)


@dataclass
class BankFile:
    """A bank before its text is read; `text` begins in line `first`."""

    path: str
    id: str
    settings: BankSettings
    text: str
    first: int
    span: Span

    def read(self, page: str, links: Links, problems: list[Problem]) -> tuple[Block, ...]:
        """Its blocks as if they stood on `page`."""
        reader = PageReader(self.span.path, self.path, f"{page}/{self.id}", links, set())
        blocks = reader.read(self.text, Span(self.span.path, self.first, 1))
        problems += reader.problems
        tags = self.settings.tags
        return changed(blocks, lambda q: replace(q, bank=self.id, tags=tuple(dict.fromkeys((*q.tags, *tags)))))


def find_banks(tree: Tree, problems: list[Problem]) -> list[BankFile]:
    """The files of banks/ by their paths, with their front matter read."""
    banks = []
    for path, file in tree.files(BANKS).items():
        span = tree.span(path)
        if PurePosixPath(path).suffix.lower() != ".md":
            problems.append(NOT_A_BANK.at(span))
            continue
        text, found = read_text(file, span)
        problems += found
        if text is None:
            continue
        document, body, first = front_matter(text, span)
        settings, wrong = read(BankSettings, document, span, "front matter")
        problems += [*document.problems, *wrong]
        name = str(PurePosixPath(path).relative_to(BANKS).with_suffix(""))
        banks.append(BankFile(path, name, settings, body, first, span))
    return sorted(banks, key=lambda bank: bank.id)


def read_banks(files: Sequence[BankFile], links: Links, problems: list[Problem]) -> tuple[Bank, ...]:
    """The banks as they stand in their files."""
    return tuple(
        Bank(file.id, file.settings.title or file.id, file.read("~bank", links, problems), file.span) for file in files
    )


def draw_on(
    banks: Sequence[Bank], files: Sequence[BankFile], sections: tuple[Section, ...], links: Links
) -> tuple[Section, ...]:
    """The sections, their tests with the questions of the banks that they name, behind their own."""

    def drawn(page: Page) -> Page:
        settings = page.settings
        names = {*settings.drawn_from, *(name for section in settings.sections for name in section.drawn_from)}
        if not page.is_test or not names:
            return page
        found: list[Block] = []
        for bank, file in zip(banks, files, strict=True):
            if not any(is_named(question, names) for question in bank.questions):
                continue
            # What is wrong with it was said when the bank was read for itself.
            there = Bank(bank.id, blocks=file.read(page.id, links, []))
            found += [replace(one, id=f"{one.id}--{page.id}") for one in there.questions if is_named(one, names)]
            found += there.notes
        return replace(page, blocks=(*page.blocks, *found))

    return tuple(replace(section, pages=tuple(map(drawn, section.pages))) for section in sections)
