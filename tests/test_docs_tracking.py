"""docs/tracking.md says of each rule which tests prove it: they must be there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
TESTS = {
    path.name: path.read_text(encoding="utf-8")
    for pattern in ("player/test/*.test.ts", "tests/*.py", "tests/browser/*.py")
    for path in ROOT.glob(pattern)
}
ROWS = {
    line.split()[1]: line.rsplit("|", 2)[1]
    for line in (ROOT / "docs" / "tracking.md").read_text(encoding="utf-8").splitlines()
    if re.match(r"\| T\d\d", line)
}


def test_there_are_the_rules() -> None:
    assert len(ROWS) >= 35


@pytest.mark.parametrize("rule", ROWS)
def test_what_proves_a_rule_is_there(rule: str) -> None:
    files = re.findall(r"`(?:\w+/)*([\w.-]+\.(?:test\.ts|py))`", ROWS[rule])
    assert files and set(files) <= TESTS.keys(), ROWS[rule]
    texts = [TESTS[file] for file in files]
    for name in re.findall(r'"([^"]+)"', ROWS[rule]):
        assert any(name in text or name.replace(" ", "_") in text for text in texts), f"no test is called {name!r}"
    for named in re.findall(r"`(\w+\.test\.ts)` (T\d\d)", ROWS[rule]):
        assert named[1] in TESTS[named[0]], named
