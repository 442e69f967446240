"""Whole archive runs by one process, two, and Dask's workers, beside what the machine allows two runs at once."""

from __future__ import annotations

import multiprocessing
import os
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd
import texts

from summit_analysis.archive import engines, neighbours, run

UP, AT_ONCE = "dask, 2 workers that are up", "two runs at once, 1 core each"


def measure_engines(add: Callable[..., None], articles: pd.DataFrame, rounds: int, *, size: int = 0) -> None:
    """Time whole runs; of a larger `size` those of Dask alone, beside what the machine allows two of them at once."""
    import dask
    from distributed import LocalCluster

    dask.config.set({"distributed.worker.profile.enabled": False})
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        small = folder / "archive.parquet"
        articles.to_parquet(small)
        path = texts.splice(articles, size, folder / "shards") if size else small
        exact = None if (size or len(articles)) <= neighbours.ALL_PAIRS else False
        with (
            LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, silence_logs=50) as cluster,
            ProcessPoolExecutor(2, multiprocessing.get_context("spawn")) as pool,
        ):
            runs = {
                "local, 1 core": lambda: engines.Local(1),
                "local, 2 cores": lambda: engines.Local(2),
                "dask, 2 workers, with their start": lambda: engines.Dask(workers=2),
                "dask, 2 workers that are up": lambda: engines.Dask(cluster.scheduler_address),
            }
            if size:
                runs = {way: engine for way, engine in runs.items() if way in ("local, 1 core", UP)}
            ways = {way: partial(_run_once, folder / way, exact, engine) for way, engine in runs.items()}
            ways[AT_ONCE] = lambda path: [*pool.map(_run_alone, [path] * 2, [folder / "a", folder / "b"], [exact] * 2)]
            times: dict[str, list[tuple[float, float]]] = {way: [] for way in ways}
            # The first round only has everything imported and compiled.
            for number in range(rounds + 1):
                for way, run_it in ways.items():
                    start, before = time.perf_counter(), os.times()
                    run_it(path if number else small)
                    cpu = sum(os.times()[:4]) - sum(before[:4])
                    if number:
                        times[way].append((time.perf_counter() - start, cpu))
        assert len({str(run.fingerprint(folder / way)) for way in (*runs, "a", "b")}) == 1
    peer = np.array(times.pop("local, 1 core"))
    for way, measured in times.items():
        wall, cpu = np.array(measured).T
        seconds = {"ours_s": wall, "ours_cpu": cpu, "peer_s": peer[:, 0], "peer_cpu": peer[:, 1]}
        note = f"{np.median(wall):.1f} s against {np.median(peer[:, 0]):.1f} s"
        if way == AT_ONCE:
            seconds["ours_s"] = wall / 2
            note = f"what two cores of this machine are worth: {np.median(wall):.1f} s for two runs"
        if way in (UP, AT_ONCE):
            seconds["ours_cpu"] = np.full(len(cpu), np.nan)  # of processes that go on
        aim = 1.8 if "dask" in way else 0
        add("whole archive run", size or len(articles), way, "local, 1 core", aim, seconds, note)


def _run_once(out: Path, exact: bool | None, engine: Callable, path: Path) -> None:
    run.archive(path, out, engine=engine(), all_pairs=exact)


def _run_alone(path: Path, out: Path, exact: bool | None) -> None:
    run.archive(path, out, engine=engines.Local(1), all_pairs=exact)
