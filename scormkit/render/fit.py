"""Prose is fitted to the page: pictures get their size, so that nothing moves when they arrive; wide tables can scroll."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import unquote

from scormkit.model.course import Media

# Tags as the cleaner writes them: quoted attributes, in which a `>` may stand.
ATTRIBUTES = r'(?:\s+[a-zA-Z-]+(?:="[^"]*")?)*\s*'
IMAGE = re.compile(rf"<img({ATTRIBUTES})/?>")
TABLE = re.compile(rf"<table{ATTRIBUTES}>|</table>")
SOURCE = re.compile(r'\ssrc="([^"]*)"')


def fit(html: str, media: Mapping[str, Media]) -> str:
    """The same HTML, its images with `width` and `height` where `media` (by path) knows them, and loading lazily."""
    if "<img" in html:
        html = IMAGE.sub(lambda image: f"<img{sized(image[1], media)}>", html)
    if "<table" in html:
        html = TABLE.sub(lambda tag: "</table></div>" if tag[0] == "</table>" else f'<div class="table">{tag[0]}', html)
    return html


def sized(attributes: str, media: Mapping[str, Media]) -> str:
    """The attributes of an image, and those it lacks."""
    attributes = attributes.rstrip()
    source = SOURCE.search(attributes)
    file = media.get(unquote(source[1])) if source else None
    if file and file.width and file.height and " width=" not in attributes:
        attributes += f' width="{file.width}" height="{file.height}"'
    if " loading=" not in attributes:
        attributes += ' loading="lazy" decoding="async"'
    return attributes
