"""What was checked and found in, reports as text and as JSON data out; report_*.py write the other forms."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from scormkit.model.problem import Severity, worst

if TYPE_CHECKING:
    from scormkit.check.course.budget import Budget
    from scormkit.check.package import Report
    from scormkit.check.package.describe import Description
    from scormkit.check.package.package import Item
    from scormkit.model.problem import Problem

FORMAT = 1  # of the JSON report: grows when something is taken away or changes its meaning


@dataclass(frozen=True)
class Subject:
    """Something that was checked: a course folder, a package (then with its `report`, and `what` it is), statements.

    `pictures` are what the run-time check saw: PNG bytes by the identifier of the item; `runs` what each item did then, as
    JSON data; `budgets` are of the courses.
    """

    path: str
    problems: tuple[Problem, ...]
    report: Report | None = None
    what: Description | None = None
    pictures: tuple[tuple[str, bytes], ...] = ()
    budgets: tuple[Budget, ...] = ()
    runs: tuple[Mapping[str, Any], ...] = ()

    @property
    def severity(self) -> Severity | None:
        return worst(self.problems)


def of_package(report: Report) -> Subject:
    """What is reported of a package. What its files hold is let go: of hundreds of packages it would fill the memory."""
    from scormkit.check.package.describe import describe

    package = report.package
    bare = type(package)(package.path, kind=package.kind, edition=package.edition)
    return Subject(package.path, report.problems, replace(report, package=bare), describe(package))


def text(subjects: Sequence[Subject]) -> str:
    """One line for each problem, what was left out, and a line that sums up each subject."""
    lines = []
    for subject in subjects:
        lines += [str(problem) for problem in subject.problems]
        if subject.report:
            lines += [f"{subject.path}: {count} more of {rule}" for rule, count in subject.report.more]
        lines.append(summary(subject))
    return "\n".join(lines) + "\n"


def summary(subject: Subject) -> str:
    """What it is, and how many findings of each severity, in one line."""
    counted = Counter(problem.severity for problem in subject.problems)
    found = ", ".join(f"{counted[s]} {s}" + "s" * (counted[s] != 1) for s in Severity if counted[s]) or "no problems"
    found = found.replace("infos", "info").replace("advices", "advice").replace("fatals", "fatal")
    if not subject.report:
        return f"{subject.path}: {found}"
    package, what = subject.report.package, subject.what
    title = f" {what.title!r}" if what and what.title else ""
    return f"{subject.path}: {package.kind.label} {package.edition}".rstrip() + f"{title}: {found}"


def data(subjects: Sequence[Subject]) -> dict[str, Any]:
    """The JSON report: texts, numbers, lists and objects only."""
    return {"format": FORMAT, "checked": [_subject(subject) for subject in subjects]}


def _subject(subject: Subject) -> dict[str, Any]:
    found: dict[str, Any] = {
        "path": subject.path,
        "severity": subject.severity,
        "problems": [problem(one) for one in subject.problems],
    }
    if subject.report and subject.what:
        found["more"] = dict(subject.report.more)
        found["package"] = _package(subject.report, subject.what)
    if subject.runs:
        found["runs"] = list(subject.runs)
    return found


def problem(problem: Problem) -> dict[str, Any]:
    return {
        "id": problem.id,
        "severity": problem.severity,
        "path": problem.span.path,
        "line": problem.span.line,
        "column": problem.span.column,
        "message": problem.message,
        "remedy": problem.remedy,
        "reason": problem.rule.reason,
        "source": problem.rule.source,
    }


def _package(report: Report, what: Description) -> dict[str, Any]:
    return {
        "kind": report.package.kind,
        "edition": report.package.edition,
        "title": what.title,
        "language": what.language,
        "launch": what.launch,
        "launched": what.launched,
        "scos": what.scos,
        "files": what.files,
        "size": what.size,
        "sizes": {sort: {"bytes": size, "files": files} for sort, size, files in what.sizes},
        "items": [_item(item) for item in what.items],
        "hosts": {
            verdict.host: {
                "severity": verdict.severity,
                "errors": count(verdict.problems, Severity.ERROR),
                "warnings": count(verdict.problems, Severity.WARNING),
            }
            for verdict in report.verdicts
        },
    }


def _item(item: Item) -> dict[str, Any]:
    return {
        "identifier": item.identifier,
        "title": item.title,
        "launch": item.launch,
        "items": [_item(inner) for inner in item.items],
    }


def count(problems: Sequence[Problem], severity: Severity) -> int:
    """How many are of that severity; fatal ones count as errors."""
    fatal = severity is Severity.ERROR
    return sum(1 for p in problems if p.severity is severity or (fatal and p.severity is Severity.FATAL))
