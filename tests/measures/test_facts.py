"""Facts: invented stories with what each article gives for each fact, and bad codebooks."""

import dataclasses
import tomllib
from pathlib import Path

import pandas as pd
import pytest
from fact_entries import entry
from tests_root import ALASKA, ROOT

from summit_analysis import NotDefinedError, StoryError, analysis, load_corpus
from summit_analysis.codebook import load_codebook

STORIES = tomllib.loads(Path(__file__).with_name("fact_cases.toml").read_text("utf-8"))["story"]
CASES = [(story["name"], fact) for story in STORIES for fact in story["fact"]]
COLUMNS = ["fact", "question", "kind", "unit", "near", "values"]


@pytest.fixture(scope="module")
def invented(tmp_path_factory):
    """Return the tables of each invented story by name."""
    made = {}
    for story in STORIES:
        folder = tmp_path_factory.mktemp(story["name"])
        rows = [f"{name},{name}.txt,{story.get('published', '')}" for name in story["texts"]]
        (folder / "articles.csv").write_text("\n".join(["outlet,file,published", *rows, ""]))
        (folder / "codebook.toml").write_text("".join(entry(**fact) for fact in story["fact"]))
        for name, text in story["texts"].items():
            (folder / f"{name}.txt").write_text(text)
        made[story["name"]] = analysis.tables(load_corpus(folder))
    return made


@pytest.fixture(scope="module")
def summit():
    """The bundled story with facts of this test's own."""
    corpus = load_corpus(ALASKA)
    given = tomllib.loads((ROOT / "tests/annotations/alaska_facts.toml").read_text("utf-8"))["fact"]
    rows = [{"fact": f["id"], "unit": "", "values": []} | {k: v for k, v in f.items() if k != "id"} for f in given]
    book = dataclasses.replace(load_codebook(corpus), facts=pd.DataFrame(rows, columns=COLUMNS))
    return analysis.Tables(corpus, book)


@pytest.mark.parametrize(("story", "fact"), CASES, ids=[f"{name}-{fact['id']}" for name, fact in CASES])
def test_what_each_article_gives_and_the_verdict(invented, story, fact):
    tables = invented[story]
    found = tables["facts"].query("fact == @fact['id'] and rank == 1")
    assert dict(zip(found["article"], found["value"], strict=True)) == fact["expected"]
    verdicts = tables["discrepancies"].set_index("fact")["verdict"]
    assert verdicts[fact["id"]] == fact["verdict"]


def test_every_value_stands_in_its_text(summit, invented):
    for tables in [summit, *invented.values()]:
        found = tables["facts"]
        for row in found.itertuples():
            assert tables.corpus.texts[row.article][row.start : row.end] == row.evidence
        assert (found["low"].isna() | (found["low"] <= found["high"])).all()
        assert not found.duplicated(["fact", "article", "rank"]).any()


def test_the_length_of_the_talks_and_the_day_in_the_bundled_story(summit):
    first = summit["facts"].query("rank == 1")
    talks = first[first["fact"] == "talks-length"].set_index("article")
    assert talks["evidence"].to_dict() == {
        "continental-defence": "two and a half hours",
        "daily-sabah": "nearly three-hour",
        "htn-world": "nearly four hours",
        "morelinks": "nearly three hours",
        "topnewsplus": "around two and a half hours",
    }
    assert talks.loc["morelinks", ["low", "high", "high_open"]].tolist() == [2.75, 3, True]
    assert talks.loc["topnewsplus", ["low", "high"]].tolist() == [2.25, 2.75]
    days = first[first["fact"] == "day"].set_index("article")["value"]
    assert days["daily-sabah"] == "Saturday"
    assert {days[a] for a in ("htn-world", "morelinks", "topnewsplus")} == {"Friday"}


def test_verdicts_on_the_bundled_story(summit):
    verdicts = summit["discrepancies"].set_index("fact")["verdict"].to_dict()
    hard = {fact for fact, verdict in verdicts.items() if verdict == "hard"}
    assert hard == {"talks-length", "day"}
    assert verdicts["chance-of-failure"] == verdicts["rating"] == verdicts["press-length"] == "agree"
    assert verdicts["deadline"] == "single"


@pytest.mark.parametrize(
    ("fact", "message"),
    [
        ({"kind": "duration", "unit": "parsecs"}, "fact 1 (f), unit: 'parsecs' is no unit of a duration"),
        ({"kind": "duration", "unit": "kg"}, "write one of second, minute, hour"),
        ({"kind": "number", "unit": "hours"}, 'set kind = "duration"'),
        ({"kind": "number", "unit": "furlongs"}, "'furlongs' is no unit of a number"),
        ({"kind": "weekday", "unit": "hours"}, "leave it empty"),
        ({"kind": "text"}, "no 'values'"),
    ],
)
def test_a_fact_that_cannot_be_looked_for_is_an_error_with_its_place(tables_of, fact, message):
    book = entry(id="f", question="How long was it?", near=["vote"], **fact)
    with pytest.raises(StoryError) as error:
        tables_of({"a.txt": "The vote took three hours."}, codebook=book)["facts"]
    assert message in str(error.value)
    assert str(error.value).startswith("codebook.toml, fact 1 (f)")


def test_all_bad_units_are_told_at_once(tables_of):
    book = "".join(entry(id=i, question="How long?", kind="duration", unit="parsecs") for i in "ab")
    with pytest.raises(StoryError) as error:
        tables_of({"a.txt": "The vote took three hours."}, codebook=book)["facts"]
    assert len(error.value.faults) == 2


def test_without_facts_the_reason_is_given(tables_of):
    tables = tables_of({"a.txt": "The vote took three hours.", "b.txt": "It rained on Monday."})
    with pytest.raises(NotDefinedError, match=r"no codebook\.toml with facts"):
        tables["facts"]
    assert tables.left_out("discrepancies") == tables.left_out("facts")


def values_of(tables_of, text, published="", **fact):
    book = entry(id="f", question=fact.pop("question", "?"), **fact)
    tables = tables_of({"a.txt": text}, articles=f"outlet,file,published\nA,texts/a.txt,{published}\n", codebook=book)
    return tables["facts"]["value"].tolist()


@pytest.mark.parametrize(
    ("text", "near", "values"),
    [
        # What was only planned, or is of something else, stands back.
        ("The debate, planned for one hour, took three hours.", ["debate"], ["3"]),
        ("The dinner lasted five hours. After two hours of debate they voted.", ["debate", "lasted"], ["2"]),
        ("After the debate the press conference lasted under ten minutes.", ["debate"], ["0.1667"]),
        ("Planned for one hour, the debate lasted three.", ["debate"], ["3"]),
        ("The debate lasted three hours instead of the planned one hour.", ["debate"], ["3"]),
        ("The debate grew from one hour to three hours.", ["debate"], ["3"]),
        ("The debate is expected to last three hours.", ["debate"], ["3"]),
        ("The debate did not last three hours.", ["debate"], ["3"]),
        ("The debate took two hours, not three hours.", ["debate"], ["2"]),
        # Two lengths told as clearly are both given.
        ("The debate took two hours. The debate took three hours.", ["debate"], ["2", "3"]),
        # The sentence after the one that names it.
        ("The debate was loud. It lasted two hours.", ["debate"], ["2"]),
        ("The clock struck. It lasted two hours.", ["debate"], []),
        ("The debate was loud.", ["debate"], []),
    ],
)
def test_which_length_is_the_value(tables_of, text, near, values):
    assert values_of(tables_of, text, kind="duration", unit="hours", near=near) == values


def test_own_words_come_before_quoted_ones(tables_of):
    text = "“The debate took two hours,” Ada Lund said. The debate took three hours, the paper found."
    book = entry(id="f", question="?", kind="duration", unit="hours", near=["debate"])
    found = tables_of({"a.txt": text}, codebook=book)["facts"]
    assert found[["value", "voice", "rank"]].to_numpy().tolist() == [["3", "own", 1], ["2", "quoted", 2]]


@pytest.mark.parametrize(
    ("text", "kind", "published", "values"),
    [
        ("They met on Friday.", "date", "2025-08-16", ["2025-08-15"]),
        ("They met on Saturday.", "date", "2025-08-16", ["2025-08-16"]),
        ("They met on Sunday.", "date", "2025-08-16", ["2025-08-10"]),
        ("They met next Sunday.", "date", "2025-08-16", ["2025-08-17"]),
        ("They met on Friday.", "date", "2025-08-15", ["2025-08-15"]),
        ("They met last Friday.", "date", "2025-08-15", ["2025-08-08"]),
        ("They met this past Friday.", "date", "2025-08-15", ["2025-08-08"]),
        ("They met last Friday.", "date", "2025-08-16", ["2025-08-15"]),
        ("They met next Friday.", "date", "2025-08-15", ["2025-08-22"]),
        ("They met on December 30.", "date", "2025-12-31", ["2025-12-30"]),
        ("They met on December 30.", "date", "2026-01-02", ["2025-12-30"]),
        ("They met in December.", "date", "2026-01-02", ["2025-12"]),
        ("They met on January 3.", "date", "2025-12-31", ["2026-01-03"]),
        ("They met on December 30.", "weekday", "2026-01-02", ["Tuesday"]),
        ("They met on Friday.", "date", "", []),
        ("They met yesterday.", "weekday", "2025-08-16", ["Friday"]),
        ("They met yesterday.", "weekday", "", []),
        ("They met on August 15.", "weekday", "2025-08-16", ["Friday"]),
        ("They met on August 15.", "weekday", "", []),
        ("They met on August 15, 2025.", "weekday", "", ["Friday"]),
        ("They met on August 15.", "date", "", ["08-15"]),
        ("They met on Fri. in the hall.", "date", "2025-08-16", ["2025-08-15"]),
        ("They met on 15/8/2025.", "date", "", ["2025-08-15"]),
        ("They did not meet on Friday.", "date", "2025-08-16", []),
        ("Where they met, they will meet on Friday.", "date", "2025-08-13", ["2025-08-15"]),
        ("Having met, they are to talk on Friday.", "date", "2025-08-13", ["2025-08-15"]),
        ("They said they would be met on Friday.", "date", "2025-08-15", ["2025-08-15"]),
        ("A session is due Friday where they met.", "date", "2025-08-13", ["2025-08-15"]),
        ("They met on Friday, and will talk again.", "date", "2025-08-13", ["2025-08-08"]),
        ("They were to the north when they met on Friday.", "date", "2025-08-13", ["2025-08-08"]),
    ],
)
def test_days_are_read_by_the_date_of_publication(tables_of, text, kind, published, values):
    assert values_of(tables_of, text, published, kind=kind, near=["met"]) == values


def test_values_of_the_codebook(tables_of):
    text = "They left in a black limousine. The hall was a full house."
    forms = {"limousine": "car", "limo": "car", "bus": "bus"}
    assert values_of(tables_of, text, kind="text", near=["left"], values=forms) == ["car"]
    assert values_of(tables_of, text, kind="text", values=["limousine"], question="In what?") == ["limousine"]
    full = {"a full house": "500"}
    assert values_of(tables_of, text, kind="number", near=["hall"], values=full) == ["500"]


def test_a_duration_without_a_unit_is_in_that_of_the_articles(tables_of):
    book = entry(id="f", question="?", kind="duration", near=["vote"])
    texts = {
        "a.txt": "The vote took three hours.",
        "b.txt": "The vote took 180 minutes.",
        "c.txt": "A vote took 2 hours.",
    }
    found = tables_of(texts, codebook=book)["facts"]
    assert found[["value", "unit"]].to_numpy().tolist() == [["3", "hour"], ["3", "hour"], ["2", "hour"]]


def test_a_number_without_a_unit_is_of_the_kind_that_most_articles_give(tables_of):
    book = entry(id="f", question="How many points did they give?", kind="number", near=["rated"])
    texts = {
        "a.txt": "They rated it 10 out of 10.",
        "b.txt": "They rated it a “9 out of 10”.",
        "c.txt": "They rated their chances at 25 per cent.",
    }
    found = tables_of(texts, codebook=book)["facts"]
    assert found[["article", "value", "unit"]].to_numpy().tolist() == [["a", "10", "of 10"], ["b", "9", "of 10"]]


def test_equal_words_on_both_sides_of_new_year_are_one_day(tables_of):
    book = entry(id="f", question="When did they meet?", kind="date", near=["met"])
    articles = "outlet,file,published\nA,texts/a.txt,2025-12-31\nB,texts/b.txt,2026-01-02\nC,texts/c.txt,\n"
    texts = {f"{name}.txt": "They met on December 30." for name in "abc"}
    tables = tables_of(texts, articles=articles, codebook=book)
    assert tables["facts"]["value"].tolist() == 3 * ["2025-12-30"]
    assert tables["discrepancies"]["verdict"].tolist() == ["agree"]


def test_a_form_of_the_codebook_stands_for_the_day_nearest_to_publication(tables_of):
    values = {"New Year's Eve": "December 31"}
    text = "They met on New Year's Eve."
    assert values_of(tables_of, text, "2026-01-02", kind="date", near=["met"], values=values) == ["2025-12-31"]
    assert values_of(tables_of, text, kind="date", near=["met"], values=values) == ["12-31"]


def test_today_is_the_day_where_the_article_appeared(tables_of):
    book = '[[fact]]\nid = "day"\nquestion = "When did the ferry sail?"\nkind = "date"\nnear = ["ferry"]\n'
    listing = "outlet,file,published\nA,texts/a.txt,2025-08-15T20:30:00-08:00\nB,texts/b.txt,2025-08-16\n"
    texts = {"a.txt": "The ferry sailed today.", "b.txt": "The ferry sailed on 15 August 2025."}
    tables = tables_of(texts, articles=listing, codebook=book)
    assert tables["facts"]["value"].tolist() == ["2025-08-15", "2025-08-15"]
    assert tables["discrepancies"]["verdict"].tolist() == ["agree"]


@pytest.mark.parametrize(
    ("text", "interval"),
    [
        ("The debate, shorter than the seven hours foreseen, was loud.", [["7", 7, 7, "seven hours"]]),
        ("The debate, shorter than the planned seven hours, was loud.", [["7", 7, 7, "seven hours"]]),
        ("The debate, foreseen for five hours, lasted three.", [["5", 5, 5, "five hours"]]),
        ("The debate was expected to last more than five hours.", [["5", 5, float("inf"), "more than five hours"]]),
        ("The debate lasted three hours, shorter than expected.", []),
    ],
)
def test_a_fact_that_asks_for_a_plan_is_given_what_was_planned(tables_of, text, interval):
    question = "How long was the debate expected to last?"
    book = entry(id="f", question=question, kind="duration", unit="hours", near=["debate"])
    found = tables_of({"a.txt": text}, codebook=book)["facts"]
    assert found[["value", "low", "high", "evidence"]].to_numpy().tolist() == interval


def test_a_denied_length_is_less(tables_of):
    book = entry(id="f", question="How long?", kind="duration", unit="hours", near=["debate"])
    found = tables_of({"a.txt": "The debate did not last four hours."}, codebook=book)["facts"]
    assert found[["low", "high", "high_open", "qualifier", "evidence"]].to_numpy().tolist() == [
        [0, 4, True, "denied", "did not last four hours"]
    ]


def test_a_date_without_any_year_is_given_none(tables_of):
    book = entry(id="f", question="When did they meet?", kind="date", near=["met"])
    found = tables_of({"a.txt": "They met on March 2.", "b.txt": "They met in early March."}, codebook=book)["facts"]
    # 31 days of January and 29 of February before it.
    assert found[["value", "low", "high", "unit"]].to_numpy().tolist() == [
        ["03-02", 62, 62, "day of the year"], ["03", 61, 70, "day of the year"],
    ]  # fmt: skip


def test_a_date_takes_the_year_that_other_values_of_the_fact_have(tables_of):
    book = entry(id="f", question="When did they meet?", kind="date", near=["met"])
    texts = {"a.txt": "They met on March 2.", "b.txt": "They met in early 2021.", "c.txt": "They met in May 2021."}
    tables = tables_of(texts, codebook=book)
    assert tables["facts"]["value"].tolist() == ["2021-03-02", "2021", "2021-05"]
    assert tables["discrepancies"]["verdict"].tolist() == ["hard"]


def test_parts_out_of_so_many_are_shares_or_marks_as_the_fact_asks(tables_of):
    text = {"a.txt": "Three out of four pupils passed."}
    given = {"id": "f", "question": "How many passed?", "kind": "number", "near": ["passed"]}
    for unit, value in (("%", "75"), ("out of 4", "3")):
        assert tables_of(text, codebook=entry(**given, unit=unit))["facts"]["value"].tolist() == [value]
