import pytest

from summit_analysis.text.likeness import Sentences, alike_pairs, similarity_of
from summit_analysis.text.segments import find_segments


@pytest.fixture
def told(tables_of):
    def make(*texts):
        tables = tables_of({f"{n}.txt": text for n, text in enumerate(texts)})
        return Sentences(find_segments(tables.corpus), list(tables.corpus.texts))

    return make


def test_sentences_of_different_articles_are_paired(told):
    sentences = told(
        "The ferry ran aground near Norby harbour. Rain fell. The ferry ran aground near Norby harbour.",
        "Fish swim. Near Norby harbour the ferry ran aground!",
    )
    pairs = {(sentences[a].segment, sentences[b].segment): s for a, b, s in alike_pairs(sentences, least=0.5)}
    assert pairs == {(1, 2): 1.0}  # what is said again counts where it stands first


def test_too_few_words_in_common_are_no_pair(told):
    sentences = told("The ferry sailed.", "The ferry sailed.")
    assert list(alike_pairs(sentences, least=0.1)) == []


@pytest.mark.parametrize(
    ("one", "two", "similarity"),
    [("A ferry sank.", "A ferry sank.", 1.0), ("A ferry sank.", "Fish swim.", 0.0), ("Of the.", "Of the.", 0.0)],
)
def test_similarity(told, one, two, similarity):
    sentences = told(one + " Rain.", two + " Snow.")
    assert similarity_of(sentences, sentences[0], sentences[2])[0] == similarity


def test_a_story_without_sentences_has_no_pairs(told):
    assert list(alike_pairs(told("Ab ba", "Of cd"), least=0.1)) == []
