"""How soon a reader knows: claims met against text read, a step line an outlet, named at its end."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from summit_analysis.charts.style import (
    COLUMN,
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

MOST_NAMES = {WIDE: 74.0, COLUMN: 30.0}  # mm at the right for the outlets' names
LEFT, BELOW, TALL = 12.0, 11.0, 78.0
TICKS = (0, 0.25, 0.5, 0.75, 1.0)


@styled
def plot_reader_curve(curve: pd.DataFrame, *, title: str, footer: str, width: float = WIDE) -> Figure:
    """Draw `curve` (`prominence.reader_curve`): a step at each claim, a dot where half of an article's claims are met."""
    curve = curve[curve["shown"].astype(bool)] if len(curve) else curve
    if curve.empty or not (curve["claims"] > 0).any():
        return empty_page(title, footer, "No claims are told.", width=width)
    outlets = curve.drop_duplicates("place", keep="last").sort_values("place")
    colours = outlet_colours(int(outlets["compared"].iloc[0]))
    named = [f"{str(row.label)[:200]}: {row.claims_met}" for row in outlets.itertuples()]
    names = min(MOST_NAMES[width], max(map(width_of, named)) + 6)
    texts = {row.place: wrap(words, names - 5, lines=5) for row, words in zip(outlets.itertuples(), named, strict=True)}
    tall = max(TALL, sum(map(_height, texts.values())) + 4)
    page = Page(title, footer, content=tall + BELOW + 5, width=width)
    axes = page.axes(MARGIN + LEFT, 5, width - 2 * MARGIN - LEFT - names, tall)
    top = min(1.0, max(0.1, -(-float(outlets["share_of_all"].max()) * 10 // 1) / 10))
    axes.set(xlim=(0, 1), ylim=(0, top * 1.03))
    ticks = TICKS if width >= WIDE else TICKS[::2]
    axes.set_xticks(ticks, [f"{100 * t:.0f} %" for t in ticks])
    shares = [n / 10 for n in range(round(top * 10) + 1) if top <= 0.5 or n % 2 == 0]
    axes.set_yticks(shares, [f"{100 * s:.0f} %" for s in shares])
    axes.grid(axis="y", color=LIGHT, linewidth=0.5)
    axes.set_axisbelow(True)
    axes.set_xlabel("share of the text read", loc="left")
    page.text(MARGIN, page.top + 1.5, "share of all claims that a reader has met", va="center", size=SMALL, color=GREY)
    for place, rows in curve.sort_values("step").groupby("place"):
        axes.plot(rows["read"], rows["share_of_all"], drawstyle="steps-post", color=colours[int(place)], linewidth=1.4)
        half = rows["half_read"].iloc[0]
        if pd.notna(half):
            met = rows.loc[rows["read"] <= half + 1e-9, "share_of_all"].max()
            axes.plot(
                [half],
                [met],
                marker="o",
                markersize=4.5,
                color=colours[int(place)],
                markeredgecolor="white",
                markeredgewidth=0.6,
                clip_on=False,
                zorder=5,
            )
    ends = sorted(((1 - float(row.share_of_all) / (top * 1.03)) * tall, row.place) for row in outlets.itertuples())
    _name_ends(page.canvas(width - MARGIN - names, 5, names, tall), ends, texts, colours, tall)
    return page.figure


def _height(text: str) -> float:
    return (text.count("\n") + 1) * line_height() + 0.3


def _name_ends(canvas: Axes, ends: list, texts: dict, colours: list, tall: float) -> None:
    """Write each outlet's name at the end of its line, moved apart where they would overlap, with a thin leader."""
    heights = [_height(texts[place]) for _, place in ends]
    placed = _apart([y for y, _ in ends], heights, tall)
    for (y, place), at in zip(ends, placed, strict=True):
        canvas.plot([0.4, 3.4], [y, at], color=colours[int(place)], linewidth=0.7)
        canvas.text(4.2, at, texts[place], va="center")


def _apart(wanted: list[float], heights: list[float], high: float) -> list[float]:
    """Return the middles, in the order of `wanted` (ascending), of texts of these heights between 0 and `high`."""
    placed: list[float] = []
    floor = 0.0
    for y, height in zip(wanted, heights, strict=True):
        placed.append(max(y, floor + height / 2))
        floor = placed[-1] + height / 2
    limit = high
    for n in range(len(placed) - 1, -1, -1):
        placed[n] = min(placed[n], limit - heights[n] / 2)
        limit = placed[n] - heights[n] / 2
    return placed
