"""Takes the pictures of this folder in Chromium: `python docs/make_pictures.py`, after a change that can be seen.

`python docs/make_pictures.py preview theme` takes only these (questions, blocks, tests, course, theme, preview). The gallery and
the first course are rendered and shown without a server, each picture one part of one page; the preview is run.
"""

from __future__ import annotations

import mimetypes
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, Route, ViewportSize, sync_playwright

import scormkit
from scormkit.model.course import Course
from scormkit.preview.browser import find_browser
from scormkit.render import render

HERE = Path(__file__).parent
PICTURES = HERE / "pictures"
ORIGIN = "http://course.test"
WRITTEN = {
    "fill-in": ("odd number",),
    "numeric": ("1,42",),
    "cloze": ("two", "odd"),
    "reflection": ("In the lock beside a web address.",),
}
"""What learners write on the pictures, by question type."""
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]


@contextmanager
def shown(browser: Browser, course: Course, size: ViewportSize, scheme: str = "light") -> Iterator[Page]:
    """A browser window of `size` in which `course` is open."""
    site = render(course)
    files = {"index.html": site.launch_page("local"), **site.files}

    def answer(route: Route) -> None:
        name = urlsplit(route.request.url).path.lstrip("/") or "index.html"
        found = files.get(name)
        body = found.read_bytes() if isinstance(found, Path) else found
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        route.fulfill(status=200 if body else 404, body=body or b"", content_type=kind)

    page = browser.new_page(viewport=size, color_scheme="dark" if scheme == "dark" else "light")
    page.route(f"{ORIGIN}/**", answer)
    page.goto(f"{ORIGIN}/index.html")
    page.wait_for_selector("section.page:not([hidden])")
    yield page
    page.close()


def open_page(page: Page, name: str) -> None:
    """Goes to the course page `name`."""
    page.evaluate("name => { location.hash = '#/' + name }", name)
    page.wait_for_selector(f'section[data-page="{name}"]:not([hidden])')
    page.wait_for_timeout(200)  # the window goes to the top once the page is there


def questions(browser: Browser) -> None:
    """One picture for each question type, answered, with its feedback."""
    taken: set[Path] = set()
    gallery = scormkit.load(HERE / "gallery").courses[0]
    with shown(browser, gallery, {"width": 760, "height": 1400}) as page:
        for question in gallery.questions:
            target = PICTURES / f"{question.type}.png"
            if target in taken:
                continue
            taken.add(target)
            home = next(p for p in gallery.pages if question in p.questions)
            open_page(page, home.id)
            box = page.locator(f'[data-question="{question.id}"]')
            if box.locator("[data-move]").count():
                box.locator("[data-move=down]").first.press("Enter")
            for index, chosen in enumerate(box.locator("[data-option] select").all()):
                chosen.select_option(index=1 + index % 2)
            for field, text in zip(
                box.locator("[data-gap] input, textarea").all(), WRITTEN.get(question.type, ()), strict=False
            ):
                field.fill(text)
            first = box.locator("input").first
            if box.locator("input").count() and first.get_attribute("type") in ("radio", "checkbox"):
                first.press("Space")
            while (onwards := box.locator('[data-action="go"]:visible')).count():
                box.locator("[data-go] input:visible").first.press("Space")
                onwards.click()
            box.locator('[data-action="answer"]').click()
            page.evaluate("document.activeElement.blur()")
            box.screenshot(path=target)


def blocks(browser: Browser) -> None:
    """All content blocks, on two pictures."""
    gallery = scormkit.load(HERE / "gallery").courses[0]
    with shown(browser, gallery, {"width": 760, "height": 900}) as page:
        for name in ("blocks", "more-blocks"):
            open_page(page, name)
            page.locator(f'section[data-page="{name}"]').screenshot(path=PICTURES / f"{name}.png")


def tests(browser: Browser) -> None:
    """What stands before a test with sections, its results, and a question of a pre-test that asks how sure learners are."""
    gallery = scormkit.load(HERE / "gallery").courses[0]
    with shown(browser, gallery, {"width": 760, "height": 900}) as page:
        for name in ("before", "assessment"):
            open_page(page, name)
            here = page.locator(f'section[data-page="{name}"]')
            if name == "assessment":
                here.locator("[data-intro]").screenshot(path=PICTURES / "sections.png")
            here.locator('[data-action="start"]').click()
            for question in here.locator("[data-question]:visible").all():
                question.locator(".option input").first.press("Space")
                if question.locator("[data-confidence]").count():
                    question.locator("[data-confidence] input").nth(1).press("Space")
            page.evaluate("document.activeElement.blur()")
            if name == "before":
                here.locator("[data-question]:visible").first.screenshot(path=PICTURES / "how-sure.png")
            here.locator('[data-action="submit"]').click()
            page.evaluate("document.activeElement.blur()")
        here.locator("[data-results]").screenshot(path=PICTURES / "results.png")


def course(browser: Browser) -> None:
    """The first course: wide, in a small pop-up, on a phone, in the dark."""
    first = scormkit.load(HERE.parent / "course").courses[0]
    sizes: dict[str, tuple[int, int, str]] = {
        "course": (1280, 800, "light"),
        "course-popup": (640, 480, "light"),
        "course-phone": (360, 740, "light"),
        "course-dark": (1024, 768, "dark"),
    }
    for name, (width, height, scheme) in sizes.items():
        with shown(browser, first, {"width": width, "height": height}, scheme) as page:
            open_page(page, first.pages[2].id)
            page.screenshot(path=PICTURES / f"{name}.png")


def theme(browser: Browser) -> None:
    """A page of the gallery in the example theme, in light and in dark."""
    gallery = {path: (HERE / "gallery" / path) for path in ("course.yaml", "glossary.yaml", "pages/02-blocks.md")}
    files = {name: file.read_bytes() for name, file in gallery.items()}
    files |= {f"media/{file.name}": file.read_bytes() for file in (HERE / "gallery" / "media").iterdir()}
    files |= {f.relative_to(HERE).as_posix(): f.read_bytes() for f in (HERE / "themes").rglob("*") if f.is_file()}
    made = scormkit.load_texts({**files, "course.yaml": files["course.yaml"] + b"theme: themes/harbour\n"}).courses[0]
    for name, scheme in (("theme", "light"), ("theme-dark", "dark")):
        with shown(browser, made, {"width": 1024, "height": 768}, scheme) as page:
            open_page(page, "blocks")
            page.screenshot(path=PICTURES / f"{name}.png")


def preview(browser: Browser) -> None:
    """The preview with the programme of this repository: as it opens, and with an LMS that refuses to save an answer."""
    command = [sys.executable, "-m", "scormkit", "preview", str(HERE.parent / "course"), "--no-open"]
    first = scormkit.load(HERE.parent / "course").courses[0]
    home = next(page for page in first.pages if page.questions and not page.is_test)
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            page = browser.new_page(viewport={"width": 1500, "height": 950})
            page.goto(process.stdout.readline().split()[4])
            inner = page.frame_locator("#lms").frame_locator("iframe")
            inner.locator("[data-save-state=saved]").wait_for()
            page.wait_for_timeout(2000)  # what is wrong with the courses is told last
            page.screenshot(path=PICTURES / "preview.png")
            page.locator(".faults label").get_by_text("Refuses to save").click()
            inner.locator(f'[data-page-link="{home.id}"]').evaluate("link => link.click()")
            question = inner.locator(f'[data-question="{home.questions[0].id}"]')
            question.locator(".option input").first.press("Space")
            question.locator('[data-action="answer"]').click()
            inner.locator("[data-save-state=retrying]").wait_for()
            page.screenshot(path=PICTURES / "preview-fault.png")
            page.close()
        finally:
            process.terminate()


TAKES = {take.__name__: take for take in (questions, blocks, tests, course, theme, preview)}


def main() -> None:
    if not sys.argv[1:]:
        for old in PICTURES.glob("*.png"):
            old.unlink()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=ARGUMENTS)
        for name in sys.argv[1:] or TAKES:
            TAKES[name](browser)
        browser.close()


if __name__ == "__main__":
    main()
