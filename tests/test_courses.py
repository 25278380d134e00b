"""The programme in course/ keeps what its README promises, and the release workflow uses only what exists.

Whether a sentence is true or kind is for reviewers; here stands what a machine can see.
"""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from lxml import html

import scormkit
from scormkit import Course, Programme
from scormkit.cli import main
from scormkit.model.question import Question

ROOT = Path(__file__).parent.parent
COURSES = ("co-production", "co-design", "knowledge-mobilisation", "always-events")


@pytest.fixture(scope="module")
def programme() -> Programme:
    loaded = scormkit.load(ROOT / "course")
    assert isinstance(loaded, Programme)
    return loaded


@pytest.fixture(params=COURSES)
def course(request: pytest.FixtureRequest, programme: Programme) -> Course:
    return next(c for c in programme.courses if c.root.name == request.param)


@pytest.fixture
def untested(course: Course) -> Course:
    """The course without its accessibility results: they age with every edit, and `make proof` renews them before a release."""
    return replace(course, accessibility_results=None)


def graded(course: Course) -> list[Question]:
    return [question for page in course.pages if page.is_assessment for question in page.questions]


def test_the_programme_lists_every_course(programme: Programme) -> None:
    assert [course.root.name for course in programme.courses] == list(COURSES)


def test_the_programmes_page_lists_every_course(programme: Programme, tmp_path: Path) -> None:
    built = scormkit.build(programme, out=tmp_path, profiles=["moodle"])
    page = html.fromstring((tmp_path / "programme.html").read_bytes())
    assert [title.text for title in page.iter("h2")] == [course.settings.title for course in programme.courses]
    text = page.text_content()
    for package in built.packages:
        assert package.path.name in text
    for course in programme.courses:
        assert text.count(course.settings.objectives[0].text) == 1
        assert course.settings.duration and course.settings.duration in text
        assert course.settings.review.pending[0] in text, "nobody takes it for reviewed"
    assert not page.xpath("//script | //link | //img"), "nothing is loaded"


def test_a_course_on_its_own_has_no_page_of_a_programme(course: Course, tmp_path: Path) -> None:
    scormkit.build(course, out=tmp_path, formats=["scorm12"])
    assert not (tmp_path / "programme.html").exists()


def test_no_error_and_no_warning(untested: Course) -> None:
    found = [problem for problem in scormkit.check(untested) if problem.severity.rank <= 2]
    assert found == []


def test_results_of_accessibility_tests_are_of_this_course_and_found_nothing(course: Course) -> None:
    found = course.accessibility_results
    assert found is not None and found.violations == ()
    assert (found.course, found.version) == (course.settings.id, course.settings.version)
    assert {page.id for page in course.pages} <= set(found.pages)


@pytest.mark.parametrize(("profile", "formats"), [("generic", 2), ("moodle", 1), ("nhs-learning-hub", 1)])
def test_every_host_gets_packages_without_a_warning(
    untested: Course, profile: str, formats: int, tmp_path: Path
) -> None:
    course, before = untested, (untested.root / "course.lock").read_bytes() if untested.root else b""
    built = scormkit.build(course, out=tmp_path, profiles=[profile], strict=True)
    assert not built.refused
    assert [str(problem) for problem in built.problems if problem.severity.rank <= 2] == []
    assert len(built.packages) == formats
    assert built.budgets[0].characters <= 4096
    assert course.root and (course.root / "course.lock").read_bytes() == before, "numbers are in the repository"


@pytest.mark.parametrize("name", COURSES)
def test_a_course_takes_about_as_long_as_it_says(name: str) -> None:
    """By course/measure.py, which everybody can run; the reading age is that of its readers at most."""
    said = subprocess.run(
        [sys.executable, ROOT / "course" / "measure.py", name], capture_output=True, text=True, check=True
    )
    stated = re.search(r"\((\d+) minutes\)", said.stdout)
    whole = re.search(r"([\d.]+) min +age +([\d.]+) +in all", said.stdout)
    assert stated and whole
    assert float(whole[1]) == pytest.approx(int(stated[1]), rel=0.15)
    assert float(whole[2]) <= 14


def test_every_footnote_says_who_what_when_and_where(course: Course) -> None:
    """A year, or "Web page" where a page has none; and an address, or the Act that it is."""
    found = 0
    for page in (course.root / "pages").glob("*.md"):
        for note in re.findall(r"^\[\^[\w-]+\]: (.+)", page.read_text(encoding="utf-8"), flags=re.M):
            assert re.search(r"\]\(https?://|\]\(\.\./", note), (page.name, note[:80])
            assert re.search(r"\b(19|20)\d\d\b|[Ww]eb page", note), (page.name, note[:80])
            found += 1
    assert found > 5


def test_words_of_the_shared_glossary_are_marked(course: Course) -> None:
    pages = [page.read_text(encoding="utf-8") for page in (course.root / "pages").glob("*.md")]
    assert sum("[[" in page for page in pages) >= 4
    assert len(course.glossary) >= 6


def test_each_course_has_a_handout_resources_and_one_action_for_the_next_shift(course: Course) -> None:
    assert [media.path for media in course.media if media.path.endswith(".pdf")]
    assert course.settings.resources
    (action,) = [question for question in course.questions if question.id == "next-shift-action"]
    assert action.type == "reflection"


def test_ids_share_the_programmes_uuid_and_name_the_folder(course: Course) -> None:
    assert course.settings.id == f"urn:uuid:fa21e876-96de-4f4f-b51d-bce4812ab8bb#{course.root.name}"


def test_each_answer_has_feedback_of_its_own(course: Course) -> None:
    for question in course.questions:
        if question.type == "true-false":
            assert question.correct_feedback and question.incorrect_feedback, question.id
            continue
        items = {component.key for component in question.interaction.source}
        answers = [answer for answer in question.answers if answer.key in items or not items]
        if not items and not any(answer.correct for answer in answers):
            continue
        said = [answer.feedback.text if answer.feedback else "" for answer in answers]
        assert all(said), question.id
        assert len(set(said)) == len(said), question.id


def test_each_objective_is_assessed(course: Course) -> None:
    asked = {objective for question in graded(course) for objective in question.objectives}
    assert asked == {objective.id for objective in course.settings.objectives}


def test_a_paper_is_drawn_from_more_questions_than_it_has(course: Course) -> None:
    for page in course.pages:
        if page.is_assessment:
            assert page.settings.draw is not None
            assert len(page.questions) > page.settings.draw


def test_the_longest_answer_is_no_hint(course: Course) -> None:
    questions = [q for q in course.questions if sum(answer.correct for answer in q.answers) == 1]
    longest = 0
    for question in questions:
        lengths = sorted(len(answer.text.text) for answer in question.answers)
        right = next(len(answer.text.text) for answer in question.answers if answer.correct)
        longest += right == lengths[-1] > lengths[-2]
    assert longest <= 0.45 * len(questions)


def test_no_answer_speaks_of_the_others(course: Course) -> None:
    for question in course.questions:
        for answer in question.answers:
            assert not re.search(r"(all|none|both) of the (above|below|others)", answer.text.text, re.IGNORECASE)


def test_at_least_three_pictures_that_name_and_describe_themselves(course: Course) -> None:
    drawn = [media.file.read_text(encoding="utf-8") for media in course.media if media.path.endswith(".svg")]
    assert len(drawn) >= 3
    for svg in drawn:
        assert re.search(r"<title[^>]*>\S", svg)
        assert re.search(r"<desc[^>]*>\S", svg)


def test_nobody_has_signed_what_nobody_has_reviewed(course: Course) -> None:
    review = course.settings.review
    about = (course.root / "pages").glob("*-about.md")
    assert review.pending or review.signed_off
    if not review.signed_off:
        assert "not yet" in "".join(page.read_text(encoding="utf-8") for page in about)


def test_the_film_says_what_its_transcript_says() -> None:
    course = ROOT / "course" / "co-production"
    captions = (course / "media" / "teach-back.vtt").read_text(encoding="utf-8")
    page = (course / "pages" / "11-teach-back.md").read_text(encoding="utf-8")
    spoken = re.findall(r"<v \w+>(.+)", captions)
    assert len(spoken) == 10
    for words in spoken:
        assert words in page


def test_the_release_workflow_uses_only_what_it_may() -> None:
    workflow = yaml.safe_load((ROOT / ".github" / "workflows" / "release.yml").read_text(encoding="utf-8"))
    steps = workflow["jobs"]["release"]["steps"]
    assert {step["uses"] for step in steps if "uses" in step} == {"actions/checkout@v4", "actions/setup-python@v5"}
    assert workflow["permissions"] == {"contents": "write"}
    commands = set(re.findall(r"/bin/scormkit (\w+)", "".join(step.get("run", "") for step in steps)))
    assert commands == {"build", "check", "diff"}
    assert commands <= set(main.commands)
    assert workflow[True]["push"]["tags"] == ["v*"]  # YAML 1.1 reads the key `on` as true; GitHub does not
