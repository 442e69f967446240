"""How much of what others tell an article tells too: the pyramid method (Nenkova & Passonneau 2004), per outlet or lineage.

A claim's weight is the number of articles, or of lineages of articles that share copy, that tell it. An article's score
is the weight of the claims that it tells over the most that as many claims could weigh; its own telling adds nothing.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from summit_analysis.errors import NotDefinedError
from summit_analysis.judgements import TOLD


def weights(settled: pd.DataFrame, lineages: Mapping[str, str] | None = None) -> pd.DataFrame:
    """Return one row per claim: in how many articles, and in how many lineages, it is told.

    Columns: claim; articles (that tell it); lineages (that tell it; as articles where `lineages`, a mapping from article
    to lineage, does not hold them); coded (articles judged); contradicted (articles that contradict it); only (the one
    article or lineage that tells it, else empty); all_but (the one that lacks it, where all others tell it, else empty:
    what contradicts a claim does not lack it). Both are empty where an article was not judged: it may tell the claim.
    Counts are never negative.
    """
    groups = _groups(settled, lineages)
    table = settled.assign(lineage=settled["article"].map(groups), told=settled["status"].isin(TOLD))
    rows = []
    for claim, own in table.groupby("claim", sort=False):
        telling = sorted(set(own.loc[own["told"], "lineage"]))
        silent = sorted(set(own["lineage"]) - set(telling))
        contradicted = int((own["status"] == "contradicts").sum())
        whole = len(own) == len(groups)
        only = telling[0] if whole and len(telling) == 1 and len(silent) > 0 else ""
        lacking = own.loc[own["lineage"].isin(silent), "status"].eq("absent").all()
        all_but = silent[0] if whole and lacking and len(silent) == 1 and len(telling) > 1 else ""
        rows.append((claim, int(own["told"].sum()), len(telling), len(own), contradicted, only, all_but))
    columns = ["claim", "articles", "lineages", "coded", "contradicted", "only", "all_but"]
    return pd.DataFrame(rows, columns=columns)


def pyramid(settled: pd.DataFrame, lineages: Mapping[str, str] | None = None) -> pd.DataFrame:
    """Return one row per article: how much of what the others hold worth telling it tells.

    Columns: article; lineage; told (claims that it tells); weight (of these: others that tell each, summed; articles of
    its own lineage are not others); most (what as many claims could weigh at best); score (weight / most, in [0, 1],
    larger = it tells what the others tell; empty where nothing could weigh anything). `settled` is one judgement per
    claim and article.

    Raises
    ------
    NotDefinedError
        There is only one article or lineage.
    """
    groups = _groups(settled, lineages)
    if len(set(groups.values())) < 2:
        raise NotDefinedError("the pyramid is not built: there is only one article, or one lineage, to weigh claims by")
    table = settled.assign(lineage=settled["article"].map(groups), told=settled["status"].isin(TOLD))
    rows = []
    for article, own in table.groupby("article", sort=True):
        others = table[(table["lineage"] != groups[article]) & table["told"] & table["claim"].isin(own["claim"])]
        weight = others.groupby("claim")["lineage"].nunique().reindex(own["claim"], fill_value=0)
        told = list(own.loc[own["told"], "claim"])
        reached = int(weight.loc[told].sum())
        most = int(weight.sort_values(ascending=False).head(len(told)).sum())
        rows.append((article, groups[article], len(told), reached, most, reached / most if most else None))
    columns = ["article", "lineage", "told", "weight", "most", "score"]
    return pd.DataFrame(rows, columns=columns).astype({"score": "Float64"})


def _groups(settled: pd.DataFrame, lineages: Mapping[str, str] | None) -> dict[str, str]:
    return {article: (lineages or {}).get(article, article) for article in settled["article"].unique()}
