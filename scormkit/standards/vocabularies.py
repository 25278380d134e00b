"""Words that xAPI statements are made of: verbs, activity types, extensions, as IRIs. Facts, no logic."""

from __future__ import annotations

# https://w3id.org/xapi/adl/verbs (ADL), all in the ADL vocabulary
VERBS = {
    verb: f"http://adlnet.gov/expapi/verbs/{verb}"
    for verb in (
        "answered",
        "attempted",
        "completed",
        "experienced",
        "failed",
        "initialized",
        "passed",
        "resumed",
        "suspended",
        "terminated",
    )
}

# http://adlnet.gov/expapi/activities: the ADL vocabulary of activity types
ACTIVITY_TYPES = {
    kind: f"http://adlnet.gov/expapi/activities/{name}"
    for kind, name in (
        ("course", "course"),
        ("page", "module"),
        ("assessment", "assessment"),
        ("question", "cmi.interaction"),
        ("objective", "objective"),
    )
}

# xAPI 1.0.3 Data, 2.4.4.1: which lists of components an interaction type has
COMPONENTS = {
    "choice": ("choices",),
    "sequencing": ("choices",),
    "likert": ("scale",),
    "matching": ("source", "target"),
    "performance": ("steps",),
    "true-false": (),
    "fill-in": (),
    "long-fill-in": (),
    "numeric": (),
    "other": (),
}
