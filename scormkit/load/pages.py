"""Page files -> pages: which there are, in which order and section, their ids, titles and front matter, and their blocks.

In: a course's `Tree` and settings. Out: sections of `Page`s, and problems. All front matter is read before any text, because
a link needs the id of the page that it leads to.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from scormkit.load.files import Found, Tree, read_text
from scormkit.load.links import Links, slugify
from scormkit.load.memory import read as read_text_of
from scormkit.load.memory import surroundings
from scormkit.load.reader import PageReader
from scormkit.load.settings import read
from scormkit.load.writing import words
from scormkit.load.yaml import Document, read_settings
from scormkit.model.course import Page, Section
from scormkit.model.problem import Problem, Rule, Severity, meant
from scormkit.model.settings import CourseSettings, PageSettings, SectionSettings
from scormkit.model.source import Span

FRONT_MATTER_OPEN = Rule(
    "PGE002",
    Severity.ERROR,
    "the front matter that begins here is never closed",
    "write a line '---' after its last setting",
    "The whole page would be read as settings.",
)
LATE_FRONT_MATTER = Rule(
    "PGE003",
    Severity.ERROR,
    "front matter has to begin in the first line of the file",
    "remove what stands above the line '---'",
    "Further down it would be shown to learners as text.",
)
NOT_A_PAGE = Rule(
    "PGE004",
    Severity.WARNING,
    "is not a page: pages end in .md",
    "move it into media/ if pages refer to it, or rename it",
    "Only pages are read from pages/, so this file would be missing from the package.",
)
TOO_DEEP = Rule(
    "PGE005",
    Severity.ERROR,
    "stands in a folder inside a section",
    "move the file into pages/ or into a folder directly in pages/",
    "A course has sections, but sections have no parts of their own.",
)
NO_SUCH_PAGE = Rule(
    "PGE006",
    Severity.ERROR,
    "'pages:' names '{name}', but there is no such file in pages/{hint}",
    "correct its name, or write the file",
    "The page would be missing from the course.",
)
PAGE_TWICE = Rule(
    "PGE007",
    Severity.ERROR,
    "'pages:' names '{name}' twice",
    "keep one of the two",
    "A page can stand in one place only.",
)
LEFT_OUT = Rule(
    "PGE008",
    Severity.WARNING,
    "this page is not in the course: 'pages:' in course.yaml does not name it",
    "add '{name}' to 'pages:', or move the file out of pages/",
    "Learners will not see it, and links to it lead nowhere.",
)
SECTION_SPLIT = Rule(
    "PGE009",
    Severity.ERROR,
    "'pages:' names pages of the section '{section}' in two places",
    "put the pages of a section next to each other",
    "The menu shows a section once.",
)
TITLE_TWICE = Rule(
    "PGE010",
    Severity.ERROR,
    "the page has a title in its front matter and another one, '# {text}', in its text",
    "remove one of them",
    "The title would be shown twice.",
)
NO_PAGES = Rule(
    "PGE012",
    Severity.WARNING,
    "the section '{section}' has no page",
    "write pages beside this file, or remove the folder",
    "A section is its pages: the menu does not show one without any.",
)

_NUMBER = re.compile(r"\d+[a-z]?[-_. ]+")
_TITLE = re.compile(r"(?:[ \t]*\n)*# +(\S[^\n]*)\n?")
_DIGITS = re.compile(r"(\d+)")
_END = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
PAGES = "pages"


@dataclass
class PageFile:
    """A page before its text is read; `text` begins in line `first`."""

    path: str
    id: str
    title: str
    settings: PageSettings
    document: Document
    text: str
    first: int
    span: Span


def find_pages(tree: Tree, settings: CourseSettings, course: Document, problems: list[Problem]) -> list[PageFile]:
    """The course's pages in their order, with their front matter read."""
    files = tree.files(PAGES)
    found = []
    described = {}
    for path, file in files.items():
        parts = PurePosixPath(path).parts
        if parts[-1] == "section.yaml" and len(parts) == 3:
            described[parts[1]] = path
            continue
        if PurePosixPath(path).suffix.lower() != ".md":
            problems.append(NOT_A_PAGE.at(tree.span(path)))
        elif len(parts) > 3:
            problems.append(TOO_DEEP.at(tree.span(path)))
        else:
            found.append(file)
    for folder in sorted(described.keys() - {PurePosixPath(file.path).parts[1] for file in found}):
        problems.append(NO_PAGES.at(tree.span(described[folder]), section=folder))
    found.sort(key=lambda file: (_as_counted(file.path), file.path))
    if settings.pages:
        found = _as_listed(found, tree, settings, course, problems)
    return [page for file in found if (page := _page_file(file, tree.span(file.path), problems))]


def read_sections(pages: Sequence[PageFile], tree: Tree, links: Links, problems: list[Problem]) -> tuple[Section, ...]:
    """The sections, with the text of their pages read."""
    sections: list[tuple[Section, list[Page]]] = []
    names: set[str] = set()
    memory = tree.memory
    around = surroundings(links) if memory else None
    for page in pages:
        reader = PageReader(page.span.path, page.path, page.id, links, names)
        start = Span(page.span.path, page.first, 1)
        if memory is None:
            reading = read_text_of(reader, page.text, start)
        else:
            reading = memory.read((page.path, page.id), reader, page.text, start, around)
        problems += reading.problems
        places = {".".join(map(str, path)): span for path, span in page.document.values.items() if path}
        made = Page(page.id, page.title, page.settings, reading.blocks, 0, page.span, places)
        parts = PurePosixPath(page.path).parts
        folder = parts[1] if len(parts) == 3 else ""
        name = _slug(folder) if folder else ""
        if sections and sections[-1][0].id == name:
            sections[-1][1].append(made)
            continue
        if name and any(other.id == name for other, _ in sections):
            problems.append(SECTION_SPLIT.at(page.span, section=folder))
        sections.append((_section(folder, page.span, tree, problems) if folder else Section(()), [made]))
    return tuple(replace(section, pages=tuple(inside)) for section, inside in sections)


def _as_listed(
    files: list[Found], tree: Tree, settings: CourseSettings, course: Document, problems: list[Problem]
) -> list[Found]:
    by_name = {file.path.removeprefix(f"{PAGES}/"): file for file in files}
    listed: dict[str, Found] = {}
    for index, written in enumerate(settings.pages):
        place = course.place(("pages", index)) or course.place(("pages",)) or tree.span("course.yaml")
        name = written.removeprefix(f"{PAGES}/")
        name = name if name in by_name or name.endswith(".md") else f"{name}.md"
        if name in listed:
            problems.append(PAGE_TWICE.at(place, name=written))
        elif name in by_name:
            listed[name] = by_name[name]
        else:
            hint = meant(name, by_name)
            problems.append(NO_SUCH_PAGE.at(place, name=written, hint=hint))
    for name in by_name.keys() - listed.keys():
        problems.append(LEFT_OUT.at(tree.span(by_name[name].path), name=name))
    return list(listed.values())


def _page_file(file: Found, span: Span, problems: list[Problem]) -> PageFile | None:
    text, found = read_text(file, span)
    problems += found
    if text is None:
        return None
    document, body, first = front_matter(text, span)
    problems += document.problems
    settings, found = read(PageSettings, document, span, "front matter")
    problems += found
    name = PurePosixPath(file.path).stem
    title = settings.title
    heading = _TITLE.match(body)
    if heading:
        said = words(heading[1].rstrip(" \t#"))
        if title:
            line = first + body.count("\n", 0, heading.start(1))
            problems.append(TITLE_TWICE.at(Span(span.path, line, 1), text=said))
        title = title or said
        first += body.count("\n", 0, heading.end())
        body = body[heading.end() :]
    return PageFile(file.path, settings.id or _slug(name), title or _title(name), settings, document, body, first, span)


def page_at(path: str, text: str, span: Span) -> tuple[str, str, int, tuple[int, int] | None]:
    """A page's id, its front matter, where its text begins in the file, and where the words of its `# title` stand."""
    document, body, _ = front_matter(text, span)
    settings, _ = read(PageSettings, document, span, "front matter")
    offset = len(text) - len(body)
    heading = _TITLE.match(body)
    title = None
    if heading:
        title = (offset + heading.start(1), offset + heading.start(1) + len(heading[1].rstrip(" \t#")))
    front = text[text.find("\n") + 1 : offset] if offset else ""
    front = front.rpartition("\n---")[0] or front.rpartition("\n...")[0] if front.strip() else ""
    return (
        settings.id or _slug(PurePosixPath(path).stem), front, offset + (heading.end() if heading else 0), title
    )  # fmt: skip


def front_matter(text: str, span: Span) -> tuple[Document, str, int]:
    """The front matter's data, the text after it, and the line in which that begins."""
    if not text.startswith("---") or text[3 : text.find("\n") if "\n" in text else 3].strip():
        document = Document({})
        late = re.match(r"\s+---[ \t]*\n", text)
        if late and re.match(r"[\w-]+:", text[late.end() :]):
            document.problems.append(LATE_FRONT_MATTER.at(Span(span.path, late[0].count("\n"), 1)))
        return document, text, 1
    begin = text.find("\n") + 1
    end = _END.search(text, begin) if begin else None
    if end is None:
        document = Document({})
        document.problems.append(FRONT_MATTER_OPEN.at(Span(span.path, 1, 1)))
        return document, "", 1
    document = read_settings(text[begin : end.start()], span, lines_before=1)
    rest = end.end() + 1
    return document, text[rest:], text.count("\n", 0, end.end()) + 2


def _section(folder: str, first: Span, tree: Tree, problems: list[Problem]) -> Section:
    """A section without its pages: what section.yaml in the folder says. `first` is the place of its first page."""
    path = f"{PAGES}/{folder}/section.yaml"
    file = tree.file(path)
    if file is None:
        return Section((), _slug(folder), _title(folder), span=first)
    span = tree.span(path)
    text, found = read_text(file, span)
    problems += found
    document = read_settings(text or "", span)
    settings, wrong = read(SectionSettings, document, span, "section.yaml")
    problems += [*document.problems, *wrong]
    places = {".".join(map(str, key)): at for key, at in document.values.items() if key}
    return Section((), _slug(folder), settings.title or _title(folder), settings, span, places)


def _as_counted(path: str) -> list[str | tuple[int, str]]:
    """A key that sorts `2-b` before `10-a`: numbers by their size, all else as text."""
    parts = _DIGITS.split(path)
    return [(len(part.lstrip("0")), part.lstrip("0")) if n % 2 else part for n, part in enumerate(parts)]


def _slug(name: str) -> str:
    """A file's or folder's name as an id: without its number."""
    plain = name[match.end() :] if (match := _NUMBER.match(name)) else name
    slug = "".join(c for c in slugify(plain).replace("_", "-") if c.isascii())
    return re.sub("-+", "-", slug)[:64].strip("-") or re.sub(r"[^0-9]", "", name) or "page"


def _title(name: str) -> str:
    plain = name[match.end() :] if (match := _NUMBER.match(name)) else name
    words = re.sub(r"[-_\s]+", " ", plain).strip() or name
    return words[:1].upper() + words[1:]
