"""How far the coding of claims can be trusted, in sentences."""

from __future__ import annotations

import pandas as pd

from summit_analysis.findings.wording import counted, listed, percent
from summit_analysis.judgements import AUTOMATIC


def trusting(agreement: pd.DataFrame, disagreements: pd.DataFrame) -> list[str]:
    """Say how far coders agree with each other, and how far the automatic coder agrees with them."""
    said = []
    for (coder, reference), rows in agreement.groupby(["coder", "reference"], sort=False):
        row = rows.set_index("status")
        told, whole = row.loc["told"], row.loc["all"]
        differing = disagreements[(disagreements["coder"] == coder) & (disagreements["reference"] == reference)]
        if coder == AUTOMATIC:
            opening = f"The automatic coder against “{reference}”"
            note = (
                " Its weights were fitted on the stories that come with this project; on another it may do much "
                "worse, so read what it judged against the text. Where people have coded, notebooks "
                "and figures go by them."
            )
        else:
            opening = f"Coders “{coder}” and “{reference}”, each without the other,"
            note = ""
        said.append(
            f"{opening} {'reaches' if coder == AUTOMATIC else 'reach'} F1 {_with_interval(told, 'f1')} on told against "
            f"not told, and Krippendorff's alpha {_with_interval(whole, 'alpha')} on all statuses; they differ in {len(differing)} of {counted(int(whole['n']), 'judgement')}{_by_kind(differing)}.{note}"
        )
        weak = [
            status
            for status in ("asserts", "partial", "contradicts", "absent")
            if status in row.index and row.at[status, "f1"] < 0.67
        ]
        if weak:
            scores = [
                f"“{status}” (F1 {row.at[status, 'f1']:.2f}, {counted(int(row.at[status, 'positive']), 'case')})"
                for status in weak
            ]
            said.append(f"Least sure there: {listed(scores)}.")
        if pd.notna(told["evidence"]):
            said.append(f"Where both find a claim told, {percent(told['evidence'])} of their passages overlap.")
    if len(disagreements):
        said.append(
            f"{counted(len(disagreements), 'disagreement')} in all, each with the evidence of both in the table “disagreements”."
        )
    return said or ["Nothing to compare: one coder alone judged the claims."]


def _by_kind(differing: pd.DataFrame) -> str:
    """Return how many judgements differ in which way, as " (2 missed, 1 on a contradiction)"; nothing where none does."""
    words = {
        "found": "told where the other has absent",
        "missed": "absent where the other has told",
        "degree": "told in full against in part",
        "contradiction": "on whether it is contradicted",
    }
    counts = differing["kind"].value_counts()
    parts = [f"{counts[kind]} {said}" for kind, said in words.items() if counts.get(kind)]
    return f" ({'; '.join(parts)})" if parts else ""


def _with_interval(row: pd.Series, measure: str) -> str:
    """Return a measure with its interval; where all judgements are alike, some measures have no value."""
    if pd.isna(row[measure]):
        return "not defined"
    return f"{row[measure]:.2f} ({row[f'{measure}_low']:.2f} to {row[f'{measure}_high']:.2f})"


def committing(settled: pd.DataFrame, arrangement: pd.DataFrame) -> list[str]:
    """Say how each article commits itself to the claims that it tells: as fact, attributed, hedged or denied."""
    label = arrangement.set_index("article")["label"]
    told = settled[settled["article"].isin(label.index) & (settled["commitment"] != "")]
    if told.empty:
        return ["No article tells a claim."]
    counts = told.groupby("commitment").size()
    names = {"fact": "as a fact", "attributed": "as somebody's words", "hedged": "with a hedge", "denied": "as untrue"}
    parts = [f"{counts[key]} {words}" for key, words in names.items() if counts.get(key)]
    said = [
        f"{counted(len(told), 'passage')} on a claim: {listed(parts)}. Hedges are looked for in the clause that tells it. "
        "That somebody said something is a fact where the article itself says so; a passage that contradicts its claim tells it as untrue."
    ]
    attributed = (told["commitment"] == "attributed").groupby(told["article"]).agg(["sum", "size"])
    each = [f"{label[article]} {row['sum']} of {row['size']}" for article, row in attributed.iterrows()]
    said.append(f"Given as somebody's words: {listed(each, most=12)}.")
    return said
