"""The only joiner of measures: each table's name and the function that makes it.

`Tables` computes a table when it is first asked for. Notebooks, ``summit-analysis run`` and the tests all go through
it, so that a number in a figure is the number in the table.
"""

from __future__ import annotations

import copy
import functools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from summit_analysis import statistics
from summit_analysis.background import load_background
from summit_analysis.codebook import Codebook, load_codebook
from summit_analysis.corpus import Corpus
from summit_analysis.decoding import beyond_a_book
from summit_analysis.errors import NotDefinedError
from summit_analysis.measures import (
    agreement,
    articles,
    claim_coding,
    claim_suggestions,
    claims,
    commitment,
    discrepancies,
    discrepancy_candidates,
    facts,
    frames,
    keyness,
    keyness_null,
    lineages,
    naming,
    overview,
    poster,
    prominence,
    pyramid,
    quotation_accuracy,
    reporting_verbs,
    retellings,
    reuse,
    robustness,
    shared_passages,
    similarity,
    variants,
    voices,
    word_shift,
)
from summit_analysis.text import quotations, segments, terms, unused


@dataclass(frozen=True)
class Settings:
    """The choices that every word measure rests on; the checks of robustness make one of them otherwise.

    Attributes
    ----------
    prior_tokens
        a0 of the weighted log-odds; infinity stands for N, all tokens of that voice.
    stop_words
        Words that similarity leaves out.
    lemmas
        Whether dictionary forms are counted for words.
    voice
        ``own`` counts nothing that is quoted.
    headings
        Whether words of headings are counted.
    partial
        Whether a claim told in part counts as told.
    without
        An article that is left out of every comparison.
    """

    prior_tokens: float = statistics.PRIOR_TOKENS
    stop_words: frozenset[str] = terms.STOP_WORDS
    lemmas: bool = False
    voice: str = "all"
    headings: bool = True
    partial: bool = True
    without: str = ""


class Tables(Mapping[str, pd.DataFrame]):
    """The tables of one story, by name: ``tables["similarity"]``.

    A table that this story does not define (claims without a codebook, a comparison with one article) raises
    `NotDefinedError` with the reason; `left_out` asks without raising. `embed` helps to code claims: see `tables`.
    """

    def __init__(
        self,
        corpus: Corpus,
        codebook: Codebook | None = None,
        settings: Settings | None = None,
        *,
        embed: claim_coding.Embed | None = None,
    ) -> None:
        self.corpus = corpus
        self.embed = embed
        self.codebook = load_codebook(corpus) if codebook is None else codebook
        self.settings = settings or Settings()
        self.background = load_background(corpus)
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

    def with_settings(self, **changes: object) -> Tables:
        """Return the tables of the same story with other `Settings`; what these do not touch is not made again."""
        other = copy.copy(self)  # files are read once, whatever becomes of them meanwhile
        other.settings = replace(self.settings, **changes)
        other._made = {name: self[name] for name in UNTOUCHED if not self.left_out(name)}
        return other

    @property
    def notes(self) -> list[str]:
        """What was passed over in the story's own files, and what of its codebook no article holds; a sentence each."""
        corrections = self.codebook.corrections
        return [
            *self.codebook.notes,
            *(self.background.notes if self.background else ()),
            *claim_coding.unread(self.codebook, self.corpus),
            *(quotations.unmet(self["quotations"], corrections) if len(corrections) else ()),
            *self._found_nowhere(),
        ]

    def _found_nowhere(self) -> list[str]:
        """Return a sentence for each word of the codebook that no article holds, none for a codebook of another story."""
        if claim_coding.of_another(self.codebook, self.corpus):
            return []
        nowhere = [] if self.left_out("naming") else naming.unused_forms(self["naming"])
        if not self.left_out("frame_evidence"):
            nowhere += frames.unused_terms(self["frame_evidence"], self.codebook.frames)
        nowhere += unused.unused_cues(self.codebook.claims, self["segments"])
        nowhere += unused.unused_fact_words(self.codebook.facts, self["segments"])
        if not self.left_out("facts"):
            nowhere += facts.unanswered(self["facts"], self.codebook)
        return nowhere

    @property
    def background_occurrences(self) -> pd.Series | None:
        """How often each term occurs in the story's background, where it has one: counted, or reckoned from documents."""
        if self.background is None:
            return None
        known = pd.Series(dict(self.background.expected), dtype="float64")
        return known.groupby(known.index.map(terms.dictionary_form)).sum() if self.settings.lemmas else known

    @property
    def voices(self) -> tuple[str, ...]:
        """The voices that are compared; a check of robustness asks for all words together only."""
        return terms.VOICES if self.settings == Settings() else ("all",)

    @property
    def compared(self) -> pd.DataFrame:
        """The rows of ``articles`` that outlets are compared by."""
        table = articles.compared(self["articles"])
        return table[table["article"] != self.settings.without].reset_index(drop=True)

    @functools.cached_property
    def compared_copy(self) -> reuse.Reuse:
        """All articles compared for shared copy, agency originals included."""
        texts = {article: text for article, text in self.corpus.texts.items() if not beyond_a_book(text)}
        return reuse.compare(texts, self["segments"], self["quotations"])

    @property
    def read_by_sentence(self) -> pd.DataFrame:
        """The rows of ``arrangement`` whose sentences are compared: those of all articles that are no longer than a book."""
        arrangement = self["arrangement"]
        long = [article for article, text in self.corpus.texts.items() if beyond_a_book(text)]
        return arrangement[~arrangement["article"].isin(long)]


def _count_words(t: Tables) -> pd.DataFrame:
    """Return the tokens that measures count, as the settings have them."""
    tokens = t["tokens"] if t.settings.voice == "all" else terms.in_voice(t["tokens"], t.settings.voice)
    if not t.settings.headings:
        headings = t["segments"].query("kind == 'heading'")[["article", "segment"]]
        inside = pd.MultiIndex.from_frame(tokens[["article", "segment"]])
        tokens = tokens[~inside.isin(pd.MultiIndex.from_frame(headings))]
    return terms.to_lemmas(tokens) if t.settings.lemmas else tokens


def _judged(t: Tables) -> tuple[pd.DataFrame, dict[str, str]]:
    """Return the judgements of the compared articles, and each article's lineage."""
    settled = t["settled"]
    kept = settled[settled["article"].isin(t.compared["article"])]
    if kept.empty:
        raise NotDefinedError("claims are not weighed: every article is an agency original")
    known = t.get("lineages")
    return kept, {} if known is None else dict(zip(known["article"], known["lineage"], strict=True))


def _checks(t: Tables) -> pd.DataFrame:
    """Return the headline findings under each other choice."""
    label = t["arrangement"].set_index("article")["label"]
    choices = {
        "lemmas": {"lemmas": True},
        "no stop list": {"stop_words": frozenset()},
        "a0 = 100": {"prior_tokens": 100},
        "a0 = N": {"prior_tokens": np.inf},
        "own voice": {"voice": "own"},
        "no headings": {"headings": False},
    }
    settled = t.get("settled")
    if settled is not None and (settled["status"] == "partial").any():
        choices["told in full"] = {"partial": False}
    # Leaving each of two articles out leaves nothing to compare.
    shown = label.index[: robustness.MOST_LEFT_OUT] if len(label) > 2 else []
    left_out = {f"without {label[article]}": article for article in shown}
    choices |= {name: {"without": article} for name, article in left_out.items()}
    return robustness.robustness(t, ((name, t.with_settings(**change)) for name, change in choices.items()), left_out)


# What no setting changes.
UNTOUCHED = (
    "load_report",
    "segments",
    "quotations",
    "tokens",
    "articles",
    "voices",
    "claims",
    "settled",
    "reuse",
    "reuse_edits",
    "credits",
)

MAKERS: dict[str, Callable[[Tables], pd.DataFrame]] = {
    # what was read
    "load_report": lambda t: t.corpus.load_report,
    "segments": lambda t: segments.find_segments(t.corpus),
    "segment_kinds": lambda t: segments.count_kinds(t["segments"]),
    "quotations": lambda t: quotations.find_quotations(
        t.corpus, t["segments"], t.codebook.aliases, t.codebook.corrections
    ),
    "tokens": lambda t: terms.find_tokens(t.corpus, t["segments"], t["quotations"]),
    "words": _count_words,
    "cleaned": lambda t: terms.count_cleaned(t.corpus, t["segments"]),
    "articles": lambda t: articles.describe(t.corpus, t["segments"], t["tokens"]),
    # who told it alike
    "similarity": lambda t: similarity.cosine(
        t["words"],
        list(t.compared["article"]),
        stop_words=t.settings.stop_words,
        background=t.background,
        voices=t.voices,
    ),
    "arrangement": lambda t: similarity.arrange(t.get("similarity"), t.compared),
    "similarity_pairs": lambda t: similarity.arrange_pairs(t["similarity"], t["arrangement"]),
    "carrying_terms": lambda t: similarity.carrying_terms(
        t["words"], t["arrangement"], stop_words=t.settings.stop_words
    ),
    "influence": lambda t: similarity.influence(
        t["words"], t["segments"], t["arrangement"], stop_words=t.settings.stop_words
    ),
    "similarity_voices": lambda t: similarity.by_voice(t["similarity"], t["arrangement"]),
    # in whose words
    "keyness": lambda t: keyness.log_odds(
        t["words"],
        list(t.compared["article"]),
        prior_tokens=t.settings.prior_tokens,
        background=t.background_occurrences,
        null=t["keyness_null"] if t.settings == Settings() else None,
        voices=t.voices,
    ),
    "keyness_null": lambda t: keyness_null.largest_by_chance(
        t["words"], list(t.compared["article"]), background=t.background_occurrences
    ),
    "keyness_power": lambda t: keyness_null.power(
        t["words"], t["keyness_null"], list(t.compared["article"]), background=t.background_occurrences
    ),
    "keyness_priors": lambda t: keyness.by_prior(
        t["words"], list(t.compared["article"]), t["keyness_strongest"], background=t.background_occurrences
    ),
    "keyness_two_words": lambda t: keyness.log_odds(terms.find_pairs(t["words"]), list(t.compared["article"])),
    "keyness_outlets": lambda t: keyness.by_outlet(
        t["words"], t.compared, prior_tokens=t.settings.prior_tokens, background=t.background_occurrences
    ),
    "keyness_strongest": lambda t: keyness.strongest(t["keyness"], t["arrangement"]),
    "word_shift": lambda t: word_shift.word_shift(t["words"], list(t.compared["article"])),
    "word_shift_largest": lambda t: word_shift.largest(t["word_shift"], t["arrangement"]),
    "naming_evidence": lambda t: naming.occurrences(
        t.corpus.texts, t["segments"], t["quotations"], t.codebook.referents
    ),
    "naming": lambda t: naming.naming(t["naming_evidence"], t.codebook.referents, list(t["articles"]["article"])),
    "naming_panels": lambda t: naming.panels(t["naming"], t.codebook.referents, t["arrangement"]),
    "naming_leading": lambda t: naming.leading(t["naming_evidence"], t["naming_panels"]),
    "reports": lambda t: reporting_verbs.find_reports(
        t.corpus, t["segments"], t["quotations"], t.codebook.aliases, t.codebook.verbs
    ),
    "verbs": lambda t: reporting_verbs.verbs(t["reports"]),
    "verb_marks": lambda t: reporting_verbs.marks(t["reports"], t["arrangement"]),
    "frame_evidence": lambda t: frames.occurrences(t.corpus.texts, t["segments"], t["quotations"], t.codebook.frames),
    "frames": lambda t: frames.rates(
        t["frame_evidence"], t["tokens"], t.codebook.frames, list(t["articles"]["article"])
    ),
    "frame_panels": lambda t: frames.panels(t["frames"], t.codebook.frames, t["arrangement"]),
    "stance_evidence": lambda t: frames.occurrences(
        t.corpus.texts, t["segments"], t["quotations"], frames.stance_markers()
    ),
    "stance": lambda t: frames.rates(
        t["stance_evidence"], t["tokens"], frames.stance_markers(), list(t["articles"]["article"])
    ),
    "stance_panels": lambda t: frames.panels(t["stance"], frames.stance_markers(), t["arrangement"]),
    "retellings": lambda t: retellings.retellings(t["coverage"], t["segments"], t.corpus.texts),
    "told_otherwise": lambda t: retellings.told_otherwise(t["retellings"]),
    "robustness": _checks,
    # who gets to speak
    "speakers": lambda t: t.codebook.speakers,
    "voices": lambda t: voices.voices(t["tokens"], t["quotations"], list(t["articles"]["article"])),
    "voice_strips": lambda t: voices.strips(t["tokens"], t["quotations"], t["arrangement"]),
    "variants": lambda t: variants.cluster(t["quotations"], t["tokens"], t.compared),
    "attribution_conflicts": lambda t: variants.conflicts(t["quotations"], t["tokens"], t.compared),
    "variants_collated": lambda t: variants.collate(t["variants"], t["attribution_conflicts"]),
    "quotation_accuracy": lambda t: quotation_accuracy.accuracy(t["quotations"], t.codebook.annotated),
    # what each told
    "claims": lambda t: commitment.commit(
        claims.join(
            claims.place_codings(t.corpus, t.codebook, t["segments"]),
            claim_coding.code_claims(t.corpus, t.codebook, t["segments"], t["quotations"], embed=t.embed),
            t.codebook,
        ),
        dict(zip(t.codebook.claims["claim"], t.codebook.claims["statement"], strict=True)),
        t.corpus,
        t["segments"],
        t["quotations"],
    ),
    "settled": lambda t: claims.settle(t["claims"]),
    "agreement": lambda t: agreement.agreement(t["claims"], t["settled"]),
    "disagreements": lambda t: agreement.disagreements(t["claims"], t["settled"]),
    "claim_weights": lambda t: pyramid.weights(*_judged(t)),
    "pyramid": lambda t: pyramid.pyramid(*_judged(t)),
    "coverage": lambda t: claims.coverage(
        t["settled"], t["claims"], t.codebook, t["arrangement"], partial=t.settings.partial
    ),
    "contradictions": lambda t: claims.contradictions(t["coverage"]),
    "told_by_one": lambda t: claims.told_by_one(t["coverage"]),
    "told_independently_by_one": lambda t: claims.told_independently_by_one(t["coverage_independent"]),
    "told_by_all_but_one": lambda t: claims.told_by_all_but_one(t["coverage_independent"]),
    "nearly_told": lambda t: claims.nearly_told(t["coverage"]),
    "commitments": lambda t: claims.commitments(t["coverage"]),
    # and how early
    "prominence": lambda t: prominence.prominence(t.corpus, t["coverage"], t["segments"]),
    "reader_curve": lambda t: prominence.reader_curve(t["prominence"], t["coverage"]),
    "order": lambda t: prominence.order(t["prominence"], len(t["arrangement"])),
    # where they disagree
    "facts": lambda t: facts.facts(t.corpus, t.codebook, t["segments"], t["quotations"]),
    "discrepancies": lambda t: discrepancies.discrepancies(t["facts"], t.codebook, t["arrangement"]),
    "discrepancies_scaled": lambda t: discrepancies.scaled(
        t["facts"], t["discrepancies"], t.codebook, t["arrangement"]
    ),
    "discrepancy_candidates": lambda t: discrepancy_candidates.candidate_discrepancies(
        t["segments"], t.read_by_sentence, t.codebook.aliases
    ),
    # what a codebook could begin with
    "claim_suggestions": lambda t: claim_suggestions.suggest_claims(
        t.corpus, t["segments"], t["quotations"], t.read_by_sentence, t.codebook.aliases
    ),
    # all of it, one line an article
    "overview": lambda t: overview.summarise(t["articles"], t["arrangement"], t.get("similarity"), t.get("coverage")),
    "poster": lambda t: poster.poster(
        t.get("similarity_pairs"), t.get("voice_strips"), t.get("coverage"), t.get("naming_panels")
    ),
    # who shares copy
    "reuse": lambda t: t.compared_copy.passages,
    "reuse_edits": lambda t: t.compared_copy.edits,
    "credits": lambda t: lineages.find_agencies(t.corpus.texts),
    "lineage_pairs": lambda t: lineages.lineage_pairs(t["reuse"], t.compared_copy.prose, t["credits"]),
    "lineages": lambda t: lineages.lineages(t["lineage_pairs"], t["articles"], t["credits"]),
    "kept_of_wire": lambda t: lineages.kept_of_wire(
        t["reuse"],
        t["reuse_edits"],
        t["lineage_pairs"],
        t["articles"],
        t["segments"],
        t["tokens"],
        t.corpus.texts,
    ),
    "coverage_independent": lambda t: lineages.independent(t["coverage"], t.get("lineages")),
    "shared_passages": lambda t: shared_passages.strips(
        t["reuse"],
        t["lineage_pairs"],
        t["lineages"],
        t["arrangement"],
        t["articles"],
        t["tokens"],
        t["segments"],
        t["quotations"],
    ),
}

# What `run` writes: the output contract. The rest are steps on the way, or what a figure draws.
WRITTEN = (
    "load_report",
    "articles",
    "segments",
    "quotations",
    "similarity",
    "keyness",
    "keyness_power",
    "naming",
    "naming_evidence",
    "verbs",
    "frames",
    "stance",
    "robustness",
    "voices",
    "variants",
    "attribution_conflicts",
    "claims",
    "agreement",
    "disagreements",
    "claim_weights",
    "pyramid",
    "reuse",
    "reuse_edits",
    "lineages",
    "lineage_pairs",
    "kept_of_wire",
    "coverage_independent",
    "prominence",
    "reader_curve",
    "facts",
    "discrepancies",
    "discrepancy_candidates",
)
# What it writes of stories that define it, without a word in others.
WRITTEN_OF_SOME = ("keyness_outlets",)


def tables(corpus: Corpus, *, embed: claim_coding.Embed | None = None) -> Tables:
    """Return the tables of `corpus`, each computed when it is first asked for.

    `embed`, from a list of texts to an array of one row of numbers for each, helps to code claims: see
    `measures.claim_coding.code_claims`.

    Raises
    ------
    StoryError
        The story's codebook or codings break their contract.
    """
    return Tables(corpus, embed=embed)
