"""What whole archive runs take at most of the memory they are granted, by size of the archive and grant."""

from __future__ import annotations

import argparse
import os
import tempfile
from pathlib import Path

import pandas as pd
import texts
from scale import PAUSE, RESULTS, measure

GIGABYTE = 1 << 30


def write(table: pd.DataFrame, cores: int) -> None:
    """Write the table as Markdown."""
    lines = [
        "# The memory that an archive run is granted, and what it takes", "",
        f"Whole runs with `--cores {cores}`, neighbours as they are chosen by default (all pairs up to 40,000 articles). Peak: the largest sum of the proportional set sizes (PSS) of all "
        f"processes, looked at every {PAUSE:g} s; a page that n processes share counts 1/n in each, files that are read in place and libraries count. Of it anon: what the processes wrote themselves "
        "(its own peak). Above the archive's own articles: halves of two of them joined, every fifth word drawn from all. Seconds and CPU seconds are of a machine that others use too.",
        "", "| Articles | granted, GB | peak, GB | of it anon, GB | stage of the peak | seconds | CPU seconds |", "| --- " * 7 + "|",
    ]  # fmt: skip
    for row in table.itertuples():
        lines.append(f"| {row.articles:,} | {row.granted:g} | {row.peak:.2f} | {row.anon:.2f} | {row.where} | {row.seconds:.0f} | {row.cpu:.0f} |")  # fmt: skip
    (RESULTS / "memory.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Measure each size at each grant and write ``results/memory.*``."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--archive", default=os.environ.get("ARCHIVE", ""))
    parser.add_argument("--sizes", type=int, nargs="*", default=[10_000, 30_000])
    parser.add_argument("--granted", type=float, nargs="*", default=[1, 2, 4], help="gigabytes")
    parser.add_argument("--cores", type=int, default=2)
    options = parser.parse_args()
    articles = texts.load(options.archive, 10_000)
    # What is not measured anew is kept.
    kept = RESULTS / "memory.csv"
    rows = pd.read_csv(kept).to_dict("records") if kept.exists() else []
    for size in options.sizes:
        with tempfile.TemporaryDirectory() as folder:
            shards = texts.splice(articles, size, Path(folder) / "shards")
            for granted in options.granted:
                found = measure(shards, options.cores, int(granted * GIGABYTE), "auto")
                own = {"articles": size, "granted": granted}
                rows = [row for row in rows if {name: row[name] for name in own} != own]
                sizes = {name: round(found[name] / GIGABYTE, 3) for name in ("peak", "anon")}
                times = {name: round(found[name], 1) for name in ("seconds", "cpu")}
                rows.append(own | sizes | {"where": found["where"]} | times)
                print(rows[-1], flush=True)
                table = pd.DataFrame(rows).sort_values(["articles", "granted"])
                RESULTS.mkdir(exist_ok=True)
                table.to_csv(kept, index=False, lineterminator="\n")
                write(table, options.cores)


if __name__ == "__main__":
    main()
