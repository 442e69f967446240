import pytest

from summit_analysis.text.matching import Story


@pytest.fixture
def match(tables_of):
    """Return a function from a statement and sentences to how the first sentence answers to it."""

    def run(statement, *sentences):
        t = tables_of({"a.txt": " ".join(sentences), "b.txt": "Nothing else was told."})
        story = Story(t.corpus, t["segments"], t["quotations"])
        return story.matches(story.state(statement), "a")[0]

    return run


def test_the_same_sentence_scores_one(match):
    found = match("Wolves crossed the frozen lake.", "Wolves crossed the frozen lake.")
    assert (found.score, found.alone, found.words, found.conflicts, found.flipped) == (1, 1, 1, 0, 0)


def test_nothing_in_common_scores_nothing(match):
    assert match("Wolves crossed the frozen lake.", "The choir sang.").score == 0


def test_a_word_answers_for_one_word_only(match):
    found = match("Talks between summit negotiators.", "There was one summit.")
    assert found.alone < 0.5


def test_the_sentence_beside_counts_half(match):
    found = match("Wolves howled.", "Wolves came.", "They howled.")
    assert found.beside == 1
    assert found.alone == pytest.approx(0.5, abs=0.1)
    assert found.score == pytest.approx(0.75, abs=0.1)


def test_a_value_conflicts_or_is_missing(match):
    assert match("Seven wolves howled.", "Nine wolves howled.").conflicts == 1
    assert match("Seven wolves howled.", "Wolves howled.").missing == 1
    assert match("Seven wolves howled.", "Nine hunters and seven wolves howled.").conflicts == 0


def test_an_expected_value_conflicts_with_nothing(match):
    assert match("The talks lasted three hours.", "The talks were shorter than the seven hours planned.").conflicts == 0


def test_a_negation_turns_the_match(match):
    assert match("Wolves howled.", "Wolves never howled.").flipped == 1
    assert match("Wolves never howled.", "Wolves never howled.").flipped == 0
    assert match("Wolves never howled.", "Wolves howled.").flipped == 1


def test_the_number_that_something_was_held_against_does_not_agree(match):
    found = match("The talks lasted two hours.", "The talks were shorter than the seven hours planned.")
    assert (found.conflicts, found.missing) == (0, 1)
    assert (
        match("Seven hours of talks were planned.", "The talks were shorter than the seven hours planned.").missing == 0
    )


def test_all_of_a_thing_conflicts_with_a_part_of_it(match):
    assert match("All wolves howled.", "Nearly all wolves howled.").conflicts == 1
    assert match("All wolves howled.", "Most wolves howled.").missing == 1
    assert match("All wolves howled.", "Every wolf howled.").conflicts == 0


@pytest.mark.parametrize(
    ("sentence", "lacking"),  # "cold" and "bitter" weigh 1 each, "and" a quarter
    [
        ("The hunter spoke of a “cold and bitter” night.", 0.0),
        ("The hunter spoke of a cold night.", 1.25 / 2.25),
        ("The hunter slept.", 1.0),
    ],
)
def test_quoted_words_are_required(match, sentence, lacking):
    found = match("The hunter spoke of a “cold and bitter” night.", sentence)
    assert found.lacking == pytest.approx(lacking)


def test_what_is_said_not_to_exist_is_required(match):
    assert match("There is no sign of the missing wolves.", "The missing wolves were not found.").lacking == 1
    assert match("There is no sign of the missing wolves.", "No trace of the missing wolves was found.").lacking == 0


def test_an_exception_turns_the_match(match):
    assert match("The wolves howled at night.", "The wolves howled, but not at night.").flipped == 1
    assert match("The wolves howled.", "The wolves howled, but not at night.").flipped == 0


def test_the_opposite_denied_agrees(match):
    assert match("The ban on wolves stays in force.", "The ban on wolves was not lifted.").flipped == 0
    assert match("The ban on wolves was lifted.", "The ban on wolves stays in force.").flipped == 1
    assert match("The hunter was not included in the list.", "The hunter was left out of the list.").flipped == 0


def test_several_can_be_meant_by_what_stands_for_both(match):
    names = "Then Ada Lund met Bo Ek."
    statement = "Ada Lund and Bo Ek signed a letter."
    both = match(statement, "Both signed a letter.", names).alone
    assert both > match(statement, "One signed a letter.", names).alone
    assert match("Ada Lund signed a letter.", "Both signed a letter.", names).alone < both
