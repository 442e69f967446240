"""Whether a sentence says what a statement says, or the opposite of it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from summit_analysis.text.meaning import SAME, Reading, Word, opposed

CONTRARY = 0.25  # of what is found: then the sentence as a whole says the opposite
# "But not for its full value"; what is said anew of somebody ("but did not …") is no exception to what was said.
EXCEPTION = re.compile(r"\b(?:but|though|although|albeit)\snot\b(?!\s(?:only|just|least)\b)[^.,;:—]*", re.IGNORECASE)


class Said:
    """How far what a sentence holds of a statement's words, names left out, is denied there, reversed or only possible.

    `stated` are the statement's words, `text` and `reading` the sentence.
    """

    def __init__(self, stated: Sequence[Word], text: str, reading: Reading) -> None:
        self.denied = any(word.negated for word in stated)
        self.supposed = any(word.unreal for word in stated)
        self.negative = reading.negative
        self.exceptions = [m.span() for m in EXCEPTION.finditer(text)]
        self.found = self.unreal = 0.0
        self.echoed = 0.0  # how far the sentence says no where the statement does
        self.turned = 0.0  # denied, where the statement is not
        self.contrary = 0.0  # found as a word of the opposite meaning
        self.undone = 0.0  # found as the opposite, and denied
        self.excepted = 0.0  # found behind "but not"

    def add(self, word: Word, other: Word, near: float, weight: float) -> None:
        """Count `other`, which stands for `word` as far as `near`."""
        held = weight * near
        opposite = opposed(word, other) and near < SAME
        self.found += held
        self.turned += held * (other.negated and not self.denied)
        self.contrary += held * (opposite and word.negated == other.negated)
        self.undone += held * (opposite and word.negated != other.negated)
        self.excepted += held * (not self.denied and any(a <= other.start < b for a, b in self.exceptions))
        self.unreal += held * (other.unreal and not word.unreal)
        self.echoed = max(self.echoed, float(word.negated and other.negated != opposite))

    def flipped(self) -> float:
        """Return the share of what is found that only one side denies, in [0, 1]: 1 where it says the opposite."""
        least = CONTRARY * self.found
        if not self.found or self.supposed or self.undone > least:
            return 0.0
        if max(self.contrary, self.excepted) > least or (self.denied and not self.negative and not self.echoed):
            return 1.0
        return self.turned / self.found
