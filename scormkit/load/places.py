"""Places of what was read from a text that stands in for another one: each line is where its words are written.

In: a course, and for each file the places of its lines. Out: the same course, its spans and those of its problems moved there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import fields, is_dataclass
from typing import Any, TypeVar

from scormkit.model.problem import Problem, Rule
from scormkit.model.prose import Prose
from scormkit.model.source import Span

T = TypeVar("T")


def moved(value: T, places: Mapping[str, Sequence[Span]]) -> T:
    """`value` with all the spans in it moved; `places` are for the lines of a file, by its path."""
    made: Any = _moved(value, places)
    return made  # type: ignore[no-any-return]


def _moved(value: Any, places: Mapping[str, Sequence[Span]]) -> Any:
    if value is None or isinstance(value, str | int | float | Rule):
        return value
    if isinstance(value, Span):
        return _place(value, places)
    if isinstance(value, tuple):
        found = [_moved(one, places) for one in value]
        return tuple(found) if any(new is not old for new, old in zip(found, value, strict=True)) else value
    if isinstance(value, dict):
        return {key: _moved(one, places) for key, one in value.items()}
    if isinstance(value, Problem):
        return Problem(value.rule, _place(value.span, places), value.values, value.level)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    made = copy(value)
    for field in fields(value):
        object.__setattr__(made, field.name, _moved(getattr(value, field.name), places))
    if isinstance(made, Prose):
        object.__setattr__(made, "lines", ())  # of the text that was read
    return made


def _place(span: Span, places: Mapping[str, Sequence[Span]]) -> Span:
    lines = places.get(span.path)
    if not lines or not 0 < span.line <= len(lines):
        return span
    place = lines[span.line - 1]
    return place if place.path != span.path else Span(span.path, place.line, span.column)
