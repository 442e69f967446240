"""Each notebook under nbval beside one that only imports pandas, scikit-learn and pyplot, in turn, and where its time goes.

`python -m benchmarks.small_path` writes ``results/small_path.md``. Kernels start anew for each notebook, so that the blank one
is what no notebook can be faster than.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import nbformat
import numpy as np

from summit_analysis.publish.workspace import FIGURES

ROOT = Path(__file__).parent.parent
RESULTS = Path(__file__).parent / "results" / "small_path.md"
IMPORTS = "import matplotlib.pyplot\nimport pandas\nimport sklearn.feature_extraction.text"
PYTEST = ("-m", "pytest", "-q", "--nbval", "--nbval-current-env", "-p", "no:cacheprovider")
# Time of the processor by what it is spent on: what runs inside something else counts for that alone.
SPLIT = """
import json, os, sys, time
import nbformat
spent, stack = {}, []
def enter(name):
    now = time.process_time()
    if stack: spent[stack[-1][0]] = spent.get(stack[-1][0], 0) + now - stack[-1][1]
    stack.append([name, now])
def leave():
    name, since = stack.pop()
    now = time.process_time()
    spent[name] = spent.get(name, 0) + now - since
    if stack: stack[-1][1] = now
def timed(name, function):
    def run(*args, **more):
        enter(name(*args))
        try: return function(*args, **more)
        finally: leave()
    return run
enter("pandas, scikit-learn, pyplot")
import matplotlib.pyplot, pandas, sklearn.feature_extraction.text
leave()
enter("imports of the project")
from summit_analysis import analysis, findings, load_corpus
from summit_analysis.publish import gallery, show
leave()
analysis.Tables.__getitem__ = timed(lambda tables, name: f"table {name}", analysis.Tables.__getitem__)
gallery.render = timed(lambda figure, suffix, **more: f"figures as {suffix.upper()}", gallery.render)
gallery.render_twice = timed(lambda *args: "figures as PNG", gallery.render_twice)
gallery.Gallery.publish = timed(lambda *args: "drawing and captions", gallery.Gallery.publish)
notebook = nbformat.read(sys.argv[1], 4)
space = {"display": lambda *shown: None}
enter("rest")
for cell in notebook.cells:
    if cell.cell_type == "code": exec(cell.source, space)
leave()
print(json.dumps(spent))
"""


def run(*command: str, folder: Path) -> tuple[float, float]:
    """Return wall and CPU seconds of a command that leaves its figures in `folder`, and stop where it fails."""
    environment = os.environ | {"PYTHONPATH": str(ROOT), FIGURES: str(folder / "figures")}
    start = time.perf_counter()
    process = subprocess.Popen([sys.executable, *command], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"failed: {' '.join(command)}")
    return time.perf_counter() - start, used.ru_utime + used.ru_stime


def split(notebook: Path, folder: Path) -> dict[str, float]:
    """Return the CPU seconds of a notebook's cells by what they go to, outside a kernel."""
    script = folder / "split.py"
    script.write_text(SPLIT)
    environment = os.environ | {"PYTHONPATH": str(ROOT), "MPLBACKEND": "agg", FIGURES: str(folder / "figures")}
    command = [sys.executable, str(script), str(notebook)]
    done = subprocess.run(command, cwd=notebook.parent, env=environment, capture_output=True, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


def main() -> None:
    """Measure and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=2)
    options = parser.parse_args()
    rows, spent = [], []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        blank = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(IMPORTS, execution_count=1)])
        nbformat.write(blank, folder / "blank.ipynb")
        for notebook in sorted((ROOT / "notebooks").glob("*.ipynb")):
            times = np.array(
                [
                    [
                        run(*PYTEST, str(folder / "blank.ipynb"), folder=folder),
                        run(*PYTEST, str(notebook), folder=folder),
                    ]
                    for _ in range(options.rounds)
                ]
            )
            wall, cpu = (times[:, 1, n] / times[:, 0, n] for n in (0, 1))
            seconds = np.median(times, axis=0)
            rows.append(
                f"| {notebook.name} | {seconds[1, 0]:.1f} | {seconds[0, 0]:.1f} | {np.median(wall):.2f} ({wall.min():.2f}–{wall.max():.2f}) | "
                f"{seconds[1, 1]:.1f} | {seconds[0, 1]:.1f} | {np.median(cpu):.2f} |"
            )
            print(rows[-1], flush=True)
            parts = sorted(split(notebook, folder).items(), key=lambda item: -item[1])[:6]
            spent.append(f"| {notebook.name} | " + ", ".join(f"{what} {s:.1f}" for what, s in parts) + " |")
            print(spent[-1], flush=True)
        tables = [
            run(
                "-m",
                "summit_analysis.cli",
                "run",
                "data/alaska-summit",
                "--out",
                str(folder / f"out{n}"),
                "--tables",
                folder=folder,
            )
            for n in range(options.rounds)
        ]
    wall, cpu = np.median(tables, axis=0)
    lines = [
        "# The small path", "",
        f"Made by `python -m benchmarks.small_path`: {os.cpu_count()} cores ({platform.machine()}, Python {platform.python_version()}), {options.rounds} rounds in turn, "
        f"load {os.getloadavg()[0]:.1f} at the end. Wall and CPU seconds of `pytest --nbval` on each notebook and on a blank one that imports pandas, scikit-learn and pyplot.",
        "", "| notebook | s | blank, s | ratio, wall | CPU s | blank, CPU s | ratio, CPU |", "| --- | ---: | ---: | ---: | ---: | ---: | ---: |", *rows,
        "", f"`run data/alaska-summit --tables`: {wall:.1f} s, {cpu:.1f} CPU seconds.",
        "", "CPU seconds of the cells by what they go to (the six largest; a table's own computing, without the tables it needs):",
        "", "| notebook | |", "| --- | --- |", *spent, "",
    ]  # fmt: skip
    RESULTS.write_text("\n".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
