"""The Chromium of this machine: a path in the file system, and what it must be started with."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

NAMES = (
    "chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome",
    "microsoft-edge", "msedge",
)  # fmt: skip
"""The first that is there is taken. The headless shell is the same engine without windows, and starts three times as fast."""
ELSEWHERE = {
    "darwin": (
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    ),
    "win32": (r"Google\Chrome\Application\chrome.exe", r"Microsoft\Edge\Application\msedge.exe"),
}
PROGRAMS = ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")


class NotPossible(Exception):
    """What was asked for cannot be done here; the text says why and what to do."""


def find_browser() -> str:
    """The path of Chromium, Chrome or Edge. Raises NotPossible."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    found = found or next((str(path) for path in _usual_places() if path.is_file()), None)
    if found is None:
        raise NotPossible("no Chromium was found: install Chromium, Google Chrome or Microsoft Edge")
    return found


def _usual_places() -> list[Path]:
    """Where browsers are that do not stand on the PATH: on macOS and Windows."""
    known = [Path(name) for name in ELSEWHERE.get(sys.platform, ())]
    if sys.platform != "win32":
        return known
    return [Path(os.environ[folder], path) for folder in PROGRAMS if folder in os.environ for path in known]


def sandbox() -> list[str]:
    """What switches Chromium's own sandbox off, for root alone: as root it refuses to start with it."""
    return ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
