import pytest

from summit_analysis.text.names import Names
from summit_analysis.text.segments import segment


def people(text: str) -> Names:
    return Names(text, [start for _, start, _ in segment(text)], {})


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("US President Ada Lund met Dr Bo Ek. Lund left.", ["Ada Lund", "Bo Ek", "Ada Lund"]),
        ("Zoologist Ada Lund spoke. Later Lund left.", ["Ada Lund", "Ada Lund"]),
        ("Queen Ingrith met Bo de la Ek.", ["Ingrith", "Bo de la Ek"]),
        ("His wife, Dot, laughed.", ["Dot"]),
        ("She works for Nordvik Rail in Oslo.", []),
        ("The Foreign Ministry met on Monday.", []),
    ],
)
def test_people_are_named_by_their_longest_form(text, names):
    assert [m.name for m in people(text).mentions if m.person] == names
