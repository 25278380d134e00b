"""course.lock: the stable numbers of pages, questions, options and recordings (tracking rules T41 and T60).

In: a course and its lock's text. Out: the course with its numbers, and the lock's new text. Numbers are given once, in the
order in which things appear, and never again: what goes keeps its entry, and gets its number back if it returns. A
question's revision grows when its options or its right answers change, because then saved answers mean something else;
rewording does not matter.

The file is JSON with one line a page and a question, so that two people's changes merge.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from scormkit.load.recall import fill
from scormkit.model.archive import write_aside
from scormkit.model.course import ContentBlock, Course, Page, changed
from scormkit.model.lock import Lock, LockedQuestion
from scormkit.model.problem import Problem, Rule, Severity, nearest
from scormkit.model.question import Option, Question
from scormkit.model.source import Span

NAME = "course.lock"
FORMAT = 1
COMPARISONS = 2_500
"""How many pairs of page names are compared at most; where more have changed, the course is another one."""

ABOUT = "Stable numbers for learners' progress. Written by scormkit: keep this file with the course, never change its numbers."
COMMON = 20
"""An option such as 'Yes' that so many questions had does not tell which of them a new one was."""

UNREADABLE_LOCK = Rule(
    "LCK001",
    Severity.ERROR,
    "the lock cannot be read: {what}",
    "put back the copy that was released with the course (git checkout -- course.lock, or a backup), and build again",
    "Without it learners' saved progress would be read under other numbers: answers would go to other questions.",
)
MERGE = Rule(
    "LCK002",
    Severity.ERROR,
    "the lock holds two versions that were merged and not yet decided",
    "keep the lines of both; where one page or question has two numbers, keep the version that was released",
    "Numbers decide which saved answer belongs to which question.",
)
OTHER_COURSE = Rule(
    "LCK003",
    Severity.ERROR,
    "the course's id was '{before}' and is '{now}' now",
    "put the old id back; if this is to be a new course, build with --new-course",
    "All records of learners hang on the id: with a new one everybody starts anew, and some hosts delete what they have.",
)
NEWER = Rule(
    "LCK004",
    Severity.ERROR,
    "the lock was written by a newer scormkit (format {format})",
    "use the newer version here too: pip install --upgrade scormkit",
    "An older one could give numbers again that are taken.",
)
SAME_NUMBER = Rule(
    "LCK005",
    Severity.ERROR,
    "'{one}' and '{other}' have the same number {number}",
    "put back the copy of the lock that was released with the course (git checkout -- course.lock, or a backup)",
    "One of them would get the other's saved progress.",
)

RENAMED_QUESTION = Rule(
    "LCK006",
    Severity.WARNING,
    "the question '{old}' is gone, and '{new}' with the same answers is new",
    "write ':id: {old}' under its title; or, to keep the new name, write it over the old one in course.lock",
    "A question that gets another id is a new one: learners under way lose their answers, and reports show two.",
)
RENAMED_PAGE = Rule(
    "LCK007",
    Severity.INFO,
    "the page '{old}' is gone, and '{new}', which sounds like it, is new",
    "write 'id: {old}' in its front matter; or, to keep the new name, write it over the old one in course.lock",
    "A page that gets another id is a new one: learners under way have it to do again.",
)


def read_lock(text: str, span: Span) -> tuple[Lock, list[Problem]]:
    """The lock that `text` says; empty where it cannot be used."""
    if "<<<<<<<" in text:
        line = text[: text.index("<<<<<<<")].count("\n") + 1
        return Lock(), [MERGE.at(Span(span.path, line, 1))]
    try:
        data = json.loads(text)
        if isinstance(data, dict) and isinstance(data.get("format"), int) and data["format"] > FORMAT:
            return Lock(), [NEWER.at(span, format=data["format"])]
        lock = _lock(data)
    except json.JSONDecodeError as error:
        what = "something other than scormkit wrote begins here" if text.strip() else "it is empty"
        return Lock(), [UNREADABLE_LOCK.at(Span(span.path, error.lineno, error.colno), what=what)]
    except (TypeError, ValueError, KeyError, AttributeError, RecursionError):
        return Lock(), [UNREADABLE_LOCK.at(span, what="a part of it is missing, or is not what scormkit wrote")]
    questions = {name: question.number for name, question in lock.questions.items()}
    return lock, [twice for numbers in (lock.pages, questions, lock.recordings) for twice in _twice(numbers, span)]


def apply_lock(course: Course, lock: Lock) -> tuple[Course, list[Problem]]:
    """`course` with the numbers of `lock`, and new ones for what is new; its `lock` is the one to be written."""
    problems: list[Problem] = []
    if lock.course and lock.course != course.settings.id:
        problems.append(OTHER_COURSE.at(course.place("id"), before=lock.course, now=course.settings.id))
    numbering = _Numbering(lock)
    sections = tuple(
        replace(section, pages=tuple(numbering.page(page) for page in section.pages)) for section in course.sections
    )
    new = Lock(course.settings.id, numbering.pages, numbering.questions, _recordings(course, lock))
    problems += _renamed(course, lock)
    return replace(course, sections=sections, lock=new), problems


def lock_text(lock: Lock) -> str:
    """The text of course.lock: the same lock, the same bytes."""

    def block(entries: Mapping[str, Any]) -> str:
        return ",\n".join(f"{json.dumps(k, ensure_ascii=False)}: {_line(v)}" for k, v in sorted(entries.items()))

    questions = {
        name: {
            "number": q.number,
            "revision": q.revision,
            "answers": q.answers,
            "options": dict(q.options),
            "used": q.used,
        }
        for name, q in lock.questions.items()
    }
    return (
        f'{{\n"about": {json.dumps(ABOUT)},\n"format": {FORMAT},\n"course": {_line(lock.course)},\n'
        f'"pages": {{\n{block(lock.pages)}\n}},\n"questions": {{\n{block(questions)}\n}}'
        + (f',\n"recordings": {{\n{block(lock.recordings)}\n}}' if lock.recordings else "")
        + "\n}\n"
    )


def numbered(course: Course) -> Course:
    """A course that was made in code, with its numbers: those of the course.lock in its `root`, or new ones.

    A course that was loaded has its numbers, and comes back as it is. Raises OSError, and ValueError for a lock that
    cannot be used.
    """
    if course.lock.course == course.settings.id:
        return course
    lock = course.lock
    course, problems = fill(course)
    path = course.root / NAME if course.root else None
    if path and path.exists():
        lock, unreadable = read_lock(path.read_text(encoding="utf-8"), Span(str(path)))
        problems += unreadable
    course, more = apply_lock(course, lock)
    if errors := [problem for problem in [*problems, *more] if problem.severity is Severity.ERROR]:
        raise ValueError(str(errors[0]))
    return course


def write_lock(course: Course) -> bool:
    """Writes course.lock where it has changed; whether it did. A course that was made in memory has none.

    Raises OSError. The old file is replaced in one step, or not at all.
    """
    if course.root is None:
        return False
    path = course.root / NAME
    data = lock_text(course.lock).encode("utf-8")
    if path.exists() and path.read_bytes() == data:
        return False
    write_aside(path, data)
    return True


def _lock(data: Any) -> Lock:
    pages = {str(name): _number(number) for name, number in data["pages"].items()}
    questions = {
        str(name): LockedQuestion(
            _number(entry["number"]),
            _number(entry["revision"]),
            str(entry["answers"]),
            {str(text): _number(number) for text, number in entry["options"].items()},
            max([_number(entry["used"], least=0), *entry["options"].values()]),
        )
        for name, entry in data["questions"].items()
    }
    recordings = {str(path): _number(number) for path, number in data.get("recordings", {}).items()}
    return Lock(str(data["course"]), pages, questions, recordings)


def _number(value: Any, least: int = 1) -> int:
    if type(value) is not int or not least <= value < 1_000_000:
        raise ValueError(value)
    return value


def _renamed(course: Course, lock: Lock) -> Iterator[Problem]:
    """Pages and questions that the lock does not know, but whose like it knows and the course no longer has."""
    there = {question.id for question in course.questions}
    gone: dict[str, list[str]] = {}  # names of questions, by each of their options
    for name in lock.questions.keys() - there:
        for text in lock.questions[name].options:
            gone.setdefault(text, []).append(name)
    for question in course.questions:
        texts = {_text(option) for option in question.answers}
        if question.again or question.id in lock.questions or texts <= {"true", "false"}:
            continue
        telling = [names for text in texts if len(names := gone.get(text, [])) <= COMMON]
        alike = Counter(name for names in telling for name in names)
        for old, shared in sorted(alike.items(), key=lambda item: (-item[1], item[0]))[:1]:
            if shared * 2 >= len(texts | lock.questions[old].options.keys()):
                yield RENAMED_QUESTION.at(question.span, old=old, new=question.id)
    new = [page for page in course.pages if page.id not in lock.pages]
    missing = lock.pages.keys() - {page.id for page in course.pages}
    if len(new) * len(missing) <= COMPARISONS:
        for page in new:
            if like := nearest(page.id, sorted(missing)):
                yield RENAMED_PAGE.at(page.place("id"), old=like, new=page.id)


def _twice(numbers: Mapping[str, int], span: Span) -> list[Problem]:
    seen: dict[int, str] = {}
    return [
        SAME_NUMBER.at(span, one=seen[number], other=name, number=number)
        for name, number in numbers.items()
        if seen.setdefault(number, name) != name
    ]


def _line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _recordings(course: Course, lock: Lock) -> dict[str, int]:
    """The numbers of the recordings that learners must play: the same file has the same number wherever it stands."""
    numbers = dict(lock.recordings)
    for block in (block for page in course.pages for block in page.walk if isinstance(block, ContentBlock)):
        if block.watch:
            numbers.setdefault(block.watch[0], max(numbers.values(), default=0) + 1)
    return numbers


class _Numbering:
    """Gives numbers: those of the lock, and the next ones for what it does not know."""

    def __init__(self, lock: Lock) -> None:
        self.pages = dict(lock.pages)
        self.questions = dict(lock.questions)
        self.next_page = max(self.pages.values(), default=0) + 1
        self.next_question = max((q.number for q in self.questions.values()), default=0) + 1

    def page(self, page: Page) -> Page:
        if page.id not in self.pages:
            self.pages[page.id] = self.next_page
            self.next_page += 1
        return replace(page, number=self.pages[page.id], blocks=changed(page.blocks, self.question))

    def question(self, question: Question) -> Question:
        before = self.questions.get(question.id)
        numbers = _option_numbers(question.answers, before)
        answers = tuple(
            replace(option, number=number) for option, number in zip(question.answers, numbers, strict=True)
        )
        question = replace(question, answers=answers)
        digest = _digest(question)
        number, revision = self.next_question, 1
        if before is None:
            self.next_question += 1
        else:
            number, revision = before.number, before.revision + (before.answers != digest)
        options = {_text(option): option.number for option in answers}
        used = max([before.used if before else 0, *numbers])
        self.questions[question.id] = LockedQuestion(number, revision, digest, options, used)
        return replace(question, number=number, revision=revision)


def _option_numbers(options: tuple[Option, ...], before: LockedQuestion | None) -> list[int]:
    """The numbers of options: by their text; then, where as many came as went, by their order; then new ones."""
    known = before.options if before else {}
    texts = [_text(option) for option in options]
    found = [known.get(text, 0) for text in texts]
    gone = [number for text, number in known.items() if text not in texts]
    strangers = [index for index, number in enumerate(found) if not number]
    if len(options) == len(known):
        for index, number in zip(strangers, gone, strict=False):
            found[index] = number
    following = max([before.used if before else 0, *known.values(), *found], default=0) + 1
    for index, number in enumerate(found):
        if not number:
            found[index], following = following, following + 1
    return found


def _text(option: Option) -> str:
    return " ".join((option.text.source or option.text.text or option.key).split())


def _digest(question: Question) -> str:
    """What saved answers hang on: the type and its meaning; letters and wording do not matter."""
    return hashlib.sha256(json.dumps([question.type, question.meaning]).encode()).hexdigest()[:12]
