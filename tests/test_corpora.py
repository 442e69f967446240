"""A slice of `python -m benchmarks.corpora`: whatever a folder holds, one of the three promised outcomes."""

from benchmarks import corpora


def test_generated_corpora_are_right_set_aside_or_clearly_refused():
    counts = {}
    corpora.check(60, counts)
    assert set(counts) == {"right", "set aside", "clear error"}


def test_an_offset_that_is_wrong_is_noticed(tmp_path, monkeypatch):
    from summit_analysis.text import segments  # noqa: PLC0415

    real = segments.find_segments
    monkeypatch.setattr(segments, "find_segments", lambda corpus: real(corpus).assign(start=lambda t: t["start"] + 1))
    rows = [{"article": "a", "outlet": "A", "text": "Red boats came to the harbour."}]
    try:
        corpora.outcome_of(rows, "csv", tmp_path)
    except AssertionError:
        return
    raise AssertionError("a shifted offset passed for right")
