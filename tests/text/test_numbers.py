import pytest

from summit_analysis.text.numbers import read_number


@pytest.mark.parametrize(
    ("words", "value", "grain"),
    [
        ("3", 3, 1),
        ("three", 3, 1),
        ("Twenty-five", 25, 1),
        ("three hundred and five", 305, 1),
        ("one hundred", 100, 1),
        ("two thousand", 2000, 1000),
        ("1,200", 1200, 100),
        ("20,000", 20000, 1000),
        ("300", 300, 10),
        ("30", 30, 1),
        ("4.5", 4.5, 0.1),
        ("1.5 billion", 1.5e9, 1e8),
        ("30m", 3e7, 1e6),
        ("2 ½", 2.5, 0.5),
        ("2½", 2.5, 0.5),
        ("2 1/2", 2.5, 0.5),
        ("½", 0.5, 0.5),
        ("two and a half", 2.5, 0.5),
        ("two-and-a-half", 2.5, 0.5),
        ("two and a half million", 2.5e6, 5e5),
        ("a dozen", 12, 1),
        ("half a dozen", 6, 1),
        ("two dozen", 24, 1),
        ("a hundred", 100, 1),
    ],
)
def test_numbers_and_what_their_last_digit_stands_for(words, value, grain):
    assert read_number(words) == (pytest.approx(value), pytest.approx(grain))


@pytest.mark.parametrize("words", ["", "fish", "one two three fish"])
def test_what_is_no_number_is_an_error(words):
    with pytest.raises(ValueError):
        read_number(words)
