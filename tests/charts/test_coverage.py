"""The figure `coverage`: what is absent, near and told in other words has a mark, and the key names what is drawn."""

from itertools import pairwise

import pandas as pd
import pytest
from figure_checks import check, texts_of
from matplotlib.patches import Circle

from summit_analysis.charts.coverage import KEY, plot_coverage

WORDS = {marks[-1]: words for marks, _, words in KEY}


def key_of(figure):
    printed = {text.get_text() for text, _ in texts_of(figure)}
    return {mark for mark, words in WORDS.items() if words in printed}


def rings_of(figure, line):
    return [p for p in figure.axes[0].patches if isinstance(p, Circle) and p.get_linestyle() == line and p.get_edgecolor()[3]]  # fmt: skip


def dots_of(figure):
    return [p for p in figure.axes[0].patches if isinstance(p, Circle) and not p.get_edgecolor()[3]]


@pytest.mark.parametrize("page", [1, 2, 3])
def test_each_sheet_draws_what_comes_near_and_its_key_names_only_what_it_draws(alaska, page):
    table = alaska["coverage_independent"].query("page == @page")
    figure = plot_coverage(table, title="Title", footer="Footer")
    count = table["trace"].value_counts()
    # One of each stands in the key.
    assert len(rings_of(figure, ":")) == count["below"] + 1
    assert len(rings_of(figure, "-")) == count["above"] + 1
    assert len(dots_of(figure)) == count["paraphrase"] + 1
    drawn = {"asserts", "partial", "paraphrase", "above", "below", "none"} & {*table["status"], *table["trace"]}
    assert key_of(figure) == drawn | ({"contradicts"} if (table["status"] == "contradicts").any() else set())


def test_what_is_not_on_a_sheet_is_not_in_its_key(alaska):
    table = alaska["coverage_independent"].query("page == 1")
    full = plot_coverage(table.assign(status="asserts", trace="words"), title="Title", footer="Footer")
    assert key_of(full) == {"asserts"}
    unread = plot_coverage(table.assign(status="absent", trace=""), title="Title", footer="Footer")
    assert key_of(unread) == {"absent"}
    open_ = plot_coverage(table.assign(status="uncoded", trace=""), title="Title", footer="Footer")
    assert key_of(open_) == {"uncoded"}


def test_a_number_in_brackets_is_explained_where_there_is_one(alaska):
    table = alaska["coverage_independent"].query("page == 1")
    said = " ".join(t.get_text() for t, _ in texts_of(plot_coverage(table, title="Title", footer="Footer")))
    assert "(4): 4 where articles that share copy count once" in said
    apart = table.assign(independent=table["weight"])
    said = " ".join(t.get_text() for t, _ in texts_of(plot_coverage(apart, title="Title", footer="Footer")))
    assert "(4)" not in said
    assert "share copy" not in said


@pytest.mark.parametrize("width", [180.0, 85.0])
def test_forty_outlets_with_long_names_do_not_run_into_one_another(alaska, width):
    one = alaska["coverage_independent"].query("page == 1 and place == 0")
    name = "The Extraordinarily Long-Named Gazette of the North {}"
    rows = [one.assign(place=n, article=f"a{n}", label=name.format(n)) for n in range(40)]
    table = pd.concat(rows, ignore_index=True)
    figure = plot_coverage(table, title="Title", footer="Footer", width=width)
    check(figure, width=width)
    names = [box for text, box in texts_of(figure) if text.get_text().startswith("The Extra")]
    assert len(names) == (40 if width == 180.0 else 13)
    assert all(left[2] <= right[0] + 0.4 for left, right in pairwise(names))
    said = " ".join(text.get_text().replace("\n", " ") for text, _ in texts_of(figure))
    assert ("The first 13 of 40 articles" in said) == (width == 85.0)
