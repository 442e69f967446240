"""Document-term counts of many texts at once, in the terms of `text.terms`, exact in matrix and vocabulary.

`count` is the compiled path that the product uses, `count_plainly` the same in Arrow and SciPy.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from scipy import sparse

from summit_analysis.archive import kernels
from summit_analysis.text.terms import TOKEN, normalise, tokenise

Spans = Sequence[tuple[int, int]]
# "U.S." may run over a line end, and with it out of a line that is left out or into one.
OVER_LINES = ("U.\nS.", "U.\nA.", "S.\nS.", "S.\nA.")
OTHER_LINE_ENDS = "\r\x0b\x0c\x1c\x1d\x1e\x1f\x85\u2028\u2029"
ASCII_WORD = bytes(c if chr(c).isalnum() or c == 95 or c >= 128 else 32 for c in range(256))
LOWER_WORD = ASCII_WORD.lower()
# Texts that are split at a time: few enough that all of them use the same memory.
AT_A_TIME = 1_000
ASCII = bytes(range(128))


@dataclass(frozen=True)
class Counts:
    """How often each term occurs in each text.

    Attributes
    ----------
    matrix
        One row per text, one column per term, columns sorted within a row.
    terms
        The terms in code-point order, an Arrow string array.
    order, order_ends
        64-bit hashes of all tokens in reading order and where each text ends among them; empty unless asked for.
    """

    matrix: sparse.csr_array
    terms: pa.Array
    order: np.ndarray
    order_ends: np.ndarray


def count(
    texts: pa.Array,
    left_out: Sequence[Spans] | None = None,
    *,
    cleaned: bool = True,
    order: bool = False,
    threads: int = 1,
) -> Counts:
    """Return the counts of `texts`, those in the spans `left_out` (code points, whole lines) not counted.

    `cleaned` counts the terms of ``terms.normalise``, else those of ``CountVectorizer()`` as it comes.
    """
    texts = texts.cast(pa.large_string())
    n = len(texts)
    reading = kernels.CLEANED if cleaned else kernels.LOWERED
    kinds, lowered = kernels.character_tables(reading)
    prepare = normalise if cleaned else str.lower
    ends = np.frombuffer(texts.buffers()[1], dtype=np.int64)[texts.offset : texts.offset + n + 1]
    data = np.frombuffer(texts.buffers()[2] or b"", dtype=np.uint8)
    starts, stops, rows, whole = ends[:-1].copy(), ends[1:].copy(), np.arange(n), np.zeros(n, dtype=bool)
    if left_out is not None:
        starts, stops, rows, whole = _kept_ranges(texts, left_out, ends, cleaned=cleaned)
    # Few lines hold what the kernel cannot read: only those are read in Python, and their words appended one by one.
    hard = kernels.find_complex(data, starts, stops, kinds) & ~whole[rows]
    starts, stops, rows = _by_line(data, starts, stops, rows, hard, cleaned=cleaned)
    hard = kernels.find_complex(data, starts, stops, kinds) & ~whole[rows]
    readings = np.full(len(rows), reading, dtype=np.uint8)
    if hard.any() or whole.any():
        by_hand = [
            (rows[r], starts[r], TOKEN.findall(prepare(data[starts[r] : stops[r]].tobytes().decode())))
            for r in np.flatnonzero(hard).tolist()
        ]
        by_hand += [(d, ends[d], _terms(texts[d].as_py(), left_out[d])) for d in np.flatnonzero(whole).tolist()]
        spelled = [" ".join(words).encode() for _, _, words in by_hand]
        sizes = np.array([len(words) for words in spelled])
        behind = len(data) + np.cumsum(sizes)
        kept = ~(hard | whole[rows])
        place = np.lexsort(
            (
                np.concatenate([starts[kept], [at for _, at, _ in by_hand]]),
                np.concatenate([rows[kept], [d for d, _, _ in by_hand]]),
            )
        )
        data = np.concatenate([data, np.frombuffer(b"".join(spelled), dtype=np.uint8)])
        rows = np.concatenate([rows[kept], [d for d, _, _ in by_hand]])[place]
        starts = np.concatenate([starts[kept], behind - sizes])[place]
        stops = np.concatenate([stops[kept], behind])[place]
        readings = np.concatenate([readings[kept], np.full(len(spelled), kernels.VERBATIM, dtype=np.uint8)])[place]
    bounds = _even_bounds(rows, stops - starts, n, threads)

    def kernel(low: int, high: int) -> tuple[np.ndarray, ...]:
        a, b = np.searchsorted(rows, [low, high])
        return kernels.count_tokens(
            data, starts[a:b], stops[a:b], rows[a:b] - low, readings[a:b], kinds, lowered, high - low, order
        )  # fmt: skip

    if len(bounds) == 2:
        pieces = [kernel(0, n)]
    else:
        with ThreadPoolExecutor(len(bounds) - 1) as pool:
            pieces = list(pool.map(kernel, bounds[:-1], bounds[1:]))
    return _joined(pieces)


def count_plainly(texts: pa.Array, *, cleaned: bool = True) -> Counts:
    """Return what `count` returns, without compiled code of our own."""
    pieces, ends = [], [np.zeros(1, np.int64)]
    for low in range(0, len(texts), AT_A_TIME):
        strings = texts.slice(low, AT_A_TIME).to_pylist()
        spaced = [_words_of(normalise(text) if cleaned else text, lower=not cleaned) for text in strings]
        # Offsets of 32 bits where they fit: half the memory to be touched.
        fits = sum(map(len, spaced)) < 2**31
        binary, string = (pa.binary, pa.string) if fits else (pa.large_binary, pa.large_string)
        words = pc.ascii_split_whitespace(pa.array(spaced, type=binary()).cast(string()))
        encoded = words.values.dictionary_encode()
        pieces.append(pa.DictionaryArray.from_arrays(encoded.indices, encoded.dictionary.cast(pa.string())))
        ends.append(ends[-1][-1] + words.offsets.to_numpy()[1:].astype(np.int64))
    empty = pa.array([], pa.string()).dictionary_encode()
    pieces = pa.chunked_array(pieces or [empty]).unify_dictionaries().chunks
    dictionary = pieces[0].dictionary
    order = pc.sort_indices(dictionary).to_numpy()
    long_enough = pc.greater_equal(pc.utf8_length(dictionary), 2).to_numpy(zero_copy_only=False)
    # Terms in order, single letters behind them: these are cut off as columns, not token by token.
    order = np.concatenate([order[long_enough[order]], order[~long_enough[order]]])
    indices = np.concatenate([piece.indices.to_numpy() for piece in pieces])
    row_ends = narrow(np.concatenate(ends))
    cells = (np.ones(len(indices), dtype=np.int32), indices, row_ends)
    # Sorted by a transposition there and back, which is linear.
    matrix = sparse.csr_array(cells, shape=(len(texts), len(order))).tocsc()
    matrix.has_sorted_indices = True
    matrix.sum_duplicates()
    n_terms = int(long_enough.sum())
    terms = dictionary.take(pa.array(order[:n_terms])).cast(pa.string())
    return Counts(matrix[:, order[:n_terms]].tocsr(), terms, np.empty(0, np.uint64), np.empty(0))


def _words_of(text: str, *, lower: bool) -> bytes:
    """Return a text in UTF-8, in lower case if asked for, with blanks for all that is not of a word."""
    spelled = text.encode()
    others = set() if text.isascii() else set(spelled.translate(None, ASCII).decode())
    if lower and any(other.lower() != other for other in others):
        return _words_of(text.lower(), lower=False)
    for other in others:
        if not other.isalnum():
            spelled = spelled.replace(other.encode(), b" ")
    return spelled.translate(LOWER_WORD if lower else ASCII_WORD)


def _holds(text: str, pieces: Iterable[str]) -> bool:
    return any(map(text.__contains__, pieces))


def _terms(text: str, left_out: Spans) -> list[str]:
    """Return the terms of a text whose lines cannot be read one by one."""
    return [t.term for t in tokenise(text) if not any(start <= t.start < end for start, end in left_out)]


def _by_line(
    data: np.ndarray, starts: np.ndarray, stops: np.ndarray, rows: np.ndarray, hard: np.ndarray, *, cleaned: bool
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the ranges with those that are `hard` cut into lines, wherever no line runs into the next."""
    if not hard.any():
        return starts, stops, rows
    pieces = []
    for r in np.flatnonzero(hard).tolist():
        piece = data[starts[r] : stops[r]]
        if not (cleaned and _holds(piece.tobytes().decode(), OVER_LINES)):
            line_ends = np.append(starts[r] + np.flatnonzero(piece == kernels.LINE_END), stops[r])
            pieces.append((np.append(starts[r], line_ends[:-1] + 1), line_ends, np.full(len(line_ends), rows[r])))
        else:
            pieces.append((starts[r : r + 1], stops[r : r + 1], rows[r : r + 1]))
    cut = (np.concatenate(column) for column in zip(*pieces, strict=True))
    starts, stops, rows = (
        np.concatenate(pair) for pair in zip((starts[~hard], stops[~hard], rows[~hard]), cut, strict=True)
    )
    place = np.lexsort((starts, rows))
    return starts[place], stops[place], rows[place]


def _kept_ranges(
    texts: pa.Array, left_out: Sequence[Spans], ends: np.ndarray, *, cleaned: bool
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return the byte ranges that are counted, their texts, and which texts cannot be cut into ranges."""
    whole = np.zeros(len(texts), dtype=bool)
    starts, stops, rows = [], [], []
    for d, spans in enumerate(left_out):
        at, last = int(ends[d]), int(ends[d + 1])
        if spans:
            text = texts[d].as_py()
            if cleaned and (_holds(text, OVER_LINES) or _holds(text, OTHER_LINE_ENDS)):
                whole[d] = True
            else:
                done = 0
                for start, end in spans:
                    stop = at + len(text[done:start].encode())
                    starts.append(at), stops.append(stop), rows.append(d)
                    at = stop + len(text[start:end].encode())
                    done = end
        starts.append(at), stops.append(last), rows.append(d)
    return np.array(starts, np.int64), np.array(stops, np.int64), np.array(rows, np.int64), whole


def _even_bounds(rows: np.ndarray, sizes: np.ndarray, n: int, pieces: int) -> list[int]:
    """Return row numbers that cut the texts into at most `pieces` of about equal size."""
    if pieces < 2 or n < 2 * pieces:
        return [0, n]
    share = np.cumsum(sizes) / max(int(sizes.sum()), 1)
    cuts = [int(rows[min(np.searchsorted(share, piece / pieces), len(rows) - 1)]) for piece in range(1, pieces)]
    return sorted({0, *cuts, n})


def _joined(pieces: list[tuple[np.ndarray, ...]]) -> Counts:
    vocabularies = [
        pa.LargeStringArray.from_buffers(len(begins) - 1, pa.py_buffer(begins), pa.py_buffer(arena)).cast(pa.string())
        for arena, begins, *_ in pieces
    ]
    terms = vocabularies[0] if len(pieces) == 1 else pa.concat_arrays(vocabularies).unique()
    terms = terms.take(pc.sort_indices(terms))
    matrices = []
    for vocabulary, (_, _, row_ends, columns, values, _, _) in zip(vocabularies, pieces, strict=True):
        place = pc.index_in(vocabulary, terms).to_numpy(zero_copy_only=False).astype(np.int32)
        cells = (values, place[columns], narrow(row_ends))
        matrix = sparse.csr_array(cells, shape=(len(row_ends) - 1, len(terms)))
        # Sorted by a transposition there and back, which is linear.
        matrices.append(matrix.tocsc().tocsr())
    matrix = matrices[0] if len(matrices) == 1 else sparse.vstack(matrices, format="csr")
    order = np.concatenate([piece[5] for piece in pieces])
    offset = np.cumsum([0, *(len(piece[5]) for piece in pieces)])
    ends = [piece[6][1:] + start for piece, start in zip(pieces, offset[:-1], strict=True)]
    return Counts(matrix, terms, order, np.concatenate([[0], *ends]).astype(np.int64))


def narrow(ends: np.ndarray) -> np.ndarray:
    """Return row ends in 32 bits where they fit, so that SciPy keeps the columns in 32 bits too."""
    return ends.astype(np.int32) if ends[-1] < 2**31 else ends
