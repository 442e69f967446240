"""A folder of ``.txt`` files, listed in ``articles.csv`` or read as they are found."""

from __future__ import annotations

from functools import partial
from pathlib import Path, PurePosixPath

from summit_analysis.errors import StoryError
from summit_analysis.reading.entries import ARTICLE_COLUMNS, Entry
from summit_analysis.reading.files import BESIDE, LISTINGS, is_readable, read_bytes, story_file, text_files
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


def story_files(path: Path) -> list[Path]:
    """Return every file that a change to `path` would show in: the one file, or what a folder's story reads.

    A link within the folder is there under its own name. What leads out of the folder is not read, and not here.
    """
    if not path.is_dir():
        return [path] if path.is_file() else []
    found, unread = text_files(path)
    shards = [shard for name in LISTINGS if (path / name).is_dir() for shard in (path / name).rglob("*")]
    wanted = {*found, *unread, *_listed(path), *shards, *(path / name for name in (*LISTINGS, *BESIDE))}
    return sorted(file for file in wanted if is_readable(path, file))


def _listed(folder: Path) -> list[Path]:
    """Return the files that ``articles.csv`` names, whatever they are called and wherever they lie."""
    try:
        raw = story_file(folder, LISTING)
        return [folder / entry.file for entry in listed_texts(folder, raw)] if raw else []
    except StoryError:  # which whoever loads the story is told
        return []


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
