"""Methods and limits of one run, in paragraphs to put into a paper: made from its settings, tables and load report."""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version

import pandas as pd

from summit_analysis.analysis import WRITTEN, Tables
from summit_analysis.errors import printable
from summit_analysis.findings.reading import reading
from summit_analysis.findings.telling import judged_by
from summit_analysis.findings.wording import counted, listed, opened
from summit_analysis.statistics import CONFIDENCE, SIGNIFICANT

NAME = "summit-analysis"
TITLE = "summit_analysis: how different outlets told the same news event"
AUTHOR = "The summit_analysis developers"


def methods(tables: Tables) -> list[tuple[str, list[str]]]:
    """Return heading and paragraphs of each part: what was read, how it was measured, what is left out, limits, citing."""
    parts = [
        ("What was read", _read(tables)),
        ("How it was measured", [told(tables) for name, told in MEASURED.items() if name in tables]),
        ("What this story does not define", _undefined(tables)),
        ("What was passed over in its files", [f"{note.rstrip('.')}." for note in tables.notes]),
        ("Limits", limits(tables)),
        ("How to cite", [citation()]),
    ]
    return [(heading, paragraphs) for heading, paragraphs in parts if paragraphs]


def installed() -> str:
    """Return the version of this program, or ``unknown`` where it runs without being installed."""
    try:
        return version(NAME)
    except PackageNotFoundError:
        return "unknown"


def citation() -> str:
    """Return how to cite the program."""
    return f"{AUTHOR}. {TITLE}. Software, version {installed()}."


def fingerprint(tables: Tables) -> str:
    """Return the SHA-256 of ids and texts, by which two runs can be known to rest on the same articles."""
    whole = hashlib.sha256()
    for article, text in sorted(tables.corpus.texts.items()):
        whole.update(f"{article}\0{text}\0".encode("utf-8", "surrogatepass"))
    return whole.hexdigest()


def _read(t: Tables) -> list[str]:
    report = t["load_report"]
    encodings = sorted(set(report.loc[report["encoding"] != "", "encoding"]))
    kinds = t["segments"]["kind"].value_counts()
    counts = listed(f"{counted(int(kinds[kind]), *_KINDS[kind])}" for kind in _KINDS if kind in kinds)
    said = [
        " ".join(reading(report, t["articles"])),
        f"Texts were decoded as {listed(encodings)}, line ends made LF, and nothing else changed, so that every offset "
        f"counts characters of the text as it stands. Rules split them into {counts}. Words are runs of two letters or "
        "digits and more, so that “a” and “I” count nowhere.",
    ]
    wires = t["articles"]["role"].eq("wire").sum()
    if wires:
        said.append(f"{counted(int(wires), 'agency original')} served to trace copy and no other comparison.")
    return [*said, f"SHA-256 of the texts: {fingerprint(t)}."]


_KINDS = {
    "sentence": ("sentence",),
    "heading": ("heading",),
    "boilerplate": ("stretch of boilerplate", "stretches of boilerplate"),
    "dateline": ("dateline",),
}


def _voices(t: Tables) -> str:
    speech = t["quotations"].query("kind == 'speech'")
    corrected = int(t["quotations"]["corrected"].fillna("").ne("").sum()) if "corrected" in t["quotations"] else 0
    said = (
        f"Quotations, their speakers and reporting verbs were found by rule ({counted(len(speech), 'quotation')} of speech). "
        "Quoted voice is what stands inside quotation marks as speech; scare quotes and titles count as the outlet's own."
    )
    return said + (f" {counted(corrected, 'quotation')} {'was' if corrected == 1 else 'were'} put right by hand." if corrected else "")  # fmt: skip


def _similarity(t: Tables) -> str:
    words = (
        "every word"
        if not t.settings.stop_words
        else f"a list of {len(t.settings.stop_words)} English stop words left out"
    )
    idf = " A background corpus gives a second weight." if t.background else ""
    return (
        f"Likeness is the cosine of TF-IDF weights (unigrams, sublinear tf, smooth idf, l2; {words}; Manning, Raghavan & "
        f"Schütze 2008), with {_level()} jackknife intervals over sentences (Efron & Tibshirani 1993).{idf}"
    )


def _keyness(t: Tables) -> str:
    a0 = t.settings.prior_tokens
    prior = "all tokens of the voice" if math.isinf(a0) else f"{a0:g} tokens"
    tests = int(t["keyness"].query("voice == 'all'")["tests"].max())
    pooled = "the pooled articles"
    if t.background:
        reckoned = (
            ""
            if t.background.occurrences
            else " (how often a word occurs there reckoned from the documents that hold it)"
        )
        pooled += f" and a background corpus{reckoned} together"
    said = (
        f"Keyness is the weighted log-odds ratio with an informative Dirichlet prior of {prior}, shared out as words are in "
        f"{pooled}, each article against all others (Monroe, Colaresi & Quinn 2008); p is adjusted over "
        f"{counted(tests, 'test')} (Benjamini & Hochberg 1995), and a word, stop words excepted, counts as set apart below "
        f"{SIGNIFICANT:g}."
    )
    if t["keyness"]["p_max"].isna().all():
        return said
    shuffles = int(t["keyness_null"].query("voice == 'all'")["shuffle"].max())
    return said + (
        f" p_max is stricter: how often {counted(shuffles, 'shuffling')} of all sentences among the articles, lengths kept, "
        "give a largest |z| as large (max-T, Westfall & Young 1993)."
    )


def _coverage(t: Tables) -> str:
    coverage = t["coverage"]
    claims = coverage["claim"].nunique()
    said = (
        f"{counted(claims, 'claim')} of a codebook were judged in each article; the judgements shown are "
        f"{judged_by(coverage)}. A claim told in part counts as told. Shares have {_level()} Wilson intervals (Wilson 1927)."
    )
    agreed = t.get("agreement")
    if agreed is None:
        return said + " No two coders judged the same claims, so agreement is not known."
    whole = agreed[agreed["status"] == "all"]
    pairs = [
        f"“{row.coder}” and “{row.reference}” {row.alpha:.2f} (n = {row.n})" if pd.notna(row.alpha) else
        f"“{row.coder}” and “{row.reference}” not defined (n = {row.n})"
        for row in whole.itertuples()
    ]  # fmt: skip
    return said + (
        f" Agreement, Krippendorff's alpha over the four statuses: {listed(pairs, most=8)}." if pairs else ""
    )


def _naming(t: Tables) -> str:
    return (
        f"Naming counts whole-word matches of the forms of {counted(t['naming']['referent'].nunique(), 'referent')} in the "
        "codebook, the longest where two overlap."
    )


def _robustness(t: Tables) -> str:
    each = t["robustness"].drop_duplicates("row")
    checks = t["robustness"]["check"].nunique()
    return (
        f"Headlines were checked under {counted(checks, 'other choice')} (word forms, stop words, prior, voice, headings, "
        f"each article left out): {int(each['kept'].sum())} of {len(each)} hold in most of them."
    )


def _level() -> str:
    return f"{100 * CONFIDENCE:.0f} %"


# A table and the paragraph on how it was made, in the order of the text.
MEASURED: dict[str, Callable[[Tables], str]] = {
    "quotations": _voices,
    "similarity": _similarity,
    "reuse": lambda t: (
        "Shared passages are runs of the same words, and local alignments of passages that were edited (Smith & Waterman "
        "1981), weighed by how rare their words are; names, numbers and stock phrases weigh nothing."
    ),
    "keyness": _keyness,
    "naming": _naming,
    "voices": lambda t: f"A speaker's share is that of the article's words, with {_level()} jackknife intervals over sentences.",
    "variants": lambda t: (
        "Quotations are variants of one another where one speaker's wording in two articles can be aligned (Leskovec, "
        "Backstrom & Kleinberg 2009; Smith & Waterman 1981)."
    ),
    "coverage": _coverage,
    "discrepancies": lambda t: (
        "Values that articles give for the codebook's questions were read by rule as intervals; two articles disagree "
        "where theirs exclude one another."
    ),
    "robustness": _robustness,
}  # fmt: skip


def _undefined(t: Tables) -> list[str]:
    reasons = dict.fromkeys(t.left_out(name) for name in WRITTEN)
    return [f"{opened(reason)}." for reason in reasons if reason]


def limits(tables: Tables) -> list[str]:
    """Return what the findings of this story cannot say."""
    articles = tables.compared
    alone = articles["outlet"].value_counts().max() == 1
    said = [
        ("One article is no sample of its outlet." if alone else "A few articles are no sample of their outlets.")
        + " Nothing here speaks of how an outlet writes in general.",
        f"The texts are few and short (median {articles['words'].median():.0f} words). Differences in word choice mostly "
        "stay within what chance gives; intervals and adjusted tests say how far.",
        "Likeness of words is no proof of copying, the absence of a claim is no proof of intent.",
        "Quotations are attributed by rule, and rules err, most with unnamed speakers and documents. Read what was found "
        "before resting an argument on it.",
        "Rules for sentences and the list of stop words are English.",
    ]
    if "coverage" in tables:
        said.append(
            "The claims were chosen by whoever wrote the codebook: another choice would give other shares of claims told."
        )
    return said


def as_markdown(parts: list[tuple[str, list[str]]]) -> str:
    """Return what `methods` returns as Markdown, to paste into a paper: marks and markup in names stay what they are."""
    lines = ["# Methods and limits", ""]
    for heading, paragraphs in parts:
        lines += [f"## {heading}", ""]
        lines += [line for paragraph in paragraphs for line in (_MARKS.sub(r"\\\g<0>", printable(paragraph)), "")]
    return "\n".join(lines)


# With a backslash before each, and not as entities, so that the text can be read before it is rendered.
_MARKS = re.compile(r"[\\`*\[\]<>|~$]|&(?=#?\w+;)|(?<!\w)_|_(?!\w)|^[-+#]|(?<=^\d)[.)]")
