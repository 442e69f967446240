"""A story becomes a `Corpus`: validated articles, their texts, and a report on everything that was read.

The text of an article is the decoded bytes with LF line ends and nothing else changed, so that ``text[start:end]``
is the span wherever a table gives offsets. In a file of articles the same holds for the cell ``text``.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

import pandas as pd
from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS, CountVectorizer

from summit_analysis.decoding import UndecodableError, doubts
from summit_analysis.errors import Fault, StoryError, printable
from summit_analysis.reading import folder as texts_folder
from summit_analysis.reading.entries import ARTICLE_COLUMNS, Entry, iso_date, validated
from summit_analysis.reading.files import LISTINGS, read_bytes, story_file
from summit_analysis.reading.parquet import from_parquet
from summit_analysis.reading.tabular import from_csv, from_jsonl, text_of
from summit_analysis.strict_csv import columns_of

__all__ = ["ARTICLE_COLUMNS", "Corpus", "iso_date", "load_corpus", "story_file"]

REPORT_COLUMNS = ("file", "article", "outcome", "reason", "encoding", "note", "place")
KINDS = {".csv": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl", ".parquet": "parquet"}
# Tables of 200 generated articles take 190 s of CPU time and 1.0 GB, of 500 some 16 minutes and 2.6 GB (`python -m benchmarks.story_size`):
# these are within reach of a small computer, and 3,000 would fill any memory.
MOST_ARTICLES = 500
WORD = re.compile(CountVectorizer().token_pattern)


@dataclass(frozen=True)
class Corpus:
    """The articles of one story.

    Attributes
    ----------
    name
        The name of the folder, or of the file without its ending.
    folder
        Where it was read from: a folder, or the one file that is the whole story.
    articles
        One row per article, ordered by id: article, outlet, file, title, published (ISO 8601, UTC where a time is
        given), url, country, role (``article`` or ``wire``), encoding, day (of ``published`` as it was written: the day
        where the article appeared, which "today" means). Unknown values are empty strings.
    texts
        Article id to text, read-only.
    load_report
        One row per file that was read or listed, or per row of a file of articles: file, article, outcome
        (``analysed`` or ``set aside``), reason, encoding, note, place (of what is set aside, in the table that lists it).
        ``read = analysed + set aside`` always holds.
    """

    name: str
    folder: Path
    articles: pd.DataFrame
    texts: Mapping[str, str] = field(repr=False)
    load_report: pd.DataFrame = field(repr=False)


def load_corpus(path: str | Path) -> Corpus:
    """Read a story: a folder of ``.txt`` files, with ``articles.csv`` or without; or one file of articles.

    A file of articles is CSV, JSONL or Parquet with the columns article, outlet and text. It is given by itself and is
    then the whole story, or it lies in the folder as ``articles.csv``, ``articles.jsonl`` or ``articles.parquet``, with
    ``codebook.toml`` and the other files of a story beside it. Without any table a text's file name is its id and its
    outlet. A document that cannot be used is set aside with its reason in the load report; the rest is analysed.

    Raises
    ------
    StoryError
        The story is missing, its table breaks the contract, two articles have one id, a file lies outside the folder,
        no document can be used, or more than `MOST_ARTICLES` can. The message names file, row and field, and how to mend
        it.
    """
    story = Path(path)
    entries = _entries(story)
    report = [_reported(entry, reason=entry.problem) for entry in entries if entry.problem]
    texts: dict[str, str] = {}
    kept = []
    for entry, row in validated(entries, story if story.is_dir() else story.parent):
        try:
            text, encoding = text_of(entry, row.encoding)
            _check_words(text)
        except UndecodableError as error:
            report.append(_reported(entry, article=row.article, reason=str(error)))
            continue
        texts[row.article] = text
        day = entry.cells.get("published", "")[:10] if row.published else ""
        kept.append(row.model_dump() | {"encoding": encoding, "day": day})
        report.append(
            _reported(
                entry, article=row.article, encoding=encoding, note="; ".join(filter(None, (entry.note, doubts(text))))
            )
        )
    if not kept:
        reasons = "; ".join(f"{entry['file']}: {entry['reason']}" for entry in report[:5])
        found = f"no document can be used ({reasons or 'there is no .txt file'})"
        raise StoryError(Fault(str(path), "", found, "add at least one plain .txt text"))
    if len(kept) > MOST_ARTICLES:
        raise StoryError(_too_many(story, len(kept), in_files=callable(entries[0].content)))
    articles = pd.DataFrame(kept, columns=[*ARTICLE_COLUMNS, "day"]).sort_values("article", ignore_index=True)
    order = ["file", "article", "place"]
    load_report = pd.DataFrame(report, columns=list(REPORT_COLUMNS)).sort_values(order, ignore_index=True)
    return Corpus(
        name=story.resolve().stem if story.is_file() else story.resolve().name,
        folder=story,
        articles=articles,
        texts=MappingProxyType({article: texts[article] for article in articles["article"]}),
        load_report=load_report,
    )


def _too_many(story: Path, articles: int, *, in_files: bool) -> Fault:
    """Return the fault of a story that is an archive, and how to go on with it."""
    if in_files:
        mend = "leave some out, or write all into one CSV with article, outlet and text for `summit-analysis archive`"
    else:
        table = next((story / name for name in LISTINGS if story.is_dir() and (story / name).exists()), story)
        mend = f"find its single stories with `summit-analysis archive {table} --out OUT`, or leave some out"
    found = f"{articles:,} articles: each is compared with each, which is done for up to {MOST_ARTICLES}"
    return Fault(str(story), "", found, mend)


def _entries(story: Path) -> list[Entry]:
    """Return an entry of each article that `story` names, whatever way it is kept."""
    if story.is_dir():
        present = [name for name in LISTINGS if os.path.lexists(story / name)]
        if len(present) > 1:
            found = f"holds {' and '.join(present)}: which of them lists the articles?"
            raise StoryError(Fault(str(story), "", found, "keep one of them"))
        if not present:
            return texts_folder.found_texts(story)
        return _listed(story, present[0])
    if not story.exists():
        raise StoryError(Fault(str(story), "", "there is no such folder or file", "give the folder of the articles"))
    if story.suffix.lower() not in KINDS or not story.is_file():
        found = "is neither a folder nor a file of articles that ends in .csv, .jsonl or .parquet"
        raise StoryError(Fault(str(story), "", found, "give the folder that holds the articles"))
    # Whoever gives a link by name means the file that it leads to.
    target = story.resolve()
    return _from_table(target.parent, target.name, KINDS[story.suffix.lower()])


def _listed(story: Path, listing: str) -> list[Entry]:
    if listing == texts_folder.LISTING:
        raw = story_file(story, listing) or b""
        columns = columns_of(raw, name=listing)
        if "text" not in columns:
            return texts_folder.listed_texts(story, raw)
        if "file" in columns:
            fault = Fault(listing, "line 1", "has both a column 'file' and a column 'text'", "keep one of the two")
            raise StoryError(fault)
    entries = _from_table(story, listing, KINDS[Path(listing).suffix])
    return entries + texts_folder.unlisted_texts(story, listing)


def _from_table(folder: Path, name: str, kind: str) -> list[Entry]:
    if kind == "parquet" and (folder / name).is_dir() and not (folder / name).is_symlink():
        return from_parquet(folder / name, name)
    try:
        raw = read_bytes(folder, name)
    except UndecodableError as error:
        mend = "replace it by a file in the story's folder, or remove it"
        raise StoryError(Fault(name, "", str(error), mend)) from error
    if kind == "parquet":
        return from_parquet(folder / name, name)
    return (from_csv if kind == "csv" else from_jsonl)(raw, name)


def _reported(entry: Entry, *, article: str = "", reason: str = "", encoding: str = "", note: str = "") -> dict:
    return {
        "file": printable(entry.file),
        "article": article or entry.cells.get("article", ""),
        "outcome": "set aside" if reason else "analysed",
        "reason": reason,
        "encoding": encoding,
        "note": note,
        # Where an article that is analysed stands must not matter, or the order of rows would show.
        "place": entry.place if entry.listing and reason else "",
    }


def _check_words(text: str) -> None:
    """Raise `UndecodableError` with the reason where `text` has nothing to compare."""
    if not text.strip():
        raise UndecodableError("it is empty" if not text else "it holds white space only")
    words = {found.group().lower() for found in WORD.finditer(text)}
    if not words:
        raise UndecodableError("it holds no word of two letters or more")
    if words <= ENGLISH_STOP_WORDS:
        raise UndecodableError("it holds nothing but stop words")
