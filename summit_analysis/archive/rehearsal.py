"""Every compiled inner loop run once on a few words, so that a process takes the memory that they need before it is measured."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from summit_analysis.archive import counting, duplicates, kernels, neighbours


def rehearse() -> None:
    """Run what tasks run, on arrays of the same types."""
    counts = counting.count(pa.array(["It’s a storm of two towns.", "A storm, they said."]), order=True)
    shingles, ends = duplicates.shingle(counts.order, counts.order_ends)
    duplicates.find(shingles, ends, slices=1)
    one, weights = np.zeros(1, np.int64), counts.matrix.astype(np.float64)
    neighbours.cosine_of_pairs(weights, one, weights, one)
    whole = (weights.indptr.astype(np.int64), weights.indices, weights.data)
    kernels.dot_pairs(*whole, one, *whole, one, np.zeros(weights.shape[1]))
    tile = kernels.turn_tile(0, 1, *whole, weights.shape[1], 1.0)
    largest = np.zeros((2, 2), np.float32), np.zeros((2, 2), np.int32), np.zeros(2, np.float32)
    kernels.keep_largest(0, 1, 0, 2, *whole, tile, *largest)
