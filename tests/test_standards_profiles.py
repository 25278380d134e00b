"""Profiles: every host keeps to the standard's limits, and several hosts together are as strict as the strictest."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import get_args

import pytest

from scormkit.model.settings import Profile as ProfileName
from scormkit.standards import limits
from scormkit.standards.profiles import PROFILES, Profile, combine

DATA_MODEL = Path(__file__).parent.parent / "scormkit" / "standards" / "scorm12_datamodel.json"
SETTABLE = {"passed", "completed", "failed", "incomplete", "browsed"}


def test_the_settings_know_the_same_hosts() -> None:
    assert list(PROFILES) == list(get_args(ProfileName))


@pytest.mark.parametrize("profile", PROFILES.values(), ids=list(PROFILES))
def test_a_host_asks_for_nothing_that_the_standard_forbids(profile: Profile) -> None:
    assert profile.state <= limits.STATE
    assert profile.location <= limits.LOCATION and profile.response <= limits.RESPONSE
    assert set(profile.statuses) <= SETTABLE
    assert set(profile.exits) <= {"time-out", "suspend", "logout", ""}
    assert (profile.fields.title or limits.TITLE) <= limits.TITLE
    assert profile.formats and profile.sources
    for patterns in profile.responses.values():
        for pattern in patterns:
            re.compile(pattern)


def test_the_standard_is_the_one_of_the_data_model() -> None:
    elements = {e["element"]: e for e in json.loads(DATA_MODEL.read_text(encoding="utf-8"))["elements"]}
    assert elements["cmi.suspend_data"]["type"] == f"CMIString{limits.STATE}"
    assert elements["cmi.core.lesson_location"]["type"] == f"CMIString{limits.LOCATION}"


def test_nothing_chosen_is_any_host() -> None:
    assert combine(()) is PROFILES["generic"]
    assert combine(("moodle", "moodle")) is PROFILES["moodle"]


def test_an_unknown_host_is_refused() -> None:
    with pytest.raises(KeyError, match="webct"):
        combine(("generic", "webct"))


def test_together_they_are_as_strict_as_the_strictest() -> None:
    every = combine(PROFILES)
    assert every.formats == ("scorm12",)
    assert every.fields.copyright == 30 and every.fields.title == 200 and every.fields.identifier == 128
    assert every.statuses == ("completed", "incomplete")
    assert every.package == 2_147_483_648
    assert not every.interactions and not every.resume
    assert every.window == (640, 480)
    assert every.types[".vtt"] == "application/octet-stream" and every.types[".mjs"]
    assert all(re.match(pattern, "a,b") for pattern in every.responses["choice"])
    assert not any(re.match(pattern, "ab") for pattern in every.responses["choice"])


def test_the_order_of_hosts_does_not_matter() -> None:
    one, other = combine(("moodle", "cornerstone")), combine(("cornerstone", "moodle"))
    assert (one.state, one.fields, set(one.formats), set(one.statuses)) == (
        other.state,
        other.fields,
        set(other.formats),
        set(other.statuses),
    )
