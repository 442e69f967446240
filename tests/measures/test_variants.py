import math

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests_root import ALASKA

from summit_analysis.measures import variants
from summit_analysis.measures.articles import describe
from summit_analysis.text.terms import find_tokens, tokenise

# What the outlets say in their own words, so that some words are common in the story and others are not.
PROSE = [
    "The minister spoke about the budget on Monday.",
    "The budget is good news, the opposition said.",
    "A good year for the harbour, and a good budget.",
    "The harbour workers went home on Tuesday.",
    "People in the town want a new deal for the harbour.",
    "The deal was signed by the minister.",
    "A meeting of the council followed.",
    "The meeting ended late, and the next meeting is in May.",
]


def quoted(*rows):
    """Return a table of quotations from (article, speaker, text), each at a place of its own."""
    table = pd.DataFrame(rows, columns=["article", "speaker", "text"])
    table["quotation"] = table.groupby("article").cumcount() + 1
    table["start"] = 1000 * table["quotation"] + 7
    table["end"] = table["start"] + table["text"].str.len()
    return table.assign(verb="said", kind="speech", segment=1)


def story(quotations):
    tokens = pd.DataFrame(
        [("a", n, t.start, t.end, t.term, "own") for n, text in enumerate(PROSE) for t in tokenise(text)],
        columns=["article", "segment", "start", "end", "term", "voice"],
    )
    names = sorted(set(quotations["article"]))
    return quotations, tokens, pd.DataFrame({"article": names, "label": [f"The {name}" for name in names]})


def clusters_of(*rows):
    return variants.cluster(*story(quoted(*rows)))


SAME = [
    ("It was an extremely fruitful discussion.", "very fruitful"),
    ("extremely fruitful discussion", "very fruitful"),
    ("We agreed on many points", "many points were agreed"),
    ("They are losing their nerve", "lose their nerve"),
    ("There is no harbour without the fishermen", "no harbour without fishermen"),
    ("We will rebuild the lighthouse by spring.", "We’ll rebuild that lighthouse in spring"),
    ("no deal until there is a deal", "There’s no deal until there’s a deal."),
    ("Nobody warned us. The bridge simply collapsed overnight. We ran.", "I ran out. The bridge simply collapsed."),
    ("the fishermen deserve compensation", "Our fishermen deserve full compensation, and soon, whatever it costs"),
    ("The COUNCIL ignored every warning", "the council had ignored every warning"),
    ("I promised lower taxes, and taxes are lower", "taxes are lower, as I promised"),
    ("ridiculous", "Ridiculous."),
    ("For seven years they laughed at our ferry.", "They’ve been laughing at the ferry for seven years"),
]
DIFFERENT = [
    ("a good chance", "a good harbour"),
    ("very good", "a good year for all of us"),
    ("significant", "significant progress"),
    ("We have to do what we have to do", "You have to do it because they have to"),
    ("we will not be there", "there will be others, we will see"),
    ("I think that it was", "I think that they were"),
    ("The budget is late", "The budget will please the fishermen"),
    ("many points were raised", "a starting point"),
    ("to establish that", "an established fact"),
    ("did not directly", "glad to hear directly"),
    ("The lighthouse needs paint, and the school needs a roof", "Nobody visits a lighthouse in winter any more"),
    ("and disturbed", "disturbing rumours"),
    ("it is what it is", "what is it"),
    ("next meeting", "a long meeting yesterday"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_variants_are_found(one, other):
    table = clusters_of(("a", "Lund", one), ("b", "Lund", other))
    assert list(table["article"]) == ["a", "b"]
    assert table["variant"].tolist() == [1, 1]


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_other_remarks_stay_apart(one, other):
    assert clusters_of(("a", "Lund", one), ("b", "Lund", other)).empty


@pytest.mark.parametrize(
    "rows",
    [
        [("a", "Lund", "the bridge simply collapsed"), ("a", "Lund", "the bridge simply collapsed")],
        [("a", "Lund", "the bridge simply collapsed"), ("b", "Berg", "the bridge simply collapsed")],
        [("a", "", "the bridge simply collapsed"), ("b", "", "the bridge simply collapsed")],
        [("a", "Lund", "…"), ("b", "Lund", "…")],
        [("a", "Lund", "what is it"), ("b", "Lund", "what is it")],
        [],
    ],
)
def test_one_speaker_in_several_articles_with_telling_words(rows):
    assert clusters_of(*rows).empty
    assert list(clusters_of(*rows).columns) == list(variants.COLUMNS)


def test_only_speech_of_compared_articles_counts():
    table = quoted(("a", "Lund", "the bridge collapsed"), ("b", "Lund", "the bridge collapsed"))
    quotations, tokens, articles = story(table)
    assert len(variants.cluster(quotations, tokens, articles)) == 2
    assert variants.cluster(quotations.assign(kind="title"), tokens, articles).empty
    assert variants.cluster(quotations, tokens, articles[articles["article"] == "a"]).empty


def test_the_part_of_a_long_quotation_keeps_its_place():
    long = "We had an extremely fruitful meeting and a dozen treaties were signed, which only few remember"
    table = clusters_of(("a", "Lund", "very fruitful"), ("b", "Lund", long))
    part = table.iloc[1]
    assert part["text"] == "extremely fruitful"
    assert (part["start"], part["end"]) == (1007 + 10, 1007 + 28)
    assert (part["cut_before"], part["cut_after"]) == (True, True)
    assert part["role"] == "version"
    assert table["differs"].all()


def test_two_remarks_in_one_quotation_are_two_variants():
    long = "We had an extremely fruitful meeting and a dozen treaties were signed, which only few remember"
    table = clusters_of(("a", "Lund", "very fruitful"), ("a", "Lund", "a dozen treaties"), ("b", "Lund", long))
    assert [tuple(rows["quotation"]) for _, rows in table.groupby("variant")] == [(1, 1), (2, 1)]
    assert list(table["text"])[3] == "dozen treaties"


def test_a_sentence_shared_by_two_long_quotations_is_found():
    one = "Nobody in this council ever listened to me. The bridge simply collapsed overnight. I was asleep then."
    two = "Taxes went up every single year. The bridge simply collapsed overnight! Ask the engineers about steel."
    table = clusters_of(("a", "Lund", one), ("b", "Lund", two))
    assert list(table["text"]) == ["The bridge simply collapsed overnight"] * 2
    assert not table["differs"].any()
    assert list(table["similarity"]) == [1.0, 1.0]


def test_the_same_words_do_not_differ_and_marks_make_no_difference():
    table = clusters_of(("a", "Lund", "“Turn” the page,"), ("b", "Lund", "turn the page"))
    assert not table["differs"].any()
    assert list(table["role"]) == ["longest", "version"]


def test_similarity_is_the_weight_found_again_in_the_longest():
    # Own sentences 8, quotations 2, and 50 unseen: ln 60. "fruitful" is in 2: (ln 60 - ln 3) / ln 60 = 0.73168;
    # "very" is a stop word, 0.1; "extremely" is in 1: (ln 60 - ln 2) / ln 60. The lighter side is "very fruitful".
    table = clusters_of(("a", "Lund", "extremely fruitful"), ("b", "Lund", "very fruitful"))
    fruitful = math.log(60 / 3) / math.log(60)
    assert fruitful == pytest.approx(0.73168, abs=1e-5)
    assert list(table["similarity"]) == pytest.approx([1.0, 0.73168 / 0.83168], abs=1e-5)


def test_joint_speakers_count_for_each():
    table = clusters_of(
        ("a", "Lund; Berg", "extremely fruitful"), ("b", "Lund", "very fruitful"), ("c", "Berg", "very fruitful")
    )
    assert [list(rows["article"]) for _, rows in table.groupby("variant")] == [["a", "b"], ["a", "c"]]


def test_clusters_of_more_articles_come_first():
    table = clusters_of(
        ("a", "Lund", "the bridge collapsed"), ("b", "Lund", "the bridge collapsed"),
        ("a", "Lund", "very fruitful"), ("b", "Lund", "very fruitful"), ("c", "Lund", "very fruitful"),
    )  # fmt: skip
    assert list(table["variant"]) == [1, 1, 1, 2, 2]
    assert table["text"].iloc[0] == "very fruitful"


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from("abc"),
            st.sampled_from(["Lund", "Berg", "Lund; Berg", ""]),
            st.lists(st.sampled_from(["the bridge", "collapsed.", "Fishermen", "deserve", "a", "compensation,"])).map(
                " ".join
            ),
        ),
        max_size=8,
    ).flatmap(lambda rows: st.tuples(st.just(rows), st.permutations(rows)))
)
def test_clusters_hold_their_contract_whatever_is_quoted(rows_and_order):
    rows, order = rows_and_order
    quotations, tokens, articles = story(quoted(*rows))
    table = variants.cluster(quotations, tokens, articles)
    texts = quotations.set_index(["article", "quotation"])
    for row in table.itertuples():
        whole = texts.loc[(row.article, row.quotation)]
        assert whole["text"][row.start - whole["start"] : row.end - whole["start"]] == row.text
    assert table["similarity"].between(0, 1).all()
    for _, cluster in table.groupby("variant"):
        assert cluster["article"].nunique() > 1
        assert (cluster["role"] == "longest").sum() == 1
        assert set.intersection(*(set(speaker.split("; ")) for speaker in cluster["speaker"]))
    shuffled = quotations.sample(frac=1, random_state=len(order))
    pd.testing.assert_frame_equal(variants.cluster(shuffled, tokens, articles), table)
    collated = variants.collate(table, variants.conflicts(quotations, tokens, articles))
    assert not collated.duplicated(["rank", "version", "piece"]).any()


def test_the_same_words_of_two_speakers_are_a_conflict():
    rows = [("a", "Lund", "the fishermen deserve compensation"), ("b", "Berg", "fishermen deserve compensation")]
    table = variants.conflicts(*story(quoted(*rows)))
    assert list(table["speaker"]) == ["Lund", "Berg"]
    assert list(table["conflict"]) == [1, 1]
    assert set(table["conflict_kind"]) == {"different speaker"}


def test_a_joint_speaker_is_reported_apart():
    rows = [("a", "Lund; Berg", "very fruitful"), ("b", "Lund", "extremely fruitful"), ("c", "Lund", "fruitful lunch")]
    table = variants.conflicts(*story(quoted(*rows)))
    assert set(table["conflict_kind"]) == {"joint speaker"}
    assert {"a", "b"} <= set(table["article"])


@pytest.mark.parametrize(
    "rows",
    [
        [("a", "Lund", "very fruitful"), ("b", "Berg", "very fruitful")],  # two people may well say so
        [("a", "Lund", "the fishermen deserve compensation"), ("a", "Berg", "the fishermen deserve compensation")],
        [("a", "Lund", "the fishermen deserve compensation"), ("b", "", "the fishermen deserve compensation")],
        [("a", "Lund; Berg", "very fruitful"), ("b", "Berg; Lund", "very fruitful")],
        [],
    ],
)
def test_what_is_no_conflict(rows):
    table = variants.conflicts(*story(quoted(*rows)))
    assert table.empty
    assert list(table.columns) == list(variants.CONFLICT_COLUMNS)


def test_collated_versions_stand_piece_by_piece():
    quotations, tokens, articles = story(
        quoted(("a", "Lund", "We agreed on many points"), ("b", "Lund", "many points were agreed"))
    )
    found = variants.cluster(quotations, tokens, articles)
    table = variants.collate(found, variants.conflicts(quotations, tokens, articles))
    assert list(table.columns) == list(variants.COLLATED_COLUMNS)
    rows = [(r.version, r.piece, r.text, r.changed) for r in table.itertuples()]
    assert rows == [
        (1, 1, "We", False), (1, 2, "agreed on", True), (1, 3, "many", False), (1, 4, "points", False), (1, 5, "", True),
        (2, 2, "", True), (2, 3, "many", False), (2, 4, "points", False), (2, 5, "were agreed", True),
    ]  # fmt: skip


def test_conflicts_come_first_and_take_the_place_of_their_variants():
    quotations, tokens, articles = story(
        quoted(
            ("a", "Lund", "very fruitful"), ("b", "Lund", "extremely fruitful"), ("c", "Lund", "so fruitful"),
            ("a", "Lund", "fishermen deserve compensation"), ("b", "Lund", "fishermen deserve compensation"),
            ("c", "Berg", "Fishermen deserve compensation."),
        )
    )  # fmt: skip
    found, against = variants.cluster(quotations, tokens, articles), variants.conflicts(quotations, tokens, articles)
    table = variants.collate(found, against).drop_duplicates("rank")
    assert list(table["kind"]) == ["different speaker", "variant"]
    assert list(table["conflict"]) == [1, 0]
    assert found["variant"].nunique() == 2


@pytest.fixture(scope="module")
def summit(alaska):
    by_hand = pd.read_csv(ALASKA / "quotations.csv", keep_default_na=False)
    tokens = find_tokens(alaska.corpus, alaska["segments"], by_hand)
    return by_hand, tokens, describe(alaska.corpus, alaska["segments"], tokens)


# (article, quotation) of all clusters that a reader finds in the bundled story.
BY_HAND = [
    {("continental-defence", 1), ("daily-sabah", 2), ("htn-world", 1), ("morelinks", 1), ("topnewsplus", 1), ("topnewsplus", 6)},
    {("daily-sabah", 3), ("htn-world", 6), ("morelinks", 2), ("topnewsplus", 1)},
    {("continental-defence", 2), ("daily-sabah", 4), ("topnewsplus", 2)},
    {("daily-sabah", 1), ("htn-world", 18), ("topnewsplus", 12)},
    {("continental-defence", 4), ("topnewsplus", 4)},
    {("continental-defence", 6), ("topnewsplus", 8)},
    {("continental-defence", 7), ("topnewsplus", 10)},
    {("continental-defence", 8), ("topnewsplus", 11)},
    {("daily-sabah", 7), ("htn-world", 20)},
    {("htn-world", 2), ("morelinks", 4)},
    {("htn-world", 5), ("topnewsplus", 7), ("topnewsplus", 13)},
]  # fmt: skip


def test_the_bundled_story_s_variants_are_those_that_a_reader_finds(summit, alaska):
    table = variants.cluster(*summit)
    found = [set(zip(rows["article"], rows["quotation"], strict=True)) for _, rows in table.groupby("variant")]
    assert sorted(map(sorted, found)) == sorted(map(sorted, BY_HAND))
    for row in table.itertuples():
        assert alaska.corpus.texts[row.article][row.start : row.end] == row.text
    assert table.groupby("variant")["differs"].first().sum() == 6


def test_the_bundled_story_has_joint_speakers_only_in_conflict(summit):
    table = variants.conflicts(*summit)
    assert set(table["conflict_kind"]) == {"joint speaker"}
    joint = table[table["speaker"].str.contains(";")]
    assert list(zip(joint["article"], joint["quotation"], strict=True)) == [("htn-world", 1), ("htn-world", 2)]
