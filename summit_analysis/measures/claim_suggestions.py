"""What several articles tell alike, as a first draft of claims for a codebook: statements, not judgements.

A suggestion is a statement of one article, with a subject and a finite verb, most of whose words, weighed by how rare they
are, are found in a part of a sentence of other articles: as themselves, in another form or as synonyms. It never joins a
statement with its denial or opposite, two numbers, two subjects, two speakers, or a name with one that is not told.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping

import numpy as np
import pandas as pd
from scipy import sparse

from summit_analysis.corpus import Corpus
from summit_analysis.errors import NotDefinedError
from summit_analysis.text.likeness import MOST_SENTENCES
from summit_analysis.text.mentions import Rarity
from summit_analysis.text.statements import Part, agree, comparable, found_again, parts_of
from summit_analysis.text.terms import tokenise

COLUMNS = (
    "suggestion", "statement", "told_by", "weight", "role", "similarity", "article", "label", "segment", "start", "end", "evidence",
)  # fmt: skip
# Set by judgement, the drafts of the bundled and of invented stories in sight: half of a statement's weight, more of what it says of its subject, and in rare
# words at least as much as one word that a single sentence holds; who does it counts among the words in common.
COVERED, SAID, SHARED, LEAST_STEMS = 0.5, 0.6, 0.75, 3
NEAR = 0.25  # of a statement's weight in the very words, where synonyms are looked for
LONGEST = 45  # words of a statement
SAME = 0.5  # of a suggestion's words lie in earlier ones, in at least half of its articles: it says the same
CHUNK = 1024
LEADING = re.compile(
    r"^(?:(?:and|but|or|so|while|as|that|which|including|although|though|because|whereas)\b,?\s+)+", re.IGNORECASE
)


def suggest_claims(
    corpus: Corpus,
    segments: pd.DataFrame,
    quotations: pd.DataFrame,
    arrangement: pd.DataFrame,
    aliases: Mapping[str, str],
) -> pd.DataFrame:
    """Return one row per suggestion and article that tells it, the most widely told first.

    Columns: suggestion (1..n); statement (a statement of a sentence in its own words, its subject set before its verb and
    a name in place of "he" or "she", a capital and a full stop added); told_by (articles); weight (of the words found
    again, summed over articles, larger = more and rarer); role (``seed``: the article whose words the statement is, or
    ``told``); similarity (in [0.5, 1]: the share of the statement's weight that the article's sentence holds; 1 for the
    seed); article, label; segment, start, end (code points), evidence (the whole sentence).

    A person edits from there: two suggestions may be one claim, and a claim told in quite different words is not found.

    Raises
    ------
    NotDefinedError
        There are fewer than two articles, or more than 20,000 sentences in them.
    """
    articles = sorted(arrangement["article"])
    if len(articles) < 2:
        raise NotDefinedError("claims are suggested from what several articles tell, and there are fewer than two")
    compared = segments[segments["article"].isin(articles)]
    if (compared["kind"] == "sentence").sum() > MOST_SENTENCES:
        raise NotDefinedError(f"claims are not suggested from more than {MOST_SENTENCES:,} sentences")
    parts = list(parts_of(corpus, compared, quotations, aliases))
    if not parts:
        return pd.DataFrame(columns=list(COLUMNS))
    sentences = compared.loc[compared["kind"] == "sentence", "text"]
    rarity = Rarity([token.term for token in tokenise(text)] for text in sentences)
    weights = {s: rarity.of([s]) for part in parts for s in part.content | part.held}
    label = arrangement.set_index("article")["label"]
    rows = []
    for number, (weight, seed, members) in enumerate(_different(_stars(parts, weights), parts, weights), start=1):
        statement = as_statement(parts[seed].text)
        for n, similarity, _ in members:
            part = parts[n]
            rows.append(
                (number, statement, len(members), round(weight, 6), "seed" if similarity is None else "told",
                 1.0 if similarity is None else similarity, part.article, label[part.article], part.segment, part.start,
                 part.start + len(part.sentence), part.sentence)
            )  # fmt: skip
    return pd.DataFrame(rows, columns=list(COLUMNS))


def as_statement(text: str) -> str:
    """Return a clause as a sentence: one line, without the word that ties it to its sentence, a capital and a full stop."""
    line = " ".join(text.split()).strip(" ,;:–—")
    if line.count("“") != line.count("”"):
        line = line.replace("“", "").replace("”", "")
    if line.count('"') % 2:
        line = line.replace('"', "")
    line = re.sub(r",(?=[”\"’']$)", "", line)
    line = LEADING.sub("", line).strip(" ,;:–—") or line
    return line[:1].upper() + line[1:].rstrip(".,") + ("" if line.endswith(("?", "!", "…", ".”", ".’", '."')) else ".")


def _stars(parts: list[Part], weights: dict[str, float]) -> list[tuple]:
    """Return (weight, number of the seed, members) of each statement that another article tells; members by article."""
    vocabulary = {s: n for n, s in enumerate(sorted(weights))}
    if not vocabulary:
        return []
    matrix = _matrix([part.content for part in parts], vocabulary, weights)
    told = _matrix([part.held for part in parts], vocabulary, weights)
    total = np.array([_weight(part.content, weights) for part in parts])
    stars = []
    for begin in range(0, len(parts), CHUNK):
        product = (matrix[begin : begin + CHUNK] @ told.T).tocoo()
        left = product.row + begin
        keep = product.data >= NEAR * total[left] - 1e-9
        candidates: dict[int, list[tuple[float, int]]] = {}
        for n, k, shared in zip(
            left[keep].tolist(), product.col[keep].tolist(), product.data[keep].tolist(), strict=True
        ):
            if parts[n].article != parts[k].article:
                candidates.setdefault(n, []).append((round(shared, 9), k))
        for n, close in sorted(candidates.items()):
            part = parts[n]
            if len(part.tokens) > LONGEST:
                continue
            best: dict[str, tuple[int, float, frozenset[str]]] = {}
            for _, k in sorted(close, key=lambda c: (-c[0], c[1])):
                if parts[k].article in best or not comparable(part, parts[k]):
                    continue
                common, there = found_again(part, parts[k])
                said = common & part.said
                shared = _weight(common, weights)
                if (
                    len(common) >= LEAST_STEMS
                    and said
                    and shared >= max(SHARED, COVERED * total[n]) - 1e-9
                    and _weight(said, weights) >= SAID * _weight(part.said, weights) - 1e-9
                    and agree(part, parts[k], common, there)
                ):
                    best[parts[k].article] = (k, round(shared / total[n], 6), there)
            if best:
                weight = math.fsum(_weight(common, weights) for _, _, common in best.values())
                stars.append((weight, n, [(n, None, part.content), *(best[a] for a in sorted(best))]))
    return stars


def _weight(stems: frozenset[str] | set[str], weights: dict[str, float]) -> float:
    return math.fsum(weights.get(s, 0.0) for s in sorted(stems))


def _matrix(held: list[frozenset[str]], vocabulary: dict[str, int], weights: dict[str, float]) -> sparse.csr_array:
    cells = [(n, vocabulary[s], math.sqrt(weights[s])) for n, stems in enumerate(held) for s in sorted(stems)]
    row, column, value = zip(*cells, strict=True)
    return sparse.coo_array((value, (row, column)), shape=(len(held), len(vocabulary))).tocsr()


def _different(stars: list[tuple], parts: list[Part], weights: dict[str, float]) -> list[tuple]:
    """Return the stars in order, without those that say what a star before them says."""

    def order(star: tuple) -> tuple:
        """The most widely told first, of these what stands by itself and names its people, then the most and rarest words."""
        part = parts[star[1]]
        return -len(star[2]), part.dangling, not part.named, -round(star[0], 6), len(part.text), star[1]

    told: dict[tuple[str, int], set[str]] = {}
    kept = []
    for star in sorted(stars, key=order):
        again = 0
        for n, _, common in star[2]:
            known = common & told.get((parts[n].article, parts[n].segment), set())
            again += _weight(known, weights) >= SAME * _weight(common, weights)
        if 2 * again >= len(star[2]):
            continue
        for n, _, common in star[2]:
            told.setdefault((parts[n].article, parts[n].segment), set()).update(common)
        kept.append(star)
    return kept
