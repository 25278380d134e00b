"""`scormkit new`: a title and an id go in, a small course that builds comes out in a new folder."""

from __future__ import annotations

import json
import re
import shutil
import uuid
from pathlib import Path

from scormkit.model.problem import Problem, Rule, Severity
from scormkit.model.source import Span

TAKEN = Rule(
    "OUT002",
    Severity.ERROR,
    "{path} exists and is not an empty folder",
    "choose another name; nothing that is yours is overwritten",
    "A new course is only ever written into a folder of its own.",
)
NOT_MADE = Rule(
    "OUT003",
    Severity.FATAL,
    "cannot make {path}: {why}",
    "choose a folder that you may write to",
    "The course's files have to go somewhere.",
)


def make(folder: Path, title: str, identifier: str | None = None) -> Problem | None:
    """Writes the starter course into `folder`, which must not exist or be empty.

    `identifier` is the course's permanent id; by default a fresh `urn:uuid:` with the folder's name behind it, which needs
    no domain of one's own (docs/decisions/course-ids.md). Returns what stood in the way, or None.
    """
    place = Span(str(folder))
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            return TAKEN.at(place, path=folder)
        shutil.copytree(Path(__file__).parent / "course", folder, dirs_exist_ok=True)
        settings = folder / "course.yaml"
        text = settings.read_text(encoding="utf-8")
        # A JSON string is a YAML string too, whatever quotes or colons a title has.
        text = text.replace('"TITLE"', json.dumps(title, ensure_ascii=False))
        text = text.replace('"ID"', json.dumps(identifier or f"{uuid.uuid4().urn}#{_name(folder)}", ensure_ascii=False))
        settings.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        return NOT_MADE.at(place, path=folder, why=error.strerror or str(error))
    return None


def _name(folder: Path) -> str:
    """The folder's name as the last part of an id."""
    return re.sub(r"[^a-z0-9]+", "-", folder.resolve().name.lower()).strip("-") or "course"
