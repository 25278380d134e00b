"""Texts and ids of a course as manifests take them: no characters that XML cannot hold, no longer than allowed."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml import etree

_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, 2.2 Characters


def plain(text: str, limit: int | None = None) -> str:
    """`text` on one line, without characters that XML forbids; cut after a word with an ellipsis where it is too long."""
    text = " ".join(_NOT_XML.sub("", text).split())
    if limit is None or len(text) <= limit:
        return text
    cut = text[: limit - 1]
    words = cut.rpartition(" ")[0] if text[limit - 1] != " " else cut
    return (words if len(words) > limit // 2 else cut).rstrip() + "…"


def identifier(kind: str, course_id: str) -> str:
    """An identifier for a manifest, made of nothing but the course's permanent id, so that no version changes it.

    It begins with a letter, holds letters, digits and hyphens only, and is at most 64 characters long: an xsd:ID, a
    CMIIdentifier, and short enough for every host known (128 characters).
    """
    words = re.sub(r"[^A-Za-z0-9]+", "-", re.split(r"[/#:]", course_id.rstrip("/#:"))[-1]).strip("-")
    digest = hashlib.sha256(course_id.encode()).hexdigest()[:12]
    return "-".join(filter(None, (kind, words[:32].strip("-"), digest)))


def document(root: etree._Element) -> bytes:
    """`root` as a UTF-8 file. lxml would put single quotes into the declaration, which simple readers do not expect."""
    from lxml.etree import tostring

    body: bytes = tostring(root, encoding="UTF-8", xml_declaration=False, pretty_print=True)
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + body
