"""Which kinds of packages hosts take (profiles.py has what they keep of them). Facts with their sources."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

TAKES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        # Moodle 4.5, mod_scorm: SCORM 1.2 and AICC in full, SCORM 2004 without sequencing; mod_imscp: IMS CP.
        "moodle": ("scorm12", "scorm2004", "aicc", "ims-cp", "common-cartridge"),
        # ContentScorm.vue: "You can upload a .ZIP file that contains a SCORM 1.2 elearning package".
        "nhs-learning-hub": ("scorm12",),
        # AICCShim prepare_shim.py reads imsmanifest.xml of SCORM 1.2.
        "aicc-relay": ("scorm12",),
        # help.csod.com, Course Publisher: SCORM 1.2 and 2004, AICC, Tin Can, cmi5.
        "cornerstone": ("scorm12", "scorm2004", "aicc", "xapi", "cmi5"),
        # openedx-scorm-xblock README: SCORM 1.2 and SCORM 2004.
        "open-edx": ("scorm12", "scorm2004"),
    }
)

# ScormResourceVersionManifest.sql has one ManifestURL; prepare_shim.py takes the first item with a resource.
SINGLE = ("nhs-learning-hub", "aicc-relay")
