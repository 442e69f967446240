from math import log, sqrt

import pytest

from summit_analysis.measures.keyness import log_odds, strongest


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
