"""CON rules: what pages, style sheets and scripts refer to and contain."""

from __future__ import annotations

import posixpath
import re
from base64 import b64decode
from binascii import Error as NotBase64
from functools import lru_cache
from typing import TYPE_CHECKING

from scormkit.check.package import htmltree, references
from scormkit.check.package.package import Kind, suffix
from scormkit.check.package.read import is_junk
from scormkit.check.package.references import Reference, Target
from scormkit.model.problem import Rule, Severity
from scormkit.standards import limits

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scormkit.check.package.package import Package
    from scormkit.model.problem import Problem
    from scormkit.model.source import Span

ERROR, WARNING, INFO, ADVICE = Severity.ERROR, Severity.WARNING, Severity.INFO, Severity.ADVICE

MISSING = Rule(
    "CON001", ERROR,
    "{reference!r} is not in the package",
    "add the file, or correct the reference",
    "The learner sees a gap or an error page.",
    "HTML Living Standard, URLs in attributes",
)  # fmt: skip
OTHER_CASE = Rule(
    "CON002", WARNING,
    "{reference!r} is called {actual!r} in the package",
    "write upper and lower case in the same way",
    "It works on your computer; most servers do not find the file.",
)  # fmt: skip
MIXED = Rule(
    "CON003", ERROR,
    "{reference!r} is loaded without encryption (http:)",
    "put the file into the package, or use https:",
    "LMSs are on https; browsers do not load scripts, frames and styles from http there.",
    "W3C Mixed Content",
)  # fmt: skip
EXTERNAL = Rule(
    "CON004", WARNING,
    "something is loaded from another server: {reference!r}",
    "put the file into the package",
    "Without the internet, or behind a hospital's or school's filter, it is missing; and its owner learns who learns.",
    "ESR Hub: trusts allow content by domain",
)  # fmt: skip
TRACKER = Rule(
    "CON005", WARNING,
    "the page calls a service that follows visitors: {host}",
    "remove it",
    "Learners did not agree to it; in the UK and EU they would have to.",
    "UK GDPR; Privacy and Electronic Communications Regulations",
)  # fmt: skip
ROOTED = Rule(
    "CON006", ERROR,
    "{reference!r} begins at the top of a server or drive",
    "write a path that begins at this file's own folder",
    "In an LMS the package is deep inside other folders, so the file is not found.",
    "RFC 3986 (reference resolution)",
)  # fmt: skip
PRIVATE = Rule(
    "CON007", WARNING,
    "{reference!r} leads to a computer of the author",
    "remove it, or put in the public address",
    "Nobody else can open it.",
)  # fmt: skip
STYLE_MISSING = Rule(
    "CON008", WARNING,
    "{reference!r}, which a style sheet uses, is not in the package",
    "add the file, or take it out of the style sheet",
    "A picture or font is missing.",
    "CSS Values and Units 4, url()",
)  # fmt: skip
FONT = Rule(
    "CON009", WARNING,
    "{count} font file(s) are in an old format, such as {name!r}",
    "convert them to .woff2 if their licence allows it",
    "They are two or three times as large; and the licence of desktop fonts often forbids this use.",
    "CSS Fonts 4",
)  # fmt: skip
UNSAFE = Rule(
    "CON010", ADVICE,
    "{count} file(s) use eval, document.write or inline event handlers; this is the first",
    "use addEventListener and the DOM instead",
    "LMSs with a strict content security policy block them.",
    "Content Security Policy 3",
)  # fmt: skip
NO_API = Rule(
    "CON011", ERROR,
    "the resource is a SCO, but nothing in the package calls {function}",
    "export the package for SCORM again, or make the resource an asset",
    "A SCO has to tell the LMS that it has begun; nothing will be recorded.",
    "SCORM 1.2 Run-Time Environment, 3.3; SCORM 2004 Run-Time Environment (API)",
)  # fmt: skip
SEARCH = Rule(
    "CON012", WARNING,
    "the search for the LMS {what}",
    "search the parents of the window, then its opener and the opener's parents",
    "Where the course opens in a window of its own, it does not find the LMS, and nothing is recorded.",
    "SCORM 1.2 Run-Time Environment, 3.3 (API adapter)",
)  # fmt: skip
HEAVY = Rule(
    "CON013", WARNING,
    "{name!r} is {size} large",
    "compress it: at most 2 MB for an image, 50 MB for anything",
    "Learners on phones and wards wait, or give up.",
)  # fmt: skip
OLD_MEDIA = Rule(
    "CON014", WARNING,
    "the only source of this {tag} is {reference!r}",
    "convert it to .mp4 (H.264), or .mp3 for sound",
    "Most browsers do not play it.",
    "HTML Living Standard, media elements",
)  # fmt: skip
SECRET = Rule(
    "CON015", ERROR,
    "there is {what} in the file",
    "remove it, and change it at once: whoever has the package can use it",
    "Everybody who can open the course can read it.",
)  # fmt: skip
WIDE = Rule(
    "CON016", WARNING,
    "the page wants to be {width} pixels wide",
    "let it fit any width",
    "The Learning Hub opens a window of 1024x768; phones have 320 to 430.",
    "Learning Hub ContentScorm.vue; WCAG 2.2, 1.4.10",
)  # fmt: skip
IMAGE_MIXED = Rule(
    "CON017", WARNING,
    "the picture, sound or video {reference!r} is loaded without encryption (http:)",
    "put the file into the package, or use https:",
    "Browsers try https instead, and leave it out where that fails.",
    "W3C Mixed Content (upgradeable content)",
)  # fmt: skip
SCRIPT_MISSING = Rule(
    "CON018", INFO,
    "the script names {reference!r}, which is not in the package",
    "add the file if the script really loads it",
    "Something may be missing when that part of the script runs.",
)  # fmt: skip
CREDENTIALS = Rule(
    "CON019", WARNING,
    "something that looks like a user name with a password (Basic) is in the file",
    "remove it if it is real, and change the password at once",
    "Everybody who can open the course can read it.",
    "RFC 7617",
)  # fmt: skip

TRACKERS = (
    "google-analytics.com",
    "googletagmanager.com",
    "doubleclick.net",
    "facebook.net",
    "hotjar.com",
    "clarity.ms",
    "segment.com",
    "segment.io",
    "mixpanel.com",
    "fullstory.com",
    "amplitude.com",
    "matomo.cloud",
    "statcounter.com",
    "quantserve.com",
)
UPGRADED = ("img", "audio", "video", "source", "track", "image", "input")
OLD_FONTS = (".ttf", ".otf", ".eot")
OLD_VIDEO = (".mov", ".wmv", ".avi", ".wma", ".mpg", ".mpeg")
TEMPLATE = re.compile(r"\{\{|\$\{|<%|\{%|%%|\[\[|#\{")
EVAL = re.compile(r"\beval\s*\(|\bdocument\.write(?:ln)?\s*\(|\bnew\s+Function\s*\(")
TRIES = re.compile(r"[Tt]ries\s*(>=?)\s*([0-9]{1,3})")
BASIC = re.compile(r"""["'`]\s*Basic\s+([A-Za-z0-9+/]{12,}={0,2})\s*["'`]""")
SECRETS = (
    (re.compile(r"-----BEGIN (?:RSA |EC |OPENSSH |)PRIVATE KEY-----"), "a private key"),
    (re.compile(r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b"), "an access key of Amazon's"),
    (re.compile(r"\bghp_[A-Za-z0-9]{36}\b|\bgithub_pat_[A-Za-z0-9_]{40,}"), "an access token of GitHub's"),
    (re.compile(r"""["'`]\s*Bearer\s+[A-Za-z0-9._~+/-]{20,}=*\s*["'`]"""), "an access token"),
)
IMAGE_BYTES, FILE_BYTES = 2 * 10**6, 50 * 10**6
WIDTH = 1024
API = {
    Kind.SCORM12: (re.compile(r"LMSInitialize"), "LMSInitialize"),
    Kind.SCORM2004: (re.compile(r"API_1484_11|\bInitialize\b"), "Initialize of API_1484_11"),
}
_LOOKS_UP = re.compile(r"API_1484_11|\.API\b|\[['\"]API['\"]\]")


def check(package: Package) -> Iterator[Problem]:
    """The content files of a package of any kind."""
    for name, page in package.pages.items():
        yield from _references(package, name, page)
        yield from _media(package, name, page)
    for name, text in package.texts.items():
        if suffix(name) == ".css":
            yield from _each(package, name, references.of_style_sheet(text), posixpath.dirname(name))
        yield from _secrets(package, name, text)
    yield from _scripts(package)
    yield from _unsafe(package)
    yield from _api(package)
    yield from _files(package)
    yield from _width(package)


def _references(package: Package, name: str, page: htmltree.Page) -> Iterator[Problem]:
    folder = posixpath.dirname(name)
    for base in page.all("base"):
        href = base.get("href")
        if references.is_remote(href) or href.startswith("/"):
            return  # every reference of this page leads elsewhere
        folder = posixpath.normpath(posixpath.join(folder, posixpath.dirname(href)))
    yield from _each(package, name, references.of_page(page), "" if folder == "." else folder)


def _each(package: Package, name: str, found: Iterable[Reference], folder: str) -> Iterator[Problem]:
    """What is wrong with the references of one file; what is written several times is told once."""
    seen: set[tuple[str, bool]] = set()
    for reference in found:
        key = reference.written, reference.loads
        if key not in seen:
            seen.add(key)
            yield from _reference(package, name, reference, folder)


def _reference(package: Package, name: str, reference: Reference, folder: str) -> Iterator[Problem]:
    written = reference.written.strip()
    if TEMPLATE.search(written):
        return
    span = package.at(name, reference.line, reference.column)
    found = references.resolve(package, written, folder)
    shown = written[:120]
    if found.target is Target.REMOTE:
        yield from _remote(reference, written, shown, span)
    elif found.target is Target.OTHER_CASE:
        yield OTHER_CASE.at(span, reference=shown, actual=found.actual)
    elif found.target is Target.ROOTED:
        yield ROOTED.at(span, reference=shown)
    elif found.target in (Target.MISSING, Target.OUTSIDE, Target.BACKSLASH):
        rule = STYLE_MISSING if reference.by == "style" else MISSING
        yield rule.at(span, reference=shown)


def _remote(reference: Reference, written: str, shown: str, span: Span) -> Iterator[Problem]:
    host = references.host(written)
    if references.is_private(written):
        yield PRIVATE.at(span, reference=shown)
    elif not reference.loads:
        return
    elif any(host == tracker or host.endswith("." + tracker) for tracker in TRACKERS):
        yield TRACKER.at(span, host=host)
    elif written.lower().startswith("http:"):
        yield (IMAGE_MIXED if reference.by in UPGRADED else MIXED).at(span, reference=shown)
    else:
        yield EXTERNAL.at(span, reference=shown)


def _scripts(package: Package) -> Iterator[Problem]:
    """Scripts name files by their own folder (imports) or by the page's, so a file found at either is found."""
    for name, text in package.texts.items():
        if suffix(name) not in (".js", ".mjs"):
            continue
        folders = {posixpath.dirname(name), "", *(posixpath.dirname(page) for page in package.launched_files)}
        lines = None
        for written, offset in references.of_script(text):
            if not re.fullmatch(r"[\w./-]+\.\w{2,5}", written):
                continue
            found = {references.resolve(package, written, folder).target for folder in folders}
            if found == {Target.MISSING}:
                lines = lines or htmltree.line_starts(text)
                yield SCRIPT_MISSING.at(package.at(name, *htmltree.place(lines, offset)), reference=written)


def _media(package: Package, name: str, page: htmltree.Page) -> Iterator[Problem]:
    for element in page.all("video", "audio"):
        sources = [element.get("src"), *(e.get("src") for e in element.walk if e.tag == "source")]
        named = [source for source in sources if source]
        if named and all(suffix(source.split("?")[0]) in OLD_VIDEO for source in named):
            line, column = page.place(element.offset)
            yield OLD_MEDIA.at(package.at(name, line, column), tag=element.tag, reference=named[0][:120])


def _secrets(package: Package, name: str, text: str) -> Iterator[Problem]:
    for rule, offset, values in _found_secrets(text):
        yield rule.at(_place(package, name, text, offset), **values)


@lru_cache(maxsize=8)  # all packages of a build have the same script
def _found_secrets(text: str) -> tuple[tuple[Rule, int, dict[str, str]], ...]:
    found = ((pattern.search(text), what) for pattern, what in SECRETS)
    secrets = [(SECRET, match.start(), {"what": what}) for match, what in found if match]
    basic = next((match for match in BASIC.finditer(text) if _is_credentials(match.group(1))), None)
    return (*secrets, *([(CREDENTIALS, basic.start(), {})] if basic else []))


def _is_credentials(encoded: str) -> bool:
    """Whether a text is `user:password` in base 64, as HTTP Basic wants it (RFC 7617)."""
    try:
        decoded = b64decode(encoded, validate=True)
    except NotBase64:
        return False
    return decoded.isascii() and decoded.decode("ascii").isprintable() and b":" in decoded[1:-1]


def _place(package: Package, name: str, text: str, offset: int) -> Span:
    return package.at(name, *htmltree.place(htmltree.line_starts(text), offset))


def _unsafe(package: Package) -> Iterator[Problem]:
    found: list[Span] = []
    for name, text in package.texts.items():
        if suffix(name) == ".css":
            continue
        match = EVAL.search(text)
        if match:
            found.append(_place(package, name, text, match.start()))
            continue
        page = package.pages.get(name)
        inline = (
            next((e for e in page.elements if any(a.startswith("on") for a in e.attributes)), None) if page else None
        )
        if page is not None and inline is not None:
            found.append(package.at(name, *page.place(inline.offset)))
    if found:
        yield UNSAFE.at(found[0], count=len(found))


def _api(package: Package) -> Iterator[Problem]:
    """CON011 and CON012, where every text could be read."""
    if package.kind not in API or package.unread or package.damaged or not package.texts:
        return
    pattern, function = API[package.kind]
    if not any(pattern.search(text) for text in package.texts.values()):
        for resource in package.resources:
            if resource.scorm_type == "sco" and references.resolve(package, resource.href or "").target is Target.FILE:
                yield NO_API.at(package.node(resource.node), function=function)
        return
    searching = {n: t for n, t in package.texts.items() if _LOOKS_UP.search(t) and ".parent" in t}
    if searching and not any("opener" in text for text in searching.values()):
        yield SEARCH.at(package.at(next(iter(searching))), what="does not look at the window that opened it")
    for name, text in searching.items():
        for match in TRIES.finditer(text):
            if int(match.group(2)) + (match.group(1) == ">") < 7:
                yield SEARCH.at(
                    _place(package, name, text, match.start()), what=f"gives up after {match.group(2)} windows"
                )


def _files(package: Package) -> Iterator[Problem]:
    fonts = [name for name in package.names if suffix(name) in OLD_FONTS and not is_junk(name)]
    if fonts:
        yield FONT.at(package.at(fonts[0]), count=len(fonts), name=fonts[0])
    for name, entry in package.names.items():
        limit = IMAGE_BYTES if suffix(name) in limits.IMAGES else FILE_BYTES
        if entry.size > limit:
            yield HEAVY.at(package.at(name), name=name, size=f"{entry.size / 10**6:.1f} MB")


_BODY_RULE = re.compile(r"(?:^|[},\s])(?:html|body)\s*(?:,[^{}]{0,60})?\{([^{}]{0,4000})\}")
_FIXED = re.compile(r"(?:^|[;\s])(?:min-)?width\s*:\s*(\d{3,5})px")


def _width(package: Package) -> Iterator[Problem]:
    """CON016: what the launch page itself says, in its viewport and in its styles for html and body."""
    for name in package.launched_files:
        page = package.pages.get(name)
        if page is None:
            continue
        for meta in page.all("meta"):
            match = re.search(r"\bwidth\s*=\s*(\d{3,5})", meta.get("content"))
            if meta.get("name").lower() == "viewport" and match and int(match.group(1)) > WIDTH:
                yield WIDE.at(package.at(name, *page.place(meta.offset)), width=match.group(1))
        for style in page.all("style"):
            for rule in _BODY_RULE.finditer(style.text):
                match = _FIXED.search(rule.group(1))
                if match and int(match.group(1)) > WIDTH:
                    yield WIDE.at(package.at(name, *page.place(style.raw_at + rule.start(1))), width=match.group(1))
