"""docs/tracking.md: every rule of tracking is there, and the tests that it names as proof exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / "docs" / "tracking.md").read_text("utf-8")
RULES = (
    *range(1, 7), *range(10, 18), *range(20, 26), 30, 31, 32, *range(40, 45), *range(50, 55), 60, "60a", 61,
)  # fmt: skip
FILES = sorted(set(re.findall(r"`((?:tests/)?[\w/]+\.(?:test\.ts|py))`", TEXT)))


def source(name: str) -> str:
    """A file that the page names: the player's tests by their name, all others from the root."""
    path = ROOT / name if "/" in name else ROOT / "player" / "test" / name
    return path.read_text("utf-8") if path.exists() else (ROOT / "player" / "src" / name).read_text("utf-8")


@pytest.mark.parametrize("rule", [f"T{rule:02}" if isinstance(rule, int) else f"T{rule}" for rule in RULES])
def test_every_rule_is_there(rule: str) -> None:
    assert re.search(rf"^\| {rule} |^{rule} ", TEXT, re.M), f"docs/tracking.md has no row for {rule}"


@pytest.mark.parametrize("name", FILES)
def test_proofs_exist(name: str) -> None:
    assert source(name)


@pytest.mark.parametrize(
    ("name", "title"),
    sorted(set(re.findall(r'`([\w/]+\.(?:test\.ts|py))` "([^"]+)"', TEXT)))
    + sorted(set(re.findall(r"`(\w+\.test\.ts)` (T\d\d)", TEXT))),
)
def test_proofs_are_found_by_their_names(name: str, title: str) -> None:
    text = source(name)
    assert title in text or title.replace(" ", "_") in text, f"{name} has no {title}"
