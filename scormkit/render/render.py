"""Course -> Site: templates filled in, the theme's style sheet, the player's script, the media.

Templates are found in render/templates/, then beside the question types and blocks (scormkit/questions/*.html,
scormkit/blocks/*.html). Nothing in the document is inline script or style, so its Content
Security Policy can forbid both; the same course gives the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, cached_property
from itertools import takewhile
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from scormkit.locales import closest
from scormkit.model.course import GLOSSARY, REFERENCES, Block, ContentBlock, Course, Media, Page
from scormkit.model.prose import Prose
from scormkit.model.question import Question
from scormkit.model.rounds import Rounds
from scormkit.model.site import Site
from scormkit.render.around import ABOUT, HELP, NOTES, RESOURCES, RESULTS, SEARCH, beside, by_letter, resources
from scormkit.render.compiled import CompiledTemplates
from scormkit.render.conditions import completes, teller
from scormkit.render.fit import fit
from scormkit.render.payload import assessment, embed, payload
from scormkit.render.statement import statement
from scormkit.render.style import style
from scormkit.render.words import Words, direction, lasting, period, words
from scormkit.standards.profiles import Profile, combine

HERE = Path(__file__).parent

VALUE = re.compile(r"\{\{\s*([a-z]+)\s*\}\}")
"""What a theme's part leaves to be filled in; scormkit/load/theme_parts.py says which names there are."""

PLACE = re.compile(r' id="(/[^"]+/(?:cite|ref)-[^"/]*)"')
"""The id of a place that cites a source or a footnote."""

POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "media-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
    ]
)


def render(course: Course, profiles: Sequence[str] = (), shown: Rounds[Markup] | None = None) -> Site:
    """All of a course as files: one document that can be read without script, a theme, the player, the media.

    `profiles` are the hosts it is for; by default those of its settings. The course is taken as it is: `scormkit.check`
    has said whether it is fit to be shown. What is in `shown` is not made again.
    """
    theme = course.theme
    files: dict[str, bytes | Path] = {
        media.path: media.file if media.data is None else media.data
        for media in (*(file for one in course.versions for file in one.media), *(theme.files if theme else ()))
    }
    files["player.js"] = (HERE / "assets" / "player.js").read_bytes()
    files["theme.css"] = style(theme).encode()
    profile = combine(profiles or course.settings.profile)
    told = embed(payload(course, words(course.settings.language), profile))
    first, *others = (
        Document(one, words(one.settings.language), environment(), profile, shown) for one in course.versions
    )
    spoken = languages(course)
    document = first.html(payload=Markup(told), languages=spoken, translations=[one.spoken(spoken) for one in others])
    for one, other in zip(spoken[1:], others, strict=False):
        files[one["file"]] = other.html(languages=spoken).encode()
    return Site(course, document, dict(sorted(files.items())))


def languages(course: Course) -> list[dict[str, str]]:
    """What learners choose from, each by its own name, and the file for those without script; empty where there is one language."""
    tags = [one.settings.language for one in course.versions]
    names = [words(tag).page["own-name"] if closest(tag) else tag for tag in tags]
    told = [f"{name} ({tag})" if names.count(name) > 1 else name for name, tag in zip(names, tags, strict=True)]
    files = [Site.LAUNCH, *(f"index.{tag}.html" for tag in tags[1:])]
    found = [{"tag": tag, "name": name, "file": file} for tag, name, file in zip(tags, told, files, strict=True)]
    return found if len(found) > 1 else []


class Document:
    """The document of one course in the making: what its templates can say."""

    def __init__(
        self, course: Course, word: Words, templates: Environment, profile: Profile, shown: Rounds[Markup] | None = None
    ) -> None:
        self.course = course
        self.shown = shown
        self.profile = profile
        self.word = word
        self.templates = templates
        self.media = {file.path: file for file in course.media}
        self.sure = {q.id for page in course.pages for q in page.questions if page.asks_how_sure(q)}
        beside = {GLOSSARY: word("glossary"), REFERENCES: word("references")}
        self.titles = beside | {page.id: page.title for page in course.pages}
        self.homes = {q.id: page.id for page in course.pages for q in page.questions}
        self.numbered = {q.id: n for page in course.pages for n, q in enumerate(page.questions, start=1)}

    def html(self, **more: Any) -> str:
        """The whole document; `more` is what it has besides: the payload, and its languages."""
        return once(self.templates.get_template("course.html").render(self.values() | more))

    def spoken(self, languages: list[dict[str, str]]) -> dict[str, Any]:
        """What stands in the document of another language, for whoever chooses this one."""
        settings = self.course.settings
        body = once(self.templates.get_template("body.html").render(self.values() | {"languages": languages}))
        told = {"language": settings.language, "direction": direction(settings.language)}
        return {**told, "body": Markup(body)}

    def values(self) -> dict[str, Any]:
        """What the templates can say."""
        course, pages = self.course, self.course.pages
        neighbours = zip(pages, (None, *pages), (*pages[1:], None), strict=False)
        return {
            "settings": course.settings,
            "sections": course.sections,
            "pages": pages,
            "numbers": {page.id: number for number, page in enumerate(pages, start=1)},
            "beside": {page.id: (before, after) for page, before, after in neighbours},
            "completes": completes(course),
            "told": teller(course, self.word),
            "rules": {page.id: assessment(page, course) for page in pages if page.is_test},
            "results": RESULTS,
            "about": ABOUT,
            "glossary": GLOSSARY,
            "resources_id": RESOURCES,
            "help": HELP,
            "notes": NOTES,
            "search": SEARCH,
            "beside_the_course": beside(course),
            "resources": list(resources(course)),
            "terms": course.glossary,
            "references": REFERENCES,
            "sources": course.sources,
            "titles": self.titles,
            "statement": statement(course, self.word),
            "policy": Markup(policy(course)),
            "direction": direction(course.settings.language),
            "payload": "",
            "word": self.word,
            "show": self.show,
            "theme": course.theme,
            "part": self.part,
            "languages": [],
            "translations": [],
        }

    def part(self, name: str, **titles: str) -> Markup:
        """What the theme says at one of its places, empty where it says nothing; `titles` are of page and section."""
        settings, theme = self.course.settings, self.course.theme
        html = theme.parts.get(name, "") if theme else ""

        def said(found: re.Match[str]) -> str:
            return Markup.escape(titles.get(found[1]) or getattr(settings, found[1], None) or "")

        return Markup(VALUE.sub(said, html))

    def show(self, block: Block) -> Markup:
        """A block as HTML: prose as it is (it has been cleaned), anything else by the template of its type."""
        if isinstance(block, Prose):
            return Markup(fit(block.html, self.media))
        if isinstance(block, Question):
            return self.question(block)
        language = self.course.settings.language
        return self.made(block, {"block": block, "media": self.media, "homes": self.homes, "language": language})

    @cached_property
    def around(self) -> int:
        """All that a question may show besides itself; a hash, because it is looked at for each of them."""
        course = self.course
        known = (*self.titles.items(), *self.homes.items())
        return hash((course.settings.language, course.media, course.sources, known))

    def question(self, question: Question) -> Markup:
        """A question as HTML, or as it was made of the same before."""
        numbered, sure = self.numbered[question.id], question.id in self.sure
        values = {"question": question, "numbered": numbered, "sure": sure}
        if self.shown is None:
            return self.made(question, values)
        key = (self.around, question, numbered, sure)
        return self.shown.known(key) or self.shown.keep(key, self.made(question, values))

    def made(self, block: Question | ContentBlock, values: dict[str, Any]) -> Markup:
        """What the template of its type makes of `values` and what every block can say."""
        values |= {"word": self.word, "show": self.show}
        values |= {"sources": self.course.sources, "references": REFERENCES, "titles": self.titles}
        return Markup(self.templates.get_template(template(block)).render(values).strip())


def once(document: str) -> str:
    """The same document with each place that cites named once: an option's words stand again beside its feedback."""
    seen: set[str] = set()

    def first(found: re.Match[str]) -> str:
        known = found[1] in seen
        seen.add(found[1])
        return "" if known else found[0]

    return PLACE.sub(first, document)


def template(block: Question | ContentBlock) -> str:
    """A question type's template is named after the type; one of blocks stands beside the module of its class."""
    if isinstance(block, Question):
        return f"questions/{block.type}.html"
    return f"blocks/{type(block).__module__.rpartition('.')[2]}.html"


def policy(course: Course) -> str:
    """The document's Content Security Policy: pages of others are shown only from where a block embeds one."""
    blocks = (block for page in course.pages for block in page.walk if isinstance(block, ContentBlock))
    frames = sorted({origin for block in blocks for origin in block.frames})
    return f"{POLICY}; frame-src {' '.join(frames)}" if frames else POLICY


def parted(page: Page) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    """An assessment page's introduction, and its paper: all from the first block with a question in it."""
    introduction = tuple(takewhile(lambda block: not _asks(block), page.blocks))
    return introduction, page.blocks[len(introduction) :]


def _asks(block: Block) -> bool:
    return isinstance(block, Question) or (isinstance(block, ContentBlock) and any(map(_asks, block.blocks)))


def weight(file: Media, word: Words) -> str:
    """How much a download weighs, as learners are told it: whole kilobytes, or megabytes from the first on."""
    kilobytes = max(1, round(file.size / 1000))
    return word("kilobytes", count=kilobytes) if kilobytes < 1000 else word("megabytes", count=round(kilobytes / 1000))


def ending(file: Media) -> str:
    """What kind of file it is, as its name says: `PDF`."""
    return Path(file.path).suffix.lstrip(".").upper()


@cache
def environment() -> Environment:
    """The templates; made once a process."""
    made = Environment(
        loader=FileSystemLoader([HERE / "templates", HERE.parent]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
        bytecode_cache=CompiledTemplates(),
    )
    made.filters |= {
        "parted": parted,
        "weight": weight,
        "ending": ending,
        "lasting": lasting,
        "period": period,
        "by_letter": by_letter,
    }
    return made
