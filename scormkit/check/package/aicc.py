"""AICC course structures (.crs, .des, .au): read as far as they describe the course; there are no rules about them here.

AICC CMI001, course structure data: the .crs file is sections of `name=value`, the others are tables whose first row names the
columns.
"""

from __future__ import annotations

import csv
import re

from scormkit.check.package.package import Item, Organization
from scormkit.check.package.xmltree import Node

MOST_ROWS = 1000


def course(files: dict[str, str]) -> tuple[Organization, ...]:
    """The course, from the text of its files by their extensions; nothing where they say nothing."""
    values = dict(re.findall(r"^\s*([\w ]{1,60}?)\s*=\s*(.{0,300}?)\s*$", files.get(".crs", ""), re.M))
    named = {name.lower(): value for name, value in values.items()}
    titles = {row.get("system_id", ""): row.get("title", "") for row in _rows(files.get(".des", ""))}
    items = tuple(
        Item(
            identifier=row.get("system_id", ""),
            title=titles.get(row.get("system_id", ""), ""),
            launch=row.get("file_name") or None,
            items=(),
            node=_place(number),
        )
        for number, row in enumerate(_rows(files.get(".au", "")), 2)
    )
    title = named.get("course_title", "")
    return (Organization(named.get("course_id", ""), title, items, _place(1)),) if title or items else ()


def _rows(text: str) -> list[dict[str, str]]:
    """A table's rows by the names of its columns, in lower case."""
    lines = text.splitlines()[: MOST_ROWS + 1]
    try:
        table = [[cell.strip() for cell in row] for row in csv.reader(lines, skipinitialspace=True) if row]
    except csv.Error:
        return []
    if not table:
        return []
    names = [name.lower() for name in table[0]]
    return [dict(zip(names, row, strict=False)) for row in table[1:]]


def _place(line: int) -> Node:
    """An item has to stand somewhere; these files have no elements."""
    return Node("", "", {}, (), "", line, 1)
