"""axe and reflow on every page of a course, as it is opened and with everything on it answered and unfolded."""

from __future__ import annotations

from tests.browser import courses
from tests.browser.learner import Learner

AXE = courses.ROOT / "player/node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def faults(learner: Learner) -> list[str]:
    """What axe says against the pages of the course, and pages that are wider than the window; the learner goes through them."""
    frame = learner.frame
    frame.evaluate(AXE.read_text("utf-8"))
    found: list[str] = []

    def look(state: str) -> None:
        violations = frame.evaluate("rules => axe.run({runOnly: rules}).then(result => result.violations)", RULES)
        for violation in violations:
            nodes = "; ".join(node["html"][:120] for node in violation["nodes"][:3])
            found.append(f"{learner.here} ({state}) {violation['id']}: {violation['help']}: {nodes}")
        if frame.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append(f"{learner.here} ({state}) is wider than the window")

    for page in learner.course["pages"]:
        look("new")
        if page["type"] == "assessment":
            learner.take(wrong=1)
        for id in learner.questions if page["type"] == "page" else []:
            learner.answer(id, right=False)
        frame.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        look("answered")
        learner.next()
    look("results")
    return found
