"""scormkit.render: a course becomes one document, a payload and a handful of files."""

from __future__ import annotations

import dataclasses
import json
import re
from pathlib import Path
from typing import get_args

import pytest
from conftest import Expected
from lxml import html

from scormkit.blocks import TYPES as BLOCKS
from scormkit.blocks.audio import Audio
from scormkit.blocks.callout import Callout
from scormkit.blocks.details import Details
from scormkit.blocks.download import Download
from scormkit.blocks.figure import Figure
from scormkit.blocks.quote import Quote
from scormkit.blocks.video import Video
from scormkit.model.accessibility import AccessibilityResults, Circumstance
from scormkit.model.course import ContentBlock, Course, Media, Page, Section, Term
from scormkit.model.prose import Link, Prose
from scormkit.model.site import Site
from scormkit.model.source import Span
from scormkit.model.theme import DARK, LIGHT, Colours
from scormkit.questions import TYPES as QUESTIONS
from scormkit.render import render
from scormkit.render.around import ABOUT, HELP, NOTES, RESOURCES, RESULTS, SEARCH, by_letter
from scormkit.render.render import environment
from scormkit.render.style import SHEETS, style
from scormkit.render.words import direction, period
from scormkit.render.words import words as words_of
from tests.course_in_code import course, leaflet, paragraph, words

ROOT = Path(__file__).parent.parent
GOLDEN = Path(__file__).parent / "golden" / "page.html"


def tree(site: Site) -> html.HtmlElement:
    return html.document_fromstring(site.launch_page())


def with_page(*blocks: Prose, title: str = "One") -> Course:
    return dataclasses.replace(course(), sections=(Section((Page("one", title, blocks=blocks),)),))


def test_the_page_is_what_it_was(expected: Expected) -> None:
    """The player's tests mount this very file (docs/contract.md)."""
    expected(GOLDEN, render(course()).document)


def test_the_same_course_gives_the_same_bytes() -> None:
    assert render(course()) == render(course())


def test_every_id_is_there_once_and_every_reference_leads_somewhere() -> None:
    page = tree(render(course()))
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    for link in page.xpath("//a/@href"):
        assert not link.startswith("#") or link[1:] in ids
    for name in ("for", "aria-controls", "aria-describedby"):
        for reference in page.xpath(f"//@{name}"):
            assert reference in ids


def test_nothing_is_inline_and_nothing_comes_from_elsewhere() -> None:
    page = tree(render(course()))
    assert not page.xpath("//@style") and not page.xpath("//style")
    assert not page.xpath("//@*[starts-with(name(), 'on')]")
    scripts = page.xpath("//script")
    assert [script.get("src") for script in scripts if script.get("type") != "application/json"] == ["player.js"]
    # Without an icon of its own browsers ask for one.
    assert page.xpath("//link/@href") == ["data:,", "theme.css"]
    policy = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert "unsafe" not in policy and "default-src 'none'" in policy


def test_everything_can_be_read_without_script() -> None:
    page = tree(render(course()))
    assert [one.get("data-page") for one in page.xpath("//section[@data-page]")] == [
        "welcome", "words", "practice", "check", "again", RESULTS, SEARCH, NOTES, HELP, ABOUT,
    ]  # fmt: skip
    assert not page.xpath("//section[@data-page][@hidden]")
    answers = page.xpath("//section[@data-question='finished-leaflet']/details[@data-answers]")[0]
    assert answers.xpath(".//*[@data-right]//li/text()") == ["Consultation"]
    assert answers.xpath(".//*[@data-feedback='a']//text()") == ["Parents were asked, so it is more than informing."]


def test_a_true_false_question_speaks_the_language_of_the_course() -> None:
    page = tree(render(course()))
    labels = page.xpath("//section[@data-question='ends']//label")
    assert [label.text for label in labels] == ["True", "False"]
    assert page.xpath("//section[@data-question='ends']//*[@data-right]//li/text()") == ["False"]


def test_questions_have_the_controls_that_their_type_needs() -> None:
    page = tree(render(course()))
    for name, kind in (("finished-leaflet", "radio"), ("share", "checkbox"), ("ends", "radio")):
        assert set(page.xpath(f"//section[@data-question='{name}']//input/@type")) == {kind}
        assert set(page.xpath(f"//section[@data-question='{name}']//input/@name")) == {name}


def test_an_assessment_shows_its_introduction_before_its_paper() -> None:
    page = tree(render(course()))
    check = page.xpath("//section[@data-page='check']")[0]
    assert "Take your time." in check.xpath("string(p[2])")
    paper = check.xpath(".//*[@data-paper]")[0]
    assert paper.xpath(".//@data-question") == ["check-leaflet", "check-share", "check-ends"]
    facts = dict(zip(check.xpath(".//dt/text()"), check.xpath(".//dd/text()"), strict=True))
    assert facts["Questions"] == "3" and facts["Pass mark"] == "80%" and facts["Attempts"] == "As many as you like"
    second = page.xpath("//section[@data-page='again']")[0]
    assert second.xpath(".//dd/text()")[:3] == ["1, chosen from 2", "50%", "2"]


def test_what_an_author_wrote_cannot_become_markup() -> None:
    hostile = '</script><script>alert(1)</script>"><img src=x onerror=alert(1)>'
    site = render(dataclasses.replace(with_page(words("x"), title=hostile), settings=course(title=hostile).settings))
    page = tree(site)
    assert len(page.xpath("//script")) == 2 and not page.xpath("//img")
    assert page.xpath("//h1/text()")[0] == hostile
    assert json.loads(page.xpath("//script[@id='course']/text()")[0])["title"] == hostile


def test_line_separators_do_not_break_the_payload() -> None:
    site = render(course(title="a\u2028b"))
    assert "\u2028" not in site.document.partition('id="course">')[2]
    assert json.loads(tree(site).xpath("//script[@id='course']/text()")[0])["title"] == "a\u2028b"


def test_launch_page_names_tracker_and_allows_it_to_connect() -> None:
    site = render(course())
    page = site.launch_page("xapi", "'self' https:").decode()
    assert page.startswith('<!DOCTYPE html>\n<html data-tracker="xapi" ')
    assert "connect-src 'self' https:;" in page
    assert site.launch_page().decode() == site.document
    assert '"' not in re.findall(r'data-tracker="(.*?)" lang', site.launch_page('a"b').decode())[0]


def test_media_are_handed_on_as_files_and_images_know_their_size(tmp_path: Path) -> None:
    picture = Media("media/cot.png", tmp_path / "cot.png", 10, width=640, height=480)
    html_of = '<p><img src="media/cot.png" alt="a > b"><img src="media/other.png" alt=""></p>'
    site = render(dataclasses.replace(with_page(Prose(html_of)), media=(picture,)))
    assert site.files["media/cot.png"] == tmp_path / "cot.png"
    first, second = tree(site).xpath("//img")
    assert (first.get("width"), first.get("height"), first.get("alt")) == ("640", "480", "a > b")
    assert first.get("loading") == second.get("loading") == "lazy"
    assert second.get("width") is None


def test_images_whose_names_have_a_space_know_their_size_too(tmp_path: Path) -> None:
    picture = Media("media/the cot.png", tmp_path / "the cot.png", 10, width=640, height=480)
    site = render(dataclasses.replace(with_page(Prose('<p><img src="media/the%20cot.png" alt="">')), media=(picture,)))
    assert tree(site).xpath("//img/@width") == ["640"]


def test_wide_tables_can_scroll() -> None:
    assert tree(render(course())).xpath("//div[@class='table']/table")


def test_files_are_sorted_and_hold_player_and_theme() -> None:
    files = render(course()).files
    assert list(files) == sorted(files) and {"player.js", "theme.css"} <= set(files)


def test_direction_and_language_of_the_document() -> None:
    page = tree(render(course(language="ar")))
    assert (page.get("lang"), page.get("dir")) == ("ar", "rtl")
    assert direction("en-GB") == "ltr" and direction("fa-IR") == "rtl"


def sources(folder: Path, *patterns: str) -> str:
    return "".join(path.read_text(encoding="utf-8") for pattern in patterns for path in sorted(folder.rglob(pattern)))


def test_every_word_is_used_and_every_word_that_is_used_is_there() -> None:
    english = words_of("en-GB")
    templates = sources(ROOT / "scormkit", "*.html") + sources(
        ROOT / "scormkit" / "render", "conditions.py", "words.py"
    )
    for key in english.page:
        assert re.search(rf'word\(["\']{key}["\']', templates) or key in COMPUTED, key
    player = sources(ROOT / "player" / "src", "*.ts")
    said = {key.partition(".")[0] for key in english.player}
    for key in said:
        assert f'"{key}"' in player or key in COMPUTED, key
    for key in re.findall(r'\bsay\(\s*"([a-z-]+)"', player):
        assert key in said, key


# Keys that templates and player put together: `feedback-` and the policy, `page-` and the state, and so on.
COMPUTED = {
    *(f"feedback-{policy}" for policy in ("after-each", "at-end", "never")),
    *(f"page-{state}" for state in ("new", "started", "done", "known")),
    *(f"sure-{level}" for level in (1, 2, 3)),
    *("need-answered", "need-right", "page-shown-wrong"),
    *(f"mark-{what}{mark}" for what in ("", "pair-", "place-") for mark in ("right", "wrong", "missed")),
    *(f"review-{how}" for how in ("right", "wrong", "partly", "given", "unanswered")),
    *(f"outcome-{how}" for how in ("good", "mixed", "poor", "none")),
    *("true", "false"),
    "own-name",  # what render.languages() calls a language
    *(f"text-{size}" for size in ("normal", "large", "larger", "largest")),
    *("text-size", "spacing", "spacing-normal", "spacing-wide"),
    *(f"tested-{one}" for one in get_args(Circumstance)),
    *("tested-on", "tested-with", "tested-against", "tested-pages", "tested-not"),
    *(
        "search",
        "notes",
        "notes-kept",
        "notes-not-kept",
        "notes-full",
        "motion",
        "motion-system",
        "motion-none",
        "contact",
        "glossary",
        "resources",
        "help",
        "about-course",
    ),
    *(f"help-key-{key}" for key in ("tab", "enter", "space", "arrows", "escape")),
    *(f"help-{key}" for key in ("tab", "enter", "space", "arrows", "escape", "saved", "being-saved", "not-saved")),
    *("help-saved-here", "help-not-kept", "help-read-only", "help-ended"),
    *("colours", "colours-system", "colours-light", "colours-dark"),
    *("version", "publisher", "authors", "owner", "audience", "duration", "review-pending", "next-review"),
    *("licence", "copyright", "theme"),
    *("record-name", "record-course", "record-result", "record-score", "record-date", "record-saved"),
    "decimal-mark",  # scormkit/render/words.py
    *("note", "tip", "warning", "important", "key-message"),
    *("transcript", "long-description", "embed-fallback", "kilobytes", "megabytes"),
}


def test_the_payload_says_what_the_player_needs() -> None:
    payload = json.loads(tree(render(course())).xpath("//script[@id='course']/text()")[0])
    assert payload["completion"] == {"rule": "pages-and-assessment", "pages": 5}
    check, again = payload["pages"][3:]
    assert check["assessment"] == {
        "passMark": 80, "attempts": 0, "score": "best", "draw": None, "shuffleQuestions": True,
        "shuffleOptions": True, "feedback": "at-end", "review": True,
    }  # fmt: skip
    assert again["assessment"]["draw"] == 1 and again["section"] == "Check"
    share = next(question for question in payload["questions"] if question["id"] == "share")
    assert share["interaction"]["correct"] == [["a", "c"]] and share["scoring"] == "partial"
    assert [option["number"] for option in share["options"]] == [1, 2, 3, 4]


@pytest.mark.parametrize(("share", "needed"), [(100, 3), (50, 2), (33.4, 2), (0, 0)])
def test_pages_needed_are_rounded_up(share: float, needed: int) -> None:
    sections = (Section(tuple(Page(f"p{n}", "P") for n in range(3))),)
    settings = course(completion={"rule": "pages", "pages": share}).settings
    site = render(Course(settings, sections))
    assert json.loads(tree(site).xpath("//script[@id='course']/text()")[0])["completion"]["pages"] == needed


def test_a_course_without_pages_is_a_document_all_the_same() -> None:
    assert tree(render(Course(course().settings))).xpath("//section/@data-page") == [
        RESULTS,
        SEARCH,
        NOTES,
        HELP,
        ABOUT,
    ]


def test_the_first_page_goes_on_to_the_next_and_the_last_to_the_results() -> None:
    page = tree(render(dataclasses.replace(course(), sections=(Section((Page("a", "A"), Page("b", "B"))),))))
    ways = {one.get("data-page"): one.xpath(".//nav/a/@href") for one in page.xpath("//section[@data-page]")}
    assert ways == {
        "a": ["#/b"],
        "b": ["#/a", f"#/{RESULTS}"],
        RESULTS: ["#/b", f"#/{ABOUT}"],
        SEARCH: ["#/a"],
        NOTES: ["#/a"],
        HELP: ["#/a"],
        ABOUT: [f"#/{RESULTS}"],
    }


def test_a_question_inside_a_page_is_numbered_within_it() -> None:
    first, second = Page("a", "A", blocks=(leaflet("x", 1), leaflet("y", 2))), Page("b", "B", blocks=(leaflet("z", 3),))
    page = tree(render(dataclasses.replace(course(), sections=(Section((first, second)),))))
    assert page.xpath("//*[@data-number]/text()") == ["1", "2", "1"]


def block_page(*blocks: ContentBlock, media: tuple[Media, ...] = ()) -> html.HtmlElement:
    page = Page("one", "One", blocks=blocks)
    return tree(render(dataclasses.replace(course(), sections=(Section((page,)),), media=media))).get_element_by_id(
        "/one"
    )


def link(path: str) -> Link:
    return Link("media", path, path, Span(""))


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("note", "Note"),
        ("tip", "Tip"),
        ("warning", "Warning"),
        ("important", "Important"),
        ("key-message", "Key message"),
    ],
)
def test_a_callout_says_in_words_what_it_is(kind: str, said: str) -> None:
    (block,) = block_page(Callout(kind=kind, title=words("Why"), blocks=(paragraph("Text."),))).xpath(".//div[@class]")
    assert block.get("class") == f"block callout {kind}"
    assert block.xpath("string(p[1])") == f"{said}: Why" and block.xpath("string(p[2])") == "Text."
    assert block_page(Callout(kind=kind, title=words(said))).xpath("string(.//p[@class='block-title'])") == said
    assert block_page(Callout(kind=kind)).xpath("string(.//p[@class='block-title'])") == said


def test_blocks_may_stand_inside_blocks() -> None:
    inner = Callout(kind="tip", blocks=(leaflet("inside", 1),))
    page = block_page(Details(title=words("More"), blocks=(inner,)))
    assert page.xpath(".//details/div/div/section/@data-question") == ["inside"]


def test_a_figure_has_its_alternative_caption_credit_and_description() -> None:
    file = Media("media/l.svg", Path(), 1, width=600, height=400)
    figure = Figure(
        image=link("media/l.svg"),
        alt='A "ladder"',
        caption=words("The ladder"),
        credit=words("Us & them"),
        blocks=(paragraph("Long."),),
    )
    page = block_page(figure, media=(file,))
    (image,) = page.xpath(".//figure/img")
    assert dict(image.attrib) == {
        "src": "media/l.svg", "alt": 'A "ladder"', "width": "600", "height": "400", "loading": "lazy", "decoding": "async",
    }  # fmt: skip
    assert page.xpath("string(.//figcaption)") == "The ladder Credit: Us & them"
    assert page.xpath("string(.//figure/details/div/p)") == "Long."
    bare = block_page(Figure(image=link("media/l.svg")))
    assert bare.xpath(".//img/@alt") == [""] and not bare.xpath(".//figcaption | .//details")


def test_recordings_have_names_captions_and_transcripts() -> None:
    film = Video(
        file=link("media/f.mp4"),
        captions=link("media/f.vtt"),
        poster=link("media/f.jpg"),
        title=words("A film"),
        blocks=(paragraph("Said."),),
    )
    sound = Audio(file=link("media/s.mp3"), title=words("A talk"), blocks=(paragraph("Heard."),))
    page = block_page(film, sound)
    (video,), (audio,) = page.xpath(".//video"), page.xpath(".//audio")
    assert (video.get("src"), video.get("poster"), video.get("aria-label")) == ("media/f.mp4", "media/f.jpg", "A film")
    assert page.xpath(".//track/@src | .//track/@kind | .//track/@srclang") == ["captions", "media/f.vtt", "en-GB"]
    assert audio.get("preload") == video.get("preload") == "none"
    assert (audio.get("src"), audio.get("aria-label")) == ("media/s.mp3", "A talk")
    assert page.xpath(".//details/div/p/text()") == ["Said.", "Heard."]


@pytest.mark.parametrize(("size", "said"), [(1, "1 kB"), (120_400, "120 kB"), (999_400, "999 kB"), (2_400_000, "2 MB")])
def test_a_download_says_what_it_is_and_how_much_it_weighs(size: int, said: str) -> None:
    page = block_page(
        Download(file=link("media/list.pdf"), title=words("Checklist")), media=(Media("media/list.pdf", Path(), size),)
    )
    (way,) = page.xpath(".//a[@download]")
    assert (way.get("href"), way.text) == ("media/list.pdf", "Checklist")
    assert page.xpath("string(.//span[@class='file-facts'])") == f"(PDF, {said})"


def test_a_quote_says_whose_words_and_where() -> None:
    page = block_page(Quote(title=words("Ada Lovelace"), source=words("Memoirs"), blocks=(paragraph("It weaves."),)))
    assert page.xpath("string(.//blockquote/p)") == "It weaves."
    assert page.xpath("string(.//figcaption)") == "Ada Lovelace, Memoirs"
    assert page.xpath("string(.//figcaption/cite)") == "Memoirs"


def test_every_type_and_block_has_its_template() -> None:
    for name in QUESTIONS:
        environment().get_template(f"questions/{name}.html")
    for block in set(BLOCKS.values()):
        module = block.__module__.rpartition(".")[2]  # type: ignore[attr-defined]
        environment().get_template(f"blocks/{module}.html")


def test_the_page_knows_what_its_hosts_want() -> None:
    """Limits and wishes come from the profiles: those of the settings, or those that a build was told."""
    made = with_page(paragraph("Text."))
    sites = (render(made), render(made, ("cornerstone",)))
    plain, told = (json.loads(tree(site).get_element_by_id("course").text) for site in sites)
    assert plain["limits"] == {"state": 4096, "response": 255}
    assert "host" not in plain
    assert set(told["host"]["statuses"]) == {"completed", "incomplete"}


def about(**settings: object) -> html.HtmlElement:
    return tree(render(course(**settings))).get_element_by_id(f"/{ABOUT}")


def test_the_course_says_who_made_it_and_who_answers_for_it() -> None:
    page = about(
        version="2.1.0",
        authors=["Ada", "Grace"],
        publisher="Trust & Co",
        licence="CC BY 4.0",
        review={
            "owner": "Ward team",
            "pending": ["Clinical review", "Parents' review"],
            "signed-off": [{"name": "Jo", "role": "Lead", "date": "2026-01-05", "version": "2.0.0"}],
            "next-review": "2027-11-01",
        },
    )
    facts = [(row.xpath("string(dt)"), row.xpath("string(dd)")) for row in page.xpath(".//dl/div")]
    assert facts == [
        ("Version", "2.1.0"), ("Published by", "Trust & Co"), ("Authors", "Ada, Grace"),
        ("Responsible for the content", "Ward team"),
        ("Approved by", "Jo, Lead, version 2.0.0, 2026-01-05"), ("Review still to come", "Clinical review"),
        ("Review still to come", "Parents' review"), ("Next review", "2027-11-01"), ("Licence", "CC BY 4.0"),
    ]  # fmt: skip
    assert page.xpath(".//time[@data-day]/@datetime") == ["2026-01-05", "2027-11-01"]


def test_objectives_stand_in_the_menu_and_on_the_last_page() -> None:
    made = tree(render(course(objectives=[{"id": "a", "text": "Tell <b> apart"}])))
    (objective,) = made.xpath("//nav[@id='menu']/details[contains(@class, 'menu-objectives')]//li[@data-objective='a']")
    assert " ".join(objective.text_content().split()) == "Tell <b> apart Not done yet"
    assert made.get_element_by_id(f"/{ABOUT}").xpath(".//li/text()") == ["Tell <b> apart"]
    none = tree(render(course()))
    assert not none.xpath("//nav[@id='menu']/details[contains(@class, 'menu-objectives')]")


@pytest.mark.parametrize(
    ("contact", "address"),
    [
        ("access@trust.example", "mailto:access@trust.example"),
        ("https://trust.example/help", "https://trust.example/help"),
        ("Ring 0123 or write to a@b.example", None),
        ("javascript:alert(1)@x", "mailto:javascript:alert(1)@x"),
    ],
)
def test_whom_to_ask_about_accessibility(contact: str, address: str | None) -> None:
    (paragraph,) = [
        one for one in about(accessibility={"contact": contact}).xpath(".//p") if contact in one.text_content()
    ]
    assert paragraph.xpath(".//a/@href") == ([address] if address else [])
    assert "tell whoever gave you this course" not in paragraph.text_content()
    assert "tell whoever gave you this course" in about().text_content()


def test_the_accessibility_statement_says_what_the_settings_say() -> None:
    page = about(
        accessibility={
            "limits": ["The map has no text version."],
            "tested": "By hand, 2026.",
            "statement": "https://trust.example/accessibility",
        }
    )
    said = page.text_content()
    assert "WCAG) 2.2 at level AA" in said and "under “Display”" in said
    assert page.xpath(".//h3/text()") == ["What does not work for everyone yet", "How it was tested"]
    assert page.xpath(".//li/text()") == ["The map has no text version."] and "By hand, 2026." in said
    assert page.xpath(".//a/@href")[:-1] == ["https://trust.example/accessibility"]
    assert not about().xpath(".//h3")


def with_results(**more: object) -> Course:
    """The course of the tests with results of an accessibility test."""
    made = course()
    results = {
        "course": made.settings.id, "version": made.settings.version, "date": "2026-11-29",
        "tools": ["axe-core 4.14.1", "Chromium"],
        "pages": [*(page.id for page in made.pages), RESULTS, SEARCH, NOTES, HELP, ABOUT], "circumstances": ["dark", "keyboard"],
    }  # fmt: skip
    return dataclasses.replace(made, accessibility_results=AccessibilityResults.model_validate(results | more))


def test_the_statement_says_what_was_tested_and_no_more() -> None:
    page = tree(render(with_results())).get_element_by_id(f"/{ABOUT}")
    facts = {
        row.xpath("string(dt)"): row.xpath("string(dd)") for row in page.xpath(".//h3/following-sibling::dl[1]/div")
    }
    assert facts == {
        "Tested on": "2026-11-29", "Version": "0.1.0", "Tested with": "axe-core 4.14.1, Chromium",
        "Tested against": "WCAG 2.2 AA", "Pages tested": "10 of 10",
    }  # fmt: skip
    assert page.xpath(".//li/text()") == ["in dark colours", "by keyboard alone"]
    said = page.text_content()
    assert "These tests found no problem." in said and "does not show that there are none" in said
    assert "has changed since" not in said and "Not tested" not in said


def test_the_statement_tells_what_was_found_and_left_out_and_that_the_course_has_changed() -> None:
    broken = {"rule": "label", "help": "Fields must have <labels>", "pages": ["words", "gone"], "count": 2}
    page = tree(render(with_results(version="0.0.9", pages=["words", "gone"], violations=[broken]))).get_element_by_id(
        f"/{ABOUT}"
    )
    said = page.text_content()
    assert "1 of 10" in said and "Not testedWelcome, Try it yourself" in said
    assert "Fields must have <labels> (Words that matter, gone)" in said
    assert "The course has changed since these tests: it is version 0.1.0 now." in said
    assert "found no problem" not in said
    assert "changed since" in tree(render(with_results(hash="0" * 16))).get_element_by_id(f"/{ABOUT}").text_content()


def test_results_of_another_course_are_not_claimed() -> None:
    assert "axe-core" not in tree(render(with_results(course="urn:x:other"))).text_content()


def with_files() -> Course:
    """Two pages that offer the same file, one a second one; the first in a callout, and in a link of its text."""
    lists, plan = link("media/list.pdf"), Link("link", "plan.docx", "media/plan.docx", Span(""), "the plan")
    text = Prose('<p><a href="media/plan.docx">the plan</a></p>', links=(plan,))
    first = Page("a", "A", blocks=(Callout(kind="tip", blocks=(Download(file=lists, title=words("Checklist")),)),))
    second = Page("b", "B <i>", blocks=(Download(file=lists, title=words("The same")), text))
    media = tuple(Media(path, Path(), 2_000) for path in ("media/list.pdf", "media/plan.docx", "media/cot.svg"))
    return dataclasses.replace(course(), sections=(Section((first, second)),), media=media)


def test_resources_are_the_files_that_pages_offer_and_the_links_of_the_settings() -> None:
    links = [{"title": "The charter", "address": "https://who.example/x", "about": "To print."}]
    made = dataclasses.replace(with_files(), settings=course(resources=links).settings)
    page = tree(render(made)).get_element_by_id(f"/{RESOURCES}")
    said = [" ".join(one.text_content().split()) for one in page.xpath(".//li")]
    assert said == [
        "Checklist (PDF, 2 kB) From the page A", "the plan (DOCX, 2 kB) From the page B <i>", "The charter To print.",
    ]  # fmt: skip
    assert page.xpath(".//a[@download]/@href") == ["media/list.pdf", "media/plan.docx"]
    assert page.xpath(".//li/@data-from") == ["a", "b"]
    assert page.xpath(".//li/a[@target]/@href") == ["https://who.example/x"]


def test_pages_beside_the_course_are_there_where_they_have_something_to_say() -> None:
    def shown(made: Course) -> list[str]:
        page = tree(render(made))
        names: list[str] = [one for one in page.xpath("//section/@data-page") if one.startswith("~")]
        links = [one for one in page.xpath("//nav[@id='menu']//@data-page-link") if one.startswith("~")]
        assert sorted(links) == sorted(names)
        return names

    assert shown(with_files()) == [RESULTS, SEARCH, NOTES, RESOURCES, HELP, ABOUT]
    assert shown(dataclasses.replace(with_files(), settings=course(extras=[]).settings)) == [RESULTS, ABOUT]
    assert shown(course()) == [RESULTS, SEARCH, NOTES, HELP, ABOUT]


@pytest.mark.parametrize("settings", [{"contact": "a@b.example"}, {"accessibility": {"contact": "a@b.example"}}])
def test_help_says_whom_to_ask(settings: dict[str, object]) -> None:
    def help_page(**settings: object) -> html.HtmlElement:
        return tree(render(course(**settings))).get_element_by_id(f"/{HELP}")

    assert help_page(**settings).xpath(".//p/a/@href") == ["mailto:a@b.example"]
    assert "Tell whoever gave you this course." in help_page().text_content()


def test_help_explains_every_save_state_in_the_words_of_the_bar() -> None:
    said = tree(render(course())).get_element_by_id(f"/{HELP}").xpath(".//dt/text()")
    saving = (ROOT / "player" / "src" / "ui-saving.ts").read_text(encoding="utf-8")
    keys = set(re.findall(r'"([a-z-]+)"', saving.partition("savingWords")[2].partition("showSaving")[0])) - {"ended"}
    told = {words_of("en-GB").player[key].format(time="12:00") for key in keys & words_of("en-GB").player.keys()}
    assert len(told) == 7 and told <= set(said)


def test_a_long_glossary_has_letters_to_choose_from() -> None:
    names = ["Äpfel", "apple", "Bee", *(f"c{n}" for n in range(12))]
    terms = tuple(Term(name, paragraph("."), name.lower().replace("ä", "a")) for name in names)
    assert [(letter, term.name) for letter, term in by_letter(terms)] == [("A", "Äpfel"), ("B", "Bee"), ("C", "c0")]
    assert by_letter(terms[:14]) == []
    page = tree(render(dataclasses.replace(course(), glossary=terms))).get_element_by_id("/~glossary")
    assert page.xpath(".//nav/ul/li/a/@href") == ["#/~glossary/apfel", "#/~glossary/bee", "#/~glossary/c0"]


def test_what_learners_can_choose_of_the_display_is_in_the_style_sheets() -> None:
    box = tree(render(course())).xpath("//details[@data-display]")[0]
    theme = style(None)
    for choice in box.xpath(".//select"):
        assert box.xpath(f".//label[@for='{choice.get('id')}']")
        values = choice.xpath("option/@value")
        assert values[0] == "" and len(set(values)) == len(values)
        assert all(f'[data-{choice.get("name")}="{value}"]' in theme for value in values[1:])


def test_dark_colours_change_colours_that_there_are() -> None:
    assert set(DARK) < set(LIGHT) == {name.replace("_", "-") for name in Colours.model_fields}
    theme, dark = ((SHEETS / sheet).read_text() for sheet in ("theme.css", "dark.css"))
    used = set(re.findall(r"var\(--([a-z-]+)\)", theme))
    assert set(LIGHT) <= used <= set(LIGHT) | set(re.findall(r"^  --([a-z-]+):", theme, re.MULTILINE))
    assert "prefers-color-scheme" not in theme
    rules = re.findall(r"^([^\s/}].*) {$", dark, re.MULTILINE)
    assert len(rules) > 1 and all(rule.startswith(":root") for rule in rules)
    assert style(None).count("--ground: #10171c") == 2  # where the device, and where the learner wants it


@pytest.mark.parametrize(
    ("written", "language", "told"),
    [
        ("25 minutes", "en-GB", "25 minutes"),
        ("hanner awr", "cy", "hanner awr"),
        ("PT25M", "cy", "25 munud"),
        ("PT1H30M", "de", "90 min"),
    ],
)
def test_a_duration_in_iso_8601_is_told_in_the_words_of_the_language(written: str, language: str, told: str) -> None:
    assert period(written, words_of(language)) == told
