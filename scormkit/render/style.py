"""A course's theme -> its style sheet.

The default theme's sheets, its colours (scormkit/model/theme.py) and what the theme of an author's own says of them, in one
file: one request less. Where something is said twice, the later counts.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from scormkit.model.course import Theme
from scormkit.model.theme import DARK, LIGHT

SHEETS = Path(__file__).parent / "themes" / "default"

WISHES = (':not([data-colours="light"])', '[data-colours="dark"]')
"""Dark colours are for devices that want them, unless the learner chose light ones, and for learners who chose them."""


def style(theme: Theme | None) -> str:
    """The whole sheet. Each rule for dark colours begins with `:root`, which says here whose wish it follows."""
    said = theme.settings.dark.said if theme else {}
    dark = _colours({**DARK, **said}) + _sheet("dark.css")
    device, learner = (dark.replace(":root", f":root{wish}") for wish in WISHES)
    return f"{light(theme)}\n@media screen and (prefers-color-scheme: dark) {{\n{device}}}\n\n@media screen {{\n{learner}}}\n"


def light(theme: Theme | None) -> str:
    """The sheet without dark colours, as paper wants it."""
    sheet = _sheet("theme.css")
    if theme is None:
        return f"{_colours(LIGHT)}{sheet}"
    settings = theme.settings
    shape = {name: getattr(settings, name) for name in ("text", "code", "corner", "measure")}
    own = _colours({name: value for name, value in shape.items() if value is not None})
    return f"{_colours({**LIGHT, **settings.colours.said})}{sheet}\n{own}{theme.style}"


@cache
def _sheet(name: str) -> str:
    """One of our own sheets without comments and indentation: a sixth less to load."""
    text = re.sub(r"/\*.*?\*/", "", (SHEETS / name).read_text(encoding="utf-8"), flags=re.DOTALL)
    return "".join(f"{line.strip()}\n" for line in text.splitlines() if line.strip())


def _colours(said: Mapping[str, str]) -> str:
    """Custom properties as a rule; none where nothing is said."""
    lines = "".join(f"  --{name}: {value};\n" for name, value in said.items())
    return f":root {{\n{lines}}}\n\n" if said else ""
