"""Runs trials by hand: `python -m tests.browser.trials HOST SEED [LAST]`."""

import sys
import time

from tests.browser import trials

name, first, *last = sys.argv[1:]
with trials.room() as here:
    began = time.monotonic()
    for seed in range(int(first), int(last[0]) + 1 if last else int(first) + 1):
        events = trials.plan(name, seed)
        lost = trials.run(here, name, events, (lambda words: None) if last else print)
        print(f"{name} {seed}: {lost or 'nothing lost'}", events if lost else "", flush=True)
    print(f"{time.monotonic() - began:.1f} s")
