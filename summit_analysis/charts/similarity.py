"""Who told it alike: a triangle of cosines in clustering order, and each pair with its interval."""

from __future__ import annotations

from itertools import accumulate

import matplotlib as mpl
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from summit_analysis.charts.style import (
    GREY,
    INK,
    LIGHT,
    MARGIN,
    SMALL,
    TEXT,
    TINT,
    WIDE,
    Page,
    empty_page,
    ink_on,
    line_height,
    room,
    styled,
    width_of,
    wrap,
)  # fmt: skip

MOST_PAIRS, FEWEST_PAIRS = 30, 3  # that have a dot, as many as fit the page
AXIS = 10  # mm below the dots
SIDE_BY_SIDE = 7
SHADES = mpl.colormaps["Blues"]


@styled
def plot_similarity(pairs: pd.DataFrame, *, title: str, footer: str, width: float = WIDE) -> Figure:
    """Draw `pairs` (`similarity.arrange_pairs`): the matrix, and the most alike pairs as dots with 95 % intervals."""
    if pairs.empty:
        return empty_page(title, footer, width=width, message="No pair of articles to compare.")
    dotted = pairs[pairs["rank"] <= MOST_PAIRS]
    pairs = pairs[pairs["shown"]]
    n = int(pairs["place_b"].max()) + 1
    inner = width - 2 * MARGIN
    beside = n <= SIDE_BY_SIDE and width >= WIDE
    label_width = 27.0 if n <= SIDE_BY_SIDE else min(40.0, 0.4 * inner)
    matrix_width = 86.0 if beside else inner
    cell = min(12.0, (matrix_width - label_width) / n)
    dots_width = inner - (matrix_width + 4 if beside else 0)
    names_width = min(max(width_of(_name(pair)) for pair in dotted.itertuples()), dots_width * 0.6)
    names = [wrap(_name(pair), names_width + 0.1, lines=3) for pair in dotted.itertuples()]
    heights = [(name.count("\n") + 1) * line_height() + 1.6 for name in names]
    matrix_height, between = n * cell + 4, 6
    left = room(title, footer, width=width) - (0 if beside else matrix_height + between) - AXIS
    fitting = sum(end <= left for end in accumulate(heights))
    dotted, names, heights = (part[: max(fitting, FEWEST_PAIRS)] for part in (dotted, names, heights))
    dots_height = sum(heights) + AXIS
    content = max(matrix_height, dots_height) if beside else matrix_height + dots_height + between
    page = Page(title, footer, content=content, width=width)
    _draw_matrix(page, pairs, n, cell, label_width)
    x, y = (MARGIN + matrix_width + 4, 0.0) if beside else (MARGIN, matrix_height + between)
    _draw_dots(page, dotted, names, heights, x=x, y=y, width=dots_width, names_width=names_width + 2)
    return page.figure


def _name(pair: object) -> str:
    return f"{pair.label_a} – {pair.label_b}"


def _draw_matrix(page: Page, pairs: pd.DataFrame, n: int, cell: float, label_width: float) -> None:
    canvas = page.canvas(MARGIN, 0, n * cell + label_width, n * cell)
    labels = dict(zip(pairs["place_a"], pairs["label_a"], strict=True)) | dict(
        zip(pairs["place_b"], pairs["label_b"], strict=True)
    )
    lowest, highest = 0.0, max(float(pairs["cosine"].max()), 0.01) if pairs["cosine"].notna().any() else 1.0
    for pair in pairs.itertuples():
        defined = pd.notna(pair.cosine)
        depth = 0.08 + 0.72 * (pair.cosine - lowest) / (highest - lowest) if defined else 0.0
        corner = (pair.place_a * cell, pair.place_b * cell)
        canvas.add_patch(
            Rectangle(corner, cell - 0.4, cell - 0.4, facecolor=SHADES(depth) if defined else TINT, edgecolor="none")
        )
        if cell >= 6.5:
            number = f"{pair.cosine:.2f}" if defined else "n/a"
            canvas.text(
                corner[0] + (cell - 0.4) / 2, corner[1] + (cell - 0.4) / 2, number, ha="center", va="center",
                color=ink_on(SHADES(depth)) if defined else INK, size=TEXT if cell >= 9 else SMALL,
            )  # fmt: skip
    for place, label in labels.items():
        lines = max(1, int(cell // line_height()))
        size = TEXT if cell >= line_height() else SMALL
        words = wrap(label, label_width - 2 + (n - 1 - place) * cell, size=size, lines=min(3, lines))
        canvas.text(place * cell + 0.8, place * cell + cell / 2, words, ha="left", va="center", size=size)


def _draw_dots(
    page: Page,
    shown: pd.DataFrame,
    names: list[str],
    heights: list[float],
    *,
    x: float,
    y: float,
    width: float,
    names_width: float,
) -> None:
    ends = [round(end, 3) for end in accumulate(heights)]
    axes = page.axes(x + names_width, y, width - names_width, ends[-1] + 1)
    middles = [end - height / 2 for end, height in zip(ends, heights, strict=True)]
    axes.set(xlim=(0, 1), ylim=(ends[-1] + 1, 0), yticks=[], xticks=[0, 0.25, 0.5, 0.75, 1])
    axes.set_xticklabels(["0", "0.25", "0.5", "0.75", "1"])
    axes.spines["left"].set_visible(False)
    axes.grid(axis="x", color=LIGHT, linewidth=0.5)
    axes.set_axisbelow(True)
    words = "cosine (0 = no word shared, 1 = the same words)"
    axes.set_xlabel(words if width_of(words, SMALL) < width else "cosine", loc="right")
    for pair, name, middle in zip(shown.itertuples(), names, middles, strict=True):
        if pd.notna(pair.low):
            axes.plot([pair.low, pair.high], [middle, middle], color=INK, linewidth=1.1, solid_capstyle="butt")
        if pd.notna(pair.cosine):
            axes.plot([pair.cosine], [middle], "o", color=INK, markersize=4.2, clip_on=False)
        else:
            axes.text(0.02, middle, "not defined", va="center", color=GREY, size=SMALL)
        page.text(x + names_width - 2, page.top + y + middle, name, ha="right", va="center", size=TEXT)
