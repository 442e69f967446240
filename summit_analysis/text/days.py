"""Find the days of a text: dates with or without their year, years alone, weekdays, and words such as "yesterday"."""

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

_MONTH = rf"(?P<month>{'|'.join(MONTHS)}|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?)"
_DAY = r"(?P<day>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\w%:/]|[.,]\d)"
_YEAR = r"(?P<year>1[5-9]\d\d|20\d\d)(?![\w%,]\d|\w)"
_YEAR_LEFT = r"(?:\b(?:in|since|by|until|till|from|of|before|after|during|through|early|late|mid|around|year|summer|winter|spring|autumn|fall|and|to)[\s-]|[\(])"

_ISO = re.compile(r"(?<![\w-])(?P<year>\d{4})-(?P<month>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12]\d|3[01])(?![\w-])")
_MONTH_FIRST = re.compile(rf"\b{_MONTH}\s(?:the\s)?{_DAY}(?:,?\s{_YEAR})?")
_DAY_FIRST = re.compile(rf"(?<![\w.,:-]){_DAY}\s(?:of\s)?{_MONTH}(?!\w)(?:,?\s{_YEAR})?")
_MONTH_YEAR = re.compile(rf"\b{_MONTH},?\s{_YEAR}")
_MONTH_ALONE = re.compile(
    rf"(?<=\bin )(?P<month>{'|'.join(MONTHS)})\b(?!,?\s(?:\d|[A-Z]))"
    rf"|\b(?:[Ss]ince|[Uu]ntil|[Bb]y|[Ee]arly|[Ll]ate|[Mm]id|[Ll]ast|[Nn]ext)[\s-](?P<other>{'|'.join(MONTHS)})\b(?!,?\s\d)",
)
_BARE_YEAR = re.compile(
    rf"(?<=\b){_YEAR_LEFT}(?P<only>1[5-9]\d\d|20\d\d)(?![\w%]|[,.]\d|\s(?:people|million|[a-z]+s\b))", re.IGNORECASE
)
_WEEKDAY = re.compile(
    rf"(?<![\w’'])(?P<name>{'|'.join(WEEKDAYS)})(?!\w)|(?<!\w)(?P<short>Mon|Tues?|Wed|Thurs?|Fri|Sat|Sun)\.(?=[,\s])",
)
_RELATIVE = re.compile(
    rf"\b(?P<word>{any_of(WORDS['day']['relative'])})\b(?!['’]s\s(?:world|young|generation))", re.IGNORECASE
)


def _read_date(text: str, match: re.Match[str]) -> Quantity | None:
    parts = match.groupdict()
    year = int(parts["year"]) if parts.get("year") else 0
    group = "other" if parts.get("other") else "month"
    name = parts[group]
    month = int(name) if name.isdigit() else next(n for n, m in enumerate(MONTHS, 1) if m.startswith(name[:3]))
    day = int(parts["day"]) if parts.get("day") else 0
    try:
        date(year or 2000, month, day or 1)
    except ValueError:
        return None
    label = "-".join(
        piece for piece in (f"{year:04d}" if year else "", f"{month:02d}", f"{day:02d}" if day else "") if piece
    )
    start = match.start(group) if match.re is _MONTH_ALONE else match.start()
    return dated(Quantity(start, match.end(), "date", label, math.nan, math.nan, "day"))


def _read_year(text: str, match: re.Match[str]) -> Quantity | None:
    return dated(Quantity(match.start("only"), match.end("only"), "date", match["only"], math.nan, math.nan, "day"))


def _read_weekday(text: str, match: re.Match[str]) -> Quantity | None:
    short = match["name"] or match["short"]
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
    (_HAS_MONTH, _MONTH_FIRST, _read_date),
    (_HAS_MONTH, _DAY_FIRST, _read_date),
    (_HAS_MONTH, _MONTH_YEAR, _read_date),
    (_HAS_MONTH, _MONTH_ALONE, _read_date),
    (_WEEKDAY, _WEEKDAY, _read_weekday),
    (_RELATIVE, _RELATIVE, _read_relative),
)
YEARS: Row = (_HAS_YEAR, _BARE_YEAR, _read_year)
