"""What `check` looks at: every file of a story, each as far as it goes, so that all faults are told at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from summit_analysis.analysis import Tables
from summit_analysis.background import load_background
from summit_analysis.codebook import Codebook, load_codebook
from summit_analysis.corpus import Corpus, load_corpus
from summit_analysis.errors import Fault, StoryError
from summit_analysis.judgements import read_annotated, read_corrections


@dataclass(frozen=True)
class Checked:
    """The result of a check: the corpus and codebook where they could be read, every fault, and notes for a reader."""

    corpus: Corpus | None = None
    codebook: Codebook | None = None
    faults: tuple[Fault, ...] = ()
    notes: tuple[str, ...] = field(default=())


def check_story(path: str | Path) -> Checked:
    """Read every file of the story at `path` and return what is wrong with it; nothing is written.

    Codebook, codings, corrections and background can only be checked against articles: where the corpus itself cannot
    be read, its faults are all.
    """
    faults: list[Fault] = []

    def attempt(load: Callable, *arguments: object) -> object:
        try:
            return load(*arguments)
        except StoryError as error:
            faults.extend(fault for fault in error.faults if fault not in faults)
            return None

    corpus = attempt(load_corpus, path)
    if corpus is None:
        return Checked(faults=tuple(faults))
    codebook = attempt(load_codebook, corpus)
    for load in (read_corrections, read_annotated):  # the codebook may have stopped before them
        attempt(load, corpus)
    background = attempt(load_background, corpus)
    # Files without faults are used as a run uses them: it tells what it passes over, and what the codebook names in vain.
    notes = None if faults else attempt(lambda: Tables(corpus, codebook).notes)
    if notes is None:
        notes = [*(codebook.notes if codebook else ()), *(background.notes if background else ())]
    return Checked(corpus, codebook, tuple(faults), tuple(notes))


def described(checked: Checked) -> list[str]:
    """Return what would be analysed and what is set aside, a line each."""
    if checked.corpus is None:
        return []
    report, articles = checked.corpus.load_report, checked.corpus.articles
    outlets = articles["outlet"].nunique()
    lines = [
        f"{_counted(len(report), 'document')} read: {len(articles)} analysed, {len(report) - len(articles)} set aside"
    ]
    lines.append(f"{_counted(len(articles), 'article')} of {_counted(outlets, 'outlet')}")
    wires = int((articles["role"] == "wire").sum())
    if wires:
        lines.append(f"{_counted(wires, 'agency original')} to trace copy from, left out of comparisons")
    if checked.codebook is not None:
        sizes = {
            "claim": checked.codebook.claims,
            "fact": checked.codebook.facts,
            "speaker": checked.codebook.speakers,
            "coding": checked.codebook.codings,
            "correction": checked.codebook.corrections,
        }
        told = [_counted(len(table), name) for name, table in sizes.items() if len(table)]
        lines.append(", ".join(told) if told else "no codebook: claims are not compared")
    for row in report.itertuples():
        place = ", ".join(
            part
            for part in (row.file, row.place or (row.article if row.file == checked.corpus.folder.name else ""))
            if part
        )
        if row.outcome == "set aside":
            lines.append(f"set aside: {place}: {row.reason.removeprefix(row.place + ': ')}")
        elif row.note:
            lines.append(f"note: {place}: {row.note}")
        elif row.encoding not in ("utf-8", "ascii"):
            lines.append(f"note: {place}: read as {row.encoding}")
    return lines + [f"note: {note}" for note in checked.notes]


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
