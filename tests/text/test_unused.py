"""Cues, near words and values of a codebook that no article holds."""

import pandas as pd
import pytest

from summit_analysis.text.unused import unused_cues, unused_fact_words

SEGMENTS = pd.DataFrame(
    [("heading", "Harbour closed"), ("sentence", "The ferries sailed again."), ("boilerplate", "Read more")],
    columns=["kind", "text"],
)


@pytest.mark.parametrize(
    ("cue", "found"),
    [
        ("ferry", True),
        ("sailing ferry", True),
        ("harbour closed", True),
        ("harbour ferry", False),
        ("submarine", False),
        ("read more", False),
    ],
)
def test_a_cue_is_found_in_one_sentence_in_any_form(cue, found):
    claims = pd.DataFrame({"claim": ["c"], "cues": [[cue]]})
    told = [] if found else [f"codebook.toml: cue {cue!r} of claim 'c' is found in no article"]
    assert unused_cues(claims, SEGMENTS) == told


def test_near_words_and_values_of_texts_are_looked_for():
    facts = pd.DataFrame(
        {
            "fact": ["what", "how many"],
            "kind": ["text", "number"],
            "near": [["sailed", "sank"], ["ferr*"]],
            "values": [["ferries", "barge"], {"again": "2", "a dozen": "12"}],
        }
    )
    assert unused_fact_words(facts, SEGMENTS) == [
        "codebook.toml: near word 'sank' of fact 'what' is found in no article",
        "codebook.toml: value 'barge' of fact 'what' is found in no article",
        "codebook.toml: value 'a dozen' of fact 'how many' is found in no article",
    ]


def test_an_empty_codebook_names_nothing_in_vain():
    assert unused_cues(pd.DataFrame({"claim": [], "cues": []}), SEGMENTS) == []
    assert unused_fact_words(pd.DataFrame({"fact": [], "kind": [], "near": [], "values": []}), SEGMENTS) == []
