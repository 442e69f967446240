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
        ("According to mayor Ada Lund, who told the board that it was “late”.", "Ada Lund", "told", "according to"),
        ("According to mayor Ada Lund, who runs the port, it was “late”.", "Ada Lund", "according to", "according to"),
        ("“We left at dawn.” — Iowa Gov. Ada Lund", "Ada Lund", "", "signed"),
        ("It was “late” for most ships, Ada Lund concluded in a report on Monday.", "Ada Lund", "concluded", "aside"),
        ("“We left at dawn,” it quoted Ada Lund, the port’s director, as saying.", "Ada Lund", "saying", "quoted as"),
        ("“We left,” Ada Lund, a lawyer who advised Bo Ek, said.", "Ada Lund", "said", "speaker, verb"),
        ("When Ada Lund ends by saying “we left,” the first question to ask is why.", "Ada Lund", "saying", "left"),
        ("Ada Lund praised the “late answer” by Bo Ek’s allies.", "Ada Lund", "praised", "left"),
        ("A film caught some of the crowd saying “No!”", "crowd", "saying", "left"),
        ("Ada Lund had this to say after Bo Ek left: “Good.”", "Ada Lund", "say", "left"),
        ("Ada Lund said in a statement that accused Bo Ek of “neglect”.", "Ada Lund", "accused", "left"),
        ("Claiming it was “late” for the ships, Ada Lund left.", "Ada Lund", "claiming", "left"),
        ("“We left,” a local named Ada Lund told the board.", "Ada Lund", "told", "speaker, verb"),
        ("Ada Lund compared the port to “an oven”.", "Ada Lund", "compared", "left"),
        ("The letter said that rules require ports to report “each ship”.", "letter", "said", "left"),
        ("“We left,” Ada Lund – who heads the bank – said.", "Ada Lund", "said", "speaker, verb"),
        ("Bo Ek left, with a port official touting it as “good”.", "port official", "touting", "left"),
        (
            "Bo Ek’s ship was praised for speed, Ada Lund wrote, adding that it was “late”.",
            "Ada Lund",
            "adding",
            "left",
        ),
        ("“We left,” Ada Lund, known at sea as “Jack,” told the board.", "Ada Lund", "told", "speaker, verb"),
        ("Ada Lund sneered at so-called experts, writing: “We left.”", "Ada Lund", "writing", "left"),
        ("Ada Lund used the word “late” of the ship.", "Ada Lund", "", "noun"),
    ],
)
def test_cues_in_the_sentence(text, speaker, verb, cue):
    said = Attributor(text, find_spans(text), {}).attribute()[0]
    assert (said.speaker, said.verb, said.cue) == (speaker, verb, cue)
