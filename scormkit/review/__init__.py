"""Course -> one HTML file to be read on its own: the review copy, in which reviewers comment, and the handout.

In: a `Course`. Out: HTML that needs no other file. The comments that come back are read by `comments`.
"""

from __future__ import annotations

from scormkit.review.comments import Comment, CommentsUnreadable, read_comments
from scormkit.review.sheet import handout, review_copy

__all__ = ["Comment", "CommentsUnreadable", "handout", "read_comments", "review_copy"]
