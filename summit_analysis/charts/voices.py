"""Who gets to speak, and where: each article a strip from its first to its last word, each quotation a mark in it."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from summit_analysis.charts.style import (
    GREY,
    INK,
    LIGHT,
    MARGIN,
    SMALL,
    TEXT,
    WIDE,
    Page,
    drawable,
    empty_page,
    line_height,
    shorten,
    styled,
    width_of,
    wrap,
)  # fmt: skip

# Far from the outlets' colours, and from one another for colour-blind readers; each stands off white and black paper.
SPEAKERS = ("#5b3df2", "#96960f", "#267196", "#539680", "#5e692a", "#6191f2")
OTHERS = "#767676"
OWN = "#ebebeb"
# mm
WORDS, SHARE = 11.0, 29.0
HEADER, LINE, LANE, GAP = 9.0, 4.6, 4.1, 3.4
SMALLEST = 0.7  # a quotation of one word must still be seen


@dataclass(frozen=True)
class _Layout:
    """Where things stand: the width of all, of the strips, and the left edge and width of the speakers' names."""

    right: float
    strip: float
    left: float
    names: float

    @property
    def beside(self) -> bool:
        """Whether the speakers are listed beside the strips, and not below them."""
        return self.left > 0


@styled
def plot_voices(strips: pd.DataFrame, *, title: str, footer: str, width: float = WIDE) -> Figure:
    """Draw `strips` (`voices.strips`): own words a quiet solid, quoted words hatched, one lane and colour a speaker."""
    if strips.empty:
        return empty_page(title, footer, "No articles to compare.", width=width)
    articles = [rows for _, rows in strips[strips["shown"]].groupby("place", sort=True)]
    layout = _lay_out(articles, width - 2 * MARGIN, beside=width >= WIDE)
    heights = [_height(rows, layout) for rows in articles]
    header = HEADER + (0 if layout.beside else 2 * LINE)
    total = header + sum(heights)
    page = Page(title, footer, content=total, width=width)
    canvas = page.canvas(MARGIN, 0, layout.right, total)
    _draw_header(canvas, layout, header)
    y = header
    for rows, height in zip(articles, heights, strict=True):
        _draw_article(canvas, rows, y, layout)
        y += height
    return page.figure


def _lay_out(articles: list[pd.DataFrame], right: float, *, beside: bool) -> _Layout:
    if not beside:
        return _Layout(right, right, 0.0, right - SHARE - WORDS - 5)
    longest = max(
        width_of(drawable(name[:200]), SMALL) for rows in articles for name in rows["name"].fillna("").unique()
    )
    strip = right - WORDS - SHARE - 4 - min(max(longest + 6, 42.0), 64.0)
    return _Layout(right, strip, strip + 4, right - SHARE - WORDS - strip - 9)


def _lanes(rows: pd.DataFrame) -> int:
    return max(rows["lane"].nunique(), 1)


def _height(rows: pd.DataFrame, layout: _Layout) -> float:
    if layout.beside:
        return LINE + _lanes(rows) * LANE + GAP
    listed = sum(_row_height(name) for name in _names(rows, layout))
    return LINE + LINE + _lanes(rows) * LANE + 1.5 + listed + GAP


def _names(rows: pd.DataFrame, layout: _Layout) -> list[str]:
    """Return the speakers as they are written, in the order of their lanes."""
    names = rows[rows["quotation"] > 0].drop_duplicates("lane").sort_values("lane")["name"]
    if layout.beside:
        return [shorten(name, layout.names, SMALL) for name in names]
    return [wrap(name, layout.names, size=SMALL, lines=4) for name in names]


def _row_height(name: str) -> float:
    return max(LANE, (name.count("\n") + 1) * line_height(SMALL) + 0.6)


def colour_of(slot: int) -> str:
    """Return the colour of a speaker's slot; "others" and "unattributed" are grey."""
    return SPEAKERS[slot] if slot < len(SPEAKERS) else OTHERS


def _draw_header(canvas: Axes, layout: _Layout, header: float) -> None:
    small = {"size": SMALL, "color": GREY, "va": "center"}
    right, last = layout.right, header - 2.6
    canvas.add_patch(Rectangle((0, 0.6), 5, 2.8, facecolor=OWN, edgecolor="none"))
    canvas.text(6.5, 2, "the outlet's own words", **small)
    x, y = (39, 2) if layout.beside else (0, 2 + LINE)
    canvas.add_patch(_quoted(x, y - 1.4, 5, 2.8, OTHERS))
    canvas.text(x + 6.5, y, "quoted, a line a speaker", **small)
    if layout.beside:
        canvas.text(0, last, "first word", **small)
        canvas.text(layout.strip, last, "last word", ha="right", **small)
        canvas.text(layout.left, last, "speaker", **small)
    else:
        canvas.text(0, last, "strip: first to last word", **small)
    above = last - line_height(SMALL) - 0.6
    canvas.text(right - SHARE - 1.5, last, "words", ha="right", **small)
    canvas.text(right, above, "share of the article", ha="right", **small)
    canvas.text(right, last, "(95 % interval)", ha="right", **small)


def _draw_article(canvas: Axes, rows: pd.DataFrame, y: float, layout: _Layout) -> None:
    first, strip, height = rows.iloc[0], layout.strip, _lanes(rows) * LANE
    canvas.plot([0, layout.right], [y, y], color=LIGHT, linewidth=0.6)
    middle = y + LINE / 2 + 0.2
    canvas.text(0, middle, shorten(first["label"], strip, weight="bold"), weight="bold", va="center", size=TEXT)
    if not layout.beside:
        y, middle = y + LINE, middle + LINE
    said = f"all quoted, of {first['article_words']:,}" + (" words" if layout.beside else "")
    canvas.text(layout.left, middle, said, color=INK, va="center")
    _write_share(
        canvas, middle, first["quoted_words"], first[["quoted_share", "quoted_low", "quoted_high"]], layout.right
    )
    y += LINE
    canvas.add_patch(Rectangle((0, y), strip, height, facecolor=OWN, edgecolor="none"))
    if not first["quotation"]:
        canvas.text(layout.left or 2, y + height / 2, "no direct quotation", va="center", size=SMALL, color=GREY)
        return
    listed = y + (0 if layout.beside else height + 1.5)
    for (lane, marks), name in zip(rows.groupby("lane", sort=True), _names(rows, layout), strict=True):
        if lane:
            canvas.plot([0, strip], [y + lane * LANE] * 2, color="white", linewidth=0.6)
        colour = colour_of(int(marks["slot"].iloc[0]))
        for mark in marks.itertuples():
            width = max((mark.position_end - mark.position_start) * strip, SMALLEST)
            left = min(mark.position_start * strip, strip - width)
            canvas.add_patch(_quoted(left, y + lane * LANE + 0.45, width, LANE - 0.9, colour))
        total = marks.iloc[0]
        tall = LANE if layout.beside else _row_height(name)
        canvas.add_patch(_quoted(layout.left, listed + LANE / 2 - 1.1, 3.2, 2.2, colour))
        canvas.text(layout.left + 4.4, listed + tall / 2, name, va="center", size=SMALL)
        _write_share(canvas, listed + LANE / 2, total["lane_words"], total[["share", "low", "high"]], layout.right)
        listed += tall


def _quoted(x: float, y: float, width: float, height: float, colour: str) -> Rectangle:
    """Return the mark of quoted words: outlined and hatched."""
    mark = Rectangle((x, y), width, height, facecolor=to_rgba(colour, 0.2), edgecolor=colour, linewidth=0.8)
    mark.set(hatch="/////////", hatch_linewidth=0.5)
    return mark


def _write_share(canvas: Axes, y: float, words: int, values: pd.Series, right: float) -> None:
    share, low, high = values
    canvas.text(right - SHARE - 1.5, y, f"{int(words):,}", ha="right", va="center", size=SMALL)
    lowest = "<1" if pd.notna(low) and low < 0.005 else f"{100 * low:.0f}"
    interval = f"({lowest}–{100 * high:.0f} %)" if pd.notna(low) else ""
    canvas.text(right, y, interval, ha="right", va="center", size=SMALL, color=GREY)
    printed = f"{100 * share:.0f} %" if pd.notna(share) else ""
    canvas.text(right - width_of("(<1–00 %)", SMALL) - 2, y, printed, ha="right", va="center", size=SMALL)
