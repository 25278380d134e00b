"""Content blocks: one module and one template each, and a line in TYPES for each name.

A module shows its directive in its docstring, and has a subclass of ContentBlock with `type`, its own fields and a class
method `read(directive, reader) -> ContentBlock | None`. What blocks share is read by `reading.py`.
"""

from __future__ import annotations

from typing import Protocol

from scormkit.blocks.audio import Audio
from scormkit.blocks.callout import Callout
from scormkit.blocks.checklist import Checklist
from scormkit.blocks.columns import Columns
from scormkit.blocks.details import Details
from scormkit.blocks.download import Download
from scormkit.blocks.embed import Embed
from scormkit.blocks.figure import Figure
from scormkit.blocks.only import Only
from scormkit.blocks.quote import Quote
from scormkit.blocks.recall import Recall
from scormkit.blocks.references import References
from scormkit.blocks.series import Series
from scormkit.blocks.tabs import Tabs
from scormkit.blocks.video import Video
from scormkit.model.course import ContentBlock
from scormkit.model.directive import Directive, Reader


class BlockType(Protocol):
    """What a class of TYPES can do."""

    def read(self, directive: Directive, reader: Reader) -> ContentBlock | None:
        """The block that `directive` says, or None (and problems) where it cannot be made."""


TYPES: dict[str, BlockType] = {
    "note": Callout,
    "tip": Callout,
    "warning": Callout,
    "important": Callout,
    "key-message": Callout,
    "quote": Quote,
    "details": Details,
    "checklist": Checklist,
    "cards": Series,
    "steps": Series,
    "timeline": Series,
    "tabs": Tabs,
    "columns": Columns,
    "figure": Figure,
    "audio": Audio,
    "video": Video,
    "download": Download,
    "embed": Embed,
    "recall": Recall,
    "references": References,
    "screen": Only,
    "handout": Only,
}
"""By the name of the directive."""
