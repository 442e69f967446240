from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summit_analysis.text.spans import find_spans


def spans(text: str) -> list[str]:
    return [text[span.start : span.end] for span in find_spans(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“Yes,” she said. “No,” he said.", ["Yes,", "No,"]),
        ('"Yes," she said. "No," he said.', ["Yes,", "No,"]),
        ("‘Don’t go to the players’ hall,’ she said.", ["Don’t go to the players’ hall,"]),
        ("'Rock 'n' roll in the '90s,' she said.", ["Rock 'n' roll in the '90s,"]),
        ("The players’ hall isn’t theirs.", []),
        ("“He said ‘no’ and “never” to us,” she said.", ["He said ‘no’ and “never” to us,"]),
        ('He is 6\'2" tall, "a giant".', ["a giant"]),
        ("“One.\n\n“Two,” she said.", ["One.", "Two,"]),
        ("« Oui », dit-elle. „Ja“, sagte er.", [" Oui ", "Ja"]),
        ('"Go?" Lund told Ek."There is no way."', ["Go?", "There is no way."]),
        ("No marks here.", []),
    ],
)
def test_spans_run_from_mark_to_mark(text, expected):
    assert spans(text) == expected


def test_an_unclosed_mark_is_reported_and_ends_with_its_paragraph():
    text = "“It went well, she said.\nThey left. “Bye,” he said."
    assert [(text[s.start : s.end], s.unclosed) for s in find_spans(text)] == [
        ("It went well, she said.", True),
        ("Bye,", False),
    ]


def test_many_lone_marks_are_read_in_time_and_without_end():
    assert find_spans("'word " * 5_000) == []
    assert len(find_spans("“word” and " * 20_000)) == 20_000


@given(st.text(st.sampled_from("aB. ,“”\"'‘’\n«»„"), max_size=80))
def test_spans_lie_apart_inside_the_text(text):
    found = find_spans(text)
    assert all(0 <= s.start <= s.end <= len(text) for s in found)
    assert all(a.end < b.start for a, b in pairwise(found))
