"""The figures `order` and `reader-curve`: what they print, and what they set off."""

import io

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
    # Each of the three has its line across the columns and a sample beside its words.
    lines = [line for line in figure.axes[0].lines if line.get_color() == INK and line.get_marker() in ("o", "s", "^")]
    assert len(lines) == 6


def test_every_outlet_is_named_at_the_end_of_its_line(alaska):
    figure = draw(plot_reader_curve, describe_reader_curve, alaska["reader_curve"])
    said = printed(figure)
    final = alaska["reader_curve"].drop_duplicates("article", keep="last")
    assert {f"{row.label}: {row.claims}" for row in final.itertuples()} <= set(said)


def test_the_line_is_a_step_function(alaska):
    figure = draw(plot_reader_curve, describe_reader_curve, alaska["reader_curve"])
    styles = {line.get_drawstyle() for line in figure.axes[0].lines if len(line.get_xdata()) > 1}
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
