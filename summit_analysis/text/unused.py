"""Words of a codebook that no article holds: a slip of the pen, or words that nobody chose.

Forms of referents and terms of frames are counted where they are looked for (`measures.naming`, `measures.frames`); here
are those that only help to find a claim or a fact.
"""

from __future__ import annotations

import pandas as pd

from summit_analysis.codebook import CODEBOOK
from summit_analysis.text.alignment import stem
from summit_analysis.text.matching import cued, read_cue
from summit_analysis.text.meaning import read
from summit_analysis.text.mentions import Phrase
from summit_analysis.text.terms import tokenise


def unused_cues(claims: pd.DataFrame, segments: pd.DataFrame) -> list[str]:
    """Return a sentence for each cue of a claim that stands in no sentence or heading."""
    cues = [(row.claim, cue, read_cue(cue)) for row in claims.itertuples() for cue in dict.fromkeys(row.cues)]
    if not cues:
        return []
    readings = [read(text) for text in segments.loc[segments["kind"].isin(["sentence", "heading"]), "text"]]
    return [
        f"{CODEBOOK}: cue {cue!r} of claim {claim!r} is found in no article"
        for claim, cue, lemmas in cues
        if not any(cued([lemmas], reading) for reading in readings)
    ]


def unused_fact_words(facts: pd.DataFrame, segments: pd.DataFrame) -> list[str]:
    """Return a sentence for each `near` word and each value of a fact that stands in no sentence.

    Values are looked for as they are written where the fact is a text or its values are a table of forms.
    """
    words = []
    for row in facts.itertuples():
        words += [(row.fact, "near word", form) for form in dict.fromkeys(row.near)]
        if row.kind == "text" or isinstance(row.values, dict):
            words += [(row.fact, "value", form) for form in dict.fromkeys(row.values)]
    if not words:
        return []
    sentences = []
    for text in segments.loc[segments["kind"] == "sentence", "text"]:
        terms = [token.term for token in tokenise(text)]
        sentences.append((terms, [stem(term) for term in terms]))
    return [
        f"{CODEBOOK}: {kind} {form!r} of fact {fact!r} is found in no article"
        for fact, kind, form in words
        if not any(Phrase(form).found(*sentence) for sentence in sentences)
    ]
