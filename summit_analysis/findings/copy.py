"""Sentences on shared copy: who shares it, in how many lineages an event is told, and what was edited."""

from __future__ import annotations

import pandas as pd

from summit_analysis.findings.wording import (
    Description,
    are,
    counted,
    cut_note,
    excerpt,
    in_marks,
    listed,
)  # fmt: skip

NOT_COPIED = "Shared copy shows a common ancestor, not who wrote first."


def sharing(pairs: pd.DataFrame, lineages: pd.DataFrame, articles: pd.DataFrame) -> list[str]:
    """Say which articles share copy and why, how many lineages there are, and what credit lines tell."""
    label = dict(zip(articles["article"], articles["label"], strict=True))
    told = lineages[lineages["role"] != "wire"]
    joined = pairs[pairs["shares_copy"]].sort_values(["score", "article_a", "article_b"], ascending=[False, True, True])
    said = [_lead(joined, told, label)]
    for pair in joined.head(4).itertuples():
        order = ", in the same order" if pair.order_agreement >= 0.8 else ""
        said.append(
            f"{label[pair.article_a]} shares copy with {label[pair.article_b]}: {counted(pair.passages, 'passage')} of own prose that chance "
            f"does not explain, {counted(pair.own_words, 'word')}{order} (score {pair.score:.1f}, where 1 is enough)."
        )
    if len(joined) > 4:
        said.append(f"{len(joined) - 4} more pairs share copy; the table lists them.")
    apart = pairs[~pairs["shares_copy"]]
    if len(apart):
        nearest = apart.loc[apart["score"].idxmax()]
        said.append(
            f"The highest score of {'the other' if len(joined) else 'all'} {counted(len(apart), 'pair')} is {nearest['score']:.2f} "
            f"({label[nearest['article_a']]} and {label[nearest['article_b']]})."
        )
    credited = told[told["agency"] != ""]
    silent = told[(told["size"] > 1) & (told["agency"] == "")]
    if len(credited):
        said.append(
            f"Agencies are credited by {listed(f'{label[r.article]} ({r.agency})' for r in credited.itertuples())}."
        )
    if len(silent):
        said.append(f"No credit line, though they share copy: {listed(label[a] for a in silent['article'])}.")
    return [*said, NOT_COPIED] if len(joined) else said


def _lead(joined: pd.DataFrame, told: pd.DataFrame, label: dict[str, str]) -> str:
    n, groups = len(told), told.groupby("lineage")["article"].agg(list)
    if joined.empty:
        return f"No two of {counted(n, 'article')} share copy: each is its own lineage."
    several = [[label[a] for a in group] for group in groups if len(group) > 1]
    if not several:
        return f"No two of {counted(n, 'article')} share copy with one another, only with an agency original."
    largest = max(several, key=lambda names: (len(names), names))
    more = f", as do {counted(len(several) - 1, 'other group')}" if len(several) > 1 else ""
    return (
        f"{listed(largest)} share copy{more}: {counted(n, 'article')} of {counted(len(groups), 'independent lineage')}."
    )


def editing(edits: pd.DataFrame, pairs: pd.DataFrame, articles: pd.DataFrame) -> list[str]:
    """Say what was edited in passages that articles share, quotations above all."""
    label = dict(zip(articles["article"], articles["label"], strict=True))
    joined = {(p.article_a, p.article_b) for p in pairs[pairs["shares_copy"]].itertuples()}
    inside = pd.Series(
        [(r.article_a, r.article_b) in joined for r in edits.itertuples()], index=edits.index, dtype=bool
    )
    found = edits[inside]
    if found.empty:
        return ["No shared copy was edited."]
    kinds = found["kind"].value_counts()
    quoted = found[found["quoted"] & (found["kind"] != "moved")]
    said = [
        f"Between articles that share copy {counted(len(found), 'edit')} {are(len(found))} found: "
        + listed(f"{kinds[k]} {k}" for k in ("replaced", "dropped", "added", "moved") if k in kinds)
        + f"; {counted(len(quoted), 'edit')} {are(len(quoted))} inside quotations."
    ]
    for edit in quoted.head(5).itertuples():
        one, two = (in_marks(excerpt(text, 60)) if text else "nothing" for text in (edit.text_a, edit.text_b))
        said.append(f"Inside a quotation {label[edit.article_a]} has {one} where {label[edit.article_b]} has {two}.")
    return said


def describe_shared_passages(strips: pd.DataFrame) -> Description:
    """Return the words around the figure `shared-passages`."""
    question = "Who shares copy?"
    articles = strips[strips["mark"] == "article"].sort_values("place")
    passages = strips[strips["mark"] == "passage"]
    n = len(articles)
    families = [list(rows["label"]) for _, rows in articles.groupby("lineage", sort=False) if len(rows) > 1]
    if families:
        largest = max(families, key=len)
        title = f"{listed(largest, most=4)} share copy"
        title += (
            f", and {counted(len(families) - 1, 'other group')}"
            if len(families) > 1
            else "; no other pair is found to"
            if len(largest) < n
            else ""
        )
    else:
        title = f"No two of {n} articles share copy" if n > 2 else "The two articles share no copy"

    own = int((passages["voice"] != "quoted").sum())
    footer = (
        f"{counted(own, 'shared passage')} of own prose and {counted(len(passages) - own, 'shared quotation')} in {counted(n, 'article')}; passages that chance "
        "explains (names, titles, places, numbers, stock phrases) are left out. Width: words; strength: rarity. White in a strip: quoted. A "
        "ribbon that joins several articles goes from each to the next that has it. Shared copy shows a common ancestor, not who wrote first."
        + cut_note(articles)
    )
    caption = (
        f"{title}. Each article from its first to its last word, and the passages that two of them share. {footer}"
    )
    each = passages.groupby(["label", "label_b"], sort=False).size().sort_values(ascending=False, kind="stable")
    alt = "One strip per article, with ribbons between passages that two of them share. "
    alt += (
        "Passages in common, quotations and phrases that prove no copying included: "
        + listed((f"{a} and {b}, {count}" for (a, b), count in each.items()), most=12)
        + "."
        if len(each)
        else "There are none."
    )
    return Description(question, title, footer, caption, alt)
