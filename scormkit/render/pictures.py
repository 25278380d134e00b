"""Pictures in prose get their size, so that nothing moves when they arrive, and wait until they are in sight."""

from __future__ import annotations

import re
from collections.abc import Sequence

from scormkit.model.course import Media

# An <img> as the cleaner writes it: quoted attributes, in which a `>` may stand.
IMAGE = re.compile(r'<img((?:\s+[a-zA-Z-]+="[^"]*")*)\s*/?>')
SOURCE = re.compile(r'\ssrc="([^"]*)"')


class Pictures:
    """The media of one course, to look up by path."""

    def __init__(self, media: Sequence[Media]) -> None:
        self.media = {file.path: file for file in media}

    def sized(self, html: str) -> str:
        """The same HTML; images of known size have `width` and `height`, and all of them load lazily."""
        return IMAGE.sub(self._sized, html) if "<img" in html else html

    def _sized(self, image: re.Match[str]) -> str:
        attributes = image[1]
        source = SOURCE.search(attributes)
        file = self.media.get(source[1]) if source else None
        if file and file.width and file.height and " width=" not in attributes:
            attributes += f' width="{file.width}" height="{file.height}"'
        if " loading=" not in attributes:
            attributes += ' loading="lazy" decoding="async"'
        return f"<img{attributes}>"
