"""The document's Content Security Policy: what a course embeds, and nothing else."""

from __future__ import annotations

from scormkit.load import load_texts
from scormkit.render import render

EMBED = ":::{{embed}} https://{host}/a\n:title: A film\n:consent: They learn it.\nIn short.\n:::\n"


def document(*pages: str) -> str:
    files = {f"pages/{number}.md": text for number, text in enumerate(pages)}
    return render(load_texts({"course.yaml": "id: urn:a\ntitle: A\n", **files}).courses[0]).document


def test_only_the_hosts_that_are_embedded_may_be_shown_in_frames() -> None:
    assert "frame-src" not in document("x")
    inside = f":::::{{details}} More\n{EMBED.format(host='b.example.org')}:::::\n"
    page = document(EMBED.format(host="films.example.org"), inside, EMBED.format(host="films.example.org"))
    assert "form-action 'none'; frame-src https://b.example.org https://films.example.org\">" in page


def test_nothing_is_loaded_from_there_before_the_learner_says_so() -> None:
    page = document(EMBED.format(host="films.example.org"))
    assert "<iframe" not in page and page.count("films.example.org/a") == 2  # for the player, and as a link
