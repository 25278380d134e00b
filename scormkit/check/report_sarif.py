"""What was checked and found in, a SARIF 2.1.0 log (OASIS) out: for code-scanning views."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from scormkit import __version__
from scormkit.model.problem import Severity

if TYPE_CHECKING:
    from scormkit.check.report import Subject
    from scormkit.model.problem import Problem, Rule

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
LEVELS = {Severity.FATAL: "error", Severity.ERROR: "error", Severity.WARNING: "warning"}


def sarif(subjects: Sequence[Subject]) -> dict[str, Any]:
    """The log as data for JSON. Places inside a zip are shown at the zip file, with the inner place in the message."""
    problems = [problem for subject in subjects for problem in subject.problems]
    rules = {rule.id: rule for rule in sorted({p.rule for p in problems}, key=lambda rule: rule.id)}
    index = {identifier: number for number, identifier in enumerate(rules)}
    driver = {"name": "scormkit", "semanticVersion": __version__, "rules": [_rule(rule) for rule in rules.values()]}
    return {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": driver},
                "columnKind": "unicodeCodePoints",
                "results": [_result(problem, index[problem.id]) for problem in problems],
            }
        ],
    }


def _rule(rule: Rule) -> dict[str, Any]:
    from scormkit.check.messages import shown

    return {
        "id": rule.id,
        "shortDescription": {"text": shown(rule.text)},
        "fullDescription": {"text": rule.reason},
        "help": {"text": shown(rule.remedy)},
        "defaultConfiguration": {"level": LEVELS.get(rule.severity, "note")},
        "properties": {"source": rule.source} if rule.source else {},
    }


def _result(problem: Problem, index: int) -> dict[str, Any]:
    outer, _, inner = problem.span.path.partition("!")
    place: dict[str, Any] = {"artifactLocation": {"uri": quote(outer)}}
    if not inner and problem.span.line:
        region = {"startLine": problem.span.line}
        if problem.span.column:
            region["startColumn"] = problem.span.column
        place["region"] = region
    said = problem.told
    if inner:
        said = f"{str(problem.span).partition('!')[2]}: {said}"
    return {
        "ruleId": problem.id,
        "ruleIndex": index,
        "level": LEVELS.get(problem.severity, "note"),
        "message": {"text": said},
        "locations": [{"physicalLocation": place, "logicalLocations": [{"fullyQualifiedName": str(problem.span)}]}],
    }
