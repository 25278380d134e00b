"""scormkit/locales/: every language says everything, with the same {names}. Plural forms: player/test/locales.test.ts."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest
import yaml

from scormkit.locales import FOLDER, SOURCE, closest, languages
from scormkit.render.words import words

OTHERS = [tag for tag in languages() if tag != SOURCE]
FORMS = {"zero", "one", "two", "few", "many", "other"}


def read(tag: str) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = yaml.safe_load((FOLDER / f"{tag}.yaml").read_text(encoding="utf-8"))
    return found


def plain(said: Mapping[str, str]) -> dict[str, set[str]]:
    """The keys without their plural forms, each with the {names} of all its forms."""
    found: dict[str, set[str]] = {}
    for key, text in said.items():
        found.setdefault(key.partition(".")[0], set()).update(re.findall(r"\{([a-z-]+)\}", text))
    return found


@pytest.mark.parametrize("tag", OTHERS)
def test_a_language_says_everything_and_nothing_else(tag: str) -> None:
    """Where this fails for a key that you have just added to en-GB.yaml: docs/languages.md says what to do."""
    english, other = read(SOURCE), read(tag)
    assert set(other) == {"page", "player"}
    for part in ("page", "player"):
        assert set(plain(other[part])) == set(plain(english[part]))


@pytest.mark.parametrize("tag", OTHERS)
def test_a_language_fills_in_the_same_names(tag: str) -> None:
    english, other = read(SOURCE), read(tag)
    for part in ("page", "player"):
        for key, names in plain(english[part]).items():
            assert plain(other[part])[key] == names, key


@pytest.mark.parametrize("tag", languages())
def test_each_plural_form_says_all_but_perhaps_the_count(tag: str) -> None:
    """`two` may say two in words; what else there is to say must be said in every form."""
    for key, text in read(tag)["player"].items():
        stem, _, form = key.partition(".")
        if form:
            assert form in FORMS, key
            wanted = plain(read(SOURCE)["player"])[stem] - {"count"}
            said = set(re.findall(r"\{([a-z-]+)\}", text))
            assert said - {"count"} == wanted or (form == "zero" and not said), key


@pytest.mark.parametrize("tag", OTHERS)
def test_words_are_translated(tag: str) -> None:
    """A word may be the same by chance (`Question`), but not one text in ten."""
    english, other = read(SOURCE), read(tag)
    same = [key for part in english for key in english[part] if other[part].get(key) == english[part][key]]
    assert len(same) < len(english["page"] | english["player"]) / 10, same


@pytest.mark.parametrize("tag", languages())
def test_texts_hold_no_markup_and_no_stray_blanks(tag: str) -> None:
    for key, text in [*read(tag)["page"].items(), *read(tag)["player"].items()]:
        assert isinstance(text, str) and text == text.strip() and text, key
        assert not re.search(r"[<>]|  ", text), key


def test_a_tag_finds_its_language() -> None:
    assert closest("fr") == closest("fr-CA") == closest("FR") == "fr"
    assert closest("en-AU") == closest("EN-gb") == "en-GB"
    assert closest("tlh") is None and closest("f") is None
    assert words("tlh").language == SOURCE and words("ar-EG").language == "ar"


def test_what_a_language_lacks_is_said_in_english() -> None:
    assert set(words("fr").page) >= set(words(SOURCE).page)
    assert words("de")("percent", value=66.5) == "66,5\u00a0%" and words("ar")("percent", value=80) == "80%"
