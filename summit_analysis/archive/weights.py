"""Counts of each part, one vocabulary for all, and TF-IDF weights in it: the settings of `measures.similarity`."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from scipy import sparse
from sklearn.feature_extraction.text import TfidfTransformer

from summit_analysis.archive import boilerplate, counting, duplicates, ingestion, stages
from summit_analysis.publish.atomic import write_text
from summit_analysis.text.terms import STOP_WORDS

COUNTS, WEIGHTS, VOCABULARY = "counts", "weights", "vocabulary.npz"
#: So many vocabularies are merged at a time.
MERGED = 16
#: Where not all pairs are compared, candidates share a rare term: one of at most so many articles.
RARE = 1_000
#: What may speak for a story are an article's heaviest terms, so many of them.
HEAVY_TERMS = 40
#: Weights, cosines and likenesses that differ in later digits alone are equal: sums depend on their order.
DIGITS = 12


def count_part(work: Path, part: int, settings: dict) -> None:
    """Leave the counts of one part in its own vocabulary, its shingles, and the repeated lines that it met."""
    table = ingestion.read_part(work / "parts", part, ["outlet", "text"])
    texts = table["text"].combine_chunks()
    spans, met = boilerplate.left_out(work, part, table["outlet"].to_pylist(), texts.to_pylist())
    counts = counting.count(texts, spans, order=True)
    shingles, ends = duplicates.shingle(counts.order, counts.order_ends)
    write_text(work / COUNTS / f"{part:06}.json", json.dumps(sorted((str(k), *v) for k, v in met.items())))
    duplicates.save_sets(work, part, shingles, ends, settings["slices"])
    stages.save(
        stages.part_file(work, COUNTS, part),
        **stages.pack_matrix(counts.matrix), **stages.pack_terms(counts.terms),
        signatures=duplicates.signatures(shingles, ends), sizes=np.diff(ends),
    )  # fmt: skip


def repeated_lines(work: Path, parts: int) -> dict[int, tuple[str, str]]:
    """Return key to (outlet, line) of all repeated lines that were left out."""
    met = {}
    for part in range(parts):
        for key, outlet, line in json.loads((work / COUNTS / f"{part:06}.json").read_text(encoding="utf-8")):
            met[int(key)] = (outlet, line)
    return met


@contextmanager
def merging(work: Path) -> Iterator[Callable[[int], None]]:
    """Yield a function that takes up the terms of a part.

    In the end leave the terms of all in code-point order, with documents (articles that have one), count and articles.
    """
    waiting: list[pa.Table] = []
    articles = 0

    def join() -> None:
        joined = pa.concat_tables(waiting).group_by("term").aggregate([("documents", "sum"), ("count", "sum")])
        waiting[:] = [joined.rename_columns(["term", "documents", "count"])]

    def take(part: int) -> None:
        nonlocal articles
        names = ("ends", "columns", "values", "width", "term_ends", "term_bytes")
        arrays = stages.load(stages.part_file(work, COUNTS, part), *names)
        matrix = stages.unpack_matrix(arrays)
        articles += matrix.shape[0]
        documents = np.bincount(matrix.indices, minlength=matrix.shape[1])
        total = np.asarray(matrix.sum(axis=0)).ravel().astype(np.int64)
        waiting.append(pa.table({"term": stages.unpack_terms(arrays), "documents": documents, "count": total}))
        if len(waiting) == MERGED:
            join()

    yield take
    join()
    merged = waiting[0].take(pc.sort_indices(waiting[0]["term"]))
    stages.save(
        work / VOCABULARY,
        **stages.pack_terms(merged["term"].combine_chunks()),
        documents=merged["documents"].to_numpy(), count=merged["count"].to_numpy(), articles=np.array(articles),
    )  # fmt: skip


def weigh_part(work: Path, part: int, settings: dict) -> None:
    """Leave TF-IDF weights in the common vocabulary, those in rare terms where they find candidates, and each article's heaviest.

    For keyness it leaves the counts of each outlet as well.
    """
    vocabulary = stages.load_shared(work / VOCABULARY)
    arrays = stages.load(stages.part_file(work, COUNTS, part))
    counts, terms = stages.unpack_matrix(arrays), stages.unpack_terms(arrays)
    place = places(terms, vocabulary)
    outlets = ingestion.read_part(work / "parts", part, ["outlet"])["outlet"].combine_chunks().dictionary_encode()
    rows = np.arange(counts.shape[0], dtype=np.int32)
    # In 32 bits, which hold what one part counts: it is most of what there is to write.
    indicator = sparse.csr_array((np.ones_like(rows), (outlets.indices.to_numpy(), rows)))
    by_outlet = (indicator @ counts).tocsr()
    weighed = tfidf(counts, terms, place, vocabulary)
    # Candidates only have to be ordered, for which four bytes a weight do.
    candidates = weighed[:, :0] if settings["all_pairs"] else rare(weighed, vocabulary["documents"]).astype(np.float32)
    stages.save(
        stages.part_file(work, WEIGHTS, part),
        **stages.pack_matrix(weighed), **stages.pack_matrix(candidates, "rare_"), heavy=heavy_terms(weighed),
        **stages.pack_matrix(_moved(by_outlet, place, vocabulary), "outlet_"),
        **stages.pack_terms(outlets.dictionary),
    )  # fmt: skip


def places(terms: pa.Array, vocabulary: dict[str, np.ndarray]) -> np.ndarray:
    """Return the column of each of `terms` in the common vocabulary, -1 where it has none; both are in code-point order."""
    # Hashing the few and looking up the many is quicker than the other way round.
    own = pc.index_in(stages.unpack_terms(vocabulary), terms)
    place = np.full(len(terms), -1, np.int32)
    place[own.drop_null().to_numpy(zero_copy_only=False)] = np.flatnonzero(
        own.is_valid().to_numpy(zero_copy_only=False)
    )
    return place


def tfidf(
    counts: sparse.csr_array, terms: pa.Array, place: np.ndarray, vocabulary: dict[str, np.ndarray]
) -> sparse.csr_array:
    """Return sublinear tf, smooth idf over the archive, l2 of `counts` by `terms`, moved to their `place`; stop words have no weight."""
    if not len(terms):  # of titles of other words
        return sparse.csr_array((counts.shape[0], len(vocabulary["documents"])))
    stop = pc.is_in(terms, pa.array(sorted(STOP_WORDS))).to_numpy(zero_copy_only=False)
    content = counts.astype(np.float64)
    content.data[stop[content.indices]] = 0
    content.eliminate_zeros()
    weigh = TfidfTransformer(sublinear_tf=True)
    weigh.idf_ = np.log((1 + int(vocabulary["articles"])) / (1 + vocabulary["documents"][place])) + 1
    return _moved(sparse.csr_array(weigh.transform(content, copy=False)), place, vocabulary)


def rare(rows: sparse.csr_array, documents: np.ndarray) -> sparse.csr_array:
    """Return `rows` with the terms of at most `RARE` articles alone, given in how many `documents` each is."""
    result = rows.copy()
    result.data[documents[result.indices] > RARE] = 0
    result.eliminate_zeros()
    return result


def heavy_terms(rows: sparse.csr_array) -> np.ndarray:
    """Return the columns of the `HEAVY_TERMS` largest weights of each row, of equal weights the first; -1 where it has fewer."""
    heavy = np.full((rows.shape[0], HEAVY_TERMS), -1, np.int32)
    falling = -np.round(rows.data, DIGITS)
    for row, (low, high) in enumerate(pairwise(rows.indptr.tolist())):
        order = np.argsort(falling[low:high], kind="stable")[:HEAVY_TERMS]
        heavy[row, : len(order)] = rows.indices[low:high][order]
    return heavy


def _moved(rows: sparse.csr_array, place: np.ndarray, vocabulary: dict[str, np.ndarray]) -> sparse.csr_array:
    """Return `rows` with each column at its place in the vocabulary; places ascend, so that columns stay sorted in a row."""
    shape = (rows.shape[0], len(vocabulary["documents"]))
    return sparse.csr_array((rows.data, place[rows.indices], rows.indptr), shape=shape)
