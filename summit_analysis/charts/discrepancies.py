"""Where articles disagree on facts: each fact a row with a scale of its own, each value with its words."""

from __future__ import annotations

from dataclasses import dataclass

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
    flow,
    line_height,
    outlet_colours,
    styled,
    width_of,
    wrap,
)  # fmt: skip
from summit_analysis.measures.discrepancies import MOST_FACTS

VERDICT = 14.0  # mm
SWATCH = 2.2
MOST_NAMES = 12  # outlets named on one line of a fact
LOOKS = {"hard": (WARNING, "bold"), "soft": (INK, "bold"), "agree": (GREY, "normal")}


@dataclass(frozen=True)
class _Layout:
    """Widths in mm, and whether a fact's question stands above its values, as in one column of a journal."""

    inner: float
    question: float
    left: float
    scale: float
    words: float
    above: bool

    @property
    def at(self) -> float:
        """The left edge of the words."""
        return self.left + self.scale + 5


def _lay_out(width: float) -> _Layout:
    inner = width - 2 * MARGIN
    if width >= WIDE:
        return _Layout(inner, 42.0, 42.0, 46.0, inner - 42.0 - 46.0 - VERDICT - 8, above=False)
    return _Layout(inner, inner - VERDICT, 0.0, 28.0, inner - 28.0 - 5, above=True)


def drawn(scaled: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that the figure draws: of the facts that several articles give the first `MOST_FACTS`."""
    compared = scaled[(scaled["verdict"] != "single") & scaled["shown"].astype(bool)]
    return compared[compared["row"].isin(sorted(compared["row"].unique())[:MOST_FACTS])]


@styled
def plot_discrepancies(scaled: pd.DataFrame, *, title: str, footer: str, width: float = WIDE) -> Figure:
    """Draw `scaled` (`discrepancies.scaled`): a dot for a value, a bar for an interval, an arrow where it has no end."""
    compared = drawn(scaled)
    if compared.empty:
        return empty_page(title, footer, "No fact has values of two articles that can be compared.", width=width)
    colours = outlet_colours(int(scaled["compared"].iloc[0]))
    layout = _lay_out(width)
    blocks = [_measure(block, layout) for _, block in compared.groupby("row", sort=True)]
    key = 9.0 if width >= WIDE else 9.0 + 2 * line_height()
    total = key + sum(height for *_, height in blocks) + 2
    page = Page(title, footer, content=total, width=width)
    canvas = page.canvas(MARGIN, 0, layout.inner, total)
    _draw_key(canvas, layout)
    y = key
    for block, question, lines, height in blocks:
        canvas.plot([0, layout.inner], [y, y], color=LIGHT, linewidth=0.6)
        canvas.text(0, y + 1.6, question, va="top")
        verdict = str(block["verdict"].iloc[0])
        colour, weight = LOOKS[verdict]
        canvas.text(layout.inner, y + 1.6, verdict, ha="right", va="top", color=colour, weight=weight)
        at = y + 1.6 + (_question_height(question) if layout.above else 0)
        _draw_scale(canvas, block, at - 0.6, y + height, layout)
        for line, words in lines:
            own = block[block["line"] == line]
            _draw_value(canvas, own.iloc[0], at + line_height() / 2, layout)
            _draw_words(canvas, words, own, colours, at, layout)
            at += _lines_of(words, own, layout) * line_height() + 1.2
        y += height
    canvas.plot([0, layout.inner], [y, y], color=LIGHT, linewidth=0.6)
    return page.figure


def _question_height(question: str) -> float:
    return (question.count("\n") + 1) * line_height() + 1


def _measure(block: pd.DataFrame, layout: _Layout) -> tuple[pd.DataFrame, str, list, float]:
    """Return a fact's rows, its question as it is set, the words of each line, and its height in mm."""
    question = wrap(str(block["question"].iloc[0]), layout.question - 3, lines=6)
    lines = []
    for line, own in block.groupby("line", sort=True):
        said = list(dict.fromkeys(" ".join(str(e).split()) for e in own["evidence"]))
        names = list(dict.fromkeys(own["label"]))
        if len(names) > MOST_NAMES:
            names = [*names[: MOST_NAMES - 1], f"{len(names) - MOST_NAMES + 1} more"]
        of = _words(own["of"].iloc[0])
        thing = f" – the {of}" if of else ""
        quoted = wrap(" / ".join(f"“{s}”" for s in said) + thing, layout.words - 2, lines=3 if layout.words > 50 else 5)
        named = wrap(
            ", ".join(names), layout.words - 2 - _swatches(own), lines=8 if layout.words > 50 else 12, size=SMALL
        )
        lines.append((line, (quoted, named)))
    tall = sum(_lines_of(words, block[block["line"] == line], layout) * line_height() + 1.2 for line, words in lines)
    scale = 4.6 if _words(block["scale_high"].iloc[0]) else 0.5
    asked = _question_height(question)
    height = asked + tall + 1.6 + scale if layout.above else max(asked + 2, tall + 1.6 + scale, 9)
    return block, question, lines, height


def _words(cell: object) -> str:
    """Return a cell as it was written, whether or not a CSV reader has taken it for a number."""
    if isinstance(cell, str):
        return cell
    return "" if pd.isna(cell) else f"{cell:,.10g}"


def _in_one_line(words: tuple[str, str], own: pd.DataFrame, layout: _Layout) -> bool:
    """Return whether the words of a value and the names of its outlets fit beside one another."""
    quoted, names = words
    needed = width_of(quoted) + 2 + _swatches(own) + width_of(names, SMALL)
    return "\n" not in quoted + names and needed <= layout.words - 2


def _lines_of(words: tuple[str, str], own: pd.DataFrame, layout: _Layout) -> int:
    return 1 if _in_one_line(words, own, layout) else sum(part.count("\n") + 1 for part in words)


def _swatches(own: pd.DataFrame) -> float:
    """Return the width in mm of the outlets' colours in front of their names."""
    return min(own["place"].nunique(), MOST_NAMES) * (SWATCH + 0.5) + 0.8


def _draw_words(
    canvas: Axes, words: tuple[str, str], own: pd.DataFrame, colours: list, y: float, layout: _Layout
) -> None:
    x = layout.at
    quoted, names = words
    canvas.text(x, y, quoted, va="top")
    if _in_one_line(words, own, layout):
        x, below = x + width_of(quoted) + 2, y
    else:
        below = y + (quoted.count("\n") + 1) * line_height()
    for n, place in enumerate(list(dict.fromkeys(own["place"]))[:MOST_NAMES]):
        canvas.add_patch(
            Rectangle((x + n * (SWATCH + 0.5), below + 0.2), SWATCH, SWATCH, color=colours[place], linewidth=0)
        )
    canvas.text(x + _swatches(own), below, names, va="top", size=SMALL, color=GREY)


def _draw_scale(canvas: Axes, block: pd.DataFrame, top: float, bottom: float, layout: _Layout) -> None:
    low, high = _words(block["scale_low"].iloc[0]), _words(block["scale_high"].iloc[0])
    if not high:
        return
    x = [layout.left + 2, layout.left + layout.scale - 2]
    same = (
        block["x_low"].nunique() == 1
        and (block["x_low"] == block["x_high"]).all()
        and block["kind"].iloc[0] != "weekday"
    )
    for at in [sum(x) / 2] if same else x:
        canvas.plot([at, at], [top, bottom - 4.4], color=LIGHT, linewidth=0.5, zorder=0)
    look = {"va": "bottom", "size": SMALL, "color": GREY}
    if same:
        words = wrap(high, layout.scale - 4, size=SMALL, lines=1)
        canvas.text(sum(x) / 2, bottom - 0.8, words, ha="center", **look)
        return
    # Below the words there is room, so an upper end that is long reaches beyond the scale.
    left, right = wrap(low, layout.scale, size=SMALL, lines=1), wrap(high, layout.scale, size=SMALL, lines=1)
    canvas.text(x[0] - 2, bottom - 0.8, left, **look)
    end = max(x[1] + 2, x[0] + 1 + width_of(left, SMALL) + width_of(right, SMALL))
    canvas.text(end, bottom - 0.8, right, ha="right", **look)


def _draw_value(canvas: Axes, row: object, y: float, layout: _Layout) -> None:
    if pd.isna(row["x_low"]):
        return
    left, width = layout.left + 2, layout.scale - 4
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


# What the marks of the key show: no line, or a line whose right end is filled, hollow or an arrow.
KEY = (("value", ""), ("interval", "o"), ("end not included", "hollow"), ("no upper end given", ">"))


def _draw_key(canvas: Axes, layout: _Layout) -> None:
    grey = {"va": "center", "size": TEXT, "color": GREY}
    canvas.text(0, 3.2, "fact", **grey)
    canvas.text(layout.inner, 3.2, "verdict", ha="right", **grey)
    left, top = (2.0, 3.2 + line_height()) if layout.above else (layout.left + 2, 3.2)
    room = layout.inner - left - (0 if layout.above else VERDICT)
    places = flow([(7 if end else 2) + width_of(words, SMALL) for words, end in KEY], room)
    for (words, end), (along, line) in zip(KEY, places, strict=True):
        start, y = left + along, top + line * line_height()
        x = start + 5 if end else start
        look = {"color": INK, "markersize": 3.6, "markeredgewidth": 0.8}
        if end:
            canvas.plot([start, x], [y, y], color=INK, linewidth=2, solid_capstyle="butt")
            if end != ">":
                canvas.plot([start], [y], marker="o", **look)
            face = "white" if end == "hollow" else INK
            canvas.plot([x], [y], marker=">" if end == ">" else "o", markerfacecolor=face, **look)
        else:
            canvas.plot([x], [y], marker="o", markersize=4.2, color=INK, markeredgewidth=0)
        canvas.text(x + 2, y, words, va="center", size=SMALL, color=GREY)
