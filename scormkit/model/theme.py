"""theme.yaml, as typed and frozen data, and the colours of the default theme.

Colours are six or three hexadecimal digits. A theme says those that it changes; all others stay as they are here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from scormkit.model.settings import Settings, Text

THEME = "theme.yaml"
DEFAULT = "default"
"""What the setting `theme` says where there is no theme of the author's own."""

LIGHT: Mapping[str, str] = {
    "brand": "#005eb8",
    "brand-ink": "#fff",
    "brand-line": "#003d78",
    "ground": "#f0f4f5",
    "paper": "#fff",
    "raised": "#fff",
    "ink": "#212b32",
    "soft-ink": "#4c6272",
    "line": "#d8dde0",
    "strong-line": "#768692",
    "link": "#005eb8",
    "visited": "#330072",
    "tint": "#e8f1fa",
    "accent": "#005eb8",
    "focus": "#ffeb3b",
    "focus-ink": "#212b32",
    "button": "#007f3b",
    "button-ink": "#fff",
    "button-shade": "#00401e",
    "good": "#00662f",
    "good-ground": "#e6f2ea",
    "bad": "#b3160b",
    "bad-ground": "#fcebe9",
    "part": "#6b4a00",
    "part-ground": "#fff6dc",
    "warning": "#ffb81c",
    "warning-ground": "#fff9e3",
}
DARK: Mapping[str, str] = {
    "brand": "#00427f",
    "brand-line": "#0f6cc0",
    "ground": "#10171c",
    "paper": "#182127",
    "raised": "#1f2a31",
    "ink": "#edf1f3",
    "soft-ink": "#b3c0c8",
    "line": "#36444d",
    "strong-line": "#82939e",
    "link": "#85c5ff",
    "visited": "#c9b3ff",
    "tint": "#173350",
    "accent": "#85c5ff",
    "button": "#00803c",
    "button-shade": "#00491f",
    "good": "#7be0a4",
    "good-ground": "#14352a",
    "bad": "#ffa59c",
    "bad-ground": "#452320",
    "part": "#ffd877",
    "part-ground": "#3b3217",
    "warning-ground": "#3b3217",
}
"""Dark colours are laid over the light ones: what is not here is the same in both."""


class Colours(Settings):
    """Colours by what they are for; in quotes, because YAML takes # for a comment."""

    brand: Text | None = Field(None, description="the bar at the top, and the heads of key messages")
    brand_ink: Text | None = Field(None, description="words on brand")
    brand_line: Text | None = Field(None, description="the edge of the bar")
    ground: Text | None = Field(None, description="behind the menu")
    paper: Text | None = Field(None, description="behind the page")
    raised: Text | None = Field(None, description="behind questions, cards and controls")
    ink: Text | None = Field(None, description="words")
    soft_ink: Text | None = Field(None, description="words that matter less")
    line: Text | None = Field(None, description="lines that only part things")
    strong_line: Text | None = Field(None, description="the edges of controls")
    link: Text | None = Field(None, description="links")
    visited: Text | None = Field(None, description="links to where the learner has been")
    tint: Text | None = Field(None, description="behind notes")
    accent: Text | None = Field(None, description="progress, what is chosen, the edges of notes and questions")
    focus: Text | None = Field(None, description="the ring around what the keyboard is on")
    focus_ink: Text | None = Field(None, description="words on focus, and the second ring")
    button: Text | None = Field(None, description="buttons")
    button_ink: Text | None = Field(None, description="words on buttons")
    button_shade: Text | None = Field(None, description="under buttons, and buttons that the pointer is on")
    good: Text | None = Field(None, description="what is right, and tips")
    good_ground: Text | None = Field(None, description="behind what is right")
    bad: Text | None = Field(None, description="what is not right")
    bad_ground: Text | None = Field(None, description="behind what is not right")
    part: Text | None = Field(None, description="what is partly right")
    part_ground: Text | None = Field(None, description="behind what is partly right")
    warning: Text | None = Field(None, description="the edges of warnings")
    warning_ground: Text | None = Field(None, description="behind warnings")

    @property
    def said(self) -> dict[str, str]:
        """Those that are said, by name."""
        return {name: str(value) for name, value in self.model_dump(by_alias=True, exclude_none=True).items()}


class Font(Settings):
    """A file of a font that goes into the package."""

    family: Text = Field(description="its name, as 'text' and 'code' name it")
    file: Text = Field(description="a .woff2 file in the theme's folder")
    weight: Text = Field("400", description="its weight, such as 700, or a range such as 100 900")
    style: Literal["normal", "italic"] = "normal"


class ThemeSettings(Settings):
    """theme.yaml"""

    name: Text | None = Field(None, description="what the theme is called")
    licence: Text | None = Field(None, description="whose it is and how it may be used, its fonts and logo too")
    logo: Text | None = Field(None, description="a picture (.svg, .png or .webp) that stands before the course's title")
    logo_alt: Text | None = Field(None, description="what the logo says, such as the organisation's name")
    colours: Colours = Colours()
    dark: Colours = Field(Colours(), description="colours where the device or the learner asks for dark ones")
    fonts: tuple[Font, ...] = Field((), description="fonts that go into the package")
    text: Text | None = Field(None, description="the families for words, the first that is there is taken")
    code: Text | None = Field(None, description="the families for code")
    corner: Text | None = Field(None, description="how round corners are, such as 6px")
    measure: Text | None = Field(None, description="how wide text may get, such as 42rem")
