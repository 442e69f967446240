"""What every way in ends as: one entry an article, checked by one set of rules whatever file it came from."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path, PurePosixPath
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

from summit_analysis.decoding import is_text_encoding
from summit_analysis.errors import Fault, StoryError, shortened

ARTICLE_COLUMNS = ("article", "outlet", "file", "title", "published", "url", "country", "role", "encoding")
TEXT = "text"
# What a file of articles must have in each row, and what it may have.
TABLE_REQUIRED = ("article", "outlet", TEXT)
TABLE_COLUMNS = (*(column for column in ARTICLE_COLUMNS if column != "file"), TEXT)


@dataclass(frozen=True)
class Entry:
    """One article as its file gives it, before it is checked.

    `listing` is the table that lists it (``""`` in a bare folder), `place` where in that table it stands, `file` what
    the load report calls its origin. `content` is the text, as it was decoded or as bytes, or what reads the bytes.
    `encoding` is what text was decoded from. `problem` says why it cannot be used, or is ``""``; `note` what a
    reader should know.
    """

    listing: str
    place: str
    file: str
    cells: dict[str, str]
    content: bytes | str | Callable[[], bytes] = ""
    problem: str = ""
    encoding: str = "utf-8"
    note: str = ""


class ArticleRow(BaseModel):
    """What is known of one article: `outlet` and `file` are required, the rest may be empty."""

    model_config = ConfigDict(extra="ignore")

    outlet: str
    file: str
    article: str = ""
    title: str = ""
    published: str = ""
    url: str = ""
    country: str = ""
    role: Literal["article", "wire"] = "article"
    encoding: str = ""

    @field_validator("outlet", "file")
    @classmethod
    def _given(cls, value: str) -> str:
        if not value:
            raise ValueError("is empty → fill it in")
        return value

    @field_validator("outlet", "article", "title", "url", "country")
    @classmethod
    def _one_line(cls, value: str) -> str:
        if re.search(r"[\x00-\x1f\x7f]", value):
            raise ValueError(f"holds a control character ({shortened(value, 40)!r}) → remove it")
        if re.search("[\ud800-\udfff]", value):
            raise ValueError("holds half a character (a lone surrogate) → remove it")
        return value

    @field_validator("file")
    @classmethod
    def _inside(cls, value: str) -> str:
        if "://" in value:
            raise ValueError("is an address, and nothing is fetched → save the text in the folder and name that file")
        if "\x00" in value:
            raise ValueError("holds a NUL character → remove it")
        parts = PurePosixPath(value.replace("\\", "/"))
        if parts.is_absolute() or ".." in parts.parts or re.match(r"[A-Za-z]:", value):
            raise ValueError(f"{shortened(value)!r} lies outside the story's folder → name a file inside it")
        return parts.as_posix()

    @field_validator("role", mode="before")
    @classmethod
    def _default_role(cls, value: str) -> str:
        return value or "article"

    @field_validator("encoding")
    @classmethod
    def _known_encoding(cls, value: str) -> str:
        if value and not is_text_encoding(value):
            raise ValueError(
                f"{shortened(value)!r} is no encoding known to Python → write for instance utf-8 or cp1252"
            )
        return value

    @field_validator("published")
    @classmethod
    def _iso_date(cls, value: str) -> str:
        return iso_date(value)


def iso_date(value: str) -> str:
    """Return `value` as ISO 8601: a day as it stands, a time with an offset turned to UTC; ``""`` stays empty.

    Raises
    ------
    ValueError
        `value` is not ISO 8601. "03/04/2025" is two different days, so no other notation is read.
    """
    if not value:
        return ""
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
            return date.fromisoformat(value).isoformat()
        if not re.match(r"\d{4}-\d{2}-\d{2}[T ]", value):
            raise ValueError(value)
        moment = datetime.fromisoformat(value)
        return (moment.astimezone(UTC) if moment.tzinfo else moment).isoformat()
    except (ValueError, OverflowError) as error:
        raise ValueError(
            f"{shortened(value)!r} is not an ISO 8601 date → write 2025-08-16 or 2025-08-16T09:30:00+02:00"
        ) from error


def validated(entries: Iterable[Entry], folder: Path) -> list[tuple[Entry, ArticleRow]]:
    """Return the entries that have no problem, each with its checked row.

    Raises
    ------
    StoryError
        A cell breaks its contract, a file leads out of `folder`, or two articles have one id. All are listed.
    """
    faults: list[Fault] = []
    rows = []
    for entry in entries:
        if not entry.problem and (row := _row_of(entry, folder, faults)):
            rows.append((entry, row))
    faults += _doubled(rows)
    if faults:
        raise StoryError(faults)
    return rows


def _row_of(entry: Entry, folder: Path, faults: list[Fault]) -> ArticleRow | None:
    if not entry.listing:  # nobody wrote these cells: they are the file's own name
        return ArticleRow.model_construct(**dict.fromkeys(ARTICLE_COLUMNS, "") | {"role": "article"} | entry.cells)

    def fault(column: str, found: str, mend: str) -> None:
        faults.append(Fault(entry.listing, f"{entry.place}, column {column}", found, mend))

    if callable(entry.content) and not _stays_inside(folder, entry.cells["file"]):
        fault("file", f"{shortened(entry.cells['file'])!r} leads out of the story's folder", "copy the file into it")
        return None
    if not callable(entry.content) and not entry.cells.get("article"):
        fault("article", "is empty", "give each article an id")
    try:
        row = ArticleRow(**entry.cells)
    except ValidationError as error:
        for problem in error.errors():
            column = str(problem["loc"][0])
            found, _, mend = problem["msg"].removeprefix("Value error, ").partition(" → ")
            if column == "role":
                found = f"{shortened(problem['input'])!r} is neither 'article' nor 'wire'"
                mend = "write one of them, or leave it empty"
            fault(column, found, mend)
        return None
    return row if row.article else row.model_copy(update={"article": Path(row.file).stem})


def _stays_inside(folder: Path, file: str) -> bool:
    parts = PurePosixPath(file.replace("\\", "/"))
    if parts.is_absolute() or ".." in parts.parts or "\x00" in file:
        return True  # the row's own check says so, with the better words
    try:
        return (folder / file).resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError, ValueError):
        return True  # a loop of links: reading it says so


def _doubled(rows: list[tuple[Entry, ArticleRow]]) -> list[Fault]:
    places: dict[str, list[Entry]] = {}
    for entry, row in rows:
        places.setdefault(row.article, []).append(entry)
    return [
        Fault(
            found[0].listing,
            " and ".join(entry.place for entry in found),
            f"the article id {shortened(article)!r} is given twice",
            "give each article an id of its own",
        )
        for article, found in places.items()
        if len(found) > 1
    ]
