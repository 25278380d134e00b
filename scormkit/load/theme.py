"""A folder with a theme.yaml -> Theme: how a course looks.

In: what the setting `theme` says, the `Tree` of a course and that of its programme, in either of which the folder may stand.
Out: a `Theme`, and problems. Nothing outside the folder is read, and nothing of it can run: colours are colours, the style
sheet is read by stylesheet.py, the templates are HTML that is cleaned like an author's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from scormkit.load.files import Found, Tree, read_text
from scormkit.load.media import read_media
from scormkit.load.settings import read
from scormkit.load.stylesheet import FOLDER, NO_FILE, StyleReader, font_faces
from scormkit.load.theme_parts import PARTS, read_part
from scormkit.load.yaml import Document, read_settings
from scormkit.model.course import Media, Theme
from scormkit.model.problem import Problem, Rule, Severity, meant
from scormkit.model.source import Span
from scormkit.model.theme import DEFAULT, THEME, ThemeSettings

OUTSIDE = Rule(
    "THM001",
    Severity.ERROR,
    "the theme '{name}' leads out of the course and its programme",
    "write the path of a folder beside course.yaml or programme.yaml, with forward slashes, such as themes/my-trust",
    "Only what stands in the course or its programme gets into the package.",
)
NO_THEME = Rule(
    "THM002",
    Severity.ERROR,
    "there is no theme '{name}'{hint}",
    "put a theme.yaml into the folder {name}, beside course.yaml or programme.yaml",
    "The course would look like any other.",
)
NO_COLOUR = Rule(
    "THM003",
    Severity.ERROR,
    "'{value}' is no colour for '{key}'",
    "write six hexadecimal digits in quotes, such as '#005eb8'",
    "Contrast is reckoned from them while the course is built.",
)
COMMENT = Rule(
    "THM004",
    Severity.ERROR,
    "'{key}' has no colour",
    "write it in quotes: {key}: '#005eb8'",
    "YAML takes a # behind a space for the beginning of a comment.",
    "YAML 1.2.2, 6.6 Comments",
)
ODD_VALUE = Rule(
    "THM005",
    Severity.ERROR,
    "'{value}' is nothing that '{key}' can be",
    "write {wanted}",
    "A value that browsers do not know has no effect, and nobody notices.",
)
WRONG_FILE = Rule(
    "THM006",
    Severity.ERROR,
    "'{written}' is not {wanted}",
    "{remedy}",
    "Browsers could not show it here.",
)
NO_LOGO_WORDS = Rule(
    "THM007",
    Severity.ERROR,
    "the logo has no text alternative",
    "add a line 'logo-alt: ...' with what the logo says, such as the organisation's name",
    "Whoever cannot see it is not told whose course this is.",
    "WCAG 2.2, 1.1.1 Non-text Content",
)
NOT_OF_A_THEME = Rule(
    "THM008",
    Severity.ERROR,
    "the theme holds the file {name}, which {why}",
    "{remedy}",
    "A theme is theme.yaml, theme.css, templates, and the pictures and fonts that they name.",
)
UNUSED = Rule(
    "THM009",
    Severity.WARNING,
    "nothing in the theme names the file {name}",
    "name it in theme.yaml or theme.css, or remove it",
    "It is not put into the package.",
)

PICTURES = (".svg", ".png", ".webp")
STYLE = "theme.css"
_COLOUR = re.compile(r"#?([0-9a-fA-F]{3}|[0-9a-fA-F]{6})")
_LENGTHS = {
    "corner": (re.compile(r"0|(?:\d{1,2}|\d?\.\d+|\d\.\d+)(?:px|rem|em)"), "a length such as 6px or 0.375rem"),
    "measure": (re.compile(r"\d{2}(?:\.\d+)?(?:rem|em|ch)|[3-9]\d{2}px|1[0-2]\d{2}px"), "a length such as 42rem"),
}
_FAMILIES = re.compile(r"[\w .,'\"-]+")
_FAMILY = re.compile(r"[\w .-]+")
_WEIGHT = re.compile(r"[1-9]\d{0,2}(?: [1-9]\d{0,3})?|normal|bold")
_SCRIPTS = (".js", ".mjs", ".ts", ".php", ".py", ".exe", ".wasm")
_ASIDE = re.compile(r"(readme|licen[cs]e|ofl|copying|notice|authors)\b.*", re.IGNORECASE)


def load_theme(name: str, tree: Tree, programme: Tree | None, place: Span, problems: list[Problem]) -> Theme | None:
    """The theme that the settings name at `place`; None for the default, and where it cannot be had."""
    if name == DEFAULT:
        return None
    parts = name.split("/")
    if "\\" in name or ":" in name or any(part in ("", ".", "..") for part in parts):
        problems.append(OUTSIDE.at(place, name=name))
        return None
    for around in (tree, programme):
        if around and around.file(f"{name}/{THEME}"):
            reader = _Reader(around, name, around.files(name))
            theme = reader.read()
            problems += reader.problems
            return theme
    there = sorted({found for around in (tree, programme) if around for found in _themes(around, parts[0])})
    problems.append(NO_THEME.at(place, name=name, hint=meant(name, there)))
    return None


def _themes(tree: Tree, folder: str) -> Iterator[str]:
    for around in {folder, "themes"}:
        yield from (path.removesuffix(f"/{THEME}") for path in tree.files(around) if path.endswith(f"/{THEME}"))


@dataclass
class _Reader:
    """Reads one theme; `used` grows by the files that go into the package."""

    tree: Tree
    name: str
    found: dict[str, Found]
    problems: list[Problem] = field(default_factory=list)
    used: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.files = {path.removeprefix(f"{self.name}/"): found for path, found in self.found.items()}

    def read(self) -> Theme:
        document = self.document()
        settings, wrong = read(ThemeSettings, document, self.span(THEME), THEME)
        self.problems += wrong
        settings = self.sound(settings, document)
        style = "".join(font_faces(self.fonts(settings, document))) + self.style()
        logo = self.logo(settings, document)
        parts = {name: part for name in PARTS if (part := self.part(name)) is not None}
        self.strangers()
        media = tuple(self.media(path) for path in sorted(self.used))
        places = {".".join(map(str, path)): place for path, place in document.values.items() if path}
        return Theme(settings, style, parts, media, logo, self.span(THEME), places)

    def document(self) -> Document:
        """theme.yaml; colours that YAML took for comments are told and left out."""
        text = self.text(THEME)
        document = read_settings(text or "", self.span(THEME))
        self.problems += document.problems
        for group in ("colours", "dark"):
            said = document.data.get(group) if isinstance(document.data, dict) else None
            if not isinstance(said, dict):
                continue
            for key in [key for key, value in said.items() if value is None]:
                self.problems.append(COMMENT.at(document.place((group, key), key=True) or self.span(THEME), key=key))
                del said[key]
        return document

    def sound(self, settings: ThemeSettings, document: Document) -> ThemeSettings:
        """The settings without values that browsers would not understand; colours all begin with #."""
        fit: dict[str, object] = {}
        for group in ("colours", "dark"):
            colours = {}
            for key, value in getattr(settings, group).said.items():
                if match := _COLOUR.fullmatch(value):
                    colours[key] = f"#{match[1].lower()}"
                else:
                    self.problems.append(NO_COLOUR.at(self.place(document, group, key), value=value, key=key))
            fit[group] = colours
        for key, (pattern, wanted) in _LENGTHS.items():
            fit |= self.fitting(settings, document, key, pattern, wanted)
        for key in ("text", "code"):
            fit |= self.fitting(settings, document, key, _FAMILIES, "names of fonts with commas between them")
        kept = settings.model_dump(by_alias=True, exclude_none=True, exclude={*fit, *_LENGTHS, "text", "code"})
        return ThemeSettings.model_validate(kept | fit)

    def fitting(
        self, settings: ThemeSettings, document: Document, key: str, pattern: re.Pattern[str], wanted: str
    ) -> dict[str, object]:
        value = getattr(settings, key)
        if value is None:
            return {}
        if pattern.fullmatch(value) and value.count('"') % 2 == value.count("'") % 2 == 0:
            return {key: value}
        self.problems.append(ODD_VALUE.at(self.place(document, key), value=value, key=key, wanted=wanted))
        return {}

    def fonts(self, settings: ThemeSettings, document: Document) -> dict[str, tuple[str, str, str]]:
        """The fonts that can be used, by their place in the package."""
        made: dict[str, tuple[str, str, str]] = {}
        for number, font in enumerate(settings.fonts):
            for key, pattern, wanted in (
                ("family", _FAMILY, "a name of letters, digits and spaces"),
                ("weight", _WEIGHT, "a weight such as 700, or a range such as 100 900"),
            ):
                value = getattr(font, key)
                if not pattern.fullmatch(value):
                    at = self.place(document, "fonts", number, key)
                    self.problems.append(ODD_VALUE.at(at, value=value, key=key, wanted=wanted))
                    break
            else:
                at = self.place(document, "fonts", number, "file")
                if self.take(font.file, at, (".woff2",), "a font", "woff2"):
                    made[f"{FOLDER}/{font.file}"] = (font.family, font.weight, font.style)
        return made

    def logo(self, settings: ThemeSettings, document: Document) -> str:
        if settings.logo is None:
            return ""
        at = self.place(document, "logo")
        if not settings.logo_alt:
            self.problems.append(NO_LOGO_WORDS.at(at))
        return f"{FOLDER}/{settings.logo}" if self.take(settings.logo, at, PICTURES, "a picture") else ""

    def style(self) -> str:
        text = self.text(STYLE) if STYLE in self.files else None
        if text is None:
            return ""
        reader = StyleReader(text, self.span(STYLE), [path for path in self.files if path.endswith(PICTURES)])
        made = reader.read()
        self.problems += reader.problems
        self.used |= reader.used
        return made

    def part(self, name: str) -> str | None:
        path = f"templates/{name}.html"
        text = self.text(path) if path in self.files else None
        if text is None:
            return None
        pictures = [path for path in self.files if path.endswith(PICTURES)]
        made, used, problems = read_part(name, text, self.span(path), pictures)
        self.problems += problems
        self.used |= used
        return made

    def take(self, written: str, at: Span, endings: tuple[str, ...], wanted: str, content: str = "") -> bool:
        """Whether a file that theme.yaml names is there and of the right kind; it goes into the package then."""
        if written not in self.files:
            hint = meant(written, self.files)
            self.problems.append(NO_FILE.at(at, written=written, hint=hint))
            return False
        right = PurePosixPath(written).suffix in endings and (not content or self.media(written).content == content)
        if not right:
            remedy = f"convert it, and name a file that ends in {' or '.join(endings)}"
            self.problems.append(WRONG_FILE.at(at, written=written, wanted=wanted, remedy=remedy))
            return False
        self.used.add(written)
        return True

    def strangers(self) -> None:
        """Files that a theme cannot have, and those that nothing in it names."""
        for path in sorted(self.files.keys() - self.used - {THEME, STYLE}):
            folder, _, name = path.rpartition("/")
            if path.endswith(_SCRIPTS):
                why, remedy = "is a script", "remove it: themes say how a course looks, and never what it does"
            elif folder == "templates" and name.removesuffix(".html") in PARTS and name.endswith(".html"):
                continue
            elif folder == "templates" and name.endswith(".html"):
                hint = meant(name, [f"{part}.html" for part in PARTS], "{}")
                why = f"is none of the parts of a page{hint}"
                remedy = f"rename it: there are {', '.join(f'{part}.html' for part in PARTS)}"
            elif _ASIDE.fullmatch(name):
                continue
            elif any(problem.severity.rank <= Severity.ERROR.rank for problem in self.problems):
                continue  # what should have named it may be what is wrong
            else:
                self.problems.append(UNUSED.at(self.span(path), name=path))
                continue
            self.problems.append(NOT_OF_A_THEME.at(self.span(path), name=path, why=why, remedy=remedy))

    def media(self, path: str) -> Media:
        return read_media(self.files[path], f"{FOLDER}/{path}", self.span(path), self.problems)

    def text(self, path: str) -> str | None:
        text, wrong = read_text(self.files[path], self.span(path))
        self.problems += wrong
        return text

    def span(self, path: str) -> Span:
        return self.tree.span(f"{self.name}/{path}")

    def place(self, document: Document, *path: str | int) -> Span:
        return document.place(path) or self.span(THEME)
