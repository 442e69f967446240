import pandas as pd
import pytest

from summit_analysis.text.closeness import Clusters, Speech

COLUMNS = ["article", "quotation", "start", "end", "text", "speaker", "verb", "kind", "segment"]


def speech_of(*texts: str, speakers: list[str] | None = None) -> Speech:
    speakers = speakers or ["Ada Lund"] * len(texts)
    rows = [
        (f"a{n}", 1, 0, len(t), t, who, "said", "speech", 1)
        for n, (t, who) in enumerate(zip(texts, speakers, strict=True))
    ]
    articles = pd.DataFrame({"article": [row[0] for row in rows], "label": [row[0] for row in rows]})
    tokens = pd.DataFrame(columns=["article", "segment", "start", "end", "term", "voice"])
    return Speech(pd.DataFrame(rows, columns=COLUMNS), tokens, articles)


@pytest.mark.parametrize(
    ("one", "two", "close"),
    [
        ("extremely productive", "very productive", True),
        ("we had an extremely productive meeting", "very productive", True),
        ("agreed on many points", "many points were agreed to", True),
        ("the weather is good", "a good lawyer", False),
        ("it was the one", "it is the one", False),
    ],
)
def test_wordings_are_close_through_rare_words(one, two, close):
    assert bool(speech_of(one, two).matched(0, 1)) == close


def test_a_rare_word_weighs_more_than_a_stop_word():
    speech = speech_of("the unprecedented storm", "the unprecedented calm")
    assert speech.weigh("unprecedented") > speech.weigh("storm") > speech.weigh("the")


def test_a_quotation_without_speaker_is_left_out():
    assert len(speech_of("one thing", "another thing", speakers=["Ada Lund", ""]).table) == 1


def test_passages_that_overlap_by_half_are_one_cluster():
    clusters = Clusters(speech_of("one two three four five six seven eight"))
    first, second, apart = (clusters.add(0, span, span) for span in ((0, 4), (2, 5), (5, 8)))
    assert clusters.root(first) == clusters.root(second) != clusters.root(apart)
    clusters.join(second, apart)
    assert clusters.root(first) == clusters.root(apart)
