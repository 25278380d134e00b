"""Namespaces, file names and vocabularies of the manifests that packages carry. Facts, no logic."""

from __future__ import annotations

# SCORM 1.2: imscp_rootv1p1p2.xsd, adlcp_rootv1p2.xsd, imsmd_rootv1p2p1.xsd.
IMSCP_12 = "http://www.imsproject.org/xsd/imscp_rootv1p1p2"
ADLCP_12 = "http://www.adlnet.org/xsd/adlcp_rootv1p2"
IMSMD_12 = "http://www.imsglobal.org/xsd/imsmd_rootv1p2p1"

# SCORM 2004: imscp_v1p1.xsd, adlcp_v1p3.xsd, adlseq_v1p3.xsd, adlnav_v1p3.xsd, imsss_v1p0.xsd, IEEE LOM.
IMSCP_2004 = "http://www.imsglobal.org/xsd/imscp_v1p1"
ADLCP_2004 = "http://www.adlnet.org/xsd/adlcp_v1p3"
ADLSEQ = "http://www.adlnet.org/xsd/adlseq_v1p3"
ADLNAV = "http://www.adlnet.org/xsd/adlnav_v1p3"
IMSSS = "http://www.imsglobal.org/xsd/imsss"
LOM = "http://ltsc.ieee.org/xsd/LOM"

# cmi5 13.2: CourseStructure.xsd; the second was used before the specification was final.
CMI5 = "https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd"
CMI5_OLD = "http://www.adlnet.gov/cmi5/CourseStructure.xsd"

# RusticiSoftware, "Incorporating a TinCan LRS into an LMS", Packaging.
TINCAN = "http://projecttincan.com/tincan.xsd"

# What stands in metadata/schema and metadata/schemaversion.
SCHEMA = "ADL SCORM"
VERSIONS = {  # schemaversion in lower case: the edition of SCORM 2004
    "cam 1.3": "2nd Edition",
    "2004 3rd edition": "3rd Edition",
    "2004 4th edition": "4th Edition",
}

# Manifests by their names, in the order in which LMSs look for them; AICC course structures by their extensions.
MANIFESTS = ("imsmanifest.xml", "cmi5.xml", "tincan.xml")
AICC = (".crs", ".au", ".des", ".cst")

# adlcp_rootv1p2.xsd, adlcp_v1p3.xsd
SCORM_TYPES = ("sco", "asset")
TIME_LIMIT_ACTIONS = ("exit,message", "exit,no message", "continue,message", "continue,no message")
ADL_ELEMENTS_12 = ("location", "prerequisites", "maxtimeallowed", "timelimitaction", "datafromlms", "masteryscore")
ADL_ELEMENTS_2004 = ("location", "dataFromLMS", "timeLimitAction", "completionThreshold", "data", "map")

# adlnav_v1p3.xsd; `previous`, `continue`, `exit` and `abandon` are in every edition.
HIDDEN_CONTROLS = ("abandon", "continue", "exit", "previous", "suspendAll", "exitAll", "abandonAll")

# imsss_v1p0seqrule.xsd
CONDITIONS = (
    "satisfied",
    "objectiveStatusKnown",
    "objectiveMeasureKnown",
    "objectiveMeasureGreaterThan",
    "objectiveMeasureLessThan",
    "completed",
    "activityProgressKnown",
    "attempted",
    "attemptLimitExceeded",
    "timeLimitExceeded",
    "outsideAvailableTimeRange",
    "always",
)
ROLLUP_CONDITIONS = (
    "satisfied",
    "objectiveStatusKnown",
    "objectiveMeasureKnown",
    "completed",
    "activityProgressKnown",
    "attempted",
    "attemptLimitExceeded",
    "timeLimitExceeded",
    "outsideAvailableTimeRange",
)
ACTIONS = {
    "preConditionRule": ("skip", "disabled", "hiddenFromChoice", "stopForwardTraversal"),
    "postConditionRule": ("exitParent", "exitAll", "retry", "retryAll", "continue", "previous"),
    "exitConditionRule": ("exit",),
    "rollupRule": ("satisfied", "notSatisfied", "completed", "incomplete"),
}

# CourseStructure.xsd
MOVE_ON = ("NotApplicable", "Passed", "Completed", "CompletedAndPassed", "CompletedOrPassed")
LAUNCH_METHODS = ("AnyWindow", "OwnWindow")
# cmi5 8.1: names in the query string of a launch that are the LMS's own.
RESERVED_PARAMETERS = ("endpoint", "fetch", "actor", "registration", "activityId")
