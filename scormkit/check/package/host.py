"""HST001-004 and NHS003-005: what a host's profile says about a package."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scormkit.check.package.package import Kind, bare_path
from scormkit.model.problem import Rule, Severity
from scormkit.standards import hosts
from scormkit.standards.profiles import PROFILES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scormkit.check.package.package import Package
    from scormkit.model.problem import Problem
    from scormkit.standards.profiles import Profile

ERROR, WARNING, INFO, ADVICE = Severity.ERROR, Severity.WARNING, Severity.INFO, Severity.ADVICE

FORMAT = Rule(
    "HST001", ERROR,
    "{host} does not take {kind}",
    "export the package as {formats}",
    "The upload is refused, or nothing is recorded.",
    "the host's profile",
)  # fmt: skip
FIELD = Rule(
    "HST002", WARNING,
    "{field} is {length} characters long; {host} keeps {limit}",
    "shorten it",
    "The rest is cut off, or the upload fails.",
    "the host's profile; ScormResourceVersionManifest.sql, Moodle's database",
)  # fmt: skip
SIZE = Rule(
    "HST003", ERROR,
    "the package is {size} bytes large; {host} takes {limit}",
    "compress images and video, or split the course",
    "The upload is refused.",
    "the host's profile",
)  # fmt: skip
SINGLE = Rule(
    "HST004", ERROR,
    "{host} starts only the first of the package's {count} items",
    "make a package with one item",
    "Learners never see the others.",
    "Learning Hub ScormResourceVersionManifest.sql (ManifestURL); AICCShim prepare_shim.py",
)  # fmt: skip
NO_MASTERY = Rule(
    "NHS003", ADVICE,
    "{host} reports a mastery score of 100 to the course, because the manifest sets none",
    "set adlcp:masteryscore if the course reads it",
    "A course that compares the score with it passes nobody below 100.",
    "Learning Hub ScormContansts.cs",
)  # fmt: skip
CROSS_DOMAIN = Rule(
    "NHS004", INFO,
    "if {host} is opened from ESR, the course is on another server than ESR",
    "check that recording works from ESR: it needs the Learning Hub's adapter, or a course that speaks AICC",
    "A browser does not let pages of two servers talk to each other through SCORM.",
    "adapt-elfh-spoor README; LearningHub.Nhs.Content",
)  # fmt: skip
SUSPENDED = Rule(
    "NHS005", ADVICE,
    "before a new version replaces this one on {host}: learners' saved progress is kept",
    "if the new version cannot read it, tick 'Force clearing of user suspend data'",
    "Progress of another form makes a course start wrongly or not at all.",
    "Learning Hub ContentScorm.vue",
)  # fmt: skip

LEARNING_HUB = "nhs-learning-hub"


def chosen(names: Iterable[str]) -> tuple[Profile, ...]:
    """The profiles of those names, or all of them. Raises KeyError."""
    return tuple(PROFILES[name] for name in names) or tuple(PROFILES.values())


def check(package: Package, profile: Profile) -> Iterator[Problem]:
    """What holds on one host only."""
    if package.kind is Kind.UNKNOWN:
        return
    span = package.inside(package.manifest_name)
    taken = hosts.TAKES.get(profile.name)
    if taken is not None and package.kind not in taken:
        formats = " or ".join(Kind(kind).label for kind in taken)
        yield FORMAT.at(span, host=profile.title, kind=package.kind.label, formats=formats)
        return
    if package.manifest is None:  # AICC has none, and one that cannot be read says nothing
        return
    for field, value, limit in _fields(package, profile):
        if limit is not None and len(value) > limit:
            yield FIELD.at(span, field=field, length=len(value), host=profile.title, limit=limit)
    size = sum(entry.compressed for entry in package.archive.entries) if package.archive else 0
    if profile.package is not None and size >= profile.package:
        yield SIZE.at(span, size=f"{size:,}", host=profile.title, limit=f"{profile.package:,}")
    if profile.name in hosts.SINGLE and len(package.launches) > 1:
        yield SINGLE.at(span, host=profile.title, count=len(package.launches))
    if profile.name == LEARNING_HUB:
        yield from _learning_hub(package, profile)


def _fields(package: Package, profile: Profile) -> list[tuple[str, str, int | None]]:
    limits = profile.fields
    found: list[tuple[str, str, int | None]] = [("the title", package.title, limits.title)]
    for item in package.launches:
        found.append((f"the identifier of {item.title!r}", item.identifier, limits.identifier))
        found.append((f"the path of {item.title!r}", bare_path(item.launch or ""), limits.launch))
    found += [(f"the identifier {r.identifier[:40]!r}", r.identifier, limits.identifier) for r in package.resources]
    if package.manifest:
        words = [" ".join(n.value for n in keyword.walk if n.value) for keyword in package.manifest.under("keyword")]
        found.append(("the list of keywords", ", ".join(words), limits.keywords))
        for rights in package.manifest.under("copyrightandotherrestrictions"):
            found.append(("the copyright", " ".join(n.value for n in rights.walk), limits.copyright))
    return found


def _learning_hub(package: Package, profile: Profile) -> Iterator[Problem]:
    assert package.manifest is not None
    span = package.inside(package.manifest_name)
    reads = any(re.search(r"mastery_score", text) for text in package.texts.values())
    if reads and not any(package.manifest.under("masteryscore")):
        yield NO_MASTERY.at(span, host=profile.title)
    if not any(re.search(r"aicc_sid|AICC_SID|hacp", text) for text in package.texts.values()):
        yield CROSS_DOMAIN.at(span, host=profile.title)
    if any("suspend_data" in text for text in package.texts.values()):
        yield SUSPENDED.at(span, host=profile.title)
