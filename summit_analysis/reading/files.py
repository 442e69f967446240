"""Which files a story consists of, and their bytes: inside its folder, regular, and of a size that can be read."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from summit_analysis.decoding import UndecodableError
from summit_analysis.errors import Fault, StoryError

# Far beyond any article, and less than would fill the memory of a small computer.
SIZE_LIMIT = 256 * 2**20
LISTINGS = ("articles.csv", "articles.jsonl", "articles.parquet")
BESIDE = ("codebook.toml", "codings.csv", "corrections.csv", "quotations.csv", "background.csv")


def read_bytes(folder: Path, file: str) -> bytes:
    """Return the bytes of a regular file inside `folder`, or raise `UndecodableError` with the reason."""
    path = folder / file
    try:
        if not path.resolve().is_relative_to(folder.resolve()):
            raise UndecodableError("it is a link that leads out of the story's folder")
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise UndecodableError("it is a folder" if stat.S_ISDIR(status.st_mode) else "it is no regular file")
        if status.st_size > SIZE_LIMIT:
            raise UndecodableError(f"it is larger than {SIZE_LIMIT // 2**20} MB")
        return path.read_bytes()
    except UndecodableError:
        raise
    except FileNotFoundError:
        raise UndecodableError("the file does not exist") from None
    except (OSError, RuntimeError, ValueError) as error:
        raise UndecodableError(f"it cannot be read: {getattr(error, 'strerror', None) or error}") from None


def story_file(folder: Path, name: str) -> bytes | None:
    """Return the bytes of an optional file of a story, or None where there is none.

    Beside a story that is one file there are none: that file is the whole story.

    Raises
    ------
    StoryError
        It is a broken link, leads out of the folder, is no regular file, or cannot be read.
    """
    if not os.path.lexists(folder / name):
        return None
    try:
        return read_bytes(folder, name)
    except UndecodableError as error:
        raise StoryError(
            Fault(name, "", str(error), "replace it by a file in the story's folder, or remove it")
        ) from error


def text_files(folder: Path) -> tuple[list[Path], list[Path]]:
    """Return what is named .txt in ``texts/``, or else in the folder itself, by name; and the files left unread.

    Left unread are a ``.txt`` elsewhere in the folder and a file of another name in ``texts/``.
    """
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


def is_readable(folder: Path, path: Path) -> bool:
    """Return whether `path` is a regular file inside `folder`, or a link to one: what `read_bytes` does not refuse."""
    try:
        return stat.S_ISREG(path.stat().st_mode) and path.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError, ValueError):
        return False
