"""Who shares copy: the articles as strips from first to last word, shared passages as ribbons between them."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure
from matplotlib.patches import Circle, PathPatch, Polygon, Rectangle
from matplotlib.path import Path

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
    flow,
    line_height,
    room,
    shorten,
    styled,
    width_of,
    wrap,
)  # fmt: skip

OWN, OTHER, QUOTED = "#1f4e79", "#a6a6a6", "#595959"
STRIP_OWN, STRIP_QUOTED = "#e4e4e4", "#ffffff"
# mm
COUNTS, STRIP, NEAREST = 13.0, 3.4, 7.0
SMALLEST = 0.8
LABEL = 150  # characters


@dataclass(frozen=True)
class _Layout:
    """Where the strips stand, in mm: width of all, left edge, the height of the key, and the distance of two strips."""

    right: float
    left: float
    header: float
    step: float

    def x(self, position: float) -> float:
        """Return the place of a position in [0, 1] of an article."""
        return self.left + position * (self.right - self.left - COUNTS)

    def top(self, place: int) -> float:
        """Return the upper edge of a strip."""
        return self.header + place * self.step


@styled
def plot_shared_passages(strips: pd.DataFrame, *, title: str, footer: str, width: float = WIDE) -> Figure:
    """Draw `strips` (`shared_passages.strips`): own prose filled, quotations outlined, the rarest ribbons darkest."""
    shown = strips[strips["shown"]]
    articles = shown[shown["mark"] == "article"].sort_values("place")
    if articles.empty:
        return empty_page(title, footer, "No articles to compare.", width=width)
    ribbons = shown[(shown["mark"] == "passage") & shown["drawn"]]
    # Cells that only passages have come back from the CSV as text.
    ribbons = ribbons.astype({"place_b": float, "start_b": float, "end_b": float, "strength": float})
    labelled = ribbons[ribbons["rank"] > 0].sort_values("rank")
    narrow, right = width < WIDE, width - 2 * MARGIN
    left = 24.0 if narrow else 38.0
    key = _key(right - (0 if narrow else left))
    names = [
        wrap(article.label, left - 2, lines=4 if narrow else 1, weight="bold") for article in articles.itertuples()
    ]
    texts = [_label(row, right) for row in labelled.itertuples()]
    notes = sum((text.count("\n") + 1) * line_height(SMALL) + 1.6 for text in texts) if texts else 6.0
    header, rest = 6.0 + (key[-1][0][1] + 1) * line_height(), STRIP + 3
    fitting = (room(title, footer, width=width) - header - notes - rest) / max(len(articles) - 1, 1)
    step = min(_distance(len(articles), empty=ribbons.empty), fitting)
    step = max(step, *((name.count("\n") + 1) * line_height() + 1 for name in names), NEAREST)
    layout = _Layout(right, left, header, step)
    below = (len(articles) - 1) * step + rest
    if narrow:
        below += names[-1].count("\n") * line_height() / 2
    total = layout.header + below + notes
    page = Page(title, footer, content=total, width=width)
    canvas = page.canvas(MARGIN, 0, right, total)
    _draw_header(canvas, layout, key, 0 if narrow else left)
    for ribbon in ribbons.sort_values(["joined", "strength", "place", "start"]).itertuples():
        _draw_ribbon(canvas, ribbon, layout)
    for article, name in zip(articles.itertuples(), names, strict=True):
        _draw_strip(canvas, article, name, shown[(shown["place"] == article.place)], layout)
    _draw_badges(canvas, labelled, layout)
    _write_labels(canvas, texts, layout.header + below + 1)
    return page.figure


def _distance(articles: int, *, empty: bool) -> float:
    """Return the distance of two strips: wide for few, so that ribbons can be told apart."""
    return 8.0 if empty else max(10.0, min(24.0, 110.0 / max(articles - 1, 1)))


KEY = (
    ("joined", "own prose, articles that share copy"), ("other", "other own prose"), ("quoted", "quotation"),
    ("heading", "heading"),
)  # fmt: skip


def _key(width: float) -> list[tuple[tuple[float, int], str, str]]:
    """Return the place, kind and words of each part of the key."""
    places = flow([(2 if kind == "heading" else 6.2) + width_of(words, SMALL) for kind, words in KEY], width, gap=4)
    return [(place, *part) for place, part in zip(places, KEY, strict=True)]


def _draw_header(canvas: Axes, layout: _Layout, key: list, left: float) -> None:
    small = {"size": SMALL, "color": GREY, "va": "center"}
    looks = {
        "joined": {"facecolor": to_rgba(OWN, 0.6), "edgecolor": "none"},
        "other": {"facecolor": to_rgba(OTHER, 0.5), "edgecolor": "none"},
        "quoted": {"facecolor": "none", "edgecolor": QUOTED, "linewidth": 0.7},
    }
    for (along, line), kind, words in key:
        x, y = left + along, 2 + line * line_height()
        if kind == "heading":
            canvas.add_patch(_tick(x + 0.8, y + 1.0))
        else:
            canvas.add_patch(Rectangle((x, y - 1.3), 5, 2.6, **looks[kind]))
        canvas.text(x + (2.6 if kind == "heading" else 6.2), y, words, **small)
    y = layout.header - 3.6
    canvas.text(layout.left, y, "first word", **small)
    canvas.text(layout.right - COUNTS, y, "last word", ha="right", **small)
    canvas.text(layout.right, y, "words", ha="right", **small)


def _tick(x: float, y: float) -> Polygon:
    """Return the mark of a heading: a small wedge whose point is at `x`, `y`."""
    return Polygon([(x - 0.8, y - 1.5), (x + 0.8, y - 1.5), (x, y)], facecolor=INK, edgecolor="none")


def _draw_strip(canvas: Axes, article: object, name: str, marks: pd.DataFrame, layout: _Layout) -> None:
    y, reach = layout.top(article.place), layout.x(1) - layout.x(0)
    canvas.add_patch(Rectangle((layout.x(0), y), reach, STRIP, facecolor=STRIP_OWN, edgecolor=LIGHT, linewidth=0.4))
    for mark in marks.itertuples():
        left, width = layout.x(mark.start), (mark.end - mark.start) * reach
        if mark.mark == "quotation":
            quoted = Rectangle((left, y + 0.35), max(width, 0.3), STRIP - 0.7, facecolor=STRIP_QUOTED, edgecolor=QUOTED)
            quoted.set_linewidth(0.5)
            canvas.add_patch(quoted)
        elif mark.mark == "heading":
            canvas.add_patch(_tick(left, y + 0.2))
    canvas.text(0, y + STRIP / 2, name, size=TEXT, weight="bold", va="center")
    canvas.text(layout.right, y + STRIP / 2, f"{article.words:,}", size=SMALL, color=GREY, ha="right", va="center")


def _draw_ribbon(canvas: Axes, ribbon: object, layout: _Layout) -> None:
    upper, lower = layout.top(ribbon.place) + STRIP, layout.top(ribbon.place_b)
    (a, b), (c, d) = _ends(ribbon.start, ribbon.end, layout), _ends(ribbon.start_b, ribbon.end_b, layout)
    bend = 0.5 * (lower - upper)
    corners = [
        (Path.MOVETO, (a, upper)),
        *((Path.CURVE4, p) for p in ((a, upper + bend), (c, lower - bend), (c, lower))),
        (Path.LINETO, (d, lower)),
        *((Path.CURVE4, p) for p in ((d, lower - bend), (b, upper + bend), (b, upper))),
        (Path.CLOSEPOLY, (a, upper)),
    ]
    path = Path([point for _, point in corners], [code for code, _ in corners])
    strength = float(ribbon.strength)
    if ribbon.voice == "quoted":
        style = {"facecolor": "none", "edgecolor": to_rgba(QUOTED, 0.35 + 0.45 * strength), "linewidth": 0.6}
    else:
        fill = to_rgba(OWN, 0.25 + 0.5 * strength) if ribbon.joined else to_rgba(OTHER, 0.3 + 0.3 * strength)
        style = {"facecolor": fill, "edgecolor": "none"}
    # Beneath the strips, so that one that passes an article by is seen to.
    canvas.add_patch(PathPatch(path, zorder=0.5, **style))


def _ends(start: float, end: float, layout: _Layout) -> tuple[float, float]:
    left, right = layout.x(start), layout.x(end)
    if right - left < SMALLEST:
        left = min((left + right - SMALLEST) / 2, layout.x(1) - SMALLEST)
        right = left + SMALLEST
    return left, right


def _draw_badges(canvas: Axes, labelled: pd.DataFrame, layout: _Layout) -> None:
    """Write the number of each labelled passage on its upper end, below the strip."""
    taken: list[tuple[float, float]] = []
    for ribbon in labelled.itertuples():
        x, y = sum(_ends(ribbon.start, ribbon.end, layout)) / 2, layout.top(ribbon.place) + STRIP + 2.4
        while any(abs(x - u) < 4.2 and abs(y - v) < 3.6 for u, v in taken):
            x += 4.3
        taken.append((x, y))
        canvas.add_patch(Circle((x, y), 1.8, facecolor="white", edgecolor=INK, linewidth=0.7, zorder=3))
        canvas.text(x, y + 0.05, str(int(ribbon.rank)), size=SMALL, ha="center", va="center", zorder=4)


def _label(ribbon: object, right: float) -> str:
    where = f"{ribbon.label} and {ribbon.label_b}"
    text = " ".join(ribbon.text.split())
    if len(text) > LABEL:
        text = f"{text[:LABEL].rsplit(' ', 1)[0]}…"
    return wrap(f"“{text}” ({shorten(where, 110, SMALL)})", right - 7, size=SMALL, lines=round(3 * WIDE / right))


def _write_labels(canvas: Axes, texts: list[str], y: float) -> None:
    if not texts:
        canvas.text(0, y + 2, "No passage is shared that chance does not explain.", size=TEXT, color=GREY, va="center")
    for number, text in enumerate(texts, start=1):
        canvas.add_patch(Circle((2, y + 1.9), 1.8, facecolor="white", edgecolor=INK, linewidth=0.7))
        canvas.text(2, y + 1.95, str(number), size=SMALL, ha="center", va="center")
        canvas.text(6, y + 0.4, text, size=SMALL, va="top")
        y += (text.count("\n") + 1) * line_height(SMALL) + 1.6
