"""An archive as it is given: Parquet, JSONL or CSV, one file or a folder of shards. Damage is named by shard and place."""

from __future__ import annotations

import contextlib
import csv
import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from summit_analysis.errors import Fault, StoryError, shortened
from summit_analysis.strict_csv import numbered_records, unguard_formula

REQUIRED, OPTIONAL = ("article", "outlet", "text"), ("title", "published", "url")
BATCH = 500  # rows read at a time
BUFFER = 1 << 20  # bytes of a column of a Parquet shard, which is read page by page
FORMATS = {".parquet": "Parquet", ".jsonl": "JSONL", ".ndjson": "JSONL", ".csv": "CSV"}
Record = tuple[str, dict[str, object] | str]  # the place, and the row or why it cannot be read
Batch = tuple[int, pa.Table]  # the number of its first row, and the rows


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
    unnamed = [p for p in found if is_split(p.name)]
    if unnamed:  # each article is kept with the name of its shard
        raise StoryError([Fault(p.name, "", "has a name that is not UTF-8", "rename it") for p in unnamed])
    return found


def check_columns(paths: list[Path]) -> list[Fault]:
    """Return what is wrong with the columns of shards: missing, twice or unlike the first shard's; nothing else is read."""
    faults: list[Fault] = []
    first: tuple[Path, dict[str, str]] | None = None
    for path in paths:
        try:
            columns = _columns(path)
        except StoryError as error:
            faults += error.faults
            continue
        first = first or (path, columns)
        if columns != first[1]:
            unlike = sorted(set(first[1].items()) ^ set(columns.items()))[0][0]
            found = f"column {unlike!r} is not as in {first[0].name}"
            faults.append(Fault(path.name, "columns", found, "give all shards the same columns of the same types"))
    return faults


def check(paths: list[Path]) -> list[Fault]:
    """Return what is wrong with whole shards: their columns, cut off, changed bytes; every row is read."""
    faults = check_columns(paths)
    unread = {fault.file for fault in faults}
    for path in paths:
        if path.name not in unread:
            try:
                for _ in batches(path):
                    pass
            except StoryError as error:
                faults += error.faults
    order = {path.name: place for place, path in enumerate(paths)}
    return sorted(faults, key=lambda fault: order[fault.file])


def known_articles(paths: list[Path]) -> int:
    """Return how many articles the shards hold at most, as far as that can be told without reading them; 0 where it cannot."""
    total = 0
    for path in paths:
        with contextlib.suppress(pa.ArrowInvalid, OSError):
            total += pq.read_metadata(path).num_rows if FORMATS[path.suffix.lower()] == "Parquet" else 0
    return total


def text_bytes(path: Path) -> int:
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


def is_split(text: str) -> bool:
    """Return whether `text` holds a lone surrogate, the only thing that cannot be written as UTF-8."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False


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
    for batch in batches(path):
        if isinstance(batch, list):
            yield from batch
        else:
            first, rows = batch
            yield from ((f"row {number}", record) for number, record in enumerate(rows.to_pylist(), start=first))


def batches(path: Path) -> Iterator[Batch | list[Record]]:
    """Yield the rows of a shard, some at a time: those of Parquet as text columns, others as `records` gives them."""
    kind = FORMATS[path.suffix.lower()]
    try:
        if kind == "Parquet":
            yield from _parquet_batches(path)
        else:
            rows = {"JSONL": _jsonl_records, "CSV": _csv_records}[kind](path)
            while some := list(islice(rows, BATCH)):
                yield some
    except OSError as error:
        raise _damaged(path, "", error) from error


def _parquet_batches(path: Path) -> Iterator[Batch]:
    number = 0
    try:
        with pq.ParquetFile(path, page_checksum_verification=True, pre_buffer=False, buffer_size=BUFFER) as file:
            names = [name for name in (*REQUIRED, *OPTIONAL) if name in file.schema_arrow.names]
            for batch in file.iter_batches(batch_size=BATCH, columns=names, use_threads=False):
                batch.validate(full=True)  # finds bytes that are no UTF-8
                yield number + 1, pa.table({name: _as_text(batch[name]) for name in names})
                number += len(batch)
    except (pa.ArrowInvalid, pa.ArrowException, OSError, UnicodeDecodeError) as error:
        raise _damaged(path, f"after row {number}", error) from error


def _as_text(column: pa.Array) -> pa.Array:
    """Return a column as text: numbers as they are spelled, days and times as ISO 8601."""
    return (
        column.cast(pa.large_string()) if _is_text(column.type) else pa.array(map(_spelled, column), pa.large_string())
    )


def _spelled(value: pa.Scalar) -> str | None:
    if not value.is_valid:
        return None
    try:
        found = value.as_py()
    except (OverflowError, ValueError):  # a day that Python has no word for
        return f"out of range ({value.value})"
    return found.isoformat() if hasattr(found, "isoformat") else str(found)


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
