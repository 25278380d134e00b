"""Reads saved progress by docs/state.md, without the player: what the oracle believes is held, and where.

In: a state's text, and the payload of its course. Out: `Saved`, of which only what is sound is read. Questions are of the
type choice, as the trials' course has them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
STATUSES = ("not attempted", "incomplete", "failed", "completed", "passed")
COURSE, ANSWERS = 0, 2


@dataclass(frozen=True)
class Saved:
    """What a state says: the status, and for each question the answer's key and how often it was answered."""

    status: str = ""
    answers: Mapping[str, tuple[str, int]] = field(default_factory=dict)


class Bits:
    """Numbers out of bits; behind the end every bit is 0."""

    def __init__(self, bits: str) -> None:
        self.bits, self.at = bits, 0

    @property
    def left(self) -> int:
        return len(self.bits) - self.at

    def take(self, width: int) -> int:
        part = self.bits[self.at : self.at + width].ljust(width, "0")
        self.at += width
        return int(part, 2)

    def number(self, group: int) -> int:
        result, shift, more = 0, 0, True
        while more:
            more = bool(self.take(1))
            result += self.take(group) << shift
            shift += group
        return result

    def part(self, width: int) -> Bits:
        self.at += width
        return Bits(self.bits[self.at - width : self.at])


def read(text: str, course: Mapping[str, Any]) -> Saved:
    """What of `text` is sound."""
    status, answers = "", {}
    questions = {question["number"]: question for question in course["questions"]}
    for bits in _sections(text, course["id"]):
        kind = bits.take(2)
        if kind == COURSE:
            bits.number(3), bits.number(6), bits.take(24)
            status = STATUSES[bits.take(3)]
        elif kind == ANSWERS:
            answers |= dict(_answers(bits, questions))
    return Saved(status, answers)


def _answers(bits: Bits, questions: Mapping[int, Mapping[str, Any]]) -> Iterator[tuple[str, tuple[str, int]]]:
    number = 0
    for _ in range(bits.number(4)):
        number += bits.number(3)
        if bits.take(1):
            bits.number(3)
        answer = bits.part(bits.number(4))
        tries = answer.number(2)
        masked = answer.take(1)
        chosen = answer.left if masked else answer.number(3)
        question = questions[number]
        keys = [option["key"] for option in question["options"] if option["number"] == chosen]
        if keys:
            yield question["id"], (keys[0], tries)


def _sections(text: str, course: str) -> Iterator[Bits]:
    at = 1
    while text[:1] == "1" and at < len(text):
        start, length, factor, digit = at, 0, 1, 32
        while digit >= 32 and at < len(text):
            digit = ALPHABET.find(text[at])
            length += digit % 32 * factor
            factor, at = factor * 32, at + 1
        end = at + length
        if not 0 <= digit < 32 or end + 3 > len(text):
            return
        if _check(course, text[start:end]) == text[end : end + 3]:
            yield Bits("".join(f"{ALPHABET.index(letter):06b}" for letter in text[at:end]))
        at = end + 3


def _check(course: str, text: str) -> str:
    value = 0x811C9DC5
    for character in f"{course}\n{text}":
        value = _times(value ^ ord(character), 0x01000193)
    value ^= value >> 14
    return "".join(ALPHABET[value >> shift & 63] for shift in (0, 6, 12))


def key(course: str, learner: str, registration: str) -> str:
    """Where the copy on the device lies (T13)."""
    return ":".join(["scormkit", *(_fingerprint(part) for part in (course, learner, registration))])


def _fingerprint(text: str) -> str:
    a, b = 0xDEADBEEF, 0x41C6CE57
    for character in text:
        a = _times(a ^ ord(character), 0x9E3779B1)
        b = _times(b ^ ord(character), 0x5F356495)
    a = _times(a ^ a >> 16, 0x85EBCA6B) ^ _times(b ^ b >> 13, 0xC2B2AE35)
    b = _times(b ^ b >> 16, 0x85EBCA6B) ^ _times(a ^ a >> 13, 0xC2B2AE35)
    return f"{a:08x}{b:08x}"


def _times(left: int, right: int) -> int:
    return left * right % 2**32
