"""Find the days of a text: dates with or without their year, years alone, weekdays, and words such as "yesterday".

"Early", "mid", "late" and their like in front of a month or a year make its part of them (see `intervals.dated`). A date
in figures is read only where its day cannot be its month; without a year, or with two digits of it, none is read.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from datetime import date

from summit_analysis.text.intervals import MONTHS, WEEKDAYS, WORDS, Quantity, dated, number_label
from summit_analysis.text.numbers import any_of

# What a text must hold for the pattern to match, the pattern, and what makes a quantity of a match.
Reader = Callable[[str, re.Match[str]], Quantity | None]
Row = tuple[re.Pattern[str], re.Pattern[str], Reader]

_SHORT = "|".join(WORDS["day"]["short_months"])
_MONTH = rf"(?P<month>{'|'.join(MONTHS)}|(?:{_SHORT})\b\.?)"
_PART_OF = {form: name for name, part in WORDS["day"]["part"].items() for form in part["forms"]}
# "Early" is of what stands directly behind it: "in early talks in 2022" names the whole year.
_PART = rf"(?:\b(?:[Tt]he\s)?(?P<part>(?i:{any_of(form.removeprefix('the ') for form in _PART_OF)}))[\s-])?"
_DAY = r"(?P<day>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\w%:/]|[.,]\d)"
_YEAR = r"(?P<year>1[5-9]\d\d|20\d\d)(?![\w%,]\d|\w)"
_YEAR_LEFT = r"(?:\b(?:in|since|by|until|till|from|of|before|after|during|through|early|late|mid|around|year|summer|winter|spring|autumn|fall|and|to)[\s-]|[\(])"

_ISO = re.compile(
    r"(?<![\w/.-])(?P<year>\d{4})(?P<mark>[-/.])(?P<month>0[1-9]|1[0-2])(?P=mark)(?P<day>0[1-9]|[12]\d|3[01])(?![\w/-]|\.\d)"
)
_NUMERIC = re.compile(
    r"(?<![\w/.-])(?P<one>0?[1-9]|[12]\d|3[01])(?P<mark>[-/.])(?P<two>0?[1-9]|[12]\d|3[01])(?P=mark)(?P<year>1[5-9]\d\d|20\d\d)(?![\w/-]|\.\d)"
)
_MONTH_FIRST = re.compile(rf"\b{_MONTH}\s(?:the\s)?{_DAY}(?:,?\s{_YEAR})?")
_DAY_FIRST = re.compile(rf"(?<![\w.,:-]){_DAY}\s(?:of\s)?{_MONTH}(?!\w)(?:,?\s{_YEAR})?")
_MONTH_YEAR = re.compile(rf"{_PART}\b{_MONTH},?\s{_YEAR}")
# Short forms need their stop: "in Mar" may be a place. A capital behind makes a name: "in April Smith's words".
_MONTH_ALONE = re.compile(
    rf"(?:(?<=\b[Ii]n\s)|\b(?:(?:[Ss]ince|[Uu]ntil|[Bb]y|[Ll]ast|[Nn]ext|[Tt]his)[\s-])|(?=(?P<parted>(?i:{any_of(form.removeprefix('the ') for form in _PART_OF)})[\s-])))"
    rf"{_PART}(?P<other>(?:{'|'.join(MONTHS)})\b|(?:{_SHORT})\.)(?!,?\s\d{{4}}|\s\d|\s[A-Z])"
)
_BARE_YEAR = re.compile(
    rf"(?<=\b){_YEAR_LEFT}(?P<only>1[5-9]\d\d|20\d\d)(?![\w%]|[,.]\d|\s(?:people|million|(?!(?:was|is|has|as|its|his|this|does)\b)[a-z]+s\b))",
    re.IGNORECASE,
)
_LEFT = 2 + max(map(len, _PART_OF))
_PART_LEFT = re.compile(rf"{_PART[:-1]}$")
_SHORT_DAYS = "|".join(WORDS["day"]["short_weekdays"])
_WEEKDAY = re.compile(
    rf"(?<![\w’'])(?P<name>{'|'.join(WEEKDAYS)})(?!\w)|(?<!\w)(?P<short>{_SHORT_DAYS})\.(?=[,;:)”’\"'\s]|$)"
    # Without a stop they may be words and names, "Sun" and "Sat" above all.
    rf"|(?<=\b[Oo]n\s)(?P<led>{_SHORT_DAYS.replace('|Sun', '')})(?=[,;.:)]|$|\s[a-z])"
    rf"|(?<!\w)(?P<timed>{_SHORT_DAYS})(?=\s(?:morning|afternoon|evening|night)\b|,?\s(?:{'|'.join(month[:3] for month in MONTHS)})[a-z]*\.?\s\d|,?\s\d\d?\s(?:{'|'.join(month[:3] for month in MONTHS)}))"
)
_RELATIVE = re.compile(
    rf"\b(?P<word>{any_of(WORDS['day']['relative'])})\b(?!['’]s\s(?:world|young|generation))", re.IGNORECASE
)


def _read_date(text: str, match: re.Match[str]) -> Quantity | None:
    parts = match.groupdict()
    year = int(parts["year"]) if parts.get("year") else 0
    name = parts.get("other") or parts["month"]
    month = int(name) if name.isdigit() else next(n for n, m in enumerate(MONTHS, 1) if m.startswith(name[:3]))
    day = int(parts["day"]) if parts.get("day") else 0
    try:
        date(year or 2000, month, day or 1)
    except ValueError:
        return None
    label = "-".join(
        piece for piece in (f"{year:04d}" if year else "", f"{month:02d}", f"{day:02d}" if day else "") if piece
    )
    start, part = match.start(), _part(parts.get("part"))
    if match.re is _MONTH_ALONE:
        start = match.start("part") if part else match.start("other")
    return dated(Quantity(start, match.end(), "date", label, math.nan, math.nan, "day", qualifier=part))


def _read_numeric(text: str, match: re.Match[str]) -> Quantity | None:
    """Return a date in figures where day and month cannot be taken for one another: 15/8, 8/15 and 8/8, but not 8/9."""
    one, two, year = int(match["one"]), int(match["two"]), int(match["year"])
    if one != two and max(one, two) <= len(MONTHS):
        return None
    month, day = sorted((one, two))
    try:
        label = date(year, month, day).isoformat()
    except ValueError:
        return None
    return dated(Quantity(match.start(), match.end(), "date", label, math.nan, math.nan, "day"))


def _part(words: str | None) -> str:
    """Return the name of the part of a year or month that `words` are a form of, "" without words."""
    if not words:
        return ""
    plain = " ".join(words.lower().split())
    return _PART_OF.get(plain) or _PART_OF[f"the {plain}"]


def _read_year(text: str, match: re.Match[str]) -> Quantity | None:
    found = _PART_LEFT.search(before := text[max(0, match.start("only") - _LEFT) : match.start("only")])
    part = _part(found["part"]) if found else ""
    start = match.start("only") - (len(before) - found.start("part") if part else 0)
    return dated(Quantity(start, match.end("only"), "date", match["only"], math.nan, math.nan, "day", qualifier=part))


def _read_weekday(text: str, match: re.Match[str]) -> Quantity | None:
    short = match["name"] or match["short"] or match["led"] or match["timed"]
    number = next(n for n, name in enumerate(WEEKDAYS, 1) if name.startswith(short[:3]))
    before = text[max(0, match.start() - 10) : match.start()].split()
    if before and before[-1] in WORDS["day"]["named"]:
        return None
    return Quantity(match.start(), match.end(), "weekday", WEEKDAYS[number - 1], number, number, "weekday")


def _read_relative(text: str, match: re.Match[str]) -> Quantity | None:
    days = float(WORDS["day"]["relative"][match["word"].lower()])
    return Quantity(match.start(), match.end(), "relative", number_label(days), days, days, "day")


_HAS_MONTH = re.compile("|".join(month[:3] for month in MONTHS))
_HAS_YEAR = re.compile(r"\d{4}")
# What is more particular comes first.
DAYS: tuple[Row, ...] = (
    (_HAS_YEAR, _ISO, _read_date),
    (_HAS_YEAR, _NUMERIC, _read_numeric),
    (_HAS_MONTH, _MONTH_FIRST, _read_date),
    (_HAS_MONTH, _DAY_FIRST, _read_date),
    (_HAS_MONTH, _MONTH_YEAR, _read_date),
    (_HAS_MONTH, _MONTH_ALONE, _read_date),
    (_WEEKDAY, _WEEKDAY, _read_weekday),
    (_RELATIVE, _RELATIVE, _read_relative),
)
YEARS: Row = (_HAS_YEAR, _BARE_YEAR, _read_year)
