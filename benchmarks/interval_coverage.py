"""How often the 95 % intervals of a share of words and of a rate of occurrences hold the truth.

    python -m benchmarks.interval_coverage       (writes benchmarks/results/interval_coverage.md, a minute)

Shares: sentences are drawn anew from those of each article of the bundled story, whose quoted share is the truth. Rates:
occurrences fall into sentences by a Poisson process, each time so many in one sentence (1, or 1 and a Poisson number
more), as terms do that cluster; the truth is known. Coverage is the share of intervals that hold it, 0.95 is wanted.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from summit_analysis import analysis, load_corpus
from summit_analysis.measures.voices import share_interval
from summit_analysis.statistics import rate_interval

SEED, DRAWN = 20250816, 2_000
STORY = Path(__file__).parents[1] / "data" / "alaska-summit"
RESULTS = Path(__file__).parent / "results" / "interval_coverage.md"


def shares() -> pd.DataFrame:
    """Return one row per article and number of sentences: sentences, article, coverage, undefined (share without an interval)."""
    tokens = analysis.tables(load_corpus(STORY))["tokens"].assign(quoted=lambda t: t["voice"] == "quoted")
    rows = []
    for sentences in (12, 20, 35):
        for article, own in tokens.groupby("article"):
            counts = own.groupby("segment")["quoted"].agg(["sum", "size"]).to_numpy()
            truth = counts[:, 0].sum() / counts[:, 1].sum()
            chance = np.random.default_rng([SEED, sentences])
            found = np.array(
                [share_interval(*counts[chance.integers(len(counts), size=sentences)].T) for _ in range(DRAWN)]
            )
            known = np.isfinite(found).all(axis=1)
            held = (found[known, 0] <= truth) & (truth <= found[known, 1])
            rows.append((sentences, article, held.mean(), 1 - known.mean()))
    return pd.DataFrame(rows, columns=["sentences", "article", "coverage", "undefined"])


def rates() -> pd.DataFrame:
    """Return one row per setting: sentences, events (expected in the text), occurrences (of one event), coverage, none (share of texts without any)."""
    rows = []
    for sentences in (20, 40, 80):
        for events in (1, 3, 6):
            for occurrences in (1, 3, 5):
                chance = np.random.default_rng([SEED, sentences, events, occurrences])
                held, none = 0, 0
                for _ in range(DRAWN):
                    times = chance.poisson(events / sentences, size=sentences)
                    part = times + chance.poisson(times * (occurrences - 1))
                    whole = np.full(sentences, 22)
                    low, high = rate_interval(part, whole)
                    held += low <= events * occurrences / whole.sum() <= high
                    none += not part.any()
                rows.append((sentences, events, occurrences, held / DRAWN, none / DRAWN))
    return pd.DataFrame(rows, columns=["sentences", "events", "occurrences", "coverage", "none"])


def _markdown(table: pd.DataFrame) -> str:
    rows = [[f"{value:.3f}" if isinstance(value, float) else str(value) for value in row] for row in table.itertuples(index=False)]  # fmt: skip
    return "\n".join("| " + " | ".join(row) + " |" for row in [list(table), ["---"] * table.shape[1], *rows])


def main() -> None:
    """Simulate, print and write the results."""
    text = (
        f"# Coverage of the intervals of shares and rates\n\n`python -m benchmarks.interval_coverage`: {DRAWN:,} texts a row, seed {SEED}.\n\n"
        "## The share of quoted words (`voices.share_interval`)\n\nSentences drawn from an article of the bundled story; `undefined`: the drawn text quotes nothing, or "
        f"nothing else.\n\n{_markdown(shares())}\n\n## The rate of a list of terms (`statistics.rate_interval`)\n\n`events` expected in the text, each of "
        "`occurrences` in one sentence; `none`: texts without any, for which the interval is that of no event of one occurrence. Where occurrences cluster, "
        f"it is there that the truth is missed.\n\n{_markdown(rates())}\n"
    )
    RESULTS.write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
