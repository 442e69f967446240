"""Articles become parts, and what cannot be used is set aside with its reason."""

import json
import random

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from archive_rows import article

from summit_analysis.archive import ingestion, reading
from summit_analysis.errors import StoryError


def ingested(path, tmp_path):
    folder = tmp_path / "parts"
    aside = ingestion.ingest(reading.shards(path), folder)
    return ingestion.read_index(folder), aside, folder


@pytest.mark.parametrize("name", ["a.parquet", "a.jsonl", "a.csv"])
def test_formats_give_the_same_articles(name, write_archive, tmp_path):
    index, aside, folder = ingested(write_archive([article(n) for n in range(5)], name), tmp_path)
    assert index["article"].tolist() == ["a0000", "a0001", "a0002", "a0003", "a0004"]
    assert index["published"].iloc[1] == "2024-01-02"
    assert aside.empty
    assert ingestion.read_part(folder, 0, ["text"])["text"][3].as_py() == article(3)["text"]


def test_shards_are_read_by_name_and_cut_into_parts(write_archive, tmp_path, monkeypatch):
    monkeypatch.setattr(ingestion, "PART_BYTES", 200)
    write_archive([article(1)], "shards/b.parquet")
    write_archive([article(2), article(3), article(4)], "shards/a.parquet")
    index, _, folder = ingested(tmp_path / "shards", tmp_path)
    assert index["article"].tolist() == ["a0002", "a0003", "a0004", "a0001"]
    assert len(ingestion.part_paths(folder)) == 2
    assert index["position"].tolist() == [0, 1, 0, 1]


@pytest.mark.parametrize(
    ("columns", "reason"),
    [
        ({"text": None}, "text is missing"),
        ({"text": "  "}, "text is empty"),
        ({"outlet": ""}, "outlet is empty"),
        ({"text": "a \x00 b"}, "text holds a NUL character at 2"),
        ({"text": "! ?"}, "it holds no word of two letters or more"),
    ],
)
def test_an_article_that_cannot_be_used_is_set_aside(columns, reason, write_archive, tmp_path):
    index, aside, _ = ingested(write_archive([article(1), article(2, **columns)]), tmp_path)
    assert index["article"].tolist() == ["a0001"]
    assert aside[["place", "outcome", "reason"]].to_numpy().tolist() == [["row 2", "set aside", reason]]


def test_an_id_may_be_the_number_0(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text("".join(json.dumps(article(n) | {"article": n}) + "\n" for n in range(3)))
    index, aside, _ = ingested(path, tmp_path)
    assert index["article"].tolist() == ["0", "1", "2"]
    assert aside.empty


def test_a_date_that_is_not_iso_counts_as_none(write_archive, tmp_path):
    index, aside, _ = ingested(write_archive([article(1, published="03/04/2025")]), tmp_path)
    assert index["published"].tolist() == [""]
    assert aside["outcome"].tolist() == ["analysed"]


def test_an_id_twice_across_shards(write_archive, tmp_path):
    write_archive([article(1), article(2)], "shards/a.parquet")
    write_archive([article(2)], "shards/b.parquet")
    with pytest.raises(StoryError, match=r"a\.parquet and b\.parquet, rows 2 and 1: the article id 'a0002'"):
        ingested(tmp_path / "shards", tmp_path)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"article": "1", "article": "2", "outlet": "x", "text": "y"}', "the row a key stands twice"),
        ('{"article": "1", "outlet": "x", "text": NaN}', "the row holds NaN, which is no JSON"),
        ("[1]", "it is no JSON object"),
    ],
)
def test_a_json_row_that_cannot_be_used(line, reason, tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text(line + '\n{"article": "9", "outlet": "x", "text": "some words"}\n')
    index, aside, _ = ingested(path, tmp_path)
    assert (index["article"].tolist(), aside["reason"].tolist()) == (["9"], [reason])


@pytest.mark.parametrize("name", ["article", "outlet", "text", "title", "published", "url"])
def test_half_a_character_in_any_column_sets_the_row_aside(name, tmp_path):
    path = tmp_path / "a.jsonl"
    rows = [article(1), article(2) | {name: "half \ud83d"}]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    index, aside, _ = ingested(path, tmp_path)
    assert index["article"].tolist() == ["a0001"]
    assert aside["reason"].tolist() == [f"{name} holds half a character (a lone surrogate)"]


def test_text_as_it_stands_in_csv(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes('\ufeffarticle,outlet,text\r\n007,NA,"line\r\nnext"\r\n'.encode())
    index, _, folder = ingested(path, tmp_path)
    assert index[["article", "outlet"]].to_numpy().tolist() == [["007", "NA"]]
    assert ingestion.read_part(folder, 0, ["text"])["text"][0].as_py() == "line\nnext"


@pytest.mark.parametrize("name", ["a.parquet", "a.jsonl"])
def test_parts_are_about_equal_and_as_many_as_cores_share_evenly(name, write_archive, tmp_path, monkeypatch):
    rows = [article(n, text=f"word{n:04} " * 20) for n in range(101)]  # 180 characters each
    monkeypatch.setattr(ingestion, "PART_BYTES", 100 * 180 // 6)
    _, _, folder = ingested(write_archive(rows, name), tmp_path)
    lengths = [len(ingestion.read_part(folder, part, ["row"])) for part in range(len(ingestion.part_paths(folder)))]
    assert len(lengths) % 4 == 0
    assert min(lengths) > max(lengths) / 2


@pytest.mark.parametrize(("total", "size"), [(0, 5), (3, 5), (10, 10), (20, 10), (21, 6), (41, 6), (800, 10)])
def test_a_part_is_never_larger_than_allowed(total, size, monkeypatch):
    monkeypatch.setattr(ingestion, "PART_BYTES", 10)
    assert ingestion._part_size(total) == size


CATCHES = {
    "article": ["", " ", "é", None, "7"],
    "outlet": ["", "\u2003", "報知", None],
    "text": ["", " \n", "! 1 a", "\ufeffSome words", "some\r\nwords", "some\x00words", "слово", "a b c", None],
    "title": ["", None, "A title"],
    "published": ["", None, "2024-02-29", "2023-02-29", "2024-01-01T10:00:00Z", "3 May", " 2024-01-01"],
    "url": [None, "https://example.org/a"],
}


@pytest.mark.parametrize("seed", range(8))
def test_rows_taken_as_columns_are_those_looked_at_one_by_one(seed, tmp_path, monkeypatch):
    chance = random.Random(seed)
    rows = [article(n) for n in range(60)]
    for row in chance.sample(rows, 25):
        for name in chance.sample(sorted(CATCHES), chance.randint(1, 2)):
            row[name] = chance.choice(CATCHES[name])
    for number, row in enumerate(rows):
        row["article"] = row["article"] and f"{row['article']}{number}"
    path = tmp_path / "a.parquet"
    pq.write_table(pa.Table.from_pylist(rows), path)
    monkeypatch.setattr(reading, "BATCH", 7)
    monkeypatch.setattr(ingestion, "PART_BYTES", 900)
    for name in ("columns", "records"):
        if name == "records":
            monkeypatch.setattr(ingestion, "_are_plain", lambda rows: np.zeros(len(rows), dtype=bool))
        aside = ingestion.ingest([path], tmp_path / name)
        aside.to_json(tmp_path / name / "aside.json")
    one, other = (sorted((tmp_path / name).iterdir()) for name in ("columns", "records"))
    assert len(one) > 3
    assert [path.read_bytes() for path in one] == [path.read_bytes() for path in other]


@pytest.mark.parametrize(
    ("kind", "values", "published", "told"),
    [
        (pa.date32(), [19_782, None], ["2024-02-29", ""], []),
        (pa.date32(), [19_782, 3_000_000], ["2024-02-29", ""], ["out of range (3000000)"]),
        (pa.timestamp("s"), [1_709_164_800, 400_000_000_000_000], ["2024-02-29T00:00:00", ""], ["out of range"]),
        (pa.int64(), [2024, 7], ["", ""], ["'2024'", "'7'"]),
        (pa.dictionary(pa.int8(), pa.string()), ["2024-02-29", None], ["2024-02-29", ""], []),
    ],
)
def test_days_of_other_types_become_text(kind, values, published, told, tmp_path):
    rows = [article(1), article(2)]
    table = pa.Table.from_pylist(rows).drop_columns("published").append_column("published", pa.array(values, kind))
    pq.write_table(table, tmp_path / "a.parquet")
    index, aside, _ = ingested(tmp_path / "a.parquet", tmp_path)
    assert index["published"].tolist() == published
    assert len(aside) == len(told)
    assert all(words in reason for words, reason in zip(told, aside["reason"], strict=True))
