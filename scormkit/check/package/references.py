"""A reference as written in a manifest, page, style sheet or script in, what it is and what it names out.

Written from RFC 3986 and the HTML Living Standard; nothing is fetched.
"""

from __future__ import annotations

import ipaddress
import posixpath
import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from scormkit.check.package.htmltree import line_starts, place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scormkit.check.package.htmltree import Element, Page
    from scormkit.check.package.package import Package


class Target(StrEnum):
    """What a reference leads to."""

    FILE = "file"
    OTHER_CASE = "other case"  # there is such a file but for upper and lower case
    FOLDER = "folder"
    MISSING = "missing"
    REMOTE = "remote"
    ROOTED = "rooted"  # begins with / or a drive, or is a file: address
    OUTSIDE = "outside"  # climbs out of the package
    BACKSLASH = "backslash"
    NOWHERE = "nowhere"  # a fragment, data:, javascript:, mailto: and the like: nothing to look for


@dataclass(frozen=True)
class Found:
    """Where a reference leads: `path` is the path in the package that it names, without query and fragment."""

    target: Target
    path: str = ""
    actual: str = ""  # the file's real name where only the case differs


_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_DRIVE = re.compile(r"[A-Za-z]:[\\/]")


def resolve(package: Package, reference: str, base: str = "") -> Found:
    """What `reference`, written in a file of the folder `base`, names in the package."""
    reference = reference.strip()
    if _DRIVE.match(reference) or reference.lower().startswith("file:"):
        return Found(Target.ROOTED, reference)
    if reference.startswith("//") or reference.lower().startswith(("http:", "https:", "ftp:", "ws:", "wss:")):
        return Found(Target.REMOTE, reference)
    bare = reference.split("#", 1)[0].split("?", 1)[0]
    if not bare or _SCHEME.match(reference):
        return Found(Target.NOWHERE)
    if bare.startswith("/"):
        return Found(Target.ROOTED, reference)
    if "\\" in bare:
        return Found(Target.BACKSLASH, bare)
    path = posixpath.normpath(posixpath.join(base, unquote(bare)))
    if path == ".." or path.startswith("../"):
        return Found(Target.OUTSIDE, path)
    found = look_up(package, path)
    if found.target is Target.MISSING and "%" in bare:  # a name that itself is written with %
        literal = look_up(package, posixpath.normpath(posixpath.join(base, bare)))
        return literal if literal.target is Target.FILE else found
    return found


def look_up(package: Package, path: str) -> Found:
    """What stands at a path in the package."""
    if path in package.names:
        return Found(Target.FILE, path)
    actual = package.folded.get(path.lower())
    if actual:
        return Found(Target.OTHER_CASE, path, actual)
    if path == "." or path.rstrip("/") in package.folders:
        return Found(Target.FOLDER, path)
    return Found(Target.MISSING, path)


def is_remote(url: str) -> bool:
    return url.strip().lower().startswith(("http:", "https:", "//"))


def host(url: str) -> str:
    """The host of an address, in lower case; empty where it has none."""
    try:
        return (urlsplit(url if "://" in url else "https:" + url).hostname or "").lower()
    except ValueError:
        return ""


def is_private(url: str) -> bool:
    """Whether an address is one that only its author's machine or network knows."""
    name = host(url)
    if name == "localhost" or name.endswith((".localhost", ".local", ".internal", ".test")):
        return True
    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        return False
    return address.is_private or address.is_loopback


@dataclass(frozen=True)
class Reference:
    """A reference in a content file. `loads` says that the browser fetches it by itself (and does not only link to it)."""

    written: str
    line: int
    column: int
    loads: bool
    by: str  # the tag, `style` or `script`


_LOADING = {
    "img": ("src", "srcset"),
    "script": ("src",),
    "iframe": ("src",),
    "frame": ("src",),
    "embed": ("src",),
    "object": ("data",),
    "audio": ("src",),
    "video": ("src", "poster"),
    "source": ("src", "srcset"),
    "track": ("src",),
    "input": ("src",),
    "body": ("background",),
    "image": ("href", "xlink:href"),
    "use": ("href", "xlink:href"),
}
_LOADING_LINKS = {"stylesheet", "icon", "preload", "modulepreload", "manifest", "apple-touch-icon"}
_URL = re.compile(r"""url\(\s*(?:"([^"\n]{0,4000})"|'([^'\n]{0,4000})'|([^\s"'()]{1,4000}+))\s*\)""")
_IMPORT = re.compile(r"""@import\s+(?:"([^"\n]{1,4000})"|'([^'\n]{1,4000})')""")


def of_page(page: Page) -> Iterator[Reference]:
    """Every reference of an HTML page: attributes, style elements and style attributes."""
    for element in page.elements:
        line, column = page.place(element.offset)
        for written, loads in _of_element(element):
            yield Reference(written, line, column, loads, element.tag)
        style = element.get("style")
        if "url(" in style:
            for written, _ in of_css(style):
                yield Reference(written, line, column, True, "style")
        if element.tag == "style":
            for written, offset in of_css(element.text):
                yield Reference(written, *page.place(element.raw_at + offset), True, "style")


def _of_element(element: Element) -> Iterator[tuple[str, bool]]:
    if element.tag in ("a", "area") and "href" in element.attributes:
        yield element.get("href"), False
    if element.tag == "form" and element.get("action"):
        yield element.get("action"), False
    if element.tag == "link" and element.get("href"):
        rel = set(element.get("rel").lower().split())
        yield element.get("href"), bool(rel & _LOADING_LINKS)
    for attribute in _LOADING.get(element.tag, ()):
        value = element.get(attribute)
        if value and attribute == "srcset":
            yield from ((piece.split()[0], True) for piece in re.split(r",\s+", value) if piece.split())
        elif value:
            yield value, True


def of_css(text: str) -> Iterator[tuple[str, int]]:
    """Every `url()` and `@import` of a style sheet, with its offset; those in comments are left out."""
    bare = blank_comments(text)
    for pattern in (_URL, _IMPORT):
        for match in pattern.finditer(bare):
            written = next((group for group in match.groups() if group), "")
            if written:
                yield written, match.start()


def blank_comments(text: str) -> str:
    """The text with its `/* */` comments turned into blanks, so that offsets stay."""
    pieces, at = [], 0
    while (begin := text.find("/*", at)) >= 0:
        end = text.find("*/", begin + 2)
        end = len(text) if end < 0 else end + 2
        pieces += [text[at:begin], re.sub(r"[^\n]", " ", text[begin:end])]
        at = end
    return "".join([*pieces, text[at:]])


def of_style_sheet(text: str) -> Iterator[Reference]:
    """Every reference of a CSS file."""
    lines = line_starts(text)
    for written, offset in of_css(text):
        yield Reference(written, *place(lines, offset), True, "style")


# The few forms of a script that name a file beyond doubt: imports, workers, and a src or href set to a whole text.
_SCRIPT = re.compile(
    r"""(?:\bimport\s*\(?\s*|\bfrom\s*|\bnew\s+(?:Shared)?Worker\(\s*|\bimportScripts\(\s*|\bfetch\(\s*"""
    r"""|\.(?:src|href)\s*=\s*)(?:"([^"\\\n]{1,300})"|'([^'\\\n]{1,300})')\s*(?=[;,)\n}])"""
)


@lru_cache(maxsize=8)  # all packages of a build have the same script
def of_script(text: str) -> tuple[tuple[str, int], ...]:
    """The references of a script that are written out whole, with their offsets."""
    return tuple((match.group(1) or match.group(2), match.start()) for match in _SCRIPT.finditer(text))
