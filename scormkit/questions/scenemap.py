"""The branches of a scenario as a drawing: scenes in, boxes and arrows with their places out, for an SVG and a list.

Scenes stand in rows, as many moves below the first as it takes to get there; what nobody gets to stands in a row of its own.
Nothing is told by the drawing alone: every box and arrow carries the words that the list beside it says.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from scormkit.questions.scenes import Move, Scene, reach

WIDTH, LINE, ROOM = 176, 17, 10  # of a box: its width, the height of a line, the room around its words
ACROSS, DOWN = 28, 64  # between boxes
EDGE = 40  # around all boxes, where the ways back run
LETTERS = 21  # that fit into a line; those of East Asia take two places
LINES = 3
UNREACHABLE, NO_WAY_OUT = "nobody gets here", "no way out"
WORTH = {1.0: "best", 0.5: "fair", 0.0: "poor", None: "open"}


@dataclass(frozen=True)
class Box:
    """A scene in its place. `lines` are its words as they fit in, `note` what is to be known of it, `fault` what is wrong."""

    scene: Scene
    x: int
    y: int
    height: int
    lines: tuple[str, ...]
    note: str
    fault: str

    @property
    def middle(self) -> int:
        return self.x + WIDTH // 2


@dataclass(frozen=True)
class Arrow:
    """A move: `kind` is best, fair, poor or open (not judged); `path` as SVG draws it, its letter at `x`, `y`."""

    item: str
    move: Move
    to: Scene
    kind: str
    path: str
    x: int
    y: int


@dataclass(frozen=True)
class SceneMap:
    """The whole map."""

    width: int
    height: int
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]

    def leaving(self, scene: Scene) -> tuple[Arrow, ...]:
        """The moves of one scene."""
        return tuple(arrow for arrow in self.arrows if arrow.item.startswith(f"{scene.key}."))


def scene_map(scenes: tuple[Scene, ...]) -> SceneMap | None:
    """The map of these scenes; None where there are none. Moves that lead to no scene are left out."""
    if not scenes:
        return None
    rows = _rows(scenes)
    widest = max(len(row) for row in rows)
    width = 2 * EDGE + widest * WIDTH + (widest - 1) * ACROSS
    boxes = {box.scene.key: box for box in _boxes(scenes, rows, width)}
    arrows = tuple(_arrows(scenes, boxes, width))
    height = max(box.y + box.height for box in boxes.values()) + EDGE
    return SceneMap(width, height, tuple(boxes[scene.key] for scene in scenes), arrows)


def _rows(scenes: tuple[Scene, ...]) -> list[list[Scene]]:
    """The scenes by how many moves it takes to get there, each row in the order of the scenes that lead to it."""
    by_key = {scene.key: scene for scene in scenes}
    rows, seen = [[scenes[0]]], {scenes[0].key}
    while rows[-1]:
        following = []
        for move in (move for scene in rows[-1] for move in scene.moves):
            if move.to in by_key and move.to not in seen:
                seen.add(move.to)
                following.append(by_key[move.to])
        rows.append(following)
    rows[-1] = [scene for scene in scenes if scene.key not in seen]
    return [row for row in rows if row]


def _boxes(scenes: tuple[Scene, ...], rows: list[list[Scene]], width: int) -> Iterator[Box]:
    reached, ended = reach(scenes)
    top = EDGE
    for row in rows:
        taken = len(row) * WIDTH + (len(row) - 1) * ACROSS
        tallest = 0
        for column, scene in enumerate(row):
            fault = UNREACHABLE if scene.key not in reached else "" if scene.key in ended else NO_WAY_OUT
            note = "" if scene.moves else f"ending: {scene.outcome}" if scene.outcome else "ending"
            lines = _broken(f"{scene.key}  {scene.title.text}")
            height = 2 * ROOM + LINE * (len(lines) + bool(note) + bool(fault))
            tallest = max(tallest, height)
            yield Box(scene, (width - taken) // 2 + column * (WIDTH + ACROSS), top, height, lines, note, fault)
        top += tallest + DOWN


def _arrows(scenes: tuple[Scene, ...], boxes: dict[str, Box], width: int) -> Iterator[Arrow]:
    for scene in scenes:
        here = boxes[scene.key]
        moves = [move for move in scene.moves if move.to in boxes]
        for number, move in enumerate(moves, 1):
            there = boxes[move.to]
            x, y = here.x + number * WIDTH // (len(moves) + 1), here.y + here.height
            if there.y > here.y:
                path = _down(x, y, there)
            elif there.y == here.y and there is not here:
                path = _along(x, y, there)
            else:
                path = _back(x, y, here, there, width)
            yield Arrow(f"{scene.key}.{move.key}", move, there.scene, WORTH[move.worth], path, x, y + 15)


def _down(x: int, y: int, there: Box) -> str:
    bend = max(DOWN // 2, (there.y - y) // 2)
    return f"M{x} {y} C{x} {y + bend} {there.middle} {there.y - bend} {there.middle} {there.y - 2}"


def _along(x: int, y: int, there: Box) -> str:
    """To a neighbour, in from below."""
    foot = there.y + there.height
    low = max(y, foot) + DOWN // 2
    return f"M{x} {y} C{x} {low} {there.middle} {low} {there.middle} {foot + 2}"


def _back(x: int, y: int, here: Box, there: Box, width: int) -> str:
    """Out at the nearer side of the map, and in from above."""
    side = 8 if x < width // 2 else width - 8
    return (
        f"M{x} {y} C{x} {y + DOWN // 2} {side} {y + DOWN // 2} {side} {here.y} "
        f"L{side} {there.y} C{side} {there.y - DOWN // 2} {there.middle} {there.y - DOWN // 2} {there.middle} {there.y - 2}"
    )


def _broken(text: str) -> tuple[str, ...]:
    """Words in lines that fit into a box; what is too much ends in an ellipsis."""
    lines, line = [], ""
    for word in text.split(" "):
        if line.strip() and _places(f"{line} {word}") > LETTERS:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
        while _places(line) > LETTERS:
            cut = next(n for n in range(len(line), 0, -1) if _places(line[:n]) <= LETTERS)
            lines.append(line[:cut])
            line = line[cut:]
    lines = [*lines, line] if line else lines
    if len(lines) > LINES:
        lines = [*lines[: LINES - 1], f"{lines[LINES - 1][: LETTERS - 1]}…"]
    return tuple(lines)


def _places(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
