"""Results of accessibility tests: what a test run writes into a file, and a course's accessibility statement says in words."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from scormkit.model.settings import Fingerprint, Many, Settings, Text

Circumstance = Literal[
    "light",
    "dark",
    "forced-colours",
    "narrow",
    "small-window",
    "large-text",
    "reduced-motion",
    "keyboard",
    "accessibility-tree",
    "targets",
]
"""In which circumstances pages were tested; scormkit/locales/ has each in words (`tested-...`)."""


class Violation(Settings):
    """A rule of the tool that pages break."""

    rule: Text = Field(description="the tool's name for it, such as color-contrast")
    help: Text = Field(description="what is wrong, in words")
    pages: Many[Text] = Field(description="ids of the pages on which it was found")
    count: int = Field(1, ge=1, description="in how many places")


class AccessibilityResults(Settings):
    """One run of tests over one version of a course. A page is one of `pages` only if it was tested in every circumstance."""

    course: Text = Field(description="the course's id")
    version: Text = Field(description="the course's version that was tested")
    hash: Fingerprint | None = Field(None, description="of the content tested, as `scormkit review --hash` prints it")
    date: date
    tools: Many[Text] = Field(min_length=1, description="what tested, with version, such as axe-core 4.14.1")
    standard: Text = Field("WCAG 2.2 AA", description="what it was tested against")
    pages: Many[Text] = Field(description="ids of the pages tested; those beside the course begin with ~")
    circumstances: Many[Circumstance] = Field(min_length=1, description="how they were tested")
    violations: tuple[Violation, ...] = Field((), description="what was found; empty: nothing")
