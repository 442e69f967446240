"""How early articles tell their claims, and in what order, in sentences."""

from __future__ import annotations

import pandas as pd

from summit_analysis.findings.wording import (
    Description,
    all_articles,
    counted,
    cut_note,
    excerpt,
    in_marks,
    listed,
    percent,
)

ALIKE = 0.1  # places less than a tenth of a text apart are much the same
OWN_TEXT = "A claim stands where the article first tells it, at least a piece of it: at the earliest passage that a reader marked, else at its evidence. Boilerplate and datelines are left out of the length."


def early(curve: pd.DataFrame) -> list[str]:
    """Say after how much of its text each article has told half of what it tells, and how much any one reader meets."""
    outlets = _outlets(curve)
    telling = outlets[outlets["claims"] > 0].sort_values(["half_read", "label"])
    if telling.empty:
        return ["No article tells a claim of the codebook."]
    said = [f"{_curve_title(curve)}."]
    said.append(
        "Half of what it tells is told after this share of its text: "
        + listed((f"{row.label} {percent(row.half_read)}" for row in telling.itertuples()), most=12)
        + "."
    )
    final = curve.drop_duplicates("article", keep="last").sort_values(
        ["share_of_all", "label"], ascending=[False, True]
    )
    best, least = final.iloc[0], final.iloc[-1]
    if len(final) > 1:
        said.append(
            f"A reader of one article alone meets between {percent(least['share_of_all'])} ({least['label']}) and "
            f"{percent(best['share_of_all'])} ({best['label']}) of the claims that were coded."
        )
    return said


def placing(prominence: pd.DataFrame) -> list[str]:
    """Say what the leads tell, and what one article buries that another leads with."""
    said = []
    for label, rows in prominence.groupby("label", sort=True):
        lead = rows[rows["lead"]].sort_values("position")
        said.append(
            f"{label} leads with {listed(map(in_marks, lead['statement']), most=3)}."
            if len(lead)
            else f"{label} has no claim of the codebook in its lead."
        )
    led = prominence[prominence["lead"]].groupby("claim")["label"].agg(list)
    buried = prominence[prominence["buried"] & prominence["claim"].isin(led.index)]
    for row in buried.sort_values(["claim", "label"]).itertuples():
        said.append(
            f"{row.label} first tells {in_marks(row.statement)} in its last third; {listed(led[row.claim])} {'leads' if len(led[row.claim]) == 1 else 'lead'} with it."
        )
    return said


def _outlets(table: pd.DataFrame) -> pd.DataFrame:
    return table.drop_duplicates("place").sort_values("place")


def _curve_title(curve: pd.DataFrame) -> str:
    telling = _outlets(curve)
    telling = telling[telling["claims"] > 0].sort_values(["half_read", "label"])
    if telling.empty:
        return "No article tells a claim of the codebook"
    first, last = telling.iloc[0], telling.iloc[-1]
    # What is printed as the same share is said of all that have it.
    printed = telling["half_read"].map(percent)
    firsts, lasts = (listed(telling.loc[printed == percent(row["half_read"]), "label"]) for row in (first, last))
    if len(telling) == 1:
        return f"{first['label']} has told half of its claims after {percent(first['half_read'])} of its text"
    if last["half_read"] - first["half_read"] < ALIKE:
        between = listed(dict.fromkeys(f"{100 * v:.0f}" for v in (first["half_read"], last["half_read"]))).replace(
            "and", "to"
        )
        return (
            f"{all_articles(len(telling)).capitalize()} have told half of their claims after {between} % of their text"
        )
    return (
        f"Half of what an article tells is told after {percent(first['half_read'])} of the text in {firsts}, "
        f"in {lasts} after {percent(last['half_read'])}"
    )


def describe_reader_curve(curve: pd.DataFrame) -> Description:
    """Return the words around the figure `reader-curve`."""
    question = "How soon does a reader know?"
    outlets, title = _outlets(curve), _curve_title(curve)
    n = len(outlets)
    footer = (
        f"Of the claims that an article tells, the share met by someone who has read so much of it, for {counted(n, 'article')}; a claim is met where the passage that first tells it ends. "
        f"Dot: half of them met. Grey: the other articles. Dotted: told evenly from the first word to the last. {OWN_TEXT}{cut_note(curve) if len(curve) else ''}"
    )
    each = listed(
        (
            f"{row.label}, {counted(row.claims, 'claim')}" + (f": {percent(row.half_read)}" if row.claims else "")
            for row in outlets.itertuples()
        ),
        most=8,
    )
    alt = f"{title}. A panel with a step line for each of {counted(n, 'article')}: share of its own claims met against share of its text read. Half met after: {each}."
    return Description(question, title, footer, f"{title}. {footer}", alt)


def describe_order(order: pd.DataFrame) -> Description:
    """Return the words around the figure `order`."""
    question = "In what order is it told?"
    claims = order.drop_duplicates("claim")
    marked = claims[claims["highlight"] > 0].sort_values("highlight")
    n = order["place"].nunique()
    if claims.empty:
        title = "No claim is told by two articles, so there is no order to compare"
    elif marked.empty:
        title = "No claim is told by half of the articles, so no order stands out"
    else:
        rows = order[(order["claim"] == marked["claim"].iloc[0]) & (order["status"] == "asserts")]
        rows = rows.sort_values(["position", "label"])
        first, last = rows.iloc[0], rows.iloc[-1]
        title = (
            "What several articles tell stands at much the same place in all of them"
            if marked["spread"].iloc[0] < ALIKE
            else f"{in_marks(excerpt(str(first['statement']), 90))} is first told after {percent(first['position'])} of the text in {first['label']} "
            f"and after {percent(last['position'])} in {last['label']}"
        )
    footer = (
        f"{counted(len(claims), 'claim')} that two or more of {counted(n, 'article')} tell, where each first tells them; top = beginning of the text. A column without a mark does not tell it. "
        + (
            f"Set off: the {counted(len(marked), 'claim')} whose place differs most between articles that tell them in full, of those that at least half of them do; hollow: told in part. "
            if len(marked)
            else "None is set off: at least half of the articles would have to tell it in full. "
        )
        + OWN_TEXT
        + (cut_note(order) if len(order) else "")
    )
    outlets = listed(order.drop_duplicates("place").sort_values("place")["label"], most=8)
    set_off = listed(in_marks(excerpt(str(statement), 60)) for statement in marked["statement"])
    alt = (
        f"{title}. Columns for {outlets}, with {counted(len(claims), 'claim')} as marks at their place, joined by lines"
    )
    alt += f". Set off: {set_off}." if len(marked) else "."
    return Description(question, title, footer, f"{title}. {footer}", alt if len(claims) else f"{title}.")
