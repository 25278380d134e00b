"""The hosts of a course's profiles -> what the player needs to know of them: `limits` and `host` of the payload."""

from __future__ import annotations

from typing import Any

from scormkit.standards.profiles import GENERIC, Profile


def limits(profile: Profile) -> dict[str, int]:
    """How much of saved progress and of an answer every one of the hosts keeps, in characters."""
    return {"state": profile.state, "response": profile.response}


def host(profile: Profile) -> dict[str, Any]:
    """Where the hosts want something else than any LMS takes; empty where they do not (the player has the defaults)."""
    told: dict[str, Any] = {}
    if profile.exits[1] != GENERIC.exits[1]:
        told["exitWhenFinished"] = profile.exits[1]
    if set(profile.statuses) != set(GENERIC.statuses):
        told["statuses"] = list(profile.statuses)
    if profile.mastery:
        told["mastery"] = profile.mastery
    return told
