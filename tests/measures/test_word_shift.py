from math import log2

import pytest
from scipy.spatial.distance import jensenshannon

from summit_analysis import NotDefinedError
from summit_analysis.measures.word_shift import largest, word_shift


def test_contributions_are_the_parts_of_the_divergence(tables_of):
    # Own content words: a has "fish" 2 and "war" 1 of 3, b "war" 1 and "peace" 3 of 4.
    tables = tables_of({"a.txt": "Fish fish war.", "b.txt": "War, peace, peace, peace."})
    table = word_shift(tables["tokens"], ["a", "b"])
    shift = table.query("article == 'a'").set_index("term")
    p, q = {"fish": 2 / 3, "war": 1 / 3, "peace": 0}, {"fish": 0, "war": 1 / 4, "peace": 3 / 4}
    parts = {
        term: -(p[term] + q[term]) / 2 * log2((p[term] + q[term]) / 2)
        + sum(x * log2(x) for x in (p[term], q[term]) if x) / 2
        for term in ("fish", "war", "peace")
    }
    divergence = sum(parts.values())
    assert shift["divergence"].iloc[0] == pytest.approx(divergence, abs=1e-9)
    assert divergence == pytest.approx(jensenshannon(list(p.values()), list(q.values()), base=2) ** 2, abs=1e-9)
    for term, part in parts.items():
        assert shift.loc[term, "contribution"] == pytest.approx(part / divergence, abs=1e-9)
    assert (shift.loc["peace", "signed"] < 0 < shift.loc["fish", "signed"]) and shift.loc["war", "signed"] > 0
    assert shift["contribution"].sum() == pytest.approx(1)
    assert (shift.loc["fish", "rate"], shift.loc["peace", "reference_rate"]) == (pytest.approx(2000 / 3), 750)


def test_disjoint_articles_diverge_by_one_bit_and_alike_ones_by_none(tables_of):
    apart = tables_of({"a.txt": "Fish swam.", "b.txt": "War came."})["word_shift"]
    assert set(apart["divergence"].round(12)) == {1.0}
    alike = tables_of({"a.txt": "Fish swam.", "b.txt": "Fish swam."})["word_shift"]
    assert set(alike["divergence"]) == set(alike["contribution"]) == {0.0}


def test_a_voice_that_one_article_has_is_not_defined(tables_of):
    tokens = tables_of({"a.txt": "Lund said: “Fish swam far.”", "b.txt": "War came."})["tokens"]
    with pytest.raises(NotDefinedError, match="at least two articles"):
        word_shift(tokens, ["a", "b"], voice="quoted")
    with pytest.raises(NotDefinedError):
        word_shift(tokens, ["a"])


def test_the_figure_gets_the_largest_and_what_they_cover(tables_of):
    tables = tables_of({"a.txt": "Fish fish war.", "b.txt": "War, peace, peace, peace."})
    table = largest(tables["word_shift"], tables["arrangement"], terms=2)
    assert table.groupby("article")["term"].apply(list).to_dict() == {"a": ["peace", "fish"], "b": ["peace", "fish"]}
    assert table["row"].tolist() == [0, 1, 0, 1]
    assert table["covered"].iloc[0] == pytest.approx(table["contribution"].iloc[:2].sum())
