"""Figures as sheets that a page can hold: one that gets taller than a page is split between its rows or panels."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import pandas as pd
from matplotlib.figure import Figure

from summit_analysis.charts.style import MM, TALLEST

Draw = Callable[[pd.DataFrame, int, int], Figure]
Drawn = Callable[[pd.DataFrame], pd.DataFrame]


@dataclass(frozen=True)
class Sheet:
    """Rows that are drawn together, their figure, and which of how many it says that it is."""

    data: pd.DataFrame
    figure: Figure
    number: int
    of: int

    @property
    def fits(self) -> bool:
        """Whether a printed page holds it."""
        return self.figure.get_figheight() / MM <= TALLEST


def sheets(pages: Sequence[pd.DataFrame], draw: Draw, *, by: Sequence[str], drawn: Drawn) -> list[Sheet]:
    """Return `pages`, each split into as few sheets as fit a printed page.

    `draw` takes a part, its number from 1 and how many there are; `drawn` returns the rows that the chart draws, and
    their columns `by` say what stays together: what the first does not split small enough, the next one does, and what
    none does is as tall as it is. A part has all rows, with those of other parts marked as not shown, so that colours
    and scales are the same on every sheet; a table without a column ``shown`` is cut.
    """
    split = [
        sheet
        for number, page in enumerate(pages, start=1)
        for sheet in _split(Sheet(page, draw(page, number, len(pages)), number, len(pages)), draw, tuple(by), drawn)
    ]
    # Only now is it known how many there are.
    return [
        sheet if (sheet.number, sheet.of) == (n, len(split)) else Sheet(sheet.data, draw(sheet.data, n, len(split)), n, len(split))
        for n, sheet in enumerate(split, start=1)
    ]  # fmt: skip


def _split(whole: Sheet, draw: Draw, by: tuple[str, ...], drawn: Drawn) -> list[Sheet]:
    if whole.fits or not by or whole.data.empty:
        return [whole]
    units = sorted(drawn(whole.data)[by[0]].unique())
    count = min(len(units), int(whole.figure.get_figheight() / MM / TALLEST) + 1)
    parts = [whole]
    while len(parts) < len(units) and not all(part.fits for part in parts):
        shares = [_part(whole.data, by[0], set(own)) for own in _shares(units, count)]
        parts = [Sheet(share, draw(share, n, count), n, count) for n, share in enumerate(shares, start=1)]
        count += 1
    return [sheet for part in parts for sheet in _split(part, draw, by[1:], drawn)]


def _shares(units: list, count: int) -> list[list]:
    """Return `units` in `count` runs whose lengths differ by one at most."""
    ends = [round(n * len(units) / count) for n in range(count + 1)]
    return [units[start:end] for start, end in pairwise(ends)]


def _part(data: pd.DataFrame, by: str, own: set) -> pd.DataFrame:
    inside = data[by].isin(own)
    return data.assign(shown=data["shown"].astype(bool) & inside) if "shown" in data else data[inside]
