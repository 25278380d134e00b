"""Courses in several languages: what is in their packages, and that nothing a learner reads stays in the source language."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree

import scormkit
from scormkit.exchange.po import po
from scormkit.load import load
from scormkit.load.speaking import spoken
from scormkit.model.catalogue import Catalogue, Entry
from scormkit.model.course import Course
from scormkit.package.codebook import document, table
from scormkit.package.statements import activities
from scormkit.render import render
from scormkit.render.words import Words, words
from scormkit.standards.namespaces import IMSMD, TINCAN

GALLERY = Path(__file__).parent.parent / "docs" / "gallery"
LETTERS = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", "абцдефгхийклмнопярстувшщызАБЦДЕФГХИЙКЛМНОПЯРСТУВШЩЫЗ"
)


def marked(text: str) -> str:
    """A text in a made-up language: its letters are Cyrillic, its marks the same."""
    parts = re.split(
        r"(\]\([^)]*\)|\[\^[^\]]*\]|<[^>]+>|`[^`]*`|\$[^$]+\$|&\w+;|(?<!\{)\{[a-z-]+\}(?!\})|\[[ x]\])", text
    )
    return "".join(part if n % 2 else part.translate(LETTERS) for n, part in enumerate(parts))


def accented(text: str) -> str:
    parts = re.split(r"(\]\([^)]*\)|<[^>]+>|`[^`]*`|\$[^$]+\$|\[\^[^\]]*\])", text)
    return "".join(p if n % 2 else p.translate(str.maketrans("aeiouAEIOU", "áéíóúÁÉÍÓÚ")) for n, p in enumerate(parts))


@pytest.fixture
def gallery(tmp_path: Path) -> Path:
    """The gallery in English and Welsh; the Welsh is made up."""
    return in_welsh(tmp_path / "gallery", accented)


def in_welsh(folder: Path, said: Callable[[str], str]) -> Path:
    shutil.copytree(GALLERY, folder)
    with (folder / "course.yaml").open("a", encoding="utf-8") as file:
        file.write("\nlanguages: [en-GB, cy]\n")
    (course,) = spoken(folder)
    entries = tuple(Entry(text.id, text.source, said(text.source)) for text in course.texts)
    (folder / "locales").mkdir()
    (folder / "locales" / "cy.po").write_text(
        po(Catalogue(course.id, "en-GB", "cy", entries=entries)), encoding="utf-8"
    )
    return folder


@pytest.fixture
def course(gallery: Path) -> Course:
    (made,) = load(gallery).courses
    return made


def test_one_document_holds_both_languages(course: Course) -> None:
    site = render(course)
    assert '<html data-tracker="local" lang="en-GB" dir="ltr">' in site.document
    assert site.document.count("<template data-language=") == 1
    assert [name for name in site.files if name.endswith(".html")] == ["index.cy.html"]
    told = json.loads(re.search(r'id="course">(.*?)</script>', site.document)[1])  # type: ignore[index]
    (welsh,) = told["translations"]
    assert welsh["language"] == "cy" and welsh["words"]["saving"] == "Yn cadw"
    assert len(welsh["pages"]) == len(told["pages"]) and len(welsh["questions"]) == len(told["questions"])
    assert told["words"]["saving"] == "Saving"
    assert b"player.js" not in site.files["index.cy.html"]  # type: ignore[operator]
    # no script will say which page to show: all are, in browsers that would run one too
    assert b" data-ready>" in site.files["index.cy.html"]  # type: ignore[operator]


def test_a_course_in_one_language_is_as_it_was() -> None:
    (course,) = load(GALLERY).courses
    site = render(course)
    assert "<template" not in site.document and "data-language-choice" not in site.document
    assert "translations" not in json.loads(re.search(r'id="course">(.*?)</script>', site.document)[1])  # type: ignore[index]


def test_the_first_language_is_shown_first(gallery: Path) -> None:
    settings = gallery / "course.yaml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("[en-GB, cy]", "[cy, en-GB]"), encoding="utf-8")
    site = render(load(gallery).courses[0])
    assert '<html data-tracker="local" lang="cy" dir="ltr">' in site.document
    assert '<template data-language="en-GB"' in site.document


def test_packages_say_everything_in_all_languages(gallery: Path, tmp_path: Path) -> None:
    built = scormkit.build(gallery, out=tmp_path / "out")
    assert [str(problem) for problem in built.problems if problem.severity in ("error", "fatal")] == []
    assert [str(problem) for problem in built.problems if ".zip" in problem.span.path] == []
    by_format = {package.format: package.path for package in built.packages}
    manifest = etree.fromstring(zipfile.ZipFile(by_format["scorm12"]).read("imsmanifest.xml"))
    general = manifest.find(f".//{{{IMSMD}}}general")
    assert general is not None
    assert [one.text for one in general.findall(f"{{{IMSMD}}}language")] == ["en-GB", "cy"]
    titles = general.findall(f"{{{IMSMD}}}title/{{{IMSMD}}}langstring")
    assert [one.get("{http://www.w3.org/XML/1998/namespace}lang") for one in titles] == ["en-GB", "cy"]
    tincan = etree.fromstring(zipfile.ZipFile(by_format["xapi"]).read("tincan.xml"))
    for name in tincan.iter(f"{{{TINCAN}}}activity"):
        assert [one.get("lang") for one in name.findall(f"{{{TINCAN}}}name")] == ["en-GB", "cy"]


def test_definitions_and_code_book_have_all_languages(course: Course) -> None:
    for activity in activities(course):
        definition = activity["definition"]
        assert set(definition["name"]) == {"en-GB", "cy"}
        for part in ("choices", "scale", "source", "target", "steps"):
            assert all(set(one["description"]) == {"en-GB", "cy"} for one in definition.get(part, []))
    rows = list(csv.DictReader(io.StringIO(table(course).decode("utf-8-sig"))))
    assert all(
        row["wording (cy)"] for row in rows if re.search(r"[a-z]{3}", row["wording"]) and row["record"] != "answer"
    )
    assert '<bdi lang="cy">' in document(course).decode()


def test_one_package_each(gallery: Path, tmp_path: Path) -> None:
    with (gallery / "course.yaml").open("a", encoding="utf-8") as file:
        file.write("packages: each\n")
    built = scormkit.build(gallery, out=tmp_path / "out", formats=["scorm12"])
    assert sorted(package.path.name for package in built.packages) == [
        "gallery-1.0.0-cy-scorm12.zip",
        "gallery-1.0.0-en-GB-scorm12.zip",
    ]
    pages, ids, numbers = [], [], []
    for package in sorted(built.packages, key=lambda package: package.path.name):
        opened = zipfile.ZipFile(package.path)
        page = opened.read("index.html").decode()
        pages.append(page)
        ids.append(etree.fromstring(opened.read("imsmanifest.xml")).get("identifier"))
        told = json.loads(re.search(r'id="course">(.*?)</script>', page)[1])  # type: ignore[index]
        numbers.append([(q["id"], q["number"], q["options"]) for q in told["questions"]])
    assert 'lang="cy"' in pages[0] and 'lang="en-GB"' in pages[1]
    assert all("<template" not in page for page in pages)
    assert ids[0] != ids[1], "hosts take two packages with the same identifier for one"
    assert numbers[0] == numbers[1], "results of both can be read with the same ids"


def test_nothing_a_learner_reads_stays_in_the_source_language(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every word of pages and templates is put into a made-up language; whatever is still in letters was left out."""
    (course,) = load(in_welsh(tmp_path / "gallery", marked)).courses
    real = words("en-GB")
    made_up = Words("cy", *({key: marked(text) for key, text in said.items()} for said in (real.page, real.player)))
    monkeypatch.setattr(sys.modules["scormkit.render.render"], "words", lambda tag: made_up)
    monkeypatch.setattr(sys.modules["scormkit.render.payload"], "words_of", lambda tag: made_up)
    page = etree.fromstring(render(course).files["index.cy.html"], etree.HTMLParser())  # type: ignore[arg-type]
    left: set[str] = set()
    for element in page.iter():
        if (
            not isinstance(element.tag, str)
            or element.tag in ("script", "style", "title", "annotation")
            or element.get("lang", "cy") != "cy"
        ):
            continue
        if {"math", "code", "pre", "time", "option"} & {element.tag, *(one.tag for one in element.iterancestors())}:
            continue
        said = [
            element.text,
            *(child.tail for child in element),
            *(element.get(name) for name in ("aria-label", "alt", "title", "placeholder")),
        ]
        left |= {" ".join(text.split()) for text in said if text and re.search(r"[a-z]{3}", text)}
    assert {text for text in left if "www." not in text} <= KEPT


KEPT = {"English", "Cymraeg", "scormkit"}
"""What is the same in all languages: names of languages by themselves, and of the publisher."""
