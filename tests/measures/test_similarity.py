import numpy as np
import pandas as pd
import pytest
from sklearn.feature_extraction.text import TfidfTransformer

from summit_analysis import NotDefinedError
from summit_analysis.measures.similarity import _count, _without_each, arrange, arrange_pairs, cosine
from summit_analysis.text.terms import STOP_WORDS


def pair(tables, voice="all"):
    table = tables["similarity"]
    return table[table["voice"] == voice].iloc[0]


def test_cosine_is_that_of_tf_idf_weights(tables_of):
    # "red" is in both (idf ln(3/3) + 1 = 1), "carpet" and "plane" in one (idf ln(3/2) + 1 = 1.4054651081).
    # cosine = 1 / (1 + 1.4054651081^2) = 0.3361036...
    row = pair(tables_of({"a.txt": "The red carpet.", "b.txt": "A red plane."}))
    assert row["cosine"] == pytest.approx(0.3360969, abs=1e-6)
    assert row["shared_terms"] == 1


def test_term_frequency_is_sublinear(tables_of):
    # "red" twice in a: weight 1 + ln 2 = 1.6931472; b has it once; nothing else: the angle is 0 all the same.
    # With "plane" in b alone: 1 / sqrt(1 + 1.4054651^2) = 0.5797387.
    row = pair(tables_of({"a.txt": "Red red.", "b.txt": "Red plane."}))
    assert row["cosine"] == pytest.approx(0.5797387, abs=1e-6)


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        ("The leaders met on Friday. They spoke.", "The leaders met on Friday. They spoke.", 1.0),
        ("Leaders met.", "Fish swim.", 0.0),
        ("Leaders met.", "Also Read: Leaders met\n", np.nan),
    ],
)
def test_edges(tables_of, one, two, expected):
    row = pair(tables_of({"a.txt": one, "b.txt": two}))
    np.testing.assert_equal(row["cosine"], expected)


def test_the_interval_holds_the_estimate_and_stays_in_range(alaska):
    table = alaska["similarity"].dropna(subset="low")
    assert len(table) == 30
    assert (table["low"] <= table["cosine"]).all()
    assert (table["cosine"] <= table["high"]).all()
    assert table[["low", "high"]].stack().between(0, 1).all()


def test_the_interval_is_the_jackknife_s(tables_of):
    # Each of a's two sentences left out in turn: the cosine becomes that of the other with b, idf held.
    tables = tables_of({"a.txt": "Red carpet. Blue plane.", "b.txt": "Red carpet. Green plane."})
    weight = 1.4054651081081644  # of "blue" and "green"; the rest weigh 1
    norm = np.sqrt(3 + weight**2)
    full = 3 / norm**2
    left_out = np.array([1 / (np.sqrt(1 + weight**2) * norm), 2 / (np.sqrt(2) * norm)])
    variance = 2 * (0.5 * ((left_out - left_out.mean()) ** 2).sum())  # the two sides are alike
    row = pair(tables)
    assert row["cosine"] == pytest.approx(full)
    assert row["low"] == pytest.approx(max(full - 1.959963985 * np.sqrt(variance), 0))
    assert row["high"] == pytest.approx(min(full + 1.959963985 * np.sqrt(variance), 1))


def test_one_sentence_gives_no_interval(tables_of):
    row = pair(tables_of({"a.txt": "Red carpet.", "b.txt": "Red plane. Blue plane."}))
    assert np.isnan(row["low"])
    assert np.isnan(row["high"])


def test_voices_are_compared_apart(tables_of):
    tables = tables_of(
        {"a.txt": "He said: “Red carpets matter greatly.”", "b.txt": "“Red carpets matter greatly,” she swore."}
    )
    assert pair(tables, "quoted")["cosine"] == 1.0
    assert pair(tables, "own")["cosine"] == 0.0


def test_one_article_is_not_compared(tables_of):
    tables = tables_of({"a.txt": "Red carpet."})
    with pytest.raises(NotDefinedError, match="at least two articles"):
        tables["similarity"]
    assert "similarity" not in tables
    assert list(tables["arrangement"]["place"]) == [0]


def test_agency_originals_are_left_out(tables_of):
    tables = tables_of(
        {"a.txt": "Red carpet.", "b.txt": "Red plane.", "w.txt": "Red wire."},
        articles="outlet,file,role\nA,texts/a.txt,\nB,texts/b.txt,\nW,texts/w.txt,wire\n",
    )
    assert set(tables["similarity"]["article_b"]) == {"b"}


def test_alike_articles_stand_side_by_side():
    articles = pd.DataFrame({"article": list("abcd"), "outlet": list("abcd"), "label": list("abcd")})
    alike = {("a", "c"): 0.9, ("b", "d"): 0.8, ("c", "d"): 0.3}
    pairs = [(x, y, "all", alike.get((x, y), 0.1)) for i, x in enumerate("abcd") for y in "abcd"[i + 1 :]]
    similarity = pd.DataFrame(pairs, columns=["article_a", "article_b", "voice", "cosine"])
    assert list(arrange(similarity, articles)["article"]) == ["a", "c", "d", "b"]


def test_pairs_are_turned_to_the_order_of_the_figure_and_ranked(alaska):
    pairs = arrange_pairs(alaska["similarity"], alaska["arrangement"])
    assert (pairs["place_a"] < pairs["place_b"]).all()
    assert pairs["cosine"].is_monotonic_decreasing
    assert list(pairs["rank"]) == list(range(1, 11))


def test_the_function_takes_and_returns_tables_only():
    tokens = pd.DataFrame(
        {"article": ["a", "b"], "segment": [1, 1], "start": 0, "end": 3, "term": ["red", "red"], "voice": "own"}
    )
    assert cosine(tokens, ["a", "b"])["cosine"].tolist()[:2] == [1.0, 1.0]


def test_the_cosine_without_a_sentence_is_that_of_the_article_without_it(tables_of):
    texts = {
        "a.txt": "Red boats came in. The boats left red harbours. Fish swam.",
        "b.txt": "Red fish came. Boats left.",
    }
    words = tables_of(texts)["words"]
    words = words[~words["term"].isin(STOP_WORDS)]
    counts, units, article, _ = _count(words, ["a", "b"])
    weigh = TfidfTransformer(sublinear_tf=True).fit(counts)
    expected = (weigh.transform((counts[article] - units).tocsr()) @ weigh.transform(counts).T).toarray()
    assert _without_each(counts, units, article, weigh.idf_) == pytest.approx(expected, abs=1e-12)


def test_an_article_of_one_sentence_is_alike_to_none_without_it(tables_of):
    words = tables_of({"a.txt": "Red boats came.", "b.txt": "Red fish came. Boats left."})["words"]
    counts, units, article, _ = _count(words, ["a", "b"])
    assert _without_each(counts, units, article, np.ones(counts.shape[1]))[0].tolist() == [0.0, 0.0]
