"""Every occurrence of a word in its context (KWIC): by outlet, voice and position."""

from __future__ import annotations

import re

import pandas as pd

from summit_analysis.codebook import load_codebook
from summit_analysis.corpus import Corpus
from summit_analysis.text.forms import compile_form
from summit_analysis.text.places import places_of
from summit_analysis.text.quotations import find_quotations
from summit_analysis.text.segments import find_segments
from summit_analysis.text.terms import TOKEN

WIDTH = 45
COLUMNS = (
    "outlet", "article", "voice", "position", "left", "node", "right", "left_word", "right_word", "segment", "start",
    "end",
)  # fmt: skip


def concordance(
    corpus: Corpus,
    form: str,
    *,
    segments: pd.DataFrame | None = None,
    quotations: pd.DataFrame | None = None,
    width: int = WIDTH,
) -> pd.DataFrame:
    """Return one row per occurrence of `form` in any article, by article and place.

    Columns: outlet; article; voice (``own`` or ``quoted``); position (start / length of the text, in [0, 1)); left and
    right (up to `width` characters before and behind, on one line); node (what stands there); left_word and right_word
    (the nearest words of two letters or more, in lower case, to sort by: ``table.sort_values("right_word")``); segment; start, end (code points,
    ``text[start:end]`` is the node). Boilerplate is left out.

    `form` is read as in the codebook: whole words, ``*`` for any letters (``"peace*"``), everything else literal. Give
    `segments` and `quotations` where they are at hand; else they are found anew.

    Raises
    ------
    ValueError
        The form holds no word.
    """
    pattern = compile_form(form).pattern
    if segments is None:
        segments = find_segments(corpus)
    if quotations is None:
        codebook = load_codebook(corpus)
        quotations = find_quotations(corpus, segments, codebook.aliases, codebook.corrections)
    outlet = dict(zip(corpus.articles["article"], corpus.articles["outlet"], strict=True))
    rows = []
    for article, text, places in places_of(corpus.texts, segments, quotations):
        for found in pattern.finditer(text):
            place = places.at(found.start(), found.end())
            if place is None:
                continue
            before, behind = (
                text[max(0, found.start() - 5 * width) : found.start()],
                text[found.end() : found.end() + 5 * width],
            )
            left, right = " ".join(before.split()), " ".join(behind.split())
            left_words, right_word = re.findall(TOKEN, left.lower()), TOKEN.search(right.lower())
            rows.append(
                (outlet[article], article, place.voice, found.start() / len(text), left[-width:], found.group(),
                 right[:width], left_words[-1] if left_words else "", right_word.group() if right_word else "",
                 place.segment, found.start(), found.end())
            )  # fmt: skip
    return pd.DataFrame(rows, columns=list(COLUMNS))
