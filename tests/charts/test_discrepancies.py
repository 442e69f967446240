"""The figure `discrepancies` with the bundled story and with stories that strain it."""

import io

import pandas as pd
import pytest
from fact_entries import entry
from figure_checks import check, texts_of

from summit_analysis.charts.discrepancies import plot_discrepancies
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
    assert vote[["scale_low", "scale_high"]].drop_duplicates().to_numpy().tolist() == [["2", "5 hours"]]
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
    assert "Outlet 0, Outlet 1, Outlet 2" in said
    assert "Outlet 1" in said


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
