import pandas as pd
import pytest

from summit_analysis.text.places import Places, places_of, spans_of, whole

TEXT = "Big talks\nShe said: “We met.”\nAlso Read: x"
SEGMENTS = pd.DataFrame(
    [("a", 1, "heading", 0, 9), ("a", 2, "sentence", 10, 29), ("a", 3, "boilerplate", 30, 42)],
    columns=["article", "segment", "kind", "start", "end"],
)
QUOTATIONS = pd.DataFrame([("a", "speech", 21, 28)], columns=["article", "kind", "start", "end"])


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (0, 3, (1, "heading", "Big talks", "own")),
        (10, 13, (2, "sentence", "She said: “We met.”", "own")),
        (21, 23, (2, "sentence", "She said: “We met.”", "quoted")),
        (28, 29, (2, "sentence", "She said: “We met.”", "own")),
    ],
)
def test_a_place_is_its_segment_and_voice(start, end, expected):
    place = Places(TEXT, SEGMENTS, QUOTATIONS).at(start, end)
    assert (place.segment, place.kind, place.text, place.voice) == expected


@pytest.mark.parametrize(("start", "end"), [(30, 34), (4, 13)])
def test_boilerplate_and_spans_over_two_segments_have_no_place(start, end):
    assert Places(TEXT, SEGMENTS, QUOTATIONS).at(start, end) is None


def test_an_article_without_quotations_is_all_own():
    ((article, text, places),) = places_of({"a": TEXT}, SEGMENTS, QUOTATIONS[:0])
    assert (article, text, places.at(21, 23).voice) == ("a", TEXT, "own")


def test_spans_are_listed_by_article():
    assert spans_of(SEGMENTS.assign(article=["b", "a", "b"])) == {"b": [(0, 9), (30, 42)], "a": [(10, 29)]}


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [(2, 5, (0, 9)), (2, 11, (0, 29)), (0, 42, (0, 42)), (9, 10, (9, 10)), (50, 60, (50, 60))],
)
def test_a_span_is_widened_to_the_segments_that_it_touches(start, end, expected):
    assert whole(spans_of(SEGMENTS)["a"], start, end) == expected


def test_of_a_sentence_without_end_what_stands_around_is_shown():
    text = "boat " * 10_000
    segments = pd.DataFrame(
        [("a", 1, "sentence", 0, len(text))], columns=["article", "segment", "kind", "start", "end"]
    )
    places = Places(text, segments, QUOTATIONS[:0])
    assert places.at(5_000, 5_004).text == text[4_000:6_004]
    assert places.at(0, 4).text == text[:1_004]
