"""Fit the automatic coder, and measure it on coded stories that it was not fitted on.

    python -m benchmarks.claim_coding data/* tests/coding_cases/*
    python -m benchmarks.claim_coding data/* tests/coding_cases/* --fit
    python -m benchmarks.claim_coding data/* tests/coding_cases/* --on other-story …
    python -m benchmarks.claim_coding data/* tests/coding_cases/* --vary

Each story is coded with weights fitted on all others (those given behind `--on` with weights fitted on all before it).
Prints one line a story and one for all, and writes results/claim_coding.md: pairs of claim and article, F1, precision and
recall for told against not told, the share of hits whose evidence overlaps the reader's, contradictions found and
called. `--fit` writes the weights fitted on all stories into the package. `--vary` makes each constant of the coder a
fifth smaller and a quarter larger, fits and codes anew with each story left out, and writes what moves to
results/claim_coding_constants.md, a row at a time (15 minutes; what was stopped goes on).
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from types import ModuleType

import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from summit_analysis import analysis, load_corpus
from summit_analysis.analysis import Tables
from summit_analysis.judgements import TOLD
from summit_analysis.measures import claim_coding, claims
from summit_analysis.measures.claim_coding import Weights, code_claims, features, likeness
from summit_analysis.statistics import wilson
from summit_analysis.text import matching, meaning, polarity
from summit_analysis.text.matching import Story

EVIDENCE = ("words_here", "letters", "heading")
TELLS = ("words", "letters", "names", "behind", "turned", "other_value", "stranger")
PAIR = ["story", "claim", "article"]
RIDGE = 0.3  # scikit-learn's C; 0.1 to 1 give the same
WEIGHTS = Path(__file__).parents[1] / "summit_analysis" / "lexicons" / "claim_coder.toml"
RESULTS = Path(__file__).parent / "results" / "claim_coding.md"
CONSTANTS_RESULTS = RESULTS.with_name("claim_coding_constants.md")
# Those that a sentence is coded by, in the order of the results.
CONSTANTS: tuple[tuple[ModuleType, str], ...] = (
    (claim_coding, "TOLD LEAST OTHERWISE MOSTLY SAME_THING OPPOSITE OPPOSITE_ALONE TURNED SPREAD TIE NEAR CUE_FOUND CUE_MISSING"),
    (matching, "UNSEEN LIGHTLY NEXT_SENTENCE ELSEWHERE HELPED MEANT NUMBER_WEIGHT VERBATIM NEGATION_WEIGHT"),
    (polarity, "CONTRARY"),
    (meaning, "RELATED REACH NOUN_REACH"),
)  # fmt: skip
FACTORS = (0.8, 1.25)
CONSTANTS_HEADER = """# What hangs on each constant of the automatic coder

Each constant 0.8 and 1.25 times as large (shares at most 1, words and sentences rounded), with nothing else changed: weights fitted anew, each of the
{stories} coded stories coded with those of the others, all {pairs} pairs of claim and article together. With the values as they are: F1 {f1:.3f}, evidence
{evidence:.3f}, {found} of {against} contradictions found and {called} called. The columns say how F1 and the share of right evidence move, and how many contradictions are
found and called then.

| Constant | Value | F1, 0.8 × | F1, 1.25 × | Evidence, 0.8 × | Evidence, 1.25 × | Found/called, 0.8 × | Found/called, 1.25 × |
| --- | --- | --- | --- | --- | --- | --- | --- |
"""
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
    return Coded(folder.name, tables, hands, read_sentences(folder.name, tables, hands))


def read_sentences(name: str, tables: Tables, hands: pd.DataFrame) -> pd.DataFrame:
    """Return one row per pair and sentence of a coded story."""
    story = Story(tables.corpus, tables["segments"], tables["quotations"])
    stated = {claim.claim: story.state(claim.statement) for claim in tables.codebook.claims.itertuples()}
    rows = []
    for hand in hands.itertuples():
        for match in story.matches(stated[hand.claim], hand.article):
            sentence = story.sentences[match.sentence]
            marked = bool(hand.evidence) and sentence.start < hand.end and hand.start < sentence.end
            own = features(story, match)
            rows.append((name, hand.claim, hand.article, hand.status, marked, likeness(match), *own.values()))
    return pd.DataFrame(rows, columns=[*PAIR, "status", "marked", "likeness", *own])


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


@dataclass(frozen=True)
class Figures:
    """What is measured on judged pairs."""

    pairs: int
    told: int
    called_told: int
    both: int
    evidence: float
    against: int
    called: int
    found: int

    @property
    def f1(self) -> float:
        """Of told against not told, in [0, 1]."""
        return 2 * self.both / (self.told + self.called_told)


def figures(table: pd.DataFrame) -> Figures:
    """Return the figures of pairs as `judged` gives them."""
    told, called = table["status_hand"].isin(TOLD), table["status"].isin(TOLD)
    both = table[told & called]
    where = (both["start"] < both["end_hand"]) & (both["start_hand"] < both["end"])
    against, said = table["status_hand"] == "contradicts", table["status"] == "contradicts"
    return Figures(
        len(table), int(told.sum()), int(called.sum()), len(both), float(np.mean(where)),
        int(against.sum()), int(said.sum()), int((against & said).sum()),
    )  # fmt: skip


def line(name: str, table: pd.DataFrame) -> str:
    """Return the figures of `table` as a row of the results."""
    f = figures(table)
    low, high = wilson(f.both, f.told)
    return (
        f"| {name} | {f.pairs} | {f.f1:.3f} | {f.both / f.called_told:.3f} | {f.both / f.told:.3f} ({low:.2f}–{high:.2f}) | "
        f"{f.evidence:.3f} | {f.found} of {f.against} | {f.called} |"
    )


def left_out(stories: list[Coded]) -> list[pd.DataFrame]:
    """Return each story judged with weights that were fitted on all others."""
    everything = pd.concat([story.sentences for story in stories], ignore_index=True)
    return [
        judged(story, fit(everything[everything["story"] != story.name].reset_index(drop=True))) for story in stories
    ]


@contextmanager
def changed(module: ModuleType, name: str, value: float) -> Iterator[None]:
    """Give a constant another value for a while, with nothing kept that was computed by the old one."""
    kept = getattr(module, name)
    try:
        setattr(module, name, value)
        _forget()
        yield
    finally:
        setattr(module, name, kept)
        _forget()


def _forget() -> None:
    for function in (meaning.kinship, meaning._likeness):
        function.cache_clear()


def vary(stories: list[Coded]) -> None:
    """Write what moves where each constant is made smaller and larger, a row at a time.

    Rows that stand in the results with the same figures for the values as they are stay: what was stopped goes on.
    """
    now = figures(pd.concat(left_out(stories)))
    header = CONSTANTS_HEADER.format(
        stories=len(stories), pairs=now.pairs, f1=now.f1, evidence=now.evidence, found=now.found, against=now.against,
        called=now.called,
    )  # fmt: skip
    before = CONSTANTS_RESULTS.read_text(encoding="utf-8") if CONSTANTS_RESULTS.exists() else ""
    kept = before.removeprefix(header).splitlines() if before.startswith(header) else []
    rows = {row.split(" | ")[0]: row for row in kept}
    for module, names in CONSTANTS:
        for name in names.split():
            value = getattr(module, name)
            key = f"| {module.__name__.rsplit('.', 1)[-1]}.{name}"
            if not rows.get(key, "").startswith(f"{key} | {value} |"):
                rows[key] = f"{key} | {value} | {' | '.join(_moves(stories, module, name, now))} |"
                print(rows[key], flush=True)
                CONSTANTS_RESULTS.write_text(header + "\n".join(rows.values()) + "\n", encoding="utf-8")


def _moves(stories: list[Coded], module: ModuleType, name: str, now: Figures) -> list[str]:
    value, found = getattr(module, name), []
    for factor in FACTORS:
        other = round(value * factor) if isinstance(value, int) else value * factor
        with changed(module, name, min(other, 1.0) if value < 1 else other):
            anew = [replace(s, sentences=read_sentences(s.name, s.tables, s.hands)) for s in stories]
            found.append(figures(pd.concat(left_out(anew))))
    moves = [f"{f.f1 - now.f1:+.3f}" for f in found] + [f"{f.evidence - now.evidence:+.3f}" for f in found]
    return moves + [f"{f.found}/{f.called}" for f in found]


def main() -> None:
    """Read the folders from the command line, print the figures and write them down."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("story", nargs="+", type=Path)
    parser.add_argument("--on", nargs="*", type=Path, default=[], help="stories that nothing is fitted on")
    parser.add_argument("--fit", action="store_true", help="write the weights into the package")
    parser.add_argument("--vary", action="store_true", help="measure what hangs on each constant")
    options = parser.parse_args()
    stories = [read(folder) for folder in options.story if (folder / "codings.csv").exists()]
    if options.vary:
        vary(stories)
        return
    tables = left_out(stories)
    lines = [line(story.name, table) for story, table in zip(stories, tables, strict=True)]
    lines.append(line("**all**", pd.concat(tables)))
    weights = fit(pd.concat([story.sentences for story in stories], ignore_index=True))
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
