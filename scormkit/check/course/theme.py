"""Checks on a theme's colours: whether words, controls and the ring of the keyboard can be seen, in light and in dark.

In: a Course. Out: problems. Contrast is that of WCAG 2.2 (relative luminance); which colours meet is a fact of the default
style sheet. What else can be wrong with a theme is found while it is read (scormkit/load/theme.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from scormkit.model.course import Course, Theme
from scormkit.model.problem import Problem, Rule, Severity
from scormkit.model.source import Span
from scormkit.model.theme import DARK, LIGHT

WORDS = Rule(
    "THM101",
    Severity.ERROR,
    "in {mode} colours, '{ink}' {colour} on '{ground}' {behind} has a contrast of {ratio}:1 where 4.5:1 is needed{more}",
    "change one of the two{better}",
    "Many people could not read it, least of all on an old screen or in the sun.",
    "WCAG 2.2, 1.4.3 Contrast (Minimum)",
)
PARTS = Rule(
    "THM102",
    Severity.ERROR,
    "in {mode} colours, '{ink}' {colour} on '{ground}' {behind} has a contrast of {ratio}:1 where 3:1 is needed{more}",
    "change one of the two{better}",
    "The edges of controls, and what shows that something is chosen, could not be seen by many.",
    "WCAG 2.2, 1.4.11 Non-text Contrast",
)
RING = Rule(
    "THM103",
    Severity.ERROR,
    "in {mode} colours, neither 'focus' {focus} nor 'focus-ink' {ink} stands out from '{ground}' {behind}: {ratio}:1 at most",
    "choose one of the two so that it has a contrast of 3:1",
    "Who works by keyboard would not see where they are.",
    "WCAG 2.2, 2.4.7 Focus Visible, 1.4.11 Non-text Contrast",
)
LIGHT_ONLY = Rule(
    "THM104",
    Severity.WARNING,
    "the theme sets {names} for light colours only",
    "say under 'dark:' what they are where the device or the learner asks for dark colours",
    "Learners with dark colours would see those of the default theme.",
)

ON_PAGE = ("ground", "paper", "raised", "tint")
TINTED = (*ON_PAGE, "good-ground", "warning-ground", "part-ground")
TEXT: Mapping[str, tuple[str, ...]] = {
    "ink": (*TINTED, "bad-ground"),
    "soft-ink": (*ON_PAGE, "warning-ground", "good-ground"),
    "link": TINTED,
    "visited": TINTED,
    "brand-ink": ("brand",),
    "button-ink": ("button", "button-shade"),
    "focus-ink": ("focus",),
    "good": ("ground", "paper", "raised", "good-ground"),
    "bad": ("paper", "raised", "bad-ground"),
    "part": ("paper", "raised", "part-ground"),
}
"""Words, and what they stand on."""

EDGES: Mapping[str, tuple[str, ...]] = {
    "strong-line": ("ground", "paper", "raised"),
    "accent": ON_PAGE,
    "good": ("good-ground",),
    "part": ("part-ground",),
}
RINGED = ("brand", "ground", "paper", "raised", "tint", "warning-ground", "good-ground", "bad-ground", "part-ground")


def contrasts(course: Course) -> Iterator[Problem]:
    """Pairs of colours that are too much alike: one finding for each colour of words, edges or rings."""
    if course.theme is None:
        return
    for mode, colours in modes(course.theme).items():
        for rule, needed, pairs in ((WORDS, 4.5, TEXT), (PARTS, 3.0, EDGES)):
            for ink, grounds in pairs.items():
                yield from _pairs(rule, needed, mode, colours, ink, grounds, course.theme)
        yield from _ring(mode, colours, course.theme)


def light_only(course: Course) -> Iterator[Problem]:
    """Colours that have another value in the default theme's dark colours, which the theme did not think of."""
    if course.theme is None:
        return
    settings = course.theme.settings
    names = [name for name in settings.colours.said if name in DARK and name not in settings.dark.said]
    if names:
        yield LIGHT_ONLY.at(course.theme.place("colours"), names=_listed(names))


def modes(theme: Theme) -> dict[str, dict[str, str]]:
    """All colours as learners see them: dark ones are laid over light ones."""
    light = {**LIGHT, **theme.settings.colours.said}
    return {"light": light, "dark": {**light, **DARK, **theme.settings.dark.said}}


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, from 1 to 21 (WCAG 2.2, contrast ratio)."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in _parts(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def better(ink: str, grounds: Sequence[str], needed: float) -> str | None:
    """The colour nearest to `ink`, mixed with black or white, that has the contrast `needed` on all `grounds`."""
    for step in range(1, 101):
        for end in (0.0, 1.0):
            mixed = [part + (end - part) * step / 100 for part in _parts(ink)]
            made = "#" + "".join(f"{round(part * 255):02x}" for part in mixed)
            if all(contrast(made, ground) >= needed for ground in grounds):
                return made
    return None


def _pairs(
    rule: Rule, needed: float, mode: str, colours: Mapping[str, str], ink: str, grounds: Sequence[str], theme: Theme
) -> Iterator[Problem]:
    found = {ground: contrast(colours[ink], colours[ground]) for ground in grounds}
    short = sorted((ground for ground in grounds if found[ground] < needed), key=lambda ground: found[ground])
    if not short:
        return
    worst, *others = short
    would_do = better(colours[ink], [colours[ground] for ground in grounds], needed)
    yield rule.at(
        _place(theme, mode, ink, *short), mode=mode, ink=ink, colour=colours[ink], ground=worst, behind=colours[worst],
        ratio=_shown(found[worst]), better=f": '{ink}' {would_do} would do" if would_do else "",
        more=f", and too little on {_listed(others)}" if others else "",
    )  # fmt: skip


def _ring(mode: str, colours: Mapping[str, str], theme: Theme) -> Iterator[Problem]:
    """The two rings around what the keyboard is on: one of them has to stand out from any ground."""
    best = {
        ground: max(contrast(colours[name], colours[ground]) for name in ("focus", "focus-ink")) for ground in RINGED
    }
    worst = min(RINGED, key=lambda ground: best[ground])
    if best[worst] < 3:
        yield RING.at(
            _place(theme, mode, "focus", "focus-ink", worst), mode=mode, ratio=_shown(best[worst]), ground=worst,
            focus=colours["focus"], ink=colours["focus-ink"], behind=colours[worst],
        )  # fmt: skip


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f"'{name}'" for name in names)


def _place(theme: Theme, mode: str, *names: str) -> Span:
    """Where the theme says one of these colours for this mode, or at least for light."""
    for group in ("dark", "colours") if mode == "dark" else ("colours",):
        for name in names:
            if f"{group}.{name}" in theme.places:
                return theme.place(f"{group}.{name}")
    return theme.place("dark" if mode == "dark" else "colours")


def _parts(colour: str) -> list[float]:
    digits = colour.removeprefix("#")
    digits = digits if len(digits) == 6 else "".join(digit * 2 for digit in digits)
    return [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]


def _shown(ratio: float) -> str:
    """Rounded down, so that what falls short never looks enough."""
    return f"{int(ratio * 10) / 10:.1f}"


CHECKS = (contrasts, light_only)
