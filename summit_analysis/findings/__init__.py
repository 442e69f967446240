"""Tables to sentences: what a notebook, a caption and an alt text say, made from the numbers of this very story.

Nothing here is typed in: with another story the same functions tell the truth about that one, including that nothing
was found. Sentences are plain text; whoever shows them escapes them for the medium.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pandas as pd

from summit_analysis.errors import NotDefinedError
from summit_analysis.findings.discrepancies import disagreeing
from summit_analysis.findings.keyness import voices_wording, wording
from summit_analysis.findings.likeness import likeness, voices_alike
from summit_analysis.findings.prominence import early, placing
from summit_analysis.findings.reading import reading
from summit_analysis.findings.telling import telling
from summit_analysis.findings.variants import variation
from summit_analysis.findings.voices import marking, speaking

# Each set of findings, and the tables that it is read off.
FINDINGS: dict[str, tuple[Callable[..., list[str]], tuple[str, ...]]] = {
    "reading": (reading, ("load_report", "articles")),
    "likeness": (likeness, ("similarity_pairs",)),
    "voices_alike": (voices_alike, ("similarity_voices",)),
    "wording": (wording, ("keyness", "keyness_strongest")),
    "voices_wording": (voices_wording, ("keyness", "articles")),
    "speaking": (speaking, ("voice_strips", "speakers")),
    "marking": (marking, ("quotations",)),
    "variation": (variation, ("variants_collated",)),
    "telling": (telling, ("coverage",)),
    "placing": (placing, ("prominence",)),
    "early": (early, ("reader_curve",)),
    "disagreeing": (disagreeing, ("discrepancies_scaled",)),
}

# Those whose first sentence stands in the summary.
LEADING = ("reading", "likeness", "wording", "speaking", "variation", "telling")


def about(name: str, tables: Mapping[str, pd.DataFrame]) -> list[str]:
    """Return the findings `name` of a story; where it does not define their tables, the reason in one sentence.

    Raises
    ------
    KeyError
        There are no findings of that name.
    """
    function, needed = FINDINGS[name]
    try:
        return function(*(tables[table] for table in needed))
    except NotDefinedError as reason:
        return [f"{str(reason)[:1].upper()}{str(reason)[1:]}."]


def in_short(tables: Mapping[str, pd.DataFrame]) -> list[str]:
    """Return the leading sentence of each set of findings: the story on half a page."""
    return [about(name, tables)[0] for name in LEADING]
