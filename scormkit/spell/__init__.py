"""A Course -> the texts of its folder, by their paths: what an author would have written. The inverse of scormkit/load/.

    texts = spelled(course)      # {"course.yaml": "id: ...", "pages/01-welcome.md": "# Welcome ...", ...}

Only what differs from the defaults is said. Pages are called by their ids and counted in their order; links between files are
those of the new folder. Nothing here touches a disk: `scormkit.write` does.
"""

from __future__ import annotations

from collections.abc import Iterator

from scormkit.model.course import Block, Course, Page, own
from scormkit.model.theme import THEME
from scormkit.model.written import joined, markdown
from scormkit.spell.addresses import Addresses, within
from scormkit.spell.differing import differing
from scormkit.spell.settings import front_matter, heading, section_settings, settings, yaml

__all__ = ["Addresses", "differing", "spelled"]


def spelled(course: Course, addresses: Addresses | None = None) -> dict[str, str]:
    """The texts of the course in its own language; `addresses` are where its files stand."""
    addresses = addresses or Addresses(course)
    texts = {"course.yaml": settings(course)}
    for section in course.sections:
        for page in section.pages:
            file = addresses.pages[page.id]
            texts[file] = addresses.relinked(_page(page), own(page.blocks), file)
        if section.id and section.pages:
            folder = addresses.pages[section.pages[0].id].rpartition("/")[0]
            texts[f"{folder}/section.yaml"] = section_settings(section)
    for bank in course.banks:
        file = f"banks/{bank.id}.md"
        text = front_matter({"title": bank.title} if bank.title != bank.id else {})
        text += _body(bank.blocks) + "\n"
        texts[file] = addresses.relinked(text, bank.blocks, file)
    texts.update(_lists(course, addresses))
    return texts


def _page(page: Page) -> str:
    said, title = heading(page)
    return front_matter(said) + joined(title, _body(own(page.blocks))) + "\n"


def _body(blocks: tuple[Block, ...]) -> str:
    """Blocks, and at the end the definitions that links in them need."""
    definitions = dict.fromkeys(definition for prose in within(blocks) for definition in prose.definitions)
    return joined(markdown(blocks), "\n".join(definitions))


def _lists(course: Course, addresses: Addresses) -> Iterator[tuple[str, str]]:
    """glossary.yaml, references.yaml, and the texts of the theme."""
    terms = {}
    # Anchors of words that differ only in signs are counted in the order of the file.
    for term in sorted(
        course.glossary, key=lambda term: (term.anchor.rstrip("-0123456789"), len(term.anchor), term.anchor)
    ):
        meaning = term.meaning.source.strip()
        terms[term.name] = {"meaning": meaning, "also": list(term.also)} if term.also else meaning
    if terms:
        meanings = tuple(term.meaning for term in course.glossary)
        yield "glossary.yaml", addresses.relinked(yaml(terms), meanings, "glossary.yaml")
    if course.sources:
        sources = {source.key: source.text.source.strip() for source in course.sources}
        texts = tuple(source.text for source in course.sources)
        yield "references.yaml", addresses.relinked(yaml(sources), texts, "references.yaml")
    if course.theme:
        theme = course.theme
        said = theme.settings.model_dump(mode="json", by_alias=True, exclude_defaults=True)
        yield f"{addresses.theme}/{THEME}", yaml(said or {"name": course.settings.title})
        if theme.style:
            yield f"{addresses.theme}/theme.css", theme.style.replace('url("theme/', 'url("')
        for name, part in theme.parts.items():
            yield f"{addresses.theme}/templates/{name}.html", part.replace('src="theme/', 'src="') + "\n"
    results, file = course.accessibility_results, course.settings.accessibility.results
    if results and file:
        yield file, results.model_dump_json(by_alias=True, exclude_defaults=True, indent=2) + "\n"
