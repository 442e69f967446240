"""Which quantities of a sentence are told as values: not what is denied, only planned, or held against the value.

Numbers are lower bounds in plain prose, so that their negation is what is less: who "did not last four hours" lasted less
than four (Horn 1972, On the Semantic Properties of Logical Operators in English). So it is behind a verb of measure; any
other negation ("not 14 but 23", "they did not meet on Friday") leaves no value.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from summit_analysis.text.alignment import stem
from summit_analysis.text.intervals import DENIED, WORDS, Quantity, interval_of
from summit_analysis.text.mentions import PLANNED
from summit_analysis.text.numbers import any_of
from summit_analysis.text.quantities import find_quantities
from summit_analysis.text.terms import tokenise

DAYS = ("date", "weekday", "relative")
NEAR = 5  # words between "planned" and what was
_REACH = 90  # characters before a quantity that can deny it
_FRAME = WORDS["frame"]
_FORESEEN = any_of(_FRAME["planned"])
_AUXILIARY = r"(?:did|do|does|would|could|will|can|has|have|had|was|were|is|are|must|should)"
_NOT = rf"(?:{_AUXILIARY}\snot|(?:{_AUXILIARY}|ca|wo)n['’]t|cannot|never|not|fail(?:s|ed)?\sto|without|(?:nor|neither)\s{_AUXILIARY}(?:\s[\w’'-]+){{1,4}}?)"
_DENIED = re.compile(r"\bnot\s(?:(?:for|on|in|at|by)\s)?(?:the\s|an?\s)?$", re.IGNORECASE)
_MEASURED = re.compile(
    rf"\b{_NOT}\s(?:(?:even|quite|have|been|to|ever|\w+ly)\s){{0,2}}(?:(?P<past>{any_of(_FRAME['surpassing'])})|{any_of(_FRAME['amounting'])})\s(?:(?:for|to|the|even|a\sfull)\s)*$",
    re.IGNORECASE,
)
_NO_DAY = re.compile(
    rf"\b{_NOT}\s(?!only\b)(?:(?!until|till|before|after|since|that|because|but|by|whether|if)[\w’'-]+\s){{1,5}}?(?:(?:on|in)\s(?:the\s)?)?$",
    re.IGNORECASE,
)
_TO_COME = re.compile(
    r"\b(?:will|shall|would|wo(?=n['’]t\b))\b|['’]ll\b|\b(?:is|are|was|were)\s(?:due|set|about|supposed|to\s(?!the\b|an?\b)\w)",
    re.IGNORECASE,
)
_EXCEEDING = re.compile(r"exceed", re.IGNORECASE)
# What the negation of a value of each group leaves. Of "nearly four", "about four" and the like nothing certain is left.
_TURNED = {"": "less", "more": "at_most", "at_least": "less", "less": "at_least", "at_most": "more"}
_CLAUSE_END = re.compile(r"[,;:–—()]")
_THAN = re.compile(r"\bthan\s(?:(?:it|they|was|were|had|been|\w+ly)\s)*$", re.IGNORECASE)
_THAN_THE = re.compile(rf".*?\bthan\s(?:the|its|their|an?)\s(?:(?:{_FORESEEN})\s){{0,2}}", re.IGNORECASE | re.DOTALL)
_AGAINST = re.compile(
    rf"\b(?:instead\sof|rather\sthan|as\sopposed\sto|unlike|compared\s(?:with|to)|(?:up|down)\sfrom|(?:earlier|previous|initial|original|first|preliminary)\s(?:[\w’'-]+\s){{0,2}}(?:of|at))\s(?:the\s|an?\s)?(?:(?:{_FORESEEN}|usual|earlier|previous)\s){{0,2}}$",
    re.IGNORECASE,
)
_DIFFERENCE = re.compile(r"\s(?:longer|shorter|more|less|fewer|earlier|later|higher|lower)\sthan\b", re.IGNORECASE)


def affirmed(text: str, quantity: Quantity) -> Quantity | None:
    """Return what `text` affirms of a quantity: itself, what its negation leaves (with the negation's words), or None."""
    before = text[max(0, quantity.start - _REACH) : quantity.start]
    words = text[quantity.start : quantity.end]
    if quantity.kind in DAYS:
        return None if _DENIED.search(before) or _NO_DAY.search(before) else quantity
    exceeding = _EXCEEDING.match(words)
    if exceeding and (found := re.search(rf"\b{_NOT}\s(?:\w+ly\s)?$", before, re.IGNORECASE)):
        return _turned(quantity, "at_most", quantity.start - len(before) + found.start())
    if _DENIED.search(before):
        return quantity if re.match(r"(?:only|just)\b", words, re.IGNORECASE) else None
    if not (found := _MEASURED.search(before)):
        return quantity
    group = "at_most" if found["past"] and not quantity.qualifier else _TURNED.get(quantity.qualifier)
    return _turned(quantity, group, quantity.start - len(before) + found.start()) if group else None


def _turned(quantity: Quantity, group: str, start: int) -> Quantity | None:
    try:
        low, high, low_open, high_open = interval_of(float(quantity.label), group)
    except ValueError:
        return None  # a vague number
    return replace(quantity, start=start, low=low, high=high, low_open=low_open, high_open=high_open, qualifier=DENIED)


def planned(text: str, quantities: Sequence[Quantity]) -> set[int]:
    """Return which of the quantities of `text` were planned or expected: the nearest to each word that says so."""
    tokens = tokenise(text)
    found: set[int] = set()
    for token in tokens:
        if stem(token.term) not in PLANNED or _than(text, token.start):
            continue
        near = []
        for n, quantity in enumerate(quantities):
            low, high = (token.end, quantity.start) if token.end <= quantity.start else (quantity.end, token.start)
            words = sum(low <= other.start and other.end <= high for other in tokens)
            if words <= NEAR and not _CLAUSE_END.search(text[low:high]):
                near.append((words, token.start > quantity.start, n))
        if near:
            found.add(min(near)[2])
    return found


def looks_ahead(text: str, quantity: Quantity) -> bool:
    """Return whether the clause of a day speaks of what is still to come: "will meet on Friday", "due on Friday"."""
    before = text[max(0, quantity.start - _REACH) : quantity.start]
    return bool(_TO_COME.search(_CLAUSE_END.split(before)[-1])) or any(
        stem(token.term) in PLANNED and not _than(text, token.start)
        for token in tokenise(_CLAUSE_END.split(before)[-1] + _CLAUSE_END.split(text[quantity.end :])[0])
    )


def held_against(text: str, quantities: Sequence[Quantity]) -> set[int]:
    """Return which of the quantities of `text` stand for comparison: earlier ones, differences, "instead of seven"."""
    found = set()
    for n, quantity in enumerate(quantities):
        before, after = text[max(0, quantity.start - _REACH) : quantity.start], text[quantity.end :]
        if _AGAINST.search(before) or (quantity.kind not in DAYS and _DIFFERENCE.match(after)):
            found.add(n)
        elif quantity.kind not in DAYS and re.search(r"\bfrom\s(?:the\s)?$", before, re.IGNORECASE):
            to = [
                q
                for q in quantities[n + 1 : n + 2]
                if re.fullmatch(r"\s(?:\w+\s){0,2}to\s", text[quantity.end : q.start])
            ]
            of = [q for q in quantities[max(0, n - 1) : n] if re.fullmatch(r",?\sfrom\s", text[q.end : quantity.start])]
            if any(quantity.kind == other.kind for other in [*to, *of]):
                found.add(n)
    return found


def _than(text: str, at: int) -> bool:
    """Return whether "than" leads to a word: "longer than had been planned"."""
    return bool(_THAN.search(text[max(0, at - _REACH) : at]))


def compares(text: str, quantity: Quantity) -> bool:
    """Return whether a quantity is told by another: "shorter than the seven hours"."""
    return bool(_THAN_THE.match(text[quantity.start : quantity.end]))


def compared_with(text: str, quantity: Quantity) -> Quantity | None:
    """Return the value that another is told by: of "shorter than the planned seven hours" the seven hours."""
    found = _THAN_THE.match(text[quantity.start : quantity.end])
    if not found:
        return None
    at = quantity.start + found.end()
    values = find_quantities(text[at : quantity.end])
    return replace(values[0], start=at + values[0].start, end=at + values[0].end) if values else None


def beside_plan(text: str) -> bool:
    """Return whether `text` holds something against a plan without saying what was planned: "shorter than expected"."""
    return any(stem(t.term) in PLANNED and _than(text, t.start) for t in tokenise(text))
