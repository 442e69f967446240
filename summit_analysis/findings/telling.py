"""What each told, left out and contradicted, in sentences."""

from __future__ import annotations

from itertools import compress

import pandas as pd

from summit_analysis.findings.wording import (
    Description,
    all_articles,
    are,
    counted,
    cut_note,
    excerpt,
    in_marks,
    listed,
    percent,
)
from summit_analysis.judgements import AGREED, AUTOMATIC, MAJORITY

MOST_ARTICLES = 2  # named in one sentence


def telling(coverage: pd.DataFrame) -> list[str]:
    """Say how many claims all, one or no article tells, who tells most, and on which claims articles contradict."""
    n, claims = coverage["place"].nunique(), coverage.drop_duplicates("claim")
    by_all, alone, missing = claims[claims["weight"] == n], _alone(coverage), _missing(coverage)
    outlets = coverage[coverage["claims"] > 0].drop_duplicates("place")
    outlets = outlets.sort_values(["article_share", "label"], ascending=[False, True])
    said = [
        f"Of {counted(len(claims), 'claim')}, {len(by_all) or 'none'} {are(len(by_all))} told by {all_articles(n)}"
        + (f", {len(missing) or 'none'} by all but one" if n > 2 else "")
        + f" and {len(alone) or 'none'} by one alone.",
        *_in_full(coverage),
    ]
    if len(outlets) > 1:
        most, second, least = outlets.iloc[0], outlets.iloc[1], outlets.iloc[-1]
        overlap = ", though intervals overlap" if most["article_low"] <= second["article_high"] else ""
        said.append(
            f"{most['label']} tells most{overlap}: {most['article_told']} of {most['claims']} ({percent(most['article_share'])}, "
            f"95 % interval {percent(most['article_low'])} to {percent(most['article_high'])}); {least['label']} fewest, "
            f"{least['article_told']} of {least['claims']} ({percent(least['article_low'])} to {percent(least['article_high'])})."
        )
    said += _alone_sentences(coverage, coverage[coverage["claim"].isin(alone["claim"]) & coverage["told"]])
    said += _missing_sentences(coverage, coverage[coverage["claim"].isin(missing["claim"]) & ~coverage["told"]])
    contradicted = claims[claims["contradicted"] > 0]
    said += [_contradiction_sentence(coverage[coverage["claim"] == claim]) for claim in contradicted["claim"]]
    if contradicted.empty:
        said.append("No article contradicts a claim of the codebook.")
    uncoded = int((coverage["status"] == "uncoded").sum())
    if uncoded:
        said.append(f"{counted(uncoded, 'pair')} of claim and article {are(uncoded)} not coded and count nowhere.")
    said.append(
        f"The judgements are {judged_by(coverage)}; absent means that the claim was not found, not that it was meant to be left out."
    )
    return said


def _in_full(coverage: pd.DataFrame) -> list[str]:
    """Return the same counts of what is told in full; none where nothing is told in part only."""
    if not (coverage["status"] == "partial").any():
        return []
    n = coverage["place"].nunique()
    told = (coverage["status"] == "asserts").groupby(coverage["claim"]).sum()
    told = told[coverage.drop_duplicates("claim").set_index("claim")["coded"] == n]
    by_all, but_one, alone = (int((told == number).sum()) for number in (n, n - 1, 1))
    return [
        f"A claim told in part counts as told; of those told in full, {by_all or 'none'} {are(by_all)} told by {all_articles(n)}"
        + (f", {but_one or 'none'} by all but one" if n > 2 else "")
        + f" and {alone or 'none'} by one alone."
    ]


def _alone(coverage: pd.DataFrame) -> pd.DataFrame:
    """Return a row for each claim that was coded for every article and that one tells."""
    claims = coverage.drop_duplicates("claim")
    return claims[(claims["weight"] == 1) & (claims["coded"] == coverage["place"].nunique())]


def _missing(coverage: pd.DataFrame) -> pd.DataFrame:
    """Return a row for each claim that was coded for every article and that all but one tell, of three or more."""
    n, claims = coverage["place"].nunique(), coverage.drop_duplicates("claim")
    return claims[(claims["weight"] == n - 1) & (claims["coded"] == n) & (n > 2)]


def alone(coverage: pd.DataFrame) -> list[str]:
    """Say in one sentence how many claims each article tells alone, with an example; none where there are none."""
    told = coverage[coverage["claim"].isin(_alone(coverage)["claim"]) & coverage["told"]]
    return [f"Told by one alone: {_each(told, 'by')}."] if len(told) else []


def missing(coverage: pd.DataFrame) -> list[str]:
    """Say in one sentence how many claims that all others tell are not found in each article, with an example."""
    silent = coverage[coverage["claim"].isin(_missing(coverage)["claim"]) & ~coverage["told"]]
    return [f"Told by all but one: {_each(silent, 'not in')}."] if len(silent) else []


def _each(rows: pd.DataFrame, where: str) -> str:
    """Return how many claims are `where` each article, and the first of them, the article with most first."""
    groups = sorted(rows.groupby("label", sort=True), key=lambda group: -len(group[1]))
    named = groups if len(groups) <= MOST_ARTICLES + 1 else groups[:MOST_ARTICLES]
    rest = groups[len(named) :]
    said = []
    for label, own in named:
        first = in_marks(excerpt(own.sort_values("row")["statement"].iloc[0], 60))
        said.append(f"{len(own)} {where} {label} ({first}{' and others' if len(own) > 1 else ''})")
    if rest:
        said.append(f"{sum(len(own) for _, own in rest)} more {where} {len(rest)} others")
    return "; ".join(said)


def judged_by(coverage: pd.DataFrame) -> str:
    """Return whose the judgements are, as in "those of coder “first”" or "those of the automatic coder"."""
    coders = coverage.loc[coverage["coder"] != "", "coder"].value_counts(sort=False).sort_index()
    names = {AUTOMATIC: "the automatic coder", AGREED: "the readers, as agreed", MAJORITY: "the majority of readers"}
    if len(coders) == 1:
        only = str(coders.index[0])
        return f"those of {names.get(only, f'coder “{only}”')}"
    shares = [f"{names.get(str(coder), f'coder “{coder}”')} ({count})" for coder, count in coders.items()]
    return f"those of {listed(shares)}"


def _partly(coverage: pd.DataFrame, rows: pd.DataFrame) -> str:
    """Return that some of the claims of `rows` are told in part only."""
    of_these = coverage[coverage["claim"].isin(rows["claim"])]
    return ", in part at least" if (of_these["status"] == "partial").any() else ""


def _alone_sentences(coverage: pd.DataFrame, told: pd.DataFrame) -> list[str]:
    return [
        f"Only {label} tells{_partly(coverage, rows)}: {listed(map(in_marks, rows['statement']), most=4)}."
        for label, rows in told.groupby("label", sort=True)
    ]


def _missing_sentences(coverage: pd.DataFrame, silent: pd.DataFrame) -> list[str]:
    return [
        f"All but {label} tell{_partly(coverage, rows)}: {listed(map(in_marks, rows['statement']), most=4)}."
        for label, rows in silent.groupby("label", sort=True)
    ]


def _contradiction_sentence(rows: pd.DataFrame) -> str:
    statement = in_marks(rows["statement"].iloc[0])
    against, told = rows[rows["status"] == "contradicts"], rows[rows["told"]]
    against_words = listed(f"{row.label} ({in_marks(excerpt(row.evidence))})" for row in against.itertuples())
    return f"Contradicted: {statement} is told by {listed(told['label'])} and contradicted by {against_words}."


def _row_sentence(rows: pd.DataFrame) -> str:
    """Return who tells, contradicts and lacks one claim."""
    # Lists: hundreds of rows are told of, each once a sheet.
    label, status = rows["label"].tolist(), rows["status"].tolist()
    told = list(compress(label, rows["told"]))
    parts = [f"told by {all_articles(len(rows)) if len(told) == len(rows) else listed(told)}"]
    for name, words in (
        ("partial", "of these in part by"),
        ("contradicts", "contradicted by"),
        ("uncoded", "not coded for"),
    ):
        some = [who for who, found in zip(label, status, strict=True) if found == name]
        parts += [f"{words} {listed(some)}"] if some else []
    return f"{in_marks(rows['statement'].iloc[0])}: {', '.join(parts)}."


def describe_coverage(coverage: pd.DataFrame) -> Description:
    """Return the words around the figure `coverage`."""
    question = "What did each tell and leave out?"
    n, claims = coverage["place"].nunique(), coverage.drop_duplicates("claim")
    by_all, alone = int((claims["weight"] == n).sum()), int(((claims["weight"] == 1) & (claims["coded"] == n)).sum())
    contradicted = int((claims["contradicted"] > 0).sum())
    title = f"{by_all or 'None'} of {counted(len(claims), 'claim')} {are(by_all)} told by {all_articles(n)}, {alone or 'none'} by one alone"
    title += f"; {contradicted} {are(contradicted)} contradicted" if contradicted else ""
    footer = (
        f"{counted(len(claims), 'claim')} in {counted(n, 'article')}; the judgements are {judged_by(coverage)}. Told in part counts as told. Shade: place of the evidence in the article. "
        "Right: articles that tell the claim, in brackets those that tell it independently, where some share copy. Below: claims told, with the 95 % Wilson interval of their share. Not found is not the same as left out on purpose."
        + cut_note(coverage)
    )
    caption = f"{title}. {footer}"
    outlets = coverage.drop_duplicates("place").sort_values("place")
    counts = "; ".join(f"{row.label} {row.article_told} of {row.claims}" for row in outlets.itertuples())
    rows = " ".join(_row_sentence(rows) for _, rows in coverage.groupby("row", sort=True))
    alt = f"Matrix of {counted(len(claims), 'claim')} by {counted(n, 'article')}. {rows} All claims that each tells: {counts}."
    return Description(question, title, footer, caption, alt)
