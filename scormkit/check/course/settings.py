"""Checks on the meaning of course.yaml: ids that last, versions that make file names, dates, languages.

In: a Course. Out: problems. Keys, types and values from a list are checked while the file is read (scormkit/load).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from scormkit.check.course.reading import address_parts, unread
from scormkit.locales import SOURCE, closest, languages
from scormkit.model.course import Course
from scormkit.model.duration import iso
from scormkit.model.fingerprint import fingerprint
from scormkit.model.problem import RULES, Problem, Rule, Severity
from scormkit.model.source import Span

NOT_AN_IRI = Rule(
    "SET110",
    Severity.ERROR,
    "the id '{id}' is not an absolute IRI",
    "write an address that you control and never change again, such as https://your-organisation.org/learning/{slug}",
    "Statements, saved progress and the package's identifiers hang on the id, so it has to be unique in the world.",
    "xAPI 1.0.3 Data 2.4.4.1 (Activity id)",
)
PLACEHOLDER_ID = Rule(
    "SET111",
    Severity.WARNING,
    "the id is on {host}, which is nobody's address",
    "use an address of your own organisation before the first release; afterwards it can never change",
    "Records of different courses that share a placeholder get mixed up, and changing it later loses all progress.",
    "RFC 2606 and RFC 6761 (reserved names)",
)
ID_PARTS = Rule(
    "SET112",
    Severity.ERROR,
    "the id contains {what}",
    "use only letters, digits and - . _ ~ / : in it",
    "Some systems change such characters on the way, after which records of one course have two ids.",
    "RFC 3986, 2.3 (unreserved characters) and 6.2 (normalisation)",
)
ID_HAS_VERSION = Rule(
    "SET113",
    Severity.WARNING,
    "the id seems to contain a version, '{found}'",
    "take it out before the first release, and put it into 'version:'",
    "The id stays the same for all versions of a course: with a new id every learner starts anew.",
)
VERSION = Rule(
    "SET114",
    Severity.ERROR,
    "the version '{version}' does not look like 1.0.0",
    "write one to three numbers with dots, and if you like a word such as -draft after them",
    "The version becomes part of the packages' file names and of every xAPI statement.",
)
LANGUAGE = Rule(
    "SET115",
    Severity.ERROR,
    "'{language}' is not a language tag",
    "write one such as en-GB, cy or fr{hint}",
    "Screen readers choose their voice, and browsers their hyphenation, by it.",
    "BCP 47; WCAG 2.2, 3.1.1 Language of Page",
)
LANGUAGE_CASE = Rule(
    "SET116",
    Severity.INFO,
    "the language tag '{language}' is usually written {usual}",
    "write {usual}",
    "Some systems compare language tags letter by letter.",
    "RFC 5646, 2.1.1",
)
NO_WORDS = Rule(
    "SET128",
    Severity.WARNING,
    "scormkit has no words in '{language}' for buttons, menu and messages; they will be in {fallback}",
    "choose one of {known}, or add the language: it is one file (docs/languages.md)",
    "Learners would meet two languages, and a screen reader reads the English words with the other language's voice.",
    "WCAG 2.2, 3.1.2 Language of Parts",
)
STATEMENT = Rule(
    "SET129",
    Severity.ERROR,
    "the accessibility statement '{statement}' is not a web address",
    "write an address that begins with https://; what you want to say in words goes into 'limits' and 'tested'",
    "The last page of the course links to it.",
)
DURATION = Rule(
    "SET117",
    Severity.WARNING,
    "the duration '{duration}' cannot be understood",
    "write it as '25 minutes', '1 hour 30 minutes' or 'PT25M'",
    "It goes into the package's metadata, which wants a number of hours, minutes and seconds.",
    "ISO 8601; IMS Learning Resource Meta-data 1.2.1, 5.9 Typical Learning Time",
)
TITLE_PLACEHOLDER = Rule(
    "SET118",
    Severity.INFO,
    "the title '{title}' looks like a placeholder",
    "write the title that learners shall see in their list of courses",
    "The title is what learners and administrators look for.",
)
NO_SUMMARY = Rule(
    "SET119",
    Severity.INFO,
    "the course has no summary",
    "add 'summary:' with two or three sentences on what it is about and whom it is for",
    "Catalogues show it, and it goes into the metadata of the packages.",
)
REVIEW_PAST = Rule(
    "SET120",
    Severity.WARNING,
    "the review was due on {due}",
    "have the content looked at again, then set 'next-review' to the next date",
    "Learners act on what a course says; what is out of date can do harm.",
)
SIGNED_OTHER = Rule(
    "SET121",
    Severity.INFO,
    "nobody has signed off version {version}; the last version signed off is {signed}",
    "ask for a sign-off of {version} and add it under 'review: signed-off:'",
    "Whoever answers for the content should have seen what is released.",
)
SIGNED_CHANGED = Rule(
    "SET130",
    Severity.WARNING,
    "{name} signed off version {version}, but the content has changed since: its hash is now {hash}",
    "ask for a new sign-off (scormkit review makes a copy to read) and write its hash here, or take back the change",
    "A sign-off says that somebody has read these very words; it does not hold for others.",
)
SIGNED_LATER = Rule(
    "SET122",
    Severity.WARNING,
    "{name} signed off on {date}, which is in the future",
    "correct the date",
    "A sign-off is a record of what happened.",
)
FEW_PAGES = Rule(
    "SET123",
    Severity.WARNING,
    "'completion: pages: {share:g}' of {count} pages means that {needed} of them are enough",
    "raise the share, or write 'count:' for a number of pages",
    "The course would be complete as soon as it is opened.",
)
UNKNOWN_CHECK = Rule(
    "SET124",
    Severity.WARNING,
    "there is no check '{id}'",
    "correct the ID (docs/messages.md has them all), or remove the line",
    "The line does nothing, and you may think that it does.",
)
FIRM_CHECK = Rule(
    "SET125",
    Severity.WARNING,
    "'{id}' is an error and stays one",
    "remove the line and repair what it reports",
    "Errors are what breaks a package or fails a learner.",
)
KEYWORD_LIST = Rule(
    "SET126",
    Severity.WARNING,
    "the keyword '{keyword}' holds several keywords",
    "write them as a list: [{split}]",
    "Catalogues search for each keyword by itself.",
)
REPEATED_KEYWORD = Rule(
    "SET127",
    Severity.INFO,
    "the keyword '{keyword}' is there twice",
    "remove one",
    "It adds nothing.",
)

PLACEHOLDERS = ("example.org", "example.com", "example.net", "example.edu", "test", "invalid", "local", "localhost")
LOCAL = ("127.0.0.1", "::1")
PARTS = re.compile(r"[A-Za-z0-9\-._~/:#]*")
TAG = re.compile(
    r"(?P<language>[A-Za-z]{2,3})(-(?P<script>[A-Za-z]{4}))?(-(?P<region>[A-Za-z]{2}|[0-9]{3}))?"
    r"(-([A-Za-z0-9]{5,8}|[0-9][A-Za-z0-9]{3}))*(-x(-[A-Za-z0-9]{1,8})+)?"
)
PLACEHOLDER = re.compile(r"|title|((my|new|first|my first) )?course|untitled( course)?|test|todo|tbc|tbd")
NAMED = {"english": "en-GB", "welsh": "cy", "french": "fr", "german": "de", "spanish": "es", "arabic": "ar"}


def identity(course: Course) -> Iterator[Problem]:
    """The permanent id, and the version."""
    identifier = course.settings.id
    place = course.place("id")
    parts = address_parts(identifier)
    host = (parts and parts.hostname) or ""
    if not parts or not parts.scheme or not (host or (parts.scheme == "urn" and ":" in parts.path)):
        yield NOT_AN_IRI.at(place, id=identifier, slug=course.settings.slug or "my-course")
    elif host in LOCAL or any(host == name or host.endswith(f".{name}") for name in PLACEHOLDERS):
        yield PLACEHOLDER_ID.at(place, host=host)
    odd = sorted(set(PARTS.sub("", identifier)))
    if odd:
        yield ID_PARTS.at(place, what="blanks" if odd == [" "] else " ".join(odd))
    version = re.search(r"[/_-](v\d+(\.\d+)*|\d+\.\d+(\.\d+)*)(?=$|[/#_-])", identifier, re.IGNORECASE)
    if version and host:
        yield ID_HAS_VERSION.at(place, found=version[1])
    if not re.fullmatch(r"\d{1,6}(\.\d{1,6}){0,2}([-+][0-9A-Za-z][0-9A-Za-z.-]{0,30})?", course.settings.version):
        yield VERSION.at(course.place("version"), version=course.settings.version)


def language(course: Course) -> Iterator[Problem]:
    """The language tags."""
    yield from _tag(course.settings.language, course.place("language"))
    for index, tag in enumerate(course.settings.languages):
        if tag != course.settings.language:
            yield from _tag(tag, course.place(f"languages.{index}"))


def _tag(tag: str, place: Span) -> Iterator[Problem]:
    found = TAG.fullmatch(tag)
    if not found:
        meant = NAMED.get(tag.casefold()) or (tag.replace("_", "-") if TAG.fullmatch(tag.replace("_", "-")) else None)
        yield LANGUAGE.at(place, language=tag, hint=f"; here perhaps {meant}" if meant else "")
        return
    usual = "-".join([part.lower() for part in tag.split("-")])
    if found["script"]:
        usual = usual.replace(f"-{found['script'].lower()}", f"-{found['script'].title()}", 1)
    if found["region"]:
        usual = re.sub(rf"-{found['region'].lower()}(?=-|$)", f"-{found['region'].upper()}", usual, count=1)
    if closest(tag) is None:
        known = ", ".join(languages())
        yield NO_WORDS.at(place, language=tag, fallback=SOURCE, known=known)
    if usual != tag:
        yield LANGUAGE_CASE.at(place, language=tag, usual=usual)


def texts(course: Course) -> Iterator[Problem]:
    """Title, summary, keywords, duration."""
    if unread(course, course.span.path):
        return  # what stands in their place is not the author's
    settings = course.settings
    bare = re.sub(r"[\W_]+", " ", settings.title).strip().casefold()
    if PLACEHOLDER.fullmatch(bare):
        yield TITLE_PLACEHOLDER.at(course.place("title"), title=settings.title)
    if not settings.summary:
        yield NO_SUMMARY.at(course.span)
    if settings.duration and iso(settings.duration) is None:
        yield DURATION.at(course.place("duration"), duration=settings.duration)
    for position, keyword in enumerate(settings.keywords):
        place = course.place(f"keywords.{position}")
        if re.search(r"[,;]", keyword):
            yield KEYWORD_LIST.at(place, keyword=keyword, split=", ".join(re.split(r"\s*[,;]\s*", keyword)))
        if keyword.casefold() in {earlier.casefold() for earlier in settings.keywords[:position]}:
            yield REPEATED_KEYWORD.at(place, keyword=keyword)


def accessibility(course: Course) -> Iterator[Problem]:
    """Where the accessibility statement is said to be."""
    statement = course.settings.accessibility.statement
    if statement:
        parts = address_parts(statement)
        if not parts or parts.scheme not in ("http", "https") or not parts.hostname or " " in statement:
            yield STATEMENT.at(course.place("accessibility.statement"), statement=statement)


def completion(course: Course) -> Iterator[Problem]:
    """A share of pages that asks for next to nothing."""
    completion = course.settings.completion
    count = sum(page.settings.required for page in course.pages)
    if completion and completion.rule in ("pages", "pages-and-assessment") and completion.count is None and count:
        needed = -(-count * completion.pages // 100)
        if needed < min(2, count):
            place = course.place("completion.pages")
            yield FEW_PAGES.at(place, share=completion.pages, count=count, needed=int(needed))


def severities(course: Course) -> Iterator[Problem]:
    """`checks:` that name what does not exist or cannot be changed."""
    from scormkit.check import catalogue  # imports every rule: only for a name that is not known so far

    for identifier in course.settings.checks:
        place = course.place(f"checks.{identifier}")
        rule = RULES.get(identifier) or catalogue().get(identifier)
        if rule is None:
            yield UNKNOWN_CHECK.at(place, id=identifier)
        elif rule.severity.rank <= Severity.ERROR.rank:
            yield FIRM_CHECK.at(place, id=identifier)


def review(course: Course, today: date) -> Iterator[Problem]:
    """Dates of the review, as seen on the day `today`, and whether what was signed off is what is there."""
    review = course.settings.review
    if review.next_review and review.next_review < today:
        yield REVIEW_PAST.at(course.place("review.next-review"), due=review.next_review.isoformat())
    for position, sign_off in enumerate(review.signed_off):
        if sign_off.date > today:
            place = course.place(f"review.signed-off.{position}.date")
            yield SIGNED_LATER.at(place, name=sign_off.name, date=sign_off.date.isoformat())
        if (
            sign_off.hash
            and sign_off.version == course.settings.version
            and sign_off.hash != (now := fingerprint(course))
        ):
            place = course.place(f"review.signed-off.{position}.hash")
            yield SIGNED_CHANGED.at(place, name=sign_off.name, version=sign_off.version, hash=now)
    signed = [sign_off.version for sign_off in sorted(review.signed_off, key=lambda s: s.date)]
    if signed and course.settings.version not in signed:
        yield SIGNED_OTHER.at(course.place("review.signed-off"), version=course.settings.version, signed=signed[-1])


CHECKS = (identity, language, texts, accessibility, completion, severities)
