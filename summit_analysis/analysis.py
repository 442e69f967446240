"""The only joiner of measures: each table's name and the function that makes it.

`Tables` computes a table when it is first asked for. Notebooks, ``summit-analysis run`` and the tests all go through
it, so that a number in a figure is the number in the table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import pandas as pd

from summit_analysis.codebook import Codebook, load_codebook
from summit_analysis.corpus import Corpus
from summit_analysis.errors import NotDefinedError
from summit_analysis.measures import (
    articles,
    claim_suggestions,
    claims,
    discrepancies,
    discrepancy_candidates,
    facts,
    keyness,
    overview,
    prominence,
    quotation_accuracy,
    similarity,
    variants,
    voices,
)
from summit_analysis.text import quotations, segments, terms


class Tables(Mapping[str, pd.DataFrame]):
    """The tables of one story, by name: ``tables["similarity"]``.

    A table that this story does not define (claims without a codebook, a comparison with one article) raises
    `NotDefinedError` with the reason; `left_out` asks without raising.
    """

    def __init__(self, corpus: Corpus, codebook: Codebook | None = None) -> None:
        self.corpus = corpus
        self.codebook = load_codebook(corpus) if codebook is None else codebook
        self._made: dict[str, pd.DataFrame | NotDefinedError] = {}

    def __getitem__(self, name: str) -> pd.DataFrame:
        if name not in self._made:
            try:
                self._made[name] = MAKERS[name](self)
            except NotDefinedError as reason:
                self._made[name] = reason
        made = self._made[name]
        if isinstance(made, NotDefinedError):
            raise made
        return made

    def __iter__(self) -> Iterator[str]:
        return iter(MAKERS)

    def __len__(self) -> int:
        return len(MAKERS)

    def left_out(self, name: str) -> str:
        """Return why table `name` is not defined for this story, or ``""`` if it is."""
        try:
            self[name]
        except NotDefinedError as reason:
            return str(reason)
        return ""

    @property
    def notes(self) -> list[str]:
        """What was passed over in the story's own files, a sentence each."""
        return [*self.codebook.notes, *quotations.unmet(self["quotations"], self.codebook.corrections)]

    @property
    def compared(self) -> pd.DataFrame:
        """The rows of ``articles`` that outlets are compared by."""
        return articles.compared(self["articles"])


MAKERS: dict[str, Callable[[Tables], pd.DataFrame]] = {
    # what was read
    "load_report": lambda t: t.corpus.load_report,
    "segments": lambda t: segments.find_segments(t.corpus),
    "segment_kinds": lambda t: segments.count_kinds(t["segments"]),
    "quotations": lambda t: quotations.find_quotations(
        t.corpus, t["segments"], t.codebook.aliases, t.codebook.corrections
    ),
    "tokens": lambda t: terms.find_tokens(t.corpus, t["segments"], t["quotations"]),
    "cleaned": lambda t: terms.count_cleaned(t.corpus, t["segments"]),
    "articles": lambda t: articles.describe(t.corpus, t["segments"], t["tokens"]),
    # who told it alike
    "similarity": lambda t: similarity.cosine(t["tokens"], list(t.compared["article"])),
    "arrangement": lambda t: similarity.arrange(t.get("similarity"), t.compared),
    "similarity_pairs": lambda t: similarity.arrange_pairs(t["similarity"], t["arrangement"]),
    "similarity_voices": lambda t: similarity.by_voice(t["similarity"], t["arrangement"]),
    # in whose words
    "keyness": lambda t: keyness.log_odds(t["tokens"], list(t.compared["article"])),
    "keyness_strongest": lambda t: keyness.strongest(t["keyness"], t["arrangement"]),
    # who gets to speak
    "speakers": lambda t: t.codebook.speakers,
    "voices": lambda t: voices.voices(t["tokens"], t["quotations"], list(t["articles"]["article"])),
    "voice_strips": lambda t: voices.strips(t["tokens"], t["quotations"], t["arrangement"]),
    "variants": lambda t: variants.cluster(t["quotations"], t["tokens"], t.compared),
    "attribution_conflicts": lambda t: variants.conflicts(t["quotations"], t["tokens"], t.compared),
    "variants_collated": lambda t: variants.collate(t["variants"], t["attribution_conflicts"]),
    "quotation_accuracy": lambda t: quotation_accuracy.accuracy(t["quotations"], t.codebook.annotated),
    # what each told
    "claims": lambda t: claims.place_codings(t.corpus, t.codebook, t["segments"]),
    "coverage": lambda t: claims.coverage(t["claims"], t.codebook, t["arrangement"]),
    "contradictions": lambda t: claims.contradictions(t["coverage"]),
    "told_by_one": lambda t: claims.told_by_one(t["coverage"]),
    # and how early
    "prominence": lambda t: prominence.prominence(t.corpus, t["coverage"], t["segments"]),
    "reader_curve": lambda t: prominence.reader_curve(t["prominence"], t["coverage"]),
    "order": lambda t: prominence.order(t["prominence"]),
    # where they disagree
    "facts": lambda t: facts.facts(t.corpus, t.codebook, t["segments"], t["quotations"]),
    "discrepancies": lambda t: discrepancies.discrepancies(t["facts"], t.codebook, t["arrangement"]),
    "discrepancies_scaled": lambda t: discrepancies.scaled(
        t["facts"], t["discrepancies"], t.codebook, t["arrangement"]
    ),
    "discrepancy_candidates": lambda t: discrepancy_candidates.candidate_discrepancies(
        t["segments"], t["arrangement"], t.codebook.aliases
    ),
    # what a codebook could begin with
    "claim_suggestions": lambda t: claim_suggestions.suggest_claims(
        t["segments"], t["quotations"], t["arrangement"], t.codebook.aliases
    ),
    # all of it, one line an article
    "overview": lambda t: overview.summarise(t["articles"], t["arrangement"], t.get("similarity"), t.get("coverage")),
}

# What `run` writes: the output contract. The rest are steps on the way, or what a figure draws.
WRITTEN = (
    "load_report",
    "articles",
    "segments",
    "quotations",
    "similarity",
    "keyness",
    "voices",
    "variants",
    "attribution_conflicts",
    "claims",
    "prominence",
    "reader_curve",
    "facts",
    "discrepancies",
    "discrepancy_candidates",
)


def tables(corpus: Corpus) -> Tables:
    """Return the tables of `corpus`, each computed when it is first asked for.

    Raises
    ------
    StoryError
        The story's codebook or codings break their contract.
    """
    return Tables(corpus)
