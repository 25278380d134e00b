"""Course -> Site: one accessible document, the player's payload, a theme."""

from scormkit.render.render import render

__all__ = ["render"]
