"""XML of anybody's -> `Node`s that know where they stand. What can hurt is refused: document types, entities, sheer size.

Read by expat, which stops at the first `<!DOCTYPE`: no entity is ever expanded, and nothing is fetched.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from scormkit.model.problem import Problem, Rule, Severity
from scormkit.model.source import Span

LARGEST = 50_000_000
DEEPEST = 100

NOT_XML = Rule(
    "XCH001",
    Severity.FATAL,
    "this cannot be read as XML: {what}",
    "ask for the file again, as the translation or question program saves it",
    "What is broken in one place may be lost everywhere behind it.",
    "XML 1.0, 2.1 Well-Formed XML Documents",
)
REFUSED = Rule(
    "XCH002",
    Severity.FATAL,
    "this file is not read, because {what}",
    "save it again without; programs for translations and questions need none of it",
    "Such files can be made to fill the memory, or to fetch what is none of their business.",
)


@dataclass
class Node:
    """An element: `name` without its namespace, which is `space`; `parts` are its texts and elements in their order."""

    name: str
    space: str
    attributes: dict[str, str]
    line: int
    column: int
    parts: list[str | Node] = field(default_factory=list)

    @property
    def children(self) -> list[Node]:
        return [part for part in self.parts if isinstance(part, Node)]

    @property
    def text(self) -> str:
        """All words in it."""
        return "".join(part if isinstance(part, str) else part.text for part in self.parts)

    def child(self, name: str) -> Node | None:
        return next((node for node in self.children if node.name == name), None)

    def all(self, *names: str) -> Iterator[Node]:
        """Every element of these names in it, at any depth, in order."""
        for node in self.children:
            if node.name in names:
                yield node
            yield from node.all(*names)

    def get(self, name: str, default: str = "") -> str:
        return self.attributes.get(name, default)

    def span(self, path: str) -> Span:
        return Span(path, self.line, self.column)


class _Stop(Exception):
    pass


def read_xml(data: bytes, path: str) -> tuple[Node | None, list[Problem]]:
    """The outermost element, or None and why. Never raises."""
    if len(data) > LARGEST:
        return None, [REFUSED.at(Span(path), what=f"it has more than {LARGEST // 1_000_000} MB")]
    reader = _Reader(path)
    try:
        reader.parser.Parse(data, True)
    except _Stop:
        return None, reader.problems
    except expat.ExpatError as error:
        place = Span(path, error.lineno, error.offset + 1)
        return None, [NOT_XML.at(place, what=expat.errors.messages[error.code])]
    except (LookupError, ValueError) as error:
        return None, [NOT_XML.at(Span(path), what=str(error))]
    return reader.root, reader.problems


class _Reader:
    def __init__(self, path: str) -> None:
        self.path = path
        self.root: Node | None = None
        self.open: list[Node] = []
        self.problems: list[Problem] = []
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self.doctype
        self.parser.StartElementHandler = self.begin
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.words

    def refuse(self, what: str) -> None:
        place = Span(self.path, self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1)
        self.problems.append(REFUSED.at(place, what=what))
        raise _Stop

    def doctype(self, *_: object) -> None:
        self.refuse("it declares a document type (<!DOCTYPE ...>)")

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        if len(self.open) == DEEPEST:
            self.refuse(f"it is nested more than {DEEPEST} deep")
        space, _, own = name.rpartition(" ")
        plain = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        node = Node(own, space, plain, self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1)
        if self.open:
            self.open[-1].parts.append(node)
        else:
            self.root = node
        self.open.append(node)

    def end(self, name: str) -> None:
        self.open.pop()

    def words(self, text: str) -> None:
        if self.open:
            self.open[-1].parts.append(text)
