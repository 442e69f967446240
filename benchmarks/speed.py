"""Speed beside what people would otherwise use: ratios taken in turn, results checked equal before they are timed."""

from __future__ import annotations

import argparse
import os
import platform
import re
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import PackageNotFoundError, version
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
from scipy import sparse
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer
from sklearn.neighbors import NearestNeighbors

if os.environ.get("PEERS"):
    sys.path.append(os.environ["PEERS"])

import texts
from whole_runs import measure_engines

from summit_analysis.archive import counting, duplicates, keyness, neighbours, stages
from summit_analysis.archive import weights as weighing
from summit_analysis.text.terms import STOP_WORDS

RESULTS = Path(__file__).parent / "results"
PACKAGES = (
    "scikit-learn",
    "scipy",
    "numpy",
    "numba",
    "pyarrow",
    "sparse_dot_topn",
    "dask",
    "rensa",
    "datasketch",
    "scattertext",
)
WORD = re.compile(r"(?u)\b\w\w+\b")


def in_turn(ours: Callable, peer: Callable, rounds: int) -> dict[str, list[float]]:
    """Run `ours` and `peer` in turn; return wall and CPU seconds of each (all threads and finished children together)."""
    times: dict[str, list[float]] = {"ours_s": [], "ours_cpu": [], "peer_s": [], "peer_cpu": []}
    for _ in range(rounds):
        for name, work in (("peer", peer), ("ours", ours)):
            start, before = time.perf_counter(), os.times()
            work()
            after = os.times()
            times[f"{name}_s"].append(time.perf_counter() - start)
            times[f"{name}_cpu"].append(sum(after[:4]) - sum(before[:4]))
    return times


class Table:
    """Collects one row per comparison."""

    def __init__(self, archive: str, name: str) -> None:
        self.rows: list[dict] = []
        self.name = name
        self.archive = "the measuring archive of real news" if archive else "generated text"

    def add(
        self, work: str, articles: int, ours: str, peer: str, aim: float, times: dict[str, list[float]], note: str = ""
    ) -> None:  # fmt: skip
        ratios = [b / a for a, b in zip(times["ours_s"], times["peer_s"], strict=True)]
        by_cpu = np.median([b / a for a, b in zip(times["ours_cpu"], times["peer_cpu"], strict=True)])
        row = {"work": work, "articles": articles, "ours": ours, "peer": peer}
        row |= {name: np.median(seconds) for name, seconds in times.items()}
        row |= {
            "ratio": np.median(ratios),
            "ratio_low": min(ratios),
            "ratio_high": max(ratios),
            "ratio_cpu": by_cpu,
            "rounds": len(ratios),
        }
        self.rows.append(row | {"load": os.getloadavg()[0], "aim": aim, "note": note})
        print(
            {name: round(value, 2) if isinstance(value, float) else value for name, value in self.rows[-1].items()},
            flush=True,
        )

        self.write()  # a run that is stopped leaves what it measured

    def write(self) -> None:
        """Write what was measured so far."""
        name = self.name
        RESULTS.mkdir(exist_ok=True)
        table = pd.DataFrame(self.rows).round(3)
        table.to_csv(RESULTS / f"{name}.csv", index=False, lineterminator="\n")
        lines = [
            "# Speed", "",
            f"Measured on {self.archive}, in turn in one run. Ratios are how often ours fits into the other: of wall time, median with smallest and largest "
            "round, and of CPU time, where two threads count twice. Wall times say little where the load was above the number of cores.",
            f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}, " + ", ".join(f"{p} {_version(p)}" for p in PACKAGES) + ".",
            "", "| Work | Articles | Ours | Beside | Ours, CPU s | Beside, CPU s | Ratio, wall | Ratio, CPU | Aim | Load | Note |",
            "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |",
        ]  # fmt: skip
        for r in table.itertuples():
            ratio = f"{r.ratio:.2f} ({r.ratio_low:.2f}–{r.ratio_high:.2f})" if r.ratio == r.ratio else "–"
            cpu = _number(r.ratio_cpu)
            lines.append(
                f"| {r.work} | {r.articles:,} | {r.ours} | {r.peer} | {_number(r.ours_cpu)} | {_number(r.peer_cpu)} | {ratio} | {cpu} | {r.aim or '–'} | {r.load:.1f} | {r.note} |"
            )
        (RESULTS / f"{name}.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _number(value: float) -> str:
    return f"{value:.2f}" if value == value else "–"


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "absent"


def measure_counts(table: Table, articles: pd.DataFrame, rounds: int) -> None:
    strings, listed = pa.array(articles["text"], type=pa.large_string()), articles["text"].tolist()
    vectorizer = CountVectorizer()
    expected = vectorizer.fit_transform(listed)
    for counts in (counting.count(strings, cleaned=False, threads=2), counting.count_plainly(strings, cleaned=False)):
        assert counts.terms.to_pylist() == list(vectorizer.get_feature_names_out())
        assert (counts.matrix != sparse.csr_array(expected)).nnz == 0
    n = len(articles)
    peer = lambda: CountVectorizer().fit_transform(listed)  # noqa: E731
    work = "document-term matrix, scikit-learn's default tokens"
    table.add(
        work,
        n,
        "kernel, 2 threads",
        "CountVectorizer",
        8,
        in_turn(lambda: counting.count(strings, cleaned=False, threads=2), peer, rounds),
    )
    table.add(
        work,
        n,
        "kernel, 1 thread",
        "CountVectorizer",
        0,
        in_turn(lambda: counting.count(strings, cleaned=False), peer, rounds),
    )
    table.add(
        work,
        n,
        "plain path (Arrow)",
        "CountVectorizer",
        2.5,
        in_turn(lambda: counting.count_plainly(strings, cleaned=False), peer, rounds),
    )


def measure_neighbours(table: Table, articles: pd.DataFrame, rounds: int) -> None:
    counts = counting.count(pa.array(articles["text"], type=pa.large_string()), threads=2)
    content = counts.matrix[:, ~np.isin(np.array(counts.terms.to_pylist()), sorted(STOP_WORDS))]
    weights = sparse.csr_array(TfidfTransformer(sublinear_tf=True).fit_transform(content))
    n = weights.shape[0]
    turned = weights.T.tocsr()

    def by_strips() -> tuple:
        """Do what an archive run does between the weights and the neighbours, files included, on two threads."""
        with tempfile.TemporaryDirectory() as name, ThreadPoolExecutor(2) as pool:
            work, ends = Path(name), [0, n // 2, n]
            for part, (low, high) in enumerate(pairwise(ends)):
                stages.save(stages.part_file(work, "weights", part), **stages.pack_matrix(weights[low:high]),
                            **stages.pack_matrix(weights[low:high, :0], "rare_"), heavy=np.empty(0, np.int32))  # fmt: skip
            stages.save(work / "vocabulary.npz", documents=np.bincount(weights.indices, minlength=weights.shape[1]))
            strips = neighbours.strips(n)
            settings = {"k": 10, "all_pairs": True, "strips": strips, "parts": 2, "part_ends": ends, "room": 1 << 30}
            with neighbours.gathering(work, settings) as take:
                for part in range(settings["parts"]):
                    take(part)
            list(pool.map(lambda number: neighbours.pair_strip(work, number, settings), range(len(strips) - 1)))
            list(pool.map(lambda part: neighbours.find_part(work, part, settings), range(2)))
            found = [stages.load(stages.part_file(work, neighbours.NEIGHBOURS, part)) for part in range(2)]
            names = ("article", "neighbour", "rank", "cosine")
            return tuple(np.concatenate([arrays[name] for arrays in found]) for name in names)

    def plainly() -> tuple:
        return neighbours.ranked(*_pairs_above(weights, turned), 10)

    def brute() -> np.ndarray:
        search = NearestNeighbors(n_neighbors=11, algorithm="brute", metric="cosine").fit(sparse.csr_matrix(weights))
        return search.kneighbors(return_distance=True, n_neighbors=10)[0]

    a, _, rank, cosine = by_strips()
    assert all((ours == theirs).all() for ours, theirs in zip(by_strips(), plainly(), strict=True))
    expected = 1 - brute()
    assert np.allclose(cosine, expected[a, rank - 1], atol=1e-9)
    work, ours = "exact 10 nearest", "kernel, each pair once, 2 threads, scored again in float64"
    table.add(work, n, ours, "NearestNeighbors", 0, in_turn(by_strips, brute, rounds))
    table.add(work, n, ours, "sparse_dot_topn, 2 threads, scored again", 1.5, in_turn(by_strips, plainly, rounds))
    documents = np.bincount(weights.indices, minlength=weights.shape[1])
    whole = plainly()
    rare = sparse.csr_array(weighing.rare(weights, documents).astype(np.float32))
    block = sparse.csr_array(rare.T.tocsr())

    def by_rare_terms() -> np.ndarray:
        seeking = neighbours.rarest_terms(rare, documents)
        found = neighbours.nearest_of_blocks(seeking, [block], neighbours.CANDIDATES, threads=2)
        return np.repeat(np.arange(n), np.diff(found.indptr)) * n + found.indices

    kept = np.isin(whole[0] * n + whole[1], by_rare_terms())
    shares = ", ".join(
        f"{kept[whole[3] >= c].mean():.2%} above {c} ({(whole[3] >= c).sum():,})" for c in (0.5, 0.3, 0.2)
    )
    all_pairs = lambda: neighbours.nearest_of_blocks(weights, [turned], 10 + neighbours.SPARE, threads=2)  # noqa: E731
    table.add("candidates for the 10 nearest", n, "rare terms", "all pairs, sparse_dot_topn, 2 threads", 0, in_turn(by_rare_terms, all_pairs, rounds),
              f"keeps of the exact neighbours by cosine: {shares}")  # fmt: skip


def _pairs_above(weights: sparse.csr_array, turned: sparse.csr_array) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    found = neighbours.nearest_of_blocks(weights, [turned], 10 + neighbours.SPARE, threads=2).tocoo()
    kept = found.row != found.col
    a, b = found.row[kept].astype(np.int64), found.col[kept].astype(np.int64)
    return a, b, neighbours.cosine_of_pairs(weights, a, weights, b)


def planted(articles: pd.DataFrame, pairs: int = 100, seed: int = 3) -> tuple[list[str], list[tuple[int, int]]]:
    """Return the texts with edited copies of some behind them, and the pairs: one word in fifty is changed."""
    rng = np.random.default_rng(seed)
    originals = rng.choice(len(articles), pairs, replace=False)
    copies = []
    for row in originals:
        words = articles["text"].iloc[int(row)].split(" ")
        for place in rng.choice(len(words), len(words) // 50, replace=False):
            words[place] = "edited"
        copies.append(" ".join(words))
    return articles["text"].tolist() + copies, [(int(row), len(articles) + n) for n, row in enumerate(originals)]


def measure_large(table: Table, articles: pd.DataFrame, rounds: int, size: int = 37_900) -> None:
    """Measure near duplicates of many more articles: of new words, and of halves that come again and again."""
    with tempfile.TemporaryDirectory() as folder:
        for drawn, what in ((5, "halves joined, every fifth word drawn anew"), (0, "halves joined as they are")):
            shards = texts.splice(articles, size, Path(folder) / str(drawn), drawn=drawn)
            larger = pd.concat(map(pd.read_parquet, sorted(shards.iterdir())), ignore_index=True)
            measure_duplicates(table, larger, rounds, peers=("rensa",), what=f", {what}")


def measure_duplicates(
    table: Table, articles: pd.DataFrame, rounds: int, peers: tuple[str, ...] = ("rensa", "datasketch"), what: str = ""
) -> None:
    listed, pairs = planted(articles)
    strings = pa.array(listed, type=pa.large_string())

    def ours() -> set[tuple[int, int]]:
        counts = counting.count(strings, order=True, threads=2)
        with np.errstate(over="ignore"):
            a, b, _ = duplicates.find(*duplicates.shingle(counts.order, counts.order_ends, threads=2), threads=2)
        return set(zip(a.tolist(), b.tolist(), strict=True))

    def shingles(text: str) -> list[str]:
        words = WORD.findall(text.lower())
        return [" ".join(words[i : i + 5]) for i in range(max(len(words) - 4, 1))]

    def with_rensa() -> set[tuple[int, int]]:
        from rensa import RMinHash, RMinHashLSH

        lsh = RMinHashLSH(threshold=0.5, num_perm=128, num_bands=32)
        # In batches, which is its fast way, and few enough at a time that the shingles do not fill the memory.
        sketches = []
        for at in range(0, len(listed), 1000):
            sketches += RMinHash.from_token_sets(list(map(shingles, listed[at : at + 1000])), num_perm=128, seed=1)
        for n, sketch in enumerate(sketches):
            lsh.insert(n, sketch)
        found = ((n, m) for n, sketch in enumerate(sketches) for m in lsh.query(sketch) if n < m)
        return {(n, m) for n, m in found if sketches[n].jaccard(sketches[m]) >= 0.5}

    def with_datasketch() -> set[tuple[int, int]]:
        from datasketch import MinHash, MinHashLSH

        lsh, sketches = MinHashLSH(threshold=0.5, num_perm=128), []
        for n, text in enumerate(listed):
            sketch = MinHash(num_perm=128)
            sketch.update_batch([s.encode() for s in shingles(text)])
            lsh.insert(n, sketch)
            sketches.append(sketch)
        found = ((n, m) for n, sketch in enumerate(sketches) for m in lsh.query(sketch) if n < m)
        return {(n, m) for n, m in found if sketches[n].jaccard(sketches[m]) >= 0.5}

    exact = ours()
    assert set(pairs) <= exact, "a planted pair was not found"
    for name, peer, aim in (("rensa", with_rensa, 2), ("datasketch", with_datasketch, 7)):
        if name not in peers:
            continue
        try:
            found = peer()
        except ImportError:
            print(f"{name} is not installed")
            continue
        note = f"{len(exact)} pairs exactly, {len(found & exact)} of them by {name}, {len(set(pairs) & found)} of {len(pairs)} planted"
        table.add(
            f"near duplicates from text, Jaccard ≥ 0.5{what}",
            len(listed),
            "shingle hashes, exact",
            f"{name}, 128",
            aim,
            in_turn(ours, peer, rounds),
            note,
        )


def measure_words(table: Table, articles: pd.DataFrame) -> None:
    articles = articles.assign(group=np.where(articles["outlet"].rank(method="dense") % 2 == 0, "a", "b"))
    strings = pa.array(articles["text"], type=pa.large_string())

    def ours() -> pd.DataFrame:
        counts = counting.count(strings, threads=2)
        member = (articles["group"] == "b").to_numpy().astype(np.int64)
        indicator = sparse.csr_array((np.ones(len(member), np.int64), (member, np.arange(len(member)))))
        return keyness.log_odds(["a", "b"], counts.terms, sparse.csr_array(indicator @ counts.matrix.astype(np.int64)))

    def with_scattertext() -> np.ndarray:
        import scattertext

        parsed = articles.assign(parse=articles["text"].map(scattertext.whitespace_nlp_with_sentences))
        built = scattertext.CorpusFromParsedDocuments(parsed, category_col="group", parsed_col="parse").build()
        frequencies = built.get_unigram_corpus().get_term_freq_df()
        a, b = (frequencies[f"{name} freq"].to_numpy() for name in "ab")
        return scattertext.LogOddsRatioInformativeDirichletPrior(a + b, 500).get_scores(a, b)

    assert len(ours())
    try:
        import scattertext  # noqa: F401
    except ImportError:
        print("scattertext is not installed")
        return
    table.add("distinctive words of two groups, from text", len(articles), "kernel and weighted log-odds", "scattertext", 10, in_turn(ours, with_scattertext, 1),
              "other tokens and prior, so values are not compared")  # fmt: skip


def main() -> None:
    """Measure what was asked for and write ``results/speed*.md`` and ``.csv``."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--archive", default=os.environ.get("ARCHIVE", ""))
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", nargs="*", default=["counts", "neighbours", "duplicates", "words", "engines", "dask"])
    parser.add_argument(
        "--larger", type=int, default=100_000, help="articles for Dask; spliced from those of the archive"
    )
    parser.add_argument("--name", default="speed")
    options = parser.parse_args()
    articles = texts.load(options.archive, options.articles)
    table = Table(options.archive, options.name)
    for what in options.only:
        match what:
            case "counts":
                measure_counts(table, articles, options.rounds)
            case "neighbours":
                measure_neighbours(table, articles, options.rounds)
            case "duplicates":
                measure_duplicates(table, articles, options.rounds)
            case "large":
                measure_large(table, articles, 1)
            case "words":
                measure_words(table, articles.head(5_000))  # scattertext takes a minute for them
            case "engines":
                measure_engines(table.add, articles, min(options.rounds, 2))
            case "dask":
                measure_engines(table.add, articles, min(options.rounds, 2), size=options.larger)
    table.write()


if __name__ == "__main__":
    main()
