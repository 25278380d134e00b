"""The documentation leads somewhere: every relative link names a file that is there, every command one that exists."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from scormkit.check import catalogue
from scormkit.cli import main

ROOT = Path(__file__).parent.parent
TRACKED = subprocess.run(
    ["git", "ls-files", "*.md"], cwd=ROOT, capture_output=True, text=True, check=True
).stdout.split()
ASIDE = ("tests/", "course/", "docs/gallery/", "scormkit/starter/", "docs/messages.md")  # other tests look after them
PAGES = [name for name in TRACKED if not name.startswith(ASIDE)]
PAGES.append("course/README.md")


def prose(name: str) -> str:
    """A page without its examples."""
    text = (ROOT / name).read_text(encoding="utf-8")
    text = re.sub(r"^```.*?^```$", "", text, flags=re.M | re.S)
    return re.sub(r"`[^`\n]*`", "", re.sub(r"^    .*$", "", text, flags=re.M))


@pytest.mark.parametrize("name", PAGES)
def test_links_lead_to_files(name: str) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)\s]*)?\)", prose(name)):
        if not re.match(r"[a-z]+:", target):
            assert (ROOT / name).parent.joinpath(target).exists(), f"{name} links to {target}"


@pytest.mark.parametrize("name", PAGES)
def test_commands_exist(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    for command in re.findall(r"(?:^ {4}|`|\$ )(?:\.venv/bin/)?scormkit ([a-z]+)\b", text, flags=re.M):
        assert command in main.commands, f"{name} shows scormkit {command}"


@pytest.mark.parametrize("name", PAGES)
def test_messages_are_quoted_as_they_are(name: str) -> None:
    text = re.sub(r"\n {4,}", " ", (ROOT / name).read_text(encoding="utf-8"))
    quoted = re.findall(r"\b(fatal|error|warning|info|advice) ([A-Z][A-Z0-9]{2}\d{3}): ([^\n]*)", text)
    for severity, identifier, said in quoted:
        rule = catalogue()[identifier]
        form = ".*".join(map(re.escape, re.split(r"\{[^}]+\}", rule.text)))
        assert severity == rule.severity and re.match(form, said), f"{name}: {identifier} is: {rule.text}"


def test_everything_that_is_installed_is_named_with_its_licence() -> None:
    def plain(text: str) -> str:
        return text.lower().replace("_", "-")

    pins = (ROOT / ".ci/constraints.txt").read_text(encoding="utf-8").split()
    named = plain((ROOT / "THIRD_PARTY.md").read_text(encoding="utf-8"))
    assert [pin for pin in pins if plain(pin.partition("==")[0]) not in named] == []
