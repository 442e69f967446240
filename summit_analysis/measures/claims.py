"""What each article told: codings of claims with the place of their evidence, and the coverage they add up to.

A claim's weight is the number of articles that tell it (pyramid method, Nenkova & Passonneau 2004). Absence is what a
coder did not find in the text; it is no intent.
"""

from __future__ import annotations

import pandas as pd

from summit_analysis.codebook import CODEBOOK, Codebook
from summit_analysis.corpus import Corpus
from summit_analysis.errors import NotDefinedError
from summit_analysis.judgements import AGREED, AUTOMATIC, CODINGS, MAJORITY, TOLD
from summit_analysis.statistics import wilson

CLAIMS_A_PAGE = 28
COLUMNS = (
    "claim", "article", "status", "coder", "score", "commitment", "segment", "start", "end", "evidence", "position", "note",
    "first_start", "first_end", "first", "first_position", "trace", "nearest_start", "nearest_end", "nearest",
)  # fmt: skip
# From the status that claims least to the one that claims most: what a tie between coders is settled by.
CAUTIOUS = {"absent": 0, "partial": 1, "asserts": 2, "contradicts": 3}


def place_codings(corpus: Corpus, codebook: Codebook, segments: pd.DataFrame) -> pd.DataFrame:
    """Return the codings by hand, one row per claim, article and coder, in the codebook's order.

    Columns: claim; article; status (``asserts``, ``partial``, ``contradicts``, ``absent``); coder; segment, start, end
    and evidence (the verbatim span, ``text[start:end]``; empty for absent); position (start / length of the text, in
    [0, 1)); note; first_start, first_end, first and first_position (of the passage where the article first tells the claim,
    at least a piece of it: the evidence itself unless the coder marked an earlier one; empty where it is not told). Empty
    in these rows: what the automatic coder adds to its own, which are score, trace, nearest_start, nearest_end and nearest;
    and commitment, which is filled in last. No rows without codings by hand.

    Raises
    ------
    NotDefinedError
        The story has no claims.
    """
    if codebook.claims.empty:
        raise NotDefinedError(f"claims are not compared: the story has no {CODEBOOK} with claims")
    table = codebook.codings.copy()
    lengths = {article: len(text) for article, text in corpus.texts.items()}
    for at, position in (("start", "position"), ("first_start", "first_position")):
        table[position] = table[at].astype("Float64") / table["article"].map(lengths)
    table["segment"] = _segments_at(segments, table["article"], table["start"])
    table["segment"] = table["segment"].astype("Int64")
    table["score"] = pd.array([pd.NA] * len(table), dtype="Float64")
    table["commitment"] = table["trace"] = table["nearest"] = ""
    for column in ("nearest_start", "nearest_end"):
        table[column] = pd.array([pd.NA] * len(table), dtype="Int64")
    return _in_order(table, codebook)


def join(placed: pd.DataFrame, coded: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Return the rows of hand codings (`place_codings`) and of an automatic coder in one table, in the codebook's order.

    Raises
    ------
    NotDefinedError
        Neither people nor the automatic coder judged any claim.
    """
    tables = [table for table in (placed, coded.assign(commitment="")) if len(table)]
    if not tables:
        raise NotDefinedError(
            f"claims are not compared: the story has no {CODINGS}, and no claim of {CODEBOOK} holds a word to look for"
        )
    return _in_order(pd.concat(tables, ignore_index=True), codebook)


def _in_order(table: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    rank = table["claim"].map({claim: n for n, claim in enumerate(codebook.claims["claim"])})
    ordered = table.assign(rank=rank).sort_values(["rank", "article", "coder"], ignore_index=True)
    return ordered[list(COLUMNS)]


def _segments_at(segments: pd.DataFrame, articles: pd.Series, starts: pd.Series) -> list[object]:
    """Return the number of the segment that each of `starts` lies in, missing where there is none."""
    ends: dict[str, list[tuple[int, int]]] = {}
    for article, end, segment in zip(segments["article"], segments["end"], segments["segment"], strict=True):
        ends.setdefault(article, []).append((end, segment))
    # The first segment that ends behind it: evidence may begin with white space between two.
    return [
        next((n for end, n in ends.get(article, ()) if end > start), pd.NA) if pd.notna(start) else pd.NA
        for article, start in zip(articles, starts, strict=True)
    ]


def settle(claims: pd.DataFrame) -> pd.DataFrame:
    """Return one row per claim and article: the judgement that notebooks and figures go by.

    For each pair the coder ``agreed`` where there is one, else the only hand coder, else the majority of hand coders
    (coder ``majority``: first whether it is told or not, then the status that most of those give; a tie goes to what
    claims least), else ``auto``. Columns as in `place_codings`.
    """
    votes = claims.copy()
    pair = ["claim", "article"]
    hand = ~votes["coder"].isin([AGREED, AUTOMATIC])
    votes["source"] = votes["coder"].map({AGREED: 0, AUTOMATIC: 2}).fillna(1)
    votes["hands"] = hand.groupby([votes["claim"], votes["article"]]).transform("sum")
    votes["told"] = votes["status"].isin(TOLD)
    votes["side"] = votes.groupby([*pair, "source", "told"])["coder"].transform("size")
    votes["votes"] = votes.groupby([*pair, "source", "status"])["coder"].transform("size")
    votes["caution"] = votes["status"].map(CAUTIOUS)
    votes["rank"] = votes["claim"].map({claim: n for n, claim in enumerate(dict.fromkeys(claims["claim"]))})
    order = {"rank": True, "article": True, "source": True, "side": False, "told": True, "votes": False}
    order |= {"caution": True, "coder": True}
    settled = votes.sort_values([*order], ascending=[*order.values()]).drop_duplicates(pair)
    settled["coder"] = settled["coder"].where((settled["source"] != 1) | (settled["hands"] < 2), MAJORITY)
    return settled[[column for column in COLUMNS if column in settled]].reset_index(drop=True)


def coverage(
    settled: pd.DataFrame,
    claims: pd.DataFrame,
    codebook: Codebook,
    arrangement: pd.DataFrame,
    *,
    partial: bool = True,
) -> pd.DataFrame:
    """Return one row per claim and compared article, as the figure draws it; `settled` is what `settle` makes of `claims`.

    Columns: claim, statement, theme, article, label, coder, status, commitment, told (``asserts`` or ``partial``; without
    `partial` only ``asserts``), position (of the evidence, in [0, 1)), start, end, evidence; first_position, first_start, first_end, first (of the
    passage where it is first told, see `place_codings`); trace (what the automatic
    coder, which goes by the statement's words, finds in the article, whoever judged it: of a claim that is told or told
    in part ``words``, or ``paraphrase`` where it finds it in other words only, or not; of an absent one ``above`` where it
    takes a sentence for the claim that people did not, ``below`` where the best one stays under its threshold, ``none``;
    else, and where it could not read the statement, empty) and nearest_start, nearest_end, nearest (that sentence for
    ``above`` and ``below``, else empty); weight (articles that tell the claim), coded (articles coded for it),
    contradicted (articles that contradict it), article_told, article_share, article_low, article_high (claims that the
    article tells, their share and its 95 % Wilson interval); claims (coded for that article); row (0 = top: by theme, the
    most widely told first) and place and shown (of the outlet's column); page (1..n: themes are kept whole where they fit
    on a printed page).

    A pair that nobody coded has status ``uncoded`` and counts nowhere.

    Raises
    ------
    NotDefinedError
        There is no article to compare: all are agency originals.
    """
    if arrangement.empty:
        raise NotDefinedError("coverage is not compared: every article is an agency original")
    frame = codebook.claims[["claim", "statement", "theme"]].merge(
        arrangement[["article", "label", "place", "shown"]], how="cross"
    )
    wanted = ["claim", "article", "coder", "status", "commitment", "position", "start", "end", "evidence"]
    wanted += ["first_position", "first_start", "first_end", "first"]
    table = frame.merge(settled[wanted], on=["claim", "article"], how="left")
    table["status"] = table["status"].fillna("uncoded")
    for column in ("coder", "evidence", "first", "commitment"):
        table[column] = table[column].fillna("")
    table["told"] = table["status"].isin(TOLD if partial else TOLD[:1])
    table = _with_traces(table, claims)
    coded = table["status"] != "uncoded"
    table["weight"] = table.groupby("claim")["told"].transform("sum")
    table["coded"] = coded.groupby(table["claim"]).transform("sum")
    table["contradicted"] = (table["status"] == "contradicts").groupby(table["claim"]).transform("sum")
    table["article_told"] = table.groupby("article")["told"].transform("sum")
    table["claims"] = coded.groupby(table["article"]).transform("sum")
    table["article_share"] = table["article_told"] / table["claims"].where(table["claims"] > 0)
    intervals = [wilson(told, n) for told, n in zip(table["article_told"], table["claims"], strict=True)]
    table["article_low"] = [low for low, _ in intervals]
    table["article_high"] = [high for _, high in intervals]
    table["row"] = table["claim"].map(_row_of_claim(table, list(codebook.claims["claim"])))
    table["page"] = table["row"].map(_pages(table))
    return table.sort_values(["row", "place"], ignore_index=True)


def _with_traces(table: pd.DataFrame, claims: pd.DataFrame) -> pd.DataFrame:
    """Return `table` with what the automatic coder finds of each claim, whoever judged it."""
    columns = ["trace", "nearest_start", "nearest_end", "nearest"]
    found = claims.loc[claims["coder"] == AUTOMATIC, ["claim", "article", *columns]]
    table = table.merge(found, on=["claim", "article"], how="left")
    read, worded = table["trace"].notna(), table["trace"].isin(["words", "paraphrase"])
    absent, told = table["status"] == "absent", table["status"].isin(TOLD)
    table["trace"] = (
        table["trace"]
        .mask(told & read & ~worded, "paraphrase")
        .mask(absent & worded, "above")
        .where(read & (absent | told), "")
    )
    near = table["trace"].isin(["above", "below"])
    table["nearest"] = table["nearest"].where(near, "")
    for column in ("nearest_start", "nearest_end"):
        table[column] = table[column].astype("Int64").where(near)
    return table


def _pages(table: pd.DataFrame) -> dict[int, int]:
    """Return the page of each row: at most `CLAIMS_A_PAGE` claims, of about equal number, themes whole where they fit."""
    rows = table.drop_duplicates("row").sort_values("row")
    pages = -(-len(rows) // CLAIMS_A_PAGE)
    fill = len(rows) / pages
    page, used, result = 1, 0, {}
    for _, theme in rows.groupby(rows["theme"].ne(rows["theme"].shift()).cumsum(), sort=True):
        if used and used + len(theme) / 2 > fill and page < pages:
            page, used = page + 1, 0
        for row in theme["row"]:
            if used >= CLAIMS_A_PAGE:
                page, used = page + 1, 0
            result[row] = page
            used += 1
    return result


def _row_of_claim(table: pd.DataFrame, codebook_order: list[str]) -> dict[str, int]:
    """Return the row of each claim: themes by their mean weight, claims within by weight, then the codebook's order."""
    each = table.drop_duplicates("claim").copy()
    each["theme_weight"] = each.groupby("theme")["weight"].transform("mean").round(9)
    each["listed"] = each["claim"].map({claim: n for n, claim in enumerate(codebook_order)})
    each = each.sort_values(["theme_weight", "theme", "weight", "listed"], ascending=[False, True, False, True])
    return {claim: row for row, claim in enumerate(each["claim"])}


def contradictions(coverage: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of `coverage` on claims that an article contradicts: what each that speaks of them says."""
    return coverage[(coverage["contradicted"] > 0) & (coverage["evidence"] != "")].reset_index(drop=True)


def told_by_one(coverage: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of `coverage` on claims that one article alone tells, with its evidence.

    Claims that were not coded for every article are left out: another may tell them.
    """
    alone = (coverage["weight"] == 1) & _coded_for_all(coverage)
    return coverage[alone & coverage["told"]].reset_index(drop=True)


def told_independently_by_one(coverage: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of `coverage` on claims that one article, or articles of one lineage, alone tell.

    `coverage` is ``lineages.independent``. Added column: alone (``article``, or ``lineage`` where several articles that
    share copy tell the claim and no other does). Claims that were not coded for every article are left out.
    """
    rows = coverage[(coverage["independent"] == 1) & _coded_for_all(coverage) & coverage["told"]]
    alone = rows["weight"].map(lambda weight: "article" if weight == 1 else "lineage")
    return rows.assign(alone=alone.astype("str")).reset_index(drop=True)


def told_by_all_but_one(coverage: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of `coverage` on claims that all articles but one, or all lineages but one, tell: of those that lack it.

    `coverage` is ``lineages.independent``. Added column: lacking (``article``, or ``lineage`` where no article of one
    lineage tells the claim and each other lineage does). What contradicts a claim does not lack it. Claims that were not
    coded for every article are left out, and so is everything where there are fewer than three of a kind.
    """
    articles, lineages = coverage["place"].nunique(), coverage["lineage"].nunique()
    open_ = _coded_for_all(coverage) & (coverage["contradicted"] == 0)
    telling = coverage["told"].groupby([coverage["claim"], coverage["lineage"]]).transform("any")
    by_article = (coverage["weight"] == articles - 1) & (articles > 2)
    by_lineage = (coverage["independent"] == lineages - 1) & (lineages > 2) & ~telling
    rows = coverage.assign(lacking=by_article.map({True: "article", False: "lineage"}).astype("str"))
    return rows[open_ & ~coverage["told"] & (by_article | by_lineage)].reset_index(drop=True)


def _coded_for_all(coverage: pd.DataFrame) -> pd.Series:
    return coverage["coded"] == coverage["place"].nunique()


def nearly_told(coverage: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of `coverage` on absent claims to which the automatic coder finds a sentence near, that sentence with them."""
    return coverage[coverage["nearest"] != ""].reset_index(drop=True)


def commitments(coverage: pd.DataFrame) -> pd.DataFrame:
    """Return one row per claim, in the figure's order, and one column per shown outlet: how it tells the claim.

    Columns: statement; then each outlet's label: ``fact``, ``attributed``, ``hedged`` or ``denied`` where it tells the
    claim, ``contradicts``, ``?`` where nobody coded it, empty where it is absent.
    """
    shown = coverage[coverage["shown"].astype(bool)]
    other = shown["status"].map({"contradicts": "contradicts", "uncoded": "?"}).fillna("")
    table = shown.assign(told_as=shown["commitment"].where(shown["status"].isin(TOLD), other))
    label = table.drop_duplicates("place").set_index("place")["label"]
    cells = table.pivot(index="row", columns="place", values="told_as").rename(columns=label)
    cells.columns.name = None
    cells.insert(0, "statement", table.drop_duplicates("row").set_index("row")["statement"])
    return cells.reset_index(drop=True)
