"""Find what turns a statement round: "not", "n't", "never", "without", "refused to"."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files

from summit_analysis import lexicons

_WORDS = tomllib.loads(files(lexicons).joinpath("negation.toml").read_text(encoding="utf-8"))
# "Not only" and "no doubt" turn nothing round.
_AFFIRMED = r"(?!\s(?:only|just|least|doubt|surprise|longer\sthan|matter|less\sthan|fewer\sthan|more\sthan)\b)"
NEGATION = re.compile(
    rf"\b(?:{'|'.join(_WORDS['words'] + _WORDS['verbs'])})\b{_AFFIRMED}|(?<=[a-z])n['’ʼ]t\b", re.IGNORECASE
)


def find_negations(text: str) -> list[tuple[int, int]]:
    """Return the spans of the negating words of `text`, in order."""
    return [found.span() for found in NEGATION.finditer(text)]
