"""scormkit.load: which files make a course, in which order, and everything that can be wrong with them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scormkit.load import load, load_texts
from scormkit.load.files import TEXT_LIMIT
from scormkit.model.course import Course

SETTINGS = "id: https://example.org/a\ntitle: A\n"


def course(**files: str | bytes) -> Course:
    return load_texts({"course.yaml": SETTINGS, **files}).courses[0]


def said(course: Course) -> list[str]:
    return [str(problem) for problem in sorted(course.problems)]


def write(root: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


# Pages


def test_pages_stand_in_the_order_of_their_file_names_and_folders_are_sections() -> None:
    made = course(
        **{
            "pages/02-why/02-more.md": "x",
            "pages/02-why/01-evidence.md": "x",
            "pages/01-welcome.md": "x",
            "pages/03_Über uns.md": "x",
            "pages/.hidden.md": "x",
            "pages/02-why/section.yaml": "title: Why it matters\n",
            "pages/04-how/01-plan.md": "x",
        }
    )
    assert said(made) == []
    assert [(section.id, section.title, [page.id for page in section.pages]) for section in made.sections] == [
        ("", "", ["welcome"]),
        ("why", "Why it matters", ["evidence", "more"]),
        ("", "", ["uber-uns"]),
        ("how", "How", ["plan"]),
    ]
    assert [page.title for page in made.pages] == ["Welcome", "Evidence", "More", "Über uns", "Plan"]
    assert [page.number for page in made.pages] == [1, 2, 3, 4, 5]


def test_pages_can_be_listed() -> None:
    files = {"pages/a.md": "x", "pages/b.md": "x", "pages/c.md": "x"}
    made = course(**{**files, "course.yaml": SETTINGS + "pages:\n- c.md\n- a\n- pages/d.md\n- c\n"})
    assert [page.id for page in made.pages] == ["c", "a"]
    assert [str(problem.span) + " " + problem.id for problem in sorted(made.problems)] == [
        "course.yaml:6:3 PGE006",
        "course.yaml:7:3 PGE007",
        "pages/b.md PGE008",
    ]


def test_front_matter_is_optional_and_may_be_wrong() -> None:
    assert course(**{"pages/1.md": "Text"}).pages[0].id == "1"
    assert course(**{"pages/1-a.md": "---\n---\nText"}).pages[0].title == "A"
    (page,) = course(**{"pages/1.md": "---\r\ntitle: T\r\nid: t\r\n---\r\n\r\nText\r\n"}).pages
    assert (page.id, page.title, str(page.blocks[0].span)) == ("t", "T", "pages/1.md:6:1")
    assert said(course(**{"pages/1.md": "---\ntitle: T\n\nText"})) == [
        "pages/1.md:1:1: error PGE002: the front matter that begins here is never closed; "
        "write a line '---' after its last setting"
    ]
    assert [problem.id for problem in course(**{"pages/1.md": "\n---\ntitle: T\n---\n"}).problems] == ["PGE003"]
    assert said(course(**{"pages/1.md": "---\ntitle: b: c\n---\nText"}))[0].startswith("pages/1.md:2:9: error YML001")


def test_files_that_are_no_pages_are_told() -> None:
    made = course(**{"pages/a.md": "x", "pages/b.docx": "x", "pages/s/t/c.md": "x", "pages/Thumbs.db": b""})
    assert [problem.id for problem in made.problems] == ["PGE004", "PGE005"]


# Texts


@pytest.mark.parametrize(
    ("data", "begin"),
    [
        (b"\xff\xfea\x00", "pages/1.md: error SRC003: is not UTF-8 text: it is UTF-16"),
        (b"ab\nc\xe9d", "pages/1.md:2:2: error SRC003: is not UTF-8 text: the byte 0xe9"),
        (b"\xef\xbb\xbfText", "pages/1.md: info SRC004"),
        (b"a\x00b", "pages/1.md:1:2: error SRC005: contains the invisible control character U+0000"),
        (b"a\nb\x0cc", "pages/1.md:2:2: error SRC005"),
        (b"x" * (TEXT_LIMIT + 1), "pages/1.md: error SRC002: has 2,000,001 bytes"),
    ],
)
def test_texts_that_are_no_clean_utf_8(data: bytes, begin: str) -> None:
    (line,) = said(course(**{"pages/1.md": data}))
    assert line.startswith(begin)


def test_line_ends_and_marks_make_no_difference() -> None:
    pages = [
        course(**{"pages/1.md": data}).pages for data in (b"a\n\nb", b"a\r\n\r\nb", b"a\r\rb", b"\xef\xbb\xbfa\n\nb")
    ]
    assert all(page == pages[0] for page in pages)


@settings(max_examples=150)
@given(st.binary(max_size=300), st.binary(max_size=200), st.binary(max_size=100))
def test_no_bytes_raise(page: bytes, picture: bytes, settings: bytes) -> None:
    files = {"course.yaml": settings, "pages/1.md": page + b"\n![a](../media/a.svg)", "media/a.svg": picture}
    for made in load_texts({**files, "course.lock": settings}).courses:
        assert all(str(problem) for problem in made.problems)


PIECES = [
    ":::{choice} Title", ":::{multiple}", ":::{true-false} x", "::::{note} Big", ":::", "::::", ":answer: true", ":id: x",
    "- [ ] a", "- [x] b", "  > fb", "> correct: yes", "> ", "", "*em* `c`", "[l](02.md)", "![i](../media/a.svg)", "[^1]",
    "[^1]: note", "    in", "```", "<div>", "</b>", "<b onclick=x>", "<!--", "-->", "# H", "| a |", "|---|", "Term", ": def",
    "1. one", "---", "===", "[r]: http://x", "[r]", "\t- t", ":::{figure} a", ":::{video} q", "[x]", "[x]: y", "a  ", "a\\",
]  # fmt: skip


@settings(max_examples=300)
@given(st.lists(st.sampled_from(PIECES), max_size=25), st.booleans())
def test_no_mixture_of_markdown_raises(pieces: list[str], front: bool) -> None:
    body = "\n".join(pieces)
    made = course(**{"pages/1.md": f"---\n{body}\n---\n{body}" if front else body, "media/a.svg": "<svg/>"})
    lines = len(pieces) * 2 + 3
    for problem in made.problems:
        assert str(problem)
        assert 0 <= problem.span.line <= lines
    for question in made.questions:
        assert question.interaction.id == question.id


# Folders


def test_a_folder_on_disk_and_the_same_files_in_memory_are_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {
        "course.yaml": SETTINGS,
        "pages/1.md": "![a](../media/a.svg)\n",
        "media/a.svg": "<svg width='3' height='2'/>",
    }
    write(tmp_path, files)
    monkeypatch.chdir(tmp_path)
    (on_disk,), (in_memory,) = load().courses, load_texts(files).courses
    assert said(on_disk) == said(in_memory) == []
    assert on_disk.pages == in_memory.pages
    assert [(m.path, m.size, m.content, m.width, m.height) for m in on_disk.media] == [("media/a.svg", 27, "svg", 3, 2)]


def test_without_a_path_the_course_here_or_in_course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "course", {"course.yaml": SETTINGS, "pages/1.md": "x"})
    monkeypatch.chdir(tmp_path)
    assert load().courses[0].span.path == "course/course.yaml"
    monkeypatch.chdir(tmp_path / "course")
    assert load().courses[0].span.path == "course.yaml"
    assert load("course.yaml").courses[0].span.path == "course.yaml"
    monkeypatch.chdir(tmp_path / "course" / "pages")
    (problem,) = load().problems
    assert str(problem).startswith("course: fatal SRC008: there is no course here: course is not a folder")


def test_a_course_of_a_programme_is_the_same_wherever_it_is_read_from(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(
        tmp_path / "p",
        {
            "programme.yaml": "publisher: P\ncourses: [b, a, c]\n",
            "a/course.yaml": "id: urn:a\ntitle: A\n",
            "a/pages/1.md": "![x](../../media/logo.svg)",
            "b/course.yaml": "id: urn:b\ntitle: B\n",
            "d/course.yaml": "id: urn:d\ntitle: D\n",
            "media/logo.svg": "<svg/>",
        },
    )
    monkeypatch.chdir(tmp_path)
    programme = load("p")
    assert [made.settings.id for made in programme.courses] == ["urn:b", "urn:a"]
    assert [str(problem).split(";")[0] for problem in programme.problems] == [
        "p/programme.yaml:2:17: error SET009: 'courses:' names 'c', but there is no c/course.yaml",
        "p/d/course.yaml: info SET010: the course in this folder is not built: 'courses:' in programme.yaml does not name it",
    ]
    first = programme.courses[1]
    assert [media.path for media in first.media] == ["shared/logo.svg"]
    assert said(first) == []
    for path, start in (
        ("p/a", tmp_path),
        (".", tmp_path / "p" / "a"),
        ("a", tmp_path / "p"),
        ("../a", tmp_path / "p" / "b"),
    ):
        monkeypatch.chdir(start)
        (again,) = load(path).courses
        assert again.settings == first.settings
        assert [media.path for media in again.media] == ["shared/logo.svg"]
        assert said(again) == []


def test_links_on_disk_that_leave_the_folder_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(
        tmp_path,
        {"secret.svg": "<svg/>", "outside/x.svg": "<svg/>", "c/course.yaml": SETTINGS, "c/media/own.svg": "<svg/>"},
    )
    write(tmp_path, {"c/pages/1.md": "![a](../media/a.svg)\n![b](../media/b/x.svg)\n![c](../media/c.svg)\n"})
    (tmp_path / "c/media/a.svg").symlink_to(tmp_path / "secret.svg")
    (tmp_path / "c/media/b").symlink_to(tmp_path / "outside")
    (tmp_path / "c/media/c.svg").symlink_to("own.svg")
    monkeypatch.chdir(tmp_path / "c")
    (made,) = load().courses
    assert [str(problem).split(";")[0] for problem in sorted(made.problems)] == [
        "media/a.svg: error SRC006: is a symbolic link that leads out of the course folder",
        "media/b: error SRC006: is a symbolic link that leads out of the course folder",
    ]
    assert [media.path for media in made.media] == ["media/c.svg"]


def test_a_loop_of_links_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, {"course.yaml": SETTINGS, "pages/1.md": "x", "media/a.txt": "x"})
    (tmp_path / "media" / "again").symlink_to(tmp_path / "media")
    (tmp_path / "media" / "loop").symlink_to("loop")
    monkeypatch.chdir(tmp_path)
    assert load().courses[0].unused == ("media/a.txt",)


@pytest.mark.parametrize("name", ["a\nb.md", "a\x1bb.md"])
def test_strange_names_are_told(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, {"course.yaml": SETTINGS, f"pages/{name}": "x"})
    monkeypatch.chdir(tmp_path)
    assert said(load().courses[0])[0].startswith("pages/a\ufffdb.md: error SRC007")


def test_names_with_spaces_and_accents_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, {"course.yaml": SETTINGS, "pages/01 Ein Säugling.md": "[x](<02 Zwei.md>)", "pages/02 Zwei.md": "x"})
    monkeypatch.chdir(tmp_path)
    (made,) = load().courses
    assert said(made) == []
    assert [page.id for page in made.pages] == ["ein-saugling", "zwei"]


def test_empty_folders_and_files_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert [problem.id for problem in load(".").problems] == ["SRC008"]
    write(tmp_path, {"course.yaml": ""})
    assert [problem.id for problem in load(".").courses[0].problems] == ["SET002", "SET002"]
    write(tmp_path, {"programme.yaml": ""})
    assert [problem.id for problem in load(".").problems] == ["SET011"]


def test_numbers_in_file_names_count() -> None:
    made = course(**{f"pages/{name}.md": "x" for name in ("10-k", "2-b", "1-a", "01-z", "b", "a")})
    assert [page.id for page in made.pages] == ["a", "z", "b", "k", "a", "b"]


def test_names_in_other_scripts_than_latin_still_make_an_id() -> None:
    made = course(**{f"pages/{name}.md": "x" for name in ("01-أهلا", "٣", "02 élan")})
    assert [page.id for page in made.pages] == ["01", "elan", "page"]


def test_names_that_a_mac_takes_apart_are_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(
        tmp_path,
        {
            "course.yaml": SETTINGS,
            "pages/1.md": "[x](2-u\u0308ber.md) [y](2-\u00fcber.md)",
            "pages/2-u\u0308ber.md": "x",
        },
    )
    monkeypatch.chdir(tmp_path)
    (made,) = load().courses
    assert [link.target for link in made.pages[0].blocks[0].links] == ["page:uber", "page:uber"]  # type: ignore[union-attr]


def test_media_of_a_course_in_memory_have_their_bytes() -> None:
    (media,) = course(**{"pages/1.md": "![a](../media/a.svg)", "media/a.svg": "<svg/>"}).media
    assert media.data == b"<svg/>"


def test_questions_without_ids_have_different_ones_in_the_whole_course() -> None:
    body = ":::{choice} Which?\n- [x] A\n  > a\n- [ ] B\n:::\n"
    assert [question.id for question in course(**{"pages/1.md": body, "pages/2.md": body}).questions] == [
        "which",
        "which-2",
    ]


@pytest.mark.parametrize(
    ("base", "id"),
    [("https://e.org/p", "https://e.org/p/a"), ("urn:x#", "urn:x#a"), ("https://e.org/p/", "https://e.org/p/a")],
)
def test_a_course_without_an_id_gets_one_under_its_programmes_base(base: str, id: str) -> None:
    files = {
        "programme.yaml": f"base: {base}\n",
        "a/course.yaml": "title: A\n",
        "b/course.yaml": "id: urn:b\ntitle: B\n",
    }
    programme = load_texts(files)
    assert [made.settings.id for made in programme.courses] == [id, "urn:b"]
    assert [said(made) for made in programme.courses] == [[], []]
