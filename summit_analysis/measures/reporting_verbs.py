"""How each outlet lets a speaker speak: the reporting verbs, by their stance towards what is said."""

from __future__ import annotations

import numpy as np
import pandas as pd

from summit_analysis.corpus import Corpus
from summit_analysis.decoding import beyond_an_article
from summit_analysis.text.quotations import speaker_label, speech
from summit_analysis.text.reported_speech import Reports
from summit_analysis.text.spans import find_spans
from summit_analysis.text.verbs import VERBS

# From what keeps its distance least to what keeps it most; "unlisted" is a verb that no list knows.
STANCES = ("neutral", "assertive", "conceding", "doubting", "mocking", "holding", "unlisted")
COLUMNS = ("article", "speaker", "verb", "stance", "count", "lemma", "direct", "indirect")
REPORT_COLUMNS = ("article", "speaker", "verb", "lemma", "stance", "form", "segment", "start", "end", "text")


def find_reports(
    corpus: Corpus, segments: pd.DataFrame, quotations: pd.DataFrame, aliases: dict[str, str], verbs: pd.DataFrame
) -> pd.DataFrame:
    """Return one row per act of speech that an article introduces with a reporting verb, in reading order.

    Columns: article; speaker (``""`` where nobody is named); verb (as it stands, lower case); lemma; stance
    (`STANCES`); form (``direct``: a quotation, ``indirect``: reported without quotation marks); segment; start, end
    (code points: the quotation, or the verb of an indirect report); text (``text[start:end]``). `verbs` (columns form, stance) are the
    codebook's own; they come before the lexicon. Boilerplate is left out, and headings of the indirect ones, and in a text
    longer than any article none is looked for (its note in ``load_report`` says so).
    """
    own = {form.lower(): stance for form, stance in zip(verbs["form"], verbs["stance"], strict=True)}
    rows = []
    cuts, spoken = dict(iter(segments.groupby("article"))), dict(iter(speech(quotations).groupby("article")))
    for article, text in corpus.texts.items():
        cut = cuts[article]
        starts, kinds, numbers = (cut[name].to_numpy() for name in ("start", "kind", "segment"))
        furniture = set(numbers[kinds == "boilerplate"])
        for row in spoken.get(article, quotations[:0]).itertuples():
            if row.verb and row.segment not in furniture:
                rows.append((article, row.speaker, row.verb, "direct", row.segment, row.start, row.end, row.text))
        indirect = () if beyond_an_article(text) else Reports(text, find_spans(text), aliases, frozenset(own)).find()
        for report in indirect:
            place = int(np.searchsorted(starts, report.start, side="right")) - 1
            if kinds[place] in ("sentence", "dateline"):
                rows.append(
                    (article, report.speaker, report.form, "indirect", numbers[place], report.start, report.end,
                     text[report.start : report.end])
                )  # fmt: skip
    table = pd.DataFrame(
        rows, columns=["article", "speaker", "verb", "form", "segment", "start", "end", "text"]
    ).fillna({"speaker": ""})
    known = [
        VERBS.get(verb, ("according to", "neutral") if verb == "according to" else (verb, "unlisted"))
        for verb in table["verb"]
    ]
    table["lemma"] = [lemma for lemma, _ in known]
    table["stance"] = [
        own.get(verb, own.get(lemma, stance)) for verb, (lemma, stance) in zip(table["verb"], known, strict=True)
    ]
    return table.sort_values(["article", "start"], kind="stable", ignore_index=True)[list(REPORT_COLUMNS)]


def verbs(reports: pd.DataFrame) -> pd.DataFrame:
    """Return one row per article, speaker and reporting verb, by article and speaker, the most used verb first.

    Columns: article; speaker; verb (as it stands, lower case); stance; count (acts of speech that it introduces);
    lemma; direct (of these quotations), indirect (reported without quotation marks).
    """
    keys = ["article", "speaker", "verb", "stance", "lemma"]
    table = reports.groupby([*keys, "form"]).size().unstack(fill_value=0)
    table = table.reindex(columns=["direct", "indirect"], fill_value=0).rename_axis(columns=None).reset_index()
    table["count"] = table["direct"] + table["indirect"]
    order = ["article", "speaker", "count", "verb"]
    return table.sort_values(order, ascending=[True, True, False, True], ignore_index=True)[list(COLUMNS)]


def marks(reports: pd.DataFrame, arrangement: pd.DataFrame, *, most: int = 4) -> pd.DataFrame:
    """Return one row per act of speech in a compared article, as the figure draws it.

    Columns: those of `find_reports`, with label, place and shown (of the article's row); column (0 = the speaker with most
    acts in all articles, `most` = all others together) and name (its heading); rank (of the stance in `STANCES`); line
    (0.. of the verb within its cell, by stance and then by its first place in the text); acts, quoted (of that verb in that
    cell, and how many of them are direct).
    """
    table = reports.merge(arrangement[["article", "label", "place", "shown"]], on="article")
    named = table[table["speaker"] != ""]
    counts = named.groupby("speaker").agg(articles=("article", "nunique"), acts=("article", "size")).reset_index()
    counts = counts.sort_values(["acts", "articles", "speaker"], ascending=[False, False, True])
    leading = list(counts["speaker"].head(most))
    table["column"] = [leading.index(speaker) if speaker in leading else len(leading) for speaker in table["speaker"]]
    names = [*map(speaker_label, leading), "everybody else"]
    table["name"] = [names[column] for column in table["column"]]
    table["rank"] = table["stance"].map({stance: rank for rank, stance in enumerate(STANCES)}).astype(int)
    cell = ["place", "column", "verb", "stance"]
    table["first"] = table.groupby(cell)["start"].transform("min")
    table["acts"] = table.groupby(cell)["start"].transform("size")
    table["quoted"] = (table["form"] == "direct").groupby([table[name] for name in cell]).transform("sum")
    table = table.sort_values(["place", "column", "rank", "first", "verb", "start"], ignore_index=True)
    opens = table[cell].ne(table[cell].shift()).any(axis=1)
    table["line"] = opens.groupby([table["place"], table["column"]]).cumsum() - 1
    return table.drop(columns="first")
