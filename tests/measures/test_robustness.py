import pandas as pd
import pytest

from summit_analysis import NotDefinedError
from summit_analysis.measures.robustness import (
    most_alike,
    quotes_most,
    robustness,
    set_apart,
    speaks_most,
    tells_most,
)


def story(pairs=((("a", "b"), 0.9), (("a", "c"), 0.2)), words=(), quoted=(("a", 0.5), ("b", 0.1), ("c", 0.0))):
    """Return tables as headlines read them: articles a, b and c by The A, The B and The C."""
    articles = [article for article, _ in quoted]
    label = {article: f"The {article.upper()}" for article in articles}
    return {
        "arrangement": pd.DataFrame({"article": articles, "label": list(label.values())}),
        "similarity": pd.DataFrame(
            [(a, b, "all", value) for (a, b), value in pairs], columns=["article_a", "article_b", "voice", "cosine"]
        ),
        "keyness": pd.DataFrame(
            [("all", False, "c", "filler", 0.1, 0.9), *(("all", False, *word) for word in words)],
            columns=["voice", "stop_word", "article", "term", "z", "p_adjusted"],
        ),
        "voices": pd.DataFrame([("a", "Lund", 9), ("b", "Marsh", 4), ("b", "", 99)], columns=["article", "speaker", "words"]),
        "articles": pd.DataFrame(
            [(a, label[a], share > 0, share) for a, share in quoted],
            columns=["article", "label", "quoted_words", "quoted_share"],
        ),
        "coverage": pd.DataFrame(
            [(a, label[a], 2, share) for a, share in zip(articles, (0.2, 0.7, 0.7), strict=False)],
            columns=["article", "label", "claims", "article_share"],
        ),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("headline", "statement", "about"),
    [
        (most_alike, "The A and The B are most alike", {"a", "b"}),
        (set_apart, "No word sets an article apart", set()),
        (speaks_most, "Lund is quoted most", set()),
        (quotes_most, "The A quotes the largest share", {"a"}),
        (tells_most, "The B and The C tell most claims", {"b", "c"}),
    ],
)
def test_headlines_say_who_and_name_ties_together(headline, statement, about):
    (found,) = headline(story())
    assert (found.statement, found.about) == (statement, about)


def test_words_that_hold_are_headlines_by_size():
    found = set_apart(story(words=[("a", "fish", 4.0, 0.01), ("b", "war", -5.0, 0.01)]))
    assert [headline.statement for headline in found] == ["“war” sets The B apart", "“fish” sets The A apart"]


def test_one_pair_is_not_called_the_most_alike():
    assert most_alike(story(pairs=[(("a", "b"), 0.9)])) == []
    assert most_alike(story(pairs=[(("a", "b"), 0.9), (("a", "c"), 0.9)])) == []


def test_a_check_holds_changes_or_does_not_apply():
    other = story(pairs=[(("a", "b"), 0.3), (("a", "c"), 0.5)])
    table = robustness(story(), {"lemmas": story(), "own voice": other, "without The B": other, "without The C": story()}.items(),
                       {"without The B": "b", "without The C": "c"})  # fmt: skip
    alike = table[table["finding"] == "most alike"].set_index("check")
    assert alike["holds"].to_dict() == {
        "lemmas": "holds",
        "own voice": "changes",
        "without The B": "not applicable",  # it is about b
        "without The C": "holds",
    }
    assert alike.loc["own voice", "outcome"] == "The A and The C are most alike"
    assert alike.loc["without The B", "outcome"] == ""
    assert alike[["checks", "held", "kept"]].iloc[0].tolist() == [3, 2, True]
    speaks = table[table["finding"] == "speaks most"].set_index("check")["holds"]
    assert speaks["lemmas"] == "not applicable"
    assert speaks["without The B"] == "holds"


def test_what_holds_in_half_of_its_checks_is_no_finding():
    other = story(pairs=[(("a", "b"), 0.3), (("a", "c"), 0.5)])
    table = robustness(story(), {"lemmas": story(), "own voice": other}.items(), {})
    assert not table.loc[table["finding"] == "most alike", "kept"].any()


def test_a_label_inside_another_word_hides_no_check(tables_of):
    # "a" stands in "No word sets an article apart", and is no article that it is about.
    table = tables_of({f"{n}.txt": f"Fish number {n} swam far. It rained." for n in "abc"})["robustness"]
    none = table[(table["finding"] == "no word") & table["check"].str.startswith("without")]
    assert set(none["holds"]) == {"holds"}


def test_each_choice_is_made_otherwise_once(tables_of):
    tables = tables_of({f"{n}.txt": f"Fish {n * 3} swam far. It rained {n * 4}." for n in "abc"})
    assert list(tables["robustness"]["check"].drop_duplicates()) == [
        "lemmas", "no stop list", "a0 = 100", "a0 = N", "own voice", "no headings", "without a", "without b", "without c",
    ]  # fmt: skip


def test_what_is_told_in_part_is_a_choice_where_there_is_any(alaska):
    table = alaska["robustness"]
    check = table[table["check"] == "told in full"].set_index("finding")["holds"]
    full = alaska["coverage"].assign(full=lambda t: t["status"] == "asserts").groupby("label")["full"].sum()
    most = alaska["coverage"].drop_duplicates("article").set_index("label")["article_told"]
    assert check["tells most"] == ("holds" if full.idxmax() == most.idxmax() else "changes")
    assert check["most alike"] == "not applicable"


def test_one_article_has_no_headline(tables_of):
    with pytest.raises(NotDefinedError):
        tables_of({"a.txt": "Fish swam."})["robustness"]


def test_what_no_check_bears_on_is_not_kept():
    table = robustness(story(), {"lemmas": story()}.items(), {}).drop_duplicates("row").set_index("finding")
    assert table.loc["speaks most", ["checks", "held", "kept"]].tolist() == [0, 0, False]
    assert table.loc["most alike", ["checks", "held", "kept"]].tolist() == [1, 1, True]


def test_a_word_is_the_same_finding_in_its_dictionary_form():
    said = story(words=[("a", "drones", 4.0, 0.01), ("b", "closed", -3.0, 0.01)])
    lemmas = story(words=[("b", "drone", 5.0, 0.01), ("a", "drone", 4.0, 0.01)])
    table = robustness(said, {"lemmas": lemmas}.items(), {}).set_index("finding")
    assert table.loc["word drones a", "holds"] == "holds"
    # Of the same outlet where it has another word, and never of another one.
    assert table.loc["word closed b", ["holds", "outcome"]].tolist() == ["changes", "“drone” sets The B apart"]
    alone = robustness(said, {"lemmas": story(words=[("a", "drone", 4.0, 0.01)])}.items(), {}).set_index("finding")
    assert alone.loc["word closed b", "outcome"] == "No word sets The B apart"


def test_an_inflected_word_holds_among_lemmas(tables_of):
    texts = {
        "a.txt": "The drones came. " * 30,
        "b.txt": "The boats sailed off. " * 30,
        "c.txt": "The boats sailed in. " * 30,
    }
    table = tables_of(texts)["robustness"]
    assert table.query("check == 'lemmas' and statement == '“drones” sets a apart'")["holds"].tolist() == ["holds"]


def test_leaving_another_article_out_is_no_check_of_who_has_the_most():
    table = robustness(story(), {"without The C": story(), "told in full": story()}.items(), {"without The C": "c"})
    holds = table.set_index(["finding", "check"])["holds"]
    assert holds["quotes most", "without The C"] == holds["tells most", "without The C"] == "not applicable"
    assert holds["tells most", "told in full"] == holds["speaks most", "without The C"] == "holds"
