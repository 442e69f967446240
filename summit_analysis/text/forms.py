"""Where a form of the codebook occurs: whole words, of which only ``*`` is a wildcard.

================  =======================================================  ==============================
form              finds                                                    passes over
================  =======================================================  ==============================
``talks``         talks, Talks                                             talk, peacetalks
``cease-fire``    cease-fire                                               ceasefire, cease fire
``peace*``        peace, peaceful, peacekeepers                            appeasement
``next meeting``  next meeting, also across one line break                  next big meeting
``next * talks``  next day talks                                            next talks
``the US``        the US (a word in capitals stands for itself)            tell us, the us
``Putin's``       Putin's and Putin’s                                      Putin
``what?``         what? (a question mark is a question mark)               what, whatever
================  =======================================================  ==============================
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

APOSTROPHES, HYPHENS, QUOTATION_MARKS = "'’ʼ＇", "-‐‑", '"“”„«»'
INVISIBLE = "\u00ad\u200b-\u200d\u2060\ufeff"
UNSEEN = f"[{INVISIBLE}]*+"  # no form can hold it as its own letters: these are escaped
# A letter, or a mark that belongs to one: in Arabic, Devanagari and decomposed Latin a word holds such marks.
MARKS = (
    r"\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u06d6-\u06ed\u0900-\u0963\u0966-\u0dff"
    r"\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
)
LETTER = rf"[\w{MARKS}]"
NOT_PLAIN = re.compile(f"[{INVISIBLE}{MARKS}]")
# Chinese, Japanese, Thai, Lao, Burmese and Khmer set no blanks between words: a form may begin and end anywhere there.
UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
# Blanks, and one line break at the most; each run is read once only.
BLANKS = r"(?:[^\S\n]++\n?[^\S\n]*+|\n[^\S\n]*+)"


@dataclass(frozen=True)
class Form:
    """A form to look for: its `expression`, letters (`needle`) without which a text cannot hold it, how many words it has."""

    expression: str
    needle: str
    words: int = 1

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """What finds the form in any text."""
        return re.compile(self.expression)

    @cached_property
    def plain(self) -> re.Pattern[str]:
        """What finds the form in a text that holds nothing of `NOT_PLAIN`; it is compiled in a fraction of the time."""
        return re.compile(self.expression.replace(UNSEEN, "").replace(LETTER, r"\w"))


@dataclass(frozen=True)
class Occurrence:
    """One place where a form stands: ``text[start:end]``, and the `key` that the form was given under."""

    start: int
    end: int
    key: tuple[str, str]


def compile_form(form: str) -> Form:
    """Return what finds `form` as whole words, in time linear in the text.

    Case is ignored, but for a word of two or more capitals: "US" is not "us". ``*`` stands for any letters and digits of
    one word, also for none, and alone for a whole word; everything else is literal. Kinds of apostrophes, hyphens and
    quotation marks are alike, composed and decomposed letters too, and invisible characters are passed over.

    Raises
    ------
    ValueError
        The form holds nothing but wildcards, signs and blanks.
    """
    form = unicodedata.normalize("NFC", form)
    if not any(c.isalnum() for c in form):
        raise ValueError(f"the form {form!r} names no word")
    words = form.split()
    before = rf"(?<!{LETTER})" if _bounded(words[0][0]) else ""
    behind = f"(?!{UNSEEN}{LETTER})" if _bounded(words[-1][-1]) else ""
    runs = re.findall(r"[a-z0-9]+", _lower(form))
    return Form(before + BLANKS.join(map(_word, words)) + behind, max(runs, key=len, default=""), len(words))


def _bounded(edge: str) -> bool:
    """Return whether a word that has `edge` at its edge ends there."""
    return (edge.isalnum() or edge in "*_" or unicodedata.category(edge).startswith("M")) and not UNSPACED.match(edge)


def _word(word: str) -> str:
    if not word.strip("*"):
        return f"{LETTER}++"
    # Atomic groups: a literal behind a wildcard is tried at its first place only, so nothing runs away.
    first, *rest = word.split("*")
    letters = [c for c in word if c.isalpha()]
    cased = len(letters) > 1 and all(c.isupper() for c in letters)
    pieces = [_literal(first, cased)]
    for number, piece in enumerate(rest, start=1):
        if number == len(rest):
            pieces.append(f"{LETTER}*{_literal(piece, cased)}" if piece else f"{LETTER}*+")
        elif piece:
            pieces.append(f"(?>{LETTER}*?{_literal(piece, cased)})")
    return "".join(pieces)


def _literal(text: str, cased: bool) -> str:
    body = UNSEEN.join(map(_character, text))
    return body if cased or not body else f"(?i:{body})"


def _character(c: str) -> str:
    for alike in (APOSTROPHES, HYPHENS, QUOTATION_MARKS):
        if c in alike:
            return "[" + re.escape(alike) + "]"
    apart = unicodedata.normalize("NFD", c)
    return re.escape(c) if apart == c else f"(?:{re.escape(c)}|{re.escape(apart)})"


def _lower(text: str) -> str:
    """Return `text` in lower case and of the same length; what patterns that pass over case take for an i or s is one."""
    return text.replace("İ", "i").replace("ſ", "s").lower()


class _Words:
    """A text in which forms are looked for only around the letters that they need: C finds these at once."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._is_plain = not NOT_PLAIN.search(text)
        hidden = [m.start() for m in re.finditer(f"[{INVISIBLE}]", text)]
        self._plain = _lower(re.sub(f"[{INVISIBLE}]", "", text) if hidden else text)
        self._shown = np.delete(np.arange(len(text)), hidden) if hidden else None  # places of the letters in `text`
        spans = np.array([m.span() for m in re.finditer(r"\S+", text)], dtype=np.int64).reshape(-1, 2)
        self._starts, self._ends = spans[:, 0], spans[:, 1]

    def find(self, form: Form) -> Iterator[re.Match[str]]:
        """Yield the matches of `form` in order."""
        pattern = form.plain if self._is_plain else form.pattern
        if not form.needle:
            yield from pattern.finditer(self.text)
            return
        for start, end in self._windows(form):
            yield from pattern.finditer(self.text, start, end)

    def _windows(self, form: Form) -> list[tuple[int, int]]:
        """Return the spans that hold all matches: each place of the needle with as many words around it as the form has."""
        places, at = [], self._plain.find(form.needle)
        while at >= 0:
            places.append(at)
            at = self._plain.find(form.needle, at + 1)
        if not places:
            return []
        found = np.array(places, dtype=np.int64)
        word = np.searchsorted(self._starts, found if self._shown is None else self._shown[found], side="right") - 1
        first, last = np.maximum(word - form.words + 1, 0), np.minimum(word + form.words - 1, len(self._ends) - 1)
        opens = np.concatenate([[True], first[1:] > last[:-1]])  # windows that share a word are one
        closes = np.concatenate([opens[1:], [True]])
        return list(zip(self._starts[first[opens]].tolist(), self._ends[last[closes]].tolist(), strict=True))


@lru_cache(maxsize=1)
def _words_of(text: str) -> _Words:
    return _Words(text)


def find_forms(text: str, forms: Mapping[tuple[str, str], Form]) -> list[Occurrence]:
    """Return where any of `forms` occurs in `text`, in reading order; a key is (group, form).

    Where two overlap, the longer one counts; of two equally long ones the one that begins first. The very same span
    counts once in each group, for the form that is listed first there.
    """
    words = _words_of(text)
    found = [
        (m.end() - m.start(), m.start(), rank, key)
        for rank, (key, form) in enumerate(forms.items())
        for m in words.find(form)
    ]
    taken = bytearray(len(text))
    kept: list[Occurrence] = []
    spans: dict[tuple[int, int], set[str]] = {}
    for length, start, _, key in sorted(found, key=lambda f: (-f[0], f[1], f[2])):
        end = start + length
        groups = spans.get((start, end))
        if groups is None and any(taken[start:end]):
            continue
        if groups is None or key[0] not in groups:
            spans.setdefault((start, end), set()).add(key[0])
            taken[start:end] = b"\x01" * length
            kept.append(Occurrence(start, end, key))
    return sorted(kept, key=lambda o: o.start)
