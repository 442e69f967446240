"""The texts that are measured on: an archive, generated news-like text, or halves of articles spliced to a larger size."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet as pq

COLUMNS = ["article", "outlet", "published", "title", "text"]


def load(path: str, articles: int) -> pd.DataFrame:
    """Return the first `articles` rows of the archive at `path`, or generated ones where no path is given."""
    return pq.read_table(path, columns=COLUMNS).to_pandas().head(articles) if path else generate(articles)


def generate(articles: int, seed: int = 1) -> pd.DataFrame:
    """Return invented articles whose word frequencies follow Zipf's law, some 900 words each."""
    rng = np.random.default_rng(seed)
    letters = np.array(list("etaoinshrdlucmfwypvbgk"))
    words = np.array(["".join(rng.choice(letters, rng.integers(2, 11))) for _ in range(80_000)])
    days = pd.date_range("2015-01-01", periods=1500).strftime("%Y-%m-%d").to_numpy()
    rows = []
    for n in range(articles):
        drawn = words[np.minimum(rng.zipf(1.25, int(rng.integers(300, 1500))) - 1, len(words) - 1)]
        breaks = np.sort(rng.choice(len(drawn), len(drawn) // 40))
        text = "\n".join(" ".join(part).capitalize() + "." for part in np.split(drawn, breaks) if len(part))
        rows.append((f"g{n:07}", f"outlet{n % 40}", days[rng.integers(len(days))], drawn[0], text))
    return pd.DataFrame(rows, columns=COLUMNS)


def splice(articles: pd.DataFrame, size: int, folder: Path, *, drawn: int = 5, seed: int = 2) -> Path:
    """Write `size` articles to shards in `folder`: the given ones, then first and second halves of two of them joined.

    Every `drawn`-th word of a joined text is drawn from all words of the archive (0: none is). Else each half would come
    again and again, and near duplicates would grow with the square of the size, as they do in no archive. Days are drawn
    from a span that grows with the size, so that there are as many articles a day as in the archive.
    """
    rng = np.random.default_rng(seed)
    folder.mkdir(parents=True, exist_ok=True)
    texts, outlets = articles["text"].tolist(), articles["outlet"].tolist()
    days = pd.to_datetime(articles["published"].where(articles["published"].str.len() == 10)).dropna()
    first, span = days.min(), (days.max() - days.min()).days + 1
    pool = [word for text in texts[:1000] for word in text.split(" ") if "\n" not in word]
    shard, made = 0, 0
    while made < size:
        count = min(10_000, size - made)
        if made == 0:
            table = articles.head(count)
        else:
            rows = []
            # Years before the archive's own, so that a day keeps its number of articles.
            earlier = made // len(texts) * span
            for n in range(count):
                a, b = rng.integers(len(texts), size=2)
                halves = texts[a][: len(texts[a]) // 2] + "\n" + texts[b][len(texts[b]) // 2 :]
                if drawn:
                    words = halves.split(" ")
                    places = range(int(rng.integers(drawn)), len(words), drawn)
                    for place, word in zip(places, rng.integers(len(pool), size=len(places)).tolist(), strict=True):
                        if "\n" not in words[place]:
                            words[place] = pool[word]
                    halves = " ".join(words)
                day = first - pd.Timedelta(days=int(earlier - rng.integers(span)))
                rows.append((f"s{made + n:07}", outlets[a], day.strftime("%Y-%m-%d"), "", halves))
            table = pd.DataFrame(rows, columns=COLUMNS)
        table.to_parquet(folder / f"{shard:03}.parquet", index=False)
        made, shard = made + count, shard + 1
    return folder
