"""Random trials with faults over all hosts (see trials/): no answer lost that any storage held, nothing lowered, nothing untrue.

Every run of the suite makes 504 of them; `SCORMKIT_TRIALS=5000 make trials` as many as that, `SCORMKIT_SEED=1000` others.
A failure prints its seed and the shortest plan:
`python -m tests.browser.trials HOST SEED` runs that one again and tells of each event.
"""

from __future__ import annotations

import os
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import pytest
from playwright.sync_api import Playwright

from tests.browser import trials

TRIALS = int(os.environ.get("SCORMKIT_TRIALS", "504"))
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
            "try { localStorage.clear(); } catch { }",
            [("storage", ""), ("fault", "refuse"), ("answer", [1, "a"]), ("kill", None), ("mend", None)],
            "is held, None is shown",
        ),
        (
            "navigator.locks.request = (name, options, held) => Promise.resolve(held({}));",
            [("storage", ""), ("answer", [1, "a"]), ("wait", 8000), ("second-tab", None)],
            "the second tab says",
        ),
        (
            "addEventListener('load', () => setInterval(() => {"
            " const place = document.querySelector('[data-save-state]'); if (place) place.dataset.saveState = 'saved'; }, 1));",
            [("storage", ""), ("fault", "refuse"), ("answer", [1, "a"]), ("wait", 1000)],
            "told that all is saved",
        ),
        (
            "Object.defineProperty(window, 'API', { set(api) { const set = api.LMSSetValue; this.low = 50;"
            " api.LMSSetValue = (name, value) => set(name, name.endsWith('score.raw') ? String(this.low--) : value);"
            " this.kept = api; }, get() { return this.kept; } });",
            [("storage", ""), ("take", False), ("wait", 8000), ("take", True), ("wait", 8000)],
            "the host held",
        ),
    ],
    ids=["a copy that does not last", "two tabs that write", "a lie about saving", "a score that falls"],
)
def test_trials_find_what_they_look_for(
    script: str, events: list[trials.Event], lost: str, playwright: Playwright
) -> None:
    with trials.room(script, playwright) as room:
        assert lost in trials.run(room, "strict", events)


@pytest.mark.parametrize("host", [host for host in trials.HOSTS if host != "lrs"])
@pytest.mark.parametrize("commit", [1, 2])
def test_a_pass_that_is_sent_again_stays_a_pass(host: str, commit: int, playwright: Playwright) -> None:
    """T17, T20: the host took the pass and its answer was lost; the browser dies at the next commit, or the one after."""
    with trials.room(playwright=playwright) as room:
        before = [("storage", ""), ("wait", 8000), ("fault", "lost-answer"), ("take", True), ("wait", 350)]
        again = [("kill-at-commit", [commit, True]), ("wait", 8000), ("wait", 8000), ("mend", None)]
        trial = trials.Trial(room, host, [*before, *again])
        trial.run()
        assert trial.passed_at_host()


def test_a_pass_that_never_arrived_is_delivered_in_review_mode(playwright: Playwright) -> None:
    """T17, T06: the first of Moodle's two commits arrives, the browser dies, and Moodle takes the course for done."""
    with trials.room(playwright=playwright) as room:
        before = [("storage", ""), ("fault", "unauthorised"), ("take", True), ("wait", 8000)]
        trial = trials.Trial(room, "moodle", [*before, ("kill-at-commit", [1, True]), ("relaunch", None)])
        trial.run()
        assert trial.passed_at_host()
        assert trial.reviews


def test_a_plan_is_its_seed() -> None:
    assert trials.plan("moodle", 7) == trials.plan("moodle", 7)
    assert len({str(trials.plan("moodle", seed)) for seed in range(50)}) == 50
    names = {name for seed in range(300) for name, _ in trials.plan("strict", seed)}
    assert names == {"storage", *trials.EVENTS}
