"""How long the courses take and how hard they are to read: `python course/measure.py` (or `.venv/bin/python course/measure.py`).

For each page: words that everybody reads, minutes, and reading age; and sentences that are long. Minutes are an estimate: 238
words a minute (the mean of silent reading in Brysbaert 2019, Journal of Memory and Language 109: 104047), twelve seconds to
think about each question, a minute for what learners write themselves, and the film.
Reading age is the Flesch-Kincaid grade plus five. It counts syllables by rule, so trust differences more than single figures.
Not counted: the page about the course, footnotes, closed descriptions, transcripts, and feedback on answers that were not chosen.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import scormkit
from scormkit.model.course import Block, Page
from scormkit.model.prose import Prose
from scormkit.model.question import Question

HERE = Path(__file__).parent
PACE = 238
LONG = 34
"""Words after which a sentence is listed."""
CLOSED = {"details", "figure", "video", "audio"}
MINUTES = {"video": 1.0, "reflection": 1.0}
THINKING = 0.2


def plain(html: str) -> str:
    """Words of clean HTML, with a full stop behind each paragraph, cell and item; no footnotes and no keyboard hints."""
    html = re.sub(r'<(section|ol|div)[^>]*class="footnotes".*', "", html, flags=re.S)
    html = re.sub(r"<sup.*?</sup>", "", html, flags=re.S)
    html = re.sub(r"</(p|li|td|th|h\d|dt|dd)>", ". ", html)
    text = re.sub(r"&\w+;|&#\d+;", " ", re.sub(r"<[^>]+>", "", html))
    return re.sub(r"([.?!:])[\"”']?\s*\.", r"\1", " ".join(text.split()))


def read(page: Page) -> Iterator[tuple[str, float]]:
    """What a learner reads on a page: texts, each with the share of learners (or of it) that is read."""
    yield page.title + ".", 1
    share = 1.0
    if page.is_assessment and page.settings.draw:
        share = page.settings.draw / len(page.questions)
    for block in page.blocks:
        yield from _block(block, share)


def _block(block: Block, share: float) -> Iterator[tuple[str, float]]:
    if isinstance(block, Question):
        yield block.prompt.text, share
        scenes = getattr(block, "scenes", ())
        for scene in scenes:
            yield from ((text, 0.5) for text in _texts(scene))
        for part in block.intro:
            yield from _block(part, share)
        for answer in block.answers:
            yield answer.text.text + ".", share
            if answer.feedback:
                yield plain(answer.feedback.html), share / len(block.answers)
        return
    if isinstance(block, Prose):
        yield plain(block.html), share
        return
    if block.title:
        yield block.title.text + ".", share
    if block.type not in CLOSED:
        for part in block.blocks:
            yield from _block(part, share)
        for prose in _texts(block):
            yield prose, share


def _texts(thing: object) -> Iterator[str]:
    """Prose in the fields of a block or scene of any kind, down to its parts."""
    for name in getattr(thing, "__dataclass_fields__", ()):
        if name in ("blocks", "title", "span", "intro"):
            continue
        value = getattr(thing, name)
        for one in value if isinstance(value, tuple) else (value,):
            if isinstance(one, Prose):
                yield plain(one.html) or one.text
            else:
                yield from _texts(one)


def syllables(word: str) -> int:
    """Groups of vowels, less a silent e."""
    word = re.sub(r"(?:[^laeiouy]es|ed|[^laeiouy]e)$", "", word.lower())
    return max(1, len(re.findall(r"[aeiouy]{1,2}", word)))


def measure(texts: list[tuple[str, float]]) -> tuple[float, float, list[str]]:
    """Words, reading age, long sentences."""
    words = sentences = beats = 0.0
    long = []
    for text, share in texts:
        for sentence in re.split(r"(?<=[.?!:])[\"”']?\s+", text):
            found = re.findall(r"[A-Za-z'’]+", sentence)
            words += share * len(found)
            if len(found) > 3:  # a heading or a cell of a table is no sentence
                sentences += share
                beats += share * (sum(map(syllables, found)) / len(found)) * len(found)
            if len(found) > LONG:
                long.append(sentence)
    counted = words or 1
    age = 0.39 * counted / (sentences or 1) + 11.8 * beats / counted - 15.59 + 5
    return words, age, long


def minutes(page: Page, words: float) -> float:
    share = page.settings.draw / len(page.questions) if page.is_assessment and page.settings.draw else 1
    extra = sum(MINUTES.get(block.type, 0) for block in page.walk if not isinstance(block, Prose))
    return words / PACE + extra + THINKING * share * len(page.questions)


def main() -> None:
    wanted = set(sys.argv[1:])
    for course in scormkit.load(HERE).courses:
        if course.root is None or (wanted and course.root.name not in wanted):
            continue
        whole, total = [], 0.0
        print(f"\n{course.settings.title} ({course.settings.duration})")
        for page in course.pages:
            if page.id == "about":
                continue
            texts = list(read(page))
            words, age, long = measure(texts)
            whole += texts
            total += minutes(page, words)
            print(f"  {words:6.0f} words {minutes(page, words):5.1f} min  age {age:4.1f}  {page.title}")
            for sentence in long:
                print(f"         long: {sentence[:140]}")
        words, age, _ = measure(whole)
        print(f"  {words:6.0f} words {total:5.1f} min  age {age:4.1f}  in all")


if __name__ == "__main__":
    main()
