"""`scormkit check --run`: a package is tried out in a headless browser, and what it does is checked.

    tried = try_out(Path("course.zip"))
    tried.problems        # RUN, XAP and C5R rules, and what the page asked for in vain
    tried.pictures        # PNG of the first page of each item, by its identifier
    tried.log             # everything that was called, as JSON: what calllog.py and statementlist.py read

Needs Playwright (`pip install scormkit[dev]` or `pip install playwright`) and a Chromium on the machine.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from base64 import b64decode
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scormkit.check.package import callrules as rules
from scormkit.check.package import calls, sessions, statementlist, statements
from scormkit.check.package.calllog import as_log
from scormkit.check.package.package import Kind
from scormkit.check.package.read import read
from scormkit.model.archive import ArchiveError, open_archive

if TYPE_CHECKING:
    from scormkit.check.package.package import Item, Package
    from scormkit.check.report import Subject
    from scormkit.model.problem import Problem
    from scormkit.model.source import Span

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge")
SECONDS = 20.0  # for each item
GRACE = 45.0  # on top, for starting, leaving and coming back
KINDS = (Kind.SCORM12, Kind.SCORM2004, Kind.CMI5, Kind.XAPI)


class NotPossible(Exception):
    """The package cannot be tried out here; the text says why and what to do."""


@dataclass(frozen=True)
class Tried:
    """What came of a trial run."""

    problems: tuple[Problem, ...]
    pictures: tuple[tuple[str, bytes], ...]
    log: list[dict[str, Any]]


def find_browser() -> str:
    """The path of a Chromium on this machine. Raises NotPossible."""
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if found is None:
        raise NotPossible("no Chromium was found: install Chromium, Google Chrome or Microsoft Edge")
    return found


def try_out(path: Path, seconds: float = SECONDS) -> Tried:
    """Runs the package at `path`: opens it, presses through it, leaves, resumes. Raises NotPossible."""
    try:
        with open_archive(path) as archive:
            package = read(archive, path.as_posix()).package
    except ArchiveError as error:
        raise NotPossible(f"{path} cannot be opened ({error.flaw.kind})") from None
    if package.kind not in KINDS or not package.launches:
        raise NotPossible(f"there is nothing in {path} that could be started")
    log = _in_browser(path, seconds, len(package.launches))
    items = {item.identifier: item for item in package.launches}
    problems = {problem for ran in log for problem in _problems(package, items[ran["item"]], ran)}
    pictures = tuple((ran["item"], b64decode(ran.pop("picture"))) for ran in log if ran["picture"])
    return Tried(tuple(sorted(problems)), pictures, log)


def added(subject: Subject, tried: Tried) -> Subject:
    """What a check found, with what the trial run found and saw: for one report of both."""
    problems = tuple(sorted({*subject.problems, *tried.problems}))
    report = subject.report
    if report is not None:
        verdicts = tuple(replace(one, problems=(*one.problems, *tried.problems)) for one in report.verdicts)
        report = replace(report, problems=problems, verdicts=verdicts)
    return replace(subject, problems=problems, report=report, pictures=tried.pictures)


def _in_browser(path: Path, seconds: float, items: int) -> list[dict[str, Any]]:
    command = [sys.executable, "-m", "scormkit.preview.trial_browser", str(path), find_browser(), str(seconds)]
    limit = (seconds + GRACE) * min(items, 3)
    child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True)
    try:
        said, errors = child.communicate(timeout=limit)
    except subprocess.TimeoutExpired:
        _stop(child)
        raise NotPossible(f"{path} did not come to an end within {limit:.0f} seconds") from None
    if child.returncode:
        last = errors.strip().splitlines()[-1:] or ["no reason was given"]
        hint = (
            "; install Playwright: pip install playwright" if "playwright" in last[0] and "No module" in last[0] else ""
        )
        raise NotPossible(f"the browser could not be started ({last[0][:200]}){hint}")
    result: list[dict[str, Any]] = json.loads(said)
    return result


def _stop(child: subprocess.Popen[str]) -> None:
    """Ends the process that we started, with the browser that it started: they are a group of their own."""
    if hasattr(os, "killpg"):
        os.killpg(child.pid, signal.SIGKILL)
    else:
        child.kill()
    child.communicate()


def _problems(package: Package, item: Item, ran: dict[str, Any]) -> Iterator[Problem]:
    at = package.node(item.node)
    if package.kind in (Kind.SCORM12, Kind.SCORM2004):
        yield from _scorm(package, item, ran, at)
    else:
        yield from _xapi(package, ran, at)
    for url in dict.fromkeys(ran["absent"]):
        yield rules.ABSENT.at(at, url=url)
    for url in dict.fromkeys(ran["outside"]):
        yield rules.OUTSIDE.at(at, url=url)
    for message in dict.fromkeys(ran["errors"]):
        yield rules.SCRIPT_ERROR.at(at, message=message)


def _scorm(package: Package, item: Item, ran: dict[str, Any], at: Span) -> Iterator[Problem]:
    resource = package.by_identifier.get(item.reference)
    if resource is not None and resource.scorm_type == "asset" and not ran["calls"]:
        return
    log = as_log({"standard": package.kind, "edition": package.edition, "calls": ran["calls"]})
    silent = not ran["calls"]
    if silent and ran["looked_for_other"]:
        other = Kind.SCORM2004 if package.kind is Kind.SCORM12 else Kind.SCORM12
        yield rules.WRONG_API.at(at, edition=package.kind.label, call=calls.NAMES[other].begin)
    yield from calls.check(log, at)


def _xapi(package: Package, ran: dict[str, Any], at: Span) -> Iterator[Problem]:
    sent = []
    for one in ran["statements"]:
        yield from (found.rule.at(at, **found.values) for found in statements.statement(one))
        if isinstance(one, dict):
            sent.append(sessions.Sent(one, at))
    launch = statementlist.as_launch(ran["launch"])
    made = [one for one in ran["requests"] if one.get("session") == 1]
    if package.kind is Kind.CMI5:
        told = {**ran["launch"], "fetch": ran["launch"]["fetch"].rpartition("/")[0] + "/1"}
        yield from sessions.check(sent, None) if sent else ()
        yield from statementlist.check_session([], launch, at, {"requests": made, "launch": told})
    else:
        yield from statementlist.check_session(sent, launch, at, {"requests": made, "launch": ran["launch"]})
