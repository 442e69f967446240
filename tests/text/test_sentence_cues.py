import pytest

from summit_analysis.text.attribution import Attributor
from summit_analysis.text.spans import find_spans


@pytest.mark.parametrize(
    ("text", "speaker", "verb", "cue"),
    [
        ("“We left at dawn.” — Ada Lund, mayor", "Ada Lund", "", "signed"),
        ("It was the “late hour” Ada Lund describes in her book.", "Ada Lund", "describes", "speaker, verb"),
        ("They lack what would “press” the board, Ada Lund said, and left.", "Ada Lund", "said", "aside"),
        ("“We left at dawn,” Ada Lund shot back.", "Ada Lund", "shot back", "speaker, verb"),
        ("“We left at dawn,” Ada Kelly told the board.", "Ada Kelly", "told", "speaker, verb"),
        ("The study found that “most ships leave at dawn”.", "study", "found", "left"),
        ("A note to Bo Ek, signed by Ada Lund, says it was “late”.", "note", "says", "left"),
        ("Bo Ek paid while Ada Lund pledged more, adding that it was “late”.", "Ada Lund", "adding", "left"),
        ("Bo Ek asked Ada Lund whether it was late. She replied: “Never.”", "Ada Lund", "replied", "left"),
        ("As Ada Lund, who built it, put it in May: “It was late.”", "Ada Lund", "put", "according to"),
        ("Ada Lund used the word “late” of the ship.", "Ada Lund", "", "noun"),
    ],
)
def test_cues_in_the_sentence(text, speaker, verb, cue):
    said = Attributor(text, find_spans(text), {}).attribute()[0]
    assert (said.speaker, said.verb, said.cue) == (speaker, verb, cue)
