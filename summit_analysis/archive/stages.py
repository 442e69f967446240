"""The work folder of an archive run: each stage leaves one file a part, complete or not there, so that a rerun resumes."""

from __future__ import annotations

import contextlib
import json
import mmap
import os
import struct
import weakref
import zipfile
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path

import numpy as np
import pyarrow as pa
from scipy import sparse

from summit_analysis.archive import memory
from summit_analysis.publish.atomic import empty, write_text, written

SETTINGS = "settings.json"


def part_file(work: Path, stage: str, part: int) -> Path:
    """Return where `stage` leaves what it made of `part`."""
    return work / stage / f"{part:06}.npz"


def save(path: Path, **arrays: np.ndarray) -> None:
    """Write arrays to `path`, complete or not at all, in the same bytes each time."""
    with written(path) as file:
        np.savez(file, **arrays)


def load(path: Path, *names: str) -> dict[str, np.ndarray]:
    """Return the arrays of `path`, or only those of `names`; objects are never unpickled."""
    with np.load(path, allow_pickle=False) as file:
        return {name: file[name] for name in names or file.files}


@contextlib.contextmanager
def opened(path: Path) -> Iterator[Callable[[str, int, int], np.ndarray]]:
    """Yield a function of a name and two rows: it returns that array of numbers from the first row up to the second."""
    with path.open("rb") as file:
        arrays = _arrays_of(path, os.fstat(file.fileno()).st_mtime_ns)

        def rows(name: str, low: int, high: int) -> np.ndarray:
            begin, kind = arrays[name]
            file.seek(begin + int(low) * kind.itemsize)
            return np.fromfile(file, dtype=kind, count=int(high - low))

        yield rows


@lru_cache(maxsize=4_096)
def _arrays_of(path: Path, stamp: int) -> dict[str, tuple[int, np.dtype]]:
    """Return where each array of a file begins in it, and its kind; a file is opened for every slice of hashes."""
    arrays = {}
    with zipfile.ZipFile(path) as archive, path.open("rb") as file:
        for member in archive.infolist():  # stored as it is: a place in the array is a place in the file
            file.seek(member.header_offset + 26)
            file.seek(sum(struct.unpack("<HH", file.read(4))), os.SEEK_CUR)
            np.lib.format.read_magic(file)
            _, _, kind = np.lib.format.read_array_header_1_0(file)
            arrays[member.filename.removesuffix(".npy")] = (file.tell(), kind)
    return arrays


@contextlib.contextmanager
def appended(path: Path) -> Iterator[Callable[[np.ndarray], None]]:
    """Yield a function that writes one array after another to `path`, where they are one array in the end."""
    path.unlink(missing_ok=True)  # not written over: a process may still read the old one in place
    with path.open("wb") as file:
        kinds, rows = [], [0]

        def header() -> None:
            # NumPy leaves room in it for a longer shape.
            kind = np.lib.format.dtype_to_descr(kinds[0] if kinds else np.dtype(np.float64))
            facts = {"descr": kind, "fortran_order": False, "shape": (rows[0],)}
            np.lib.format.write_array_header_1_0(file, facts)

        def append(array: np.ndarray) -> None:
            if not kinds:
                kinds.append(array.dtype)
                header()
            rows[0] += len(array)
            file.write(np.ascontiguousarray(array, dtype=kinds[0]).data)

        yield append
        file.seek(0)
        header()


@lru_cache(maxsize=8)
def _in_place(path: Path, stamp: int) -> np.memmap:
    return np.load(path, mmap_mode="c", allow_pickle=False)  # an empty array is none that is mapped


def in_place(path: Path) -> np.ndarray:
    """Return the array of a file, read from it where and when it is used."""
    if not _mapped:
        _libraries[0] = memory.mapped()
    array = _in_place(path, path.stat().st_mtime_ns)
    if isinstance(array, np.memmap):
        _mapped.add(array._mmap)
    # Copied when written to, so that compiled code takes it for an array like any other.
    return array.view(np.ndarray)


_mapped: weakref.WeakSet[mmap.mmap] = weakref.WeakSet()
_libraries = [0]  # what is mapped besides


def let_go(room: int = 0) -> None:
    """Drop what this process has read of files in place, where that is more than `room` bytes; it is read again if needed."""
    if hasattr(mmap, "MADV_DONTNEED") and memory.mapped() - _libraries[0] > room:
        for file in list(_mapped):
            file.madvise(mmap.MADV_DONTNEED)


def pack_terms(terms: pa.Array) -> dict[str, np.ndarray]:
    """Return a string array as two arrays of numbers."""
    terms = terms.cast(pa.large_string())
    ends = np.frombuffer(terms.buffers()[1], dtype=np.int64)[terms.offset : terms.offset + len(terms) + 1]
    data = np.frombuffer(terms.buffers()[2] or b"", dtype=np.uint8)[ends[0] : ends[-1]]
    return {"term_ends": ends - ends[0], "term_bytes": data}


def unpack_terms(arrays: dict[str, np.ndarray]) -> pa.Array:
    """Return the string array that `pack_terms` took apart."""
    ends, data = np.ascontiguousarray(arrays["term_ends"]), np.ascontiguousarray(arrays["term_bytes"])
    return pa.LargeStringArray.from_buffers(len(ends) - 1, pa.py_buffer(ends), pa.py_buffer(data)).cast(pa.string())


def pack_matrix(matrix: sparse.csr_array, prefix: str = "") -> dict[str, np.ndarray]:
    """Return a sparse matrix as arrays."""
    return {
        f"{prefix}ends": matrix.indptr,
        f"{prefix}columns": matrix.indices,
        f"{prefix}values": matrix.data,
        f"{prefix}width": np.array(matrix.shape[1]),
    }


def unpack_matrix(arrays: dict[str, np.ndarray], prefix: str = "") -> sparse.csr_array:
    """Return the sparse matrix that `pack_matrix` took apart."""
    ends = arrays[f"{prefix}ends"]
    cells = (arrays[f"{prefix}values"], arrays[f"{prefix}columns"], ends)
    return sparse.csr_array(cells, shape=(len(ends) - 1, int(arrays[f"{prefix}width"])))


@lru_cache(maxsize=4)
def shared(path: Path, stamp: int) -> dict[str, np.ndarray]:
    """Return the arrays of a file that every part needs, read once a process; `stamp` tells one run from the next."""
    return load(path)


def load_shared(path: Path) -> dict[str, np.ndarray]:
    """Return the arrays of `path`, from memory where this process has read this very file already."""
    return shared(path, path.stat().st_mtime_ns)


def begin(work: Path, settings: dict[str, object]) -> bool:
    """Make the work folder; return whether it holds stages of the same archive and settings, else empty it."""
    text = json.dumps(settings, indent=2, sort_keys=True)
    with contextlib.suppress(OSError):
        if (work / SETTINGS).read_text(encoding="utf-8") == text:
            _remove_torn(work)
            return True
    work.mkdir(parents=True, exist_ok=True)
    (work / SETTINGS).unlink(missing_ok=True)  # first of all: stages half removed belong to nobody
    empty(work)
    write_text(work / SETTINGS, text)
    return False


def _remove_torn(work: Path) -> None:
    for path in work.rglob(".*.tmp"):
        path.unlink(missing_ok=True)


def clear(work: Path) -> None:
    """Remove the work folder and all in it."""
    if not work.exists():
        return
    for folder, folders, files in os.walk(work, topdown=False):
        for name in files:
            (Path(folder) / name).unlink()
        for name in folders:
            (Path(folder) / name).rmdir()
    work.rmdir()
