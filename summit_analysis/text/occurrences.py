"""Where lists of words and phrases stand in the articles: each place with its voice and its sentence."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import pandas as pd

from summit_analysis.text.forms import find_forms
from summit_analysis.text.places import places_of

PLACE_COLUMNS = ("form", "article", "voice", "segment", "start", "end", "position", "text", "sentence")
Forms = Mapping[tuple[str, str], re.Pattern[str]]


def find_occurrences(
    texts: Mapping[str, str],
    segments: pd.DataFrame,
    quotations: pd.DataFrame,
    lists: Sequence[Forms],
    *,
    name: str,
) -> pd.DataFrame:
    """Return one row per place where an article holds one of the forms, boilerplate left out, by article.

    Each of `lists` maps (the list's name, a form as it is written) to its compiled form (`forms.compile_form`); forms of
    one mapping that overlap count once (`forms.find_forms`). Columns: `name`; form; article; voice (``own`` or
    ``quoted``); segment; start, end (code points); position (start / length of the text, in [0, 1)); text
    (``text[start:end]``); sentence (of which it is part; of a long one 1,000 characters to either side); rank (of the form
    among all, 0 = first).
    """
    rank = {key: number for number, key in enumerate(key for forms in lists for key in forms)}
    rows = []
    for article, text, places in places_of(texts, segments, quotations):
        for forms in lists:
            for found in find_forms(text, forms):
                if place := places.at(found.start, found.end):
                    rows.append(
                        (*found.key, article, place.voice, place.segment, found.start, found.end,
                         found.start / len(text), text[found.start : found.end], place.text, rank[found.key])
                    )  # fmt: skip
    return pd.DataFrame(rows, columns=[name, *PLACE_COLUMNS, "rank"])
