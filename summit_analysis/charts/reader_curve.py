"""How soon a reader knows: an article's claims met against its text read, a panel with a step line an outlet."""

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
    styled,
    wrap,
)  # fmt: skip

LEFT, BELOW, GAP = 11.0, 6.0, 5.0  # mm
TICKS = (0.0, 0.5, 1.0)
OTHERS = "#d0d0d0"
ACROSS = "share of the article's own claims that a reader has met"
ALONG = "share of the article's text read"


@styled
def plot_reader_curve(curve: pd.DataFrame, *, title: str, footer: str, width: float = WIDE) -> Figure:
    """Draw `curve` (`prominence.reader_curve`): a step at each claim, a dot where half of an article's claims are met.

    All lines end in one corner, so that each outlet has a panel, with the others in grey behind it.
    """
    own = curve[curve["shown"].astype(bool)] if len(curve) else curve
    if own.empty or not (own["claims"] > 0).any():
        return empty_page(title, footer, "No claims are told.", width=width)
    outlets = own.drop_duplicates("place").sort_values("place")
    colours = outlet_colours(int(outlets["compared"].iloc[0]))
    columns, tall = _grid(len(outlets), width)
    inner = width - 2 * MARGIN - LEFT
    wide = (inner - (columns - 1) * GAP) / columns
    names = [wrap(str(row.label), wide, lines=3, weight="bold") for row in outlets.itertuples()]
    said = [wrap(_half(row), wide, size=SMALL, lines=2) for row in outlets.itertuples()]
    named = (max(name.count("\n") for name in names) + 1) * line_height() + 0.4
    head = named + (max(words.count("\n") for words in said) + 1) * line_height(SMALL) + 1.8
    rows = -(-len(outlets) // columns)
    top = 1.0 + (wrap(ACROSS, width - 2 * MARGIN, size=SMALL).count("\n") + 1) * line_height(SMALL) + 2.5
    page = Page(title, footer, content=top + rows * (head + tall + BELOW) + line_height(SMALL) + 2, width=width)
    page.text(MARGIN, page.top + 1, wrap(ACROSS, width - 2 * MARGIN, size=SMALL), va="top", size=SMALL, color=GREY)
    lines = dict(iter(curve[curve["claims"] > 0].sort_values("step").groupby("place")))
    for n, (outlet, name, words) in enumerate(zip(outlets.itertuples(), names, said, strict=True)):
        x, y = MARGIN + LEFT + n % columns * (wide + GAP), top + n // columns * (head + tall + BELOW)
        page.text(x, page.top + y, name, weight="bold", va="top")
        page.text(x, page.top + y + named, words, size=SMALL, color=GREY, va="top")
        axes = page.axes(x, y + head, wide, tall)
        _frame(axes, left=n % columns == 0, bottom=n + columns >= len(outlets))
        _draw(axes, lines, outlet.place, colours[int(outlet.place)], outlet.half_read)
    end = top + rows * (head + tall + BELOW)
    page.text(MARGIN + LEFT, page.top + end + 0.5, ALONG, va="top", size=SMALL, color=GREY)
    return page.figure


def _grid(outlets: int, width: float) -> tuple[int, float]:
    """Return how many panels stand beside one another, and how tall each is in mm."""
    if width < WIDE:
        return min(outlets, 2), 24.0
    return min(outlets, 3 if outlets <= 6 else 4 if outlets <= 12 else 5), 36.0 if outlets <= 6 else 26.0


def _half(outlet: object) -> str:
    if not outlet.claims:
        return "tells no claim"
    claims = "its only claim" if outlet.claims == 1 else f"half of {outlet.claims} claims"
    return f"{claims} after {100 * outlet.half_read:.0f} %"


def _frame(axes: Axes, *, left: bool, bottom: bool) -> None:
    axes.set(xlim=(0, 1), ylim=(0, 1.03))
    words = [f"{100 * tick:.0f} %" for tick in TICKS]
    axes.set_xticks(TICKS, words if bottom else [""] * len(TICKS))
    axes.set_yticks(TICKS, words if left else [""] * len(TICKS))
    for label, side in zip(axes.get_xticklabels(), ("left", "center", "right"), strict=True):
        label.set_ha(side)
    axes.grid(axis="y", color=LIGHT, linewidth=0.5)
    axes.set_axisbelow(True)


def _draw(axes: Axes, lines: dict, place: int, colour: tuple[float, float, float], half: float) -> None:
    """Draw the steps of the outlet at `place` over those of the others, and a dot where `half` is met."""
    axes.axline((0, 0), (1, 1), color=GREY, linewidth=0.6, linestyle=":", zorder=1)
    for other, steps in lines.items():
        if other != place:
            axes.plot(steps["read"], steps["share"], drawstyle="steps-post", color=OTHERS, linewidth=0.6, zorder=2)
    if place not in lines:
        return
    own = lines[place]
    axes.plot(own["read"], own["share"], drawstyle="steps-post", color=colour, linewidth=1.6, zorder=3)
    met = own.loc[own["read"] <= half + 1e-9, "share"].max()
    axes.plot(
        [half],
        [met],
        marker="o",
        markersize=4.5,
        color=colour,
        markeredgecolor="white",
        markeredgewidth=0.6,
        clip_on=False,
        zorder=5,
    )
