import pytest

from summit_analysis.text.segments import segment
from summit_analysis.text.speakers import Speakers

START = "Mayor Ada Lund and the engineer Bo Ek met Nordvik Rail. "


@pytest.mark.parametrize(
    ("phrase", "speaker"),
    [
        ("the mayor", "Ada Lund"),
        ("Lund of Oslo", "Ada Lund"),
        ("Ada Lund and engineer Bo Ek", "Ada Lund; Bo Ek"),
        ("one of Lund’s senior advisers", "senior adviser"),
        ("many in the crowd", "crowd"),
        ("a memo to Lund", "memo"),
        ("Lund’s campaign", "Lund’s campaign"),
        ("officials with knowledge of Lund’s plan", "officials"),
        ("Norn Association of America President Bo Ek", "Bo Ek"),
        ("President Bo Ek a month ago", "Bo Ek"),
        ("in a statement", ""),
    ],
)
def test_a_phrase_means_one_speaker(phrase, speaker):
    text = f"{START}It rained. “Yes,” said {phrase}."
    speakers = Speakers(text, [start for _, start, _ in segment(text)], {})
    speakers.read_on(len(text))
    assert speakers._speaker(phrase, text.index(phrase)) == speaker
