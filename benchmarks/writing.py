"""Kill runs, fail their writes and let two meet: the output folder must always hold one whole result.

usage: python -m benchmarks.writing [--kills 300] [--whole 10]
Prints a table and writes benchmarks/results/writing.md. Exit code 1 where a result was torn or lost.
"""

from __future__ import annotations

import argparse
import contextlib
import errno
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.reliability import RESULTS
from benchmarks.sandbox import call
from benchmarks.stories import calm_rows, write_story
from summit_analysis.errors import StoryError
from summit_analysis.publish import atomic
from summit_analysis.publish.run import run

ERRORS = (errno.ENOSPC, errno.EIO, errno.EACCES)
OPERATIONS = ("mkstemp", "write", "fsync", "replace", "rename", "mkdir", "exchange")


def result_of(out: Path) -> dict[str, bytes]:
    """Return the files of the result in `out`, or nothing where it is torn: its manifest must name each by its hash."""
    try:
        manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))["files"]
    except (OSError, ValueError, KeyError):
        return {}
    files = {p.relative_to(out).as_posix(): p.read_bytes() for p in out.rglob("*") if p.is_file()}
    named = {name: atomic.sha256(content) for name, content in files.items() if name != "manifest.json"}
    return files if named == manifest else {}


class Folder:
    """Two stories and what a run of each writes: whatever happens, `out` must hold one of the two."""

    def __init__(self, place: Path, *, tables_only: bool = True) -> None:
        self.place, self.out, self.tables_only = place, place / "out", tables_only
        self.stories = [write_story(place / "one", "folder", calm_rows())]
        self.stories += [write_story(place / "two", "folder", calm_rows(title="another"))]
        self.results: list[dict[str, bytes]] = []
        for story in self.stories:
            run(story, self.out, tables_only=tables_only)
            self.results.append(result_of(self.out))
        assert self.results[0] and self.results[1] and self.results[0] != self.results[1]
        self.names = sorted(p.name for p in place.iterdir())

    def state(self) -> int | None:
        """Return which of the two results `out` holds, or None where it holds neither, whole."""
        found = result_of(self.out)
        return self.results.index(found) if found in self.results else None

    def clean(self) -> bool:
        """Return whether nothing lies beside the output that was not there before."""
        return sorted(p.name for p in self.place.iterdir()) == self.names

    def again(self) -> bool:
        """Run both stories again and return whether each gives the same bytes and leaves nothing behind."""
        same = []
        for story, result in zip(self.stories, self.results, strict=True):
            run(story, self.out, tables_only=self.tables_only)
            same.append(result_of(self.out) == result and self.clean())
        return all(same)


def kill_tables(folder: Folder, kills: int, seed: int = 1) -> dict[str, int]:
    """Kill `kills` runs of the tables after a random time and count what `out` then holds."""
    chance = random.Random(seed)
    began = time.monotonic()
    run(folder.stories[1], folder.out, tables_only=True)
    usual = time.monotonic() - began
    counts = {"earlier result whole": 0, "new result whole": 0, "torn or lost": 0}
    for number in range(kills):
        before = folder.state()
        child = os.fork()
        if child == 0:
            with contextlib.suppress(BaseException):
                run(folder.stories[number % 2], folder.out, tables_only=True)
            os._exit(0)
        time.sleep(chance.uniform(0, usual * 1.1))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        after = folder.state()
        key = "torn or lost" if after is None else "earlier result whole" if after == before else "new result whole"
        counts[key] += 1
    return counts


def kill_whole(folder: Folder, kills: int, seed: int = 2) -> dict[str, int]:
    """Kill `kills` runs with notebooks after a random time, as a process of their own, and count as `kill_tables` does."""
    chance = random.Random(seed)
    counts = {"earlier result whole": 0, "new result whole": 0, "torn or lost": 0}
    for number in range(kills):
        before = folder.state()
        words = ["run", str(folder.stories[number % 2]), "--out", str(folder.out)]
        running = subprocess.Popen(
            [sys.executable, "-m", "summit_analysis.cli", *words], stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL
        )
        with contextlib.suppress(subprocess.TimeoutExpired):
            running.wait(timeout=chance.uniform(1, 20))
        running.kill()
        running.wait()
        after = folder.state()
        key = "torn or lost" if after is None else "earlier result whole" if after == before else "new result whole"
        counts[key] += 1
    return counts


@contextlib.contextmanager
def failing(operation: str, at: int, code: int) -> Iterator[list[int]]:
    """Let call number `at` of `operation` fail with the error `code`; the list given counts the calls."""
    seen = [0]

    def refusing(function: Callable) -> Callable:
        def refused(*arguments: object, **options: object) -> object:
            seen[0] += 1
            if seen[0] == at:
                raise OSError(code, os.strerror(code))
            return function(*arguments, **options)

        return refused

    @contextlib.contextmanager
    def opened(handle: int, mode: str) -> Iterator[object]:
        with real_fdopen(handle, mode) as file:

            class Writer:
                fileno, flush = file.fileno, file.flush

                def write(self, content: bytes) -> int:
                    seen[0] += 1
                    if seen[0] == at:
                        file.write(content[: len(content) // 2])
                        file.flush()
                        raise OSError(code, os.strerror(code))
                    return file.write(content)

            yield Writer()

    real_fdopen = os.fdopen
    place, name = {
        "mkstemp": (atomic.tempfile, "mkstemp"), "write": (os, "fdopen"), "fsync": (os, "fsync"),
        "replace": (os, "replace"), "rename": (os, "rename"), "mkdir": (os, "mkdir"), "exchange": (atomic, "_exchange"),
    }[operation]  # fmt: skip
    real = getattr(place, name)
    setattr(place, name, opened if operation == "write" else refusing(real))
    try:
        yield seen
    finally:
        setattr(place, name, real)


def fail_each(folder: Folder, *, every: int = 1) -> dict[str, dict[str, int]]:
    """Fail each call of each operation in turn with each error; count clear errors, finished runs and torn results."""
    table = {}
    for operation in OPERATIONS:
        counts = {"failed calls": 0, "clear error": 0, "finished all the same": 0, "torn or lost": 0, "left behind": 0}
        with failing(operation, 0, 0) as seen:
            run(folder.stories[0], folder.out, tables_only=True)
        total = seen[0]
        for number, (at, code) in enumerate((a, c) for a in range(1, total + 1) for c in ERRORS):
            if number % every:
                continue
            counts["failed calls"] += 1
            before = folder.state()
            story = 1 - before
            with failing(operation, at, code):
                try:
                    run(folder.stories[story], folder.out, tables_only=True)
                    counts["finished all the same"] += 1
                    expected = story
                except StoryError:
                    counts["clear error"] += 1
                    expected = before
            state = folder.state()
            if state is None or (state != expected and state != story):
                counts["torn or lost"] += 1
            counts["left behind"] += not folder.clean()
            if state is None:
                run(folder.stories[0], folder.out, tables_only=True)
        table[operation] = counts
    return table


def meet(folder: Folder, times: int) -> dict[str, int]:
    """Start two runs into one folder at once, `times` times, and count the whole results."""
    counts = {"one whole result": 0, "torn or lost": 0}
    for number in range(times):
        children = []
        for story in folder.stories if number % 2 else folder.stories[::-1]:
            child = os.fork()
            if child == 0:
                code = 1
                with contextlib.suppress(BaseException):
                    run(story, folder.out, tables_only=True)
                    code = 0
                os._exit(code)
            children.append(child)
        codes = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
        whole = folder.state() is not None and codes == [0, 0] and folder.clean()
        counts["one whole result" if whole else "torn or lost"] += 1
    return counts


def interrupt(folder: Folder, times: int, seed: int = 3) -> dict[str, int]:
    """Send Ctrl-C to `times` runs after a random time; nothing may be changed or left behind."""
    chance = random.Random(seed)
    counts = {"as it was": 0, "finished before": 0, "changed": 0}
    for number in range(times):
        before, story = folder.state(), folder.stories[number % 2]

        def pressed(story: Path = story, after: float = chance.uniform(0.02, 0.3)) -> None:
            signal.signal(signal.SIGINT, signal.default_int_handler)
            signal.signal(signal.SIGALRM, lambda *_: os.kill(os.getpid(), signal.SIGINT))
            signal.setitimer(signal.ITIMER_REAL, after)
            try:
                run(story, folder.out, tables_only=True)
            except KeyboardInterrupt:
                raise SystemExit(130) from None

        ended = call(pressed, folder.place.parent / "printed")
        whole = folder.clean() and folder.state() is not None
        kept = ended.code == 130 and folder.state() == before and whole
        counts["as it was" if kept else "finished before" if whole and ended.code in (0, 130) else "changed"] += 1
    return counts


def main() -> int:
    """Run all of it and return the exit code."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--kills", type=int, default=300)
    options.add_argument("--whole", type=int, default=10)
    chosen = options.parse_args()
    lines = ["# What becomes of the output when a run is disturbed", "", "Made by `python -m benchmarks.writing`.", ""]
    lines += ["| disturbance | times | outcome |", "| --- | ---: | --- |"]
    good = True

    def note(what: str, counts: dict[str, int], times: int) -> None:
        nonlocal good
        good = good and not counts.get("torn or lost") and not counts.get("changed") and not counts.get("left behind")
        lines.append(
            f"| {what} | {times} | {', '.join(f'{k}: {v}' for k, v in counts.items() if k != 'failed calls')} |"
        )
        print(lines[-1], flush=True)

    with tempfile.TemporaryDirectory(prefix="writing-") as place:
        folder = Folder(Path(place) / "tables")
        note("SIGKILL during `run --tables`", kill_tables(folder, chosen.kills), chosen.kills)
        good = note_again(folder, lines) and good
        for operation, counts in fail_each(folder).items():
            note(f"{operation} fails with ENOSPC, EIO, EACCES", counts, counts["failed calls"])
        good = note_again(folder, lines) and good
        note("two runs at once", meet(folder, 20), 20)
        note("Ctrl-C", interrupt(folder, 30), 30)
        if chosen.whole:
            whole = Folder(Path(place) / "whole", tables_only=False)
            note("SIGKILL during a run with notebooks", kill_whole(whole, chosen.whole), chosen.whole)
            good = note_again(whole, lines) and good
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "writing.md").write_text("\n".join([*lines, ""]), encoding="utf-8")
    return int(not good)


def note_again(folder: Folder, lines: list[str]) -> bool:
    """Add a line on whether a run afterwards gives the same bytes, and return whether it does."""
    same = folder.again()
    lines.append(
        f"| a run of each story afterwards | 2 | {'the same bytes, nothing left behind' if same else 'NOT the same'} |"
    )
    print(lines[-1], flush=True)
    return same


if __name__ == "__main__":
    sys.exit(main())
