"""Words that nobody expected, in every directive, on the narrowest window: nothing sticks out, nothing covers anything."""

from __future__ import annotations

from functools import cache

import pytest

from scormkit.load import load_texts
from scormkit.model.site import Site
from scormkit.render import render
from tests.browser.test_page import Open, open_page
from tests.test_bad_input import NAMES, ODD, inside, media

__all__ = ["open_page"]

LEGAL = {
    "right to left": ODD[0],
    "combining characters": ODD[2],
    "emoji": ODD[3],
    "a very long word": ODD[5],
}


@cache
def site(words: str) -> Site:
    """A page for each directive, with these words wherever it takes some."""
    pages = {
        f"pages/{n:02}.md": f"---\nid: p{n}\ntitle: {name}\n---\n{inside(name, words)}\n"
        for n, name in enumerate(NAMES)
    }
    return render(load_texts({"course.yaml": "id: urn:a\ntitle: A\n", **pages, **media()}).courses[0])


WIDE = """() => Array.from(document.querySelectorAll("[data-page]:not([hidden]) *"))
  .filter(one => one.getClientRects().length)
  .filter(one => !one.closest("svg, math, .visually-hidden, pre, .formula, .table, select, [data-hotspot]"))
  .filter(one => { const box = one.getBoundingClientRect(); return box.right > innerWidth + 1 || box.left < -1; })
  .map(one => one.outerHTML.slice(0, 80))"""


@pytest.mark.parametrize("words", LEGAL.values(), ids=LEGAL)
def test_odd_words_stay_in_the_narrowest_window(open_page: Open, words: str) -> None:
    page = open_page(site(words), "#/p0", viewport={"width": 320, "height": 640})
    wide = {}
    for number, name in enumerate(NAMES):
        page.evaluate("number => { location.hash = `#/p${number}` }", number)
        page.wait_for_selector(f"[data-page=p{number}]:not([hidden])")
        scrolls = page.evaluate("document.documentElement.scrollWidth > innerWidth")
        if scrolls or page.evaluate(WIDE):
            wide[name] = page.evaluate(WIDE)
    assert wide == {}
