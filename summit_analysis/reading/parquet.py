"""One Parquet file of articles, or a folder of its shards: checked page by page, never unpacked beyond a limit."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from summit_analysis.errors import Fault, StoryError, printable, shortened
from summit_analysis.reading.entries import TABLE_COLUMNS, TABLE_REQUIRED, Entry
from summit_analysis.reading.files import SIZE_LIMIT
from summit_analysis.reading.tabular import entry_of
from summit_analysis.strict_csv import check_columns

BATCH_ROWS = 256
_NOT_PARQUET = "write it again, or copy it again in full"


def from_parquet(path: Path, name: str) -> list[Entry]:
    """Return an entry of every row of the Parquet file at `path`, or of all shards in the folder at `path`.

    Raises
    ------
    StoryError
        The file is damaged or cut off, a column is missing, doubled or of another kind than text, the shards' schemas
        differ, or its texts would be larger than any story can be.
    """
    shards = [(path, name)]
    if path.is_dir():
        found = sorted(p for p in path.rglob("*.parquet") if not p.name.startswith((".", "_")))
        shards = [(p, f"{name}/{p.relative_to(path).as_posix()}") for p in found]
        if not shards:
            raise StoryError(Fault(name, "", "is a folder without a .parquet file", "write the shards again"))
    entries: list[Entry] = []
    faults: list[Fault] = []
    schema: tuple[str, pa.Schema] | None = None
    for shard, shard_name in shards:
        if shard.is_symlink() or not shard.is_file():
            raise StoryError(Fault(shard_name, "", "is no regular file", "replace it by a file"))
        try:
            found_schema = pq.read_schema(shard)
            _check_schema(found_schema, shard_name)
            if schema is None:
                schema = (shard_name, found_schema)
            elif not found_schema.equals(schema[1]):
                mend = "write all shards with the same columns of the same kinds"
                raise StoryError(Fault(shard_name, "", f"its columns differ from those of {schema[0]}", mend))
            for number, members in enumerate(_rows(shard, shard_name), start=1):
                entries.append(entry_of(members, shard_name, f"row {number}", faults))
        except (pa.ArrowException, OSError, ValueError, LookupError, OverflowError, MemoryError) as error:
            if isinstance(error, StoryError):
                raise
            found = f"cannot be read as Parquet: {shortened(str(error).strip() or type(error).__name__, 120)}"
            raise StoryError(Fault(shard_name, "", found, _NOT_PARQUET)) from error
    if faults:
        raise StoryError(faults)
    if not entries:
        raise StoryError(Fault(name, "", "has columns but no rows", "add a row, or remove the file"))
    return entries


def _check_schema(schema: pa.Schema, name: str) -> None:
    columns = [printable(column) for column in schema.names]
    check_columns(columns, required=TABLE_REQUIRED, optional=TABLE_COLUMNS, name=name)
    faults = [
        Fault(name, f"column {column}", f"holds {shortened(_plain_kind(kind), 40)}, not text", "write it as text")
        for column in columns
        if column in TABLE_COLUMNS and not _usable(kind := schema.field(column).type, column)
    ]
    if faults:
        raise StoryError(faults)


def _plain_kind(kind: pa.DataType) -> pa.DataType:
    return kind.value_type if pa.types.is_dictionary(kind) else kind


def _usable(kind: pa.DataType, column: str) -> bool:
    kind = _plain_kind(kind)
    text = pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind)
    moment = pa.types.is_timestamp(kind) or pa.types.is_date(kind)
    number = pa.types.is_integer(kind)
    return text or pa.types.is_null(kind) or (number and column != "text") or (moment and column == "published")


def _rows(path: Path, name: str) -> Iterator[dict[str, object]]:
    """Yield the rows as Python values, texts as bytes; a few rows at a time, their size known before they unfold."""
    with pq.ParquetFile(
        path,
        read_dictionary=["text"],
        page_checksum_verification=True,
        memory_map=False,
        pre_buffer=False,
        arrow_extensions_enabled=False,
    ) as file:
        columns = [column for column in file.schema_arrow.names if column in TABLE_COLUMNS]
        seen = 0
        for batch in file.iter_batches(batch_size=BATCH_ROWS, columns=columns):
            values = {}
            for column in columns:
                array = batch.column(column)
                if pa.types.is_dictionary(array.type):
                    seen += _dictionary_bytes(array)
                if seen <= SIZE_LIMIT:
                    array = _as_bytes(array)
                    seen += array.nbytes
                if seen > SIZE_LIMIT:
                    found = f"holds more than {SIZE_LIMIT // 2**20} MB of text once it is unpacked"
                    raise StoryError(Fault(name, "", found, "divide it into smaller stories"))
                values[column] = array.to_pylist()
            yield from (dict(zip(columns, row, strict=True)) for row in zip(*values.values(), strict=True))


def _dictionary_bytes(array: pa.DictionaryArray) -> int:
    lengths = pc.binary_length(array.dictionary.cast(pa.large_binary()))
    return int(pc.sum(lengths.take(array.indices.fill_null(0))).as_py() or 0) if len(lengths) else 0


def _as_bytes(array: pa.Array) -> pa.Array:
    """Return text as the bytes that it is made of, which may be no valid UTF-8; other kinds as they are."""
    kind = _plain_kind(array.type)
    if not (pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind)):
        return array.cast(kind) if pa.types.is_dictionary(array.type) else array
    return (
        array.cast(pa.large_binary())
        if not pa.types.is_dictionary(array.type)
        else array.cast(kind).cast(pa.large_binary())
    )
