"""Which segment and which voice a place in a text belongs to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

# Characters of a sentence without end that are shown to either side: each place in it would else repeat all of it.
REACH = 1_000


@dataclass(frozen=True)
class Place:
    """Where a span lies: its segment's number and kind, its sentence (of a long one `REACH` to either side), its voice."""

    segment: int
    kind: str
    text: str
    voice: str


class Places:
    """The segments and quotations of one article, to look offsets up in."""

    def __init__(self, text: str, segments: pd.DataFrame, quotations: pd.DataFrame) -> None:
        self.text = text
        self._starts = segments["start"].to_numpy()
        self._rows = list(zip(segments["segment"], segments["kind"], segments["start"], segments["end"], strict=True))
        speech = quotations[quotations["kind"] == "speech"].sort_values("start")
        self._opens, self._closes = speech["start"].to_numpy(), speech["end"].to_numpy()

    def at(self, begin: int, stop: int) -> Place | None:
        """Return the place of ``text[begin:stop]``, its voice that of its first character.

        None in boilerplate, which counts nowhere, and where the span leaves its segment: a heading's last word and the
        next paragraph's first make no phrase.
        """
        row = int(np.searchsorted(self._starts, begin, side="right")) - 1
        if row < 0 or self._rows[row][1] == "boilerplate" or stop > self._rows[row][3]:
            return None
        segment, kind, start, end = self._rows[row]
        inside = np.searchsorted(self._opens, begin, side="right") > np.searchsorted(self._closes, begin, side="right")
        sentence = self.text[max(start, begin - REACH) : min(end, stop + REACH)]
        return Place(int(segment), str(kind), sentence, "quoted" if inside else "own")


def places_of(
    texts: Mapping[str, str], segments: pd.DataFrame, quotations: pd.DataFrame
) -> Iterator[tuple[str, str, Places]]:
    """Yield (article, text, its places) for each of `texts`."""
    cut, quoted = dict(iter(segments.groupby("article"))), dict(iter(quotations.groupby("article")))
    for article, text in texts.items():
        yield article, text, Places(text, cut.get(article, segments[:0]), quoted.get(article, quotations[:0]))


def spans_of(table: pd.DataFrame) -> dict[str, list[tuple[int, int]]]:
    """Return the (start, end) of each article's rows of `table`, in its order."""
    found: dict[str, list[tuple[int, int]]] = {}
    for article, *span in zip(table["article"], table["start"].tolist(), table["end"].tolist(), strict=True):
        found.setdefault(article, []).append(tuple(span))
    return found


def whole(segments: Sequence[tuple[int, int]], start: int, end: int) -> tuple[int, int]:
    """Return the span of the `segments` that ``text[start:end]`` touches; (start, end) where there is none."""
    touched = [span for span in segments if span[0] < end and start < span[1]]
    return (min(a for a, _ in touched), max(b for _, b in touched)) if touched else (start, end)
