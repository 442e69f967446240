import json
import math
from pathlib import Path

import pytest

from summit_analysis.text.quantities import find_quantities

CASES = [json.loads(line) for line in Path(__file__).with_name("quantity_cases.jsonl").read_text("utf-8").splitlines()]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:50])
def test_the_quantities_of_a_sentence(case):
    found = find_quantities(case["text"])
    expected = [(span, kind, label, low, high, unit) for span, kind, label, low, high, unit in case["found"]]
    got = [
        (
            case["text"][q.start : q.end], q.kind, q.label,
            None if not math.isfinite(q.low) else pytest.approx(q.low, rel=1e-4),
            None if not math.isfinite(q.high) else pytest.approx(q.high, rel=1e-4), q.unit,
        )
        for q in found
    ]  # fmt: skip
    assert got == expected
