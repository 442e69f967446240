"""Switch each guard of the fault table off in turn: a case that does not turn red then is no test of it.

usage: python -m benchmarks.guards [--only PATTERN] [--kept FILE [--minutes N]]
`guards.toml` names each guard as a passage of the code and what stands in its place when it is off. Prints a table, with
the rows of the fault table that no guard was switched off for, and writes benchmarks/results/guards.md. Exit code 1 where
a guard is stale or nothing turns red; `--kept` goes on where the last call stopped (`benchmarks.slices`), 3 where the time was up.
"""

from __future__ import annotations

import argparse
import importlib.abc
import importlib.util
import json
import os
import re
import sys
import tempfile
import tomllib
from collections import Counter
from functools import partial
from pathlib import Path

from benchmarks.slices import Slices, TimeUpError, add_options

HERE = Path(__file__).parent
PACKAGE = HERE.parent / "summit_analysis"
GREEN = "green"
#: A pair that takes longer than this is red; with every guard on none takes half of it.
SECONDS = 30


def guards() -> list[dict[str, str]]:
    """Return each guard: name, file, old, new, rows, and perhaps whole (with figures and notebooks, in one carrier)."""
    return tomllib.loads((HERE / "guards.toml").read_text(encoding="utf-8"))["guard"]


class Switched(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """An importer that gives one module of the package with a passage replaced."""

    def __init__(self, guard: dict[str, str]) -> None:
        self.path = PACKAGE / guard["file"]
        self.name = "summit_analysis." + guard["file"].removesuffix(".py").replace("/", ".")
        source = self.path.read_text(encoding="utf-8")
        if guard["old"] not in source:
            raise LookupError(f"{guard['file']} no longer holds {guard['old']!r}")
        self.source = source.replace(guard["old"], guard["new"])

    def find_spec(self, name: str, path: object = None, target: object = None) -> object:
        """Return a spec for the switched module alone."""
        return importlib.util.spec_from_loader(name, self, origin=str(self.path)) if name == self.name else None

    def exec_module(self, module: object) -> None:
        """Run the switched source."""
        module.__file__ = str(self.path)
        exec(compile(self.source, str(self.path), "exec"), module.__dict__)


def red_rows(guard: dict[str, str]) -> tuple[Counter[str], list[str]]:
    """Run the guard's rows with the guard off, in a forked child; return what the red pairs gave, and the rows that stay green.

    The package must not have been imported yet by this process, so that the child imports it with the guard off.
    """
    with tempfile.NamedTemporaryFile("r", suffix=".txt", encoding="utf-8") as report:
        child = os.fork()
        if child == 0:
            _report(guard, Path(report.name))
        os.waitpid(child, 0)
        lines = [line.rstrip("\n").split("\t") for line in report]
    if not lines or lines[-1] != ["done"]:
        raise LookupError(lines[-1][0] if lines else f"{guard['name']}: the child died")
    red = {name for outcome, name in lines[:-1] if outcome != GREEN}
    return Counter(outcome for outcome, _ in lines[:-1] if outcome != GREEN), sorted(
        {name for _, name in lines[:-1]} - red
    )


def _report(guard: dict[str, str], path: Path) -> None:
    lines = []
    try:
        sys.meta_path.insert(0, Switched(guard))
        from dataclasses import replace

        from benchmarks import fault_cases, reliability

        importlib.import_module("summit_analysis.cli")
        importlib.import_module("summit_analysis.publish.run")
        whole = guard.get("whole", False)
        for case, carrier in fault_cases.pairs():
            if re.search(guard["rows"], f"{case.group}: {case.name}") and not (whole and carrier != case.carriers[0]):
                result = reliability.run_pair(replace(case, seconds=SECONDS), carrier, whole=whole)
                lines.append(f"{GREEN if result.kept else result.outcome}\t{case.group}: {case.name}")
        lines.append("done")
    except BaseException as error:
        lines.append(f"{guard['name']}: {type(error).__name__}: {error}".replace("\n", " "))
    finally:
        path.write_text("\n".join(lines), encoding="utf-8")
        os._exit(0)


def preload() -> None:
    """Import the libraries of the package, but nothing of it, so that children start quickly."""
    for name in ("pandas", "sklearn.feature_extraction.text", "scipy.stats", "scipy.cluster.hierarchy", "matplotlib.pyplot",
                 "pyarrow.parquet", "pydantic", "nbclient", "nbformat", "ipykernel.kernelspec", "typer", "rich.console"):  # fmt: skip
        importlib.import_module(name)
    if any(name.startswith("summit_analysis") for name in sys.modules):
        raise RuntimeError("the package has been imported already")


def rows_without_guard() -> list[str]:
    """Return the rows of the fault table that no guard names."""
    from benchmarks import fault_cases

    names = {f"{case.group}: {case.name}" for case in fault_cases.CASES}
    return sorted(n for n in names if not any(re.search(guard["rows"], n) for guard in guards()))


def switched_off(guard: dict[str, str]) -> list[object]:
    """Return how many pairs turn red with the guard off, how they do, and the rows that stay green or why it is stale."""
    try:
        how, green = red_rows(guard)
    except LookupError as error:
        return [0, "", f"STALE: {error}"]
    return [sum(how.values()), ", ".join(f"{outcome} {n}" for outcome, n in sorted(how.items())), "; ".join(green)]


def main() -> int:
    """Switch every guard off in turn and return the exit code."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--only", default="")
    add_options(options)
    chosen = options.parse_args()
    preload()
    importlib.import_module("benchmarks.fault_cases")  # part of the state that results are kept for
    slices = Slices(chosen.kept, chosen.minutes)
    lines = ["# Guards, switched off in turn", "", "Made by `python -m benchmarks.guards`.", ""]
    lines += ["| guard | file | pairs that turn red | what they give then | rows that stay green |"]
    lines += ["| --- | --- | ---: | --- | --- |"]
    bad = 0
    for guard in guards():
        if not re.search(chosen.only, guard["name"]):
            continue
        try:
            red, how, green = slices.get(f"guard: {json.dumps(guard)}", partial(switched_off, guard))
        except TimeUpError:
            print(f"time is up: {len(slices.known)} guards are kept in {chosen.kept}")
            return 3
        bad += not red
        lines.append(f"| {guard['name']} | `{guard['file']}` | {red} | {how} | {green} |")
        print(lines[-1], flush=True)
    bare = rows_without_guard()
    lines += [
        "",
        f"{len(guards())} guards; {bad} without a row that turns red.",
        "",
        f"Rows without a guard ({len(bare)}), which hold by how the code is made:",
        "",
    ]
    lines += [f"- {name}" for name in bare]
    print("\n".join(lines[-len(bare) - 4 :]))
    if not chosen.only:
        (HERE / "results" / "guards.md").write_text("\n".join([*lines, ""]), encoding="utf-8")
    return int(bool(bad))


if __name__ == "__main__":
    sys.exit(main())
