"""Pages of the documentation that are printed from scormkit/package/."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from scormkit.package import examples, sent
from scormkit.preview import statement_rules
from scormkit.standards.vocabularies import VERBS

if TYPE_CHECKING:
    from conftest import Expected

DOCS = Path(__file__).parent.parent / "docs"


def test_data_protection(expected: Expected) -> None:
    expected(DOCS / "data-protection.md", sent.document())


def test_xapi(expected: Expected) -> None:
    expected(DOCS / "xapi.md", examples.document())


def test_the_examples_are_sound_and_complete() -> None:
    found = list(examples.examples())
    assert [str(one) for statement in found for one in statement_rules.check(statement)] == []
    assert {one["verb"]["id"] for one in found} == {iri for verb, iri in VERBS.items() if verb != "failed"}
    assert len({one["id"] for one in found}) == len(found)
