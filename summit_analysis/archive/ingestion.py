"""The articles of an archive as parts: Parquet files of a few megabytes each, of which every later step reads one at a time.

An article that cannot be used is set aside with its reason, and ``read = analysed + set aside`` holds.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager
from functools import lru_cache
from pathlib import Path
from types import TracebackType

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from summit_analysis.archive import reading
from summit_analysis.archive.reading import OPTIONAL, REQUIRED
from summit_analysis.corpus import WORD, iso_date
from summit_analysis.errors import Fault, StoryError, shortened

PART = pa.schema(
    [(name, pa.large_string()) for name in (*REQUIRED, *OPTIONAL)] + [("shard", pa.string()), ("row", pa.int64())]
)
ASIDE = pa.schema([(name, pa.string()) for name in ("shard", "place", "article", "outcome", "reason")])
# Small enough for many parts to a core, large enough that a part costs little beyond its text.
PART_BYTES, PART_ROWS = 8 << 20, 20_000
# What a text may hold that has to be looked at: NUL, CR.
CATCHES = (b"\x00", b"\r")
BYTE_ORDER_MARK = "\ufeff"
Aside = list[tuple[str, str, str, str, str]]


def ingest(
    paths: list[Path], folder: Path, *, threads: int = 1, progress: Callable[[int], None] = lambda articles: None
) -> pd.DataFrame:
    """Write the articles of `paths` as parts into `folder`; return what was set aside: shard, place, article, reason.

    With a second thread one part is written while the next is read.

    Raises
    ------
    StoryError
        A shard is damaged, an article id stands twice, or no article can be used.
    """
    folder.mkdir(parents=True, exist_ok=True)
    aside: Aside = []
    number = 0
    with _Parts(folder, _part_size(sum(map(reading.text_bytes, paths))), threads) as parts:
        for path in paths:
            for batch in reading.batches(path):
                if isinstance(batch, list):
                    number += len(batch)
                    table, left = _of_records(path.name, batch)
                else:
                    number += len(batch[1])
                    table, left = _of_columns(path.name, *batch)
                aside += left
                parts.add(table)
            progress(number)
        parts.flush()
    if not parts.count:
        reasons = "; ".join(f"{place}: {reason}" for _, place, _, _, reason in aside[:3])
        raise StoryError(
            Fault(paths[0].name, "", f"no article can be used ({reasons or 'there is no row'})", "add articles")
        )
    _check_ids(folder, np.concatenate(parts.hashes))
    return pd.DataFrame(aside, columns=ASIDE.names)


class _Parts(AbstractContextManager):
    """Rows that become one part after another, of about `each` bytes of text."""

    def __init__(self, folder: Path, each: int, threads: int) -> None:
        self.folder, self.each = folder, each
        self.pool = ThreadPoolExecutor(1) if threads > 1 else None
        self.written: Future | None = None
        self.waiting: list[pa.Table] = []
        self.hashes: list[np.ndarray] = []
        self.count = self.rows = self.size = self.seen = self.end = 0

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self.pool:
            self.pool.shutdown()
        if self.written and kind is None:
            self.written.result()

    def add(self, table: pa.Table) -> None:
        start = 0
        for row, own in enumerate(pc.binary_length(table["text"]).to_pylist()):
            full = self.seen + own > self.end or self.size + own > PART_BYTES
            if (self.size and full) or self.rows >= PART_ROWS:
                self.waiting.append(table.slice(start, row - start))
                self.flush()
                start = row
            if not self.size:  # to the next multiple, so that no crumb is left behind the last part
                self.end = (round(self.seen / self.each) + 1) * self.each
            self.seen += own
            self.size += own
            self.rows += 1
        self.waiting.append(table.slice(start))

    def flush(self) -> None:
        """Write what is waiting as a part."""
        if not self.rows:
            return
        work = (pa.concat_tables(self.waiting), self.folder / f"{self.count:06}.parquet")
        if self.written:
            self.written.result()  # so that there is never more than one part in memory beside the one that grows
        if self.pool:
            self.written = self.pool.submit(self._write, *work)
        else:
            self._write(*work)
        self.waiting.clear()
        self.count, self.rows, self.size = self.count + 1, 0, 0

    def _write(self, table: pa.Table, path: Path) -> None:
        table = table.combine_chunks()
        # Other columns hardly say the same twice, and looking for it takes longer than writing them.
        pq.write_table(
            table, path, compression="lz4", write_page_checksum=True, use_dictionary=["outlet", "published", "shard"]
        )
        ids = np.array(table["article"].to_pylist(), dtype=object)
        self.hashes.append(pd.util.hash_array(ids, categorize=False))


def _of_columns(shard: str, first: int, rows: pa.Table) -> tuple[pa.Table, Aside]:
    """Return the rows that can be used, and what is said of the others; those without a catch are not looked at one by one."""
    plain = _are_plain(rows)
    own = rows.filter(pa.array(plain))
    number = pa.array(np.flatnonzero(plain) + first)
    lacking = pa.repeat(pa.scalar("", pa.large_string()), len(own))
    columns = [own[name].fill_null("") if name in own.column_names else lacking for name in (*REQUIRED, *OPTIONAL)]
    table = pa.table([*columns, pa.repeat(shard, len(own)), number], schema=PART)
    if plain.all():
        return table, []
    odd = np.flatnonzero(~plain)
    records = zip((f"row {first + row}" for row in odd.tolist()), rows.take(pa.array(odd)).to_pylist(), strict=True)
    others, aside = _of_records(shard, list(records))
    return pa.concat_tables([table, others]).sort_by("row"), aside


def _are_plain(rows: pa.Table) -> np.ndarray:
    """Return which rows can surely be used as they are; of the others that is not known yet."""
    plain = np.ones(len(rows), dtype=bool)
    for name, sure in (("article", "[A-Za-z0-9]"), ("outlet", "[A-Za-z0-9]"), ("text", "[A-Za-z]{2}")):
        plain &= pc.match_substring_regex(rows[name], sure).fill_null(False).to_numpy()
    plain &= ~pc.starts_with(rows["text"], BYTE_ORDER_MARK).fill_null(False).to_numpy()
    for chunk in rows["text"].chunks:
        ends = np.frombuffer(chunk.buffers()[1], np.int64)[[chunk.offset, chunk.offset + len(chunk)]]
        text = bytes(memoryview(chunk.buffers()[2] or b"")[ends[0] : ends[1]])
        if any(catch in text for catch in CATCHES):
            plain[:] = False
    if "published" in rows.column_names:
        spelled = rows["published"].combine_chunks().dictionary_encode()
        known = pa.array([_day(value) == value for value in spelled.dictionary.to_pylist()], pa.bool_())
        plain &= known.take(spelled.indices).fill_null(True).to_numpy(zero_copy_only=False)
    return plain


def _of_records(shard: str, records: list[reading.Record]) -> tuple[pa.Table, Aside]:
    """Return the rows that can be used, and what is said of the others."""
    rows: dict[str, list] = {name: [] for name in PART.names}
    aside: Aside = []
    for place, record in records:
        reason = record if isinstance(record, str) else _unusable(record)
        if reason:
            article = "" if isinstance(record, str) else shortened(_spelled(record, "article"))
            aside.append((shard, place, article, "set aside", reason))
            continue
        published = _day(_spelled(record, "published"))
        if published is None:
            found = f"date {shortened(record['published'], 30)!r} is not ISO 8601; counted as undated"
            aside.append((shard, place, str(record["article"]), "analysed", found))
        for name, value in (("text", reading.plain_text(record)), ("published", published or "")):
            rows[name].append(value)
        for name in ("article", "outlet", "title", "url"):
            rows[name].append(_spelled(record, name))
        rows["shard"].append(shard)
        rows["row"].append(int(place.split()[-1]))
    return pa.table(rows, schema=PART), aside


def _spelled(record: dict[str, object], name: str) -> str:
    """Return a field as text: an id may be the number 0."""
    value = record.get(name)
    return "" if value is None else str(value)


def _part_size(total: int) -> int:
    """Return of how many bytes parts are made so that all are about as large, and so many that cores share them evenly."""
    parts = max(1, -(-total // PART_BYTES))
    if parts > 2:
        parts += -parts % 4
    # A text that stands in a shard several times is stored once, so that there may be more of it than was reckoned.
    return max(PART_BYTES // 2, -(-total // parts))


def part_paths(folder: Path) -> list[Path]:
    """Return the parts in order."""
    return sorted(folder.glob("[0-9]*.parquet"))


def read_part(folder: Path, part: int, columns: list[str]) -> pa.Table:
    """Return some columns of one part."""
    return pq.read_table(folder / f"{part:06}.parquet", columns=columns, use_threads=False)


def column(folder: Path, name: str) -> pa.Array:
    """Return one column of all parts."""
    pieces = (pq.read_table(path, columns=[name], use_threads=False)[name] for path in part_paths(folder))
    return pa.chunked_array([chunk for piece in pieces for chunk in piece.chunks]).combine_chunks()


def read_index(folder: Path) -> pd.DataFrame:
    """Return one row per article, in order: article, outlet, published, shard, row (there), part, position (row in its part)."""
    names = ["article", "outlet", "published", "shard", "row"]
    tables = [pq.read_table(path, columns=names).to_pandas() for path in part_paths(folder)]
    for part, table in enumerate(tables):
        table["part"], table["position"] = part, np.arange(len(table))
    return pd.concat(tables, ignore_index=True)


def _unusable(record: dict[str, object]) -> str:
    """Return why an article cannot be analysed, or ``""``."""
    for name in REQUIRED:
        if record.get(name) is None:
            return f"{name} is missing"
        if name != "text" and not str(record[name]).strip():
            return f"{name} is empty"
    text = record["text"]
    if not isinstance(text, str):
        return "text is no text"
    if "\x00" in text:
        return f"text holds a NUL character at {text.index(chr(0))}"
    split = next((name for name in (*REQUIRED, *OPTIONAL) if reading.is_split(str(record.get(name) or ""))), "")
    if split:
        return f"{split} holds half a character (a lone surrogate)"
    if not text.strip():
        return "text is empty"
    return "" if WORD.search(text) else "it holds no word of two letters or more"


@lru_cache(maxsize=1 << 14)
def _day(value: str | None) -> str | None:
    """Return a date as ISO 8601, ``""`` where there is none, None where it is not understood."""
    if value is None or value == "":
        return ""
    try:
        return iso_date(value)
    except ValueError:
        return None


def _check_ids(folder: Path, hashes: np.ndarray) -> None:
    """Raise `StoryError` where an id stands twice; `hashes` find the few ids that have to be compared as text."""
    order = np.sort(hashes)
    suspects = np.unique(order[1:][order[1:] == order[:-1]])
    if not len(suspects):
        return
    index = read_index(folder)
    index = index[np.isin(hashes, suspects)]
    twice = index[index.duplicated("article", keep=False)]
    faults = [
        Fault(
            " and ".join(dict.fromkeys(rows["shard"])),
            "rows " + " and ".join(map(str, rows["row"][:5])),
            f"the article id {shortened(article)!r} is given {len(rows)} times",
            "give each article an id of its own",
        )
        for article, rows in twice.groupby("article", sort=True)
    ]
    if faults:
        more = len(faults) - 20
        last = [Fault("", "", f"{more} more ids stand twice", "mend them too")] if more > 0 else []
        raise StoryError([*faults[:20], *last])
