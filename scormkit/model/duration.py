"""Lengths of time as authors write them: '25 minutes', '1 hour 30 minutes', '90 s', or ISO 8601's 'PT25M'.

One reading for all: what the check takes for a course's duration, the package's metadata carries.
"""

from __future__ import annotations

import re

_SPELLED = re.compile(
    r"(?:(?P<hours>[0-9]{1,4}(?:\.[0-9]{1,3})?)\s*(?:h|hrs?|hours?))?[\s,]*(?:and\s+)?"
    r"(?:(?P<minutes>[0-9]{1,5})\s*(?:m|mins?|minutes?))?[\s,]*(?:and\s+)?"
    r"(?:(?P<seconds>[0-9]{1,6})\s*(?:s|secs?|seconds?))?\.?",
    re.IGNORECASE,
)
_ISO = re.compile(
    r"P(?=.)(?:(?P<days>[0-9]{1,9})D)?(?:T(?=.)(?:(?P<hours>[0-9]{1,9})H)?(?:(?P<minutes>[0-9]{1,9})M)?"
    r"(?:(?P<seconds>[0-9]{1,9}(?:\.[0-9]{1,9})?)S)?)?"
)


def seconds(text: str) -> int | None:
    """A length of time in words, in seconds; None where it is not one."""
    parts = _parts(text)
    return None if parts is None else 3600 * parts[0] + 60 * parts[1] + parts[2]


def iso_seconds(text: str) -> int | None:
    """A length of time in ISO 8601, in whole seconds; None where it is not one, or is in words."""
    found = _ISO.fullmatch(text.strip())
    if found is None:
        return None
    days, hours, minutes, rest = (float(found[unit] or 0) for unit in ("days", "hours", "minutes", "seconds"))
    return round(86400 * days + 3600 * hours + 60 * minutes + rest)


def iso(text: str) -> str | None:
    """A length of time in words or ISO 8601 as ISO 8601, '90 minutes' as PT90M; None where it is neither, or nothing.

    Of ISO 8601 it takes days, hours, minutes and seconds: months and years have no certain length.
    """
    if _ISO.fullmatch(text.strip()):
        return text.strip()
    said = "".join(f"{count}{unit}" for count, unit in zip(_parts(text) or (), "HMS", strict=False) if count)
    return f"PT{said}" if said else None


def in_words(seconds: int) -> str:
    """A number of seconds as settings write it: 5400 is '1 hours 30 minutes'."""
    parts = ((seconds // 3600, "hours"), (seconds // 60 % 60, "minutes"), (seconds % 60, "seconds"))
    return " ".join(f"{count} {unit}" for count, unit in parts if count)


def _parts(text: str) -> tuple[int, int, int] | None:
    """Hours, minutes and seconds as they are written; of half hours the minutes."""
    found = _SPELLED.fullmatch(text.strip())
    if not found or not any(found.groups()):
        return None
    hours, rest = divmod(round(3600 * float(found["hours"] or 0)), 3600)
    return hours, int(found["minutes"] or 0) + rest // 60, int(found["seconds"] or 0) + rest % 60
