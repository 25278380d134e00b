"""docs/messages.md is what the code says, and every message can be understood."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from conftest import Expected

from scormkit.check import catalogue
from scormkit.check.messages import SUBJECTS, explain, page, shown
from scormkit.model.problem import Rule

ROOT = Path(__file__).parent.parent
RULES = catalogue()


def examples() -> dict[str, str]:
    """The first line with each ID in the expected output of the cases, those of its own case first."""
    found: dict[str, str] = {}
    cases = sorted((ROOT / "tests" / "cases").glob("*/*/expected.txt"))
    for own in (True, False):
        for path in cases:
            for line in path.read_text(encoding="utf-8").splitlines():
                match = re.search(r": (?:fatal|error|warning|info|advice) ([A-Z][A-Z0-9]{2}\d{3}): ", line)
                if match and (path.parent.name.startswith(match[1]) or not own):
                    found.setdefault(match[1], line)
    return found


def test_the_page_is_current(expected: Expected) -> None:
    expected(ROOT / "docs" / "messages.md", page(RULES, examples()))


@pytest.mark.parametrize("rule", RULES.values(), ids=list(RULES))
def test_a_rule_reads_well(rule: Rule) -> None:
    assert rule.id[:3] in SUBJECTS
    assert rule.text and rule.remedy and rule.reason
    assert not rule.text.endswith("."), "what is and what to do are joined by a semicolon"
    assert not rule.remedy.endswith(".")
    assert rule.reason.endswith((".", "?", "…")), "why it matters is a sentence"
    assert rule.reason[0].isupper() or rule.reason[0].isdigit() or rule.reason[0] in "'\"`"
    assert len(rule.text) < 220 and len(rule.remedy) < 260 and len(rule.reason) < 400


def test_names_are_shown_as_such() -> None:
    assert shown("'{first_name}' is {{here}}") == "'‹first name›' is {here}"


def test_explaining_says_everything() -> None:
    rule = RULES["LNK105"]
    said = explain(rule, "an example")
    for part in (
        rule.id,
        str(rule.severity),
        shown(rule.text),
        shown(rule.remedy),
        rule.reason,
        rule.source,
        "an example",
    ):
        assert part in said
