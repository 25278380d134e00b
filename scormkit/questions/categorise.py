"""`categorise`: things to sort into groups.

    :::{categorise} What takes part in a decision, and what only asks?
    :id: decide-or-ask
    :scoring: partial
    - Decides
      > What decides has a vote.
      - A parent in the chair
      - A steering group with parents
        > Those who steer, decide.
    - Only asks
      - A survey
      - A suggestion box
    > correct: Yes.
    > incorrect: Who has a vote?
    :::

The outer list holds the groups, the lists inside it what belongs to each. Learners choose a group for each thing; the things
stand in another order, the groups as written. A block quote under a thing is shown to whoever sorts it wrongly, one under a
group to whoever puts something into it that belongs elsewhere. `scoring` as in matching.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Self

from scormkit.model.directive import Directive, Item, Reader
from scormkit.model.problem import Rule, Severity
from scormkit.model.question import Option
from scormkit.model.written import listed
from scormkit.questions.arranging import NO_ITEMS, check_count, check_items, jumbled
from scormkit.questions.pairing import Pairing, read_pairs, words
from scormkit.questions.reading import Shared, read_shared
from scormkit.questions.writing import plain, scoring, write

EMPTY_GROUP = Rule(
    "QST050",
    Severity.ERROR,
    "nothing belongs to the group '{group}' of question '{id}'",
    "indent what belongs to it under it by two spaces: '  - thing'; or remove the group",
    "It is not said what is right to put there.",
)
TWO_GROUPS = Rule(
    "QST051",
    Severity.ERROR,
    "'{text}' of question '{id}' stands in two groups, '{first}' and '{second}'",
    "keep it in one, or reword one of the two",
    "Learners choose one group for each thing.",
)


@dataclass(frozen=True, kw_only=True)
class Categorise(Pairing):
    """Things, each of which belongs to one group."""

    type: ClassVar[str] = "categorise"

    @classmethod
    def read(cls, directive: Directive, reader: Reader) -> Self:
        shared = read_shared(directive, reader, ("scoring",))
        groups = shared.outline.items
        things = [thing for group in groups for thing in group.items]
        if not things:
            how = "write each group as '- Group', and under it, indented by two spaces, '  - thing'"
            place = groups[0].span if groups else directive.span
            reader.report(NO_ITEMS.at(place, id=shared.id, what="groups with things in them", how=how))
        else:
            _check(groups, shared, reader)
            check_count(groups, shared, "groups", 2, reader)
            check_count(things, shared, "things to sort", 3, reader)
        belongs = [place for place, group in enumerate(groups) for _ in group.items]
        return cls(**read_pairs(shared, things, groups, belongs, reader))

    @property
    def written(self) -> Directive:
        groups = (Item(one.text, None, one.feedback, plain(self.belonging(one))) for one in self.matches)
        return write(self, listed(groups), {"scoring": scoring(self.partly)})

    @property
    def shown_items(self) -> tuple[Option, ...]:
        return jumbled(self.items)


def _check(groups: tuple[Item, ...], shared: Shared, reader: Reader) -> None:
    check_items(groups, shared, Categorise.type, reader)
    home: dict[str, Item] = {}
    for group in groups:
        if not group.items:
            reader.report(EMPTY_GROUP.at(group.span, id=shared.id, group=words(group)))
        check_items(
            group.items,
            shared,
            Categorise.type,
            reader,
            "write each thing on a line of its own; groups hold no groups",
        )
        for thing in group.items:
            text = words(thing)
            first = home.setdefault(text, group)
            if text and first is not group:
                values = {"text": text, "first": words(first), "second": words(group)}
                reader.report(TWO_GROUPS.at(thing.span, id=shared.id, **values))
