"""A draft ``codebook.toml`` for a story: claims that several articles tell alike, speakers and referents found.

A draft is to be edited: what is in it was found by rules, and each claim stands below the sentences that it comes from.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pandas as pd

from summit_analysis.analysis import Tables
from summit_analysis.corpus import load_corpus
from summit_analysis.errors import Fault, NotDefinedError, StoryError, printable, shortened
from summit_analysis.publish.atomic import write_text
from summit_analysis.text.names import RUN
from summit_analysis.text.person_words import FIRST_NAMES, OPENINGS, PLACES, TITLES
from summit_analysis.text.terms import STOP_WORDS, tokenise

MOST_CLAIMS = 80
MOST_FORMS = 12
EVIDENCE = 400  # characters of a sentence in a comment


def draft_codebook(story: str | Path) -> str:
    """Return a draft codebook of the folder `story` as TOML, the most widely told claims first.

    What the story's own codebook already says of speakers is kept in mind, its claims are not.

    Raises
    ------
    StoryError
        The story cannot be read, or has fewer than two articles to compare.
    """
    tables = Tables(load_corpus(story))
    try:
        suggestions = tables["claim_suggestions"]
    except NotDefinedError as reason:
        raise StoryError(
            Fault(str(story), "", str(reason), "give two articles or more, of up to 20,000 sentences")
        ) from reason
    articles = len(tables.compared)
    lines = [
        f"# Draft of a codebook for {articles} articles of the story {_comment(tables.corpus.name)}, made by",
        "# `summit-analysis suggest-claims`. Rules wrote it and know nothing: reword each claim as one complete statement,",
        "# join those that say the same, split those that say two things, drop what is no claim, and add what is missing.",
        "# The lines above a claim are the sentences that it was found in; a name may stand for their “he” or “she”.",
        "",
    ]
    lines += _claims(suggestions)
    names = speakers_of(tables)
    lines += _speakers(names)
    lines += _referents(tables, names)
    return "\n".join(lines)


def save_draft(story: str | Path, path: str | Path) -> None:
    """Write the draft codebook of `story` to `path`; a file that is there already is never replaced.

    Raises
    ------
    StoryError
        As `draft_codebook`; or the file exists, or cannot be written.
    """
    path = Path(path)
    if path.exists() or path.is_symlink():
        raise StoryError(Fault(str(path), "", "is there already", "name a new file; nothing was written"))
    content = draft_codebook(story)
    try:
        write_text(path, content)
    except OSError as error:
        found = f"cannot be written: {error.strerror or error}"
        raise StoryError(Fault(str(path), "", found, "name a file in a folder that can be written to")) from error


def _claims(suggestions: pd.DataFrame) -> list[str]:
    lines: list[str] = []
    used: set[str] = set()
    groups = [rows for _, rows in suggestions.groupby("suggestion", sort=True)]
    if not groups:
        return ["# No sentence is told alike by two articles, so there is no claim to suggest.", ""]
    for rows in groups[:MOST_CLAIMS]:
        first = rows.iloc[0]
        lines.append(f"# told by {first['told_by']} articles")
        lines += [f"# {_comment(row.label)}: {_comment(row.evidence)}" for row in rows.itertuples()]
        lines += [
            "[[claim]]",
            f"id = {_string(_slug(first['statement'], used))}",
            f"statement = {_string(first['statement'])}",
            "",
        ]
    if left_out := [int(rows["told_by"].iloc[0]) for rows in groups[MOST_CLAIMS:]]:
        least, most = min(left_out), max(left_out)
        told_by = f"{least} articles" if least == most else f"{least} to {most} articles"
        lines += [f"# {len(left_out)} more, told by {told_by}, left out.", ""]
    return lines


def speakers_of(tables: Tables) -> dict[str, list[str]]:
    """Return the other names that the texts use for each speaker who is quoted, the most quoted speaker first.

    A form that fits two speakers is left out.
    """
    quoted = tables["quotations"]
    quoted = quoted[(quoted["kind"] == "speech") & (quoted["speaker"].fillna("") != "")]
    counts = Counter(own for speaker in quoted["speaker"] for name in speaker.split(";") if (own := name.strip()))
    runs = Counter(run for text in tables.corpus.texts.values() for m in RUN.finditer(text) for run in [m.group()])
    by_surname: dict[str, list[str]] = {}
    for name in counts:
        by_surname.setdefault(name.split()[-1], []).append(name)
    found: dict[str, list[str]] = {name: [] for name in sorted(counts, key=lambda n: (-counts[n], n))}
    for run in sorted(runs, key=lambda run: (-runs[run], run)):
        words = run.split()
        fitting = [name for name in by_surname.get(words[-1], []) if run not in counts and _names(words, name.split())]
        if len(fitting) == 1:  # what fits two names neither
            found[fitting[0]].append(run)
    return {name: forms[:MOST_FORMS] for name, forms in found.items()}


def _names(run: list[str], name: list[str]) -> bool:
    """Return whether a run of capitalised words can name this speaker: titles, then the surname or the whole name."""
    if run[-1] != name[-1] or len(name) < 2:
        return False
    before = run[:-1]
    while before and before[-1] in name[:-1]:
        before = before[:-1]
    return all(
        _is_title(word) or word == "of" or (_is_title(after) and _is_of_a_country(word))
        for word, after in pairwise([*before, ""])
    )


def _is_title(word: str) -> bool:
    return word.lower().strip(".") in TITLES


def _is_of_a_country(word: str) -> bool:
    """Return whether a word before a title can say whose it is: "Kenyan President", "U.S. Senator"; no list has them all."""
    own = word.lower().replace(".", "")
    return own in PLACES or (own.endswith(("an", "ese", "ish", "i")) and own not in FIRST_NAMES | OPENINGS)


def _speakers(names: dict[str, list[str]]) -> list[str]:
    lines = ["# Who is quoted, the most quoted first.", ""] if names else []
    for name, forms in names.items():
        lines += ["[[speaker]]", f"name = {_string(name)}", f"aliases = [{', '.join(map(_string, forms))}]", ""]
    return lines


def _referents(tables: Tables, names: dict[str, list[str]]) -> list[str]:
    """Return the people that are named in several ways, and the words that are spelled in several."""
    lines: list[str] = []
    used: set[str] = set()
    for name, forms in names.items():
        own = [name, *forms]
        if len(own) > 2:
            lines += _referent(_slug(f"{name} naming", used), f"how {name} is named", own)
    for forms in _spellings(tables.corpus.texts.values()):
        lines += _referent(_slug(forms[0], used), forms[0], forms)
    return ["# What is named in several ways.", "", *lines] if lines else []


def _referent(identity: str, label: str, forms: list[str]) -> list[str]:
    given = ", ".join(_string(form) for form in forms)
    return ["[[referent]]", f"id = {_string(identity)}", f"label = {_string(label)}", f"forms = [{given}]", ""]


def _spellings(texts: object) -> list[list[str]]:
    """Return the words that are written with and without hyphen or stops: "ceasefire", "cease-fire"; each once."""
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(re.findall(r"(?<![\w.-])(?:[^\W\d_]{3,}-[^\W\d_]{3,}|[^\W\d_]{5,})(?![\w-])", text.lower()))
    groups: dict[str, list[str]] = {}
    for form in sorted(counts, key=lambda f: (-counts[f], f)):
        groups.setdefault(form.replace("-", ""), []).append(form)
    return [forms for _, forms in sorted(groups.items()) if len(forms) > 1]


def _slug(text: str, used: set[str]) -> str:
    """Return a short id made of the first telling words of `text`, not in `used`."""
    words = [t.term.lower() for t in tokenise(text) if t.term not in STOP_WORDS][:4] or ["claim"]
    stem = "-".join(re.sub(r"\W", "", word) for word in words) or "claim"
    identity, n = stem[:60], 2
    while identity in used:
        identity, n = f"{stem[:56]}-{n}", n + 1
    used.add(identity)
    return identity


def _string(text: str) -> str:
    """Return `text` as a TOML string; control characters and lone surrogates are written out."""
    return json.dumps(printable(text), ensure_ascii=False)


def _comment(text: str) -> str:
    """Return `text` on one printable line."""
    return shortened(" ".join(str(text).split()), EVIDENCE)
