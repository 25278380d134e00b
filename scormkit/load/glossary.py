"""glossary.yaml -> terms: what words mean, for a course and for all courses of a programme.

In: the `Tree` of a course, that of its programme, and the `Links` of the course. Out: `Term`s, and problems.

    Lived experience: What people know because they have been through it.
    AHP:
      meaning: Allied health professional, such as a dietitian or physiotherapist.
      also: [AHPs, allied health professional]

A page says `[[AHPs]]`, in any case of letters. A course's own terms are all in its glossary; of its programme's those are that
the course uses.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from itertools import count

from scormkit.load.files import Tree, read_text
from scormkit.load.links import Links, folded, slugify
from scormkit.load.reader import PageReader
from scormkit.load.settings import NO_VALUE, UNKNOWN_KEY, WRONG_KIND
from scormkit.load.yaml import read_settings
from scormkit.model.course import GLOSSARY, Term
from scormkit.model.problem import Problem, Rule, Severity
from scormkit.model.source import Span

NAME = "glossary.yaml"

SAME_TERM = Rule(
    "BLK017",
    Severity.ERROR,
    "'{name}' means two things: it is also {where}",
    "keep one of the two, or write both meanings under one term",
    "A learner who asks for the word could be told one of them only.",
)


@dataclass(frozen=True)
class Entry:
    """A term before its meaning is read; `file` is glossary.yaml as seen from the course."""

    name: str
    anchor: str
    meaning: str
    also: tuple[str, ...]
    file: str
    span: Span
    own: bool


def find_terms(tree: Tree, programme: Tree | None, links: Links, problems: list[Problem]) -> list[Entry]:
    """The entries of both files; from now on `links` knows their words. A course's own entry hides its programme's."""
    entries: dict[str, Entry] = {}
    for around, file, own in ((tree, NAME, True), (programme, f"../{NAME}", False)):
        if around is None or (found := around.file(NAME)) is None:
            continue
        text, wrong = read_text(found, around.span(NAME))
        problems += wrong
        told: dict[str, str] = {}
        for entry in _entries(text or "", file, around.span(NAME), own, problems):
            anchor = links.terms.get(folded(entry.name))
            if anchor is None:
                anchor = _free(entry.anchor, entries)
                entries[anchor] = replace(entry, anchor=anchor)
            for word in (entry.name, *entry.also):
                if folded(word) in told:
                    problems.append(SAME_TERM.at(entry.span, name=word, where=told[folded(word)]))
                told.setdefault(folded(word), f"in line {entry.span.line}")
                links.terms.setdefault(folded(word), anchor)
    return list(entries.values())


def read_terms(entries: list[Entry], links: Links, problems: list[Problem]) -> tuple[Term, ...]:
    """The terms of a course whose pages have been read, in their order."""
    made: dict[str, Term] = {}
    wanted = [entry for entry in entries if entry.own or entry.anchor in links.used_terms]
    while wanted:
        for entry in wanted:
            reader = PageReader(entry.span.path, entry.file, GLOSSARY, links, set())
            meaning = reader.prose(entry.meaning, entry.span)
            made[entry.anchor] = Term(entry.name, meaning, entry.anchor, entry.span, entry.also)
            problems += reader.problems
        wanted = [entry for entry in entries if entry.anchor in links.used_terms and entry.anchor not in made]
    return tuple(sorted(made.values(), key=lambda term: (slugify(term.name), term.name)))


def _free(wanted: str, taken: Collection[str]) -> str:
    """An anchor of its own: what tells two words apart may not show in an address, as in C and C++, peche and péché."""
    return next(name for n in count(1) if (name := wanted if n == 1 else f"{wanted}-{n}") not in taken)


def _entries(text: str, file: str, span: Span, own: bool, problems: list[Problem]) -> Iterator[Entry]:
    """What is written in one file, as far as it can be used."""
    document = read_settings(text, span)
    problems += document.problems
    for name, said in document.data.items():
        place = document.place((name,), key=True) or span
        group = said if isinstance(said, dict) else {"meaning": said}
        for key in sorted(group.keys() - {"meaning", "also"}):
            at = document.place((name, key), key=True) or place
            problems.append(UNKNOWN_KEY.at(at, key=key, hint="", place=f"'{name}'", known="also, meaning"))
        meaning, also = group.get("meaning"), group.get("also") or ()
        words = (also,) if isinstance(also, str) else tuple(also) if isinstance(also, list | tuple) else None
        if meaning is None or meaning == "":
            problems.append(NO_VALUE.at(place, key=name))
        elif not isinstance(meaning, str):
            problems.append(WRONG_KIND.at(place, key=name, found=_shape(meaning), wanted="a text", how="a text"))
        elif words is None or not all(isinstance(word, str) for word in words):
            problems.append(
                WRONG_KIND.at(
                    place, key="also", found=_shape(also), wanted="a list of words", how="words: [one, another]"
                )
            )
        else:
            at = document.place((name, "meaning") if group is said else (name,)) or place
            yield Entry(name, slugify(name) or "term", meaning, words, file, at, own)


def _shape(value: object) -> str:
    return "a group of keys" if isinstance(value, dict) else "a list of more than words"
