import pytest
from fact_entries import entry

from summit_analysis.measures.discrepancies import COLUMNS


def verdict_of(tables_of, *texts, kind="duration", unit="hours", near=("vote",), **more):
    book = entry(id="f", question="How long?", kind=kind, unit=unit, near=list(near), **more)
    tables = tables_of({f"{n}.txt": text for n, text in enumerate(texts)}, codebook=book)
    table = tables["discrepancies"]
    return table["verdict"].tolist(), " ".join(table["explanation"])


@pytest.mark.parametrize(
    ("one", "two", "verdict"),
    [
        ("three hours", "three hours", "agree"),
        ("three hours", "180 minutes", "agree"),
        ("nearly three hours", "almost 3 hours", "agree"),
        ("nearly three hours", "three hours", "soft"),
        ("nearly three hours", "around two and a half hours", "soft"),
        ("nearly three hours", "two and a half hours", "hard"),
        ("nearly three hours", "more than three hours", "hard"),
        ("more than three hours", "more than two hours", "soft"),
        ("under an hour", "50 minutes", "soft"),
        ("three hours", "two hours and 50 minutes", "soft"),
        ("exactly three hours", "two hours and 50 minutes", "hard"),
        ("two to three hours", "two and a half hours", "soft"),
        ("two to three hours", "four hours", "hard"),
    ],
)
def test_hard_needs_disjoint_intervals(tables_of, one, two, verdict):
    assert verdict_of(tables_of, f"The vote took {one}.", f"The vote lasted {two}.")[0] == [verdict]


def test_the_first_in_years_of_different_things_is_no_conflict(tables_of):
    texts = "It was their first encounter in seven years.", "It was his first appearance in Norway in a decade."
    given = {"near": ["first", "encounter", "appearance"], "unit": "years"}
    verdict, explanation = verdict_of(tables_of, *texts, **given)
    assert verdict == ["single"]
    assert explanation == "Of different things, so they are not compared: “seven years” (0); “a decade” (1)."
    same = "It was their first encounter in seven years.", "It was the first encounter of the two in a decade."
    assert verdict_of(tables_of, *same, **given)[0] == ["hard"]


@pytest.mark.parametrize(
    ("one", "two", "unit", "verdict"),
    [
        ("25 per cent", "25%", "%", "agree"),
        ("25 per cent", "a quarter of members", "percent", "agree"),
        ("25.4 percent", "25 percent", "%", "soft"),
        ("$1.5 billion", "$1.52 billion", "USD", "soft"),
        ("$1.5 billion", "$1.6 billion", "USD", "hard"),
        ("27 boats", "30 boats", "boats", "hard"),
        ("several hundred boats", "about 300 boats", "boats", "soft"),
        ("several hundred boats", "30 boats", "boats", "hard"),
        ("two-thirds of members", "66 per cent", "%", "soft"),
        ("three out of four members", "75 per cent", "%", "agree"),
        ("minus 5 degrees", "5 degrees", "degrees", "hard"),
        ("10 out of 10", "nine out of ten", "out of 10", "hard"),
    ],
)
def test_numbers_are_compared_in_one_unit(tables_of, one, two, unit, verdict):
    texts = f"The vote stood at {one}.", f"The vote reached {two} in the end."
    assert verdict_of(tables_of, *texts, kind="number", unit=unit)[0] == [verdict]


@pytest.mark.parametrize(
    ("one", "two", "verdict"),
    [
        ("in a limousine", "in a limousine", "agree"),
        ("in an armoured limousine", "in a black limousine", "soft"),
        ("in a limousine", "on a bus", "soft"),
    ],
)
def test_texts_have_no_interval_and_are_never_a_hard_conflict(tables_of, one, two, verdict):
    values = ["limousine", "armoured limousine", "black limousine", "bus"]
    texts = f"They left {one}.", f"They left {two}."
    assert verdict_of(tables_of, *texts, kind="text", unit="", near=["left"], values=values)[0] == [verdict]


def test_the_explanation_names_values_and_outlets(tables_of):
    said = verdict_of(tables_of, "The vote took two hours.", "The vote took four hours.", "The vote took two hours.")[1]
    assert said == (
        "“two hours” (0) and “four hours” (1) exclude one another. All: “two hours” (0, 2); “four hours” (1)."
    )
    assert verdict_of(tables_of, "The vote took two hours.", "Rain.") == (
        ["single"], "Only 0 gives a value: “two hours”.",
    )  # fmt: skip


def test_days_that_follow_one_another_may_be_one_by_another_clock(tables_of):
    clock = "unless each counts the day by another clock"
    assert (
        clock
        in verdict_of(tables_of, "The vote was on Friday.", "The vote was on Saturday.", kind="weekday", unit="")[1]
    )
    assert (
        clock in verdict_of(tables_of, "The vote was on Sunday.", "The vote was on Monday.", kind="weekday", unit="")[1]
    )
    assert (
        clock
        not in verdict_of(tables_of, "The vote was on Friday.", "The vote was on Monday.", kind="weekday", unit="")[1]
    )
    dates = ("The vote was on 3 May 2024.", "The vote was on 4 May 2024.", "The vote was on 9 May 2024.")
    assert clock in verdict_of(tables_of, *dates[:2], kind="date", unit="")[1]
    assert clock not in verdict_of(tables_of, *dates[::2], kind="date", unit="")[1]


def test_an_agency_original_is_not_compared(tables_of):
    book = entry(id="f", question="How long?", kind="duration", unit="hours", near=["vote"])
    listing = "outlet,file,role\nA,texts/a.txt,\nB,texts/b.txt,wire\n"
    tables = tables_of(
        {"a.txt": "The vote took two hours.", "b.txt": "The vote took four hours."}, codebook=book, articles=listing
    )
    assert len(tables["facts"]) == 2
    assert tables["discrepancies"][["verdict", "articles"]].to_numpy().tolist() == [["single", "a"]]


def test_a_fact_that_nobody_gives_a_value_for_has_no_row(tables_of):
    assert verdict_of(tables_of, "The vote was short.", "Rain.") == ([], "")
    assert list(COLUMNS) == ["fact", "verdict", "articles", "explanation", "question", "values"]


def test_a_denied_value_is_no_agreement(tables_of):
    verdict, explanation = verdict_of(tables_of, "The vote did not last four hours.", "The vote lasted four hours.")
    assert verdict == ["hard"]
    assert "“did not last four hours” (0) and “four hours” (1) exclude one another" in explanation
    later = "The vote, planned for seven hours, lasted three.", "The vote lasted three hours."
    assert verdict_of(tables_of, *later)[0] == ["agree"]


def test_days_without_a_year_follow_one_another_over_new_year(tables_of):
    texts = "The vote was on December 31.", "The vote was on January 1."
    assert "by another clock" in verdict_of(tables_of, *texts, kind="date", unit="")[1]


def test_an_article_that_gives_both_values_as_clearly_excludes_neither(tables_of):
    book = entry(id="f", question="How many were hurt?", kind="number", unit="people", near=["hurt"])
    texts = {"a.txt": "Hurt were 14 people. Hurt were 23 people.", "b.txt": "Hurt were 23 people."}
    tables = tables_of(texts, codebook=book)
    assert tables["facts"].query("article == 'a'")["value"].tolist() == ["14", "23"]
    assert tables["discrepancies"]["verdict"].tolist() == ["soft"]
    apart = tables_of(texts | {"c.txt": "Hurt were 30 people."}, codebook=book)["discrepancies"]
    assert apart["verdict"].tolist() == ["hard"]


def test_texts_are_quoted_in_the_articles_words(tables_of):
    book = entry(
        id="f", question="How?", kind="text", unit="", near=[], values={"joked": "in jest", "invited": "invited"}
    )
    tables = tables_of({"a.txt": "He joked about a vote.", "b.txt": "He invited her to a vote."}, codebook=book)
    explanation = tables["discrepancies"]["explanation"].iloc[0]
    assert "“joked” (a)" in explanation and "in jest" not in explanation
