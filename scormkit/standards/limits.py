"""How long and how big things may be, and which files a package holds: numbers and names, each with where they stand.

Facts, no logic. What only one host wants is in profiles.py.
"""

from __future__ import annotations

# SCORM 1.2 Run-Time Environment, 3.4.5 Data Types: CMIString4096, CMIString255, CMIIdentifier.
STATE = 4096  # characters of cmi.suspend_data
LOCATION = 255  # characters of cmi.core.lesson_location
RESPONSE = 255  # characters of an answer or of a pattern of right answers
IDENTIFIER = 255  # characters of the id of an interaction or objective

# imscp_rootv1p1p2.xsd, titleType (SCORM 1.2 Content Packaging).
TITLE = 200

# imsmd_rootv1p2p1.xsd (LOM as SCORM 1.2 binds it): smallest permitted maximum of its text fields.
DESCRIPTION = 2000
KEYWORD = 1000

# File names: what every file system, zip reader and web server keeps apart and leaves alone.
# Windows' MAX_PATH of 260 has to hold the LMS's own folders too.
PATH = 200

# design/tracking.md T61: what goes into a package; the second is the type that the bytes have to be of.
FILES: dict[str, str] = {
    ".html": "text",
    ".css": "text",
    ".js": "text",
    ".json": "text",
    ".txt": "text",
    ".vtt": "vtt",
    ".xml": "text",
    ".xsd": "text",
    ".svg": "svg",
    ".png": "png",
    ".jpg": "jpeg",
    ".jpeg": "jpeg",
    ".gif": "gif",
    ".webp": "webp",
    ".avif": "avif",
    ".woff2": "woff2",
    ".mp3": "mp3",
    ".mp4": "mp4",
    ".m4a": "mp4",
    ".pdf": "pdf",
}

IMAGES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg")

# Formats that some browsers, phones or web servers do not take, and what to use instead.
OUTDATED: dict[str, str] = {
    ".mov": ".mp4",
    ".avi": ".mp4",
    ".wmv": ".mp4",
    ".mkv": ".mp4",
    ".ogv": ".mp4",
    ".flv": ".mp4",
    ".swf": ".mp4",
    ".wma": ".mp3",
    ".aac": ".m4a",
    ".aiff": ".mp3",
    ".bmp": ".png",
    ".tif": ".png",
    ".tiff": ".png",
    ".heic": ".jpg",
    ".ico": ".png",
    ".eps": ".svg",
    ".ai": ".svg",
    ".psd": ".png",
    ".srt": ".vtt",
    ".ttf": ".woff2",
    ".otf": ".woff2",
    ".woff": ".woff2",
}

# Files that a server may run, or that a virus scanner stops (Learning Hub, "Create Resource Reference Data.sql",
# NotAllowed; the same sorts are refused by most mail and learning platforms).
DANGEROUS = frozenset(
    {
        *(".app", ".bat", ".cmd", ".com", ".dll", ".dmg", ".exe", ".jar", ".lnk", ".msi", ".scr", ".sh"),
        *(".asp", ".aspx", ".cgi", ".jsp", ".php", ".phtml", ".pl", ".py", ".shtm", ".shtml"),
        *(".f4v", ".hta", ".mjs", ".ps1", ".vbs", ".wsf"),
    }
)

# What is too heavy for a ward computer or a phone: our own thresholds, in bytes and pixels.
IMAGE_BYTES = 1_000_000
IMAGE_PIXELS = 4096  # on the longer side
VIDEO_BYTES = 100_000_000
PACKAGE_BYTES = 500_000_000

# WCAG 2.2, 1.1.1: a text alternative is a sentence or two; what is longer belongs into the page.
ALTERNATIVE = 250
