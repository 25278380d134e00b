"""Moodle's question format in XML -> `Asked`.

    <question type="multichoice"><name><text>Gel</text></name>
      <questiontext format="html"><text><![CDATA[<p>When?</p>]]></text></questiontext>
      <answer fraction="100"><text>Before</text><feedback><text>Yes.</text></feedback></answer> ...

Read is what Moodle 4 and 5 write for its own types, and the plug-in type `ordering`. Each question that a course has no like for is
told at its line, and so is what of another one cannot come along. Pictures stand in the file in base64; they become media.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Iterator
from decimal import Decimal, InvalidOperation
from urllib.parse import unquote

from scormkit.exchange.asked import CATEGORY, LEFT_OUT, NO_RIGHT, Answer, Asked, Taken, named
from scormkit.exchange.marks import escaped, from_html
from scormkit.exchange.xml import Node
from scormkit.model.problem import Problem, Rule, Severity
from scormkit.model.source import Span

PARTLY = Rule(
    "XCH029",
    Severity.INFO,
    "question '{id}' comes without {what}",
    "look whether it asks the same; add by hand what it needs",
    "The rest of the question is in the bank.",
)
NOT_A_PICTURE = Rule(
    "XCH030",
    Severity.WARNING,
    "the file '{name}' of question '{id}' is not taken over: {what}",
    "save it in Moodle, put it into the course's media folder, and name it in the question",
    "Files of unknown kinds do not go into a package.",
)

PICTURES = {b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpg", b"GIF8": "gif", b"RIFF": "webp"}
LARGEST = 20_000_000
OTHERWISE = {
    "cloze": "write it as a 'cloze' question in a page: {{answer|also right}} is a gap",
    "description": "write it as text on a page",
    "gapselect": "write it as a 'cloze' question in a page: {{[x] right|wrong}} is a gap with a list",
    "ddwtos": "write it as a 'cloze' question in a page: {{[x] right|wrong}} is a gap with a list",
    "ddmarker": "write it as a 'hotspot' question in a page",
    "ddimageortext": "write it as a 'matching' question in a page",
    "calculated": "write it as a 'numeric' question with numbers of your own",
    "calculatedmulti": "write it as a 'choice' question with numbers of your own",
    "calculatedsimple": "write it as a 'numeric' question with numbers of your own",
}
"""What an author does with the types that are left out."""


def is_moodle(data: bytes) -> bool:
    """Whether an XML file looks like one of Moodle's."""
    return re.search(rb"<quiz[\s>]", data[:4000]) is not None


def read_moodle(root: Node, path: str, folder: str) -> Taken:
    """The questions of a file whose outermost element is `root`; pictures are to stand in `media/FOLDER/`. Never raises."""
    taken, names, tags = Taken(), set[str](), tuple[str, ...]()
    for node in root.children:
        if node.name != "question":
            continue
        place, kind = node.span(path), node.get("type")
        if kind == "category":
            name = _text(node.child("category")) or _text(node)
            tag = named(re.sub(r"\$\w+\$", "", name).rpartition("/")[2], set())
            taken.problems.append(CATEGORY.at(place, name=name, tag=tag))
            tags = (tag,)
        else:
            _Question(node, place, kind, names, tags, taken, folder).read()
    return taken


class _Question:
    def __init__(
        self, node: Node, place: Span, kind: str, names: set[str], tags: tuple[str, ...], taken: Taken, folder: str
    ) -> None:
        self.node, self.place, self.kind, self.names, self.taken = node, place, kind, names, taken
        self.media = f"../media/{folder}/"
        self.files: dict[str, bytes] = {}
        self.problems: list[Problem] = []
        own = (named(_text(tag), set()) for tag in (found for all in _all(node, "tags") for found in _all(all, "tag")))
        self.tags = tuple(dict.fromkeys((*tags, *own)))
        self.id = ""

    def read(self) -> None:
        reader: Callable[[], Asked | str] | None = getattr(self, f"read_{self.kind}", None)
        title = _text(self.node.child("name"))
        if reader is None:
            remedy = OTHERWISE.get(self.kind, "write it as another type of question in a page")
            self.leave(f"courses have nothing like '{self.kind}'", remedy)
            return
        self.id = named(title or "question", set(self.names))
        self.prompt = self.asked()
        if not self.prompt:
            self.leave("it asks nothing", "write what it asks in Moodle, and save it again")
            return
        made = reader()
        if isinstance(made, str):
            self.leave(made, "correct it in Moodle, and save it again")
            return
        self.names.add(self.id)
        self.taken.questions.append(made)
        self.taken.files |= self.files
        if made.type != "reflection" and not any(answer.right for answer in made.answers):
            self.taken.problems.append(NO_RIGHT.at(self.place))
        points = _number(_text_of(self.node.child("defaultgrade")))
        if points is not None and points != 1:
            self.lose(f"its {points.normalize():f} points (':points:')")
        self.taken.problems += self.problems

    def leave(self, what: str, remedy: str) -> None:
        self.taken.problems.append(LEFT_OUT.at(self.place, what=what, remedy=remedy))

    def lose(self, what: str) -> None:
        self.problems.append(PARTLY.at(self.place, id=self.id, what=what))

    def asked(self) -> str:
        """The question's text; a picture that comes first is put behind the words, which name the question."""
        blocks = self.words(self.node.child("questiontext")).split("\n\n")
        first = next((at for at, block in enumerate(blocks) if not block.startswith(("![", "- ", "1. "))), 0)
        return "\n\n".join(block for block in (blocks[first], *blocks[:first], *blocks[first + 1 :]) if block)

    def words(self, node: Node | None) -> str:
        """A text of the file as Markdown, its pictures among the media."""
        if node is None:
            return ""
        text = _text(node)
        format = node.get("format", "html")
        unfenced = re.sub(r"^(?=\s*:{3})", r"\\", text, flags=re.MULTILINE)  # it is a text, whatever it says
        plain = unfenced if format == "markdown" else escaped(text) if format == "plain_text" else None
        made, lost = (plain, list[str]()) if plain is not None else from_html(text)
        for what in lost:
            self.lose(what)
        for file in _all(node, "file"):
            made = self.file(file, made)
        if re.search(r"!\[[^\]]*\]\((?!\.\./media/)", made):
            self.lose("a picture that is not in the file")
            made = re.sub(r"!\[([^\]]*)\]\((?!\.\./media/)[^)]*\)", r"\1", made).strip()
        return made

    def line(self, node: Node | None) -> str:
        return " ".join(self.words(node).split())

    def file(self, node: Node, text: str) -> str:
        """The text with the address of a picture that comes along."""
        name = node.get("name")
        written = re.compile(rf"\(@@PLUGINFILE@@/({re.escape(name)}|[^()\s]*)\)")
        try:
            data = base64.b64decode("".join(node.text.split()), validate=True)
        except (binascii.Error, ValueError):
            data = b""
        kind = next((ending for start, ending in PICTURES.items() if data.startswith(start)), "")
        what = "" if kind else "it is no picture (PNG, JPEG, GIF, WebP)" if data else "it cannot be read"
        if len(data) > LARGEST:
            what = f"it has more than {LARGEST // 1_000_000} MB"
        if what:
            self.problems.append(NOT_A_PICTURE.at(node.span(self.place.path), name=name, id=self.id, what=what))
            return text
        known = {one.rpartition(".")[0] for one in (*self.taken.files, *self.files)}
        packaged = f"{named(name.rpartition('.')[0], known)}.{kind}"
        self.files[packaged] = data
        return written.sub(lambda m: f"({self.media}{packaged})" if unquote(m[1]) == name else m[0], text)

    def made(self, kind: str, answers: list[Answer], correct: str = "", incorrect: str = "") -> Asked:
        hints = [self.line(hint) for hint in _all(self.node, "hint")]
        if len([hint for hint in hints if hint]) > 1:
            self.lose("every hint but the first")
        general = self.line(self.node.child("generalfeedback"))
        correct = " ".join(dict.fromkeys(part for part in (correct, general) if part))
        incorrect = " ".join(dict.fromkeys(part for part in (incorrect, general) if part))
        return Asked(
            self.id, kind, self.prompt, tuple(answers), correct, incorrect, next(iter(hints), ""), self.tags, self.place
        )

    def said(self) -> tuple[str, str]:
        """What is said to who is right, and to who is not."""
        if self.line(self.node.child("partiallycorrectfeedback")) not in ("", "Your answer is partially correct."):
            self.lose("the feedback on partly right answers")
        told = (self.line(self.node.child(f"{how}correctfeedback")) for how in ("", "in"))
        right, wrong = (
            "" if text in ("Your answer is correct.", "Your answer is incorrect.") else text for text in told
        )
        return right, wrong

    def answers(self) -> Iterator[tuple[Decimal, Node, Answer]]:
        """Each answer with its worth in per cent."""
        for node in _all(self.node, "answer"):
            worth = _number(node.get("fraction", "0")) or Decimal(0)
            text = self.line(node)
            if text:
                yield worth, node, Answer(text, worth > 0, self.line(node.child("feedback")))

    def read_multichoice(self) -> Asked | str:
        one = _text_of(self.node.child("single")).strip().lower() in ("true", "1", "")
        found = list(self.answers())
        if len(found) < 2:
            return "it has fewer than two answers"
        best = max(worth for worth, _, _ in found)
        answers = []
        for worth, _, answer in found:
            right = worth > 0 and (not one or worth == best)
            if 0 < worth < best and one:
                self.lose(f"the {worth.normalize():f}% for '{answer.text}', which is partly right")
            answers.append(Answer(answer.text, right, answer.feedback))
        several = not one or sum(answer.right for answer in answers) > 1
        return self.made("multiple" if several else "choice", answers, *self.said())

    def read_truefalse(self) -> Asked | str:
        found = {_text(node).strip().lower(): (worth, answer) for worth, node, answer in self.answers()}
        if set(found) != {"true", "false"}:
            return "its answers are not true and false"
        truth = found["true"][0] > found["false"][0]
        feedback = {name: answer.feedback for name, (_, answer) in found.items()}
        both = [Answer("true", truth), Answer("false", not truth)]
        right, wrong = ("true", "false") if truth else ("false", "true")
        return self.made("true-false", both, feedback[right], feedback[wrong])

    def read_shortanswer(self) -> Asked | str:
        answers, correct, incorrect = [], "", ""
        for worth, node, answer in self.answers():
            plain = " ".join(_text(node).split())
            if plain == "*":
                incorrect = answer.feedback
            elif worth < 100:
                self.lose(f"the answer '{plain}', which is not fully right")
            elif re.search(r"(?<!\\)\*", plain):
                self.lose(f"the answer '{plain}', in which * stands for anything")
            else:
                answers.append(Answer(plain.replace("\\*", "*"), True))
                correct = correct or answer.feedback
        if not answers:
            return "none of its answers is fully right and without *"
        if _text_of(self.node.child("usecase")).strip() == "1":
            self.lose("the rule that capitals matter (':case: true')")
        return self.made("fill-in", answers, correct, incorrect)

    def read_numerical(self) -> Asked | str:
        right, correct, incorrect = "", "", ""
        for worth, node, answer in self.answers():
            number, room = _number(_text(node)), _number(_text_of(node.child("tolerance")) or "0")
            if _text(node).strip() == "*":
                incorrect = answer.feedback
            elif worth < 100 or right:
                self.lose(f"the answer '{_text(node).strip()}', beside the right one")
            elif number is None or room is None:
                return f"'{_text(node).strip()}' is no number"
            else:
                low, high = number - abs(room), number + abs(room)
                right, correct = f"{low:f}:{high:f}" if room else f"{number:f}", answer.feedback
        if not right:
            return "none of its answers is right"
        if self.node.child("units"):
            self.lose("its units")
        return self.made("numeric", [Answer(right, True)], correct, incorrect)

    def read_matching(self) -> Asked | str:
        answers = []
        for pair in _all(self.node, "subquestion"):
            item, match = self.line(pair), " ".join(_text(pair.child("answer")).split())
            if match:
                answers.append(Answer(item, bool(item), match=escaped(match)))
        if sum(answer.right for answer in answers) < 2:
            return "it has fewer than two pairs"
        return self.made("matching", answers, *self.said())

    def read_ordering(self) -> Asked | str:
        items = [Answer(answer.text, True) for _, _, answer in self.answers()]
        if not items:  # an answer's worth is its place there, or nothing at all
            return "it has nothing to put in order"
        return self.made("sequencing", items, *self.said())

    def read_essay(self) -> Asked | str:
        if _text(self.node.child("responsetemplate")):
            self.lose("the text that learners begin with")
        if _text(self.node.child("graderinfo")):
            self.lose("what graders are told")
        return self.made("reflection", [])


def _all(node: Node, name: str) -> Iterator[Node]:
    return (child for child in node.children if child.name == name)


def _text(node: Node | None) -> str:
    """What stands in the `<text>` of an element."""
    return _text_of(node.child("text")).strip() if node else ""


def _text_of(node: Node | None) -> str:
    return node.text if node else ""


def _number(text: str) -> Decimal | None:
    try:
        found = Decimal(text.strip())
    except InvalidOperation:
        return None
    return found if found.is_finite() and abs(found.adjusted()) < 100 else None
