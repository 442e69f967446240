"""How early an article tells a claim: place, lead and burial, the reader curve, and the order across outlets.

Places are counted in the article's own text: lines of boilerplate ("Also read: …") and the dateline are left out, so
that a teaser in the middle moves nothing. News puts first what it holds to be most important (the inverted pyramid,
Pöttker 2003), which is why an early place is read as prominence; where a text tells in order of time, it is none.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from summit_analysis.corpus import Corpus
from summit_analysis.errors import NotDefinedError
from summit_analysis.text.segments import find_paragraphs

COLUMNS = (
    "claim", "statement", "theme", "article", "label", "place", "shown", "status", "position", "read", "rank", "claims",
    "lead", "buried", "prominence", "start", "end", "evidence",
)  # fmt: skip
CURVE_COLUMNS = (
    "article", "label", "place", "shown", "compared", "step", "read", "claims_met", "share", "share_of_all", "claims", "half_read",
    "claim", "statement", "start", "end", "evidence",
)  # fmt: skip
ORDER_COLUMNS = (
    "claim", "statement", "article", "label", "place", "shown", "status", "position", "rank", "told_by", "spread", "highlight",
    "start", "end", "evidence",
)  # fmt: skip
LEAD_SENTENCES = 3
BURIED = 2 / 3
HIGHLIGHTED = 3


def prominence(corpus: Corpus, coverage: pd.DataFrame, segments: pd.DataFrame) -> pd.DataFrame:
    """Return one row per claim and compared article that tells it, by article, the earliest first.

    Columns: claim, statement, theme; article, label, place, shown (of the outlet in the figures); status
    (``asserts`` or ``partial``); position (share of the article's own text before the passage that first tells the claim, at least a piece of it, in [0, 1]); read (the share that ends with it, in (0, 1]); rank (1 =
    told first in its article); claims (that the article tells); lead (whether it begins in the article's first
    paragraph, of which three sentences count); buried (whether it begins in the last third); prominence (1 - position,
    in [0, 1], larger = earlier); start, end, evidence (of that passage; code points of the text as it stands).

    Own text is every sentence and heading: boilerplate and the dateline have no length. `coverage` is
    ``claims.coverage``.

    Raises
    ------
    NotDefinedError
        No article tells a claim.
    """
    told = coverage[coverage["told"] & coverage["first_start"].notna()]
    # A claim is met where it is first told, which may be before the passage that tells most of it.
    told = told.assign(start=told["first_start"], end=told["first_end"], evidence=told["first"])
    if told.empty:
        raise NotDefinedError("prominence is not measured: no article tells a claim of the codebook")
    tables = []
    for article, of_article in told.groupby("article", sort=True):
        own = segments[(segments["article"] == article) & segments["kind"].isin(["sentence", "heading"])]
        spans = own[["start", "end"]].to_numpy()
        length = max(int((spans[:, 1] - spans[:, 0]).sum()), 1)
        lead = _lead_end(corpus.texts[article], own[own["kind"] == "sentence"])
        rows = of_article.sort_values(["start", "end", "claim"]).assign(claims=len(of_article))
        rows["position"] = [_characters_before(spans, int(at)) / length for at in rows["start"]]
        rows["read"] = [_characters_before(spans, int(at)) / length for at in rows["end"]]
        rows["rank"] = rows["position"].rank(method="min").astype(int)
        rows["lead"] = rows["start"].astype(int) < lead
        rows["buried"] = rows["position"] >= BURIED
        rows["prominence"] = 1 - rows["position"]
        tables.append(rows)
    return pd.concat(tables, ignore_index=True)[list(COLUMNS)]


def _characters_before(spans: np.ndarray, at: int) -> int:
    """Return how many characters of `spans` lie before `at`."""
    return int(np.clip(at - spans[:, 0], 0, spans[:, 1] - spans[:, 0]).sum())


def _lead_end(text: str, sentences: pd.DataFrame) -> int:
    """Return where the lead ends: the first paragraph that holds a sentence, or three sentences of it."""
    if sentences.empty:
        return 0
    first = int(sentences["start"].iloc[0])
    paragraph = next((end for start, end in find_paragraphs(text) if end > first), len(text))
    within = sentences[sentences["start"] < paragraph]
    return int(within["end"].head(LEAD_SENTENCES).iloc[-1])


def reader_curve(prominence: pd.DataFrame, coverage: pd.DataFrame) -> pd.DataFrame:
    """Return one row per step of each article's reader curve: what a reader has met after reading so much of it.

    Columns: article, label, place, shown; compared (how many articles are); step (0 = before reading, then one a claim, the last = the whole text);
    read (share of the article's own text, in [0, 1]); claims_met; share (of the claims that this article tells, in
    [0, 1]); share_of_all (of all claims coded for it); claims (that it tells); half_read (the share of its text after
    which half of what it tells has been met; nan where it tells nothing); claim, statement, start, end, evidence (what
    is met at that step; empty at the first and last).

    A step function: a claim is met where the passage that first tells it ends, and between two rows nothing is met. Claims met at one
    place are one step each.
    """
    rows = []
    outlets = coverage.drop_duplicates("article").sort_values("place")
    for outlet in outlets.itertuples():
        own = prominence[prominence["article"] == outlet.article].sort_values(["read", "position", "claim"])
        claims, coded = len(own), int(outlet.claims)
        half = float(own["read"].iloc[(claims + 1) // 2 - 1]) if claims else np.nan
        steps = [(0.0, 0, "", "", pd.NA, pd.NA, "")]
        steps += [
            (row.read, n, row.claim, row.statement, row.start, row.end, row.evidence)
            for n, row in enumerate(own.itertuples(), start=1)
        ]
        steps.append((1.0, claims, "", "", pd.NA, pd.NA, ""))
        for step, (read, met, *what) in enumerate(steps):
            share = met / claims if claims else 0.0
            of_all = met / coded if coded else 0.0
            rows.append(
                (
                    outlet.article,
                    outlet.label,
                    outlet.place,
                    outlet.shown,
                    len(outlets),
                    step,
                    read,
                    met,
                    share,
                    of_all,
                    claims,
                    half,
                    *what,
                )
            )
    table = pd.DataFrame(rows, columns=list(CURVE_COLUMNS))
    return table.astype({"start": "Int64", "end": "Int64"})


def order(prominence: pd.DataFrame, compared: int) -> pd.DataFrame:
    """Return one row per claim and article of the claims that two of the `compared` articles or more tell: in what order.

    Columns: claim, statement; article, label, place, shown, status (``asserts`` or ``partial``); position (share of the article's own text before it, in
    [0, 1)); rank (in its article, among all claims it tells); told_by (articles); spread (difference between the
    latest and the earliest position of those that tell it in full, in [0, 1); nan where none does); highlight (1, 2, 3 for the three that the figure sets off, else 0);
    start, end, evidence.

    Highlighted are the claims whose place differs most between articles: the three with the largest spread among those
    that at least half of the articles compared tell in full (never fewer than two), ties by the more articles, then by id.
    """
    table = prominence.copy()
    table["told_by"] = table.groupby("claim")["position"].transform("size")
    # Where an article tells a piece of a claim says little of where it would tell all of it.
    full = table["position"].where(table["status"] == "asserts").groupby(table["claim"])
    table["spread"] = full.transform("max") - full.transform("min")
    table["in_full"] = full.transform("count")
    table = table[table["told_by"] > 1]
    enough = table[table["in_full"] >= max(2, -(-compared // 2))]
    enough = enough.drop_duplicates("claim").assign(rounded=lambda t: t["spread"].round(9))
    enough = enough.sort_values(["rounded", "told_by", "claim"], ascending=[False, False, True]).head(HIGHLIGHTED)
    highlighted: Mapping[str, int] = {claim: n for n, claim in enumerate(enough["claim"], start=1)}
    table["highlight"] = table["claim"].map(highlighted).fillna(0).astype(int)
    return table.sort_values(["highlight", "claim", "place"], ignore_index=True)[list(ORDER_COLUMNS)]
