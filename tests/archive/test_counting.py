"""The compiled counts are the plain counts, and both are the words of the small path."""

from unittest import mock

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sklearn.feature_extraction.text import CountVectorizer

from summit_analysis.archive import counting
from summit_analysis.text import terms

PIECES = st.sampled_from(
    [
        "U.S.",
        "U.",
        "S.",
        "U.S.A.",
        "USA",
        "US",
        "us",
        "U.S",
        "U.N.",
        "e.g.",
        "can't",
        "won’t",
        "shan't",
        "CAN'T",
        "don't",
        "DIDN'T",
        "n't",
        "'s",
        "’s",
        "'ve",
        "'Ll",
        "'",
        "’",
        ".",
        "..",
        "S.",
        "A.",
        "JOIN",
        "US",
        "NOW\n",
        "\n",
        "\xa0",
        "\u2028",
        "\x0b",
        "é",
        "É",
        "ß",
        "Σ",
        "ΑΣ",
        "İ",
        "ı",
        "ŉ",
        "ǅ",
        "ſ",
        "K",
        "Ⱥ",
        "é",
        "\xad",
        "\u200b",
        "日本",
        "½",
        "²",
        "_",
        "__",
        "42",
        "ʼ",
        "＇",
        "𝔄",
        "😀",
        "가",
        "word",
        "Word",
        "x",
        "X",
        "n",
        "t",
        "s",
        "a",
        "-",
    ]
)
TEXTS = st.lists(st.one_of(PIECES, st.text(max_size=3), st.just(" ")), max_size=25).map("".join)
TEXTS = TEXTS.filter(lambda text: not any("\ud800" <= c <= "\udfff" for c in text))


def reference(texts, tokens):
    rows = [tokens(text) for text in texts]
    vocabulary = sorted({term for row in rows for term in row})
    matrix = np.zeros((len(texts), len(vocabulary)), dtype=int)
    for n, row in enumerate(rows):
        for term in row:
            matrix[n, vocabulary.index(term)] += 1
    return vocabulary, matrix


@settings(max_examples=300, deadline=None)
@given(st.lists(TEXTS, max_size=4))
@example(["U.S. A.B. U.S.A.x can't've DIDN'T US's\nJOIN US NOW\nU.S.'s"])
@example(["", "x", "U. S. AND US TOO", "shan’t SHAN’T pecan't"])
@pytest.mark.parametrize("cleaned", [True, False])
def test_three_ways_of_counting_agree(cleaned, texts):
    strings = pa.array(texts, type=pa.string())
    vocabulary, matrix = reference(
        texts,
        lambda t: [token.term for token in terms.tokenise(t)] if cleaned else terms.TOKEN.findall(t.lower()),
    )
    with mock.patch.object(counting, "AT_A_TIME", 2):
        plainly = counting.count_plainly(strings, cleaned=cleaned)
    for counts in (counting.count(strings, cleaned=cleaned, threads=2), plainly):
        assert counts.terms.to_pylist() == vocabulary
        assert (counts.matrix.toarray() == matrix).all()
        assert counts.matrix.has_canonical_format or counts.matrix.nnz == 0


@settings(max_examples=200, deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=4), st.data())
def test_lines_left_out_are_not_counted(texts, data):
    lines = [line for text in texts for line in [*text.splitlines(), ""]]
    text = "\n".join(lines)
    spans, at = [], 0
    for line in lines:
        words = line.strip()
        if words and data.draw(st.booleans()):
            start = text.index(words, at)
            spans.append((start, start + len(words)))
        at += len(line) + 1
    kept = [t.term for t in terms.tokenise(text) if not any(a <= t.start < b for a, b in spans)]
    counts = counting.count(pa.array([text]), [spans])
    assert counts.terms.to_pylist() == sorted(set(kept))
    assert counts.matrix.toarray().sum() == len(kept)


def test_counts_by_hand():
    counts = counting.count(pa.array(["The U.S. didn't. The “U.N.” did!", "us"]))
    assert counts.terms.to_pylist() == ["US", "did", "the", "un", "us"]
    assert counts.matrix.toarray().tolist() == [[1, 2, 2, 1, 0], [0, 0, 0, 0, 1]]


def test_equal_to_scikit_learn():
    texts = ["Ωmega ÉCOLE école 12 a b1", "ΟΔΥΣΣΕΥΣ İstanbul 𝔄𝔅"]
    vectorizer = CountVectorizer()
    expected = vectorizer.fit_transform(texts)
    for counts in (
        counting.count(pa.array(texts), cleaned=False),
        counting.count_plainly(pa.array(texts), cleaned=False),
    ):
        assert counts.terms.to_pylist() == list(vectorizer.get_feature_names_out())
        assert (counts.matrix.toarray() == expected.toarray()).all()


def test_order_tells_tokens_apart_and_apart_only():
    counts = counting.count(pa.array(["one two one", "Two"]), order=True)
    one, two, again, other = counts.order
    assert counts.order_ends.tolist() == [0, 3, 4]
    assert one == again and two == other and one != two


def test_a_vocabulary_that_outgrows_its_first_tables():
    words = [f"w{n}" for n in range(140_000)]
    counts = counting.count(pa.array([" ".join(words)]), order=True)
    assert counts.terms.to_pylist() == sorted(words)
    assert (counts.matrix.data == 1).all()
