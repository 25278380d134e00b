"""Settings -> YAML: course.yaml, section.yaml and front matter, in which only stands what differs from the defaults.

Every scalar reads as the same text again (scormkit/load/yaml.py), and other programs take none of them for another kind.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from yaml import SafeDumper, dump
from yaml.nodes import ScalarNode, SequenceNode

from scormkit.model.course import Course, Page, Section
from scormkit.model.duration import in_words
from scormkit.model.settings import Settings, Shared
from scormkit.model.written import escaped
from scormkit.spell.addresses import plain_id, theme_of

_SHARED = {info.alias or name for name, info in Shared.model_fields.items()}
"""What a programme could say for all of its courses stands behind what is the course's own."""


class _Dumper(SafeDumper):
    """Dates as people write them, texts of several lines as they are, lists under their keys."""

    yaml_implicit_resolvers = {  # noqa: RUF012
        first: [(tag, pattern) for tag, pattern in known if tag != "tag:yaml.org,2002:timestamp"]
        for first, known in SafeDumper.yaml_implicit_resolvers.items()
    }

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)

    def words(self, value: list[Any]) -> SequenceNode:
        short = all(isinstance(one, str) for one in value) and sum(map(len, value)) < 80
        return self.represent_sequence("tag:yaml.org,2002:seq", value, flow_style=short)

    def text(self, value: str) -> ScalarNode:
        return self.represent_scalar("tag:yaml.org,2002:str", value, style="|" if "\n" in value else None)


_Dumper.add_representer(str, _Dumper.text)
_Dumper.add_representer(list, _Dumper.words)


def yaml(said: Mapping[str, Any]) -> str:
    """YAML in the order of its keys."""
    return str(dump(_tidy(said), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=10**6))


def settings(course: Course) -> str:
    """course.yaml. The order of the pages is that of their files."""
    said = _said(course.settings)
    said.pop("pages", None)
    said.pop("theme", None)
    if course.theme:
        said["theme"] = theme_of(course)
    completion = course.settings.completion
    if completion:
        # Whether a share of the pages is said makes a difference, even where it is the default.
        said["completion"] = completion.model_dump(mode="json", by_alias=True, exclude_unset=True)
        if set(said["completion"]) <= {"rule"}:
            said["completion"] = completion.rule
    return yaml(dict(sorted(said.items(), key=lambda one: one[0] in _SHARED)))


def section_settings(section: Section) -> str:
    """section.yaml"""
    return yaml({"title": section.title, **_said(section.settings, "title")})


def heading(page: Page) -> tuple[dict[str, Any], str]:
    """What the front matter of a page says, and the title above its text, which some titles cannot be."""
    said = _said(page.settings, "title", "id")
    if page.settings.min_time:
        said["min-time"] = in_words(page.settings.min_time)
    if page.settings.id or not plain_id(page.id):
        said = {"id": page.id, **said}
    if page.settings.title or not page.title.strip() or page.title.rstrip().endswith("#"):
        return {"title": page.title, **said}, ""
    return said, f"# {escaped(page.title)}"


def front_matter(said: Mapping[str, Any]) -> str:
    """Front matter with the empty line behind it; nothing where it says nothing."""
    return f"---\n{yaml(said)}---\n\n" if said else ""


def _said(told: Settings, *but: str) -> dict[str, Any]:
    said = told.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return {key: value for key, value in said.items() if key not in but}


def _tidy(value: Any) -> Any:
    """Whole numbers without a point."""
    if isinstance(value, Mapping):
        return {key: _tidy(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_tidy(one) for one in value]
    return int(value) if isinstance(value, float) and value == int(value) else value
