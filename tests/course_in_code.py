"""A small course made in code: every question type, both kinds of page, sections. Rendered, it is tests/golden/page.html."""

from __future__ import annotations

from html import escape
from typing import Any

from scormkit.model.course import Course, Page, Section
from scormkit.model.prose import Prose
from scormkit.model.question import Option
from scormkit.model.settings import CourseSettings, PageSettings
from scormkit.questions.choice import Choice
from scormkit.questions.multiple import Multiple
from scormkit.questions.true_false import TrueFalse

Row = tuple[str, bool, str]

LEAFLET: tuple[Row, ...] = (
    ("Informing", False, "Parents were asked, so it is more than informing."),
    ("Consultation", True, "Yes. Views are sought on a ready product; staff keep the decision."),
    ("Co-production", False, "Nothing was decided together here."),
)
SHARES: tuple[Row, ...] = (
    ("Parents choose the topic with staff", True, "Yes: they decide."),
    ("Parents fill in a survey", False, "A survey asks; staff decide."),
    ("A parent chairs the group", True, "Yes: with a vote."),
    ("There is a poster in the family room", False, ""),
)


def words(text: str) -> Prose:
    """Inline words."""
    return Prose(escape(text), text, text)


def paragraph(text: str) -> Prose:
    return Prose(f"<p>{escape(text)}</p>", text, text)


def answers(rows: tuple[Row, ...]) -> tuple[Option, ...]:
    return tuple(
        Option("abcdefgh"[n], words(text), right, paragraph(said) if said else None, number=n + 1)
        for n, (text, right, said) in enumerate(rows)
    )


def leaflet(name: str, number: int, **more: Any) -> Choice:
    prompt = words("A team asks parents to comment on a finished leaflet. Which word fits best?")
    return Choice(id=name, number=number, prompt=prompt, answers=answers(LEAFLET), **more)


def shares(name: str, number: int, **more: Any) -> Multiple:
    prompt = words("Which of these give parents a share in the decision?")
    return Multiple(id=name, number=number, prompt=prompt, answers=answers(SHARES), partly="partial", **more)


def ends(name: str, number: int, **more: Any) -> TrueFalse:
    both = (Option("true", Prose(), False, number=1), Option("false", Prose(), True, number=2))
    prompt = words("Co-production ends when the leaflet is printed.")
    return TrueFalse(id=name, number=number, prompt=prompt, answer=False, answers=both, **more)


def pages() -> tuple[Page, ...]:
    prose = Prose(
        '<p>Parents and staff <strong>share the decisions</strong>. <a href="#/words/meanings">What the words mean</a></p>'
    )
    table = Prose(
        '<h2 id="/words/meanings">Meanings</h2>\n<table>\n<thead>\n'
        '<tr><th scope="col">Word</th><th scope="col">Who decides?</th></tr>\n'
        "</thead>\n<tbody>\n<tr><td>Informing</td><td>Staff</td></tr>\n</tbody>\n</table>"
    )
    practice = (
        leaflet("finished-leaflet", 1, tries=2, hint=paragraph("Who keeps the decision?")),
        shares("share", 2, tries=0, correct_feedback=paragraph("Both."), incorrect_feedback=paragraph("Who decides?")),
        ends(
            "ends", 3, incorrect_feedback=paragraph("It goes on."), intro=(paragraph("Think of the second edition."),)
        ),
    )
    at_end = PageSettings(type="assessment", shuffle=("questions", "options"))
    each = PageSettings(type="assessment", feedback="after-each", attempts=2, pass_mark=50, draw=1)
    return (
        Page("welcome", "Welcome", blocks=(prose,), number=1),
        Page("words", "Words that matter", blocks=(table,), number=2),
        Page("practice", "Try it yourself", blocks=practice, number=3),
        Page(
            "check",
            "Check what you know",
            at_end,
            (
                paragraph("Take your time."),
                leaflet("check-leaflet", 4),
                shares("check-share", 5),
                ends("check-ends", 6),
            ),
            number=4,
        ),
        Page("again", "A second check", each, (leaflet("each-leaflet", 7), ends("each-ends", 8)), number=5),
    )


def course(**settings: Any) -> Course:
    """The course; `settings` go into its CourseSettings."""
    welcome, *rest = pages()
    return Course(
        CourseSettings(**{"id": "https://example.org/co-production", "title": "Co-production", **settings}),
        (Section((welcome,)), Section(tuple(rest[:2]), "learn", "Learn"), Section(tuple(rest[2:]), "check", "Check")),
    )
