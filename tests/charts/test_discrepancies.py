"""The figure `discrepancies` with the bundled story and with stories that strain it."""

import io

import pandas as pd
import pytest
from fact_entries import entry
from figure_checks import check, texts_of

from summit_analysis.charts.discrepancies import plot_discrepancies
from summit_analysis.charts.style import INK, outlet_colours
from summit_analysis.findings.discrepancies import describe_discrepancies, disagreeing
from summit_analysis.publish.rendering import render
from summit_analysis.strict_csv import to_csv

VOTE = entry(id="vote", question="How long did the vote take?", kind="duration", unit="hours", near=["vote"])
DAY = entry(id="day", question="On which day was it?", kind="weekday", near=["vote"])
CAR = entry(id="car", question="How did they leave?", kind="text", near=["left"], values=["limousine", "bus"])


def draw(table, **width):
    words = describe_discrepancies(table)
    return plot_discrepancies(table, title=words.title, footer=words.footer, **width)


def printed(figure):
    return [t.get_text().replace("\n", " ") for t, _ in texts_of(figure)]


def scaled(tables_of, *texts, names=None, book=VOTE + DAY + CAR):
    names = names or [f"Outlet {n}" for n in range(len(texts))]
    listing = "outlet,file\n" + "".join(f'"{name}",texts/{n:02d}.txt\n' for n, name in enumerate(names))
    files = {f"{n:02d}.txt": text for n, text in enumerate(texts)}
    return tables_of(files, articles=listing, codebook=book)["discrepancies_scaled"]


@pytest.fixture
def table(tables_of):
    return scaled(
        tables_of,
        "The vote took nearly three hours on Friday. They left in a limousine.",
        "The vote took more than four hours on Friday. They left by bus.",
        "The vote took two hours, on Friday. Rain fell.",
    )


def test_each_fact_has_its_own_scale(table):
    vote = table[table["fact"] == "vote"].set_index("article")
    # From 2 to half as far again beyond the largest value given: (4 - 2) / 2 = 1 more.
    assert vote["x_low"].to_dict() == pytest.approx({"00": 0.25, "01": 2 / 3, "02": 0})
    assert vote["x_high"].to_dict() == pytest.approx({"00": 1 / 3, "01": float("nan"), "02": 0}, nan_ok=True)
    # What is printed are values that were told, where they stand.
    assert vote[["scale_low", "scale_high"]].drop_duplicates().to_numpy().tolist() == [["2", "4 hours"]]
    assert vote[["x_scale_low", "x_scale_high"]].iloc[0].tolist() == pytest.approx([0, 2 / 3])
    day = table[table["fact"] == "day"]
    assert day["x_low"].tolist() == pytest.approx([4 / 6] * 3)
    assert day["line"].tolist() == [0, 0, 0]


def test_hard_facts_stand_first(table):
    assert table.drop_duplicates("row")[["fact", "verdict"]].to_numpy().tolist() == [
        ["vote", "hard"], ["car", "soft"], ["day", "agree"],
    ]  # fmt: skip


def test_words_outlets_and_verdicts_are_printed(table):
    figure = draw(table)
    check(figure)
    said = printed(figure)
    assert {"“nearly three hours”", "“more than four hours”", "“two hours”", "“Friday”", "“limousine”"} <= set(said)
    assert said.count("hard") == said.count("soft") == 1
    assert said.count("agree") == 1
    # Outlets 0 and 1 give all three facts, outlet 2 no way of leaving.
    assert [said.count(f"Outlet {n}") for n in range(3)] == [3, 3, 2]


def marks_of(figure):
    """Return colour, form and place of the marks of values, those of the key left out."""
    lines = [line for axes in figure.axes for line in axes.lines if line.get_marker() not in ("None", None)]
    return [(line.get_color(), line.get_marker(), *line.get_xdata()) for line in lines if line.get_color() != INK]


def test_marks_are_in_the_colours_of_their_outlets(table):
    marks = marks_of(draw(table))
    first, second, third = outlet_colours(3)
    # Nearly three hours has two ends, more than four hours one and an arrow, two hours a dot; Friday a dot for each.
    assert sorted((colour, marker) for colour, marker, _ in marks) == sorted(
        [*[(first, "o")] * 3, *[(second, "o")] * 2, (second, ">"), *[(third, "o")] * 2]
    )


def test_a_side_without_an_end_has_an_arrow_and_no_number(tables_of):
    years = entry(id="f", question="For how long?", kind="duration", unit="years", near=["war"])
    table = scaled(tables_of, "The war took more than three years.", "The war took over three years.", book=years)
    figure = draw(table)
    check(figure)
    assert "3 years" in printed(figure)
    assert not {"4 years", "4.5 years"} & set(printed(figure))
    assert [marker for _, marker, _ in marks_of(figure)].count(">") == 2
    cold = entry(id="f", question="How cold was it?", kind="number", unit="degrees", near=["cold"])
    texts = "The cold fell below minus 20 degrees.", "The cold stood at minus 25 degrees."
    table = scaled(tables_of, *texts, book=cold)
    assert table["x_low"].isna().tolist() == [True, False]
    assert table[["scale_low", "scale_high"]].iloc[0].tolist() == ["-25", "-20 degrees"]
    figure = draw(table)
    check(figure)
    assert [marker for _, marker, _ in marks_of(figure)].count("<") == 1


def test_a_date_without_a_year_is_printed_without_one(tables_of):
    book = entry(id="f", question="When did they meet?", kind="date", near=["met"])
    said = printed(draw(scaled(tables_of, "They met on March 2.", "They met on March 9.", book=book)))
    assert {"2 Mar", "9 Mar"} <= set(said)
    said = printed(draw(scaled(tables_of, "They met on March 2, 2021.", "They met on March 9, 2021.", book=book)))
    assert {"2 Mar 2021", "9 Mar 2021"} <= set(said)


def test_words_have_the_place_of_a_scale_that_is_not_there(table):
    at = {t.get_text(): t.get_position()[0] for t, _ in texts_of(draw(table))}
    assert at["“limousine”"] == 42
    assert at["“two hours”"] > 42 + 46


def test_a_name_that_the_question_has_is_not_printed_again(tables_of):
    values = ["adviser Ada Lund", "security adviser Ada Lund"]
    book = entry(id="f", question="Which office does Ada Lund hold?", kind="text", near=["Lund"], values=values)
    texts = "The adviser Ada Lund spoke.", "The security adviser Ada Lund spoke."
    assert {"“adviser”", "“security adviser”"} <= set(printed(draw(scaled(tables_of, *texts, book=book))))


def test_the_sentences_say_what_cannot_both_hold(table):
    said = disagreeing(table)
    assert said[0].startswith("On 1 of 3 facts that several articles give, their values exclude one another:")
    assert "How long did the vote take?" in said[1]
    assert "exclude one another" in said[1]
    assert any("All that give a value agree: “On which day was it?”." in sentence for sentence in said)


@pytest.mark.parametrize(
    ("outlets", "name"),
    [(2, "Outlet"), (12, "The Outlet"), (20, "The Extraordinarily Long-Named Gazette"), (5, "Российская газета")],
)
def test_other_stories_are_drawn_without_overlap(tables_of, outlets, name):
    texts = [f"The vote took {n % 4 + 2} hours on Friday. They left by bus." for n in range(outlets)]
    table = scaled(tables_of, *texts, names=[f"{name} {n}" for n in range(outlets)])
    check(draw(table))
    check(draw(table, width=85.0), width=85)


def test_the_ends_of_a_scale_are_whole_in_one_column(tables_of):
    cost = entry(id="cost", question="What did it cost?", kind="number", unit="crowns", near=["cost"])
    table = scaled(tables_of, "It cost 3,100,000 crowns.", "It cost 5,400,000 crowns.", book=cost)
    figure = draw(table, width=85.0)
    check(figure, width=85)
    assert {"3,100,000", "5,400,000 crowns"} <= set(printed(figure))


def test_long_questions_and_values_are_wrapped(tables_of):
    long = "the extraordinarily long and slow procession of black armoured limousines from the northern harbour"
    book = "".join(
        entry(id=f"f{n}", question="How on earth, and by which means, did all of them leave? " * 2, kind="text", near=["left"],
              values=[long, "bus"])
        for n in range(26)
    )  # fmt: skip
    table = scaled(tables_of, f"They left in {long}.", "They left by bus.", book=book)
    words = describe_discrepancies(table)
    assert "of the others the first 24 are drawn" in words.footer
    check(draw(table))


def test_nothing_to_compare_is_a_page_that_says_so(tables_of):
    table = scaled(tables_of, "The vote took two hours.", "Rain fell.")
    figure = draw(table)
    check(figure)
    assert any("No fact has values of two articles" in text for text in printed(figure))
    assert describe_discrepancies(table).title == "The fact has no value in two articles"
    assert describe_discrepancies(table.iloc[:0]).title == "No article gives a value for a fact of the codebook"
    assert disagreeing(table.iloc[:0]) == ["No article gives a value for a fact of the codebook."]


def test_the_figure_needs_its_csv_alone(table):
    data = table.round(6)
    again = pd.read_csv(io.StringIO(to_csv(data)))
    drawn = [render(plot_discrepancies(t, title="Title", footer="Footer"), "svg") for t in (data, again)]
    assert drawn[0] == drawn[1]
