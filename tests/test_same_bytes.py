"""The same course gives the same bytes, whatever machine builds it.

Each build is a process of its own, by the command line, of a copy of the gallery whose files were made in another order and at
another time. Further interpreters that have scormkit's dependencies, in `.venv-*` folders or named by SCORMKIT_PYTHONS, must
make the same packages, too.
"""

from __future__ import annotations

import hashlib
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
GALLERY = ROOT / "docs" / "gallery"
PYTHONS = [sys.executable, *filter(None, os.environ.get("SCORMKIT_PYTHONS", "").split(os.pathsep))]
PYTHONS += sorted(str(path) for path in ROOT.glob(".venv-*/bin/python"))


def copy(target: Path, seed: int) -> Path:
    """The gallery's files, made in a random order, with times and modes of their own."""
    files = [path for path in sorted(GALLERY.rglob("*")) if path.is_file()]
    random.Random(seed).shuffle(files)
    for file in files:
        made = target / file.relative_to(GALLERY)
        made.parent.mkdir(parents=True, exist_ok=True)
        made.write_bytes(file.read_bytes())
        os.utime(made, (seed * 10**8, seed * 10**8))
        made.chmod(0o600 if seed % 2 else 0o644)
    return target


def build(python: str, course: Path, out: Path, cwd: Path, umask: int = 0o022, **environment: str) -> dict[str, str]:
    """The SHA-256 of everything that a build wrote, by name."""
    done = subprocess.run(
        [python, "-m", "scormkit", "build", os.path.relpath(course, cwd), "--out", str(out)],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        umask=umask,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(out.iterdir())}


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("first")
    found = build(sys.executable, copy(folder / "course", 0), folder / "out", folder, PYTHONHASHSEED="1", TZ="UTC")
    assert len(found) == 8  # for each of two formats: the zip, the code book twice, the list of what is sent
    assert len(set(found.values())) == 6  # the code books are the same
    return found


WORLDS = {
    "hash seed": {"PYTHONHASHSEED": "4242"},
    "time zone": {"TZ": "Pacific/Kiritimati"},
    "locale": {"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "LANGUAGE": "tr"},
    "no locale, no UTF-8": {
        "LC_ALL": "C",
        "PYTHONUTF8": "0",
        "PYTHONCOERCECLOCALE": "0",
        "PYTHONIOENCODING": "ascii:replace",
    },
    "optimised, at another time": {"PYTHONOPTIMIZE": "2", "SOURCE_DATE_EPOCH": "0", "COLUMNS": "20"},
}


@pytest.mark.parametrize("world", WORLDS)
def test_the_same_in_another_world(world: str, first: dict[str, str], tmp_path: Path) -> None:
    seed = 1 + list(WORLDS).index(world)
    course = copy(tmp_path / "a" / "deep" / "place", seed)
    elsewhere = course / "pages" if seed % 2 else tmp_path
    out = tmp_path / "out"
    assert build(sys.executable, course, out, elsewhere, umask=0o077 if seed % 2 else 0, **WORLDS[world]) == first
    assert build(sys.executable, course, out, elsewhere, **WORLDS[world]) == first  # over what is there, with its lock


@pytest.mark.parametrize("python", PYTHONS)
def test_the_same_by_another_python(python: str, first: dict[str, str], tmp_path: Path) -> None:
    assert build(python, copy(tmp_path / "course", 9), tmp_path / "out", tmp_path) == first
