"""Random trials with faults over all hosts (see trials.py): no answer lost that any storage held, nothing lowered, nothing untrue.

`make trials` runs 504 of them, `SCORMKIT_TRIALS=5000 make trials` as many as that, `SCORMKIT_SEED=1000` others.
A failure prints its seed and the shortest plan:
`python -m tests.browser.trials HOST SEED` runs that one again and tells of each event.
"""

from __future__ import annotations

import os
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import pytest

from tests.browser import trials

TRIALS = int(os.environ.get("SCORMKIT_TRIALS", "28"))
FIRST = int(os.environ.get("SCORMKIT_SEED", "1"))
BATCH = 21
"""Trials that share a browser."""


def jobs() -> list[tuple[str, range]]:
    """Every host gets its share, in batches."""
    last = FIRST + -(-TRIALS // len(trials.HOSTS))
    starts = range(FIRST, last, BATCH)
    return [(host, range(start, min(start + BATCH, last))) for start in starts for host in trials.HOSTS]


def test_nothing_is_lost_whatever_happens() -> None:
    # Processes of their own: Playwright's browser belongs to the process, and there are two cores.
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        found = pool.map(trials.batch, *zip(*jobs(), strict=True))
        failures = [failure for failures in found for failure in failures]
    assert not failures, "\n".join(failures)


@pytest.mark.parametrize(
    ("script", "events", "lost"),
    [
        (
            "Storage.prototype.getItem = () => null;",
            [("storage", ""), ("fault", "refuse"), ("answer", [1, "a"]), ("kill", None), ("mend", None)],
            "held and not shown",
        ),
        (
            "navigator.locks.request = (name, options, held) => Promise.resolve(held({}));",
            [("storage", ""), ("answer", [1, "a"]), ("wait", 400), ("second-tab", None)],
            "the second tab says",
        ),
        (
            "addEventListener('load', () => setInterval(() => {"
            " const place = document.querySelector('[data-save-state]'); if (place) place.dataset.saveState = 'saved'; }, 1));",
            [("storage", ""), ("fault", "refuse"), ("answer", [1, "a"]), ("wait", 60)],
            "told that all is saved",
        ),
        (
            "Object.defineProperty(window, 'API', { set(api) { const set = api.LMSSetValue; this.low = 50;"
            " api.LMSSetValue = (name, value) => set(name, name.endsWith('score.raw') ? String(this.low--) : value);"
            " this.kept = api; }, get() { return this.kept; } });",
            [("storage", ""), ("take", False), ("wait", 400), ("take", True), ("wait", 400)],
            "the host held",
        ),
    ],
    ids=["a copy that is not read", "two tabs that write", "a lie about saving", "a score that falls"],
)
def test_trials_find_what_they_look_for(script: str, events: list[trials.Event], lost: str) -> None:
    with trials.room(script) as room:
        assert lost in trials.run(room, "strict", events)


def test_a_plan_is_its_seed() -> None:
    assert trials.plan("moodle", 7) == trials.plan("moodle", 7)
    assert len({str(trials.plan("moodle", seed)) for seed in range(50)}) == 50
    names = {name for seed in range(300) for name, _ in trials.plan("strict", seed)}
    assert names == {"storage", *trials.EVENTS}
