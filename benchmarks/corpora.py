"""Corpora that nobody would think of, made by hypothesis: whatever comes, one of the three promised outcomes.

usage: python -m benchmarks.corpora [--examples 2000] [--kept FILE [--minutes N]]
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import warnings
from collections import Counter
from functools import partial
from pathlib import Path

from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from benchmarks.reliability import RESULTS
from benchmarks.slices import Slices, TimeUpError, add_options
from benchmarks.stories import CARRIERS, write_story
from summit_analysis import StoryError, analysis, load_corpus
from summit_analysis.analysis import WRITTEN

PART = 100  # corpora that are gone through at once
WORDS = st.sampled_from(
    [
        "the",
        "ferry",
        "Ada",
        "Lund",
        "said",
        "that",
        "U.S.",
        "“yes”",
        "”",
        "“",
        "'",
        '"',
        "it’s",
        "—",
        "–",
        ".",
        "!",
        "?",
        "…",
        ",",
        ":",
        ";",
        "(",
        ")",
        "\n",
        "\n\n",
        "Mr.",
        "No.",
        "1",
        "3.5",
        "told",
        "he",
        "she",
        "we",
        "they",
        "AGENCY,",
        "Oct",
        "3",
        "(Reuters)",
        "–",
        "\xad",
        "\u200b",
        "\u202e",
        "\u2028",
        "é",
        "İ",
        "ß",
        "渡轮",
        "🚢",
        "\t",
        "\r",
        "\x1b",
        "\x0c",
        "http://a.b/c",
        "Read",
        "more:",
        "$",
        "<",
        "&",
        "=",
        "+",
    ]
)
TEXTS = st.one_of(
    st.lists(WORDS, max_size=60).map(" ".join),
    st.lists(WORDS, max_size=40).map("".join),
    st.text(max_size=120),
    st.binary(max_size=80),
)
NAMES = st.one_of(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12),
    st.sampled_from(["NA", "007", "=1", "<b>", "$x$"]),
)
# Most stories are sound but for their texts: an id is mostly its own, an outlet is mostly named.
OUTLETS = st.one_of(*[NAMES.map("Post {}".format)] * 9, NAMES)
DATES = st.sampled_from(["", "2025-08-16", "2025-08-16T01:00:00+02:00"] * 10 + ["3/4/25"])
ROWS = st.lists(
    st.fixed_dictionaries(
        {"article": NAMES, "outlet": OUTLETS, "text": TEXTS},
        optional={"title": NAMES, "published": DATES},
    ),
    min_size=1,
    max_size=5,
).map(lambda rows: [row | {"article": f"{n % 40}{row['article']}"} for n, row in enumerate(rows)])


def _text(cell: object) -> str:
    return cell.decode("utf-8", "surrogateescape") if isinstance(cell, bytes) else str(cell)


def outcome_of(rows: list[dict], carrier: str, place: Path) -> str:
    """Write, read and measure a story; return how it ended, and fail where offsets, counts or sums are wrong."""
    columns = list(dict.fromkeys(key for row in rows for key in row))
    rows = [{column: row.get(column, "") for column in columns} for row in rows]
    try:
        corpus = load_corpus(write_story(place, carrier, rows))
    except StoryError as error:
        assert error.faults
        assert all(fault.found and fault.mend and str(fault).isprintable() for fault in error.faults)
        return "clear error"
    report = corpus.load_report
    aside = int((report["outcome"] == "set aside").sum())
    # A row of a CSV file whose cells are all blank is an empty line.
    listed = [row for row in rows if carrier != "csv" or any(_text(cell).strip() for cell in row.values())]
    assert len(report) == len(listed) == len(corpus.texts) + aside
    assert report.loc[report["outcome"] == "set aside", "reason"].str.len().gt(0).all()
    tables = analysis.tables(corpus)
    made = {name: tables[name] for name in WRITTEN if not tables.left_out(name)}
    for name in ("segments", "quotations"):
        for row in made[name].itertuples():
            assert corpus.texts[row.article][row.start : row.end] == row.text, name
    for article, text in corpus.texts.items():
        covered = made["segments"][made["segments"]["article"] == article]
        assert (covered["start"].to_numpy()[1:] >= covered["end"].to_numpy()[:-1]).all()
        outside = "".join(text[a:b] for a, b in zip([0, *covered["end"]], [*covered["start"], len(text)], strict=True))
        assert not any(c.isalnum() for c in outside), outside
    if "similarity" in made:
        low, cosine, high = (made["similarity"][c] for c in ("low", "cosine", "high"))
        assert cosine.dropna().between(0, 1).all()
        assert low.dropna().between(0, 1).all()
        assert high.dropna().between(0, 1).all()
    return "set aside" if aside else "right"


def check(examples: int, counts: dict[str, int], *, start: int = 0) -> None:
    """Go through `examples` generated stories and count their outcomes; another `start` gives other stories."""

    @seed(start)
    @settings(max_examples=examples, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(rows=ROWS, carrier=st.sampled_from(CARRIERS))
    def each(rows: list[dict], carrier: str) -> None:
        with tempfile.TemporaryDirectory(prefix="corpus-") as place, warnings.catch_warnings():
            warnings.simplefilter("error", category=RuntimeWarning)
            ended = outcome_of(rows, carrier, Path(place))
        counts[ended] = counts.get(ended, 0) + 1

    each()


def counts_from(examples: int, start: int) -> dict[str, int]:
    """Return the outcomes of `examples` stories of one start."""
    counts: dict[str, int] = {}
    check(examples, counts, start=start)
    return counts


def main() -> int:
    """Go through the stories, a part at a time, and write what became of them."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--examples", type=int, default=2000)
    add_options(options)
    chosen = options.parse_args()
    slices = Slices(chosen.kept, chosen.minutes)
    counts: Counter[str] = Counter()
    try:
        for start in range(0, chosen.examples, PART):
            part = min(PART, chosen.examples - start)
            counts.update(slices.get(f"corpora {start} {part}", partial(counts_from, part, start)))
    except TimeUpError:
        print(f"time is up: {counts.total()} corpora are kept in {chosen.kept}")
        return 3
    lines = [
        "# Generated corpora",
        "",
        "Made by `python -m benchmarks.corpora`.",
        "",
        "| outcome | corpora |",
        "| --- | ---: |",
    ]
    lines += [f"| {name} | {count} |" for name, count in sorted(counts.items())]
    lines += [
        f"| all | {counts.total()} |",
        "",
        "No other outcome: no traceback, no offset or count that is wrong.",
    ]
    print("\n".join(lines))
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "corpora.md").write_text("\n".join([*lines, ""]), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
