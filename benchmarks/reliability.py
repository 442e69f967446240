"""Run every case of the fault table through every carrier, ours and a plain baseline, and say what a user got.

usage: python -m benchmarks.reliability [--only PATTERN] [--ours] [--whole] [--kept FILE [--minutes N]]
Prints the table and writes benchmarks/results/reliability.md and reliability.csv. `--whole` runs one case of each class
with figures and notebooks as well. `--kept` goes on where the last call stopped (`benchmarks.slices`). Exit code 1 where
an outcome is not the promised one, 3 where the time was up.
"""

from __future__ import annotations

import argparse
import csv
import importlib
import json
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from benchmarks import fault_cases
from benchmarks.fault_cases import ASIDE, ERROR, RIGHT, Case, matches
from benchmarks.fault_cases.runaway import FULL
from benchmarks.sandbox import Ended, call
from benchmarks.slices import Slices, TimeUpError, add_options
from benchmarks.stories import CALM
from summit_analysis.strict_csv import numbered_records, unguard_formula

RESULTS = Path(__file__).parent / "results"
TRACEBACK, WRONG, HANG = "traceback", "silently wrong", "hang"
OUTCOMES = (RIGHT, ASIDE, ERROR, TRACEBACK, WRONG, HANG)
FORMULA = re.compile(r"[=+\-@\t\r]")
# What the hostile cases would have a browser or JupyterLab run, where it is not escaped.
LIVE = re.compile(
    r"<script>alert\(1\)|<img src=x onerror|<svg onload|<button data-commandlinker|href=.?javascript:|\]\(javascript:"
)


@dataclass(frozen=True)
class Result:
    """What one case gave in one carrier: the outcome, whether it is the promised one, and why not."""

    case: Case
    carrier: str
    outcome: str
    why: str = ""
    seconds: float = 0.0

    @property
    def kept(self) -> bool:
        """Whether the user got what the fault table promises."""
        return self.outcome == self.case.outcome and not self.why


def run_case(case: Case, carrier: str, place: Path, *, whole: bool = False) -> Result:
    """Run one case in a child as the command line would, and judge what it left behind."""
    from summit_analysis import cli

    story = case.build(place, carrier)
    out = place / case.out
    before = _listing(place)
    words = ["run", str(story), "--out", str(out)] + ([] if whole else ["--tables"])
    ended = call(
        lambda: cli.app(words), place.parent / f"{place.name}-printed", seconds=case.seconds * (5 if whole else 1)
    )
    outcome, why = judge(case, ended, place, out, before)
    return Result(case, carrier, outcome, why, ended.seconds)


def run_pair(case: Case, carrier: str, *, whole: bool = False) -> Result:
    """Run one case in a folder of its own that is removed afterwards."""
    with tempfile.TemporaryDirectory(prefix="fault-") as folder:
        return run_case(case, carrier, Path(folder) / "case", whole=whole)


def judge(case: Case, ended: Ended, place: Path, out: Path, before: set[str]) -> tuple[str, str]:
    """Return the outcome that `ended` and the files amount to, and what breaks the promise, if anything does."""
    if ended.hung or ended.code in (-9, -24):
        return HANG, f"stopped after {ended.seconds:.0f} s"
    if "Traceback" in ended.errors or ended.code not in (0, 1):
        return TRACEBACK, ended.errors.strip().splitlines()[-1][:200] if ended.errors.strip() else f"exit {ended.code}"
    if "\x1b" in ended.errors + ended.printed or "\u202e" in ended.errors + ended.printed:
        return WRONG, "a message sends codes to the terminal"
    if ended.code == 1:
        if _listing(place) != before:
            return WRONG, f"an error, but it left {sorted(_listing(place) - before)[:3]}"
        if "error:" not in ended.errors or "→" not in ended.errors:
            return WRONG, "an error without a message"
        if case.outcome == ERROR and not matches(case.words, ended.errors):
            return ERROR, f"the message lacks {case.words!r}: {ended.errors[-300:]}"
        return ERROR, "" if case.outcome == ERROR else ended.errors.strip()[-300:]
    return _judge_tables(case, ended, out / "tables")


def _listing(place: Path) -> set[str]:
    return {p.relative_to(place).as_posix() for p in place.rglob("*")}


def _rows(path: Path) -> list[dict[str, str]]:
    header, *rows = _cells(path)
    return [dict(zip(header, map(unguard_formula, row), strict=True)) for row in rows]


def _cells(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return [record for _, record, _ in numbered_records(file)]


def _judge_tables(case: Case, ended: Ended, tables: Path) -> tuple[str, str]:
    if case.outcome == ERROR:
        return WRONG, "analysed what should have been refused"
    from summit_analysis.analysis import WRITTEN

    articles = {row["article"]: row for row in _rows(tables / "articles.csv")}
    report = _rows(tables / "load_report.csv")
    aside = [row for row in report if row["outcome"] == "set aside"]
    if sorted(articles) != sorted(case.analysed):
        return WRONG, f"analysed {sorted(articles)[:5]} instead of {sorted(case.analysed)[:5]}"
    if len(report) != len(articles) + len(aside):
        return WRONG, f"{len(report)} read, {len(articles)} analysed and {len(aside)} set aside"
    if list(articles) != sorted(articles):
        return WRONG, "articles are not ordered by id"
    if strange := {path.stem for path in tables.iterdir()} - set(WRITTEN):
        return WRONG, f"tables that nobody made: {sorted(strange)}"
    if bool(aside) != (case.outcome == ASIDE):
        return WRONG, f"{len(aside)} set aside"
    told = " ".join(row["reason"] + row["note"] for row in report) + ended.printed
    if not matches(case.words, told):
        return WRONG, f"nothing says {case.words!r}: {told[-200:]}"
    texts = {article: str(row["text"]) for article, row in CALM.items()} | case.texts
    wrong = _wrong_offsets(tables, texts) or _wrong_cells(case, articles) or _wrong_similarity(case, tables, ended)
    if wrong := wrong or _live_page(tables.parent):
        return WRONG, wrong
    return ASIDE if aside else RIGHT, _loose_formula(tables)


def _wrong_offsets(tables: Path, texts: dict[str, str]) -> str:
    seen: Counter[str] = Counter()
    for name in ("segments", "quotations"):
        for row in _rows(tables / f"{name}.csv"):
            seen[row["article"]] += 1
            text = texts.get(row["article"])
            if text is not None and text[int(row["start"]) : int(row["end"])] != row["text"]:
                return f"{name} of {row['article']} [{row['start']}:{row['end']}] do not hold {row['text'][:40]!r}"
    missing = [a for a in texts if not seen[a] and a in {r["article"] for r in _rows(tables / "articles.csv")}]
    return f"no segment of {missing}" if missing else ""


def _wrong_cells(case: Case, articles: dict[str, dict[str, str]]) -> str:
    for article, cells in case.cells.items():
        for column, value in cells.items():
            if column in articles[article] and articles[article][column] != value:
                return f"{column} of {article} is {articles[article][column][:60]!r}"
    return ""


def _wrong_similarity(case: Case, tables: Path, ended: Ended) -> str:
    if case.undefined:
        return (
            ""
            if not (tables / f"{case.undefined}.csv").exists() and "note:" in ended.printed
            else "made what is not defined"
        )
    if not case.similarity:
        return ""
    pair, cosine = set(case.similarity[:2]), float(case.similarity[2])
    found = [
        r for r in _rows(tables / "similarity.csv") if {r["article_a"], r["article_b"]} == pair and r["voice"] == "all"
    ]
    return "" if [float(row["cosine"]) for row in found] == [cosine] else f"similarity is {found}"


def _loose_formula(tables: Path) -> str:
    for path in sorted(tables.glob("*.csv")):
        for row in _cells(path):
            for cell in row:
                if FORMULA.match(cell) and not re.fullmatch(r"-?[\d.]+(e[-+]?\d+)?|-inf", cell):
                    return f"{path.name} holds {cell[:40]!r}, which a spreadsheet would run"
    return ""


def _live_page(out: Path) -> str:
    """Return which page, picture or notebook of a whole run would run what stands in an article."""
    for path in sorted(p for p in out.rglob("*") if p.suffix in (".html", ".svg", ".md", ".ipynb")):
        page = path.read_text(encoding="utf-8")
        if path.suffix == ".ipynb":
            outputs = (o for cell in json.loads(page)["cells"] for o in cell.get("outputs", ()))
            shown = (o.get("data", {}).get(kind, "") for o in outputs for kind in ("text/html", "text/markdown"))
            page = "\n".join("".join(lines) for lines in shown)
        if found := LIVE.search(page):
            return f"{path.name} would run {found.group()!r}"
    return ""


def run_baseline(case: Case, carrier: str) -> Result:
    """Run one case through the plain script and judge it by the same expectations."""
    from benchmarks.baseline import compare_plainly

    with tempfile.TemporaryDirectory(prefix="plain-") as folder:
        place = Path(folder) / "case"
        story, out = case.build(place, carrier), place / case.out
        ended = call(lambda: compare_plainly(story, out), Path(folder) / "printed", seconds=30)
        if ended.hung or ended.code in (-9, -24):
            return Result(case, carrier, HANG, "stopped", ended.seconds)
        if ended.code:
            return Result(case, carrier, TRACEBACK, ended.errors.strip().splitlines()[-1][:120], ended.seconds)
        why = _wrong_plainly(case, out)
    return Result(case, carrier, WRONG if why else RIGHT, why, ended.seconds)


def _wrong_plainly(case: Case, out: Path) -> str:
    if case.outcome == ERROR:
        return "analysed what should have been refused"
    if case.outcome == ASIDE:
        return "analysed what cannot be used, or lost it without a word"
    header, *rows = _cells(out / "articles.csv")
    articles = {row.get("article", ""): row for row in (dict(zip(header, c, strict=False)) for c in rows)}
    if sorted(articles) != sorted(case.analysed):
        return f"articles {sorted(articles)[:4]}"
    for article, text in case.texts.items():
        if articles[article]["text"].replace("\r\n", "\n").replace("\r", "\n") != text:
            return f"text of {article} is another"
        if FORMULA.match(articles[article]["text"]):
            return "a cell that a spreadsheet would run"
    for article, cells in case.cells.items():
        if any(articles[article].get(column, value) != value for column, value in cells.items()):
            return f"a cell of {article} is another"
        if any(FORMULA.match(value) for value in cells.values()):
            return "a cell that a spreadsheet would run"
    if case.words and case.outcome == RIGHT:
        return "no note where a user would want one"
    page = (out / "page.html").read_text(encoding="utf-8")
    if re.search(r"<script>alert\(1\)|onerror=alert|onload=alert|javascript:alert|<button data-commandlinker", page):
        return "the page runs what stands in an article"
    return ""


def table_of(ours: list[Result], plain: list[Result]) -> list[str]:
    """Return the result as the lines of a Markdown table: a row per class, and the sums."""
    head = ["class", "pairs", *(f"ours: {o}" for o in OUTCOMES), "not as promised"]
    head += [f"plain: {o}" for o in (RIGHT, TRACEBACK, WRONG, HANG)] if plain else []
    lines = ["| " + " | ".join(head) + " |", "| " + " | ".join(["---"] + ["---:"] * (len(head) - 1)) + " |"]
    groups = list(dict.fromkeys(r.case.group for r in ours))
    for group in [*groups, ""]:
        mine = [r for r in ours if not group or r.case.group == group]
        theirs = [r for r in plain if not group or r.case.group == group]
        cells = [group or "all", len(mine), *(sum(r.outcome == o for r in mine) for o in OUTCOMES)]
        cells += [sum(not r.kept for r in mine)]
        cells += [sum(r.outcome == o for r in theirs) for o in (RIGHT, TRACEBACK, WRONG, HANG)] if plain else []
        lines.append("| " + " | ".join(map(str, cells)) + " |")
    return lines


def measure(
    pairs: list[tuple[Case, str]], slices: Slices, *, ours: str, plain: bool
) -> tuple[list[Result], list[Result]]:
    """Return the results of `pairs`, those of ours (`ours` names the kind of run) and of the baseline; none is run twice."""

    def result(kind: str, case: Case, carrier: str, run: Callable[[], Result]) -> Result:
        fields = slices.get(f"{kind}: {case.group}: {case.name} [{carrier}]", lambda: _fields(run()))
        return Result(case, carrier, *fields)

    whole = ours == "whole"
    mine, theirs = [], []
    for number, (case, carrier) in enumerate(pairs, start=1):
        mine.append(r := result(ours, case, carrier, partial(run_pair, case, carrier, whole=whole)))
        if plain:
            theirs.append(result("plain", case, carrier, partial(run_baseline, case, carrier)))
        if not r.kept:
            print(f"NOT KEPT {case.group}: {case.name} [{carrier}]: {r.outcome}: {r.why}", flush=True)
        elif number % 100 == 0:
            print(f"{number} of {len(pairs)}", file=sys.stderr, flush=True)
    return mine, theirs


def _fields(result: Result) -> list[object]:
    return [result.outcome, result.why, result.seconds]


def one_of_each_class(pairs: list[tuple[Case, str]]) -> list[tuple[Case, str]]:
    """Return the first pair of each class and outcome."""
    firsts: dict[tuple[str, str], tuple[Case, str]] = {}
    for case, carrier in pairs:
        firsts.setdefault((case.group, case.outcome), (case, carrier))
    return list(firsts.values())


def main() -> int:
    """Run the table and return the exit code."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--only", default="", help="run the cases whose class and name hold this pattern")
    options.add_argument("--ours", action="store_true", help="leave the plain baseline out")
    options.add_argument("--full", action="store_true", help="with the cases at full size, which take minutes each")
    options.add_argument("--whole", action="store_true", help="one case of each class, with figures and notebooks")
    add_options(options)
    chosen = options.parse_args()
    for name in ("summit_analysis.cli", "summit_analysis.publish.run", "benchmarks.baseline"):
        importlib.import_module(name)
    pairs = [p for p in fault_cases.pairs() if re.search(chosen.only, f"{p[0].group}: {p[0].name}")]
    if not chosen.full:
        pairs = [p for p in pairs if p[0].group != FULL.name]
    kind = "whole" if chosen.whole else "ours"
    if chosen.whole:
        pairs = one_of_each_class(pairs)
    try:
        slices = Slices(chosen.kept, chosen.minutes)
        ours, plain = measure(pairs, slices, ours=kind, plain=not (chosen.ours or chosen.whole))
    except TimeUpError:
        print(f"time is up: {len(slices.known)} runs are kept in {chosen.kept}")
        return 3
    lines = table_of(ours, plain)
    print("\n".join(lines))
    if not chosen.only:
        _store(lines, ours, plain, "reliability_whole" if chosen.whole else "reliability")
    return int(not all(result.kept for result in ours))


def _store(lines: list[str], ours: list[Result], plain: list[Result], name: str) -> None:
    RESULTS.mkdir(exist_ok=True)
    text = [
        "# What a user gets for faulty input",
        "",
        "Made by `python -m benchmarks.reliability`; a pair is a case and a way to keep the story.",
        "",
        *lines,
        "",
    ]
    (RESULTS / f"{name}.md").write_text("\n".join(text), encoding="utf-8")
    theirs = {(r.case.name, r.carrier): r for r in plain}
    with (RESULTS / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["class", "case", "carrier", "promised", "ours", "plain", "plain_reason"])
        for r in ours:
            other = theirs.get((r.case.name, r.carrier))
            writer.writerow(
                [
                    r.case.group,
                    r.case.name.strip(),
                    r.carrier,
                    r.case.outcome,
                    r.outcome,
                    other.outcome if other else "",
                    other.why if other else "",
                ]
            )


if __name__ == "__main__":
    sys.exit(main())
