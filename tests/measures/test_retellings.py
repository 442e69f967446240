import pytest

from summit_analysis.measures.retellings import told_otherwise

TEXTS = {
    "a.txt": "The talks ended without a breakthrough. It rained.",
    "b.txt": "The talks ended with no formal breakthrough. It snowed.",
    "c.txt": "Fish swam. The talks ended without a breakthrough.",
    "d.txt": "Nothing came of it all. War went on.",
}
CODEBOOK = (
    '[[claim]]\nid = "none"\nstatement = "Nothing was agreed."\n[[claim]]\nid = "rain"\nstatement = "It rained."\n'
)
CODINGS = (
    "claim,article,coder,status,evidence\n"
    "none,a,x,asserts,without a breakthrough\nnone,b,x,partial,no formal breakthrough\n"
    "none,c,x,asserts,without a breakthrough\nnone,d,x,asserts,Nothing came of it all\n"
    "rain,a,x,asserts,It rained\nrain,b,x,contradicts,It snowed\nrain,c,x,absent,\nrain,d,x,absent,\n"
)


@pytest.fixture
def tables(tables_of):
    return tables_of(TEXTS, codebook=CODEBOOK, codings=CODINGS)


def test_whole_sentences_that_tell_the_same_claim_are_set_side_by_side(tables):
    table = tables["retellings"]
    assert set(table["claim"]) == {"none"}  # what is contradicted or absent is not told
    assert len(table) == 6
    for row in table.itertuples():
        assert tables.corpus.texts[row.article_a][row.start_a : row.end_a] == row.text_a
        assert tables.corpus.texts[row.article_b][row.start_b : row.end_b] == row.text_b
    pair = table[table["article_a"].isin(["a", "b"]) & table["article_b"].isin(["a", "b"])].iloc[0]
    assert {pair["text_a"], pair["text_b"]} == {
        "The talks ended without a breakthrough.",
        "The talks ended with no formal breakthrough.",
    }
    # "the talks ended … breakthrough": 4 of 5 words ("a" is no token) and 4 of 7.
    assert (pair["same_words"], {pair["words_a"], pair["words_b"]}) == (4, {5, 7})
    assert pair["alike"] == pytest.approx(8 / 12)


def test_pairs_are_ranked_by_likeness_within_a_claim(tables):
    table = tables["retellings"]
    assert table["alike"].is_monotonic_decreasing
    assert table["rank"].tolist() == [1, 2, 3, 4, 5, 6]
    assert table["alike"].iloc[0] == 1


def test_the_nearest_pair_that_is_not_the_same_is_shown_once_a_claim(tables):
    table = told_otherwise(tables["retellings"])
    assert table["alike"].tolist() == [pytest.approx(8 / 12)]
    assert told_otherwise(table.iloc[:0]).empty


def test_claims_told_by_one_alone_have_no_pair(tables_of):
    tables = tables_of({"a.txt": TEXTS["a.txt"], "b.txt": "Fish swam."}, codebook=CODEBOOK,
                       codings="claim,article,coder,status,evidence\nnone,a,x,asserts,without a breakthrough\nnone,b,x,absent,\n")  # fmt: skip
    assert tables["retellings"].empty
    assert tables["told_otherwise"].empty
