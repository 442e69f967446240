"""The whole comparison on one page: the rows that the poster draws, picked from the tables of the other measures."""

from __future__ import annotations

import pandas as pd

from summit_analysis.errors import NotDefinedError

COLUMNS = ("panel", "row", "column", "label", "value", "low", "high", "text")
PANELS = ("alike", "voices", "told", "named", "contradicted")
SEVERAL = "several alike"
MOST_PAIRS, MOST_REFERENTS, MOST_CLAIMS = 10, 6, 6


def poster(
    pairs: pd.DataFrame | None, strips: pd.DataFrame | None, coverage: pd.DataFrame | None, naming: pd.DataFrame | None
) -> pd.DataFrame:
    """Return one row per mark of the poster, from `similarity_pairs`, `voice_strips`, `coverage` and `naming_panels`.

    Columns: panel (``alike``, ``voices``, ``told``, ``named``, ``contradicted``); row and column (place in it, from 0);
    label; value, low, high; text. By panel:

    - ``alike``: a pair of articles; value is the cosine in [0, 1] with its 95 % interval; text says which part
      of the pairs these are, where they are not all.
    - ``voices``: an article (row) and a speaker (column; text its name); value is the speaker's share of the words,
      with its interval; column -1 is that of all quotations.
    - ``told``: a theme (row, text) and an article (column, label); value counts claims told, high all claims of the theme.
    - ``named``: a referent (row, text) and a form that articles use most for it (column, label; "several alike" where
      an article uses no one form most); value counts these articles, low is empty, high counts all that name it.
    - ``contradicted``: a claim (row, text) and an article that tells (value 1) or contradicts it (value -1); label is the
      article's.

    Raises
    ------
    NotDefinedError
        None of the tables is defined.
    """
    parts = [
        _alike(pairs) if pairs is not None else [],
        _voices(strips) if strips is not None else [],
        [*_told(coverage), *_contradicted(coverage)] if coverage is not None else [],
        _named(naming) if naming is not None else [],
    ]
    rows = [row for part in parts for row in part]
    if not rows:
        raise NotDefinedError("no poster: there is nothing to compare")
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    order = table["panel"].map(PANELS.index)
    numbers = dict.fromkeys(("value", "low", "high"), "float64")
    table = table.assign(order=order).sort_values(["order", "row", "column"], kind="stable", ignore_index=True)
    return table.drop(columns="order").astype(numbers)


def _alike(pairs: pd.DataFrame) -> list[tuple]:
    defined = pairs[pairs["cosine"].notna()]
    best = defined.head(MOST_PAIRS)
    part = "" if len(best) == len(defined) else f"the first {len(best)} of {len(defined)} pairs"
    return [
        ("alike", row, 0, f"{pair.label_a} – {pair.label_b}", pair.cosine, pair.low, pair.high, part)
        for row, pair in enumerate(best.itertuples())
    ]


def _voices(strips: pd.DataFrame) -> list[tuple]:
    lanes = strips.drop_duplicates(["place", "lane"]).sort_values(["place", "slot"], kind="stable")
    articles = strips.drop_duplicates("place")
    every = zip(*(articles[c] for c in ("place", "label", "quoted_share", "quoted_low", "quoted_high")), strict=True)
    whole = [
        ("voices", place, -1, label, share, low, high, "all quotations") for place, label, share, low, high in every
    ]
    lanes = lanes[lanes["quotation"] > 0]
    return whole + [
        ("voices", place, slot, label, share, low, high, name)
        for place, slot, label, share, low, high, name in lanes[
            ["place", "slot", "label", "share", "low", "high", "name"]
        ].itertuples(index=False, name=None)
    ]


def _told(coverage: pd.DataFrame) -> list[tuple]:
    themes = {theme: row for row, theme in enumerate(coverage.sort_values("row")["theme"].unique())}
    counted = coverage.groupby(["theme", "place", "label"], sort=True).agg(
        told=("told", "sum"), claims=("claim", "size")
    )
    return [
        ("told", themes[theme], place, label, cell.told, float("nan"), cell.claims, theme or "all claims")
        for (theme, place, label), cell in zip(counted.index, counted.itertuples(), strict=True)
    ]


def _contradicted(coverage: pd.DataFrame) -> list[tuple]:
    against = coverage[coverage["contradicted"] > 0]
    claims = against.drop_duplicates("row").sort_values(
        ["contradicted", "weight", "row"], ascending=[False, False, True]
    )
    rows = []
    for row, claim in enumerate(claims["row"].head(MOST_CLAIMS)):
        said = against[(against["row"] == claim) & (against["told"] | (against["status"] == "contradicts"))]
        for article in said.sort_values("place").itertuples():
            value = 1 if article.told else -1
            rows.append(("contradicted", row, article.place, article.label, value, None, None, article.statement))
    return rows


def _named(naming: pd.DataFrame) -> list[tuple]:
    rows, used = [], naming[(naming["count"] > 0) & (naming["form"] != "")]
    for row, (_, panel) in enumerate(used.groupby("panel", sort=True)):
        if row == MOST_REFERENTS:
            break
        most = panel[panel["count"] == panel.groupby("place")["count"].transform("max")]
        leading = most.assign(form=most["form"].mask(most.duplicated("place", keep=False), SEVERAL))
        leading = leading.drop_duplicates("place")
        forms = leading.groupby("form", sort=True)["label"].agg(list)
        ordered = sorted(forms.items(), key=lambda item: (item[0] == SEVERAL, -len(item[1]), item[0]))
        title = panel["title"].iloc[0]
        rows += [
            ("named", row, column, form, len(labels), None, len(leading), title)
            for column, (form, labels) in enumerate(ordered)
        ]
    return rows
