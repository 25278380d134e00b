"""Faults that the emulated host's servers are told to have, and how a request then ends."""

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


class HangUp(BaseException):
    """The connection ends here, without an answer; no handler of errors on the way may make one."""


@dataclass
class Faults:
    """What is wrong now: `kind` is one of KINDS or "", `left` how many requests it still lasts (None: until changed)."""

    kind: str = ""
    left: int | None = None
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
