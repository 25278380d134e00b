"""ACC rules: what can be told of a page's accessibility without running it (WCAG 2.2).

They are warnings: a package that breaks them is still a valid package. Turn them into errors with a severity override.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from scormkit.check.package import colours, htmltree
from scormkit.check.package.package import suffix
from scormkit.check.package.references import blank_comments
from scormkit.model.problem import Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scormkit.check.package.htmltree import Element, Page
    from scormkit.check.package.package import Package
    from scormkit.model.problem import Problem
    from scormkit.model.source import Span

WARNING, ADVICE = Severity.WARNING, Severity.ADVICE

NO_LANGUAGE = Rule(
    "ACC001", WARNING,
    "the page does not say its language",
    "add lang=\"en\" or another language to <html>",
    "A screen reader reads it with the wrong voice.",
    "WCAG 2.2, 3.1.1",
)  # fmt: skip
LANGUAGE = Rule(
    "ACC002", WARNING,
    "{value!r} is not a language",
    "write a tag such as en, en-GB or cy",
    "A screen reader reads the text with the wrong voice.",
    "WCAG 2.2, 3.1.1; BCP 47",
)  # fmt: skip
NO_TITLE = Rule(
    "ACC003", WARNING,
    "the page has no title",
    "add <title> with words that tell it from other pages",
    "Screen readers say the title first; tabs show it.",
    "WCAG 2.2, 2.4.2",
)  # fmt: skip
NO_ALT = Rule(
    "ACC004", WARNING,
    "the picture {name!r} has no text alternative",
    "add alt=\"...\" with what it says, or alt=\"\" if it only decorates",
    "Who cannot see it hears its file name instead.",
    "WCAG 2.2, 1.1.1",
)  # fmt: skip
POOR_ALT = Rule(
    "ACC005", WARNING,
    "the text alternative {alt!r} says nothing",
    "describe what the picture says",
    "Who cannot see it learns nothing from a file name.",
    "WCAG 2.2, 1.1.1",
)  # fmt: skip
HEADINGS = Rule(
    "ACC006", WARNING,
    "{what}",
    "begin with one <h1> and go down one level at a time",
    "Screen reader users move from heading to heading.",
    "WCAG 2.2, 1.3.1",
)  # fmt: skip
NO_CAPTIONS = Rule(
    "ACC007", WARNING,
    "the video has no captions",
    "add <track kind=\"captions\"> with a .vtt file",
    "Who cannot hear it, or must not make noise, learns nothing.",
    "WCAG 2.2, 1.2.2",
)  # fmt: skip
NO_TRANSCRIPT = Rule(
    "ACC008", WARNING,
    "the sound has no transcript near it",
    "put the words beneath it, or a link called transcript",
    "Who cannot hear it learns nothing.",
    "WCAG 2.2, 1.2.1",
)  # fmt: skip
NO_LABEL = Rule(
    "ACC009", WARNING,
    "the field {name!r} has no label",
    "add <label for=\"...\"> or aria-label",
    "A screen reader cannot say what is to be filled in.",
    "WCAG 2.2, 1.3.1 and 4.1.2",
)  # fmt: skip
NO_WORDS = Rule(
    "ACC010", WARNING,
    "the {tag} has no text",
    "add words, aria-label, or a text alternative for the picture in it",
    "A screen reader says only that there is one.",
    "WCAG 2.2, 2.4.4 and 4.1.2",
)  # fmt: skip
SAME_ID = Rule(
    "ACC011", WARNING,
    "the id {value!r}, which a label or aria attribute refers to, is there {count} times",
    "make it unique",
    "The label may belong to the wrong field.",
    "WCAG 2.2, 4.1.2",
)  # fmt: skip
ZOOM = Rule(
    "ACC012", WARNING,
    "the page forbids zooming ({value})",
    "take user-scalable and maximum-scale out",
    "Who needs larger letters cannot have them.",
    "WCAG 2.2, 1.4.4",
)  # fmt: skip
CONTRAST = Rule(
    "ACC013", WARNING,
    "{text} on {ground} has a contrast of {ratio}:1",
    "choose colours with at least {least}:1",
    "Many people cannot read it.",
    "WCAG 2.2, 1.4.3",
)  # fmt: skip
TABINDEX = Rule(
    "ACC014", WARNING,
    "tabindex is {value}",
    "use 0 or -1, and put elements into the order in which they are to be reached",
    "The keyboard jumps about the page.",
    "WCAG 2.2, 2.4.3",
)  # fmt: skip
TABLE = Rule(
    "ACC015", WARNING,
    "the table has no heading cells",
    "use <th> in its first row or column; role=\"presentation\" if it only arranges",
    "A screen reader cannot say to which column a cell belongs.",
    "WCAG 2.2, 1.3.1",
)  # fmt: skip
AUTOPLAY = Rule(
    "ACC016", WARNING,
    "the {tag} plays by itself",
    "take autoplay out",
    "It drowns the screen reader and startles people.",
    "WCAG 2.2, 1.4.2",
)  # fmt: skip
FRAME = Rule(
    "ACC017", WARNING,
    "the frame has no title",
    "add title=\"...\" with what is in it",
    "A screen reader says only that there is a frame.",
    "WCAG 2.2, 4.1.2",
)  # fmt: skip
NO_MAIN = Rule(
    "ACC018", WARNING,
    "the page has neither a <main> nor a link that skips to the content",
    "put the content into <main>",
    "Who uses the keyboard has to go through the menu on every page.",
    "WCAG 2.2, 2.4.1",
)  # fmt: skip
MOTION = Rule(
    "ACC019", WARNING,
    "there are animations, but no style for people who asked for less motion",
    "add @media (prefers-reduced-motion: reduce)",
    "Motion makes some people ill.",
    "WCAG 2.2, 2.3.3 (AAA)",
)  # fmt: skip
NO_STATEMENT = Rule(
    "ACC020", ADVICE,
    "there is no accessibility statement in the package",
    "add one, or make sure that your site has one for the course",
    "Public bodies in the UK have to publish one.",
    "Public Sector Bodies (Websites and Mobile Applications) Accessibility Regulations 2018, reg. 8",
)  # fmt: skip

LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
FILE_NAME = re.compile(r"\S+\.(png|jpe?g|gif|svg|webp|bmp)", re.I)
EMPTY_WORDS = {"image", "picture", "photo", "graphic", "img", "icon", "untitled", "alt", "bild", "spacer"}
UNLABELLED = ("hidden", "submit", "button", "reset", "image")
REFERRING = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns")
ANIMATED = re.compile(r"@keyframes|(?:^|[;{\s])animation(?:-name)?\s*:\s*(?!none)", re.M)
_RULE = re.compile(r"\{([^{}]{0,4000})\}")
LAYOUT_TABLE = ("presentation", "none")


def check(package: Package) -> Iterator[Problem]:
    """Every page that is a document of its own, and the style sheets."""
    documents = {name: page for name, page in package.pages.items() if page.is_document}
    for name, page in documents.items():
        spot = _Spot(package, name, page)
        for rule in (_document, _headings, _pictures, _media, _fields, _names, _ids, _tables, _landmarks):
            yield from rule(page, spot)
        for style in page.all("style"):
            for offset, found in _contrasts(style.text):
                yield CONTRAST.at(spot.offset(style.raw_at + offset), **found)
    for name, text in package.texts.items():
        if suffix(name) == ".css":
            lines = htmltree.line_starts(text)
            for offset, found in _contrasts(text):
                yield CONTRAST.at(package.at(name, *htmltree.place(lines, offset)), **found)
    yield from _package(package, documents)


TRANSCRIPT = ("transcript", "transcri", "transkri", "trawsgrifiad", "abschrift", "trascri", "النص المكتوب")
"""What a transcript is called, in small letters: in English, French, Spanish, German, Welsh, Italian, Arabic and their like."""


class _Spot:
    """Where an element of one page stands."""

    def __init__(self, package: Package, name: str, page: Page) -> None:
        self.package, self.name, self.page = package, name, page

    def __call__(self, element: Element | None = None) -> Span:
        return self.offset(element.offset) if element else self.package.at(self.name)

    def offset(self, offset: int) -> Span:
        return self.package.at(self.name, *self.page.place(offset))


def _document(page: Page, spot: _Spot) -> Iterator[Problem]:
    html = next(iter(page.all("html")), None)
    language = (html.get("lang") or html.get("xml:lang")).strip() if html else ""
    if not language:
        yield NO_LANGUAGE.at(spot(html))
    for element in page.elements:
        value = element.get("lang").strip()
        if value and not LANGUAGE_TAG.fullmatch(value):
            yield LANGUAGE.at(spot(element), value=value)
        order = element.get("tabindex").strip()
        if order.isdecimal() and int(order[:9]) > 0:
            yield TABINDEX.at(spot(element), value=order)
    if not any(title.words for title in page.all("title")):
        yield NO_TITLE.at(spot())
    for meta in page.all("meta"):
        content = meta.get("content").replace(" ", "").lower()
        scale = re.search(r"maximum-scale=([\d.]+)", content)
        if meta.get("name").lower() != "viewport":
            continue
        if "user-scalable=no" in content or "user-scalable=0" in content:
            yield ZOOM.at(spot(meta), value="user-scalable=no")
        elif scale and _number(scale.group(1)) < 2:
            yield ZOOM.at(spot(meta), value=scale.group())


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 2.0


def _headings(page: Page, spot: _Spot) -> Iterator[Problem]:
    headings = page.all("h1", "h2", "h3", "h4", "h5", "h6")
    if headings and not any(h.tag == "h1" for h in headings):
        yield HEADINGS.at(spot(headings[0]), what="the page has no main heading (h1)")
    before = 1
    for heading in headings:
        level = int(heading.tag[1])
        if level > before + 1:
            yield HEADINGS.at(spot(heading), what=f"the heading is of level {level} after one of level {before}")
        before = level


def _pictures(page: Page, spot: _Spot) -> Iterator[Problem]:
    for image in page.elements:
        if image.tag not in ("img", "area") and not (image.tag == "input" and image.get("type").lower() == "image"):
            continue
        if image.tag == "area" and not image.get("href"):
            continue
        name = image.get("src").rpartition("/")[2][:80] or image.tag
        alt = image.get("alt").strip()
        if "alt" not in image.attributes:
            if not _named(image) and image.get("role") not in LAYOUT_TABLE:
                yield NO_ALT.at(spot(image), name=name)
        elif FILE_NAME.fullmatch(alt) or alt.lower() in EMPTY_WORDS:
            yield POOR_ALT.at(spot(image), alt=alt)


def _named(element: Element) -> bool:
    """Whether an aria attribute or title gives it a name, or it is taken out of the accessibility tree."""
    if element.get("aria-hidden") == "true":
        return True
    return any(element.get(attribute).strip() for attribute in ("aria-label", "aria-labelledby", "title"))


def _media(page: Page, spot: _Spot) -> Iterator[Problem]:
    text = None
    for element in page.all("video", "audio"):
        inside = tuple(element.walk)
        kinds = {e.get("kind").lower() for e in inside if e.tag == "track"}
        if element.tag == "video" and not kinds & {"captions", "subtitles"} and "muted" not in element.attributes:
            yield NO_CAPTIONS.at(spot(element))
        if element.tag == "audio" and not kinds:
            text = text if text is not None else " ".join(e.text for e in page.elements).lower()
            if not any(word in text for word in TRANSCRIPT):
                yield NO_TRANSCRIPT.at(spot(element))
        if "autoplay" in element.attributes and "muted" not in element.attributes:
            yield AUTOPLAY.at(spot(element), tag=element.tag)


def _fields(page: Page, spot: _Spot) -> Iterator[Problem]:
    labelled = {label.get("for") for label in page.all("label") if label.get("for")}
    for field in page.all("input", "select", "textarea"):
        if field.tag == "input" and field.get("type").lower() in UNLABELLED:
            continue
        inside = any(ancestor.tag == "label" for ancestor in field.ancestors)
        if not inside and not _named(field) and field.get("id") not in labelled:
            yield NO_LABEL.at(spot(field), name=field.get("name") or field.get("id") or field.tag)


def _names(page: Page, spot: _Spot) -> Iterator[Problem]:
    for element in page.all("a", "button"):
        if element.tag == "a" and "href" not in element.attributes:
            continue
        if not _named(element) and not element.words and not any(_speaks(inner) for inner in element.walk):
            yield NO_WORDS.at(spot(element), tag={"a": "link"}.get(element.tag, "button"))
    for frame in page.all("iframe", "frame"):
        if not _named(frame):
            yield FRAME.at(spot(frame))


def _speaks(element: Element) -> bool:
    return bool(element.get("alt").strip() or element.get("aria-label").strip() or element.tag == "title")


def _ids(page: Page, spot: _Spot) -> Iterator[Problem]:
    templates = page.all("template")  # each is a document of its own until a script takes it out (HTML, 4.12.3)
    inert = {inner for template in templates for inner in tuple(template.walk)[1:]}
    shown = [element for element in page.elements if element not in inert]
    for elements in (shown, *(list(template.walk)[1:] for template in templates)):
        yield from _ids_of(elements, spot)


def _ids_of(elements: Sequence[Element], spot: _Spot) -> Iterator[Problem]:
    counted = Counter(e.get("id") for e in elements if e.get("id"))
    wanted = {one for e in elements for name in REFERRING for one in e.get(name).split()}
    told: set[str] = set()
    for element in elements:
        value = element.get("id")
        if value in wanted and counted[value] > 1 and value not in told:
            told.add(value)
            yield SAME_ID.at(spot(element), value=value, count=counted[value])


def _tables(page: Page, spot: _Spot) -> Iterator[Problem]:
    """Data tables only: those that arrange a page hold other tables, pictures or forms, or say so."""
    for table in page.all("table"):
        inside = tuple(table.walk)[1:]
        if table.get("role") in LAYOUT_TABLE or any(e.tag in ("table", "img", "form", "div", "input") for e in inside):
            continue
        rows = [e for e in inside if e.tag == "tr"]
        if len(rows) < 2 or max(len(row.children) for row in rows) < 2:
            continue
        if not any(e.tag == "th" or e.get("scope") or e.get("role") in ("columnheader", "rowheader") for e in inside):
            yield TABLE.at(spot(table))


def _landmarks(page: Page, spot: _Spot) -> Iterator[Problem]:
    if any(e.tag == "frameset" for e in page.elements):
        return
    if not any(e.tag == "main" or e.get("role") == "main" or e.get("href").startswith("#") for e in page.elements):
        yield NO_MAIN.at(spot())


def _contrasts(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Where each rule with too little contrast starts, and what its message says of it."""
    for match in _RULE.finditer(blank_comments(text)):
        found = colours.contrast(match.group(1))
        if found:
            yield match.start(), found


def _package(package: Package, documents: dict[str, Page]) -> Iterator[Problem]:
    styles = {n: t for n, t in package.texts.items() if suffix(n) == ".css"}
    inline = [style.text for page in documents.values() for style in page.all("style")]
    every = [*styles.values(), *inline]
    if any(ANIMATED.search(t) for t in every) and not any("prefers-reduced-motion" in t for t in every):
        first = next((n for n, t in styles.items() if ANIMATED.search(t)), "")
        yield MOTION.at(package.at(first))
    if documents and not any("accessibility" in text.lower() for text in package.texts.values()):
        yield NO_STATEMENT.at(package.at())
