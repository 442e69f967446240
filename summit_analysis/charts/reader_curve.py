"""How soon a reader knows: claims met against text read, a step line an outlet, named at its end."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

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
    shorten,
    styled,
    width_of,
)  # fmt: skip

MOST_NAMES = 74.0  # mm at the right for the outlets' names
LEFT, BELOW, TALL = 12.0, 11.0, 78.0
TICKS = (0, 0.25, 0.5, 0.75, 1.0)


@styled
def plot_reader_curve(curve: pd.DataFrame, *, title: str, footer: str) -> Figure:
    """Draw `curve` (`prominence.reader_curve`): a step at each claim, a dot where half of an article's claims are met."""
    curve = curve[curve["shown"].astype(bool)] if len(curve) else curve
    if curve.empty or not (curve["claims"] > 0).any():
        return empty_page(title, footer, "No claims are told.")
    outlets = curve.drop_duplicates("place", keep="last").sort_values("place")
    colours = outlet_colours(int(outlets["place"].max()) + 1)
    step = line_height() + 0.3
    names = min(MOST_NAMES, max(width_of(str(label)[:200]) for label in outlets["label"]) + 14)
    tall = max(TALL, len(outlets) * step + 4)
    page = Page(title, footer, content=tall + BELOW + 5)
    axes = page.axes(MARGIN + LEFT, 5, WIDE - 2 * MARGIN - LEFT - names, tall)
    top = min(1.0, max(0.1, -(-float(outlets["share_of_all"].max()) * 10 // 1) / 10))
    axes.set(xlim=(0, 1), ylim=(0, top * 1.03))
    axes.set_xticks(TICKS, [f"{100 * t:.0f} %" for t in TICKS])
    shares = [n / 10 for n in range(round(top * 10) + 1) if top <= 0.5 or n % 2 == 0]
    axes.set_yticks(shares, [f"{100 * s:.0f} %" for s in shares])
    axes.grid(axis="y", color=LIGHT, linewidth=0.5)
    axes.set_axisbelow(True)
    axes.set_xlabel("share of the text read")
    page.text(
        MARGIN, page.top + 1.5, "share of all claims coded that the reader has met", va="center", size=SMALL, color=GREY
    )
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
    _name_ends(page, axes, outlets, colours, width=names, step=step, top=top * 1.03, tall=tall)
    return page.figure


def _name_ends(
    page: Page, axes: Axes, outlets: pd.DataFrame, colours: list, *, width: float, tall: float, step: float, top: float
) -> None:
    """Write each outlet's name at the end of its line, moved apart where they would overlap, with a thin leader."""
    canvas = page.canvas(WIDE - MARGIN - width, 5, width, tall)
    ends = sorted(((1 - float(row.share_of_all) / top) * tall, row.place, row) for row in outlets.itertuples())
    wanted = [y for y, _, _ in ends]
    placed = _apart(wanted, step, 1.5, tall - 1.5)
    for (y, place, row), at in zip(ends, placed, strict=True):
        canvas.plot([0.4, 3.4], [y, at], color=colours[int(place)], linewidth=0.7)
        count = f"{row.claims_met}"
        name = shorten(str(row.label), width - 5 - 8)
        canvas.text(4.2, at, f"{name}  {count}", va="center")


def _apart(wanted: list[float], step: float, low: float, high: float) -> list[float]:
    """Return places in the order of `wanted` (ascending), at least `step` apart, between `low` and `high`."""
    placed: list[float] = []
    for y in wanted:
        placed.append(max(y, low, placed[-1] + step if placed else low))
    limit = high
    for n in range(len(placed) - 1, -1, -1):
        placed[n] = min(placed[n], limit)
        limit = placed[n] - step
    return placed
