"""A folder of articles becomes a `Corpus`: validated articles, their texts, and a report on every file.

The text of an article is the decoded bytes with LF line ends and nothing else changed, so that ``text[start:end]``
is the span wherever a table gives offsets.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import Literal

import pandas as pd
from pydantic import BaseModel, ConfigDict, ValidationError, field_validator
from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS, CountVectorizer

from summit_analysis.decoding import UndecodableError, decode, doubts, is_text_encoding
from summit_analysis.errors import Fault, StoryError, printable, shortened
from summit_analysis.strict_csv import Row, read_rows

ARTICLE_COLUMNS = ("article", "outlet", "file", "title", "published", "url", "country", "role", "encoding")
REPORT_COLUMNS = ("file", "article", "outcome", "reason", "encoding", "note")
LISTING = "articles.csv"
WORD = re.compile(CountVectorizer().token_pattern)


class ArticleRow(BaseModel):
    """One row of ``articles.csv``: `outlet` and `file` are required, the rest may be empty."""

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

    @field_validator("outlet", "article", "title")
    @classmethod
    def _one_line(cls, value: str) -> str:
        if re.search(r"[\x00-\x1f\x7f]", value):
            raise ValueError(f"holds a control character ({value[:40]!r}) → remove it")
        return value

    @field_validator("file")
    @classmethod
    def _inside(cls, value: str) -> str:
        if "://" in value:
            raise ValueError("is an address, and nothing is fetched → save the text in the folder and name that file")
        parts = PurePosixPath(value.replace("\\", "/"))
        if parts.is_absolute() or ".." in parts.parts or re.match(r"[A-Za-z]:", value):
            raise ValueError(f"{value!r} lies outside the story's folder → name a file inside it")
        return parts.as_posix()

    @field_validator("role", mode="before")
    @classmethod
    def _default_role(cls, value: str) -> str:
        return value or "article"

    @field_validator("encoding")
    @classmethod
    def _known_encoding(cls, value: str) -> str:
        if value and not is_text_encoding(value):
            raise ValueError(f"{value!r} is no encoding known to Python → write for instance utf-8 or cp1252")
        return value

    @field_validator("published")
    @classmethod
    def _iso_date(cls, value: str) -> str:
        return iso_date(value)


@dataclass(frozen=True)
class Corpus:
    """The articles of one story.

    Attributes
    ----------
    name
        The folder's name.
    folder
        Where it was read from.
    articles
        One row per article, ordered by id: article, outlet, file, title, published (ISO 8601, UTC where a time is
        given), url, country, role (``article`` or ``wire``), encoding. Unknown values are empty strings.
    texts
        Article id to text, read-only.
    load_report
        One row per file that was read or listed: file, article, outcome (``analysed`` or ``set aside``), reason,
        encoding, note. ``read = analysed + set aside`` always holds.
    """

    name: str
    folder: Path
    articles: pd.DataFrame
    texts: Mapping[str, str] = field(repr=False)
    load_report: pd.DataFrame = field(repr=False)


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
            f"{value!r} is not an ISO 8601 date → write 2025-08-16 or 2025-08-16T09:30:00+02:00"
        ) from error


def load_corpus(path: str | Path) -> Corpus:
    """Read a story folder: ``articles.csv`` with the files it lists, or every ``.txt`` in ``texts/`` or the folder.

    Without a table a file's stem is both its article id and its outlet. A document that cannot be used is set aside
    with its reason in the load report; the rest is analysed.

    Raises
    ------
    StoryError
        The folder is missing, ``articles.csv`` breaks the contract, two articles have one id, a file lies outside the
        folder, or no document can be used. The message names file, row and field, and how to mend it.
    """
    folder = Path(path)
    if not folder.exists():
        raise StoryError(Fault(str(path), "", "there is no such folder", "give the folder that holds the articles"))
    if not folder.is_dir():
        raise StoryError(Fault(str(path), "", "is not a folder", "give the folder that holds the articles"))
    rows, report = _list_articles(folder)
    _check_ids(rows)
    texts: dict[str, str] = {}
    kept = []
    for _, row in rows:
        entry = dict.fromkeys(REPORT_COLUMNS, "") | {"file": printable(row.file), "article": row.article}
        try:
            text, encoding = decode(_read_bytes(folder, row.file), row.encoding)
            _check_words(text)
        except UndecodableError as error:
            report.append(entry | {"outcome": "set aside", "reason": str(error)})
            continue
        texts[row.article] = text
        kept.append(row.model_dump() | {"encoding": encoding})
        report.append(entry | {"outcome": "analysed", "encoding": encoding, "note": doubts(text)})
    if not kept:
        reasons = "; ".join(f"{entry['file']}: {entry['reason']}" for entry in report[:5])
        raise StoryError(
            Fault(
                str(path),
                "",
                f"no document can be used ({reasons or 'there is no .txt file'})",
                "add at least one plain .txt text",
            )
        )
    articles = pd.DataFrame(kept, columns=list(ARTICLE_COLUMNS)).sort_values("article", ignore_index=True)
    load_report = pd.DataFrame(report, columns=list(REPORT_COLUMNS)).sort_values(["file", "article"], ignore_index=True)
    return Corpus(
        name=folder.resolve().name,
        folder=folder,
        articles=articles,
        texts=MappingProxyType({article: texts[article] for article in articles["article"]}),
        load_report=load_report,
    )


def _check_words(text: str) -> None:
    """Raise `UndecodableError` with the reason where `text` has nothing to compare."""
    if not text.strip():
        raise UndecodableError("it is empty" if not text else "it holds white space only")
    words = {word for found in WORD.finditer(text) for word in [found.group().lower()]}
    if not words:
        raise UndecodableError("it holds no word of two letters or more")
    if words <= ENGLISH_STOP_WORDS:
        raise UndecodableError("it holds nothing but stop words")


def story_file(folder: Path, name: str) -> bytes | None:
    """Return the bytes of an optional file of a story, or None where there is none.

    Raises
    ------
    StoryError
        It is a broken link, leads out of the folder, is no regular file, or cannot be read.
    """
    if not os.path.lexists(folder / name):
        return None
    try:
        return _read_bytes(folder, name)
    except UndecodableError as error:
        raise StoryError(
            Fault(name, "", str(error), "replace it by a file in the story's folder, or remove it")
        ) from error


def _text_files(folder: Path) -> tuple[list[Path], list[Path]]:
    """Return what is named .txt in ``texts/``, or else in the folder itself, by name; and the files left unread."""
    try:
        everything = sorted(
            p for p in folder.rglob("*") if p.is_symlink() or not p.is_dir() or p.suffix.lower() == ".txt"
        )
    except OSError as error:
        raise StoryError(
            Fault(str(error.filename), "", f"cannot be read: {error.strerror}", "allow it to be read")
        ) from error
    for place in (folder / "texts", folder):
        found = [p for p in everything if p.parent == place and p.suffix.lower() == ".txt"]
        if found:
            unread = [
                p for p in everything if p not in found and (p.suffix.lower() == ".txt" or p.parent == place != folder)
            ]
            return found, unread
    return [], []


def _list_articles(folder: Path) -> tuple[list[tuple[str, ArticleRow]], list[dict[str, str]]]:
    """Return (place, row) of each article to read, and report entries of what was set aside before reading."""
    rows: list[tuple[str, ArticleRow]] = []
    report: list[dict[str, str]] = []
    found, unread = _text_files(folder)
    files = {path.relative_to(folder).as_posix(): path for path in found}

    def set_aside(file: str, reason: str, article: str = "") -> None:
        report.append(
            dict.fromkeys(REPORT_COLUMNS, "")
            | {"file": printable(file), "article": article, "outcome": "set aside", "reason": reason}
        )

    if (raw := story_file(folder, LISTING)) is not None:
        records = read_rows(raw, name=LISTING, required=("outlet", "file"), optional=ARTICLE_COLUMNS)
        faults: list[Fault] = []
        for record in records:
            if record.short:
                file = record.cells.get("file", "")
                article = record.cells.get("article", "") or Path(file).stem
                set_aside(file, f"{LISTING}, line {record.line}: fields are missing", article)
                continue
            row = _validate(record, folder, faults)
            if row:
                rows.append((f"line {record.line}", row))
        if faults:
            raise StoryError(faults)
        listed = {PurePosixPath(record.cells.get("file", "").replace("\\", "/")).as_posix() for record in records}
        unread = [path for path in unread if path.relative_to(folder).as_posix() not in listed]
        for file in files:
            if file not in listed:
                set_aside(file, f"{LISTING} does not list it")
    else:
        for file, path in files.items():
            if any("\udc80" <= c <= "\udcff" for c in file):
                set_aside(file.encode("utf-8", "backslashreplace").decode(), "its name is not valid UTF-8")
            elif path.name.startswith("."):
                set_aside(file, "it is a hidden file")
            else:
                rows.append(
                    (
                        file,
                        ArticleRow.model_construct(
                            **dict.fromkeys(ARTICLE_COLUMNS, "")
                            | {"outlet": path.stem, "article": path.stem, "file": file, "role": "article"}
                        ),
                    )
                )
    for path in unread:
        where = "it is not named .txt" if path.suffix.lower() != ".txt" else "it lies outside the folder of the texts"
        set_aside(path.relative_to(folder).as_posix().encode("utf-8", "backslashreplace").decode(), where)
    return rows, report


def _validate(record: Row, folder: Path, faults: list[Fault]) -> ArticleRow | None:
    try:
        row = ArticleRow(**record.cells)
    except ValidationError as error:
        for problem in error.errors():
            column = str(problem["loc"][0])
            found, _, mend = problem["msg"].removeprefix("Value error, ").partition(" → ")
            if column == "role":
                found, mend = (
                    f"{problem['input']!r} is neither 'article' nor 'wire'",
                    "write one of them, or leave it empty",
                )
            faults.append(Fault(LISTING, f"line {record.line}, column {column}", found, mend))
        return None
    try:
        inside = (folder / row.file).resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError):
        inside = True  # a loop of links: reading it says so
    if not inside:
        faults.append(
            Fault(
                LISTING,
                f"line {record.line}, column file",
                f"{row.file!r} leads out of the story's folder",
                "copy the file into it",
            )
        )
        return None
    return row if row.article else row.model_copy(update={"article": Path(row.file).stem})


def _check_ids(rows: list[tuple[str, ArticleRow]]) -> None:
    places: dict[str, list[str]] = {}
    for place, row in rows:
        places.setdefault(row.article, []).append(place)
    faults = [
        Fault(
            LISTING if found[0].startswith("line ") else "",
            " and ".join(found),
            f"the article id {shortened(article)!r} is given twice",
            "give each article an id of its own",
        )
        for article, found in places.items()
        if len(found) > 1
    ]
    if faults:
        raise StoryError(faults)


def _read_bytes(folder: Path, file: str) -> bytes:
    """Return the bytes of a regular file inside `folder`, or raise `UndecodableError` with the reason."""
    path = folder / file
    try:
        if not path.resolve().is_relative_to(folder.resolve()):
            raise UndecodableError("it is a link that leads out of the story's folder")
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode):
            raise UndecodableError("it is a folder" if stat.S_ISDIR(mode) else "it is no regular file")
        return path.read_bytes()
    except FileNotFoundError:
        raise UndecodableError("the file does not exist") from None
    except (OSError, RuntimeError) as error:
        raise UndecodableError(f"it cannot be read: {getattr(error, 'strerror', None) or error}") from None
