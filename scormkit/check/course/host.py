"""Checks against the hosts (LMSs) that the course has to work on.

In: a Course and a Profile (scormkit/standards/profiles.py). Out: problems. The hosts' limits are data there; here is only
what to compare with what.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from scormkit.check.course.reading import beside
from scormkit.model.course import Course
from scormkit.model.problem import Problem, Rule, Severity
from scormkit.standards import limits
from scormkit.standards.profiles import PROFILES, Profile

NO_FORMAT = Rule(
    "PRF101",
    Severity.ERROR,
    "{host} takes none of the formats that are built ({formats})",
    "add one of its formats ({takes}) to 'formats:', or remove '{profile}' from 'profile:'",
    "There would be no package to upload there.",
)
SPARE_FORMAT = Rule(
    "PRF102",
    Severity.ADVICE,
    "no {format} package is built, since none of the hosts in 'profile:' takes one",
    "add the host that it is for to 'profile:', or remove {format} from 'formats:'",
    "A package that nobody can upload helps nobody; '--format' builds it all the same.",
)
LONG_FIELD = Rule(
    "PRF103",
    Severity.ERROR,
    "'{key}' has {length} characters; {host} keeps {limit}",
    "shorten it by {excess}",
    "The host cuts it off or refuses the package.",
)
LONG_STANDARD_FIELD = Rule(
    "PRF104",
    Severity.ERROR,
    "'{key}' has {length} characters; a SCORM 1.2 manifest has room for {limit}",
    "shorten it by {excess}",
    "The manifest would not be valid, and strict hosts refuse it.",
    "imscp_rootv1p1p2.xsd titleType; imsmd_rootv1p2p1.xsd",
)
SERVED_WRONG = Rule(
    "PRF105",
    Severity.INFO,
    "{host} serves {ending} files as {type}",
    "try one there before the release; a transcript helps where it does not play",
    "Some browsers refuse a file whose announced type is not what it is.",
)
TOO_BIG = Rule(
    "PRF106",
    Severity.ERROR,
    "the media have {size}; {host} takes packages of up to {limit}",
    "save videos and pictures smaller, or make two courses of it",
    "The upload is refused.",
)
NO_ANSWERS = Rule(
    "PRF108",
    Severity.ADVICE,
    "{host} does not keep the answers to questions, only status and score",
    "plan without reports on single questions there",
    "The data exist in the learner's progress, but no report shows them.",
)


def formats(course: Course, profiles: tuple[Profile, ...]) -> Iterator[Problem]:
    """Formats and hosts that do not meet."""
    built = course.settings.formats
    for profile in profiles:
        if not set(built) & set(profile.formats):
            yield NO_FORMAT.at(
                course.place("profile") if "profile" in course.places else course.place("formats"),
                host=profile.title,
                formats=", ".join(built),
                takes=", ".join(profile.formats),
                profile=profile.name,
            )
    for name in built:
        if not any(name in profile.formats for profile in profiles):
            yield SPARE_FORMAT.at(course.place("formats"), format=name)


def fields(course: Course, profiles: tuple[Profile, ...]) -> Iterator[Problem]:
    """Settings that are longer than the manifest or a host's column."""
    settings = course.settings
    written = {
        "title": settings.title,
        "author": ", ".join(settings.authors),
        "description": settings.summary or "",
        "keywords": ", ".join(settings.keywords),
        "copyright": settings.copyright or "",
    }
    keys = {"author": "authors", "description": "summary"}
    standard = {"title": limits.TITLE, "description": limits.DESCRIPTION}
    for name, text in written.items():
        key = keys.get(name, name)
        limit = standard.get(name)
        if limit is not None and len(text) > limit:
            yield LONG_STANDARD_FIELD.at(
                course.place(key), key=key, length=len(text), limit=limit, excess=len(text) - limit
            )
            continue
        known = [(p.fields.known()[name], p.title) for p in profiles if name in p.fields.known()]
        if known and len(text) > min(known)[0]:
            limit, host = min(known)
            excess = len(text) - limit
            yield LONG_FIELD.at(course.place(key), key=key, length=len(text), host=host, limit=limit, excess=excess)
    for position, keyword in enumerate(settings.keywords):
        if len(keyword) > limits.KEYWORD:
            yield LONG_STANDARD_FIELD.at(
                course.place(f"keywords.{position}"),
                key="keywords",
                length=len(keyword),
                limit=limits.KEYWORD,
                excess=len(keyword) - limits.KEYWORD,
            )


def files(course: Course, profiles: tuple[Profile, ...]) -> Iterator[Problem]:
    """Media that a host serves wrongly, or does not take for their size."""
    first: dict[str, str] = {}
    for media in course.media:
        first.setdefault(PurePosixPath(media.path).suffix.lower(), media.path)
    for profile in profiles:
        for ending in sorted(first.keys() & profile.types.keys()):
            place = beside(course, first[ending])
            yield SERVED_WRONG.at(place, host=profile.title, ending=ending, type=profile.types[ending])
    whole = sum(media.size for media in course.media)
    for profile in profiles:
        if profile.package and whole > profile.package:
            size, limit = f"{whole / 1e9:.1f} GB", f"{profile.package / 1e9:.1f} GB"
            yield TOO_BIG.at(course.span, size=size, host=profile.title, limit=limit)


def answers(course: Course, profiles: tuple[Profile, ...]) -> Iterator[Problem]:
    """Answers that a host does not keep."""
    for profile in profiles:
        if not profile.interactions and any(page.is_assessment for page in course.pages):
            yield NO_ANSWERS.at(course.place("profile"), host=profile.title)


def chosen(names: tuple[str, ...]) -> tuple[Profile, ...]:
    """The profiles of these names; `generic` where there are none."""
    return tuple(PROFILES[name] for name in dict.fromkeys(names)) or (PROFILES["generic"],)


CHECKS = (formats, fields, files, answers)
