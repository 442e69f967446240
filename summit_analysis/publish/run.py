"""Run a story from folder to finished output: tables, executed notebooks, figures, and a manifest written last."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
from ipykernel.kernelspec import make_ipkernel_cmd
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, DeadKernelError

from summit_analysis.analysis import WRITTEN, Tables
from summit_analysis.corpus import load_corpus
from summit_analysis.errors import Fault, StoryError
from summit_analysis.publish.atomic import sha256, staged, write_text
from summit_analysis.publish.report import write_report
from summit_analysis.publish.workspace import FIGURES, MANIFEST, STORY, shipped_notebooks
from summit_analysis.reading.files import story_files
from summit_analysis.strict_csv import to_csv

CELL_TIMEOUT = 3600
SOCKET_PATH = 90  # characters that a Unix socket may have in its path, with some to spare
PROGRAM = "summit_analysis"
# Stored instead of what the kernel reports, so that the same notebook comes out of every Python version.
LANGUAGE_INFO = {"file_extension": ".py", "mimetype": "text/x-python", "name": "python", "pygments_lexer": "ipython3"}
KERNELSPEC = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}

Progress = Callable[[str], None]


def run(
    story: str | Path, out: str | Path, *, tables_only: bool = False, progress: Progress = lambda step: None
) -> list[str]:
    """Analyse `story` and write ``tables/``, ``figures/``, ``notebooks/`` and a report into `out`; return what was left out.

    Everything is built in a folder beside `out` and swapped in when it is complete. `tables_only` writes the tables and
    starts no kernel. `progress` is told each step as it begins.

    Raises
    ------
    StoryError
        The story cannot be read, or `out` cannot take the result: it lies in the story, or holds files that are not
        from an earlier run.
    """
    story, out = Path(story), Path(out).resolve()
    progress("reading the story")
    before = _fingerprint(story)
    corpus = load_corpus(story)
    _check_output(story, out)
    tables = Tables(corpus)
    try:
        with staged(out, check=lambda: _check_content(out)) as staging:
            left_out = _write_tables(tables, staging / "tables", progress)
            if not tables_only:
                _run_notebooks(story, staging, progress)
                progress("the report")
                write_report(tables, staging)
            if _fingerprint(story) != before:
                raise StoryError(Fault(str(story), "", "was changed while it was analysed", "run it again"))
            _write_manifest(staging, story=os.path.relpath(story.resolve(), out))
    except OSError as error:
        raise StoryError(
            Fault(
                str(out),
                "",
                f"cannot be written: {error.strerror or error}",
                "free some space, or choose another folder; what was there is unchanged",
            )
        ) from error
    return left_out


def _check_output(story: Path, out: Path) -> None:
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


def _check_content(out: Path) -> None:
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


def _fingerprint(story: Path) -> str:
    """Return a hash of every file that the story may be read from, by name and content."""
    files = [path for path in story_files(story) if os.access(path, os.R_OK)]
    each = [f"{path.relative_to(story)}\0{_hash_of(path)}" for path in files]
    return sha256("\n".join(each).encode("utf-8", "surrogateescape"))


def _hash_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _write_tables(tables: Tables, folder: Path, progress: Progress) -> list[str]:
    """Write each table of the output contract and return the reasons why some are left out."""
    reasons: list[str] = []
    for name in WRITTEN:
        progress(f"table {name}")
        if reason := tables.left_out(name):
            reasons.append(reason)
        else:
            write_text(folder / f"{name}.csv", to_csv(tables[name]))
    return list(dict.fromkeys([*reasons, *tables.notes]))


def _run_notebooks(story: Path, out: Path, progress: Progress) -> None:
    (out / "figures").mkdir()
    with tempfile.TemporaryDirectory() as settings:
        environment = os.environ | {
            STORY: str(story.resolve()),
            FIGURES: str(out / "figures"),
            # A user's start-up files and history must not reach the result.
            "IPYTHONDIR": settings,
            "MPLCONFIGDIR": os.environ.get("MPLCONFIGDIR", settings),
        }
        for source in sorted(shipped_notebooks().glob("[0-9]*.ipynb")):
            progress(f"notebook {source.stem}")
            target = out / "notebooks" / source.name
            write_text(
                target, execute(source, folder=out, environment=environment, connection=Path(settings) / "kernel.json")
            )


def execute(source: Path, *, folder: Path, environment: dict[str, str], connection: Path) -> str:
    """Return notebook `source`, run from first to last cell in `folder`, as JSON that is the same in every run.

    `connection` is the file through which kernel and client find each other.

    Raises
    ------
    StoryError
        A cell failed; the message names notebook and error.
    """
    notebook = nbformat.read(source, as_version=4)
    manager = AsyncKernelManager(kernel_name="python3")
    # The interpreter that runs this, whatever kernels the user has registered under the same name.
    manager._kernel_spec = KernelSpec(
        argv=make_ipkernel_cmd(), display_name=KERNELSPEC["display_name"], language="python"
    )
    manager.connection_file = str(connection)
    if os.name == "posix" and len(str(connection)) < SOCKET_PATH:
        manager.transport = "ipc"  # sockets in the file system, which no other user can listen to
    client = NotebookClient(
        notebook, km=manager, record_timing=False, timeout=CELL_TIMEOUT, resources={"metadata": {"path": str(folder)}}
    )
    try:
        _in_thread(client, manager, environment)
    except CellExecutionError as error:
        number, first_line = _failed_cell(notebook)
        found = f"failed with {error.ename}: {error.evalue} (the cell begins {first_line!r})"
        raise StoryError(
            Fault(source.name, f"cell {number}", found, "run the notebook in JupyterLab to look")
        ) from error
    except DeadKernelError as error:
        raise StoryError(
            Fault(
                source.name, "", "its kernel was killed, perhaps for want of memory", "free some memory and run again"
            )
        ) from error
    notebook.metadata = nbformat.from_dict({"kernelspec": KERNELSPEC, "language_info": LANGUAGE_INFO})
    return nbformat.writes(notebook) + "\n"


def _failed_cell(notebook: nbformat.NotebookNode) -> tuple[int, str]:
    """Return the number of the code cell that holds an error, and its first line."""
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    failed = (n for n, cell in enumerate(code) if any(o.output_type == "error" for o in cell.outputs))
    number = next(failed, 0)
    return number + 1, code[number].source.split("\n")[0]


def _in_thread(client: NotebookClient, manager: AsyncKernelManager, environment: dict[str, str]) -> None:
    """Execute in a second thread, so that Ctrl-C reaches this one and no kernel outlives it."""
    with ThreadPoolExecutor(max_workers=1) as pool:
        done = pool.submit(client.execute, env=environment, cleanup_kc=True)
        try:
            done.result()
        except KeyboardInterrupt:
            if manager.provisioner and manager.provisioner.pid:
                os.kill(manager.provisioner.pid, signal.SIGTERM if os.name == "nt" else signal.SIGKILL)
            raise


def _write_manifest(folder: Path, *, story: str) -> None:
    """Write which files the run made, with their hashes; its presence says that the output is complete."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    hashes = {path.relative_to(folder).as_posix(): sha256(path.read_bytes()) for path in files}
    write_text(folder / MANIFEST, json.dumps({"written_by": PROGRAM, "story": story, "files": hashes}, indent=2) + "\n")
