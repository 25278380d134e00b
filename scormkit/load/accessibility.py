"""The file of accessibility test results that a course's settings name -> the results.

In: the `Tree` of a course, and its settings. Out: `AccessibilityResults`, or None where there are none, and problems.
"""

from __future__ import annotations

from scormkit.load.files import Tree, read_text
from scormkit.load.settings import read
from scormkit.load.yaml import read_settings
from scormkit.model.accessibility import AccessibilityResults
from scormkit.model.problem import Problem, Rule, Severity
from scormkit.model.settings import CourseSettings
from scormkit.model.source import Span

NO_FILE = Rule(
    "SET143",
    Severity.ERROR,
    "there is no file '{name}', which 'accessibility: results' names",
    "write its path as seen from course.yaml, run the tests again, or remove the line",
    "The accessibility statement would say nothing of the tests.",
)


def read_results(
    tree: Tree, settings: CourseSettings, place: Span, problems: list[Problem]
) -> AccessibilityResults | None:
    """What the file says; `place` is where the settings name it. JSON is read as the YAML that it is, too."""
    name = settings.accessibility.results
    if name is None:
        return None
    file = tree.file(name)
    if file is None:
        problems.append(NO_FILE.at(place, name=name))
        return None
    span = tree.span(name)
    text, found = read_text(file, span)
    document = read_settings(text or "", span)
    wrong = [*found, *document.problems]
    if text is not None and not wrong:
        results, wrong = read(
            AccessibilityResults, document, span, name,
            otherwise={
                "course": settings.id, "version": "0", "date": "1970-01-01", "tools": "?", "pages": (), "circumstances": "light",
            },
        )  # fmt: skip
        if not wrong:
            return results
    problems += wrong  # half of it could claim more than was tested
    return None
