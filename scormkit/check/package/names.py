"""PKG014-017: names of files that some system, server or browser cannot take."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from scormkit.check.package.read import is_junk
from scormkit.model.problem import Rule, Severity
from scormkit.standards import limits

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scormkit.check.package.package import Package
    from scormkit.model.archive import Archive
    from scormkit.model.problem import Problem

ERROR, WARNING = Severity.ERROR, Severity.WARNING

NOT_ASCII = Rule(
    "PKG014", WARNING,
    "the file name {name!r} has letters other than a to z in it",
    "rename the file with plain letters, digits, '-' and '_'",
    "File systems write such letters in different ways, so that a reference may not find its file.",
    "RFC 3986 (characters of a URL)",
)  # fmt: skip
BAD_NAME = Rule(
    "PKG015", ERROR,
    "the file name {name!r} cannot be written on every system ({reason})",
    "rename the file",
    "On Windows servers the file is lost or the whole package refused.",
)  # fmt: skip
ESCAPED = Rule(
    "PKG016", WARNING,
    "the file name {name!r} has {characters} in it",
    "rename the file with plain letters, digits, '-' and '_'",
    "In a reference such characters have to be written in another way, which is easily forgotten.",
    "RFC 3986 (reserved and percent-encoded characters)",
)  # fmt: skip
LONG_PATH = Rule(
    "PKG017", WARNING,
    "the path {name!r} is {length} characters long",
    "shorten the names of folders and files: at most {limit} for the path, {part} for each part of it",
    "The LMS's own folders come on top; Windows stops at 260.",
)  # fmt: skip

PART = 100
FORBIDDEN = re.compile(r'[\x00-\x1f\x7f-\x9f<>:"|?*]')
RESERVED = re.compile(r"(^|/)(con|prn|aux|nul|com[1-9]|lpt[1-9])(\.[^/]*)?(/|$)", re.I)


def check(package: Package, archive: Archive) -> Iterator[Problem]:
    """Every file name of a container."""
    for name in archive.files:
        if is_junk(name):
            continue
        span = package.inside(name)
        if FORBIDDEN.search(name) and not re.match("[A-Za-z]:", name):
            yield BAD_NAME.at(span, name=name, reason='a control character or one of < > : " | ? *')
        elif RESERVED.search(name):
            yield BAD_NAME.at(span, name=name, reason="Windows keeps this name for itself")
        elif name.endswith((".", " ")) or "./" in name.replace("../", "") or " /" in name:
            yield BAD_NAME.at(span, name=name, reason="Windows drops the full stop or blank at its end")
        elif unicodedata.normalize("NFC", name) != name:
            yield BAD_NAME.at(span, name=name, reason="its letters and accents are written apart, not in form NFC")
        elif not name.isascii():
            yield NOT_ASCII.at(span, name=name)
        elif special := sorted(set(name) & set(" %#&+,")):
            yield ESCAPED.at(span, name=name, characters=" ".join("a blank" if c == " " else c for c in special))
        if len(name) > limits.PATH or any(len(part) > PART for part in name.split("/")):
            yield LONG_PATH.at(span, name=name, length=len(name), limit=limits.PATH, part=PART)
