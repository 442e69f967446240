"""Tables are written a stretch of rows at a time, and their bytes do not tell in which."""

import pandas as pd
import pyarrow.parquet as pq
import pytest
from archive_rows import article, events

from summit_analysis.archive import run, stories, tables
from summit_analysis.archive.engines import Local


def test_row_groups_do_not_tell_how_rows_came(tmp_path, monkeypatch):
    monkeypatch.setattr(tables, "ROWS", 10)
    rows = {"article_a": [f"a{n}" for n in range(34)], "article_b": ["b"] * 34, "jaccard": [n / 34 for n in range(34)]}
    for folder, step in (("one", 34), ("many", 3)):
        (tmp_path / folder).mkdir()
        with tables.appended(tmp_path / folder, "duplicates") as append:
            for at in range(0, 34, step):
                append({name: column[at : at + step] for name, column in rows.items()})
    one, many = (tmp_path / folder / "duplicates.parquet" for folder in ("one", "many"))
    assert one.read_bytes() == many.read_bytes()
    assert pq.read_table(one).to_pydict() == rows
    assert pq.ParquetFile(one).num_row_groups == 4


def test_a_table_without_rows_has_its_columns(tmp_path):
    for name in tables.SCHEMAS:
        with tables.appended(tmp_path, name):
            pass
        found = pd.read_parquet(tmp_path / f"{name}.parquet")
        assert found.empty and list(found.columns) == list(tables.SCHEMAS[name])


def test_a_table_that_was_not_finished_is_not_there(tmp_path):
    with pytest.raises(KeyError), tables.appended(tmp_path, "duplicates"):
        raise KeyError
    assert not (tmp_path / "duplicates.parquet").exists()


def test_stretches_of_stories_and_pairs_do_not_show(write_archive, tmp_path, monkeypatch):
    path = write_archive(events(12, outlets=3) + [article(n, published="") for n in range(20)])
    run.archive(path, tmp_path / "whole", engine=Local(1))
    monkeypatch.setattr(stories, "JUDGED", 3)
    monkeypatch.setattr(stories, "EXPLAINED", 4)
    run.archive(path, tmp_path / "stretches", engine=Local(1))
    assert run.fingerprint(tmp_path / "whole") == run.fingerprint(tmp_path / "stretches")


def test_what_speaks_for_a_story(write_archive, tmp_path):
    rows = events(3, outlets=3)
    rows += [rows[0] | {"article": "copy", "outlet": "outlet9", "published": "2024-03-20"}, article(5, published="")]
    run.archive(write_archive(rows), tmp_path / "out", engine=Local(1))
    found = pd.read_parquet(tmp_path / "out" / "stories.parquet").set_index("article")
    told = found.loc[["e00-0", "e00-1", "e00-2", "copy"]]
    assert told["story"].tolist() == ["s00"] * 4 and told["articles"].tolist() == told["outlets"].tolist() == [4] * 4
    assert set(told["first"]) == {"2024-03-01"} and set(told["last"]) == {"2024-03-20"}
    assert told["copy_of"].tolist() == ["", "", "", "e00-0"]
    assert set(told["shared_terms"].str.split(", ").explode()) >= {"mayor0", "quarry0"}
    alone = found.loc["a0005"]
    assert alone[["articles", "first", "last", "shared_terms", "copy_of"]].tolist() == [1, "", "", "", ""]
    assert pd.isna(alone["likeness"])
