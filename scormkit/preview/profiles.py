"""Host profiles: JSON files in, what an emulated host does out, each setting with the fact behind it and its source."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

HOSTS = Path(__file__).parent / "hosts"
FOLDER = HOSTS / "profiles"
NAMES = ("strict", "moodle", "nhs-learning-hub", "aicc-relay", "open-edx", "cornerstone", "minimal")
"""The emulated hosts in the order in which they are offered. `strict` has every setting; others say what they change."""


@dataclass(frozen=True)
class Fact:
    """One thing in which a host differs from the standard: the setting's name, the fact in words, and its source."""

    setting: str
    fact: str
    source: str


@dataclass(frozen=True)
class Profile:
    """An emulated host. `settings` are those of `strict` with this host's own over them."""

    name: str
    title: str
    summary: str
    settings: Mapping[str, Any]
    facts: tuple[Fact, ...]


@cache
def profile(name: str) -> Profile:
    """The host of that name. Raises KeyError where there is none."""
    if name not in NAMES:
        raise KeyError(name)
    data = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    own = {key: setting["is"] for key, setting in data["settings"].items()}
    settings = own if name == "strict" else {**profile("strict").settings, **own}
    facts = tuple(Fact(key, setting["fact"], setting["source"]) for key, setting in data["settings"].items())
    return Profile(data["name"], data["title"], data["summary"], settings, facts)
