import numpy as np
import pandas as pd
import pytest
from scipy import stats
from tests_root import ALASKA

from summit_analysis import NotDefinedError
from summit_analysis.measures.voices import share_interval, speaker_label, strips, voices
from summit_analysis.text.terms import find_tokens

TEXTS = {
    "a.txt": "“Red carpet,” said Ann. It rained. “No deal today,” said Bob, then “see you”. Fish swam past.",
    "b.txt": "Nothing was said by anyone. It rained.",
}
ARRANGEMENT = pd.DataFrame({"article": ["b", "a"], "label": ["B", "A"], "place": [0, 1], "shown": True})


def quoted(tables, marks):
    """Return the quotations `marks` (article, text, speaker, kind) of a story, found in its texts."""
    rows = []
    for number, (article, text, speaker, kind) in enumerate(marks, start=1):
        start = tables.corpus.texts[article].index(text)
        segments = tables["segments"][tables["segments"]["article"] == article]
        segment = segments[segments["start"] <= start]["segment"].iloc[-1]
        rows.append((article, number, start, start + len(text), text, speaker, "said", kind, segment))
    columns = ["article", "quotation", "start", "end", "text", "speaker", "verb", "kind", "segment"]
    return pd.DataFrame(rows, columns=columns)


@pytest.fixture
def small(tables_of):
    tables = tables_of(TEXTS)
    marks = [
        ("a", "Red carpet,", "Ann", "speech"),
        ("a", "No deal today,", "Bob", "speech"),
        ("a", "see you", "", "speech"),
        ("a", "Fish", "", "scare"),
    ]
    quotations = quoted(tables, marks)
    return find_tokens(tables.corpus, tables["segments"], quotations), quotations


@pytest.fixture(scope="module")
def marked(alaska):
    quotations = pd.read_csv(ALASKA / "quotations.csv", keep_default_na=False)
    segments = alaska["segments"]
    quotations["segment"] = [
        segments[(segments["article"] == q.article) & (segments["start"] <= q.start)]["segment"].iloc[-1]
        for q in quotations.itertuples()
    ]
    return find_tokens(alaska.corpus, segments, quotations), quotations


def test_words_of_each_speaker_as_a_share_of_the_article(small):
    # 17 words: red carpet said ann | it rained | no deal today said bob then see you | fish swam past.
    table = voices(*small, ["a", "b"])
    assert list(table.columns) == ["article", "speaker", "quotations", "words", "share", "low", "high"]
    assert table[["article", "speaker", "quotations", "words"]].to_numpy().tolist() == [
        ["a", "Bob", 1, 3],
        ["a", "", 1, 2],
        ["a", "Ann", 1, 2],
    ]
    assert list(table["share"]) == pytest.approx([3 / 17, 2 / 17, 2 / 17])
    assert (table["low"] < table["share"]).all()
    assert (table["share"] < table["high"]).all()


def test_the_interval_is_the_jackknife_s_on_the_logit_scale():
    # Two of four words quoted in the first sentence, none in the others: share 2/12. Without each sentence in turn the
    # share is 0, 2/8 and 2/8, their variance 2/3 * (1/36 + 1/144 + 1/144) = 1/36, and t(2) = 4.302653.
    low, high = share_interval(np.array([2, 0, 0]), np.array([4, 4, 4]))
    reach = 4.302653 * (1 / 6) / (1 / 6 * 5 / 6)
    assert low == pytest.approx(1 / (1 + np.exp(np.log(5) + reach)))
    assert high == pytest.approx(1 / (1 + np.exp(np.log(5) - reach)))


@pytest.mark.parametrize(
    ("part", "whole"),
    [
        ([], []),
        ([2], [4]),
        ([0, 0], [4, 4]),
        ([4, 4], [4, 4]),
        ([2, 2], [4, 4]),
        ([2, 0], [4, 0]),
    ],
    ids=["no words", "one sentence", "none quoted", "all quoted", "all alike", "one sentence with words"],
)
def test_there_is_no_interval_where_none_can_be_had(part, whole):
    assert all(np.isnan(share_interval(np.array(part, dtype=int), np.array(whole, dtype=int))))


def test_the_interval_covers_what_it_should():
    """95 % intervals hold the share that 600 invented articles of 25 sentences were drawn with about 95 times in 100."""
    random = np.random.default_rng(20250815)
    # A quarter of the sentences quote somebody, with half of their words: 12.5 % of all.
    held, drawn = 0, 0
    for _ in range(600):
        whole = random.integers(8, 33, 25)
        part = np.where(random.random(25) < 0.25, (whole * random.beta(2, 2, 25)).round().astype(int), 0)
        if part.any():
            low, high = share_interval(part, whole)
            assert 0 < low < part.sum() / whole.sum() < high < 1
            held, drawn = held + (low <= 0.125 <= high), drawn + 1
    assert drawn >= 598
    assert 0.92 <= held / drawn <= 0.97


def test_words_are_no_independent_units(marked):
    table = voices(*marked, ["htn-world"]).set_index("speaker").loc["Maria Zakharova"]
    wilson = stats.binomtest(28, 720).proportion_ci(method="wilson")
    assert table["words"] == 28
    assert table["high"] - table["low"] > 4 * (wilson.high - wilson.low)


def test_a_quotation_of_several_sentences_is_one_block():
    words = pd.DataFrame({"article": "a", "segment": [1, 1, 2, 2, 3, 3, 4, 4], "start": range(0, 80, 10)})
    one = pd.DataFrame({"article": "a", "quotation": [1], "start": [10], "end": [35], "speaker": "Ann", "segment": [1]})
    row = voices(words, one.assign(kind="speech"), ["a"]).iloc[0]
    # Words 2 to 4 are quoted. The first two sentences are one block: 3 of 4, 0 of 2, 0 of 2.
    assert (row["low"], row["high"]) == pytest.approx(share_interval(np.array([3, 0, 0]), np.array([4, 2, 2])))


def test_quotations_in_boilerplate_and_other_kinds_are_left_out(tables_of):
    tables = tables_of({"a.txt": "They met. “Red carpet,” said Ann.\n\nAlso Read: “Blue plane” says Bob\n"})
    quotations = quoted(tables, [("a", "Red carpet,", "Ann", "speech"), ("a", "Blue plane", "Bob", "speech")])
    tokens = find_tokens(tables.corpus, tables["segments"], quotations)
    assert list(voices(tokens, quotations, ["a"])["speaker"]) == ["Ann"]
    assert voices(tokens, quotations.assign(kind="title"), ["a"]).empty


def test_the_bundled_story(marked):
    tokens, quotations = marked
    table = voices(tokens, quotations, sorted(set(tokens["article"])))
    words = table.set_index(["article", "speaker"])["words"].to_dict()
    assert words == {
        ("continental-defence", "Donald Trump"): 16,
        ("continental-defence", "Vladimir Putin"): 13,
        ("continental-defence", "Maria Zakharova"): 3,
        ("daily-sabah", "Donald Trump"): 23,
        ("daily-sabah", "Maria Zakharova"): 20,
        ("htn-world", "Donald Trump"): 73,
        ("htn-world", "Vladimir Putin"): 44,
        ("htn-world", "Maria Zakharova"): 28,
        ("htn-world", "Donald Trump; Vladimir Putin"): 8,
        ("morelinks", "Donald Trump"): 10,
        ("morelinks", "Vladimir Putin"): 8,
        ("topnewsplus", "Donald Trump"): 64,
        ("topnewsplus", "Maria Zakharova"): 30,
        ("topnewsplus", "Vladimir Putin"): 21,
    }
    assert table["words"].sum() == (tokens["voice"] == "quoted").sum()
    assert table["share"].between(table["low"], table["high"]).all()
    assert table[["low", "high"]].stack().between(0, 1).all()


def test_strips_place_each_quotation_in_the_words_of_its_article(small):
    table = strips(*small, ARRANGEMENT)
    assert table["label"].tolist() == ["B", "A", "A", "A"]
    assert table["quotation"].tolist() == [0, 2, 1, 3]
    assert table["position_start"].tolist()[1:] == pytest.approx([6 / 17, 0, 12 / 17])
    assert table["position_end"].tolist()[1:] == pytest.approx([9 / 17, 2 / 17, 14 / 17])
    assert table["words"].tolist()[1:] == [3, 2, 2]
    assert table["name"].tolist() == ["", "Bob", "Ann", "unattributed"]
    assert table["slot"].tolist()[1:] == [0, 1, 7]
    assert table["lane"].tolist()[1:] == [0, 1, 2]
    assert table["quoted_words"].tolist() == [0, 7, 7, 7]
    assert table["quoted_share"].tolist() == pytest.approx([0, 7 / 17, 7 / 17, 7 / 17])
    assert table["quoted_low"].isna().tolist() == [True, False, False, False]


def test_speakers_beyond_the_most_quoted_share_a_lane(small):
    table = strips(*small, ARRANGEMENT, most=1)
    assert table["name"].tolist() == ["", "Bob", "others: Ann", "unattributed"]
    assert table["slot"].tolist()[1:] == [0, 1, 2]
    assert table["speaker_rank"].tolist()[1:] == [1, 2, 0]


def test_lanes_say_what_voices_says(marked, alaska):
    drawn = strips(*marked, alaska["arrangement"])
    table = voices(*marked, list(alaska["arrangement"]["article"]))
    lanes = drawn.drop_duplicates(["article", "speaker"]).merge(table, on=["article", "speaker"], suffixes=("", "_of"))
    assert len(lanes) == len(table) == 14
    assert list(lanes["lane_words"]) == list(lanes["words_of"])
    for column in ("share", "low", "high"):
        assert list(lanes[column]) == pytest.approx(list(lanes[f"{column}_of"]))
    assert (drawn["position_start"] < drawn["position_end"]).all()
    assert drawn.groupby("article")["words"].sum().to_dict() == drawn.groupby("article")["quoted_words"].max().to_dict()


@pytest.mark.parametrize(
    ("speaker", "label"),
    [("", "unattributed"), ("Ann", "Ann"), ("Ann; Bob", "Ann and Bob"), ("Ann; Bob;Cy ", "Ann, Bob and Cy"), (" ; ", "unattributed")],
)  # fmt: skip
def test_joint_speakers_have_one_label(speaker, label):
    assert speaker_label(speaker) == label


def test_no_quotation_and_no_article(small):
    tokens, quotations = small
    table = strips(tokens, quotations.iloc[:0], ARRANGEMENT)
    assert table["quotation"].tolist() == [0, 0]
    assert voices(tokens, quotations.iloc[:0], ["a", "b"]).empty
    with pytest.raises(NotDefinedError, match="every article is an agency original"):
        strips(tokens, quotations, ARRANGEMENT.iloc[:0])
    nothing = strips(tokens.iloc[:0], quotations, ARRANGEMENT)
    assert nothing["quoted_share"].isna().all()
