"""What the hosts (LMSs) that a course may be made for take, keep and get wrong: facts with their sources.

Each profile is data; nothing else in scormkit asks for a host by its name. `combine` gives what holds on several hosts at
once. Deployed versions may differ from the code that was read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from types import MappingProxyType

from scormkit.standards import limits


@dataclass(frozen=True)
class Fields:
    """Characters that a host keeps of the fields of a manifest; None where nobody says."""

    title: int | None = None
    author: int | None = None
    description: int | None = None
    keywords: int | None = None  # all of them, joined
    copyright: int | None = None
    launch: int | None = None  # path of the launch page
    identifier: int | None = None  # of items and resources

    def known(self) -> dict[str, int]:
        """The fields that have a limit."""
        return {f.name: limit for f in fields(self) if (limit := getattr(self, f.name)) is not None}


@dataclass(frozen=True)
class Profile:
    """One host, or what several hosts have in common.

    `statuses` are the values of cmi.core.lesson_status that work there, `exits` those of cmi.core.exit while the course is
    unfinished and once it is finished. `responses` are patterns that an interaction's answer must match there, by kind,
    beyond what SCORM 1.2 says. `types` are the MIME types by which files are served where they are not the usual ones.
    `answers` is how much of an answer reaches the host at all. `window` is the smallest frame in pixels.
    """

    name: str
    title: str
    formats: tuple[str, ...] = ("scorm12", "xapi")
    state: int = limits.STATE
    location: int = limits.LOCATION
    response: int = limits.RESPONSE
    fields: Fields = Fields(title=limits.TITLE)
    statuses: tuple[str, ...] = ("passed", "completed", "failed", "incomplete")
    exits: tuple[str, str] = ("suspend", "")
    responses: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    types: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    mastery: str = ""  # element of SCORM 1.2 with the host's own pass mark; empty where none can be trusted
    package: int | None = None  # bytes of the zip
    interactions: bool = True  # whether answers are kept
    resume: bool = True  # whether a finished course gets its saved progress back
    window: tuple[int, int] = (640, 480)
    notes: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


GENERIC = Profile(
    name="generic",
    title="Any LMS",
    sources=(
        "SCORM 1.2 Run-Time Environment 3.4.5 (data types)",
        "imscp_rootv1p1p2.xsd (titles of at most 200 characters)",
    ),
)

MOODLE = Profile(
    name="moodle",
    title="Moodle 4.5 (mod_scorm)",
    formats=("scorm12",),
    # 64,000 unless "SCORM standards mode" is on; the mode is the administrator's, so the course has to fit both.
    state=limits.STATE,
    fields=Fields(title=limits.TITLE, identifier=255),
    exits=("suspend", ""),
    # Empty unless somebody writes one into the manifest; then Moodle judges by it at LMSFinish, whatever the course said.
    mastery="cmi.student_data.mastery_score",
    types=MappingProxyType({".mjs": "text/plain"}),
    window=(650, 666),
    notes=(
        "`not attempted` becomes `completed` when the learner leaves",
        "a failed attempt counts as finished: the next launch is a review, in which writes are still stored",
        "a mastery score in the manifest overrides the course's own status",
        'LMSCommit answers "true" while the network is down',
        "exit `normal` is refused with 405",
        "progress is deleted when an item identifier disappears from a new package",
    ),
    sources=(
        "moodle/moodle MOODLE_405_STABLE mod/scorm/datamodels/scorm_12.js and scorm_12.php",
        "mod/scorm/datamodels/scormlib.php (matching of items, titles of 255 characters in the database)",
        "run on loopback: Moodle 4.5.6, PHP 8.2, MariaDB",
    ),
)

NHS_LEARNING_HUB = Profile(
    name="nhs-learning-hub",
    title="NHS Learning Hub and e-learning for healthcare",
    formats=("scorm12",),
    fields=Fields(title=200, author=512, keywords=1000, copyright=30, launch=255, identifier=128),
    responses=MappingProxyType(
        {
            "choice": (r"^\w(,\w){0,25}$",),
            "true-false": (r"^(0|1|t|f|true|false)$",),
            "fill-in": (r"^.{1,255}$",),
            "numeric": (r"^\d+([.,]\d+)?$",),
            "matching": (r"^\w\.\w(,\w\.\w)*$",),
            "sequencing": (r"^\w+(,\w+)*$",),
            "performance": (r"^.{1,255}$",),
        }
    ),
    types=MappingProxyType(
        {
            ".mp4": "application/x-mpegURL",
            ".vtt": "application/octet-stream",
            ".mjs": "application/octet-stream",
            ".avif": "application/octet-stream",
        }
    ),
    package=2_147_483_648,
    resume=False,
    window=(640, 480),
    notes=(
        "completion is recorded only where the session time is above 0",
        "the first hour digit of a session time is dropped",
        "LMSSetValue and LMSCommit answer with booleans",
        "the record of completion is frozen at the first commit that carries a final status",
        "an answer of more than 255 characters loses the whole update at LMSFinish without a word",
        "a launch after a finished status starts with blank data",
    ),
    sources=(
        "TechnologyEnhancedLearning/LearningHub.Nhs.WebUI: ScormResourceVersionManifest.sql (columns)",
        "ContentScorm.vue and AdminUI appsettings.json (SCORM 1.2 only, 2 GB, window of 640x480 to 4096x2160)",
        "scormApiModel.ts isValidCMIFeedback (response patterns)",
        "ScormActivityComplete.sql, Controllers/Api/ScormController.cs (session time, resume)",
    ),
)

AICC_RELAY = Profile(
    name="aicc-relay",
    title="SCORM played through an AICC relay (AICCShim, ESR adapters)",
    formats=("scorm12",),
    interactions=False,
    notes=(
        "saved progress is split at `=`, broken at line ends, and `$&` is expanded",
        "entry, exit and interactions are not carried",
        "in Moodle's AICC the saved progress is at most 4,096 characters",
    ),
    sources=(
        "TechnologyEnhancedLearning/AICCShim AICCShim.html, prepare_shim.py",
        "TechnologyEnhancedLearning/adapt-elfh-spoor",
        "moodle/moodle MOODLE_405_STABLE mod/scorm/datamodels/aicc.php",
    ),
)

CORNERSTONE = Profile(
    name="cornerstone",
    title="Cornerstone OnDemand",
    formats=("scorm12", "xapi"),
    statuses=("completed", "incomplete"),
    notes=(
        "options with passed and failed cause trouble; completed and incomplete are preferred",
        "LMSCommit may answer null while the page is closing",
    ),
    sources=(
        "help.csod.com, Course Troubleshooting Guide",
        "github.com/adaptlearning/adapt_framework/issues/2222",
    ),
)

OPEN_EDX = Profile(
    name="open-edx",
    title="Open edX with the SCORM XBlock",
    formats=("scorm12",),
    interactions=False,
    notes=(
        "few elements are supported: `_count` may be missing",
        "the mode is always normal; completion needs an explicit status",
    ),
    sources=(
        "github.com/overhangio/openedx-scorm-xblock/issues/90",
        "github.com/overhangio/openedx-scorm-xblock/issues/51",
    ),
)

PROFILES: Mapping[str, Profile] = MappingProxyType(
    {p.name: p for p in (GENERIC, MOODLE, NHS_LEARNING_HUB, AICC_RELAY, CORNERSTONE, OPEN_EDX)}
)


def combine(names: Iterable[str]) -> Profile:
    """What holds on all of the hosts `names` at once: the strictest limit of each; `generic` where there are none.

    Raises KeyError for a name that is no profile.
    """
    chosen = [PROFILES[name] for name in dict.fromkeys(names)] or [GENERIC]
    if len(chosen) == 1:
        return chosen[0]
    return Profile(
        name="+".join(p.name for p in chosen),
        title=" and ".join(p.title for p in chosen),
        formats=tuple(f for f in chosen[0].formats if all(f in p.formats for p in chosen)),
        state=min(p.state for p in chosen),
        location=min(p.location for p in chosen),
        response=min(p.response for p in chosen),
        fields=_strictest([p.fields for p in chosen]),
        statuses=tuple(s for s in chosen[0].statuses if all(s in p.statuses for p in chosen)),
        exits=chosen[0].exits,
        responses=_together([p.responses for p in chosen]),
        types=MappingProxyType({end: served for p in chosen for end, served in p.types.items()}),
        mastery=chosen[0].mastery if len({p.mastery for p in chosen}) == 1 else "",
        package=min((p.package for p in chosen if p.package is not None), default=None),
        interactions=all(p.interactions for p in chosen),
        resume=all(p.resume for p in chosen),
        window=(min(p.window[0] for p in chosen), min(p.window[1] for p in chosen)),
        notes=tuple(dict.fromkeys(note for p in chosen for note in p.notes)),
        sources=tuple(dict.fromkeys(source for p in chosen for source in p.sources)),
    )


def _strictest(several: list[Fields]) -> Fields:
    known = [one.known() for one in several]
    names = {name for one in known for name in one}
    return Fields(**{name: min(one[name] for one in known if name in one) for name in names})


def _together(several: list[Mapping[str, tuple[str, ...]]]) -> Mapping[str, tuple[str, ...]]:
    """Patterns that all have to match, since two patterns do not combine into one."""
    kinds = dict.fromkeys(kind for one in several for kind in one)
    return MappingProxyType({k: tuple(dict.fromkeys(r for one in several for r in one.get(k, ()))) for k in kinds})
