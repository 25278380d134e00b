"""Checks on media files: names that travel, formats that play, sizes that load, bytes that are what the name says.

In: a Course. Out: problems. References to files that are not there: links.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from scormkit.check.course.reading import beside, unread
from scormkit.model.course import Course, Media
from scormkit.model.problem import Problem, Rule, Severity
from scormkit.model.source import Span
from scormkit.standards import limits

UNUSED = Rule(
    "MED101",
    Severity.WARNING,
    "nothing refers to the file",
    "use it on a page, or move it out of the media folder",
    "It is not put into the package. Files that nobody needs make it hard to see what the course is made of.",
)
ODD_NAME = Rule(
    "MED102",
    Severity.ERROR,
    "the file name holds {what}",
    "rename it with letters a-z, digits, - and _ only, and change the places that name it",
    "Zip programs and LMSs turn such signs into others, and then the file is not found.",
    "RFC 3986, 2.3; PKWARE APPNOTE 6.3.10, 4.4.4 (names)",
)
SPACE_IN_NAME = Rule(
    "MED103",
    Severity.WARNING,
    "the file name holds a space",
    "rename it with - in place of spaces, and change the places that name it",
    "A space has to be written as %20 in an address; some LMSs do it twice, or not at all.",
    "RFC 3986, 2.1 and 2.3",
)
UPPER_CASE = Rule(
    "MED104",
    Severity.WARNING,
    "the file's ending is written {ending}",
    "rename it so that it ends in {lower}, and change the places that name it",
    "Some web servers look up the type of a file by its ending, letter by letter, and send an unknown one as a download.",
)
CASE_TWINS = Rule(
    "MED105",
    Severity.ERROR,
    "the name differs only in capital letters from {other}",
    "rename one of them",
    "On Windows and on many LMSs' servers the two are the same file, so one overwrites the other.",
)
LONG_PATH = Rule(
    "MED106",
    Severity.WARNING,
    "the path has {length} characters",
    "shorten the names of the file and its folders to {limit} in all",
    "Windows takes 260 characters with the LMS's own folders, and stops unpacking beyond.",
)
OUTDATED = Rule(
    "MED107",
    Severity.ERROR,
    "{ending} files do not open in all browsers",
    "convert it to {better} and name that file",
    "Learners would see an empty frame or get a download.",
)
DANGEROUS = Rule(
    "MED108",
    Severity.ERROR,
    "{ending} files are programs",
    "remove it from the course",
    "LMSs and mail gateways refuse packages with programs in them, and a server may run them.",
)
UNKNOWN_TYPE = Rule(
    "MED109",
    Severity.WARNING,
    "{ending} files are not among those that every LMS serves",
    "convert it, for example to .pdf, .png, .mp3 or .mp4, or put it into a .pdf",
    "Servers send types that they do not know as an unnamed download, or not at all.",
    "design rule T61",
)
EMPTY_FILE = Rule(
    "MED110",
    Severity.ERROR,
    "the file is empty (0 bytes)",
    "copy it again from where it came",
    "Learners would see a broken picture or a player that does not start.",
)
WRONG_CONTENT = Rule(
    "MED111",
    Severity.ERROR,
    "the file is named {ending} but its content is {found}",
    "save it again in the right format, or give it the ending that fits",
    "Servers announce a file by its ending; browsers then refuse what does not match.",
)
HEAVY_IMAGE = Rule(
    "MED112",
    Severity.WARNING,
    "the picture has {size}",
    "save it smaller: 1600 pixels wide as .jpg or .webp is usually under 300 KB",
    "On a slow network the page stays without its picture for a long time.",
)
LARGE_IMAGE = Rule(
    "MED113",
    Severity.WARNING,
    "the picture is {width} x {height} pixels",
    "scale it to {limit} pixels at most on its longer side; 1600 are enough for a full page",
    "Phones keep every pixel in memory, and may close the page.",
)
HEAVY_VIDEO = Rule(
    "MED114",
    Severity.WARNING,
    "the file has {size}",
    "cut it into shorter parts, or save it with a lower bit rate (a film of 720p at 1.5 Mbit/s has about 11 MB a minute)",
    "Learners on a ward or on mobile data wait for it, or give up.",
)
HEAVY_COURSE = Rule(
    "MED115",
    Severity.WARNING,
    "the media of this course have {size} in all",
    "save pictures and videos smaller, or make two courses of it",
    "Many LMSs take uploads of a few hundred megabytes only.",
)
RASTER_TEXT = Rule(
    "MED116",
    Severity.INFO,
    "the picture is a .gif of {size}",
    "use .png for a drawing, .webp for a photo, or a video with controls for something that moves",
    "A GIF that moves cannot be stopped, and is many times the size of a video.",
    "WCAG 2.2, 2.2.2 Pause, Stop, Hide",
)
TINY_IMAGE = Rule(
    "MED117",
    Severity.INFO,
    "the picture is only {width} x {height} pixels",
    "use a larger one, or an .svg drawing",
    "It looks blurred on a page that is 650 pixels wide or more.",
)

FOUND = {
    "text": "plain text",
    "vtt": "captions (WebVTT)",
    "svg": "an SVG drawing",
    "png": "a PNG picture",
    "jpeg": "a JPEG picture",
    "gif": "a GIF picture",
    "webp": "a WebP picture",
    "avif": "an AVIF picture",
    "woff2": "a font",
    "mp3": "MP3 sound",
    "mp4": "MPEG-4 video or sound",
    "pdf": "a PDF document",
    "html": "a web page",
    "zip": "a zip or Office file",
    "office": "an old Office file",
    "program": "a program",
    "gzip": "a compressed file",
    "wav": "WAV sound",
    "ogg": "Ogg sound or video",
    "webm": "WebM or Matroska video",
}
TEXTS = ("html", "svg", "vtt")  # are text too
DEVICES = {"con", "prn", "aux", "nul", *(f"com{n}" for n in range(1, 10)), *(f"lpt{n}" for n in range(1, 10))}


def unused(course: Course) -> Iterator[Problem]:
    """Files that nothing refers to."""
    for path in () if unread(course) else course.unused:
        yield UNUSED.at(beside(course, path))


def names(course: Course) -> Iterator[Problem]:
    """Names that do not survive the journey."""
    folded: dict[str, str] = {}
    for media, place in _files(course):
        path = PurePosixPath(media.path)
        odd = sorted({sign for sign in media.path if not re.match(r"[A-Za-z0-9 ._~()/-]", sign)})
        if odd:
            yield ODD_NAME.at(place, what=_signs(odd))
        elif path.stem.casefold() in DEVICES or media.path.endswith((".", " ")):
            yield ODD_NAME.at(place, what="a name that Windows keeps for itself")
        elif " " in media.path:
            yield SPACE_IN_NAME.at(place)
        if path.suffix != path.suffix.lower():
            yield UPPER_CASE.at(place, ending=path.suffix, lower=path.suffix.lower())
        if len(media.path) > limits.PATH:
            yield LONG_PATH.at(place, length=len(media.path), limit=limits.PATH)
        other = folded.setdefault(media.path.casefold(), media.path)
        if other != media.path:
            yield CASE_TWINS.at(place, other=other)


def types(course: Course) -> Iterator[Problem]:
    """Formats that do not play everywhere, and bytes that are not what the name says."""
    for media, place in _files(course):
        ending = PurePosixPath(media.path).suffix.lower()
        if ending in limits.DANGEROUS:
            yield DANGEROUS.at(place, ending=ending)
        elif ending in limits.OUTDATED:
            yield OUTDATED.at(place, ending=ending, better=limits.OUTDATED[ending])
        elif ending not in limits.FILES:
            yield UNKNOWN_TYPE.at(place, ending=ending or "unnamed")
        elif not media.size:
            yield EMPTY_FILE.at(place)
        elif media.content not in ("", limits.FILES[ending], *(TEXTS if limits.FILES[ending] == "text" else ())):
            yield WRONG_CONTENT.at(place, ending=ending, found=FOUND.get(media.content, media.content))


def sizes(course: Course) -> Iterator[Problem]:
    """Files that are too heavy for a ward computer or a phone."""
    for media in course.media:
        ending = PurePosixPath(media.path).suffix.lower()
        place = beside(course, media.path)
        if ending in limits.IMAGES:
            yield from _image(course, media, place)
        elif media.size > limits.VIDEO_BYTES:
            yield HEAVY_VIDEO.at(place, size=_megabytes(media.size))
    whole = sum(media.size for media in course.media)
    if whole > limits.PACKAGE_BYTES:
        yield HEAVY_COURSE.at(course.span, size=_megabytes(whole))


def _files(course: Course) -> Iterator[tuple[Media, Span]]:
    """Every file that goes into the package as its author has it, and where that is: a theme's stand in its own folder."""
    for media in course.media:
        yield media, beside(course, media.path)
    if course.theme is not None:
        folder = PurePosixPath(course.theme.span.path).parent
        for media in course.theme.files:
            yield media, Span((folder / media.path.partition("/")[2]).as_posix())


def _image(course: Course, media: Media, place: Span) -> Iterator[Problem]:
    svg = media.path.lower().endswith(".svg")
    if media.path.lower().endswith(".gif") and media.size > 200_000:
        yield RASTER_TEXT.at(place, size=_megabytes(media.size))
    elif media.size > limits.IMAGE_BYTES:
        yield HEAVY_IMAGE.at(place, size=_megabytes(media.size))
    if svg or not media.width:
        return
    if max(media.width, media.height) > limits.IMAGE_PIXELS:
        yield LARGE_IMAGE.at(place, width=media.width, height=media.height, limit=limits.IMAGE_PIXELS)
    elif media.width < 200 and media.height < 200:
        yield TINY_IMAGE.at(place, width=media.width, height=media.height)


def _signs(signs: list[str]) -> str:
    shown = [sign for sign in signs if sign.isprintable()]
    hidden = [f"U+{ord(sign):04X}" for sign in signs if not sign.isprintable()]
    return " ".join(shown + hidden)


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB"


CHECKS = (unused, names, types, sizes)
