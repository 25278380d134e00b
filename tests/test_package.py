"""Packages: what stands in them, manifests that follow the official schemas, identifiers that last."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from course_in_code import course as small_course
from course_of_every_kind import SETTINGS, course_of_every_kind
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from scormkit.model.archive import MAX_READ, open_archive, write
from scormkit.model.course import Course
from scormkit.model.duration import iso
from scormkit.model.settings import CourseSettings
from scormkit.model.site import Site
from scormkit.package import FORMATS, package, package_name, scorm12, text
from scormkit.package.codebook import codebook
from scormkit.render import render
from scormkit.standards.namespaces import ADLCP, IMSCP, IMSMD, SCHEMAS, SCORM12_FILES, TINCAN

if TYPE_CHECKING:
    from conftest import Expected

GOLDEN = Path(__file__).parent / "golden" / "packages"

COURSES = {"small": small_course, "every-kind": course_of_every_kind}


def site_of(course: Course) -> Site:
    """The small course rendered; the other has questions without templates, so a page of nothing stands for it."""
    if course.settings.id == SETTINGS["id"]:
        document = '<html data-tracker="local"><meta content="connect-src \'self\'">'
        return Site(course, document, {"media/a b.png": b"png", "player.js": b"", "theme.css": b""})
    return render(course)


@pytest.fixture(scope="module")
def schema(tmp_path_factory: pytest.TempPathFactory) -> etree.XMLSchema:
    """The official schemas in one. imsmd has 12 types that XML Schema 1.0 calls ambiguous (an element, or any element);
    they compile without the 13 `any`, which only allow what we do not write."""
    folder = tmp_path_factory.mktemp("xsd")
    for name in SCORM12_FILES:
        data = (SCHEMAS / "scorm12" / name).read_bytes()
        if name.startswith("imsmd"):
            data, dropped = re.subn(rb'<xsd:group ref="grp.any"\s*/>', b"", data)
            assert dropped == 13
        (folder / name).write_bytes(data)
    imports = "".join(
        f'<xsd:import namespace="{space}" schemaLocation="{name}"/>'
        for space, name in (
            (IMSCP, "imscp_rootv1p1p2.xsd"),
            (IMSMD, "imsmd_rootv1p2p1.xsd"),
            (ADLCP, "adlcp_rootv1p2.xsd"),
        )
    )
    (folder / "all.xsd").write_text(f'<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema">{imports}</xsd:schema>')
    return etree.XMLSchema(etree.parse(folder / "all.xsd", etree.XMLParser(no_network=True)))


def test_the_schemas_are_as_published() -> None:
    """THIRD_PARTY.md says where they are from. The list never changes with --rewrite: it is what was published."""
    listed = (GOLDEN.parent / "schemas.sha256").read_text().splitlines()
    published = {name: digest for digest, name in (line.split() for line in listed)}
    found = {
        path.relative_to(SCHEMAS).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in SCHEMAS.rglob("*.xsd")
    }
    assert found == published
    assert {f"scorm12/{name}" for name in SCORM12_FILES} == {name for name in found if name.startswith("scorm12/")}


# ---------------------------------------------------------------------------------------------------- golden packages


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("name", COURSES)
def test_golden_packages(name: str, format: str, expected: Expected, tmp_path: Path) -> None:
    """The launch page is tests/golden/page.html but for its tracker, and the rest of a package is files as they are:
    what is compared here is which files there are, and the manifest."""
    course = COURSES[name]()
    site = site_of(course)
    entries = package(site, format)
    path = tmp_path / package_name(course, format)
    write(path, entries)
    with open_archive(path) as archive:
        assert archive.flaws == ()
        stored = [f"{'deflated' if entry.method else 'stored'} {entry.name}\n" for entry in archive.entries]
        manifest = archive.entries[0].name
        expected(GOLDEN / name / format / manifest, archive.read(manifest).decode())
        page = archive.read("index.html").decode()
        rest = {file: archive.read(file, MAX_READ) for file in archive.files if file in site.files}
    expected(GOLDEN / name / format / "entries.txt", "".join(stored))
    assert rest == {file: data if isinstance(data, bytes) else data.read_bytes() for file, data in site.files.items()}
    local = page.replace(f'data-tracker="{format}"', 'data-tracker="local"', 1)
    assert f'data-tracker="{format}"' in page
    assert local.replace("connect-src 'self' https: http:", "connect-src 'self'", 1) == site.document


@pytest.mark.parametrize("name", COURSES)
def test_golden_code_books(name: str, expected: Expected) -> None:
    for file, data in codebook(COURSES[name]()).items():
        expected(GOLDEN / name / file, data)


# ----------------------------------------------------------------------------------------------------------- SCORM 1.2


@pytest.mark.parametrize("name", COURSES)
def test_manifests_follow_the_official_schemas(name: str, schema: etree.XMLSchema) -> None:
    entries = package(site_of(COURSES[name]()), "scorm12")
    schema.assertValid(etree.fromstring(entries["imsmanifest.xml"]))


TEXTS = st.text(
    st.characters(exclude_categories=["Cs"]) | st.sampled_from("&<>\"'\u202e\u0000\u000b\ufffeשלום\U0001f600 \n"),
    max_size=1000,
).filter(lambda value: bool(value.strip()))
LANGUAGES = st.sampled_from(["en", "en-GB", "cy", "ar", "zh-Hant-TW", "sr-Latn"])
SETTINGS_OF_ANY_KIND = st.fixed_dictionaries(
    {"id": TEXTS.map(lambda value: "https://e.org/" + value), "title": TEXTS},
    optional={
        "version": TEXTS,
        "language": LANGUAGES,
        "summary": TEXTS,
        "keywords": st.lists(TEXTS, max_size=4),
        "duration": TEXTS | st.sampled_from(["25 minutes", "PT1H", "1 h 5 min"]),
        "authors": st.lists(TEXTS, max_size=3),
        "publisher": TEXTS,
        "copyright": TEXTS,
        "licence": TEXTS,
        "audience": TEXTS,
        "objectives": st.lists(st.fixed_dictionaries({"id": st.just("a"), "text": TEXTS}), max_size=3),
        "review": st.fixed_dictionaries({"pending": st.lists(TEXTS, max_size=2)}),
    },
)
FILES = st.lists(TEXTS.map(lambda value: "media/" + value.replace("/", "")), max_size=4)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(SETTINGS_OF_ANY_KIND, FILES)
def test_whatever_the_settings_say_the_manifest_is_valid(
    schema: etree.XMLSchema, values: dict[str, object], files: list[str]
) -> None:
    data = scorm12.manifest(Course(CourseSettings.model_validate(values)), "index.html", ["index.html", *files])
    root = etree.fromstring(data)
    schema.assertValid(root)
    assert b"&#" not in data  # T60a: characters, not numeric references
    assert data.startswith(b'<?xml version="1.0" encoding="UTF-8"?>\n')
    assert len(root.findtext(f".//{{{IMSCP}}}item/{{{IMSCP}}}title")) <= 200
    assert {element.prefix for element in root.iter() if isinstance(element.tag, str)} == {None}
    assert b" adlcp:scormtype=" in data


def test_one_sco_at_the_root_and_every_file_listed() -> None:
    site = site_of(course_of_every_kind())
    entries = package(site, "scorm12")
    root = etree.fromstring(entries["imsmanifest.xml"])
    resources = root.findall(f".//{{{IMSCP}}}resource")
    assert [(one.get("href"), one.get(f"{{{ADLCP}}}scormtype")) for one in resources] == [("index.html", "sco")]
    assert [one.get("href") for one in resources[0]] == ["index.html", "media/a%20b.png", "player.js", "theme.css"]
    items = root.findall(f".//{{{IMSCP}}}item")
    assert [one.get("identifierref") for one in items] == [resources[0].get("identifier")]
    assert root.find(f"{{{IMSCP}}}organizations").get("default") == root.find(f".//{{{IMSCP}}}organization").get(
        "identifier"
    )
    assert not root.findall(f".//{{{ADLCP}}}masteryscore")
    assert set(SCORM12_FILES) < set(entries)


def identifiers(**values: object) -> list[str]:
    data = scorm12.manifest(Course(CourseSettings.model_validate({**SETTINGS, **values})), "index.html", ["index.html"])
    return [str(one) for one in etree.fromstring(data).xpath("//@identifier")]


def test_identifiers_hang_on_the_id_alone() -> None:
    before = identifiers()
    assert identifiers(version="9.9", title="New", language="fr", objectives=[], authors=[]) == before
    assert not set(before) & set(identifiers(id=SETTINGS["id"].replace("kind", "mind")))  # type: ignore[attr-defined]
    assert len(set(before)) == len(before) == 4


def test_identifiers_are_these_forever() -> None:
    """Moodle deletes what learners did when an item's identifier changes (T60): this must never be changed."""
    assert text.identifier("item", "https://example.org/learning/co-production") == "item-co-production-9e469b78aa6b"
    assert (
        text.identifier("item", "urn:uuid:fa21e876-96de-4f4f-b51d-bce4812ab8bb#co-design")
        == "item-co-design-c825e71fd262"
    )


@given(st.text(max_size=300))
def test_identifiers_are_taken_everywhere(course_id: str) -> None:
    course_id = course_id.encode("utf-8", "ignore").decode()
    assert re.fullmatch(r"item(-[A-Za-z0-9]+)+", text.identifier("item", course_id))
    assert len(text.identifier("organization", course_id)) <= 64


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("25 minutes", "PT25M"), ("1 hour 30 minutes", "PT1H30M"), ("2 hours", "PT2H"), ("1 h, 5 min", "PT1H5M"),
        ("90 mins.", "PT90M"), ("1.5 hours", "PT1H30M"), ("25 m", "PT25M"), ("1h 30m", "PT1H30M"), ("45 s", "PT45S"),
        ("PT25M", "PT25M"), ("P1DT2H", "P1DT2H"), (" PT1.5S ", "PT1.5S"),
        ("a while", None), ("", None), ("P", None), ("PT", None), ("25", None), ("minutes", None), ("1,5 hours", None),
        ("0 minutes", None), ("٢٥ minutes", None), ("PT٢٥M", None),
    ],
)  # fmt: skip
def test_durations(words: str, expected: str | None) -> None:
    assert iso(words) == expected


@pytest.mark.parametrize(
    ("given_text", "limit", "told"),
    [
        ("a\n  b\tc", None, "a b c"), ("nul\0 and \ufffe", None, "nul and"), ("abc", 3, "abc"), ("abcd", 3, "ab…"),
        ("word word word", 10, "word word…"), ("word word", 8, "word wo…"), ("word word", 9, "word word"),
    ],
)  # fmt: skip
def test_plain_text(given_text: str, limit: int | None, told: str) -> None:
    assert text.plain(given_text, limit) == told


# ---------------------------------------------------------------------------------------------------------------- xAPI


def test_tincan_xml_launches_the_course_and_describes_the_rest() -> None:
    root = etree.fromstring(package(site_of(course_of_every_kind()), "xapi")["tincan.xml"])
    activities = root.findall(f".//{{{TINCAN}}}activity")
    launches = [
        (one.get("id"), one.findtext(f"{{{TINCAN}}}launch"))
        for one in activities
        if len(one.findall(f"{{{TINCAN}}}launch"))
    ]
    assert launches == [(SETTINGS["id"], "index.html")]
    ids = [one.get("id") for one in activities]
    assert len(set(ids)) == len(ids) == 1 + 2 + 12 + 2
    assert all(str(iri).startswith(str(SETTINGS["id"])) for iri in ids)
    assert "2.1.0" not in "".join(str(iri) for iri in ids)  # T50
    assert {element.get("lang") for element in root.iter(f"{{{TINCAN}}}name")} == {"cy"}


def test_a_format_that_does_not_exist() -> None:
    with pytest.raises(LookupError, match="there are scorm12, xapi"):
        package(site_of(course_of_every_kind()), "cmi6")


@pytest.mark.parametrize(
    ("id", "version", "name"),
    [
        ("https://e.org/co-production/", "1.0.0", "co-production-1.0.0-scorm12.zip"),
        ("urn:uuid:1#co", "1.0.0-draft", "co-1.0.0-draft-scorm12.zip"),
        ("https://e.org/курс", "../../x", "course-x-scorm12.zip"),
        ("https://e.org/a", "1/2 3", "a-1-2-3-scorm12.zip"),
    ],
)
def test_names_of_packages(id: str, version: str, name: str) -> None:
    assert package_name(Course(CourseSettings(id=id, title="T", version=version)), "scorm12") == name
