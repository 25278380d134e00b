"""Templates as jinja2 compiles them, kept where Python keeps its own compiled modules.

Compiling the templates takes longer than loading a course of ten pages. As with Python's, what is kept stands in
`__pycache__` beside its source (or under `sys.pycache_prefix`), is left alone where Python shall write no bytecode or
cannot, and counts for nothing when its source, Python, jinja2 or scormkit is another.
"""

from __future__ import annotations

import hashlib
import marshal
import sys
from contextlib import suppress
from importlib.util import MAGIC_NUMBER, cache_from_source
from pathlib import Path

import jinja2
from jinja2.bccache import Bucket, BytecodeCache

from scormkit import __version__
from scormkit.model.archive import write_aside


class CompiledTemplates(BytecodeCache):
    """What `jinja2.Environment(bytecode_cache=...)` asks; only templates that are files are kept."""

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """The file that keeps a template: `page.html.cpython-311.pyc`; empty where it is none of the disk's."""
        return cache_from_source(f"{filename}.py") if filename else ""

    def get_source_checksum(self, source: str) -> str:
        """What a compiled template must have been made of and with: a SHA-256, 64 characters."""
        made_with = f"{MAGIC_NUMBER.hex()} {jinja2.__version__} {__version__} {source}"
        return hashlib.sha256(made_with.encode()).hexdigest()

    def load_bytecode(self, bucket: Bucket) -> None:
        """Takes what is kept if it is of the same source; a file that is broken counts as missing."""
        with suppress(OSError, EOFError, ValueError, TypeError):
            kept = Path(bucket.key).read_bytes()
            checksum = bucket.checksum.encode()
            if kept.startswith(checksum):
                bucket.code = marshal.loads(kept[len(checksum) :])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keeps a compiled template, whole or not at all, because several builds can run at once."""
        if sys.dont_write_bytecode or not bucket.key:
            return
        with suppress(OSError):
            Path(bucket.key).parent.mkdir(parents=True, exist_ok=True)
            write_aside(Path(bucket.key), bucket.checksum.encode() + marshal.dumps(bucket.code))
