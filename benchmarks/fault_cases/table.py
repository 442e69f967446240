"""What a row of the fault table is, and the ways in which its story is made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.stories import CALM, CARRIERS, calm_rows, write_story

RIGHT, ASIDE, ERROR = "right", "set aside", "clear error"
Build = Callable[[Path, str], Path]
SENTENCE = "Three red boats came to the harbour."


@dataclass(frozen=True)
class Case:
    """One row of the fault table and what its outcome must show."""

    group: str
    name: str
    outcome: str
    build: Build = field(repr=False)
    carriers: tuple[str, ...] = CARRIERS
    #: Words of the reason, the note or the error, as a pattern.
    words: str = ""
    #: Article id to the text that offsets must point into, where the case changes one.
    texts: dict[str, str] = field(default_factory=dict, repr=False)
    #: Article id to (column, value) that the table `articles` must show.
    cells: dict[str, dict[str, str]] = field(default_factory=dict, repr=False)
    #: Ids of the articles that must be analysed.
    analysed: tuple[str, ...] = ("a", "b")
    #: A table that must be left out, or (article, article, cosine) that must stand in `similarity`.
    similarity: tuple[str, str, str] | None = None
    undefined: str = ""
    #: Where the output goes, below the case's folder.
    out: str = "out"
    seconds: int = 60


class Group:
    """The rows of one class of fault, in the order in which they are added."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.cases: list[Case] = []

    def add(self, name: str, outcome: str, build: Build, **more: object) -> None:
        """Add a case."""
        self.cases.append(Case(self.name, name, outcome, build, **more))

    def text(self, name: str, text: str | bytes, *, words: str = "", reads: str | None = None, **more: object) -> None:
        """Add a case whose third article has this text and is analysed; `reads` is what it must be read as."""
        reads = text if reads is None else reads
        more = {"analysed": ("a", "b", "c"), "texts": {"c": reads}} | more
        self.add(name, RIGHT, of_rows(calm_rows(text=text)), words=words, **more)

    def aside(self, name: str, text: object, words: str, **more: object) -> None:
        """Add a case whose third article has this text and is set aside."""
        self.add(name, ASIDE, of_rows(calm_rows(text=text)), words=words, **more)

    def cell(self, name: str, column: str, value: object, *, shown: str | None = None, **more: object) -> None:
        """Add a case whose third article has `value` in `column`, which the table must show."""
        shown = str(value) if shown is None else shown
        more = {"analysed": ("a", "b", "c"), "cells": {"c": {column: shown}}} | more
        self.add(name, RIGHT, of_rows(calm_rows(**{column: value})), **more)

    def refused(self, name: str, words: str, rows: list[dict], **more: object) -> None:
        """Add a case of these rows that ends in an error."""
        self.add(name, ERROR, of_rows(rows), words=words, **more)


def of_rows(rows: list[dict]) -> Build:
    """Return what writes `rows` as its carrier keeps them."""
    return lambda place, carrier: write_story(place, carrier, rows)


def one_file(name: str, content: Callable[[], bytes]) -> Build:
    """Return what writes one file, which is the story."""

    def build(place: Path, _: str) -> Path:
        place.mkdir(parents=True, exist_ok=True)
        (place / name).write_bytes(content())
        return place / name

    return build


def changed(change: Callable[[Path], object], rows: list[dict] | None = None) -> Build:
    """Return what writes a calm story and then changes it."""

    def build(place: Path, carrier: str) -> Path:
        story = write_story(place, carrier, rows or calm_rows())
        change(story)
        return story

    return build


def edited(edit: Callable[[bytes], bytes], rows: list[dict] | None = None) -> Build:
    """Return what writes a calm story and then edits the bytes of its table."""

    def change(story: Path) -> None:
        table = story / "articles.csv" if story.is_dir() else story
        table.write_bytes(edit(table.read_bytes()))

    return changed(change, rows)


def texts_alone(change: Callable[[Path], object]) -> Build:
    """Return what writes a folder of texts without a table and then changes it."""

    def build(place: Path, _: str) -> Path:
        texts = place / "story" / "texts"
        texts.mkdir(parents=True)
        for article, row in CALM.items():
            (texts / f"{article}.txt").write_text(row["text"], encoding="utf-8")
        change(texts.parent)
        return texts.parent

    return build


def in_folder(place: Path, carrier: str, rows: list[dict], **files: str | bytes) -> Path:
    """Write `rows` in a folder whatever their carrier, with `files` beside them, and return the folder."""
    if carrier == "folder":
        return write_story(place, carrier, rows, **files)
    story = place / "story"
    story.mkdir(parents=True)
    write_story(place / "made", carrier, rows).rename(story / f"articles.{carrier}")
    for name, content in files.items():
        raw = content if isinstance(content, bytes) else content.encode("utf-8", "surrogateescape")
        (story / name.replace("_dot_", ".")).write_bytes(raw)
    return story


def parquet_bytes(table: pa.Table, **options: object) -> bytes:
    """Return `table` as a Parquet file holds it."""
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, **options)
    return sink.getvalue().to_pybytes()
