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
    POINT,
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
PITCH, LEAST_PITCH = 2.0, 1.5  # mm between the marks of outlets that give the same interval
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

    def words_at(self, block: pd.DataFrame) -> tuple[float, float]:
        """Return the left edge and the width of the words: those of a fact without a scale have its place as well."""
        beside = self.scale + 5 if _has_scale(block) else 0.0
        return self.left + beside, self.words + self.scale + 5 - beside - 2


@dataclass(frozen=True)
class _Line:
    """What is printed for one value: its words, and the outlets that give it, placed in mm and lines of text."""

    line: int
    quoted: str
    names: list[tuple[float, int, str, int | None]]  # left edge, line, name, place
    height: float


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
    """Draw `scaled` (`discrepancies.scaled`): a dot for a value, a bar for an interval, an arrow where it has no end.

    Marks are in the colours of the outlets, one below the other where several give the same; values that are no numbers
    have no scale, and their words its place.
    """
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
        tall = sum(line.height for line in lines)
        if _has_scale(block):
            _draw_scale(canvas, block, at - 0.6, at + tall, layout)
        for line in lines:
            own = block[block["line"] == line.line].drop_duplicates("place")
            _draw_values(canvas, own, colours, at, line.height, layout)
            _draw_words(canvas, line, colours, layout.words_at(block)[0], at)
            at += line.height
        y += height
    canvas.plot([0, layout.inner], [y, y], color=LIGHT, linewidth=0.6)
    return page.figure


def _has_scale(block: pd.DataFrame) -> bool:
    return bool(_words(block["scale_high"].iloc[0]))


def _question_height(question: str) -> float:
    return (question.count("\n") + 1) * line_height() + 1


def _measure(block: pd.DataFrame, layout: _Layout) -> tuple[pd.DataFrame, str, list[_Line], float]:
    """Return a fact's rows, its question as it is set, what is printed of each value, and its height in mm."""
    question = wrap(str(block["question"].iloc[0]), layout.question - 3, lines=6)
    room = layout.words_at(block)[1]
    lines = [_measure_line(line, own, room, _has_scale(block)) for line, own in block.groupby("line", sort=True)]
    tall = sum(line.height for line in lines)
    scale = 4.6 if _has_scale(block) else 0.5
    asked = _question_height(question)
    height = asked + tall + 1.6 + scale if layout.above else max(asked + 2, tall + 1.6 + scale, 9)
    return block, question, lines, height


def _measure_line(line: int, own: pd.DataFrame, room: float, marked: bool) -> _Line:
    said = list(dict.fromkeys(" ".join(_words(words).split()) for words in own["words"]))
    of = _words(own["of"].iloc[0])
    thing = f" – the {of}" if of else ""
    quoted = wrap(" / ".join(f"“{s}”" for s in said) + thing, room, lines=3 if room > 50 else 5)
    outlets = own.drop_duplicates("place")
    named = [(str(row.label), int(row.place)) for row in outlets.itertuples()]
    if len(named) > MOST_NAMES:
        named = [*named[: MOST_NAMES - 1], (f"{len(named) - MOST_NAMES + 1} more", None)]
    named = [(wrap(name, room - SWATCH - 0.8, size=SMALL, lines=1), place) for name, place in named]
    widths = [SWATCH + 0.8 + width_of(name, SMALL) for name, _ in named]
    first = width_of(quoted) + 2 if "\n" not in quoted else room
    places, below = flow(widths, room - first, gap=2.5), 0
    if first + min(sum(widths[:1]), room) > room or any(at for _, at in places):
        first, places, below = 0.0, flow(widths, room, gap=2.5), quoted.count("\n") + 1
    names = [(first + x, below + at, *name) for (x, at), name in zip(places, named, strict=True)]
    text = max(quoted.count("\n") + 1, names[-1][1] + 1) * line_height() + 1.2
    marks = min(len(outlets), MOST_NAMES) * LEAST_PITCH + 2 if marked else 0.0
    return _Line(line, quoted, names, max(text, marks))


def _words(cell: object) -> str:
    """Return a cell as it was written, whether or not a CSV reader has taken it for a number."""
    if isinstance(cell, str):
        return cell
    return "" if pd.isna(cell) else f"{cell:,.10g}"


def _draw_words(canvas: Axes, line: _Line, colours: list, x: float, y: float) -> None:
    canvas.text(x, y, line.quoted, va="top")
    for left, below, name, place in line.names:
        # Beside words that are set larger, on their base line.
        top = y + below * line_height() + (0 if below else (TEXT - SMALL) * POINT)
        if place is not None:
            swatch = Rectangle((x + left, top + 0.15), SWATCH, SWATCH, color=colours[place], linewidth=0)
            canvas.add_patch(swatch)
        canvas.text(x + left + SWATCH + 0.8, top, name, va="top", size=SMALL, color=GREY)


def _draw_scale(canvas: Axes, block: pd.DataFrame, top: float, bottom: float, layout: _Layout) -> None:
    """Draw where the least and the largest value stand that were told; at an end that was not, nothing is printed."""
    left, width = layout.left + 2, layout.scale - 4
    row = block.iloc[0]
    low, high = (wrap(_words(row[f"scale_{side}"]), layout.scale, size=SMALL, lines=1) for side in ("low", "high"))
    x_low, x_high = (left + float(row[f"x_scale_{side}"]) * width for side in ("low", "high"))
    for x in {x_low, x_high} if low else {x_high}:
        canvas.plot([x, x], [top, bottom], color=LIGHT, linewidth=0.5, zorder=0)
    look = {"va": "top", "size": SMALL, "color": GREY}
    edge, y = layout.left, bottom + 0.7
    right = edge + layout.scale
    if not low:
        half = width_of(high, SMALL) / 2
        canvas.text(min(max(x_high - half, edge), max(right - 2 * half, edge)), y, high, **look)
        return
    first = min(max(x_low - 2, edge), right)
    canvas.text(first, y, low, **look)
    # Below the words there is room, so an upper end that is long reaches beyond the scale.
    end = max(x_high + 2, first + 1.5 + width_of(low, SMALL) + width_of(high, SMALL))
    canvas.text(end, y, high, ha="right", **look)


def _draw_values(canvas: Axes, own: pd.DataFrame, colours: list, y: float, height: float, layout: _Layout) -> None:
    """Draw the marks of the outlets that give one interval, one below the other, in their colours."""
    if own[["x_low", "x_high"]].isna().all(axis=None):
        return
    pitch = min(PITCH, (height - 2.4) / max(len(own) - 1, 1))
    for n, row in enumerate(own.sort_values("place").itertuples()):
        size = min(4.2, 0.95 * pitch / POINT)
        _draw_value(canvas, row, colours[int(row.place)], y + line_height() / 2 + n * pitch, size, layout)


def _draw_value(canvas: Axes, row: object, colour: object, y: float, size: float, layout: _Layout) -> None:
    left, width = layout.left + 2, layout.scale - 4
    low, high = (
        left + (beyond if pd.isna(x) else float(x)) * width for x, beyond in ((row.x_low, 0.0), (row.x_high, 1.0))
    )
    if high - low < 0.05:
        canvas.plot([low], [y], marker="o", markersize=size, color=colour, markeredgewidth=0)
        return
    canvas.plot([low, high], [y, y], color=colour, linewidth=size / 2.1, solid_capstyle="butt")
    ends = ((low, row.x_low, row.low_open, "<"), (high, row.x_high, row.high_open, ">"))
    for x, told, is_open, arrow in ends:
        marker = arrow if pd.isna(told) else "o"
        face = "white" if marker == "o" and str(is_open) == "True" else colour
        canvas.plot(
            [x], [y], marker=marker, markersize=0.86 * size, color=colour, markerfacecolor=face, markeredgewidth=0.8
        )


# What the marks of the key show: no line, or a line whose right end is filled, hollow or an arrow.
KEY = (("value", ""), ("interval", "o"), ("end not included", "hollow"), ("no end given", ">"))


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
