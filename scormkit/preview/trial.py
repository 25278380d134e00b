"""`scormkit check --run`: a package is tried out in a headless browser, and what it does is checked.

    tried = try_out(Path("course.zip"))
    tried.problems        # RUN, XAP and C5R rules, and what the page asked for in vain
    tried.pictures        # PNG of the first page of each item, by its identifier
    tried.log             # everything that each item did, as JSON
    recordings(tried)     # files that calllog.py and statementlist.py read

Needs Playwright (`pip install scormkit[dev]` or `pip install playwright`) and a Chromium on the machine.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from base64 import b64decode
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scormkit.check.package import callrules as rules
from scormkit.check.package import calls, sessions, statementlist, statements
from scormkit.check.package.calllog import as_log
from scormkit.check.package.package import Kind
from scormkit.check.package.read import read
from scormkit.model.archive import ArchiveError, open_archive
from scormkit.preview.browser import NotPossible, find_browser

if TYPE_CHECKING:
    from scormkit.check.package.package import Item, Package
    from scormkit.check.report import Subject
    from scormkit.model.problem import Problem
    from scormkit.model.source import Span

SECONDS = 20.0  # for each item
GRACE = 45.0  # on top, for starting, leaving and coming back
ITEMS = 20  # of a package that are tried out, if nobody says otherwise
AT_ONCE = 2  # browsers; each is three processes
KINDS = (Kind.SCORM12, Kind.SCORM2004, Kind.CMI5, Kind.XAPI)


@dataclass(frozen=True)
class Tried:
    """What came of a trial run. `log` has an object for each item; `standard` and `edition` are the package's."""

    problems: tuple[Problem, ...]
    pictures: tuple[tuple[str, bytes], ...]
    log: list[dict[str, Any]]


def try_out(path: Path, seconds: float = SECONDS, items: int = ITEMS) -> Tried:
    """Runs the first `items` items of the package at `path`: opens each, presses through it, leaves, resumes.

    Raises NotPossible where nothing can be started, or no browser.
    """
    try:
        with open_archive(path) as archive:
            package = read(archive, path.as_posix()).package
    except ArchiveError as error:
        raise NotPossible(f"{path} cannot be opened ({error.flaw.kind})") from None
    numbered = [(number, item) for number, item in enumerate(package.launches) if "://" not in (item.launch or "")]
    if package.kind not in KINDS or not numbered:
        raise NotPossible(f"there is nothing in {path} that could be started")
    browser, chosen = find_browser(), numbered[:items]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        done = list(pool.map(lambda one: _in_browser(path, browser, seconds, one[0]), chosen))
    problems: set[Problem] = set()
    for (_, item), ran in zip(chosen, done, strict=True):
        problems.update(_problems(package, item, ran) if ran else [_never_ended(package, item, seconds)])
    if len(chosen) < len(numbered):
        at = package.inside(package.manifest_name)
        problems.add(rules.NOT_ALL.at(at, tried=len(chosen), count=len(numbered)))
    log = [{"standard": package.kind.value, "edition": package.edition, **ran} for ran in done if ran]
    pictures = tuple((ran["item"], b64decode(picture)) for ran in log if (picture := ran.pop("picture")))
    return Tried(tuple(sorted(problems)), pictures, log)


def recordings(tried: Tried) -> list[tuple[str, dict[str, Any]]]:
    """What was called as data to keep, under a name: SCORM by item, xAPI and cmi5 by item and session."""
    found = []
    for number, ran in enumerate(tried.log, 1):
        if ran["standard"] in (Kind.SCORM12, Kind.SCORM2004):
            found.append((f"{number}-calls", {name: ran[name] for name in ("standard", "edition", "item", "calls")}))
            continue
        for session, launch in enumerate(ran["launches"], 1):
            kept = {"item": ran["item"], "launch": launch, "statements": _sent(ran, session)}
            found.append((f"{number}-session-{session}", {**kept, "requests": _made(ran, session)}))
    return found


def _sent(ran: dict[str, Any], session: int) -> list[Any]:
    return [one for one, of in zip(ran["statements"], ran["sent_in"], strict=True) if of == session]


def _made(ran: dict[str, Any], session: int) -> list[Any]:
    return [one for one in ran["requests"] if one["session"] == session]


def added(subject: Subject, tried: Tried) -> Subject:
    """What a check found, with what the trial run found and saw: for one report of both."""
    problems = tuple(sorted({*subject.problems, *tried.problems}))
    report = subject.report
    if report is not None:
        verdicts = tuple(replace(one, problems=(*one.problems, *tried.problems)) for one in report.verdicts)
        report = replace(report, problems=problems, verdicts=verdicts)
    return replace(subject, problems=problems, report=report, pictures=tried.pictures, runs=tuple(tried.log))


def _in_browser(path: Path, browser: str, seconds: float, number: int) -> dict[str, Any] | None:
    """What one item did; None for a page that had to be stopped. Raises NotPossible where there is no browser to be had."""
    command = [sys.executable, "-m", "scormkit.preview.trial_browser", str(path), browser, str(seconds), str(number)]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True)
    try:
        said, errors = child.communicate(timeout=seconds + GRACE)
    except subprocess.TimeoutExpired:
        _stop(child)
        return None
    if child.returncode:
        last = errors.strip().splitlines()[-1:] or ["no reason was given"]
        hint = (
            "; install Playwright: pip install playwright" if "playwright" in last[0] and "No module" in last[0] else ""
        )
        raise NotPossible(f"the browser could not be started ({last[0][:200]}){hint}")
    result: dict[str, Any] = json.loads(said)
    return result


def _never_ended(package: Package, item: Item, seconds: float) -> Problem:
    return rules.ENDLESS.at(package.node(item.node), seconds=f"{seconds + GRACE:.0f}")


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
    for one in ran["statements"]:
        yield from (found.rule.at(at, **found.values) for found in statements.statement(one))
    if package.kind is Kind.CMI5:  # what may be sent once only in a registration
        yield from sessions.check([sessions.Sent(one, at) for one in ran["statements"] if isinstance(one, dict)], None)
    for session, told in enumerate(ran["launches"], 1):
        sent = [sessions.Sent(one, at) for one in _sent(ran, session) if isinstance(one, dict)]
        recorded = {"requests": _made(ran, session), "launch": told}
        yield from statementlist.check_session(sent, statementlist.as_launch(told), at, recorded)
