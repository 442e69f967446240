"""An archive is read whole, or the user hears which shard and row stands in the way."""

import csv
import json
import os
import sys

import pytest
from archive_rows import article

from summit_analysis.archive import reading
from summit_analysis.errors import StoryError


def ingested(path, tmp_path):
    folder = tmp_path / "parts"
    aside = reading.ingest(reading.shards(path), folder)
    return reading.read_index(folder), aside, folder


@pytest.mark.parametrize("name", ["a.parquet", "a.jsonl", "a.csv"])
def test_formats_give_the_same_articles(name, write_archive, tmp_path):
    index, aside, folder = ingested(write_archive([article(n) for n in range(5)], name), tmp_path)
    assert index["article"].tolist() == ["a0000", "a0001", "a0002", "a0003", "a0004"]
    assert index["published"].iloc[1] == "2024-01-02"
    assert aside.empty
    assert reading.read_part(folder, 0, ["text"])["text"][3].as_py() == article(3)["text"]


def test_shards_are_read_by_name_and_cut_into_parts(write_archive, tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "PART_BYTES", 200)
    write_archive([article(1)], "shards/b.parquet")
    write_archive([article(2), article(3), article(4)], "shards/a.parquet")
    index, _, folder = ingested(tmp_path / "shards", tmp_path)
    assert index["article"].tolist() == ["a0002", "a0003", "a0004", "a0001"]
    assert len(reading.part_paths(folder)) == 2
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


def test_a_date_that_is_not_iso_counts_as_none(write_archive, tmp_path):
    index, aside, _ = ingested(write_archive([article(1, published="03/04/2025")]), tmp_path)
    assert index["published"].tolist() == [""]
    assert aside["outcome"].tolist() == ["analysed"]


def test_an_id_twice_across_shards(write_archive, tmp_path):
    write_archive([article(1), article(2)], "shards/a.parquet")
    write_archive([article(2)], "shards/b.parquet")
    with pytest.raises(StoryError, match=r"a\.parquet and b\.parquet, rows 2 and 1: the article id 'a0002'"):
        ingested(tmp_path / "shards", tmp_path)


def test_a_shard_cut_off_and_one_with_a_changed_byte_are_named(write_archive, tmp_path):
    paths = [write_archive([article(n) for n in range(9 * k, 9 * k + 9)], f"shards/{k}.parquet") for k in range(3)]
    whole = paths[1].read_bytes()
    paths[1].write_bytes(whole[: len(whole) // 2])
    changed = bytearray(paths[2].read_bytes())
    changed[len(changed) // 4] ^= 1
    paths[2].write_bytes(changed)
    assert [fault.file for fault in reading.check(paths)] == ["1.parquet", "2.parquet"]


def test_shards_with_different_columns(write_archive, tmp_path):
    one = write_archive([article(1)], "shards/1.parquet")
    row = article(2)
    del row["title"]
    two = write_archive([row], "shards/2.parquet")
    (fault,) = reading.check([one, two])
    assert (fault.file, fault.found) == ("2.parquet", "column 'title' is not as in 1.parquet")


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.csv", "article,outlet\n1,x\n", "no column 'text'"),
        ("a.csv", "article,outlet,text\n1,x,y,z\n", "4 fields where the header has 3"),
        ("a.csv", 'article,outlet,text\n1,x,"y\n', "line 2: is damaged or cut off"),
        (
            "a.jsonl",
            '{"article": "1", "outlet": "x", "text": "some words"}\n{"article": "2", "out',
            "line 2: is damaged",
        ),
    ],
)
def test_a_broken_table_is_refused_with_its_place(name, content, message, tmp_path):
    path = tmp_path / name
    path.write_text(content)
    assert message in " ".join(map(str, reading.check([path])))


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


@pytest.mark.skipif(sys.platform != "linux", reason="other file systems refuse such a name")
def test_a_shard_whose_name_is_not_utf_8_is_refused(tmp_path):
    path = tmp_path / os.fsdecode(b"a\xff.jsonl")
    path.write_text(json.dumps(article(1)) + "\n")
    for given in (path, tmp_path):
        with pytest.raises(StoryError, match="has a name that is not UTF-8"):
            reading.shards(given)


@pytest.mark.parametrize("name", ["a.parquet", "a.jsonl", "a.csv"])
def test_a_shard_that_cannot_be_opened_is_a_fault(name, tmp_path):
    (tmp_path / name).mkdir()
    with pytest.raises(StoryError, match=rf"^{name}.*: is damaged or cut off"):
        next(reading.records(tmp_path / name))


def test_text_as_it_stands_in_csv(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes('\ufeffarticle,outlet,text\r\n007,NA,"line\r\nnext"\r\n'.encode())
    index, _, folder = ingested(path, tmp_path)
    assert index[["article", "outlet"]].to_numpy().tolist() == [["007", "NA"]]
    assert reading.read_part(folder, 0, ["text"])["text"][0].as_py() == "line\nnext"


def test_no_archive(tmp_path):
    with pytest.raises(StoryError, match="no such file or folder"):
        reading.shards(tmp_path / "none")
    with pytest.raises(StoryError, match="no archive that can be read"):
        reading.shards(tmp_path)


def test_a_long_field_is_read_and_the_limit_of_the_csv_module_stays(tmp_path):
    (tmp_path / "a.csv").write_text(f"article,outlet,text\na1,x,{'x' * 200_000}\na2,x,y\n")
    texts = []
    for _, record in reading.records(tmp_path / "a.csv"):
        assert csv.field_size_limit() == 131_072
        texts.append(len(record["text"]))
    assert texts == [200_000, 1]


@pytest.mark.parametrize("name", ["a.parquet", "a.jsonl"])
def test_parts_are_about_equal_and_as_many_as_cores_share_evenly(name, write_archive, tmp_path, monkeypatch):
    rows = [article(n, text=f"word{n:04} " * 20) for n in range(101)]  # 180 characters each
    monkeypatch.setattr(reading, "PART_BYTES", 100 * 180 // 6)
    _, _, folder = ingested(write_archive(rows, name), tmp_path)
    lengths = [len(reading.read_part(folder, part, ["row"])) for part in range(len(reading.part_paths(folder)))]
    assert len(lengths) % 4 == 0
    assert min(lengths) > max(lengths) / 2


@pytest.mark.parametrize(("total", "size"), [(0, 5), (3, 5), (10, 10), (20, 10), (21, 6), (41, 6), (800, 10)])
def test_a_part_is_never_larger_than_allowed(total, size, monkeypatch):
    monkeypatch.setattr(reading, "PART_BYTES", 10)
    assert reading._part_size(total) == size
