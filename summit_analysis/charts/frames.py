"""What each article is mostly about, and how it vouches for it: rates with intervals, one panel a frame."""

from __future__ import annotations

import math

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from summit_analysis.charts.style import (
    GREY,
    LIGHT,
    MARGIN,
    SMALL,
    WIDE,
    Page,
    empty_page,
    line_height,
    outlet_colours,
    styled,
    width_of,
    wrap,
)  # fmt: skip

ROW, GAP, COUNT = 5.4, 8.0, 10.0


@styled
def plot_frames(panels: pd.DataFrame, *, title: str, footer: str, width: float = WIDE) -> Figure:
    """Draw `panels` (`frames.panels`): own words as filled dots with intervals, quoted ones open below them."""
    every, panels = panels, panels[panels["shown"]] if len(panels) else panels
    if panels.empty:
        return empty_page(title, footer, width=width, message="No frame has terms to count.")
    groups = [group for _, group in panels.groupby("panel", sort=True)]
    page_width, columns = width, min(3 if width >= WIDE else 1, len(groups))
    width = (page_width - 2 * MARGIN - (columns - 1) * GAP) / columns
    name_width = min(max(width_of(label) for label in panels["label"].unique()), width * 0.42) + 2
    names = {
        place: wrap(label, name_width - 2, lines=2)
        for place, label in panels.drop_duplicates("place")[["place", "label"]].itertuples(index=False)
    }
    outlets = len(names)
    row_height = ROW if all("\n" not in name for name in names.values()) else 2 * line_height() + 0.8
    height = outlets * row_height + 1
    block = height + 17
    page = Page(title, footer, content=math.ceil(len(groups) / columns) * block, width=page_width)
    colours = outlet_colours(int(every["compared"].iloc[0]))
    # One scale for all panels, that of the own words: quoted words are few, and their intervals would stretch it.
    own = every.loc[every["voice"] == "own", "high"]
    top = max(1.05 * float(own.max()), 1.0) if own.notna().any() else 1.0
    order = {place: n for n, place in enumerate(sorted(panels["place"].unique()))}
    for number, group in enumerate(groups):
        x, y = MARGIN + (number % columns) * (width + GAP), number // columns * block
        heading = wrap(group["title"].iloc[0], width - 1, lines=1, weight="bold")
        page.text(x, page.top + y + 3.6, heading, weight="bold", va="baseline")
        page.text(x + width, page.top + y + 6.4, "own + quoted", ha="right", va="center", color=GREY, size=SMALL)
        axes = page.axes(x + name_width, y + 8, width - name_width - COUNT, height)
        # A number under the very edge would stand beyond it.
        ticks = [tick for tick in MaxNLocator(3).tick_values(0, top) if tick <= 0.9 * top]
        axes.set(xlim=(0, top), ylim=(outlets - 0.5, -0.5), xticks=ticks, yticks=[])
        axes.spines["left"].set_visible(False)
        axes.grid(axis="x", color=LIGHT, linewidth=0.4)
        axes.set_axisbelow(True)
        for place, article in group.groupby("place", sort=True):
            row, counts = order[place], []
            for offset, voice in ((-0.16, "own"), (0.2, "quoted")):
                mark = article[article["voice"] == voice].iloc[0]
                counts.append(str(mark["count"]))
                if pd.isna(mark["rate"]):
                    continue
                line = {"color": colours[place], "linewidth": 1.1 if voice == "own" else 0.7}
                axes.plot([mark["low"], min(mark["high"], top)], [row + offset] * 2, **line)
                face = colours[place] if voice == "own" else "white"
                beyond = mark["rate"] > top
                axes.plot([min(mark["rate"], top)], [row + offset], ">" if beyond else "o", color=colours[place], markerfacecolor=face,
                          markersize=4 if voice == "own" else 3.2, clip_on=False)  # fmt: skip
            middle = page.top + y + 8 + height * (row + 0.5) / outlets
            page.text(x, middle, names[place], va="center")
            page.text(x + width, middle, " + ".join(counts), ha="right", va="center", color=GREY, size=SMALL)
        axes.set_xlabel("per 1,000 words", labelpad=1.5, loc="left")
    return page.figure
