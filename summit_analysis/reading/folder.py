"""A folder of ``.txt`` files, listed in ``articles.csv`` or read as they are found."""

from __future__ import annotations

from functools import partial
from pathlib import Path, PurePosixPath

from summit_analysis.reading.entries import ARTICLE_COLUMNS, Entry
from summit_analysis.reading.files import read_bytes, text_files
from summit_analysis.strict_csv import read_rows

LISTING = "articles.csv"


def found_texts(folder: Path) -> list[Entry]:
    """Return an entry of every ``.txt`` in ``texts/`` or in the folder: its stem is its id and its outlet."""
    found, unread = text_files(folder)
    entries = []
    for path in found:
        file, stem = path.relative_to(folder).as_posix(), path.stem
        problem = ""
        if any("\udc80" <= c <= "\udcff" for c in file):
            file = _shown(path, folder)
            problem = "its name is not valid UTF-8"
        elif path.name.startswith("."):
            problem = "it is a hidden file"
        elif any(ord(c) < 32 or ord(c) == 127 for c in file):
            problem = "its name holds a control character"
        cells = {"article": "" if problem else stem, "outlet": stem, "file": file}
        entries.append(Entry("", file, file, cells, partial(read_bytes, folder, file), problem))
    return entries + _left_unread(folder, unread)


def listed_texts(folder: Path, raw: bytes) -> list[Entry]:
    """Return an entry of every row of ``articles.csv``, whose bytes are `raw`, and of every text that it leaves out."""
    rows = read_rows(raw, name=LISTING, required=("outlet", "file"), optional=ARTICLE_COLUMNS)
    entries = []
    for row in rows:
        file, place = row.cells.get("file", ""), f"line {row.line}"
        problem = f"{LISTING}, {place}: fields are missing" if row.short else ""
        named = row.cells.get("article", "") or Path(file).stem
        cells = row.cells | ({"article": named} if problem else {})
        entries.append(Entry(LISTING, place, file, cells, partial(read_bytes, folder, file), problem))
    listed = {PurePosixPath(entry.file.replace("\\", "/")).as_posix() for entry in entries}
    return entries + unlisted_texts(folder, LISTING, listed)


def unlisted_texts(folder: Path, listing: str, listed: set[str] = frozenset()) -> list[Entry]:
    """Return an entry, with its problem, of every text file in the folder that `listing` leaves out."""
    found, unread = text_files(folder)
    left_out = [path for path in found if path.relative_to(folder).as_posix() not in listed]
    return [
        Entry(listing, "", _shown(path, folder), {}, problem=f"{listing} does not list it") for path in left_out
    ] + _left_unread(folder, [path for path in unread if path.relative_to(folder).as_posix() not in listed])


def _left_unread(folder: Path, unread: list[Path]) -> list[Entry]:
    return [
        Entry(
            "",
            "",
            _shown(path, folder),
            {},
            problem="it is not named .txt"
            if path.suffix.lower() != ".txt"
            else "it lies outside the folder of the texts",
        )
        for path in unread
    ]


def _shown(path: Path, folder: Path) -> str:
    """Return the name of `path` in the folder, bytes that are no UTF-8 escaped."""
    return path.relative_to(folder).as_posix().encode("utf-8", "backslashreplace").decode()
