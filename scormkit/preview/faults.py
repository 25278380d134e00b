"""Faults that the emulated host, or the learner's device, is told to have, and how a request then ends."""

from __future__ import annotations

from dataclasses import dataclass

KINDS = {
    "refuse": "answers with an error (HTTP 500)",
    "slow": "takes 5 seconds",
    "silence": "never answers: the connection breaks, nothing is stored",
    "lost-answer": "stores, but the connection breaks before its answer",
    "unauthorised": "says that the session has expired (HTTP 401)",
    "forbidden": "says that this is not allowed (HTTP 403)",
    "login-page": "answers with its login page",
    "too-many": "says that there were too many requests (HTTP 429)",
    "cors": "does not allow requests from this page (no CORS headers; an LRS only)",
}
"""What can go wrong, in words that follow "the host ..."."""

AT_LAUNCH = {
    "late-api": "The LMS offers its API only after 5 seconds",
    "no-api": "The LMS offers no API",
    "storage-missing": "The browser lets the course keep nothing on this device",
    "storage-full": "There is no room left on this device",
    "clock": "The device's clock jumps a day back, 10 seconds after the launch",
}
"""What is wrong from a launch on, in sentences."""

API_DELAYS = {"late-api": 5_000, "no-api": 24 * 3_600_000}
"""Milliseconds until window.API exists; a day is never."""

SPOILT = {
    "cut": "Half of the saved state is lost, as where an LMS's column is too short",
    "garbled": "The saved state comes back with other characters",
    "foreign": "The saved state of another course comes back",
}
"""What can have become of a saved state between two launches, in sentences."""

FOREIGN = "1PCUAAkzys4gKVcLgdsfLSv__8lCziEASKkHhIKcRTgL-6JhiKcRDEU4XDh"
"""A saved state of a course that no author has: ten pages and five questions, all done (docs/state.md)."""


def spoil(state: str, how: str) -> str:
    """What comes back instead of `state`. Raises KeyError where `how` is not one of SPOILT."""
    return {"cut": state[: len(state) // 2], "garbled": state.swapcase()[::-1], "foreign": FOREIGN}[how]


class HangUp(BaseException):
    """The connection ends here, without an answer; no handler of errors on the way may make one."""


@dataclass
class Faults:
    """What is wrong now: `kind` is one of KINDS or "", `left` how many requests it still lasts (None: until changed).

    `launch` is one of AT_LAUNCH or "".
    """

    kind: str = ""
    left: int | None = None
    launch: str = ""
    slowness: float = 5.0

    def set(self, kind: str, left: int | None = None) -> None:
        """Raises ValueError for an unknown kind; "" ends all faults."""
        if kind and kind not in KINDS:
            raise ValueError(kind)
        self.kind, self.left = kind, left

    def strike(self) -> str:
        """The fault that this request meets, or ""."""
        if not self.kind or self.left == 0:
            return ""
        if self.left is not None:
            self.left -= 1
        return self.kind
