"""A YAML document -> settings: validated by the model's classes, every mistake told at its own line and column.

In: a `Document` and the class that it should fit. Out: an instance (what is wrong is left out, so that reading can go
on) and problems.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from pydantic import ValidationError

from scormkit.load.yaml import Document
from scormkit.model.duration import in_words
from scormkit.model.problem import Problem, Rule, Severity, meant, nearest, short
from scormkit.model.settings import Settings
from scormkit.model.source import Span

S = TypeVar("S", bound=Settings)
Place = tuple[str | int, ...]

UNKNOWN_KEY = Rule(
    "SET001",
    Severity.ERROR,
    "there is no setting '{key}'{hint}",
    "correct its spelling or remove it; {place} takes {known}",
    "A setting under a wrong name has no effect, and nobody notices.",
)
MISSING = Rule(
    "SET002",
    Severity.ERROR,
    "{place} needs '{key}'",
    "add a line '{key}: ...'",
    "It has no default that could be right.",
)
NOT_ONE_OF = Rule(
    "SET003",
    Severity.ERROR,
    "'{value}' is not one of the values of '{key}'{hint}",
    "write {known}",
    "Another value has no meaning.",
)
WRONG_KIND = Rule(
    "SET004",
    Severity.ERROR,
    "'{key}' is {found} where {wanted} is expected",
    "write {how}",
    "Only that has a meaning here.",
)
NOT_A_VALUE = Rule(
    "SET005",
    Severity.ERROR,
    "'{value}' is not {wanted}, which '{key}' wants",
    "write {wanted}",
    "Anything else cannot be reckoned with.",
)
OUT_OF_RANGE = Rule(
    "SET006",
    Severity.ERROR,
    "'{key}' is {value}, which is {wrong}",
    "write {limits}",
    "Beyond these limits it has no meaning.",
)
NOT_AN_ID = Rule(
    "SET007",
    Severity.ERROR,
    "'{value}' cannot be an id",
    "write a short name of small letters, digits and hyphens, such as 'first-steps' (at most 64 characters)",
    "Ids stand in saved progress, reports and web addresses, where other characters get lost or changed.",
)
NO_VALUE = Rule(
    "SET008",
    Severity.ERROR,
    "'{key}' has no value",
    "write one after the colon, or remove the line",
    "It is not clear whether the default is meant.",
)

_KINDS = {
    "string_type": "a text",
    "tuple_type": "a list",
    "list_type": "a list",
    "dict_type": "a group of keys",
    "model_type": "a group of keys",
    "model_attributes_type": "a group of keys",
    "float_type": "a number",
    "int_type": "a whole number",
    "bool_type": "true or false",
    "date_type": "a date",
}
_VALUES = {
    "float_parsing": "a number",
    "int_parsing": "a whole number",
    "int_from_float": "a whole number",
    "int_parsing_size": "a whole number",
    "finite_number": "a number",
    "bool_parsing": "true or false",
}
TIMES = ("wait", "time-limit", "min-time")
"""Keys whose values are lengths of time."""

_PATTERNS = {
    r"^[A-Z][A-Z0-9]{2}\d{3}$": ("checks", "the ID of a message, such as SET119"),
    r"^[0-9a-f]{16}$": ("hash", "a hash as 'scormkit review --hash' prints it"),
}
"""Texts of a form that is no id: the key that wants them, and what they are."""

_RANGES = {
    "greater_than_equal": ("ge", "too small"),
    "less_than_equal": ("le", "too big"),
    "greater_than": ("gt", "too small"),
    "less_than": ("lt", "too big"),
}


def read(
    kind: type[S], document: Document, span: Span, place: str, *, inherited: Mapping[str, Any] | None = None,
    otherwise: Mapping[str, Any] | None = None,
) -> tuple[S, list[Problem]]:  # fmt: skip
    """Validates `document` as a `kind`; `place` is what its author calls it (`course.yaml`).

    `inherited` are values (by key) for what the document does not say; `otherwise` are values for required keys, so
    that there is an instance even when they are missing.
    """
    problems, data = _without_empty(document)
    data = {**(inherited or {}), **data}
    for _ in range(3):  # what one round drops may make another mistake show
        try:
            return kind.model_validate(data), _once(problems)
        except ValidationError as error:
            errors = error.errors(include_url=False)
            deeper = {tuple(found["loc"][:-1]) for found in errors}
            misspelt = set(
                _misspelt(kind, [tuple(found["loc"]) for found in errors if found["type"] == "extra_forbidden"])
            )
            for found in errors:
                loc: Place = tuple(found["loc"])
                if found["type"] == "too_short" and loc in deeper:
                    continue  # only because none of its items is right, which is told
                if found["type"] != "missing" or (document.whole and loc not in misspelt and loc not in document.keys):
                    problems.append(_problem(kind, found, loc, document, span, place))
                if found["type"] == "missing" and len(loc) == 1 and loc[0] in (otherwise or {}):
                    data[str(loc[0])] = (otherwise or {})[str(loc[0])]
                else:
                    _drop(data, loc)
    return kind.model_validate(dict(otherwise or {})), _once(problems)


def _once(problems: list[Problem]) -> list[Problem]:
    return list(dict.fromkeys(problems))


def _without_empty(document: Document) -> tuple[list[Problem], dict[str, Any]]:
    """The document's data without keys that have no value, and a problem for each of those."""
    problems: list[Problem] = []

    def cleaned(value: Any, path: Place) -> Any:
        if isinstance(value, dict):
            kept = {}
            for key, inner in value.items():
                here = (*path, key)
                if inner is None:
                    problems.append(NO_VALUE.at(document.place(here, key=True) or Span(""), key=key))
                else:
                    kept[key] = cleaned(inner, here)
            return kept
        if isinstance(value, list):
            return [cleaned(inner, (*path, n)) for n, inner in enumerate(value) if inner is not None]
        return value

    return problems, dict(cleaned(document.data, ()))


def _problem(kind: type[Settings], error: Any, loc: Place, document: Document, span: Span, place: str) -> Problem:
    """pydantic's finding in the words of whoever wrote the file."""
    what, value, context = error["type"], error["input"], error.get("ctx", {})
    said = loc  # without what stands only in the settings class: `completion: pages` is the rule of a group of keys
    while said and said not in document.values:
        said = said[:-1]
    key = next((str(part) for part in reversed(said) if isinstance(part, str)), place)
    at = document.place(loc, key=what == "extra_forbidden") or span
    around = next((part for part in reversed(loc[:-1]) if isinstance(part, str)), None)
    inside = f"'{around}'" if around else place
    if what == "extra_forbidden":
        known = sorted(_keys(kind, loc[:-1]))
        return UNKNOWN_KEY.at(at, key=key, hint=meant(key, known), place=inside, known=", ".join(known))
    if what == "missing":
        return MISSING.at(at, place=inside, key=loc[-1])
    if what == "literal_error":
        known = [part.strip("'") for part in context["expected"].replace(" or ", ", ").split(", ")]
        return NOT_ONE_OF.at(at, value=short(str(value)), key=key, hint=meant(str(value), known), known=_either(known))
    if what in _RANGES:
        limit, wrong = _RANGES[what]
        end = "at least" if limit[0] == "g" else "at most"
        shown, limits = f"{value}", f"a number of {end} {context[limit]:g}"
        if key in TIMES:
            shown, limits = in_words(value) or "no time", f"{end} {in_words(context[limit])}"
        return OUT_OF_RANGE.at(at, key=key, value=shown, wrong=wrong, limits=limits)
    if what == "string_pattern_mismatch" and context["pattern"] in _PATTERNS:
        of, wanted = _PATTERNS[context["pattern"]]
        return NOT_A_VALUE.at(at, value=short(str(value)), key=of, wanted=wanted)
    if what == "string_pattern_mismatch" or (what == "string_too_long" and context["max_length"] == 64):
        return NOT_AN_ID.at(at, value=short(str(value)))
    if what in ("string_too_short", "too_short"):
        return NO_VALUE.at(at, key=key)
    if what.startswith("date") and isinstance(value, str):
        return NOT_A_VALUE.at(at, value=short(str(value)), key=key, wanted="a date such as 2027-11-01")
    if what == "value_error":  # raised by scormkit.model.settings, in words that say what is wanted
        return NOT_A_VALUE.at(at, value=short(str(value)), key=key, wanted=str(context["error"]))
    if what in _VALUES:
        return NOT_A_VALUE.at(at, value=short(str(value)), key=key, wanted=_VALUES[what])
    if what in _KINDS:
        return WRONG_KIND.at(at, key=key, found=_kind(value), wanted=_KINDS[what], how=_how(kind, loc, _KINDS[what]))
    return NOT_A_VALUE.at(at, value=short(str(value)), key=key, wanted="a value of the right kind")


def _how(kind: type[Settings], loc: Place, wanted: str) -> str:
    """How a list or a group of keys is written here."""
    keys = _keys(kind, loc) if _class_at(kind, loc) else []
    if wanted == "a list" and keys:
        return f"a list, each entry on lines of its own: '- {keys[0]}: ...' and below it the rest of {', '.join(keys)}"
    if wanted == "a list":
        return "a list: [one, another], or each entry on a line of its own after '- '"
    if wanted == "a group of keys":
        one = f"'{keys[0]}: ...'; there are {', '.join(keys)}" if keys else "'SET119: off'"
        return f"it on lines of its own below the key, indented by two spaces, such as {one}"
    return wanted


def _class_at(kind: type[Settings], loc: Place) -> type[Settings] | None:
    """The settings class of the value at `loc`; None where it has none."""
    found: type[Settings] | None = kind
    for part in loc:
        if isinstance(part, str) and found:
            fields = {info.alias or name: info.annotation for name, info in found.model_fields.items()}
            found = _settings_in(fields.get(part))
    return found


def _misspelt(kind: type[Settings], unknown: list[Place]) -> Iterator[Place]:
    """The places of the keys that these unknown ones were probably meant to be."""
    for loc in unknown:
        if close := nearest(str(loc[-1]), _keys(kind, loc[:-1])):
            yield (*loc[:-1], close)


def _drop(data: Any, loc: Place) -> None:
    """Takes the value at `loc`, or the nearest thing around it, out of `data`."""
    holder, path = data, []
    for part in loc[:-1]:
        inner = holder.get(part) if isinstance(holder, dict) else None
        if not isinstance(inner, dict):
            break
        holder = inner
        path.append(part)
    if loc and isinstance(holder, dict) and len(path) < len(loc):
        gone = holder.pop(loc[len(path)], None)
        if gone is None and path:  # a key is missing inside: what needs it goes
            _drop(data, tuple(path))


def _keys(kind: type[Settings], loc: Place) -> list[str]:
    """The keys that the settings at `loc` take."""
    for part in loc:
        if isinstance(part, int):
            continue
        fields = {info.alias or name: info.annotation for name, info in kind.model_fields.items()}
        kind = _settings_in(fields.get(part)) or kind
    return [info.alias or name for name, info in kind.model_fields.items()]


def _settings_in(annotation: Any) -> type[Settings] | None:
    """The settings class inside an annotation such as `tuple[Objective, ...]` or `Completion | None`."""
    if isinstance(annotation, type) and not isinstance(annotation, types.GenericAlias):
        return annotation if issubclass(annotation, Settings) else None
    return next((found for part in typing.get_args(annotation) if (found := _settings_in(part))), None)


def _either(known: list[str]) -> str:
    return ", ".join(known[:-1]) + f" or {known[-1]}" if len(known) > 1 else known[0]


def _kind(value: Any) -> str:
    if isinstance(value, dict):
        return "a group of keys"
    return "a list" if isinstance(value, list | tuple) else f"'{short(str(value))}'"
