"""The same fact in other words: sentences of two articles that tell the same claim, set side by side."""

from __future__ import annotations

from itertools import combinations

import pandas as pd

from summit_analysis.judgements import TOLD
from summit_analysis.text.collation import find_common
from summit_analysis.text.places import spans_of, whole
from summit_analysis.text.terms import tokenise

COLUMNS = (
    "claim", "statement", "article_a", "article_b", "label_a", "label_b", "alike", "same_words", "words_a", "words_b",
    "start_a", "end_a", "start_b", "end_b", "text_a", "text_b", "rank",
)  # fmt: skip


def retellings(coverage: pd.DataFrame, segments: pd.DataFrame, texts: dict[str, str]) -> pd.DataFrame:
    """Return one row per claim and pair of articles that tell it, the wording that comes closest first.

    Columns: claim, statement; article_a, article_b, label_a, label_b (in the order of the figures); alike (share of the
    words of both sentences that answer to each other in order, in [0, 1], 1 = word for word the same); same_words,
    words_a, words_b; start_a, end_a, start_b, end_b (code points: the whole sentences that hold the evidence); text_a,
    text_b (``text[start:end]``); rank (1.. within a claim, by alike). `coverage` is `claims.coverage`.
    """
    told = coverage[coverage["status"].isin(TOLD) & coverage["start"].notna()]
    cut, rows = spans_of(segments), []
    by_claim: dict[tuple[str, str], list] = {}
    for row in told.itertuples():
        by_claim.setdefault((row.claim, row.statement), []).append(row)
    for (claim, statement), group in by_claim.items():
        held = [(row, *whole(cut[row.article], int(row.start), int(row.end))) for row in group]
        for (a, start_a, end_a), (b, start_b, end_b) in combinations(sorted(held, key=lambda h: h[0].place), 2):
            text_a, text_b = texts[a.article][start_a:end_a], texts[b.article][start_b:end_b]
            same = sum(len(tokenise(text_a[e.start_a : e.end_a])) for e in find_common(text_a, text_b))
            words_a, words_b = len(tokenise(text_a)), len(tokenise(text_b))
            alike = 2 * same / max(words_a + words_b, 1)
            rows.append(
                (claim, statement, a.article, b.article, a.label, b.label, alike, same, words_a, words_b,
                 start_a, end_a, start_b, end_b, text_a, text_b)
            )  # fmt: skip
    table = pd.DataFrame(rows, columns=list(COLUMNS[:-1]))
    table["size"] = table["alike"].round(9)
    table["listed"] = table["claim"].map({claim: n for n, claim in enumerate(dict.fromkeys(coverage["claim"]))})
    table = table.sort_values(
        ["listed", "size", "article_a", "article_b"], ascending=[True, False, True, True], ignore_index=True
    )
    table["rank"] = table.groupby("claim").cumcount() + 1
    return table[list(COLUMNS)]


def told_otherwise(retellings: pd.DataFrame, *, most: int = 8) -> pd.DataFrame:
    """Return the pair of each claim whose sentences are most alike without being the same, the closest first.

    These are where a change of words shows best: what two outlets share frames what they word otherwise. Pairs that agree in
    fewer than a fifth of their words say too little of each other and are left out. Columns as in `retellings`.
    """
    near = retellings[(retellings["alike"] < 1) & (retellings["alike"] >= 0.2)]
    near = near.drop_duplicates("claim").assign(size=near["alike"].round(9))
    # One sentence may evidence several claims; its pair is shown once.
    near = near.sort_values(["size", "claim"], ascending=[False, True])
    near = near.drop_duplicates(["article_a", "start_a", "article_b", "start_b"])
    return near.drop(columns="size").head(most).reset_index(drop=True)
