"""What can be different between two releases, one function a subject.

In: two Releases. Out: Changes. A number of the lock belongs to one page, question or option for ever, so the same number under
another id is a thing that was renamed, and the same id under another number is one whose saved progress cannot be found.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from scormkit.compare import Change, Effect
from scormkit.compare.release import OWN_FILES, Page, Question, Release

# What hosts file learners' records under: Moodle matches items (scormlib.php), an LRS activities, a cmi5 LMS AUs.
RECORDS_HANG_ON = ("item", "activity", "au")

RULES = {
    "passMark": "pass mark",
    "attempts": "attempts",
    "score": "score that counts",
    "draw": "questions drawn",
    "shuffleQuestions": "shuffled questions",
    "shuffleOptions": "shuffled answers",
    "feedback": "feedback",
    "review": "review of answers",
}


def identity(old: Release, new: Release) -> Iterator[Change]:
    """The course's id, and the identifiers in the manifest."""
    if old.format and new.format and old.format != new.format:
        what = f"the old version is a package of the format {old.format}, the new one {new.format}: records stay behind"
        yield Change("identifier", what, Effect.PROGRESS)
    if old.known and new.known and old.id != new.id:
        what = f"the course's id was {old.id} and is {new.id}: to every host it is another course"
        yield Change("identifier", what, Effect.PROGRESS)
    for kind in sorted(old.identifiers.keys() & new.identifiers.keys()):
        before, after = old.identifiers[kind], new.identifiers[kind]
        if before != after:
            effect = Effect.PROGRESS if kind in RECORDS_HANG_ON else Effect.NOTHING
            yield Change("identifier", f"the identifier of the {kind} was {before} and is {after}", effect)


def settings(old: Release, new: Release) -> Iterator[Change]:
    """What completes the course, and other settings that learners notice."""
    for name, before, after in (("title", old.title, new.title), ("version", old.version, new.version)):
        if before != after:
            yield Change("setting", f"the {name} was '{before}' and is '{after}'")
    for name in sorted(old.settings.keys() & new.settings.keys()):
        yield from _settings(name, old.settings[name], new.settings[name])
    for identifier in _gone(old.objectives, new.objectives):
        yield Change("objective", f"the objective '{identifier}' is gone; what was reported under it stays in reports")
    for identifier in _gone(new.objectives, old.objectives):
        yield Change("objective", f"the objective '{identifier}' is new")
    for identifier in _both(old.objectives, new.objectives):
        before, after = old.objectives[identifier], new.objectives[identifier]
        if before != after:
            yield Change("objective", f"the objective '{identifier}' has other words", old=(before,), new=(after,))


def pages(old: Release, new: Release) -> Iterator[Change]:
    """Pages that came, went, were renamed, reworded or became something else."""
    numbers = {page.number: page for page in new.pages.values()}
    renamed = {page.id: numbers[page.number] for page in old.pages.values() if page.number in numbers}
    for identifier in _gone(old.pages, new.pages):
        page = old.pages[identifier]
        if identifier in renamed and renamed[identifier].id not in old.pages:
            yield Change(
                "page", f"the page '{identifier}' is called '{renamed[identifier].id}' now; its progress is kept"
            )
        elif page.type == "assessment":
            what = f"the assessment '{identifier}' is gone, and with it what learners did in it"
            yield Change("page", what, Effect.PROGRESS)
        elif heir := _alike(page.words, {p.id: p.words for p in new.pages.values() if p.id not in old.pages}):
            what = f"the page '{identifier}' seems to be '{heir}' now, and has to be done again; 'id: {identifier}' keeps it"
            yield Change("page", what, Effect.SOME)
        else:
            yield Change("page", f"the page '{identifier}' is gone")
    kept = {page.id for name, page in renamed.items() if name not in new.pages}
    for identifier in _gone(new.pages, old.pages):
        if identifier not in kept:
            yield Change("page", f"the page '{identifier}' is new: learners under way have it still to do")
    for identifier in _both(old.pages, new.pages):
        yield from _page(old.pages[identifier], new.pages[identifier])
    order = [identifier for identifier in old.pages if identifier in new.pages]
    if order != [identifier for identifier in new.pages if identifier in old.pages]:
        yield Change("page", "the pages stand in another order")


def questions(old: Release, new: Release) -> Iterator[Change]:
    """Questions that came, went, moved, were reworded or mean something else."""
    numbers = {question.number: question for question in new.questions.values()}
    for identifier in _gone(old.questions, new.questions):
        heir = numbers.get(old.questions[identifier].number)
        if heir is None:
            what = f"the question '{identifier}' is gone, and the answers to it"
            fresh = {q.id: q.words for q in new.questions.values() if q.id not in old.questions}
            if twin := _alike(old.questions[identifier].words, fresh):
                what = f"the question '{identifier}' seems to be '{twin}' now, and is asked again; ':id: {identifier}' keeps it"
            yield Change("question", what, Effect.SOME)
        elif heir.id not in old.questions:
            what = f"the question '{identifier}' is called '{heir.id}' now: answers are kept, reports show two names"
            yield Change("question", what)
    known = {question.number for question in old.questions.values()}
    for identifier in _gone(new.questions, old.questions):
        if new.questions[identifier].number not in known:
            yield Change("question", f"the question '{identifier}' is new")
        elif _holder(old, new.questions[identifier].number) in new.questions:
            what = (
                f"the new question '{identifier}' has the number of another one: learners find a foreign answer there"
            )
            yield Change("question", what, Effect.PROGRESS)
    for identifier in _both(old.questions, new.questions):
        yield from _question(old.questions[identifier], new.questions[identifier])


def files(old: Release, new: Release) -> Iterator[Change]:
    """Media and other files."""
    mine = {"imsmanifest.xml", "tincan.xml", "cmi5.xml", *(OWN_FILES if old.known and new.known else ())}
    for path in _gone(old.files, new.files):
        if path not in mine:
            yield Change("file", f"{path} is gone")
    for path in _gone(new.files, old.files):
        if path not in mine:
            yield Change("file", f"{path} is new")
    for path in _both(old.files, new.files):
        if old.files[path] != new.files[path] and path not in mine:
            yield Change("file", f"{path} has changed")
    if "player.js" in mine and old.files.get("player.js") != new.files.get("player.js"):
        yield Change("file", "the player has changed; it reads what older players saved")


def _page(old: Page, new: Page) -> Iterator[Change]:
    if old.number != new.number:
        what = (
            f"the number of the page '{old.id}' was {old.number} and is {new.number}: saved progress points elsewhere"
        )
        yield Change("page", what, Effect.PROGRESS)
    if old.type != new.type:
        lost = Effect.PROGRESS if old.type == "assessment" else Effect.NOTHING
        yield Change("page", f"the page '{old.id}' was of the type {old.type} and is of the type {new.type}", lost)
    if old.title != new.title:
        yield Change("page", f"the page '{old.id}' has another title", old=(old.title,), new=(new.title,))
    for rule in sorted(old.rules.keys() & new.rules.keys()):
        yield from _settings(f"{RULES.get(rule, rule)} of '{old.id}'", old.rules[rule], new.rules[rule])
    if old.words != new.words:
        yield Change("wording", f"the page '{old.id}' has other words", old=old.words, new=new.words)


def _question(old: Question, new: Question) -> Iterator[Change]:
    name = f"the question '{old.id}'"
    if old.number != new.number:
        what = f"the number of {name} was {old.number} and is {new.number}: saved answers belong to another one"
        yield Change("question", what, Effect.PROGRESS)
    elif old.revision != new.revision:
        yield Change("question", f"{name} is asked again: its answers mean something else now", Effect.SOME)
    elif old.correct != new.correct:
        what = f"{name} has other right answers, but saved answers stay: they are marked anew"
        yield Change("question", what, Effect.SOME)
    if old.page != new.page:
        yield Change("question", f"{name} moved from the page '{old.page}' to '{new.page}'")
    for what, before, after in (("points", old.points, new.points), ("tries", old.tries, new.tries)):
        yield from _settings(f"{what} of '{old.id}'", before, after)
    letters = {option.number: option.key for option in old.options}
    moved = [o for o in new.options if letters.get(o.number, o.key) != o.key]
    if moved:
        what = f"the letters of {name} have changed: in reports, '{moved[0].key}' is not what it was"
        yield Change("question", what)
    if old.words != new.words:
        yield Change("wording", f"{name} has other words", old=old.words, new=new.words)


def _settings(name: str, before: Any, after: Any) -> Iterator[Change]:
    if before != after:
        yield Change("setting", f"{name}: {_said(before)} before, {_said(after)} now")


def _said(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {_said(inner)}" for key, inner in value.items())
    if value is None:
        return "all"
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def _alike(words: tuple[str, ...], others: Mapping[str, tuple[str, ...]]) -> str | None:
    """Which of `others` has mostly the same paragraphs, if any."""
    for name, their in others.items():
        if len(set(words) & set(their)) * 2 > max(len(words), len(their)):
            return name
    return None


def _holder(release: Release, number: int) -> str:
    return next(question.id for question in release.questions.values() if question.number == number)


def _gone(old: Mapping[str, object], new: Mapping[str, object]) -> list[str]:
    return [name for name in old if name not in new]


def _both(old: Mapping[str, object], new: Mapping[str, object]) -> list[str]:
    return [name for name in old if name in new]


LOOKS = (identity, settings, pages, questions, files)
OUTSIDE = (identity, files)
"""What can be compared where one of the two was not made by scormkit."""
