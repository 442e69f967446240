import pytest

from summit_analysis.text.clause_spans import Sentence


@pytest.mark.parametrize(
    ("sentence", "word", "expected"),
    [
        ("The mill was sold, but the inn was not.", "mill", "The mill was sold, "),
        ("The mill was sold, and the inn was burned.", "inn", "and the inn was burned."),
        ("The mill and the inn were sold.", "inn", "The mill and the inn were sold."),
        ("While the mill was sold, the inn was not.", "inn", "the inn was not."),
        ("The mill, which Ek owned, was sold.", "Ek", ", which Ek owned,"),
        ("The mill (now a school) was sold.", "school", "(now a school)"),
        ("All but a few mills were sold.", "few", "All but a few mills were sold."),
        ("Doors open at 10:30 on Monday.", "Monday", "Doors open at 10:30 on Monday."),
        ("He left without giving a reason.", "left", "He left "),
    ],
)
def test_the_clause_that_holds_a_word(sentence, word, expected):
    assert sentence[slice(*Sentence(sentence, sentence).clause(sentence.index(word)))] == expected


def test_a_cue_reaches_into_no_island_but_its_own():
    sentence = "Lund said the mill, which Ek owned, was sold."
    cue = Sentence(sentence, sentence).cue("attributed", 0, 9, (9, len(sentence)))
    assert cue.governs(sentence.index("mill")) and cue.governs(sentence.index("sold"))
    assert not cue.governs(sentence.index("Ek"))
