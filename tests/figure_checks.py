"""What every figure must pass: no text too small, none over another, none beyond the page."""

from itertools import combinations

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text

from summit_analysis.charts.style import look


def texts_of(figure):
    """Return each visible text with its box in mm of the printed page."""
    with look():
        FigureCanvasAgg(figure).draw()
    found = [t for t in figure.findobj(Text) if t.get_text().strip() and t.get_visible()]
    scale = 25.4 / figure.dpi
    return [(t, [v * scale for v in t.get_window_extent().extents]) for t in found]


def overlap(one, two):
    width = min(one[2], two[2]) - max(one[0], two[0])
    height = min(one[3], two[3]) - max(one[1], two[1])
    return width > 0.15 and height > 0.35


def check(figure, width=180):
    placed = texts_of(figure)
    assert min(t.get_fontsize() for t, _ in placed) >= 7
    # The box of a turned text is larger than the text, and may overlap its neighbour's where nothing is printed.
    upright = [(t, box) for t, box in placed if t.get_rotation() == 0]
    for (one, box), (two, other) in combinations(upright, 2):
        assert not overlap(box, other), f"{one.get_text()!r} overlaps {two.get_text()!r}"
    page, height = figure.get_size_inches() * 25.4
    assert page == pytest.approx(width)
    for text, (left, bottom, right, top) in placed:
        assert left > -0.5, text
        assert bottom > -0.5, text
        assert right < page + 0.5, text
        assert top < height + 0.5, text
