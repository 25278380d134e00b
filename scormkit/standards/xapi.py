"""Vocabularies and forms of xAPI 1.0.3 and cmi5. Facts, no logic."""

from __future__ import annotations

VERBS = "http://adlnet.gov/expapi/verbs/"
ADL_VERBS = (
    "answered", "asked", "attempted", "attended", "commented", "completed", "exited", "experienced", "failed", "imported",
    "initialized", "interacted", "launched", "mastered", "passed", "preferred", "progressed", "registered", "responded",
    "resumed", "scored", "shared", "suspended", "terminated", "voided",
)  # fmt: skip
# Vocabularies and profiles that publish their verbs below these addresses.
VERB_HOMES = (
    "https://w3id.org/xapi/",
    "http://w3id.org/xapi/",
    "http://activitystrea.ms/",
    "http://id.tincanapi.com/verb/",
    "https://registry.tincanapi.com/",
    "http://adlnet.gov/expapi/verbs/",
)
VOIDED = VERBS + "voided"

# xAPI 1.0.3 Data, 2.4.4.1, Interaction Types, and the components that each may have.
INTERACTIONS: dict[str, tuple[str, ...]] = {
    "true-false": (),
    "choice": ("choices",),
    "fill-in": (),
    "long-fill-in": (),
    "matching": ("source", "target"),
    "performance": ("steps",),
    "sequencing": ("choices",),
    "likert": ("scale",),
    "numeric": (),
    "other": (),
}
COMPONENTS = ("choices", "scale", "source", "target", "steps")
INTERACTION_TYPE = "http://adlnet.gov/expapi/activities/cmi.interaction"

# cmi5 9.3 (verbs that an AU sends), 9.6.2 (categories), 9.6.3 (extensions).
AU_VERBS = tuple(VERBS + name for name in ("initialized", "completed", "passed", "failed", "terminated"))
LMS_VERBS = (
    VERBS + "launched",
    "https://w3id.org/xapi/adl/verbs/abandoned",
    "https://w3id.org/xapi/adl/verbs/waived",
    "https://w3id.org/xapi/adl/verbs/satisfied",
)
CMI5_CATEGORY = "https://w3id.org/xapi/cmi5/context/categories/cmi5"
MOVEON_CATEGORY = "https://w3id.org/xapi/cmi5/context/categories/moveon"
SESSION = "https://w3id.org/xapi/cmi5/context/extensions/sessionid"
MASTERY = "https://w3id.org/xapi/cmi5/context/extensions/masteryscore"
LAUNCH_DATA = "LMS.LaunchData"
PREFERENCES = "cmi5LearnerPreferences"
