"""Questions out of a course and into one: what `export --questions` and `import` do with them.

In: a course's folder, or a file of another program. Out: a file for it; or a question bank in `banks/`, written aside and
moved into its place, never over another one unless that is asked for.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from scormkit.exchange.asked import Taken, bank, named, of_course
from scormkit.exchange.gift import gift, read_gift
from scormkit.exchange.moodle import is_moodle, read_moodle
from scormkit.exchange.table import read_table, table
from scormkit.exchange.xml import read_xml
from scormkit.load import load
from scormkit.load.files import Found, read_text
from scormkit.model.archive import write_aside
from scormkit.model.course import Course
from scormkit.model.problem import Problem, Rule, Severity
from scormkit.model.source import Span

FORMATS = {"gift": "GIFT", "csv": "a table"}

THERE = Rule(
    "XCH027",
    Severity.ERROR,
    "{path} is there already",
    "give the file another name, or write over it with --force",
    "Somebody may have worked on it since.",
)
SAME_QUESTION = Rule(
    "XCH028",
    Severity.INFO,
    "the course has a question '{id}' already; this one is called '{name}'",
    "remove one of the two, if they are the same",
    "Ids are unique in a course, because results hang on them.",
)


@dataclass(frozen=True)
class Imported:
    """What came of a file: the bank that was written (None: nothing), and how many questions it has."""

    problems: tuple[Problem, ...]
    path: Path | None = None
    questions: int = 0


def questions_of(folder: Path, format: str) -> list[tuple[Course, Taken, str]]:
    """For each course the questions that the format has, and its file."""
    made = []
    for course in load(folder).courses:
        own = {one.id: one for one in course.questions if not one.bank and not one.again}
        for one in (question for there in course.banks for question in there.questions):
            own.setdefault(one.id, one)
        taken = of_course(own.values(), FORMATS[format])
        made.append((course, taken, gift(taken.questions) if format == "gift" else table(taken.questions)))
    return made


def holds_questions(file: Path) -> bool:
    """Whether `imported` reads a file, rather than that it is a translation: XML can be either."""
    ending = file.suffix.lower()
    return ending in (".gift", ".txt", ".csv") or (ending == ".xml" and is_moodle(file.read_bytes()))


def _taken(file: Path, bank_name: str) -> Taken:
    """What a file of questions has, as its ending says what it is."""
    name = file.as_posix()
    if file.suffix.lower() == ".xml":
        root, wrong = read_xml(file.read_bytes(), name)
        return read_moodle(root, name, bank_name) if root else Taken(problems=wrong)
    text, wrong = read_text(Found(file.name, file.stat().st_size, file), Span(name))
    taken = read_table(text or "", name) if file.suffix.lower() == ".csv" else read_gift(text or "", name)
    return Taken(taken.questions if text else [], [*wrong, *(taken.problems if text else ())])


def imported(file: Path, course: Course, force: bool = False) -> Imported:
    """Writes the questions of a GIFT file, a table or Moodle's XML into a bank of the course. Raises OSError."""
    name, bank_name = file.as_posix(), named(file.stem, set())
    if course.root is None:
        return Imported(())
    taken = _taken(file, bank_name)
    problems = taken.problems
    if not taken.questions:
        return Imported(tuple(problems))
    path = course.root / "banks" / f"{bank_name}.md"
    if path.exists() and not force:
        return Imported((*problems, THERE.at(Span(name), path=path.as_posix())))
    others = (
        one for bank in course.banks if not bank.span.path.endswith(f"banks/{path.name}") for one in bank.questions
    )
    there = {question.id for question in (*course.questions, *others)}
    questions = []
    for one in taken.questions:
        new = named(one.id, there)
        if new != one.id:
            problems.append(SAME_QUESTION.at(one.span, id=one.id, name=new))
        questions.append(replace(one, id=new))
    path.parent.mkdir(exist_ok=True)
    for picture, data in taken.files.items():
        at = course.root / "media" / bank_name / picture
        at.parent.mkdir(parents=True, exist_ok=True)
        write_aside(at, data)
    write_aside(path, bank(file.stem, questions).encode())
    return Imported(tuple(problems), path, len(questions))
