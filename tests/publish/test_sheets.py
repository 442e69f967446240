"""Figures that are taller than a page."""

import matplotlib.pyplot as plt
import pandas as pd
import pytest

from summit_analysis.charts.style import MM, TALLEST
from summit_analysis.publish.sheets import sheets


def draw(part, n, of):
    """Draw a figure of 20 mm and 30 mm more for each row that is shown, closed at once."""
    figure = plt.figure(figsize=(1, (20 + 30 * drawn(part)["row"].nunique()) * MM))
    plt.close(figure)
    return figure


def drawn(table):
    return table[table["shown"]] if "shown" in table else table


@pytest.mark.parametrize(("rows", "sizes"), [(7, [7]), (8, [4, 4]), (17, [6, 5, 6]), (0, [0])])
def test_rows_are_shared_out_evenly_among_as_few_sheets_as_fit(rows, sizes):
    table = pd.DataFrame({"row": range(rows), "shown": True})
    parts = list(sheets(table, draw, by="row", drawn=drawn))
    assert [int(part["shown"].sum()) for part, _ in parts] == sizes
    assert all(figure.get_figheight() / MM <= TALLEST for _, figure in parts)
    # Hidden rows stay, so that scales and colours are those of the whole.
    assert all(len(part) == rows for part, _ in parts)


def test_a_table_that_marks_nothing_as_shown_is_cut():
    parts = list(sheets(pd.DataFrame({"row": range(8)}), draw, by="row", drawn=drawn))
    assert [list(part["row"]) for part, _ in parts] == [[0, 1, 2, 3], [4, 5, 6, 7]]


def test_what_cannot_be_split_is_as_tall_as_it_is():
    table = pd.DataFrame({"row": range(20), "shown": True})
    assert len(list(sheets(table, draw, by="", drawn=drawn))) == 1
    assert len(list(sheets(table.assign(row=1), draw, by="row", drawn=drawn))) == 1
