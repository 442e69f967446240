"""Which words set an outlet apart: one panel an outlet, dots with intervals on a common scale."""

from __future__ import annotations

import math

import pandas as pd
from matplotlib.figure import Figure

from summit_analysis.charts.style import (
    GREY,
    INK,
    LIGHT,
    MARGIN,
    SMALL,
    TEXT,
    WIDE,
    Page,
    empty_page,
    outlet_colours,
    shorten,
    styled,
    width_of,
    wrap,
)  # fmt: skip

ROW = 4.1
GAP = 6.0
COUNTS = 13.0


@styled
def plot_keyness(strongest: pd.DataFrame, *, title: str, footer: str, width: float = WIDE) -> Figure:
    """Draw `strongest` (`keyness.strongest`); what survives the adjustment is filled, the rest is open."""
    if strongest.empty:
        return empty_page(title, footer, width=width, message="No words to compare in this voice.")
    colours = outlet_colours(int(strongest["compared"].iloc[0]))
    reach = (min(float(strongest["low"].min()), 0), max(float(strongest["high"].max()), 0))
    strongest = strongest[strongest["shown"]]
    panels = strongest.groupby("place", sort=True)
    page_width, columns = width, min(3 if width >= WIDE else 1, len(panels))
    width = (page_width - 2 * MARGIN - (columns - 1) * GAP) / columns
    rows = int(strongest["row"].max()) + 1
    term_width = min(max(width_of(term) for term in strongest["term"]), width * 0.4) + 1.5
    height = rows * ROW + 2
    block = height + 19
    page = Page(title, footer, content=math.ceil(len(panels) / columns) * block - 1, width=page_width)
    pad = 0.03 * (reach[1] - reach[0])
    for number, (place, panel) in enumerate(panels):
        x = MARGIN + (number % columns) * (width + GAP)
        y = number // columns * block
        words = wrap(panel["label"].iloc[0], width - 1, lines=2, weight="bold")
        page.text(x, page.top + y + 4.2, words, weight="bold", va="baseline", size=TEXT)
        axes = page.axes(x + term_width, y + 7.5, width - term_width - COUNTS, height)
        axes.set(xlim=(reach[0] - pad, reach[1] + pad), ylim=(-0.7, rows - 0.3), yticks=[])
        axes.spines["left"].set_visible(False)
        axes.axvline(0, color=GREY, linewidth=0.8)
        axes.grid(axis="x", color=LIGHT, linewidth=0.4)
        axes.set_axisbelow(True)
        for term in panel.itertuples():
            axes.plot([term.low, term.high], [term.row, term.row], color=colours[place], linewidth=1.1)
            face = colours[place] if term.survives else "white"
            axes.plot([term.log_odds], [term.row], "o", color=colours[place], markerfacecolor=face, markersize=4.2)
            middle = page.top + y + 7.5 + height * (rows - 0.3 - term.row) / (rows + 0.4)
            page.text(
                x + term_width - 1.5, middle, shorten(term.term, term_width - 1.5), ha="right", va="center", color=INK
            )
            counts = f"{term.count} : {term.reference_count}"
            page.text(x + width, middle, counts, ha="right", va="center", color=GREY, size=SMALL)
        page.text(x + width, page.top + y + 6.4, "here : rest", ha="right", va="center", color=GREY, size=SMALL)
        axes.set_xlabel("log-odds: more typical of it →", labelpad=1.5, loc="left")
    return page.figure
