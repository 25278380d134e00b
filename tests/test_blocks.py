"""The content blocks: what they read, and what they say to an author who slips."""

from __future__ import annotations

import pytest

from scormkit.blocks import TYPES
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
from scormkit.blocks.series import Series
from scormkit.blocks.tabs import Tabs
from scormkit.blocks.video import Video
from scormkit.check import check
from scormkit.load import load_texts
from scormkit.model.course import ContentBlock, Course
from scormkit.model.prose import Prose

MEDIA: dict[str, str | bytes] = {
    "media/a.svg": "<svg/>",
    "media/b.mp3": b"ID3\x03",
    "media/c.mp4": b"\x00\x00\x00\x18ftypmp42",
    "media/c.vtt": "WEBVTT\n",
    "media/c.png": b"\x89PNG\r\n\x1a\n",
    "media/d.pdf": b"%PDF-1.7",
}


def course(body: str) -> Course:
    return load_texts({"course.yaml": "id: urn:a\ntitle: A\n", "pages/1.md": body, **MEDIA}).courses[0]


def read(body: str) -> ContentBlock:
    made = course(body)
    assert [str(problem) for problem in made.problems] == []
    (block,) = made.pages[0].blocks
    assert isinstance(block, ContentBlock)
    return block


def said(body: str) -> list[str]:
    return [str(problem).removeprefix("pages/1.md:") for problem in sorted(course(body).problems)]


def html(prose: Prose | None) -> str:
    assert prose is not None
    return prose.html


@pytest.mark.parametrize("name", [name for name, kind in TYPES.items() if kind is Callout])
def test_callouts(name: str) -> None:
    block = read(f":::{{{name}}} A *title*\nText.\n\n- a\n:::\n")
    assert isinstance(block, Callout)
    assert (block.type, block.kind, html(block.title)) == ("callout", name, "A <em>title</em>")
    assert len(block.blocks) == 1
    assert read(f":::{{{name}}}\nText.\n:::\n").title is None


def test_details() -> None:
    block = read("::::{details} More\nText.\n\n:::{tip}\nx\n:::\n::::\n")
    assert isinstance(block, Details) and html(block.title) == "More"
    assert [type(inner).__name__ for inner in block.blocks] == ["Prose", "Callout"]


def test_quote() -> None:
    block = read(":::{quote} Ada\n:source: *Memoirs*\nWords.\n:::\n")
    assert isinstance(block, Quote)
    assert (html(block.title), html(block.source)) == ("Ada", "<em>Memoirs</em>")


def test_checklist() -> None:
    block = read(":::{checklist} Before\nFirst.\n\n- [ ] a *b*\n  - c\n- d\n  > Mind.\n\nLast.\n:::\n")
    assert isinstance(block, Checklist) and html(block.title) == "Before"
    assert [html(item.text) for item in block.items] == ["a <em>b</em>", "d"]
    assert [html(item.text) for item in block.items[0].items] == ["c"]
    assert block.items[1].quote and block.items[1].quote.text == "Mind."
    assert [prose.text for prose in block.blocks if isinstance(prose, Prose)] == ["First.", "Last."]
    assert block.lead == 1


def parts(block: ContentBlock) -> list[tuple[str, str]]:
    """The heading and the words of each part."""
    made = []
    for part in block.blocks:
        assert isinstance(part, ContentBlock)
        said = " ".join(inner.text for inner in part.blocks if isinstance(inner, Prose))
        made.append((part.title.text if part.title else "", said))
    return made


@pytest.mark.parametrize("name", ["cards", "steps", "timeline", "tabs"])
def test_parts_under_headings(name: str) -> None:
    block = read(f":::{{{name}}} Kinds\n## One *two*\nText.\n\n### Deeper\nMore.\n\n---\n\nLast.\n## Three\nx\n:::\n")
    assert isinstance(block, Tabs if name == "tabs" else Series) and html(block.title) == "Kinds"
    assert block.type == "tabs" or (isinstance(block, Series) and block.kind == name)
    assert [(title, " ".join(said.split())) for title, said in parts(block)] == [
        ("One two", "Text. Deeper More. Last."),
        ("Three", "x"),
    ]
    assert isinstance(block.blocks[0], ContentBlock)
    assert html(block.blocks[0].title) == '<h2 id="/1/one-two">One <em>two</em></h2>'


def test_columns() -> None:
    block = read(":::{columns}\nLeft.\n\n---\n\nRight.\n:::\n")
    assert isinstance(block, Columns) and parts(block) == [("", "Left."), ("", "Right.")]
    assert parts(read(":::{columns}\n## A\nLeft.\n## B\nRight.\n:::\n")) == [("A", "Left."), ("B", "Right.")]


def test_questions_may_stand_in_cards_but_not_in_tabs() -> None:
    question = ":::{true-false} Is it?\n:id: is-it\n:answer: true\n> correct: Yes.\n> incorrect: No.\n:::"
    body = f"::::{{cards}}\n## A\n{question}\n## B\nx\n::::"
    assert [q.id for q in course(body).pages[0].questions] == ["is-it"] and said(body) == []
    (line,) = said(body.replace("cards", "tabs"))
    assert line.startswith("3:1: error BLK015: the question 'is-it' stands inside tabs")


EMBED = ":::{embed} https://films.example.org/a?b=1\n:title: A *film*\n:consent: They learn it.\nIn short.\n:::\n"


def test_embed() -> None:
    block = read(EMBED)
    assert isinstance(block, Embed) and (html(block.title), html(block.consent)) == (
        "A <em>film</em>",
        "They learn it.",
    )
    assert (block.host, block.shape, block.frames) == ("films.example.org", "wide", ("https://films.example.org",))
    assert block.page.target == "https://films.example.org/a?b=1" and len(block.blocks) == 1


@pytest.mark.parametrize(
    "address",
    ["", "http://films.example.org/a", "films.example.org", "https://", "https://user:p@films.example.org/", "https://a b.org/",
     "https://films.example.org/'; script-src *", "javascript:alert(1)", "https://*.example.org/", "https://localhost/",
     "https://[::1]/", "../media/c.mp4"],
)  # fmt: skip
def test_what_cannot_be_embedded(address: str) -> None:
    lines = said(EMBED.replace("https://films.example.org/a?b=1", address))
    assert len(lines) == 1 and "error BLK018" in lines[0]


def test_figure() -> None:
    block = read(":::{figure} ../media/a.svg\n:alt: A cat\n:caption: *Cat*\n:credit: Me\nLong.\n:::\n")
    assert isinstance(block, Figure)
    assert (block.image.target, block.alt, block.image.text) == ("media/a.svg", "A cat", "A cat")
    assert (html(block.caption), html(block.credit), block.media) == ("<em>Cat</em>", "Me", ("media/a.svg",))
    decoration = read(":::{figure} ../media/a.svg\n:decorative: true\n:::\n")
    assert isinstance(decoration, Figure) and decoration.image.decorative


def test_audio() -> None:
    block = read(":::{audio} ../media/b.mp3\n:title: A chime\nOne chime.\n:::\n")
    assert isinstance(block, Audio)
    assert (block.file.target, html(block.title), block.media) == ("media/b.mp3", "A chime", ("media/b.mp3",))


def test_video() -> None:
    options = ":title: T\n:captions: ../media/c.vtt\n:poster: ../media/c.png\n"
    block = read(f":::{{video}} ../media/c.mp4\n{options}Words.\n:::\n")
    assert isinstance(block, Video)
    assert block.media == ("media/c.mp4", "media/c.vtt", "media/c.png")
    silent = read(":::{video} ../media/c.mp4\n:title: T\n:silent: true\nWords.\n:::\n")
    assert isinstance(silent, Video) and silent.captions is None


def test_a_share_of_a_recording() -> None:
    options = ":title: T\n:silent: true\n:complete: 80%\n"
    block = read(f":::{{video}} ../media/c.mp4\n{options}Words.\n:::\n")
    assert isinstance(block, Video) and (block.share, block.watch) == (80, ("media/c.mp4", 80))
    sound = read(":::{audio} ../media/b.mp3\n:title: T\n:complete: 100\nWords.\n:::\n")
    assert sound.watch == ("media/b.mp3", 100)
    assert read(":::{audio} ../media/b.mp3\n:title: T\nWords.\n:::\n").watch is None


@pytest.mark.parametrize("written", ["0", "101%", "-5", "half", "8e1", "²", "80 % of it", "9" * 5000])
def test_what_is_no_share(written: str) -> None:
    (line,) = said(f":::{{audio}} ../media/b.mp3\n:title: T\n:complete: {written}\nWords.\n:::\n")
    assert line.startswith("3:12: error BLK023")


def test_download() -> None:
    block = read(":::{download} ../media/d.pdf\n:title: A list\n:::\n")
    assert isinstance(block, Download)
    assert (block.media, html(block.title), block.blocks) == (("media/d.pdf",), "A list", ())


@pytest.mark.parametrize("name", ["screen", "handout"])
def test_parts_for_one_of_the_two(name: str) -> None:
    block = read(f":::{{{name}}} T\nText.\n:::\n")
    assert isinstance(block, Only) and (block.kind, html(block.title), len(block.blocks)) == (name, "T", 1)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (":::{figure}\n:alt: a\n:::", "1:1: error BLK001: this figure names no file"),
        (":::{figure} ../media/d.pdf\n:alt: a\n:::", "1:13: error BLK002: '../media/d.pdf' is not a picture"),
        (":::{note} A\n:::", "1:1: error BLK003: this note is empty"),
        (":::{quote} A\n:source:\nx\n:::", "2:1: error BLK004: the option ':source:' has no value"),
        (":::{details}\nx\n:::", "1:1: error BLK005: this details block has no title"),
        (":::{download} ../media/d.pdf\n:::", "1:1: error BLK006: this download has no title"),
        (":::{checklist} A\nText.\n:::", "1:1: error BLK007: this checklist has no items"),
        (":::{checklist} A\n- a\n-\n:::", "3:1: error BLK008: this item of the checklist is empty"),
        (":::{checklist} A\n- [ ] a\n  - [x] b\n:::", "3:1: warning BLK009: this item of the checklist is ticked"),
        (":::{tabs} A\nText.\n:::", "2:1: error BLK010: the parts of 'tabs' have no headings"),
        (":::{steps}\nText.\n## A\nx\n## B\nx\n:::", "2:1: error BLK011: in 'steps' there is text before the first"),
        (":::{cards}\n## A\nx\n:::", "1:1: warning BLK012: 'cards' has one part only; add another heading"),
        (":::{columns}\nx\n---\ny\n:::", "1:1: warning BLK012: 'columns' has one part only; add a line '---'"),
        (":::{timeline}\n## A\n## B\nx\n:::", "2:1: error BLK013: this part of 'timeline' is empty; write its text"),
        (":::{columns}\n---\n\nx\n:::", "1:1: warning BLK012: 'columns' has one part only"),
        (":::{columns}\n## A\na\n## B\nb\n## C\nc\n## D\nd\n:::", "1:1: warning BLK014: there are 4 columns"),
        (EMBED.replace(":title: A *film*\n", ""), "1:1: error AXS003: this embed has no title"),
        (EMBED.replace(":consent: They learn it.\n", ""), "1:1: error BLK019: this embed does not say what loading"),
        (EMBED.replace("In short.\n", ""), "1:1: error BLK020: this embed says nothing to those who cannot load it"),
        (EMBED.replace("In", ":shape: squar\nIn"), "4:9: error BLK021: 'squar' is no shape; did you mean 'square'?"),
        (":::{figure} ../media/a.svg\n:::", "1:1: error AXS001: this figure has no text alternative"),
        (":::{audio} ../media/b.mp3\n:title: x\n:::", "1:1: error AXS002: this audio has no transcript"),
        (":::{audio} ../media/b.mp3\nx\n:::", "1:1: error AXS003: this audio has no title"),
        (":::{video} ../media/c.mp4\n:title: x\ny\n:::", "1:1: error AXS004: this video has no captions; add"),
        (":::{figure} ../media/A.svg\n:alt: a\n:::", "1:13: error MED001: there is no file '../media/A.svg'; did you"),
        (":::{video} https://example.org/x.mp4\n:title: x\n:silent: true\ny\n:::", "1:12: error MED002"),
        (":::{download} ../../x.pdf\n:title: x\n:::", "1:15: error LNK002"),
        (":::{note} A\n:id: x\ny\n:::", "2:1: error DIR009: 'note' has no option ':id:'"),
    ],
)  # fmt: skip
def test_every_slip_has_its_message(body: str, expected: str) -> None:
    lines = said(body)
    assert len(lines) == 1, lines
    assert lines[0].startswith(expected), lines[0]


@pytest.mark.parametrize("name", sorted(TYPES.keys() - {"references"}))  # which is written with nothing in it
def test_every_block_survives_having_nothing_in_it(name: str) -> None:
    assert [problem for problem in check(course(f":::{{{name}}}\n:::\n")) if problem.span.path == "pages/1.md"]
