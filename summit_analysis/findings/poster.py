"""What the poster says: a sentence for each of its panels, and the findings that have no panel."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from summit_analysis.findings import FINDINGS, about, in_short
from summit_analysis.findings.wording import Description, are, counted, listed

# The sets of findings that each panel opens with.
PANELS = {"alike": "likeness", "voices": "speaking", "told": "telling", "named": "naming"}


def with_sentences(poster: pd.DataFrame, tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return table `poster` with a row more for each sentence: rows -2 and -1 of its panel, or panel ``findings``."""
    said = []
    for panel, name in PANELS.items():
        if name in FINDINGS and (poster["panel"] == panel).any():
            said += [(panel, n - 2, 0, sentence) for n, sentence in enumerate(about(name, tables)[:2])]
    against = poster.loc[poster["panel"] == "contradicted", "text"].nunique()
    if against:
        total = int((tables["coverage"].drop_duplicates("claim")["contradicted"] > 0).sum())
        said.append(("contradicted", -1, 0, f"{counted(total, 'claim')} {are(total)} contradicted by an article."))
        if all(table in tables for table in FINDINGS["disagreeing"][1]):
            said.append(("contradicted", -2, 0, about("disagreeing", tables)[0]))
    # What was read stands in the footer, what articles disagree on in its own panel.
    elsewhere = ("reading", "disagreeing", *PANELS.values())
    shown = {about(name, tables)[0] for name in elsewhere if name in FINDINGS}
    rest = [sentence for sentence in in_short(tables) if sentence not in shown]
    rows = said + [("findings", n, 0, sentence) for n, sentence in enumerate(rest)]
    added = pd.DataFrame(rows, columns=["panel", "row", "column", "text"]).assign(
        label="", value=None, low=None, high=None
    )
    added = added.astype(poster.dtypes.to_dict())[list(poster.columns)]
    return pd.concat([added, poster], ignore_index=True) if len(added) else poster


def describe_poster(poster: pd.DataFrame) -> Description:
    """Return the words around the figure `poster`."""
    outlets = list(
        dict.fromkeys(poster.loc[poster["panel"].isin(["voices", "told"]) & (poster["label"] != ""), "label"])
    )
    title = f"How {counted(len(outlets), 'article')} told the same event" if outlets else "How the articles compare"
    leading = poster[(poster["row"] == -2) & poster["panel"].isin(["told", "alike"])].sort_values(
        "panel", ascending=False
    )
    if len(leading):
        title = str(leading["text"].iloc[0]).rstrip(".")
    footer = (
        f"{listed(outlets, most=12)}. Thin lines: 95 % intervals. Short texts and one article each are no sample of their "
        "outlets; likeness of words is no proof of copying, absence of a claim none of intent. Each part stands in full in its own figure."
    )
    sentences = poster.loc[(poster["row"] < 0) | (poster["panel"] == "findings"), "text"]
    alt = f"A page of findings and {counted(poster.loc[poster['panel'] != 'findings', 'panel'].nunique(), 'panel')} about {listed(outlets, most=12)}. {' '.join(sentences)}"
    return Description("How does the whole comparison look on one page?", title, footer, f"{title}. {footer}", alt)
