import csv
import json

import pytest
from tests_root import ANNOTATIONS

from summit_analysis.text.quotations import find_spans

CASES = [json.loads(line) for line in (ANNOTATIONS / "quotation_cases.jsonl").read_text(encoding="utf-8").splitlines()]


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


def test_the_bundled_texts_have_every_span_that_a_reader_found(alaska):
    with (ANNOTATIONS / "quotations.csv").open(encoding="utf-8", newline="") as file:
        gold = [[r["article"], int(r["start"]), int(r["end"]), r["text"]] for r in csv.DictReader(file)]
    assert alaska["quotations"][["article", "start", "end", "text"]].to_numpy().tolist() == gold


def test_the_invented_passages_have_their_spans():
    right = [c["id"] for c in CASES if spans(c["text"]) == [q["text"] for q in c["quotations"]]]
    assert len(right) >= 0.99 * len(CASES)
