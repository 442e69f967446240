"""How speakers are introduced: outlets as rows, speakers as columns, every reporting verb printed with its stance."""

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
    WIDE,
    Page,
    empty_page,
    flow,
    line_height,
    shorten,
    styled,
    width_of,
    wrap,
)  # fmt: skip

# From neutral to mocking, light to dark, so that it reads in grey; the letter says it without colour.
STANCES = {
    "neutral": ("N", "#d9d9d9"),
    "assertive": ("A", "#a6bddb"),
    "conceding": ("C", "#74a9cf"),
    "doubting": ("D", "#e07b39"),
    "mocking": ("M", "#8c2d04"),
    "holding": ("T", "#f0f0f0"),
    "unlisted": ("?", "#ffffff"),
}
LINE = 3.9
BOX = 2.9


@styled
def plot_reporting_verbs(marks: pd.DataFrame, *, title: str, footer: str, width: float = WIDE) -> Figure:
    """Draw `marks` (`reporting_verbs.marks`): one line a verb, boxed letter by stance, outlined where nothing is quoted."""
    if marks.empty:
        return empty_page(title, footer, "No speaker is introduced by a reporting verb.", width=width)
    marks = marks[marks["shown"]]
    key = _key(marks, width - 2 * MARGIN)
    return _matrix(marks, key, title, footer) if width >= WIDE else _list(marks, key, title, footer, width)


def _matrix(marks: pd.DataFrame, key: list, title: str, footer: str) -> Figure:
    """Draw outlets as rows and speakers as columns."""
    outlets = marks.drop_duplicates("place").sort_values("place")
    columns = marks.drop_duplicates("column").sort_values("column")
    inner = WIDE - 2 * MARGIN
    name_width = min(max(width_of(word, weight="bold") for label in outlets["label"] for word in label.split()), 24) + 3
    cell = (inner - name_width) / len(columns)
    names = [wrap(outlet.label, name_width - 2, lines=4, weight="bold") for outlet in outlets.itertuples()]
    lines = marks.groupby("place")["line"].max() + 1
    heights = [
        max(int(lines[outlet.place]) * LINE, (name.count("\n") + 1) * line_height()) + 3
        for outlet, name in zip(outlets.itertuples(), names, strict=True)
    ]
    headings = [wrap(heading, cell - 2, lines=2, weight="bold") for heading in columns["name"]]
    header = 6 + key[-1][0][1] * line_height() + max(h.count("\n") + 1 for h in headings) * line_height() + 2
    page = Page(title, footer, content=header + sum(heights))
    canvas = page.canvas(MARGIN, 0, inner, header + sum(heights))
    _draw_key(canvas, key)
    place_of = {column: n for n, column in enumerate(columns["column"])}
    for n, heading in enumerate(headings):
        canvas.text(name_width + n * cell, header - 2, heading, weight="bold", va="bottom")
    y = header
    for outlet, name, height in zip(outlets.itertuples(), names, heights, strict=True):
        canvas.plot([0, inner], [y, y], color=LIGHT, linewidth=0.6)
        canvas.text(0, y + 1.5 + LINE / 2, name.split("\n")[0], va="center", weight="bold")
        for n, more in enumerate(name.split("\n")[1:], start=1):
            canvas.text(0, y + 1.5 + LINE / 2 + n * line_height(), more, va="center", weight="bold")
        for verb in marks[marks["place"] == outlet.place].drop_duplicates(["column", "line"]).itertuples():
            x, middle = name_width + place_of[verb.column] * cell, y + 1.5 + (verb.line + 0.5) * LINE
            _draw_box(canvas, x, middle, verb.stance, quoted=verb.quoted > 0)
            count = f" ×{verb.acts}" if verb.acts > 1 else ""
            canvas.text(x + BOX + 1, middle, shorten(verb.verb, cell - BOX - 3 - width_of(count)) + count, va="center")
        y += height
    return page.figure


def _list(marks: pd.DataFrame, key: list, title: str, footer: str, width: float) -> Figure:
    """Draw outlets below one another, and in each a line or more for each speaker: one column has no room for more."""
    inner = width - 2 * MARGIN
    left = min(max(width_of(name, SMALL) for name in marks["name"].unique()) + 3, 26.0)
    rows: list[tuple[str, list, float]] = []  # heading or speaker, verbs with their places, height in mm
    for _, outlet in marks.groupby("place", sort=True):
        heading = wrap(outlet["label"].iloc[0], inner, lines=3, weight="bold")
        rows.append((heading, [], (heading.count("\n") + 1) * line_height() + 2))
        for _, speaker in outlet.groupby("column", sort=True):
            name = wrap(speaker["name"].iloc[0], left - 2, lines=4, size=SMALL)
            verbs = list(speaker.drop_duplicates("line").sort_values("line").itertuples())
            words = [shorten(v.verb, inner - left - 12) + (f" ×{v.acts}" if v.acts > 1 else "") for v in verbs]
            places = flow([BOX + 1 + width_of(said) for said in words], inner - left, gap=3)
            tall = max((places[-1][1] + 1) * LINE, (name.count("\n") + 1) * line_height(SMALL)) + 1
            rows.append((name, list(zip(verbs, words, places, strict=True)), tall))
    header = (key[-1][0][1] + 1) * line_height() + 3
    total = header + sum(height for *_, height in rows)
    page = Page(title, footer, content=total, width=width)
    canvas = page.canvas(MARGIN, 0, inner, total)
    _draw_key(canvas, key)
    y = header
    for words, verbs, height in rows:
        lines = words.count("\n") + 1
        if not verbs:
            canvas.plot([0, inner], [y, y], color=LIGHT, linewidth=0.6)
            canvas.text(0, y + 1 + lines * line_height() / 2, words, va="center", weight="bold")
        else:
            canvas.text(0, y + LINE / 2 + (lines - 1) * line_height(SMALL) / 2, words, va="center", size=SMALL)
        for verb, said, (x, line) in verbs:
            middle = y + (line + 0.5) * LINE
            _draw_box(canvas, left + x, middle, verb.stance, quoted=verb.quoted > 0)
            canvas.text(left + x + BOX + 1, middle, said, va="center")
        y += height
    return page.figure


def _draw_box(canvas: Axes, x: float, middle: float, stance: str, *, quoted: bool) -> None:
    letter, colour = STANCES[stance]
    face = colour if quoted else "white"
    edge = colour if stance in ("assertive", "conceding", "doubting", "mocking") else GREY
    corner = (x, middle - BOX / 2)
    canvas.add_patch(Rectangle(corner, BOX, BOX, facecolor=face, edgecolor=edge, linewidth=0.8))
    ink = "white" if quoted and stance == "mocking" else INK
    canvas.text(x + BOX / 2, middle + 0.05, letter, ha="center", va="center_baseline", size=SMALL, color=ink)


def _key(marks: pd.DataFrame, width: float) -> list[tuple[tuple[float, int], str, str, bool]]:
    """Return the place, stance, words and filling of each part of the key."""
    stances = marks.drop_duplicates("rank").sort_values("rank")["stance"]
    parts = [(stance, "thinking, as if said" if stance == "holding" else stance, True) for stance in stances]
    if (marks["quoted"] == 0).any():
        parts.append(("neutral", "reported, not quoted", False))
    places = flow([BOX + 1 + width_of(words, SMALL) for _, words, _ in parts], width, gap=4)
    return [(place, *part) for place, part in zip(places, parts, strict=True)]


def _draw_key(canvas: Axes, key: list) -> None:
    for (x, line), stance, words, filled in key:
        middle = 2.2 + line * line_height()
        _draw_box(canvas, x, middle, stance, quoted=filled)
        canvas.text(x + BOX + 1, middle, words, va="center", size=SMALL, color=GREY)
