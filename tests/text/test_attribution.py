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
