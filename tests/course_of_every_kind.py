"""A course made in code with every setting, every kind of interaction and texts that break careless writers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from course_in_code import words

from scormkit.model.course import Course, Page, Section
from scormkit.model.question import Component, Interaction, Kind, Question
from scormkit.model.settings import CourseSettings, PageSettings

SETTINGS = {
    "id": "urn:uuid:0d1f6ae4-3c52-4e0c-9c5c-0f4b7f1f2a77#every-kind",
    "title": 'Every kind: "q" & <é> – שלום',
    "version": "2.1.0-draft",
    "language": "cy",
    "summary": "All that a course can say.\nOn two lines.",
    "keywords": ["neonatal", "parents & staff"],
    "duration": "1 hour 30 minutes",
    "audience": "Allied health professionals",
    "authors": ["Example Author, AHP", "=SUM(A1)"],
    "publisher": "Example; Publisher",
    "copyright": "© 2026 Example",
    "licence": "CC BY 4.0",
    "objectives": [{"id": "tell", "text": "Tell them apart"}, {"id": "plan", "text": "=Plan one"}],
    "review": {"pending": ["clinical review"]},
}


@dataclass(frozen=True, kw_only=True)
class Told(Question):
    """A question that is nothing but what an LMS is told of it."""

    type: ClassVar[str] = "told"

    told: Interaction

    @property
    def interaction(self) -> Interaction:
        return self.told


def components(**texts: str) -> tuple[Component, ...]:
    return tuple(Component(key, text) for key, text in texts.items())


INTERACTIONS = (
    Interaction("truth", Kind.TRUE_FALSE, "Is it so?", (("true",),)),
    Interaction("one", Kind.CHOICE, "Which?", (("b",),), choices=components(a="=1+1", b="Two, too", c="")),
    Interaction("some", Kind.CHOICE, "Which ones?", (("a", "c"), ("a",)), choices=components(a="-1", b="B", c="C")),
    Interaction("word", Kind.FILL_IN, "What is it called?", (("kangaroo care",), ("skin-to-skin",))),
    Interaction("thoughts", Kind.LONG_FILL_IN, "What did you think?\nTake your time."),
    Interaction(
        "pairs",
        Kind.MATCHING,
        "Match",
        (("a.y", "b.x"),),
        source=components(a="A", b="B"),
        target=components(x="X", y="Y"),
    ),
    Interaction("steps", Kind.PERFORMANCE, "Do it", (("s1.done", "s2.v1.2"),), steps=components(s1="Wash", s2="Dry")),
    Interaction("order", Kind.SEQUENCING, "Order", (("b", "a"),), choices=components(a="Second", b="First")),
    Interaction("agree", Kind.LIKERT, "Agree?", scale=components(a="No", b="Perhaps", c="Yes")),
    Interaction("number", Kind.NUMERIC, "How many?", (("5",), ("-2:3.5",), (":9",), ("4:",))),
    Interaction("else", Kind.OTHER, "@else " + "long " * 60),
)


def course_of_every_kind() -> Course:
    """One page of practice with all kinds, one assessment with the first."""
    practice = tuple(
        Told(id=told.id, prompt=words(told.description), told=told, number=number, objectives=("tell",))
        for number, told in enumerate(INTERACTIONS, start=1)
    )
    graded = Told(
        id="graded",
        prompt=words("Graded?"),
        told=Interaction("graded", Kind.TRUE_FALSE, "Graded?", (("false",),)),
        points=2.5,
    )
    return Course(
        CourseSettings.model_validate(SETTINGS),
        (
            Section(
                (
                    Page("kinds", "Every kind", PageSettings(objectives=("plan",)), practice, number=1),
                    Page("check", "Check", PageSettings(type="assessment"), (graded,), number=2),
                )
            ),
        ),
    )
