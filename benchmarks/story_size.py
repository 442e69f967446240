"""Time and peak memory of `summit-analysis run --tables` for stories of 2, 20 and 200 articles of generated text.

`python -m benchmarks.story_size` prints the table and writes it to `benchmarks/results/story_size.md`. The growth exponent
is the slope between two sizes on logarithmic scales: 1 = twice the articles take twice the time.
"""

from __future__ import annotations

import math
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.stories import write_story
from benchmarks.texts import generate

SIZES = (2, 20, 200)
RESULTS = Path(__file__).parent / "results" / "story_size.md"


def measure(articles: int, folder: Path) -> tuple[float, float, float]:
    """Return wall seconds, CPU seconds and peak memory in GB of one run in a process of its own."""
    table = generate(articles)[["article", "outlet", "text"]]
    story = write_story(folder / f"story{articles}", "csv", table.to_dict("records"))
    command = [
        sys.executable,
        "-m",
        "summit_analysis.cli",
        "run",
        str(story),
        "--out",
        str(folder / f"out{articles}"),
        "--tables",
    ]
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"the run of {articles} articles failed")
    return time.perf_counter() - began, used.ru_utime + used.ru_stime, used.ru_maxrss / 1e6


def main() -> None:
    """Measure each size once, smallest first, and write the table."""
    rows: list[str] = []
    before: tuple[int, float] | None = None
    with tempfile.TemporaryDirectory() as folder:
        for articles in SIZES:
            wall, cpu, memory = measure(articles, Path(folder))
            grown = f"{math.log(cpu / before[1]) / math.log(articles / before[0]):.2f}" if before else ""
            rows.append(f"| {articles} | {wall:.1f} | {cpu:.1f} | {memory:.2f} | {grown} |")
            before = (articles, cpu)
    lines = [
        "# Time and memory against the size of a story",
        "",
        f"Made by `python -m benchmarks.story_size`: `run --tables` on generated text, {os.cpu_count()} cores.",
        "",
        "| articles | seconds | processor seconds | peak memory, GB | growth exponent |",
        "| ---: | ---: | ---: | ---: | ---: |",
        *rows,
        "",
    ]
    RESULTS.write_text("\n".join(lines), encoding="utf-8")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
