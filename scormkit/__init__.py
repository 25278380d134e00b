"""scormkit compiles plain-text courses into SCORM and xAPI packages."""

__version__ = "0.1.0"
