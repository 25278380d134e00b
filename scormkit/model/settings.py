"""The settings files: programme.yaml, course.yaml and a page's front matter, as typed and frozen data.

Their JSON Schemas, which editors use for completion, are printed from these classes (`scormkit/standards/settings/`).
YAML's scalars arrive here as the text that the author wrote, so that `version: 1.0` is the text "1.0" and `title: no` the
word "no": pydantic turns text into numbers and booleans only where a field wants one.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, StringConstraints

from scormkit.model.duration import in_words, seconds

T = TypeVar("T")


def _one_as_list(value: Any) -> Any:
    """`profile: moodle` means `profile: [moodle]`."""
    return (value,) if isinstance(value, str) else value


def _per_cent(value: Any) -> Any:
    """`80%` means `80`."""
    return value.strip().removesuffix("%").rstrip() if isinstance(value, str) else value


def _rule(value: Any) -> Any:
    """`completion: pages` means `completion: {rule: pages}`."""
    return {"rule": value} if isinstance(value, str) else value


DAY = 24 * 60 * 60


def _seconds(value: Any) -> Any:
    """`1 minute 30 seconds` means 90, and so does `90 seconds`."""
    if not isinstance(value, str):
        return value
    count = seconds(value)
    if count is None:
        raise ValueError("a time such as '30 seconds' or '2 minutes'")
    return count


Many = Annotated[tuple[T, ...], BeforeValidator(_one_as_list)]
"""A list, or one value that stands for a list of one."""

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]([a-z0-9-]*[a-z0-9])?$", max_length=64)]
Percent = Annotated[float, Field(ge=0, le=100), BeforeValidator(_per_cent)]
Seconds = Annotated[int, Field(ge=1, le=1800), BeforeValidator(_seconds, json_schema_input_type=str | int)]
Length = Annotated[
    int,
    Field(ge=1, le=DAY),
    BeforeValidator(_seconds, json_schema_input_type=str | int),
    PlainSerializer(in_words, when_used="json"),
]
"""Seconds, at most a day: written as `10 minutes` or `1 hour 30 minutes`."""

Weight = Annotated[float, Field(ge=0, le=1000)]
RuleId = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9]{2}\d{3}$")]
Fingerprint = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{16}$")]
Format = Literal["scorm12", "xapi"]
CompletionRule = Literal["pages", "assessment", "pages-and-assessment", "manual"]
Extra = Literal["search", "notes", "resources", "help"]
Profile = Literal["generic", "moodle", "nhs-learning-hub", "aicc-relay", "cornerstone", "open-edx"]


class Settings(BaseModel):
    """Keys are written with hyphens; a key that is not listed is a mistake."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        validate_by_name=True,
        alias_generator=lambda name: name.replace("_", "-"),
        defer_build=True,  # most of these classes are only ever read as a part of another one
    )


class Objective(Settings):
    """Something that the learner can do afterwards; pages and questions name it by its id."""

    id: Identifier
    text: Text
    met_by: Literal["assessment", "practice", "pages"] | None = Field(
        None,
        description="what shows that it is met: questions of assessments, practice questions, or pages that are done; "
        "default: assessments where one asks about it, else pages",
    )


class Assessment(Settings):
    """How assessments are marked, unless an assessment page says otherwise in its front matter."""

    pass_mark: Percent = Field(80, description="per cent of the points that passes")
    attempts: int = Field(0, ge=0, le=99, description="how often it may be taken; 0: as often as the learner likes")
    score: Literal["best", "latest"] = Field("best", description="which attempt counts")


class Completion(Settings):
    """What a learner must do for the course to be complete."""

    rule: CompletionRule = Field("pages", description="manual: when the learner says so")
    pages: Percent = Field(100, description="how many per cent of the pages must be done")
    count: int | None = Field(None, ge=1, le=9999, description="how many pages must be done, instead of a share")
    statement: Text | None = Field(None, description="manual: what learners confirm, such as 'I have read this course'")

    @property
    def counts_pages(self) -> bool:
        """Whether pages that are done count; by the rule `manual` only where it says how many."""
        return self.rule.startswith("pages") or (self.rule == "manual" and self.says_pages)

    @property
    def says_pages(self) -> bool:
        """Whether the author said how many pages must be done."""
        return bool({"pages", "count"} & self.model_fields_set)


class Unlock(Settings):
    """What opens a page, or all pages of a section: everything that is named here."""

    after: Many[Text] = Field((), description="pages or sections that are done, or questions that are answered")
    right: Many[Text] = Field((), description="practice questions that are answered right")
    passed: Many[Text] = Field((), description="assessment pages that are passed")
    score: Percent | None = Field(None, description="per cent that is enough in them; default: their pass marks")


class ShowIf(Settings):
    """Whose course a page, or a section, is part of: that of learners who gave this answer to an earlier question."""

    question: Text = Field(description="a practice question, poll or scale on an earlier page")
    answer: Many[Text] = Field((), description="the letter or words of the answer; several: any of them")
    right: bool | None = Field(None, description="instead of an answer: whether it was answered right")


class SignOff(Settings):
    """Somebody who approved a version."""

    name: Text
    role: Text
    date: date
    version: Text
    hash: Fingerprint | None = Field(None, description="of the content approved, as `scormkit review --hash` prints it")


class Review(Settings):
    """Who answers for the content, who approved it, and when it is looked at again."""

    owner: Text | None = Field(None, description="who answers for the content")
    pending: Many[Text] = Field((), description="reviews that are still outstanding, in words for the learner")
    signed_off: tuple[SignOff, ...] = Field((), description="who approved which version, and when")
    next_review: date | None = Field(None, description="when the content is looked at again, such as 2027-11-01")


class Accessibility(Settings):
    """What the course's accessibility statement says beyond what is true of every course."""

    contact: Text | None = Field(
        None, description="whom learners ask for help or another format: a mail address, a web address, or words"
    )
    limits: Many[Text] = Field((), description="what does not work for everyone yet, and what to use instead")
    tested: Text | None = Field(None, description="by whom, how and when it was tested, in words for the learner")
    statement: Text | None = Field(None, description="web address of the organisation's own accessibility statement")
    results: Text | None = Field(
        None, description="file that a test run wrote, as seen from the course's folder, such as accessibility.json"
    )


class Resource(Settings):
    """Something elsewhere that learners may want: it stands on the page of resources."""

    title: Text
    address: Text = Field(description="a web address that begins with https://")
    about: Text | None = Field(None, description="what it is good for, in a sentence")


class Shared(Settings):
    """What a programme can say once for all of its courses; a course may say it again for itself."""

    language: Text = Field("en-GB", description="BCP 47 tag of the language that the course is written in")
    languages: Many[Text] = Field(
        (),
        description="the languages that learners choose from, the first one in front; each but 'language' has locales/<tag>.po",
    )
    packages: Literal["one", "each"] = Field(
        "one", description="one package for all languages, with a switch; or one for each"
    )
    publisher: Text | None = Field(None, description="the organisation that publishes the course")
    authors: Many[Text] = Field((), description="who wrote it")
    copyright: Text | None = Field(None, description="whose it is, such as '© 2026 Example Trust'")
    licence: Text | None = Field(None, description="how it may be used")
    audience: Text | None = Field(None, description="whom it is for")
    formats: Many[Format] = Field(("scorm12", "xapi"), min_length=1, description="the packages that are built")
    profile: Many[Profile] = Field(("generic",), min_length=1, description="the hosts that the course must work on")
    theme: Text = Field("default", description="how it looks: a folder with a theme.yaml, such as themes/my-trust")
    accessibility: Accessibility = Accessibility()
    contact: Text | None = Field(
        None, description="whom learners ask about the course: a mail address, a web address, or words"
    )
    extras: Many[Extra] = Field(
        ("search", "notes", "resources", "help"), description="what learners find beside the pages; default: all"
    )
    checks: dict[RuleId, Literal["off", "info", "warning", "error"]] = Field(
        {}, description="another severity for a check, by its ID, such as {MED004: off}; errors stay errors"
    )


class ProgrammeSettings(Shared):
    """programme.yaml"""

    title: Text | None = Field(None, description="what the programme is called")
    base: Text | None = Field(None, description="IRI that the ids of courses without an id of their own begin with")
    courses: Many[Text] = Field((), description="the courses' folders in their order; default: all, by name")


class CourseSettings(Shared):
    """course.yaml. `id` is permanent: reports, saved progress and xAPI statements hang on it."""

    id: Text = Field(description="the course's permanent address (an IRI that you control): never change it")
    title: Text = Field(description="what the course is called")
    version: Text = Field("0.1.0", description="changes with each release; part of the packages' file names")
    summary: Text | None = Field(None, description="what it is about, in two or three sentences for the catalogue")
    keywords: Many[Text] = Field((), description="words that people search for")
    duration: Text | None = Field(None, description="how long it takes, such as '25 minutes' or 'PT25M'")
    objectives: tuple[Objective, ...] = Field((), description="what learners can do afterwards")
    resources: tuple[Resource, ...] = Field((), description="web pages for learners, listed with the downloads")
    completion: (
        Annotated[Completion, BeforeValidator(_rule, json_schema_input_type=Completion | CompletionRule)] | None
    ) = Field(None, description="default: the pages, and the assessment where there is one")
    assessment: Assessment = Assessment()
    navigation: Literal["free", "in-order"] = Field(
        "free", description="in-order: a page opens when those before it are done"
    )
    pages: Many[Text] = Field((), description="the pages' files in their order; default: all, by name")
    review: Review = Review()

    @property
    def slug(self) -> str:
        """The id's last part, for file names: `co-production` of `urn:uuid:...#co-production`."""
        return re.sub(r"[^A-Za-z0-9._-]+", "-", re.split(r"[/#:]", self.id.rstrip("/#:"))[-1])


class PaperSection(Settings):
    """A part of a test with its own questions, and a mark and weight of its own where it says so."""

    title: Text = Field(description="what learners see it called")
    drawn_from: Many[Text] = Field(
        alias="from", min_length=1, description="tags of questions, or banks or folders of banks/, that it consists of"
    )
    draw: Annotated[int, Field(ge=1)] | None = Field(None, description="how many of them a paper has; default: all")
    pass_mark: Percent | None = Field(None, description="per cent of its points without which the whole is not passed")
    weight: Weight | None = Field(None, description="what it counts for in the score; default: its points")
    covers: Many[Identifier] = Field(
        (), description="of a pre-test: pages, sections or objectives that whoever reaches the mark may skip"
    )


class PageSettings(Settings):
    """A page's front matter."""

    title: Text | None = Field(
        None, description="default: the text's first line where it is '# A title', else the file's name"
    )
    id: Identifier | None = Field(
        None, description="default: the file's name without its number; keep it once released"
    )
    type: Literal["page", "assessment", "pretest"] = Field(
        "page",
        description="assessment: its questions count towards the score; pretest: it lets learners skip what they know",
    )
    objectives: Many[Identifier] = Field((), description="ids of the objectives that the page serves")
    pass_mark: Percent | None = Field(
        None, description="per cent that passes this assessment; default: as in course.yaml"
    )
    attempts: Annotated[int, Field(ge=0, le=99)] | None = Field(
        None, description="how often this assessment may be taken; 0: as often as the learner likes"
    )
    drawn_from: Many[Text] = Field(
        (), alias="from", description="tags of questions, or banks or folders of banks/, that are asked beside its own"
    )
    draw: Annotated[int, Field(ge=1)] | None = Field(
        None, description="how many of the questions a paper has; default: all"
    )
    sections: tuple[PaperSection, ...] = Field(
        (), description="parts of the test with draws, marks and weights of their own"
    )
    weight: Weight | None = Field(
        None, description="what this assessment counts for where the course has several; default: its points"
    )
    retake: Literal["all", "missed"] = Field("all", description="what a further attempt asks")
    wait: Length | None = Field(None, description="how long after an attempt the next may begin, such as '10 minutes'")
    time_limit: Length | None = Field(
        None, description="how long an attempt may take, such as '20 minutes'; learners can have more"
    )
    covers: Many[Identifier] = Field(
        (), description="of a pre-test: pages, sections or objectives that whoever passes may skip"
    )
    confidence: bool = Field(False, description="whether learners are asked how sure they are of each answer")
    shuffle: Many[Literal["questions", "options"]] = Field((), description="what is in another order for each learner")
    feedback: Literal["after-each", "at-end", "never"] = Field(
        "at-end", description="when an assessment says what was right"
    )
    review: bool = Field(True, description="whether the learner may look at the answers afterwards")
    unlock: Unlock | None = Field(None, description="what opens the page; default: it is open from the start")
    show_if: ShowIf | None = Field(None, description="whose course the page is part of; default: everybody's")
    required: bool = Field(True, description="false: the page may be left out and does not count for completion")
    min_time: Seconds | None = Field(
        None, description="how long a learner must have been on the page for it to be done, such as '30 seconds'"
    )


class BankSettings(Settings):
    """Front matter of a file in banks/"""

    title: Text | None = Field(None, description="what authors call it; learners never see it")
    tags: Many[Text] = Field((), description="tags that all of its questions have")


class SectionSettings(Settings):
    """section.yaml in a sub-folder of pages/"""

    title: Text | None = Field(None, description="what the section is called; default: its folder's name")
    unlock: Unlock | None = Field(None, description="what opens its pages; default: they are open from the start")
    show_if: ShowIf | None = Field(None, description="whose course its pages are part of; default: everybody's")
