import pytest
from hypothesis import given
from hypothesis import strategies as st

from summit_analysis.text.alignment import (
    Edit,
    align,
    align_all,
    align_many,
    find_edits,
    find_passages,
    stem,
)
from summit_analysis.text.terms import tokenise

WORDS = st.lists(st.sampled_from("abcde"), max_size=12)
TEXTS = st.lists(st.sampled_from(["red", "Red,", "carpet", "plane.", "a", "(and", "— the", "U.S."]), max_size=10).map(
    " ".join
)


def by_hand(a, b):
    """The best score of Smith & Waterman 1981, cell by cell."""
    cells = [[0] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i, x in enumerate(a, 1):
        for j, y in enumerate(b, 1):
            diagonal = cells[i - 1][j - 1] + (2 if x == y else -1)
            cells[i][j] = max(0, diagonal, cells[i - 1][j] - 1, cells[i][j - 1] - 1)
    return max(map(max, cells))


@pytest.mark.parametrize(
    ("a", "b", "score", "pairs"),
    [
        ("red carpet", "red carpet", 4, [(0, 0), (1, 1)]),
        ("the red carpet", "a red long carpet", 3, [(1, 1), (2, 3)]),  # 2 + 2 less one gap
        ("red old carpet", "red new carpet", 3, [(0, 0), (1, 1), (2, 2)]),  # 2 + 2 less one mismatch
        ("red", "carpet", 0, []),
        ("", "red", 0, []),
        ("red x y carpet", "red carpet", 2, [(0, 0)]),  # 2 + 2 - 2 gaps is no better than one word
    ],
)
def test_scores_and_pairs(a, b, score, pairs):
    alignment = align(a.split(), b.split())
    assert alignment.score == score
    assert list(alignment.pairs) == pairs


@given(WORDS, WORDS)
def test_the_score_is_smith_and_waterman_s_and_the_pairs_earn_it(a, b):
    alignment = align(a, b)
    assert alignment.score == by_hand(a, b) == align(b, a).score
    if alignment.pairs:
        (i, j), (k, m) = alignment.pairs[0], alignment.pairs[-1]
        assert a[i] == b[j]
        assert a[k] == b[m]
        earned = sum(2 if a[x] == b[y] else -1 for x, y in alignment.pairs)
        gaps = (k - i + 1 - len(alignment.pairs)) + (m - j + 1 - len(alignment.pairs))
        assert earned - gaps == alignment.score


def test_words_in_another_order_are_found_in_turn():
    found = align_all(["agreed", "on", "many", "points"], ["many", "points", "were", "agreed", "to"])
    assert [a.pairs for a in found] == [((2, 0), (3, 1)), ((0, 3),)]


@given(WORDS, WORDS)
def test_no_word_is_matched_twice(a, b):
    equal = [(i, j) for found in align_all(a, b, most=20) for i, j in found.pairs if a[i] == b[j]]
    assert len({i for i, _ in equal}) == len({j for _, j in equal}) == len(equal)
    assert len(equal) == sum(min(a.count(word), b.count(word)) for word in set(a))


def test_edits_have_exact_places():
    one, two = "We have a very good chance for a ceasefire now", "but we have a good chance of a truce, a ceasefire now"
    score, edits = find_edits(one, two)
    assert score == 9  # we have good chance ceasefire now: 6 * 2, less very, for ~ of, truce
    assert edits[0] == Edit("equal", 0, 7, 4, 11)
    assert [(e.kind, one[e.start_a : e.end_a], two[e.start_b : e.end_b]) for e in edits] == [
        ("equal", "We have", "we have"),
        ("dropped", "very", ""),
        ("equal", "good chance", "good chance"),
        ("replaced", "for", "of a truce"),
        ("equal", "ceasefire now", "ceasefire now"),
    ]


@given(TEXTS, TEXTS)
def test_edits_follow_one_another_and_equal_ones_are_equal(one, two):
    _, edits = find_edits(one, two)
    for edit in edits:
        same = [t.term for t in tokenise(one[edit.start_a : edit.end_a])] == [
            t.term for t in tokenise(two[edit.start_b : edit.end_b])
        ]
        assert same == (edit.kind == "equal")
    spans = [(e.start_a, e.end_a, e.start_b, e.end_b) for e in edits]
    assert spans == sorted(spans)
    assert all(e.kind == "equal" for e in edits[::2])
    assert all(e.kind != "equal" for e in edits[1::2])


@pytest.mark.parametrize(
    ("one", "other"),
    [("lose", "losing"), ("agree", "agreed"), ("talks", "talking"), ("get", "getting"), ("point", "points")],
)
def test_endings_of_number_and_tense_are_taken_off(one, other):
    assert stem(one) == stem(other)


@pytest.mark.parametrize(
    ("one", "other"), [("president", "presence"), ("party", "part"), ("red", "reed"), ("press", "pres")]
)
def test_other_words_stay_apart(one, other):
    assert stem(one) != stem(other)


def test_a_passage_takes_in_what_stands_near_and_leaves_what_stands_far():
    a = ["agreed", "on", "many", "points"]
    b = ["many", "points", "were", "agreed", "to"]
    assert list(find_passages(a, b, [1, 0, 0, 1])) == [[(0, 3), (2, 0), (3, 1)]]
    far = ["many", "points", *"uvwxyz", "agreed"]
    assert list(find_passages(a, far, [1, 0, 0, 2])) == [[(2, 0), (3, 1)], [(0, 8)]]
    assert list(find_passages(a, b, [0, 0, 0, 0])) == []


def test_many_pairs_at_once_are_aligned_as_one_by_one():
    words = ["red", "fish", "swam", "home", "and", "the", "old", "fish", "sang"]
    pairs = [(words[i:j], words[k : k + 5]) for i in range(4) for j in (i, i + 3, 9) for k in range(6)]
    assert align_many(pairs) == [align_all(a, b) for a, b in pairs]
