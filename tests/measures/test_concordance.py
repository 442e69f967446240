import pytest

from summit_analysis import load_corpus
from summit_analysis.measures.concordance import concordance

TEXTS = {
    "a.txt": "Peace came at last.\nLund said: “A peaceful end.”\nAlso Read: Peace\n",
    "b.txt": "War, not\tpeace, came to us.",
}


@pytest.fixture
def corpus(write_story):
    return load_corpus(write_story(TEXTS))


def test_each_occurrence_is_a_row_in_its_context(corpus):
    table = concordance(corpus, "peace*", width=12)
    assert table[["outlet", "voice", "left", "node", "right", "left_word", "right_word"]].to_numpy().tolist() == [
        ["a", "own", "", "Peace", "came at last", "", "came"],
        ["a", "quoted", "und said: “A", "peaceful", "end.” Also R", "said", "end"],
        ["b", "own", "War, not", "peace", ", came to us", "not", "came"],
    ]
    for row in table.itertuples():
        text = corpus.texts[row.article]
        assert text[row.start : row.end] == row.node
        assert row.position == row.start / len(text)


def test_it_sorts_by_its_neighbours(corpus):
    assert concordance(corpus, "peace*").sort_values("right_word")["node"].tolist() == ["Peace", "peace", "peaceful"]


def test_the_tables_at_hand_give_the_same(tables_of):
    tables = tables_of(TEXTS)
    at_hand = concordance(tables.corpus, "peace", segments=tables["segments"], quotations=tables["quotations"])
    assert at_hand.equals(concordance(tables.corpus, "peace"))


def test_nothing_found_is_an_empty_table_and_no_word_is_refused(corpus):
    assert concordance(corpus, "carp").empty
    assert "right_word" in concordance(corpus, "carp")
    with pytest.raises(ValueError, match="names no word"):
        concordance(corpus, "?")
