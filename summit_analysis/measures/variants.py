"""The same utterance in different words: quotations of one speaker whose wording is close, across articles.

After the phrase clusters of MemeTracker (Leskovec, Backstrom & Kleinberg 2009), with alignment in place of their edit
distance. Wordings differ for honest reasons, translation and shortening among them: a variant is no misquotation.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable

import pandas as pd

from summit_analysis.text import alignment, collation
from summit_analysis.text.closeness import CONFLICT_COVERED, CONFLICT_EVIDENCE, Match, Speech, join

MOST_CLUSTERS = 8  # that have room in the figure
COLUMNS = (
    "variant", "article", "label", "quotation", "speaker", "verb", "start", "end", "text",
    "role", "similarity", "differs", "cut_before", "cut_after",
)  # fmt: skip
CONFLICT_COLUMNS = (
    "conflict", "article", "label", "quotation", "speaker", "verb", "start", "end", "text",
    "conflict_kind", "cut_before", "cut_after",
)  # fmt: skip
COLLATED_COLUMNS = (
    "rank", "kind", "variant", "conflict", "differs", "version", "article", "label", "speaker", "verb",
    "piece", "text", "changed", "cut_before", "cut_after",
)  # fmt: skip


def cluster(quotations: pd.DataFrame, tokens: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Return one row per quotation in a cluster of variants: what one speaker is quoted with in several articles.

    Columns: variant (1..n; the clusters of most articles first, then by the first of their quotations); article;
    label (of the article); quotation, speaker, verb; start, end (code points: the quotation, or the part of it that
    is the variant), text (``text[start:end]``); role (``longest`` or ``version``); similarity (in [0, 1], larger =
    more alike: the weight of the words found again in the longest version, or of its words found here, as share of
    the lighter of the two; 1 for the longest, for the same words and for a part of them); differs (whether any two
    versions differ in the words that both quote); cut_before, cut_after (whether the quotation goes on there).

    Only quotations of kind ``speech`` with a known speaker count, and only those of articles that `articles` holds.
    Joint speakers (``A; B``) count for each. Two wordings are joined where local alignments (Smith & Waterman 1981;
    `alignment.find_passages`), free in their order, find again 0.6 of the weight of the lighter sentences, or a long
    stretch within them, with enough of it in rare words (more for a speaker with many quotations); clusters are what is joined directly or through others (compare Leskovec, Backstrom & Kleinberg
    2009). Quotations of several sentences are compared sentence by sentence.
    """
    speech = Speech(quotations, tokens, articles)
    by_speaker: dict[str, set[int]] = defaultdict(set)
    for w, wording in enumerate(speech.wordings):
        for row in wording.members:
            for speaker in speech.speakers[row]:
                by_speaker[speaker].add(w)
    found: set[tuple[tuple[int, int, int], ...]] = set()
    for speaker in sorted(by_speaker):

        def rows(w: int, speaker: str = speaker) -> list[int]:
            return [row for row in speech.wordings[w].members if speaker in speech.speakers[row]]

        in_articles = {w: {speech.article[row] for row in rows(w)} for w in by_speaker[speaker]}

        def apart(a: int, b: int, of: dict[int, set[str]] = in_articles) -> bool:
            return len(of[a] | of[b]) > 1

        for spans in join(speech, sorted(by_speaker[speaker]), apart, lambda a, b, match: True):
            members = sorted((row, *span) for w, span in spans.items() for row in rows(w))
            if len({speech.article[row] for row, _, _ in members}) > 1:
                found.add(tuple(members))
    ordered = sorted(found, key=lambda m: (-len({speech.article[row] for row, _, _ in m}), m))
    tables = [_describe_cluster(speech, n, members) for n, members in enumerate(ordered, start=1)]
    return pd.DataFrame([row for table in tables for row in table], columns=list(COLUMNS))


def conflicts(quotations: pd.DataFrame, tokens: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Return one row per quotation whose words other articles give to another speaker.

    Columns: conflict (1..n, by the first of its quotations); article, label, quotation, speaker, verb, start, end,
    text, cut_before, cut_after as in `cluster`; conflict_kind (``different speaker``, or ``joint speaker`` where one
    article names one of those whom another names together).

    Wordings are compared as in `cluster`, but speakers who have no name in common must share 0.8 of the lighter
    passage and at least two telling words: two people may well both call talks “productive”.
    """
    speech = Speech(quotations, tokens, articles)
    said = [{(speech.article[row], speech.speakers[row]) for row in w.members} for w in speech.wordings]

    def against(a: int, b: int) -> bool:
        return any(x[0] != y[0] and x[1] != y[1] for x in said[a] for y in said[b])

    def enough(a: int, b: int, match: Match) -> bool:
        joint = any(x[0] != y[0] and x[1] != y[1] and x[1] & y[1] for x in said[a] for y in said[b])
        return joint or (match.similarity >= CONFLICT_COVERED and match.evidence >= CONFLICT_EVIDENCE)

    several = len({speakers for _, speakers in set().union(*said)}) > 1 if said else False
    rows = []
    found = join(speech, list(range(len(said))), against, enough) if several else []
    members = [sorted((row, *span) for w, span in c.items() for row in speech.wordings[w].members) for c in found]
    for passages in sorted(members):
        kinds = {row: _conflict_kinds(speech, row, [other for other, _, _ in passages]) for row, _, _ in passages}
        kept = [passage for passage in passages if kinds[passage[0]]]
        if kept:
            number = rows[-1]["conflict"] + 1 if rows else 1
            kind = min(set().union(*kinds.values()))  # "different speaker" weighs more and sorts first
            rows += [{"conflict": number, "conflict_kind": kind} | _row(speech, *passage) for passage in kept]
    return pd.DataFrame(rows, columns=list(CONFLICT_COLUMNS))


def _conflict_kinds(speech: Speech, row: int, others: list[int]) -> set[str]:
    """Return in which ways the speaker of a quotation differs from those of `others` in other articles."""
    own = speech.speakers[row]
    opposed = {speech.speakers[o] for o in others if speech.article[o] != speech.article[row]} - {own}
    return {"joint speaker" if own & speakers else "different speaker" for speakers in opposed}


def _row(speech: Speech, row: int, low: int, high: int) -> dict[str, object]:
    """Return what both tables say of a quotation, or of the part of it between two of its tokens."""
    tokens, quotation = speech.tokens[row], speech.table.iloc[row]
    start = tokens[low].start if low else 0
    end = tokens[high - 1].end if high < len(tokens) else len(quotation["text"])
    same = {name: quotation[name] for name in ("article", "label", "quotation", "speaker", "verb")}
    place = {"start": int(quotation["start"]) + start, "end": int(quotation["start"]) + end}
    return same | place | {"text": quotation["text"][start:end], "cut_before": low > 0, "cut_after": high < len(tokens)}


def _describe_cluster(speech: Speech, number: int, members: tuple[tuple[int, int, int], ...]) -> list[dict]:
    rows = [_row(speech, *member) for member in members]
    longest = max(range(len(members)), key=lambda n: (members[n][2] - members[n][1], -n))
    differs = any(
        changed for version in collation.find_pieces([row["text"] for row in rows]) for _, _, changed in version
    )
    terms = [[token.term for token in speech.tokens[row][low:high]] for row, low, high in members]
    for n, row in enumerate(rows):
        row |= {"variant": number, "role": "longest" if n == longest else "version", "differs": differs}
        row["similarity"] = _likeness(terms[n], terms[longest], speech.weigh)
    return rows


def _likeness(a: list[str], b: list[str], weigh: Callable[[str], float]) -> float:
    one, two = ({alignment.stem(term): weigh(term) for term in terms} for terms in (a, b))
    left, right = list(map(alignment.stem, a)), list(map(alignment.stem, b))
    aligned = {left[i] for found in alignment.align_all(left, right) for i, j in found.pairs if left[i] == right[j]}
    shared = math.fsum(min(one[term], two[term]) for term in aligned)
    return min(1.0, round(shared / min(math.fsum(one.values()), math.fsum(two.values())), 9))


def collate(variants: pd.DataFrame, conflicts: pd.DataFrame) -> pd.DataFrame:
    """Return one row per cluster, version and piece: the versions word by word, as the figure sets them.

    Columns: rank (1..n: clusters that differ first, of these conflicts between speakers, then by articles and length);
    kind (``variant``, ``different speaker`` or ``joint speaker``); variant, conflict (ids in those tables, 0 where the
    cluster is not in it; a conflict between speakers takes the place of the variants that lie in it); differs; version (1..k, equal wordings together, the longest first); article, label,
    speaker, verb, cut_before, cut_after as in `cluster`; piece (1..m, alike in all versions; one word where all
    agree, else all words up to the next such); text (of the piece, empty where a version has no words there);
    changed (whether more than half of the versions that quote this place have other words).

    A version has no row for what lies before its first or behind its last word: it may merely have been cut there.
    """
    place = ["article", "quotation"]
    against = {number: set(map(tuple, rows[place].to_numpy())) for number, rows in conflicts.groupby("conflict")}
    kinds = conflicts.drop_duplicates("conflict").set_index("conflict")["conflict_kind"]
    held: dict[int, int] = {}  # conflict between speakers → the first variant that lies in it
    groups = []
    for number, rows in variants.groupby("variant"):
        own = set(map(tuple, rows[place].to_numpy()))
        within = [n for n, members in against.items() if kinds[n] == "different speaker" and own <= members]
        joint = [n for n, members in against.items() if kinds[n] == "joint speaker" and len(own & members) > 1]
        if within:
            held.setdefault(within[0], number)
        else:
            groups.append(("joint speaker" if joint else "variant", number, joint[0] if joint else 0, rows))
    for number, rows in conflicts.groupby("conflict"):
        if kinds[number] == "different speaker":
            groups.append((kinds[number], held.get(number, 0), number, rows))
    collated = []
    for kind, variant, conflict, rows in groups:
        pieces = collation.find_pieces(list(rows["text"]))
        differs = any(changed for version in pieces for _, _, changed in version)
        longest = max(len(version) for version in pieces)
        first = (not (differs or kind == "different speaker"), kind != "different speaker", -rows["article"].nunique())
        collated.append(((*first, -longest, variant, conflict), kind, variant, conflict, differs, rows, pieces))
    table = []
    for rank, (_, kind, variant, conflict, differs, rows, pieces) in enumerate(sorted(collated, key=lambda c: c[0]), 1):
        cluster = {"rank": rank, "kind": kind, "variant": variant, "conflict": conflict, "differs": differs}
        wordings = [" ".join(text.lower() for _, text, _ in version) for version in pieces]
        common = Counter(wording.strip(".,;: ") for wording in wordings)

        def order(n: int, wordings: list[str] = wordings, common: Counter = common, rows: pd.DataFrame = rows) -> tuple:
            """Longest first, then the most common wording, so that equal ones stand together."""
            bare = wordings[n].strip(".,;: ")
            return -len(bare.split()), -common[bare], bare, rows["label"].iloc[n], n

        records = rows.to_dict("records")
        versions = [(records[n], pieces[n]) for n in sorted(range(len(records)), key=order)]
        for version, (row, found) in enumerate(versions, 1):
            same = {name: row[name] for name in COLLATED_COLUMNS if name in row and name not in cluster}
            table += [
                cluster | {"version": version} | same | {"piece": piece, "text": text, "changed": changed}
                for piece, text, changed in found
            ]
    return pd.DataFrame(table, columns=list(COLLATED_COLUMNS))
