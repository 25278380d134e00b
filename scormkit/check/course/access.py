"""Checks on accessibility (WCAG 2.2 AA): what only an author can put right.

In: the Reading of a course. Out: problems. The page around the author's content (contrast, focus, landmarks) is scormkit's
own and is tested in a browser; here is what stands in the text: alternatives, headings, tables, words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from scormkit.check.course.reading import Reading, place_of
from scormkit.model.course import Page
from scormkit.model.problem import Problem, Rule, Severity
from scormkit.model.prose import Heading
from scormkit.standards import limits

NO_ALT = Rule(
    "AXS101",
    Severity.ERROR,
    "the picture '{path}' has no text alternative",
    'say in a sentence what it shows that the learner needs, or write ![](... "decorative") if it is only decoration',
    "Whoever cannot see it gets nothing in its place.",
    "WCAG 2.2, 1.1.1 Non-text Content",
)
ALT_IS_NAME = Rule(
    "AXS102",
    Severity.ERROR,
    "the text alternative '{alt}' is a file name",
    'say in a sentence what the picture shows that the learner needs, or write ![](... "decorative")',
    "A screen reader reads it out in place of the picture.",
    "WCAG 2.2, 1.1.1 Non-text Content (failure F30)",
)
ALT_SAYS_NOTHING = Rule(
    "AXS103",
    Severity.WARNING,
    "the text alternative '{alt}' says nothing about this picture",
    'say in a sentence what it shows that the learner needs, or write ![](... "decorative")',
    "A screen reader announces that there is a picture anyway; the words have to add what is on it.",
    "WCAG 2.2, 1.1.1 Non-text Content (failure F30)",
)
ALT_PREFIX = Rule(
    "AXS104",
    Severity.INFO,
    "the text alternative begins with '{prefix}'",
    "begin with what is on it",
    "Screen readers say 'graphic' before they read it.",
    "W3C, Images Tutorial: Tips and Tricks",
)
ALT_LONG = Rule(
    "AXS105",
    Severity.WARNING,
    "the text alternative has {length} characters",
    "say the essence in at most {limit}, and the rest in the text or in a figure's long description",
    "It is read in one go: there is no way to pause, go back, or read it again in parts.",
    "WCAG 2.2, 1.1.1 Non-text Content",
)
ALT_SAME = Rule(
    "AXS106",
    Severity.WARNING,
    "different pictures on this page have the same text alternative, '{alt}'",
    "say what is different about each",
    "Whoever cannot see them takes them for the same picture.",
    "WCAG 2.2, 1.1.1 Non-text Content",
)
HEADING_JUMP = Rule(
    "AXS111",
    Severity.WARNING,
    "the heading '{text}' has level {level}, but the one before it has level {before}",
    "begin it with {marks} (choose levels by meaning, never by size)",
    "Screen reader users go through the headings like a table of contents; a missing level looks like missing text.",
    "WCAG 2.2, 1.3.1 Info and Relationships (G141)",
)
HEADING_EMPTY = Rule(
    "AXS112",
    Severity.WARNING,
    "the heading has no words",
    "write its text, or remove it",
    "Screen readers announce a heading and then say nothing.",
    "WCAG 2.2, 2.4.6 Headings and Labels",
)
HEADING_SAME = Rule(
    "AXS113",
    Severity.WARNING,
    "the heading '{text}' stands twice at the same level under the same heading",
    "make the two different",
    "In a list of headings the two cannot be told apart, and links to them need different names.",
    "WCAG 2.2, 2.4.6 Headings and Labels",
)
HEADING_TITLE = Rule(
    "AXS114",
    Severity.INFO,
    "the first heading repeats the page's title",
    "remove it: the title is shown above the text already",
    "Learners read and hear the same words twice.",
)
HEADING_FAKE = Rule(
    "AXS115",
    Severity.WARNING,
    "a paragraph is bold as a whole: '{text}'",
    "if it is a heading, begin the line with ## ; if it is a warning or key message, put it into a block of that name",
    "Bold print looks like a heading, but screen readers and the menu do not know it as one.",
    "WCAG 2.2, 1.3.1 Info and Relationships (failure F2)",
)
SHOUTING = Rule(
    "AXS120",
    Severity.WARNING,
    "{count} words in a row are in capitals: '{text}'",
    "write them in small letters, and use **bold** for weight",
    "Capitals are harder to read, above all with dyslexia, and some screen readers spell them out.",
    "NHS digital service manual, Content style: capital letters",
)
EMOJI = Rule(
    "AXS121",
    Severity.INFO,
    "{count} emoji stand in a row",
    "use one, or words",
    "A screen reader reads the full name of each: 'clapping hands sign, clapping hands sign, ...'.",
)
COLOUR_ONLY = Rule(
    "AXS122",
    Severity.INFO,
    "'{text}' points to something by its colour or position",
    "name it too, for example by its label",
    "Colour and position are lost to whoever cannot see them, in print, and on a phone, where things stand elsewhere.",
    "WCAG 2.2, 1.3.3 Sensory Characteristics, 1.4.1 Use of Color",
)
TABLE_HEAD = Rule(
    "AXS130",
    Severity.WARNING,
    "the table has empty cells in its header row",
    "give every column a heading",
    "Screen readers say the heading before each cell; without one the figures mean nothing.",
    "WCAG 2.2, 1.3.1 Info and Relationships (H51, H63)",
)
TABLE_WIDE = Rule(
    "AXS131",
    Severity.INFO,
    "the table has {columns} columns",
    "split it, or turn rows and columns round",
    "On a phone every row becomes a long list, and elsewhere the table has to be pushed from side to side.",
    "WCAG 2.2, 1.4.10 Reflow",
)

NOTHING = re.compile(
    r"(an? )?(image|picture|photo|photograph|graphic|figure|diagram|icon|logo|alt|alt text|placeholder)\W*\d*"
)
PREFIX = re.compile(
    r"((an? |the )?(image|picture|photo|photograph|graphic) (of|showing)|image:|picture:)", re.IGNORECASE
)
FILE_NAME = re.compile(
    r"\S+\.(png|jpe?g|gif|svg|webp|avif|bmp|tiff?)|(img|dsc|image|screenshot)[_-]?\d{2,}", re.IGNORECASE
)
CAPITALS = re.compile(r"(?:\b[A-Z]{2,}\b[ !]*){4,}")
LONG_CAPITALS = re.compile(r"\b[A-Z]{5,}\b")  # few abbreviations are that long
BOLD = re.compile(r"(?:\A|\n\n) {0,3}\*\*([^*\n]{3,60}[^*\n.!?…])\*\* *(?=\n\n|\Z)")
EMOJI_ITSELF = re.compile("[\U0001f300-\U0001f3fa\U0001f400-\U0001faff\u2600-\u27bf]")
EMOJIS = re.compile(rf"(?:{EMOJI_ITSELF.pattern}[\uFE0F\u200D]?\s?){{3,}}")
TABLE_RULE = re.compile(r"^[ \t]*\|?[ \t]*:?-+:?[ \t]*\|[ \t|:-]*$", re.MULTILINE)
BY_COLOUR = re.compile(
    r"\b(?:click|press|see|use|choose|select|look at) the (?:red|green|blue|yellow|orange|grey|round|square|left|right|top)"
    r"(?:-hand)? (?:button|box|circle|column|picture|image|link|text)\b",
    re.IGNORECASE,
)


def pictures(reading: Reading) -> Iterator[Problem]:
    """Text alternatives that are there but do not do their work."""
    seen: dict[tuple[str, str], str] = {}
    for link, page in reading.links:
        alt = " ".join(link.text.split())
        if link.kind != "image" or not alt:
            continue
        stem = PurePosixPath(link.written).stem
        if FILE_NAME.fullmatch(alt) or (alt.casefold() == stem.casefold() and re.search(r"[-_\d]", alt)):
            yield ALT_IS_NAME.at(link.span, alt=alt)
        elif NOTHING.fullmatch(alt.casefold()):
            yield ALT_SAYS_NOTHING.at(link.span, alt=alt)
        elif prefix := PREFIX.match(alt):
            yield ALT_PREFIX.at(link.span, prefix=prefix[0])
        if len(alt) > limits.ALTERNATIVE:
            yield ALT_LONG.at(link.span, length=len(alt), limit=limits.ALTERNATIVE)
        target = link.target or link.written
        if seen.setdefault((page.id, alt.casefold()), target) != target:
            yield ALT_SAME.at(link.span, alt=alt)


def missing(reading: Reading) -> Iterator[Problem]:
    """Pictures in the text without an alternative; those in figures are told while they are read."""
    for passage in reading.passages:
        for link in passage.prose.links:
            if link.kind == "image" and not link.text.strip() and not link.decorative:
                yield NO_ALT.at(link.span, path=link.written)


def heading_order(reading: Reading) -> Iterator[Problem]:
    """Headings that do not make a table of contents."""
    for page, headings in reading.headings:
        yield from _levels(page, headings)
        yield from _same_headings(headings)


def emphasis(reading: Reading) -> Iterator[Problem]:
    """Bold paragraphs that want to be headings."""
    for passage in reading.passages:
        for bold in BOLD.finditer(passage.prose.source) if passage.question is None else ():
            line = passage.prose.source.count("\n", 0, bold.start(1))
            yield HEADING_FAKE.at(passage.prose.span.down(line), text=bold[1])


def wording(reading: Reading) -> Iterator[Problem]:
    """Words that do not reach everybody."""
    for passage in reading.passages:
        prose, text = passage.prose, passage.prose.text
        for found in CAPITALS.finditer(text):
            if len(LONG_CAPITALS.findall(found[0])) < 2:
                continue
            yield SHOUTING.at(place_of(prose, found[0]), count=len(found[0].split()), text=found[0].strip(" !"))
        for found in EMOJIS.finditer(text):
            count = sum(len(EMOJI_ITSELF.findall(sign)) for sign in found[0])
            yield EMOJI.at(place_of(prose, found[0]), count=count)
        for found in BY_COLOUR.finditer(text):
            yield COLOUR_ONLY.at(place_of(prose, found[0]), text=found[0])


def tables(reading: Reading) -> Iterator[Problem]:
    """Tables without headings, or with too many columns."""
    for passage in reading.passages:
        prose = passage.prose
        if "<thead" not in prose.html:
            continue
        rules = [found.start() for found in TABLE_RULE.finditer(prose.source)]
        for position, head in enumerate(re.finditer(r"<thead\b[^>]*>(.*?)</thead>", prose.html, re.DOTALL)):
            before = prose.source.count("\n", 0, rules[position]) - 1 if position < len(rules) else 0
            place = prose.span.down(max(before, 0))
            cells = re.findall(r"<th\b[^>]*>(.*?)</th>", head[1], re.DOTALL)
            blank = [cell for cell in cells[1:] if not re.sub(r"<[^>]*>|\s", "", cell)]
            if blank or (cells and not any(re.sub(r"<[^>]*>|\s", "", cell) for cell in cells)):
                yield TABLE_HEAD.at(place)
            if len(cells) > 6:
                yield TABLE_WIDE.at(place, columns=len(cells))


def _levels(page: Page, headings: tuple[Heading, ...]) -> Iterator[Problem]:
    before = 1
    for position, heading in enumerate(headings):
        if not heading.text.strip():
            yield HEADING_EMPTY.at(heading.span)
        elif position == 0 and heading.text.casefold().strip() == page.title.casefold().strip():
            yield HEADING_TITLE.at(heading.span)
        if heading.level > before + 1:
            marks = "#" * (before + 1)
            yield HEADING_JUMP.at(heading.span, text=heading.text, level=heading.level, before=before, marks=marks)
        before = heading.level


def _same_headings(headings: tuple[Heading, ...]) -> Iterator[Problem]:
    path: list[str] = []
    seen = set()
    for heading in headings:
        path = [*path[: heading.level - 1], *[""] * (heading.level - 1 - len(path)), heading.text.casefold().strip()]
        if heading.text.strip() and tuple(path) in seen:
            yield HEADING_SAME.at(heading.span, text=heading.text)
        seen.add(tuple(path))


CHECKS = (missing, pictures, heading_order, emphasis, wording, tables)
