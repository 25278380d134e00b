"""Course -> the review copy and the handout: one HTML file each, written with the course's own templates and theme.

Review templates stand before those of the course: `course.html` and `page.html` leave out menus and buttons,
`question.html` shows a question as on paper. Pictures and short recordings are inside the file.
"""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from pathlib import Path
from urllib.parse import unquote

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from scormkit.model.course import Block, Course, Media, Page
from scormkit.model.fingerprint import fingerprint
from scormkit.model.prose import Prose
from scormkit.model.question import Question
from scormkit.render.payload import embed
from scormkit.render.render import Document, environment
from scormkit.render.style import light
from scormkit.render.words import direction, words
from scormkit.review.units import Numbering
from scormkit.standards.profiles import GENERIC

HERE = Path(__file__).parent
MAP = "questions/_scenario_map.html"

LARGEST = 5_000_000
"""Bytes of the largest file that is put into the HTML; of a larger one only the name is shown."""

TYPES = {
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
    "avif": "image/avif",
    "svg": "image/svg+xml",
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "wav": "audio/wav",
    "ogg": "audio/ogg",
    "mp4": "video/mp4",
    "webm": "video/webm",
    "vtt": "text/vtt",
    "woff2": "font/woff2",
}
TAG = re.compile(r'<(?:img|audio|video|source|track)\s(?:"[^"]*"|[^>"])*>')
FILE = re.compile(r'(\s)(src|poster)="([^"]*)"')
ADDRESS = re.compile(r'url\("([^"]*)"\)')
WIDE = '<div class="table"><table>'
"""A table that does not stack in a narrow window, and is scrolled there: by keyboard, too."""
CLOSED = re.compile(r"<details(?=[\s>])")


class Sheet(Document):
    """The document of one course on paper; with `numbering`, its paragraphs carry numbers."""

    def __init__(self, course: Course, answers: bool, numbering: Numbering | None = None) -> None:
        language = course.settings.language
        super().__init__(course, words(language), paper(answers), GENERIC)
        self.numbering = numbering

    def show(self, block: Block | Page) -> Markup:
        """A block as HTML, or the title of a page."""
        if isinstance(block, Page):
            if self.numbering:
                self.numbering.here = self.numbering.pages.get(block.span.path, 0)
            title = Markup.escape(block.title)
            return Markup(self.numbering.mark("span", title, block.place("title"))) if self.numbering else title
        html = super().show(block)
        if isinstance(block, Prose):  # without the player, which does so where it is needed
            label = Markup('tabindex="0" role="group" aria-label="{}"').format(self.word("table"))
            html = Markup(str(html).replace(WIDE, f'<div class="table" {label}><table>'))
        if self.numbering and isinstance(block, Question) and block.map:
            drawn = self.templates.get_template(MAP).module
            html += drawn.scenario_map(block.map, f"q:{block.id}", block.prompt.text)  # type: ignore[attr-defined]
        return Markup(self.numbering.prose(block, html)) if self.numbering and isinstance(block, Prose) else html


def review_copy(course: Course) -> tuple[str, Numbering]:
    """The review copy: all answers, feedback and branches, numbered paragraphs with room for comments; and their numbers."""
    numbering = Numbering(numbers(course))
    return _frame(course, Sheet(course, True, numbering).html(), answers=True, review=True), numbering


def handout(course: Course, answers: bool = False) -> str:
    """The handout: the course to print, with room to answer; with `answers`, what is right and the feedback too."""
    return _frame(course, Sheet(course, answers).html(), answers)


def numbers(course: Course) -> dict[str, int]:
    """The numbers of the pages by their files."""
    return {page.span.path: number for number, page in enumerate(course.pages, start=1)}


@cache
def paper(answers: bool) -> Environment:
    """The templates of a course, those for paper before them."""
    course = environment()
    assert isinstance(course.loader, FileSystemLoader)
    own = HERE / "templates"
    return course.overlay(
        loader=FileSystemLoader([own / ("answers" if answers else "blank"), own, *course.loader.searchpath])
    )


def _frame(course: Course, body: str, answers: bool, review: bool = False) -> str:
    """The whole file around `body`; script and styles are named by their digests, so nothing else can run."""
    settings = course.settings
    media = {file.path: file for file in (*course.media, *(course.theme.files if course.theme else ()))}
    paper_css = (HERE / "assets" / "paper.css").read_text(encoding="utf-8")
    style = f"{ADDRESS.sub(lambda found: f'url({_data(media[found[1]])})', light(course.theme))}\n{paper_css}"
    script = (HERE / "assets" / "review.js").read_text(encoding="utf-8") if review else ""
    policy = f"default-src 'none'; img-src data:; media-src data:; font-src data:; style-src {_digest(style)}"
    print_of = fingerprint(course)
    return (
        paper(True)
        .get_template("sheet.html")
        .render(
            settings=settings,
            answers=answers,
            direction=direction(settings.language),
            policy=Markup(f"{policy}; script-src {_digest(script)}" if script else policy),
            style=Markup(style),
            script=Markup(script),
            about=Markup(embed({"course": settings.id, "version": settings.version, "hash": print_of})),
            hash=print_of,
            body=Markup(_whole(CLOSED.sub("<details open", body), media)),
        )
    )


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _data(file: Media) -> str:
    data = file.file.read_bytes() if file.data is None else file.data
    return f"data:{TYPES[file.path.rpartition('.')[2].lower()]};base64,{base64.b64encode(data).decode()}"


def _whole(html: str, media: dict[str, Media]) -> str:
    """The same HTML with the files that its tags name inside it."""

    def inside(found: re.Match[str]) -> str:
        file = media.get(found[3]) or media.get(unquote(found[3]))
        if file is None:
            return found[0]
        kind = TYPES.get(file.path.rpartition(".")[2].lower())
        if kind is None or file.size > LARGEST:
            return f'{found[1]}data-left-out="{found[3]}"'
        return f'{found[1]}{found[2]}="{_data(file)}"'

    return TAG.sub(lambda tag: FILE.sub(inside, tag[0]), html)
