"""Which segment and which voice a place in a text belongs to."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd


@dataclass(frozen=True)
class Place:
    """Where an offset lies: its segment's number, kind and text, and the voice."""

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

    def at(self, offset: int) -> Place | None:
        """Return the place of ``text[offset]``; None in boilerplate, which counts nowhere."""
        row = int(np.searchsorted(self._starts, offset, side="right")) - 1
        if row < 0 or self._rows[row][1] == "boilerplate":
            return None
        segment, kind, start, end = self._rows[row]
        inside = np.searchsorted(self._opens, offset, side="right") > np.searchsorted(
            self._closes, offset, side="right"
        )
        return Place(int(segment), str(kind), self.text[start:end], "quoted" if inside else "own")
