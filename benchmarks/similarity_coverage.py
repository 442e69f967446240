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
LENGTHS = (12, 20, 35)
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
    rows = []
    for article, share in enumerate(shares):
        for segment, topic in enumerate(chance.choice(TOPICS, size=sentences, p=share), start=1):
            words = chance.choice(WORDS, size=max(3, chance.poisson(11)), p=topics[topic])
            rows.append((article, segment, words))
    sizes = [len(words) for _, _, words in rows]
    return pd.DataFrame(
        {
            "article": np.repeat([f"o{article}" for article, _, _ in rows], sizes),
            "segment": np.repeat([segment for _, segment, _ in rows], sizes),
            "term": [f"w{word}" for _, _, words in rows for word in words],
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
    rows = []
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
                "too low": (drawn["high"] < drawn["truth"]).mean(),
                "too high": (drawn["low"] > drawn["truth"]).mean(),
            }
        )
    return pd.DataFrame(rows)


if __name__ == "__main__":
    t = summarise()
    print(t.round(3).to_string())
