"""The frames around numbers in English news prose: a qualifier before, a range, a sign, what is counted behind."""

from __future__ import annotations

import re

from summit_analysis.text.intervals import UNIT_OF, WORDS, Quantity, interval_of, number_label
from summit_analysis.text.numbers import NUMBER, SCALES, UNITS, any_of, read_number

START = rf"(?<![\w.,/:$£€#+–-])(?!(?<=\d[ \u00a0])(?:\d|(?:{any_of(SCALES)})\b))"
STOP = r"(?![\w/:]|[.,-]?\d|['’]\w|[-–]\d)"
_MINUS = r"minus\s|[−-](?=\d)"
MINUS = rf"(?P<minus>{_MINUS})?"
RANGE = rf"(?P<between>between\s)?{MINUS}(?P<low>{NUMBER})(?:(?P<joint>\s?[-–—]\s?|\sto\s|\sor\s|\sand\s)(?P<minus2>{_MINUS})?(?P<high>{NUMBER}))?"
QUALIFIERS = {word: group for group, words in WORDS["qualifier"].items() for word in words}
_FORESEEN = any_of(WORDS["frame"]["planned"])
# No part of a pattern begins within a word, which is where most characters stand.
QUALIFIER = rf"(?<!\w)(?:(?P<qualifier>{any_of(QUALIFIERS)})[\s-]{{1,3}}(?:the\s(?:(?:{_FORESEEN})\s){{0,2}}|an?\s(?=\d|{UNITS}))?)?"
BEHIND = r"(?P<behind>\sor\sso\b)?"
TIME = any_of(UNIT_OF)
SIGNED = frozenset(WORDS["number"]["signed"])
_PLURALS = frozenset(WORDS["number"]["plurals"])
_UNNAMED = frozenset(WORDS["number"]["unnamed"])
_NOUN = re.compile(r"\s+(?P<noun>[^\W\d_]+(?:-[^\W\d_]+)?)(?![\w-])")
_DEGREES = re.compile(r"\s?(°\s?[CF]?)(?!\w)")


def compiled(pattern: str) -> re.Pattern[str]:
    """Return a pattern that does not tell capitals from small letters."""
    return re.compile(pattern, re.IGNORECASE)


def group_of(match: re.Match[str]) -> str:
    """Return the group of a match's qualifier, "" without one."""
    groups = match.groupdict()
    if groups.get("behind"):
        return "about"
    word = groups.get("qualifier")
    return QUALIFIERS[" ".join(word.lower().split())] if word else ""


def made(
    match: re.Match[str],
    kind: str,
    value: float,
    unit: str,
    *,
    grain: float = 1.0,
    start: int | None = None,
    end: int | None = None,
) -> Quantity:
    """Return the quantity of one value in `unit`, with the match's qualifier."""
    group = group_of(match)
    low, high, low_open, high_open = interval_of(value, group, signed=unit in SIGNED)
    return Quantity(
        match.start() if start is None else start, match.end() if end is None else end,
        kind, number_label(value), low, high, unit, low_open, high_open, grain=grain, qualifier=group,
    )  # fmt: skip


def measured(
    match: re.Match[str],
    kind: str,
    unit: str,
    *,
    low: str,
    high: str | None = None,
    start: int | None = None,
    end: int | None = None,
    signs: tuple[int, int] = (1, 1),
) -> Quantity | None:
    """Return the quantity of one number or two, in `unit`, with the match's qualifier, None where it is none."""
    try:
        value, grain = read_number(low)
        if high:
            upper, step = read_number(high)
            scale = re.search(rf"({any_of(SCALES)})$", high.lower())
            if scale and value < SCALES[scale[1]] <= upper:
                value *= SCALES[scale[1]]  # "5-7 million"
            value, upper = signs[0] * value, signs[1] * upper
            if min(signs) < 0 and value > upper:
                value, upper = upper, value  # "minus 5 to minus 10"
            if value >= upper:
                return None
            label = f"{number_label(value)}–{number_label(upper)}"
            start = match.start() if start is None else start
            end = match.end() if end is None else end
            return Quantity(start, end, kind, label, value, upper, unit, grain=min(grain, step), qualifier="range")
    except ValueError:
        return None
    return made(match, kind, signs[0] * value, unit, grain=grain, start=start, end=end)


def ranged(match: re.Match[str], kind: str, unit: str, **span: int) -> Quantity | None:
    """Return a quantity whose frame allows a range; "x and y" is one only behind "between"."""
    low, high, joint = match["low"], match["high"], (match["joint"] or "").strip().lower()
    if high and joint == "and" and not match["between"]:
        return None
    if (
        high
        and joint == "to"
        and re.search(r"\bfrom\s$", match.string[max(0, match.start("low") - 6) : match.start("low")])
    ):
        return None  # a change, not a range
    signs = tuple(-1 if match[name] else 1 for name in ("minus", "minus2"))
    return measured(match, kind, unit, low=low, high=high, signs=signs, **span)


def counted_noun(text: str, at: int) -> tuple[int, str]:
    """Return the end and the form of the plural that a number at `at` counts, at most two words on, or `at` and ""."""
    if found := _DEGREES.match(text, at):
        return found.end(), "degrees"
    place = at
    for _ in range(3):
        found = _NOUN.match(text, place)
        if not found or found["noun"].lower() in _UNNAMED:
            break
        noun, place = found["noun"], found.end()
        lower = noun.lower()
        if lower in _PLURALS or (lower.endswith("s") and not lower.endswith(("ss", "us", "is")) and len(lower) > 3):
            return place, lower
    return at, ""
