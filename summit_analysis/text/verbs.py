"""The verbs that introduce what somebody said: their forms, and what each form can be."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files

from summit_analysis import lexicons


def _load_verbs() -> tuple[dict[str, tuple[str, str]], frozenset[str]]:
    """Return each form's lemma and stance, and the forms that are participles in -ing."""
    lexicon = tomllib.loads(files(lexicons).joinpath("reporting_verbs.toml").read_text(encoding="utf-8"))
    irregular = lexicon.pop("irregular")
    forms: dict[str, tuple[str, str]] = {}
    for stance, lemmas in lexicon.items():
        for lemma in lemmas:
            for form in [lemma, *irregular.get(lemma, _regular(lemma))]:
                forms.setdefault(form, (lemma, stance))
    return forms, frozenset(form for form in forms if form.split()[0].endswith("ing"))


def _regular(lemma: str) -> list[str]:
    stem = lemma[:-1] if lemma.endswith("e") else lemma
    third = lemma + ("es" if lemma.endswith(("s", "sh", "ch", "x")) else "s")
    return [stem + "ed", stem + "ing", third]


VERBS, PARTICIPLES = _load_verbs()


def _any_of(forms: Iterable[str]) -> str:
    """Return a pattern for the longest of `forms` that fits, read letter by letter: hundreds need not be tried in turn."""
    by_first: dict[str, list[str]] = {}
    for form in forms:
        by_first.setdefault(form[:1], []).append(form[1:])
    ends = "" in by_first
    branches = [re.escape(first) + _any_of(rest) for first, rest in sorted(by_first.items()) if first]
    return f"(?:{'|'.join(branches)}){'?' if ends else ''}" if branches else ""


VERB = re.compile(rf"\b{_any_of(VERBS)}\b", re.IGNORECASE)
BASE = frozenset(lemma for lemma, _ in VERBS.values())
# The only verbs that count in their bare form: "critics say", "he would call it".
SPOKEN = frozenset(
    [
        "say",
        "tell",
        "call",
        "describe",
        "write",
        "argue",
        "insist",
        "believe",
        "think",
        "claim",
        "speak",
        "warn",
        "ask",
        "criticize",
        "criticise",
        "accuse",
        "allege",
        "contend",
        "complain",
        "denounce",
        "condemn",
        "dismiss",
        "suggest",
        "acknowledge",
        "admit",
        "concede",
        "deny",
        "explain",
        "emphasize",
        "emphasise",
        "assert",
        "characterize",
        "characterise",
        "refer",
        "predict",
    ]
)
THIRD = frozenset(form for form in VERBS if form.endswith("s") and form not in BASE)


@dataclass(frozen=True)
class Verb:
    """One reporting verb in place: ``masked[start:end]``, lower case as `form`."""

    start: int
    end: int
    form: str

    @property
    def stance(self) -> str:
        """The stance that the lexicon gives it."""
        return VERBS.get(self.form, ("", "unlisted"))[1]

    @property
    def subjectless(self) -> bool:
        """Whether it has no subject of its own: "saying", "to say"."""
        return self.participle or (self.form in BASE and self.form not in ("read", "quoth"))

    @property
    def participle(self) -> bool:
        """Whether it is a form in -ing."""
        return self.form in PARTICIPLES


# Verbs that are of speech only next to the words themselves: "he went on, “…”".
BESIDE = frozenset(
    form
    for form, (lemma, _) in VERBS.items()
    if lemma
    in (
        "go on",
        "shoot back",
        "fire back",
        "hit back",
        "push back",
        "press on",
        "explode",
        "erupt",
        "parry",
        "laugh",
        "chuckle",
        "disagree",
        "roar",
        "growl",
        "howl",
        "snort",
        "hiss",
        "sob",
        "groan",
        "venture",
        "volunteer",
        "rail",
        "rant",
    )
)
# Verbs that are of speech only where a clause follows: "the study found that", "she allowed that".
CLAUSAL = frozenset(
    form
    for form, (lemma, _) in VERBS.items()
    if lemma in ("find", "allow", "grant", "accept", "provide", "specify", "determine")
)
# Verbs whose object is told "to" do something: "told them to “wait”".
DIRECTING = frozenset(
    form for form, (lemma, _) in VERBS.items()
    if lemma in ("tell", "ask", "urge", "order", "call", "call for", "beg", "implore", "encourage", "challenge", "press", "warn", "advise", "exhort")
)  # fmt: skip
# Forms in -s that are nouns where a preposition follows, and participles that are where one stands before.
NOUNS = frozenset(
    ["rates", "claims", "reports", "remarks", "comments", "notes", "questions", "answers", "demands", "promises", "pledges", "thanks",
     "charges", "estimates", "attacks", "cries", "shouts", "jokes", "posts", "texts", "tweets", "points", "names", "terms", "orders",
     "appeals", "signals", "replies", "views", "fears", "hopes", "states", "recalls", "reporting", "reading", "posting", "pressing",
     "charging", "ordering", "naming", "texting", "rating", "understanding", "feeling", "thinking", "meaning"]
)  # fmt: skip
