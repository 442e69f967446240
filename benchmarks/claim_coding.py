"""How well the automatic coder does on coded stories, its threshold chosen without the claims and articles it is tried on.

    python benchmarks/claim_coding.py data/alaska-summit tests/coding_cases/*

For each pair of claim and article, the threshold is the one with the best F1 over all pairs of all stories that share
neither the claim nor the article. Prints one line a story and one for all: pairs, F1, precision and recall for told
against not told, the share of hits whose evidence overlaps the reader's, contradictions found and called.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import pandas as pd

from summit_analysis import analysis, load_corpus
from summit_analysis.measures import claims
from summit_analysis.measures.claim_coding import Thresholds, code_claims

GRID = (0.40, 0.44, 0.47, 0.50, 0.54, 0.58)
TOLD = ("asserts", "partial")


def coded(folder: Path, told: float) -> pd.DataFrame:
    """Return one row per pair that a person judged: what they and the automatic coder said."""
    tables = analysis.tables(load_corpus(folder))
    hands = claims.settle(claims.place_codings(tables.corpus, tables.codebook, tables["segments"]))
    auto = code_claims(
        tables.corpus, tables.codebook, tables["segments"], tables["quotations"], thresholds=Thresholds(told=told)
    )
    both = hands.merge(auto, on=["claim", "article"], suffixes=("_hand", ""))
    return both.assign(story=folder.name, threshold=told)


def left_out(tables: pd.DataFrame) -> pd.DataFrame:
    """Return each pair once, judged with the threshold that is best without its claim and its article."""
    hit = tables["status"].isin(TOLD) & tables["status_hand"].isin(TOLD)
    sums = tables.assign(
        hit=hit.astype(int),
        either=tables["status"].isin(TOLD).astype(int) + tables["status_hand"].isin(TOLD).astype(int),
    )
    kept = []
    for (story, claim, article), own in sums.groupby(["story", "claim", "article"], sort=False):
        rest = sums[(sums["story"] != story) | ((sums["claim"] != claim) & (sums["article"] != article))]
        by = rest.groupby("threshold")[["hit", "either"]].sum()
        best = (2 * by["hit"] / by["either"]).round(9).idxmax()
        kept.append(own[own["threshold"] == best])
    return pd.concat(kept, ignore_index=True)


def line(name: str, table: pd.DataFrame) -> str:
    """Return the figures of `table` in one line."""
    told, called = table["status_hand"].isin(TOLD), table["status"].isin(TOLD)
    both = table[told & called]
    where = (both["start"] < both["end_hand"]) & (both["start_hand"] < both["end"])
    against, said = table["status_hand"] == "contradicts", table["status"] == "contradicts"
    return (
        f"{name:16} n={len(table):4} F1={2 * len(both) / (told.sum() + called.sum()):.3f} P={len(both) / called.sum():.3f} "
        f"R={len(both) / told.sum():.3f} evidence={np.mean(where):.3f} "
        f"contradictions={int((against & said).sum())}/{int(against.sum())} called={int(said.sum())}"
    )


def main() -> None:
    """Read the folders from the command line and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("story", nargs="+", type=Path)
    table = left_out(pd.concat([coded(folder, told) for folder in parser.parse_args().story for told in GRID]))
    for name, own in table.groupby("story", sort=True):
        print(line(str(name), own))
    print(line("all", table))


if __name__ == "__main__":
    main()
