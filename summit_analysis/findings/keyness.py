"""Which words set an outlet apart, in sentences."""

from __future__ import annotations

import pandas as pd

from summit_analysis.findings.wording import Description, counted, cut_note, listed, percent
from summit_analysis.statistics import PRIOR_TOKENS, SIGNIFICANT, content_words


def wording(keyness: pd.DataFrame, strongest: pd.DataFrame) -> list[str]:
    """Say which words set an outlet apart, or that none does, and how many tests that rests on."""
    tested = keyness[keyness["voice"] == "all"]
    words = content_words(keyness)
    if words.empty:
        return ["There are no words to compare."]
    tests = int(tested["tests"].iloc[0])
    survivors = words[words["survives"]]
    stop_words = int((tested["p_adjusted"] < SIGNIFICANT).sum()) - len(survivors)
    said = []
    if survivors.empty:
        best = _nearest(words)
        said.append(
            f"No word sets an article apart: of {tests:,} tests no content word holds once they are adjusted for their "
            f"number. The nearest is “{best['term']}” (z = {best['z']:.1f}, adjusted p {best['p_adjusted']:.2f})."
        )
        said.append(
            f"That is what texts of this size can show: {once_only(tested)} of the words occur once in all articles together. "
            "The words that come nearest are there to be read in their sentences; they are no findings."
        )
    else:
        each = survivors.merge(strongest[["article", "label"]].drop_duplicates(), on="article")
        said += [
            f"{label} is set apart by {listed('“' + each_term + '”' for each_term in rows.sort_values('z', key=abs, ascending=False)['term'])}."
            for label, rows in each.groupby("label")
        ]
        said.append(
            f"{len(survivors):,} of {counted(tests, 'test')} {_hold(len(survivors))}"
            + (f" for a content word and {stop_words:,} for a stop word" if stop_words else "")
            + ", adjusted for their number."
        )
    return said


def voices_wording(keyness: pd.DataFrame, articles: pd.DataFrame) -> list[str]:
    """Say for the own and the quoted voice which words hold after adjustment, or which comes nearest."""
    label = articles.set_index("article")["label"]
    said = []
    for voice, words in (("own", "In the outlets' own words"), ("quoted", "In what they quote")):
        tested = content_words(keyness, voice=voice)
        if tested.empty:
            said.append(f"{words} there is nothing to compare.")
            continue
        tests, held = int(tested["tests"].iloc[0]), tested[tested["survives"]]
        best = _nearest(tested)
        found = (
            listed(f"“{row.term}” in {label[row.article]}" for row in held.itertuples()) + f" {_hold(len(held))}"
            if len(held)
            else "no content word holds"
        )
        said.append(
            f"{words}, of {counted(tests, 'test')} {found}; the content word that stands out most is “{best['term']}” "
            f"in {label[best['article']]} (z = {best['z']:.1f}, {counted(int(best['count']), 'time')} against {best['reference_count']} in the rest)."
        )
    return said


def _nearest(tested: pd.DataFrame) -> pd.Series:
    """Return the row with the largest |z|, ties by article and term."""
    size = tested["z"].abs().round(9)
    return tested[size == size.max()].sort_values(["article", "term"]).iloc[0]


def _hold(number: int) -> str:
    return "holds" if number == 1 else "hold"


def once_only(tested: pd.DataFrame) -> str:
    """Return the share of types that occur once in all articles together, as a percentage."""
    totals = tested.assign(total=tested["count"] + tested["reference_count"]).drop_duplicates("term")["total"]
    return percent((totals == 1).mean())


def describe_keyness(strongest: pd.DataFrame) -> Description:
    """Return the words around the figure `keyness`."""
    question = "Which words set an outlet apart?"
    if strongest.empty:
        title, tests, drawn = "There are no words to compare", 0, 0
    else:
        tests, drawn = int(strongest["tests"].iloc[0]), int(strongest["survives"].sum())
        each = strongest.drop_duplicates("place").query("set_apart > 0")
        number = int(each["set_apart"].sum())
        if not number:
            title = f"No word sets an outlet apart once {counted(tests, 'test')} are allowed for"
        else:
            title = f"{counted(number, 'word')} {'sets' if number == 1 else 'set'} {listed(each['label'])} apart; the rest may be chance"
    per_panel = int(strongest.groupby("place").size().max()) if len(strongest) else 0
    footer = (
        f"Weighted log-odds with an informative Dirichlet prior (a0 = {PRIOR_TOKENS}), each article against all others, all words; "
        f"the {per_panel} content words with the largest |z| each, with 95 % intervals. Filled: p < {SIGNIFICANT} after "
        f"Benjamini-Hochberg over {counted(tests, 'test')}; open: not. Numbers: occurrences here and in the rest."
        + cut_note(strongest)
    )
    caption = f"{title}. {footer}"
    panels = "; ".join(
        f"{label}: {listed(panel.sort_values('row', ascending=False)['term'], most=8)}"
        for (_, label), panel in strongest.groupby(["place", "label"])
    )
    alt = f"One panel per outlet with its most typical words as dots with intervals around a line at zero. {panels}. {drawn or 'None'} of them {_hold(max(drawn, 1))} after adjustment."
    return Description(question, title, footer, caption, alt)


def power(keyness_power: pd.DataFrame) -> list[str]:
    """Say how often a word twice as frequent would be seen in texts like these, and how long they would have to be."""
    first = keyness_power.iloc[0]
    said = [
        f"A difference counts here where |z| exceeds {first['critical']:.1f}: chance alone, sentences shuffled among the "
        f"articles, makes the largest of all |z| exceed that in 5 % of cases."
    ]
    for row in keyness_power[keyness_power["rate"].isin([1, 5, 20])].itertuples():
        longer = (
            "no length up to 10,000 times theirs would do"
            if pd.isna(row.times_longer)
            else "these texts are long enough for that"
            if row.times_longer <= 1
            else f"for four cases in five the texts would have to be {row.times_longer:,.0f} times as long"
        )
        said.append(
            f"A word that stands {'once' if row.rate == 1 else counted(row.rate, 'time')} in 1,000 words elsewhere and twice as often in one article would be seen in "
            f"{percent(row.power) if row.power >= 0.01 else 'less than 1 %'} of cases; {longer}."
        )
    return said


def chance(keyness: pd.DataFrame, articles: pd.DataFrame) -> list[str]:
    """Say what holds against the largest |z| of shuffled sentences, the stricter of the two adjustments."""
    tested = content_words(keyness).dropna(subset="p_max")
    if tested.empty:
        return ["There are no words to compare."]
    label = articles.set_index("article")["label"]
    held = tested[tested["p_max"] < SIGNIFICANT].sort_values("p_max")
    best = _nearest(tested)
    if held.empty:
        return [
            f"Shuffled sentences give no reason to call any word distinctive: a largest |z| like that of “{best['term']}” in "
            f"{label[best['article']]}, the largest of a content word here, comes about in {percent(best['p_max'])} of them."
        ]
    found = listed(f"“{row.term}” in {label[row.article]} (p = {row.p_max:.3f})" for row in held.itertuples())
    return [
        f"Against shuffled sentences {found} {_hold(len(held))}; the chance of one or more false words among all is below 5 %."
    ]


def priors(keyness_priors: pd.DataFrame) -> list[str]:
    """Say whether what holds, and which word comes first, hangs on the weight of the prior."""
    held = keyness_priors.groupby("prior_tokens")["held"].sum()
    weights = listed(f"{a0:,}" for a0 in held.index)
    ranked = keyness_priors[keyness_priors["rank"] == 1].groupby(["label", "prior_tokens"])["term"].agg(frozenset)
    labels = ranked.index.get_level_values("label").unique()
    steady = [name for name in labels if len(set(ranked[name])) == 1 and len(ranked[name]) == len(held)]
    return [
        f"With a prior of {weights} tokens, {listed(str(int(n)) for n in held)} of the words shown hold."
        if held.any()
        else f"With a prior of {weights} tokens none of the words shown holds.",
        f"The word that comes first is the same under each prior for {listed(steady) if steady else 'no outlet'}.",
    ]
