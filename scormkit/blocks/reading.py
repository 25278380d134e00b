"""What the content blocks share: the file that a block shows, its title, and what must not be empty.

In: a Directive and its Reader. Out: parts of a ContentBlock, and problems.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import PurePosixPath

from scormkit.model.course import Block
from scormkit.model.directive import Directive, Reader, Value
from scormkit.model.problem import Rule, Severity
from scormkit.model.prose import Link, Prose
from scormkit.model.source import Span

NO_FILE = Rule(
    "BLK001",
    Severity.ERROR,
    "this {name} names no file",
    "write its file on the same line: {fence} ../media/{example}",
    "There is nothing to show.",
)
WRONG_FILE = Rule(
    "BLK002",
    Severity.ERROR,
    "'{written}' is not {wanted}",
    "name a file that ends in {endings}",
    "Browsers could not show it here.",
)
EMPTY = Rule(
    "BLK003",
    Severity.ERROR,
    "this {name} is empty",
    "write its text between the fences, or remove it",
    "Learners would see an empty box.",
)
EMPTY_OPTION = Rule(
    "BLK004",
    Severity.ERROR,
    "the option ':{key}:' has no value",
    "write one after the second colon, or remove the line",
    "It is not clear what is meant.",
)

CONTRADICTION = Rule(
    "BLK029",
    Severity.ERROR,
    "':{flag}:' and ':{key}:' contradict each other",
    "keep ':{key}:' if it tells something, or else ':{flag}: true'",
    "Whichever were taken, some learners would get less than was meant for them.",
)
NOT_A_TRUTH = Rule(
    "BLK030",
    Severity.ERROR,
    "':{key}: {value}' is neither true nor false",
    "write ':{key}: true', or remove the line",
    "Anything else could be read either way.",
)

ODD_SHARE = Rule(
    "BLK023",
    Severity.ERROR,
    "':complete: {written}' is no share of a recording",
    "write how many per cent of it have to be played, such as ':complete: 80%'",
    "It is not clear when the page would be done.",
)

IMAGES = (".svg", ".png", ".jpg", ".jpeg", ".webp", ".avif", ".gif")
SOUNDS = (".mp3", ".m4a", ".ogg", ".oga", ".opus", ".wav", ".flac")
FILMS = (".mp4", ".webm", ".m4v")


def read_flag(options: Mapping[str, Value], flag: str, key: str, reader: Reader) -> bool:
    """Whether `flag`, which says that there is nothing for `key` to say, is true; told where `key` says something all the same."""
    value = options.get(flag)
    if value is None:
        return False
    word = value.text.lower()
    if word not in ("true", "yes", "false", "no"):
        reader.report(NOT_A_TRUTH.at(value.span, key=flag, value=value.text))
    raised = word in ("true", "yes")
    if raised and key in options:
        reader.report(CONTRADICTION.at(value.span, flag=flag, key=key))
    return raised


def read_options(directive: Directive, reader: Reader, known: Collection[str]) -> Mapping[str, Value]:
    """The directive's options that are known and not empty."""
    options = reader.options(directive, known)
    for key, value in options.items():
        if not value.text:
            reader.report(EMPTY_OPTION.at(Span(value.span.path, value.span.line, 1), key=key))
    return {key: value for key, value in options.items() if value.text}


def read_file(directive: Directive, reader: Reader, endings: Collection[str], wanted: str, example: str) -> Link | None:
    """The file that stands where other blocks have their title."""
    value = Value(directive.title, directive.title_span)
    if not value.text:
        reader.report(
            NO_FILE.at(directive.span, name=directive.name, fence=f":::{{{directive.name}}}", example=example)
        )
        return None
    return expect_ending(reader.media(value), reader, endings, wanted)


def expect_ending(link: Link, reader: Reader, endings: Collection[str], wanted: str) -> Link:
    """Reports a file whose name does not end as it should; no `endings`: any will do."""
    if link.target and endings and PurePosixPath(link.target).suffix.lower() not in endings:
        reader.report(WRONG_FILE.at(link.span, written=link.written, wanted=wanted, endings=" or ".join(endings)))
    return link


def prose(options: Mapping[str, Value], key: str, reader: Reader) -> Prose | None:
    """An option's value as Prose."""
    value = options.get(key)
    return reader.prose(value.text, value.span) if value else None


def file(options: Mapping[str, Value], key: str, reader: Reader, endings: Collection[str], wanted: str) -> Link | None:
    """The file that an option names."""
    value = options.get(key)
    return expect_ending(reader.media(value), reader, endings, wanted) if value else None


def read_share(options: Mapping[str, Value], reader: Reader) -> int:
    """How many per cent of a recording have to be played before its page is done; 0 where that does not matter."""
    value = options.get("complete")
    if value is None:
        return 0
    digits = value.text.removesuffix("%").rstrip()
    if digits.isascii() and digits.isdigit() and 1 <= int(digits[:4]) <= 100:
        return int(digits[:4])
    reader.report(ODD_SHARE.at(value.span, written=value.text))
    return 0


def share(per_cent: int) -> str:
    """How much of a recording has to be played, as authors write it."""
    return f"{per_cent}%" if per_cent else ""


def content(directive: Directive, reader: Reader) -> tuple[Block, ...]:
    """What stands inside; that there is nothing is reported."""
    found = reader.content(directive)
    if not found:
        reader.report(EMPTY.at(directive.span, name=directive.name))
    return found


def paths(*links: Link | None) -> tuple[str, ...]:
    """The paths in the package of those files that are there."""
    return tuple(link.target for link in links if link and link.target)
