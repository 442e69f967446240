"""A folder that a run's result is swapped into: whether it can take one, and the manifest that says it is complete."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from pathlib import Path

from summit_analysis.errors import Fault, StoryError
from summit_analysis.publish.atomic import write_text
from summit_analysis.publish.workspace import MANIFEST

PROGRAM = "summit_analysis"


def check_place(story: Path, out: Path) -> None:
    """Refuse a place where nothing can be written, or where the story would be lost."""
    resolved = out.resolve()
    if resolved == story.resolve() or resolved.is_relative_to(story.resolve()):
        raise StoryError(Fault(str(out), "", "lies inside the story's folder", "choose an output folder outside it"))
    if story.resolve().is_relative_to(resolved):
        raise StoryError(
            Fault(str(out), "", "holds the story's folder, and would be replaced", "choose another output folder")
        )
    if out.exists() and not out.is_dir():
        raise StoryError(Fault(str(out), "", "is a file", "choose a folder"))
    if out.is_mount():
        raise StoryError(Fault(str(out), "", "is a mount point, which cannot be swapped", "choose a folder inside it"))
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=out.parent):
            pass
    except OSError as error:
        raise StoryError(
            Fault(str(out.parent), "", f"cannot be written to: {error.strerror}", "choose another folder")
        ) from error


def check_content(out: Path) -> None:
    """Refuse a folder that holds anything but the output of an earlier run."""
    if not out.exists() or not any(out.iterdir()):
        return
    ours = _listed_files(out)
    if ours is None:
        fault = Fault(str(out), "", "is not empty and not from an earlier run", "choose a new or an empty folder")
        raise StoryError(fault)
    found = (p.relative_to(out) for p in sorted(out.rglob("*")) if not p.is_dir() or p.is_symlink())
    foreign = [p for p in found if p.as_posix() not in ours and ".ipynb_checkpoints" not in p.parts]
    if foreign:
        more = f" and {len(foreign) - 1} more" if len(foreign) > 1 else ""
        found_words = f"holds {str(foreign[0])!r}{more}, which no run has written"
        raise StoryError(Fault(str(out), "", found_words, "move it elsewhere, or choose another folder"))


def _listed_files(out: Path) -> set[str] | None:
    """Return what the manifest in `out` lists, itself included, or None where there is no manifest of ours."""
    try:
        manifest = json.loads((out / MANIFEST).read_text(encoding="utf-8"))
        return {*manifest["files"], MANIFEST} if manifest["written_by"] == PROGRAM else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def way_to(source: Path, out: Path) -> str:
    """Return the path of `source` as seen from `out`, or in full where there is no way: on another drive of Windows."""
    try:
        return os.path.relpath(source.resolve(), out)
    except ValueError:
        return str(source.resolve())


def write_manifest(folder: Path, *, story: str) -> None:
    """Write which files the run made, with their hashes; its presence says that the output is complete."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    hashes = {path.relative_to(folder).as_posix(): hash_of(path) for path in files}
    write_text(folder / MANIFEST, json.dumps({"written_by": PROGRAM, "story": story, "files": hashes}, indent=2) + "\n")


def hash_of(path: Path) -> str:
    """Return the hash of a file, which need not fit in memory."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
