"""The tables of a run, written as Parquet a stretch of rows at a time, so that none has to fit in memory."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from summit_analysis.archive import boilerplate, duplicates, ingestion, keyness, neighbours, stages, stories, weights

ROWS = 50_000  # of a row group, however the rows come
TEXT = pa.large_string()
SCHEMAS = {
    "neighbours": {"article": TEXT, "neighbour": TEXT, "rank": pa.int32(), "cosine": pa.float64(), "exact": pa.bool_()},
    "duplicates": {"article_a": TEXT, "article_b": TEXT, "jaccard": pa.float64()},
    "boilerplate": {"outlet": TEXT, "text": TEXT, "articles": pa.int64()},
    "stories": {
        "article": TEXT, "story": TEXT, "articles": pa.int64(), "outlets": pa.int64(), "first": TEXT, "last": TEXT,
        "likeness": pa.float64(), "shared_terms": TEXT, "copy_of": TEXT,
    },
    "keyness": {
        "outlet": TEXT, "term": TEXT, "count": pa.int64(), "rate": pa.float64(), "reference_count": pa.int64(),
        "reference_rate": pa.float64(), "log_odds": pa.float64(), "z": pa.float64(), "p": pa.float64(),
        "p_adjusted": pa.float64(), "tests": pa.int64(), "stop_word": pa.bool_(),
    },
    "articles": {
        "article": TEXT, "outlet": TEXT, "published": TEXT, "title": TEXT, "url": TEXT, "shard": TEXT, "row": pa.int64(),
    },
    "load_report": dict.fromkeys(ingestion.ASIDE.names, TEXT),
}  # fmt: skip
KEYNESS, NEIGHBOURS = "keyness.parquet", "neighbours.parquet"  # written while others still compute


@contextlib.contextmanager
def appended(folder: Path, name: str) -> Iterator[Callable[[pa.Table | pd.DataFrame | dict], None]]:
    """Yield a function that adds rows to the table `name`, which is in `folder` when the block has ended."""
    schema = pa.schema(list(SCHEMAS[name].items()))
    path, hidden = folder / f"{name}.parquet", folder / f".{name}.tmp"
    waiting: list[pa.Table] = []
    with pq.ParquetWriter(hidden, schema, compression="zstd", write_page_checksum=True) as writer:

        def write(least: int) -> None:
            rows = pa.concat_tables(waiting)
            at = 0
            while len(rows) - at >= least and at < len(rows):
                # In one piece, so that the bytes do not tell how the rows came.
                writer.write_table(rows.slice(at, ROWS).combine_chunks(), row_group_size=ROWS)
                at += ROWS
            waiting[:] = [rows.slice(at)]

        def append(rows: pa.Table | pd.DataFrame | dict) -> None:
            if isinstance(rows, pd.DataFrame):
                rows = pa.Table.from_pandas(rows, schema=schema, preserve_index=False)
            elif isinstance(rows, dict):
                rows = pa.table(rows, schema=schema)
            waiting.append(rows.cast(schema).replace_schema_metadata())
            if sum(map(len, waiting)) >= ROWS:
                write(ROWS)

        yield append
        if waiting:
            write(1)
    hidden.replace(path)


def write_keyness(work: Path, parts: int, room: int) -> None:
    """Leave ``keyness`` in the work folder."""
    with appended(work, "keyness") as append:
        for table in keyness.outlet_tables(*keyness.outlet_counts(work, parts, room)):
            append(table)


@contextlib.contextmanager
def writing_neighbours(work: Path, exact: bool) -> Iterator[Callable[[int], None]]:
    """Yield a function that takes up the nearest of a part; ``neighbours`` is in the work folder in the end."""
    ids = ingestion.column(work / "parts", "article")
    with appended(work, "neighbours") as append:

        def take(part: int) -> None:
            near = stages.load(stages.part_file(work, neighbours.NEIGHBOURS, part))
            append(
                {
                    "article": ids.take(pa.array(near["article"])),
                    "neighbour": ids.take(pa.array(near["neighbour"])),
                    "rank": near["rank"],
                    "cosine": near["cosine"],
                    "exact": np.full(len(near["rank"]), exact),
                }
            )

        yield take


def write(work: Path, folder: Path, settings: dict, days: np.ndarray, aside: pd.DataFrame) -> None:
    """Write all tables of a run to `folder`."""
    parts = settings["parts"]
    with appended(folder, "articles") as append:
        for part in range(parts):
            append(ingestion.read_part(work / "parts", part, list(SCHEMAS["articles"])))
    with appended(folder, "load_report") as append:
        append(aside)
    with appended(folder, "boilerplate") as append:
        append(boilerplate.table(work, weights.repeated_lines(work, parts)))
    for name in (KEYNESS, NEIGHBOURS):
        shutil.copyfile(work / name, folder / name)
    ids = ingestion.column(work / "parts", "article")
    a, b, jaccard = duplicates.pairs_of(work, settings["slices"])
    with appended(folder, "duplicates") as append:
        for at in range(0, len(a), ROWS):
            some = slice(at, at + ROWS)
            names = (ids.take(pa.array(column[some])) for column in (a, b))
            append(dict(zip(SCHEMAS["duplicates"], (*names, jaccard[some]), strict=True)))
    del a, b, jaccard
    with appended(folder, "stories") as append:
        _write_stories(work, settings, ids, days, append)


def _write_stories(work: Path, settings: dict, ids: pa.Array, days: np.ndarray, append: Callable[[dict], None]) -> None:
    """Append one row per article: its story and what speaks for it.

    Columns: article; story (an id; an article alone is a story of its own); articles, outlets (in the story); first,
    last (day of the story, ``""`` without dates); likeness (mean s with the other articles of the story, copies left
    out, in [0, 1], larger = nearer; nan where it is alone); shared_terms (the rarest heavy terms that at least half of
    its articles share); copy_of (the article whose near duplicate this is, or ``""``).
    """
    n = len(days)
    first_copy = stages.load(work / "chosen.npz", "first")["first"]
    likely = stories.pairs(work, settings, days, first_copy)
    story = stories.group(n, *likely)
    likeness = stories.mean_likeness(story, likely, first_copy)
    del likely
    story = story[first_copy]
    own, terms = stories.shared_terms(work, story, first_copy)
    terms = pa.array(["", *terms], TEXT)
    of_story = np.zeros(n, np.int32)
    of_story[own] = np.arange(1, len(own) + 1)
    articles = np.bincount(story, minlength=n)
    outlet = ingestion.column(work / "parts", "outlet").dictionary_encode()
    distinct = np.unique(story.astype(np.int64) * len(outlet.dictionary) + outlet.indices.to_numpy())
    outlets = np.bincount(distinct // len(outlet.dictionary), minlength=n)
    # Days in order as they are spelled; a story without any takes the empty one behind them.
    day = pc.utf8_slice_codeunits(ingestion.column(work / "parts", "published"), 0, 10).dictionary_encode()
    spelled = day.dictionary.take(pc.sort_indices(day.dictionary))
    day = pc.index_in(day.dictionary, spelled).to_numpy()[day.indices.to_numpy()]
    dated = np.flatnonzero(day > 0) if spelled[0].as_py() == "" else np.arange(n)
    first, last = np.full(n, len(spelled)), np.full(n, -1)
    np.minimum.at(first, story[dated], day[dated])
    np.maximum.at(last, story[dated], day[dated])
    last[last < 0] = len(spelled)
    spelled = pa.concat_arrays([spelled.cast(TEXT), pa.array([""], TEXT)])
    width = len(str(n))
    for at in range(0, n, ROWS):
        row = np.arange(at, min(at + ROWS, n))
        told = story[row]
        copy_of = pa.array(first_copy[row], mask=first_copy[row] == row)
        append(
            {
                "article": ids.slice(at, len(row)),
                "story": pa.array([f"s{number:0{width}}" for number in told.tolist()], TEXT),
                "articles": articles[told],
                "outlets": outlets[told],
                "first": spelled.take(pa.array(first[told])),
                "last": spelled.take(pa.array(last[told])),
                "likeness": likeness[row],
                "shared_terms": terms.take(pa.array(of_story[told])),
                "copy_of": ids.take(copy_of).fill_null(""),
            }
        )
