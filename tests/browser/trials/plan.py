"""The plan of a trial: a seed and a host in, a list of events out."""

from __future__ import annotations

import random
from typing import Any

from scormkit.preview.profiles import NAMES

HOSTS = (*NAMES, "lrs")
EVENTS = {
    "answer": 30, "take": 8, "wait": 8, "relaunch": 10, "close": 6, "kill": 5, "kill-at-commit": 5, "reload": 4, "back": 3,
    "away": 3, "freeze": 3, "fault": 14, "mend": 10, "offline": 8, "online": 8, "corrupt-host": 2, "corrupt-device": 2,
    "second-tab": 3, "clock": 3, "new-browser": 2, "late-api": 2,
}  # fmt: skip
"""What may happen, and how often."""

FAULTS = ("refuse", "slow", "silence", "lost-answer", "unauthorised", "login-page")
WAITS = (100, 350, 1000, 3500, 8000)
"""Milliseconds of the course's own time."""

FOREIGN_STATE = "1LABV5l3EAAIES0NDQcAtja"
"""A whole state that another course wrote."""

Event = tuple[str, Any]


def plan(host: str, seed: int) -> list[Event]:
    """The events of a trial; the first says what storage the browser has."""
    chance = random.Random(f"{host}:{seed}")
    events: list[Event] = [("storage", chance.choices(["", "missing", "full"], [12, 1, 1])[0])]
    for _ in range(chance.randint(4, 10)):
        name = chance.choices(list(EVENTS), list(EVENTS.values()))[0]
        events.append((name, _detail(chance, name)))
        if name != "wait" and chance.random() < 0.5:
            events.append(("wait", chance.choice(WAITS)))
    return events


def _detail(chance: random.Random, name: str) -> Any:
    match name:
        case "answer":
            return [chance.randint(1, 3), chance.choice("abc")]
        case "take":
            return chance.choice([True, False])
        case "wait":
            return chance.choice(WAITS)
        case "fault":
            return chance.choice(FAULTS)
        case "kill-at-commit":
            return [chance.randint(1, 3), chance.choice([True, False])]
        case "late-api":
            return chance.choice([1500, 2500, 60_000])
        case "corrupt-host":
            return chance.choice(["", "1", "%%%", FOREIGN_STATE, "half"])
        case "corrupt-device":
            return chance.choice(["", "{", '{"state": 7}', '{"state": "zzz", "unsaved": true}'])
        case "clock":
            return chance.choice([-86_400_000, 3_600_000, 40_000_000_000])
    return None
