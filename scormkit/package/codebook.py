"""The code book: what every id and code in an LMS's reports means (rule T32). Course in, a CSV file and an HTML page out.

The files stand beside the package (`<package>-codebook.csv`, `.html`) and change with its version. The codes are those of
`Interaction`; how each standard writes them is said in the page.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, fields, replace
from html import escape
from typing import TYPE_CHECKING

from scormkit.model.question import Component, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scormkit.model.course import Course, Page
    from scormkit.model.question import Interaction, Marking, Question

_PARTS = {"choices": "answer", "scale": "answer", "source": "item", "target": "match", "steps": "step", "moves": "move"}
_PAGES = {"page": "Page", "assessment": "Assessment", "pretest": "Pre-test"}
_TRUE_FALSE = (Component("true", "True"), Component("false", "False"))


@dataclass(frozen=True)
class Row:
    """One line of the code book: an objective, a page, a question, or one code that answers to it."""

    record: str  # objective, page, assessment, pretest, question, answer, item, match, step, move, accepted
    id: str  # as reports show it; of a code, the question's
    code: str = ""
    wording: str = ""
    correct: str = (
        ""  # of a question the right codes; of a code yes, partly or no; empty where nothing is right or wrong
    )
    type: str = ""
    points: str = ""
    page: str = ""
    objectives: str = ""
    spoken: tuple[tuple[str, str], ...] = ()  # tags of the course's other languages, and its wording there


def codebook(course: Course) -> dict[str, bytes]:
    """The files of a course's code book, by the ends of their names."""
    return {"codebook.csv": table(course), "codebook.html": document(course)}


def rows(course: Course) -> Iterator[Row]:
    """All lines: the objectives, then each page with its questions and their codes; each in all languages of the course."""
    others = [list(_rows(one)) for one in course.translations]
    tags = [one.settings.language for one in course.translations]
    for index, row in enumerate(_rows(course)):
        spoken = tuple((tag, lines[index].wording) for tag, lines in zip(tags, others, strict=True))
        yield replace(row, spoken=spoken) if spoken else row


def _rows(course: Course) -> Iterator[Row]:
    for objective in course.settings.objectives:
        yield Row("objective", objective.id, wording=objective.text)
    for page in course.pages:
        yield Row(
            page.settings.type,
            page.id,
            wording=page.title,
            page=page.title,
            objectives=" ".join(page.settings.objectives),
        )
        sections = {
            one.id: f"{page.title}: {pool.section}" for pool in page.pools if pool.section for one in pool.questions
        }
        for question in page.questions:
            yield from _question(page, question, sections.get(question.id, page.title))


def table(course: Course) -> bytes:
    """The code book for spreadsheets: UTF-8 with a byte order mark (Excel), and no cell that is a formula."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    names = [field.name for field in fields(Row) if field.name != "spoken"]
    writer.writerow([*names, *(f"wording ({one.settings.language})" for one in course.translations)])
    for row in rows(course):
        cells = [*(getattr(row, name) for name in names), *(text for _, text in row.spoken)]
        writer.writerow(map(_harmless, cells))
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def _question(page: Page, question: Question, place: str) -> Iterator[Row]:
    told = question.interaction
    yield Row(
        "question",
        told.id,
        wording=told.description,
        correct=" or ".join(_said(told, response) for response in told.correct) + _strictness(told.marking),
        type=told.kind,
        points=f"{question.points:g}" if page.is_assessment and question.graded else "0",
        page=place,
        objectives=" ".join(question.objectives or page.settings.objectives),
    )
    right = {item for response in told.correct for item in response}
    if told.kind is Kind.TRUE_FALSE:
        yield from (_code(told, "answer", one, one.key in right) for one in _TRUE_FALSE)
    for part, record in _PARTS.items():
        marked = part == "choices" and told.kind is Kind.CHOICE and bool(told.correct)
        for one in getattr(told, part):
            worth = float(one.key in right) if marked else question.worth.get(one.key)
            yield _code(told, record, one, worth)


def _code(told: Interaction, record: str, component: Component, worth: float | None) -> Row:
    correct = "" if worth is None else "yes" if worth == 1 else "partly" if worth else "no"
    return Row(record, told.id, code=component.key, wording=component.text, correct=correct)


def _said(told: Interaction, response: tuple[str, ...]) -> str:
    """A right response in the codes of reports: commas between codes, a range with `to`."""
    if told.kind is Kind.NUMERIC and ":" in response[0]:
        low, _, high = response[0].partition(":")
        return f"{low} to {high}" if low and high else f"at least {low}" if low else f"at most {high}"
    return ",".join(response)


def _strictness(marking: Marking) -> str:
    """What else counts as a right typed answer, in words."""
    told = [
        "capitals matter" if marking.case else "",
        f"up to {marking.typos} of its characters may differ" if marking.typos else "",
        *(f"or whatever the pattern {pattern} matches" for pattern in marking.patterns),
    ]
    told = [words for words in told if words]
    return f" ({'; '.join(told)})" if told else ""


def _harmless(cell: str) -> str:
    """One line; spreadsheets run cells that begin like a formula, and an apostrophe makes them text (OWASP, CSV Injection)."""
    cell = " ".join(cell.split())
    if re.match(r"[=+\-@|%]", cell.lstrip("\ufeff\u200b")) and not re.fullmatch(r"-?\d+(\.\d+)?", cell):
        return "'" + cell
    return cell


# ------------------------------------------------------------------------------------------------------------- the page

_STYLE = """\
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
h1 { font-size: 1.75rem; line-height: 1.2; }
h2 { border-block-start: 2px solid; font-size: 1.375rem; margin-block-start: 2.5rem; padding-block-start: .5rem; }
body { margin: 0 auto; max-width: 60rem; padding: 1rem; }
table { border-collapse: collapse; margin: 0 0 1.5rem; width: 100%; }
caption { font-weight: bold; padding: .25rem 0; text-align: start; }
thead th { white-space: nowrap; }
th, td { border: 1px solid; padding: .25rem .5rem; text-align: start; vertical-align: top; }
code { font: .95em ui-monospace, monospace; overflow-wrap: anywhere; }
section { break-inside: avoid; }
"""

_NOTES = """\
<p>Reports of an LMS or LRS show ids and codes. This page says what each of them means in this version of the course.</p>
<ul>
<li>SCORM 1.2 writes <code>true</code> and <code>false</code> as <code>t</code> and <code>f</code>,
several codes with commas between them (<code>a,c</code>), a matched pair with a full stop (<code>a.x</code>).</li>
<li>xAPI puts brackets round these marks (<code>a[,]c</code>, <code>a[.]x</code>). The id of a question there is the course's id
with <code>/question/</code> and the id below behind it.</li>
<li>The letters are in the order in which the answers were written, even where learners see them shuffled.</li>
</ul>
"""


def document(course: Course) -> bytes:
    """The code book for people: one page that needs nothing else, to read, search and print."""
    settings = course.settings
    title = escape(f"Code book: {settings.title}, version {settings.version}")
    own = f' lang="{escape(settings.language)}"'
    parts = [
        '<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width">\n'
        f"<title>{title}</title>\n<style>\n{_STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n",
        f"<p>Course id: <code>{escape(settings.id)}</code></p>\n{_NOTES}",
    ]
    lines = list(rows(course))
    if objectives := [row for row in lines if row.record == "objective"]:
        parts.append("<h2>Objectives</h2>\n" + _table("Ids of objectives", objectives, ("id", "wording"), own))
    questions: list[Row] = []
    for index, row in enumerate(lines):
        if row.record in _PAGES:
            kind = _PAGES[row.record]
            parts.append(
                f"<h2>{kind}: <span{own}>{escape(row.wording)}</span></h2>\n<p>Id: <code>{escape(row.id)}</code></p>\n"
            )
        elif row.record == "question":
            codes = _codes(lines, index)
            parts.append(_section(row, codes, own))
            questions.append(row)
    if not questions:
        parts.append("<p>This course has no questions.</p>\n")
    parts.append("</main>\n</body>\n</html>\n")
    return "".join(parts).encode()


def _codes(lines: list[Row], index: int) -> list[Row]:
    """The lines that belong to the question at `index`."""
    end = index + 1
    while end < len(lines) and lines[end].code:
        end += 1
    return lines[index + 1 : end]


def _section(row: Row, codes: list[Row], own: str) -> str:
    points = "practice, no points" if row.points == "0" else f"points: {escape(row.points)}"
    told = [f"type: <code>{escape(row.type)}</code>", points]
    if row.correct:
        told.append(f"correct: <code>{escape(row.correct)}</code>")
    if row.objectives:
        told.append(f"objectives: <code>{escape(row.objectives)}</code>")
    found = f"<section>\n<h3><code>{escape(row.id)}</code></h3>\n"
    found += f'<p{own} dir="auto">{escape(row.wording)}{_elsewhere(row)}</p>\n<p>{"; ".join(told)}</p>\n'
    if codes:
        found += _table(f"Codes of {row.id}", codes, ("code", "record", "wording", "correct"), own)
    return found + "</section>\n"


_HEADS = {"id": "Id", "code": "Code", "record": "Kind", "wording": "Wording", "correct": "Correct"}


def _table(caption: str, lines: list[Row], names: tuple[str, ...], own: str) -> str:
    """A table of those columns that tell the lines apart or say anything at all."""
    said = {name: {getattr(row, name) for row in lines} for name in names}
    names = tuple(name for name in names if said[name] != {""} and not (name == "record" and len(said[name]) == 1))
    head = "".join(f'<th scope="col">{_HEADS[name]}</th>' for name in names)
    body = "".join("<tr>" + "".join(_cell(row, name, own) for name in names) + "</tr>\n" for row in lines)
    return f"<table>\n<caption>{escape(caption)}</caption>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}</tbody>\n</table>\n"


def _elsewhere(row: Row) -> str:
    """The wording in the other languages of the course, each on a line of its own."""
    return "".join(f'<br><bdi lang="{escape(tag)}">{escape(text)}</bdi>' for tag, text in row.spoken)


def _cell(row: Row, name: str, own: str) -> str:
    text = escape(getattr(row, name))
    if name == "wording":
        text += _elsewhere(row)
    if name in ("id", "code"):
        return f'<th scope="row"><code>{text}</code></th>'
    return f'<td{own} dir="auto">{text}</td>' if name == "wording" else f"<td>{text}</td>"
