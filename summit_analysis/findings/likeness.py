"""Who told it alike, in sentences."""

from __future__ import annotations

import pandas as pd

from summit_analysis.findings.wording import Description, counted, cut_note, interval

ROOMY = 21  # pairs that every layout of the figure has room for


def likeness(pairs: pd.DataFrame) -> list[str]:
    """Say which two articles are most and least alike, and how far the order of pairs can be told."""
    defined = pairs[pairs["cosine"].notna()]
    if defined.empty:
        return ["No two articles share enough words to be compared."]
    top, last = defined.iloc[0], defined.iloc[-1]
    said = [
        f"{top['label_a']} and {top['label_b']} are most alike: cosine {top['cosine']:.2f} (95 % interval {interval(top)}), "
        f"with {counted(top['shared_terms'], 'content word')} in both."
    ]
    if len(defined) > 1:
        said.append(
            f"{last['label_a']} and {last['label_b']} are least alike: {last['cosine']:.2f} ({interval(last)})."
        )
        said.append(_overlap_sentence(defined))
    return said


def _overlapping(defined: pd.DataFrame) -> int:
    """Return how many pairs have an interval that reaches that of the most alike pair."""
    top = defined.iloc[0]
    return int((defined["high"].iloc[1:] >= top["low"]).sum())


def _overlap_sentence(defined: pd.DataFrame) -> str:
    others, reach = len(defined) - 1, _overlapping(defined)
    if pd.isna(defined.iloc[0]["low"]):
        return "With so few sentences there is no interval, so the order of the pairs is not settled."
    if reach == 0:
        return f"Its interval lies above those of all {others} other pairs: it stands apart."
    return (
        f"The intervals of {reach} of the {counted(others, 'other pair')} reach into that of the most alike, "
        "so the order among these is not settled by texts this short."
    )


def voices_alike(by_voice: pd.DataFrame) -> list[str]:
    """Say whether leaving out quotations changes who is most alike, and whose quotations are."""
    every, own, quoted = (by_voice[by_voice[voice].notna()] for voice in ("all", "own", "quoted"))
    if every.empty or own.empty:
        return ["Without quotations there are no words to compare."]
    top, alone = every.loc[every["all"].idxmax()], own.loc[own["own"].idxmax()]
    if (top["article_a"], top["article_b"]) == (alone["article_a"], alone["article_b"]):
        said = [
            f"Leaving out the quotations changes nothing at the top: {_pair(top)} stay most alike, "
            f"{alone['own']:.2f} in their own words against {top['all']:.2f} in all."
        ]
    else:
        said = [
            f"Leaving out the quotations changes who is most alike: {_pair(alone)} in their own words "
            f"({alone['own']:.2f}), {_pair(top)} in all ({top['all']:.2f})."
        ]
    moved = (every["all"].rank(ascending=False) - every["own"].rank(ascending=False)).abs()
    said.append(f"{counted(int((moved >= 1).sum()), 'pair')} of {len(every)} change places in the order.")
    if len(quoted):
        same = quoted.loc[quoted["quoted"].idxmax()]
        said.append(f"In what they quote, {_pair(same)} are most alike ({same['quoted']:.2f}).")
    return said


def _pair(row: pd.Series) -> str:
    return f"{row['label_a']} and {row['label_b']}"


def describe_similarity(pairs: pd.DataFrame) -> Description:
    """Return the words around the figure `similarity`."""
    question = "Who told it alike?"
    defined = pairs[pairs["cosine"].notna()]
    if defined.empty:
        title = "No two articles can be compared"
    elif len(defined) == 1:
        only = defined.iloc[0]
        title = f"{only['label_a']} and {only['label_b']} have a cosine of {only['cosine']:.2f}"
    else:
        top = defined.iloc[0]
        stands = _overlapping(defined) == 0 and pd.notna(top["low"])
        rest = ", apart from every other pair" if stands else ", though intervals overlap"
        title = f"{top['label_a']} and {top['label_b']} tell it most alike{rest}"
    articles = len(set(pairs["article_a"]) | set(pairs["article_b"]))
    some = "; the most alike have a dot, as many as there is room for" if len(pairs) > ROOMY else ""
    footer = (
        f"{counted(articles, 'article')}, {counted(len(pairs), 'pair')}{some}. TF-IDF cosine of all words, own and quoted, "
        "without English stop words; bars: 95 % jackknife intervals over sentences. Outlets stand in clustering order."
        + cut_note(pairs)
    )
    caption = (
        f"{title}. Cosine similarity of each pair of articles, from 0 (no word shared) to 1 (the same words). {footer}"
    )
    values = "; ".join(
        f"{row.label_a} and {row.label_b} {'not defined' if pd.isna(row.cosine) else f'{row.cosine:.2f}'}"
        for row in pairs.head(12).itertuples()
    )
    more = f"; {len(pairs) - 12} more pairs are less alike" if len(pairs) > 12 else ""
    alt = f"Triangle of cosine similarities between {counted(articles, 'article')}, and a dot with interval for each pair. From most to least alike: {values}{more}."
    return Description(question, title, footer, caption, alt)
