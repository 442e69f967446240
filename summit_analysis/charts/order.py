"""In what order it is told: outlets as columns, claims as marks at their place in the text, a line a claim."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from summit_analysis.charts.columns import column_names, draw_names, first_columns
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
    line_height,
    styled,
    wrap,
)  # fmt: skip

STATEMENTS = 50.0  # mm at the right for the claims that are set off
LEFT, TALL = 16.0, 92.0
# Told apart without colour, which stands for outlets.
LINES = {1: ("-", "o"), 2: ("--", "s"), 3: (":", "^")}


@styled
def plot_order(order: pd.DataFrame, *, title: str, footer: str, width: float = WIDE) -> Figure:
    """Draw `order` (`prominence.order`): top = beginning of the text; three claims set off, the rest grey."""
    order = order[order["shown"].astype(bool)] if len(order) else order
    if order.empty:
        return empty_page(title, footer, "No claim is told by two articles.", width=width)
    outlets = order.drop_duplicates("place").sort_values("place")
    inner, narrow = width - 2 * MARGIN, width < WIDE
    if narrow:
        outlets, footer = first_columns(outlets, inner - LEFT, footer)
        order = order[order["place"].isin(outlets["place"])]
    n = len(outlets)
    # In one column of a journal the claims that are set off stand below the picture.
    room = inner - LEFT - (0 if narrow else STATEMENTS)
    cell = room / n
    names, angle, header = column_names(list(outlets["label"]), min(cell, 30.0), lean=not narrow)
    header += 2
    marked = order[order["highlight"] > 0]
    texts = _statements(marked, inner - 9 if narrow else STATEMENTS - 9)
    below = 4 + sum(height for *_, height in texts) if narrow else 0.0
    page = Page(title, footer, content=header + TALL + 6 + below, width=width)
    canvas = page.canvas(MARGIN, 0, inner, header + TALL + 6 + below)
    draw_names(canvas, names, angle=angle, left=LEFT, cell=cell, bottom=header)
    top = header + 3
    column = {place: LEFT + (k + 0.5) * cell for k, place in enumerate(outlets["place"])}
    for share, words in ((0.0, "first words"), (0.5, "half read"), (1.0, "last words")):
        y = top + share * TALL
        canvas.plot([LEFT, LEFT + room], [y, y], color=LIGHT, linewidth=0.5, zorder=0)
        canvas.text(LEFT - 1.5, y, words.replace(" ", "\n"), ha="right", va="center", size=SMALL, color=GREY)
    for x in column.values():
        canvas.plot([x, x], [top, top + TALL], color=LIGHT, linewidth=0.5, zorder=0)
    for highlight, rows in sorted(order.groupby("highlight"), key=lambda pair: pair[0] > 0):
        for _, claim in rows.sort_values("place").groupby("claim"):
            points = [column[p] for p in claim["place"]], [top + float(v) * TALL for v in claim["position"]]
            if highlight:
                style, marker = LINES[int(highlight)]
                canvas.plot(*points, color=INK, linewidth=1.5, linestyle=style, zorder=4)
                for x, y, status in zip(*points, claim["status"], strict=True):
                    inside = INK if status == "asserts" else "white"
                    canvas.plot(x, y, color=INK, marker=marker, markersize=4.5, markerfacecolor=inside, zorder=5)
            else:
                canvas.plot(*points, color="#bdbdbd", linewidth=0.5, marker="o", markersize=2, zorder=1)
    if narrow:
        y = top + TALL + 6
        for row, text, height in texts:
            _write_statement(canvas, row, text, 0, y + height / 2)
            y += height
    else:
        _write_beside(canvas, texts, column, top, LEFT + room)
    return page.figure


def _statements(marked: pd.DataFrame, width: float) -> list[tuple[object, str, float]]:
    """Return the last mark of each claim that is set off, its words in lines, and their height."""
    ends = marked.sort_values("place").drop_duplicates("claim", keep="last").sort_values(["position", "highlight"])
    texts = [wrap(str(statement), width, lines=7) for statement in ends["statement"]]
    return [
        (row, text, (text.count("\n") + 1) * line_height() + 3)
        for row, text in zip(ends.itertuples(), texts, strict=True)
    ]


def _write_beside(canvas: Axes, texts: list, column: dict, top: float, left: float) -> None:
    """Write each claim that is set off beside the end of its line, moved apart where they would overlap."""
    floor, at = top, []
    for row, _, height in texts:
        y = max(top + float(row.position) * TALL - height / 2, floor)
        at.append(y)
        floor = y + height
    limit = top + TALL + 3
    for k in range(len(at) - 1, -1, -1):
        at[k] = min(at[k], limit - texts[k][2])
        limit = at[k]
    for (row, text, height), y in zip(texts, at, strict=True):
        middle = y + height / 2
        end = column[row.place], top + float(row.position) * TALL
        canvas.plot([end[0], left + 1.5], [end[1], middle], color=GREY, linewidth=0.5, zorder=3)
        _write_statement(canvas, row, text, left, middle)


def _write_statement(canvas: Axes, row: object, text: str, left: float, middle: float) -> None:
    """Write a claim with the line and mark that it has in the picture."""
    style, marker = LINES[int(row.highlight)]
    canvas.plot([left + 1.5, left + 6.5], [middle, middle], color=INK, linewidth=1.5, linestyle=style)
    canvas.plot([left + 4], [middle], color=INK, marker=marker, markersize=4.5)
    canvas.text(left + 8, middle, text, va="center", size=TEXT)
