"""What learners are told by templates and player: a language tag comes in, the words of scormkit/locales/ go out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from scormkit.locales import FOLDER, SOURCE, closest
from scormkit.model.duration import iso_seconds

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
        return text.format(**{name: self._written(value) for name, value in values.items()}) if values else text

    def _written(self, value: object) -> object:
        """Numbers as the language writes them, in the digits that lists and players use everywhere: 66,7 in German."""
        return str(value).replace(".", self.page["decimal-mark"]) if isinstance(value, float) else value


def words(language: str) -> Words:
    """The words for a BCP 47 tag: of that very language, of one with the same first part, or else in English."""
    return _read(closest(language) or SOURCE)


def direction(language: str) -> str:
    """`rtl` or `ltr`, as a language is written."""
    return "rtl" if language.lower().split("-")[0] in RIGHT_TO_LEFT else "ltr"


def lasting(seconds: int, word: Words) -> str:
    """A length of time, as learners are told it."""
    minutes, rest = divmod(seconds, 60)
    parts = [word("time-minutes", count=minutes)] * bool(minutes) + [word("time-seconds", count=rest)] * bool(rest)
    return " ".join(parts)


def period(text: str, word: Words) -> str:
    """A length of time that an author wrote: ISO 8601 in the words of the language, anything else as it stands."""
    length = iso_seconds(text)
    return text if length is None else lasting(length, word)


@cache
def _read(tag: str) -> Words:
    """The file of a language over the English one: what it does not say yet is said in English."""
    import yaml

    with (FOLDER / f"{tag}.yaml").open(encoding="utf-8") as file:
        found = yaml.load(file, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    if tag != SOURCE:
        english = _read(SOURCE)
        return Words(tag, {**english.page, **found["page"]}, {**english.player, **found["player"]})
    return Words(tag, found["page"], found["player"])
