"""The figures `order` and `reader-curve`: what they print, and what they set off."""

import io
from itertools import pairwise

import pandas as pd
import pytest
from figure_checks import check, texts_of

from summit_analysis.charts.order import plot_order
from summit_analysis.charts.reader_curve import plot_reader_curve
from summit_analysis.charts.style import INK
from summit_analysis.findings.prominence import describe_order, describe_reader_curve, early, placing
from summit_analysis.publish.rendering import render
from summit_analysis.strict_csv import to_csv


def printed(figure):
    return [t.get_text().replace("\n", " ") for t, _ in texts_of(figure)]


def curves_of(axes):
    """Return the readers' curves, not the dot where half is met nor the straight line of an even telling."""
    return [line for line in axes.lines if len(line.get_xdata()) > 2]


def draw(plot, describe, table):
    words = describe(table)
    return plot(table, title=words.title, footer=words.footer)


def test_three_claims_are_set_off_and_written_out(alaska):
    table = alaska["order"]
    figure = draw(plot_order, describe_order, table)
    said = " ".join(printed(figure))
    marked = table[table["highlight"] > 0].drop_duplicates("claim")
    assert len(marked) == 3
    assert all(statement in said for statement in marked["statement"])
    grey = table[(table["highlight"] == 0) & ~table["statement"].isin(marked["statement"])]
    assert not any(statement in said for statement in grey["statement"].unique())
    # Each of the three has its line across the columns and a sample beside its words; a mark is hollow where it is told in part.
    dark = [line for line in figure.axes[0].lines if line.get_color() == INK]
    assert len([line for line in dark if line.get_linestyle() != "None" and len(line.get_xdata()) > 1]) == 6
    marks = [line.get_markerfacecolor() for line in dark if len(line.get_xdata()) == 1]
    partly = table[(table["highlight"] > 0) & (table["status"] == "partial")]
    assert marks.count("white") == len(partly)
    assert len(marks) == (table["highlight"] > 0).sum() + len(marked)


def test_every_outlet_is_named_above_its_panel_with_what_it_tells_and_how_soon(alaska):
    figure = draw(plot_reader_curve, describe_reader_curve, alaska["reader_curve"])
    said = printed(figure)
    outlets = list(alaska["reader_curve"].drop_duplicates("place").sort_values("place").itertuples())
    assert len(figure.axes) == len(outlets)
    named = [text for text in said if text in {row.label for row in outlets}]
    assert named == [row.label for row in outlets]
    assert {f"half of {row.claims} claims after {100 * row.half_read:.0f} %" for row in outlets} <= set(said)
    assert "share of the article's own claims that a reader has met" in said


def test_the_line_is_the_share_of_what_the_article_itself_tells(alaska):
    table = alaska["reader_curve"]
    figure = draw(plot_reader_curve, describe_reader_curve, table)
    for axes, (_, steps) in zip(figure.axes, table.groupby("place"), strict=True):
        own = max(curves_of(axes), key=lambda line: line.get_linewidth())
        assert list(own.get_ydata()) == list(steps["share"])
        assert own.get_ydata()[-1] == 1
        # The others stand behind it.
        assert len(curves_of(axes)) == len(figure.axes)


def test_an_article_that_tells_nothing_has_a_panel_that_says_so(alaska):
    first = alaska["reader_curve"]["place"] == 0
    silent = alaska["reader_curve"].assign(claims=alaska["reader_curve"]["claims"].mask(first, 0))
    figure = draw(plot_reader_curve, describe_reader_curve, silent)
    check(figure)
    assert "tells no claim" in printed(figure)
    assert len(curves_of(figure.axes[0])) == len(figure.axes) - 1


def test_the_line_is_a_step_function(alaska):
    figure = draw(plot_reader_curve, describe_reader_curve, alaska["reader_curve"])
    styles = {line.get_drawstyle() for axes in figure.axes for line in curves_of(axes)}
    assert styles == {"steps-post"}


@pytest.mark.parametrize(("table", "plot"), [("order", plot_order), ("reader_curve", plot_reader_curve)])
def test_the_figure_needs_its_csv_alone(alaska, table, plot):
    data = alaska[table].round(6)
    again = pd.read_csv(io.StringIO(to_csv(data)))
    drawn = [render(plot(t, title="Title", footer="Footer"), "svg") for t in (data, again)]
    assert drawn[0] == drawn[1]


def test_sentences_name_the_earliest_the_latest_and_the_leads(alaska):
    said = early(alaska["reader_curve"])
    halves = alaska["reader_curve"].drop_duplicates("article").sort_values("half_read")
    assert said[0].startswith("Half of what an article tells is told after")
    assert f"of the text in {halves['label'].iloc[0]}, in " in said[0]
    assert halves["label"].iloc[-1] in said[0]
    placed = placing(alaska["prominence"])
    assert all(any(sentence.startswith(label) for sentence in placed) for label in halves["label"])


def test_at_column_width_the_order_names_no_more_outlets_than_have_room(alaska):
    one = alaska["order"].query("place == 0")
    rows = [one.assign(place=n, article=f"a{n}", label=f"The Long-Named Gazette {n}") for n in range(40)]
    figure = plot_order(pd.concat(rows, ignore_index=True), title="Title", footer="Footer", width=85.0)
    check(figure, width=85)
    names = [box for text, box in texts_of(figure) if text.get_text().startswith("The Long")]
    assert len(names) == 21
    assert all(left[2] <= right[0] + 0.4 for left, right in pairwise(names))
    assert any("The first 21 of 40 articles" in text for text in printed(figure))


def test_empty_tables_are_pages_that_say_so(alaska):
    for name, plot, describe in (
        ("order", plot_order, describe_order), ("reader_curve", plot_reader_curve, describe_reader_curve),
    ):  # fmt: skip
        figure = draw(plot, describe, alaska[name].iloc[:0])
        check(figure)
        assert any("No claim" in text for text in printed(figure))
    assert early(alaska["reader_curve"].iloc[:0]) == ["No article tells a claim of the codebook."]


def test_claims_that_few_articles_share_are_told_but_not_set_off(alaska):
    few = alaska["order"].assign(highlight=0)
    words = describe_order(few)
    assert words.title == "No claim is told by half of the articles, so no order stands out"
    assert "None is set off" in words.footer
    assert "the 0 claims" not in words.footer
    assert describe_order(few.iloc[:0]).title == "No claim is told by two articles, so there is no order to compare"
