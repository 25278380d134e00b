"""Catalogue -> the text of a PO file, as editors of PO files and `scormkit.load` read it. The same catalogue, the same bytes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from scormkit.model.catalogue import Catalogue, Entry


def po(catalogue: Catalogue) -> str:
    """The file `locales/<language>.po`: a header, an entry for each text in the order of the course, and what is gone."""
    head = {
        "Project-Id-Version": catalogue.title,
        "Language": catalogue.language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "X-Course": catalogue.course,
        "X-Course-Version": catalogue.version,
        "X-Source-Language": catalogue.source,
        "X-Generator": "scormkit",
    }
    blocks = ["\n".join(['msgid ""', 'msgstr ""', *(_quoted(f"{key}: {value}\n") for key, value in head.items())])]
    blocks += ["\n".join(_entry(entry)) for entry in catalogue.entries]
    blocks += ["\n".join(_gone(entry)) for entry in catalogue.gone]
    return "\n\n".join(blocks) + "\n"


def _entry(entry: Entry) -> Iterator[str]:
    if entry.note:
        yield f"#. {entry.note}"
    if entry.state == "changed":
        yield "#, fuzzy"
        if entry.previous:
            yield f"#| msgid {_quoted(entry.previous)}"
    yield from _words(entry)


def _gone(entry: Entry) -> Iterator[str]:
    """An obsolete entry, which is still to be looked at again where it was: its text may come back."""
    for line in _entry(replace(entry, note="")):
        yield line if line.startswith("#,") else f"#~{line.removeprefix('#') if line.startswith('#|') else f' {line}'}"


def _words(entry: Entry) -> Iterator[str]:
    yield f"msgctxt {_quoted(entry.id)}"
    yield f"msgid {_quoted(entry.source)}"
    yield f"msgstr {_quoted(entry.target)}"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{escaped}"'
