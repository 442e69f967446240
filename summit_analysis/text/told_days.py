"""Days as a text tells them, turned into days of the calendar by the day on which it appeared."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from summit_analysis.text.intervals import WEEKDAYS, Quantity, in_any_year, nearest_date
from summit_analysis.text.quantities import find_quantities
from summit_analysis.text.told import looks_ahead


def as_day(kind: str, quantity: Quantity, published: str, story: date | None, text: str) -> Quantity | None:
    """Return a day of `text` as a ``date`` or ``weekday``, by the day on which it was `published` (empty where unknown).

    A date without a year is the one nearest to that day, or else to that of the `story`. None where the day cannot be told.
    """
    appeared = date.fromisoformat(published) if published else None
    day: date | None = None
    if quantity.kind == "relative":
        day = appeared + timedelta(days=int(quantity.low)) if appeared else None
        if day is None:
            return None
    elif quantity.kind == "date":
        full = nearest_date(quantity, appeared or story)
        if kind == "date":
            return full if not math.isnan(full.low) else in_any_year(quantity)
        if full.low != full.high or math.isnan(full.low) or not (appeared or len(quantity.label) == 10):
            return None
        day = date.fromordinal(int(full.low))
    if kind == "weekday":
        if quantity.kind == "weekday":
            return quantity
        number = day.isoweekday()
        return replace(quantity, label=WEEKDAYS[number - 1], low=number, high=number, unit="weekday")
    if quantity.kind == "weekday":
        if appeared is None:
            return None
        before = text[: quantity.start]
        ahead = (int(quantity.low) - appeared.isoweekday()) % 7
        if re.search(r"\b(?:next|coming)\s$", before, re.IGNORECASE):
            away = ahead or 7
        elif looks_ahead(text, quantity):
            away = ahead
        else:  # on a Friday "Friday" is that day, and "last Friday" the one before
            away = ahead - 7 if ahead or re.search(r"\b(?:last|past)\s$", before, re.IGNORECASE) else 0
        day = appeared + timedelta(days=away)
    return replace(quantity, label=day.isoformat(), low=day.toordinal(), high=day.toordinal(), unit="day")


def story_day(published: Iterable[str], texts: Iterable[str]) -> date | None:
    """Return the day near which an article without one is read: the first article's, else of the year named most."""
    days = sorted(day for day in published if day)
    if days:
        return date.fromisoformat(days[0])
    full = [
        int(q.label[:4])
        for text in texts
        for q in (find_quantities(text) if re.search(r"\b(?:19|20)\d\d\b", text) and len(text) < 200_000 else [])
        if q.kind == "date" and len(q.label) == 10
    ]
    # From the middle of a year, every day of it is nearer than the same one of another year.
    return date(max(sorted(set(full)), key=full.count), 7, 2) if full else None
