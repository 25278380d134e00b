"""Questions as a table, for spreadsheets <-> `Asked`: one row a question.

    id, type, question, right, if right, if wrong, hint, tags, answer 1, feedback 1, match 1, answer 2, ...

`right` is the numbers of the answers that are right, `1` or `1, 3`. UTF-8 with a byte order mark, so that Excel reads accents.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping

from scormkit.exchange.asked import NO_RIGHT, TYPES, Answer, Asked, Taken, named
from scormkit.model.problem import Rule, Severity, nearest
from scormkit.model.source import Span

HEAD = ("id", "type", "question", "right", "if right", "if wrong", "hint", "tags")

NOT_A_ROW = Rule(
    "XCH025",
    Severity.WARNING,
    "this row is left out: {what}",
    "{remedy}",
    "A question that lacks a part could not be answered.",
)
NO_COLUMN = Rule(
    "XCH026",
    Severity.FATAL,
    "the table has no column '{name}'{hint}",
    "write its first row as 'scormkit export --questions csv' does: {head}, answer 1, feedback 1 and so on",
    "Columns are found by their names.",
)


def table(questions: Iterable[Asked]) -> str:
    """The table as CSV; no cell can be taken for a formula."""
    rows = list(questions)
    most = max((len(one.answers) for one in rows), default=0)
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    parts = [f"{part} {n}" for n in range(1, most + 1) for part in ("answer", "feedback", "match")]
    writer.writerow([*HEAD, *parts])
    for one in rows:
        right = ", ".join(str(n) for n, answer in enumerate(one.answers, 1) if answer.right)
        cells = [one.id, one.type, one.prompt, right, one.correct, one.incorrect, one.hint, ", ".join(one.tags)]
        cells += [cell for answer in one.answers for cell in (answer.text, answer.feedback, answer.match)]
        writer.writerow(map(_harmless, cells))
    return "\ufeff" + text.getvalue()


def _harmless(cell: str) -> str:
    """Spreadsheets run cells that begin like a formula; an apostrophe makes them text (OWASP, CSV Injection)."""
    formula = re.match(r"[=+\-@\t\r']", cell) and not re.fullmatch(r"-?\d+([.:]-?\d*)*", cell)
    return f"'{cell}" if formula else cell


def read_table(text: str, path: str) -> Taken:
    """The questions of a table; commas, semicolons or tabs part its cells. Never raises."""
    taken, names = Taken(), set[str]()
    text = text.removeprefix("\ufeff")
    first = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count))
    try:
        head = [cell.strip().lower() for cell in next(reader, [])]
        rows = [(reader.line_num, cells) for cells in reader]
    except csv.Error as error:
        taken.problems.append(
            NOT_A_ROW.at(Span(path, reader.line_num, 1), what=str(error), remedy="save the table again")
        )
        return taken
    for wanted in ("type", "question"):
        if wanted not in head:
            close = nearest(wanted, head)
            hint = f"; is it '{close}'?" if close else ""
            taken.problems.append(NO_COLUMN.at(Span(path, 1, 1), name=wanted, hint=hint, head=", ".join(HEAD)))
    for line, cells in () if taken.problems else rows:
        if any(cell.strip() for cell in cells):
            _row(
                {name: _plain(cell) for name, cell in zip(head, cells, strict=False)}, Span(path, line, 1), names, taken
            )
    return taken


def _plain(cell: str) -> str:
    return cell.strip().removeprefix("'")


def _row(row: Mapping[str, str], place: Span, names: set[str], taken: Taken) -> None:
    kind, asked = row.get("type", "").lower(), row.get("question", "")
    answers = _answers(row, kind)
    what = remedy = ""
    if kind not in TYPES:
        what, remedy = f"'{kind}' is no type of question", f"write one of {', '.join(TYPES)}"
    elif not asked:
        what, remedy = "it asks nothing", "write what it asks into 'question'"
    elif kind != "reflection" and not answers:
        what, remedy = "it has no answers", "write them into 'answer 1', 'answer 2' ..."
    if what:
        taken.problems.append(NOT_A_ROW.at(place, what=what, remedy=remedy))
        return
    if answers and not any(answer.right for answer in answers):
        taken.problems.append(NO_RIGHT.at(place))
    tags = tuple(tag for tag in re.split(r"[,\s]+", row.get("tags", "")) if tag)
    said = (row.get("if right", ""), row.get("if wrong", ""), row.get("hint", ""))
    name = named(row.get("id") or asked, names)
    taken.questions.append(Asked(name, kind, asked, tuple(answers), *said, tags, place))


def _answers(row: Mapping[str, str], kind: str) -> list[Answer]:
    wanted = re.findall(r"\d+", row.get("right", ""))
    found = []
    for n in range(1, sum(name.startswith("answer ") for name in row) + 1):
        text, match = row.get(f"answer {n}", ""), row.get(f"match {n}", "")
        if text or match:
            found.append(Answer(" ".join(text.split()), str(n) in wanted, row.get(f"feedback {n}", ""), match))
    if kind == "true-false" and not found:
        true = row.get("right", "").lower() in ("true", "1")
        return [Answer("true", true), Answer("false", not true)]
    return found
