"""Translations: what a course says goes out as PO and XLIFF, comes back, and is the same course in another language."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import polib
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree, html
from translate.storage.xliff import xlifffile

from scormkit import check, load
from scormkit.exchange.inline import codes, markdown, pieces
from scormkit.exchange.po import po
from scormkit.exchange.xliff import V12, V20, read_xliff, xliff
from scormkit.load import phrase
from scormkit.load.po import read_po
from scormkit.load.speaking import Spoken, spoken
from scormkit.model.catalogue import Catalogue, Entry, brought_up
from scormkit.model.course import Course
from scormkit.model.prose import Prose
from scormkit.model.source import Span
from scormkit.render import render
from scormkit.render.words import words
from scormkit.translations import exported, imported

ROOT = Path(__file__).parent.parent
GALLERY = ROOT / "docs" / "gallery"
PSEUDO = str.maketrans("aeiouAEIOU", "áéíóúÁÉÍÓÚ")
KEPT = re.compile(r"(\]\([^)]*\)|<[^>]+>|`[^`]*`|\$[^$]+\$|\[\^[^\]]*\]|&\w+;)")


def pseudo(text: str) -> str:
    """Other words, the same marks."""
    parts = KEPT.split(text)
    return "".join(part if n % 2 else part.translate(PSEUDO) for n, part in enumerate(parts))


@pytest.fixture
def gallery(tmp_path: Path) -> Path:
    """The gallery, to be released in Welsh too."""
    folder = tmp_path / "gallery"
    shutil.copytree(GALLERY, folder)
    settings = folder / "course.yaml"
    settings.write_text(settings.read_text(encoding="utf-8") + "\nlanguages: [en-GB, cy]\n", encoding="utf-8")
    return folder


def translated(folder: Path, version: str, edit: Callable[[bytes], bytes]) -> Path:
    """The file that is written out, as a translator saves it."""
    _, _, data = next(exported(folder, "cy", version))
    file = folder.parent / f"back.{'po' if version == 'po' else 'xlf'}"
    file.write_bytes(edit(data))
    return file


def as_po(data: bytes) -> bytes:
    file = polib.pofile(data.decode())
    for entry in file:
        entry.msgstr = pseudo(entry.msgid)
    return str(file).encode()


def as_xliff(data: bytes) -> bytes:
    """Copies each source into its target, with other words and the same codes."""
    root = etree.fromstring(data)
    for source in root.iter(f"{{{V12}}}source", f"{{{V20}}}source"):
        space = etree.QName(source).namespace
        target = etree.fromstring(etree.tostring(source, with_tail=False))
        target.tag = f"{{{space}}}target"
        for node in target.iter():
            node.text = pseudo(node.text) if node.text else node.text
            node.tail = pseudo(node.tail) if node.tail else node.tail
        source.addnext(target)
    return etree.tostring(root, encoding="UTF-8")


WAYS = {"po": as_po, "1.2": as_xliff, "2.1": as_xliff}


def course_of(folder: Path) -> Course:
    (course,) = load(folder).courses
    return course


@pytest.mark.parametrize("version", WAYS)
def test_what_goes_out_comes_back(gallery: Path, version: str) -> None:
    made = imported(translated(gallery, version, WAYS[version]), gallery)
    assert made.problems == ()
    assert made.path == gallery / "locales" / "cy.po"
    assert made.translated == made.of > 200
    course = course_of(gallery)
    (welsh,) = course.translations
    assert [str(problem) for problem in check(course) if problem.id.startswith("LNG")] == []
    assert welsh.settings.title == "Thé scórmkít gálléry"
    told = [
        (q.id, q.number, q.revision, q.type, [(o.key, o.number, o.correct) for o in q.answers])
        for q in course.questions
    ]
    same = [
        (q.id, q.number, q.revision, q.type, [(o.key, o.number, o.correct) for o in q.answers]) for q in welsh.questions
    ]
    assert told == same
    for one, other in zip(course.questions, welsh.questions, strict=True):
        assert other.prompt.text == pseudo(one.prompt.text)
    assert targets(course) == targets(welsh)


def test_all_that_learners_read_is_in_the_file(gallery: Path) -> None:
    """A text that stands in both documents as the author wrote it was never given to translators."""
    with (gallery / "course.yaml").open("a", encoding="utf-8") as settings:
        settings.write(
            "review:\n  owner: Education team\n  signed-off: [{name: A. B., role: Head, date: 2026-11-01, version: '1'}]\n"
        )
    imported(translated(gallery, "po", as_po), gallery)
    course = course_of(gallery)
    english, welsh = (said(render(one).document) for one in (replace(course, translations=()), course.translations[0]))
    assert len(english) > 200
    assert english & welsh - set(words("cy").page.values()) == set()


def said(document: str) -> set[str]:
    """The texts of a document that could be translated: no code, no formulas, and no words without vowels."""
    page = html.document_fromstring(document)
    for one in page.xpath("//script | //style | //code | //pre | //math | //template | //select"):
        one.drop_tree()
    found = [*page.xpath("//body//text()"), *page.xpath("//@alt"), *page.xpath("//@aria-label")]
    return {" ".join(text.split()) for text in found if re.search("[a-z][aeiou]|[aeiou][a-z]", text)}


def targets(course: Course) -> list[str | None]:
    """Where the links of a course's prose lead."""
    found = (block for page in course.pages for block in page.walk if isinstance(block, Prose))
    return [link.target for block in found for link in block.links]


@pytest.mark.parametrize("version", WAYS)
def test_the_same_course_gives_the_same_file(gallery: Path, version: str) -> None:
    first, second = (next(exported(gallery, "cy", version))[2] for _ in range(2))
    assert first == second
    imported(translated(gallery, version, WAYS[version]), gallery)
    before = (gallery / "locales" / "cy.po").read_bytes()
    file = translated(gallery, version, lambda data: data)
    assert imported(file, gallery).problems == ()
    assert (gallery / "locales" / "cy.po").read_bytes() == before


def test_what_is_not_translated_is_said_to_be_in_its_language(gallery: Path) -> None:
    def half(data: bytes) -> bytes:
        file = polib.pofile(data.decode())
        for entry in file:
            if ":title" in entry.msgctxt:
                entry.msgstr = pseudo(entry.msgid)
        return str(file).encode()

    imported(translated(gallery, "po", half), gallery)
    course = course_of(gallery)
    (welsh,) = course.translations
    assert welsh.questions[0].prompt.html == '<bdi lang="en-GB">Which of these is a prime number?</bdi>'
    found = [problem for problem in check(course) if problem.id.startswith("LNG")]
    assert {problem.id for problem in found} == {"LNG002"}
    assert {problem.span.path.rpartition("/")[2] for problem in found} >= {"01-text.md", "glossary.yaml", "course.yaml"}
    assert all(problem.id.startswith("LNG") or problem.severity != "error" for problem in check(course))


def test_a_text_that_changed_is_shown_as_it_is_now_and_marked(gallery: Path) -> None:
    imported(translated(gallery, "po", as_po), gallery)
    page = gallery / "pages" / "03-questions.md"
    page.write_text(
        page.read_text(encoding="utf-8").replace("Yes: nothing but 1 and 11 divides it.", "Yes: it is a prime."),
        encoding="utf-8",
    )
    course = course_of(gallery)
    (problem,) = [problem for problem in check(course) if problem.id.startswith("LNG")]
    assert (problem.id, problem.span.path.rpartition("/")[2]) == ("LNG003", "cy.po")
    feedback = course.translations[0].questions[0].answers[1].feedback
    assert feedback is not None and feedback.html == '<p><bdi lang="en-GB">Yes: it is a prime.</bdi></p>'

    for version, mark in (
        ("po", b"#, fuzzy"),
        ("1.2", b'state="needs-review-translation"'),
        ("2.1", b'subState="scormkit:source-changed"'),
    ):
        _, _, data = next(exported(gallery, "cy", version))
        assert data.count(mark) == 1
        assert b"nothing but 1 and 11 divides it" in data  # what it said before
    file = polib.pofile(next(exported(gallery, "cy", "po"))[2].decode())
    (entry,) = [entry for entry in file if entry.fuzzy]
    assert entry.previous_msgid == "Yes: nothing but 1 and 11 divides it."
    # sent back as it is, it is still to be looked at; sent back with other words, somebody has
    for version in ("1.2", "2.1"):
        imported(translated(gallery, version, lambda data: data), gallery)
        assert [p.id for p in check(course_of(gallery)) if p.id.startswith("LNG")] == ["LNG003"]
    imported(
        translated(gallery, "2.1", lambda data: data.replace("Yés: nóthíng".encode(), "Íé: nóthíng".encode())), gallery
    )
    assert [p.id for p in check(course_of(gallery)) if p.id.startswith("LNG")] == []


def test_texts_are_found_again_where_others_were_put_in(gallery: Path) -> None:
    imported(translated(gallery, "po", as_po), gallery)
    page = gallery / "pages" / "01-text.md"
    text = page.read_text(encoding="utf-8").replace("1. First", "1. Before the first\n1. First")
    page.write_text(text.replace("## Lists and tables", "A new paragraph.\n\n## Lists, and tables"), encoding="utf-8")
    found = [problem for problem in check(course_of(gallery)) if problem.id.startswith("LNG")]
    assert {problem.id: dict(problem.values)["count"] for problem in found} == {"LNG002": 2, "LNG003": 1}


def test_a_translation_of_an_older_text_is_kept_and_marked(gallery: Path) -> None:
    file = translated(gallery, "2.1", as_xliff)
    page = gallery / "pages" / "03-questions.md"
    page.write_text(page.read_text(encoding="utf-8").replace("15 is 3 times 5.", "15 is 5 times 3."), encoding="utf-8")
    made = imported(file, gallery)
    assert [problem.id for problem in made.problems] == ["XCH011"]
    assert made.of - made.translated == 1
    catalogue, _ = read_po((gallery / "locales" / "cy.po").read_text(encoding="utf-8"), Span("cy.po"))
    (entry,) = [entry for entry in catalogue.entries if entry.state == "changed"]
    assert (entry.source, entry.previous, entry.target) == ("15 is 5 times 3.", "15 is 3 times 5.", "15 ís 3 tímés 5.")


def test_typed_answers_are_right_in_any_language(gallery: Path) -> None:
    imported(translated(gallery, "po", as_po), gallery)
    course = course_of(gallery)
    typed = next(question for question in course.questions if question.id == "what-is-it")
    assert typed.interaction.correct == (("prime number",), ("prime",), ("prímé númbér",), ("prímé",))


def test_links_to_headings_follow_them(tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "course.yaml").write_text("id: urn:x:a\ntitle: A\nlanguages: [en, fr]\nlanguage: en\n")
    (tmp_path / "pages" / "01-a.md").write_text(
        "# A\n\nSee [how to wash](#hand-hygiene), [with what](02-b.md#soap).\n\n## Hand hygiene\n\nWash.\n"
    )
    (tmp_path / "pages" / "02-b.md").write_text("# B\n\n## Soap\n\nMuch.\n")
    (course,) = spoken(tmp_path)
    french = {"Hand hygiene": "Hygiène des mains", "Soap": "Savon"}
    entries = (Entry(t.id, t.source, french.get(t.source, t.source)) for t in course.texts)
    (tmp_path / "locales").mkdir()
    (tmp_path / "locales" / "fr.po").write_text(
        po(Catalogue("urn:x:a", "en", "fr", entries=tuple(entries))), encoding="utf-8"
    )
    (made,) = course_of(tmp_path).translations
    assert [link.target for link in made.pages[0].blocks[0].links] == ["page:a#hygiene-des-mains", "page:b#savon"]  # type: ignore[union-attr]
    assert [str(problem) for problem in check(load(tmp_path)) if problem.id.startswith("LNK")] == []


def test_a_picture_of_the_language_stands_in(tmp_path: Path) -> None:
    for folder in ("pages", "media", "locales"):
        (tmp_path / folder).mkdir()
    (tmp_path / "course.yaml").write_text("id: urn:x:a\ntitle: A\nlanguages: [en, fr]\nlanguage: en\n")
    (tmp_path / "pages" / "01-a.md").write_text("# A\n\n![Ward](../media/ward.svg)\n")
    svg = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 1'/>"
    (tmp_path / "media" / "ward.svg").write_text(svg)
    (tmp_path / "media" / "ward.fr.svg").write_text(svg)
    (tmp_path / "locales" / "fr.po").write_text("")
    course = course_of(tmp_path)
    assert [file.path for file in course.media] == ["media/ward.svg"]
    assert [file.path for file in course.translations[0].media] == ["media/ward.fr.svg"]
    assert course.unused == ()


def entry_for(source: str, target: str = "", **more: str | bool) -> Catalogue:
    return Catalogue("urn:x:a", "en", "fr", "A", "1", (Entry("a:1", source, target, **more),))  # type: ignore[arg-type]


def sent_back(source: str, target: str, version: str = "2.1") -> tuple[Catalogue | None, list[str]]:
    """What is made of a file in which a translator wrote `target`, which is XML, for `source`."""
    catalogue = entry_for(source)
    data = xliff(catalogue, version).replace(b"</source>", f"</source><target>{target}</target>".encode())
    made, problems = read_xliff(data, "back.xlf", {"": catalogue, "fr": catalogue})
    return made, [str(problem) for problem in problems]


def test_marks_are_kept_and_what_translators_write_is_meant() -> None:
    made, problems = sent_back(
        "Wash your **hands** [first](02-b.md).", '<pc id="2">D\'abord</pc>, 2 * 3 * 4 &lt;b> <pc id="1">mains</pc> [a]'
    )
    assert problems == []
    assert made is not None
    assert made.entries[0].target == r"[D'abord](02-b.md), 2 \* 3 \* 4 \<b\> **mains** \[a\]"
    assert phrase(made.entries[0].target.replace("02-b.md", "#/b")).text == "D'abord, 2 * 3 * 4 <b> mains [a]"


@pytest.mark.parametrize("version, mark", [("1.2", "g"), ("2.1", "pc")])
def test_marks_that_are_lost_twice_or_unknown_are_told(version: str, mark: str) -> None:
    source = "Wash your **hands** [first](02-b.md)."
    made, problems = sent_back(source, f'Lavez vos <{mark} id="1">mains</{mark}>.', version)
    assert made is not None and made.entries[0].target == "Lavez vos **mains**."
    assert len(problems) == 1 and "warning XCH006: the translation of 'a:1' leaves out [...](02-b.md)" in problems[0]
    for marks in (f'<{mark} id="9">a</{mark}>', f'<{mark} id="1">a</{mark}> <{mark} id="1">b</{mark}>'):
        made, problems = sent_back(source, marks, version)
        assert made is not None and made.entries == ()
        assert len(problems) == 1 and re.match(r"back\.xlf:\d+:\d+: error XCH005: ", problems[0])


@pytest.mark.parametrize(
    "data, told",
    [
        (b'<!DOCTYPE a [<!ENTITY x "y">]><xliff version="1.2"/>', "back.xlf:1:13: fatal XCH002"),
        (b'<!DOCTYPE a SYSTEM "http://example.org/a.dtd"><xliff version="1.2"/>', "fatal XCH002"),
        (b"<a>" * 101 + b"</a>" * 101, "nested more than 100 deep"),
        (b"<xliff", "back.xlf:1:1: fatal XCH001: this cannot be read as XML: unclosed token"),
        (b"", "fatal XCH001"),
        (b"\xff\xfe", "fatal XCH001"),
        (b"<html/>", "back.xlf:1:1: fatal XCH003"),
        (b'<xliff version="1.2"><file original="a" source-language="en"><body/></file></xliff>', "error XCH004"),
    ],
)
def test_files_that_cannot_or_may_not_be_read(data: bytes, told: str) -> None:
    made, (problem,) = read_xliff(data, "back.xlf", {"": entry_for("A")})
    assert made is None
    assert told in str(problem)


def test_a_second_reader_of_xliff_agrees(gallery: Path) -> None:
    _, catalogue, data = next(exported(gallery, "cy", "1.2"))
    units = {unit.getid(): unit for unit in xlifffile.parsestring(data).units}
    assert len(units) == len(catalogue.entries)
    file = xlifffile.parsestring(translated(gallery, "1.2", as_xliff).read_bytes())
    assert [unit.target for unit in file.units] == [pseudo(unit.source) for unit in file.units]


@pytest.mark.parametrize("version", ["1.2", "2.1"])
def test_what_the_standards_ask_of_the_files(gallery: Path, version: str) -> None:
    """XLIFF 1.2, 2.2; XLIFF 2.1, 4.2 and 4.3: ids are unique name tokens, references lead somewhere, the order of elements."""
    imported(translated(gallery, "po", as_po), gallery)
    root = etree.fromstring(next(exported(gallery, "cy", version))[2])
    space = f"{{{V12 if version == '1.2' else V20}}}"
    units = list(root.iter(f"{space}{'trans-unit' if version == '1.2' else 'unit'}"))
    ids = [unit.get("id") for unit in units]
    assert len(ids) == len(set(ids)) and all(re.fullmatch(r"[\w.:-]+", id) for id in ids)
    order = ["source", "target", "note", "alt-trans"] if version == "1.2" else ["notes", "originalData", "segment"]
    for unit in units:
        names = [etree.QName(child).localname for child in unit]
        assert names == sorted(names, key=order.index)
        data = {one.get("id") for one in unit.iter(f"{space}data")}
        used = {
            one.get(name) for one in unit.iter() for name in ("dataRef", "dataRefStart", "dataRefEnd") if one.get(name)
        }
        assert used == data
        for source in unit.iter(f"{space}source"):
            inner = [one.get("id") for one in source.iter() if one is not source]
            assert len(inner) == len(set(inner))


@given(st.text(alphabet="ab *_`[]()<>&;{}|\\$^!~#:\n", max_size=40))
def test_any_text_survives_its_codes(text: str) -> None:
    source = " ".join(text.split())
    found = pieces(source)
    back = markdown(found)
    assert markdown(pieces(back)) == back  # once written, it stays
    assert [code.begin for code in codes(pieces(back))] == [code.begin for code in codes(found)]


@given(st.lists(st.tuples(st.text(min_size=1), st.text(), st.booleans()), max_size=5))
def test_any_catalogue_survives_po(texts: list[tuple[str, str, bool]]) -> None:
    def plain(text: str) -> str:
        return " ".join(re.sub(r"[^\t\n -\ud7ff\ue000-\ufffd]", "", text).split())

    entries = tuple(
        Entry(f"a:{n}", plain(source) or "a", plain(target), checked or not plain(target))
        for n, (source, target, checked) in enumerate(texts)
    )
    written = po(Catalogue("urn:x:a", "en", "fr", "A", "1", entries))
    read, problems = read_po(written, Span("fr.po"))
    assert problems == []
    assert [(e.id, e.source, e.target, e.checked) for e in read.entries] == [
        (e.id, e.source, e.target, e.checked) for e in entries
    ]
    witness = polib.pofile(written)
    assert [(e.msgctxt, e.msgid, e.msgstr, not e.fuzzy) for e in witness] == [
        (e.id, e.source, e.target, e.checked) for e in entries
    ]


def test_translations_of_texts_that_went_come_back_with_them(gallery: Path) -> None:
    (course,) = spoken(gallery)
    every = tuple(Entry(text.id, text.source, pseudo(text.source)) for text in course.texts)
    whole = Catalogue(course.id, "en-GB", "cy", entries=every)
    less = brought_up(whole, course.texts[10:])
    assert len(less.gone) >= 9
    again, _ = read_po(po(less), Span("cy.po"))
    assert all(entry.state == "translated" for entry in brought_up(again, course.texts).entries)


def test_what_was_to_be_looked_at_again_still_is_when_its_text_comes_back(gallery: Path) -> None:
    (course,) = spoken(gallery)
    text = course.texts[0]
    old = Catalogue(course.id, "en-GB", "cy", entries=(Entry(text.id, text.source, "Hen", False, "Before"),))
    less = brought_up(old, course.texts[10:])
    written = po(less)
    again, problems = read_po(written, Span("cy.po"))
    assert problems == [] and again.gone == tuple(replace(one, note="", span=again.gone[0].span) for one in less.gone)
    assert brought_up(again, course.texts).entries[0].state == "changed"
    (witness,) = polib.pofile(written).obsolete_entries()
    assert (witness.msgid, witness.msgstr, witness.fuzzy) == (text.source, "Hen", True)


def command(*words: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "scormkit", *map(str, words)], cwd=cwd, capture_output=True, text=True, check=False
    )


def test_the_commands_as_a_designer_meets_them(gallery: Path) -> None:
    ran = command("export", "--xliff", cwd=gallery)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert re.fullmatch(r"build/gallery-cy\.xlf: \d+ texts, \d+ to translate\n", ran.stdout)
    assert command("export", cwd=gallery).returncode == 2
    assert "is not a language tag" in command("export", "--po", "--to", "French!", cwd=gallery).stderr
    assert "is written in en-GB" in command("export", "--po", "--to", "en-GB", cwd=gallery).stderr

    ran = command("import", "build/gallery-cy.xlf", cwd=gallery)
    assert ran.returncode == 1 and "XCH010" in ran.stdout
    file = gallery / "build" / "gallery-cy.xlf"
    file.write_bytes(as_xliff(file.read_bytes()))
    ran = command("import", "build/gallery-cy.xlf", cwd=gallery)
    assert ran.returncode == 0 and re.fullmatch(r"locales/cy\.po: (\d+) of \1 texts are translated\n", ran.stdout)
    (gallery / "build" / "picture.png").write_bytes(b"\x89PNG")
    ran = command("import", "build/picture.png", cwd=gallery)
    assert ran.returncode == 1 and "build/picture.png: fatal XCH007" in ran.stdout
    other = gallery / "build" / "other.xlf"
    other.write_bytes(file.read_bytes().replace(b"#gallery", b"#galery"))
    ran = command("import", "build/other.xlf", cwd=gallery)
    assert ran.returncode == 1 and "XCH008" in ran.stdout and "#gallery'" in ran.stdout
    ran = command("import", "build/gallery-cy.xlf", "--to", "en-GB", cwd=gallery)
    assert ran.returncode == 1 and "XCH009" in ran.stdout
    assert command("import", "nothing.xlf", cwd=gallery).returncode == 2


def test_each_course_of_a_programme_gets_its_own_file(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "course", tmp_path / "course")
    ran = command("export", "course", "--po", "--to", "cy", "-o", "out", cwd=tmp_path)
    assert ran.returncode == 0
    files = sorted((tmp_path / "out").iterdir())
    assert len(files) == len(list(spoken(tmp_path / "course"))) >= 4
    for file in files:
        file.write_bytes(as_po(file.read_bytes()))
    ran = command("import", *files, "--into", "course", cwd=tmp_path)
    assert ran.returncode == 0, ran.stdout
    assert len(list((tmp_path / "course").glob("*/locales/cy.po"))) == len(files)


def ids(course: Spoken) -> list[str]:
    return [text.id for text in course.texts]


@pytest.mark.parametrize("folder", [GALLERY, ROOT / "course"], ids=["gallery", "programme"])
def test_ids_are_unique_and_sources_are_what_stands_there(folder: Path) -> None:
    for course in spoken(folder):
        assert len(ids(course)) == len(set(ids(course)))
        assert all(markdown(pieces(text.source)) == text.source for text in course.texts if text.markup)


def test_terms_that_differ_in_signs_alone_are_two_texts(gallery: Path) -> None:
    terms = gallery / "glossary.yaml"
    terms.write_text(terms.read_text(encoding="utf-8") + "\nC: A letter.\nC++: A language.\n", encoding="utf-8")
    found = {entry.msgid: entry.msgctxt for entry in polib.pofile(next(exported(gallery, "cy", "po"))[2].decode())}
    assert [found[said] for said in ("C", "C++", "A letter.", "A language.")] == [
        *("glossary:c:term", "glossary:c-2:term", "glossary:c", "glossary:c-2")
    ]
    back = imported(translated(gallery, "po", as_po), gallery)
    assert not [problem for problem in back.problems if problem.id == "LNG009"]


def test_escapes_of_po_bring_in_nothing_that_no_file_may_hold() -> None:
    catalogue, problems = read_po(r'msgctxt "a"' + "\n" + r'msgid "x"' + "\n" + r'msgstr "y\x01\0\x41"', Span("cy.po"))
    assert [entry.target for entry in catalogue.entries] == ["yA"] and problems == []
