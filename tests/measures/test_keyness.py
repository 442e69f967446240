from math import inf, log, sqrt

import pandas as pd
import pytest

from summit_analysis import NotDefinedError
from summit_analysis.measures.keyness import by_prior, log_odds, strongest
from summit_analysis.text.terms import find_pairs


def tokens_of(articles: dict[str, list[str]]) -> pd.DataFrame:
    """Return tokens as `find_tokens` gives them: paragraphs by article, each one sentence of one-letter-free words."""
    rows = [
        (article, number, word, "own", number)
        for article, paragraphs in articles.items()
        for number, words in enumerate(paragraphs, start=1)
        for word in words.split()
    ]
    table = pd.DataFrame(rows, columns=["article", "segment", "term", "voice", "paragraph"])
    return table.assign(start=range(0, 2 * len(table), 2), end=range(1, 2 * len(table) + 1, 2))


def row(table, article, term, voice="all"):
    return table[(table["article"] == article) & (table["term"] == term) & (table["voice"] == voice)].iloc[0]


def test_log_odds_are_monroe_s(tables_of):
    # a: peace 3 of 4 words; b: peace 1 of 6. Both together 4 of 10, so a = 500 * 0.4 = 200.
    table = tables_of({"a.txt": "Peace peace peace war.", "b.txt": "Peace fish fish fish fish fish."})["keyness"]
    found = row(table, "a", "peace")
    delta = log(203 / (504 - 203)) - log(201 / (506 - 201))
    error = sqrt(1 / 203 + 1 / 201)
    assert found["log_odds"] == pytest.approx(delta, abs=1e-12)
    assert found["z"] == pytest.approx(delta / error, abs=1e-12)
    assert found["low"] == pytest.approx(delta - 1.959963984540054 * error, abs=1e-9)
    assert (found["count"], found["reference_count"]) == (3, 1)
    assert (found["rate"], found["reference_rate"]) == (pytest.approx(750), pytest.approx(1000 / 6))


def test_the_reference_leaves_the_target_out(tables_of):
    table = tables_of({f"{n}.txt": f"Peace talks {n * 3}." for n in "abc"})["keyness"]
    found = row(table, "a", "peace")
    assert (found["count"], found["reference_count"]) == (1, 2)


def test_alike_articles_have_no_distinctive_word(tables_of):
    table = tables_of({"a.txt": "Peace talks began.", "b.txt": "Peace talks began."})["keyness"]
    assert table["log_odds"].abs().max() < 1e-12
    assert table["p_adjusted"].min() == pytest.approx(1)


def test_two_articles_mirror_each_other(tables_of):
    table = tables_of({"a.txt": "Peace talks began well.", "b.txt": "War talks began badly."})["keyness"]
    assert row(table, "a", "talks")["z"] == pytest.approx(-row(table, "b", "talks")["z"])


def test_counts_add_up_to_the_words_of_each_article(alaska):
    for voice in ("all", "own", "quoted"):
        table = alaska["keyness"][alaska["keyness"]["voice"] == voice]
        tokens = alaska["tokens"] if voice == "all" else alaska["tokens"][alaska["tokens"]["voice"] == voice]
        assert table.groupby("article")["count"].sum().to_dict() == tokens.groupby("article").size().to_dict()


def test_every_term_and_article_counts_as_a_test(alaska):
    table = alaska["keyness"][alaska["keyness"]["voice"] == "all"]
    assert set(table["tests"]) == {5 * alaska["tokens"]["term"].nunique()}


def test_the_prior_pulls_rare_words_towards_alike(alaska):
    articles = list(alaska.compared["article"])
    weak, strong = (log_odds(alaska["tokens"], articles, prior_tokens=a0) for a0 in (100, 2000))
    assert row(strong, "htn-world", "melania")["log_odds"] < row(weak, "htn-world", "melania")["log_odds"]


def test_a_planted_word_is_found_and_chance_is_not(tables_of):
    filler = " ".join(f"word{n % 40}" for n in range(400))
    tables = tables_of({"a.txt": filler + " zebra" * 40, "b.txt": filler, "c.txt": filler})
    table = tables["keyness"]
    survivors = table[(table["p_adjusted"] < 0.05) & (table["voice"] == "all")]
    assert set(survivors["term"]) == {"zebra"}
    assert tables["keyness_strongest"].query("survives")["term"].unique().tolist() == ["zebra"]


def test_a_voice_that_only_one_article_has_is_not_tested(tables_of):
    table = tables_of({"a.txt": "He said: “We will all go home.”", "b.txt": "They left the hall."})["keyness"]
    assert "quoted" not in set(table["voice"])


def test_the_figure_gets_content_words_by_size_of_z(alaska):
    table = strongest(alaska["keyness"], alaska["arrangement"], terms=3)
    assert table.groupby("article").size().tolist() == [3] * 5
    assert not table["stop_word"].any()
    full = alaska["keyness"].query("voice == 'all' and not stop_word and article == 'htn-world'")
    assert set(table[table["article"] == "htn-world"]["z"].abs()) == set(full["z"].abs().nlargest(3))


def test_dispersion_is_gries_s_worked_example():
    # Gries 2008, Int. J. Corpus Linguistics 13:403-437: the letter a in five parts, DP = 0.18.
    parts = [
        "b a m n i b e u p",
        "b a s a t b e w q n",
        "b c a g a b e s t a",
        "b a g h a b e a a t",
        "b a h a a b e a x a t",
    ]
    table = log_odds(tokens_of({"one": parts, "two": ["a b"]}), ["one", "two"], voices=("all",))
    assert row(table, "one", "a")["dispersion"] == pytest.approx(0.18, abs=1e-9)
    # All of x in one of five paragraphs, of 11 of the 50 letters: 1 - 11 / 50.
    assert row(table, "one", "x")["dispersion"] == pytest.approx(0.78, abs=1e-9)


def test_the_weight_of_the_prior_is_given_or_all_words():
    tokens = tokens_of({"a": ["war war fish"], "b": ["war fish fish fish fish fish fish"]})
    for given, a0 in ((100, 100), (500, 500), (inf, 10)):
        found = row(log_odds(tokens, ["a", "b"], prior_tokens=given), "a", "war")
        prior = a0 * 3 / 10
        expected = log((2 + prior) / (3 + a0 - 2 - prior)) - log((1 + prior) / (7 + a0 - 1 - prior))
        assert found["log_odds"] == pytest.approx(expected, abs=1e-9)


def test_a_background_gives_the_prior_s_shares():
    tokens = tokens_of({"a": ["war war fish"], "b": ["war fish fish"]})
    found = row(log_odds(tokens, ["a", "b"], background=pd.Series({"war": 1, "tea": 93})), "a", "war")
    prior = 500 * (3 + 1) / (6 + 94)
    expected = log((2 + prior) / (3 + 500 - 2 - prior)) - log((1 + prior) / (3 + 500 - 1 - prior))
    assert found["log_odds"] == pytest.approx(expected, abs=1e-9)
    assert found["z"] == pytest.approx(expected / sqrt(1 / (2 + prior) + 1 / (1 + prior)), abs=1e-9)


def test_p_max_counts_the_texts_themselves_as_a_shuffling():
    tokens = tokens_of({"a": ["war war fish"], "b": ["war fish fish"]})
    null = pd.DataFrame({"voice": "all", "shuffle": [1, 2, 3], "largest": [0.0, 5.0, 0.0]})
    table = log_odds(tokens, ["a", "b"], null=null, voices=("all",))
    assert set(table["p_max"]) == {0.5}  # one of three shufflings reaches it, and the texts: (1 + 1) / (1 + 3)
    assert log_odds(tokens, ["a", "b"])["p_max"].isna().all()


def test_a_missing_word_is_listed_where_it_could_be_expected():
    tokens = tokens_of({"a": ["war " * 10], "b": ["fish tea " * 5]})
    table = log_odds(tokens, ["a", "b"], voices=("all",))
    assert row(table, "a", "fish")["count"] == 0
    table = log_odds(tokens_of({"a": ["war"], "b": ["fish tea " * 5]}), ["a", "b"], voices=("all",))
    assert set(table[table["article"] == "a"]["term"]) == {"war"}
    assert set(table["tests"]) == {6}


def test_two_word_terms_stay_in_their_sentence_and_voice(tables_of):
    tables = tables_of({"a.txt": "Red carpet talks. Peace came “very fast indeed” there.", "b.txt": "Red plane talks."})
    pairs = find_pairs(tables["tokens"])
    assert list(pairs.query("article == 'a'")["term"]) == [
        "red carpet", "carpet talks", "peace came", "came very", "very fast", "fast indeed", "indeed there",
    ]  # fmt: skip
    text = tables.corpus.texts["a"]
    assert [text[p.start : p.end] for p in pairs.query("article == 'a'").itertuples()][:2] == [
        "Red carpet",
        "carpet talks",
    ]
    assert row(tables["keyness_two_words"], "a", "red carpet")["count"] == 1


def test_outlets_with_several_articles_are_compared_whole(tables_of):
    tables = tables_of(
        {"a.txt": "War came.", "b.txt": "War stayed.", "c.txt": "Peace came."},
        articles="outlet,file\nP,texts/a.txt\nP,texts/b.txt\nQ,texts/c.txt\n",
    )
    table = tables["keyness_outlets"].query("voice == 'all' and term == 'war' and outlet == 'P'").iloc[0]
    assert (table["count"], table["reference_count"]) == (2, 0)
    assert row(tables["keyness"], "a", "war")["count"] == 1


def test_outlets_with_one_article_each_are_not_compared_twice(tables_of):
    with pytest.raises(NotDefinedError, match="each has one article"):
        tables_of({"a.txt": "War came.", "b.txt": "Peace came."})["keyness_outlets"]


@pytest.mark.parametrize("name", ["keyness", "keyness_null", "keyness_power", "keyness_priors", "keyness_two_words"])
def test_one_article_is_not_compared(tables_of, name):
    with pytest.raises(NotDefinedError, match="at least two articles"):
        tables_of({"a.txt": "War came."})[name]


@pytest.mark.parametrize("texts", [("War", "War and peace came."), ("War", "Peace"), ("War", "War")])
def test_articles_of_one_word_are_compared(tables_of, texts):
    tables = tables_of({"a.txt": texts[0], "b.txt": texts[1]})
    assert tables["keyness"]["p_adjusted"].between(0.5, 1).all()
    assert len(tables["keyness_power"]) == 5


def test_the_sensitivity_to_the_prior_has_each_weight_and_rank():
    tokens = tokens_of({"a": ["war war fish tea"], "b": ["war fish fish fish salt salt"]})
    arrangement = pd.DataFrame(
        {"article": ["a", "b"], "label": ["A", "B"], "place": [0, 1], "shown": True, "compared": 2}
    )
    first = strongest(log_odds(tokens, ["a", "b"]), arrangement, terms=1)
    table = by_prior(tokens, ["a", "b"], first)
    assert table["prior_tokens"].tolist() == [100, 100, 500, 500, 10, 10]
    assert table["rank"].tolist() == [1] * 6
    assert not table["held"].any()
