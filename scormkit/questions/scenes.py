"""The scenes of a scenario as a map: where each move leads, what cannot be reached, what has no way out, the best way.

In: scenes. Out: problems, and the best way as `scene.move` items. The time it takes grows with the number of moves.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from scormkit.model.course import Block
from scormkit.model.directive import Item
from scormkit.model.problem import Problem, Rule, Severity
from scormkit.model.prose import Prose
from scormkit.model.source import Span
from scormkit.model.written import joined, line, linked, listed, markdown

UNREACHABLE = Rule(
    "QST068",
    Severity.ERROR,
    "nobody gets to the scene '{scene}' of scenario '{id}'",
    "write a move that leads there, [its words](#{name}), or remove the scene",
    "What no move leads to is never seen.",
)
NO_WAY_OUT = Rule(
    "QST069",
    Severity.ERROR,
    "who comes to the scene '{scene}' of scenario '{id}' never gets out",
    "write a move that leads to an ending, here or in the scenes that it leads to",
    "Learners would go round in circles, and the question could never be answered.",
)
NO_ENDING = Rule(
    "QST070",
    Severity.ERROR,
    "scenario '{id}' has no ending",
    "write a scene without moves, such as '## What came of it {{good}}'",
    "Learners would go round in circles, and the question could never be answered.",
)
NO_BEST_WAY = Rule(
    "QST071",
    Severity.ERROR,
    "the best moves of scenario '{id}' lead to no ending; they stop at the scene '{scene}'",
    "mark a move of '{scene}' with [x] that leads on to an ending",
    "The best way through the case is shown at the end; here nobody could go it.",
)


@dataclass(frozen=True)
class Move:
    """One way on. `to` is the key of the scene that it leads to; `worth` is 1 for the best, None where nothing is judged."""

    key: str
    text: Prose
    to: str
    worth: float | None = None
    feedback: Prose | None = None
    counts: tuple[tuple[str, int], ...] = ()  # counters, and by how much they change
    span: Span = Span("")


@dataclass(frozen=True)
class Scene:
    """One scene. `name` is what links call it; `outcome` is good, mixed, poor or empty, of a scene without moves."""

    key: str
    name: str
    title: Prose
    blocks: tuple[Block, ...] = ()
    moves: tuple[Move, ...] = ()
    outcome: str = ""
    span: Span = Span("")


def written_scene(scene: Scene, names: Mapping[str, str]) -> str:
    """A scene as authors write it; `names` are those of all scenes, by their keys."""
    title = f"## {line(scene.title)}" + (f" {{{scene.outcome}}}" if scene.outcome else "")
    moves = (Item(Prose(source=_written(move, names)), _box(move), move.feedback) for move in scene.moves)
    return joined(title, markdown(scene.blocks), listed(moves))


def _written(move: Move, names: Mapping[str, str]) -> str:
    marks = [*(["fair"] if move.worth == 0.5 else []), *(f"{name} {by:+d}" for name, by in move.counts)]
    return f"[{linked(move.text)}](#{names.get(move.to, '')})" + (f" {{{', '.join(marks)}}}" if marks else "")


def _box(move: Move) -> bool | None:
    return None if move.worth is None else move.worth == 1


def check(id: str, scenes: tuple[Scene, ...], span: Span) -> Iterator[Problem]:
    """What is wrong with the map of the scenario `id`; every move must lead to one of its scenes."""
    endings = [scene for scene in scenes if not scene.moves]
    if not endings:
        yield NO_ENDING.at(span, id=id)
        return
    reached, ending = reach(scenes)
    stuck = False
    for scene in scenes:
        if scene.key not in reached:
            yield UNREACHABLE.at(scene.span, id=id, scene=scene.title.text, name=scene.name)
        elif scene.key not in ending:
            stuck = True
            yield NO_WAY_OUT.at(scene.span, id=id, scene=scene.title.text)
    judged = any(move.worth is not None for scene in scenes for move in scene.moves)
    if judged and not stuck and best_way(scenes) is None:
        last = _furthest(scenes)
        yield NO_BEST_WAY.at(last.span, id=id, scene=last.title.text)


def reach(scenes: tuple[Scene, ...]) -> tuple[set[str], set[str]]:
    """The keys of the scenes that can be reached from the first, and of those from which an ending can be reached."""
    ways = {scene.key: [move.to for move in scene.moves] for scene in scenes}
    back: dict[str, list[str]] = {scene.key: [] for scene in scenes}
    for key, targets in ways.items():
        for target in targets:
            back.setdefault(target, []).append(key)
    endings = [scene.key for scene in scenes if not scene.moves]
    return _spread([scenes[0].key], ways), _spread(endings, back)


def best_way(scenes: tuple[Scene, ...]) -> tuple[str, ...] | None:
    """The first way to an ending by the best moves alone, any move where none is judged; None where there is none.

    A move that leads to no scene (which is reported while it is read) is no way.
    """
    came: dict[str, tuple[str, str]] = {}  # by scene: the scene before it, and the item that led here
    for scene in _best_first(scenes, came):
        if not scene.moves:
            way, here = [], scene.key
            while here in came:
                here, item = came[here]
                way.append(item)
            return tuple(reversed(way))
    return None


def _furthest(scenes: tuple[Scene, ...]) -> Scene:
    """Where the best moves stop: the last scene they reach that has no best move, else the last of all."""
    met = list(_best_first(scenes, {}))
    return next((scene for scene in reversed(met) if not _best(scene)), met[-1])


def _best_first(scenes: tuple[Scene, ...], came: dict[str, tuple[str, str]]) -> Iterator[Scene]:
    """The scenes that the best moves reach from the first on, deep before wide."""
    by_key = {scene.key: scene for scene in scenes}
    seen = {scenes[0].key}
    waiting = [scenes[0]]
    while waiting:
        scene = waiting.pop()
        yield scene
        for move in reversed(_best(scene)):
            if move.to in by_key and move.to not in seen:
                seen.add(move.to)
                came[move.to] = (scene.key, f"{scene.key}.{move.key}")
                waiting.append(by_key[move.to])


def _best(scene: Scene) -> list[Move]:
    return [move for move in scene.moves if move.worth in (None, 1)]


def _spread(start: Iterable[str], ways: dict[str, list[str]]) -> set[str]:
    """All that can be reached from `start`."""
    seen = set(start)
    waiting = list(seen)
    while waiting:
        for target in ways.get(waiting.pop(), ()):
            if target not in seen:
                seen.add(target)
                waiting.append(target)
    return seen
