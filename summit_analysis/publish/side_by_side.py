"""Two passages side by side with the words marked in which they differ: static HTML for a notebook or a report."""

from __future__ import annotations

import html
from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from summit_analysis.errors import printable
from summit_analysis.measures.reuse import side_by_side
from summit_analysis.publish.reading_view import Mark, mark_spans
from summit_analysis.text.collation import find_common

# Bold and underlined as well as tinted: the marks stay where colour does not print.
OTHER = "font-weight: bold; border-bottom: 2px solid #D55E00; background-color: rgba(213, 94, 0, 0.12)"
TABLE = "border-collapse: collapse; width: 100%; max-width: 64em; table-layout: fixed"
CELL = "text-align: left; vertical-align: top; padding: 4px 10px 12px 0px; line-height: 1.5; white-space: normal"


@dataclass(frozen=True)
class Pair:
    """Two passages to compare: a heading for both, and label and text of each."""

    heading: str
    label_a: str
    text_a: str
    label_b: str
    text_b: str


class SideBySide:
    """Pairs of passages as a notebook shows them, the differing words set off."""

    def __init__(self, pairs: Iterable[Pair]) -> None:
        self.pairs = list(pairs)

    def _repr_html_(self) -> str:
        rows = [_row(pair) for pair in self.pairs]
        key = f'<p>Words in which the two differ are <span style="{OTHER}">set off</span>.</p>'
        body = "\n".join(rows) or f'<tr><td style="{CELL}">Nothing to set side by side.</td></tr>'
        return f'<div class="tex2jax_ignore mathjax_ignore">{key}\n<table style="{TABLE}">\n{body}\n</table></div>'

    def __repr__(self) -> str:
        return "\n".join(
            f"{printable(p.heading)}\n  {printable(p.label_a)}: {printable(p.text_a)}\n  {printable(p.label_b)}: {printable(p.text_b)}"
            for p in self.pairs
        )


def _row(pair: Pair) -> str:
    edits = find_common(pair.text_a, pair.text_b)
    cells = []
    for label, text, same in (
        (pair.label_a, pair.text_a, [(e.start_a, e.end_a) for e in edits]),
        (pair.label_b, pair.text_b, [(e.start_b, e.end_b) for e in edits]),
    ):
        marked = mark_spans(text, [Mark(start, end, OTHER) for start, end in _between(same, text)])
        name = f"<b><bdi>{html.escape(printable(label))}</bdi></b>"
        cells.append(f'<td style="{CELL}" dir="auto">{name}<br>{marked}</td>')
    heading = f'<tr><th colspan="2" style="{CELL}" dir="auto">{html.escape(printable(pair.heading))}</th></tr>'
    return f"{heading}\n<tr>{''.join(cells)}</tr>"


def _between(same: list[tuple[int, int]], text: str) -> list[tuple[int, int]]:
    """Return the stretches of `text` that hold letters and lie outside `same`, which is in reading order."""
    edges = [0, *(edge for span in sorted(same) for edge in span), len(text)]
    gaps = [(edges[i], edges[i + 1]) for i in range(0, len(edges), 2)]
    trimmed = [
        (a + len(text[a:b]) - len(text[a:b].lstrip()), a + len(text[a:b].rstrip()))
        for a, b in gaps
        if text[a:b].strip()
    ]
    return [(a, b) for a, b in trimmed if any(c.isalnum() for c in text[a:b])]


def retellings(table: pd.DataFrame | None) -> SideBySide:
    """Show the sentence pairs of `measures.retellings.told_otherwise`, the claim that both tell above each.

    Without a table (the story has no claims) it says that there is nothing to set side by side.
    """
    if table is None:
        return SideBySide([])
    return SideBySide(
        Pair(row.statement, row.label_a, row.text_a, row.label_b, row.text_b) for row in table.itertuples()
    )


def shared(pairs: pd.DataFrame | None, reuse: pd.DataFrame | None, articles: pd.DataFrame) -> SideBySide:
    """Show the passages shared by the two articles with most evidence of shared copy (`lineages.lineage_pairs`).

    Without tables (there is one article) it says that there is nothing to set side by side.
    """
    if pairs is None or reuse is None:
        return SideBySide([])
    sharing = pairs[pairs["shares_copy"]].sort_values(
        ["score", "article_a", "article_b"], ascending=[False, True, True]
    )
    if sharing.empty:
        return SideBySide([])
    first = sharing.iloc[0]
    passages = side_by_side(reuse, articles, (first["article_a"], first["article_b"]))
    return SideBySide(
        Pair(row.heading, row.label_a, row.text_a, row.label_b, row.text_b) for row in passages.itertuples()
    )
