"""Which words make an outlet's own voice differ from the others': bars to either side, one panel an outlet."""

from __future__ import annotations

import math

import pandas as pd
from matplotlib.figure import Figure

from summit_analysis.charts.style import (
    GREY,
    LIGHT,
    MARGIN,
    SMALL,
    TEXT,
    WIDE,
    Page,
    empty_page,
    outlet_colours,
    shorten,
    styled,
    width_of,
    wrap,
)  # fmt: skip

ROW, GAP = 4.1, 8.0


@styled
def plot_word_shift(largest: pd.DataFrame, *, title: str, footer: str, width: float = WIDE) -> Figure:
    """Draw `largest` (`word_shift.largest`): words used more here to the right, words the others use more to the left."""
    every, largest = largest, drawn(largest)
    if largest.empty:
        return empty_page(
            title, footer, width=width, message="No word makes a difference: the articles use the same words alike."
        )
    panels = list(largest.groupby("place", sort=True))
    page_width, columns = width, min(_columns(every, width), largest["place"].nunique())
    width = _panel_width(page_width, columns)
    rows = int(largest["row"].max()) + 1
    block = rows * ROW + 19
    page = Page(title, footer, content=math.ceil(len(panels) / columns) * block, width=page_width)
    colours = outlet_colours(int(every["compared"].iloc[0]))
    canvas = page.canvas(MARGIN, 0, page_width - 2 * MARGIN, math.ceil(len(panels) / columns) * block)
    scale = ((width - 2) / 2 - 1) * 0.999 / float(every["contribution"].max())
    for number, (place, panel) in enumerate(panels):
        x, y = (number % columns) * (width + GAP), number // columns * block
        label = wrap(panel["label"].iloc[0], width - 1, lines=2, weight="bold")
        canvas.text(x, y + 4.2, label, weight="bold", va="baseline")
        middle = x + width / 2
        canvas.text(middle - 1.5, y + 9.6, "← the others", ha="right", va="center", size=SMALL, color=GREY)
        canvas.text(middle + 1.5, y + 9.6, "here →", ha="left", va="center", size=SMALL, color=GREY)
        top = y + 12
        canvas.plot([middle, middle], [top - 0.5, top + rows * ROW], color=GREY, linewidth=0.8)
        for word in panel.itertuples():
            centre = top + (word.row + 0.5) * ROW
            here = word.signed > 0
            reach = abs(word.signed) * scale
            face = colours[place] if here else LIGHT
            canvas.barh(centre, reach if here else -reach, left=middle, height=ROW * 0.62, color=face, linewidth=0)
            counts = _counts(word)
            room = _room(width, counts)
            size = TEXT if width_of(word.term, TEXT) <= room else SMALL
            term = shorten(word.term, room, size)
            # The word stands on the empty side of its bar, so it never meets it.
            if here:
                canvas.text(middle - 1.2, centre, f"{term}", ha="right", va="center", size=size)
                canvas.text(x, centre, counts, ha="left", va="center", size=SMALL, color=GREY)
            else:
                canvas.text(middle + 1.2, centre, f"{term}", ha="left", va="center", size=size)
                canvas.text(x + width, centre, counts, ha="right", va="center", size=SMALL, color=GREY)
        covered = f"these words: {100 * panel['covered'].iloc[0]:.0f} % of the difference"
        canvas.text(x, top + rows * ROW + 2.4, covered, va="center", size=SMALL, color=GREY)
    canvas.set(xlim=(0, page_width - 2 * MARGIN), ylim=(math.ceil(len(panels) / columns) * block, 0))
    return page.figure


def _columns(largest: pd.DataFrame, width: float) -> int:
    """Return as many panels side by side as leave every word whole, three at most and one in a narrow figure."""
    for columns in range(3 if width >= WIDE else 1, 1, -1):
        panel = _panel_width(width, columns)
        rooms = [_room(panel, _counts(word)) for word in largest.itertuples()]
        if all(width_of(term, SMALL) <= room for term, room in zip(largest["term"], rooms, strict=True)):
            return columns
    return 1


def _panel_width(width: float, columns: int) -> float:
    return (width - 2 * MARGIN - (columns - 1) * GAP) / columns


def _counts(word: object) -> str:
    return f"{word.count} : {word.reference_count}"


def _room(panel: float, counts: str) -> float:
    """Return the width that a word has beside its bar."""
    return panel / 2 - 1.2 - width_of(counts, SMALL) - 1.5


def drawn(largest: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that the figure draws."""
    return largest[largest["shown"] & (largest["contribution"] > 0)] if len(largest) else largest
