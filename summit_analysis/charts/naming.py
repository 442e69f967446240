"""What each outlet calls the same thing: small multiples by referent, one stacked bar an outlet."""

from __future__ import annotations

from itertools import groupby
from operator import attrgetter

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from summit_analysis.charts.style import (
    GREY,
    INK,
    MARGIN,
    SMALL,
    WIDE,
    Page,
    empty_page,
    line_height,
    shorten,
    styled,
    width_of,
    wrap,
)  # fmt: skip
from summit_analysis.measures.naming import MOST_PANELS

# Forms are told apart by lightness alone: colour belongs to outlets.
SHADES = ("#333333", "#7a7a7a", "#b0b0b0", "#d4d4d4", "#ececec", "#f7f7f7")
BAR, ROW, GAP, COLUMNS = 3.6, 4.4, 7.0, 2


@styled
def plot_naming(panels: pd.DataFrame, *, title: str, footer: str, width: float = WIDE) -> Figure:
    """Draw `panels` (`naming.panels`): the share of each form, quoted namings hatched."""
    panels = drawn(panels)
    if panels.empty:
        return empty_page(title, footer, "No referent is named in two ways or by two outlets.", width=width)
    page_width, columns = width, COLUMNS if width >= WIDE else 1
    width = (page_width - 2 * MARGIN - (columns - 1) * GAP) / columns
    name_width = min(max(width_of(label) for label in panels["label"].unique()), width * 0.34) + 3
    groups = [group for _, group in panels.groupby("panel", sort=True)]
    keys = [_key_lines(group, width) for group in groups]
    labels = {label: wrap(label, name_width - 3, lines=2) for label in panels["label"].unique()}
    row = ROW if all("\n" not in label for label in labels.values()) else 2 * line_height() + 0.6
    heights = [
        4.8 + len(lines) * line_height(SMALL) + 1.5 + group["place"].nunique() * row + 6
        for group, lines in zip(groups, keys, strict=True)
    ]
    rows = [max(heights[n : n + columns]) for n in range(0, len(heights), columns)]
    page = Page(title, footer, content=sum(rows), width=page_width)
    canvas = page.canvas(MARGIN, 0, page_width - 2 * MARGIN, sum(rows))
    for number, (group, lines) in enumerate(zip(groups, keys, strict=True)):
        x, y = (number % columns) * (width + GAP), sum(rows[: number // columns])
        canvas.text(x, y + 3.4, shorten(group["title"].iloc[0], width, weight="bold"), weight="bold", va="baseline")
        y += 4.8
        for line in lines:
            _draw_key(canvas, x, y + line_height(SMALL) / 2, line)
            y += line_height(SMALL)
        y += 1.5
        for _, outlet in groupby(group.sort_values("place", kind="stable").itertuples(), key=attrgetter("place")):
            forms = list(outlet)
            canvas.text(x, y + row / 2, labels[forms[0].label], va="center")
            _draw_bar(canvas, x + name_width, y + row / 2, width - name_width, forms)
            y += row
    return page.figure


def drawn(panels: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that the figure draws: of the referents the first dozen."""
    return panels[panels["shown"] & (panels["panel"] < MOST_PANELS)] if len(panels) else panels


def _key_lines(group: pd.DataFrame, width: float) -> list[list[tuple[int, str]]]:
    """Return the forms of a panel with their shades, broken into lines."""
    lines: list[list[tuple[int, str]]] = [[]]
    used = 0.0
    for form in group.drop_duplicates("slot").sort_values("slot").itertuples():
        words = shorten(form.form, width - 5, SMALL)
        needed = width_of(words, SMALL) + 6.5
        if lines[-1] and used + needed > width:
            lines.append([])
            used = 0.0
        lines[-1].append((form.slot, words))
        used += needed
    return lines


def _draw_key(canvas: Axes, x: float, middle: float, line: list[tuple[int, str]]) -> None:
    for slot, words in line:
        canvas.add_patch(Rectangle((x, middle - 1.1), 2.2, 2.2, facecolor=SHADES[slot], edgecolor=GREY, linewidth=0.3))
        canvas.text(x + 3, middle, words, va="center", size=SMALL, color=GREY)
        x += width_of(words, SMALL) + 6.5


def _draw_bar(canvas: Axes, left: float, middle: float, width: float, forms: list) -> None:
    total = int(forms[0].total)
    bar = width - 6
    canvas.text(left + width, middle, str(total) if total else "–", ha="right", va="center", size=SMALL, color=GREY)
    for form in forms:
        if not form.count:
            continue
        start, long = left + form.left * bar, form.share * bar
        options = {"facecolor": SHADES[form.slot], "linewidth": 0.6}
        canvas.add_patch(Rectangle((start, middle - BAR / 2), long, BAR, edgecolor="white", **options))
        if form.quoted:
            spoken = long * form.quoted / form.count
            place = (start + long - spoken, middle - BAR / 2)
            ink = "white" if form.slot < 2 else GREY
            canvas.add_patch(
                Rectangle(place, spoken, BAR, facecolor="none", edgecolor=ink, hatch="//////", linewidth=0)
            )
            canvas.add_patch(Rectangle(place, spoken, BAR, facecolor="none", edgecolor="white", linewidth=0.6))
        own = long * form.own / form.count
        ink = "white" if form.slot < 2 else INK
        words = next((w for w in (f"{form.form} {form.own}", str(form.own)) if width_of(w, SMALL) + 1 <= own), "")
        if words and form.own:
            canvas.text(start + own / 2, middle, words, ha="center", va="center", size=SMALL, color=ink)
        if form.quoted and width_of(str(form.quoted), SMALL) + 1 <= long - own:
            # The hatching would run through the number.
            box = {"facecolor": SHADES[form.slot], "edgecolor": "none", "pad": 0.8}
            canvas.text(start + (own + long) / 2, middle, str(form.quoted), ha="center", va="center", size=SMALL,
                        color=ink, bbox=box)  # fmt: skip
