"""Time and peak memory of whole archive runs against size, with growth exponents; larger sizes are spliced from halves."""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import numpy as np
import pandas as pd
import texts
from matplotlib.figure import Figure

from summit_analysis.archive import memory
from summit_analysis.charts.style import GREY, INK, MARGIN, OUTLETS, SMALL, WIDE, Page, styled
from summit_analysis.publish.rendering import render

RESULTS = Path(__file__).parent / "results"
PAUSE = 0.1  # seconds between two looks at the memory
PROGRAM = """
import contextlib, json, os, sys, time
from pathlib import Path
from summit_analysis.archive import engines, run
if __name__ == "__main__":
    times, now = {}, ["start", time.perf_counter(), 0.0]
    def progress(stage, done, count):
        if stage != now[0]:
            # What runs between two stages counts to the one before it; children that have not ended are asked too.
            moment, cpu = time.perf_counter(), used()
            wall, own = times.get(now[0], (0, 0))
            times[now[0]] = (wall + moment - now[1], own + cpu - now[2])
            now[:] = [stage, moment, cpu]
            Path(sys.argv[6]).write_text(stage)
    def used():
        total = sum(os.times()[:4])
        for task in Path("/proc/self/task").iterdir():
            with contextlib.suppress(FileNotFoundError):  # a thread that has ended since
                for child in (task / "children").read_text().split():
                    fields = Path("/proc", child, "stat").read_text().rpartition(")")[2].split()
                    total += sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")
        return total
    run.archive(Path(sys.argv[1]), Path(sys.argv[2]), engine=engines.Local(int(sys.argv[3])), progress=progress,
                memory=int(sys.argv[4]), all_pairs={"auto": None, "all-pairs": True, "rare-terms": False}[sys.argv[5]])
    progress("end", 0, 0)
    print(json.dumps(times))
"""


def measure(archive: Path, cores: int, granted: int, pairs: str) -> dict:
    """Return seconds, CPU seconds, peaks of memory and seconds by stage of one run.

    ``peak`` is that of the proportional set sizes of all processes together (a page that n of them share counts 1/n in
    each, so once in all), ``anon`` that of what they wrote themselves, ``where`` the stage of the former.
    """
    with tempfile.TemporaryDirectory() as folder:
        program, stage = Path(folder) / "program.py", Path(folder) / "stage"
        program.write_text(PROGRAM)
        stage.write_text("start")
        before = os.times()
        start = time.perf_counter()
        arguments = [archive, Path(folder) / "out", cores, granted, pairs, stage]
        with subprocess.Popen(
            [sys.executable, str(program), *map(str, arguments)], stdout=subprocess.PIPE, text=True
        ) as process:
            peaks = {"peak": 0, "anon": 0, "where": ""}

            def watch() -> None:
                while process.poll() is None:
                    each = [memory.taken(one) for one in memory.tree(process.pid)]
                    total, anon = (sum(one[name] for one in each) for name in ("pss", "anon"))
                    if total > peaks["peak"]:
                        peaks["peak"], peaks["where"] = total, stage.read_text() or peaks["where"]
                    peaks["anon"] = max(peaks["anon"], anon)
                    time.sleep(PAUSE)

            watcher = threading.Thread(target=watch, daemon=True)
            watcher.start()
            output, _ = process.communicate()
            watcher.join()
        if process.returncode:
            raise RuntimeError(f"the run ended with {process.returncode}")
        after = os.times()
        cpu = after.children_user + after.children_system - before.children_user - before.children_system
        return {"seconds": time.perf_counter() - start, "cpu": cpu, "stages": json.loads(output)} | peaks


@styled
def plot_scale(table: pd.DataFrame, *, title: str, footer: str) -> Figure:
    """Draw seconds and peak memory against articles, both on logarithmic scales."""
    page = Page(title, footer, content=72)
    for column, (name, unit) in enumerate((("cpu", "CPU seconds"), ("pss_gb", "peak memory (PSS), GB"))):
        axes = page.axes(MARGIN + 12 + column * (WIDE / 2), 2, WIDE / 2 - 26, 58)
        axes.plot(table["articles"], table[name], "o-", color=OUTLETS[column], markersize=4)
        axes.set(xscale="log", yscale="log", xlabel="articles", ylabel=unit)
        for row in table.itertuples():
            axes.annotate(
                f"{getattr(row, name):.3g}",
                (row.articles, getattr(row, name)),
                # Below the line, which rises; the last one has no room there.
                xytext=(6, -10) if row.articles < table["articles"].max() else (-6, 4),
                ha="left" if row.articles < table["articles"].max() else "right",
                textcoords="offset points",
                color=INK,
                size=SMALL,
                bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.5},  # the grid goes on behind it
            )
        axes.margins(y=0.12)
        axes.grid(color=GREY, linewidth=0.2)
        axes.minorticks_off()
        axes.set_xticks(table["articles"], [f"{n:,}" for n in table["articles"]])
        low, high = axes.get_ylim()
        ticks = [n * 10**power for power in range(-1, 5) for n in (1, 2, 5) if low <= n * 10**power <= high]
        axes.set_yticks(ticks, [f"{tick:,g}" for tick in ticks])
    return page.figure


def exponents(table: pd.DataFrame) -> dict[str, float]:
    """Return the slope of each column on logarithmic scales: 1 = twice the articles take twice as much."""
    x = np.log(table["articles"])
    names = [name for name in table if name.endswith("cpu") or name in ("seconds", "pss_gb", "anon_gb")]
    return {name: float(np.polyfit(x, np.log(table[name].clip(lower=0.01)), 1)[0]) for name in names}


def write(table: pd.DataFrame, options: argparse.Namespace) -> str:
    """Write the table as Markdown with growth exponents, and return the sentence below the figure."""
    grown = exponents(table) if len(table) > 1 else {}
    names = [name for name in table if name not in ("load", "neighbours")]
    lines = [
        "# A whole archive run against its size", "",
        f"Whole runs on {options.cores} of {os.cpu_count()} cores ({platform.machine()}, Python {platform.python_version()}), `--memory {options.memory / 2**30:.0f}GB`, "
        f"neighbours by {options.neighbours}. Above the archive's own articles: halves of two of them joined, every fifth word drawn from all, days in a span that grows along; "
        "their vocabulary grows slower than that of real news. Seconds of wall time, CPU seconds of all processes (also by stage), peak of memory in GB: proportional set sizes of all processes together (a page that n of them share counts 1/n in each), and of these what they wrote themselves (anon). Exponent 1 = twice the articles take twice as much; "
        "stages of less than a second say little.",
        "", "| | " + " | ".join(f"{n:,}" for n in table["articles"]) + " | exponent | of the last step |", "| --- |" + " --- |" * (len(table) + 2),
    ]  # fmt: skip
    last = exponents(table.tail(2)) if len(table) > 1 else {}
    for name in names[1:]:
        cells = [f"{value:,.2f}" if value == value else "–" for value in table[name]]
        lines.append(f"| {name.replace('_', ' ')} | " + " | ".join(cells) + f" | {grown.get(name, np.nan):.2f} | {last.get(name, np.nan):.2f} |")  # fmt: skip
    (RESULTS / "scale.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return "Growth exponent of CPU time {:.2f}, of memory {:.2f}".format(
        *(grown.get(n, np.nan) for n in ("cpu", "pss_gb"))
    )


def main() -> None:
    """Measure each size and write ``results/scale.*``."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--archive", default=os.environ.get("ARCHIVE", ""))
    parser.add_argument("--sizes", type=int, nargs="*", default=[10_000, 30_000, 100_000])
    parser.add_argument("--cores", type=int, default=2)
    parser.add_argument("--memory", type=int, default=4 << 30)
    parser.add_argument("--neighbours", default="rare-terms")
    options = parser.parse_args()
    articles = texts.load(options.archive, 10_000)
    # Sizes that are not measured anew are kept, so that a large one can be added; not those of an older measure.
    kept = RESULTS / "scale.csv"
    rows = pd.read_csv(kept).to_dict("records") if kept.exists() else []
    rows = [row for row in rows if row["articles"] not in options.sizes and "pss_gb" in row]
    table = pd.DataFrame(rows)
    for size in options.sizes:
        with tempfile.TemporaryDirectory() as folder:
            found = measure(
                texts.splice(articles, size, Path(folder) / "shards"), options.cores, options.memory, options.neighbours
            )
        stages = {f"{name}_cpu": round(cpu, 2) for name, (_, cpu) in found["stages"].items()}
        row = {
            "articles": size,
            "seconds": round(found["seconds"], 1),
            "cpu": round(found["cpu"], 1),
            "pss_gb": round(found["peak"] / 2**30, 2),
            "anon_gb": round(found["anon"] / 2**30, 2),
        }
        rows.append(row | {"load": round(os.getloadavg()[0], 1), "neighbours": options.neighbours} | stages)
        print(rows[-1], flush=True)
        rows.sort(key=lambda row: row["articles"])
        table = pd.DataFrame(rows)
        RESULTS.mkdir(exist_ok=True)
        table.to_csv(RESULTS / "scale.csv", index=False, lineterminator="\n")
        write(table, options)
    growth = write(table, options)
    footer = f"Whole runs on {options.cores} cores, --memory {options.memory / 2**30:.0f}GB, neighbours by {options.neighbours}; above 10,000 articles halves of real ones are spliced. {growth}."
    figure = plot_scale(table, title="A whole archive run against its size", footer=footer)
    (RESULTS / "scale.png").write_bytes(render(figure, "png", title="scale"))


if __name__ == "__main__":
    main()
