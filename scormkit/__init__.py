"""scormkit compiles plain-text courses into SCORM and xAPI packages.

    import scormkit

    programme = scormkit.load("course")              # reads; never raises for what an author wrote
    for problem in scormkit.check(programme):        # every finding, with its place and remedy
        print(problem)
    built = scormkit.build(programme, out="build")   # checks, then writes the packages

The three functions import the rest of their stage when they are called; the classes below when they are first named.
So `import scormkit` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from scormkit.check import check
from scormkit.load import load, load_texts, prose
from scormkit.pipeline import build
from scormkit.write import write

if TYPE_CHECKING:
    from scormkit.model.course import Course, Page, Programme, Section
    from scormkit.model.problem import Problem, Rule, Severity
    from scormkit.model.settings import CourseSettings, PageSettings, ProgrammeSettings
    from scormkit.model.source import Span
    from scormkit.pipeline import Built, Package

__version__ = "0.1.0"

_HOMES = {
    "Course": "model.course",
    "Page": "model.course",
    "Programme": "model.course",
    "Section": "model.course",
    "Problem": "model.problem",
    "Rule": "model.problem",
    "Severity": "model.problem",
    "CourseSettings": "model.settings",
    "PageSettings": "model.settings",
    "ProgrammeSettings": "model.settings",
    "Span": "model.source",
    "Built": "pipeline",
    "Package": "pipeline",
}

__all__ = [
    "Built",
    "Course",
    "CourseSettings",
    "Package",
    "Page",
    "PageSettings",
    "Problem",
    "Programme",
    "ProgrammeSettings",
    "Rule",
    "Section",
    "Severity",
    "Span",
    "__version__",
    "build",
    "check",
    "load",
    "load_texts",
    "prose",
    "write",
]


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'scormkit' has no attribute {name!r}")
    return getattr(import_module(f"scormkit.{home}"), name)
