"""Fit the automatic coder, and measure it on coded stories that it was not fitted on.

    python -m benchmarks.claim_coding data/* tests/coding_cases/*
    python -m benchmarks.claim_coding data/* tests/coding_cases/* --fit
    python -m benchmarks.claim_coding data/* tests/coding_cases/* --on other-story …

Each story is coded with weights fitted on all others (those given behind `--on` with weights fitted on all before it).
Prints one line a story and one for all, and writes results/claim_coding.md: pairs of claim and article, F1, precision and
recall for told against not told, the share of hits whose evidence overlaps the reader's, contradictions found and
called. `--fit` writes the weights fitted on all stories into the package.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from summit_analysis import analysis, load_corpus
from summit_analysis.analysis import Tables
from summit_analysis.judgements import TOLD
from summit_analysis.measures import claims
from summit_analysis.measures.claim_coding import Weights, code_claims, features, likeness
from summit_analysis.statistics import wilson
from summit_analysis.text.matching import Story

EVIDENCE = ("words_here", "letters", "heading")
TELLS = ("words", "letters", "names", "behind", "turned", "other_value", "stranger")
PAIR = ["story", "claim", "article"]
RIDGE = 0.3  # scikit-learn's C; 0.1 to 1 give the same
WEIGHTS = Path(__file__).parents[1] / "summit_analysis" / "lexicons" / "claim_coder.toml"
RESULTS = Path(__file__).parent / "results" / "claim_coding.md"
HEADER = """# Claims coded by rule

F1, precision and recall for told (asserts or partial) against not told, with a 95 % Wilson interval of recall; evidence: share of hits whose
sentence overlaps the passage that the reader marked; contradictions: found of those that the reader saw, and how many were called.
Each story is coded with weights fitted on all others of the table.

| Story | Pairs | F1 | Precision | Recall | Evidence | Contradictions | Called |
| --- | --- | --- | --- | --- | --- | --- | --- |
"""


@dataclass(frozen=True)
class Coded:
    """A story with a reader's codings: its tables, the codings, and a row per pair and sentence."""

    name: str
    tables: Tables
    hands: pd.DataFrame
    sentences: pd.DataFrame


def read(folder: Path) -> Coded:
    """Return a coded story; the sentences have the features of each, and whether they hold the reader's evidence."""
    tables = analysis.tables(load_corpus(folder))
    hands = claims.settle(claims.place_codings(tables.corpus, tables.codebook, tables["segments"]))
    story = Story(tables.corpus, tables["segments"], tables["quotations"])
    statements = dict(zip(tables.codebook.claims["claim"], tables.codebook.claims["statement"], strict=True))
    rows = []
    for hand in hands.itertuples():
        for match in story.matches(story.state(statements[hand.claim]), hand.article):
            sentence = story.sentences[match.sentence]
            marked = bool(hand.evidence) and sentence.start < hand.end and hand.start < sentence.end
            rows.append(
                (
                    folder.name,
                    hand.claim,
                    hand.article,
                    hand.status,
                    marked,
                    likeness(match),
                    *features(story, match).values(),
                )
            )
    names = list(features(story, match))
    table = pd.DataFrame(rows, columns=[*PAIR, "status", "marked", "likeness", *names])
    return Coded(folder.name, tables, hands, table)


def fit(table: pd.DataFrame) -> Weights:
    """Return weights fitted on the sentences of coded stories.

    `evidence` parts the marked sentences of told pairs from the others there, in which the likest count most; `told` parts
    pairs that are told from those that are not, by the sentence that `evidence` finds.
    """
    best = table.groupby(PAIR[:2])["likeness"].transform("max")
    table = table.assign(behind=best - table["likeness"])
    told = table[table["status"].isin(TOLD)]
    hard = np.exp(6 * told["likeness"])
    hard /= hard.groupby([*(told[name] for name in PAIR), told["marked"]]).transform("sum")
    evidence, _ = _logistic(told[list(EVIDENCE)], told["marked"], hard)
    odds = sum(table[name] * weight for name, weight in evidence.items())
    chosen = table.loc[odds.groupby([table[name] for name in PAIR]).idxmax()]
    tells, intercept = _logistic(chosen[list(TELLS)], chosen["status"].isin(TOLD), None)
    return Weights(evidence, {"intercept": intercept} | tells)


def _logistic(values: pd.DataFrame, yes: pd.Series, weights: pd.Series | None) -> tuple[dict[str, float], float]:
    """Return a weight for each column, in log odds for its own unit, and the intercept."""
    model = make_pipeline(StandardScaler(), LogisticRegression(C=RIDGE, max_iter=5000))
    model.fit(values.astype(float), yes, logisticregression__sample_weight=weights)
    scaler, logistic = model[0], model[-1]
    slopes = logistic.coef_[0] / scaler.scale_
    intercept = float(logistic.intercept_[0] - np.dot(slopes, scaler.mean_))
    return {name: round(float(w), 3) for name, w in zip(values, slopes, strict=True)}, round(intercept, 3)


def judged(story: Coded, weights: Weights) -> pd.DataFrame:
    """Return one row per pair: what the reader and the automatic coder say."""
    t = story.tables
    auto = code_claims(t.corpus, t.codebook, t["segments"], t["quotations"], weights=weights)
    return story.hands.merge(auto, on=["claim", "article"], suffixes=("_hand", ""))


def line(name: str, table: pd.DataFrame) -> str:
    """Return the figures of `table` as a row of the results."""
    told, called = table["status_hand"].isin(TOLD), table["status"].isin(TOLD)
    both = table[told & called]
    where = (both["start"] < both["end_hand"]) & (both["start_hand"] < both["end"])
    against, said = table["status_hand"] == "contradicts", table["status"] == "contradicts"
    low, high = wilson(len(both), int(told.sum()))
    return (
        f"| {name} | {len(table)} | {2 * len(both) / (told.sum() + called.sum()):.3f} | {len(both) / called.sum():.3f} | "
        f"{len(both) / told.sum():.3f} ({low:.2f}–{high:.2f}) | {np.mean(where):.3f} | "
        f"{int((against & said).sum())} of {int(against.sum())} | {int(said.sum())} |"
    )


def main() -> None:
    """Read the folders from the command line, print the figures and write them down."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("story", nargs="+", type=Path)
    parser.add_argument("--on", nargs="*", type=Path, default=[], help="stories that nothing is fitted on")
    parser.add_argument("--fit", action="store_true", help="write the weights into the package")
    options = parser.parse_args()
    stories = [read(folder) for folder in options.story if (folder / "codings.csv").exists()]
    everything = pd.concat([story.sentences for story in stories], ignore_index=True)
    lines, tables = [], []
    for story in stories:
        weights = fit(everything[everything["story"] != story.name].reset_index(drop=True))
        tables.append(judged(story, weights))
        lines.append(line(story.name, tables[-1]))
    lines.append(line("**all**", pd.concat(tables)))
    weights = fit(everything)
    if options.on:
        others = [judged(read(folder), weights) for folder in options.on]
        lines += [line(folder.name, table) for folder, table in zip(options.on, others, strict=True)]
        lines.append(line("**all of these**", pd.concat(others)))
    print(HEADER + "\n".join(lines))
    if not options.on:
        RESULTS.write_text(HEADER + "\n".join(lines) + "\n", encoding="utf-8")
    if options.fit:
        WEIGHTS.write_text(_as_toml(weights), encoding="utf-8")


def _as_toml(weights: Weights) -> str:
    def block(name: str, values: dict[str, float]) -> str:
        return f"[{name}]\n" + "".join(f"{key} = {value}\n" for key, value in values.items())

    return (
        "# Weights of the automatic coder in log odds, see `measures/claim_coding.py`. Fitted by `benchmarks/claim_coding.py`\n"
        "# on the codings of the bundled stories and of tests/coding_cases; MIT like the code.\n\n"
        f"{block('evidence', weights.evidence)}\n{block('told', weights.told)}"
    )


if __name__ == "__main__":
    main()
