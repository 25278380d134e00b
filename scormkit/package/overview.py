"""The page of a programme: all of its courses, for whoever puts them into an LMS or chooses among them. One HTML file, in
which nothing is loaded; it stands beside the packages (`programme.html`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scormkit.model.course import Course, Programme

NAME = "programme.html"

_STYLE = """\
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
body { margin: 0 auto; max-width: 50rem; padding: 1rem; }
h1 { font-size: 1.75rem; line-height: 1.2; }
h2 { border-block-start: 2px solid; font-size: 1.375rem; margin-block-start: 2.5rem; padding-block-start: .5rem; }
h3 { font-size: 1rem; margin-block-end: .25rem; }
dl { display: grid; gap: .25rem 1rem; grid-template-columns: max-content 1fr; }
dt { font-weight: bold; }
dd { grid-column: 2; margin: 0; overflow-wrap: anywhere; }
section { break-inside: avoid; }
@media (max-width: 30rem) { dl { display: block; } dd { margin-block-end: .5rem; } }
"""


def overview(programme: Programme, packages: Mapping[str, Sequence[str]]) -> bytes:
    """The page, with the names of each course's packages by the course's id. Its own words are English, and said to be."""
    title, language = escape(programme.settings.title or "Courses"), _in(programme.settings.language)
    head = (
        '<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width">\n<title>{title}</title>\n'
        f"<style>\n{_STYLE}</style>\n</head>\n<body>\n<main>\n<h1{language}>{title}</h1>\n"
    )
    audience = f"<p{language}>{escape(programme.settings.audience)}</p>\n" if programme.settings.audience else ""
    listed = "".join(_course(course, packages.get(course.settings.id, ())) for course in programme.courses)
    return f"{head}{audience}{listed}</main>\n</body>\n</html>\n".encode()


def _course(course: Course, files: Sequence[str]) -> str:
    settings, language = course.settings, _in(course.settings.language)
    review = settings.review
    signed = [f"{one.name}, {one.role}, version {one.version}, {one.date.isoformat()}" for one in review.signed_off]
    facts = [
        ("Time needed", language, [settings.duration] if settings.duration else []),
        ("Version", "", [settings.version]),
        ("Tests", language, [page.title for page in course.pages if page.is_assessment]),
        ("Review still to come", language, list(review.pending)),
        ("Reviewed by", "", signed),
        ("Packages", "", list(files)),
    ]
    told = "".join(
        f"<dt>{name}</dt>{''.join(f'<dd{own}>{escape(one)}</dd>' for one in said)}\n"
        for name, own, said in facts
        if said
    )
    aims = "".join(f"<li>{escape(objective.text)}</li>\n" for objective in settings.objectives)
    return (
        f"<section>\n<h2{language}>{escape(settings.title)}</h2>\n"
        + (f"<p{language}>{escape(settings.summary)}</p>\n" if settings.summary else "")
        + (f"<h3>What learners will be able to do</h3>\n<ul{language}>\n{aims}</ul>\n" if aims else "")
        + f"<dl>\n{told}</dl>\n</section>\n"
    )


def _in(language: str) -> str:
    """The attribute for what authors wrote (WCAG 2.2, 3.1.2); nothing where it is the language of the page."""
    return "" if language == "en-GB" else f' lang="{escape(language)}" dir="auto"'
