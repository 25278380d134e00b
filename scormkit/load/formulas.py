"""LaTeX -> MathML, for formulas between dollar signs.

In: a formula as its author wrote it. Out: MathML of the elements and attributes that are listed here, and no others:
whatever else the converter makes of a formula (links, styles) is refused, and every text is escaped anew.
"""

from __future__ import annotations

import re
from html import escape, unescape
from xml.etree.ElementTree import Element

LONGEST = 1000
"""Characters of one formula."""

DEEPEST = 60
"""How deep its elements may be nested."""

MACRO = re.compile(r"\\(?:(?:re)?newcommand|providecommand|def|gdef|edef|let|DeclareMathOperator)(?![A-Za-z])")
"""A short formula with macros can grow beyond all bounds."""

# How many parts an element must have; 0: any number. MathML Core, 2.1.3 and 3.
PARTS = {
    **dict.fromkeys(("math", "mrow", "mi", "mn", "mo", "mtext", "mspace", "msqrt", "mstyle", "mpadded", "mphantom"), 0),
    **dict.fromkeys(("mtable", "mtr", "mtd", "menclose"), 0),
    **dict.fromkeys(("mfrac", "mroot", "msub", "msup", "munder", "mover"), 2),
    **dict.fromkeys(("msubsup", "munderover"), 3),
}
ATTRIBUTES = frozenset(
    "xmlns display displaystyle scriptlevel stretchy fence form separator lspace rspace minsize maxsize mathvariant accent "
    "accentunder linethickness columnalign columnspacing columnlines rowalign rowspacing rowlines width height depth "
    "voffset notation movablelimits largeop symmetric separators open close frame".split()
)


# What the converter's exceptions mean to an author.
MEANINGS = {
    "NoAvailableTokensError": "a brace is not closed, or something is missing at its end",
    "MissingSuperScriptOrSubscriptError": "nothing follows a ^ or _",
    "DoubleSubscriptsError": "two _ follow each other; write braces: x_{a_{b}}",
    "DoubleSuperscriptsError": "two ^ follow each other; write braces: x^{a^{b}}",
    "ExtraLeftOrMissingRightError": "\\left and \\right do not belong together",
    "MissingEndError": "\\begin has no \\end",
    "NumeratorNotFoundError": "a fraction has nothing above its line",
    "DenominatorNotFoundError": "a fraction has nothing below its line",
}


class FormulaError(ValueError):
    """Says in words what is wrong with a formula."""


def mathml(formula: str, block: bool) -> str:
    """The `<math>` element of a formula, in a line of text or as a `block` of its own. Raises FormulaError."""
    from latex2mathml.converter import convert_to_element  # most courses have no formulas

    if len(formula) > LONGEST:
        raise FormulaError(f"it has more than {LONGEST} characters")
    if not formula.strip():
        raise FormulaError("there is nothing in it")
    if MACRO.search(formula):
        raise FormulaError("commands of one's own are not for formulas")
    try:
        element = convert_to_element(formula, display="block" if block else "inline")
    except Exception as error:  # the converter has many ways of saying no, an IndexError among them
        said = MEANINGS.get(type(error).__name__, "it is not complete, or nested too deeply")
        raise FormulaError(said) from None
    return _written(element)


def _written(element: Element, depth: int = 0) -> str:
    if depth > DEEPEST:
        raise FormulaError("it is nested too deeply")
    parts = PARTS.get(element.tag)
    odd = set(element.keys()) - ATTRIBUTES
    text = unescape(element.text or "")
    if parts is None or odd:
        raise FormulaError("links, styles, classes and colours are not for formulas")
    if text.startswith("\\") and len(text) > 1:
        raise FormulaError(f"there is no command '{text}'")
    if parts and len(element) != parts:
        raise FormulaError("a part is missing: write each part in braces, such as \\frac{1}{2} or x^{2}")
    attributes = "".join(f' {name}="{escape(value)}"' for name, value in element.items() if name != "xmlns")
    inside = escape(text, quote=False) + "".join(_written(child, depth + 1) for child in element)
    return f"<{element.tag}{attributes}>{inside}</{element.tag}>"
