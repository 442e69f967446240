"""What each outlet told and left out: claims as rows, outlets as columns."""

from __future__ import annotations

from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

import matplotlib as mpl
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.patches import Circle, Polygon, Rectangle

from summit_analysis.charts.columns import LEANING, column_names, draw_names, first_columns
from summit_analysis.charts.style import (
    GREY,
    INK,
    LIGHT,
    MARGIN,
    SMALL,
    TEXT,
    TINT,
    WARNING,
    WIDE,
    Page,
    empty_page,
    line_height,
    styled,
    width_of,
    wrap,
)  # fmt: skip

# Dark = told early, light = told late; the lightest shade still stands off the tint of "not found".
SHADES = LinearSegmentedColormap.from_list("early to late", mpl.colormaps["Blues"]([0.98, 0.7, 0.42]))
MARK = 3.8
INTERVALS = ", with the 95 % Wilson interval of their share"  # what narrow columns have no room for


@styled
def plot_coverage(coverage: pd.DataFrame, *, title: str, footer: str, width: float = WIDE) -> Figure:
    """Draw `coverage` (`lineages.independent`): told filled and shaded by how early, partial half, contradicts crossed.

    A white dot is told in other words than the claim's, a ring absent though a sentence comes near it.
    """
    if coverage.empty:
        return empty_page(title, footer, width=width, message="No claims are coded.")
    coverage = coverage[coverage["shown"]]
    outlets = coverage.drop_duplicates("place").sort_values("place")
    if width < WIDE:
        outlets, footer = first_columns(outlets, 0.5 * (width - 2 * MARGIN), footer)
        coverage = coverage[coverage["place"].isin(outlets["place"])]
    claims = coverage.drop_duplicates("row").sort_values("row")
    n = len(outlets)
    inner, narrow = width - 2 * MARGIN, width < WIDE
    cell = min(LEANING - 0.1, 0.5 * inner / n) if narrow else min(11.5, 74.0 / n if n <= 16 else 104.0 / n)
    names, angle, header = column_names(list(outlets["label"]), cell)
    # Turned names lean to the right, beyond the last column.
    reach = (
        [(place + 0.5 - n) * cell + width_of(name) * 0.72 for place, name in enumerate(names)] if angle == 45 else [0]
    )
    weights = [_weight(claim) for claim in claims.itertuples()]
    right = max(*(width_of(weight, SMALL) + 3 for weight in weights), *reach)
    statement_width = inner - n * cell - right - 3
    statements = [wrap(statement, statement_width - 3, lines=12 if narrow else 4) for statement in claims["statement"]]
    heights = [max(MARK + 1.1, (s.count("\n") + 1) * line_height() + 1.3) for s in statements]
    theme_height, mark = 5.6, min(MARK, cell - 0.5)
    themes = claims["theme"].ne(claims["theme"].shift()) & (claims["theme"] != "")
    used = {status for told in coverage.itertuples() for status in _marks(told)}
    left = statement_width + 3
    # The key stands above the names, or left of them where that takes less room.
    key, beside = (_place_key(room, used, _bracket(claims)) for room in (inner, left - 5))
    above, level = header + key[-1].y - KEY_LINE / 2, max(header, beside[-1].y + KEY_LINE / 2) - 7
    fits = all(entry.x + entry.width <= left - 5 for entry in beside)
    key, header = (beside, level) if fits and level < above else (key, above)
    total = header + 9 + sum(heights) + theme_height * int(themes.sum()) + 13
    wide = cell >= 11
    page = Page(title, footer if wide else footer.replace(INTERVALS, ""), content=total, width=width)
    canvas = page.canvas(MARGIN, 0, inner, total)
    _draw_key(canvas, key)
    draw_names(canvas, names, angle=angle, left=left, cell=cell, bottom=header + 7)
    y = header + 8.5
    by_claim = {
        row: list(told)
        for row, told in groupby(coverage.sort_values("row", kind="stable").itertuples(), key=attrgetter("row"))
    }
    rows = zip(claims.itertuples(), statements, heights, themes, weights, strict=True)
    for claim, statement, height, opens, weight in rows:
        if opens:
            canvas.text(
                0,
                y + theme_height - 1.2,
                wrap(claim.theme, statement_width, lines=1).upper(),
                weight="bold",
                size=SMALL,
                va="bottom",
                color=GREY,
            )
            y += theme_height
            canvas.plot([0, inner], [y, y], color=LIGHT, linewidth=0.6)
        middle = y + height / 2
        canvas.text(0, middle, statement, va="center")
        for told in by_claim[claim.row]:
            for status in _marks(told):
                _draw_mark(canvas, left + (told.place + 0.5) * cell, middle, status, told.first_position, size=mark)
        canvas.text(left + n * cell + 2, middle, weight, va="center", size=SMALL, color=INK)
        y += height
    canvas.plot([0, inner], [y + 1, y + 1], color=GREY, linewidth=0.8)
    # A sheet of several has the totals of all.
    part = len(claims) < outlets["claims"].max()
    total_of = (
        ("told in all" if narrow else "claims told, all parts")
        if part
        else "claims told" + ("" if narrow else ", of those coded")
    )
    canvas.text(0, y + 4.2, total_of, va="center", size=TEXT, weight="bold")
    if wide:
        canvas.text(0, y + 8.2, "95 % interval of the share, in %", va="center", size=SMALL, color=GREY)
    totals = _totals(list(outlets["article_told"].astype(str)), cell)
    for outlet in outlets.itertuples():
        x = left + (outlet.place + 0.5) * cell
        canvas.text(x, y + 4.2, str(outlet.article_told), ha="center", va="center", **totals)
        if wide and outlet.claims:
            interval = f"{100 * outlet.article_low:.0f}–{100 * outlet.article_high:.0f}"
            canvas.text(x, y + 8.2, interval, ha="center", va="center", size=SMALL, color=GREY)
    if outlets["claims"].nunique() == 1:
        canvas.text(left + n * cell + 2, y + 4.2, f"of {outlets['claims'].iloc[0]}", va="center", size=SMALL)
    return page.figure


def _weight(claim: object) -> str:
    """Return how many articles tell a claim, and in brackets how many independently, where these are fewer."""
    fewer = f" ({claim.independent})" if claim.independent < claim.weight else ""
    return f"{claim.weight} of {claim.coded}{fewer}"


def _totals(totals: list[str], cell: float) -> dict[str, object]:
    """Return how totals are set so that they stand apart in columns of `cell` mm: bold, else light, else turned."""
    if max(width_of(total, weight="bold") for total in totals) < cell - 0.9:
        return {"weight": "bold"}
    light = max(width_of(total, SMALL) for total in totals) < cell - 0.7
    return {"size": SMALL, "rotation": 0 if light else 90}


def _bracket(claims: pd.DataFrame) -> str:
    """Return what the numbers at the right mean, by the first claim that has a number in brackets; else ``""``."""
    fewer = claims[claims["independent"] < claims["weight"]]
    if fewer.empty:
        return ""
    claim = next(fewer.itertuples())
    return f"{_weight(claim)}: {claim.independent} where articles that share copy count once"


def _marks(told: object) -> list[str]:
    """Return what is drawn for a pair, one upon the other: what stands near an absent claim is no mere absence."""
    if told.status == "absent":
        return [told.trace if told.trace in ("above", "below", "none") else "absent"]
    return [told.status, "paraphrase"] if told.trace == "paraphrase" else [told.status]


def _draw_mark(canvas: Axes, x: float, y: float, status: str, position: float, *, size: float = MARK) -> None:
    half = size / 2
    corner = (x - half, y - half)
    shade = SHADES(float(position)) if pd.notna(position) else LIGHT
    match status:
        case "asserts":
            canvas.add_patch(Rectangle(corner, size, size, facecolor=shade, edgecolor="none"))
        case "partial":
            canvas.add_patch(Rectangle(corner, size, size, facecolor="white", edgecolor=shade, linewidth=0.8))
            triangle = [(x - half, y - half), (x - half, y + half), (x + half, y + half)]
            canvas.add_patch(Polygon(triangle, closed=True, facecolor=shade, edgecolor="none"))
        case "contradicts":
            canvas.add_patch(Rectangle(corner, size, size, facecolor="white", edgecolor=WARNING, linewidth=1))
            for sign in (1, -1):
                canvas.plot([x - half, x + half], [y - sign * half, y + sign * half], color=WARNING, linewidth=1)
        case "paraphrase":
            canvas.add_patch(Circle((x - half * 0.3, y + half * 0.3), half * 0.34, facecolor="white", edgecolor="none"))
        case "absent" | "none":
            canvas.add_patch(Rectangle(corner, size, size, facecolor=TINT, edgecolor=LIGHT, linewidth=0.5))
        case "above" | "below":
            line = "-" if status == "above" else ":"
            canvas.add_patch(
                Circle((x, y), half * 0.9, facecolor="white", edgecolor=GREY, linewidth=0.8, linestyle=line)
            )
        case _:
            canvas.text(x, y, "?", ha="center", va="center", color=GREY)


# What is drawn upon one another, where, and the words.
KEY = (
    (("asserts",), (0.0, 0.5, 1.0), "told, from early to late in the article"),
    (("partial",), (0.0,), "told in part"),
    (("asserts", "paraphrase"), (0.0,), "told in other words"),
    (("contradicts",), (0.0,), "contradicted"),
    (("above",), (0.0,), "not told, a sentence matches"),
    (("below",), (0.0,), "not told, a sentence comes near"),
    (("none",), (0.0,), "not told, nothing near"),
    (("absent",), (0.0,), "not told"),
    (("uncoded",), (0.0,), "not coded"),
)
KEY_LINE = 4.8


class Entry(NamedTuple):
    """A part of the key: its place, the marks drawn there, and what they mean."""

    x: float
    y: float
    width: float
    marks: tuple[str, ...]
    positions: tuple[float, ...]
    words: str


def _place_key(width: float, used: set[str], last: str) -> list[Entry]:
    """Return the parts of the key that are `used`, and the words `last`, in as many lines of `width` as it needs."""
    wanted = [(marks, positions, words) for marks, positions, words in KEY if marks[-1] in used]
    wanted += [((), (), line) for line in wrap(last, width, size=SMALL).split("\n") if line]
    entries: list[Entry] = []
    x, y = 0.0, KEY_LINE / 2
    for marks, positions, words in wanted:
        part = len(positions) * (MARK + 0.6) + 0.8 + width_of(words, SMALL)
        if x and x + part > width:
            x, y = 0.0, y + KEY_LINE
        entries.append(Entry(x, y, part, marks, positions, words))
        x += part + 5.2
    return entries


def _draw_key(canvas: Axes, entries: list[Entry]) -> None:
    """Draw what the marks mean above the matrix."""
    for x, y, _, marks, positions, words in entries:
        for n, position in enumerate(positions):
            for mark in marks:
                _draw_mark(canvas, x + n * (MARK + 0.6) + MARK / 2, y, mark, position)
        indent = len(positions) * (MARK + 0.6) + 0.8 if positions else 0.0
        canvas.text(x + indent, y, words, va="center", size=SMALL, color=GREY)
