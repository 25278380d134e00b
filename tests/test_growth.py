"""What a build does grows in step with the course. Calls of functions are counted: no busy machine makes more of them."""

from __future__ import annotations

import sys
from pathlib import Path
from types import FrameType

from benchmarks.courses import write_course
from scormkit import build


def calls(course: Path, out: Path) -> int:
    """How many functions are called to build a course."""
    count = 0

    def called(frame: FrameType, event: str, arg: object) -> None:
        nonlocal count
        count += event == "call"

    sys.setprofile(called)
    try:
        build(course, out=out)
    finally:
        sys.setprofile(None)
    return count


def test_four_times_the_pages_are_four_times_the_work(tmp_path: Path) -> None:
    build(write_course(tmp_path / "first", 1, 1), out=tmp_path / "out")  # what is done once a process
    small, large = (
        calls(write_course(tmp_path / f"p{pages}", pages, pages // 10), tmp_path / "out") for pages in (100, 400)
    )
    assert large < 4 * small, large / small
