import pytest

from summit_analysis.text.attribution import LONGEST_SENTENCE, Attributor, _readable
from summit_analysis.text.spans import find_spans
from summit_analysis.text.verbs import VERBS

LUND = "Mayor Ada Lund met the engineer Bo Ek on Monday. "


def said(text: str, aliases: dict[str, str] | None = None) -> list[tuple[str, str]]:
    return [(a.speaker, a.verb) for a in Attributor(text, find_spans(text), aliases or {}).attribute()]


@pytest.mark.parametrize(
    ("text", "speaker", "verb"),
    [
        ("Ada Lund said, “We left at dawn.”", "Ada Lund", "said"),
        ("Ada Lund insisted: “We left at dawn.”", "Ada Lund", "insisted"),
        ("“We left at dawn,” Ada Lund said.", "Ada Lund", "said"),
        ("“We left at dawn,” said Ada Lund, who heads the bank.", "Ada Lund", "said"),
        ("“We left at dawn,” said the mayor, Ada Lund.", "Ada Lund", "said"),
        ("“We left at dawn,” Ada Lund, who met Bo Ek in May, told reporters.", "Ada Lund", "told"),
        ("“We left at dawn,” Ada Lund told reporters, Meridian Wire reported.", "Ada Lund", "told"),
        ("Ada Lund described the plan as “a mess” but left it to Bo Ek.", "Ada Lund", "described"),
        ("The plan was described as “a mess” by the engineer Bo Ek.", "Bo Ek", "described"),
        ("The plan was denounced by Ada Lund as “a mess”.", "Ada Lund", "denounced"),
        ("According to Ada Lund, the plan is “a mess”.", "Ada Lund", "according to"),
        ("“Too late” is how Ada Lund described it.", "Ada Lund", "described"),
        ("Ada Lund left, saying it was “a mess”.", "Ada Lund", "saying"),
        ("Ada Lund, for her part, called it “a mess”.", "Ada Lund", "called"),
        ("Ada Lund shrugged. “It is the same every spring.”", "Ada Lund", ""),
        ("“It is the same every spring.” The words are those of Ada Lund.", "Ada Lund", ""),
        ("Ada Lund’s plan failed. “If Bo Ek had asked, we would have come,” said Ida Strand.", "Ida Strand", "said"),
        (LUND + "“We left at dawn,” she said.", "Ada Lund", "said"),
        (LUND + "“We left at dawn,” the engineer added.", "Bo Ek", "added"),
        (LUND + "“We left at dawn,” Ek said.", "Bo Ek", "said"),
        (LUND + "“We left at dawn,” the two said in a statement.", "Ada Lund; Bo Ek", "said"),
        ("“We left at dawn,” a police spokesman said.", "police spokesman", "said"),
        ("Nordvik Rail has cancelled all trains. “We apologise,” the company said.", "Nordvik Rail", "said"),
        ("US President Bo Ek spoke. “We left at dawn,” the American president added.", "Bo Ek", "added"),
        ("Trump met Ada Lund. “Had Trump been there, we would have stayed,” she said.", "Ada Lund", "said"),
        ("The bins are “smart” and empty.", "", ""),
    ],
)
def test_the_orders_of_english_news(text, speaker, verb):
    assert said(text)[0] == (speaker, verb)


@pytest.mark.parametrize(
    ("text", "speaker", "verb"),
    [
        ("“We left at dawn,” Rep. Ada Lund has told the station.", "Ada Lund", "told"),
        ("“Ten died,” the Courier quoted the engineer Bo Ek.", "Bo Ek", "quoted"),
        ("According to the report, Ada Lund said “we left at dawn” on Monday.", "Ada Lund", "said"),
        (LUND + "She said members should tell the board that “it is late” again.", "Ada Lund", "said"),
        (LUND + "She said the council has asked Ek for “a list of repairs” by May.", "Ada Lund", "said"),
        (LUND + "She said people who accused Ek “should be heard”.", "Ada Lund", "said"),
        (
            "As she denied the charges by Ida Strand, Ada Lund praised the plan, saying she was “fully heard” by the 300-member board.",
            "Ada Lund",
            "saying",
        ),
        ("Bo Ek has described the bank’s favourable rating as “pure gold”.", "Bo Ek", "described"),
        (LUND + "Ek said a recently announced inquiry into the bridge was “a worry for all”.", "Bo Ek", "said"),
        ("Next door to the bank, Ida Strand, owner of a café, said: “We left at dawn.”", "Ida Strand", "said"),
        (
            "The United States has left. An editorial argues that the United States “finds itself alone”.",
            "editorial",
            "argues",
        ),
        ("“It is late,” said Rep. Bo Ek, R-Iowa. Ada Lund said “it is early”.", "Bo Ek", "said"),
        ("Their push was “not wise” and a “plain error,” Ada Lund said.", "Ada Lund", "said"),
        (
            "They will fight “all of this criticism” of the press, said Ada Lund, who heads the bank.",
            "Ada Lund",
            "said",
        ),
        ("Others were blunt, with Ada Lund, head of the union, saying: “We left at dawn.”", "Ada Lund", "saying"),
        ("Lund’s letter warned of a flood. It adds: “We left at dawn.”", "Lund’s letter", "adds"),
        ("Bo Ek met three journalists after they reported “a leak in the hull” in May.", "journalists", "reported"),
        (LUND + "“We left at dawn,” asks the narrator in the film.", "narrator", "asks"),
        (
            "Ada Lund met Postmaster General and chief executive Bo Ek. “We left,” Postmaster General and chief executive Bo Ek said.",
            "Bo Ek",
            "said",
        ),
        ("J.B. Lund, 61, met Bo Ek, 28. “We left at dawn,” said the 28-year-old engineer.", "Bo Ek", "said"),
        ("J.B. Lund met Bo Ek. “We left at dawn,” Mr. Lund said.", "J.B. Lund", "said"),
        ("The Committee on the Harbour found that the quay “had sunk by a foot”.", "Committee on the Harbour", "found"),
        ("The “rotten house” of Bo Ek must fall, the Harbour Board said Friday.", "Harbour Board", "said"),
        ("Many officials left. Critics criticise the “belated answer” of the board.", "critics", "criticise"),
        (
            "Ada Lund spoke of the plan. She revived her claim that by rebuilding, the unions are “changing the town”.",
            "Ada Lund",
            "",
        ),
        ("It was a plan described by Ada Lund as “far too late”.", "Ada Lund", "described"),
        ("Ada Lund left. “We left at dawn,” says Lund subordinate Zulma Ekeroth in the film.", "Zulma Ekeroth", "says"),
        ("Critics say Ada Lund enjoys her alleged “good luck” too much.", "critics", "say"),
        ("Ada Lund told the “old” party-run states that it was late.", "Ada Lund", "told"),
        ("The bank is gone, which so far “holds no water”, it seems.", "", ""),
        ("Bo Ek was late. Retorted Ada Lund: “We left at dawn.”", "Ada Lund", "retorted"),
        ("“We left at dawn!” Ada Lund exploded.", "Ada Lund", "exploded"),
        ("Bo Ek parried: “We left at dawn.”", "Bo Ek", "parried"),
        ("Donors “weren’t saying, ‘You left,’” added Ada Lund.", "Ada Lund", "added"),
        ("Ada Lund said that “the talks go on” according to schedule.", "Ada Lund", "said"),
        ("He is a man dismissed by one veteran sailor as a “late starter” in life.", "veteran sailor", "dismissed"),
        ("It is these “early risers”, as the Morning Echo described them, who left.", "Morning Echo", "described"),
        ("Eggs were hurled at Ada Lund over her advice to the union that “the cure is a long rest”.", "Ada Lund", ""),
        ("According to Bo Ek, as others left, the men said, “We left at dawn.”", "men", "said"),
        ("“We left at dawn,” one of the women says.", "woman", "says"),
        ("Ada Lund left. Her willingness to wait – saying she is “in no hurry” – is rare.", "Ada Lund", "saying"),
        ("A stranger turns and yells, “We left at dawn.”", "stranger", "yells"),
        (LUND + "Source: Facts: Flying With Dogs\n\n“We left at dawn,” she says.", "Ada Lund", "says"),
        ("Whip Bo Ek spoke of Ada Lund. She left. “We left at dawn,” the Oslo congressman said.", "Bo Ek", "said"),
        ("A spokesman for Mayor Ada Lund , Bo Ek, said, “We left at dawn.”", "Bo Ek", "said"),
        ("“We left at dawn,” said a spokesman for Mayor Ada Lund, Bo Ek.", "Bo Ek", "said"),
        ("Ada Lund told Bo Ek, who said he was tired, that “we left at dawn”.", "Ada Lund", "told"),
        (
            "Jan Moss, a banker, said it was late. It was the worst defeat since the one by Ida Strand. “We left at dawn,” she said.",
            "Jan Moss",
            "said",
        ),
    ],
)
def test_what_english_news_does_besides(text, speaker, verb):
    assert said(text)[0] == (speaker, verb)


def test_a_seat_that_ends_a_sentence_leaves_its_stop():
    text = "“It is late,” said Rep. Bo Ek, R-Iowa. Ada Lund said “it is early”."
    assert said(text) == [("Bo Ek", "said"), ("Ada Lund", "said")]


def test_two_fragments_of_one_utterance_have_one_speaker():
    text = "Their push was “not wise” and a “plain error,” Ada Lund said. The “smart” bins are empty."
    assert said(text) == [("Ada Lund", "said")] * 2 + [("", "")]


def test_the_junior_ends_a_name():
    text = "He was asked about Bo Ek Jr. The professor had left. “We left at dawn,” Ek said."
    assert said(text) == [("Bo Ek Jr.", "said")]


@pytest.mark.parametrize(
    "text",
    [
        "“We left at dawn,” Ada Lund said. “It was cold.”",
        "“We left at dawn,” Ada Lund said, “and it was cold.”",
        "“We left at dawn,” said Ada Lund, “and it was cold.”",
        "Ada Lund said the plan was “a mess” and the answer “a joke”.",
        "Ada Lund said:\n\n“We left at dawn.\n\n“It was cold.”",
    ],
)
def test_a_quotation_that_goes_on_keeps_speaker_and_verb(text):
    assert said(text) == [("Ada Lund", "said")] * 2


def test_two_speakers_in_one_sentence():
    text = "Prime Minister Ada Lund called the verdict “a relief” while the rival, Bo Ek, spoke of “a dark day”."
    assert said(text) == [("Ada Lund", "called"), ("Bo Ek", "spoke")]


def test_an_alias_decides_before_the_text():
    assert said("“We left,” said the old fox.", {"old fox": "Ada Lund"}) == [("Ada Lund", "said")]


def test_an_unclosed_quotation_gives_its_speaker_to_nobody_else():
    text = "Ada Lund was angry. “We left at dawn.\n\n“Nobody told us,” said Bo Ek.\n\nThey left."
    assert said(text)[-1] == ("Bo Ek", "said")


def test_verb_forms_are_spelled_as_english_spells_them():
    assert {"said", "vowed", "stressing", "denies", "labelled", "urges", "telling", "conceded"} <= set(VERBS)
    assert not any(form.endswith(("eed ", "eing ")) for form in VERBS)


def test_a_long_text_of_quotations_takes_time_in_proportion():
    text = "“We left at dawn,” Ada Lund said. It was cold and nobody came.\n" * 300
    assert set(said(text)) == {("Ada Lund", "said")}


def test_a_sentence_without_end_is_read_in_parts_that_hold_every_character():
    text = "word " * 1_000 + "x" * 5_000
    parts = list(_readable(text, 0, len(text)))
    assert "".join(text[start:end] for start, end in parts) == text
    assert all(0 < end - start <= LONGEST_SENTENCE for start, end in parts)
    assert list(_readable(text, 3, 40)) == [(3, 40)]
