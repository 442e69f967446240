"""The evidence browser inside a notebook: the report's lists as static HTML that JupyterLab keeps as it is.

It needs no script and no trust: each entry opens by itself. Styles stand in place, of the kinds that the sanitiser of
JupyterLab lets through; ink is the theme's own, so that dark themes read as well.
"""

from __future__ import annotations

from summit_analysis import analysis
from summit_analysis.analysis import Tables
from summit_analysis.corpus import Corpus
from summit_analysis.publish.report import choose_from, environment


class Explorer:
    """Claims, shared passages and quotations of a story as a notebook shows them."""

    def __init__(self, tables: Tables) -> None:
        self.parts = choose_from(tables, kind="")

    def _repr_html_(self) -> str:
        return environment().get_template("explore.html.j2").render(parts=self.parts)

    def __repr__(self) -> str:
        counts = [f"{part['heading']} {sum(len(g.entries) for g in part['groups'])}" for part in self.parts]
        return "\n".join(counts or ["Nothing to choose from."])


def explore(corpus: Corpus | Tables) -> Explorer:
    """Show what each article tells of each claim, which passages two share, and every quotation of each speaker.

    In a notebook the lists open at a click, with each passage in its sentence. `corpus` is a story, or its tables where
    these are made already.
    """
    return Explorer(corpus if isinstance(corpus, Tables) else analysis.tables(corpus))
