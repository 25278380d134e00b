"""The settings classes -> JSON Schemas, with which editors complete keys and underline mistakes.

Out: the text of each file of scormkit/standards/settings/. Editors read YAML's own kinds where scormkit reads text, so the
schemas take numbers and words for texts, one value for a list of one, and `80%` for 80.
"""

from __future__ import annotations

import json
from typing import Any

from scormkit.model.accessibility import AccessibilityResults
from scormkit.model.settings import CourseSettings, PageSettings, ProgrammeSettings, SectionSettings, Settings
from scormkit.model.theme import ThemeSettings

FILES: dict[str, type[Settings]] = {
    "programme": ProgrammeSettings,
    "course": CourseSettings,
    "page": PageSettings,
    "section": SectionSettings,
    "theme": ThemeSettings,
    "accessibility": AccessibilityResults,
}
"""By the name of the schema's file."""

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema(name: str) -> str:
    """The text of the schema `name`: the same classes, the same bytes."""
    made = FILES[name].model_json_schema(by_alias=True)
    return json.dumps({"$schema": DIALECT, **_tolerant(made)}, indent=2, ensure_ascii=False) + "\n"


def _tolerant(part: Any) -> Any:
    """A part of a schema, widened to what scormkit takes."""
    if isinstance(part, list):
        return [_tolerant(inner) for inner in part]
    if not isinstance(part, dict):
        return part
    part = {key: _tolerant(value) for key, value in part.items() if key != "title" or not isinstance(value, str)}
    if part.get("default", "") is None:  # what may be left out may not be left empty
        del part["default"]
        given = [kind for kind in part.pop("anyOf") if kind != {"type": "null"}]
        return {**part, **(given[0] if len(given) == 1 else {"anyOf": given})}
    if part.get("type") == "string" and not part.keys() & {"pattern", "enum", "const", "format"}:
        return {**part, "type": ["string", "number", "boolean"]}
    if part.get("type") == "array" and "$ref" not in part.get("items", {}):
        around = {key: part.pop(key) for key in ("default", "description") if key in part}
        return {"anyOf": [part["items"], part], **around}
    if part.get("type") == "number" and part.get("maximum") == 100:
        around = {key: part.pop(key) for key in ("default", "description") if key in part}
        return {"anyOf": [part, {"type": "string", "pattern": r"^\s*\d+(\.\d+)?\s*%\s*$"}], **around}
    return part
