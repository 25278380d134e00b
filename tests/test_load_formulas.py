"""Formulas: LaTeX in, MathML out that holds nothing but MathML."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from scormkit.load import load_texts
from scormkit.load.formulas import ATTRIBUTES, PARTS, FormulaError, mathml
from scormkit.model.course import Course
from scormkit.model.prose import Prose


def course(body: str) -> Course:
    return load_texts({"course.yaml": "id: urn:a\ntitle: A\n", "pages/1.md": body}).courses[0]


def html(body: str) -> str:
    made = course(body)
    assert [str(problem) for problem in made.problems] == []
    (block,) = made.pages[0].blocks
    assert isinstance(block, Prose)
    return block.html


def test_in_a_line_and_on_lines_of_its_own() -> None:
    power = "<mrow><msup><mi>x</mi><mn>2</mn></msup></mrow></math>"
    assert html("A $x^2$ b") == f'<p>A <math display="inline">{power} b</p>'
    assert html("$$\nx^2\n$$") == f'<div class="formula"><math display="block">{power}</div>'
    assert html("<b>A</b> $x^2$") == f'<p><b>A</b> <math display="inline">{power}</p>'


@pytest.mark.parametrize("body", ["It costs $5 and then $10.", "$5-$6", r"\$a\$", "`$x$`", "5 $", "```\n$x$\n```"])
def test_dollars_that_are_no_formulas_stay(body: str) -> None:
    assert "<math" not in html(body) and "$" in html(body)


@pytest.mark.parametrize(
    ("formula", "said"),
    [
        (r"\foo", "there is no command"), (r"\frac{a", "a part is missing"), ("x^", "nothing follows a ^"),
        ("x^2^3", "two ^"), (r"\left( x", "do not belong together"), ("x" * 1001, "more than 1000"),
        ("{" * 450 + "}" * 450, "nested too deeply"), (r"\newcommand{\a}{b}\a", "commands of one's own"),
        (r"\href{javascript:alert(1)}{x}", "links"), (r"\style{color:red}{x}", "styles"), (r"\class{a}{x}", "classes"),
        (" ", "nothing in it"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_in_words(formula: str, said: str) -> None:
    with pytest.raises(FormulaError, match=re.escape(said)):
        mathml(formula, block=False)


def test_a_slip_is_told_at_its_place() -> None:
    (problem,) = course("One.\n\nTwo $\\foo$.").problems
    assert str(problem).startswith(
        "pages/1.md:3:5: error MDN005: the formula '\\foo' cannot be read: there is no command"
    )


def test_nothing_hostile_gets_in() -> None:
    assert html(r"$\text{<img src=x onerror=alert(1)>}$").count("<img") == 0
    (block,) = course("<b>x</b> $x$ <math><mi>evil</mi></math>").pages[0].blocks
    assert isinstance(block, Prose) and "evil" not in block.html and block.html.count("<mi>x</mi>") == 1


@given(st.text(alphabet="\\{}^_&<>abfrctex$\"'`~#% 12[]()", max_size=40))
@settings(max_examples=150)
def test_whatever_is_written_is_refused_or_becomes_mathml(formula: str) -> None:
    try:
        made = mathml(formula, block=True)
    except FormulaError:
        return
    for element in etree.fromstring(made).iter():
        assert element.tag in PARTS and set(element.keys()) <= ATTRIBUTES
