import pytest

from summit_analysis.text.alignment import stem
from summit_analysis.text.mentions import Phrase, Rarity, belongs_to, distance
from summit_analysis.text.quantities import find_quantities
from summit_analysis.text.terms import tokenise


@pytest.mark.parametrize(
    ("sentence", "role", "of"),
    [
        ("The debate lasted three hours.", "span", ("debate",)),
        ("The debate, held in Oslo, lasted nearly three hours.", "span", ("debate",)),
        ("The debate, which lasted three hours, was loud.", "span", ("debate",)),
        ("The post-debate news conference, lasting three hours, was loud.", "span", ("conference",)),
        ("After three hours of public debate they voted.", "span", ("public", "debate")),
        ("The three-hour debate, they said, was loud.", "span", ("debate",)),
        ("It was her first visit to Norway in seven years.", "recency", ("visit",)),
        ("Her visit to Norway, her first in seven years, was short.", "recency", ("visit",)),
        ("She left seven years ago.", "since", ()),
        ("The ship is 40 years old.", "since", ()),
        ("They vote every three weeks.", "rate", ()),
        ("More than three years into the war they met.", "span", ("war",)),
    ],
)
def test_what_a_duration_is_of(sentence, role, of):
    quantity = next(q for q in find_quantities(sentence) if q.kind == "duration")
    assert belongs_to(sentence, quantity) == (role, of)


@pytest.mark.parametrize(
    ("form", "sentence", "spans"),
    [
        ("talks", "The talk was long; talks go on.", [(1, 2), (4, 5)]),
        ("news conference", "A news conference, not a conference.", [(0, 2)]),
        ("confer*", "They confer at the conference.", [(1, 2), (4, 5)]),
        ("*", "They confer.", []),
        ("the", "The end.", [(0, 1)]),
    ],
)
def test_a_phrase_stands_in_any_of_its_endings(form, sentence, spans):
    terms = [token.term for token in tokenise(sentence)]
    phrase = Phrase(form)
    assert phrase.found(terms, [stem(term) for term in terms]) == spans


def test_a_word_of_every_sentence_tells_least():
    rarity = Rarity([["summit", "ended"], ["summit", "began"], ["summit", "lighthouse"]])
    assert rarity.of(["lighthous"]) == rarity.of(["began"]) > rarity.of(["summit"]) >= 0.1
    assert rarity.of([]) == 0.1


def test_distance_is_counted_in_words():
    sentence = "The talks in Oslo lasted three hours."
    tokens = tokenise(sentence)
    start = sentence.index("three")
    assert distance((1, 2), tokens, start, start + len("three hours")) == 3
    assert distance((5, 6), tokens, start, start + len("three hours")) == 0
