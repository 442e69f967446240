"""How the same utterance was worded, in sentences."""

from __future__ import annotations

import pandas as pd

from summit_analysis.findings.wording import Description, are, counted, excerpt, in_marks, listed
from summit_analysis.measures.variants import MOST_CLUSTERS


def variation(collated: pd.DataFrame) -> list[str]:
    """Say how many utterances several articles quote, how many in different words, and how the first of them differ."""
    clusters = collated.drop_duplicates("rank")
    if clusters.empty:
        return ["No utterance of one speaker was found in quotations of several articles."]
    differing = clusters[clusters["differs"] & (clusters["variant"] > 0)]
    several = clusters[clusters["variant"] > 0]
    said = [
        f"{counted(len(several), 'utterance')} {are(len(several))} quoted in several articles, "
        f"{len(differing) or 'none'} of them in different words and {len(several) - len(differing) or 'none'} in the same."
    ]
    for rank in differing["rank"].head(3):
        said.append(_wordings_sentence(collated[collated["rank"] == rank]))
    said += [
        _conflict_sentence(collated[collated["rank"] == row.rank])
        for row in clusters[clusters["kind"] != "variant"].itertuples()
    ]
    if len(differing):
        said.append(
            "These are variants: quotations are translated, shortened and taken up again, so different words need be nobody’s mistake."
        )
    return said


def _full(cluster: pd.DataFrame) -> pd.DataFrame:
    """Return one row per version: its columns, and its whole words."""
    versions = cluster.drop_duplicates("version").set_index("version")
    words = cluster[cluster["text"] != ""].groupby("version")["text"].agg(" ".join)
    return versions.assign(text=words).fillna({"text": ""})


def _in_quotes(text: str) -> str:
    return in_marks(excerpt(text.replace("- ", "-").strip(" ,;"), 160))


def _wordings(cluster: pd.DataFrame) -> list[str]:
    """Return each different wording with the outlets that have it, the longest first."""
    versions = _full(cluster)
    key = versions["text"].str.lower().str.replace(r"[^\w\s]", "", regex=True)
    return [
        f"{_in_quotes(rows['text'].iloc[0])} ({listed(dict.fromkeys(rows['label']))})"
        for _, rows in versions.groupby(key, sort=False)
    ]


def _speakers(cluster: pd.DataFrame) -> list[str]:
    """Return the speakers that all versions name, or else each that any version names."""
    named = [[name.strip() for name in speaker.split(";")] for speaker in cluster.drop_duplicates("version")["speaker"]]
    shared = [name for name in named[0] if all(name in names for names in named)]
    return shared or [" and ".join(names) for names in dict.fromkeys(map(tuple, named))]


def _wordings_sentence(cluster: pd.DataFrame) -> str:
    words, versions = _wordings(cluster), _full(cluster)
    both = versions.groupby("label")["text"].nunique().gt(1)
    what = "Like words of" if both.any() else "Variants of one remark by"
    note = (
        f" {listed(both.index[both])} {'has' if both.sum() == 1 else 'have'} several: they may be different remarks."
        if both.any()
        else ""
    )
    return f"{what} {listed(_speakers(cluster))}: {listed(words, most=4)}.{note}"


def _conflict_sentence(cluster: pd.DataFrame) -> str:
    versions = _full(cluster)
    given = "; ".join(
        f"{' and '.join(name.strip() for name in speaker.split(';'))} in {listed(dict.fromkeys(rows['label']))}"
        for speaker, rows in versions.groupby("speaker", sort=False)
    )
    words = _in_quotes(versions["text"].iloc[0])
    if cluster["kind"].iloc[0] == "joint speaker":
        return f"Words like {words} are given to one speaker by some and to several together by others: {given}."
    return f"Words like {words} are given to different speakers: {given}."


def describe_quote_variants(collated: pd.DataFrame) -> Description:
    """Return the words around the figure `quote-variants`."""
    question = "How was the same utterance worded?"
    clusters = collated.drop_duplicates("rank")
    several = clusters[clusters["variant"] > 0]
    drawn = clusters[clusters["differs"] | (clusters["kind"] == "different speaker")]
    differing = int(several["differs"].sum())
    against = int((clusters["kind"] == "different speaker").sum())
    if len(several) == 1:
        title = f"One utterance is quoted in several articles, in {'different' if differing else 'the same'} words"
    elif differing:
        every = "All" if differing == len(several) else f"{differing} of"
        title = (
            f"{every} {len(several)} utterances quoted in several articles {are(differing)} worded in different ways"
        )
    elif len(several):
        title = f"{len(several)} utterances are quoted in several articles, none in different words"
    else:
        title = "No utterance of one speaker is quoted in several articles"
    if against:
        title += f"; like words are given to different speakers {'once' if against == 1 else f'{against} times'}"
    shown = min(len(drawn), MOST_CLUSTERS)
    part = (
        "All that differ are shown. "
        if shown == len(drawn)
        else f"Shown: {shown} of the {len(drawn)} that differ; the rest is in the CSV. "
    )
    footer = (
        "Quotations of one speaker in different articles whose words can be aligned, on their own or as part of a longer one; "
        f"capitals and marks make no difference. {part if len(drawn) else ''}Left: outlet and reporting verb. "
        "A variant need be nobody’s mistake: quotations are translated and shortened."
    )
    caption = f"{title}. Versions under one another, equal words in one column. {footer}"
    described = [
        f"{listed(_speakers(cluster))}: {listed(_wordings(cluster), most=4)}"
        for _, cluster in collated[collated["rank"].isin(drawn["rank"].head(MOST_CLUSTERS))].groupby("rank", sort=True)
    ]
    alt = (
        f"Versions of {counted(shown, 'quotation')} aligned word by word, with what differs in bold. {'; '.join(described)}."
        if described
        else f"{title}: there is nothing to draw."
    )
    return Description(question, title, footer, caption, alt)
