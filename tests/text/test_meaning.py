import pytest

from summit_analysis.text.meaning import kinship, likeness, opposed, read


def word(term, text=None):
    return next(w for w in read(text or f"The {term}").words if w.term == term)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("agree", "agree", 1.0),
        ("agree", "agreement", 0.85),
        ("resign", "resignation", 0.85),
        ("contract", "contrast", 0.0),
        ("cat", "cattle", 0.0),
        ("", "", 1.0),
    ],
)
def test_one_word_in_two_forms(one, other, expected):
    assert kinship(one, other) == kinship(other, one) == expected


@pytest.mark.parametrize(
    ("one", "other", "alike", "opposite"),
    [
        ("bridges", "bridge", 1.0, False),
        ("talks", "summit", 0.85, False),
        ("accepted", "rejected", 0.85, True),
        ("invited", "barred", 0.85, True),
        ("window", "harvest", 0.0, False),
    ],
)
def test_synonyms_and_opposites(one, other, alike, opposite):
    assert likeness(word(one), word(other)) == alike
    assert opposed(word(one), word(other)) == opposite


@pytest.mark.parametrize(
    ("text", "term", "negated"),
    [
        ("No agreement had been reached.", "agreement", True),
        ("Neither leader took questions.", "questions", True),
        ("They declined to take questions.", "questions", True),
        ("The alarm didn't sound.", "alarm", True),
        ("He did not refuse to sign.", "sign", False),
        ("It failed, but the bridge was opened.", "opened", False),
        ("The lack of a deal pleased the mayor.", "deal", True),
        ("The bridge was opened.", "bridge", False),
    ],
)
def test_what_is_negated(text, term, negated):
    assert word(term, text).negated is negated


def test_what_did_not_happen_yet_is_unreal():
    assert word("resign", "The mayor could resign.").unreal
    assert not word("resigned", "The mayor resigned.").unreal


@pytest.mark.parametrize(
    ("text", "unreal"),
    [("The plan was accepted.", False), ("A plan to be accepted.", True), ("They plan to be accepted.", True)],
)
def test_a_plan_that_is_named_is_not_what_is_planned(text, unreal):
    assert word("accepted", text).unreal is unreal


def test_a_phrase_counts_as_one_word_of_the_list():
    assert likeness(word("postponed"), word("put", "The game was put off.")) == 0.85
    assert likeness(word("rejected"), word("turned", "He turned it down.")) == 0.85


@pytest.mark.parametrize(
    ("one", "text", "term"),
    [
        ("included", "The editor was left out.", "left"),
        ("invited", "The editor was turned away.", "turned"),
        ("lifted", "The ban stays in force.", "force"),
    ],
)
def test_a_phrase_can_be_the_opposite_of_a_word(one, text, term):
    assert opposed(word(one), word(term, text))
    assert likeness(word(one), word(term, text)) == 0.85
    assert not opposed(word(one), word(term, f"The {term}"))


def test_quoted_words_of_a_statement_take_no_synonym():
    stated = next(w for w in read("He called it “useful”.", statement=True).words if w.term == "useful")
    assert likeness(stated, word("constructive")) == 0.0
    assert likeness(stated, word("useful")) == 1.0
