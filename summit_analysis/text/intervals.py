"""Quantities as intervals with a unit: what a qualifier makes of a value, and how two quantities stand to each other."""

from __future__ import annotations

import math
import re
import tomllib
from dataclasses import dataclass, replace
from datetime import date
from importlib.resources import files

from summit_analysis import lexicons

WORDS = tomllib.loads(files(lexicons).joinpath("quantities.toml").read_text(encoding="utf-8"))
SECONDS = {unit: entry["seconds"] for unit, entry in WORDS["time"].items()}
UNIT_OF = {form: unit for unit, entry in WORDS["time"].items() for form in entry["forms"]}
CURRENCIES = {**WORDS["currency"]["signs"], **WORDS["currency"]["words"]}
MONTHS, WEEKDAYS = WORDS["day"]["months"], WORDS["day"]["weekdays"]
PARTS = WORDS["day"]["part"]
MONTH = 30  # days, of which "early", "mid" and "late" are ten each; "late" has what is left
LEAP, DAYS_OF_YEAR = 2000, 366  # any leap year: of a date without a year only the place in it counts
YEARLESS = "day of the year"
DENIED = "denied"  # the qualifier of what the negation of a value leaves
# "Nearly" and "about" reach a quarter of a unit below ten, and a tenth of the value from ten on.
SMALL, QUARTER, TENTH = 10, 0.25, 0.1


@dataclass(frozen=True)
class Quantity:
    """A quantity as a text states it.

    Attributes
    ----------
    start, end
        Code points: ``text[start:end]`` is the quantity with its qualifier and its unit.
    kind
        ``duration``, ``weekday``, ``relative`` (yesterday), ``date``, ``count``, ``ordinal``, ``percentage``, ``money``
        or ``scale`` ("10 out of 10").
    label
        The value in one notation: "2.5", "20–30", "Friday", "2025-08-15", "08-15" where no year is given.
    low, high
        The interval in `unit`: a number; 1 = Monday for a weekday; days of the proleptic Gregorian calendar
        (``date.toordinal``) for a date, nan where it has no year; inf without an upper end, -inf without a lower one.
    unit
        A unit of time, "weekday", "day", "%", a currency's code, "of 10", what is counted as it stands, or "".
    low_open, high_open
        Whether the end itself lies outside.
    grain
        What the last digit given stands for, in `unit`: 1 for "three hours", 0.5 for "two and a half".
    qualifier
        The group of the word that made the interval ("nearly", "about", …, "range", "vague"), for a date the part of
        the year or month that is meant ("early", "late", "first half", …), or "".
    """

    start: int
    end: int
    kind: str
    label: str
    low: float
    high: float
    unit: str
    low_open: bool = False
    high_open: bool = False
    grain: float = 1.0
    qualifier: str = ""


def number_label(value: float) -> str:
    """Return `value` in digits: "3", "2.5", "66.6667"."""
    return str(int(value)) if float(value).is_integer() else f"{value:.4f}".rstrip("0")


def reach_of(value: float) -> float:
    """Return how far "nearly" and "about" reach from `value`."""
    size = abs(value)
    return TENTH * size if size >= SMALL else min(QUARTER, QUARTER * size)


def interval_of(value: float, group: str, *, signed: bool = False) -> tuple[float, float, bool, bool]:
    """Return (low, high, low_open, high_open) of `value` behind a qualifier of that group, "" for none.

    What is less than a value is more than nothing, unless the value is not or what is measured may be below zero
    (`signed`).
    """
    reach = reach_of(value)
    bottom = -math.inf if signed or value <= 0 else 0.0
    if value < 0 and group in ("nearly", "just_over"):  # "nearly minus five" is not as far from zero
        low, high, low_open, high_open = interval_of(-value, group)
        return -high, -low, high_open, low_open
    match group:
        case "nearly":
            return value - reach, value, False, True
        case "about":
            return value - reach, value + reach, False, False
        case "just_over":
            return value, value + reach, True, False
        case "more":
            return value, math.inf, True, True
        case "at_least":
            return value, math.inf, False, True
        case "less":
            return bottom, value, True, True
        case "at_most":
            return bottom, value, True, False
        case _:
            return value, value, False, False


def dated(quantity: Quantity, year: int | None = None) -> Quantity:
    """Return a date with its interval in days; `year` is filled in where the text gives none.

    "Early", "mid" and "late" are the thirds of a year (January to April, May to August, September to December: the
    quadrimesters of ISO 8601-2) or of a month (the 1st to the 10th, to the 20th, to its end); halves and quarters are
    those of the calendar.
    """
    label = quantity.label
    if re.fullmatch(r"\d\d(?:-\d\d)?", label):
        if year is None:
            return quantity
        label = f"{year:04d}-{label}"
    pieces = [int(piece) for piece in label.split("-")]
    part = PARTS.get(quantity.qualifier, {"from": 0, "to": 12})
    start, stop = part["from"], part["to"]
    try:
        first = date(*pieces, *[1] * (3 - len(pieces)))
    except ValueError:
        return quantity  # 29 February of a year that has none
    if len(pieces) == 3:
        low = high = first.toordinal()
    elif len(pieces) == 1:
        low, high = date(pieces[0], start + 1, 1).toordinal(), _last_day(pieces[0], stop)
    else:
        low = first.toordinal() + MONTH * start // 12
        high = first.toordinal() + MONTH * stop // 12 - 1 if stop < 12 else _last_day(*pieces)
    return replace(quantity, label=label, low=float(low), high=float(high))


def _last_day(year: int, month: int) -> int:
    return (
        date(year + month // 12, month % 12 + 1, 1).toordinal() - 1
        if (year, month) != (9999, 12)
        else date.max.toordinal()
    )


def nearest_date(quantity: Quantity, day: date | None) -> Quantity:
    """Return a date with its interval in days, in the year that brings it nearest to `day` where the text gives none."""
    years = range(max(day.year - 1, 1), min(day.year + 1, 9998) + 1) if day else ()
    known = [told for year in years if not math.isnan((told := dated(quantity, year)).low)]
    return min(known, key=lambda told: abs(told.low + told.high - 2 * day.toordinal()), default=dated(quantity))


def in_any_year(quantity: Quantity) -> Quantity:
    """Return a date without a year by its days of the year, 1 = 1 January of a leap year."""
    day, before = dated(quantity, LEAP), date(LEAP, 1, 1).toordinal() - 1
    return replace(day, label=quantity.label, low=day.low - before, high=day.high - before, unit=YEARLESS)


def day_words(day: float, unit: str) -> str:
    """Return a day of the calendar, or of no year, as it is printed: "15 Aug 2025", "15 Aug"."""
    yearless = unit == YEARLESS
    given = date.fromordinal(int(day) + (date(LEAP, 1, 1).toordinal() - 1 if yearless else 0))
    return f"{given.day} {MONTHS[given.month - 1][:3]}" + ("" if yearless else f" {given.year}")


def in_unit(quantity: Quantity, unit: str) -> Quantity | None:
    """Return a duration in another unit of time, any other quantity as it is where its unit is `unit`, else None."""
    if quantity.unit == unit:
        return quantity
    if quantity.unit not in SECONDS or unit not in SECONDS or quantity.kind != "duration":
        return None
    factor = SECONDS[quantity.unit] / SECONDS[unit]
    label = "–".join(number_label(round(float(piece) * factor, 4)) for piece in quantity.label.split("–"))
    return replace(
        quantity,
        label=label,
        low=quantity.low * factor,
        high=quantity.high * factor,
        unit=unit,
        grain=quantity.grain * factor,
    )


def compare(a: Quantity, b: Quantity) -> str:
    """Return how two quantities of one unit and kind stand: ``equal``, ``overlap`` or ``disjoint``.

    Ends that touch overlap unless both lie outside, or a value was denied: "did not last four hours" excludes four. Two plain or rough values that differ overlap where the coarser one
    may be the finer one rounded: "25 %" and "25.4 %", "three hours" and "two hours and 50 minutes". Of a length of time
    no more than a quarter of the coarser unit is taken for rounding: "a decade" is not seven years.
    """
    same = (a.low, a.high, a.low_open, a.high_open) == (b.low, b.high, b.low_open, b.high_open)
    if same or (math.isclose(a.low, b.low, rel_tol=1e-9) and math.isclose(a.high, b.high, rel_tol=1e-9)):
        return "equal"
    low, high = max(a.low, b.low), min(a.high, b.high)
    if low < high and not math.isclose(low, high, rel_tol=1e-9):
        return "overlap"
    left, right = (a, b) if a.high <= b.high else (b, a)
    if math.isclose(low, high, rel_tol=1e-9):
        outside = [left.high_open, right.low_open]
        return "disjoint" if all(outside) or (any(outside) and DENIED in (a.qualifier, b.qualifier)) else "overlap"
    coarse, fine = (a, b) if a.grain > b.grain else (b, a)
    roundable = coarse.qualifier in ("", "about") and fine.qualifier in ("", "exactly", "about")
    if roundable and fine.grain < coarse.grain * (1 - 1e-9):
        middle = abs((a.low + a.high) / 2 - (b.low + b.high) / 2)
        if middle < coarse.grain * (QUARTER if coarse.kind == "duration" else 0.5) * (1 - 1e-9):
            return "overlap"
    return "disjoint"
