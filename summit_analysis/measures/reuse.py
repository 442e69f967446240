"""Text reuse: which passages two articles share, word for word or edited, where, and how unlikely by chance."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd

from summit_analysis.errors import NotDefinedError
from summit_analysis.text.passages import CHANCE, Passage, find_shared, telling
from summit_analysis.text.prose import STOP_WORD, Prose, read_prose
from summit_analysis.text.runs import find_runs

COLUMNS = (
    "article_a", "start_a", "end_a", "article_b", "start_b", "end_b", "words", "kind", "voice", "rarity", "own_rarity",
    "evidence", "passage", "part", "order_a", "order_b", "heading", "score", "edits", "quoted_edits", "text_a", "text_b",
)  # fmt: skip
EDIT_COLUMNS = (
    "article_a", "article_b", "passage", "edit", "kind", "start_a", "end_a", "start_b", "end_b", "quoted", "text_a", "text_b",
)  # fmt: skip
VOICES = {"own": "own prose", "quoted": "quoted", "mixed": "own prose and quotation"}
LEAST_RUN = 5  # words
LISTED = 0.6  # rarity of a passage of two words or more: one of them telling


@dataclass(frozen=True)
class Reuse:
    """What `compare` finds.

    Attributes
    ----------
    passages
        The table `reuse`, one row per shared passage, see `compare`.
    edits
        The table `reuse_edits`, one row per stretch of words in which the two versions of an edited passage differ.
    prose
        One row per article: article, words (as reuse counts them), own_words and own_weight (the sum of the weights of
        its own words, stop words left out).
    """

    passages: pd.DataFrame
    edits: pd.DataFrame
    prose: pd.DataFrame


def compare(texts: Mapping[str, str], segments: pd.DataFrame, quotations: pd.DataFrame) -> Reuse:
    """Compare all articles pair by pair.

    `passages` has one row per shared passage, ordered by pair and place. Columns: article_a < article_b, and for each side
    start, end (code points) and text; words (in common); kind (``verbatim``: a maximal run of the same words, whatever
    their case and punctuation, of 5 words or more, or shorter where it is rare; ``edited``: a local alignment, words in
    common by stem); voice (``own``, ``quoted``, ``mixed``, of the words in common); rarity (>= 0, larger = less likely by chance: the
    weights of its different telling words, see `text.prose`; names, titles, places, numbers and stock phrases weigh
    nothing, and about 1.2 is reached by chance); own_rarity (the same of own words); evidence (>= 0: what own_rarity
    has beyond 1.2, each word counted once a pair); passage (1..n in its pair; a run that is part of an edited
    passage has its number and `part` true, one that is in none has 0); order_a, order_b (rank of the passage
    among those of the pair, parts and passages under 0.6 empty); heading (whether it stands in a heading of both); score
    (2 for each word in common less 1 for each other word between its ends); edits and quoted_edits (how many, and how
    many of them inside quotations).

    `edits` has article_a, article_b, passage, edit (1..n in its passage), kind (``replaced``, ``dropped``: in a alone,
    ``added``: in b alone, ``moved``), start, end and text on both sides (an empty span stands behind the word before),
    quoted (whether words inside a quotation differ, which changes what someone is said to have said).

    Raises
    ------
    NotDefinedError
        There is one article.
    """
    if len(texts) < 2:
        raise NotDefinedError("articles are not compared: there is only one")
    articles = sorted(texts)
    prose = read_prose({article: texts[article] for article in articles}, segments, quotations)
    runs = _runs_by_pair(prose)
    rows: list[tuple] = []
    edits: list[tuple] = []
    shared = {(a, b): passages for a, b, passages in find_shared(prose)}
    for a, b in sorted({*runs, *shared}):
        pair = _Pair(prose[a], prose[b], texts[articles[a]], texts[articles[b]])
        found, changed = pair.compare(shared.get((a, b), []), runs.get((a, b), []))
        rows += found
        edits += changed
    table = pd.DataFrame(rows, columns=list(COLUMNS)).astype({"order_a": "Int64", "order_b": "Int64"})
    table = table.sort_values(
        ["article_a", "article_b", "start_a", "start_b", "part", "end_a"], ignore_index=True, kind="stable"
    )
    return Reuse(table, pd.DataFrame(edits, columns=list(EDIT_COLUMNS)), _describe(prose))


def side_by_side(reuse: pd.DataFrame, articles: pd.DataFrame, pair: tuple[str, str], *, most: int = 20) -> pd.DataFrame:
    """Return one row per passage that two articles share, in the order of the first: what a reader sets side by side.

    Columns: heading (words in common, voice and rarity, in words), label_a, text_a, label_b, text_b. Of more than
    `most` passages the rarest are kept; parts of edited passages and what chance explains are left out.
    """
    label = dict(zip(articles["article"], articles["label"], strict=True))
    first, second = pair
    a, b = ("a", "b") if first < second else ("b", "a")
    found = reuse[(reuse[f"article_{a}"] == first) & (reuse[f"article_{b}"] == second) & ~reuse["part"]]
    found = found[found["rarity"] > CHANCE].sort_values(["rarity", f"start_{a}"], ascending=[False, True]).head(most)
    rows = [
        (f"{row['words']} words in common, {VOICES[row['voice']]}, rarity {row['rarity']:.1f}",
         label[first], row[f"text_{a}"], label[second], row[f"text_{b}"])
        for row in found.sort_values(f"start_{a}").to_dict("records")
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["heading", "label_a", "text_a", "label_b", "text_b"])


def _describe(prose: Sequence[Prose]) -> pd.DataFrame:
    rows = [
        (w.article, int(w.counted.sum()), int((w.counted & w.own).sum()),
         round(float(w.weight[w.own & (w.weight > STOP_WORD)].sum()), 6))
        for w in prose
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["article", "words", "own_words", "own_weight"])


def _runs_by_pair(prose: Sequence[Prose]) -> dict[tuple[int, int], list[tuple[int, int, int]]]:
    codes: dict[str, int] = {}
    sequences = []
    for words in prose:
        coded = np.array([codes.setdefault(term, len(codes)) for term in words.terms], dtype=np.int64)
        sequences.append(coded)
    found: dict[tuple[int, int], list[tuple[int, int, int]]] = {}
    for a, b, i, j, length in find_runs(sequences, least=LEAST_RUN).tolist():
        if prose[a].counted[i : i + length].sum() >= LEAST_RUN:
            found.setdefault((a, b), []).append((i, j, length))
    return found


class _Pair:
    """Two articles that are compared."""

    def __init__(self, a: Prose, b: Prose, text_a: str, text_b: str) -> None:
        self.a, self.b, self.text_a, self.text_b = a, b, text_a, text_b

    def compare(self, passages: list[Passage], runs: list[tuple[int, int, int]]) -> tuple[list[tuple], list[tuple]]:
        """Return the rows of `reuse` and of `reuse_edits`."""
        kept = [p for p in passages if p.rarity >= LISTED and len(p.pairs) > 1]
        evidence = self._evidence(kept)
        order_b = {id(p): n for n, p in enumerate(sorted(kept, key=lambda p: p.span_b), start=1)}
        rows, edits, exact = [], [], set()
        inside: dict[tuple[int, int], int] = {}
        for number, passage in enumerate(kept, start=1):
            place = {
                "passage": number,
                "order_a": number,
                "order_b": order_b[id(passage)],
                "evidence": evidence[number - 1],
            }
            if run := self._as_run(passage):
                exact.add(run)
                i, j, length = run
                rows.append(self._row([(i + k, j + k) for k in range(length)], "verbatim", **place))
                continue
            changed = list(self._edits(passage, number))
            place |= {"edits": len(changed), "quoted_edits": sum(edit[9] for edit in changed)}
            rows.append(self._row(list(passage.pairs), "edited", **place))
            edits += changed
            inside |= dict.fromkeys(passage.pairs, number)
        for i, j, length in runs:
            if (i, j, length) not in exact:
                pairs = [(i + k, j + k) for k in range(length)]
                within = {inside.get(pair, 0) for pair in pairs} - {0}
                rows.append(self._row(pairs, "verbatim", passage=min(within, default=0), part=bool(within)))
        return rows, edits

    def _evidence(self, passages: list[Passage]) -> list[float]:
        """Return what the own words of each passage say beyond chance, the rarest passage first; a word counts once."""
        seen: set[str] = set()
        found = [0.0] * len(passages)
        for n in sorted(range(len(passages)), key=lambda n: (-passages[n].own, n)):
            words = telling(self.a, self.b, self._own(passages[n].pairs))
            new = sum(weight for stem, weight in words.items() if stem not in seen)
            seen.update(words)
            found[n] = max(new - CHANCE, 0.0)
        return found

    def _own(self, pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
        return [(i, j) for i, j in pairs if self.a.own[i] and self.b.own[j]]

    def _as_run(self, passage: Passage) -> tuple[int, int, int] | None:
        """Return the maximal run that `passage` is, if it is one: (start in a, start in b, length)."""
        (i, j), (last_i, last_j) = passage.pairs[0], passage.pairs[-1]
        a, b = self.a.terms, self.b.terms
        if last_i - i != last_j - j or a[i : last_i + 1] != b[j : last_j + 1]:
            return None
        while i and j and a[i - 1] == b[j - 1]:
            i, j = i - 1, j - 1
        length = 0
        while i + length < len(a) and j + length < len(b) and a[i + length] == b[j + length]:
            length += 1
        return i, j, length

    def _row(self, pairs: list[tuple[int, int]], kind: str, **more: object) -> tuple:
        a, b = self.a, self.b
        places = [j for _, j in pairs]
        first_a, last_a, first_b, last_b = pairs[0][0], pairs[-1][0], min(places), max(places)
        quoted = [bool(a.quoted[i] and b.quoted[j]) for i, j in pairs]
        either = [bool(a.quoted[i] or b.quoted[j]) for i, j in pairs]
        words = sum(bool(a.counted[i]) for i, _ in pairs)
        spans = (last_a - first_a + 1, last_b - first_b + 1)
        row = {
            "article_a": a.article, "article_b": b.article, "words": words, "kind": kind,
            "start_a": int(a.start[first_a]), "end_a": int(a.end[last_a]),
            "start_b": int(b.start[first_b]), "end_b": int(b.end[last_b]),
            "voice": "quoted" if all(quoted) else "mixed" if any(either) else "own",
            "rarity": round(sum(telling(a, b, pairs).values()), 6),
            "own_rarity": round(sum(telling(a, b, self._own(pairs)).values()), 6),
            "evidence": 0.0, "passage": 0, "part": False, "order_a": pd.NA, "order_b": pd.NA,
            "heading": a.kind[a.unit[first_a]] == b.kind[b.unit[first_b]] == "heading",
            "score": 2 * len(pairs) - sum(length - len(pairs) for length in spans), "edits": 0, "quoted_edits": 0,
        }  # fmt: skip
        row["text_a"] = self.text_a[row["start_a"] : row["end_a"]]
        row["text_b"] = self.text_b[row["start_b"] : row["end_b"]]
        row |= more
        row["evidence"] = round(float(row["evidence"]), 6)
        return tuple(row[column] for column in COLUMNS)

    def _edits(self, passage: Passage, number: int) -> Iterator[tuple]:
        """Yield the rows of `reuse_edits` of one passage, in the order of a."""
        backbone = _rising(passage.pairs)
        moved = [pair for pair in passage.pairs if pair not in backbone]
        moved_a, moved_b = {i for i, _ in moved}, {j for _, j in moved}
        stretches: list[tuple[str, list[int], list[int]]] = []
        steps = sorted(backbone)
        for before, here in pairwise([*steps, None]):
            if self.a.terms[before[0]] != self.b.terms[before[1]]:
                stretches.append(("replaced", [before[0]], [before[1]]))
            if here is None:
                continue
            only_a = [i for i in range(before[0] + 1, here[0]) if i not in moved_a]
            only_b = [j for j in range(before[1] + 1, here[1]) if j not in moved_b]
            if only_a or only_b:
                kind = "replaced" if only_a and only_b else "dropped" if only_a else "added"
                stretches.append((kind, only_a or [before[0]], only_b or [before[1]]))
        for group in _consecutive(moved):
            stretches.append(("moved", [i for i, _ in group], [j for _, j in group]))
        stretches.sort(key=lambda s: (s[1][0], s[2][0]))
        for n, (kind, in_a, in_b) in enumerate(stretches, start=1):
            span_a = self._place(self.a, in_a, empty=kind == "added")
            span_b = self._place(self.b, in_b, empty=kind == "dropped")
            quoted = (kind != "added" and bool(self.a.quoted[in_a].any())) or (
                kind != "dropped" and bool(self.b.quoted[in_b].any())
            )
            yield (
                self.a.article, self.b.article, number, n, kind, *span_a, *span_b, quoted,
                self.text_a[slice(*span_a)], self.text_b[slice(*span_b)],
            )  # fmt: skip

    @staticmethod
    def _place(words: Prose, indexes: list[int], *, empty: bool) -> tuple[int, int]:
        end = int(words.end[indexes[-1]])
        return (end, end) if empty else (int(words.start[indexes[0]]), end)


def _rising(pairs: Sequence[tuple[int, int]]) -> set[tuple[int, int]]:
    """Return the longest series of pairs that rises on both sides: what stands in the same order."""
    tails: list[int] = []
    held: list[int] = []
    before: list[int] = []
    for n, (_, j) in enumerate(pairs):
        k = bisect_left(tails, j)
        tails[k : k + 1] = [j]
        held[k : k + 1] = [n]
        before.append(held[k - 1] if k else -1)
    kept, n = set(), held[-1]
    while n >= 0:
        kept.add(pairs[n])
        n = before[n]
    return kept


def _consecutive(pairs: list[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    group: list[tuple[int, int]] = []
    for pair in pairs:
        if group and pair != (group[-1][0] + 1, group[-1][1] + 1):
            yield group
            group = []
        group.append(pair)
    if group:
        yield group
