"""Translations: what a course says (`Text`), and what a catalogue has for it in another language (`Entry`).

`scormkit.load` reads the texts of a course and the catalogues in its folder; `scormkit.exchange` writes both for translators and
reads what comes back. Ids, places and notes are the same everywhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from scormkit.model.source import Span


@dataclass(frozen=True)
class Text:
    """One text of a course to be translated, on one line.

    `id` is made of the ids around it (`welcome:hand-hygiene:2`, `welcome:first-moment:answer-1`). `note` says to a translator
    where it stands. With `markup` it is inline Markdown, else plain words.
    """

    id: str
    source: str
    note: str = ""
    markup: bool = True
    span: Span = Span("")


@dataclass(frozen=True)
class Entry:
    """What a catalogue says of one text. `target` is empty where it is not translated yet.

    `checked` is false where somebody has to look at the translation again; `previous` is what the source said when it was
    translated, where it says something else now.
    """

    id: str
    source: str
    target: str = ""
    checked: bool = True
    previous: str = ""
    note: str = ""
    markup: bool = True
    span: Span = Span("")

    @property
    def state(self) -> str:
        """`new`, `changed` (to be looked at again) or `translated`."""
        return "new" if not self.target else "translated" if self.checked and not self.previous else "changed"


@dataclass(frozen=True)
class Catalogue:
    """The translations of one course into one language. `gone` are those of texts that the course no longer has."""

    course: str  # its permanent id
    source: str  # BCP 47 tag of the language that it is written in
    language: str
    title: str = ""
    version: str = ""
    entries: tuple[Entry, ...] = ()
    gone: tuple[Entry, ...] = ()
    span: Span = Span("")


@dataclass
class Memory:
    """Finds what a catalogue has for a text: under its id, else (it was moved) under the same words, nearest first.

    `sources` are what all texts say now: a translation of one of them is not one of a text that has changed.
    """

    catalogue: Catalogue
    sources: frozenset[str] = frozenset()
    _ids: dict[str, Entry] = field(default_factory=dict)
    _words: dict[str, list[Entry]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for entry in (*self.catalogue.entries, *self.catalogue.gone):
            self._ids.setdefault(entry.id, entry)
            if entry.target:
                self._words.setdefault(entry.source, []).append(entry)

    def find(self, text: Text) -> Entry:
        """The entry for `text` as it is now: translated, or changed with what the source said before, or new."""
        named = self._ids.get(text.id)
        alike = self._words.get(text.source, [])
        if named and named.source == text.source and named.target:
            found = named
        elif alike:
            near = text.id.split(":")[0]
            found = next((entry for entry in alike if entry.id.split(":")[0] == near), alike[0])
        elif named and named.target and named.source not in self.sources:
            found = Entry(text.id, text.source, named.target, False, named.previous or named.source, span=named.span)
        else:
            found = Entry(text.id, text.source, span=named.span if named else Span(""))
        return Entry(
            text.id, text.source, found.target, found.checked, found.previous, text.note, text.markup, found.span
        )


def brought_up(catalogue: Catalogue, texts: Iterable[Text]) -> Catalogue:
    """The catalogue for the texts as they are now, in their order; what they no longer need is kept in `gone`."""
    texts = tuple(texts)
    memory = Memory(catalogue, frozenset(text.source for text in texts))
    entries = tuple(memory.find(text) for text in texts)
    used = {(entry.source, entry.target) for entry in entries} | {(entry.previous, entry.target) for entry in entries}
    gone = {
        entry.id: entry
        for entry in (*catalogue.gone, *catalogue.entries)
        if entry.target and (entry.source, entry.target) not in used and (entry.previous, entry.target) not in used
    }
    return Catalogue(
        catalogue.course, catalogue.source, catalogue.language, catalogue.title, catalogue.version, entries,
        tuple(gone.values()), catalogue.span,
    )  # fmt: skip
