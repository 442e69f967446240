"""Who gets to speak: the words of each speaker that an article quotes, as a share of the article, with an interval."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import special, stats

from summit_analysis.errors import NotDefinedError
from summit_analysis.statistics import CONFIDENCE, jackknife_variance
from summit_analysis.text.quotations import speaker_label

COLUMNS = ("article", "speaker", "quotations", "words", "share", "low", "high")
# What a speaker's words add up to in an article, as the figure prints it beside the marks.
LANE = ("lane", "name", "slot", "lane_quotations", "lane_words", "share", "low", "high")
STRIP_COLUMNS = (
    "article", "label", "place", "shown", "article_words", "quoted_words", "quoted_share", "quoted_low", "quoted_high",
    *LANE, "quotation", "speaker", "start", "end", "position_start", "position_end", "words", "text",
    "speaker_rank", "speaker_words",
)  # fmt: skip
MOST = 6


@dataclass(frozen=True)
class _Article:
    """The words of one article in order: which quotation each stands in (-1: none) and its block of sentences."""

    speech: pd.DataFrame
    starts: np.ndarray
    inside: np.ndarray
    block: np.ndarray

    def share_of(self, rows: np.ndarray) -> tuple[int, float, float, float]:
        """Return words, share, low and high of the quotations in `rows` of `speech`."""
        quoted = np.isin(self.inside, rows)
        blocks = int(self.block[-1]) + 1 if len(self.block) else 0
        whole, part = np.bincount(self.block, minlength=blocks), np.bincount(self.block[quoted], minlength=blocks)
        share = quoted.mean() if len(quoted) else np.nan
        return (int(quoted.sum()), float(share), *share_interval(part, whole))


def voices(tokens: pd.DataFrame, quotations: pd.DataFrame, articles: list[str]) -> pd.DataFrame:
    """Return one row per article and speaker quoted in it, by article, the most quoted first.

    Columns: article; speaker (``""`` where nobody is named; ``"A; B"`` for words given to both); quotations (of kind
    ``speech``); words (of these, tokens of the default pattern); share (words / all words of the article, in [0, 1],
    larger = more of it is spoken by them); low, high (95 % interval, see `share_interval`; nan where there is none).
    Boilerplate and the quotations in it are left out. An article that quotes nobody has no row.
    """
    rows = []
    for article, read in _read(tokens, quotations, articles).items():
        for speaker, of_speaker in read.speech.groupby("speaker", sort=True):
            rows.append((article, speaker, len(of_speaker), *read.share_of(of_speaker.index.to_numpy())))
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    order = ["article", "words", "quotations", "speaker"]
    return table.sort_values(order, ascending=[True, False, False, True], ignore_index=True)


def share_interval(part: np.ndarray, whole: np.ndarray) -> tuple[float, float]:
    """Return the 95 % interval of the share ``sum(part) / sum(whole)``, in [0, 1], from its blocks of sentences.

    Words come in sentences and speech in whole clauses, so a sentence is the unit, not a word. The variance of the
    ratio is its delete-one jackknife over blocks (Efron & Tibshirani 1993, ch. 11), taken to the logit scale, with
    Student's t on blocks - 1 degrees of freedom; it always holds the share. It covers 91 to 98 % where 12 to 35
    sentences are drawn from those of the bundled story (`benchmarks/interval_coverage.py`). nan with fewer than two blocks, for a share of 0 or 1, and
    where all blocks have the same share, which tells nothing of how it varies.
    """
    held = whole > 0
    part, whole = part[held], whole[held]
    if len(whole) < 2 or not 0 < part.sum() < whole.sum():
        return (np.nan, np.nan)
    share = part.sum() / whole.sum()
    error = np.sqrt(jackknife_variance((part.sum() - part) / (whole.sum() - whole)))
    if error < 1e-12:
        return (np.nan, np.nan)
    reach = stats.t.ppf(0.5 + CONFIDENCE / 2, len(whole) - 1) * error / (share * (1 - share))
    middle = special.logit(share)
    return (float(special.expit(middle - reach)), float(special.expit(middle + reach)))


def _read(tokens: pd.DataFrame, quotations: pd.DataFrame, articles: list[str]) -> dict[str, _Article]:
    words = dict(iter(tokens.sort_values("start").groupby("article")))
    speech = quotations[quotations["kind"] == "speech"].sort_values("start")
    quoted = dict(iter(speech.groupby("article")))
    none = tokens.iloc[:0], speech.iloc[:0]
    return {a: _read_article(words.get(a, none[0]), quoted.get(a, none[1])) for a in articles}


def _read_article(words: pd.DataFrame, speech: pd.DataFrame) -> _Article:
    # A quotation in boilerplate begins in a segment of which no word is counted.
    speech = speech[speech["segment"].isin(words["segment"])].reset_index(drop=True)
    speech["speaker"] = speech["speaker"].fillna("")
    starts = words["start"].to_numpy()
    inside = np.searchsorted(speech["start"].to_numpy(), starts, side="right") - 1
    beyond = starts >= np.append(speech["end"].to_numpy(), 0)[inside]
    inside = np.where((inside < 0) | beyond, -1, inside)
    # A quotation of several sentences is one utterance: they make one block.
    opens = words["segment"].ne(words["segment"].shift()).to_numpy()
    goes_on = (inside >= 0) & (inside == np.append(-1, inside)[:-1])
    block = np.cumsum(opens & ~goes_on) - 1 if len(words) else np.array([], dtype=int)
    return _Article(speech, starts, inside, block)


def strips(
    tokens: pd.DataFrame, quotations: pd.DataFrame, arrangement: pd.DataFrame, *, most: int = MOST
) -> pd.DataFrame:
    """Return one row per quotation of kind ``speech`` in a compared article, as the figure draws it.

    Columns: article, label, place (0 = top) and shown (of the strip); article_words; quoted_words, quoted_share, quoted_low, quoted_high (of all
    its speakers together); lane (0 = top of its strip), name and slot (the colour: 0..most-1 by speaker_rank, `most`
    for "others", most + 1 for "unattributed"), lane_quotations, lane_words, share, low, high (of that lane, as in
    `voices`); quotation (its number in the article), speaker, start, end (code points), position_start and position_end
    (words of the article before it and up to its end / all its words, in [0, 1]), words, text; speaker_rank (1 = most
    words in all these articles; 0 = unattributed) and speaker_words (in all these articles).

    An article that quotes nobody has one row with quotation 0, so that its strip is drawn empty.

    Raises
    ------
    NotDefinedError
        There is no article to compare.
    """
    if arrangement.empty:
        raise NotDefinedError("voices are not compared: every article is an agency original")
    each = voices(tokens, quotations, list(arrangement["article"]))
    ranked = _rank(each)
    tables = []
    read_all = _read(tokens, quotations, list(arrangement["article"]))
    for article in arrangement.itertuples():
        read = read_all[article.article]
        drawn = _lanes(read, ranked, most) if len(read.speech) else pd.DataFrame({"quotation": [0]})
        drawn[["article", "label", "place", "shown"]] = article.article, article.label, article.place, article.shown
        drawn["article_words"] = len(read.starts)
        total = read.share_of(np.arange(len(read.speech)))
        drawn[["quoted_words", "quoted_share", "quoted_low", "quoted_high"]] = total
        tables.append(drawn)
    table = pd.concat(tables, ignore_index=True).reindex(columns=list(STRIP_COLUMNS))
    whole = ("quoted_words", "lane", "slot", "lane_quotations", "lane_words", "start", "end", "words",
             "speaker_rank", "speaker_words")  # fmt: skip
    table = table.astype(dict.fromkeys(whole, "Int64"))
    words = ["name", "speaker", "text"]
    table[words] = table[words].astype("str").fillna("")
    return table.sort_values(["place", "lane", "quotation"], ignore_index=True)


def _rank(each: pd.DataFrame) -> pd.DataFrame:
    """Return speaker_rank and speaker_words of each speaker, by words, then quotations, then name."""
    totals = each.groupby("speaker")[["words", "quotations"]].sum().reset_index()
    totals = totals.sort_values(["words", "quotations", "speaker"], ascending=[False, False, True])
    totals["speaker_rank"] = (totals["speaker"] != "").cumsum().where(totals["speaker"] != "", 0)
    return totals.set_index("speaker").rename(columns={"words": "speaker_words"})[["speaker_rank", "speaker_words"]]


def _lanes(read: _Article, ranked: pd.DataFrame, most: int) -> pd.DataFrame:
    """Return the quotations of one article with their place in it and the lane that each is drawn in."""
    table = read.speech[["quotation", "speaker", "start", "end", "text"]].join(ranked, on="speaker")
    before = np.searchsorted(read.starts, table["start"])
    upto = np.searchsorted(read.starts, table["end"])
    table["words"] = upto - before
    table["position_start"], table["position_end"] = before / len(read.starts), upto / len(read.starts)
    table["slot"] = (table["speaker_rank"] - 1).clip(upper=most).where(table["speaker_rank"] > 0, most + 1)
    for lane, (slot, rows) in enumerate(table.groupby("slot", sort=True)):
        names = list(dict.fromkeys(rows.sort_values("speaker_rank")["speaker"].map(speaker_label)))
        table.loc[rows.index, "name"] = f"others: {', '.join(names)}" if slot == most else names[0]
        totals = read.share_of(rows.index.to_numpy())
        table.loc[rows.index, ["lane_words", "share", "low", "high"]] = totals
        table.loc[rows.index, ["lane", "lane_quotations"]] = lane, len(rows)
    return table
