"""Packages are hostile input: never a traceback, never above the limits, nothing expanded, fetched or written."""

from __future__ import annotations

import io
import json
import socket
import struct
import tracemalloc
import zipfile
import zlib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from package_cases import BASES, zipped

from scormkit.check.package import check_package, htmltree, references, xmltree
from scormkit.check.package.calllog import check_log
from scormkit.check.package.calls import NAMES
from scormkit.check.package.statementlist import check_statements
from scormkit.check.package.statements import statement
from scormkit.model.problem import Severity

QUIET = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
FORMATS = ("scorm12", "scorm2004", "cmi5", "xapi")


def zip_of(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data)
    return out.getvalue()


def base_files(base: str) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((BASES / base).iterdir())}


mutations = st.lists(
    st.tuples(st.sampled_from(["flip", "cut", "double", "insert"]), st.floats(0, 1), st.binary(min_size=1, max_size=8)),
    min_size=1,
    max_size=6,
)


def mutated(data: bytes, changes: list[tuple[str, float, bytes]]) -> bytes:
    for how, where, piece in changes:
        at = int(where * len(data))
        if how == "flip":
            data = data[:at] + piece + data[at + len(piece) :]
        elif how == "cut":
            data = data[:at] + data[at + len(piece) * 8 :]
        elif how == "double":
            data = data[:at] + data[at : at + 200] * 2 + data[at + 200 :]
        else:
            data = data[:at] + piece + data[at:]
    return data


@QUIET
@given(st.sampled_from(FORMATS), mutations)
def test_a_mutated_zip_is_told_about(tmp_path: Path, base: str, changes: list[tuple[str, float, bytes]]) -> None:
    path = tmp_path / "package.zip"
    path.write_bytes(mutated(zip_of(base_files(base)), changes))
    for problem in check_package(path).problems:
        assert problem.message and problem.remedy


@QUIET
@given(st.sampled_from(FORMATS), st.data())
def test_a_mutated_file_in_a_package_is_told_about(tmp_path: Path, base: str, data: st.DataObject) -> None:
    files = base_files(base)
    name = data.draw(st.sampled_from(sorted(files)))
    files[name] = mutated(files[name], data.draw(mutations))
    path = tmp_path / "package.zip"
    path.write_bytes(zip_of(files))
    for problem in check_package(path).problems:
        assert problem.message and problem.remedy


@QUIET
@given(st.text(max_size=300) | st.text("<>/ab='\" -!&;\n", max_size=300))
def test_any_text_can_be_read_as_html_css_and_script(text: str) -> None:
    page = htmltree.parse(text)
    for reference in references.of_page(page):
        assert reference.line >= 1 and reference.column >= 1
    assert all(element.offset < len(text) for element in page.elements)
    list(references.of_style_sheet(text))
    list(references.of_script(text))


@QUIET
@given(st.binary(max_size=300) | st.text("<>/ab='\" -!&;\n", max_size=300).map(lambda t: f"<a>{t}</a>".encode()))
def test_any_bytes_can_be_read_as_xml(data: bytes) -> None:
    try:
        root = xmltree.parse(data)
    except xmltree.Malformed as error:
        assert error.reason
    else:
        assert root.line >= 1


json_values: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.floats(allow_nan=False)
    | st.text(max_size=20)
    | st.sampled_from(["matching", "Group"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "id",
                    "actor",
                    "verb",
                    "object",
                    "result",
                    "context",
                    "timestamp",
                    "mbox",
                    "account",
                    "definition",
                    "interactionType",
                    "choices",
                    "score",
                    "correctResponsesPattern",
                    "response",
                    "duration",
                    "contextActivities",
                    "category",
                    "extensions",
                    "objectType",
                    "member",
                ]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=20,
)


@QUIET
@given(json_values)
def test_any_json_can_be_read_as_a_statement(value: Any) -> None:
    for found in statement(value):
        assert found.rule.text.format(**found.values)


@QUIET
@given(st.lists(json_values, max_size=4), json_values, st.lists(json_values, max_size=3))
def test_any_json_can_be_read_as_a_session(tmp_path: Path, sent: list[Any], launch: Any, made: list[Any]) -> None:
    path = tmp_path / "session.json"
    path.write_text(json.dumps({"statements": sent, "launch": launch, "requests": made}), encoding="utf-8")
    for problem in check_statements(path):
        assert problem.message and problem.remedy


functions = st.sampled_from(
    [name for names in NAMES.values() for name in (names.begin, names.end, names.set, names.get)]
)
elements = st.sampled_from(
    [
        "cmi.core.score.raw",
        "cmi.interactions.0.id",
        "cmi.interactions.1.result",
        "cmi.suspend_data",
        "cmi.score.scaled",
        "x",
    ]
)


@QUIET
@given(
    st.sampled_from(["scorm12", "scorm2004"]),
    st.lists(st.tuples(functions, st.lists(elements | st.text(max_size=10) | json_values, max_size=3))),
)
def test_any_calls_can_be_judged(tmp_path: Path, standard: str, made: list[tuple[str, list[Any]]]) -> None:
    path = tmp_path / "log.json"
    calls = [{"call": function, "arguments": arguments} for function, arguments in made]
    path.write_text(json.dumps({"standard": standard, "calls": calls}), encoding="utf-8")
    for problem in check_log(path):
        assert problem.message and problem.remedy


@pytest.mark.parametrize(
    "text",
    [
        "<" * 100_000,
        "<a " * 50_000,
        '<a b="' * 30_000,
        "<!--" * 50_000,
        "<script>" * 20_000,
        "<p>" * 100_000,
        "<div><button>" * 20_000,
        "</x>" * 50_000,
    ],
    ids=lambda text: text[:6],
)
def test_html_made_to_take_long_does_not(text: str, tmp_path: Path) -> None:
    """Each is linear here; read with backtracking they take minutes."""
    files = {**base_files("scorm12"), "index.html": text.encode()}
    (tmp_path / "p.zip").write_bytes(zip_of(files))
    report = check_package(tmp_path / "p.zip")
    assert len(report.problems) <= 20 * len({problem.id for problem in report.problems})


@pytest.mark.parametrize("text", ["a{", "/*", "url(", "@import ", "html,", "color:red;", "{color:red;"], ids=str)
def test_styles_made_to_take_long_do_not(text: str, tmp_path: Path) -> None:
    style = (text * 100_000).encode()
    page = b"<html lang=en><title>x</title><style>" + style
    (tmp_path / "p.zip").write_bytes(zip_of({**base_files("scorm12"), "course.css": style, "index.html": page}))
    assert not any(p.severity is Severity.FATAL for p in check_package(tmp_path / "p.zip").problems)


def test_what_looks_like_a_number_and_is_none(tmp_path: Path) -> None:
    files = base_files("scorm2004")
    files["index.html"] = files["index.html"].replace(b"<main", "<main tabindex='²'".encode())
    limits = '<imsss:limitConditions attemptLimit="²"/><imsss:randomizationControls selectCount="³"/>'
    files["imsmanifest.xml"] = files["imsmanifest.xml"].replace(
        b"</item>", f"<imsss:sequencing>{limits}</imsss:sequencing></item>".encode()
    )
    (tmp_path / "p.zip").write_bytes(zip_of(files))
    assert "SEQ009" in {p.id for p in check_package(tmp_path / "p.zip").problems}


def test_a_folder_that_is_packed_oddly(tmp_path: Path) -> None:
    entries = [{"entry": "media/", "text": "", "method": 12}]
    found = check_package(zipped(BASES / "scorm12", entries, {}, tmp_path)).problems
    assert [str(p).partition(": ")[2] for p in found if p.id == "PKG020"] == [
        "error PKG020: 'media/' is packed with method 12; make the zip file with the ordinary method, deflate"
    ]


@pytest.mark.parametrize("number", ["1e999", "NaN", "1" * 400])
def test_numbers_that_nobody_can_reckon_with(tmp_path: Path, number: str) -> None:
    path = tmp_path / "log.json"
    calls = '{"call": "LMSInitialize", "arguments": [""]}, {"call": "LMSSetValue", "arguments": ["x", NUMBER]}'
    path.write_text(f'{{"standard": "scorm12", "calls": [{calls.replace("NUMBER", number)}]}}', encoding="utf-8")
    assert {"RUN031", "RUN034"} <= {p.id for p in check_log(path)}
    path.write_text(path.read_text(encoding="utf-8").replace('"arguments"', f'"at": {number}, "arguments"'))
    assert [p.id for p in check_log(path)] == ["RUN041"]
    path.write_text(f'{{"statements": [], "launch": {{"masteryScore": {number}}}}}', encoding="utf-8")
    assert {p.id for p in check_statements(path)} <= {"XAP025"}


def test_a_number_that_was_passed_is_told_as_a_browser_writes_it(tmp_path: Path) -> None:
    path = tmp_path / "log.json"
    calls = [
        {"call": "LMSSetValue", "arguments": ["cmi.core.score.raw", number]} for number in (1234567, 1234567.5, 80.0)
    ]
    path.write_text(json.dumps({"standard": "scorm12", "calls": calls}), encoding="utf-8")
    told = [p.message for p in check_log(path) if p.id == "RUN017"]
    assert told == [f"cmi.core.score.raw is '{said}', not a number from 0 to 100" for said in ("1234567", "1234567.5")]


def test_entities_are_refused_and_not_expanded(tmp_path: Path) -> None:
    laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    manifest = f'<?xml version="1.0"?><!DOCTYPE m [<!ENTITY a0 "ha">{laughs}]><manifest>&a9;</manifest>'
    (tmp_path / "p.zip").write_bytes(zip_of({**base_files("scorm12"), "imsmanifest.xml": manifest.encode()}))
    assert {p.id for p in check_package(tmp_path / "p.zip").problems} >= {"MAN004"}


def test_nothing_is_fetched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("something was fetched")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    files = base_files("scorm12")
    files["imsmanifest.xml"] = files["imsmanifest.xml"].replace(
        b'version="1.0"\n',
        b'version="1.0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
        b' xsi:schemaLocation="http://www.imsproject.org/xsd/imscp_rootv1p1p2 http://wards.example.nhs.uk/a.xsd"\n',
    )
    files["index.html"] = b'<link rel="stylesheet" href="https://wards.example.nhs.uk/a.css">' + files["index.html"]
    (tmp_path / "p.zip").write_bytes(zip_of(files))
    assert check_package(tmp_path / "p.zip").problems


def deflated_zeroes(size: int) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return b"".join(packer.compress(bytes(2**20)) for _ in range(size // 2**20)) + packer.flush()


@pytest.mark.parametrize("said", [100, 2**31, 1 << 20])
def test_a_bomb_stays_small(tmp_path: Path, said: int) -> None:
    """A page that unpacks into 128 MB, whatever its size is said to be."""
    packed = deflated_zeroes(128 * 2**20)
    name = b"bomb.html"
    local = struct.pack("<4s5H3L2H", b"PK\3\4", 20, 0, 8, 0, 0x21, 0, len(packed), said, len(name), 0) + name + packed
    central = struct.pack(
        "<4s6H3L5H2L", b"PK\1\2", 20, 20, 0, 8, 0, 0x21, 0, len(packed), said, len(name), 0, 0, 0, 0, 0, 0
    )
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 1, 1, len(central) + len(name), len(local), 0)
    (tmp_path / "p.zip").write_bytes(local + central + name + end)
    tracemalloc.start()
    try:
        problems = check_package(tmp_path / "p.zip").problems
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert {p.id for p in problems} & {"PKG018", "PKG019"}
    assert peak < 32 * 2**20


def test_a_directory_that_claims_a_million_entries_is_cut_short(tmp_path: Path) -> None:
    path = zipped(BASES / "scorm12", [], {}, tmp_path)
    data = bytearray(path.read_bytes())
    data[-14:-10] = struct.pack("<2H", 65535, 65535)
    path.write_bytes(bytes(data))
    assert "PKG019" in {p.id for p in check_package(path).problems}


def test_links_of_a_folder_are_not_followed(tmp_path: Path) -> None:
    folder = tmp_path / "package"
    folder.mkdir()
    for name, data in base_files("scorm12").items():
        (folder / name).write_bytes(data)
    secret = tmp_path / "secret.html"
    secret.write_text("<p>http://localhost/secret</p>", encoding="utf-8")
    (folder / "link.html").symlink_to(secret)
    (folder / "up").symlink_to(tmp_path)
    found = check_package(folder).problems
    assert {"PKG009"} <= {p.id for p in found}
    assert not any("secret" in p.message for p in found)


def test_thousands_of_findings_are_counted_not_listed(tmp_path: Path) -> None:
    files = base_files("scorm12")
    pictures = "".join(f'<img src="{n}.png" alt="Hands {n}">' for n in range(5000))
    files["index.html"] = files["index.html"].replace(b"</main>", pictures.encode() + b"</main>")
    (tmp_path / "p.zip").write_bytes(zip_of(files))
    report = check_package(tmp_path / "p.zip")
    assert len(report.problems) == 20
    assert report.more == (("CON001", 4980),)
