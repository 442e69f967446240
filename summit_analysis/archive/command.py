"""What stands between the command line and `run.archive`: options in words, the engine, and a bar with the time left."""

from __future__ import annotations

import importlib.util
import re
import time
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from summit_analysis.errors import Fault, StoryError

UNITS = {"": 1, "K": 1 << 10, "M": 1 << 20, "G": 1 << 30, "T": 1 << 40}
LEAST_MEMORY = 512 << 20
NEEDED = ("pyarrow", "numba", "sparse_dot_topn")
PAIRS = {"auto": None, "all-pairs": True, "rare-terms": False}
STEPS = {
    "checking": "checking the archive", "reading": "reading", "lines": "looking for page furniture", "counts": "counting words",
    "weights": "weighing words", "blocks": "turning them", "shared": "sorting five-word sequences", "rarest": "choosing rare ones",
    "pairs": "joining", "duplicates": "checking near duplicates", "neighbours": "finding neighbours",
    "alike": "finding stories", "waiting": "waiting for another run into the same folder", "titles": "weighing titles", "writing": "writing",
}  # fmt: skip
PAUSE = 10.0  # seconds between lines where no terminal shows a bar


@dataclass(frozen=True)
class Options:
    """The options of ``summit-analysis archive`` as they were typed."""

    memory: str = "4GB"
    cores: int = 0
    engine: str = "local"
    dask: str = ""
    neighbours: str = "auto"
    skip_damaged: bool = False


def memory_size(written: str) -> int:
    """Return "4GB", "900 M" or "2.5g" in bytes.

    Raises
    ------
    StoryError
        It is no amount of memory, or too little to work with.
    """
    found = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*([KMGT]?)(?:I?B)?\s*", written.upper())
    if not found:
        raise StoryError(
            Fault("--memory", "", f"{written!r} is no amount of memory", "write for instance 4GB or 900MB")
        )
    size = int(float(found[1]) * UNITS[found[2]])
    if size < LEAST_MEMORY:
        raise StoryError(Fault("--memory", "", f"{written!r} is too little", "grant at least 512MB"))
    return size


def archive(source: Path, out: Path, options: Options, console: Console) -> list[str]:
    """Run the archive as `options` say and return the lines to print.

    Raises
    ------
    StoryError
        An option is not understood, a library is not installed, or `run.archive` cannot do its work.
    """
    memory = memory_size(options.memory)
    if options.neighbours not in PAIRS:
        raise StoryError(
            Fault("--neighbours", "", f"{options.neighbours!r} is unknown", f"write one of {', '.join(PAIRS)}")
        )
    if options.engine not in ("local", "dask"):
        raise StoryError(Fault("--engine", "", f"{options.engine!r} is unknown", "write local or dask"))
    dask = options.engine == "dask" or bool(options.dask)
    lacking = [
        name for name in (*NEEDED, *(("distributed",) if dask else ())) if importlib.util.find_spec(name) is None
    ]
    if lacking:
        mend = "pip install 'summit-analysis[archive]'"
        raise StoryError(Fault("archive", "", f"not installed: {', '.join(lacking)}", mend))
    from summit_analysis.archive import engines, run  # noqa: PLC0415 - only now is it known that they can be imported

    engine = engines.Dask(options.dask, memory=memory) if dask else engines.Local(options.cores or None)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as bar:
        notes = run.archive(
            source, out, engine=engine, memory=memory, all_pairs=PAIRS[options.neighbours],
            skip_damaged=options.skip_damaged, progress=_Reporter(bar, console),
        )  # fmt: skip
    return [*(f"note: {note}" for note in notes), f"tables:    {out}", f"summary:   {out / 'summary.html'}"]


class _Reporter:
    """Shows each stage as a bar with the time left, or as a line now and then where there is no terminal."""

    def __init__(self, bar: Progress, console: Console) -> None:
        self.bar, self.console = bar, console
        self.stage, self.task, self.begun, self.told, self.at_first = "", None, 0.0, 0.0, 0

    def __call__(self, stage: str, done: int, count: int) -> None:
        now = time.monotonic()
        if stage != self.stage:
            self.stage, self.begun, self.told, self.at_first = stage, now, now, done
            if self.task is not None:
                self.bar.remove_task(self.task)
            self.task = self.bar.add_task(STEPS.get(stage, stage), total=count or None)
            if not self.console.is_terminal:
                self.console.print(STEPS.get(stage, stage))
        self.bar.update(self.task, completed=done, total=count or None)
        if not self.console.is_terminal and now - self.told > PAUSE:
            self.told = now
            left = (now - self.begun) / max(done - self.at_first, 1) * (count - done)
            self.console.print(f"  {done:,} of {count:,}, about {left:.0f} s left" if count else f"  {done:,} articles")
