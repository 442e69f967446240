"""Who runs the tasks of a stage: this machine's cores, or the workers of a Dask cluster; the tasks are the same.

A task is a function of the work folder, a number and the settings, which leaves one file (`stages.part_file`). Nothing
else passes between tasks, so that it matters neither where one runs nor how often.
"""

from __future__ import annotations

import importlib
import multiprocessing
import os
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, ThreadPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType

from summit_analysis.archive import memory, stages
from summit_analysis.errors import Fault, StoryError

Task = Callable[[Path, int, dict], None]
Progress = Callable[[str, int, int], None]
RETRIES = 3


class Local(AbstractContextManager):
    """Tasks in processes of this machine, one a core; with one core, or memory for no more, in this process."""

    def __init__(self, cores: int | None = None) -> None:
        allowed = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
        self.cores = cores or allowed or 1
        self._pool: ProcessPoolExecutor | None = None
        self._warming: list[Future] = []

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._pool:
            # After Ctrl-C nobody waits for what is still to be done.
            if kind is not None:
                for process in list((self._pool._processes or {}).values()):
                    process.terminate()
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None

    def start(self, granted: int) -> None:
        """Have as many processes as `granted` memory is enough for import what they need, while the archive is being read."""
        own = memory.taken()["rss"] or memory.TYPICAL
        # A process for tasks imports about what this one has imported, and this one works beside them.
        enough = (granted - own - memory.LEAST_ROOM) // (own + memory.LEAST_ROOM)
        self.cores = min(self.cores, enough) if enough > 1 else 1
        if self.cores > 1:
            self._pool = self._pool or _new_pool(self.cores)
            self._warming = [self._pool.submit(warm) for _ in range(self.cores)]
        else:
            warm()

    def room(self, granted: int) -> int:
        """Return how much memory a task may take beyond what its process has already, of all that is `granted`."""
        try:
            for process in self._warming:
                process.result()
        except BrokenProcessPool as error:
            raise _lost(times=1) from error
        memory.give_back()
        processes = self.cores + 1 if self.cores > 1 else 1
        room = (granted - memory.of_run(processes)) // processes
        if self.cores > 1 and room < memory.A_TASK:
            self._pool.shutdown()
            self._pool, self._warming, self.cores = None, [], 1
            warm()
            return self.room(granted)
        return room

    def each(self, task: Task, work: Path, numbers: list[int], settings: dict) -> Iterator[int]:
        """Run `task` for each of `numbers` and yield each when it is done."""
        if self.cores == 1 or len(numbers) < 2:
            for number in numbers:
                _run(task, work, number, settings)
                yield number
            return
        left = set(numbers)
        for attempt in range(RETRIES):
            self._pool = self._pool or _new_pool(self.cores)
            try:
                futures = {self._pool.submit(_run, task, work, number, settings): number for number in sorted(left)}
                while futures:
                    done, _ = wait(futures, return_when=FIRST_COMPLETED)
                    for future in done:
                        number = futures.pop(future)
                        future.result()
                        left.discard(number)
                        yield number
                return
            except BrokenProcessPool as error:
                self._pool.shutdown(wait=False)
                self._pool = None
                if attempt == RETRIES - 1:
                    raise _lost() from error


def _new_pool(cores: int) -> ProcessPoolExecutor:
    # Not forked: a fork of a process with Arrow's threads can hang.
    return ProcessPoolExecutor(cores, multiprocessing.get_context("spawn"))


def _run(task: Task, work: Path, number: int, settings: dict) -> None:
    """Do one task, and give back what it took."""
    memory.settle()
    task(work, number, settings)
    memory.give_back()


def warm() -> int:
    """Import what tasks need and have their inner loops ready, which takes seconds where it has to be done.

    Return the memory that this process takes then, before the first article.
    """
    memory.settle()
    for name in ("boilerplate", "weights", "duplicates", "neighbours", "stories"):
        importlib.import_module(f"summit_analysis.archive.{name}")
    importlib.import_module("summit_analysis.archive.rehearsal").rehearse()
    memory.give_back()
    return memory.taken()["rss"]


class Dask(AbstractContextManager):
    """Tasks on a Dask cluster: the scheduler at `address`, or two workers of its own. All must see the work folder."""

    def __init__(self, address: str = "", workers: int = 2, memory: int = 0) -> None:
        import dask  # noqa: PLC0415 - only who asks for Dask waits for it
        from distributed import Client, LocalCluster  # noqa: PLC0415

        dask.config.set({
            "distributed.scheduler.allowed-failures": RETRIES, "distributed.logging.distributed": "error",
            "distributed.worker.profile.enabled": False,  # nobody looks at it, and it looks at each task all the time
        })  # fmt: skip
        self._cluster = None
        if not address:
            self._cluster = LocalCluster(
                n_workers=workers, threads_per_worker=1, processes=True, dashboard_address=None,
                memory_limit=memory // workers if memory else "auto", silence_logs=50,
            )  # fmt: skip
        try:
            self.client = Client(self._cluster or address, timeout=30, set_as_default=False)
        except OSError as error:
            found = f"no Dask scheduler answers ({error})"
            raise StoryError(
                Fault("--dask", address, found, "start one with `dask scheduler`, or leave the address out")
            ) from error
        self.cores = sum(self.client.nthreads().values())

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.client.close()
        if self._cluster:
            self._cluster.close()

    def start(self, granted: int) -> None:
        """Have the workers import what they need, while the archive is still being read."""
        addresses = self.client.scheduler_info(n_workers=-1)["workers"]
        self._warming = [self.client.submit(warm, workers=[address], pure=False) for address in addresses]

    def room(self, granted: int) -> int:
        """Return how much memory a task may take beyond what its process has already, of all that is `granted`."""
        bases = self.client.gather(self._warming)
        memory.give_back()
        return (granted - memory.taken()["rss"] - sum(bases)) // (self.cores + 1)

    def each(self, task: Task, work: Path, numbers: list[int], settings: dict) -> Iterator[int]:
        """Run `task` for each of `numbers` and yield each when it is done; a lost worker's tasks run again elsewhere."""
        from distributed import as_completed  # noqa: PLC0415
        from distributed.scheduler import KilledWorker  # noqa: PLC0415

        count = len(numbers)
        futures = self.client.map(
            _run, [task] * count, [work] * count, numbers, [settings] * count, pure=False, retries=RETRIES
        )
        number_of = {future.key: number for future, number in zip(futures, numbers, strict=True)}
        for future in as_completed(futures, loop=self.client.loop):
            # A task that went well leaves a file and has no result to be fetched: that would take longer than many tasks.
            if future.status != "finished":
                try:
                    future.result()
                except KilledWorker as error:
                    raise _lost() from error
            yield number_of[future.key]


def _lost(times: int = RETRIES) -> StoryError:
    mend = "give it less with --memory, or free some memory; a rerun goes on where this one stopped"
    often = "once" if times == 1 else f"{times} times"
    return StoryError(Fault("", "", f"a worker was killed {often}, perhaps for want of memory", mend))


def run_stage(
    engine: Local | Dask, stage: str, task: Task, work: Path, count: int, settings: dict, progress: Progress,
    meanwhile: Callable[[], object] = lambda: None, follow: Callable[[int], object] | None = None,
) -> None:  # fmt: skip
    """Run `task` for each of 0..count-1 whose file is not there yet, and `meanwhile` in this process.

    This process calls `follow` with each number in order, once its file and those of all before are there.
    """
    (work / stage).mkdir(parents=True, exist_ok=True)
    missing = [number for number in range(count) if not stages.part_file(work, stage, number).exists()]
    progress(stage, count - len(missing), count)
    there, coming = set(range(count)) - set(missing), 0

    def follow_up() -> None:
        nonlocal coming
        while follow and coming in there:
            follow(coming)
            coming += 1

    with ThreadPoolExecutor(1) as aside:
        # With one core there is nobody else to do the tasks.
        other = aside.submit(meanwhile) if engine.cores > 1 else None
        follow_up()
        for done, number in enumerate(engine.each(task, work, missing, settings), start=count - len(missing) + 1):
            progress(stage, done, count)
            there.add(number)
            follow_up()
        if other:
            other.result()
        else:
            meanwhile()
