"""What was checked and found in, JUnit's XML out: for the test views of CI."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from scormkit.model.problem import Severity

if TYPE_CHECKING:
    from scormkit.check.report import Subject
    from scormkit.model.problem import Problem

FAILING = (Severity.FATAL, Severity.ERROR)


def junit(subjects: Sequence[Subject], strict: bool = False) -> str:
    """A suite for each subject, a case for each rule that found something; with `strict` warnings fail too."""
    failing = (*FAILING, Severity.WARNING) if strict else FAILING
    suites = [_suite(subject, failing) for subject in subjects]
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="scormkit check">\n'
        + "".join(suites)
        + "</testsuites>\n"
    )


def _suite(subject: Subject, failing: tuple[Severity, ...]) -> str:
    by_rule: dict[str, list[Problem]] = {}
    for problem in subject.problems:
        by_rule.setdefault(problem.id, []).append(problem)
    failed = sum(1 for problems in by_rule.values() if problems[0].severity in failing)
    cases = [_case(subject, problems, failing) for problems in by_rule.values()]
    if not cases:
        cases = [f'    <testcase name="no problems" classname={_attribute(subject.path)}/>\n']
    head = f'  <testsuite name={_attribute(subject.path)} tests="{len(cases)}" failures="{failed}" errors="0">\n'
    return head + "".join(cases) + "  </testsuite>\n"


def _case(subject: Subject, problems: list[Problem], failing: tuple[Severity, ...]) -> str:
    first = problems[0]
    said = escape(_clean("\n".join(str(problem) for problem in problems)))
    head = f"    <testcase name={_attribute(first.id)} classname={_attribute(subject.path)}>\n"
    if first.severity in failing:
        message = _attribute(first.told)
        return f"{head}      <failure type={_attribute(first.severity)} message={message}>{said}</failure>\n    </testcase>\n"
    return f"{head}      <system-out>{said}</system-out>\n    </testcase>\n"


def _attribute(text: str) -> str:
    return quoteattr(_clean(text))


def _clean(text: str) -> str:
    """Without the characters that XML 1.0 cannot hold (2.2), which hostile packages put into names."""
    return re.sub(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "\ufffd", text)
