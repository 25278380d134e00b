"""What learners are told by templates and player: a language tag comes in, the words of scormkit/locales/ go out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

LOCALES = Path(__file__).parent.parent / "locales"
SOURCE_LANGUAGE = "en-GB"
RIGHT_TO_LEFT = frozenset({"ar", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"})


@dataclass(frozen=True)
class Words:
    """The words of one language: `page` for the templates, `player` for the payload; `{name}` is filled in."""

    language: str
    page: Mapping[str, str]
    player: Mapping[str, str]

    def __call__(self, key: str, **values: object) -> str:
        """The words for `key`, for templates; those that the player may change later stand under `player`."""
        text = self.page[key] if key in self.page else self.player[key]
        return text.format(**values) if values else text


def words(language: str) -> Words:
    """The words for a BCP 47 tag: of that very language, of one with the same first part, or else in English."""
    known = {path.stem.lower(): path.stem for path in LOCALES.glob("*.yaml")}
    wanted = language.lower()
    related = sorted(tag for tag in known if tag.split("-")[0] == wanted.split("-")[0])
    return _read(known.get(wanted) or known.get(next(iter(related), ""), SOURCE_LANGUAGE))


def direction(language: str) -> str:
    """`rtl` or `ltr`, as a language is written."""
    return "rtl" if language.lower().split("-")[0] in RIGHT_TO_LEFT else "ltr"


@cache
def _read(tag: str) -> Words:
    import yaml

    with (LOCALES / f"{tag}.yaml").open(encoding="utf-8") as file:
        found = yaml.load(file, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return Words(tag, found["page"], found["player"])
