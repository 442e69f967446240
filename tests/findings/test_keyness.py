import numpy as np
import pandas as pd

from summit_analysis import findings
from summit_analysis.findings.keyness import chance, describe_keyness, power, priors, wording
from summit_analysis.measures.keyness import strongest
from summit_analysis.measures.robustness import set_apart

ARTICLES = pd.DataFrame({"article": ["a", "b"], "label": ["The A", "The B"]})


def keyness(*rows):
    table = pd.DataFrame(rows, columns=["article", "term", "p_max"])
    return table.assign(voice="all", stop_word=False, p_adjusted=1.0, z=1 - table["p_max"])


def test_chance_names_what_holds_and_agrees_in_number():
    said = chance(keyness(("a", "fish", 0.01), ("b", "war", 0.5)), ARTICLES)
    assert said == [
        "Against shuffled sentences “fish” in The A (p = 0.010) holds; the chance of one or more false words among all is "
        "below 5 %."
    ]
    assert "(p = 0.020) hold;" in chance(keyness(("a", "fish", 0.01), ("b", "war", 0.02)), ARTICLES)[0]


def test_chance_says_that_nothing_holds():
    said = chance(keyness(("a", "fish", 0.25), ("b", "war", 0.5)), ARTICLES)
    assert said[0].endswith(
        "a largest |z| like that of “fish” in The A, the largest of a content word here, comes about in 25 % of them."
    )
    assert chance(keyness(("a", "fish", np.nan)), ARTICLES) == ["There are no words to compare."]


def test_power_says_how_long_texts_would_have_to_be():
    table = pd.DataFrame(
        {"rate": [1, 5, 20], "critical": 2.25, "power": [0.004, 0.3, 0.9], "times_longer": [np.nan, 1200.0, 1.0]}
    )
    assert power(table) == [
        "A difference counts here where |z| exceeds 2.2: chance alone, sentences shuffled among the articles, makes the "
        "largest of all |z| exceed that in 5 % of cases.",
        "A word that stands once in 1,000 words elsewhere and twice as often in one article would be seen in less than 1 % "
        "of cases; no length up to 10,000 times theirs would do.",
        "A word that stands 5 times in 1,000 words elsewhere and twice as often in one article would be seen in 30 % of "
        "cases; for four cases in five the texts would have to be 1,200 times as long.",
        "A word that stands 20 times in 1,000 words elsewhere and twice as often in one article would be seen in 90 % of "
        "cases; these texts are long enough for that.",
    ]


def test_priors_say_for_whom_the_first_word_stays():
    rows = [(a0, "The A", "fish", 1, True) for a0 in (100, 500, 900)]
    rows += [(100, "The B", "war", 1, False), (500, "The B", "tea", 1, False), (900, "The B", "tea", 1, False)]
    said = priors(pd.DataFrame(rows, columns=["prior_tokens", "label", "term", "rank", "held"]))
    assert said == [
        "With a prior of 100, 500 and 900 tokens, 1, 1 and 1 of the words shown hold.",
        "The word that comes first is the same under each prior for The A.",
    ]


def test_a_planted_word_is_told_of_in_every_way(tables_of):
    filler = " ".join(f"word{n % 40} ok." for n in range(200))
    tables = tables_of({"a.txt": filler + " Zebra zebra zebra." * 12, "b.txt": filler, "c.txt": filler})
    assert findings.about("wording", tables)[0] == "a is set apart by “zebra”."
    assert findings.about("wording", tables)[1].startswith("1 of ")
    assert findings.about("wording", tables)[1].endswith(" tests holds, adjusted for their number.")
    assert "“zebra” in a" in findings.about("chance", tables)[0]


def words(*rows):
    """Return keyness of two articles from (article, term, z, whether it is a stop word); what has |z| of 4 or more holds."""
    table = pd.DataFrame(rows, columns=["article", "term", "z", "stop_word"])
    held = table["z"].abs() >= 4
    columns = {"voice": "all", "tests": 40, "count": 3, "reference_count": 0, "log_odds": table["z"], "p": 0.5}
    return table.assign(**columns, p_adjusted=np.where(held, 0.01, 0.9), p_max=np.where(held, 0.01, 0.9))


def all_that_is_said(table):
    arrangement = ARTICLES.assign(place=[0, 1], shown=True, compared=2)
    shown = strongest(table, arrangement, terms=2)
    (headline, *_) = set_apart({"keyness": table, "arrangement": arrangement})
    return {
        "wording": wording(table, shown),
        "chance": chance(table, ARTICLES)[0],
        "title": describe_keyness(shown).title,
        "headline": headline.statement,
    }


def test_a_stop_word_sets_no_article_apart_wherever_it_is_told():
    said = all_that_is_said(words(("a", "you", 9.0, True), ("a", "fish", 2.0, False), ("b", "war", 1.0, False)))
    assert said["wording"][0].startswith("No word sets an article apart: of 40 tests ")
    assert "no content word holds" in said["wording"][0]
    assert "The nearest is “fish”" in said["wording"][0]
    assert said["chance"].startswith("Shuffled sentences give no reason")
    assert said["title"] == "No word sets an outlet apart once 40 tests are allowed for"
    assert said["headline"] == "No word sets an article apart"


def test_the_title_counts_what_holds_beyond_the_words_drawn():
    fish = [("a", f"fish{n}", 5.0 + n, False) for n in range(3)]
    said = all_that_is_said(words(*fish, ("a", "you", 9.0, True), ("b", "war", 1.0, False)))
    assert said["title"] == "3 words set The A apart; the rest may be chance"
    assert said["wording"] == [
        "The A is set apart by “fish2”, “fish1” and “fish0”.",
        "3 of 40 tests hold for a content word and 1 for a stop word, adjusted for their number.",
    ]


def test_stop_words_alone_are_no_words_to_compare():
    table = words(("a", "you", 9.0, True))
    assert wording(table, table.assign(label="The A")) == ["There are no words to compare."]


def test_where_shuffled_sentences_always_reach_as_far_the_largest_is_named():
    table = words(("a", "ant", 1.0, False), ("a", "fish", 2.0, False), ("b", "war", -3.0, False)).assign(p_max=1.0)
    assert "a largest |z| like that of “war” in The B" in chance(table, ARTICLES)[0]
