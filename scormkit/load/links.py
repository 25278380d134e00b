"""What an address in a course's text leads to: a page, a media file, a remote place, or nothing.

In: an address as written, and the file that it stands in. Out: `Target`. Addresses inside the course are relative to the
file that they stand in, as in any Markdown editor; nothing outside the course folder can be reached, except the `media/`
folder that the courses of a programme share, whose files go into the package as `shared/...`.
"""

from __future__ import annotations

import posixpath
import re
import unicodedata
from dataclasses import dataclass, field
from urllib.parse import quote, unquote

from scormkit.load.files import Found
from scormkit.model.problem import Rule, Severity, short

FORBIDDEN_SCHEME = Rule(
    "LNK001",
    Severity.ERROR,
    "the address '{written}' begins with '{scheme}:', which courses may not use",
    "link to a page or a file of the course, or to an address that begins with https:, http:, mailto: or tel:",
    "Such addresses can run scripts or reach into the learner's computer; hosts and browsers block them.",
)
LEAVES_COURSE = Rule(
    "LNK002",
    Severity.ERROR,
    "the address '{written}' leads out of the course folder",
    "put the file into the course's media/ folder, or into the media/ folder beside programme.yaml",
    "Only what stands in the course gets into its package.",
)
NOT_RELATIVE = Rule(
    "LNK003",
    Severity.ERROR,
    "the address '{written}' begins with a slash",
    "write it as seen from this file, such as ../media/picture.svg or 02-next.md",
    "A package can stand anywhere on a host, so its addresses have to be relative.",
)
BACKSLASH = Rule(
    "LNK004",
    Severity.ERROR,
    "the address '{written}' has backslashes",
    "write forward slashes: '{better}'",
    "Addresses on the web have forward slashes; with backslashes they work on Windows at most.",
)

_SLUG = re.compile(r"[^\w]+")
REMOTE = ("http", "https")
_ALLOWED = (*REMOTE, "mailto", "tel")
_SCHEME = re.compile(r"\s*([a-zA-Z][a-zA-Z0-9+.-]*):")


@dataclass(frozen=True)
class Target:
    """`name` is a Link's target, `href` what the document says, `wrong` a rule that the address breaks."""

    name: str | None
    href: str = ""
    outside: bool = False  # better opened in a window of its own: it would take the place of the course
    wrong: Rule | None = None
    values: dict[str, str] = field(default_factory=dict)


@dataclass
class Links:
    """The pages (file -> id) and media (path in the course -> path in the package) of one course, and what is used."""

    pages: dict[str, str]
    media: dict[str, str]
    files: dict[str, Found] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    terms: dict[str, str] = field(default_factory=dict)  # words of the glossary, folded -> their term's anchor
    used_terms: set[str] = field(default_factory=set)
    sources: set[str] = field(default_factory=set)  # keys of references.yaml
    citations: dict[str, list[tuple[str, str]]] = field(default_factory=dict)  # key -> where: page, anchor

    def cite(self, key: str, page: str) -> tuple[int, str] | None:
        """The number of the source that `key` names, and the anchor of this place on `page`, which is noted."""
        if key not in self.sources:
            return None
        places = self.citations.setdefault(key, [])
        anchor = f"cite-{key}" + (f"-{len(places) + 1}" if places else "")
        home, _, bank = page.partition("/")  # questions of a bank stand on pages that draw them
        places.append((home, f"{bank}/{anchor}" if bank else anchor))
        return list(self.citations).index(key) + 1, anchor

    def term(self, written: str) -> str | None:
        """The anchor in the glossary of the term that `written` names."""
        anchor = self.terms.get(folded(written))
        if anchor:
            self.used_terms.add(anchor)
        return anchor

    def find(self, written: str, page: str) -> Target:
        """What `written`, in the file `page` of the course, leads to."""
        shown = unicodedata.normalize("NFC", unquote(written).strip())
        scheme = _SCHEME.match(shown)
        if scheme:
            name = scheme[1].lower()
            if len(name) == 1:  # C:\...
                return Target(None, wrong=LEAVES_COURSE, values={"written": short(shown)})
            if name not in _ALLOWED:
                return Target(None, wrong=FORBIDDEN_SCHEME, values={"written": short(shown), "scheme": name})
            return Target(written, written, outside=name in REMOTE)
        if shown.startswith("//"):
            return Target(f"https:{written}", f"https:{written}", outside=True)
        path, _, anchor = shown.partition("#")
        path = path.partition("?")[0]
        if not path:
            return self._page(self.pages.get(page, ""), anchor) if anchor else Target(None)
        if "\\" in path:
            return Target(None, wrong=BACKSLASH, values={"written": shown, "better": shown.replace("\\", "/")})
        if path.startswith("/"):
            return Target(None, wrong=NOT_RELATIVE, values={"written": shown})
        return self._inside(posixpath.normpath(posixpath.join(posixpath.dirname(page), path)), shown, anchor)

    def _inside(self, path: str, shown: str, anchor: str) -> Target:
        if path in self.pages:
            return self._page(self.pages[path], anchor)
        packaged = self.media.get(path)
        if packaged:
            self.used.add(packaged)
            return Target(packaged, quote(packaged), outside=True)
        if path.startswith("..") and not path.startswith("../media/"):
            return Target(None, wrong=LEAVES_COURSE, values={"written": shown})
        return Target(None)

    def _page(self, page: str, anchor: str) -> Target:
        if not anchor:
            return Target(f"page:{page}", f"#/{page}")
        slug = slugify(anchor) or anchor
        return Target(f"page:{page}#{slug}", f"#/{page}/{quote(slug)}")


class WrittenLinks(Links):
    """For prose made in code, around which there is no folder: addresses are those of the document already."""

    def __init__(self) -> None:
        super().__init__({}, {})

    def find(self, written: str, page: str) -> Target:
        if written.startswith("#/"):
            name, _, anchor = unquote(written[2:]).partition("/")
            return self._page(name, anchor)
        return super().find(written, page)

    def _inside(self, path: str, shown: str, anchor: str) -> Target:
        if path.startswith(".."):
            return super()._inside(path, shown, anchor)
        return Target(path, quote(path), outside=True)


def folded(text: str) -> str:
    """A word of the glossary as it is looked up: whatever the case of its letters."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def slugify(text: str) -> str:
    """Small letters, digits and hyphens; accents are dropped, letters of other scripts stay."""
    plain = unicodedata.normalize("NFKD", text.lower())
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return _SLUG.sub("-", plain.replace("'", "").replace("’", "")).strip("-_")
