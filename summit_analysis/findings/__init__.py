"""Tables to sentences: what a notebook, a caption and an alt text say, made from the numbers of this very story.

Nothing here is typed in: with another story the same functions tell the truth about that one, including that nothing
was found. Sentences are plain text; whoever shows them escapes them for the medium.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pandas as pd

from summit_analysis.errors import NotDefinedError
from summit_analysis.findings.agreement import committing, trusting
from summit_analysis.findings.copy import editing, sharing
from summit_analysis.findings.discrepancies import disagreeing
from summit_analysis.findings.keyness import chance, power, priors, voices_wording, wording
from summit_analysis.findings.likeness import likeness, voices_alike
from summit_analysis.findings.prominence import early, placing
from summit_analysis.findings.reading import reading
from summit_analysis.findings.telling import alone, missing, omitting, telling
from summit_analysis.findings.variants import variation
from summit_analysis.findings.voices import marking, speaking
from summit_analysis.findings.wording import opened
from summit_analysis.findings.words import framing, holding, introducing, naming, vouching

# Each set of findings, and the tables that it is read off.
FINDINGS: dict[str, tuple[Callable[..., list[str]], tuple[str, ...]]] = {
    "reading": (reading, ("load_report", "articles")),
    "likeness": (likeness, ("similarity_pairs",)),
    "voices_alike": (voices_alike, ("similarity_voices",)),
    "wording": (wording, ("keyness", "keyness_strongest")),
    "chance": (chance, ("keyness", "articles")),
    "power": (power, ("keyness_power",)),
    "priors": (priors, ("keyness_priors",)),
    "naming": (naming, ("naming_panels",)),
    "introducing": (introducing, ("verb_marks",)),
    "framing": (framing, ("frame_panels",)),
    "vouching": (vouching, ("stance_panels",)),
    "holding": (holding, ("robustness",)),
    "voices_wording": (voices_wording, ("keyness", "articles")),
    "speaking": (speaking, ("voice_strips", "speakers")),
    "marking": (marking, ("quotations",)),
    "variation": (variation, ("variants_collated",)),
    "trusting": (trusting, ("agreement", "disagreements")),
    "committing": (committing, ("settled", "arrangement")),
    "telling": (telling, ("coverage_independent",)),
    "omitting": (omitting, ("coverage",)),
    "missing": (missing, ("coverage_independent",)),
    "alone": (alone, ("coverage_independent",)),
    "sharing": (sharing, ("lineage_pairs", "lineages", "articles")),
    "editing": (editing, ("reuse_edits", "lineage_pairs", "articles")),
    "placing": (placing, ("prominence",)),
    "early": (early, ("reader_curve",)),
    "disagreeing": (disagreeing, ("discrepancies_scaled",)),
}

# Those whose first sentence stands in the summary.
LEADING = (
    "reading", "likeness", "sharing", "wording", "speaking", "variation", "telling", "missing", "alone", "disagreeing",
)  # fmt: skip

# What these say of all articles together, "telling" says of each.
SUMMARIES = ("missing", "alone")


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
        return [f"{opened(str(reason))}."]


def in_short(tables: Mapping[str, pd.DataFrame]) -> list[str]:
    """Return the leading sentence of each set of findings, and which headlines hold: the story on half a page."""
    leading = [sentence for name in LEADING for sentence in about(name, tables)[:1]]
    # Of several sets on a table that the story does not define the reason is one.
    return list(dict.fromkeys(leading)) + _headlines(tables)


def _headlines(tables: Mapping[str, pd.DataFrame]) -> list[str]:
    """Return which headlines hold in most of their checks, and which do not or have none that bears on them."""
    try:
        each = tables["robustness"].drop_duplicates("row").sort_values("row")
    except NotDefinedError:
        return []
    groups = {
        "These hold in most checks": each[each["kept"]],
        "Not found to hold": each[~each["kept"]],
    }
    return [" ".join(f"{opening}: {_statements(rows)}." for opening, rows in groups.items() if len(rows))]


def _statements(headlines: pd.DataFrame) -> str:
    """Return statements that may have commas and "and" of their own, one after another."""
    said = [f"n{s[1:]}" if s.startswith("No word ") else s for s in headlines["statement"]]
    return "; ".join([*said[:8], f"{len(said) - 8} more"] if len(said) > 9 else said)
