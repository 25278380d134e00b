"""Every directive under input that nobody should write, and somebody will: it is read or told, and nothing gets out of its place.

The samples are the first examples of the guide, so that these stay right, too.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from lxml import etree, html

from scormkit.blocks import TYPES as BLOCKS
from scormkit.check import check
from scormkit.load import load_texts
from scormkit.model.course import Course
from scormkit.model.problem import Severity
from scormkit.package import package
from scormkit.questions import TYPES as QUESTIONS
from scormkit.render import render
from scormkit.review import handout, review_copy

ROOT = Path(__file__).parent.parent
NAMES = [*QUESTIONS, *BLOCKS]
GALLERY = ROOT / "docs" / "gallery" / "media"

HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "' onfocus='alert(1)' autofocus='",
    "</script><script>alert(1)</script>",
    "</title></style></textarea>",
    "[a](javascript:alert(1))",
    "![a](javascript:alert(1))",
    "{{ 7 * 7 }}{% raw %}${7*7}",
    "]]>--><!--",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
)
ODD = (
    "שלום עולם",
    "مرحبا بالعالم",
    "e\u0301\u0301\u0301\u0323" * 40,
    "👩🏽‍⚕️👨‍👩‍👧‍👦🏴󠁧󠁢󠁷󠁬󠁳󠁿",
    "\u202eabc\u202c\u200b\u200d",
    "Donaudampfschifffahrtsgesellschaft" * 15,
    "a.b[,]c[:]d",
    "=1+1",
    "x" * 5000,
)
VALUES = ("", "-1", "99999999999999999999", "1e999", "NaN", "true", "1, 2", "<b>", "../../x", "é")


@cache
def sample(name: str) -> str:
    """The first example of a directive in the guide."""
    guide = ROOT / "docs" / ("blocks.md" if name in BLOCKS else f"questions/{name}.md")
    lines = guide.read_text(encoding="utf-8").splitlines()
    for begin, line in enumerate(lines):
        if fence := re.match(rf" {{4}}(:+){{{{{name}}}}}".replace("{{", "{").replace("}}", "}"), line):
            taken = []
            for inner in lines[begin:]:
                taken.append(inner.removeprefix("    "))
                if inner.strip() == fence[1] and len(taken) > 1:
                    return "\n".join(taken)
    return f":::{{{name}}}\nText.\n:::"


@cache
def media() -> dict[str, bytes]:
    """Files under all the names that the examples use."""
    kinds = {".svg": "circles.svg", ".mp3": "chime.mp3", ".mp4": "dots.mp4", ".vtt": "dots.vtt", ".pdf": "", ".jpg": ""}
    begins = {".pdf": b"%PDF-1.7", ".jpg": b"\xff\xd8\xff"}
    guide = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "docs").rglob("*.md"))
    named = set(re.findall(r"\.\./(media/[\w-]+\.\w+)", guide))
    return {
        name: (GALLERY / kinds[suffix]).read_bytes() if kinds[suffix] else begins[suffix]
        for name in named
        if (suffix := Path(name).suffix) in kinds
    }


def course(body: str) -> Course:
    texts: dict[str, str | bytes] = {"course.yaml": "id: https://hospital.org/x\ntitle: X\n", "pages/1.md": body + "\n"}
    return load_texts({**texts, **media()}).courses[0]


def sound(body: str, paper: bool = False) -> list[str]:
    """All that is said of it, after what scormkit makes of it (with `paper`, handout and review copy, too) has been looked over."""
    made = course(body)
    problems = check(made)
    for problem in problems:
        assert problem.span.path and "; " in str(problem) and "Traceback" not in str(problem)
        assert problem.span.line <= body.count("\n") + 2 or not problem.span.path.startswith("pages/")
    site = render(made)
    for document in (site.document, *((handout(made, answers=True), review_copy(made)[0]) if paper else ())):
        contained(document)
    if not any(problem.severity.rank <= Severity.ERROR.rank for problem in problems):
        for name, file in (("scorm12", "imsmanifest.xml"), ("xapi", "tincan.xml")):
            content = package(site, name)[file]
            assert isinstance(content, bytes)
            etree.fromstring(content)
    return [str(problem) for problem in problems]


def contained(document: str) -> None:
    """Nothing in the document can run that scormkit has not written, and no element is left open by an author."""
    tree = html.fromstring(document)
    for script in tree.xpath("//script"):
        assert "alert(1)" not in (script.text or "") or script.get("type") == "application/json"
        assert "<" not in (script.text or "") or script.get("type") != "application/json"
    for element in tree.iter():
        for name, value in element.attrib.items() if isinstance(element.tag, str) else ():
            assert not name.lower().startswith("on"), (element.tag, name)
            assert name not in ("style", "autofocus"), (element.tag, name)
            assert not re.match(r"\s*(javascript|data:text/html)", value, re.IGNORECASE), (element.tag, name, value)
    assert len(tree.xpath("//main")) == 1 and not tree.xpath("//main//main | //main//body")


def inside(name: str, words: str) -> str:
    """The sample with these words behind every line of words in it."""
    lines = sample(name).split("\n")
    changed = [
        line if not line or line.startswith((":::", ":")) or line == "---" or "media/" in line else f"{line} {words}"
        for line in lines
    ]
    return "\n".join(
        [f"{lines[0]} {words}" if "media/" not in lines[0] and "://" not in lines[0] else lines[0], *changed[1:]]
    )


@pytest.mark.parametrize("name", NAMES)
def test_the_guide_shows_what_can_be_built(name: str) -> None:
    errors = [line for line in sound(sample(name)) if ": error " in line]
    assert errors == [] or name == "recall", errors  # which asks a question of another page again


@pytest.mark.parametrize("name", NAMES)
def test_hostile_words_stay_words(name: str) -> None:
    for words in HOSTILE:
        sound(inside(name, words), paper=True)


@pytest.mark.parametrize("name", NAMES)
def test_odd_words_are_shown_as_they_are(name: str) -> None:
    for words in ODD:
        before = {line.split(" ")[2] for line in sound(sample(name)) if ": error " in line}
        found = {line.split(" ")[2] for line in sound(inside(name, words)) if ": error " in line}
        allowed = {"QST", "BLK", "SRC"}  # two answers that have become one, a length that cannot be typed, and the like
        assert {one[:3] for one in found - before} <= allowed, (words[:20], found - before)


@pytest.mark.parametrize("name", NAMES)
def test_nothing_in_it(name: str) -> None:
    fence = sample(name).split("{")[0]
    options = [line for line in sample(name).split("\n") if re.match(r":\w", line)]
    for body in (
        "",
        "\n".join(options),
        "\n".join(options) + "\n\n-\n-\n",
        "\n\n> correct:\n> incorrect:\n",
        "1.\n2.\n",
        ":\n",
        "## \n",
    ):
        lines = sound(f"{fence}{{{name}}}\n{body}\n{fence}")
        bare = name in ("references", "recall") or (name in ("reflection", "screen", "handout") and body)
        assert bare or any(": error " in line or ": warning " in line for line in lines), (body, lines)


@pytest.mark.parametrize("name", NAMES)
def test_options_with_values_that_make_no_sense(name: str) -> None:
    lines = sample(name).split("\n")
    told = next(line for line in sound("\n".join([lines[0], ":no-such-option: x", *lines[1:]])) if "DIR009" in line)
    known = told.partition("it takes ")[2]
    keys = [] if known == "none" else known.split(", ")
    for key in keys:
        rest = [line for line in lines[1:] if not line.startswith(f":{key}:")]
        for value in VALUES:
            sound("\n".join([lines[0], f":{key}: {value}", *rest]))
        twice = "\n".join([lines[0], f":{key}: a", f":{key}: b", *rest])
        assert any("DIR006" in line for line in sound(twice)), key


@pytest.mark.parametrize("name", NAMES)
def test_a_thousand_of_everything(name: str) -> None:
    lines = sample(name).split("\n")
    lists = [at for at, line in enumerate(lines) if re.match(r"- |\d\. |: |## |### ", line)]
    if not lists:
        sound("\n".join([*lines[:-1], *(f"- Word {n}" for n in range(1000)), lines[-1]]))
        return
    last = lists[-1]
    mark = re.match(r"- \[[ x]\] |- |\d\. |: |## |### ", lines[last])
    assert mark
    many = [
        f"{mark[0].replace('[x]', '[ ]')}Word {n}" + ("\nText." if mark[0].startswith("#") else "") for n in range(1000)
    ]
    sound("\n".join([*lines[: last + 1], *many, *lines[last + 1 :]]))


@pytest.mark.parametrize("name", NAMES)
def test_the_same_answer_again_and_contradictions(name: str) -> None:
    lines = sample(name).split("\n")
    for at, line in enumerate(lines):
        if not re.match(r"- |\d\. |: ", line):
            continue
        for again in {line, line.replace("[x]", "[ ]"), line.replace("[ ]", "[x]"), f"  {line}"}:
            sound("\n".join([*lines[: at + 1], again, *lines[at + 1 :]]))
            sound("\n".join([*lines[:at], *lines[at + 1 :]]))


@pytest.mark.parametrize("outer", NAMES)
def test_one_in_another(outer: str) -> None:
    for inner in ("choice", "scenario", "hotspot", "tabs", "video", "checklist", "references", "handout"):
        opening, *rest = sample(outer).split("\n")
        fence = opening.split("{")[0]
        more = f":::{fence}"
        lines = sound("\n".join([f"{more}{opening.removeprefix(fence)}", *rest[:-1], "", sample(inner), more]))
        if outer in QUESTIONS and inner in QUESTIONS:
            assert any(": error " in line for line in lines), (outer, inner)


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@example("choice", "- [x] {{", ":points: 1e999")
@given(
    st.sampled_from(NAMES),
    st.text("ab1 \n-:[]()x{}|<>#*_`\\\"'&;%.@!$^~=/\u202e\u0301é", max_size=80),
    st.text(":abcdeinoprst -1%.<>", max_size=30),
)
def test_whatever_it_is_it_is_read_or_told(name: str, body: str, option: str) -> None:
    sound(f":::::::{{{name}}} T\n{option}\n{body}\n:::::::")
