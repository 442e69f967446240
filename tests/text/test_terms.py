import itertools
import unicodedata

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.feature_extraction.text import CountVectorizer

from summit_analysis.text.terms import count_terms, find_pairs, in_voice, normalise, to_lemmas, tokenise


def terms(text: str) -> list[str]:
    return [token.term for token in tokenise(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Putin’s plane and Putin's car", ["putin", "plane", "and", "putin", "car"]),
        ("We’ve met; they'll wait", ["we", "met", "they", "wait"]),
        ("didn’t, won't, CAN'T, shan’t", ["did", "will", "can", "shall"]),
        ("The U.S. and US met us", ["the", "US", "and", "US", "met", "us"]),
        ("U.S.-Russia ties, the USA", ["US", "russia", "ties", "the", "US"]),
        ("the U.S.S.R. and the U.S.A.", ["the", "ussr", "and", "the", "US"]),
        ("U.S.Treasury", ["treasury"]),
        ("JOIN US NOW", ["join", "us", "now"]),
        ("the U.N. at 5 p.m.", ["the", "un", "at", "pm"]),
        ("cease-fire and ceasefire", ["cease", "fire", "and", "ceasefire"]),
        ("sum\u00admit sum\u200bmit summit", ["summit", "summit", "summit"]),
        ("İstanbul ISTANBUL", ["istanbul", "istanbul"]),
        ("the players' O’Neil", ["the", "players", "neil"]),
        ("", []),
    ],
)
def test_words_are_counted_without_artefacts(text, expected):
    assert terms(text) == expected


def test_composed_and_decomposed_letters_are_one_word_with_their_own_offsets():
    composed, decomposed = "un café ici", unicodedata.normalize("NFD", "un café ici")
    assert terms(composed) == terms(decomposed)
    token = tokenise(decomposed)[1]
    assert decomposed[token.start : token.end] == unicodedata.normalize("NFD", "café")


@pytest.mark.parametrize("text", ["İstanbul", "がぎ ぐげ", "Ångström ñandú", "한국어"])
def test_both_forms_of_a_letter_give_the_same_words(text):
    assert terms(unicodedata.normalize("NFD", text)) == terms(unicodedata.normalize("NFC", text)) != []


def test_a_token_s_span_is_what_stands_in_the_text():
    text = "The U.S. didn’t wait."
    assert [text[t.start : t.end] for t in tokenise(text)] == ["The", "U.S.", "did", "wait"]


@given(st.text(st.sampled_from("aBé’'.U SİsnNtTve\u0301\u00ad\n-1"), max_size=60))
def test_terms_are_scikit_learn_s_on_the_normalised_text(text):
    assert terms(text) == CountVectorizer(lowercase=False).build_analyzer()(normalise(text))


@given(st.text(max_size=80))
def test_offsets_stay_inside_the_text_and_in_order(text):
    tokens = tokenise(text)
    assert all(0 <= t.start < t.end <= len(text) for t in tokens)
    assert all(a.end <= b.start for a, b in itertools.pairwise(tokens))


def test_voices_partition_the_words_and_boilerplate_is_left_out(tables_of):
    tables = tables_of({"a.txt": "He said: “We got along great.”\nAlso Read: Ten things\nThey left."})
    tokens = tables["tokens"]
    assert list(tokens["term"]) == ["he", "said", "we", "got", "along", "great", "they", "left"]
    assert list(in_voice(tokens, "quoted")["term"]) == ["we", "got", "along", "great"]
    assert len(in_voice(tokens, "own")) + len(in_voice(tokens, "quoted")) == len(in_voice(tokens, "all"))


def test_an_unknown_voice_is_refused(tables_of):
    with pytest.raises(ValueError, match="voice is one of all, own, quoted"):
        in_voice(tables_of({"a.txt": "They met."})["tokens"], "both")


def test_what_was_cleaned_is_counted(tables_of):
    tables = tables_of({"a.txt": "The U.S. didn’t wait for Putin’s plane.\n(With inputs from AP)"})
    assert tables["cleaned"]["count"].tolist() == [1, 1, 1, 1]
    assert "boilerplate" in tables["cleaned"]["cleaned"].iloc[-1]


def test_counts_are_a_matrix_of_units_by_terms():
    tokens = pd.DataFrame({"article": ["a", "b", "a", "a", "x"], "term": ["war", "fish", "war", "US", "tea"]})
    counts, found = count_terms(tokens, tokens["article"], ["b", "a", "none"])
    assert list(found) == ["US", "fish", "war"]  # "tea" stands in no unit that was asked for
    assert counts.toarray().tolist() == [[0, 1, 0], [1, 0, 2], [0, 0, 0]]
    counts, found = count_terms(tokens[:0], tokens["article"][:0], ["a"])
    assert (counts.shape, list(found)) == ((1, 0), [])


def test_pairs_do_not_cross_sentences_or_articles_and_know_mixed_voices(tables_of):
    tables = tables_of({"a.txt": "Red carpet. He said “very good” then.", "b.txt": "Fish"})
    pairs = find_pairs(tables["tokens"])
    assert pairs[["term", "voice"]].to_numpy().tolist() == [
        ["red carpet", "own"], ["he said", "own"], ["said very", "mixed"], ["very good", "quoted"], ["good then", "mixed"],
    ]  # fmt: skip
    assert len(find_pairs(tables["tokens"][:0])) == 0


def test_lemmas_join_the_forms_of_a_word():
    tokens = pd.DataFrame({"term": ["talks", "talked", "talk", "US", "встреча"]})
    assert to_lemmas(tokens)["term"].tolist() == ["talk", "talk", "talk", "US", "встреча"]
