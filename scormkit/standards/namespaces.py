"""Namespaces and schema locations of what scormkit writes. Facts, no logic.

The package checker keeps its own list (manifests.py): a slip here must not pass there.
"""

from __future__ import annotations

from pathlib import Path

SCHEMAS = Path(__file__).parent / "schemas"
"""Official schema files, byte for byte as published; THIRD_PARTY.md says where they are from."""

XSI = "http://www.w3.org/2001/XMLSchema-instance"
XML = "http://www.w3.org/XML/1998/namespace"

# SCORM 1.2 Content Aggregation Model, 2.3 (content packaging) and 2.2 (meta-data)
IMSCP = "http://www.imsproject.org/xsd/imscp_rootv1p1p2"
ADLCP = "http://www.adlnet.org/xsd/adlcp_rootv1p2"
IMSMD = "http://www.imsglobal.org/xsd/imsmd_rootv1p2p1"
SCORM12_SCHEMAS = {
    IMSCP: "imscp_rootv1p1p2.xsd",
    IMSMD: "imsmd_rootv1p2p1.xsd",
    ADLCP: "adlcp_rootv1p2.xsd",
}
SCORM12_FILES = (*sorted(SCORM12_SCHEMAS.values()), "ims_xml.xsd")
"""The control documents, which stand at the root of a package beside its manifest."""

TINCAN = "http://projecttincan.com/tincan.xsd"
