"""Read shares of a whole: "66 per cent", "two-thirds", "one in five", "three out of four"; and marks: "9/10".

A share in words is a round one: "two-thirds" is said of 66 per cent. The fractions in common use lie five points apart at
the least (three quarters, four fifths), so that a fraction stands for what is within half of that, or, of a small part,
within a quarter of it.
"""

from __future__ import annotations

import re

from summit_analysis.text.intervals import QUARTER, WORDS, Quantity, number_label
from summit_analysis.text.number_frames import (
    BEHIND,
    QUALIFIER,
    RANGE,
    START,
    TIME,
    compiled,
    counted_noun,
    made,
    measured,
    ranged,
)
from summit_analysis.text.numbers import NUMBER, UNITS, any_of, read_number

SPACING = 5.0  # percentage points between fractions in common use
MARKS_OF = (5, 10, 20, 100)  # out of so many marks are given
_DENOMINATORS = WORDS["number"]["denominators"]
_MANY = any_of(word for word in _DENOMINATORS if word.endswith("s") and word != "quarters")
_MARKS = frozenset(WORDS["number"]["marks"])
_NOT_OF_UNIT = rf"(?!\sof\san?\s(?:{TIME}|million|billion|trillion)\b)"

PERCENT = compiled(rf"{QUALIFIER}{START}{RANGE}(?:\s?%|[\s-]per\s?cent\b|\spercentage\spoints?\b|\spct\b){BEHIND}")
PARTS = compiled(
    rf"{QUALIFIER}(?:(?<![\w-])(?:(?P<by>(?<=\bby\s))?(?P<count>an?|{UNITS})[\s-](?P<part>{any_of(_DENOMINATORS)})(?(by)(?![\w-])|(?=\s+of\b|\s+(?:majority|share)\b))"
    # "Two quarters" may be of a year, and "a third man" is no share: without "of" these are shares alone.
    rf"|(?P<many>{UNITS})(?:-(?P<joined>{any_of(_DENOMINATORS)})|\s(?P<apart>{_MANY}))(?![\w-])"
    rf"|(?<!first\s)(?<!second\s)(?<!other\s)(?<!latter\s)(?P<half>half)(?=\s+of\b))"
    rf"|{START}(?P<top>[1-9])/(?P<bottom>[2-9]|10)(?=\sof\b|\s(?:majority|share)\b)){_NOT_OF_UNIT}"
)
ONE_IN = compiled(
    rf"{QUALIFIER}{START}(?P<low>{NUMBER})\s(?:in\severy|in)\s(?P<of>{NUMBER})(?=\s[a-z])(?!\s(?:{TIME})\b)"
)
OUT_OF = compiled(
    rf"{QUALIFIER}{START}(?P<low>{NUMBER})\sout\sof\s(?:a\spossible\s|every\s)?(?P<of>{NUMBER})(?![\w%])(?!\s(?:{TIME})\b)"
)
MARK = compiled(rf"{QUALIFIER}{START}(?P<low>\d{{1,3}}(?:\.\d)?)/(?P<of>5|10|100)(?![\w/%]|[.,]\d|['’]\w)")
# "On 9/10" is a day.
_DAY_LEFT = re.compile(r"\b(?:on|since|until|till|by|before|after|from|to|dated|between|through)\s$", re.IGNORECASE)


def read_percent(text: str, match: re.Match[str]) -> Quantity | None:
    """Return "25 per cent"."""
    return ranged(match, "percentage", "%")


def read_parts(text: str, match: re.Match[str]) -> Quantity | None:
    """Return "two-thirds" as 66.6667 %."""
    if match["half"]:
        return _share(match, 1, 2)
    if match["top"]:
        return _share(match, int(match["top"]), int(match["bottom"]))
    count = match["count"] or match["many"]
    part = (match["part"] or match["joined"] or match["apart"]).lower()
    if match["many"] and (count.lower() == "one") == part.endswith("s"):
        return None  # "two-third" is no share of its own, nor is "one thirds"
    return _share(match, 1 if count.lower() in ("a", "an") else read_number(count)[0], _DENOMINATORS[part])


def read_one_in(text: str, match: re.Match[str]) -> Quantity | None:
    """Return "one in five" as 20 %."""
    pair = _pair(match)
    return _share(match, *pair) if pair else None


def read_out_of(text: str, match: re.Match[str]) -> Quantity | None:
    """Return "three out of four voters" as 75 %, "nine out of ten" as a mark."""
    pair = _pair(match)
    if not pair:
        return None
    noun = counted_noun(text, match.end())[1]
    if noun not in _MARKS and (noun or pair[1] not in MARKS_OF) and (share := _share(match, *pair)):
        return share
    return measured(match, "scale", f"of {number_label(pair[1])}", low=match["low"])


def read_mark(text: str, match: re.Match[str]) -> Quantity | None:
    """Return "9/10" as a mark, if it is no day."""
    pair = _pair(match)
    if not pair or pair[0] > pair[1] or _DAY_LEFT.search(text[max(0, match.start() - 9) : match.start()]):
        return None
    return read_out_of(text, match)


def of_marks(quantity: Quantity, words: str, most: float) -> float | None:
    """Return what a share is out of `most`, if its words are a part out of just so many: "three out of four" is 3."""
    found = re.search(r"(?:\sout\sof|\sin|/)\s?(?:every\s)?(.+)$", words, re.IGNORECASE)
    try:
        return round(quantity.low * most / 100, 4) if found and read_number(found[1])[0] == most else None
    except ValueError:
        return None


def _pair(match: re.Match[str]) -> tuple[float, float] | None:
    try:
        return read_number(match["low"])[0], read_number(match["of"])[0]
    except ValueError:
        return None


def _share(match: re.Match[str], part: float, of: float) -> Quantity | None:
    if not 0 < part < of <= 1000:
        return None
    value = round(100 * part / of, 4)
    grain = min(SPACING, 2 * QUARTER * min(value, 100 - value))
    return made(match, "percentage", value, "%", grain=grain)
