"""What the preview finds is explained: every rule that the emulated hosts and the LRS name is in the catalogue."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from scormkit.check import catalogue
from scormkit.preview.profiles import HOSTS

PREVIEW = HOSTS.parent
RULES = json.loads((HOSTS / "rules.json").read_text("utf-8"))
NAMED_BY_LRS = sorted(
    set(re.findall(r'"(XAP\d{3})"', "".join(p.read_text("utf-8") for p in PREVIEW.glob("*_rules.py"))))
)


@pytest.mark.parametrize("id", [*RULES, *NAMED_BY_LRS])
def test_a_finding_can_be_explained(id: str) -> None:
    assert id in catalogue()


@pytest.mark.parametrize("id", RULES)
def test_a_finding_of_a_host_is_as_serious_as_the_catalogue_says(id: str) -> None:
    assert RULES[id]["severity"] == str(catalogue()[id].severity)


def test_the_hosts_name_only_rules_that_there_are() -> None:
    named = set(re.findall(r'"(RUN\d{3})"', "".join(Path(p).read_text("utf-8") for p in HOSTS.glob("*.js"))))
    assert named == set(RULES)
