"""The made cases hold together: what their truth says of a text can be seen in the text."""

import re
import tomllib
from collections import Counter
from itertools import combinations
from pathlib import Path

import pytest

CASES = Path(__file__).parent / "reuse_cases"
EVENTS = sorted(truth.parent for truth in CASES.glob("*/truth.toml"))
README = (CASES / "README.md").read_text(encoding="utf-8")

AGENCIES = ["Coastwire", "TERN", "Meridian Press", "Pan-Continental", "Ledger Wire", "(LW)", "South Vale News", "SVN"]

each_event = pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.name)


def truth_of(event: Path) -> dict:
    return tomllib.loads((event / "truth.toml").read_text(encoding="utf-8"))


def texts_of(event: Path) -> dict[str, str]:
    return {path.stem: path.read_bytes().decode("utf-8") for path in (event / "texts").iterdir()}


def quoted_runs(text: str, words: int = 5) -> set[tuple[str, ...]]:
    """Every run of so many words inside double quotation marks."""
    found = set()
    for quotation in re.findall(r"“([^”]*)”|\"([^\"]*)\"", text):
        tokens = re.findall(r"\w+", "".join(quotation).lower())
        found |= {tuple(tokens[i : i + words]) for i in range(len(tokens) - words + 1)}
    return found


def prose_runs(text: str, words: int) -> set[tuple[str, ...]]:
    """Every run of so many words outside quotation marks."""
    found = set()
    for stretch in re.split(r"“[^”]*”|\"[^\"]*\"|\n", text):
        tokens = re.findall(r"\w+(?:[.,’']\w+)*", stretch.lower())
        found |= {tuple(tokens[i : i + words]) for i in range(len(tokens) - words + 1)}
    return found


def independents(truth: dict) -> list[str]:
    return [article["id"] for article in truth["article"] if article["lineage"].startswith("independent-")]


def test_there_are_enough_events_and_articles():
    truths = [truth_of(event) for event in EVENTS]
    assert len(EVENTS) == 7
    assert sum(len(truth["article"]) for truth in truths) == 68
    shared = [len({x["lineage"] for x in t["article"]} - {f"independent-{n}" for n in range(1, 9)}) for t in truths]
    assert sorted(shared) == [1, 1, 1, 1, 1, 2, 2]
    assert [event.name for event, truth in zip(EVENTS, truths, strict=True) if not truth["shares_copy"]] == [
        "quill-verdict"
    ]
    rewrites = Counter(article["rewrite"] for truth in truths for article in truth["article"])
    assert rewrites == {
        "wire": 8,
        "light": 6,
        "medium": 5,
        "reordered": 3,
        "condensed": 5,
        "headings": 2,
        "translated": 3,
        "embedded": 1,
        "heavy": 3,
        "quotations-only": 3,
        "none": 29,
    }


@each_event
def test_every_text_is_listed_once_and_every_listed_text_is_there(event):
    listed = [article["id"] for article in truth_of(event)["article"]]
    assert sorted(listed) == sorted(texts_of(event))
    assert len(set(listed)) == len(listed)
    assert all(path.suffix == ".txt" for path in (event / "texts").iterdir())


@each_event
def test_texts_are_plain_and_of_the_stated_size(event):
    texts = texts_of(event)
    assert len(set(texts.values())) == len(texts)
    for article in truth_of(event)["article"]:
        text = texts[article["id"]]
        assert "\r" not in text and "\ufeff" not in text and "\t" not in text
        assert text == text.strip() + "\n"
        assert 110 <= len(text.split()) <= 720, article["id"]
        if article["role"] == "wire":
            assert 250 <= len(text.split()) <= 500, article["id"]


def test_some_texts_are_short_and_some_long():
    sizes = [len(text.split()) for event in EVENTS for text in texts_of(event).values()]
    assert sum(size <= 140 for size in sizes) >= 5
    assert sum(size >= 600 for size in sizes) >= 3


@each_event
def test_pairs_follow_from_lineages(event):
    truth = truth_of(event)
    lineage = {article["id"]: article["lineage"] for article in truth["article"]}
    heavy = {article["id"] for article in truth["article"] if article["rewrite"] == "heavy"}
    same = {pair for pair in combinations(sorted(lineage), 2) if lineage[pair[0]] == lineage[pair[1]]}
    assert truth["shares_copy"] == sorted(list(pair) for pair in same if not heavy & set(pair))
    assert truth["paraphrased"] == sorted(list(pair) for pair in same if heavy & set(pair))


@each_event
def test_lineages_are_consistent_with_rewrites(event):
    truth = truth_of(event)
    wires = {article["id"] for article in truth["article"] if article["role"] == "wire"}
    alone = independents(truth)
    assert len(set(alone)) == len(alone)
    assert sum(article["rewrite"] == "none" for article in truth["article"]) >= 3
    assert len({article["lineage"] for article in truth["article"] if article["id"] in alone}) == len(alone)
    for article in truth["article"]:
        assert (article["role"] == "wire") == (article["rewrite"] == "wire")
        assert (article["id"] in alone) == (article["rewrite"] in {"none", "quotations-only"})
        assert article["id"] in alone or article["lineage"] in wires | {"lost-wire"}
        assert article["role"] == "article" or article["lineage"] == article["id"]
        assert bool(article["operations"]) == (article["rewrite"] not in {"wire", "none"})
        assert ("quotations_from" in article) == (article["rewrite"] == "quotations-only")


@each_event
def test_credit_lines_stand_in_the_texts(event):
    texts = texts_of(event)
    for article in truth_of(event)["article"]:
        first, *_, last = texts[article["id"]].splitlines()
        if article["role"] == "wire" or "credit-kept" in article["operations"]:
            assert article["credit"]
            assert first.startswith(article["credit"]) or last.endswith(article["credit"]), article["id"]
        else:
            assert article["credit"] == ""
            assert not any(agency in first[:80] or agency in last for agency in AGENCIES), article["id"]


@each_event
def test_only_articles_of_one_lineage_share_long_runs_of_prose(event):
    """Counted outside quotations; the longest run of independents, ten words, is the terms of an offer."""
    truth, texts = truth_of(event), texts_of(event)
    for a, b in combinations(sorted(texts), 2):
        if [a, b] in truth["shares_copy"]:
            assert prose_runs(texts[a], 6) & prose_runs(texts[b], 6), (a, b)
        elif [a, b] in truth["paraphrased"]:
            assert not prose_runs(texts[a], 6) & prose_runs(texts[b], 6), (a, b)
        else:
            assert not prose_runs(texts[a], 11) & prose_runs(texts[b], 11), (a, b)


@each_event
def test_readme_documents_every_rewrite_and_operation(event):
    assert f"`{event.name}` | {len(texts_of(event))} |" in README
    for article in truth_of(event)["article"]:
        for word in [article["rewrite"], *article["operations"]]:
            assert f"`{word}`" in README, word


@each_event
def test_independent_articles_share_quotations(event):
    truth, texts = truth_of(event), texts_of(event)
    for article in independents(truth):
        others = (other for other in texts if other != article)
        assert any(quoted_runs(texts[article]) & quoted_runs(texts[other]) for other in others), article


@each_event
def test_quotations_only_takes_quotations_from_the_text_it_names(event):
    texts = texts_of(event)
    for article in truth_of(event)["article"]:
        if article["rewrite"] == "quotations-only":
            assert quoted_runs(texts[article["id"]]) & quoted_runs(texts[article["quotations_from"]])


@each_event
def test_a_condensed_text_is_about_a_third_of_its_agency_text(event):
    texts = texts_of(event)
    for article in truth_of(event)["article"]:
        if article["rewrite"] == "condensed" and article["lineage"] in texts:
            share = len(texts[article["id"]].split()) / len(texts[article["lineage"]].split())
            assert 0.3 <= share <= 0.45
