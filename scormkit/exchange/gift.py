"""GIFT, Moodle's question format in plain text <-> `Asked`.

    ::first-moment:: [markdown]When do you clean your hands first? {
      =Before touching the baby #Yes.
      ~After the round #By then you have carried it along.
    }

Read is what Moodle documents (GIFT format): choice, several right answers by weights, true and false, short answer, numbers and
ranges, matching, essays, missing words. Every question that cannot be taken over is told at its line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal

from scormkit.exchange.asked import CATEGORY, LEFT_OUT, NO_RIGHT, Answer, Asked, Taken, named
from scormkit.model.source import Span

_MARKS = re.compile(r"([~=#{}:\\])")
_PART = re.compile(r"(?<!\\)(?:\\\\)*([=~])")
_FEEDBACK = re.compile(r"(?<!\\)#")
_WEIGHT = re.compile(r"\s*%(-?\d+(?:\.\d+)?)%")
_NUMBER = r"-?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)"


def gift(questions: Iterable[Asked]) -> str:
    """A GIFT file; all texts are Markdown."""
    return "\n\n".join(_written(one) for one in questions) + "\n"


def _written(asked: Asked) -> str:
    head = f"::{_escaped(asked.id)}:: [markdown]{_escaped(asked.prompt)} "
    right = [answer for answer in asked.answers if answer.right]
    rest = f"\n####{_escaped(asked.correct)}" if asked.correct and asked.type not in ("true-false",) else ""
    if asked.type == "true-false":
        told = (asked.incorrect, asked.correct) if asked.correct or asked.incorrect else ()
        said = "".join(f"#{_escaped(text)}" for text in told)
        return f"{head}{{{'TRUE' if right and right[0].text == 'true' else 'FALSE'}{said}}}"
    if asked.type == "reflection":
        return f"{head}{{}}"
    if asked.type == "numeric":
        lines = [f"={answer.text.replace(':', '..')}" for answer in right]
        return f"{head}{{#\n" + "\n".join(lines) + f"{rest}\n}}"
    lines = []
    share = f"%{100 / len(right):.5f}%".replace(".00000", "") if asked.type == "multiple" and right else ""
    for answer in asked.answers:
        mark = "=" if answer.right and not share else "~"
        weight = "" if not share else share if answer.right else "%-100%"
        match = f" -> {_escaped(answer.match)}" if asked.type == "matching" else ""
        said = f" #{_escaped(answer.feedback)}" if answer.feedback and asked.type != "matching" else ""
        lines.append(f"{'=' if asked.type == 'matching' else mark}{weight}{_escaped(answer.text)}{match}{said}")
    return f"{head}{{\n" + "\n".join(lines) + f"{rest}\n}}"


def _escaped(text: str) -> str:
    return _MARKS.sub(r"\\\1", text).replace("\n", "\\n")


def read_gift(text: str, path: str) -> Taken:
    """The questions of a GIFT file. Never raises."""
    taken, names, tags = Taken(), set[str](), tuple[str, ...]()
    for line, block in _blocks(text):
        place = Span(path, line, 1)
        if block.startswith("$CATEGORY:"):
            name = block.partition(":")[2].strip()
            tag = named(name.rpartition("/")[2], set())
            taken.problems.append(CATEGORY.at(place, name=name, tag=tag))
            tags = (tag,)
            continue
        made = _question(block, place, names, tags)
        if isinstance(made, Asked):
            taken.questions.append(made)
            if made.type not in ("reflection",) and not any(answer.right for answer in made.answers):
                taken.problems.append(NO_RIGHT.at(place))
        else:
            what, remedy = made
            taken.problems.append(LEFT_OUT.at(place, what=what, remedy=remedy))
    return taken


def _blocks(text: str) -> Iterator[tuple[int, str]]:
    """Each question with its line: blank lines part them, comments are left out, a category is a line of its own."""
    lines: list[str] = []
    begin = depth = 0
    for number, line in enumerate([*text.split("\n"), ""], start=1):
        if line.lstrip().startswith("//"):
            continue
        category = line.startswith("$CATEGORY:")
        if (not line.strip() and depth <= 0) or category:
            if lines:
                yield begin, "\n".join(lines).strip()
            lines, depth = [], 0
            if category:
                yield number, line.strip()
            continue
        if not lines:
            begin = number
        lines.append(line)
        depth += len(re.findall(r"(?<!\\)\{", line)) - len(re.findall(r"(?<!\\)\}", line))
    if lines:
        yield begin, "\n".join(lines).strip()


def _question(block: str, place: Span, names: set[str], tags: tuple[str, ...]) -> Asked | tuple[str, str]:
    title = re.match(r"::((?:[^:\\]|\\.|:(?!:))*)::", block)
    body = block[title.end() :] if title else block
    found = re.search(r"(?<!\\)\{(.*)(?<!\\)\}", body, re.DOTALL)
    if not found:
        return "it has no answers in braces", "write them as {=right ~wrong}, or {} for an essay"
    format = re.match(r"\s*\[(\w+)\]", body)
    if format and format[1] == "html" and re.search(r"<(?!/?(?:p|b|i|em|strong|br|sub|sup)\b)", body):
        return "it is written in HTML with more than simple marks", "save it as Markdown or plain text in Moodle"
    before = body[format.end() if format else 0 : found.start()]
    after = body[found.end() :].strip()
    prompt = _plain(before) + (f" ____ {_plain(after)}" if after else "")
    if not prompt.strip():
        return "it asks nothing", "write what it asks before the braces"
    name = named(_plain(title[1]) if title else prompt, names)
    inner, _, general = found[1].partition("####")
    return _answered(name, prompt, inner.strip(), _plain(general.strip()), tags, place)


def _answered(
    name: str, prompt: str, inner: str, general: str, tags: tuple[str, ...], place: Span
) -> Asked | tuple[str, str]:
    def asked(kind: str, answers: Iterable[Answer], correct: str = general, incorrect: str = "") -> Asked:
        return Asked(name, kind, prompt, tuple(answers), correct, incorrect, "", tags, place)

    if not inner:
        return asked("reflection", ())
    if truth := re.match(r"(T|TRUE|F|FALSE)\s*(?:#|$)", inner):
        wrong, _, praise = inner[len(truth[1]) :].strip().removeprefix("#").partition("#")
        is_true = truth[1].startswith("T")
        both = (Answer("true", is_true), Answer("false", not is_true))
        return asked("true-false", both, _plain(praise) or general, _plain(wrong))
    if inner.startswith("#"):
        return _numeric(inner[1:].strip(), asked)
    parts = _PART.split(inner)
    if parts[0].strip() or len(parts) < 3:
        return "its answers do not begin with = or ~", "write = before what is right, ~ before what is wrong"
    answers = [_answer(mark, said) for mark, said in zip(parts[1::2], parts[2::2], strict=True)]
    if all(answer.match for answer in answers):
        return asked("matching", answers)
    right = [answer for answer in answers if answer.right]
    if all(mark == "=" for mark in parts[1::2]):
        return asked("fill-in", answers)
    return asked("choice" if len(right) == 1 else "multiple", answers)


def _answer(mark: str, said: str) -> Answer:
    weight = _WEIGHT.match(said)
    text, *feedback = _FEEDBACK.split(said[weight.end() if weight else 0 :], maxsplit=1)
    item, arrow, match = text.partition("->")
    right = float(weight[1]) > 0 if weight else mark == "="
    told = " ".join(_plain(feedback[0]).split()) if feedback else ""
    if arrow and mark == "=":
        return Answer(" ".join(_plain(item).split()), bool(item.strip()), told, " ".join(_plain(match).split()))
    return Answer(" ".join(_plain(text).split()), right, told)


def _numeric(inner: str, asked: Callable[..., Asked]) -> Asked | tuple[str, str]:
    first = re.split(r"[=~]", inner.lstrip("="))[0]
    number, *said = _FEEDBACK.split(_WEIGHT.sub("", first, count=1), maxsplit=1)
    text = number.strip()
    if match := re.fullmatch(rf"({_NUMBER})\s*\.\.\s*({_NUMBER})", text):
        text = f"{match[1]}:{match[2]}"
    elif match := re.fullmatch(rf"({_NUMBER})\s*:\s*({_NUMBER})", text):
        middle, room = Decimal(match[1]), abs(Decimal(match[2]))
        text = f"{middle - room:f}:{middle + room:f}" if room else match[1]
    elif not re.fullmatch(_NUMBER, text):
        return f"'{text}' is no number", "write one such as {#3.14:0.01} or {#1..5}"
    answers = (Answer(text, True),)
    return asked("numeric", answers, _plain(said[0])) if said else asked("numeric", answers)


def _plain(text: str) -> str:
    return re.sub(r"\\([~=#{}:\\n])", lambda m: "\n" if m[1] == "n" else m[1], text).strip()
