"""Figures as sheets that a page can hold: one that gets taller than a page is split between its rows or panels."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise

import pandas as pd
from matplotlib.figure import Figure

from summit_analysis.charts.style import MM, TALLEST

Draw = Callable[[pd.DataFrame, int, int], Figure]


def sheets(
    data: pd.DataFrame, draw: Draw, *, by: str, drawn: Callable[[pd.DataFrame], pd.DataFrame]
) -> Iterator[tuple[pd.DataFrame, Figure]]:
    """Yield the parts of `data` and the figure of each, in as few sheets as fit a page.

    `draw` takes a part, its number from 1 and how many there are; `drawn` returns the rows that the chart draws, and
    their column `by` says what stays together (``""``: everything, however tall). A part has all rows, with those of
    other parts marked as not shown, so that colours and scales are the same on every sheet; a table without a column
    ``shown`` is cut.
    """
    whole = draw(data, 1, 1)
    units = sorted(drawn(data)[by].unique()) if by and len(data) else []
    if whole.get_figheight() / MM <= TALLEST or len(units) < 2:
        yield data, whole
        return
    count = min(len(units), int(whole.get_figheight() / MM / TALLEST) + 1)
    while True:
        parts = [_part(data, by, set(own)) for own in _shares(units, count)]
        figures = [draw(part, n, len(parts)) for n, part in enumerate(parts, start=1)]
        if count == len(units) or max(figure.get_figheight() for figure in figures) / MM <= TALLEST:
            break
        count += 1
    yield from zip(parts, figures, strict=True)


def _shares(units: list, count: int) -> list[list]:
    """Return `units` in `count` runs whose lengths differ by one at most."""
    ends = [round(n * len(units) / count) for n in range(count + 1)]
    return [units[start:end] for start, end in pairwise(ends)]


def _part(data: pd.DataFrame, by: str, own: set) -> pd.DataFrame:
    inside = data[by].isin(own)
    return data.assign(shown=data["shown"].astype(bool) & inside) if "shown" in data else data[inside]
