"""Stories written to disk in every way that a story can be kept, for the fault table and its neighbours."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

CARRIERS = ("folder", "csv", "jsonl", "parquet")
CALM = {
    "a": {"article": "a", "outlet": "The Anchor", "text": "The ferry left the red harbour on Friday. “We waited,” said Ada Lund. It was late."},
    "b": {"article": "b", "outlet": "Bay News", "text": "A ferry reached the harbour on Saturday. Nobody was hurt, the mayor said. Red flags flew."},
}  # fmt: skip
Row = dict[str, object]


def calm_rows(**third: object) -> list[Row]:
    """Return two sound articles and, where anything is given, a third one with it."""
    rows = [dict(row) for row in CALM.values()]
    if third:
        text = "The harbour was quiet. Three boats came in, and the ferry sailed again."
        rows.append({"article": "c", "outlet": "Coast Post", "text": text} | third)
    return rows


def _bytes(value: object) -> bytes:
    return value if isinstance(value, bytes) else str(value).encode("utf-8", "surrogateescape")


def csv_bytes(rows: list[Row], columns: list[str]) -> bytes:
    """Return `rows` as CSV; bytes are put in as they are, a missing cell is empty."""
    lines = [columns] + [[row.get(column) for column in columns] for row in rows]
    return b"".join(b",".join(_quoted(cell) for cell in line) + b"\n" for line in lines)


def _quoted(cell: object) -> bytes:
    raw = b"" if cell is None else _bytes(cell)
    return b'"' + raw.replace(b'"', b'""') + b'"' if any(c in raw for c in b',"\r\n') else raw


def jsonl_bytes(rows: list[Row]) -> bytes:
    """Return `rows` as JSON lines; bytes are put in as they are."""
    lines = []
    for row in rows:
        members = {k: v.decode("utf-8", "surrogateescape") if isinstance(v, bytes) else v for k, v in row.items()}
        lines.append(json.dumps(members, ensure_ascii=False) + "\n")
    return "".join(lines).encode("utf-8", "surrogateescape")


def parquet_table(rows: list[Row]) -> pa.Table:
    """Return `rows` as an Arrow table; text that is given as bytes need not be valid UTF-8."""
    columns = list(dict.fromkeys(key for row in rows for key in row))
    arrays = []
    for column in columns:
        values = [row.get(column) for row in rows]
        if all(v is None or isinstance(v, str | bytes) for v in values):
            binary = pa.array([None if v is None else _bytes(v) for v in values], pa.binary())
            arrays.append(binary.view(pa.string()))
        else:
            arrays.append(pa.array(values))
    return pa.table(arrays, names=columns)


def write_story(place: Path, carrier: str, rows: list[Row], **others: bytes | str) -> Path:
    """Write `rows` below `place` as `carrier` keeps them, with `others` beside them, and return what is analysed."""
    place.mkdir(parents=True, exist_ok=True)
    if carrier == "folder":
        story = place / "story"
        (story / "texts").mkdir(parents=True)
        listed = []
        for n, row in enumerate(rows):
            if row.get("text") is not None:
                (story / "texts" / f"{n}.txt").write_bytes(_bytes(row["text"]))
            listed.append({"file": f"texts/{n}.txt"} | {k: v for k, v in row.items() if k != "text"})
        columns = list(dict.fromkeys(key for row in listed for key in row))
        (story / "articles.csv").write_bytes(csv_bytes(listed, columns))
    else:
        story = place / f"story.{carrier}"
        if carrier == "csv":
            story.write_bytes(csv_bytes(rows, list(dict.fromkeys(key for row in rows for key in row))))
        elif carrier == "jsonl":
            story.write_bytes(jsonl_bytes(rows))
        else:
            pq.write_table(parquet_table(rows), story)
    for name, content in others.items():
        ((story if carrier == "folder" else place) / name.replace("_dot_", ".")).write_bytes(_bytes(content))
    return story
