"""Checks on questions as questions: do they teach, are they fair, can they be read and reported?

In: a Course. Out: problems. What makes a question impossible (no right answer) is found while it is read
(scormkit/questions/).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from scormkit.model.course import Course
from scormkit.model.problem import Problem, Rule, Severity
from scormkit.model.question import Kind, Option, Question

SOME_FEEDBACK = Rule(
    "QST111",
    Severity.INFO,
    "the answer '{answer}' has no feedback, but others have",
    "write one under it ('  > ...')",
    "Learners who pick it are told nothing about why.",
)
LONGEST = Rule(
    "QST113",
    Severity.INFO,
    "in {longest} of {count} questions the right answer is the longest",
    "shorten right answers, or give the wrong ones as much detail",
    "Test-wise learners pick the longest answer without reading; chance would be about {chance}.",
    "Haladyna, Downing and Rodriguez, 2002, guideline 24 (length of choices)",
)
LENGTHS = Rule(
    "QST114",
    Severity.INFO,
    "the right answer of '{id}' has {right} characters, the longest wrong one {wrong}",
    "make the answers about equally long",
    "The longest answer is picked because it is the longest.",
    "Haladyna, Downing and Rodriguez, 2002, guideline 24 (length of choices)",
)
ALL_OF_THE_ABOVE = Rule(
    "QST115",
    Severity.WARNING,
    "the answer '{answer}' points to other answers",
    "make it a 'multiple' question, or write the answer out",
    "Whoever knows that one answer is right can guess the rest; read aloud, 'above' is hard to find.",
    "Haladyna, Downing and Rodriguez, 2002, guidelines 25 and 26",
)
SHUFFLED_POINTER = Rule(
    "QST116",
    Severity.ERROR,
    "the answers of '{id}' are shown in any order, but '{answer}' counts on the written one",
    "write the answer out, or turn 'shuffle' off",
    "After shuffling 'above', 'A and B' or 'the first' point to other answers, so a right answer is marked wrong.",
)
NEGATIVE = Rule(
    "QST117",
    Severity.INFO,
    "the question '{id}' asks for what is not so ('{word}')",
    "ask for what is so; if you cannot, set the word in **bold**",
    "Learners who know the answer overlook the 'not', and remember the wrong statement.",
    "Haladyna, Downing and Rodriguez, 2002, guideline 17",
)
NO_OBJECTIVE = Rule(
    "QST118",
    Severity.INFO,
    "the question '{id}' in the assessment names no objective",
    "add ':objective:' with one of the course's objectives",
    "Results by objective leave it out.",
)
NO_POINTS = Rule(
    "QST119",
    Severity.WARNING,
    "the question '{id}' counts, but has 0 points",
    "give it points, or set 'graded: false'",
    "It looks like part of the test and changes nothing.",
)
LONG_ID = Rule(
    "QST121",
    Severity.WARNING,
    "the question id '{id}' has {length} characters",
    "give it a short ':id:' of a few words",
    "Reports show the id, and some cut it off; every character is also sent with every answer.",
)
LONG_PROMPT = Rule(
    "QST122",
    Severity.INFO,
    "the prompt of '{id}' has {words} words",
    "move the story before the question into ordinary text, and ask in one sentence",
    "A screen reader reads the whole prompt before the first answer, and again when the learner comes back.",
)
ONE_TRY_HINT = Rule(
    "QST124",
    Severity.INFO,
    "the question '{id}' may be tried again, but neither a hint nor feedback helps with the second try",
    "add ':hint:' or feedback that says where to look",
    "Without help a second try is a guess among the answers that are left.",
)
GIVEAWAY = Rule(
    "QST125",
    Severity.ADVICE,
    "the wrong answer '{answer}' says '{word}'",
    "leave the word out",
    "Test-wise learners know that statements with 'always', 'never' or 'only' are wrong.",
    "Haladyna, Downing and Rodriguez, 2002, guideline 28 (specific determiners)",
)
SAME_LETTER = Rule(
    "QST126",
    Severity.INFO,
    "in {count} of {all} questions the right answer is {letter}, and the answers are not shuffled",
    "add 'shuffle: [options]' to the assessment, or move right answers",
    "Learners find the pattern and stop reading.",
)
TWO_OPTIONS = Rule(
    "QST127",
    Severity.INFO,
    "the question '{id}' has {count} answers to choose from",
    "add a wrong answer that somebody could believe, or use 'true-false'",
    "With two answers half of all guesses are right.",
)
SAME_PROMPT = Rule(
    "QST128",
    Severity.WARNING,
    "the question '{id}' asks in the same words as '{first}'",
    "change one of them, or remove it",
    "In reports and in the results the two cannot be told apart.",
)

POINTER = re.compile(
    r"(all|none|both|neither|any|some|two|most) of (the )?(above|below|these|them|those|others?|answers|options)\b.*"
    r"|(both|neither) (options? |answers? )?\(?[a-h1-9]\)? (and|or|nor) \(?[a-h1-9]\)?.*"
    r"|((options?|answers?) )?\(?[a-h1-9]\)?,? (and|&) \(?[a-h1-9]\)?( only| are (right|correct))?"
    r"|(all|none) (are|is) (right|correct|true|wrong|false)",
    re.IGNORECASE,
)
ORDER = re.compile(
    r"\b((answers?|options?) (above|below|[A-H1-9])|(above|below) (answers?|options?)|[Bb]oth [A-H] and [A-H]"
    r"|[Tt]he (first|second|third|last|next|other) (two |three )?(answers?|options?))\b"
)
NOT = re.compile(
    r"\b(?i:which|what|who|where|when)\b[^?.,;]*\b(?:is|are|was|were|do|does|did|would|should|can|could|may|has|have) "
    r"(?P<word>not|never)\b|\b(?P<only>NOT|EXCEPT|except|least likely)\b"
)
ABSOLUTE = re.compile(r"\b(always|never|impossible|guarantees?|under no circumstances|in every case)\b", re.IGNORECASE)


def feedback(course: Course) -> Iterator[Problem]:
    """Answers that say nothing to whoever picks them."""
    for question in course.questions:
        if not _is_marked(question):
            continue
        whole = question.correct_feedback or question.incorrect_feedback
        said = [option for option in question.answers if option.feedback]
        if said and not whole and question.interaction.kind is Kind.CHOICE:
            silent = [option for option in question.answers if option.text and not option.feedback]
            yield from (SOME_FEEDBACK.at(o.span, answer=_short(o.text.text)) for o in silent)
        helped = said or question.incorrect_feedback or question.interaction.kind is Kind.PERFORMANCE
        if question.tries != 1 and not question.hint and not helped:
            yield ONE_TRY_HINT.at(question.span, id=question.id)


def options(course: Course) -> Iterator[Problem]:
    """Answers that point to each other or give themselves away."""
    for page in course.pages:
        shuffled = "options" in page.settings.shuffle
        for question in page.questions:
            yield from _options(question, question.shuffle or (shuffled and page.is_test))


def recalled(course: Course) -> Iterator[Problem]:
    """Answers that point to each other, of questions whose answers are in another order when they are asked again."""
    for question in course.questions:
        if question.again and question.shuffle:
            yield from (problem for problem in _options(question, True) if problem.rule is SHUFFLED_POINTER)


def fairness(course: Course) -> Iterator[Problem]:
    """Right answers that can be seen without knowing them."""
    longest, asked = 0, 0
    letters: list[str] = []
    for page in course.pages:
        for question in page.questions:
            right = [option for option in question.answers if option.correct]
            wrong = [option for option in question.answers if not option.correct]
            if len(right) != 1 or len(wrong) < 2:
                continue
            asked += 1
            size, other = len(right[0].text.text), max(len(option.text.text) for option in wrong)
            longest += size > other
            if size > 40 and size > 2 * other:
                yield LENGTHS.at(right[0].span, id=question.id, right=size, wrong=other)
            if not question.shuffle and not (page.is_test and "options" in page.settings.shuffle):
                letters.append(right[0].key)
    if asked >= 5 and longest > 0.7 * asked:
        yield LONGEST.at(course.span, longest=longest, count=asked, chance=round(asked / 3))
    for letter in sorted(set(letters)):
        if len(letters) >= 6 and letters.count(letter) > 0.7 * len(letters):
            yield SAME_LETTER.at(course.span, count=letters.count(letter), all=len(letters), letter=letter)


def prompts(course: Course) -> Iterator[Problem]:
    """What is asked, and whether it can be reported."""
    asked: dict[str, Question] = {}
    for question in course.questions:
        text = question.prompt.text
        first = asked.setdefault(" ".join(text.casefold().split()), question)
        if first is not question and first.id != question.id and first.span != question.span:
            yield SAME_PROMPT.at(question.span, id=question.id, first=first.id)
        word = NOT.search(text) if question.interaction.kind is Kind.CHOICE else None
        said = word and (word["word"] or word["only"])
        if said and f"**{said}**" not in question.prompt.source:
            yield NEGATIVE.at(question.span, id=question.id, word=said)
        if len(text.split()) > 120:
            yield LONG_PROMPT.at(question.span, id=question.id, words=len(text.split()))
        if len(question.id) > 50:
            yield LONG_ID.at(question.span, id=question.id, length=len(question.id))


def weights(course: Course) -> Iterator[Problem]:
    """Questions of assessments that count for nothing or for nobody's objective."""
    for page in course.pages:
        if not page.is_assessment:
            continue
        for question in page.questions:
            if question.graded and question.points == 0:
                yield NO_POINTS.at(question.span, id=question.id)
            if course.settings.objectives and not question.objectives and not page.settings.objectives:
                yield NO_OBJECTIVE.at(question.span, id=question.id)


def _options(question: Question, shuffled: bool) -> Iterator[Problem]:
    if question.interaction.kind is not Kind.CHOICE:
        return
    for option in question.answers:
        text = " ".join(option.text.text.split())
        plain = text.casefold().strip(" .")
        if POINTER.fullmatch(plain):
            rule = SHUFFLED_POINTER if shuffled and re.search(r"above|below|\b[a-h1-9]\b", plain) else ALL_OF_THE_ABOVE
            yield rule.at(option.span, id=question.id, answer=text)
        elif shuffled and ORDER.search(text):
            yield SHUFFLED_POINTER.at(option.span, id=question.id, answer=_short(text))
        elif not option.correct and (word := ABSOLUTE.search(text)) and _is_marked(question):
            yield GIVEAWAY.at(option.span, answer=_short(text), word=word[0])
    if len(question.answers) == 2 and _is_single(question.answers):
        yield TWO_OPTIONS.at(question.span, id=question.id, count=2)


def _is_marked(question: Question) -> bool:
    """Whether there is a right answer to it at all."""
    return bool(question.interaction.correct)


def _is_single(answers: tuple[Option, ...]) -> bool:
    return sum(option.correct for option in answers) == 1


def _short(text: str, limit: int = 60) -> str:
    text = " ".join(text.split())
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


CHECKS = (feedback, options, fairness, prompts, weights)
