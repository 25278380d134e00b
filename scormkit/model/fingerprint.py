"""Course -> the fingerprint of its content, to which a sign-off is tied.

It hangs on what a learner reads and is asked: pages, questions, glossary, media. It does not hang on who reviewed it, the version,
places in files, stable numbers, on what tests found (which hangs on it), or on fields that are as they are by default; so a new
release of scormkit leaves it alone.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import MISSING, fields, is_dataclass, replace
from enum import Enum
from typing import Any

from pydantic import BaseModel

from scormkit.model.course import Course, Media
from scormkit.model.prose import Prose
from scormkit.model.settings import Accessibility

ASIDE = frozenset({"span", "places", "number", "revision"})
FOUND = {"results"}  # of `accessibility`
SETTINGS = ("title", "summary", "language", "objectives", "assessment", "completion", "accessibility")


def fingerprint(course: Course) -> str:
    """Sixteen hexadecimal digits; other content has others."""
    content: dict[str, Any] = {
        "settings": [_plain(getattr(course.settings, name)) for name in SETTINGS],
        "sections": _plain(course.sections),
        "glossary": _plain([replace(term, also=()) for term in course.glossary]),
        "media": _plain(course.media),
        **({"sources": _plain(course.sources)} if course.sources else {}),
    }
    if course.translations:
        content["translations"] = [fingerprint(one) for one in course.translations]
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _plain(value: Any) -> Any:
    if isinstance(value, Prose):
        return "\n".join((value.source, *value.definitions))
    if isinstance(value, Media):
        return [value.path, value.size]
    if isinstance(value, BaseModel):
        exclude = FOUND if isinstance(value, Accessibility) else None
        return value.model_dump(mode="json", exclude_defaults=True, exclude=exclude)
    if is_dataclass(value) and not isinstance(value, type):
        told = {
            field.name: _plain(getattr(value, field.name))
            for field in fields(value)
            if field.name not in ASIDE and getattr(value, field.name) != _default(field)
        }
        return {**told, "type": type(value).__name__}
    if isinstance(value, dict):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, frozenset | set):
        return sorted(str(one) for one in value)
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, Enum):
        return value.value
    return value if value is None or isinstance(value, str | int | float | bool) else str(value)


def _default(field: Any) -> Any:
    return field.default_factory() if field.default_factory is not MISSING else field.default
