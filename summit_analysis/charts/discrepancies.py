"""Where articles disagree on facts: each fact a row with a scale of its own, each value with its words."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from summit_analysis.charts.style import (
    GREY,
    INK,
    LIGHT,
    MARGIN,
    SMALL,
    TEXT,
    WARNING,
    WIDE,
    Page,
    empty_page,
    line_height,
    outlet_colours,
    styled,
    width_of,
    wrap,
)  # fmt: skip

MOST_FACTS = 24
QUESTION, SCALE, VERDICT = 42.0, 46.0, 14.0  # mm
WORDS = WIDE - 2 * MARGIN - QUESTION - SCALE - VERDICT - 8
SWATCH = 2.2
MOST_NAMES = 12  # outlets named on one line of a fact
LOOKS = {"hard": (WARNING, "bold"), "soft": (INK, "bold"), "agree": (GREY, "normal")}


@styled
def plot_discrepancies(scaled: pd.DataFrame, *, title: str, footer: str) -> Figure:
    """Draw `scaled` (`discrepancies.scaled`): a dot for a value, a bar for an interval, an arrow where it has no end."""
    compared = scaled[(scaled["verdict"] != "single") & scaled["shown"].astype(bool)]
    if compared.empty:
        return empty_page(title, footer, "No fact has values of two articles that can be compared.")
    colours = dict(enumerate(outlet_colours(int(scaled["place"].max()) + 1)))
    rows = [rows for _, rows in compared.groupby("row", sort=True)][:MOST_FACTS]
    blocks = [_measure(block) for block in rows]
    key = 9.0
    page = Page(title, footer, content=key + sum(height for *_, height in blocks) + 2)
    canvas = page.canvas(MARGIN, 0, WIDE - 2 * MARGIN, key + sum(height for *_, height in blocks) + 2)
    _draw_key(canvas)
    y = key
    for block, question, lines, height in blocks:
        canvas.plot([0, WIDE - 2 * MARGIN], [y, y], color=LIGHT, linewidth=0.6)
        canvas.text(0, y + 1.6, question, va="top", linespacing=1.15)
        verdict = str(block["verdict"].iloc[0])
        colour, weight = LOOKS[verdict]
        canvas.text(WIDE - 2 * MARGIN, y + 1.6, verdict, ha="right", va="top", color=colour, weight=weight)
        _draw_scale(canvas, block, y + 1, y + height)
        at = y + 1.6
        for line, words in lines:
            own = block[block["line"] == line]
            _draw_value(canvas, own.iloc[0], at + line_height() / 2)
            _draw_words(canvas, words, own, colours, at)
            at += _lines_of(words, own) * line_height() + 1.2
        y += height
    canvas.plot([0, WIDE - 2 * MARGIN], [y, y], color=LIGHT, linewidth=0.6)
    return page.figure


def _measure(block: pd.DataFrame) -> tuple[pd.DataFrame, str, list, float]:
    """Return a fact's rows, its question as it is set, the words of each line, and its height in mm."""
    question = wrap(str(block["question"].iloc[0]), QUESTION - 3, lines=6)
    lines = []
    for line, own in block.groupby("line", sort=True):
        said = list(dict.fromkeys(" ".join(str(e).split()) for e in own["evidence"]))
        names = list(dict.fromkeys(own["label"]))
        if len(names) > MOST_NAMES:
            names = [*names[: MOST_NAMES - 1], f"{len(names) - MOST_NAMES + 1} more"]
        of = _words(own["of"].iloc[0])
        thing = f" – the {of}" if of else ""
        quoted = wrap(" / ".join(f"“{s}”" for s in said) + thing, WORDS - 2, lines=3)
        named = wrap(", ".join(names), WORDS - 2 - _swatches(own), lines=8, size=SMALL)
        lines.append((line, (quoted, named)))
    tall = sum(_lines_of(words, block[block["line"] == line]) * line_height() + 1.2 for line, words in lines)
    scale = 4.6 if _words(block["scale_high"].iloc[0]) else 0.5
    height = max((question.count("\n") + 1) * line_height() + 3, tall + 1.6 + scale, 9)
    return block, question, lines, height


def _words(cell: object) -> str:
    """Return a cell as it was written, whether or not a CSV reader has taken it for a number."""
    if isinstance(cell, str):
        return cell
    return "" if pd.isna(cell) else f"{cell:,.10g}"


def _in_one_line(words: tuple[str, str], own: pd.DataFrame) -> bool:
    """Return whether the words of a value and the names of its outlets fit beside one another."""
    quoted, names = words
    return "\n" not in quoted + names and width_of(quoted) + 2 + _swatches(own) + width_of(names, SMALL) <= WORDS - 2


def _lines_of(words: tuple[str, str], own: pd.DataFrame) -> int:
    return 1 if _in_one_line(words, own) else sum(part.count("\n") + 1 for part in words)


def _swatches(own: pd.DataFrame) -> float:
    """Return the width in mm of the outlets' colours in front of their names."""
    return min(own["place"].nunique(), MOST_NAMES) * (SWATCH + 0.5) + 0.8


def _draw_words(canvas: Axes, words: tuple[str, str], own: pd.DataFrame, colours: dict, y: float) -> None:
    x = QUESTION + SCALE + 5
    quoted, names = words
    canvas.text(x, y, quoted, va="top", linespacing=1.15)
    if _in_one_line(words, own):
        x, below = x + width_of(quoted) + 2, y
    else:
        below = y + (quoted.count("\n") + 1) * line_height()
    for n, place in enumerate(list(dict.fromkeys(own["place"]))[:MOST_NAMES]):
        canvas.add_patch(
            Rectangle((x + n * (SWATCH + 0.5), below + 0.2), SWATCH, SWATCH, color=colours[place], linewidth=0)
        )
    canvas.text(x + _swatches(own), below, names, va="top", size=SMALL, color=GREY, linespacing=1.15)


def _draw_scale(canvas: Axes, block: pd.DataFrame, top: float, bottom: float) -> None:
    low, high = _words(block["scale_low"].iloc[0]), _words(block["scale_high"].iloc[0])
    if not high:
        return
    x = [QUESTION + 2, QUESTION + SCALE - 2]
    same = (
        block["x_low"].nunique() == 1
        and (block["x_low"] == block["x_high"]).all()
        and block["kind"].iloc[0] != "weekday"
    )
    for at in [sum(x) / 2] if same else x:
        canvas.plot([at, at], [top, bottom - 4.4], color=LIGHT, linewidth=0.5, zorder=0)
    room = SCALE / 2 - 1
    if same:
        canvas.text(
            sum(x) / 2,
            bottom - 0.8,
            wrap(high, SCALE - 4, size=SMALL, lines=1),
            ha="center",
            va="bottom",
            size=SMALL,
            color=GREY,
        )
        return
    canvas.text(x[0] - 2, bottom - 0.8, wrap(low, room, size=SMALL, lines=1), va="bottom", size=SMALL, color=GREY)
    right = wrap(high, SCALE - width_of(low, SMALL) - 3, size=SMALL, lines=1)
    canvas.text(x[1] + 2, bottom - 0.8, right, ha="right", va="bottom", size=SMALL, color=GREY)


def _draw_value(canvas: Axes, row: object, y: float) -> None:
    if pd.isna(row["x_low"]):
        return
    left, width = QUESTION + 2, SCALE - 4
    low = left + float(row["x_low"]) * width
    high = left + (1.0 if pd.isna(row["x_high"]) else float(row["x_high"])) * width
    if pd.notna(row["x_high"]) and high - low < 0.05:
        canvas.plot([low], [y], marker="o", markersize=4.2, color=INK, markeredgewidth=0)
        return
    canvas.plot([low, high], [y, y], color=INK, linewidth=2, solid_capstyle="butt")
    ends = ((low, row["low_open"], "o"), (high, row["high_open"], ">" if pd.isna(row["x_high"]) else "o"))
    for x, is_open, marker in ends:
        hollow = str(is_open) == "True" and marker == "o"
        canvas.plot(
            [x],
            [y],
            marker=marker,
            markersize=3.6,
            color=INK,
            markerfacecolor="white" if hollow else INK,
            markeredgewidth=0.8,
        )


def _draw_key(canvas: Axes) -> None:
    y, x = 3.2, QUESTION + 2
    canvas.plot([x], [y], marker="o", markersize=4.2, color=INK, markeredgewidth=0)
    for words, draw in (("value", None), ("interval", False), ("end not included", True)):
        if draw is not None:
            canvas.plot([x, x + 5], [y, y], color=INK, linewidth=2, solid_capstyle="butt")
            canvas.plot([x], [y], marker="o", markersize=3.6, color=INK, markeredgewidth=0.8)
            face = "white" if draw else INK
            canvas.plot([x + 5], [y], marker="o", markersize=3.6, color=INK, markerfacecolor=face, markeredgewidth=0.8)
            x += 5
        canvas.text(x + 2, y, words, va="center", size=SMALL, color=GREY)
        x += width_of(words, SMALL) + 6
    canvas.plot([x, x + 5], [y, y], color=INK, linewidth=2, solid_capstyle="butt")
    canvas.plot([x + 5], [y], marker=">", markersize=3.6, color=INK)
    canvas.text(x + 7.5, y, "no upper end given", va="center", size=SMALL, color=GREY)
    canvas.text(0, y, "fact", va="center", size=TEXT, color=GREY)
    canvas.text(WIDE - 2 * MARGIN, y, "verdict", ha="right", va="center", size=TEXT, color=GREY)
