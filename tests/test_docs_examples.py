"""Every example of the authoring guide builds as printed: one course holds them all, and is checked as an author's would be.

Blocks and questions become pages of their own; settings, front matter, glossary, sources and banks go where the guide says that
they stand. An example for which there is no place here fails the test, so that new ones cannot be left out.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from pathlib import Path

from test_bad_input import media

from scormkit.check import check
from scormkit.load import load_texts

DOCS = Path(__file__).parent.parent / "docs"
QUESTIONS = sorted(f"questions/{path.name}" for path in (DOCS / "questions").glob("*.md"))
GUIDE = ("authoring.md", "blocks.md", "assessments.md", "accessibility.md", *QUESTIONS)

NOT_OF_A_COURSE = re.compile(
    r"my-course/|scormkit |make |(\S+:\d+:\d+: error)"
)  # trees, commands and messages: test_docs.py
SETTINGS = re.compile(r"(id|accessibility|resources):")
UNDER_WAY = re.compile(r"(unlock|show-if):")

NOT_OF_THE_EXAMPLES = {
    "MED101",  # media of other examples of the documentation
    "SET145",  # and what accessibility.json says of a course that is not this one
    "SET146",
    "SET147",
}

CHOICE = """\
:::{{choice}} What is number {n} of {name}?
:id: {name}-{n}
:tags: {name}
- [x] {n}
  > Yes.
- [ ] None
  > No.
- [ ] Any
  > No.
:::
"""


def examples(name: str) -> Iterator[str]:
    """The indented examples of a page of the guide; one may follow a point of a list."""
    lines = [*(DOCS / name).read_text(encoding="utf-8").splitlines(), "The end."]
    begin = None
    for number, line in enumerate(lines):
        if begin is None and line.startswith("    ") and not lines[number - 1].strip():
            begin = number
        elif begin is not None and line.strip() and not line.startswith("    "):
            shift = len(lines[begin]) - len(lines[begin].lstrip())
            yield "\n".join(one[shift:] for one in lines[begin:number]).strip("\n") + "\n"
            begin = None


def bank(name: str, id: str = "") -> str:
    """Questions for examples that draw on some; with `id` a single one of that name."""
    if id:
        return CHOICE.format(name=name, n=1).replace(f":id: {name}-1", f":id: {id}")
    return "\n".join(CHOICE.format(name=name, n=n) for n in range(12))


def beside() -> dict[str, str | bytes]:
    """What the examples speak of: other pages, questions, banks and media."""
    return {
        **media(),
        "media/cot.svg": media()["media/room.svg"],
        "pages/001-first.md": ":::{poll} What are you?\n:id: profession\n- Nurse\n- Other\n:::\n",
        "pages/002-basics.md": bank("cases", "first-case"),
        "pages/003-hand-washing.md": bank("moments-on-page", "first-moment"),
        "pages/004-how-to-wash.md": bank("leaflets", "finished-leaflet"),
        "pages/005-moments.md": "Five of them [@arnstein-1969; @ostrom-1996].\n",
        "pages/02-why/01-evidence.md": "# Evidence\n\nThere is some.\n",
        "pages/02-why/02-more.md": "# More evidence\n\nAnd more.\n",
        "banks/moments.md": bank("moments"),
        "banks/washing.md": bank("washing"),
    }


def place(name: str, text: str) -> tuple[str, str]:
    """The file that an example is, or belongs to, and what it says there; an empty name where nobody knows."""
    word = f"{name.partition('.')[0].replace('/', '-')}-{zlib.crc32(text.encode())}"
    page = f"pages/100-{word}.md"
    front = text.partition("\n---")[0]
    if SETTINGS.match(text):
        return "course.yaml", text
    if UNDER_WAY.match(text):
        return page, f"---\n{text}---\n\nText.\n"
    if text.startswith("sections:"):
        return page, f"---\ntitle: A test with sections\ntype: assessment\n{text}---\n"
    if text.startswith("{"):
        return "accessibility.json", text
    if text.startswith("banks/"):
        path, _, said = text.partition("\n")
        return path, said.replace("...", "- [x] 30 seconds\n  > Yes.\n- [ ] 3 seconds\n  > Longer.\n:::")
    if "type: assessment" in front and "from:" not in front:
        return page, text.replace("Check what you know", "Its own questions") + bank(word)
    if text.startswith("arnstein-1969:"):
        return "references.yaml", text
    if text.startswith("Co-production:"):
        return "glossary.yaml", text
    if text.startswith(":::{references}"):
        return page, f"[@arnstein-1969]\n\n{text}"
    return (
        (page, f"## Example\n\n{text}")
        if text.startswith(("::", "|", "$$"))
        else (page, text)
        if text.startswith("---")
        else ("", text)
    )


def test_every_example_of_the_guide_is_fit_to_be_released() -> None:
    files = beside()
    settings = "summary: All examples of the guide.\nobjectives:\n  - {id: who-decides, text: Say who decides.}\n"
    for name in GUIDE:
        for text in examples(name):
            if NOT_OF_A_COURSE.match(text):
                continue
            path, said = place(name, text)
            assert path, f"an example in docs/{name} has no place in this test:\n{text}"
            if path == "course.yaml":
                settings += "".join(f"{line}\n" for line in said.splitlines() if f"{line}\n" not in settings)
            else:
                assert path not in files, path
                files[path] = said
    files["course.yaml"] = settings
    found = [problem for problem in check(load_texts(files)) if problem.severity in ("fatal", "error", "warning")]
    wrong = "\n".join(str(problem) for problem in found if problem.id not in NOT_OF_THE_EXAMPLES)
    assert not wrong, wrong
