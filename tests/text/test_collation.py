import pytest
from hypothesis import given
from hypothesis import strategies as st

from summit_analysis.text.collation import collate, find_common, find_pieces
from summit_analysis.text.terms import tokenise

WORDS = st.lists(st.sampled_from("abcde"), max_size=12)
TEXTS = st.lists(st.sampled_from(["red", "Red,", "carpet", "plane.", "a", "(and", "— the", "U.S."]), max_size=10).map(
    " ".join
)


def test_versions_are_set_under_one_another():
    versions = [
        ["we", "had", "an", "extremely", "productive", "meeting"],
        ["very", "productive"],
        ["productive", "lunch"],
    ]
    assert collate(versions) == [
        (0, None, None),
        (1, None, None),
        (2, None, None),
        (3, 0, None),
        (4, 1, 0),
        (5, None, 1),
    ]


@given(st.lists(WORDS, min_size=1, max_size=4))
def test_every_word_has_one_column_in_order(versions):
    columns = collate(versions)
    for number, version in enumerate(versions):
        assert [c[number] for c in columns if c[number] is not None] == list(range(len(version)))


def marked(texts):
    return [[f"{n}:{'*' * changed}{text}" for n, text, changed in version] for version in find_pieces(texts)]


def test_a_piece_is_changed_where_most_others_have_other_words():
    assert marked(["They lose it all.", "they lose it all", "They lost it all!"]) == [
        ["1:They", "2:lose", "3:it", "4:all."],
        ["1:they", "2:lose", "3:it", "4:all"],
        ["1:They", "2:*lost", "3:it", "4:all!"],
    ]


def test_two_versions_that_differ_are_both_changed_and_a_fragment_is_not():
    assert marked(["a very good chance", "a good chance of peace", "good chance"]) == [
        ["1:a", "2:*very", "3:good", "4:chance"],
        ["1:a", "2:*", "3:good", "4:chance", "5:of", "6:peace"],
        ["3:good", "4:chance"],
    ]
    assert marked(["red plane today", "red train today"]) == [
        ["1:red", "2:*plane", "3:today"],
        ["1:red", "2:*train", "3:today"],
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [("in 3 days", "in 5 days"), ("they did get it", "they didn’t get it"), ("we go home", "we’ll go home")],
)
def test_what_terms_leave_out_is_a_difference_all_the_same(one, other):
    assert any(changed for version in find_pieces([one, other]) for _, _, changed in version)


def test_capitals_and_marks_are_no_difference():
    assert not any("*" in piece for version in marked(["The U.S., they’ve", "“the US they've!”"]) for piece in version)


def test_a_word_that_stands_elsewhere_is_a_difference():
    assert marked(["many points were agreed to", "agreed on many points"]) == [
        ["1:*", "2:many", "3:points", "4:*were agreed", "5:to"],
        ["1:*agreed on", "2:many", "3:points", "4:*"],
    ]


@given(st.lists(TEXTS, min_size=1, max_size=4))
def test_pieces_hold_the_whole_text(texts):
    for text, version in zip(texts, find_pieces(texts), strict=True):
        if tokenise(text):
            assert "".join(" ".join(piece for _, piece, _ in version).split()) == "".join(text.split())
        assert [n for n, _, _ in version] == sorted({n for n, _, _ in version})


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        ("It ended without a deal.", "It ended with no deal.", [("It ended", "It ended"), ("deal", "deal")]),
        ("with no formal deal", "Without a deal", [("deal", "deal")]),
        ("Fish swam.", "War came.", []),
        ("Fish swam.", "", []),
        ("Fish swam.", "Fish swam.", [("Fish swam", "Fish swam")]),
    ],
)
def test_common_stretches_are_those_of_the_whole_texts(one, two, expected):
    found = find_common(one, two)
    assert [(one[e.start_a : e.end_a], two[e.start_b : e.end_b]) for e in found] == expected
