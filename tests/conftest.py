"""What all tests share: expected output in files, and the one switch that writes them anew.

`pytest --rewrite` writes every expected file as things are now; read the difference before you commit it.
"""

from __future__ import annotations

import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

# A busy machine makes any example late; how long things take is measured in benchmarks/, never asserted.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")
# Where a shell runs the suite in its background, Ctrl-C is ignored, and so it would be by every process that tests interrupt.
signal.signal(signal.SIGINT, signal.default_int_handler)

Expected = Callable[[Path, str | bytes], None]
"""Compares with the file at a path: text line by line, bytes as they are."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--rewrite", action="store_true", help="write expected files anew instead of comparing with them")


@pytest.fixture
def expected(request: pytest.FixtureRequest) -> Expected:
    """`expected(path, text)` asserts that the file at `path` says `text`, or makes it do so under --rewrite."""

    def compare(path: Path, actual: str | bytes) -> None:
        content = actual.encode("utf-8") if isinstance(actual, str) else actual
        if request.config.getoption("--rewrite"):
            path.parent.mkdir(parents=True, exist_ok=True)
            if not path.exists() or path.read_bytes() != content:
                path.write_bytes(content)
            return
        assert path.exists(), f"{path} is missing: write it with `pytest --rewrite`, then read it"
        if isinstance(actual, str):
            assert actual.splitlines() == path.read_text(encoding="utf-8").splitlines()
        assert content == path.read_bytes()

    return compare
