import pytest

from summit_analysis.text.attribution import Attributor
from summit_analysis.text.spans import find_spans


@pytest.mark.parametrize(
    ("text", "speaker", "verb"),
    [
        ("Ada Lund said members should tell the board that “it is late” again.", "Ada Lund", "said"),
        ("Ada Lund said that Bo Ek called it “late”.", "Bo Ek", "called"),
        ("Ada Lund said people who accused Bo Ek “should be heard”.", "Ada Lund", "said"),
        ("Ada Lund told Bo Ek, who said he was tired, that “we left at dawn”.", "Ada Lund", "told"),
        ("Others were blunt, with Ada Lund, head of the union, saying: “We left at dawn.”", "Ada Lund", "saying"),
        ("It was a plan described by Ada Lund as “far too late”.", "Ada Lund", "described"),
        ("A stranger turns and yells, “We left at dawn.”", "stranger", "yells"),
        ("They turn and someone yells, “We left at dawn.”", "", "yells"),
    ],
)
def test_what_stands_before_a_quotation_tells_who_says_it(text, speaker, verb):
    (said,) = Attributor(text, find_spans(text), {}).attribute()
    assert (said.speaker, said.verb) == (speaker, verb)
