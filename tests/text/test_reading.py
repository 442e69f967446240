import time

import numpy as np
import pytest

from summit_analysis.text.quotations import quotations_of
from summit_analysis.text.reading import reading_copy
from summit_analysis.text.spans import find_spans


@pytest.mark.parametrize(
    ("text", "prose"),
    [
        ("House Speaker Ada Lund (R) of Oslo said no.", "House Speaker Ada Lund of Oslo said no."),
        ("Sen. Ada Lund, D-Mass., said no.", "Sen. Ada Lund said no."),
        ("Sens. Ada Lund, R-Texas, and Bo Ek, R-Ark., left.", "Sens. Ada Lund and Bo Ek, left."),
        ("Rep. Ada Lund, R-Ala., the chair, said no.", "Rep. Ada Lund, the chair, said no."),
        ("They left.\n\nNo more! — Ada Lund (@adalund) May 1, 2020\n\nIt rained.", "They left.\n\n\n\nIt rained."),
        ("She said no.\n\nBo Ek at sea. (AP Photo/Ida Berg)\n\nIt rained.", "She said no.\n\n\n\nIt rained."),
        ("Justice Bo Ek Bo Arne EkTen things Ida Strand seeks MORE asked.", "Justice Bo Ek asked."),
        ("Sen. Ada Lund, R-S.C, who left, said no.", "Sen. Ada Lund, who left, said no."),
        ("She left.\n\nLUND CALLS VOTE LATE\n\nIt rained.\n\nHe left.", "She left.\n\n\n\nIt rained.\n\nHe left."),
        ("“We left (at dawn),” said Ada Lund.", "“We left (at dawn),” said Ada Lund."),
    ],
)
def test_what_is_no_prose_is_cut(text, prose):
    assert reading_copy(text, find_spans(text)).text == prose


def test_quoted_spans_move_with_the_text():
    text = "Ada Lund (R) said “no”. Bo Ek (D) said “yes”."
    found = reading_copy(text, find_spans(text))
    copy, spans = found.text, found.spans
    assert [copy[s.start : s.end] for s in spans] == ["no", "yes"]


def test_a_full_name_that_is_cut_is_handed_on():
    assert reading_copy("President Ek Bo Arne EkTen things to know MORE left.", []).names == ["Bo Arne Ek"]
    assert reading_copy("Hello.\n\nNo more! — Ada Lund (@adalund) May 1, 2020", []).names == ["Ada Lund"]


def test_every_place_of_the_copy_is_found_again_in_the_text():
    text = "Mayor Ada Lund (Labour) said it rained. She (the mayor) left, Lund added."
    copy = reading_copy(text, [])
    assert "(" not in copy.text
    for word in ("rained", "left", "added"):
        place = copy.place_in_original(copy.text.index(word))
        assert text[place:].startswith(word)


def test_the_headlines_of_other_stories_are_no_quotations_of_the_text():
    text = "“No,” said Justice Bo Ek Bo Arne EkEk: ‘Never again’ to sea MORE."
    copy = reading_copy(text, find_spans(text))
    assert copy.linked == [1]
    assert [copy.text[s.start : s.end] for s in copy.spans] == ["No,"]
    kinds = [(said.speaker, kind) for _, said, kind in quotations_of(text, {}, np.array([0]), ["prose"])]
    assert kinds == [("Bo Ek", "speech"), ("", "title")]


def test_a_word_without_end_takes_linear_time():
    began = time.process_time()
    assert reading_copy("Boats came. " + "-a" * 100_000, []).text.endswith("-a")
    assert time.process_time() - began < 10  # quadratic time would be half a minute
