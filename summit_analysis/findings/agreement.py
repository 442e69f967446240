"""How far the coding of claims can be trusted, in sentences."""

from __future__ import annotations

import pandas as pd

from summit_analysis.findings.wording import counted, listed, percent


def trusting(agreement: pd.DataFrame, disagreements: pd.DataFrame) -> list[str]:
    """Say how far coders agree with each other, and how far the automatic coder agrees with them."""
    said = []
    for (coder, reference), rows in agreement.groupby(["coder", "reference"], sort=False):
        row = rows.set_index("status")
        told, whole = row.loc["told"], row.loc["all"]
        differing = int(((disagreements["coder"] == coder) & (disagreements["reference"] == reference)).sum())
        if coder == "auto":
            opening = f"The automatic coder against “{reference}”"
            note = (
                " Its weights were fitted on the stories that come with this project, so that it does a little worse on any "
                "other. Where people have coded, notebooks and figures go by them."
            )
        else:
            opening = f"Coders “{coder}” and “{reference}”, each without the other,"
            note = ""
        said.append(
            f"{opening} {'reaches' if coder == 'auto' else 'reach'} F1 {told['f1']:.2f} ({told['f1_low']:.2f} to {told['f1_high']:.2f}) on told against "
            f"not told, and Krippendorff's alpha {whole['alpha']:.2f} ({whole['alpha_low']:.2f} to {whole['alpha_high']:.2f}) on all "
            f"statuses; they differ in {differing} of {counted(int(whole['n']), 'judgement')}.{note}"
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
    return said or ["Nothing to compare: one coder alone judged the claims."]


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
        f"{counted(len(told), 'passage')} on a claim: {listed(parts)}. Hedges are looked for in the whole sentence."
    ]
    attributed = (told["commitment"] == "attributed").groupby(told["article"]).agg(["sum", "size"])
    each = [f"{label[article]} {row['sum']} of {row['size']}" for article, row in attributed.iterrows()]
    said.append(f"Given as somebody's words: {listed(each, most=12)}.")
    return said
