"""Where articles disagree on facts, in sentences."""

from __future__ import annotations

import pandas as pd

from summit_analysis.findings.wording import Description, are, counted, cut_note, excerpt, in_marks, listed
from summit_analysis.measures.discrepancies import MOST_FACTS

HERE = "in this picture"
READ_AS = "“Nearly”, “about” and their like make intervals of values: a quarter of a unit below ten, a tenth of the value from ten on. “Several hundred”, “two thirds” and “early 2022” are intervals too."


def disagreeing(scaled: pd.DataFrame) -> list[str]:
    """Say on how many facts values of articles exclude one another, what each of them says, and where values differ but fit."""
    facts = scaled.drop_duplicates("fact")
    if facts.empty:
        return ["No article gives a value for a fact of the codebook."]
    compared = facts[facts["verdict"] != "single"]
    by_verdict = {v: facts[facts["verdict"] == v] for v in ("hard", "soft", "agree", "single")}
    hard, soft, agree = (by_verdict[v] for v in ("hard", "soft", "agree"))
    said = [
        f"{_title(facts)}.",
        *(f"{row.question} {row.explanation}" for row in hard.itertuples()),
        *(f"{row.question} {row.explanation}" for row in soft.itertuples()),
    ]
    if len(agree):
        said.append(f"All that give a value agree: {listed((in_marks(q) for q in agree['question']), most=8)}.")
    if len(facts) > len(compared):
        number = len(facts) - len(compared)
        said.append(f"{counted(number, 'fact')} {are(number)} given by one article alone, or of different things.")
    return said


def _title(facts: pd.DataFrame, *, where: str = "that several articles give") -> str:
    compared = facts[facts["verdict"] != "single"]
    hard, soft = (compared[compared["verdict"] == v] for v in ("hard", "soft"))
    if compared.empty:
        return (
            f"None of {counted(len(facts), 'fact')} has a value in two articles"
            if len(facts) > 1
            else "The fact has no value in two articles"
        )
    of = counted(len(compared), "fact") if len(compared) > 1 else "the one fact"
    if len(hard):
        some = "the one fact" if len(compared) == 1 else f"{len(hard)} of {of}"
        return f"On {some} {where}, their values exclude one another: {listed((in_marks(excerpt(q, 60)) for q in hard['question']), most=3)}"
    if len(soft):
        return f"No two articles contradict each other on {of} {where}, though {len(soft)} {are(len(soft))} given in different words or roundings"
    return f"All that give a value agree on {of} {where}"


def describe_discrepancies(scaled: pd.DataFrame) -> Description:
    """Return the words around the figure `discrepancies`."""
    question = "Where do they disagree on facts?"
    facts = scaled.drop_duplicates("fact")
    compared = facts[facts["verdict"] != "single"]
    drawn = compared.head(MOST_FACTS) if len(compared) else facts
    title = _title(drawn, where=HERE) if len(facts) else "No article gives a value for a fact of the codebook"
    hidden = max(0, len(compared) - MOST_FACTS)
    single = len(facts) - len(compared)
    n = scaled["place"].nunique()
    footer = (
        f"{counted(len(compared), 'fact')} for which two or more of {counted(n, 'article')} give a value"
        + (
            f"; {counted(single, 'fact')} with one value, or with values of different things, {are(single)} in the CSV alone"
            if single
            else ""
        )
        + (f"; of the others the first {MOST_FACTS} are drawn" if hidden else "")
        + f". Each fact has a scale of its own. {READ_AS} "
        "Hard: intervals of the same quantity lie apart; soft: they differ but overlap or touch, or are worded differently."
        + cut_note(scaled)
    )
    caption = f"{title}. {footer}"
    told = [f"{row.question} {row.verdict}: {row.explanation}" for row in drawn.itertuples() if row.verdict != "single"]
    outlets = listed(scaled.drop_duplicates("place").sort_values("place")["label"], most=40)
    alt = (
        f"A row for each of {counted(min(len(compared), MOST_FACTS), 'fact')}, with the values of {outlets} on its own scale. "
        + " ".join(told)
    )
    return Description(question, title, footer, caption, alt.strip())
