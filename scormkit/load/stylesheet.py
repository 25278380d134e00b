"""A theme's own style sheet: what may stand in it, and where its pictures are.

In: the text of theme.css and the files of its folder. Out: the same text, its addresses those of the package, and problems.
It is laid over the style sheet of scormkit, so everything found here is an error, but for colours that nobody can check.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterator, Mapping

from scormkit.model.problem import Problem, Rule, Severity, meant
from scormkit.model.source import Span
from scormkit.model.theme import LIGHT

REMOTE = Rule(
    "THM010",
    Severity.ERROR,
    "the style sheet loads '{address}' from elsewhere",
    "put the file into the theme's folder and name it here; fonts are named under 'fonts:' in theme.yaml",
    "Nothing is loaded from outside the package: it would not be shown, and it would tell others who learns here.",
)
NO_FILE = Rule(
    "THM011",
    Severity.ERROR,
    "the theme has no file '{written}'{hint}",
    "put it into the theme's folder, or correct its path as seen from there",
    "Only what stands in the theme's folder gets into the package with it.",
)
AT_RULE = Rule(
    "THM012",
    Severity.ERROR,
    "'@{name}' cannot stand in a theme's style sheet",
    "{remedy}",
    "The theme is one style sheet, and what it needs stands in the package.",
)
OWN_COLOUR = Rule(
    "THM013",
    Severity.ERROR,
    "the style sheet sets '--{name}', which is one of the theme's colours",
    "write '{name}:' under 'colours:' (and 'dark:') in theme.yaml",
    "Only there its contrast is checked, in light and in dark.",
)
UNKNOWN_PROPERTY = Rule(
    "THM014",
    Severity.ERROR,
    "there is no custom property '--{name}'{hint}",
    "correct its spelling, or set it in this style sheet",
    "A property that is not there has no value, and nobody notices.",
)
NOT_CLOSED = Rule(
    "THM015",
    Severity.ERROR,
    "{what}",
    "{remedy}",
    "Browsers would leave out all that follows.",
    "CSS Syntax Module Level 3",
)
NOT_STYLE = Rule(
    "THM016",
    Severity.ERROR,
    "'{what}' cannot stand in a theme's style sheet",
    "remove it; write characters as they are, without backslashes",
    "It can hide an address or a script from those who check.",
)
UNCHECKED = Rule(
    "THM017",
    Severity.WARNING,
    "the contrast of '{colour}' is not checked",
    "write var(--...) with one of the theme's colours",
    "The theme's colours have been checked against each other, in light and in dark; others may be hard to read.",
    "WCAG 2.2, 1.4.3 Contrast (Minimum)",
)
NO_FOCUS = Rule(
    "THM018",
    Severity.ERROR,
    "'outline: {value}' takes away the ring around what the keyboard is on",
    "remove it; the colours 'focus' and 'focus-ink' in theme.yaml say how the ring looks",
    "Who works by keyboard would not see where they are.",
    "WCAG 2.2, 2.4.7 Focus Visible",
)

FOLDER = "theme"
"""Where a theme's files stand in the package."""

ALLOWED = ("media", "supports", "container", "keyframes", "layer", "page", "property")
_REMEDIES = {
    "import": "copy what is needed into this file",
    "font-face": "write the font under 'fonts:' in theme.yaml",
    "charset": "remove it: the file is UTF-8",
}
OTHER_PROPERTIES = ("text", "code", "measure", "side", "corner", "gap")
"""Custom properties of the default theme that are no colours."""

_TOKEN = re.compile(
    r"(?P<comment>/\*(?:[^*]|\*(?!/))*(?P<ended>\*/)?)"
    r"|(?P<url>\burl\(\s*(?P<quote>[\"']?)(?P<address>[^\"')\n]*)(?P=quote)\s*\))"
    r"|(?P<string>\"[^\"\n]*\"?|'[^'\n]*'?)"
    r"|(?P<open>\{)|(?P<close>\})"
    r"|@(?P<at>[a-zA-Z-]+)"
    r"|(?P<odd>\\.?|</|<!|expression\s*\(|behavior\s*:|-moz-binding)",
    re.IGNORECASE | re.DOTALL,
)
_DECLARATION = re.compile(r"(?<![\w-])(--[\w-]+|[a-zA-Z-]+)\s*:([^;{}]*)(\{?)")  # before a brace it is a selector
_USED = re.compile(r"var\(\s*--([\w-]+)")
_COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b|\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch|color)\([^)]*\)")
_NAMES = """
aliceblue antiquewhite aqua aquamarine azure beige bisque black blanchedalmond blue blueviolet brown burlywood cadetblue
chartreuse chocolate coral cornflowerblue cornsilk crimson cyan darkblue darkcyan darkgoldenrod darkgray darkgreen darkgrey
darkkhaki darkmagenta darkolivegreen darkorange darkorchid darkred darksalmon darkseagreen darkslateblue darkslategray
darkslategrey darkturquoise darkviolet deeppink deepskyblue dimgray dimgrey dodgerblue firebrick floralwhite forestgreen
fuchsia gainsboro ghostwhite gold goldenrod gray green greenyellow grey honeydew hotpink indianred indigo ivory khaki lavender
lavenderblush lawngreen lemonchiffon lightblue lightcoral lightcyan lightgoldenrodyellow lightgray lightgreen lightgrey
lightpink lightsalmon lightseagreen lightskyblue lightslategray lightslategrey lightsteelblue lightyellow lime limegreen linen
magenta maroon mediumaquamarine mediumblue mediumorchid mediumpurple mediumseagreen mediumslateblue mediumspringgreen
mediumturquoise mediumvioletred midnightblue mintcream mistyrose moccasin navajowhite navy oldlace olive olivedrab orange
orangered orchid palegoldenrod palegreen paleturquoise palevioletred papayawhip peachpuff peru pink plum powderblue purple
rebeccapurple red rosybrown royalblue saddlebrown salmon sandybrown seagreen seashell sienna silver skyblue slateblue slategray
slategrey snow springgreen steelblue tan teal thistle tomato turquoise violet wheat white whitesmoke yellow yellowgreen
"""
"""The colours that CSS has names for (CSS Color Module Level 4, 6.1)."""

_NAMED = re.compile(
    rf"(?<![\w-])(?:{'|'.join(sorted(_NAMES.split(), key=len, reverse=True))})(?![\w(-])", re.IGNORECASE
)
_PAINTS = re.compile(r"color|background|border|outline|fill|stroke|shadow|decoration|rule|emphasis|^--")
_ELSEWHERE = re.compile(r"\s*(?:[a-z][a-z0-9+.-]+:|//)", re.IGNORECASE)


class StyleReader:
    """Reads one theme.css; `files` are those of the theme's folder, `used` grows by those that it names."""

    def __init__(self, text: str, span: Span, files: Collection[str]) -> None:
        self.text, self.span, self.files = text, span, files
        self.problems: list[Problem] = []
        self.used: set[str] = set()

    def read(self) -> str:
        """The text as it goes into the package, without its comments."""
        made: list[str] = []  # for the package
        bare: list[str] = []  # the same length as the text: comments, strings and addresses blanked
        at = depth = 0
        for token in _TOKEN.finditer(self.text):
            between = self.text[at : token.start()]
            depth += bool(token["open"]) - bool(token["close"])
            if depth < 0:
                self.report(token.start(), NOT_CLOSED, what="this } closes nothing", remedy="remove it")
                depth = 0
            made += [between, self.written(token)]
            kept = token["open"] or token["close"] or token["at"]
            bare += [between, token[0] if kept else _blank(token[0])]
            at = token.end()
        made.append(self.text[at:])
        bare.append(self.text[at:])
        if depth:
            self.report(len(self.text.rstrip()), NOT_CLOSED, what="a { is never closed", remedy="add the missing }")
        self.declarations("".join(bare))
        return "\n".join(line.rstrip() for line in "".join(made).splitlines() if line.strip()) + "\n"

    def written(self, token: re.Match[str]) -> str:
        """A token as it goes into the package."""
        if token["comment"]:
            if not token["ended"]:
                self.report(token.start(), NOT_CLOSED, what="a comment is never closed", remedy="close it with */")
            return " "
        if token["url"]:
            return self.address(token["address"].strip(), token.start())
        if token["string"]:
            self.string(token)
        elif token["at"] and token["at"].lower() not in ALLOWED:
            name = token["at"].lower()
            self.report(token.start(), AT_RULE, name=name, remedy=_REMEDIES.get(name, "remove it"))
        elif token["odd"]:
            self.report(token.start(), NOT_STYLE, what=token[0])
        return token[0]

    def string(self, token: re.Match[str]) -> None:
        words = token["string"]
        if len(words) < 2 or words[-1] != words[0]:
            self.report(token.start(), NOT_CLOSED, what="a quote is never closed", remedy=f"close it with {words[0]}")
        elif _ELSEWHERE.match(words[1:]) and ("//" in words or "data:" in words.lower()):
            self.report(token.start(), REMOTE, address=words[1:-1][:60])
        elif "\\" in words or "</" in words:
            self.report(token.start(), NOT_STYLE, what="\\" if "\\" in words else "</")

    def address(self, written: str, at: int) -> str:
        """An address as the package has it."""
        if _ELSEWHERE.match(written):
            self.report(at, REMOTE, address=written[:60])
            return "none"
        path = posixpath.normpath(written)
        if path not in self.files or "\\" in written:
            self.report(at, NO_FILE, written=written[:60], hint=meant(path, self.files))
            return "none"
        self.used.add(path)
        return f'url("{FOLDER}/{path}")'

    def declarations(self, text: str) -> None:
        """What is said of properties; `text` is the sheet without its strings."""
        declared = [found for found in _DECLARATION.finditer(text) if not found[3]]
        own = {found[1][2:] for found in declared if found[1].startswith("--")}
        known = {*LIGHT, *OTHER_PROPERTIES, *own}
        for found in declared:
            name, value = found[1].lower(), found[2]
            if name[2:] in LIGHT and name.startswith("--"):
                self.report(found.start(), OWN_COLOUR, name=name[2:])
            elif name in ("outline", "outline-style", "outline-width") and re.match(r"\s*(none|0)\b", value):
                self.report(found.start(), NO_FOCUS, value=value.strip())
            for colour in (*_COLOUR.finditer(value), *(_NAMED.finditer(value) if _PAINTS.search(name) else ())):
                self.report(found.start(2) + colour.start(), UNCHECKED, colour=colour[0])
        for used in _USED.finditer(text):
            if used[1] not in known:
                self.report(used.start(), UNKNOWN_PROPERTY, name=used[1], hint=meant(used[1], known, "'--{}'"))

    def report(self, at: int, rule: Rule, **values: str) -> None:
        begin = self.text.rfind("\n", 0, at) + 1
        self.problems.append(rule.at(Span(self.span.path, self.text.count("\n", 0, at) + 1, at - begin + 1), **values))


def font_faces(fonts: Mapping[str, tuple[str, str, str]]) -> Iterator[str]:
    """The rules for fonts: by the file's path in the package, their family, weight and style."""
    for path, (family, weight, style) in fonts.items():
        yield (
            f'@font-face {{\n  font-family: "{family}";\n  font-style: {style};\n  font-weight: {weight};\n'
            f'  font-display: swap;\n  src: url("{path}") format("woff2");\n}}\n'
        )


def _blank(text: str) -> str:
    return re.sub(r"[^\n]", " ", text)
