"""Release x Release -> Comparison: what changed between two versions of a course, and what learners under way lose.

In: two `Release`s. Out: `Comparison`, with a verdict. Learners under way have progress that was saved by the old version:
everything hangs on the ids that hosts file it under, and on the stable numbers inside it (tracking rules T41 and T60).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from scormkit.compare.release import Contents, Release, read_release

__all__ = ["Change", "Comparison", "Contents", "Effect", "Release", "compare", "read_release"]


class Effect(StrEnum):
    """What a change does to learners under way, the worst last."""

    NOTHING = "nothing is lost"
    SOME = "something is lost"
    PROGRESS = "progress is lost"

    @property
    def rank(self) -> int:
        """0 for the most harmless."""
        return list(Effect).index(self)


@dataclass(frozen=True)
class Change:
    """One difference: its `subject` (`page`, `question`, `setting`, ...), what it is, and what it does to learners.

    `old` and `new` are texts, paragraph by paragraph, where words changed.
    """

    subject: str
    what: str
    effect: Effect = Effect.NOTHING
    old: tuple[str, ...] = ()
    new: tuple[str, ...] = ()


@dataclass(frozen=True)
class Comparison:
    """Two releases and all that is different between them."""

    old: Release
    new: Release
    changes: tuple[Change, ...]

    @property
    def effect(self) -> Effect:
        """The worst that happens to learners under way."""
        return max((change.effect for change in self.changes), key=lambda effect: effect.rank, default=Effect.NOTHING)

    @property
    def harmful(self) -> tuple[Change, ...]:
        """The changes by which learners under way lose something, the worst first."""
        found = [change for change in self.changes if change.effect is not Effect.NOTHING]
        return tuple(sorted(found, key=lambda change: -change.effect.rank))

    @property
    def guessed(self) -> str:
        """What to do where a folder has no course.lock, so that its numbers are guessed; empty where all are known."""
        if self.new.guessed:
            return (
                f"{self.new.name} has no course.lock, so its numbers are guessed: put back the lock that the released version "
                "was built with (it belongs beside course.yaml, under version control), then compare again."
            )
        if self.old.guessed:
            return (
                f"{self.old.name} has no course.lock, so its numbers are guessed: compare with the package that learners have, "
                "or run scormkit build there first."
            )
        return ""

    @property
    def unsure(self) -> bool:
        """Whether progress seems lost by numbers that are guessed; other identifiers lose it whatever a lock says."""
        foreign = any(change.subject == "identifier" for change in self.harmful)
        return self.effect is Effect.PROGRESS and bool(self.guessed) and not foreign

    @property
    def verdict(self) -> str:
        """One sentence for whoever uploads the package."""
        if self.unsure:
            return "Not known: the numbers of saved progress are guessed, because a course.lock is missing."
        if self.effect is Effect.PROGRESS:
            return "Not safe to replace: learners under way lose their progress."
        if self.effect is Effect.SOME:
            count = len(self.harmful)
            return f"Safe to replace, but learners under way lose something ({count} change{'s' * (count > 1)})."
        if not self.old.known or not self.new.known:
            return "Not known: what is inside was not made by scormkit, so only identifiers and files were compared."
        return "Safe to replace: learners under way lose nothing."

    @property
    def hosts(self) -> dict[str, str]:
        """What to do when uploading, by host."""
        lost = self.effect is Effect.PROGRESS
        item = [
            change for change in self.changes if change.subject == "identifier" and change.effect is Effect.PROGRESS
        ]
        moodle = "Replace the file in the same activity: attempts and grades stay."
        if item:
            moodle = "Upload it as a new activity: in the old one Moodle would delete the learners' tracks."
        elif lost:
            moodle = "Upload it as a new activity, so that the records of the old version stay readable."
        hub = "Leave 'Force clearing of user suspend data' unticked."
        if lost:
            hub = "Tick 'Force clearing of user suspend data': saved progress of the old version cannot be used."
        if self.unsure:
            moodle = hub = "Not known before there is a course.lock."
        xapi = "Statements go to the same activities."
        if item or self.old.id != self.new.id:
            xapi = "Statements go to other activities than before; reports show two courses."
        return {"Moodle": moodle, "NHS Learning Hub": hub, "xAPI": xapi}


def compare(old: Release, new: Release) -> Comparison:
    """All differences between two releases of a course."""
    from scormkit.compare import changes

    looks = changes.LOOKS if old.known and new.known else changes.OUTSIDE
    return Comparison(old, new, tuple(change for look in looks for change in look(old, new)))
