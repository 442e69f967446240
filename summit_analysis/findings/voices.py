"""Who gets to speak, in sentences."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from summit_analysis.findings.wording import Description, all_articles, are, counted, cut_note, listed, percent


def speaking(strips: pd.DataFrame, speakers: pd.DataFrame | None = None) -> list[str]:
    """Say who is quoted most in each article, how much of each is quoted, and whose voice is missing where.

    `speakers` are those that the story's codebook lists (column name): whom no article quotes is named.
    """
    articles, spoken = strips.drop_duplicates("place"), strips[strips["quotation"] > 0]
    if spoken.empty:
        return [f"{_nobody(len(articles))}."]
    said = [f"{_lead(spoken, len(articles))}.", *_quoted_sentences(articles)]
    lanes = spoken.drop_duplicates(["place", "lane"])
    said += [_article_sentence(rows) for _, rows in lanes.groupby("place", sort=True)]
    said += _order_sentences(lanes)
    said += _missing_sentences(spoken, articles, () if speakers is None else speakers["name"])
    unnamed = int((spoken["speaker"] == "").sum())
    if unnamed:
        said.append(f"{counted(unnamed, 'quotation')} {are(unnamed)} given to nobody by name.")
    said.append("Only words in quotation marks are counted; what is reported without them stays the outlet's own.")
    return said


def marking(quotations: pd.DataFrame) -> list[str]:
    """Say what was found between quotation marks, what a reader has put right, and which marks are never closed."""
    if quotations.empty:
        return ["No quotation marks were found."]
    kinds = quotations["kind"].value_counts()
    said = [
        f"{counted(len(quotations), 'span')} in quotation marks: {kinds.get('speech', 0)} speech, "
        f"{kinds.get('title', 0)} names and titles, {kinds.get('scare', 0)} scare quotes."
    ]
    speech = quotations[quotations["kind"] == "speech"]
    unnamed = int((speech["speaker"] == "").sum())
    if unnamed:
        said.append(
            f"{counted(unnamed, 'quotation')} of the {len(speech)} {are(unnamed)} given to nobody by the rules."
        )
    corrected = int((quotations["corrected"] != "").sum())
    if corrected:
        said.append(f"{counted(corrected, 'quotation')} {are(corrected)} as a reader corrected them.")
    open_ended = quotations[quotations["unclosed"]]
    said += [
        f"The quotation mark before “{row.text[:40]}” in {row.article} is never closed; the quotation ends with its paragraph."
        for row in open_ended.head(5).itertuples()
    ]
    if len(open_ended) > 5:
        said.append(f"{len(open_ended) - 5} more marks are never closed.")
    return said


def _nobody(articles: int) -> str:
    if not articles:
        return "There are no articles to compare"
    return (
        f"None of {articles} articles quotes anyone directly" if articles > 1 else "The article quotes nobody directly"
    )


def _lead(spoken: pd.DataFrame, articles: int) -> str:
    """Return whose words are quoted most in all articles together, and in how many they come first."""
    named = spoken[spoken["speaker"] != ""].sort_values("speaker_rank")
    if named.empty:
        return f"{counted(len(spoken), 'quotation')} {are(len(spoken))} found, and none is given to anyone by name"
    top = named[named["speaker_words"] == named["speaker_words"].max()]["speaker"].unique()
    words, quoted = int(named["speaker_words"].max()), int(spoken["words"].sum())
    of = f"{words:,} of {counted(quoted, 'quoted word')}"
    if len(top) > 1:
        return f"{listed(map(_name, top))} are quoted most, each with {of}"
    if articles == 1:
        return f"{_name(top[0])} is quoted most, with {of}"
    each = named.groupby(["place", "speaker"])["words"].sum()
    first = each[each == each.groupby("place").transform("max")].reset_index()
    places = int((first["speaker"] == top[0]).sum())
    where = all_articles(articles) if places == articles else f"{places or 'none'} of {articles} articles"
    return f"{_name(top[0])} is quoted most, with {of}, and comes first in {where}"


def _name(speaker: str) -> str:
    return listed((name.strip() for name in speaker.split(";")), most=99)


def _quoted_sentences(articles: pd.DataFrame) -> list[str]:
    ordered = articles.dropna(subset="quoted_share").sort_values(["quoted_share", "place"], ascending=[False, True])
    most, least, silent = ordered.iloc[0], ordered.iloc[-1], _silent(articles)
    said = f"Quoted words make up {percent(most['quoted_share'])} of {most['label']} (95 % interval {_range(most, 'quoted_')})"
    if silent:
        return [f"{said}; {listed(silent)} {'quotes' if len(silent) == 1 else 'quote'} nobody directly."]
    if len(ordered) == 1:
        return [f"{said}."]
    return [f"{said} and {percent(least['quoted_share'])} of {least['label']} ({_range(least, 'quoted_')})."]


def _silent(articles: pd.DataFrame) -> list[str]:
    return list(articles.loc[articles["quotation"] == 0, "label"])


def _range(row: pd.Series, of: str = "") -> str:
    """Return "4 to 24 %", or that there is no interval."""
    low, high = row[f"{of}low"], row[f"{of}high"]
    if pd.isna(low):
        return "no interval"
    return f"{'under 1' if low < 0.005 else f'{100 * low:.0f}'} to {percent(high)}"


def _article_sentence(lanes: pd.DataFrame) -> str:
    ordered = lanes.sort_values(["lane_words", "lane"], ascending=[False, True])
    said, before = f"{lanes['label'].iloc[0]} quotes", None
    for _, lane in ordered.head(4).iterrows():
        said += "" if before is None else ", as much as" if lane["lane_words"] == before else ", then"
        said += (
            f" {_lane_name(lane)} with {counted(lane['lane_words'], 'word')} ({percent(lane['share'])}, {_range(lane)})"
        )
        before = lane["lane_words"]
    return f"{said}{f'; and {len(ordered) - 4} more' if len(ordered) > 4 else ''}."


def _lane_name(lane: pd.Series) -> str:
    return "nobody by name" if lane["speaker"] == "" else str(lane["name"]).replace("others: ", "others, ")


def _overlapping(lanes: pd.DataFrame) -> tuple[int, int]:
    """Return in how many articles the intervals of the two speakers quoted most overlap, and how many have two."""
    both = lanes.sort_values(["place", "lane_words", "lane"], ascending=[True, False, True]).groupby("place").head(2)
    pairs = [rows for _, rows in both.groupby("place") if len(rows) == 2]
    return sum(not rows["low"].iloc[0] > rows["high"].iloc[1] for rows in pairs), len(pairs)


def _order_sentences(lanes: pd.DataFrame) -> list[str]:
    unsettled, pairs = _overlapping(lanes)
    if not unsettled:
        return []
    where = f"{unsettled} of {pairs} articles" if unsettled < pairs else "every article"
    return [
        f"In {where} with two speakers or more the intervals of the first two overlap, so texts this short do not settle their order."
    ]


def _missing_sentences(spoken: pd.DataFrame, articles: pd.DataFrame, known: Iterable[str]) -> list[str]:
    each = spoken.assign(voice=spoken["speaker"].str.split(";")).explode("voice")
    each["voice"] = each["voice"].str.strip()
    each = each[each["voice"] != ""]
    label = articles.set_index("place")["label"]
    said, n = [], len(articles)
    for voice, rows in sorted(each.groupby("voice"), key=lambda pair: (-pair[1]["place"].nunique(), pair[0])):
        missing = label[~label.index.isin(rows["place"])]
        if 1 < len(label) - len(missing) < n:
            said.append(f"{voice} is quoted in {n - len(missing)} of {n} articles, not in {listed(missing)}.")
    alone = each.groupby("voice").filter(lambda rows: rows["place"].nunique() == 1)
    if n > 1:
        said += [f"Only {who} quotes {listed(rows['voice'].unique())}." for who, rows in alone.groupby("label")]
    unheard = [name for name in known if name not in set(each["voice"])]
    if unheard:
        said.append(f"Listed in the codebook as speaking, but quoted by no article: {listed(unheard)}.")
    return said


def describe_voices(strips: pd.DataFrame) -> Description:
    """Return the words around the figure `voices`."""
    question = "Who gets to speak, and where?"
    articles, spoken = strips.drop_duplicates("place"), strips[strips["quotation"] > 0]
    n = len(articles)
    if spoken.empty:
        title = _nobody(n)
    else:
        title = _lead(spoken, n)
        title += ", though intervals overlap" if _overlapping(spoken.drop_duplicates(["place", "lane"]))[0] else ""
    words = int(articles["quoted_words"].sum())
    footer = (
        f"{counted(len(spoken), 'direct quotation')}, {counted(words, 'word')}, in {counted(n, 'article')}; scare quotes, titles and boilerplate "
        "left out. Each strip runs over the article's words; a mark is at least 0.7 mm wide. Intervals: delete-one jackknife over "
        "sentences, on the logit scale; none where it cannot be had. Words reported without quotation marks are the outlet's own."
        + cut_note(strips)
    )
    caption = f"{title}. Where each article quotes whom, and how many of its words each speaker has. {footer}"
    lanes = spoken.drop_duplicates(["place", "lane"])
    parts = [
        f"{rows['label'].iloc[0]}, {percent(rows['quoted_share'].iloc[0])} quoted: "
        + listed((f"{row['name']} {row['lane_words']}" for _, row in rows.iterrows()), most=9)
        for _, rows in lanes.groupby("place", sort=True)
    ]
    silent = listed(_silent(articles), most=20)
    alt = "One strip per article from its first to its last word, with a lane for each speaker whom it quotes. Words of each: "
    alt = f"{alt}{'; '.join(parts[:20])}." if parts else "One strip per article, none with a quotation in it."
    if parts and silent != "none":
        alt += f" No direct quotation: {silent}."
    return Description(question, title, footer, caption, alt)
