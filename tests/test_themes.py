"""Themes: what a folder with a theme.yaml changes, and what it may not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from lxml import html

from scormkit.check import check
from scormkit.check.course.theme import EDGES, RINGED, TEXT, better, contrast, modes
from scormkit.load import load, load_texts
from scormkit.model.course import Course, Theme
from scormkit.model.theme import LIGHT
from scormkit.package import package
from scormkit.render import render
from scormkit.review import handout

ROOT = Path(__file__).parent.parent
HARBOUR = ROOT / "docs" / "themes" / "harbour"
FONT = b"wOF2" + bytes(40)
LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 10"/>'


def course(yaml: str = "", settings: str = "theme: themes/own\n", **files: str | bytes) -> Course:
    """A course with a theme; `files` of the theme by path with `__` for `/` and `_` for `.`."""
    own = {f"themes/own/{name.replace('__', '/').replace('_', '.')}": data for name, data in files.items()}
    texts: dict[str, Any] = {"course.yaml": f"id: urn:a\ntitle: A & B\n{settings}", "pages/1.md": "Text.\n"}
    return load_texts({**texts, "themes/own/theme.yaml": yaml, **own}).courses[0]


def said(yaml: str = "", **files: str | bytes) -> list[str]:
    found = [problem for problem in check(course(yaml, **files)) if problem.span.path.startswith("themes/")]
    return [str(problem).removeprefix("themes/own/") for problem in found]


def theme(made: Course) -> Theme:
    assert made.theme is not None
    return made.theme


def test_colours_are_laid_over_those_of_the_default() -> None:
    made = course("colours: {brand: '#123', link: 00307A}\ndark: {brand: '#012'}\n")
    assert made.problems == ()
    sheet = render(made).files["theme.css"]
    assert isinstance(sheet, bytes)
    text = sheet.decode()
    assert "--brand: #123;" in text and "--link: #00307a;" in text and f"--ink: {LIGHT['ink']};" in text
    assert text.count("--brand: #012;") == 2 and text.index("--brand: #123") < text.index("--brand: #012")


def test_fonts_logo_style_and_parts_go_into_the_package() -> None:
    yaml = "name: Own\nlicence: OFL 1.1\nlogo: logo.svg\nlogo-alt: Own & Co\ntext: Lexend, serif\n"
    yaml += "fonts: [{family: Lexend, file: fonts/l.woff2, weight: 100 900}]\n"
    made = course(
        yaml, logo_svg=LOGO, fonts__l_woff2=FONT, wave_png=b"\x89PNG\r\n\x1a\n", unused_txt="x",
        theme_css='h1 { background: url(wave.png) } /* "x */\nh2::before { content: "/* no */" }\n',
        templates__foot_html='<p class="a">{{ title }} {{version}}<img src="wave.png" alt=""> <a href="https://b.org">b</a></p>',
    )  # fmt: skip
    assert [problem.id for problem in made.problems] == ["THM009"]
    site = render(made)
    assert {"theme/fonts/l.woff2", "theme/logo.svg", "theme/wave.png"} == {p for p in site.files if "theme/" in p}
    text = site.files["theme.css"]
    assert isinstance(text, bytes)
    assert b'src: url("theme/fonts/l.woff2") format("woff2")' in text and b"--text: Lexend, serif;" in text
    assert b'url("theme/wave.png")' in text and b'content: "/* no */"' in text and b'"x' not in text
    assert '<img class="logo" src="theme/logo.svg" alt="Own &amp; Co">' in site.document
    assert '<p class="a">A &amp; B 0.1.0<img src="theme/wave.png" alt=""> <a target="_blank"' in site.document
    assert (
        '<a target="_blank" rel="noopener noreferrer" href="https://b.org">b</a>' in site.document
        and "Own: OFL 1.1" in site.document
    )
    for name in ("scorm12", "xapi"):
        assert {"theme/fonts/l.woff2", "theme/logo.svg"} <= set(package(site, name))
    assert "url(data:font/woff2;base64," in handout(made)


def test_every_place_is_filled_where_it_stands() -> None:
    names = (
        "brand",
        "menu-start",
        "menu-end",
        "start",
        "page-start",
        "page-end",
        "results-start",
        "results-end",
        "about",
        "foot",
    )
    own = {f"themes/own/templates/{name}.html": f'<p class="{name}">{{{{ title }}}}</p>' for name in names}
    own["themes/own/templates/page-end.html"] = '<p class="page-end">{{ page }} in {{section}} of {{ title }}</p>'
    texts = {"course.yaml": "id: urn:a\ntitle: A & B\ntheme: themes/own\n", "themes/own/theme.yaml": "", **own}
    pages = {
        "pages/1-one/1.md": "# First\n",
        "pages/1-one/2.md": "# Tips & tricks\n",
        "pages/1-one/section.yaml": "title: <One>\n",
    }
    made = load_texts({**texts, **pages}).courses[0]
    assert [str(problem) for problem in made.problems if problem.id.startswith(("THM", "MDN"))] == []
    page = html.document_fromstring(render(made).document)
    at = {name: [one.getparent() for one in page.xpath(f"//p[@class='{name}']")] for name in names}
    assert {name: len(where) for name, where in at.items()} == dict.fromkeys(names, 1) | {
        "page-start": 2,
        "page-end": 2,
    }
    assert [at[name][0].get("id") for name in ("menu-start", "start", "results-start", "about")] == [
        "menu",
        "/1",
        "/~results",
        "/~about",
    ]
    assert [at[name][0].tag for name in ("brand", "menu-end", "foot")] == ["header", "nav", "footer"]
    ends = page.xpath("//p[@class='page-end']/text()")
    assert ends == ["First in <One> of A & B", "Tips & tricks in <One> of A & B"]


def test_a_selector_is_no_declaration() -> None:
    """`border:not(.red) b` selects; what stands before a semicolon or a brace that closes declares."""

    def unchecked(sheet: str) -> list[str]:
        found = course(theme_css=sheet).problems
        return [f"{problem.span.line}:{problem.span.column}" for problem in found if problem.id == "THM017"]

    assert unchecked("border:not(.red) b {\n  margin: 0;\n}\n") == []
    assert unchecked("b {\n  border-color: red\n}\nb { color: blue; }\n") == ["2:17", "4:12"]


def test_a_programme_has_one_theme_for_all() -> None:
    texts = {
        "programme.yaml": "title: P\ntheme: themes/own\n",
        "themes/own/theme.yaml": "name: Ours\ncolours: {ink: '#eee'}\ndark: {ink: '#fff'}\n",
        "a/course.yaml": "id: urn:a\ntitle: A\n", "a/pages/1.md": "Text.\n",
        "b/course.yaml": "id: urn:b\ntitle: B\ntheme: default\n", "b/pages/1.md": "Text.\n",
        "c/course.yaml": "id: urn:c\ntitle: C\ntheme: themes/own\n", "c/pages/1.md": "Text.\n",
        "c/themes/own/theme.yaml": "name: Of C\n",
    }  # fmt: skip
    programme = load_texts(texts)
    assert [one.theme and one.theme.settings.name for one in programme.courses] == ["Ours", None, "Of C"]
    found = [str(problem) for problem in check(programme) if problem.id == "THM101"]
    (line,) = [line for line in found if "light" in line]
    assert line.startswith("themes/own/theme.yaml:2:16: error THM101: in light colours, 'ink' #eee on")


def test_the_default_theme_and_the_example_are_readable() -> None:
    example = theme(load_texts({"course.yaml": "id: urn:a\ntitle: A\ntheme: t\n", **files("t")}).courses[0])
    for one in (Theme(), example):
        for mode, colours in modes(one).items():
            for needed, pairs in ((4.5, TEXT), (3, EDGES)):
                for ink, grounds in pairs.items():
                    for ground in grounds:
                        found = contrast(colours[ink], colours[ground])
                        assert found >= needed, f"{mode}: {ink} on {ground} {found:.2f}"
            for ground in RINGED:
                assert max(contrast(colours[name], colours[ground]) for name in ("focus", "focus-ink")) >= 3


def files(folder: str) -> dict[str, bytes]:
    return {
        f"{folder}/{path.relative_to(HARBOUR).as_posix()}": path.read_bytes()
        for path in HARBOUR.rglob("*")
        if path.is_file()
    }


def test_the_example_has_nothing_wrong(tmp_path: Path) -> None:
    texts = {"course.yaml": b"id: urn:a\ntitle: A\ntheme: themes/harbour\n", "pages/1.md": b"Text.\n"}
    for name, data in {**texts, **files("themes/harbour")}.items():
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    made = load(tmp_path).courses[0]
    assert not [str(problem) for problem in check(made) if problem.id.startswith(("THM", "SET0", "MED"))]
    first, again = render(made), render(made)
    assert (first.document, first.files) == (again.document, again.files)


@pytest.mark.parametrize(
    ("one", "other", "ratio"), [("#000", "#fff", 21), ("#777777", "#fff", 4.47), ("#fff", "#fff", 1)]
)
def test_contrast_is_that_of_wcag(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == contrast(other, one) == pytest.approx(ratio, abs=0.01)


def test_what_would_do_does() -> None:
    for ink, grounds in (("#999", ("#fff", "#eee")), ("#333", ("#000",)), ("#0f0", ("#ff0",)), ("#777", ("#777",))):
        made = better(ink, grounds, 4.5)
        assert made is not None and all(contrast(made, ground) >= 4.5 for ground in grounds)
    assert better("#777", ("#000", "#fff"), 7) is None


@pytest.mark.parametrize(
    "name",
    ["../own", "/themes/own", "themes/../../own", "C:/themes", "themes\\own", "https://a.org/t", "themes//own", "./themes/own"],
)  # fmt: skip
def test_a_theme_stands_in_the_course(name: str) -> None:
    made = course(settings=f"theme: '{name}'\n")
    assert [problem.id for problem in made.problems] == ["THM001"] and made.theme is None


def test_a_theme_that_is_not_there() -> None:
    (problem,) = course(settings="theme: themes/onw\n").problems
    assert str(problem).startswith(
        "course.yaml:3:8: error THM002: there is no theme 'themes/onw'; did you mean 'themes/own'?"
    )


def test_links_out_of_the_folder_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret.svg").write_text(LOGO)
    own = tmp_path / "course" / "themes" / "own"
    (own / "templates").mkdir(parents=True)
    (tmp_path / "course" / "pages").mkdir()
    (tmp_path / "course" / "pages" / "1.md").write_text("Text.\n")
    (tmp_path / "course" / "course.yaml").write_text("id: urn:a\ntitle: A\ntheme: themes/own\n")
    (own / "theme.yaml").write_text("logo: logo.svg\nlogo-alt: x\n")
    (own / "logo.svg").symlink_to(tmp_path / "secret.svg")
    made = load(tmp_path / "course").courses[0]
    assert {problem.id for problem in made.problems} == {"SRC006", "THM011"}
    assert theme(made).files == ()


@pytest.mark.parametrize(
    ("yaml", "files", "expected"),
    [
        ("colours: {brnad: '#123456'}", {}, "theme.yaml:1:11: error SET001: there is no setting 'brnad'; did you mean 'brand'?"),
        ("colours: {brand: blue}", {}, "theme.yaml:1:18: error THM003: 'blue' is no colour for 'brand'"),
        ("colours:\n  brand: #123456\n", {}, "theme.yaml:2:3: error THM004: 'brand' has no colour"),
        ("corner: 1e9px", {}, "theme.yaml:1:9: error THM005: '1e9px' is nothing that 'corner' can be"),
        ("measure: 10rem} body{", {}, "theme.yaml:1:10: error THM005"),
        ("text: 'a; } b {'", {}, "theme.yaml:1:7: error THM005"),
        ("fonts: [{family: 'a\"', file: f.woff2}]", {"f_woff2": FONT}, "theme.yaml:1:18: error THM005"),
        ("fonts: [{family: a, file: f.ttf}]", {"f_ttf": b"x"}, "theme.yaml:1:27: error THM006: 'f.ttf' is not a font"),
        ("fonts: [{family: a, file: f.woff2}]", {"f_woff2": b"MZ"}, "theme.yaml:1:27: error THM006"),
        ("fonts: [{family: a, file: https://a.org/f.woff2}]", {}, "theme.yaml:1:27: error THM011"),
        ("fonts: [{family: a, file: ../../media/f.woff2}]", {}, "theme.yaml:1:27: error THM011"),
        ("logo: lgo.svg\nlogo-alt: x", {"logo_svg": LOGO}, "theme.yaml:1:7: error THM011"),
        ("logo: logo.svg", {"logo_svg": LOGO}, "theme.yaml:1:7: error THM007"),
        ("logo: logo.svg\nlogo-alt: x", {"logo_svg": "<svg><script>1</script></svg>"}, "logo.svg:1:6: error MED003"),
        ("logo: lo\u202fgo.svg\nlogo-alt: x", {"lo\u202fgo_svg": LOGO}, "lo\u202fgo.svg: error MED102: the file name holds U+202F"),
        ("logo: logo.png\nlogo-alt: x", {"logo_png": LOGO}, "logo.png: error MED111: the file is named .png but its content"),
        ("", {"own_js": "1"}, "own.js: error THM008: the theme holds the file own.js, which is a script"),
        ("", {"templates__fot_html": "x"}, "templates/fot.html: error THM008"),
        ("colours: {ink: '#888'}\ndark: {ink: '#fff'}", {}, "theme.yaml:1:16: error THM101: in light colours, 'ink' #888"),
        ("colours: {strong-line: '#eee'}\ndark: {strong-line: '#999'}", {}, "theme.yaml:1:24: error THM102: in light"),
        ("colours: {focus: '#fff', focus-ink: '#eee'}", {}, "theme.yaml:1:18: error THM103: in light colours"),
        ("colours: {brand: '#123'}", {}, "theme.yaml:1:10: warning THM104: the theme sets 'brand' for light colours only"),
    ],
)  # fmt: skip
def test_slips_in_theme_yaml(yaml: str, files: dict[str, str | bytes], expected: str) -> None:
    lines = said(yaml, **files)
    assert any(line.startswith(expected) for line in lines), lines


@pytest.mark.parametrize(
    ("css", "expected"),
    [
        ("a { background: url(https://b.org/x.png) }", "1:17: error THM010: the style sheet loads 'https://b.org/x.png'"),
        ("a { background: url( '//b.org/x.png' ) }", "1:17: error THM010"),
        ('a { background: image-set("https://b.org/x.png" 1x) }', "1:27: error THM010"),
        ("a { background: url(data:image/svg+xml,x) }", "1:17: error THM010"),
        ("a { background: url(../../../etc/passwd) }", "1:17: error THM011"),
        ("a { background: URL(wvae.png) }", "1:17: error THM011: the theme has no file 'wvae.png'; did you mean 'wave.png'?"),
        ("@import 'x.css';", "1:1: error THM012: '@import' cannot stand in a theme's style sheet; copy what"),
        ("@font-face { font-family: a }", "1:1: error THM012"),
        (":root { --brand: red }", "1:9: error THM013: the style sheet sets '--brand'"),
        ("a { color: var(--brnad) }", "1:12: error THM014: there is no custom property '--brnad'; did you mean '--brand'?"),
        ("a { color: red", "1:15: error THM015: a { is never closed"),
        ("a { } }", "1:7: error THM015: this } closes nothing"),
        ("a { } /* b", "1:7: error THM015: a comment is never closed"),
        ("a::before { content: 'x }", "1:22: error THM015: a quote is never closed"),
        ("a { b\\61ckground: red }", "1:6: error THM016"),
        ("</style><script>alert(1)</script>", "1:1: error THM016"),
        ("a { width: expression(alert(1)) }", "1:12: error THM016"),
        ("a { color: #123456 }", "1:12: warning THM017: the contrast of '#123456' is not checked"),
        ("a { color: rgb(1 2 3) }", "1:12: warning THM017"),
        ("a:focus { outline: none }", "1:11: error THM018"),
        ("a { outline-width: 0 }", "1:5: error THM018"),
    ],
)  # fmt: skip
def test_slips_in_theme_css(css: str, expected: str) -> None:
    lines = said(theme_css=css, wave_png=b"\x89PNG\r\n\x1a\n")
    assert any(line.startswith(f"theme.css:{expected}") for line in lines), lines


def test_what_may_stand_in_theme_css() -> None:
    css = "@media (width < 30em) { a#b-1:hover { --own: 2px; padding: var(--own); color: var(--link) } }\n"
    assert said(theme_css=css) == []


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<script>alert(1)</script>", "1:1: error MDN002: the HTML element <script>"),
        ('<p onclick="x">a</p>', "1:1: error MDN003"),
        ('<p style="color: red">a</p>', "1:1: error MDN003"),
        ("<iframe src='https://a.org'></iframe>", "1:1: error MDN002"),
        ("{{ titel }}", "1:1: error THM020: there is nothing called 'titel' to fill in; did you mean 'title'?"),
        ("{{ ''.__class__ }}", ""),
        ("\n<img src='logo.svg'>", "2:1: error THM021"),
        ("<img src='https://a.org/x.png' alt=''>", "1:11: error THM011"),
        ("<a href='javascript:alert(1)'>a</a>", "1:1: error THM022: the address 'javascript:alert(1)'"),
        ("<a href='#/1'>a</a>", "1:1: error THM022"),
        ("<a href='http://a.org'>a</a>", "1:1: error THM022"),
    ],
)  # fmt: skip
def test_slips_in_templates(html: str, expected: str) -> None:
    made = course(templates__foot_html=html)
    lines = [str(problem) for problem in made.problems]
    assert any(line.startswith(f"themes/own/templates/foot.html:{expected}") for line in lines) or not expected
    foot = render(made).document.partition('<footer class="foot">')[2].partition("</footer>")[0]
    for bad in ("<script", "onclick", "style=", "<iframe", "javascript:", "http:", "a.org/x.png"):
        assert bad not in foot
