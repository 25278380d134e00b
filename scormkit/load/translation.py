"""A course in its other languages: the same files with other words, read like any others.

In: a course, its folder, and `locales/<tag>.po` in it. Out: the course with its `translations`. A translation has the pages,
questions, ids and numbers of the course, so that learners keep their progress when they change the language. What has no
translation, or one that somebody has to look at again, is shown as it was written, and said to be in that language.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from scormkit.load.alignment import aligned, named, understood
from scormkit.load.banks import BANKS
from scormkit.load.files import Found, Tree, read_text
from scormkit.load.glossary import NAME as GLOSSARY
from scormkit.load.links import slugify
from scormkit.load.pages import PAGES, page_at
from scormkit.load.places import moved
from scormkit.load.po import read_po
from scormkit.load.recall import fill
from scormkit.load.references import NAME as REFERENCES
from scormkit.load.segments import Segment, of_page, of_settings, renamed
from scormkit.load.writing import words
from scormkit.model.catalogue import Entry, Memory, Text
from scormkit.model.course import Course
from scormkit.model.problem import Problem, Rule, Severity, short
from scormkit.model.source import Span

LOCALES = "locales"
COURSE = (
    "title", "summary", "keywords.*", "audience", "duration", "copyright", "licence", "objectives.*.text", "completion.statement",
    "accessibility.contact", "accessibility.limits.*", "accessibility.limits", "accessibility.tested",
    "review.pending.*", "contact", "resources.*.title", "resources.*.about", "review.pending",
    "publisher", "review.owner", "review.signed-off.*.role",
)  # fmt: skip
TERMS = ("key:*", "*", "*.meaning", "*.also", "*.also.*")
SHARED = ((GLOSSARY, "glossary", TERMS, "the glossary"), (REFERENCES, "references", ("*",), "the references"))
"""Files that a course and its programme may both have: each with its prefix, its keys and what translators are told of it."""

NOT_TRANSLATED = Rule(
    "LNG002",
    Severity.WARNING,
    "{language} lacks {count} of the {all} texts here; the first is '{text}'",
    "write them out with 'scormkit export --po --to {language}' (or --xliff), and import what comes back",
    "They are shown in the language that the course is written in.",
    "WCAG 2.2, 3.1.2 Language of Parts",
)
CHANGED = Rule(
    "LNG003",
    Severity.WARNING,
    "{count} of the {all} texts here must be looked at again in {language}, because they have changed since; the first is '{text}'",
    "write them out with 'scormkit export --po --to {language}' (or --xliff), and import what comes back; "
    "where one is still right, remove its line '#, fuzzy'",
    "An old translation could say what is no longer true, so the text is shown as it is written now, in its own language.",
)
NO_CATALOGUE = Rule(
    "LNG005",
    Severity.ERROR,
    "'languages:' names '{language}', but there is no translation {file}",
    "write out what is to be translated with 'scormkit export --po --to {language}' (or --xliff), and import what comes back; "
    "or remove '{language}'",
    "There is nothing to show in that language.",
)
LEFT_OUT = Rule(
    "LNG007",
    Severity.INFO,
    "this translation is not in the package: 'languages:' does not name '{language}'",
    "add '{language}' to 'languages:' in course.yaml when it is to be released",
    "Learners choose from the languages that are named.",
)
NOT_ITS_OWN = Rule(
    "LNG008",
    Severity.ERROR,
    "'languages:' does not name '{language}', in which the course is written",
    "add '{language}', in front if it is to be shown first",
    "What is not translated yet is shown in that language, and learners must be able to choose it.",
)

OTHER_LANGUAGE = Rule(
    "LNG011",
    Severity.ERROR,
    "this translation says that it is in '{said}', but its name says '{language}'",
    "put the file for '{language}' here, or correct the line \"Language: ...\" at its top",
    "Learners would read one language, and hear it in the voice of another.",
    "WCAG 2.2, 3.1.2 Language of Parts",
)
OTHER_COURSE = Rule(
    "LNG010",
    Severity.ERROR,
    "this is a translation of another course, '{other}'",
    "put it into the folder of that course, or correct the line X-Course: {course}",
    "Words of another course would be shown wherever a text is the same by chance.",
)

Read = Callable[[Tree, Tree | None, str], Course]


@dataclass
class Translated(Tree):
    """A folder in which some files say something else."""

    replaced: Mapping[str, bytes] = field(default_factory=dict)

    def files(self, folder: str) -> dict[str, Found]:
        return {path: self._said(found) for path, found in super().files(folder).items()}

    def file(self, path: str) -> Found | None:
        found = super().file(path)
        return found and self._said(found)

    def _said(self, found: Found) -> Found:
        data = self.replaced.get(found.path)
        return found if data is None else Found(found.path, len(data), found.file, data)


@dataclass(frozen=True)
class Words:
    """The words of one file: its text, and where they stand in it."""

    path: str
    text: str
    segments: Sequence[Segment]
    span: Span
    programme: bool = False


def texts_of(tree: Tree, around: Tree | None) -> list[Words]:
    """The words of a course's files, and of those of its programme's that it uses, in the order of the course."""
    found: list[Words] = []
    for path, prefix, keys, note in (
        ("course.yaml", "course", COURSE, "a setting of the course"),
        *((path, "section", ("title",), "the title of a section") for path in tree.files(PAGES) if _is_section(path)),
    ):
        found += _of_settings(tree, path, prefix, keys, note)
    for path in (*tree.files(PAGES), *tree.files(BANKS)):
        if PurePosixPath(path).suffix.lower() == ".md" and (text := _text(tree, path)) is not None:
            found.append(Words(path, text, _of_page(tree, path, text), tree.span(path)))
    for shared in SHARED:
        found += _of_settings(tree, *shared)
    if around is not None:
        own = tuple(key for key in COURSE if key != "title")
        for path, prefix, keys, _ in (("programme.yaml", "programme", own, ""), *SHARED):
            for one in _of_settings(around, path, prefix, keys, "shared by the courses of the programme"):
                found.append(replace(one, programme=True, segments=_below("programme", prefix, one.segments)))
    return found


def translated(course: Course, tree: Tree, around: Tree | None, read: Read) -> Course:
    """The course with its translations into the languages that its settings name."""
    problems: list[Problem] = []
    own = course.settings.language
    wanted = [tag for tag in dict.fromkeys(course.settings.languages) if tag != own]
    if course.settings.languages and own not in course.settings.languages:
        problems.append(NOT_ITS_OWN.at(course.place("languages"), language=own))
    there = {PurePosixPath(path).stem: path for path in tree.files(LOCALES) if path.endswith(".po")}
    for tag in there.keys() - set(wanted):
        problems.append(LEFT_OUT.at(tree.span(there[tag]), language=tag))
    files = texts_of(tree, around) if wanted else []
    made = []
    for index, tag in enumerate(course.settings.languages):
        if tag in there and tag in wanted:
            wanted.remove(tag)
            made.append(_Translation(course, tree, around, tag, files, problems).read(there[tag], read))
        elif tag in wanted:
            place = course.place(f"languages.{index}")
            problems.append(NO_CATALOGUE.at(place, language=tag, file=f"{LOCALES}/{tag}.po"))
    return replace(
        understood(course, made),
        translations=tuple(made),
        problems=tuple(dict.fromkeys([*course.problems, *problems, *tree.problems])),
    )


class _Translation:
    def __init__(
        self, course: Course, tree: Tree, around: Tree | None, tag: str, files: list[Words], problems: list[Problem]
    ) -> None:
        self.course, self.tree, self.around, self.tag = course, tree, around, tag
        self.files, self.problems = files, problems
        self.places: dict[str, list[Span]] = {}  # by file, for each line as it was read, where it is written

    def read(self, path: str, read: Read) -> Course:
        file = self.tree.file(path)
        text, wrong = read_text(file, self.tree.span(path)) if file else ("", [])
        catalogue, found = read_po(text or "", self.tree.span(path))
        self.problems += [*wrong, *found]
        if catalogue.course and catalogue.course != self.course.settings.id:
            own = self.course.settings.id
            self.problems.append(OTHER_COURSE.at(catalogue.span, other=catalogue.course, course=own))
        said = catalogue.language.replace("_", "-")
        if said and said.partition("-")[0].lower() != self.tag.partition("-")[0].lower():
            self.problems.append(OTHER_LANGUAGE.at(catalogue.span, said=said, language=self.tag))
        sources = (segment.text.source for words in self.files for segment in words.segments)
        self.memory = Memory(catalogue, frozenset(sources))
        self.anchors = self.headings()
        inner = Translated(self.tree.name, self.tree.root, self.tree.texts, replaced=self.said(False))
        outer = self.around and Translated(
            self.around.name, self.around.root, self.around.texts, replaced=self.said(True)
        )
        course, wrong = fill(named(self.course, read(inner, outer, self.tag)))
        settings = course.settings.model_copy(update={"language": self.tag})
        course = replace(course, settings=settings, problems=(*course.problems, *wrong))
        made, changed = aligned(self.course, moved(course, self.places))
        known = {(problem.id, problem.span) for problem in self.course.problems}
        new = [p for p in made.problems if p.span.path == catalogue.span.path or (p.id, p.span) not in known]
        self.problems += changed
        return replace(made, problems=tuple(p for p in new if concerns(p)))

    def headings(self) -> dict[tuple[str, str], str]:
        """By file and anchor of each heading: its anchor in this language. Where two are alike, the first counts on both sides."""
        found: dict[tuple[str, str], str] = {}
        for file in self.files:
            for segment in file.segments:
                if segment.heading and (entry := self.entry(segment.text)).target:
                    found.setdefault((file.path, segment.heading), slugify(words(entry.target)) or "heading")
        return found

    def entry(self, text: Text) -> Entry:
        """What may be shown: a translation that has been looked at, or nothing."""
        found = self.memory.find(text)
        return found if found.state == "translated" else replace(found, target="")

    def said(self, programme: bool) -> dict[str, bytes]:
        """The files in this language; their lines are noted in `places`, what is missing in `problems`."""
        made = {}
        for file in self.files:
            if file.programme == programme:
                made[file.path] = self.file(file).encode("utf-8", "surrogatepass")
                self.report(file)
        return made

    def file(self, file: Words) -> str:
        pieces: list[str] = []
        places: list[Span] = []
        at = 0
        begins = [0, *(i + 1 for i, c in enumerate(file.text) if c == "\n")]

        def line(offset: int) -> Span:
            return Span(file.span.path, bisect_right(begins, offset))

        def copy(until: int) -> None:
            piece = file.text[at:until]
            if not places:
                places.append(line(at))
            places.extend(line(at + i + 1) for i, c in enumerate(piece) if c == "\n")
            pieces.append(piece)

        for segment in file.segments:
            if segment.start < at:
                continue
            copy(segment.start)
            entry = self.entry(segment.text)
            if entry.target:
                pieces.append(segment.written(entry.target))
                if places[-1].path == file.span.path:
                    places[-1] = entry.span
            else:
                pieces.append(segment.foreign(self.course.settings.language))
            if segment.form == "yaml" and segment.suffix:
                places.append(line(segment.end))
            at = segment.end
        copy(len(file.text))
        self.places[file.span.path] = places
        return self.linked(file.path, "".join(pieces)) if file.path.endswith(".md") else "".join(pieces)

    def linked(self, path: str, text: str) -> str:
        """Links to headings, as these are called in this language."""
        return relinked(text, path, self.anchors)

    def report(self, file: Words) -> None:
        """What has no translation, and what has changed since."""
        states: dict[str, list[tuple[Segment, Entry]]] = {"new": [], "changed": [], "translated": []}
        for segment in file.segments:
            entry = self.memory.find(segment.text)
            states[entry.state].append((segment, entry))
        if states["new"]:
            first = states["new"][0][0].text
            values = {"count": len(states["new"]), "all": len(file.segments), "language": self.tag}
            self.problems.append(NOT_TRANSLATED.at(first.span, text=short(first.source), **values))
        if states["changed"]:
            segment, entry = states["changed"][0]
            values = {"count": len(states["changed"]), "all": len(file.segments), "language": self.tag}
            self.problems.append(CHANGED.at(entry.span, text=short(segment.text.source), **values))


OF_THE_WHOLE = ("LCK", "QST022", "QST032", "SET117", "PGE004", "MED004")
"""What is said of a course once, whatever its languages, or means nothing in a translation: a spelling that is the same in both."""


def concerns(problem: Problem) -> bool:
    """Whether a finding concerns the translation itself."""
    return not problem.id.startswith(OF_THE_WHOLE)


def relinked(text: str, path: str, anchors: Mapping[tuple[str, str], str]) -> str:
    """The text of the page at `path`, its links to headings with the anchors of this language."""
    import posixpath
    import re

    def link(match: re.Match[str]) -> str:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(path), match[2])) if match[2] else path
        return f"{match[1]}{match[2]}#{anchors.get((target, slugify(match[3])), match[3])}{match[4]}"

    return re.sub(r"(\]\(|^\[[^\]\n]+\]:\s*)([^()\s#<>:]*)#([^()\s]+)(\)|\s|$)", link, text, flags=re.MULTILINE)


def _of_settings(tree: Tree, path: str, prefix: str, keys: Sequence[str], note: str) -> Iterator[Words]:
    text = _text(tree, path)
    if text is not None:
        name = prefix if prefix != "section" else f"section:{PurePosixPath(path).parts[1]}"
        yield Words(path, text, list(of_settings(text, tree.span(path), name, keys, note)), tree.span(path))


def _of_page(tree: Tree, path: str, text: str) -> list[Segment]:
    id, front, offset, title = page_at(path, text, tree.span(path))
    id = f"bank-{id}" if path.startswith(f"{BANKS}/") else id
    begin = text.find("\n") + 1
    settings = of_settings(
        front, Span(tree.span(path).path, 2), id, ("title", "sections.*.title"), "a setting of the page"
    )
    shifted = [replace(one, start=one.start + begin, end=one.end + begin) for one in settings]
    return [*shifted, *of_page(text, tree.span(path), id, offset, title)]


def _below(prefix: str, own: str, segments: Sequence[Segment]) -> Sequence[Segment]:
    return segments if own == prefix else renamed(segments, prefix)


def _text(tree: Tree, path: str) -> str | None:
    file = tree.file(path)
    return read_text(file, tree.span(path))[0] if file else None


def _is_section(path: str) -> bool:
    return PurePosixPath(path).name == "section.yaml"
