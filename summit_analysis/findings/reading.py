"""What was read, in sentences."""

from __future__ import annotations

import pandas as pd

from summit_analysis.findings.wording import counted, percent


def reading(load_report: pd.DataFrame, articles: pd.DataFrame) -> list[str]:
    """Say what was read, what was set aside and why, and how large and how quoted the articles are."""
    analysed = load_report[load_report["outcome"] == "analysed"]
    aside = load_report[load_report["outcome"] == "set aside"]
    outlets = articles["outlet"].nunique()
    said = [
        f"{counted(len(load_report), 'document')} read: {counted(len(analysed), 'article')} by {counted(outlets, 'outlet')} "
        f"analysed, {len(aside) or 'none'} set aside."
    ]
    said += [f"Set aside: {row.file}, because {row.reason}." for row in aside.head(10).itertuples()]
    if len(aside) > 10:
        said.append(f"And {len(aside) - 10} more that the load report lists.")
    said += [f"{row.file}: {row.note}." for row in analysed[analysed["note"] != ""].head(10).itertuples()]
    if articles["words"].sum() == 0:
        return [*said, "None of them has a word outside boilerplate."]
    shortest, longest = articles.loc[articles["words"].idxmin()], articles.loc[articles["words"].idxmax()]
    if longest["words"] > shortest["words"]:
        said.append(
            f"They run from {counted(shortest['words'], 'word')} ({shortest['label']}) to {longest['words']:,} "
            f"({longest['label']}), {articles['words'].sum():,} in all, so counts are compared as rates."
        )
    most, least = articles.loc[articles["quoted_share"].idxmax()], articles.loc[articles["quoted_share"].idxmin()]
    if most["quoted_share"] > least["quoted_share"]:
        said.append(
            f"Words inside quotations make up {percent(most['quoted_share'])} of {most['label']} "
            f"and {percent(least['quoted_share'])} of {least['label']}."
        )
    return said
