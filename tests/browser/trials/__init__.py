"""Random trials: a learner works while things go wrong; what is held is compared with what comes back.

A trial is a seed, and the seed is a plan: a list of events (plan.py). What the course shows, says and stores is judged by an
oracle that shares nothing with it (oracle.py, saved.py). Time in the pages passes only when the plan says so (clock.js), so
that a trial does the same on a slow machine as on a quick one.

    python -m tests.browser.trials moodle 17          runs one trial and tells of each event
"""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Error

from tests.browser.trials.oracle import Lost
from tests.browser.trials.plan import EVENTS, HOSTS, Event, plan
from tests.browser.trials.room import Room, Stuck, room
from tests.browser.trials.trial import Trial

__all__ = ["EVENTS", "HOSTS", "Event", "Lost", "Room", "Stuck", "Trial", "batch", "plan", "room", "run", "shrunk"]


def run(room: Room, host: str, events: list[Event], say: Callable[[str], None] = lambda words: None) -> str:
    """What a plan loses, in words; an empty text where it loses nothing. Raises Stuck where the browser answers no more."""
    try:
        with room.watched():
            Trial(room, host, events, say).run()
    except Lost as lost:
        return str(lost)
    except Error as error:
        return f"the browser: {error}"
    return ""


def shrunk(room: Room, host: str, events: list[Event]) -> list[Event]:
    """The plan without the events that it fails without too."""
    at = len(events) - 1
    while at > 0:
        fewer = events[:at] + events[at + 1 :]
        if run(room, host, fewer):
            events = fewer
        at -= 1
    return events


def batch(host: str, seeds: range) -> list[str]:
    """Runs the trials of one host; tells of each that failed: its seed, what was lost, and the shortest plan for it."""
    failures: list[str] = []
    left, stuck = list(seeds), 0
    while left:
        try:
            with room() as here:
                while left:
                    events = plan(host, left[0])
                    lost = run(here, host, events)
                    if lost:
                        failures.append(f"{host} {left[0]}: {lost}\n    {shrunk(here, host, events)}")
                    left.pop(0)
                    stuck = 0
        except Stuck:
            stuck += 1  # a new browser tries the same trial once more
            if stuck > 1:
                failures.append(f"{host} {left.pop(0)}: the browser answered no more, twice")
    return failures
