"""Whole commands, timed from outside: wall seconds and peak memory of each run, as the operating system counts them."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

SCORMKIT = [sys.executable, "-m", "scormkit"]


@dataclass(frozen=True)
class Run:
    """One finished process: seconds on the clock and of the processor, and the most memory it held, in MB."""

    seconds: float
    processor: float
    memory: float


def run(command: Sequence[str]) -> Run:
    """Runs `command` to its end; raises RuntimeError with what it printed where it fails."""
    # Python keeps what it compiled, as it does for everybody who has not forbidden it.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    began = time.perf_counter()
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment
    ) as process:
        assert process.stdout is not None
        printed = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}:\n{printed[-2000:]}")
    return Run(time.perf_counter() - began, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def typical(command: Sequence[str], times: int = 5) -> Run:
    """The median of several runs, after one that only warms the disk cache."""
    run(command)
    runs = [run(command) for _ in range(times)]
    return Run(median(r.seconds for r in runs), median(r.processor for r in runs), max(r.memory for r in runs))
