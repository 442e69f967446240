"""From an archive to its tables: stages in order, each resumable, and a finished output swapped in whole."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from importlib.metadata import version
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet as pq

from summit_analysis.archive import (
    boilerplate,
    duplicates,
    ingestion,
    likeness,
    neighbours,
    reading,
    stages,
    stories,
    tables,
    weights,
)
from summit_analysis.archive import memory as budget
from summit_analysis.archive.engines import Dask, Local, Progress, run_stage
from summit_analysis.errors import Fault, StoryError
from summit_analysis.publish import output
from summit_analysis.publish.atomic import locked, staged, write_text

WORK, INGESTED, PLAN = ".work", "ingested.json", "plan.json"
TABLES = tuple(tables.SCHEMAS)
SETTINGS_FILE = "archive.json"
MEGABYTE, GIGABYTE = 1 << 20, 1 << 30


def archive(
    source: Path, out: Path, *, engine: Local | Dask | None = None, memory: int = 4 * GIGABYTE, k: int = neighbours.K,
    all_pairs: bool | None = None, skip_damaged: bool = False, progress: Progress = lambda stage, done, count: None,
) -> list[str]:  # fmt: skip
    """Write the tables of an archive and ``summary.html`` to `out`; return notes on what was left out.

    `memory` is what all processes together may take. `all_pairs` says whether neighbours are sought among all pairs
    (default: up to `neighbours.ALL_PAIRS` articles) or among articles that share rare terms. A run that was killed
    resumes from the stages it finished, and gives the same bytes. A second run into the same `out` waits for the first.

    Raises
    ------
    StoryError
        The archive cannot be read, or `out` cannot take the result.
    """
    source, out = Path(source), Path(out).resolve()
    paths = reading.shards(source)
    output.check_place(source if source.is_dir() else source / "none", out)
    output.check_content(out)
    engine = engine or Local()
    work = out.parent / f".{out.name}{WORK}"
    budget.settle()
    try:
        with locked(work, waiting=lambda: progress("waiting", 0, 0)):
            with engine:
                engine.start(memory)
                _check_memory(memory, reading.known_articles(paths), budget.taken()["rss"])
                stamp = [[p.name, p.stat().st_size, p.stat().st_mtime_ns] for p in paths]
                stages.begin(work, {"archive": str(source.resolve()), "shards": stamp, "skip_damaged": skip_damaged, "k": k,
                                    "all_pairs": all_pairs, "version": version("summit-analysis")})  # fmt: skip
                aside, damaged = _ingest(paths, work, skip_damaged, engine.cores, progress)
                settings = _settings(work, engine, memory, k, all_pairs)
                _count(work, engine, settings, progress)
                days = stories.days_of(ingestion.column(work / "parts", "published"))
                _compare(work, engine, settings, days, progress)
            # The workers have gone, and with them their memory.
            with staged(out, check=lambda: output.check_content(out)) as staging:
                progress("writing", 0, 1)
                tables.write(work, staging, settings, days, aside)
                facts = {
                    "archive": output.way_to(source, out),
                    "articles": len(days),
                    "exact": settings["all_pairs"],
                    "damaged": damaged,
                }
                write_text(staging / SETTINGS_FILE, json.dumps(facts, indent=2) + "\n")
                budget.give_back()
                from summit_analysis.archive import summary  # noqa: PLC0415 - what draws takes memory of its own

                write_text(staging / "summary.html", summary.page(staging, facts))
                output.write_manifest(staging, story=output.way_to(source, out))
                progress("writing", 1, 1)
            stages.clear(work)
    except OSError as error:
        found = f"cannot be written: {error.strerror or error}"
        raise StoryError(
            Fault(str(out), "", found, "free some space; a rerun goes on where this one stopped")
        ) from error
    return _notes(aside, damaged)


def _ingest(
    paths: list[Path], work: Path, skip_damaged: bool, threads: int, progress: Progress
) -> tuple[pd.DataFrame, list[str]]:
    """Read the archive once; a rerun finds its parts."""
    done = work / INGESTED
    if not done.exists():
        progress("checking", 0, 1)
        aside, faults = _read_sound(paths, work / "parts", skip_damaged, threads, progress)
        missing = [
            {
                "shard": fault.file,
                "place": fault.where,
                "article": "",
                "outcome": "set aside",
                "reason": f"the shard {fault.found}",
            }
            for fault in faults
        ]
        aside = pd.concat([pd.DataFrame(missing, columns=aside.columns), aside], ignore_index=True)
        write_text(done, json.dumps({"aside": aside.to_dict("split"), "damaged": sorted({f.file for f in faults})}))
    found = json.loads(done.read_text(encoding="utf-8"))
    aside = pd.DataFrame(found["aside"]["data"], columns=found["aside"]["columns"], dtype="str")
    return aside, found["damaged"]


def _read_sound(
    paths: list[Path], parts: Path, skip_damaged: bool, threads: int, progress: Progress
) -> tuple[pd.DataFrame, list[Fault]]:
    """Return what was set aside of the shards that are sound, and what is wrong with the others."""
    faults = reading.check_columns(paths)
    if not faults:
        try:
            return _read(paths, parts, threads, progress), []
        except StoryError:
            progress("checking", 0, 1)
            # All shards are looked at now, so that whoever has to mend them hears of all.
            faults = reading.check(paths)
            if not faults:
                raise
    else:
        faults = reading.check(paths)
    broken = {fault.file for fault in faults}
    sound = [path for path in paths if path.name not in broken]
    if not skip_damaged or not sound:
        raise StoryError(faults)
    return _read(sound, parts, threads, progress), faults


def _read(paths: list[Path], parts: Path, threads: int, progress: Progress) -> pd.DataFrame:
    stages.clear(parts)
    try:
        return ingestion.ingest(
            paths, parts, threads=threads, progress=lambda articles: progress("reading", articles, 0)
        )
    except StoryError:
        stages.clear(parts)
        raise


def _check_memory(granted: int, articles: int, base: int) -> None:
    """Raise `StoryError` where one process of `base` bytes cannot do its work within what is `granted`."""
    least = base + budget.LEAST_ROOM + articles * budget.AN_ARTICLE
    if granted < least:
        megabytes = -(-(least + budget.SPARE) // MEGABYTE)
        found = f"{granted // MEGABYTE} MB is too little for an archive of {articles:,} articles"
        raise StoryError(Fault("--memory", "", found, f"grant at least {megabytes} MB"))


def _settings(work: Path, engine: Local | Dask, granted: int, k: int, all_pairs: bool | None) -> dict:
    """Return what every task is told: where parts end, and how much is taken up at once."""
    paths = ingestion.part_paths(work / "parts")
    rows = [pq.read_metadata(path).num_rows for path in paths]
    size = sum(path.stat().st_size for path in paths)
    articles = sum(rows)
    room = engine.room(granted - articles * budget.AN_ARTICLE)
    if room < budget.A_TASK:
        _check_memory(granted, articles, granted - room - articles * budget.AN_ARTICLE)
    # A shingle needs some 40 bytes while it is joined, and a character of news about an eighth of a shingle, twice packed.
    # However little there is, every core gets a slice.
    slices = max(2 * engine.cores, -(-size * 2 // 6 * 40 // (room // 2)))
    # Parts are written in slices, so that a rerun with other cores or memory keeps to them.
    _once(work / PLAN, lambda: write_text(work / PLAN, json.dumps({"slices": int(slices)})))
    slices = json.loads((work / PLAN).read_text(encoding="utf-8"))["slices"]
    exact = articles <= neighbours.ALL_PAIRS if all_pairs is None else all_pairs
    return {
        "parts": len(paths), "part_ends": np.cumsum([0, *rows]).tolist(), "slices": slices, "room": room, "k": k,
        "all_pairs": exact, "strips": neighbours.strips(articles), "threads": 1,
    }  # fmt: skip


def _count(work: Path, engine: Local | Dask, settings: dict, progress: Progress) -> None:
    parts, room = settings["parts"], settings["room"]
    run_stage(engine, boilerplate.LINES, boilerplate.find_lines, work, parts, settings, progress)
    _once(work / boilerplate.REPEATED, lambda: boilerplate.find_repeated(work, parts, room))
    with _unless_there(work / weights.VOCABULARY, weights.merging(work)) as take:
        run_stage(engine, weights.COUNTS, weights.count_part, work, parts, settings, progress, follow=take)
    with _unless_there(work / neighbours.GATHERED, neighbours.gathering(work, settings)) as take:
        run_stage(engine, weights.WEIGHTS, weights.weigh_part, work, parts, settings, progress, follow=take)
    if settings["all_pairs"]:
        count = len(settings["strips"]) - 1
        # The strips are the longest stage then, and long enough for this beside them.
        run_stage(
            engine, neighbours.STRIPS, neighbours.pair_strip, work, count, settings, progress,
            meanwhile=lambda: _find_keyness(work, settings),
        )  # fmt: skip
    else:
        count = neighbours.block_count(work)
        run_stage(engine, neighbours.BLOCKS, neighbours.turn_block, work, count, settings, progress)


def _compare(work: Path, engine: Local | Dask, settings: dict, days: np.ndarray, progress: Progress) -> None:
    parts, slices = settings["parts"], settings["slices"]
    _once(work / "copies.npz", lambda: duplicates.first_copies(work, parts))
    run_stage(engine, "shared", duplicates.find_shared, work, slices, settings, progress)
    run_stage(engine, "rarest", duplicates.choose_rarest, work, slices, settings, progress)
    run_stage(engine, "pairs", duplicates.join_rarest, work, slices, settings, progress)
    _once(work / "candidates.npz", lambda: duplicates.merge_pairs(work, slices))
    run_stage(engine, duplicates.DUPLICATES, duplicates.count_common, work, slices, settings, progress)
    with _unless_there(work / tables.NEIGHBOURS, tables.writing_neighbours(work, settings["all_pairs"])) as take:
        run_stage(
            engine, neighbours.NEIGHBOURS, neighbours.find_part, work, parts, settings, progress,
            meanwhile=lambda: _find_keyness(work, settings), follow=take,
        )  # fmt: skip
    settings["slices_of_time"] = stories.time_slices(days, max(1_000, min(stories.SLICE, len(days) // 8)))

    def choose() -> None:
        a, b, _ = duplicates.pairs_of(work, slices)
        first = stories.collapse(len(days), a, b)
        chosen = (first == np.arange(len(days))) & (days != stories.NO_DAY)
        stages.save(work / "chosen.npz", days=days, first=first, chosen=chosen)

    _once(work / "chosen.npz", choose)
    run_stage(engine, stories.STORIES, stories.find_alike, work, len(settings["slices_of_time"]), settings, progress)
    run_stage(engine, likeness.TITLES, likeness.weigh_titles, work, parts, settings, progress)


def _find_keyness(work: Path, settings: dict) -> None:
    _once(work / tables.KEYNESS, lambda: tables.write_keyness(work, settings["parts"], settings["room"]))


@contextmanager
def _unless_there(
    path: Path, making: AbstractContextManager[Callable[[int], None]]
) -> Iterator[Callable[[int], None] | None]:
    """Yield what `making` takes parts with, or nothing where `path` is there already."""
    if path.exists():
        yield None
        return
    with making as take:
        yield take
    budget.give_back()


def _once(path: Path, make: Callable[[], object]) -> None:
    if not path.exists():
        make()
        budget.give_back()


def _notes(aside: pd.DataFrame, damaged: list[str]) -> list[str]:
    notes = [f"left out, as it is damaged: {name}" for name in damaged]
    lost = int((aside["outcome"] == "set aside").sum()) - len(damaged)
    if lost > 0:
        notes.append(f"{lost} article{'s were' if lost > 1 else ' was'} set aside; load_report.parquet says why")
    undated = int((aside["outcome"] == "analysed").sum())
    if undated:
        notes.append(f"{undated} date{'s are' if undated > 1 else ' is'} not ISO 8601 and counted as unknown")
    return notes


def fingerprint(out: Path) -> dict[str, str]:
    """Return the hash of each table in `out`, by name."""
    return {name: output.hash_of(out / f"{name}.parquet") for name in TABLES}
