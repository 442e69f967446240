"""A slice of `benchmarks/reuse.py`: two made events that the threshold was not set on, one of them without its ancestor."""

import importlib.util

import pytest
from tests_root import ROOT

SPEC = importlib.util.spec_from_file_location("benchmark_of_reuse", ROOT / "benchmarks" / "reuse.py")
BENCHMARK = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(BENCHMARK)


@pytest.mark.parametrize("event", ["orvane-dam", "sunder-election"])
def test_every_pair_that_shares_copy_is_found_and_no_other(event):
    pairs, agreement = BENCHMARK.judge(BENCHMARK.CASES / event)
    assert (pairs["found"] == (pairs["truth"] == "shares")).all()
    assert agreement == {"ari": 1.0, "ari_without_heavy": 1.0}
    # Neither is near the threshold.
    assert pairs.loc[pairs["truth"] == "shares", "score"].min() > 3
    assert pairs.loc[pairs["truth"] == "independent", "score"].max() < 0.3


def test_credit_lines_of_the_made_cases_are_read():
    for event in BENCHMARK.events():
        story = BENCHMARK.tables(BENCHMARK.load_corpus(event))
        truth = BENCHMARK.tomllib.loads((event / "truth.toml").read_text(encoding="utf-8"))
        found = dict(zip(story["credits"]["article"], story["credits"]["text"], strict=True))
        for article in truth["article"]:
            line = found.get(article["id"], "")
            assert bool(line) == bool(article["credit"]), article["id"]
            assert article["credit"] in line or line in article["credit"]
