"""Compiled inner loops (numba), each with a plain path of equal results in the module that uses it.

They read UTF-8 bytes in place. What they cannot treat exactly (a character whose lower case depends on its neighbours,
invisible characters, separate accents) is marked `COMPLEX`; the caller normalises such an article in Python and hands
it over word by word.
"""

from __future__ import annotations

import functools
import re

import numpy as np
from numba import njit

from summit_analysis.text.terms import COUNTRY

WORD, LETTER, SPACE, LOWER, COMPLEX = 1, 2, 4, 8, 16
# How an article is to be read: as it stands, in lower case, or in lower case with what `terms.normalise` cleans.
VERBATIM, LOWERED, CLEANED = 0, 1, 2
PLANES = 0x110000
# Characters whose place among others decides what `terms.normalise` makes of them.
INTERPLAY = re.compile(
    r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
    r"\u0300-\u036f\u0483-\u0489\u1dc0-\u1dff\u20d0-\u20ff\u3099\u309a\ufe20-\ufe2f\u1100-\u11ff\u017f\u02bc\uff07]"
)
SEED, MULTIPLIER = np.uint64(0xCBF29CE484222325), np.uint64(0x9E3779B97F4A7C15)
SHIFT, HALF, ONE, TWO, THREE = np.uint64(29), np.uint64(32), np.uint64(1), np.uint64(2), np.uint64(3)
BYTE, WIDTH, LOW = np.uint64(8), np.uint64(64), np.uint64(0xFFFFFFFF)
LONG, OTHER = np.uint64(0xFF << 56), np.uint8(255)
LINE_END, STOP = ord("\n"), ord(".")
U, S = map(ord, COUNTRY)  # the two letters that the kernel writes for it
A = ord("A")
# Products looked at together.
LOOK = 16


@functools.cache
def character_tables(reading: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the class of each code point (bits `WORD` .. `COMPLEX`) and its lower case, as Python has them."""
    kinds = np.strings.isalnum(np.arange(PLANES, dtype=np.uint32).view("U1")).astype(np.uint8) * WORD
    kinds[ord("_")] = WORD
    lowered = np.arange(PLANES, dtype=np.int32)
    for code in range(0x10000):
        c = chr(code)
        small = c.lower()
        if len(small) == 1 and c != "Σ":
            lowered[code] = ord(small)
        else:
            kinds[code] |= COMPLEX
        if kinds[code] & WORD and not c.isdecimal() and c != "_":
            kinds[code] |= LETTER
        if c.isspace():
            kinds[code] |= SPACE
        if c.islower() or (c.istitle() and not c.isupper()):
            kinds[code] |= LOWER
        if reading == CLEANED and INTERPLAY.match(c):
            kinds[code] |= COMPLEX
    kinds[0x10000:] |= COMPLEX
    return kinds, lowered


@njit(cache=True, nogil=True, inline="always")
def _decode(data, i):
    """Return the code point at byte `i` of valid UTF-8, and the bytes it takes."""
    c = np.int64(data[i])
    if c < 0x80:
        return c, 1
    if c < 0xE0:
        return ((c & 0x1F) << 6) | (np.int64(data[i + 1]) & 0x3F), 2
    if c < 0xF0:
        return ((c & 0x0F) << 12) | ((np.int64(data[i + 1]) & 0x3F) << 6) | (np.int64(data[i + 2]) & 0x3F), 3
    return (
        ((c & 0x07) << 18)
        | ((np.int64(data[i + 1]) & 0x3F) << 12)
        | ((np.int64(data[i + 2]) & 0x3F) << 6)
        | (np.int64(data[i + 3]) & 0x3F)
    ), 4


@njit(cache=True, nogil=True)
def find_complex(data, starts, ends, kinds):
    """Return for each article whether it holds a `COMPLEX` character."""
    found = np.zeros(len(starts), dtype=np.bool_)
    for d in range(len(starts)):
        i, end = starts[d], ends[d]
        while i < end:
            if data[i] < 0x80:
                i += 1
                continue
            code, size = _decode(data, i)
            if kinds[code] & COMPLEX:
                found[d] = True
                break
            i += size
    return found


@njit(cache=True, nogil=True)
def _is_word(data, i, end, kinds):
    if i >= end:
        return False
    code, _ = _decode(data, i)
    return (kinds[code] & WORD) != 0


@njit(cache=True, nogil=True)
def _behind_space(data, i, end, kinds):
    """Return the place behind one optional white-space character at `i`."""
    if i < end:
        code, size = _decode(data, i)
        if kinds[code] & SPACE:
            return i + size
    return i


@njit(cache=True, nogil=True)
def _apostrophe(data, i, end):
    """Return the bytes of an apostrophe at `i`, straight or curly, or 0."""
    if i < end and data[i] == 39:
        return 1
    if i + 2 < end and data[i] == 0xE2 and data[i + 1] == 0x80 and data[i + 2] == 0x99:
        return 3
    return 0


@njit(cache=True, nogil=True)
def _clitic_end(data, i, end, kinds):
    """Return where "’s", "’re", "’ve", "’ll", "’d" or "’m" at `i` ends, or -1."""
    at = i + _apostrophe(data, i, end)
    if at == i or at >= end:
        return -1
    c = data[at]
    low = c | 0x20
    if low == 115 or low == 100 or low == 109:
        at += 1
    elif at + 1 < end and (
        (c == 114 and data[at + 1] == 101)
        or (c == 82 and data[at + 1] == 69)
        or (c == 118 and data[at + 1] == 101)
        or (c == 86 and data[at + 1] == 69)
        or (c == 108 and data[at + 1] == 108)
        or (c == 76 and data[at + 1] == 76)
    ):
        at += 2
    else:
        return -1
    return -1 if _is_word(data, at, end, kinds) else at


@njit(cache=True, nogil=True)
def _country_end(data, i, begin, end, kinds):
    """Return where "U.S.", "U.S", "US" or one with "A" at `i` ends, or -1 (`terms.REPLACED`, group country)."""
    at = i + 1
    if at < end and data[at] == STOP:
        s = _behind_space(data, at + 1, end, kinds)
        if s + 1 < end and data[s] == S and data[s + 1] == STOP:
            a = _behind_space(data, s + 2, end, kinds)
            if a + 1 < end and data[a] == A and data[a + 1] == STOP and not _is_word(data, a + 2, end, kinds):
                return a + 2
            if not _is_word(data, s + 2, end, kinds):
                return s + 2
        if at + 1 < end and data[at + 1] == S:
            e = at + 2
            if e + 1 < end and data[e] == STOP and data[e + 1] == A:
                e += 2
            if _is_word(data, e, end, kinds) or (e < end and data[e] == STOP and _is_word(data, e + 1, end, kinds)):
                return -1
            return e
        return -1
    if at < end and data[at] == S:
        e = at + 1
        if e < end and data[e] == A:
            e += 1
        if not _is_word(data, e, end, kinds) and not _in_capitals(data, i, begin, end, kinds):
            return e
    return -1


@njit(cache=True, nogil=True)
def _in_capitals(data, at, begin, end, kinds):
    """Return whether the line around `at` is all capitals and of more than two words (`terms._all_capitals`)."""
    start = at
    while start > begin and data[start - 1] != LINE_END:
        start -= 1
    words, between, i = 0, True, start
    while i < end and data[i] != LINE_END:
        code, size = _decode(data, i)
        kind = kinds[code]
        if kind & LOWER:
            return False
        if kind & SPACE:
            between = True
        elif between:
            words += 1
            between = False
        i += size
    return words > 2


@njit(cache=True, nogil=True)
def _initials_end(data, i, end, kinds):
    """Return where initials such as "U.N." at `i` end, or -1."""
    pairs, at = 0, i
    while at < end:
        code, size = _decode(data, at)
        if not kinds[code] & LETTER or at + size >= end or data[at + size] != STOP:
            break
        pairs += 1
        at += size + 1
    return at if pairs >= 2 and not _is_word(data, at, end, kinds) else -1


@njit(cache=True, nogil=True, inline="always")
def _put(arena, at, code):
    """Write `code` as UTF-8 and return the place behind it."""
    if code < 0x80:
        arena[at] = code
        return at + 1
    if code < 0x800:
        arena[at] = 0xC0 | (code >> 6)
        arena[at + 1] = 0x80 | (code & 0x3F)
        return at + 2
    if code < 0x10000:
        arena[at] = 0xE0 | (code >> 12)
        arena[at + 1] = 0x80 | ((code >> 6) & 0x3F)
        arena[at + 2] = 0x80 | (code & 0x3F)
        return at + 3
    arena[at] = 0xF0 | (code >> 18)
    arena[at + 1] = 0x80 | ((code >> 12) & 0x3F)
    arena[at + 2] = 0x80 | ((code >> 6) & 0x3F)
    arena[at + 3] = 0x80 | (code & 0x3F)
    return at + 4


@njit(cache=True, nogil=True)
def _grown(array, size):
    larger = np.empty(size, dtype=array.dtype)
    larger[: len(array)] = array
    return larger


@njit(cache=True, nogil=True, inline="always")
def _fold(mixed, packed):
    """Return the hash of some bytes with eight more."""
    mixed = (mixed ^ packed) * MULTIPLIER
    return mixed ^ (mixed >> HALF)


@njit(cache=True, nogil=True, inline="always")
def _spread(mixed, packed):
    """Return the hash of a term, of whose bytes `packed` are the last one to eight."""
    mixed = _fold(mixed, packed) * MULTIPLIER
    return mixed ^ (mixed >> SHIFT)


@njit(cache=True, nogil=True)
def _resized(table, size):
    """Return the table of terms with `size` slots."""
    larger = np.zeros(2 * size, dtype=np.uint64)
    mask = np.uint64(size - 1)
    for old in range(0, len(table), 2):
        key = table[old]
        if key:
            slot = (key if key >= LONG else _spread(SEED, key)) & mask
            while larger[2 * slot]:
                slot = (slot + ONE) & mask
            larger[2 * slot], larger[2 * slot + 1] = key, table[old + 1]
    return larger


@njit(cache=True, nogil=True)
def count_tokens(data, starts, ends, articles, readings, kinds, lowered, n_articles, keep_order):
    """Count the terms of the ranges ``data[starts[r]:ends[r]]``, which belong to ``articles[r]`` (ascending).

    Return the terms' bytes and where each begins, the count matrix (row ends, columns, values; columns in order of
    first sight), and with `keep_order` a 64-bit hash of every token in reading order with each article's end in it.

    A slot of the table of terms is a key and, in one word, the term and the cell after the one it was last counted in.
    A term of up to eight bytes is its own key; a longer one has `LONG` (no byte of UTF-8) above 56 bits of its hash, and
    its bytes are compared.
    """
    total = 0
    for r in range(len(starts)):
        total += ends[r] - starts[r]
    arena = np.empty(1 << 20, dtype=np.uint8)
    begins = np.zeros(1 << 16, dtype=np.int64)
    table = np.zeros(1 << 18, dtype=np.uint64)
    columns = np.empty(max(1024, total // 12), dtype=np.int32)
    values = np.empty(max(1024, total // 12), dtype=np.int32)
    row_ends = np.zeros(n_articles + 1, dtype=np.int64)
    order = np.empty(max(1024, total // 6) if keep_order else 1, dtype=np.uint64)
    order_ends = np.zeros(n_articles + 1, dtype=np.int64)
    n_terms, n_cells, n_tokens, row_start, current = 0, 0, 0, 0, 0
    for r in range(len(starts)):
        while current < articles[r]:
            row_ends[current + 1], order_ends[current + 1] = n_cells, n_tokens
            row_start = n_cells
            current += 1
        # Room for what this range can hold at most, so that the inner loop never asks.
        size = ends[r] - starts[r]
        most = size // 3 + 2
        if begins[n_terms] + 2 * size + 16 > len(arena):
            arena = _grown(arena, max(2 * len(arena), begins[n_terms] + 2 * size + 16))
        if n_terms + most > len(begins):
            begins = _grown(begins, max(2 * len(begins), n_terms + most))
        if 4 * (n_terms + most) > len(table):
            enough = len(table)
            while 4 * (n_terms + most) > enough:
                enough *= 2
            table = _resized(table, enough // 2)
        if n_cells + most > len(columns):
            larger = max(2 * len(columns), n_cells + most)
            columns, values = _grown(columns, larger), _grown(values, larger)
        if keep_order and n_tokens + most > len(order):
            order = _grown(order, max(2 * len(order), n_tokens + most))
        n_terms, n_cells, n_tokens = _count_range(
            data, starts[r], ends[r], readings[r], kinds, lowered, arena, begins, table,
            columns, values, order, keep_order, n_terms, n_cells, n_tokens, row_start,
        )  # fmt: skip
    while current < n_articles:
        row_ends[current + 1], order_ends[current + 1] = n_cells, n_tokens
        current += 1
    return (
        arena[: begins[n_terms]].copy(),
        begins[: n_terms + 1].copy(),
        row_ends,
        columns[:n_cells],
        values[:n_cells],
        order[: n_tokens if keep_order else 0],
        order_ends,
    )


@njit(cache=True, nogil=True)
def _count_range(
    data, begin, end, reading, kinds, lowered, arena, begins, table,
    columns, values, order, keep_order, n_terms, n_cells, n_tokens, row_start,
):  # fmt: skip
    """Count one range into the given arrays; return how many terms, cells and tokens there are now."""
    mask = np.uint64(len(table) // 2 - 1)
    # What a byte is written as, 0 where it ends a word, OTHER where it begins or goes on with a character of several.
    written = np.empty(256, dtype=np.uint8)
    for c in range(128):
        written[c] = 0 if not kinds[c] & WORD else c if reading == VERBATIM else lowered[c]
    written[128:] = OTHER
    i, base = begin, begins[n_terms]
    while i < end:
        c = written[data[i]]
        if c == 0:
            i += 1
            continue
        first, at, beyond = i, base, 0  # `beyond`: bytes of its characters beyond one each
        mixed, packed, shift = SEED, np.uint64(0), np.uint64(0)
        while i < end:
            c = written[data[i]]
            if c == 0:
                break
            if c != OTHER:
                if shift == WIDTH:
                    mixed, packed, shift = _fold(mixed, packed), np.uint64(0), np.uint64(0)
                packed |= np.uint64(c) << shift
                shift += BYTE
                arena[at] = c
                at += 1
                i += 1
                continue
            code, size = _decode(data, i)
            if not kinds[code] & WORD:
                break
            to = _put(arena, at, np.int64(lowered[code]) if reading != VERBATIM else code)
            beyond += to - at - 1
            while at < to:
                if shift == WIDTH:
                    mixed, packed, shift = _fold(mixed, packed), np.uint64(0), np.uint64(0)
                packed |= np.uint64(arena[at]) << shift
                shift += BYTE
                at += 1
            i += size
        if i == first:  # a character of several bytes that is no part of a word
            i += size
            continue
        if reading == CLEANED:
            # Few words can be more than they seem: those are read once more.
            following = data[i] if i < end else np.uint8(0)
            if (
                following == 39
                or following == 0xE2
                or data[first] == U
                or (following == STOP and at - base - beyond == 1)
            ):
                i, at, letters, after_word = _read_word(data, first, begin, end, kinds, lowered, arena, base)
                if after_word:
                    clitic = _clitic_end(data, i, end, kinds)
                    while clitic >= 0:
                        i = clitic
                        clitic = _clitic_end(data, i, end, kinds)
                beyond = at - base - letters
                mixed, packed, shift = SEED, np.uint64(0), np.uint64(0)
                for place in range(base, at):
                    if shift == WIDTH:
                        mixed, packed, shift = _fold(mixed, packed), np.uint64(0), np.uint64(0)
                    packed |= np.uint64(arena[place]) << shift
                    shift += BYTE
        size = at - base
        if size - beyond < 2:
            continue
        # Find the term, or take it in.
        h = _spread(mixed, packed)
        key = packed if size <= 8 else h | LONG
        slot = h & mask
        term = np.int64(-1)
        while table[2 * slot]:
            if table[2 * slot] == key:
                term = np.int64(table[2 * slot + ONE] & LOW)
                if size <= 8:
                    break
                known = begins[term]
                j = 0 if begins[term + 1] - known == size else size + 1
                while j < size and arena[known + j] == arena[base + j]:
                    j += 1
                if j == size:
                    break
                term = np.int64(-1)
            slot = (slot + ONE) & mask
        cell = np.int64(-1)
        if term < 0:
            term = np.int64(n_terms)
            table[2 * slot] = key
            n_terms += 1
            begins[n_terms] = at
            base = at
        else:
            cell = np.int64(table[2 * slot + ONE] >> HALF) - 1
        if cell >= row_start:
            values[cell] += 1
        else:
            columns[n_cells], values[n_cells] = term, 1
            n_cells += 1
            table[2 * slot + ONE] = (np.uint64(n_cells) << HALF) | np.uint64(term)
        if keep_order:
            order[n_tokens] = h
        n_tokens += 1
    return n_terms, n_cells, n_tokens


@njit(cache=True, nogil=True)
def _read_word(data, i, begin, end, kinds, lowered, arena, base):
    """Write the term that begins at `i` to ``arena[base:]``, as `terms.normalise` has it.

    Return the places behind it in the text and in the arena, its letters, and whether a clitic may follow.
    """
    at, letters = base, 0
    code, size = _decode(data, i)
    if code == U:
        done = _country_end(data, i, begin, end, kinds)
        if done >= 0:
            arena[at], arena[at + 1] = U, S
            return done, at + 2, 2, data[done - 1] != STOP
    if i + size < end and data[i + size] == STOP and kinds[code] & LETTER:
        done = _initials_end(data, i, end, kinds)
        if done >= 0:
            while i < done:
                code, size = _decode(data, i)
                at = _put(arena, at, np.int64(lowered[code]))
                letters += 1
                i += size + 1
            return done, at, letters, False
    begin = i
    while i < end:
        code, size = _decode(data, i)
        if not kinds[code] & WORD:
            break
        at = _put(arena, at, np.int64(lowered[code]))
        i += size
        letters += 1
    if i - begin >= 2:
        t = i + _apostrophe(data, i, end)
        if t > i and t < end and (data[t] == 116 or data[t] == 84) and not _is_word(data, t + 1, end, kinds):
            changed = _take_off_not(arena, base, at, data[i - 2], data[i - 1], data[t])
            if changed > 0:
                letters += changed - at
                return t + 1, changed, letters, True
    return i, at, letters, True


@njit(cache=True, nogil=True)
def _take_off_not(arena, base, at, prior, last, t):
    """Turn the word before "’t" into what `terms.NEGATED` or "n’t" taken off makes of it; return its end, or -1."""
    size, a, b, c = at - base, arena[base], arena[base + 1], arena[base + 2]
    if size == 3 and a == 99 and b == 97 and c == 110:  # can
        return at
    if size == 3 and a == 119 and b == 111 and c == 110:  # won: will
        arena[base + 1], arena[base + 2], arena[base + 3] = 105, 108, 108
        return at + 1
    if size == 4 and a == 115 and b == 104 and c == 97 and arena[base + 3] == 110:  # shan: shall
        arena[base + 3], arena[base + 4] = 108, 108
        return at + 1
    if (t == 116 and last == 110 and prior >= 97 and prior <= 122) or (
        t == 84 and last == 78 and prior >= 65 and prior <= 90
    ):
        return at - 1
    return -1


@njit(cache=True, nogil=True)
def count_common(sets, ends, a, b):
    """Return how many members sets ``a[p]`` and ``b[p]`` have in common; each member stands once in its set, none is 0.

    The plain path is ``len(np.intersect1d(x, y, assume_unique=True))``. Pairs in order of `a` are fastest.
    """
    both = np.zeros(len(a), dtype=np.int64)
    table = np.zeros(16, dtype=np.uint64)
    for p in range(len(a)):
        if p == 0 or a[p] != a[p - 1]:
            begin, end = ends[a[p]], ends[a[p] + 1]
            table = _emptied(table, end - begin)
            for n in range(begin, end):
                _take_in(table, sets[n])
        mask = np.uint64(len(table) - 1)
        for n in range(ends[b[p]], ends[b[p] + 1]):
            slot = sets[n] & mask
            while table[slot] and table[slot] != sets[n]:
                slot = (slot + ONE) & mask
            both[p] += table[slot] == sets[n]
    return both


@njit(cache=True, nogil=True)
def _emptied(table, members):
    """Return an empty table of hashes with room for `members`, in the place of `table` where it is large enough."""
    size = len(table)
    while size < 2 * members:
        size *= 2
    if size > len(table):
        return np.zeros(size, dtype=np.uint64)
    table[:] = 0
    return table


@njit(cache=True, nogil=True, inline="always")
def _take_in(table, h):
    """Put a hash into a table of hashes; return whether it was not there."""
    mask = np.uint64(len(table) - 1)
    slot = h & mask
    while table[slot]:
        if table[slot] == h:
            return False
        slot = (slot + ONE) & mask
    table[slot] = h
    return True


@njit(cache=True, nogil=True)
def dot_pairs(ends_a, columns_a, values_a, a, ends_b, columns_b, values_b, b, spread):
    """Return the product of sparse rows ``a[p]`` and ``b[p]``; fastest where equal ``b`` stand together.

    `spread` is a zero for each column, and is given back so. The plain path is ``A[a].multiply(B[b]).sum(axis=1)``.
    """
    result = np.zeros(len(a))
    for p in range(len(a)):
        if p == 0 or b[p] != b[p - 1]:
            for j in range(ends_b[b[p]], ends_b[b[p] + 1]):
                spread[columns_b[j]] = values_b[j]
        total = 0.0
        for i in range(ends_a[a[p]], ends_a[a[p] + 1]):
            total += values_a[i] * spread[columns_a[i]]
        result[p] = total
        if p == len(a) - 1 or b[p] != b[p + 1]:
            for j in range(ends_b[b[p]], ends_b[b[p] + 1]):
                spread[columns_b[j]] = 0.0
    return result


@njit(cache=True, nogil=True)
def turn_tile(low, high, ends, columns, values, width, common):
    """Return rows `low` .. `high` - 1 by column: where each column begins, full rows of those with `common` cells, cells of the rest.

    A column begins at a place in the cells, or at ``-1 - r`` where it is full row r.
    """
    size = np.zeros(width, np.int64)
    for i in range(ends[low], ends[high]):
        size[columns[i]] += 1
    begin, end = np.empty(width, np.int32), np.empty(width, np.int32)
    full_rows = cells = 0
    for column in range(width):
        if size[column] >= common:
            begin[column] = -1 - full_rows
            full_rows += 1
        else:
            begin[column] = end[column] = cells
            cells += size[column]
    full = np.zeros((full_rows, high - low), np.float32)
    row, value = np.empty(cells, np.int32), np.empty(cells, np.float32)
    for r in range(low, high):
        for i in range(ends[r], ends[r + 1]):
            column = columns[i]
            if begin[column] < 0:
                full[-1 - begin[column], r - low] = values[i]
            else:
                row[end[column]] = r - low
                value[end[column]] = values[i]
                end[column] += 1
    return begin, end, full, row, value


@njit(cache=True, nogil=True)
def keep_largest(low, high, first, last, ends, columns, values, tile, product, partner, least):
    """Take the products of rows `low` .. `high` - 1, which `tile` holds, with later rows of `first` .. `last` - 1 into the largest of both.

    Each pair is computed once. Row r of `product` and `partner` is a heap, its smallest product (`least`) first, of row
    r; the heaps are those of the last rows there are. The plain path is `neighbours.nearest_of_blocks`.
    """
    begin, end, full, tile_row, tile_value = tile
    before = len(ends) - 1 - len(least)
    size = high - low
    products = np.empty(size, np.float32)
    for r in range(max(first, low + 1), last):
        products[:] = 0
        for i in range(ends[r], ends[r + 1]):
            value, place = np.float32(values[i]), begin[columns[i]]
            if place < 0:
                common = full[-1 - place]
                for c in range(size):
                    products[c] += value * common[c]
            else:
                for cell in range(place, end[columns[i]]):
                    products[tile_row[cell]] += value * tile_value[cell]
        own = r - before
        # Few of them are among the largest: a look at many at once finds where.
        for c_first in range(0, min(size, r - low), LOOK):
            c_last = min(c_first + LOOK, size, r - low)
            large = 0
            for c in range(c_first, c_last):
                large += (products[c] > least[low - before + c]) | (products[c] > least[own])
            if large:
                for c in range(c_first, c_last):
                    other = low - before + c
                    if products[c] > least[other]:
                        least[other] = _replace_least(product[other], partner[other], products[c], r)
                    if products[c] > least[own]:
                        least[own] = _replace_least(product[own], partner[own], products[c], low + c)


@njit(cache=True, nogil=True)
def _replace_least(product, partner, new, row):
    """Put a product and its row in the place of the smallest of a heap; return what is the smallest then."""
    place = 0
    while 2 * place + 1 < len(product):
        child = 2 * place + 1
        if child + 1 < len(product) and product[child + 1] < product[child]:
            child += 1
        if product[child] >= new:
            break
        product[place], partner[place] = product[child], partner[child]
        place = child
    product[place], partner[place] = new, row
    return product[0]


@njit(cache=True, nogil=True)
def hash_shingles(order, ends, words, first, last):
    """Return the distinct shingles of articles `first` .. `last` - 1, in order of first sight, and how many each has.

    The hash is a polynomial of the tokens' hashes, spread over all bits. The plain path is ``duplicates.shingle_plainly``.
    """
    shingles = np.empty(ends[last] - ends[first] + 1, dtype=np.uint64)
    counts = np.zeros(last - first, dtype=np.int64)
    highest = ONE
    for _ in range(words - 1):
        highest *= MULTIPLIER
    table = np.zeros(16, dtype=np.uint64)
    at = 0
    for article in range(first, last):
        begin, end = ends[article], ends[article + 1]
        table = _emptied(table, end - begin)
        before = at
        rolling = np.uint64(0)
        for token in range(begin, end):
            if token >= begin + words:
                rolling -= order[token - words] * highest
            rolling = rolling * MULTIPLIER + order[token]
            if token >= begin + words - 1 or token == end - 1:
                mixed = (rolling ^ (rolling >> HALF)) * MULTIPLIER
                mixed ^= mixed >> HALF
                mixed = mixed if mixed else ONE  # 0 is an empty slot
                if _take_in(table, mixed):
                    shingles[at] = mixed
                    at += 1
        counts[article - first] = at - before
    return shingles[:at], counts


@njit(cache=True, nogil=True)
def cut_into_slices(hashes, ends, slices):
    """Return the hashes by slice of their range, then by article, and where each article of each slice ends.

    The plain path is a stable sort by `slice_of`.
    """
    n = len(ends) - 1
    cuts = np.zeros(slices * n + 1, dtype=np.int64)
    for article in range(n):
        for member in range(ends[article], ends[article + 1]):
            cuts[slice_of(hashes[member], slices) * n + article + 1] += 1
    cuts = np.cumsum(cuts)
    place = cuts.copy()
    result = np.empty_like(hashes)
    for article in range(n):
        for member in range(ends[article], ends[article + 1]):
            cell = slice_of(hashes[member], slices) * n + article
            result[place[cell]] = hashes[member]
            place[cell] += 1
    return result, cuts


@njit(cache=True, nogil=True, inline="always")
def slice_of(h, slices):
    """Return in which of `slices` even stretches of the range of hashes `h` lies."""
    return np.int64(((h >> np.uint64(40)) * np.uint64(slices)) >> np.uint64(24))


@njit(cache=True, nogil=True, inline="always")
def _seen_again(seen, h, mask):
    """Return whether the slot of `h` was seen more than once, in a table of two bits a slot: seen, seen again."""
    slot = h & mask
    return ((seen[slot >> TWO] >> ((slot & THREE) << ONE)) & TWO) != 0


@njit(cache=True, nogil=True)
def maybe_shared(hashes, bits):
    """Return where the hashes are that may stand more than once: those whose lowest `bits` do.

    None that stands twice is missed. The plain path is to keep all of them: counting finds the rest out.
    """
    mask = np.uint64((1 << bits) - 1)  # the upper bits are those of one slice
    seen = np.zeros((1 << bits) // 4 + 1, dtype=np.uint8)
    for h in hashes:
        slot = h & mask
        place = (slot & THREE) << ONE
        own = np.uint64(seen[slot >> TWO])
        seen[slot >> TWO] = own | ((((own >> place) & ONE) + ONE) << place)
    maybe = 0
    for h in hashes:
        maybe += _seen_again(seen, h, mask)
    found = np.empty(maybe, dtype=np.int64)
    at = 0
    for n in range(len(hashes)):
        if _seen_again(seen, hashes[n], mask):
            found[at] = n
            at += 1
    return found


@njit(cache=True, nogil=True)
def count_times(hashes):
    """Return of each hash how often it stands in `hashes`; none is 0.

    The plain path is ``np.unique`` with its inverse and counts.
    """
    size = 16
    while size < 2 * len(hashes):
        size *= 2
    mask = np.uint64(size - 1)
    table, times, slots = np.zeros(size, np.uint64), np.zeros(size, np.int32), np.empty(len(hashes), np.int64)
    for n in range(len(hashes)):
        slot = hashes[n] & mask
        while table[slot] and table[slot] != hashes[n]:
            slot = (slot + ONE) & mask
        table[slot] = hashes[n]
        times[slot] += 1
        slots[n] = slot
    return times[slots]
