"""Who shares copy, as the figure draws it: articles as strips, what they share as ribbons between them."""

from __future__ import annotations

import numpy as np
import pandas as pd

from summit_analysis.text.passages import CHANCE

COLUMNS = (
    "mark", "article", "label", "place", "shown", "words", "start", "end", "article_b", "label_b", "place_b", "start_b", "end_b",
    "voice", "rarity", "own_rarity", "strength", "rank", "drawn", "joined", "lineage", "size", "credit", "text", "text_b",
)  # fmt: skip
MOST_SHOWN = 20
LABELLED = 3
STRONGEST = 8.0  # rarity from which a ribbon is drawn as strong as any


def strips(
    reuse: pd.DataFrame,
    pairs: pd.DataFrame,
    lineages: pd.DataFrame,
    arrangement: pd.DataFrame,
    articles: pd.DataFrame,
    tokens: pd.DataFrame,
    segments: pd.DataFrame,
    quotations: pd.DataFrame,
) -> pd.DataFrame:
    """Return one row per mark of the figure: each article, and in it each quotation, heading and shared passage.

    Columns: mark (``article``, ``quotation``, ``heading``, ``passage``); article, label, place (0 = top: in clustering order,
    an agency original above the first that shares its copy), shown (whether there is room for its strip); words; start, end (shares of the
    article's words before and up to the end, in [0, 1]); the same for the other article of a passage, which stands below; voice, rarity, own_rarity and
    text of a passage (see `reuse.compare`); strength (in [0, 1], larger = rarer); rank (1..3: the three whose own prose is rarest, those of articles that
    share copy first, which are labelled; else 0); joined (whether its two articles share copy by the rule of `lineages`); drawn (false where a strip between the two has the passage as well, and the ribbon goes by way of it); lineage, size (articles in it) and credit of an article.

    Passages that chance explains (rarity up to 1.2) are left out.
    """
    order = _order(lineages, list(arrangement["article"]))
    place = {article: n for n, article in enumerate(order)}
    label = dict(zip(articles["article"], articles["label"], strict=True))
    size = tokens.groupby("article").size()
    begins = {article: rows["start"].to_numpy() for article, rows in tokens.groupby("article")}

    def span(article: str, start: int, end: int) -> tuple[float, float]:
        places = np.searchsorted(begins[article], [start, end])
        return float(places[0] / size[article]), float(places[1] / size[article])

    known = lineages.set_index("article")
    rows: list[dict] = []
    for article in order:
        base = {
            "article": article,
            "label": label[article],
            "place": place[article],
            "words": int(size.get(article, 0)),
        }
        rows.append(
            base
            | {"mark": "article", "start": 0.0, "end": 1.0, "lineage": known.at[article, "lineage"],
               "size": int(known.at[article, "size"]), "credit": known.at[article, "agency"]}
        )  # fmt: skip
        if article not in begins:
            continue
        speech = quotations[(quotations["article"] == article) & (quotations["kind"] == "speech")]
        headings = segments[(segments["article"] == article) & (segments["kind"] == "heading")]
        for mark, found in (("quotation", speech), ("heading", headings)):
            for start, end in zip(found["start"], found["end"], strict=True):
                first, last = span(article, start, end)
                rows.append(base | {"mark": mark, "start": first, "end": last})
    joined = {frozenset(p) for p in pairs.loc[pairs["shares_copy"], ["article_a", "article_b"]].itertuples(index=False)}
    rows += _ribbons(reuse, place, label, span, joined)
    table = pd.DataFrame(rows).reindex(columns=list(COLUMNS))
    table["shown"] = (table["place"] < MOST_SHOWN) & ~(table["place_b"] >= MOST_SHOWN)
    passages = table["mark"] == "passage"
    table["drawn"] = table["drawn"].eq(True)
    table["rank"] = 0
    best = table[passages & table["shown"] & table["drawn"] & (table["voice"] != "quoted")]
    rarest = best.sort_values(["joined", "own_rarity", "place", "start"], ascending=[False, False, True, True]).head(
        LABELLED
    )
    table.loc[rarest.index, "rank"] = np.arange(1, len(rarest) + 1)
    table["joined"] = table["joined"].eq(True)
    rarity = table["own_rarity"].where(table["voice"] != "quoted", table["rarity"])
    table["strength"] = (rarity.clip(upper=STRONGEST) / STRONGEST).where(passages)
    text = ["article_b", "label_b", "voice", "lineage", "credit", "text", "text_b"]
    table[text] = table[text].astype("object").fillna("").astype("str")
    return table.astype({"place_b": "Int64", "words": "Int64", "size": "Int64"})


def _order(lineages: pd.DataFrame, arranged: list[str]) -> list[str]:
    """Return the articles from the top: in clustering order, each agency original above the first that shares its copy."""
    lineage = dict(zip(lineages["article"], lineages["lineage"], strict=True))
    wires = list(lineages.loc[lineages["role"] == "wire", "article"])
    used = {lineage[article] for article in arranged}
    order = sorted(wire for wire in wires if lineage[wire] not in used)
    for article in arranged:
        order += sorted(wire for wire in wires if lineage[wire] == lineage[article] and wire not in order)
        order.append(article)
    return order


def _ribbons(
    reuse: pd.DataFrame, place: dict[str, int], label: dict[str, str], span: object, joined: set[frozenset]
) -> list[dict]:
    rarity = reuse["own_rarity"].where(reuse["voice"] != "quoted", reuse["rarity"])
    found = reuse[~reuse["part"] & (rarity > CHANCE)]
    rows = []
    for passage in found.to_dict("records"):
        top, below = ("a", "b") if place[passage["article_a"]] < place[passage["article_b"]] else ("b", "a")
        upper, lower = passage[f"article_{top}"], passage[f"article_{below}"]
        start, end = span(upper, passage[f"start_{top}"], passage[f"end_{top}"])
        start_b, end_b = span(lower, passage[f"start_{below}"], passage[f"end_{below}"])
        rows.append(
            {"mark": "passage", "article": upper, "label": label[upper], "place": place[upper], "words": passage["words"],
             "start": start, "end": end, "article_b": lower, "label_b": label[lower], "place_b": place[lower],
             "start_b": start_b, "end_b": end_b, "voice": passage["voice"], "rarity": passage["rarity"],
             "own_rarity": passage["own_rarity"], "joined": frozenset((upper, lower)) in joined,
             "text": passage[f"text_{top}"], "text_b": passage[f"text_{below}"]}
        )  # fmt: skip
    rows.sort(key=lambda r: (r["place"], r["place_b"], r["start"], r["start_b"]))
    by_upper: dict[int, list[dict]] = {}
    for row in rows:
        by_upper.setdefault(row["place"], []).append(row)
    for row in rows:
        between = (other for other in by_upper[row["place"]] if other["place_b"] < row["place_b"])
        row["drawn"] = not any(_overlap(row, other) for other in between)
    return rows


def _overlap(one: dict, two: dict) -> bool:
    """Return whether two passages of an article have more than half of the shorter in common."""
    common = min(one["end"], two["end"]) - max(one["start"], two["start"])
    return common > 0.5 * min(one["end"] - one["start"], two["end"] - two["start"])
