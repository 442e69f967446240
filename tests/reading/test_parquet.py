from datetime import UTC, datetime

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from summit_analysis import StoryError, load_corpus
from summit_analysis.reading import parquet

TEXTS = {"article": ["007", "b"], "outlet": ["NA", "null"], "text": [" Red carpet.\r\nMet.", "Red “plane”."]}


@pytest.fixture
def write(tmp_path):
    def write_table(columns, name="story.parquet", **options):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        pq.write_table(columns if isinstance(columns, pa.Table) else pa.table(columns), path, **options)
        return path

    return write_table


def test_rows_become_articles(write):
    moments = pa.array([None, datetime(2025, 8, 15, 23, tzinfo=UTC)], pa.timestamp("us", tz="Europe/Berlin"))
    corpus = load_corpus(write(TEXTS | {"published": moments, "mine": [1.5, 2.5]}))
    assert dict(corpus.texts) == {"007": " Red carpet.\nMet.", "b": "Red “plane”."}
    assert list(corpus.articles["published"]) == ["", "2025-08-15T23:00:00+00:00"]
    assert list(corpus.load_report["place"]) == ["", ""]


def test_whole_numbers_and_dictionaries_are_read_as_text(write):
    outlets = pa.array(["A", "A"]).dictionary_encode()
    corpus = load_corpus(write(TEXTS | {"article": [7, 8], "outlet": outlets}))
    assert list(corpus.articles["article"]) == ["7", "8"]
    assert list(corpus.articles["outlet"]) == ["A", "A"]


def test_a_row_without_a_usable_text_is_set_aside(write):
    half = pa.array([b"\xed\xa0\x80 carpet", None, b"caf\x81", b"Red"], pa.binary()).view(pa.string())
    corpus = load_corpus(write({"article": list("abcd"), "outlet": list("ABCD"), "text": half}))
    reasons = list(corpus.load_report["reason"])
    assert "half a character" in reasons[0]
    assert reasons[1] == "row 2: its text is missing"
    assert "fits none" in reasons[2]
    assert list(corpus.texts) == ["d"]


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ({"article": ["a"], "text": ["Red"]}, "no column 'outlet'"),
        (TEXTS | {"text": [1.5, 2.5]}, "column text: holds double, not text"),
        (TEXTS | {"text": [b"Red", b"x"]}, "column text: holds binary"),
        (TEXTS | {"outlet": [["A"], ["B"]]}, "column outlet: holds list"),
        ({"article": pa.array([], pa.string()), "outlet": pa.array([], pa.string()), "text": pa.array([], pa.string())}, "no rows"),
        (TEXTS | {"article": ["a", "a"]}, "row 1 and row 2: the article id 'a'"),
        (pa.table([["a"], ["A"], ["x"], ["y"]], names=["article", "outlet", "text", "text"]), "'text' stands twice"),
    ],
)  # fmt: skip
def test_a_faulty_table_is_one_clear_error(write, columns, message):
    with pytest.raises(StoryError, match=message):
        load_corpus(write(columns))


def test_a_flipped_bit_is_found_by_the_checksum_of_its_page(write):
    path = write(TEXTS, compression="none", use_dictionary=False, write_page_checksum=True)
    whole, expected = path.read_bytes(), dict(load_corpus(path).texts)
    refused = 0
    for at in range(4, len(whole) - 8):
        flipped = bytearray(whole)
        flipped[at] ^= 1
        path.write_bytes(flipped)
        try:
            # What is neither page nor schema, like the statistics, does no harm.
            assert dict(load_corpus(path).texts) in (expected, dict(zip(("006", "c"), expected.values(), strict=True)))
        except StoryError as error:
            refused += 1
            assert "story.parquet" in str(error)
    assert refused > 50


def test_a_file_that_was_cut_off_is_an_error(write):
    path = write(TEXTS)
    path.write_bytes(path.read_bytes()[:-30])
    with pytest.raises(StoryError, match="cannot be read as Parquet"):
        load_corpus(path)


def test_shards_are_one_table_where_their_columns_agree(write):
    write({k: v[:1] for k, v in TEXTS.items()}, "story.parquet/part-0.parquet")
    path = write({k: v[1:] for k, v in TEXTS.items()}, "story.parquet/part-1.parquet").parent
    assert list(load_corpus_of_shards(path).texts) == ["007", "b"]
    write({k: v[1:] for k, v in TEXTS.items()} | {"note": ["x"]}, "story.parquet/part-1.parquet")
    with pytest.raises(StoryError, match=r"part-1\.parquet: its columns differ from those of .*part-0\.parquet"):
        load_corpus_of_shards(path)


def load_corpus_of_shards(path):
    path = path.rename(path.with_name("articles.parquet")) if path.name != "articles.parquet" else path
    try:
        return load_corpus(path.parent)
    finally:
        path.rename(path.with_name("story.parquet"))


def test_texts_that_unfold_beyond_the_limit_are_refused_before_they_do(write, monkeypatch):
    monkeypatch.setattr(parquet, "SIZE_LIMIT", 2**20)
    bomb = pa.array(["x" * 2**18]).dictionary_encode()
    bomb = pa.DictionaryArray.from_arrays(pa.array([0] * 200, pa.int32()), bomb.dictionary)
    path = write({"article": [str(n) for n in range(200)], "outlet": ["A"] * 200, "text": bomb})
    assert path.stat().st_size < 2**19
    with pytest.raises(StoryError, match="more than 1 MB of text"):
        load_corpus(path)
