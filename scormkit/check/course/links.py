"""Checks on links: whether something is there, where they lead out of the package, and what they say.

In: the Reading of a course. Out: problems. Addresses that no course may use are found while the pages are read (scormkit/load).
"""

from __future__ import annotations

import ipaddress
import posixpath
import re
from collections.abc import Iterator, Mapping
from urllib.parse import SplitResult, unquote

from scormkit.check.course.reading import Reading, address_parts, beside
from scormkit.model.problem import Problem, Rule, Severity, meant, nearest
from scormkit.model.prose import Link

REMOTE_CONTENT = Rule(
    "LNK101",
    Severity.ERROR,
    "the {what} '{address}' would be loaded from {host} while the learner reads",
    "download it into the course's media folder (if its licence allows) and name the file here",
    "Hospital networks block unknown hosts, and the other host learns who reads what. A package holds all it shows.",
    "design rule T61: nothing is loaded from outside the package",
)
NO_PAGE = Rule(
    "LNK113",
    Severity.ERROR,
    "there is no page '{written}'{hint}",
    "write the page's file as seen from this one, such as 02-next.md",
    "Learners who follow the link stay where they are.",
)
NO_HEADING = Rule(
    "LNK114",
    Severity.ERROR,
    "the page '{page}' has no heading '#{anchor}'{hint}",
    "write the words of the heading in small letters with hyphens between them",
    "The link opens the page, but not the place that is meant.",
)
NO_FILE = Rule(
    "LNK115",
    Severity.ERROR,
    "there is no file '{written}'{hint}",
    "put the file into media/, or correct its path as seen from this file, such as ../media/picture.svg",
    "Learners would see an empty frame, or get an error.",
)
OTHER_CASE = Rule(
    "LNK116",
    Severity.ERROR,
    "'{written}' differs from '{there}' in capital letters",
    "write it exactly like the file's name",
    "It works on Windows and on most Macs, and fails on most servers.",
)
LOCAL_LINK = Rule(
    "LNK103",
    Severity.ERROR,
    "the link leads to {host}, which only your own computer or network knows",
    "put the public address here",
    "It works while you write and fails for every learner.",
)
PLAIN_HTTP = Rule(
    "LNK104",
    Severity.ADVICE,
    "the link to {host} is not encrypted (http://)",
    "write https:// if the site has it",
    "Browsers warn before they open unencrypted pages, and some networks block them.",
)
VAGUE = Rule(
    "LNK105",
    Severity.WARNING,
    "the link text '{text}' does not say where the link leads",
    "use words that make sense on their own, such as the title of what is linked",
    "Screen reader users go from link to link and hear the words of the link only.",
    "WCAG 2.2, 2.4.4 Link Purpose (In Context), 2.4.9",
)
BARE_ADDRESS = Rule(
    "LNK106",
    Severity.WARNING,
    "the link text is an address",
    "write [the title of the page](its address)",
    "Screen readers spell an address out, sign by sign; nobody can tell from it what is there.",
    "WCAG 2.2, 2.4.4 Link Purpose (In Context)",
)
NO_TEXT = Rule(
    "LNK107",
    Severity.ERROR,
    "the link to '{address}' has no text",
    "write words between the square brackets",
    "A link without words cannot be seen, and a screen reader has nothing to say.",
    "WCAG 2.2, 2.4.4 Link Purpose (In Context), 4.1.2 Name, Role, Value",
)
SAME_WORDS = Rule(
    "LNK108",
    Severity.WARNING,
    "two links on this page say '{text}' but lead to different places",
    "make the words different",
    "In a list of links, as screen readers offer it, the two cannot be told apart.",
    "WCAG 2.2, 2.4.4 Link Purpose (In Context)",
)
SPACE_IN_ADDRESS = Rule(
    "LNK109",
    Severity.WARNING,
    "the address '{address}' is not complete",
    "copy it again from the browser's address bar",
    "It lacks the name of a host, so it leads nowhere.",
)
SECRET = Rule(
    "LNK110",
    Severity.ERROR,
    "the address holds a user name or password",
    "remove it, and change the password",
    "Whoever gets the package can read it.",
    "RFC 3986, 3.2.1 (user information)",
)
TRACKING = Rule(
    "LNK111",
    Severity.INFO,
    "the address carries the tracking parameter '{name}'",
    "remove it from the address",
    "It tells the other site where its readers come from, without any use to them.",
)
SESSION = Rule(
    "LNK112",
    Severity.WARNING,
    "the address holds '{name}', which belongs to your own visit",
    "open the page in a private window and copy its address there",
    "The link stops working when your visit ends, or lets learners into your account.",
)

VAGUE_WORDS = re.compile(
    r"(click |see |go )?here|click|this( link| page)?|link|(read |find out |learn )?more|more information|details|go|website"
    r"|page|download|hier|mehr|ici|cliquez ici|aquí|(cliciwch )?yma"
)
TRACKERS = re.compile(r"(?:^|&)(utm_\w+|fbclid|gclid|mc_eid|msclkid)=", re.IGNORECASE)
SESSIONS = re.compile(
    r"(?:^|[&;])(jsessionid|phpsessid|sessionid|session_id|sesskey|access_token|token|sid)=", re.IGNORECASE
)


def addresses(reading: Reading) -> Iterator[Problem]:
    """Addresses outside the package: remote content, schemes, hosts, what they carry."""
    for link, _ in reading.links:
        parts = address_parts(link.target or "")
        if parts is None or not parts.scheme or parts.scheme == "page":
            continue
        if link.kind != "link":
            yield REMOTE_CONTENT.at(
                link.span, what=link.kind, address=link.written, host=parts.hostname or parts.scheme
            )
        elif parts.scheme in ("http", "https"):
            yield from _web(link, parts)


FEW = 500
"""Files of a course up to which a similar name is looked for: the search takes a time that grows with their number."""


def inside(reading: Reading) -> Iterator[Problem]:
    """Links to pages, headings and files that are not there."""
    course = reading.course
    told = {problem.span for problem in course.problems}
    anchors = {page.id: {heading.anchor for heading in headings} for page, headings in reading.headings}
    files = [*(media.path for media in course.media), *course.unused]
    paths = sorted([*(page.span.path for page in course.pages), *(beside(course, file).path for file in files)])
    there = {path.casefold(): path for path in paths}
    for link, page in reading.links:
        if link.target is None and link.span not in told:
            yield _missing(link, page.span.path, there)
        elif link.target and link.target.startswith("page:") and link.span not in told:
            name, _, anchor = link.target.removeprefix("page:").partition("#")
            if name not in anchors and not name.startswith("~"):  # in a bank, or in a course made in code
                yield NO_PAGE.at(link.span, written=link.written, hint="")
            elif anchor and anchor.lower() not in anchors.get(name, ()):
                hint = meant(anchor, anchors.get(name, ()), "'#{}'")
                yield NO_HEADING.at(link.span, page=name, anchor=anchor, hint=hint)


def words(reading: Reading) -> Iterator[Problem]:
    """What the links say."""
    said: dict[tuple[str, str], str] = {}
    for link, page in reading.links:
        if link.kind != "link":
            continue
        text = " ".join(link.text.split())
        bare = text.strip(" .…>»→").casefold()
        if not text:
            yield NO_TEXT.at(link.span, address=link.written)
        elif re.match(r"(https?://|www\.)\S+$", text):
            yield BARE_ADDRESS.at(link.span)
        elif VAGUE_WORDS.fullmatch(bare):
            yield VAGUE.at(link.span, text=text)
        else:
            target = link.target or link.written
            if said.setdefault((page.id, bare), target) != target:
                yield SAME_WORDS.at(link.span, text=text)


def _web(link: Link, parts: SplitResult) -> Iterator[Problem]:
    host = parts.hostname or ""
    if not host:
        yield SPACE_IN_ADDRESS.at(link.span, address=link.written)
    elif _is_local(host):
        yield LOCAL_LINK.at(link.span, host=host)
    elif parts.scheme == "http":
        yield PLAIN_HTTP.at(link.span, host=host)
    if parts.username or parts.password:
        yield SECRET.at(link.span)
    if found := TRACKERS.search(parts.query):
        yield TRACKING.at(link.span, name=found[1])
    if found := SESSIONS.search(parts.query) or SESSIONS.search(parts.path):
        yield SESSION.at(link.span, name=found[1])


WITHOUT_SCHEME = re.compile(
    r"www\.|[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|org|net|info|gov|eu|uk|ie|nhs|edu)(?:[/?#]|$)", re.I
)
"""What only looks like an address on the web: without https:// a browser takes it for a file."""


def _missing(link: Link, file: str, there: Mapping[str, str]) -> Problem:
    """What is wrong with a link in `file` that leads to nothing in the course; `there` are its files by folded path."""
    written = unquote(link.written).partition("#")[0].partition("?")[0]
    path = posixpath.normpath(posixpath.join(posixpath.dirname(file), written))
    twin = there.get(path.casefold())
    if twin:
        return OTHER_CASE.at(link.span, written=written, there=_as_seen(twin, file))
    is_page = link.kind == "link" and posixpath.splitext(written)[1] in ("", ".md")
    alike = [known for known in there.values() if known.endswith(".md") == is_page]
    near = nearest(path, alike) if len(alike) <= FEW else None
    hint = f"; did you mean '{_as_seen(near, file)}'?" if near else ""
    if link.kind == "link" and WITHOUT_SCHEME.match(link.written):
        hint = f"; did you mean 'https://{link.written}'?"
    return (NO_PAGE if is_page else NO_FILE).at(link.span, written=link.written, hint=hint)


def _as_seen(path: str, file: str) -> str:
    """A path as it is written in `file`."""
    return posixpath.relpath(path, posixpath.dirname(file) or ".")


def _is_local(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_private
    except ValueError:
        return "." not in host or host.endswith((".local", ".localhost", ".internal", ".lan"))


CHECKS = (inside, addresses, words)
