"""How often the 95 % interval of the cosine holds the truth, on simulated texts whose truth is known.

    python -m benchmarks.similarity_coverage       (writes benchmarks/results/similarity_coverage.md, two minutes)

Five outlets tell one event. A sentence has one topic and draws its words from it (rank-frequency as in news: Zipf), so
that words cluster in sentences; outlets differ in how much they tell of each topic. Corpora are drawn again and again from
the same five outlets. The truth of a pair of outlets is the mean cosine of texts *of that length*, over all drawn corpora:
what the estimate scatters around. It is not the cosine of infinitely long texts, which lies higher because ever more
words are shared; how far is printed too. Coverage is the share of intervals that hold the truth.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from summit_analysis.measures.similarity import cosine

SEED = 20250816
LENGTHS = (6, 12, 20, 35)
CORPORA = 400
OUTLETS, TOPICS, WORDS = 5, 12, 900
RESULTS = Path(__file__).parent / "results" / "similarity_coverage.md"


def outlets(chance: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Return each outlet's shares of topics, and each topic's shares of words."""
    zipf = 1 / (np.arange(WORDS) + 2.7)
    event = zipf / zipf.sum()
    topics = np.array([zipf[chance.permutation(WORDS)] for _ in range(TOPICS)])
    topics = 0.35 * event + 0.65 * topics / topics.sum(axis=1, keepdims=True)
    return chance.dirichlet(np.full(TOPICS, 1.0), size=OUTLETS), topics


def corpus(chance: np.random.Generator, shares: np.ndarray, topics: np.ndarray, sentences: int) -> pd.DataFrame:
    """Return the tokens of one drawn corpus, as `text.terms.find_tokens` does."""
    told = np.concatenate([chance.choice(TOPICS, size=sentences, p=share) for share in shares])
    sizes = np.maximum(3, chance.poisson(11, size=len(told)))
    words = np.empty(sizes.sum(), dtype=np.int64)
    topic = np.repeat(told, sizes)
    for number in range(TOPICS):
        words[topic == number] = chance.choice(WORDS, size=(topic == number).sum(), p=topics[number])
    return pd.DataFrame(
        {
            "article": np.repeat(np.repeat([f"o{n}" for n in range(OUTLETS)], sentences), sizes),
            "segment": np.repeat(np.tile(np.arange(1, sentences + 1), OUTLETS), sizes),
            "term": np.array([f"w{n}" for n in range(WORDS)])[words],
            "voice": "own",
        }
    )


def simulate(sentences: int, corpora: int) -> pd.DataFrame:
    """Return one row per drawn corpus and pair: article_a, article_b, cosine, low, high, truth, held."""
    shares, topics = outlets(np.random.default_rng(SEED))
    chance = np.random.default_rng([SEED, sentences])
    names = [f"o{n}" for n in range(OUTLETS)]
    drawn = pd.concat(
        [cosine(corpus(chance, shares, topics, sentences), names, voices=("all",)) for _ in range(corpora)]
    )
    drawn["truth"] = drawn.groupby(["article_a", "article_b"])["cosine"].transform("mean")
    drawn["held"] = (drawn["low"] <= drawn["truth"]) & (drawn["truth"] <= drawn["high"])
    return drawn


def summarise(lengths: tuple[int, ...] = LENGTHS, corpora: int = CORPORA) -> pd.DataFrame:
    """Return one row per length: how often the interval holds the truth, and how wide it is."""
    rows, limit = [], simulate(2000, 1)["cosine"].mean()
    for sentences in lengths:
        drawn = simulate(sentences, corpora)
        each = drawn.groupby(["article_a", "article_b"])["held"].mean()
        rows.append(
            {
                "sentences": sentences,
                "pairs": len(drawn),
                "cosine": drawn["cosine"].mean(),
                "scatter": drawn.groupby(["article_a", "article_b"])["cosine"].std().mean(),
                "half width": (drawn["high"] - drawn["low"]).mean() / 2,
                "coverage": drawn["held"].mean(),
                "worst pair": each.min(),
                "long texts": limit,
                "too low": (drawn["high"] < drawn["truth"]).mean(),
                "too high": (drawn["low"] > drawn["truth"]).mean(),
            }
        )
    return pd.DataFrame(rows)


def write(table: pd.DataFrame, corpora: int = CORPORA) -> None:
    """Write the results as a page."""
    head = " | ".join(table.columns)
    lines = [
        " | ".join(str(v) if isinstance(v, int) else f"{v:.3f}" for v in row) for row in table.astype(object).to_numpy()
    ]
    RESULTS.write_text(
        "# Coverage of the interval of the cosine\n\n"
        f"`python -m benchmarks.similarity_coverage`: {corpora} corpora of {OUTLETS} simulated articles a length, seed {SEED}. "
        "Truth: the mean cosine of texts of that length.\n\n"
        f"| {head} |\n|{' ---: |' * len(table.columns)}\n" + "".join(f"| {line} |\n" for line in lines) + "\n"
        "`scatter` is the standard deviation of the cosine over corpora, `half width` that of the 95 % interval, `coverage` the share "
        "of intervals that hold the truth (0.95 is wanted), `worst pair` that of the pair with least, `too low` and `too high` "
        "where the interval lay when it missed, `long texts` the cosine of texts of 2,000 sentences from the same outlets, which "
        "is another question: short texts share fewer words.\n",
        encoding="utf-8",
    )


if __name__ == "__main__":
    write(summarise())
