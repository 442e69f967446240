"""What each told, left out and contradicted, in sentences."""

from __future__ import annotations

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
        + _by_one(coverage, len(alone))
        + ".",
        *_in_full(coverage),
        *_independently(coverage),
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
    said += _missing_sentences(coverage, _lacking(coverage))
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


def _by_one(coverage: pd.DataFrame, alone: int) -> str:
    """Return how many claims one article alone tells, and how many more are told by none but articles that share copy."""
    copied = _copied(coverage)["claim"].nunique()
    if not copied:
        return f" and {alone or 'none'} by one alone"
    return f", {alone or 'none'} by one and {copied} by shared copy alone"


def _copied(coverage: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of those that tell a claim which several articles of one lineage tell and no other does."""
    whole = coverage["coded"] == coverage["place"].nunique()
    return coverage[(coverage["independent"] == 1) & (coverage["weight"] > 1) & whole & coverage["told"]]


def _independently(coverage: pd.DataFrame) -> list[str]:
    """Return the same counts where articles that share copy count once; none where all are independent."""
    n = coverage["lineage"].nunique()
    if n == coverage["place"].nunique():
        return []
    groups = coverage.drop_duplicates("place").groupby("lineage", sort=False)["label"].agg(list)
    sharing = "; ".join(listed(labels) for labels in groups if len(labels) > 1)
    claims = coverage.drop_duplicates("claim")
    told = claims.loc[claims["coded"] == coverage["place"].nunique(), "independent"]
    by_all, but_one, by_one = (int((told == number).sum()) for number in (n, n - 1, 1))
    said = f"Where articles that share copy count once ({sharing}), there {are(n)} {counted(n, 'independent telling')}"
    if n > 1:
        said += f": {by_all or 'none'} of the claims {are(by_all)} told by all"
        said += f", {but_one or 'none'} by all but one" if n > 2 else ""
        said += f" and {by_one or 'none'} by one alone"
    return [f"{said}.", *_copied_sentences(coverage)]


def _copied_sentences(coverage: pd.DataFrame) -> list[str]:
    copied = _copied(coverage)
    by_claim = copied.groupby("row", sort=True).agg(labels=("label", tuple), statement=("statement", "first"))
    return [
        f"Only {listed(labels)}, which share copy, tell{_partly(coverage, copied[copied['row'].isin(rows.index)])}: "
        f"{listed(map(in_marks, rows['statement']), most=4)}."
        for labels, rows in by_claim.groupby("labels", sort=True)
    ]


def omitting(coverage: pd.DataFrame) -> list[str]:
    """Say how near the automatic coder comes to what is absent, and how much is told in other words than the claim's."""
    said = []
    absent, told = coverage[coverage["status"] == "absent"], coverage[coverage["told"]]
    counts = absent["trace"].value_counts()
    if counts.drop("", errors="ignore").sum():
        above, below, none = (int(counts.get(trace, 0)) for trace in ("above", "below", "none"))
        parts = [f"nothing near in {none}", f"in {below} a sentence that is too weak to count"]
        parts += [f"in {above} one that it takes for the claim and the readers did not"] if above else []
        said.append(
            f"Of {counted(len(absent), 'pair')} of claim and article that {are(len(absent))} judged absent, "
            f"the automatic coder finds {listed(parts)}."
        )
    worded = told["trace"].value_counts()
    words, other = int(worded.get("words", 0)), int(worded.get("paraphrase", 0))
    if words + other:
        said.append(
            f"Of {counted(words + other, 'telling')}, {words} {are(words)} in the claim's own words and {other} in other "
            "words: the automatic coder, which goes by the words, finds it by synonyms or not at all."
        )
    return said or ["The automatic coder read none of these claims, so that nothing is known of near misses."]


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


def _lacking(coverage: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of the article that lacks a claim which all others tell; one that contradicts it does not lack it."""
    return coverage[coverage["claim"].isin(_missing(coverage)["claim"]) & (coverage["status"] == "absent")]


def alone(coverage: pd.DataFrame) -> list[str]:
    """Say how many claims each article tells alone, and how many only those tell that share copy, with an example."""
    told = coverage[coverage["claim"].isin(_alone(coverage)["claim"]) & coverage["told"]]
    said = [f"Told by one alone: {_each(told, 'by')}."] if len(told) else []
    copied = _copied(coverage)
    if len(copied):
        # One name for those that share copy, as for one article.
        labels = copied.groupby("claim")["label"].transform(listed)
        said.append(
            f"Only by articles that share copy: {_each(copied.assign(label=labels).drop_duplicates('claim'), 'by')}."
        )
    return said


def missing(coverage: pd.DataFrame) -> list[str]:
    """Say in one sentence how many claims that all others tell are not found in each article, with an example."""
    silent = _lacking(coverage)
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


def describe_coverage(coverage: pd.DataFrame) -> Description:
    """Return the words around the figure `coverage`, or one of its sheets."""
    question = "What did each tell and leave out?"
    n, claims = coverage["place"].nunique(), coverage.drop_duplicates("claim")
    by_all, alone = int((claims["weight"] == n).sum()), len(_alone(coverage))
    copied, contradicted = _copied(coverage)["claim"].nunique(), int((claims["contradicted"] > 0).sum())
    here = " in this picture" if len(claims) < coverage["claims"].max() else ""
    title = f"{by_all or 'None'} of {counted(len(claims), 'claim')}{here} {are(by_all)} told by {all_articles(n)}, {alone or 'none'} by one alone"
    title += f", {copied} by shared copy alone" if copied else ""
    title += f"; {contradicted} {are(contradicted)} contradicted" if contradicted else ""
    footer = (
        f"{counted(len(claims), 'claim')} in {counted(n, 'article')}; the judgements are {judged_by(coverage)}. Told in part counts as told. Shade: where the article first tells it. "
        + _traced(coverage)
        + "Right: articles that tell the claim. Below: claims told, with the 95 % Wilson interval of their share. Not told is not the same as left out on purpose."
        + cut_note(coverage)
    )
    outlets = coverage.drop_duplicates("place").sort_values("place")
    themes = [theme for theme in claims.sort_values("row")["theme"].unique() if theme]
    alt = f"{title}. Matrix of {counted(len(claims), 'claim')} by {counted(n, 'article')}"
    alt += f", on {listed(themes, most=8)}" if themes else ""
    alt += f"; a mark says whether each tells it. {'All claims told: ' if here else 'Told: '}"
    alt += listed((f"{row.label} {row.article_told} of {row.claims}" for row in outlets.itertuples()), most=8) + "."
    return Description(question, title, footer, f"{title}. {footer}", alt)


def _traced(coverage: pd.DataFrame) -> str:
    """Return what a footer says of marks that the automatic coder gives rise to."""
    if not (coverage["trace"] != "").any():
        return ""
    return "What is in other words, and what comes near, is found by the automatic coder, which goes by the claim's words. "
