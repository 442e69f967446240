"""The one way that a file or a folder is written: complete, or not at all."""

from __future__ import annotations

import contextlib
import ctypes
import errno
import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

try:
    import fcntl
except ImportError:  # not on Windows, where two runs at once are not told apart
    fcntl = None

AT_FDCWD, RENAME_EXCHANGE = -100, 2  # linux/fcntl.h, linux/fs.h
STAGING, RETIRED = ".staging", ".previous"


@contextlib.contextmanager
def written(path: Path) -> Iterator[BinaryIO]:
    """Give a file to write into that takes the place of `path` when the block ends without an error.

    A reader, a crash or a full disk never meets half of it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o666 & ~_umask())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def write_bytes(path: Path, content: bytes) -> None:
    """Write `content` to `path`, complete or not at all."""
    with written(path) as file:
        file.write(content)


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


def _nothing() -> None:
    pass


def _lock(folder: Path, waiting: Callable[[], None]) -> int | None:
    folder.mkdir(parents=True, exist_ok=True)
    if fcntl is None:
        return None
    while True:
        folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(folder, os.O_RDONLY)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            waiting()
            fcntl.flock(handle, fcntl.LOCK_EX)
        if _is_at(folder, handle):
            return handle
        # The run we waited for has swapped its folder away, or removed it: the lock we got is on that one.
        os.close(handle)


def _is_at(folder: Path, handle: int) -> bool:
    try:
        return folder.stat().st_ino == os.fstat(handle).st_ino
    except FileNotFoundError:
        return False


@contextlib.contextmanager
def locked(folder: Path, *, waiting: Callable[[], None] = _nothing) -> Iterator[None]:
    """Make `folder` and hold a lock on it; a crash lets go of the lock by itself.

    Where another run holds it, `waiting` is called and the run waited for. A folder that is left empty is removed.
    """
    handle = _lock(folder, waiting)
    try:
        yield
    finally:
        if handle is not None:
            if _is_at(folder, handle):
                with contextlib.suppress(OSError):  # not empty
                    folder.rmdir()
            os.close(handle)


def empty(folder: Path) -> None:
    """Remove all that is in `folder`."""
    for path in folder.iterdir():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()


def _recover(folder: Path) -> None:
    """Finish or undo a swap into `folder` that was interrupted."""
    retired = _beside(folder, RETIRED)
    if retired.exists() and folder.exists():
        shutil.rmtree(retired)
    elif retired.exists():
        retired.rename(folder)


def _exchange(one: Path, other: Path) -> bool:
    """Let two folders change places in one step, and return whether this system and file system can."""
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError, TypeError):
        return False
    if renameat2(AT_FDCWD, os.fsencode(one), AT_FDCWD, os.fsencode(other), RENAME_EXCHANGE) == 0:
        return True
    code = ctypes.get_errno()
    if code in (errno.EINVAL, errno.ENOSYS, errno.EPERM, errno.ENOTSUP):
        return False
    raise OSError(code, os.strerror(code), str(other))


def _swap_in(staging: Path, folder: Path) -> None:
    """Put `staging` in the place of `folder`, which is there before and after, and in one step where that is possible."""
    retired = _beside(folder, RETIRED)
    if not folder.exists():
        staging.rename(folder)
        return
    # Whoever opens the earlier folder as the new staging folder in between has to wait until it is gone from there.
    handle = os.open(folder, os.O_RDONLY) if fcntl else None
    try:
        if handle is not None:
            fcntl.flock(handle, fcntl.LOCK_EX)
        if _exchange(staging, folder):
            staging.rename(retired)
        else:
            folder.rename(retired)
            staging.rename(folder)
    finally:
        if handle is not None:
            os.close(handle)


def _sync(folder: Path) -> None:
    """Have the names in `folder` reach the disk, where the system can."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextlib.contextmanager
def staged(
    folder: Path, *, check: Callable[[], None] = _nothing, waiting: Callable[[], None] = _nothing
) -> Iterator[Path]:
    """Give a fresh folder beside `folder` to write into, and swap it in when the block ends without an error.

    The earlier content stays in place until the new one is complete; after an error the new one is removed. A second
    run into the same folder calls `waiting` and waits for the first. `check` is called before anything is written, once
    what an interrupted run left behind has been put right.
    """
    staging, retired = _beside(folder, STAGING), _beside(folder, RETIRED)
    with locked(staging, waiting=waiting):
        try:
            empty(staging)
            _recover(folder)
            check()
            yield staging
            _sync(staging)
            _swap_in(staging, folder)
            # The result is in place; what cannot be cleared now is cleared by the next run.
            shutil.rmtree(retired, ignore_errors=True)
        except BaseException:
            shutil.rmtree(staging, ignore_errors=True)
            _recover(folder)
            raise
