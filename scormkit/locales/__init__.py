"""The languages that learners can be spoken to in: one YAML file each beside this module. A tag comes in, a file's tag goes out."""

from __future__ import annotations

from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent
SOURCE = "en-GB"
"""The language that the words are written in first; it stands in for what another one does not say."""


@cache
def languages() -> tuple[str, ...]:
    """The BCP 47 tags of all languages, in alphabetical order."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.yaml")))


def closest(tag: str) -> str | None:
    """The language for a BCP 47 tag: that very one, or one with the same first part (`fr` for `fr-CA`); None: there is none."""
    known = {language.lower(): language for language in languages()}
    wanted = tag.lower()
    related = (known[one] for one in sorted(known) if one.split("-")[0] == wanted.split("-")[0])
    return known.get(wanted) or next(related, None)
