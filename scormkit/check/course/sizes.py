"""How many bits or characters the parts of saved progress take: what player/src/bits.ts and state.ts write them with."""

from __future__ import annotations

SCORE = 1 + 14
"""Bits of a score: whether there is one, then hundredths of a per cent."""


def number(value: int, group: int) -> int:
    """Bits of a number in groups of `group` bits, each led by one that says whether more follow."""
    return max(1, -(-value.bit_length() // group)) * (group + 1)


def steps(count: int, last: int, group: int) -> int:
    """The most bits of the steps between `count` numbers of which the highest is `last`, whichever they are.

    Each takes one group; of steps that need a further one, each at least 2^group long, only so many fit below `last`.
    """
    bits, least = count * (group + 1), 2**group
    while least <= last:
        bits += min(count, last // least) * (group + 1)
        least *= 2**group
    return bits


def text(size: int) -> int:
    """Bits of a text of `size` bytes."""
    return number(size, 5) + 8 * size


def sealed(bits: int) -> int:
    """Characters of a section: its length in digits of 32, its body, three of checksum."""
    body = -(-bits // 6)
    return max(1, -(-body.bit_length() // 5)) + body + 3
