"""An archive is read whole, or the user hears which shard and row stands in the way."""

import csv
import json
import os
import sys

import pytest
from archive_rows import article

from summit_analysis.archive import reading
from summit_analysis.errors import StoryError


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
