"""What an outlet repeats is set apart; what copies of an article share is not."""

from archive_rows import article

from summit_analysis.archive import boilerplate, ingestion, reading
from summit_analysis.text import segments

FURNITURE = "Our newsroom depends on readers like you"


def found(write_archive, tmp_path, rows, room=1 << 20):
    work = tmp_path / "work"
    ingestion.ingest(reading.shards(write_archive(rows)), work / "parts")
    boilerplate.find_lines(work, 0, {})
    boilerplate.find_repeated(work, 1, room)
    table = ingestion.read_part(work / "parts", 0, ["outlet", "text"])
    texts = table["text"].to_pylist()
    spans, met = boilerplate.left_out(work, 0, table["outlet"].to_pylist(), texts)
    return boilerplate.table(work, met), [[text[a:b] for a, b in own] for text, own in zip(texts, spans, strict=True)]


def furnished(n, outlet="The Lamp"):
    row = article(n, outlet=outlet)
    return row | {"text": f"{row['text']}\n  {FURNITURE}  \nThe end of {n} came late, said clerk{n}."}


def test_a_line_in_three_articles_of_an_outlet(write_archive, tmp_path):
    rows = [furnished(n) for n in range(3)] + [furnished(3, "The Wick")]
    table, spans = found(write_archive, tmp_path, rows)
    assert table.to_numpy().tolist() == [["The Lamp", FURNITURE, 3]]
    assert spans == [[FURNITURE]] * 3 + [[]]


def test_two_articles_are_not_enough(write_archive, tmp_path):
    table, _ = found(write_archive, tmp_path, [furnished(0), furnished(1)])
    assert table.empty


def test_copies_of_an_article_keep_their_text(write_archive, tmp_path):
    copies = [article(1, article=f"copy{n}", outlet="The Lamp") for n in range(5)]
    table, spans = found(write_archive, tmp_path, copies)
    assert table.empty
    assert spans == [[]] * 5


def test_lines_that_many_sites_share_are_left_out_as_in_the_small_path(write_archive, tmp_path):
    row = article(1)
    row["text"] += "\nAdvertisement\nThe storm went on, Lund said."
    _, spans = found(write_archive, tmp_path, [row])
    assert spans == [["Advertisement"]]
    own = [row["text"][a:b] for kind, a, b in segments.segment(row["text"]) if kind == "boilerplate"]
    assert own == ["Advertisement"]


def test_in_how_many_stretches_lines_are_counted_does_not_show(write_archive, tmp_path):
    rows = [furnished(n, outlet) for n in range(5) for outlet in ("The Lamp", "The Wick")]
    rows = [row | {"article": f"a{n}"} for n, row in enumerate(rows)]
    (one, spans), (many, others) = (
        found(write_archive, tmp_path / name, rows, room) for name, room in (("one", 1 << 20), ("many", 96))
    )
    assert one.equals(many) and spans == others and len(one) == 2
