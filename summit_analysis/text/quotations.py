"""Every direct quotation of a story: its span, its speaker, the verb that introduces it, and its kind."""

from __future__ import annotations

import re
from collections.abc import Mapping

import numpy as np
import pandas as pd

from summit_analysis.corpus import Corpus
from summit_analysis.decoding import beyond_an_article
from summit_analysis.text.attribution import Attribution, attribute
from summit_analysis.text.spans import Span, find_spans
from summit_analysis.text.verbs import VERBS

KINDS = ("speech", "scare", "title")
UNATTRIBUTED = "unattributed"
COLUMNS = (
    "article", "quotation", "start", "end", "text", "speaker", "verb", "kind", "segment", "cue", "unclosed", "corrected",
)  # fmt: skip
NAMED = re.compile(
    r"\b(?:known as|nicknamed|called|titled|entitled|codenamed|code-named|named|dubbed|aka|operation|album|song|film|novel|book|"
    r"play|programme|program|show|series|ferry|ship|boat|yacht|ballad|track|single|poem|painting|exhibition|star of|mission|"
    r"documentary|musical|opera|magazine|newspaper|podcast|game|limousine|car|plane|aircraft|filmed last year as|"
    r"(?:episode|season|edition|issue|cover|author|cast|host|creator|editor|viewers|version|copy|on the set) of|as)\W*$",
    re.IGNORECASE,
)
SMALL_WORDS = frozenset(["a", "an", "the", "of", "and", "in", "on", "for", "to", "at", "by", "with", "from", "or"])
SO_CALLED = re.compile(r"\bso-?\s?called\s*$", re.IGNORECASE)


def find_quotations(
    corpus: Corpus, segments: pd.DataFrame, aliases: Mapping[str, str], corrections: pd.DataFrame
) -> pd.DataFrame:
    """Return one row per quoted span of each article, in reading order.

    Columns: article; quotation (1..n in its article); start, end (code points, inside the marks); text; speaker (the
    canonical name; several joined by "; "; empty where nobody is given); verb (the reporting verb as it stands, lower
    case; empty where there is none); kind (``speech``; ``scare``: the outlet's own distancing marks; ``title``: a
    name, or what stands in a heading); segment (in which it begins); cue (the pattern that gave the speaker, see
    `attribution`); unclosed (whether its closing mark is missing); corrected (the fields set by hand, joined by
    ", "). A quotation inside another is part of the outer one.

    `aliases` maps lower-case forms to the names of the codebook's speakers; `corrections` is what a reader put right
    (columns article, start, end, field, value).
    """
    rows = []
    for article, text in corpus.texts.items():
        own = segments[segments["article"] == article]
        starts, kinds = own["start"].to_numpy(), own["kind"].tolist()
        numbers = own["segment"].tolist()
        for number, (span, said, kind) in enumerate(quotations_of(text, aliases, starts, kinds), start=1):
            place = int(np.searchsorted(starts, span.start, side="right")) - 1
            quoted = text[span.start : span.end]
            rows.append(
                (article, number, span.start, span.end, quoted, said.speaker, said.verb, kind, numbers[place], said.cue,
                 span.unclosed, "")
            )  # fmt: skip
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    return _correct(table, corrections)


def quotations_of(
    text: str, aliases: Mapping[str, str], starts: np.ndarray, kinds: list[str]
) -> list[tuple[Span, Attribution, str]]:
    """Return span, attribution and kind of each quotation of one text; `starts` and `kinds` are those of its segments.

    In a text longer than any article who speaks is not looked for: it would take hours.
    """
    spans = find_spans(text)
    unread = beyond_an_article(text)
    attributions = [Attribution() for _ in spans] if unread else attribute(text, spans, aliases)
    found = []
    for span, said in zip(spans, attributions, strict=True):
        place = int(np.searchsorted(starts, span.start, side="right")) - 1
        kind = "title" if kinds and kinds[place] == "heading" else kind_of(text, span, said)
        found.append((span, said if kind == "speech" else Attribution(), kind))
    return found


def kind_of(text: str, span: Span, said: Attribution) -> str:
    """Return whether a quotation is speech, a scare quote or a title.

    A name in capitals that stands where names stand is a title. What has a speaker is speech, and so is what reads
    like an utterance; a few words that nobody is said to have used are the outlet's own distancing marks.
    """
    quoted = text[span.start : span.end]
    words = re.findall(r"[\w’'-]+", quoted)
    before = text[max(0, span.start - 80) : span.start - 1].rstrip(" ")
    capitals = bool(words) and all(w[0].isupper() or w.lower() in SMALL_WORDS for w in words) and words[-1][0].isupper()
    stopped = quoted.rstrip()[-1:] in ",.?!…"
    # "told “Good Morning Oslo” that …": whom one tells is a programme
    named = bool(NAMED.search(before)) or (before.endswith(" told") and len(words) > 1)
    line = text[text.rfind("\n", 0, span.start) + 1 : span.start]
    if said.cue == "link":
        return "title"  # the headline of another story
    if quoted.isupper() and line.isupper() and len(line) > 12:
        return "title"  # a link or a heading set in capitals
    direct = said.cue in ("speaker, verb", "verb, speaker", "left", "passive", "according to", "subject", "colon")
    if capitals and len(words) <= 7 and (len(words) > 1 or named):
        behind_noun = before[-1:].isalpha() and not before.endswith((" as", " that", " a", " an"))
        behind_noun = behind_noun or bool(re.search(r"[A-Z]\w*[’']s?$", before))
        last = re.search(r"\w+$", before)
        if last and last.group().lower() in VERBS and said.speaker and not named:
            behind_noun = False
        alone = not before or before[-1] in ".!?\n"
        if named or (behind_noun and said.cue in ("", "left")) or (alone and not direct and not stopped):
            return "title"
    if named and re.search(r"\b(?:known as|nicknamed|codenamed|titled|entitled)\W*$", before):
        return "title"
    if SO_CALLED.search(before):
        return "scare"
    if said.speaker or (said.verb and direct):
        return "speech"
    return "speech" if len(words) > 4 or (stopped and quoted[-1:] != ",") or before.endswith(":") else "scare"


def _correct(table: pd.DataFrame, corrections: pd.DataFrame) -> pd.DataFrame:
    """Return `table` with each correction by hand applied, and named in `corrected`."""
    for fix in corrections.itertuples():
        here = (table["article"] == fix.article) & (table["start"] == fix.start) & (table["end"] == fix.end)
        table.loc[here, fix.field] = fix.value
        marked = table.loc[here, "corrected"].map(lambda done, field=fix.field: f"{done}, {field}".lstrip(", "))
        table.loc[here, "corrected"] = marked
    return table


def unmet(quotations: pd.DataFrame, corrections: pd.DataFrame) -> list[str]:
    """Return a sentence for each correction whose span is no quotation of the table: it changed nothing."""
    spans = set(zip(quotations["article"], quotations["start"], quotations["end"], strict=True))
    return [
        f"corrections.csv: {fix.article} [{fix.start}:{fix.end}] is no quotation, so its {fix.field} corrects nothing"
        for fix in corrections.itertuples()
        if (fix.article, fix.start, fix.end) not in spans
    ]


def speech(quotations: pd.DataFrame) -> pd.DataFrame:
    """Return the quotations that are somebody's words: those of kind ``speech``."""
    return quotations[quotations["kind"] == "speech"]


def speaker_label(speaker: str) -> str:
    """Return how figures name `speaker`: "A and B" for joint speakers, "unattributed" where nobody is named."""
    names = [name.strip() for name in speaker.split(";") if name.strip()]
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]])) or UNATTRIBUTED
