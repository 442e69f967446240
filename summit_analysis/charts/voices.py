"""Who gets to speak, and where: each article a strip from its first to its last word, each quotation a mark in it."""

from __future__ import annotations

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
    shorten,
    styled,
    width_of,
)  # fmt: skip

# Far from the outlets' colours, and from one another for colour-blind readers; each stands off white and black paper.
SPEAKERS = ("#5b3df2", "#96960f", "#267196", "#539680", "#5e692a", "#6191f2")
OTHERS = "#767676"
OWN = "#ebebeb"
# mm
RIGHT = WIDE - 2 * MARGIN
WORDS, SHARE = 11.0, 29.0
HEADER, LINE, LANE, GAP = 9.0, 4.6, 4.1, 3.4
SMALLEST = 0.7  # a quotation of one word must still be seen


@styled
def plot_voices(strips: pd.DataFrame, *, title: str, footer: str) -> Figure:
    """Draw `strips` (`voices.strips`): own words a quiet solid, quoted words hatched, one lane and colour a speaker."""
    if strips.empty:
        return empty_page(title, footer, "No articles to compare.")
    articles = [rows for _, rows in strips[strips["shown"]].groupby("place", sort=True)]
    heights = [LINE + max(rows["lane"].nunique(), 1) * LANE + GAP for rows in articles]
    total = HEADER + sum(heights)
    page = Page(title, footer, content=total)
    canvas = page.canvas(MARGIN, 0, RIGHT, total)
    longest = max(
        width_of(drawable(name[:200]), SMALL) for rows in articles for name in rows["name"].fillna("").unique()
    )
    strip = RIGHT - WORDS - SHARE - 4 - min(max(longest + 6, 42.0), 64.0)
    _draw_header(canvas, strip)
    y = HEADER
    for rows, height in zip(articles, heights, strict=True):
        _draw_article(canvas, rows, y, height - LINE - GAP, strip)
        y += height
    return page.figure


def colour_of(slot: int) -> str:
    """Return the colour of a speaker's slot; "others" and "unattributed" are grey."""
    return SPEAKERS[slot] if slot < len(SPEAKERS) else OTHERS


def _draw_header(canvas: Axes, strip: float) -> None:
    small = {"size": SMALL, "color": GREY, "va": "center"}
    canvas.add_patch(Rectangle((0, 0.6), 5, 2.8, facecolor=OWN, edgecolor="none"))
    canvas.text(6.5, 2, "the outlet's own words", **small)
    canvas.add_patch(_quoted(39, 0.6, 5, 2.8, OTHERS))
    canvas.text(45.5, 2, "quoted, a line a speaker", **small)
    canvas.text(0, 6.4, "first word", **small)
    canvas.text(strip, 6.4, "last word", ha="right", **small)
    canvas.text(strip + 4, 6.4, "speaker", **small)
    canvas.text(RIGHT - SHARE - 1.5, 6.4, "words", ha="right", **small)
    canvas.text(RIGHT, 2, "share of the article", ha="right", **small)
    canvas.text(RIGHT, 6.4, "(95 % interval)", ha="right", **small)


def _draw_article(canvas: Axes, rows: pd.DataFrame, y: float, height: float, strip: float) -> None:
    first = rows.iloc[0]
    canvas.plot([0, RIGHT], [y, y], color=LIGHT, linewidth=0.6)
    bold = {"weight": "bold", "va": "center", "size": TEXT}
    middle = y + LINE / 2 + 0.2
    canvas.text(0, middle, shorten(first["label"], strip, weight="bold"), **bold)
    canvas.text(strip + 4, middle, f"all quoted, of {first['article_words']:,} words", color=INK, va="center")
    _write_share(canvas, middle, first["quoted_words"], first[["quoted_share", "quoted_low", "quoted_high"]])
    y += LINE
    canvas.add_patch(Rectangle((0, y), strip, height, facecolor=OWN, edgecolor="none"))
    if not first["quotation"]:
        canvas.text(strip + 4, y + height / 2, "no direct quotation", va="center", size=SMALL, color=GREY)
        return
    for lane, marks in rows.groupby("lane", sort=True):
        if lane:
            canvas.plot([0, strip], [y + lane * LANE] * 2, color="white", linewidth=0.6)
        top, colour = y + lane * LANE, colour_of(int(marks["slot"].iloc[0]))
        for mark in marks.itertuples():
            width = max((mark.position_end - mark.position_start) * strip, SMALLEST)
            left = min(mark.position_start * strip, strip - width)
            canvas.add_patch(_quoted(left, top + 0.45, width, LANE - 0.9, colour))
        total = marks.iloc[0]
        canvas.add_patch(_quoted(strip + 4, top + LANE / 2 - 1.1, 3.2, 2.2, colour))
        name = shorten(total["name"], RIGHT - SHARE - WORDS - strip - 9, SMALL)
        canvas.text(strip + 8.4, top + LANE / 2, name, va="center", size=SMALL)
        _write_share(canvas, top + LANE / 2, total["lane_words"], total[["share", "low", "high"]])


def _quoted(x: float, y: float, width: float, height: float, colour: str) -> Rectangle:
    """Return the mark of quoted words: outlined and hatched."""
    mark = Rectangle((x, y), width, height, facecolor=to_rgba(colour, 0.2), edgecolor=colour, linewidth=0.8)
    mark.set(hatch="/////////", hatch_linewidth=0.5)
    return mark


def _write_share(canvas: Axes, y: float, words: int, values: pd.Series) -> None:
    share, low, high = values
    canvas.text(RIGHT - SHARE - 1.5, y, f"{int(words):,}", ha="right", va="center", size=SMALL)
    lowest = "<1" if pd.notna(low) and low < 0.005 else f"{100 * low:.0f}"
    interval = f"({lowest}–{100 * high:.0f} %)" if pd.notna(low) else ""
    canvas.text(RIGHT, y, interval, ha="right", va="center", size=SMALL, color=GREY)
    printed = f"{100 * share:.0f} %" if pd.notna(share) else ""
    canvas.text(RIGHT - width_of("(<1–00 %)", SMALL) - 2, y, printed, ha="right", va="center", size=SMALL)
