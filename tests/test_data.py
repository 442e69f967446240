"""The codebook of the data against the data."""

import csv
import re
import tomllib

import pytest
from tests_root import ALASKA, ROOT

from summit_analysis.codebook import KINDS
from summit_analysis.judgements import STATUSES

PAGE = (ROOT / "data" / "README.md").read_text(encoding="utf-8")


def section(heading: str) -> str:
    return PAGE.split(f"\n## {heading}\n")[1].split("\n## ")[0]


def documented(heading: str) -> list[list[str]]:
    """Return the names in code marks of each table row in a section."""
    rows = [line for line in section(heading).splitlines() if line.startswith("| `")]
    return [[cell.strip("` ") for cell in row.strip("|").split("|")] for row in rows]


@pytest.mark.parametrize("name", ["articles.csv", "codings.csv", "quotations.csv"])
def test_every_column_is_described_in_order(name):
    with (ALASKA / name).open(encoding="utf-8", newline="") as file:
        header = next(csv.reader(file))
    assert [row[0] for row in documented(name)] == header


def test_every_key_of_the_codebook_is_described():
    known = [[kind, key] for kind, model in KINDS.items() for key in model.model_fields]
    assert [row[:2] for row in documented("codebook.toml")] == known
    required = [[k, key] for k, model in KINDS.items() for key, f in model.model_fields.items() if f.is_required()]
    assert [row[:2] for row in documented("codebook.toml") if row[2].endswith("; required")] == required


def test_every_file_of_the_story_is_described():
    names = {p.name for p in ALASKA.iterdir()}
    assert names == {"articles.csv", "codebook.toml", "codings.csv", "quotations.csv", "texts"}
    assert {h.strip("/") for h in re.findall(r"^## (\S+[/.]\S*)$", PAGE, re.MULTILINE)} == names


def test_the_four_statuses_are_described():
    row = next(row for row in documented("codings.csv") if row[0] == "status")
    assert all(f"`{status}`" in f"`{row[1]}" for status in STATUSES)


def test_every_claim_is_coded_for_every_article():
    claims = [c["id"] for c in tomllib.loads((ALASKA / "codebook.toml").read_text(encoding="utf-8"))["claim"]]
    assert len(claims) >= 15
    with (ALASKA / "codings.csv").open(encoding="utf-8", newline="") as file:
        coded = [(r["claim"], r["article"]) for r in csv.DictReader(file) if r["coder"] == "first"]
    articles = sorted(p.stem for p in (ALASKA / "texts").iterdir())
    assert sorted(coded) == sorted((claim, article) for claim in claims for article in articles)


def test_evidence_stands_at_one_place(alaska):
    for row in alaska.codebook.codings.query("evidence != ''").itertuples():
        assert alaska.corpus.texts[row.article].count(row.evidence) == 1


def test_referents_and_speakers_occur_in_the_texts(alaska):
    whole = " ".join(alaska.corpus.texts.values()).lower()
    forms = [form for forms in alaska.codebook.referents["forms"] for form in forms]
    assert [form for form in forms if form.rstrip("*").lower() not in whole] == []
    assert [name for name in alaska.codebook.speakers["name"] if name.lower() not in whole] == []
