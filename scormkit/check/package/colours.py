"""The declarations of one CSS rule in, the contrast of its text to its ground out, where both are written there."""

from __future__ import annotations

import re

_DECLARATION = re.compile(r"(?:^|[;\s])(color|background|background-color|font-size|font-weight)\s*:\s*([^;]{1,200})")
_HEX = re.compile(r"#([0-9a-fA-F]{3,8})\b")
_RGB = re.compile(r"rgb\(\s*(\d{1,3})\s*,\s*(\d{1,3})\s*,\s*(\d{1,3})\s*\)")
NAMES = {
    "black": (0, 0, 0), "white": (255, 255, 255), "red": (255, 0, 0), "green": (0, 128, 0), "blue": (0, 0, 255),
    "yellow": (255, 255, 0), "gray": (128, 128, 128), "grey": (128, 128, 128), "silver": (192, 192, 192),
    "orange": (255, 165, 0), "navy": (0, 0, 128), "purple": (128, 0, 128), "maroon": (128, 0, 0), "lime": (0, 255, 0),
    "aqua": (0, 255, 255), "teal": (0, 128, 128), "olive": (128, 128, 0), "lightgray": (211, 211, 211),
    "lightgrey": (211, 211, 211), "darkgray": (169, 169, 169), "darkgrey": (169, 169, 169),
}  # fmt: skip


def contrast(declarations: str) -> dict[str, str] | None:
    """The two colours, their ratio and what is needed, where it is too little (WCAG 2.2, 1.4.3); else None."""
    found: dict[str, str] = {}
    for name, value in _DECLARATION.findall(declarations):
        found["ground" if name.startswith("background") else name] = value.strip().lower()
    text, ground = found.get("color", ""), found.get("ground", "")
    if "url(" in ground or "gradient" in ground:
        return None
    one, other = colour(text), colour(ground)
    if one is None or other is None:
        return None
    least = 3.0 if _is_large(found) else 4.5
    ratio = _ratio(one, other)
    if ratio >= least:
        return None
    return {"text": text, "ground": ground, "ratio": f"{ratio:.1f}", "least": f"{least:g}"}


def colour(text: str) -> tuple[int, int, int] | None:
    """The first opaque colour written in a value, as red, green and blue."""
    match = _HEX.search(text)
    if match:
        digits = match.group(1)
        if len(digits) == 3:
            digits = "".join(digit * 2 for digit in digits)
        return (int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:6], 16)) if len(digits) == 6 else None
    match = _RGB.search(text)
    if match:
        red, green, blue = (min(255, int(part)) for part in match.groups())
        return red, green, blue
    return next((NAMES[word] for word in re.findall(r"[a-z]+", text) if word in NAMES), None)


def _is_large(found: dict[str, str]) -> bool:
    """18 point, or 14 point and bold, counts as large: 24 and 18.66 pixels."""
    match = re.fullmatch(r"([\d.]+)(px|pt|em|rem)", found.get("font-size", ""))
    if not match:
        return False
    try:
        pixels = float(match.group(1)) * {"px": 1, "pt": 4 / 3, "em": 16, "rem": 16}[match.group(2)]
    except ValueError:
        return False
    bold = found.get("font-weight", "") in ("bold", "bolder", "700", "800", "900")
    return pixels >= 24 or (bold and pixels >= 18.66)


def _ratio(one: tuple[int, int, int], other: tuple[int, int, int]) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(rgb: tuple[int, int, int]) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    linear = [c / 255 / 12.92 if c / 255 <= 0.04045 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in rgb]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
