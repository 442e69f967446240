import pytest

from summit_analysis.text.attribution import Attributor
from summit_analysis.text.spans import find_spans


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Bo Ek left the port over Ada Lund’s claim that it was “late” this year.", "Ada Lund"),
        ("Ada Lund left the port. Her threat on Monday to close the “late” ports was heard.", "Ada Lund"),
        ("Mayor Ada Lund left, and the mayor’s criticism that it was “late” was heard.", "Ada Lund"),
        ("Ada Lund’s answer was short: “Never.”", "Ada Lund"),
        ("Ada Lund issued a letter in support of “late ships”.", "Ada Lund"),
    ],
)
def test_a_noun_says_whose_the_words_are(text, speaker):
    said = Attributor(text, find_spans(text), {}).attribute()[0]
    assert (said.speaker, said.verb) == (speaker, "")


def test_a_reporting_verb_goes_before_the_noun():
    text = "Bo Ek called Ada Lund’s claim that it was late “false”."
    said = Attributor(text, find_spans(text), {}).attribute()[0]
    assert (said.speaker, said.verb) == ("Bo Ek", "called")
