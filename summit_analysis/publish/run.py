"""Run a story from folder to finished output: tables, executed notebooks, figures, and a manifest written last."""

from __future__ import annotations

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

from summit_analysis.analysis import WRITTEN, WRITTEN_OF_SOME, Tables
from summit_analysis.corpus import load_corpus
from summit_analysis.errors import Fault, StoryError
from summit_analysis.publish.atomic import sha256, staged, write_text
from summit_analysis.publish.output import check_content, check_place, hash_of, way_to, write_manifest
from summit_analysis.publish.report import write_report
from summit_analysis.publish.workspace import FIGURES, STORY, shipped_notebooks
from summit_analysis.reading.folder import story_files
from summit_analysis.strict_csv import to_csv

CELL_TIMEOUT = 3600
SOCKET_PATH = 90  # characters that a Unix socket may have in its path, with some to spare
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
    check_place(story, out)
    tables = Tables(corpus)
    try:
        with staged(
            out,
            check=lambda: check_content(out),
            waiting=lambda: progress("waiting for another run into the same folder"),
        ) as staging:
            left_out = _write_tables(tables, staging / "tables", progress)
            if not tables_only:
                _run_notebooks(story, staging, progress)
                progress("the report")
                write_report(tables, staging)
            if _fingerprint(story) != before:
                raise StoryError(Fault(str(story), "", "was changed while it was analysed", "run it again"))
            write_manifest(staging, story=way_to(story, out))
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


def _fingerprint(story: Path) -> str:
    """Return a hash of every file that the story may be read from, by name and content."""
    files = [path for path in story_files(story) if os.access(path, os.R_OK)]
    each = [f"{path}\0{hash_of(path)}" for path in files]
    return sha256("\n".join(each).encode("utf-8", "surrogateescape"))


def _write_tables(tables: Tables, folder: Path, progress: Progress) -> list[str]:
    """Write each table of the output contract and return the reasons why some are left out."""
    reasons: list[str] = []
    for name in (*WRITTEN, *WRITTEN_OF_SOME):
        progress(f"table {name}")
        if reason := tables.left_out(name):
            reasons += [reason] if name in WRITTEN else []
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
