"""The preview's server: only this machine is answered, files come in parts, faults are real."""

from __future__ import annotations

import gc
import http.client
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from scormkit.preview.content import Content
from scormkit.preview.faults import FOREIGN
from scormkit.preview.lms import Enrolment, Lms
from scormkit.preview.lrs import Document
from tests.browser.classroom import serving

FILES: dict[str, bytes | Path] = {"index.html": b"<p>0123456789", "media/a.vtt": b"WEBVTT"}


@dataclass(frozen=True)
class Answer:
    status_code: int
    headers: dict[str, str]
    content: bytes

    @property
    def text(self) -> str:
        return self.content.decode()

    def json(self) -> Any:
        return json.loads(self.content)


@dataclass(frozen=True)
class Client:
    """Sends requests exactly as they are written: no path is tidied up on the way."""

    port: int

    def request(self, method: str, path: str, headers: dict[str, str] | None = None, body: Any = None) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request(method, path, None if body is None else json.dumps(body), headers or {})
            answer = connection.getresponse()
            return Answer(answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read())
        finally:
            connection.close()

    def get(self, path: str, **headers: str) -> Answer:
        return self.request("GET", path, {name.replace("_", "-"): value for name, value in headers.items()})

    def post(self, path: str, body: Any = None, **headers: str) -> Answer:
        return self.request("POST", path, headers, body)


LMS = Lms()


@pytest.fixture(scope="module")
def client() -> Iterator[Client]:
    with serving(LMS) as address:
        yield Client(int(address.rsplit(":", 1)[1]))


@pytest.fixture
def enrolment() -> Iterator[Enrolment]:
    LMS.enrolments.clear()
    yield LMS.enrol(Content(FILES))


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:8000", 200),
        ("localhost:8000", 200),
        ("[::1]:8000", 200),
        ("evil.example:8000", 421),
        ("127.0.0.1.evil.example", 421),
        ("", 421),
    ],
)
def test_foreign_hosts_are_refused(client: Client, enrolment: Enrolment, host: str, status: int) -> None:
    assert client.get("/lms/c1", host=host).status_code == status


def test_foreign_pages_are_refused(client: Client, enrolment: Enrolment) -> None:
    assert client.post("/lms/c1/launch", origin="https://evil.example").status_code == 421
    assert client.post("/lms/c1/launch", origin=f"http://127.0.0.1:{client.port}").status_code == 200


@pytest.mark.parametrize(
    ("asked", "status", "given"),
    [
        ("", 200, "<p>0123456789"),
        ("bytes=3-5", 206, "012"),
        ("bytes=10-", 206, "789"),
        ("bytes=-2", 206, "89"),
        ("bytes=3-500", 206, "0123456789"),
        ("bytes=500-", 416, ""),
        ("lines=1-2", 200, "<p>0123456789"),
    ],
)
def test_files_in_parts(client: Client, enrolment: Enrolment, asked: str, status: int, given: str) -> None:
    answer = client.get("/content/c1/index.html", **({"range": asked} if asked else {}))
    assert (answer.status_code, answer.text) == (status, given)


def test_a_large_file_in_parts(client: Client, enrolment: Enrolment, tmp_path: Path) -> None:
    film = tmp_path / "film.mp4"
    film.write_bytes(bytes(range(256)) * 1000)
    enrolment.content = Content({"film.mp4": film})
    answer = client.get("/content/c1/film.mp4", range="bytes=256-259")
    assert (answer.status_code, answer.content, answer.headers["content-type"]) == (206, b"\0\1\2\3", "video/mp4")


@pytest.mark.parametrize("path", ["missing.html", "../server.py", "%2e%2e/server.py", "media/"])
def test_nothing_else_is_served(client: Client, enrolment: Enrolment, path: str) -> None:
    assert client.get(f"/content/c1/{path}").status_code == 404
    assert client.get(f"/hosts/{path}").status_code in (307, 404)


def test_types_are_what_browsers_want(client: Client, enrolment: Enrolment) -> None:
    assert client.get("/content/c1/media/a.vtt").headers["content-type"].startswith("text/vtt")


def test_unknown_learners(client: Client, enrolment: Enrolment) -> None:
    for method, path in (
        ("GET", "/lms/x"),
        ("POST", "/lms/x/launch"),
        ("POST", "/lms/x/commit"),
        ("GET", "/xapi/x/about"),
    ):
        assert client.request(method, path).status_code == 404


@pytest.mark.parametrize(
    ("fault", "status"),
    [("refuse", 500), ("unauthorised", 401), ("forbidden", 403), ("login-page", 200), ("too-many", 429)],
)
def test_faults_last_as_long_as_they_are_told_to(client: Client, enrolment: Enrolment, fault: str, status: int) -> None:
    message = {"session": "s", "finish": False, "values": {"cmi.suspend_data": "one"}}
    enrolment.faults.set(fault, 1)
    assert client.post("/lms/c1/commit", message).status_code == status
    assert enrolment.record.state == ""
    assert client.post("/lms/c1/commit", message).json() == {"note": ""}
    assert enrolment.record.state == "one"


def test_unknown_faults_are_refused(enrolment: Enrolment) -> None:
    with pytest.raises(ValueError, match="thunder"):
        enrolment.faults.set("thunder")


def test_a_zip_and_a_folder_are_packages(tmp_path: Path) -> None:
    manifest = b"""<manifest xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"
        xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2"><organizations><organization><title>A course</title>
        <item identifierref="r"><title>An item</title><adlcp:masteryscore>80</adlcp:masteryscore></item></organization>
        </organizations><resources><resource identifier="r" href="start/page.html"/></resources></manifest>"""
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "imsmanifest.xml").write_bytes(manifest)
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as file:
        file.writestr("imsmanifest.xml", manifest)
    for path in (folder, tmp_path / "x.zip"):
        found = Content.open(path).manifest
        assert (found.launch, found.title, found.facts.mastery_score) == ("start/page.html", "A course", "80")


def test_large_files_of_a_zip_are_laid_aside_for_as_long_as_they_are_needed(tmp_path: Path) -> None:
    film = bytes(range(256)) * 20_000
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as file:
        file.writestr("media/film.mp4", film)
        file.writestr("index.html", "<p>")
    content = Content.open(tmp_path / "x.zip")
    aside = content.files["media/film.mp4"]
    assert isinstance(aside, Path)
    assert aside.read_bytes() == film
    assert content.files["index.html"] == b"<p>"
    del content
    gc.collect()
    assert not aside.parent.exists()


def test_entities_in_a_manifest_are_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("secret")
    manifest = f"""<!DOCTYPE m [<!ENTITY s SYSTEM "{secret.as_uri()}">]><manifest><organization><title>&s;</title>
        <item identifierref="r"><title>&s;</title></item></organization><resource identifier="r" href="i"/></manifest>"""
    assert "secret" not in Content({"imsmanifest.xml": manifest.encode()}).manifest.title


def test_xapi_launch_and_cors(client: Client, enrolment: Enrolment) -> None:
    enrolment.format = "xapi"
    url = client.post("/lms/c1/launch").json()["url"]
    assert all(name in url for name in ("%2Fxapi%2Fc1%2F&", "auth=Basic", "registration="))
    answer = client.get("/xapi/c1/statements", x_experience_api_version="1.0.3", authorization=enrolment.token)
    assert (answer.status_code, answer.headers["access-control-allow-origin"]) == (200, "*")
    enrolment.faults.set("cors")
    assert "access-control-allow-origin" not in client.request("OPTIONS", "/xapi/c1/statements").headers


def test_a_device_with_a_fault_gets_it_before_the_course_runs(client: Client, enrolment: Enrolment) -> None:
    enrolment.content = Content({"index.html": b"<html><HEAD lang=en><script src=x.js></script></head>", "x.js": b""})
    plain = client.get("/content/c1/index.html").text
    for fault in ("storage-missing", "storage-full", "clock"):
        enrolment.faults.launch = fault
        script = f'<script src="/hosts/device.js" data-fault="{fault}"></script>'
        assert client.get("/content/c1/index.html").text == plain.replace("<script", f"{script}<script", 1)
        assert client.get("/content/c1/x.js").text == ""
    assert client.get("/hosts/device.js").status_code == 200


@pytest.mark.parametrize(("fault", "delay"), [("late-api", 5_000), ("no-api", 86_400_000), ("clock", 0), ("", 0)])
def test_an_api_can_be_late_or_missing(client: Client, enrolment: Enrolment, fault: str, delay: int) -> None:
    enrolment.faults.launch = fault
    assert client.post("/lms/c1/launch").json()["settings"]["api_delay"] == delay


def test_a_saved_state_can_be_spoilt(enrolment: Enrolment) -> None:
    assert not enrolment.spoil("cut")
    for how, left in (("cut", "abC"), ("garbled", "fEdcBA"), ("foreign", FOREIGN)):
        enrolment.record.values["cmi.suspend_data"] = "abCDeF"
        place = ("activities/state", "x", "progress")
        enrolment.lrs.documents[place] = Document(b"abCDeF", "text/plain", "today")
        assert enrolment.spoil(how)
        assert enrolment.record.state == left
        assert enrolment.lrs.documents[place].body.decode() == left
    with pytest.raises(ValueError, match="melt"):
        enrolment.spoil("melt")
