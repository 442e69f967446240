"""How often each article uses the terms of a frame, and words that hedge, boost, vouch or judge."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from importlib.resources import files

import numpy as np
import pandas as pd

from summit_analysis import lexicons
from summit_analysis.errors import NotDefinedError
from summit_analysis.statistics import rate_interval
from summit_analysis.text.forms import compile_form
from summit_analysis.text.occurrences import PLACE_COLUMNS, find_occurrences
from summit_analysis.text.terms import VOICES, in_voice

COLUMNS = ("frame", "article", "voice", "count", "rate", "low", "high", "words")
EVIDENCE_COLUMNS = ("frame", *PLACE_COLUMNS)


def stance_markers() -> pd.DataFrame:
    """Return one row per list of words in ``lexicons/stance_markers.toml``: frame (its id), label, reference, terms."""
    lists = tomllib.loads(files(lexicons).joinpath("stance_markers.toml").read_text(encoding="utf-8"))
    rows = [(name, entry["label"], entry["reference"], entry["forms"]) for name, entry in lists.items()]
    return pd.DataFrame(rows, columns=["frame", "label", "reference", "terms"])


def occurrences(
    texts: Mapping[str, str], segments: pd.DataFrame, quotations: pd.DataFrame, frames: pd.DataFrame
) -> pd.DataFrame:
    """Return one row per place where an article uses a term of a frame, by frame, article and place.

    Columns: frame, form (the term as the list writes it), article; voice (``own`` or ``quoted``); segment; start, end
    (code points); position (start / length of the text, in [0, 1)); text (``text[start:end]``); sentence (of which it is
    part; of a long one 1,000 characters to either side). Boilerplate is left out. Within one frame terms that overlap count once, the longest, and of two that fit the
    very same words the one listed first; a word may show several frames.

    Raises
    ------
    NotDefinedError
        There are no frames.
    """
    if frames.empty:
        raise NotDefinedError("frames are not compared: the story has no codebook.toml with frames")
    compiled = [
        {(row.frame, term): compile_form(term) for term in dict.fromkeys(row.terms)} for row in frames.itertuples()
    ]
    table = find_occurrences(texts, segments, quotations, compiled, name="frame")
    table["listed"] = table["frame"].map({frame: n for n, frame in enumerate(frames["frame"])})
    return table.sort_values(["listed", "article", "start"], ignore_index=True)[list(EVIDENCE_COLUMNS)]


def unused_terms(occurrences: pd.DataFrame, frames: pd.DataFrame) -> list[str]:
    """Return a sentence for each term that counts in no article: a slip of the pen, or a word that nobody used."""
    used = set(zip(occurrences["frame"], occurrences["form"], strict=True))
    return [
        f"codebook.toml: term {term!r} of frame {row.frame!r} is found in no article, or only inside a longer term"
        for row in frames.itertuples()
        for term in dict.fromkeys(row.terms)
        if (row.frame, term) not in used
    ]


def rates(occurrences: pd.DataFrame, tokens: pd.DataFrame, frames: pd.DataFrame, articles: list[str]) -> pd.DataFrame:
    """Return one row per frame, article and voice, in the order of `frames`; count 0 where none of its terms occurs.

    Columns: frame, article, voice; count; rate (per 1,000 words of that voice; nan where it has none); low, high (95 %
    interval of the rate, see `statistics.rate_interval`: terms cluster in sentences); words (of that voice there).
    """
    # How often by segment, as arrays that all begin at segment 0; what a key lacks has none.
    counted = {
        (voice, *key): np.bincount(group["segment"])
        for voice in VOICES
        for key, group in in_voice(occurrences, voice).groupby(["frame", "article"])
    }
    sizes = {
        (voice, article): np.bincount(group["segment"])
        for voice in VOICES
        for article, group in in_voice(tokens, voice).groupby("article")
    }
    none = np.zeros(0, dtype=np.int64)
    rows = []
    for frame in frames["frame"]:
        for article in sorted(articles):
            for voice in VOICES:
                words, part = sizes.get((voice, article), none), counted.get((voice, frame, article), none)
                # A term of one letter may stand in a segment that has no token.
                long = max(len(words), len(part))
                words, part = (np.pad(counts, (0, long - len(counts))) for counts in (words, part))
                rate = 1000 * part.sum() / words.sum() if words.sum() else np.nan
                low, high = (1000 * edge for edge in rate_interval(part, words))
                rows.append((frame, article, voice, int(part.sum()), rate, low, high, int(words.sum())))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def panels(rates: pd.DataFrame, frames: pd.DataFrame, arrangement: pd.DataFrame) -> pd.DataFrame:
    """Return `rates` as the figure draws them: one row per frame, compared article and voice ``own`` or ``quoted``.

    Columns: those of `rates`, with title (the frame's label), panel (in the order of `frames`), label, place, shown
    and compared (of the article), and apart (whether two articles' own-voice intervals of that frame do not meet).
    """
    table = rates[rates["voice"] != "all"].merge(
        arrangement[["article", "label", "place", "shown", "compared"]], on="article"
    )
    table["title"] = table["frame"].map(frames.set_index("frame")["label"])
    table["panel"] = table["frame"].map({frame: n for n, frame in enumerate(frames["frame"])})
    own = table[table["voice"] == "own"].groupby("frame")
    table["apart"] = table["frame"].map(own["low"].max() > own["high"].min()).fillna(False).astype(bool)
    return table.sort_values(["panel", "place", "voice"], ignore_index=True)
