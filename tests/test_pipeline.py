"""The build as a whole: what is released is released together, or not at all."""

from __future__ import annotations

import errno
from dataclasses import replace
from pathlib import Path

import pytest

from scormkit import Programme, build
from scormkit.model import archive
from tests.course_in_code import course


def test_a_full_disk_leaves_the_packages_of_the_last_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = build(course(), out=tmp_path)
    assert not before.refused
    held = {path: path.read_bytes() for path in tmp_path.iterdir()}
    write = archive.write

    def full(path: Path, entries: dict[str, archive.Content]) -> None:
        if "xapi" in path.name:
            raise OSError(errno.ENOSPC, "No space left on device", str(path))
        write(path, entries)

    monkeypatch.setattr(archive, "write", full)
    built = build(course(), out=tmp_path)
    assert built.refused and not built.packages
    (told,) = (problem for problem in built.problems if problem.rule.id == "OUT001")
    assert Path(told.span.path).parent == tmp_path and "No space left" in str(told)
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == held


def test_what_is_found_in_a_finished_package_is_told_of_its_place_and_refuses_it(tmp_path: Path) -> None:
    built = build(course(), out=tmp_path)
    found = [problem for problem in built.problems if "!" in problem.span.path]
    assert found and all(Path(problem.span.path.partition("!")[0]).exists() for problem in found)
    quiet = {"PGE102": "off", "QST128": "off", "SET111": "off"}  # so that only the package has a warning
    subject = course()
    subject = replace(subject, settings=subject.settings.model_copy(update={"checks": quiet}))
    refused = build(subject, out=tmp_path / "strict", strict=True)
    assert refused.refused and not refused.packages and list((tmp_path / "strict").iterdir()) == []


def test_progress_is_told_of_each_package(tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    build(Programme((course(),)), out=tmp_path, progress=lambda *step: told.append(step))
    assert [(done, total) for _, done, total in told] == [(1, 2), (2, 2)]


def test_a_lock_that_cannot_be_written_releases_no_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root, out = tmp_path / "course", tmp_path / "out"
    root.mkdir()
    subject = replace(course(), root=root)
    refuse = Path.replace

    def closed(self: Path, target: Path) -> Path:
        if Path(target).name == "course.lock":
            raise PermissionError(errno.EACCES, "Permission denied", str(self))
        return refuse(self, target)

    monkeypatch.setattr(Path, "replace", closed)
    built = build(subject, out=out)
    (told,) = (problem for problem in built.problems if problem.rule.id == "OUT001")
    assert told.span.path == str(root / "course.lock") and "may write there" in told.remedy
    assert built.refused and list(out.iterdir()) == [] == list(root.iterdir())


def test_a_file_in_the_place_of_the_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "build").write_text("mine", encoding="utf-8")
    (told,) = (found for found in build(course(), out=tmp_path / "build").problems if found.id == "OUT001")
    assert "a file of that name is in the way" in told.remedy
    assert (tmp_path / "build").read_text(encoding="utf-8") == "mine"
