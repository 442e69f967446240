"""Outlets as columns: their names above, upright where they fit, else leaning or turned."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from summit_analysis.charts.style import SMALL, TEXT, line_height, width_of, wrap

LEANING = 4.4  # mm: names that lean need columns as wide as this

NARROWEST = 3.0  # mm: a column that a turned name has room above


def first_columns(outlets: pd.DataFrame, room: float, footer: str) -> tuple[pd.DataFrame, str]:
    """Return the first of `outlets`, a row each, that have room in `room` mm, and `footer` with a note if not all have."""
    most = int(room / NARROWEST)
    if len(outlets) <= most:
        return outlets, footer
    note = f" The first {most} of {len(outlets)} articles in clustering order have room at this width."
    return outlets.head(most), footer + note


def column_names(labels: list[str], cell: float, *, lean: bool = True) -> tuple[list[str], int, float]:
    """Return the outlet names as they are drawn, the angle they are turned by, and the height they need in mm.

    Names that lean reach beyond the last column; where there is no room for that, `lean` is false.
    """
    fits = all(width_of(word) <= cell - 1 for label in labels for word in label.split())
    if fits:
        names = [wrap(label, cell - 1, lines=4) for label in labels]
        return names, 0, max((name.count("\n") + 1) * line_height() for name in names)
    names = [wrap(label, 42, lines=1) for label in labels]
    angle, rise = (45, 0.71) if lean and cell >= LEANING else (90, 1.0)
    return names, angle, max(width_of(name) for name in names) * rise + 3


def draw_names(canvas: Axes, names: list[str], *, angle: int, left: float, cell: float, bottom: float) -> None:
    """Write the names of `column_names` above columns of `cell` mm that begin at `left`, their lower edge at `bottom`."""
    for place, name in enumerate(names):
        x = left + (place + 0.5) * cell
        if angle:
            turned = {45: (x - 1, "left", "anchor", TEXT), 90: (x, "center", "default", SMALL)}
            at, across, mode, size = turned[angle]
            canvas.text(at, bottom, name, rotation=angle, ha=across, va="bottom", rotation_mode=mode, size=size)
        else:
            canvas.text(x, bottom, name, ha="center", va="bottom")
