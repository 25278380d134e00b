"""Bytes of an XML file in, a frozen tree of Nodes with lines and columns out; hostile XML is refused, never expanded.

A document type declaration ends the reading at once, so there are no entities to expand and nothing to fetch; depth
and number of elements are bounded.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.parsers import expat

if TYPE_CHECKING:
    from collections.abc import Iterator

DEPTH = 100
ELEMENTS = 100_000
XML_NAMESPACE = "http://www.w3.org/XML/1998/namespace"
BOM = b"\xef\xbb\xbf"


class Malformed(Exception):
    """The bytes are not well-formed XML (or not within the limits): why, and where."""

    def __init__(self, reason: str, line: int, column: int) -> None:
        super().__init__(reason)
        self.reason, self.line, self.column = reason, line, column


class Declared(Malformed):
    """There is a document type declaration."""


class WronglyEncoded(Malformed):
    """The bytes do not fit the encoding that the file declares."""


@dataclass(frozen=True, eq=False, repr=False)
class Node:
    """An element. `name` is without prefix; attributes in a namespace are keyed `{namespace}name`."""

    name: str
    namespace: str
    attributes: dict[str, str]
    children: tuple[Node, ...]
    text: str  # its own, not that of its children
    line: int
    column: int
    prefix: str = ""

    @property
    def value(self) -> str:
        """The text with white space collapsed, as XML Schema's tokens are read."""
        return " ".join(self.text.split())

    def get(self, attribute: str, default: str = "") -> str:
        """An attribute, stripped of surrounding white space."""
        return self.attributes.get(attribute, default).strip()

    def local(self, attribute: str) -> str | None:
        """An attribute by its name, whatever namespace it is in."""
        for key, value in self.attributes.items():
            if key.rpartition("}")[2] == attribute:
                return value.strip()
        return None

    def all(self, name: str) -> tuple[Node, ...]:
        """The children called `name`, whatever their namespace."""
        return tuple(child for child in self.children if child.name == name)

    def first(self, name: str) -> Node | None:
        return next((child for child in self.children if child.name == name), None)

    @property
    def walk(self) -> Iterator[Node]:
        """This element and all below it, in document order."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting.extend(reversed(node.children))

    def under(self, name: str) -> Iterator[Node]:
        return (node for node in self.walk if node.name == name)


@dataclass
class _Open:
    """An element whose end has not come yet."""

    name: str
    attributes: dict[str, str]
    line: int
    column: int
    text: list[str] = field(default_factory=list)
    children: list[Node] = field(default_factory=list)


class _Builder:
    def __init__(self, parser: expat.XMLParserType) -> None:
        self.parser = parser
        self.stack: list[_Open] = []
        self.root: Node | None = None
        self.count = 0

    def start(self, name: str, pairs: list[str]) -> None:
        self.count += 1
        if len(self.stack) >= DEPTH or self.count > ELEMENTS:
            raise Malformed(f"more than {DEPTH} levels or {ELEMENTS:,} elements", *self.place)
        attributes = {_key(pairs[i]): pairs[i + 1] for i in range(0, len(pairs), 2)}
        self.stack.append(_Open(name, attributes, *self.place))

    def end(self, _name: str) -> None:
        element = self.stack.pop()
        namespace, local, prefix = _split(element.name)
        node = Node(
            local,
            namespace,
            element.attributes,
            tuple(element.children),
            "".join(element.text),
            element.line,
            element.column,
            prefix,
        )
        if self.stack:
            self.stack[-1].children.append(node)
        else:
            self.root = node

    def data(self, text: str) -> None:
        self.stack[-1].text.append(text)

    def doctype(self, *_: object) -> None:
        raise Declared("a document type declaration", *self.place)

    @property
    def place(self) -> tuple[int, int]:
        return self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1


def parse(data: bytes) -> Node:
    """The root element of an XML document.

    Raises `Malformed` where it is not well-formed, `Declared` at a document type declaration, `WronglyEncoded` where
    the bytes do not fit their encoding (XML 1.0, 2.1, 2.8 and 4.3.3).
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.namespace_prefixes = True
    parser.ordered_attributes = True
    parser.buffer_text = True
    builder = _Builder(parser)
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = builder.doctype
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        reason = expat.ErrorString(error.code)
        kind = WronglyEncoded if error.code in _ENCODING_ERRORS or _invalid(data, error.code) else Malformed
        raise kind(reason, error.lineno, error.offset + 1) from None
    except (LookupError, ValueError) as error:  # an encoding that Python does not know, or one of several bytes
        raise WronglyEncoded(str(error), 1, 1) from None
    assert builder.root is not None  # expat reports a document without an element as an error
    return builder.root


_ENCODING_ERRORS = {
    expat.errors.codes[expat.errors.XML_ERROR_UNKNOWN_ENCODING],
    expat.errors.codes[expat.errors.XML_ERROR_INCORRECT_ENCODING],
    expat.errors.codes[expat.errors.XML_ERROR_PARTIAL_CHAR],
}


def _invalid(data: bytes, code: int) -> bool:
    """Whether an invalid token is really a byte that is not UTF-8."""
    if code != expat.errors.codes[expat.errors.XML_ERROR_INVALID_TOKEN]:
        return False
    try:
        data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data[:2] not in (b"\xff\xfe", b"\xfe\xff") and b"encoding" not in data[:100].replace(b"utf-8", b"")
    return False


def _split(name: str) -> tuple[str, str, str]:
    """expat's "namespace local prefix" as three."""
    parts = name.split(" ")
    if len(parts) == 1:
        return "", parts[0], ""
    return parts[0], parts[1], parts[2] if len(parts) > 2 else ""


def _key(name: str) -> str:
    namespace, local, _ = _split(name)
    return f"{{{namespace}}}{local}" if namespace else local
