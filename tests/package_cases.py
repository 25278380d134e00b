"""Builds the packages of tests/cases/package/: a base with a few edits, or a zip entry by entry from a recipe.

    case.yaml    base: scorm12                       a folder or JSON file in _bases (good_base: where the neighbour has another)
                 bad:  [edits]                       what makes the rule speak; the output is in expected.txt
                 good: [edits]                       its near neighbour, which has to print nothing

With `run:` (options of a trial run) the package is tried out in a browser; good_run where the neighbour needs others.

An edit is one of
    {file: name, replace: old, with: new}            text of a file; `old` has to be there
    {file: name, text: all of it} or {file: name, hex: bytes} or {file: name, size: zeroes} or {file: name, like: other}
    {remove: name}  {move: name, to: new}  {link: name, to: target}
    {entry: name, text: ..., and the fields of the zip that are not as they should be: flags, method, mode, crc, size, ...}
    {entry: a{}.txt, copies: how many}
    {zip: true, zip64: true, before: text, name: file name, cut: bytes}                the container
    {at: path.to.0.value, value: ...} or {drop: path.to.value} or {add: path.to.list, value: ...}   in a JSON base
"""

from __future__ import annotations

import json
import shutil
import struct
import zlib
from pathlib import Path
from typing import Any

BASES = Path(__file__).parent / "cases" / "package" / "_bases"
Edit = dict[str, Any]


def is_run(folder: Path) -> bool:
    """Whether a case speaks only while its package runs in a browser."""
    return "\nrun:" in (folder / "case.yaml").read_text(encoding="utf-8")


def build(base: str, edits: list[Edit], here: Path) -> Path:
    """The package or file of a case, below `here`."""
    if base.endswith(".json"):
        value = json.loads((BASES / base).read_text(encoding="utf-8"))
        for edit in edits:
            change(value, edit)
        text = next((e["text"] for e in edits if "text" in e), json.dumps(value, indent=1))
        return write(here / "log.json", text.ljust(next((e["size"] for e in edits if "size" in e), 0)))
    folder = here / "package"
    if base:
        shutil.copytree(BASES / base, folder)
    else:
        folder.mkdir()
    for edit in edits:
        if "entry" not in edit and "zip" not in edit:
            change_file(folder, edit)
    container = next((edit for edit in edits if "zip" in edit), None)
    entries = [edit for edit in edits if "entry" in edit]
    if container is None and not entries:
        return folder
    return zipped(folder, entries, container or {}, here)


def change_file(folder: Path, edit: Edit) -> None:
    name = edit.get("file") or edit.get("remove") or edit.get("move") or edit["link"]
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    if "replace" in edit:
        text = path.read_text(encoding="utf-8")
        assert edit["replace"] in text, f"{name} does not hold {edit['replace']!r}"
        path.write_text(text.replace(edit["replace"], str(edit["with"])), encoding="utf-8")
    elif "text" in edit:
        path.write_text(edit["text"], encoding="utf-8")
    elif "hex" in edit:
        path.write_bytes(bytes.fromhex(edit["hex"]))
    elif "size" in edit:
        with path.open("wb") as file:
            file.truncate(edit["size"])
    elif "like" in edit:
        shutil.copy(folder / edit["like"], path)
    elif "remove" in edit:
        path.unlink()
    elif "link" in edit:
        path.symlink_to(edit["to"])
    else:
        target = folder / edit["to"]
        target.parent.mkdir(parents=True, exist_ok=True)
        path.rename(target)


def change(value: Any, edit: Edit) -> None:
    """Changes a value inside a JSON base; a `.` inside a key is written `\\.`."""
    if not edit.keys() & {"at", "drop", "add"}:
        return
    written = edit.get("at") or edit.get("drop") or edit["add"]
    path = [step.replace("\0", ".") for step in written.replace("\\.", "\0").split(".")]
    *way, last = path
    here = value
    for step in way:
        here = here[int(step)] if isinstance(here, list) else here[step]
    key: Any = int(last) if isinstance(here, list) else last
    if "drop" in edit:
        del here[key]
    elif "add" in edit:
        here[key].append(edit["value"])
    else:
        here[key] = edit["value"] * edit["times"] if "times" in edit else edit["value"]


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def zipped(folder: Path, entries: list[Edit], container: Edit, here: Path) -> Path:
    """A zip of the files below `folder` and of `entries`, written field by field so that any of them can be wrong."""
    listed = [
        {"entry": path.relative_to(folder).as_posix(), "data": path.read_bytes()}
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    ]
    data, directory = bytearray(), bytearray()
    every = [*listed, *(copy for entry in entries for copy in copies(entry))]
    for entry in every:
        add(data, directory, entry)
    start, count = len(data), len(every)
    data += directory
    if container.get("zip64"):
        data += struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, count, count, len(directory), start)
        data += struct.pack("<4sLQL", b"PK\6\7", 0, start + len(directory), 1)
    number = min(count, 0xFFFF)
    data += struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, number, number, len(directory), start, 0)
    path = here / container.get("name", "package.zip")
    path.write_bytes(container.get("before", "").encode() + data[: container.get("cut", len(data))])
    return path


def copies(entry: Edit) -> list[Edit]:
    """An entry as often as `copies` says, numbered."""
    if "copies" not in entry:
        return [entry]
    return [{**entry, "entry": entry["entry"].format(number)} for number in range(entry["copies"])]


def add(data: bytearray, directory: bytearray, entry: Edit) -> None:
    """One entry: its local header and bytes to `data`, its central header to `directory`."""
    name = entry["entry"].encode(entry.get("encoding", "utf-8"))
    raw = entry.get("data") or (entry.get("text", "") * entry.get("times", 1)).encode()
    method = entry.get("method", 0)
    packed = raw
    if method == 8:
        packer = zlib.compressobj(9, zlib.DEFLATED, -15)
        packed = packer.compress(raw) + packer.flush()
    flags = entry.get("flags", 0 if name.isascii() else 0x800)
    crc, size = entry.get("crc", zlib.crc32(raw)), entry.get("size", len(raw))
    compressed = entry.get("packed", len(packed))
    offset = entry.get("offset", len(data))
    fields = (20, flags, method, 0, 0x21, crc, compressed, size, len(name), 0)
    if "offset" not in entry:
        data += struct.pack("<4s5H3L2H", b"PK\3\4", *fields) + name + packed
    mode = entry.get("mode", 0o100644) << 16
    directory += struct.pack("<4s6H3L5H2L", b"PK\1\2", 3 << 8 | 20, *fields, 0, 0, 0, mode, offset) + name
