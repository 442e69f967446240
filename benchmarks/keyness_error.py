"""How often keyness calls a word distinctive where none is, and how often it finds one that was planted.

    python -m benchmarks.keyness_error       (writes benchmarks/results/keyness_error.md, some minutes)

Corpora of five articles of unequal length are drawn from one pool of sentences, so that no word is typical of any article.
A sentence has one topic and draws its words from it, so words cluster in sentences as they do in news. In some corpora a new
word is then planted in the sentences of one article. A corpus errs where a word other than the planted one is called
distinctive; the share of corpora that err is the family-wise error, of which 5 % is promised.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from summit_analysis.measures.keyness import log_odds
from summit_analysis.measures.keyness_null import largest_by_chance
from summit_analysis.statistics import SIGNIFICANT, wilson

SEED = 20250817
SENTENCES = {"a": 12, "b": 18, "c": 22, "d": 27, "e": 35}
TOPICS, WORDS, POOL = 8, 900, 4000
PLANTED_IN = "c"
CORPORA, PLANTED_CORPORA, SHUFFLES = 400, 100, 199
PLANTS = (0, 6, 12, 18)  # sentences of the article that hold the planted word
RESULTS = Path(__file__).parent / "results" / "keyness_error.md"


def pool(chance: np.random.Generator) -> list[np.ndarray]:
    """Return sentences as arrays of word numbers; each is about one topic, and repeats some of its words."""
    zipf = 1 / (np.arange(WORDS) + 2.7)
    topics = np.array([zipf[chance.permutation(WORDS)] for _ in range(TOPICS)]) * 0.6 + zipf * 0.4
    topics /= topics.sum(axis=1, keepdims=True)
    sizes = np.maximum(4, chance.poisson(20, size=POOL))
    return [chance.choice(WORDS, size=size, p=topics[chance.integers(TOPICS)]) for size in sizes]


def corpus(chance: np.random.Generator, sentences: list[np.ndarray], planted: int = 0) -> pd.DataFrame:
    """Return the tokens of one drawn corpus, the word "planted" standing in `planted` sentences of one article."""
    drawn = iter(chance.choice(len(sentences), size=sum(SENTENCES.values()), replace=False))
    tables = []
    for article, length in SENTENCES.items():
        for segment in range(1, length + 1):
            words = [f"w{word}" for word in sentences[next(drawn)]]
            words += ["planted"] * (article == PLANTED_IN and segment <= planted)
            tables.append(pd.DataFrame({"segment": segment, "term": words, "article": article}))
    tokens = pd.concat(tables, ignore_index=True)
    return tokens.assign(voice="own", paragraph=(tokens["segment"] - 1) // 3 + 1)


def judge(tokens: pd.DataFrame, shuffles: int = SHUFFLES) -> dict[str, bool]:
    """Return whether any word but the planted one, and whether that one, is called distinctive, by each adjustment."""
    articles = sorted(SENTENCES)
    null = largest_by_chance(tokens, articles, shuffles=shuffles, voices=("all",))
    table = log_odds(tokens, articles, null=null, voices=("all",))
    planted = (table["term"] == "planted") & (table["article"] == PLANTED_IN)
    others = table["term"] != "planted"
    said = {name: table[column] < SIGNIFICANT for name, column in ADJUSTMENTS.items()}
    return {f"{name} errs": bool(held[others].any()) for name, held in said.items()} | {
        f"{name} finds": bool(held[planted].any()) for name, held in said.items()
    }


ADJUSTMENTS = {"unadjusted": "p", "Benjamini-Hochberg": "p_adjusted", "max-z": "p_max"}


def simulate(corpora: int, planted: int = 0, shuffles: int = SHUFFLES) -> pd.DataFrame:
    """Return one row per drawn corpus, see `judge`."""
    sentences = pool(np.random.default_rng(SEED))
    chance = np.random.default_rng([SEED, planted])
    return pd.DataFrame([judge(corpus(chance, sentences, planted), shuffles) for _ in range(corpora)])


def summarise() -> pd.DataFrame:
    """Return one row per number of planted sentences and adjustment: shares of corpora, with 95 % intervals of the error."""
    rows = []
    for planted in PLANTS:
        drawn = simulate(PLANTED_CORPORA if planted else CORPORA, planted)
        for name in ADJUSTMENTS:
            errs = int(drawn[f"{name} errs"].sum())
            low, high = wilson(errs, len(drawn))
            found = f"{drawn[f'{name} finds'].mean():.2f}" if planted else "–"
            rows.append((planted, len(drawn), name, f"{errs / len(drawn):.3f}", f"{low:.3f} to {high:.3f}", found))
    return pd.DataFrame(
        rows, columns=["planted in", "corpora", "adjustment", "corpora that err", "95 % interval", "planted word found"]
    )


def write(table: pd.DataFrame) -> None:
    """Write the results as a page."""
    lines = [" | ".join(map(str, row)) for row in table.itertuples(index=False)]
    RESULTS.write_text(
        "# Error and power of keyness\n\n"
        f"`python -m benchmarks.keyness_error`: five articles of {', '.join(map(str, SENTENCES.values()))} sentences from one pool, "
        f"{SHUFFLES} shufflings, seed {SEED}. A word planted in so many sentences of the article with {SENTENCES[PLANTED_IN]}. "
        "5 % of corpora may err.\n\n"
        f"| {' | '.join(table.columns)} |\n|{' --- |' * len(table.columns)}\n"
        + "".join(f"| {line} |\n" for line in lines),
        encoding="utf-8",
    )


if __name__ == "__main__":
    write(summarise())
