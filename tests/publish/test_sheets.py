"""Figures that are taller than a page."""

import matplotlib.pyplot as plt
import pandas as pd
import pytest

from summit_analysis.charts.style import MM
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
    found = sheets([table], draw, by=["row"], drawn=drawn)
    assert [int(sheet.data["shown"].sum()) for sheet in found] == sizes
    assert [(sheet.number, sheet.of) for sheet in found] == [(n, len(sizes)) for n in range(1, len(sizes) + 1)]
    assert all(sheet.fits for sheet in found)
    # Hidden rows stay, so that scales and colours are those of the whole.
    assert all(len(sheet.data) == rows for sheet in found)


def test_a_table_that_marks_nothing_as_shown_is_cut():
    found = sheets([pd.DataFrame({"row": range(8)})], draw, by=["row"], drawn=drawn)
    assert [list(sheet.data["row"]) for sheet in found] == [[0, 1, 2, 3], [4, 5, 6, 7]]


def test_what_one_column_does_not_split_small_enough_the_next_one_does():
    table = pd.DataFrame({"panel": [0] * 9 + [1] * 2, "row": range(11), "shown": True})
    found = sheets([table], draw, by=["panel", "row"], drawn=drawn)
    assert [list(drawn(sheet.data)["row"]) for sheet in found] == [[0, 1, 2, 3], [4, 5, 6, 7, 8], [9, 10]]


def test_sheets_of_several_pages_are_counted_together():
    numbers = []
    pages = [pd.DataFrame({"row": range(rows)}) for rows in (2, 9)]
    found = sheets(pages, lambda part, n, of: numbers.append((n, of)) or draw(part, n, of), by=["row"], drawn=drawn)
    assert [(len(sheet.data), sheet.number, sheet.of) for sheet in found] == [(2, 1, 3), (4, 2, 3), (5, 3, 3)]
    assert numbers[-3:] == [(1, 3), (2, 3), (3, 3)]


def test_what_cannot_be_split_is_as_tall_as_it_is():
    table = pd.DataFrame({"row": range(20), "shown": True})
    assert len(sheets([table], draw, by=[], drawn=drawn)) == 1
    assert len(sheets([table.assign(row=1)], draw, by=["row"], drawn=drawn)) == 1
