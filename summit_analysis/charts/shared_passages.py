"""Who shares copy: the articles as strips from first to last word, shared passages as ribbons between them."""

from __future__ import annotations

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
    line_height,
    shorten,
    styled,
    wrap,
)  # fmt: skip

OWN, OTHER, QUOTED = "#1f4e79", "#a6a6a6", "#595959"
STRIP_OWN, STRIP_QUOTED = "#e4e4e4", "#ffffff"
# mm
RIGHT = WIDE - 2 * MARGIN
NAMES, COUNTS = 38.0, 13.0
HEADER, STRIP = 10.0, 3.4
SMALLEST = 0.8
LABEL, LABEL_LINES = 150, 3  # characters, lines


@styled
def plot_shared_passages(strips: pd.DataFrame, *, title: str, footer: str) -> Figure:
    """Draw `strips` (`shared_passages.strips`): own prose filled, quotations outlined, the rarest ribbons darkest."""
    shown = strips[strips["shown"]]
    articles = shown[shown["mark"] == "article"].sort_values("place")
    if articles.empty:
        return empty_page(title, footer, "No articles to compare.")
    ribbons = shown[(shown["mark"] == "passage") & shown["drawn"]]
    # Cells that only passages have come back from the CSV as text.
    ribbons = ribbons.astype({"place_b": float, "start_b": float, "end_b": float, "strength": float})
    labelled = ribbons[ribbons["rank"] > 0].sort_values("rank")
    step = _distance(len(articles), empty=ribbons.empty)
    below = (len(articles) - 1) * step + STRIP + 3
    texts = [_label(row) for row in labelled.itertuples()]
    notes = sum((text.count("\n") + 1) * line_height(SMALL) + 1.6 for text in texts) if texts else 6.0
    page = Page(title, footer, content=HEADER + below + notes)
    canvas = page.canvas(MARGIN, 0, RIGHT, HEADER + below + notes)
    _draw_header(canvas)
    for ribbon in ribbons.sort_values(["joined", "strength", "place", "start"]).itertuples():
        _draw_ribbon(canvas, ribbon, step)
    for article in articles.itertuples():
        _draw_strip(canvas, article, shown[(shown["place"] == article.place)], step)
    _draw_badges(canvas, labelled, step)
    _write_labels(canvas, texts, HEADER + below + 1)
    return page.figure


def _distance(articles: int, *, empty: bool) -> float:
    """Return the distance of two strips: wide for few, so that ribbons can be told apart."""
    return 8.0 if empty else max(10.0, min(24.0, 110.0 / max(articles - 1, 1)))


def _x(position: float) -> float:
    return NAMES + position * (RIGHT - NAMES - COUNTS)


def _top(place: int, step: float) -> float:
    return HEADER + place * step


def _draw_header(canvas: Axes) -> None:
    small = {"size": SMALL, "color": GREY, "va": "center"}
    canvas.add_patch(Rectangle((NAMES, 0.7), 5, 2.6, facecolor=to_rgba(OWN, 0.6), edgecolor="none"))
    canvas.text(NAMES + 6.2, 2, "own prose, articles that share copy", **small)
    canvas.add_patch(Rectangle((NAMES + 59, 0.7), 5, 2.6, facecolor=to_rgba(OTHER, 0.5), edgecolor="none"))
    canvas.text(NAMES + 65.2, 2, "other own prose", **small)
    canvas.add_patch(Rectangle((NAMES + 91, 0.7), 5, 2.6, facecolor="none", edgecolor=QUOTED, linewidth=0.7))
    canvas.text(NAMES + 97.2, 2, "quotation", **small)
    canvas.add_patch(_tick(NAMES + 116, 3.0))
    canvas.text(NAMES + 118, 2, "heading", **small)
    canvas.text(NAMES, 5.8, "first word", **small)
    canvas.text(RIGHT - COUNTS, 5.8, "last word", ha="right", **small)
    canvas.text(RIGHT, 5.8, "words", ha="right", **small)


def _tick(x: float, y: float) -> Polygon:
    """Return the mark of a heading: a small wedge whose point is at `x`, `y`."""
    return Polygon([(x - 0.8, y - 1.5), (x + 0.8, y - 1.5), (x, y)], facecolor=INK, edgecolor="none")


def _draw_strip(canvas: Axes, article: object, marks: pd.DataFrame, step: float) -> None:
    y = _top(article.place, step)
    canvas.add_patch(Rectangle((_x(0), y), _x(1) - _x(0), STRIP, facecolor=STRIP_OWN, edgecolor=LIGHT, linewidth=0.4))
    for mark in marks.itertuples():
        left, width = _x(mark.start), (mark.end - mark.start) * (_x(1) - _x(0))
        if mark.mark == "quotation":
            quoted = Rectangle((left, y + 0.35), max(width, 0.3), STRIP - 0.7, facecolor=STRIP_QUOTED, edgecolor=QUOTED)
            quoted.set_linewidth(0.5)
            canvas.add_patch(quoted)
        elif mark.mark == "heading":
            canvas.add_patch(_tick(left, y + 0.2))
    canvas.text(
        0, y + STRIP / 2, shorten(article.label, NAMES - 2, weight="bold"), size=TEXT, weight="bold", va="center"
    )
    canvas.text(RIGHT, y + STRIP / 2, f"{article.words:,}", size=SMALL, color=GREY, ha="right", va="center")


def _draw_ribbon(canvas: Axes, ribbon: object, step: float) -> None:
    upper, lower = _top(ribbon.place, step) + STRIP, _top(ribbon.place_b, step)
    (a, b), (c, d) = _ends(ribbon.start, ribbon.end), _ends(ribbon.start_b, ribbon.end_b)
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


def _ends(start: float, end: float) -> tuple[float, float]:
    left, right = _x(start), _x(end)
    if right - left < SMALLEST:
        left = min((left + right - SMALLEST) / 2, _x(1) - SMALLEST)
        right = left + SMALLEST
    return left, right


def _draw_badges(canvas: Axes, labelled: pd.DataFrame, step: float) -> None:
    """Write the number of each labelled passage on its upper end, below the strip."""
    taken: list[tuple[float, float]] = []
    for ribbon in labelled.itertuples():
        x, y = sum(_ends(ribbon.start, ribbon.end)) / 2, _top(ribbon.place, step) + STRIP + 2.4
        while any(abs(x - u) < 4.2 and abs(y - v) < 3.6 for u, v in taken):
            x += 4.3
        taken.append((x, y))
        canvas.add_patch(Circle((x, y), 1.8, facecolor="white", edgecolor=INK, linewidth=0.7, zorder=3))
        canvas.text(x, y + 0.05, str(int(ribbon.rank)), size=SMALL, ha="center", va="center", zorder=4)


def _label(ribbon: object) -> str:
    where = f"{ribbon.label} and {ribbon.label_b}"
    text = " ".join(ribbon.text.split())
    text = text if len(text) <= LABEL else f"{text[:LABEL].rstrip()}…"
    return wrap(f"“{text}” ({shorten(where, 110, SMALL)})", RIGHT - 7, size=SMALL, lines=LABEL_LINES)


def _write_labels(canvas: Axes, texts: list[str], y: float) -> None:
    if not texts:
        canvas.text(0, y + 2, "No passage is shared that chance does not explain.", size=TEXT, color=GREY, va="center")
    for number, text in enumerate(texts, start=1):
        canvas.add_patch(Circle((2, y + 1.9), 1.8, facecolor="white", edgecolor=INK, linewidth=0.7))
        canvas.text(2, y + 1.95, str(number), size=SMALL, ha="center", va="center")
        canvas.text(6, y + 0.4, text, size=SMALL, va="top", linespacing=1.3)
        y += (text.count("\n") + 1) * line_height(SMALL) + 1.6
