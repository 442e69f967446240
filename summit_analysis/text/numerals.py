"""Numbers, weekdays and dates in a sentence, as intervals of a unit: enough to see whether two of them can both hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import simplemma

ONES = dict(zip(
    ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"], range(20), strict=True,
))  # fmt: skip
TENS = dict(
    zip(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], range(20, 100, 10), strict=True)
)
SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000, "trillion": 10**12}
HALVES = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3}
# A number that is no number: how much it may be.
VAGUE = {
    "dozens": (24, 100),
    "scores": (40, 100),
    "hundreds": (200, 1_000),
    "thousands": (2_000, 10_000),
    "millions": (2e6, 1e7),
}
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
)  # fmt: skip

_WORD = "|".join([*ONES, *TENS])
_SCALE = "|".join(SCALES)
_DIGITS = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
NUMBER = re.compile(
    rf"(?<![\w.,-])(?P<main>{_DIGITS}|(?:{_WORD})(?:[- ](?:{'|'.join(list(ONES)[1:10])}))?|a(?=\s(?:{_SCALE})\b))"
    rf"(?:(?:\s|-)?(?P<half>[{''.join(HALVES)}]|\sand\sa\s(?:half|quarter)|\s1/2))?"
    rf"(?P<scale>(?:[\s-](?:{_SCALE}))*)(?P<ending>m|bn|st|nd|rd|th|s)?(?![\w])(?P<percent>\s?%|\s(?:per\s?cent|percent)\b)?",
    re.IGNORECASE,
)
LOOSE = re.compile(rf"\b(?:{'|'.join(VAGUE)})\b", re.IGNORECASE)
PARTS = {"half": 50.0, "third": 100 / 3, "quarter": 25.0, "fifth": 20.0, "tenth": 10.0}
PART = re.compile(
    rf"\b(?:(?:by|of)\s(?:(?P<a>a|one|two|three)\s)?(?P<x>{'|'.join(PARTS)})s?\b|(?:(?P<b>a|one|two|three)\s)?(?P<y>{'|'.join(PARTS)})s?(?=\sof\b))",
    re.IGNORECASE,
)
DAY = re.compile(rf"\b(?:{'|'.join(d.capitalize() for d in DAYS)})s?\b")
_MONTH = "|".join(m.capitalize() for m in MONTHS)
DATE = re.compile(
    rf"\b(?:(?P<m1>{_MONTH}|{'|'.join(m[:3].capitalize() + '[.]' for m in MONTHS)})\s(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?|(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\s(?P<m2>{_MONTH}))\b"
)
CLOCK = re.compile(r"\b\d{1,2}(?:[:.]\d\d)?\s?(?:a\.?m|p\.?m)\b\.?|\b\d{1,2}:\d\d\b", re.IGNORECASE)
YEAR = re.compile(r"(?:1[89]|20)\d\d")
QUALIFIER = (
    (re.compile(r"(?:nearly|almost|just under|close to|not quite)\s(?:a\s|the\s)?$", re.I), "nearly"),
    (re.compile(r"(?:more than|over|above|exceeding|upwards of)\s(?:a\s)?$", re.I), "over"),
    (re.compile(r"(?:at least|no fewer than|no less than|a minimum of)\s(?:a\s)?$", re.I), "least"),
    (re.compile(r"(?:less than|fewer than|under|below|up to|at most|no more than)\s(?:a\s)?$", re.I), "under"),
    (
        re.compile(
            r"(?:about|around|some|roughly|approximately|an estimated|circa|or so|nearly around)\s(?:a\s)?$", re.I
        ),
        "about",
    ),
)
# Said of a number that was expected, or of another that it is held against.
UNREAL = re.compile(
    r"(?:instead of|rather than|shorter than|longer than|compared with|planned|expected|anticipated|from)\s(?:the\s|a\s)?$",
    re.I,
)
NO_UNIT = frozenset(
    [
        "has",
        "been",
        "be",
        "will",
        "would",
        "could",
        "said",
        "of",
        "in",
        "on",
        "at",
        "to",
        "for",
        "from",
        "by",
        "and",
        "or",
        "but",
        "with",
        "the",
        "a",
        "an",
        "as",
        "was",
        "were",
        "is",
        "are",
        "had",
        "have",
        "that",
        "who",
        "which",
        "per",
        "out",
        "during",
        "after",
        "before",
        "since",
        "until",
        "into",
        "over",
        "under",
    ]
)
SINGLE_UNITS = {
    "min": "minute",
    "hr": "hour",
    "yr": "year",
    "km": "kilometre",
    "kilometer": "kilometre",
    "meter": "metre",
}


@dataclass(frozen=True)
class Value:
    """A number in place: ``text[start:end]``; the interval [low, high] that it can mean; its kind and unit."""

    start: int
    end: int
    kind: str  # number, percent, weekday, date, year, time
    low: float
    high: float
    unit: tuple[str, ...] = ()
    unreal: bool = False

    def agrees(self, other: Value) -> bool:
        """Return whether both can hold: the intervals overlap."""
        return self.low <= other.high and other.low <= self.high


def find_values(text: str) -> list[Value]:
    """Return the values of `text` in order; "one" counts only before a unit of time or measure."""
    found = [*_calendar(text)]
    taken = [(v.start, v.end) for v in found]
    for value in _numbers(text):
        if not any(a < value.end and value.start < b for a, b in taken):
            found.append(value)
    return sorted(found, key=lambda v: v.start)


def _calendar(text: str) -> Iterator[Value]:
    for m in DATE.finditer(text):
        month = (m["m1"] or m["m2"]).lower().rstrip(".")[:3]
        place = [name[:3] for name in MONTHS].index(month) * 100 + 100 + int(m["d1"] or m["d2"])
        yield Value(m.start(), m.end(), "date", place, place)
    for m in DAY.finditer(text):
        day = DAYS.index(m.group().lower().removesuffix("s"))
        yield Value(m.start(), m.end(), "weekday", day, day)
    for m in PART.finditer(text):
        times = {"two": 2, "three": 3}.get((m["a"] or m["b"] or "").lower(), 1)
        share = times * PARTS[(m["x"] or m["y"]).lower()]
        yield Value(m.start(), m.end(), "percent", share - 0.5, share + 0.5)
    for m in CLOCK.finditer(text):
        hour, minute = [*re.findall(r"\d+", m.group()), "0"][:2]
        place = int(hour) % 12 + (12 if "p" in m.group().lower() else 0) + int(minute) / 60
        yield Value(m.start(), m.end(), "time", place, place)


def _numbers(text: str) -> Iterator[Value]:
    for m in LOOSE.finditer(text):
        low, high = VAGUE[m.group().lower()]
        yield Value(
            m.start(),
            m.end(),
            "number",
            low,
            high,
            _unit(text, m.end() + (3 if text.startswith(" of", m.end()) else 0)),
        )
    for m in NUMBER.finditer(text):
        main = m["main"].lower()
        if main[0].isdigit():
            number = float(main.replace(",", ""))
        else:
            number = float(sum(ONES.get(p, TENS.get(p, 0)) for p in re.split(r"[- ]", main))) if main != "a" else 1.0
        half = (m["half"] or "").strip(" -")
        number += HALVES.get(half, 0.25 if "quarter" in half else 0.5 if half else 0.0)
        for scale in re.findall(r"[a-z]+", m["scale"].lower()):
            number *= SCALES[scale]
        ending = (m["ending"] or "").lower()
        number *= {"m": 1e6, "bn": 1e9}.get(ending, 1)
        if ending in ("st", "nd", "rd", "th", "s"):
            continue
        unit = _unit(text, m.end())
        if (
            main == "one"
            and not m["scale"]
            and not (set(unit) & {"hour", "minute", "day", "week", "month", "year", "mile", "kilometre", "metre"})
        ):
            continue
        before = text[max(0, m.start() - 24) : m.start()]
        if not m["scale"] and not m["percent"] and YEAR.fullmatch(main) and not unit:
            yield Value(m.start(), m.end(), "year", number, number)
            continue
        qualifier = next((name for pattern, name in QUALIFIER if pattern.search(before)), "")
        low, high = _interval(number, qualifier)
        unreal = bool(UNREAL.search(before))
        kind = "percent" if m["percent"] else "number"
        yield Value(m.start(), m.end(), kind, low, high, () if m["percent"] else unit, unreal)


def _interval(number: float, qualifier: str) -> tuple[float, float]:
    """Return what a qualified number can mean: a quarter either way below ten, else some seven per cent."""
    slack = 0.25 if number < 10 else number * 0.07
    match qualifier:
        case "nearly":
            return number - slack, number
        case "over":
            return number, number * 1.5
        case "least":
            return number, number * 1.5
        case "under":
            return number * 0.5, number
        case "about":
            return number - slack, number + slack - 1e-6
    return number, number


def _unit(text: str, at: int) -> tuple[str, ...]:
    """Return the lemmas of up to three words behind a number: the noun counted is among them."""
    behind = re.match(r"(?:[\s-]+[^\W\d_]+){0,3}", text[at:])
    words = re.findall(r"[^\W\d_]+", behind.group().lower()) if behind else []
    unit: list[str] = []
    for word in words:
        if word in NO_UNIT:
            break
        lemma = simplemma.lemmatize(word, "en")
        unit.append(SINGLE_UNITS.get(lemma, lemma))
    return tuple(unit)
