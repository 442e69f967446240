"""The values that a statement and a sentence give, and whether two of them can both hold.

Quantities are read by `text.quantities`; here stands which of them speak of one thing: lengths of time in units that are
near each other, counts of things that mean the same, dates with or without their year.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from summit_analysis.text.intervals import Quantity, compare, dated, in_unit
from summit_analysis.text.meaning import Word, likeness, read
from summit_analysis.text.quantities import find_quantities

# "Yesterday" and "the first" are values of other kinds than those that two articles give for one thing.
KINDS = frozenset(["duration", "weekday", "date", "count", "percentage", "money", "scale"])
SHORT = frozenset(
    ["second", "minute", "hour", "day", "week"]
)  # "a decade" and "seven years" are mostly of other things
# "Nearly three" and "about two and a half" are different numbers; "at least three" may be four.
PLAIN = frozenset(["", "exactly", "about", "nearly", "just_over"])
# Said of a value that was expected, or of another that it is held against.
UNREAL = re.compile(
    r"(?:instead of|rather than|shorter than|longer than|compared with|planned|expected|anticipated|scheduled|from|(?:planned|expected|anticipated|scheduled)\s(?:for|to\s(?:last|take|run)))\s(?:the\s|a\s)?$",
    re.IGNORECASE,
)
# "Shorter than the seven hours" is read as one quantity, whose number is of another thing all the same.
HELD_AGAINST = re.compile(r"(?:shorter|longer)\sthan\s(?:the|its|their|planned|expected)\s", re.IGNORECASE)


@dataclass(frozen=True)
class Value:
    """A quantity in place, and whether it was only expected or stands for comparison (`unreal`)."""

    quantity: Quantity
    unreal: bool = False

    @property
    def start(self) -> int:
        """Where it begins: ``text[start:end]``."""
        return self.quantity.start

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.quantity.end

    def comparable(self, other: Value) -> bool:
        """Return whether both may be values of one thing."""
        a, b = self.quantity, other.quantity
        if a.kind != b.kind:
            return False
        if a.kind == "duration":
            return a.unit == b.unit or {a.unit, b.unit} <= SHORT
        if a.kind == "count":
            if bool(a.unit) != bool(b.unit):
                return compare(a, b) == "equal"
            return not a.unit or any(likeness(x, y) for x in _meant(a.unit) for y in _meant(b.unit))
        return a.unit == b.unit

    def agrees(self, other: Value) -> bool:
        """Return whether both can hold, given that they are comparable."""
        a, b = self.quantity, other.quantity
        if a.kind == "date":
            return _same_day(a, b)
        if a.kind == "duration":
            b = in_unit(b, a.unit) or b
        if {a.qualifier, b.qualifier} <= PLAIN:
            a, b = _stated(a), _stated(b)
        return compare(a, b) != "disjoint"

    def same(self, other: Value) -> bool:
        """Return whether both give the same number, day or date, whatever is said of how exact it is."""
        return self.quantity.unit == other.quantity.unit and self.quantity.label == other.quantity.label


def find_values(text: str) -> list[Value]:
    """Return the values of `text` in order; "one" is none before anything but a unit."""
    return [
        Value(
            quantity,
            bool(
                UNREAL.search(text[max(0, quantity.start - 24) : quantity.start])
                or HELD_AGAINST.match(text, quantity.start)
            ),
        )
        for quantity in find_quantities(text)
        if quantity.kind in KINDS and not (quantity.kind == "count" and quantity.label == "1")
    ]


def _stated(quantity: Quantity) -> Quantity:
    """Return the number itself, without what its qualifier makes of it."""
    try:
        value = float(quantity.label)
    except ValueError:
        return quantity  # a day, or a range
    return replace(quantity, low=value, high=value, low_open=False, high_open=False, qualifier="")


@cache
def _meant(unit: str) -> tuple[Word, ...]:
    return read(unit).words


def _same_day(a: Quantity, b: Quantity) -> bool:
    """Return whether two dates can be one: a missing year is the other's, a month holds its days."""
    years = [quantity.label[:4] for quantity in (a, b) if not re.fullmatch(r"\d\d(?:-\d\d)?", quantity.label)]
    year = int(years[0]) if years else 2000  # any leap year will do where neither says
    a, b = dated(a, year), dated(b, year)
    return a.low <= b.high and b.low <= a.high
