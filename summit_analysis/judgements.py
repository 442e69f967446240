"""What readers judged and marked by hand: codings, corrections and annotated quotations, checked against the texts."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

import pandas as pd

from summit_analysis.corpus import Corpus, story_file
from summit_analysis.errors import Fault, StoryError, shortened
from summit_analysis.strict_csv import Row, read_rows

CODINGS = "codings.csv"
CORRECTIONS = "corrections.csv"
CORRECTABLE = {"speaker": None, "verb": None, "kind": ("speech", "scare", "title")}
ANNOTATED = "quotations.csv"
ANNOTATED_COLUMNS = ("article", "start", "end", "text", "speaker", "verb", "kind")
CORRECTION_COLUMNS = ("article", "start", "end", "field", "value", "note")
AUTOMATIC, AGREED, MAJORITY = "auto", "agreed", "majority"  # what stands for a coder and is no one person
LONGEST_NAME, MOST_NAMES, MOST_LISTED = 80, 2_000, 40
STATUSES = ("asserts", "partial", "contradicts", "absent")
TOLD = STATUSES[:2]
CODING_COLUMNS = (
    "claim", "article", "coder", "status", "start", "end", "evidence", "first_start", "first_end", "first", "note",
)  # fmt: skip
PLACES = ("start", "end", "first_start", "first_end")


def read_codings(corpus: Corpus, claims: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    """Return the codings of ``codings.csv`` with their evidence located, and sentences on what was left out."""
    raw = story_file(corpus.folder, CODINGS)
    if raw is None:
        return pd.DataFrame(columns=list(CODING_COLUMNS)), []
    required = ("claim", "article", "coder", "status", "evidence")
    rows = read_rows(raw, name=CODINGS, required=required, optional=("start", "first", "note"))
    known = set(claims["claim"])
    aside = _set_aside(corpus)
    faults: list[Fault] = []
    table: list[dict] = []
    seen: dict[tuple[str, str, str], int] = {}
    skipped: dict[str, int] = {}
    for row in rows:
        cells = row.cells
        article = cells.get("article", "")
        if not row.short and article in aside:
            skipped[article] = skipped.get(article, 0) + 1
            continue
        coding, problems = _check_coding(row, corpus, known)
        key = (cells.get("claim", ""), article, cells.get("coder", ""))
        if not problems and key in seen:
            problems.append(
                Fault(
                    CODINGS,
                    f"line {row.line}",
                    f"coder {key[2]!r} judged this on line {seen[key]} too",
                    "keep one of the two",
                )
            )
        seen.setdefault(key, row.line)
        faults += problems
        table.append(coding)
    if faults:
        raise StoryError(faults)
    notes = [
        f"{count} {'coding' if count == 1 else 'codings'} of “{article}” left out: it was set aside"
        for article, count in skipped.items()
    ]
    codings = pd.DataFrame(table, columns=list(CODING_COLUMNS)).astype(dict.fromkeys(PLACES, "Int64"))
    return codings, notes


def _check_coding(row: Row, corpus: Corpus, known: set[str]) -> tuple[dict, list[Fault]]:
    """Return the coding with its evidence located, and what is wrong with it."""
    cells, line = row.cells, f"line {row.line}"
    faults: list[Fault] = []

    def fault(column: str, found: str, mend: str) -> None:
        faults.append(Fault(CODINGS, f"{line}, column {column}", found, mend))

    if row.short:
        return {}, [Fault(CODINGS, line, "fields are missing", "give it as many commas as the header has")]
    claim, article, status, evidence = (cells[c] for c in ("claim", "article", "status", "evidence"))
    coding: dict = {column: cells.get(column, "") for column in CODING_COLUMNS} | dict.fromkeys(PLACES)
    if claim not in known:
        fault(
            "claim",
            f"codebook.toml has no claim {shortened(claim)!r}",
            did_you_mean(claim, sorted(known)) if known else "add it",
        )
    if article not in corpus.texts:
        fault("article", f"there is no article {shortened(article)!r}", did_you_mean(article, sorted(corpus.texts)))
    if not cells["coder"]:
        fault("coder", "is empty", "name who judged")
    elif cells["coder"] == AUTOMATIC:
        fault("coder", f"{AUTOMATIC!r} is what the automatic coder is called", "name who judged")
    if status not in STATUSES:
        fault("status", f"{shortened(status)!r} is none of the four", f"use one of: {', '.join(STATUSES)}")
    elif status == "absent" and evidence:
        fault("evidence", "is given although the claim is absent", "remove it, or change the status")
    elif status != "absent" and not evidence:
        fault("evidence", f"is empty although the status is {status}", "copy the passage from the article")
    if coding["first"] and status not in TOLD:
        fault("first", f"is given although the status is {shortened(status)}", "leave it empty: the claim is not told")
    if faults or not evidence:
        return coding, faults
    text, given = corpus.texts[article], cells.get("start", "")
    if (given and not given.isascii()) or (given and not given.isdigit()):
        fault("start", f"{given!r} is no offset", "write a whole number, or leave it empty")
    elif given and not (len(given) < 12 and text.startswith(evidence, int(given))):
        fault(
            "start", f"the evidence does not stand at {shortened(given)}", "leave it empty, or count code points from 0"
        )
    elif evidence not in text:
        fault(
            "evidence",
            f"{shortened(evidence)!r} is not in the text of {article!r}",
            "copy it exactly, with its quotation marks",
        )
    elif not given and (again := text.find(evidence, text.find(evidence) + 1)) >= 0:
        places = f"{text.find(evidence)} and {again}"
        fault(
            "evidence",
            f"{shortened(evidence)!r} stands in {article!r} more than once (at {places})",
            "copy a longer passage, or fill in start",
        )
    else:
        start = int(given) if given else text.find(evidence)
        coding |= {"start": start, "end": start + len(evidence)}
        if status in TOLD:
            # Where it stands twice, the first place is what it is about.
            first = coding["first"] or evidence
            at = text.find(first) if coding["first"] else start
            if at < 0 or at > start:
                found = f"{shortened(first)!r} " + (
                    "stands behind the evidence" if at > 0 else f"is not in {article!r}"
                )
                fault("first", found, "copy an earlier passage exactly, or leave it empty")
            coding |= {"first": first, "first_start": at, "first_end": at + len(first)}
    return coding, faults


def _set_aside(corpus: Corpus) -> set[str]:
    """Return the articles that were read but set aside: what was judged of them is left out."""
    report = corpus.load_report
    return set(report.loc[report["outcome"] == "set aside", "article"]) - {"", *corpus.texts}


def read_corrections(corpus: Corpus) -> pd.DataFrame:
    """Return the corrections by hand of ``corrections.csv``; those of an article that was set aside are left out."""
    raw = story_file(corpus.folder, CORRECTIONS)
    if raw is None:
        return pd.DataFrame(columns=list(CORRECTION_COLUMNS))
    rows = read_rows(raw, name=CORRECTIONS, required=CORRECTION_COLUMNS[:5], optional=("note",))
    faults: list[Fault] = []
    table = []
    aside = _set_aside(corpus)
    seen: dict[tuple[str, ...], int] = {}
    for row in rows:
        cells, line = {column: row.cells.get(column, "") for column in CORRECTION_COLUMNS}, f"line {row.line}"
        article, name = cells["article"], cells["field"]
        if row.short:
            faults.append(Fault(CORRECTIONS, line, "fields are missing", "give it as many commas as the header has"))
            continue
        if article in aside:
            continue
        table.append(cells)
        place = tuple(cells[column] for column in ("article", "start", "end", "field"))
        if place in seen:
            found = f"this {shortened(name)!r} is corrected on line {seen[place]} too"
            faults.append(Fault(CORRECTIONS, line, found, "keep one of the two"))
        seen.setdefault(place, row.line)
        if article not in corpus.texts:
            mend = did_you_mean(article, sorted(corpus.texts))
            faults.append(
                Fault(CORRECTIONS, f"{line}, column article", f"there is no article {shortened(article)!r}", mend)
            )
            continue
        if fault := _span_fault(CORRECTIONS, row, corpus.texts[article]):
            faults.append(fault)
        if name not in CORRECTABLE:
            mend = f"use one of: {', '.join(CORRECTABLE)}"
            faults.append(Fault(CORRECTIONS, f"{line}, column field", f"{shortened(name)!r} cannot be corrected", mend))
        elif (allowed := CORRECTABLE[name]) and cells["value"] not in allowed:
            found = f"{shortened(cells['value'])!r} is no kind of quotation"
            faults.append(Fault(CORRECTIONS, f"{line}, column value", found, f"use one of: {', '.join(allowed)}"))
    if faults:
        raise StoryError(faults)
    return pd.DataFrame(table, columns=list(CORRECTION_COLUMNS)).astype({"start": int, "end": int})


def _span_fault(file: str, row: Row, text: str) -> Fault | None:
    """Return what is wrong with the columns start and end of `row`, which give a span of `text`."""
    offsets = [row.cells.get(column, "") for column in ("start", "end")]
    whole = all(offset.isascii() and offset.isdigit() and len(offset) < 12 for offset in offsets)
    if whole and int(offsets[0]) < int(offsets[1]) <= len(text):
        return None
    found = f"{offsets[0]!r} to {offsets[1]!r} is no span of the article"
    return Fault(file, f"line {row.line}, columns start and end", found, "copy both from the table quotations")


def read_annotated(corpus: Corpus) -> pd.DataFrame:
    """Return the quotations of ``quotations.csv`` that a reader marked."""
    raw = story_file(corpus.folder, ANNOTATED)
    if raw is None:
        return pd.DataFrame(columns=list(ANNOTATED_COLUMNS))
    faults: list[Fault] = []
    table = []
    aside = _set_aside(corpus)
    for row in read_rows(raw, name=ANNOTATED, required=ANNOTATED_COLUMNS, optional=("quotation", "note")):
        cells, line = {column: row.cells.get(column, "") for column in ANNOTATED_COLUMNS}, f"line {row.line}"
        text = corpus.texts.get(cells["article"])
        if row.short:
            faults.append(Fault(ANNOTATED, line, "fields are missing", "give it as many commas as the header has"))
            continue
        if cells["article"] in aside:
            continue  # it has nothing to be measured on
        if text is None:
            found = f"there is no article {shortened(cells['article'])!r}"
            mend = did_you_mean(cells["article"], sorted(corpus.texts))
            faults.append(Fault(ANNOTATED, f"{line}, column article", found, mend))
            continue
        if fault := _span_fault(ANNOTATED, row, text):
            faults.append(fault)
            continue
        table.append(cells | {"start": int(cells["start"]), "end": int(cells["end"])})
        if text[table[-1]["start"] : table[-1]["end"]].strip() != cells["text"]:
            found = f"{shortened(cells['text'])!r} does not stand there"
            faults.append(Fault(ANNOTATED, f"{line}, column text", found, "copy the text between start and end"))
        if cells["kind"] not in CORRECTABLE["kind"]:
            mend = f"use one of: {', '.join(CORRECTABLE['kind'])}"
            faults.append(Fault(ANNOTATED, f"{line}, column kind", f"{shortened(cells['kind'])!r} is no kind", mend))
    if faults:
        raise StoryError(faults)
    return pd.DataFrame(table, columns=list(ANNOTATED_COLUMNS)).astype({"start": int, "end": int})


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Return how to mend a `name` that is none of the `known`."""
    known = list(known)
    # Comparing takes the product of two lengths, for each of them.
    near = difflib.get_close_matches(name[:LONGEST_NAME], known[:MOST_NAMES], n=1, cutoff=0.6)
    if near and len(near[0]) <= LONGEST_NAME:
        return f"write {near[0]!r}"
    more = f" and {len(known) - MOST_LISTED} more" if len(known) > MOST_LISTED else ""
    return f"use one of: {shortened(', '.join(known[:MOST_LISTED]), 400)}{more}"
