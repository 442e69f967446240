"""What each article calls the same thing: the forms of each referent in the codebook, with the sentences they stand in."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from scipy import special, stats

from summit_analysis.errors import NotDefinedError
from summit_analysis.statistics import adjusted
from summit_analysis.text.forms import compile_form
from summit_analysis.text.occurrences import PLACE_COLUMNS, find_occurrences

MOST_PANELS, MOST_FORMS = 12, 5  # that have room in the figure
DRAWN = 9_999  # tables by chance
COLUMNS = ("referent", "form", "article", "count", "share", "own", "quoted", "total")
EVIDENCE_COLUMNS = ("referent", *PLACE_COLUMNS)


def occurrences(
    texts: Mapping[str, str], segments: pd.DataFrame, quotations: pd.DataFrame, referents: pd.DataFrame
) -> pd.DataFrame:
    """Return one row per place where an article names a referent, in the codebook's and then in reading order.

    Columns: referent, form (as the codebook writes it), article; voice (``own`` or ``quoted``); segment; start, end
    (code points, ``text[start:end]`` is `text`); position (start / length of the text, in [0, 1)); text; sentence (of
    which it is part; of a long one 1,000 characters to either side). Boilerplate is left out.

    A form is matched as whole words (`text.forms`). Of forms that overlap, in one referent or in several, the longest counts
    alone, so that "next meeting" under one referent is no "meeting" under another; a span that two forms of one referent
    fit ("peace", "peace*") counts for the one listed first.

    Raises
    ------
    NotDefinedError
        The codebook has no referents.
    """
    if referents.empty:
        raise NotDefinedError("naming is not compared: the story has no codebook.toml with referents")
    forms = {(row.referent, form): compile_form(form) for row in referents.itertuples() for form in row.forms}
    table = find_occurrences(texts, segments, quotations, [forms], name="referent")
    referent_rank = {referent: n for n, referent in enumerate(referents["referent"])}
    table["referent_rank"] = table["referent"].map(referent_rank)
    table = table.sort_values(["referent_rank", "article", "start", "rank"], ignore_index=True)
    return table[list(EVIDENCE_COLUMNS)]


def naming(occurrences: pd.DataFrame, referents: pd.DataFrame, articles: list[str]) -> pd.DataFrame:
    """Return one row per referent, form and article, in the codebook's order; forms that an article lacks have count 0.

    Columns: referent, form, article; count; share (count / all namings of that referent in the article, in [0, 1]; nan
    where it does not name it); own, quoted (the count by voice); total (all namings of the referent there).
    """
    forms = [(row.referent, form) for row in referents.itertuples() for form in dict.fromkeys(row.forms)]
    frame = pd.DataFrame(forms, columns=["referent", "form"]).merge(
        pd.DataFrame({"article": sorted(articles)}), how="cross"
    )
    keys = ["referent", "form", "article"]
    by_voice = occurrences.groupby([*keys, "voice"]).size().unstack(fill_value=0)
    by_voice = by_voice.reindex(columns=["own", "quoted"], fill_value=0).rename_axis(columns=None).reset_index()
    table = frame.merge(by_voice, on=keys, how="left").fillna({"own": 0, "quoted": 0})
    table = table.astype({"own": int, "quoted": int})
    table["count"] = table["own"] + table["quoted"]
    table["total"] = table.groupby(["referent", "article"])["count"].transform("sum")
    table["share"] = table["count"] / table["total"].where(table["total"] > 0)
    return table[list(COLUMNS)]


def unused_forms(naming: pd.DataFrame) -> list[str]:
    """Return a sentence for each form that counts in no article: a slip of the pen, or a word that nobody chose."""
    totals = naming.groupby(["referent", "form"], sort=False)["count"].sum()
    return [
        f"codebook.toml: form {form!r} of referent {referent!r} is found in no article, or only inside a longer form"
        for (referent, form), count in totals.items()
        if count == 0
    ]


def panels(
    naming: pd.DataFrame, referents: pd.DataFrame, arrangement: pd.DataFrame, *, most: int = MOST_FORMS
) -> pd.DataFrame:
    """Return `naming` as the figure draws it: one row per referent, article and drawn form.

    Columns: referent, title (its label), panel (0 = first: the referent that is least likely to be named so differently by chance),
    article, label, place, shown; form (of more than `most` forms, "other forms" joins all but the `most` - 1 used most), slot (0 = the
    form used most overall), count, share, left (where its bar begins, in [0, 1]), total, own, quoted; divergence (of the
    articles' shares, in [0, 1], 0 = all choose alike), g2 (of articles by forms, >= 0; grows with the namings, the forms and the
    articles), p (share of chance tables with the same totals whose G2 is as large, in (0, 1]: the order of the
    panels, then the larger divergence) and p_adjusted (Benjamini-Hochberg over the panels). Referents that fewer than two articles name, or that all name by one
    form, are left out: there is nothing to compare.
    """
    compared = naming[naming["article"].isin(arrangement["article"])]
    named = compared[compared["total"] > 0].groupby("referent")["article"].nunique()
    kept = [referent for referent in referents["referent"] if named.get(referent, 0) > 1]
    tables = []
    for referent in kept:
        table = compared[compared["referent"] == referent]
        totals = table.groupby("form", sort=False)["count"].sum()
        totals = totals[totals > 0].sort_values(ascending=False, kind="stable")
        if len(totals) < 2:
            continue
        drawn = list(totals.index[: most if len(totals) <= most else most - 1])
        table = table.assign(form=table["form"].where(table["form"].isin(drawn), "other forms"))
        order = {form: slot for slot, form in enumerate([*drawn, "other forms"])}
        counts = ["count", "own", "quoted"]
        table = table.groupby(["referent", "article", "form"], as_index=False).agg(
            dict.fromkeys(counts, "sum") | {"total": "first"}
        )
        table["slot"] = table["form"].map(order)
        table["divergence"], table["g2"], table["p"] = _divergence(table)
        tables.append(table)
    columns = [
        "referent", "title", "panel", "article", "label", "place", "shown", "form", "slot", "count", "share", "left",
        "total", "own", "quoted", "divergence", "g2", "p", "p_adjusted",
    ]  # fmt: skip
    if not tables:
        return pd.DataFrame(columns=columns)
    table = pd.concat(tables, ignore_index=True).merge(
        arrangement[["article", "label", "place", "shown"]], on="article"
    )
    title = referents.set_index("referent")["label"]
    table["title"] = table["referent"].map(title)
    order = table.drop_duplicates("referent").sort_values(
        ["p", "divergence", "referent"], ascending=[True, False, True]
    )
    order["p_adjusted"] = adjusted(order["p"])
    table = table.merge(order[["referent", "p_adjusted"]], on="referent")
    table["panel"] = table["referent"].map({referent: n for n, referent in enumerate(order["referent"])})
    table["share"] = table["count"] / table["total"].where(table["total"] > 0)
    table = table.sort_values(["panel", "place", "slot"], ignore_index=True)
    table["left"] = table.groupby(["panel", "place"])["share"].cumsum() - table["share"]
    return table[columns]


def leading(occurrences: pd.DataFrame, panels: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of `occurrences` on the referent of the first panel, in which articles differ most plainly."""
    return occurrences[occurrences["referent"].isin(panels.loc[panels["panel"] == 0, "referent"])].reset_index(
        drop=True
    )


def _divergence(table: pd.DataFrame) -> tuple[float, float, float]:
    """Return how differently the articles name one referent, G2 of that (Dunning 1993), and the chance of as large a G2.

    The generalised Jensen-Shannon divergence of their shares, scaled to [0, 1]; each article that names it weighs the
    same (Lin 1991, IEEE Trans. Information Theory 37:145-151). Counts are too few for the chi-square distribution, so G2
    is held against tables drawn with the same totals (Patefield 1981, Applied Statistics 30:91-97), one for itself
    counted with them.
    """
    wide = table.pivot(index="article", columns="form", values="count").to_numpy()
    wide = wide[wide.sum(axis=1) > 0].astype(int)
    shares = wide / wide.sum(axis=1, keepdims=True)
    entropy = _entropy(shares.mean(axis=0)) - sum(_entropy(row) for row in shares) / len(shares)
    expected = wide.sum(axis=1, keepdims=True) * wide.sum(axis=0) / wide.sum()
    expected = np.where(expected > 0, expected, 1)
    chance = stats.random_table(wide.sum(axis=1), wide.sum(axis=0), seed=0).rvs(DRAWN)
    g2, by_chance = (2 * special.xlogy(x, x / expected).sum(axis=(-2, -1)) for x in (wide, chance))
    p = (1 + np.sum(by_chance >= g2 - 1e-9)) / (1 + DRAWN)
    return round(float(max(entropy, 0) / np.log2(len(shares))), 9), round(float(max(g2, 0)), 9), float(p)


def _entropy(shares: np.ndarray) -> float:
    return float(special.entr(shares).sum() / np.log(2))
