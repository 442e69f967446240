"""Lineages: articles that share copy, and so count as one telling.

Two articles share copy where the rare prose they have in common, in their own words and in its order, is more than
reporters at one event come to by chance. It is read off the texts; who wrote first is not. "Shares copy with" says that both have an
ancestor in common, which may be neither of them.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

import pandas as pd

from summit_analysis.errors import NotDefinedError
from summit_analysis.text.credits import find_credits
from summit_analysis.text.passages import CHANCE

COLUMNS = (
    "article", "lineage", "evidence", "role", "size", "shares_copy_with", "credit", "agency", "credit_start", "credit_end",
)  # fmt: skip
PAIR_COLUMNS = (
    "article_a", "article_b", "shares_copy", "score", "passages", "own_words", "rarity", "evidence", "share", "order_agreement",
    "order_z", "headings", "heading_order", "agencies",
)  # fmt: skip
# Set on four of the seven made events under tests/reuse_cases (border-talks, lissane-fever, quill-verdict, telecom-merger:
# unrelated pairs reach 0.45, related ones 5.7 and more) and on same-day pairs of a news archive, the highest of them
# were read by hand: 0.64 and less, or 2.4 and more.
ENOUGH = 1.0
# Passages whose order in two articles is compared, and how much its agreement adds: a standard deviation beyond the
# first adds a quarter.
ORDERED, BY_CHANCE, PER_DEVIATION = 0.6, 1.0, 0.25
KEPT, TRACED = 0.95, 0.35  # share of a sentence's words found in the other article
KEPT_COLUMNS = (
    "wire", "article", "outcome", "start_wire", "end_wire", "position_wire", "start", "end", "position", "words", "share", "text_wire", "text",
)  # fmt: skip


def lineage_pairs(reuse: pd.DataFrame, prose: pd.DataFrame, credits: pd.DataFrame) -> pd.DataFrame:
    """Return one row per pair of articles: whether they share copy, and why.

    Columns: article_a < article_b; shares_copy (score >= 1); score (>= 0, larger = less likely by chance: evidence x
    share x order); passages (shared passages of own prose with evidence); own_words (words in them); rarity (sum of
    their own_rarity); evidence (sum of what exceeds chance, see `reuse.compare`); share (evidence passages' weight / weight of the own
    words of the article that has less, in [0, 1]); order_agreement (Kendall's tau of the places of shared passages of
    own prose, in [-1, 1], empty under 3 passages); order_z (its standard score if order were chance, Kendall 1938); headings
    (headings that share telling words); heading_order (whether two or more of them stand in the same order); agencies (named by
    credit lines of both: evidence of its own that joins no two articles).
    """
    articles = list(prose["article"])
    weight = dict(zip(prose["article"], prose["own_weight"], strict=True))
    named = {article: set(rows) for article, rows in credits.groupby("article")["agency"]}
    whole = reuse[~reuse["part"] & reuse["order_a"].notna()].sort_values("order_a", kind="stable")
    by_pair: dict[tuple[str, str], list[dict]] = {}
    for passage in whole.to_dict("records"):
        by_pair.setdefault((passage["article_a"], passage["article_b"]), []).append(passage)
    rows = []
    for n, a in enumerate(articles):
        for b in articles[n + 1 :]:
            agencies = "; ".join(sorted(named.get(a, set()) & named.get(b, set())))
            rows.append((a, b, *_weigh(by_pair.get((a, b), []), min(weight[a], weight[b])), agencies))
    return pd.DataFrame(rows, columns=list(PAIR_COLUMNS))


def _weigh(passages: list[dict], least: float) -> tuple:
    """Return the columns from shares_copy to heading_order, given the passages by their place in a."""
    strong = [p for p in passages if p["evidence"] > 0]
    headings = [int(p["order_b"]) for p in passages if p["heading"]]
    tau, z = _kendall([int(p["order_b"]) for p in passages if p["own_rarity"] >= ORDERED])
    evidence = math.fsum(p["evidence"] for p in strong)
    share = min(math.fsum(p["evidence"] + CHANCE for p in strong) / least, 1.0) if least > 0 else 0.0
    score = round(evidence * share * (1 + PER_DEVIATION * max(z - BY_CHANCE, 0.0)), 6)
    return (
        score >= ENOUGH, score, len(strong), sum(p["words"] for p in strong),
        round(math.fsum(p["own_rarity"] for p in strong), 6), round(evidence, 6), round(share, 6), tau, round(z, 6),
        len(headings), len(headings) > 1 and headings == sorted(headings),
    )  # fmt: skip


def _kendall(places: list[int]) -> tuple[float, float]:
    """Return Kendall's tau of places without ties against their order, and its score in standard deviations."""
    n = len(places)
    if n < 3:
        return math.nan, 0.0
    agreeing = sum((places[y] > places[x]) - (places[y] < places[x]) for x in range(n) for y in range(x + 1, n))
    return round(agreeing / (n * (n - 1) / 2), 6), agreeing / math.sqrt(n * (n - 1) * (2 * n + 5) / 18)


def find_agencies(texts: Mapping[str, str]) -> pd.DataFrame:
    """Return one row per credit line: article, agency, start, end, text."""
    rows = [
        (article, credit.agency, credit.start, credit.end, text[credit.start : credit.end])
        for article, text in sorted(texts.items())
        for credit in find_credits(text)
    ]
    return pd.DataFrame(rows, columns=["article", "agency", "start", "end", "text"])


def lineages(pairs: pd.DataFrame, articles: pd.DataFrame, credits: pd.DataFrame) -> pd.DataFrame:
    """Return one row per article, agency originals included, ordered by lineage and article.

    Columns: article; lineage (the id of its agency original where one is among the articles, else of its first article
    by id; an article that shares copy with no other has its own); evidence (a sentence); role (``article`` or ``wire``: a candidate
    ancestor); size (articles in the lineage, agency originals left out); shares_copy_with (those that pair with it directly, joined by "; "); credit, agency,
    credit_start, credit_end (its credit lines and the agencies they name, joined by "; "; place of the first).

    Articles that share copy with a third are in one lineage.
    """
    role = dict(zip(articles["article"], articles["role"], strict=True))
    direct: dict[str, list[pd.Series]] = {article: [] for article in sorted(role)}
    parent = {article: article for article in direct}
    for _, pair in pairs[pairs["shares_copy"]].iterrows():
        direct[pair["article_a"]].append(pair)
        direct[pair["article_b"]].append(pair)
        a, b = _root(parent, pair["article_a"]), _root(parent, pair["article_b"])
        parent[max(a, b)] = min(a, b)
    members: dict[str, list[str]] = {}
    for article in direct:
        members.setdefault(_root(parent, article), []).append(article)
    rows = []
    for group in members.values():
        name = min(group, key=lambda article: (role[article] != "wire", article))
        size = sum(role[article] != "wire" for article in group)
        for article in group:
            lines = credits[credits["article"] == article]
            partners = sorted(_other(pair, article) for pair in direct[article])
            rows.append(
                (article, name, _evidence(article, direct[article], lines), role[article], size, "; ".join(partners),
                 "; ".join(" ".join(line.split()) for line in lines["text"]), "; ".join(dict.fromkeys(lines["agency"])),
                 lines["start"].iloc[0] if len(lines) else pd.NA, lines["end"].iloc[0] if len(lines) else pd.NA)
            )  # fmt: skip
    table = pd.DataFrame(rows, columns=list(COLUMNS)).astype({"credit_start": "Int64", "credit_end": "Int64"})
    return table.sort_values(["lineage", "article"], ignore_index=True)


def _root(parent: dict[str, str], article: str) -> str:
    while parent[article] != article:
        parent[article] = article = parent[parent[article]]
    return article


def _other(pair: pd.Series, article: str) -> str:
    return pair["article_b"] if pair["article_a"] == article else pair["article_a"]


def _evidence(article: str, pairs: list[pd.Series], lines: pd.DataFrame) -> str:
    """Return why an article is in its lineage."""
    said = []
    if pairs:
        best = max(pairs, key=lambda pair: (pair["score"], _other(pair, article)))
        order = ", in the same order" if best["order_agreement"] >= 0.8 else ""
        passages = "1 passage" if best["passages"] == 1 else f"{best['passages']} passages"
        said.append(
            f"shares copy with {_other(best, article)}: {passages} of own prose, {best['own_words']} words{order}"
            + (f"; and with {len(pairs) - 1} more" if len(pairs) > 1 else "")
        )
    else:
        said.append("shares copy with no other article")
    agencies = "; ".join(dict.fromkeys(lines["agency"]))
    said.append(f"credits {agencies}" if agencies else "names no agency in a credit line")
    return "; ".join(said)


def independent(coverage: pd.DataFrame, lineages: pd.DataFrame | None) -> pd.DataFrame:
    """Return `coverage` with what each claim weighs if articles of one lineage count once.

    Added columns: lineage (of the article); independent (lineages of which an article tells the claim); lineages (of which
    an article was coded for it); independent_contradicted (lineages of which an article contradicts it). Without `lineages` (there is one article) each article stands for itself.
    """
    known = {} if lineages is None else dict(zip(lineages["article"], lineages["lineage"], strict=True))
    table = coverage.assign(lineage=coverage["article"].map(known).fillna(coverage["article"]))

    def count(kept: pd.Series) -> pd.Series:
        return table["claim"].map(table[kept].groupby("claim")["lineage"].nunique()).fillna(0).astype(int)

    table["independent"] = count(table["told"])
    table["lineages"] = count(table["status"] != "uncoded")
    table["independent_contradicted"] = count(table["status"] == "contradicts")
    return table


def kept_of_wire(
    reuse: pd.DataFrame,
    edits: pd.DataFrame,
    pairs: pd.DataFrame,
    articles: pd.DataFrame,
    segments: pd.DataFrame,
    tokens: pd.DataFrame,
    texts: Mapping[str, str],
) -> pd.DataFrame:
    """Return one row per sentence of an agency original, for each article that shares copy with it, and per sentence added.

    Columns: wire; article; outcome (``kept``: at least 95 % of the sentence's words are found again, ``rephrased``: at least
    35 %, ``dropped``; ``added``: a sentence of the article of which less than 35 % is found in the agency text); start_wire, end_wire,
    position_wire and text_wire (the sentence of the agency text, empty for ``added``); start, end, position and text (what answers to it in the
    article, empty for ``dropped``); words (of the sentence); share (of them found again, in [0, 1]).

    Raises
    ------
    NotDefinedError
        No article of the story is an agency original.
    """
    if not (articles["role"] == "wire").any():
        raise NotDefinedError("no copy is traced: the story has no agency original (role “wire”)")
    role = dict(zip(articles["article"], articles["role"], strict=True))
    rows: list[tuple] = []
    lengths = {article: len(text) for article, text in texts.items()}
    for pair in pairs[pairs["shares_copy"]].itertuples():
        for side, other in (("a", "b"), ("b", "a")):
            wire, article = getattr(pair, f"article_{side}"), getattr(pair, f"article_{other}")
            if role[wire] != "wire" or role[article] == "wire":
                continue
            of_pair = _of(reuse, pair)
            passages, changed = of_pair[~of_pair["part"] & of_pair["order_a"].notna()], _of(edits, pair)
            here = _matched(wire, side, passages, changed, tokens)
            there = _matched(article, other, passages, changed, tokens)
            for sentence, found in _sentences(wire, segments, here):
                share = float(found["matched"].mean()) if len(found) else 0.0
                touching = passages[
                    (passages[f"start_{side}"] < sentence.end) & (passages[f"end_{side}"] > sentence.start)
                ]
                outcome = "kept" if share >= KEPT else "rephrased" if share >= TRACED else "dropped"
                if outcome == "dropped" or touching.empty:
                    start = end = position = pd.NA
                    text, outcome = "", "dropped"
                else:
                    best = touching.loc[touching["rarity"].idxmax()]
                    start, end, text = best[f"start_{other}"], best[f"end_{other}"], best[f"text_{other}"]
                    position = start / lengths[article]
                rows.append(
                    (wire, article, outcome, sentence.start, sentence.end, sentence.start / lengths[wire], start, end, position,
                     len(found), round(share, 6), sentence.text, text)
                )  # fmt: skip
            for sentence, found in _sentences(article, segments, there):
                share = float(found["matched"].mean()) if len(found) else 0.0
                if share < TRACED:
                    rows.append(
                        (wire, article, "added", pd.NA, pd.NA, pd.NA, sentence.start, sentence.end, sentence.start / lengths[article],
                         len(found), round(share, 6), "", sentence.text)
                    )  # fmt: skip
    table = pd.DataFrame(rows, columns=list(KEPT_COLUMNS))
    whole = ["start_wire", "end_wire", "start", "end"]
    return table.astype(dict.fromkeys(whole, "Int64") | {"position_wire": "Float64", "position": "Float64"})


def _of(table: pd.DataFrame, pair: object) -> pd.DataFrame:
    return table[(table["article_a"] == pair.article_a) & (table["article_b"] == pair.article_b)]


def _matched(
    article: str, side: str, passages: pd.DataFrame, edits: pd.DataFrame, tokens: pd.DataFrame
) -> pd.DataFrame:
    """Return the words of an article with whether they are found again in the other."""
    own = tokens[tokens["article"] == article]
    inside = _within(own, passages, side)
    inside &= ~_within(own, edits[edits["kind"] != "moved"], side)
    return own.assign(matched=inside)


def _within(tokens: pd.DataFrame, spans: pd.DataFrame, side: str) -> pd.Series:
    inside = pd.Series(False, index=tokens.index)
    for start, end in zip(spans[f"start_{side}"], spans[f"end_{side}"], strict=True):
        inside |= (tokens["start"] >= start) & (tokens["start"] < end)
    return inside


def _sentences(article: str, segments: pd.DataFrame, words: pd.DataFrame) -> Iterable[tuple[object, pd.DataFrame]]:
    own = segments[(segments["article"] == article) & segments["kind"].isin(["sentence", "heading"])]
    for sentence in own.itertuples():
        yield sentence, words[words["segment"] == sentence.segment]
