"""What a user is told when a story cannot be read: every fault at once, with its place and its mend."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


def printable(text: object) -> str:
    """Return `text` with control, bidirectional and other unprintable characters escaped (``\\x1b``).

    File names and cells come from strangers; a terminal must not obey them.
    """
    text = str(text)
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def shortened(text: object, limit: int = 80) -> str:
    """Return `text` made printable and cut to `limit` characters, for quoting inside a message."""
    line = printable(text)
    return line if len(line) <= limit else line[: limit - 1] + "…"


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong: in which file, where in it, what was found, and how to mend it."""

    file: str
    where: str
    found: str
    mend: str

    def __str__(self) -> str:
        place = ", ".join(printable(part) for part in (self.file, self.where) if part)
        return f"{place}: {printable(self.found)} → {printable(self.mend)}"


class StoryError(ValueError):
    """A story cannot be analysed as it stands. `faults` lists everything that was found, not only the first."""

    def __init__(self, faults: Fault | Iterable[Fault]) -> None:
        self.faults: tuple[Fault, ...] = (faults,) if isinstance(faults, Fault) else tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


class NotDefinedError(KeyError):
    """A measure has nothing to measure in this story. The message is the reason, in one line, for a reader.

    A `KeyError`, so that ``"claims" in tables`` and ``tables.get("claims")`` answer for tables that a story lacks.
    """

    def __str__(self) -> str:
        return str(self.args[0])
