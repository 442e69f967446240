"""The one way that a file or a folder is written: complete, or not at all."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import tempfile
from pathlib import Path

STAGING, RETIRED = ".staging", ".previous"


def write_bytes(path: Path, content: bytes) -> None:
    """Write `content` to `path` so that a reader, a crash or a full disk never meets half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o666 & ~_umask())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def write_text(path: Path, content: str) -> None:
    """Write `content` to `path` as UTF-8, as `write_bytes` does."""
    write_bytes(path, content.encode("utf-8", "backslashreplace"))


def sha256(content: bytes) -> str:
    """Return the hash that manifests name `content` by."""
    return hashlib.sha256(content).hexdigest()


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _beside(folder: Path, role: str) -> Path:
    return folder.parent / f".{folder.name}{role}"


def recover(folder: Path) -> None:
    """Finish or undo a swap into `folder` that was interrupted, and clear what an interrupted run left beside it."""
    retired = _beside(folder, RETIRED)
    if retired.exists():
        if folder.exists():
            shutil.rmtree(retired)
        else:
            retired.rename(folder)
    staging = _beside(folder, STAGING)
    if staging.exists():
        shutil.rmtree(staging)


@contextlib.contextmanager
def staged(folder: Path):
    """Give a fresh folder beside `folder` to write into, and swap it in when the block ends without an error.

    The earlier content stays in place until the new one is complete; after an error the new one is removed.
    """
    recover(folder)
    staging = _beside(folder, STAGING)
    staging.mkdir(parents=True)
    try:
        yield staging
        retired = _beside(folder, RETIRED)
        if folder.exists():
            folder.rename(retired)
        staging.rename(folder)
        if retired.exists():
            shutil.rmtree(retired)
    except BaseException:
        recover(folder)
        raise
