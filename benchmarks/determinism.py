"""The same story under settings that must not matter: every table and figure must be the same bytes.

usage: python -m benchmarks.determinism
Prints a table and writes benchmarks/results/determinism.md. Exit code 1 where any byte differs.
"""

from __future__ import annotations

import hashlib
import itertools
import os
import random
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.reliability import RESULTS

STORY = Path(__file__).resolve().parents[1] / "data" / "alaska-summit"
SEEDS, THREADS = ("0", "1", "4242"), ("1", "2")
PLACES = (
    {"LC_ALL": "C", "TZ": "UTC"},
    {"LC_ALL": "C.UTF-8", "TZ": "Asia/Kathmandu"},
    {"LC_ALL": "POSIX", "TZ": "America/Anchorage", "PYTHONUTF8": "0"},
    {"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "TZ": "Europe/Berlin"},
)
#: Every combination of seed, threads and place; the files are written in a new order for each.
SETTINGS = [
    {"PYTHONHASHSEED": seed, "OMP_NUM_THREADS": n, "OPENBLAS_NUM_THREADS": n, "NUMBA_NUM_THREADS": n} | place
    for seed, n, place in itertools.product(SEEDS, THREADS, PLACES)
]
WORK = """
import os, random, sys
real = os.scandir
class Listing:
    def __init__(self, path):
        with real(path) as found: self.found = list(found)
        random.Random(int(sys.argv[4])).shuffle(self.found)
    def __iter__(self): return iter(self.found)
    def __next__(self): raise StopIteration
    def __enter__(self): return self
    def __exit__(self, *_): pass
    def close(self): pass
listdir = os.listdir
def shuffled(path="."):
    names = listdir(path); random.Random(int(sys.argv[4])).shuffle(names); return names
os.scandir, os.listdir = Listing, shuffled
from summit_analysis import analysis, load_corpus
from summit_analysis.publish.gallery import FIGURES, Gallery
from summit_analysis.publish.run import run
run(sys.argv[1], sys.argv[2], tables_only=True)
if sys.argv[3] == "figures":
    gallery = Gallery(analysis.tables(load_corpus(sys.argv[1])), sys.argv[2] + "-figures")
    for name in FIGURES: gallery.publish(name)
"""


def hashes(folder: Path) -> dict[str, str]:
    """Return the hash of each file below `folder` by its name; the manifest, which names the story's place, left out."""
    files = sorted(p for p in folder.rglob("*") if p.is_file() and p.name != "manifest.json")
    return {p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


def copied(story: Path, place: Path, seed: int) -> Path:
    """Copy `story` file by file, in an order of its own, with the rows of its table in another order too."""
    chance = random.Random(seed)
    files = sorted(p for p in story.rglob("*") if p.is_file())
    chance.shuffle(files)
    for path in files:
        target = place / path.relative_to(story)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    table = place / "articles.csv"
    if table.exists():
        header, *rows = table.read_text(encoding="utf-8").splitlines()
        chance.shuffle(rows)
        table.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return place


def made(setting: dict[str, str], story: Path, place: Path, number: int, *, figures: bool = True) -> dict[str, str]:
    """Return the hashes of what a process under `setting` makes of a shuffled copy of `story`."""
    copy = copied(story, place / f"{number}" / story.name, number)
    out = place / f"{number}" / "out"
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "TZ", "PYTHONHASH"))
    }
    words = [sys.executable, "-c", WORK, str(copy), str(out), "figures" if figures else "", str(number)]
    subprocess.run(words, env=kept | setting, check=True, capture_output=True, cwd=STORY.parents[1])
    return hashes(out.parent / "out") | {f"figures/{k}": v for k, v in hashes(out.parent / "out-figures").items()}


def main() -> int:
    """Run every setting and return the exit code."""
    lines = ["# Settings that must not matter", "", "Made by `python -m benchmarks.determinism`.", ""]
    lines += ["| seed | threads | locale | time zone | files | differing |", "| --- | --- | --- | --- | ---: | ---: |"]
    first: dict[str, str] = {}
    bad = 0
    with tempfile.TemporaryDirectory(prefix="settings-") as place:
        for number, setting in enumerate(SETTINGS):
            found = made(setting, STORY, Path(place), number)
            first = first or found
            differing = [name for name in first.keys() | found.keys() if first.get(name) != found.get(name)]
            bad += bool(differing)
            cells = (
                setting["PYTHONHASHSEED"],
                setting["OMP_NUM_THREADS"],
                setting["LC_ALL"],
                setting["TZ"],
                len(found),
                len(differing),
            )
            lines.append("| " + " | ".join(map(str, cells)) + " |")
            print(lines[-1], *differing[:5], flush=True)
    lines += ["", f"{len(SETTINGS)} settings, {bad} that change a byte."]
    print(lines[-1])
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "determinism.md").write_text("\n".join([*lines, ""]), encoding="utf-8")
    return int(bool(bad))


if __name__ == "__main__":
    sys.exit(main())
