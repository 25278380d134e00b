"""A folder -> Programme: its settings, and which courses belong to it.

In: a `Tree`. Out: a `Programme`. A folder with a course.yaml and no programme around it is a programme of one course.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from scormkit.load.course import MEDIA, SETTINGS, course_settings, load_course
from scormkit.load.files import Found, Tree, read_text
from scormkit.load.settings import read
from scormkit.load.translation import translated
from scormkit.load.yaml import Document, read_settings
from scormkit.model.course import Course, Programme
from scormkit.model.problem import Problem, Rule, Severity, meant
from scormkit.model.settings import CourseSettings, ProgrammeSettings, Shared
from scormkit.model.source import Span

PROGRAMME = "programme.yaml"

NOTHING_HERE = Rule(
    "SRC008",
    Severity.FATAL,
    "there is no course here: {what}",
    "name the folder that holds course.yaml (or programme.yaml), or make a course with: scormkit new DIR",
    "A course is a folder with a file course.yaml.",
)
NO_SUCH_COURSE = Rule(
    "SET009",
    Severity.ERROR,
    "'courses:' names '{name}', but there is no {name}/course.yaml{hint}",
    "correct the folder's name, or write its course.yaml",
    "The course would be missing from the programme.",
)
COURSE_LEFT_OUT = Rule(
    "SET010",
    Severity.INFO,
    "the course in this folder is not built: 'courses:' in programme.yaml does not name it",
    "add '{name}' to 'courses:' when it is to be released",
    "A programme that lists its courses builds only these.",
)
NO_COURSES = Rule(
    "SET011",
    Severity.ERROR,
    "the programme has no courses",
    "make a folder with a course.yaml beside programme.yaml",
    "There is nothing to build.",
)


def load_programme(tree: Tree) -> Programme:
    """Reads the programme, or the course, whose folder `tree` is."""
    if tree.file(PROGRAMME):
        return _programme(tree)
    if tree.file(SETTINGS):
        return _course(tree)
    what = f"{tree.name} is not a folder" if tree.texts is None and not tree.root.is_dir() else "no course.yaml"
    return Programme((), root=tree.folder, problems=(NOTHING_HERE.at(Span(tree.name), what=what),))


def _programme(tree: Tree) -> Programme:
    settings, document, _, problems = _settings(tree)
    there = [name for name in tree.folders() if tree.file(f"{name}/{SETTINGS}")]
    names = []
    for index, written in enumerate(settings.courses):
        place = document.place(("courses", index)) or tree.span(PROGRAMME)
        name = written.strip("/")
        if name in there:
            names.append(name)
        else:
            hint = meant(name, there)
            problems.append(NO_SUCH_COURSE.at(place, name=name, hint=hint))
    if settings.courses:
        left_out = [name for name in there if name not in names]
        problems += [COURSE_LEFT_OUT.at(tree.span(f"{name}/{SETTINGS}"), name=name) for name in left_out]
    else:
        names = there
    if not there:
        problems.append(NO_COURSES.at(tree.span(PROGRAMME)))
    shared = tree.files(MEDIA)
    courses = tuple(_spoken(_inner(tree, name), tree, name, shared) for name in dict.fromkeys(names))
    return Programme(courses, settings, tree.folder, tuple(dict.fromkeys([*problems, *tree.problems])))


def _course(tree: Tree) -> Programme:
    """One course, with what the programme around it says, if there is one."""
    around = _outer(tree)
    if around is None:
        return Programme((_spoken(tree, None, "", {}),), root=tree.folder)
    settings, _, _, problems = _settings(around)
    course = _spoken(tree, around, tree.root.resolve().name, around.files(MEDIA))
    return Programme((course,), settings, tree.folder, tuple(dict.fromkeys([*problems, *around.problems])))


def _spoken(tree: Tree, around: Tree | None, name: str, shared: Mapping[str, Found]) -> Course:
    """The course in the folder `tree`, called `name` in the programme `around` it, in all of its languages."""

    def read_course(tree: Tree, around: Tree | None, language: str) -> Course:
        if around is None:
            return load_course(tree, {}, {}, language=language)
        settings, _, inherited, _ = _settings(around)
        return load_course(tree, _with_id(inherited, settings, name), shared, around, language)

    return translated(read_course(tree, around, ""), tree, around, read_course)


def settings_of(tree: Tree, around: Tree | None) -> CourseSettings:
    """The settings of the course in `tree`, with those of its programme."""
    inherited: dict[str, Any] = {}
    if around is not None:
        settings, _, said, _ = _settings(around)
        inherited = _with_id(said, settings, tree.root.resolve().name)
    return course_settings(tree, inherited, [])[0]


def courses_in(tree: Tree) -> Iterator[tuple[Tree, Tree | None]]:
    """The folders of the courses that are found in `tree`, each with that of its programme."""
    if tree.file(PROGRAMME):
        for name in tree.folders():
            if tree.file(f"{name}/{SETTINGS}"):
                yield _inner(tree, name), tree
    elif tree.file(SETTINGS):
        yield tree, _outer(tree)


def _settings(tree: Tree) -> tuple[ProgrammeSettings, Document, dict[str, Any], list[Problem]]:
    """programme.yaml, and those of its settings that hold for its courses, by key."""
    file, span = tree.file(PROGRAMME), tree.span(PROGRAMME)
    text, problems = read_text(file, span) if file else (None, [])
    document = read_settings(text or "", span)
    settings, wrong = read(ProgrammeSettings, document, span, PROGRAMME)
    said = settings.model_dump(by_alias=True, include=settings.model_fields_set & Shared.model_fields.keys())
    return settings, document, said, [*problems, *document.problems, *wrong]


def _with_id(inherited: dict[str, Any], settings: ProgrammeSettings, name: str) -> dict[str, Any]:
    """What a course inherits, and the id that it has under the programme's base where it says none itself."""
    if settings.base is None:
        return inherited
    joint = "" if settings.base.endswith(("/", "#", ":")) else "/"
    return {**inherited, "id": f"{settings.base}{joint}{name}"}


def _inner(tree: Tree, name: str) -> Tree:
    shown = f"{tree.name}/{name}" if tree.name not in ("", ".") else name
    if tree.texts is None:
        return Tree(shown, tree.root / name, memory=tree.memory)
    inside = {path.removeprefix(f"{name}/"): data for path, data in tree.texts.items() if path.startswith(f"{name}/")}
    return Tree(shown, Path(name), inside)


def _outer(tree: Tree) -> Tree | None:
    if tree.texts is not None:
        return None
    root = tree.root.resolve().parent
    if not (root / PROGRAMME).is_file():
        return None
    shown = (
        "/".join(tree.name.split("/")[:-1]) if "/" in tree.name and not tree.name.endswith("..") else f"{tree.name}/.."
    )
    return Tree("." if tree.name not in (".", "") and "/" not in tree.name else shown, root)
