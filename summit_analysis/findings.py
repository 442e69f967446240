"""Tables to sentences: what a notebook, a caption and an alt text say, made from the numbers of this very story.

Nothing here is typed in: with another story the same functions tell the truth about that one, including that nothing
was found. Sentences are plain text; whoever shows them escapes them for the medium.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from summit_analysis.errors import NotDefinedError
from summit_analysis.measures.keyness import PRIOR_TOKENS, SIGNIFICANT


@dataclass(frozen=True)
class Description:
    """The words around a figure: the question it answers, its finding, what was counted, caption and alt text."""

    question: str
    title: str
    footer: str
    caption: str
    alt: str


def listed(names: Iterable[str], *, most: int = 6) -> str:
    """Return "A", "A and B", "A, B and C"; beyond `most`, "A, B and 7 more"."""
    names = list(names)
    if len(names) > most:
        names = [*names[: most - 1], f"{len(names) - most + 1} more"]
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1] if names else "none"


def counted(number: int, noun: str, plural: str = "") -> str:
    """Return "1 article", "5 articles", "3,895 tests"."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def in_marks(text: str) -> str:
    """Return `text` without its full stop in quotation marks; marks inside it become single ones."""
    return "“" + text.rstrip(".").replace("“", "‘").replace("”", "’") + "”"


def percent(share: float) -> str:
    """Return a share as a whole percentage, "n/a" where it is not defined."""
    return "n/a" if pd.isna(share) else f"{100 * share:.0f} %"


def reading(load_report: pd.DataFrame, articles: pd.DataFrame) -> list[str]:
    """Say what was read, what was set aside and why, and how large and how quoted the articles are."""
    analysed = load_report[load_report["outcome"] == "analysed"]
    aside = load_report[load_report["outcome"] == "set aside"]
    outlets = articles["outlet"].nunique()
    said = [
        f"{counted(len(load_report), 'file')} read: {counted(len(analysed), 'article')} by {counted(outlets, 'outlet')} "
        f"analysed, {len(aside) or 'none'} set aside."
    ]
    said += [f"Set aside: {row.file}, because {row.reason}." for row in aside.head(10).itertuples()]
    if len(aside) > 10:
        said.append(f"And {len(aside) - 10} more that the load report lists.")
    said += [f"{row.file}: {row.note}." for row in analysed[analysed["note"] != ""].head(10).itertuples()]
    shortest, longest = articles.loc[articles["words"].idxmin()], articles.loc[articles["words"].idxmax()]
    if len(articles) > 1:
        said.append(
            f"They run from {counted(shortest['words'], 'word')} ({shortest['label']}) to {longest['words']:,} "
            f"({longest['label']}), {articles['words'].sum():,} in all, so counts are compared as rates."
        )
    most, least = articles.loc[articles["quoted_share"].idxmax()], articles.loc[articles["quoted_share"].idxmin()]
    if len(articles) > 1 and most["quoted_words"]:
        said.append(
            f"Words inside quotations make up {percent(most['quoted_share'])} of {most['label']} "
            f"and {percent(least['quoted_share'])} of {least['label']}."
        )
    return said


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


def interval(row: pd.Series, low: str = "low", high: str = "high") -> str:
    """Return "0.30 to 0.58", or that there is no interval."""
    return "no interval: too few sentences" if pd.isna(row[low]) else f"{row[low]:.2f} to {row[high]:.2f}"


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
    shown = f"; the {min(len(pairs), 30)} most alike pairs have a dot" if len(pairs) > 30 else ""
    footer = (
        f"{counted(articles, 'article')}, {counted(len(pairs), 'pair')}{shown}. TF-IDF cosine of all words, own and quoted, "
        "without English stop words; bars: 95 % jackknife intervals over sentences. Outlets stand in clustering order."
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


def wording(keyness: pd.DataFrame, strongest: pd.DataFrame) -> list[str]:
    """Say which words set an outlet apart, or that none does, and how many tests that rests on."""
    tested = keyness[keyness["voice"] == "all"]
    if tested.empty:
        return ["There are no words to compare."]
    tests = int(tested["tests"].iloc[0])
    survivors = tested[tested["p_adjusted"] < SIGNIFICANT]
    said = []
    if survivors.empty:
        best = tested.loc[tested["z"].abs().round(9).idxmax()]
        said.append(
            f"No word sets an article apart: of {tests:,} tests (each word in each article against all others) none holds "
            f"once they are adjusted for their number. The nearest is “{best['term']}” with z = {best['z']:.1f} "
            f"and an adjusted p of {best['p_adjusted']:.2f}."
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
            f"{counted(len(survivors), 'of the tests', 'of the tests')} hold out of {tests:,}, adjusted for their number."
        )
    return said


def once_only(tested: pd.DataFrame) -> str:
    """Return the share of types that occur once in all articles together, as a percentage."""
    totals = tested.assign(total=tested["count"] + tested["reference_count"]).drop_duplicates("term")["total"]
    return percent((totals == 1).mean())


def describe_keyness(strongest: pd.DataFrame) -> Description:
    """Return the words around the figure `keyness`."""
    question = "Which words set an outlet apart?"
    if strongest.empty:
        title, tests, survivors = "There are no words to compare", 0, strongest
    else:
        tests, survivors = int(strongest["tests"].iloc[0]), strongest[strongest["survives"]]
        if survivors.empty:
            title = f"No word sets an outlet apart once {counted(tests, 'test')} are allowed for"
        else:
            title = f"{counted(len(survivors), 'word')} set {listed(survivors['label'].unique())} apart; the rest may be chance"
    per_panel = int(strongest.groupby("place").size().max()) if len(strongest) else 0
    footer = (
        f"Weighted log-odds with an informative Dirichlet prior (a0 = {PRIOR_TOKENS}), each article against all others, all words; "
        f"the {per_panel} content words with the largest |z| each, with 95 % intervals. Filled: p < {SIGNIFICANT} after "
        f"Benjamini-Hochberg over {counted(tests, 'test')}; open: not. Numbers: occurrences here and in the rest."
    )
    caption = f"{title}. {footer}"
    panels = "; ".join(
        f"{label}: {listed(panel.sort_values('row', ascending=False)['term'], most=8)}"
        for (_, label), panel in strongest.groupby(["place", "label"])
    )
    alt = f"One panel an outlet with its most typical words as dots with intervals around a line at zero. {panels}. {len(survivors)} of them hold after adjustment."
    return Description(question, title, footer, caption, alt)


def telling(coverage: pd.DataFrame) -> list[str]:
    """Say how many claims all, one or no article tells, who tells most, and on which claims articles contradict."""
    n, claims = coverage["place"].nunique(), coverage.drop_duplicates("claim")
    by_all, alone = claims[claims["weight"] == n], claims[claims["weight"] == 1]
    outlets = coverage.drop_duplicates("place").sort_values(["article_told", "label"], ascending=[False, True])
    most, least = outlets.iloc[0], outlets.iloc[-1]
    said = [
        f"Of {counted(len(claims), 'claim')}, {len(by_all) or 'none'} {_are(len(by_all))} told by {_all(n)} and {len(alone) or 'none'} by one alone."
    ]
    if n > 1:
        said.append(
            f"{most['label']} tells most, {most['article_told']} of {most['claims']} ({percent(most['article_share'])}, "
            f"95 % interval {percent(most['article_low'])} to {percent(most['article_high'])}); {least['label']} fewest, "
            f"{least['article_told']} of {least['claims']} ({percent(least['article_low'])} to {percent(least['article_high'])})."
        )
    said += _alone_sentences(coverage[coverage["claim"].isin(alone["claim"]) & coverage["told"]])
    contradicted = claims[claims["contradicted"] > 0]
    said += [_contradiction_sentence(coverage[coverage["claim"] == claim]) for claim in contradicted["claim"]]
    if contradicted.empty:
        said.append("No article contradicts a claim of the codebook.")
    uncoded = int((coverage["status"] == "uncoded").sum())
    if uncoded:
        said.append(f"{counted(uncoded, 'pair')} of claim and article {_are(uncoded)} not coded and count nowhere.")
    coder = next((c for c in coverage["coder"] if c), "")
    said.append(
        f"The judgements are those of coder “{coder}”; absent means that the coder did not find the claim, not that it was meant to be left out."
    )
    return said


def _are(number: int) -> str:
    return "is" if number == 1 else "are"


def _all(articles: int) -> str:
    return {1: "the only article", 2: "both articles"}.get(articles, f"all {articles} articles")


def _alone_sentences(told: pd.DataFrame) -> list[str]:
    return [
        f"Only {label} tells: {listed(map(in_marks, rows['statement']), most=4)}."
        for label, rows in told.groupby("label", sort=True)
    ]


def _contradiction_sentence(rows: pd.DataFrame) -> str:
    statement = in_marks(rows["statement"].iloc[0])
    against, told = rows[rows["status"] == "contradicts"], rows[rows["told"]]
    against_words = listed(f"{row.label} ({in_marks(_excerpt(row.evidence))})" for row in against.itertuples())
    return f"Contradicted: {statement} is told by {listed(told['label'])} and contradicted by {against_words}."


def _excerpt(text: str, limit: int = 140) -> str:
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def describe_coverage(coverage: pd.DataFrame) -> Description:
    """Return the words around the figure `coverage`."""
    question = "What did each tell and leave out?"
    n, claims = coverage["place"].nunique(), coverage.drop_duplicates("claim")
    by_all, alone = int((claims["weight"] == n).sum()), int((claims["weight"] == 1).sum())
    contradicted = int((claims["contradicted"] > 0).sum())
    title = f"{by_all or 'None'} of {counted(len(claims), 'claim')} {_are(by_all)} told by {_all(n)}, {alone or 'none'} by one alone"
    title += f"; {contradicted} {_are(contradicted)} contradicted" if contradicted else ""
    coder = next((c for c in coverage["coder"] if c), "")
    footer = (
        f"{counted(len(claims), 'claim')} in {counted(n, 'article')}, coded by hand (coder “{coder}”). Shade: place of the evidence in the article. "
        "Right: articles that tell the claim. Below: claims told, with the 95 % Wilson interval of their share. Not found is not the same as left out on purpose."
    )
    caption = f"{title}. {footer}"
    outlets = coverage.drop_duplicates("place").sort_values("place")
    counts = "; ".join(f"{row.label} {row.article_told} of {row.claims}" for row in outlets.itertuples())
    statements = listed(map(in_marks, claims.loc[claims["contradicted"] > 0, "statement"]), most=5)
    alt = f"Matrix of {counted(len(claims), 'claim')} by {counted(n, 'article')}. Claims told: {counts}. "
    alt += f"Contradicted somewhere: {statements}." if contradicted else "No claim is contradicted."
    return Description(question, title, footer, caption, alt)


# Each set of findings, and the tables that it is read off.
FINDINGS: dict[str, tuple[Callable[..., list[str]], tuple[str, ...]]] = {
    "reading": (reading, ("load_report", "articles")),
    "likeness": (likeness, ("similarity_pairs",)),
    "wording": (wording, ("keyness", "keyness_strongest")),
    "telling": (telling, ("coverage",)),
}


def about(name: str, tables: Mapping[str, pd.DataFrame]) -> list[str]:
    """Return the findings `name` of a story; where it does not define their tables, the reason in one sentence.

    Raises
    ------
    KeyError
        There are no findings of that name.
    """
    function, needed = FINDINGS[name]
    try:
        return function(*(tables[table] for table in needed))
    except NotDefinedError as reason:
        return [f"{str(reason)[:1].upper()}{str(reason)[1:]}."]


def in_short(tables: Mapping[str, pd.DataFrame]) -> list[str]:
    """Return the leading sentence of each set of findings: the story on half a page."""
    return [about(name, tables)[0] for name in FINDINGS]
