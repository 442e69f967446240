"""Time and peak memory of `summit-analysis run` against the number of articles of a story, as tables alone and whole.

usage: python -m benchmarks.story_size [--tables 2 20 200 …] [--whole 20 200 …] [--kept FILE [--minutes N]]
Articles are generated, some 900 words each, every third sentence said by somebody; each has an outlet of its own. Prints
the table and writes it to `benchmarks/results/story_size.md`. The growth exponent is the slope between two sizes on
logarithmic scales: 1 = twice the articles take twice the time. A run of too many articles must be refused before it
begins, which is measured like any other.
"""

from __future__ import annotations

import argparse
import math
import os
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.slices import Slices, TimeUpError, add_options
from benchmarks.stories import write_story
from benchmarks.texts import generate

TABLES, WHOLE = (2, 20, 200), (20, 200)
RESULTS = Path(__file__).parent / "results" / "story_size.md"
REFUSED = "refused"


def articles_of(size: int, seed: int = 3) -> pd.DataFrame:
    """Return `size` articles by as many outlets, in which 150 people have their say."""
    table = generate(size)[["article", "outlet", "text"]].assign(outlet=[f"Outlet {n:05}" for n in range(size)])
    rng = np.random.default_rng(seed)
    people = [f"{first} {last}und" for first in ("Ada", "Bo", "Cleo") for last in map(chr, range(65, 91))]

    def spoken(text: str) -> str:
        sentences = text.split("\n")
        for n in range(0, len(sentences), 3):
            sentences[n] = f"“{sentences[n].rstrip('.')},” said {people[rng.integers(len(people))]}."
        return "\n".join(sentences)

    return table.assign(text=table["text"].map(spoken))


def measure(size: int, *, whole: bool) -> list[float | str]:
    """Return wall seconds, CPU seconds and peak memory in GB of one run in a process of its own, or that it was refused.

    The kernels of a whole run are processes of their own: the memory is that of the largest one.
    """
    with tempfile.TemporaryDirectory() as folder:
        story = write_story(Path(folder), "csv", articles_of(size).to_dict("records"))
        words = ["run", str(story), "--out", str(Path(folder) / "out")] + ([] if whole else ["--tables"])
        command = [sys.executable, "-m", "summit_analysis.cli", *words]
        began = time.perf_counter()
        with (Path(folder) / "told").open("wb") as told:
            process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=told)
            _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - began
        said = (Path(folder) / "told").read_text(encoding="utf-8")
    if status and "error:" not in said:
        raise SystemExit(f"the run of {size} articles failed: {said[-500:]}")
    return [wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1e6, REFUSED if status else ""]


def lines_of(measured: dict[tuple[str, int], list]) -> list[str]:
    """Return the Markdown table: a row per kind of run and size, smallest first."""
    lines = ["| run | articles | seconds | processor seconds | peak memory, GB | growth exponent |"]
    lines += ["| --- | ---: | ---: | ---: | ---: | ---: |"]
    before: tuple[str, int, float] | None = None
    for (kind, size), (wall, cpu, memory, refused) in measured.items():
        grown = ""
        if before and before[0] == kind and not refused:
            grown = f"{math.log(cpu / before[2]) / math.log(size / before[1]):.2f}"
        lines.append(f"| {kind} | {size} | {wall:.1f} | {cpu:.1f} | {memory:.2f} | {refused or grown} |")
        before = (kind, size, cpu)
    return lines


def main() -> int:
    """Measure each size once and write the table."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--tables", type=int, nargs="*", default=TABLES, help="sizes of stories run as tables alone")
    options.add_argument("--whole", type=int, nargs="*", default=WHOLE, help="sizes of stories run whole")
    add_options(options)
    chosen = options.parse_args()
    slices = Slices(chosen.kept, chosen.minutes)
    measured = {}
    try:
        for kind, sizes in (("tables", chosen.tables), ("whole", chosen.whole)):
            for size in sorted(sizes):
                run = partial(measure, size, whole=kind == "whole")
                measured[kind, size] = slices.get(f"{kind} {size}", run)
                print(kind, size, measured[kind, size], flush=True)
    except TimeUpError:
        print(f"time is up: {len(slices.known)} runs are kept in {chosen.kept}")
        return 3
    lines = [
        "# Time and memory against the size of a story",
        "",
        "Made by `python -m benchmarks.story_size`: `summit-analysis run` on generated articles, each by an outlet of its own,"
        f" {os.cpu_count()} cores.",
        "",
        *lines_of(measured),
        "",
    ]
    RESULTS.write_text("\n".join(lines), encoding="utf-8")
    print("\n".join(lines))
    return 0


if __name__ == "__main__":
    sys.exit(main())
