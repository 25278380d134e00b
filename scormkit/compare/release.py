"""Release: what a version of a course is to its learners and their records, whatever it was packed as.

In: the files of a package. Out: `Release`. The numbers and ids stand in the payload of the launch page (docs/contract.md), the
words in its HTML, the identifiers in the manifest. Packages of other tools have no payload: of them only identifiers and files
are known.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree

LAUNCH = "index.html"
PAYLOAD = re.compile(rb'<script type="application/json" id="course">(.*?)</script>', re.DOTALL)
OWN_FILES = (LAUNCH, "player.js", "theme.css")


@dataclass(frozen=True)
class Contents:
    """The files of a package: `sums` are their sizes and CRC-32 by name, `read` gives the bytes of one.

    `name` is what its author calls it, `format` the kind of package, empty for a course folder. `guessed` is a folder without a
    course.lock: its numbers are those that a first build would give.
    """

    name: str
    sums: Mapping[str, tuple[int, int]]
    read: Callable[[str], bytes]
    format: str = ""
    guessed: bool = False


@dataclass(frozen=True)
class Option:
    """What can be chosen: the letter in reports, the number in saved progress, and its words."""

    key: str
    number: int
    text: str


@dataclass(frozen=True)
class Question:
    """A question as learners and their records know it. `correct` are the accepted responses, options by number."""

    id: str
    number: int
    revision: int
    page: str
    type: str
    prompt: str
    points: float
    tries: int
    options: tuple[Option, ...]
    correct: tuple[tuple[str, ...], ...]
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Page:
    """A page; `rules` are the assessment's, empty for other pages; `words` its texts without those of questions."""

    id: str
    number: int
    title: str
    type: str
    rules: Mapping[str, Any] = field(default_factory=dict)
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Release:
    """A version of a course. `known` is whether it was made by scormkit, so that more than its files can be compared; `guessed`
    is whether its numbers are those of no package.
    """

    name: str
    format: str = ""
    known: bool = False
    id: str = ""
    title: str = ""
    version: str = ""
    identifiers: Mapping[str, str] = field(default_factory=dict)
    pages: Mapping[str, Page] = field(default_factory=dict)
    questions: Mapping[str, Question] = field(default_factory=dict)
    objectives: Mapping[str, str] = field(default_factory=dict)
    settings: Mapping[str, Any] = field(default_factory=dict)
    files: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    guessed: bool = False


def read_release(contents: Contents) -> Release:
    """The release that the files of a package make. Raises ValueError where its payload or manifest is damaged."""
    files = {name: sums for name, sums in contents.sums.items() if not name.endswith((".xsd", ".dtd"))}
    identifiers = _identifiers(contents)
    document = contents.read(LAUNCH) if LAUNCH in contents.sums else b""
    found = PAYLOAD.search(document)
    if not found:
        return Release(contents.name, contents.format, identifiers=identifiers, files=files)
    told = json.loads(found[1])
    words = _Words()
    words.feed(document.decode("utf-8", "replace"))
    try:
        return Release(
            contents.name,
            contents.format,
            True,
            told["id"],
            told["title"],
            told["version"],
            identifiers,
            {page["id"]: _page(page, words) for page in told["pages"]},
            {question["id"]: _question(question, words) for question in told["questions"]},
            {objective["id"]: objective["text"] for objective in told["objectives"]},
            {"completion": told["completion"], "navigation": told["navigation"], "language": told["language"]},
            files,
            contents.guessed,
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"the course data in {LAUNCH} lack {error}") from error


def _page(told: Mapping[str, Any], words: _Words) -> Page:
    texts = tuple(words.found.get(("page", told["id"]), ()))
    return Page(told["id"], told["number"], told["title"], told["type"], told.get("assessment", {}), texts)


def _question(told: Mapping[str, Any], words: _Words) -> Question:
    said = told["interaction"]
    texts = {part["key"]: part["text"] for name in ("choices", "scale", "source") for part in said.get(name, ())}
    options = tuple(Option(o["key"], o["number"], texts.get(o["key"], o["key"])) for o in told["options"])
    numbers = {option.key: str(option.number) for option in options}
    right = [[numbers.get(item, item) for item in response] for response in said["correct"]]
    if said["kind"] == "choice":  # where several are right, their order says nothing
        right = [sorted(response) for response in right]
    return Question(
        told["id"],
        told["number"],
        told["revision"],
        told["page"],
        told["type"],
        said["description"],
        told["points"],
        told["tries"],
        options,
        tuple(sorted(tuple(response) for response in right)),
        tuple(words.found.get(("question", told["id"]), ())),
    )


def _identifiers(contents: Contents) -> dict[str, str]:
    """The identifiers that hosts file learners' records under, by what they are of."""
    found: dict[str, str] = {}
    for name in ("imsmanifest.xml", "tincan.xml", "cmi5.xml"):
        if name not in contents.sums:
            continue
        try:
            root = ElementTree.fromstring(_without_doctype(contents.read(name)))
        except ElementTree.ParseError as error:
            raise ValueError(f"{name} is not well-formed: {error}") from error
        for element in root.iter():
            kind = element.tag.rpartition("}")[2]
            identifier = element.get("identifier") or element.get("id")
            if kind in ("manifest", "organization", "item", "resource", "activity", "au") and identifier:
                found.setdefault(kind, identifier)
    return found


def _without_doctype(data: bytes) -> bytes:
    """A manifest of these standards has no DOCTYPE, and one could grow beyond all bounds."""
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise ValueError("the manifest has a DOCTYPE, which these standards do not use")
    return data


class _Words(HTMLParser):
    """The texts of a launch page, paragraph by paragraph, by the page or question that they stand in."""

    BLOCKS = frozenset(
        {
            *("p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "td", "th", "dt", "dd", "label", "legend", "figcaption"),
            *("summary", "blockquote", "div", "section", "pre", "tr", "button", "details"),
        }
    )
    SILENT = frozenset(("script", "style", "nav", "button", "template"))
    COUNTED = frozenset(
        ("kicker", "completes")
    )  # "Page 2 of 9": changes everywhere when a page comes, and says nothing new
    VOID = frozenset(("img", "br", "hr", "input", "meta", "link", "source", "track", "col", "wbr", "area"))

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: dict[tuple[str, str], list[str]] = {}
        self._open: list[tuple[str, tuple[str, str] | None, bool]] = []
        self._text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag in self.BLOCKS:
            self._finish()
        if tag == "img" and said.get("alt"):
            self._text.append(f" [{said['alt']}] ")
        if tag in self.VOID:
            return
        place, silent = self._open[-1][1:] if self._open else (None, False)
        silent = silent or tag in self.SILENT or "data-number" in said or said.get("class") in self.COUNTED
        for kind in ("page", "question"):
            name = said.get(f"data-{kind}")
            if tag == "section" and name:
                place = (kind, name)
        self._open.append((tag, place, silent))

    def handle_endtag(self, tag: str) -> None:
        if tag in self.BLOCKS:
            self._finish()
        while self._open and any(name == tag for name, _, _ in self._open):
            if self._open.pop()[0] == tag:
                return

    def handle_data(self, data: str) -> None:
        if self._open and not self._open[-1][2]:
            self._text.append(data)

    def _finish(self) -> None:
        text = " ".join("".join(self._text).split())
        self._text = []
        place = self._open[-1][1] if self._open else None
        if text and place:
            self.found.setdefault(place, []).append(text)
