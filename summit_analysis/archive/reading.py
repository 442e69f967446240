"""An archive becomes parts: Parquet files of a few megabytes each, checked, that every later step reads one at a time.

Parquet, a folder of Parquet shards, JSONL or CSV. Damage is named by shard before anything is counted; an article that
cannot be used is set aside with its reason, and ``read = analysed + set aside`` holds.
"""

from __future__ import annotations

import contextlib
import csv
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from summit_analysis.corpus import WORD, iso_date
from summit_analysis.errors import Fault, StoryError, shortened
from summit_analysis.strict_csv import numbered_records, unguard_formula

REQUIRED, OPTIONAL = ("article", "outlet", "text"), ("title", "published", "url")
PART = pa.schema(
    [(name, pa.large_string()) for name in (*REQUIRED, *OPTIONAL)] + [("shard", pa.string()), ("row", pa.int64())]
)
ASIDE = pa.schema([(name, pa.string()) for name in ("shard", "place", "article", "outcome", "reason")])
# Small enough for many parts to a core, large enough that a part costs little beyond its text.
PART_BYTES, PART_ROWS, BATCH = 8 << 20, 20_000, 500
BUFFER = 1 << 20  # of a column of a shard, which is read page by page
FORMATS = {".parquet": "Parquet", ".jsonl": "JSONL", ".ndjson": "JSONL", ".csv": "CSV"}
Record = tuple[str, dict[str, object] | str]  # the place, and the row or why it cannot be read


def shards(archive: Path) -> list[Path]:
    """Return the files of an archive in the order in which they are read, which is that of their names.

    Raises
    ------
    StoryError
        There is no such file or folder, nothing in it is Parquet, JSONL or CSV, or a file's name is not UTF-8.
    """
    if not archive.exists():
        raise StoryError(Fault(str(archive), "", "there is no such file or folder", "give the archive's path"))
    if archive.is_dir():
        found = sorted(
            p for p in archive.iterdir() if p.suffix.lower() in FORMATS and p.is_file() and p.name[0] not in "._"
        )
        outside = [p for p in found if not p.resolve().is_relative_to(archive.resolve())]
        if outside:
            raise StoryError(
                [Fault(str(p), "", "is a link that leads out of the archive", "copy the file into it") for p in outside]
            )
        kinds = sorted({FORMATS[p.suffix.lower()] for p in found})
        if len(kinds) > 1:
            raise StoryError(
                Fault(str(archive), "", f"holds {' and '.join(kinds)} side by side", "keep one format a folder")
            )
    else:
        found = [archive] if archive.suffix.lower() in FORMATS and archive.is_file() else []
    if not found:
        raise StoryError(
            Fault(
                str(archive), "", "is no archive that can be read", "give .parquet, .jsonl or .csv, or a folder of such"
            )
        )
    unnamed = [p for p in found if _is_split(p.name)]
    if unnamed:  # each article is kept with the name of its shard
        raise StoryError([Fault(p.name, "", "has a name that is not UTF-8", "rename it") for p in unnamed])
    return found


def check(paths: list[Path]) -> list[Fault]:
    """Return what is wrong with whole shards: cut off, changed bytes, columns missing, twice or unlike the first shard's."""
    faults: list[Fault] = []
    first: tuple[Path, dict[str, str]] | None = None
    for path in paths:
        try:
            columns = _columns(path)
            if first and columns != first[1]:
                unlike = sorted(set(first[1].items()) ^ set(columns.items()))[0][0]
                found = f"column {unlike!r} is not as in {first[0].name}"
                raise StoryError(
                    Fault(path.name, "columns", found, "give all shards the same columns of the same types")
                )
            for _ in records(path):
                pass
            first = first or (path, columns)
        except StoryError as error:
            faults += error.faults
    return faults


def ingest(paths: list[Path], folder: Path, *, progress: Callable[[int], None] = lambda articles: None) -> pd.DataFrame:
    """Write the articles of `paths` as parts into `folder`; return what was set aside: shard, place, article, reason.

    Raises
    ------
    StoryError
        An article id stands twice, or no article can be used.
    """
    folder.mkdir(parents=True, exist_ok=True)
    rows: dict[str, list] = {name: [] for name in PART.names}
    aside, hashes, size, parts, number = [], [], 0, 0, 0
    each, seen, end = _part_size(sum(map(_text_bytes, paths))), 0, 0

    def flush() -> None:
        nonlocal size, parts
        table = pa.table(rows, schema=PART)
        pq.write_table(table, folder / f"{parts:06}.parquet", compression="lz4", write_page_checksum=True)
        hashes.append(pd.util.hash_array(np.array(rows["article"], dtype=object), categorize=False))
        parts, size = parts + 1, 0
        for column in rows.values():
            column.clear()

    for path in paths:
        for place, record in records(path):
            number += 1
            reason = record if isinstance(record, str) else _unusable(record)
            if reason:
                article = "" if isinstance(record, str) else shortened(record.get("article") or "")
                aside.append((path.name, place, article, "set aside", reason))
                continue
            text = plain_text(record)
            own = len(text) if text.isascii() else len(text.encode())
            full = seen + own > end or size + own > PART_BYTES
            if (size and full) or len(rows["row"]) >= PART_ROWS:
                flush()
            if not size:  # to the next multiple, so that no crumb is left behind the last part
                end = (round(seen / each) + 1) * each
            seen += own
            published = _day(record.get("published"))
            if published is None:
                found = f"date {shortened(record['published'], 30)!r} is not ISO 8601; counted as undated"
                aside.append((path.name, place, str(record["article"]), "analysed", found))
            for name, value in (("text", text), ("published", published or "")):
                rows[name].append(value)
            for name in ("article", "outlet", "title", "url"):
                rows[name].append(str(record.get(name) or ""))
            rows["shard"].append(path.name)
            rows["row"].append(int(place.split()[-1]))
            size += own
        progress(number)
    if rows["row"]:
        flush()
    if not parts:
        reasons = "; ".join(f"{place}: {reason}" for _, place, _, _, reason in aside[:3])
        raise StoryError(
            Fault(paths[0].name, "", f"no article can be used ({reasons or 'there is no row'})", "add articles")
        )
    _check_ids(folder, np.concatenate(hashes))
    return pd.DataFrame(aside, columns=ASIDE.names)


def known_articles(paths: list[Path]) -> int:
    """Return how many articles the shards hold at most, as far as that can be told without reading them; 0 where it cannot."""
    total = 0
    for path in paths:
        with contextlib.suppress(pa.ArrowInvalid, OSError):
            total += pq.read_metadata(path).num_rows if FORMATS[path.suffix.lower()] == "Parquet" else 0
    return total


def _part_size(total: int) -> int:
    """Return of how many bytes parts are made so that all are about as large, and so many that cores share them evenly."""
    parts = max(1, -(-total // PART_BYTES))
    if parts > 2:
        parts += -parts % 4
    # A text that stands in a shard several times is stored once, so that there may be more of it than was reckoned.
    return max(PART_BYTES // 2, -(-total // parts))


def _text_bytes(path: Path) -> int:
    """Return about how many bytes the texts of a shard have."""
    if FORMATS[path.suffix.lower()] != "Parquet":
        return path.stat().st_size
    facts = pq.read_metadata(path)
    groups = [facts.row_group(n) for n in range(facts.num_row_groups)]
    columns = [group.column(n) for group in groups for n in range(group.num_columns)]
    return sum(column.total_uncompressed_size for column in columns if column.path_in_schema == "text")


def plain_text(record: dict[str, object]) -> str:
    """Return the text of a row with LF line ends, as `decoding.decode` leaves it."""
    text = str(record["text"])
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.removeprefix("\ufeff")


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
    split = next((name for name in (*REQUIRED, *OPTIONAL) if _is_split(str(record.get(name) or ""))), "")
    if split:
        return f"{split} holds half a character (a lone surrogate)"
    if not text.strip():
        return "text is empty"
    return "" if WORD.search(text) else "it holds no word of two letters or more"


def _is_split(text: str) -> bool:
    """Return whether `text` holds a lone surrogate, the only thing that cannot be written as UTF-8."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False


def _day(value: object) -> str | None:
    """Return a date as ISO 8601, ``""`` where there is none, None where it is not understood."""
    if value is None or value == "":
        return ""
    try:
        return iso_date(value.isoformat() if hasattr(value, "isoformat") else str(value))
    except ValueError:
        return None


def _columns(path: Path) -> dict[str, str]:
    """Return the known columns of a shard and their types, or raise `StoryError`."""
    if FORMATS[path.suffix.lower()] != "Parquet":
        return {}
    try:
        schema = pq.read_schema(path)
    except (pa.ArrowInvalid, OSError) as error:
        raise _damaged(path, "", error) from error
    twice = sorted({name for name in schema.names if schema.names.count(name) > 1})
    missing = [name for name in REQUIRED if name not in schema.names]
    faults = [Fault(path.name, "columns", f"column {name!r} stands twice", "remove one of them") for name in twice]
    faults += [Fault(path.name, "columns", f"no column {name!r}", f"add a column {name!r}") for name in missing]
    kinds = {f.name: "text" if _is_text(f.type) else str(f.type) for f in schema if f.name in (*REQUIRED, *OPTIONAL)}
    faults += [
        Fault(path.name, f"column {name}", f"holds {kind}, not text", "store it as text")
        for name, kind in kinds.items()
        if kind != "text" and name not in ("article", "published")
    ]
    if faults:
        raise StoryError(faults)
    return kinds


def _is_text(kind: pa.DataType) -> bool:
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    return pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind)


def _damaged(path: Path, place: str, error: Exception) -> StoryError:
    found = f"is damaged or cut off ({shortened(str(error).splitlines()[0] if str(error) else type(error).__name__)})"
    return StoryError(Fault(path.name, place, found, "copy or download it again, or leave it out with --skip-damaged"))


def records(path: Path) -> Iterator[Record]:
    """Yield each row of a shard with its place, or the reason why it cannot be read, and raise `StoryError` on damage."""
    kind = FORMATS[path.suffix.lower()]
    try:
        yield from {"Parquet": _parquet_records, "JSONL": _jsonl_records, "CSV": _csv_records}[kind](path)
    except OSError as error:
        raise _damaged(path, "", error) from error


def _parquet_records(path: Path) -> Iterator[Record]:
    number = 0
    try:
        with pq.ParquetFile(path, page_checksum_verification=True, pre_buffer=False, buffer_size=BUFFER) as file:
            names = [name for name in (*REQUIRED, *OPTIONAL) if name in file.schema_arrow.names]
            for batch in file.iter_batches(batch_size=BATCH, columns=names, use_threads=False):
                batch.validate(full=True)  # finds bytes that are no UTF-8
                for record in batch.to_pylist():
                    number += 1
                    yield f"row {number}", record
    except (pa.ArrowInvalid, pa.ArrowException, OSError, UnicodeDecodeError) as error:
        raise _damaged(path, f"after row {number}", error) from error


def _no_constant(name: str) -> None:
    raise ValueError(f"holds {name}, which is no JSON")


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    record = dict(pairs)
    if len(record) < len(pairs):
        raise ValueError("a key stands twice")
    return record


def _jsonl_records(path: Path) -> Iterator[Record]:
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            if not line.strip():
                continue
            try:
                record = json.loads(
                    line.removeprefix(b"\xef\xbb\xbf"), object_pairs_hook=_unique, parse_constant=_no_constant
                )
            except json.JSONDecodeError as error:
                raise _damaged(path, f"line {number}", error) from error
            except UnicodeDecodeError as error:
                yield f"line {number}", f"it is not UTF-8 (byte {error.start})"
                continue
            except (ValueError, RecursionError) as error:
                yield f"line {number}", f"the row {error}" if isinstance(error, ValueError) else "it is nested too deep"
                continue
            yield f"line {number}", record if isinstance(record, dict) else "it is no JSON object"


def _csv_records(path: Path) -> Iterator[Record]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = numbered_records(file)
        line = 1
        try:
            _, header, line = next(rows, (1, [], 1))
            header = [name.strip() for name in header]
            faults = [
                Fault(path.name, "line 1", f"no column {name!r}", f"add a column {name!r}")
                for name in REQUIRED
                if name not in header
            ]
            faults += [
                Fault(path.name, "line 1", f"column {n!r} stands twice", "remove one")
                for n in sorted({n for n in header if header.count(n) > 1})
            ]
            if faults:
                raise StoryError(faults)
            for begins, cells, line in rows:  # noqa: B007 (an error names it)
                if len(cells) > len(header):
                    found = f"{len(cells)} fields where the header has {len(header)}"
                    raise StoryError(Fault(path.name, f"line {begins}", found, "quote a field that holds a comma"))
                if any(cells):
                    short = len(cells) < len(header)
                    record = {name: unguard_formula(cell) for name, cell in zip(header, cells, strict=False)}
                    yield f"line {begins}", "fields are missing" if short else record
        except (csv.Error, UnicodeDecodeError) as error:
            raise _damaged(path, f"line {line}", error) from error


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
