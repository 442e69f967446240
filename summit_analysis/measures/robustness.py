"""Whether the headline findings hold when a choice of the analysis is made otherwise."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pandas as pd

from summit_analysis.errors import NotDefinedError
from summit_analysis.statistics import SIGNIFICANT

COLUMNS = ("finding", "statement", "check", "outcome", "holds", "checks", "held", "kept", "row", "column")
HOLDS, CHANGES, UNTOUCHED = "holds", "changes", "not applicable"
MOST_WORDS = 6


def _label(tables: Mapping[str, pd.DataFrame]) -> dict[str, str]:
    arrangement = tables["arrangement"]
    return dict(zip(arrangement["article"], arrangement["label"], strict=True))


def most_alike(tables: Mapping[str, pd.DataFrame]) -> dict[str, str]:
    """Return the pair of articles with the highest cosine."""
    pairs = tables["similarity"].query("voice == 'all'").dropna(subset="cosine").assign()
    if pairs.empty:
        return {}
    pairs["size"] = pairs["cosine"].round(9)
    top = pairs.sort_values(["size", "article_a", "article_b"], ascending=[False, True, True]).iloc[0]
    label = _label(tables)
    return {"most alike": f"{label[top['article_a']]} and {label[top['article_b']]} are most alike"}


def set_apart(tables: Mapping[str, pd.DataFrame]) -> dict[str, str]:
    """Return each article's words that hold after adjustment, or that no word sets an article apart."""
    table = tables["keyness"].query("voice == 'all' and not stop_word")
    held = table[table["p_adjusted"] < SIGNIFICANT].assign()
    if held.empty:
        return {"no word": "No word sets an article apart"}
    held["size"] = held["z"].abs().round(9)
    held = held.sort_values(["size", "article", "term"], ascending=[False, True, True])
    label = _label(tables)
    return {
        f"word {row.term} {row.article}": f"“{row.term}” sets {label[row.article]} apart" for row in held.itertuples()
    }


def speaks_most(tables: Mapping[str, pd.DataFrame]) -> dict[str, str]:
    """Return the speaker with most quoted words in all compared articles together."""
    words = tables["voices"]
    words = words[words["article"].isin(tables["arrangement"]["article"]) & (words["speaker"] != "")]
    total = words.groupby("speaker")["words"].sum().sort_index().sort_values(ascending=False, kind="stable")
    return {"speaks most": f"{total.index[0]} is quoted most"} if len(total) else {}


def quotes_most(tables: Mapping[str, pd.DataFrame]) -> dict[str, str]:
    """Return the article with the largest share of quoted words."""
    articles = tables["articles"]
    articles = articles[articles["article"].isin(tables["arrangement"]["article"]) & (articles["quoted_words"] > 0)]
    if len(articles) < 2:
        return {}
    top = articles.assign(size=articles["quoted_share"].round(9)).sort_values(
        ["size", "article"], ascending=[False, True]
    )
    return {"quotes most": f"{_label(tables)[top['article'].iloc[0]]} quotes the largest share"}


def tells_most(tables: Mapping[str, pd.DataFrame]) -> dict[str, str]:
    """Return the article that tells most claims."""
    each = tables["coverage"].drop_duplicates("article")
    each = each[each["claims"] > 0]
    if len(each) < 2:
        return {}
    top = each.assign(size=each["article_share"].round(9)).sort_values(["size", "article"], ascending=[False, True])
    return {"tells most": f"{top['label'].iloc[0]} tells most claims"}


# Each headline, and the checks that bear on it besides leaving an article out.
HEADLINES: tuple[tuple[Callable[[Mapping[str, pd.DataFrame]], dict[str, str]], frozenset[str]], ...] = (
    (most_alike, frozenset({"lemmas", "no stop list", "own voice", "no headings"})),
    (set_apart, frozenset({"lemmas", "a0 = 100", "a0 = N", "own voice", "no headings"})),
    (speaks_most, frozenset()),
    (quotes_most, frozenset()),
    (tells_most, frozenset()),
)


def robustness(tables: Mapping[str, pd.DataFrame], variants: Mapping[str, Mapping[str, pd.DataFrame]]) -> pd.DataFrame:
    """Return one row per headline finding and check: the finding again with one choice made otherwise.

    Columns: finding (its kind); statement; check (the choice; ``without X`` leaves one article out); outcome (what the
    check finds instead, or the same statement); holds (``holds``, ``changes``, or ``not applicable``: the check does not
    bear on the finding, or leaves out an article that it is about); checks, held (how many apply to the finding, and in
    how many it holds); kept (whether it holds in more than half of them; only then it is called a finding); row, column
    (places in the figure). Of words that set an article apart the six with the largest |z| are checked.

    Raises
    ------
    NotDefinedError
        There is nothing to check: fewer than two articles.
    """
    rows = []
    for headline, bearing in HEADLINES:
        found = _outcomes(headline, tables)
        others = {check: _outcomes(headline, variant) for check, variant in variants.items()}
        for finding, statement in list(found.items())[:MOST_WORDS]:
            for column, (check, outcome) in enumerate(others.items()):
                about_left_out = check.startswith("without ") and check.removeprefix("without ") in statement
                applies = (check in bearing or check.startswith("without ")) and not about_left_out and bool(outcome)
                same = statement in outcome.values()
                instead = statement if same else next(iter(outcome.values()), "")
                verdict = (HOLDS if same else CHANGES) if applies else UNTOUCHED
                rows.append((finding, statement, check, instead if applies else "", verdict, column))
    if not rows:
        raise NotDefinedError("there is no headline finding to check")
    table = pd.DataFrame(rows, columns=["finding", "statement", "check", "outcome", "holds", "column"])
    applied = table["holds"] != UNTOUCHED
    table["checks"] = applied.groupby(table["statement"]).transform("sum")
    table["held"] = (table["holds"] == HOLDS).groupby(table["statement"]).transform("sum")
    table["kept"] = (2 * table["held"] > table["checks"]) | (table["checks"] == 0)
    table["row"] = table["statement"].map({s: n for n, s in enumerate(dict.fromkeys(table["statement"]))})
    return table[list(COLUMNS)]


def _outcomes(
    headline: Callable[[Mapping[str, pd.DataFrame]], dict[str, str]], tables: Mapping[str, pd.DataFrame]
) -> dict[str, str]:
    try:
        return headline(tables)
    except NotDefinedError:
        return {}
