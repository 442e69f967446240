"""What a person decided about a story: claims, speakers, referents (``codebook.toml``) and codings (``codings.csv``).

Both files are optional. What they hold is checked in full when it is loaded, against the texts themselves: evidence
that is not in its article, or stands in it twice, never reaches a table.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from typing import Annotated, Literal

import pandas as pd
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from summit_analysis.corpus import Corpus, story_file
from summit_analysis.decoding import UndecodableError, decode
from summit_analysis.errors import Fault, StoryError, shortened
from summit_analysis.judgements import did_you_mean, read_annotated, read_codings, read_corrections

CODEBOOK = "codebook.toml"

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


def _names_a_word(form: str) -> str:
    """Refuse what no text could hold as a word, such as "*" or "…"."""
    if not any(c.isalnum() for c in form):
        raise ValueError("names no word → write at least one letter or digit; only * is a wildcard")
    return form


def _once_each(forms: list[str]) -> list[str]:
    """Refuse a form that stands twice: its occurrences would be told of as two."""
    twice = sorted({form for form in forms if forms.count(form) > 1})
    if twice:
        raise ValueError(f"{shortened(twice[0], 40)!r} stands twice → remove one of them")
    return forms


Form = Annotated[Text, AfterValidator(_names_a_word)]
Forms = Annotated[list[Form], Field(min_length=1), AfterValidator(_once_each)]


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class Claim(_Entry):
    """A statement that an article can tell; `cues` may sharpen an automatic coder."""

    id: Text
    statement: Text
    theme: str = ""
    cues: list[Text] = []


class Fact(_Entry):
    """An attribute that articles give a value for."""

    id: Text
    question: Text
    kind: Literal["duration", "date", "weekday", "number", "text"]
    unit: str = ""
    near: list[Text] = []
    values: list[Text] | dict[str, Text] = []


class Referent(_Entry):
    """One thing, and the forms that compete for naming it; only ``*`` in a form is a wildcard."""

    id: Text
    label: Text
    forms: Forms


class Speaker(_Entry):
    """A person or body that is quoted, with the other names it goes by."""

    name: Text
    aliases: list[Text] = []


class Frame(_Entry):
    """A frame and the terms that show it."""

    id: Text
    label: Text
    terms: Forms


class Verb(_Entry):
    """A reporting verb that the story's lexicon adds, with its stance."""

    form: Form
    stance: Literal["neutral", "assertive", "conceding", "doubting", "mocking", "holding"]


KINDS: dict[str, type[_Entry]] = {
    "claim": Claim, "fact": Fact, "referent": Referent, "speaker": Speaker, "frame": Frame, "verb": Verb,
}  # fmt: skip
_IDENTITY = {"speaker": "name", "verb": "form"}


@dataclass(frozen=True)
class Codebook:
    """A story's codebook as tables; each is empty where the story has none of it.

    Attributes
    ----------
    claims
        One row per claim in the codebook's order: claim (id), statement, theme, cues.
    facts
        One row per fact: fact (id), question, kind, unit, near, values.
    referents
        One row per referent: referent (id), label, forms.
    speakers
        One row per speaker: name, aliases.
    frames
        One row per frame: frame (id), label, terms.
    verbs
        One row per added reporting verb: form, stance.
    codings
        One row per judgement of a coder on a claim in an article: claim, article, coder, status (``asserts``,
        ``partial``, ``contradicts``, ``absent``), start, end (of the evidence in the text, empty for absent),
        evidence, note.
    corrections
        One row per correction by hand of a found quotation: article, start, end, field (``speaker``, ``verb``,
        ``kind``), value, note.
    annotated
        One row per quotation that a reader marked, to measure the rules against: article, start, end, text, speaker,
        verb, kind.
    notes
        What was left out, one sentence each.
    """

    claims: pd.DataFrame
    facts: pd.DataFrame
    referents: pd.DataFrame
    speakers: pd.DataFrame
    frames: pd.DataFrame
    verbs: pd.DataFrame
    codings: pd.DataFrame
    corrections: pd.DataFrame
    annotated: pd.DataFrame
    notes: tuple[str, ...] = field(default=())

    @property
    def aliases(self) -> dict[str, str]:
        """The speakers' names by each form, lower case, that they go by."""
        speakers = zip(self.speakers["name"], self.speakers["aliases"], strict=True)
        return {form.lower(): name for name, aliases in speakers for form in [name, *aliases]}


def load_codebook(corpus: Corpus) -> Codebook:
    """Read ``codebook.toml``, ``codings.csv`` and ``corrections.csv`` of the corpus's folder, where there are any.

    Raises
    ------
    StoryError
        The TOML is malformed, an entry has an unknown key or lacks one, an id stands twice; or a coding names a claim
        or an article that does not exist, has a status outside the four, or evidence that is not in the text exactly
        once and has no `start`; or a correction has a span outside its text, an unknown field or kind. All faults are
        listed.
    """
    entries = _read_entries(corpus)
    frames = {
        kind: pd.DataFrame([entry.model_dump() for entry in entries[kind]], columns=list(model.model_fields)).rename(
            columns={"id": kind}
        )
        for kind, model in KINDS.items()
    }
    codings, notes = read_codings(corpus, frames["claim"])
    return Codebook(
        claims=frames["claim"],
        facts=frames["fact"],
        referents=frames["referent"],
        speakers=frames["speaker"],
        frames=frames["frame"],
        verbs=frames["verb"],
        codings=codings,
        corrections=read_corrections(corpus),
        annotated=read_annotated(corpus),
        notes=tuple(notes),
    )


def _read_entries(corpus: Corpus) -> dict[str, list[_Entry]]:
    entries: dict[str, list[_Entry]] = {kind: [] for kind in KINDS}
    raw = story_file(corpus.folder, CODEBOOK)
    if raw is None:
        return entries
    try:
        document = tomllib.loads(decode(raw)[0])
    except UndecodableError as error:
        raise StoryError(Fault(CODEBOOK, "", f"cannot be read: {error}", "save it as TOML in UTF-8")) from error
    except (ValueError, RecursionError) as error:
        raise StoryError(Fault(CODEBOOK, "", f"is not valid TOML: {error}", "mend that line")) from error
    faults: list[Fault] = []
    for kind, content in document.items():
        if kind not in KINDS:
            faults.append(Fault(CODEBOOK, "", f"unknown table {kind!r}", did_you_mean(kind, KINDS)))
        elif not isinstance(content, list) or not all(isinstance(entry, dict) for entry in content):
            faults.append(Fault(CODEBOOK, kind, "is not a list of tables", f"begin each one with [[{kind}]]"))
        else:
            entries[kind] = _validate_entries(kind, content, faults)
    faults += _shared_aliases(entries["speaker"])
    if faults:
        raise StoryError(faults)
    return entries


def _shared_aliases(speakers: list[_Entry]) -> list[Fault]:
    """Return a fault for each form that two speakers go by: nobody could tell whose words are whose."""
    owner: dict[str, str] = {}
    faults = []
    for speaker in speakers:
        for form in dict.fromkeys(form.lower() for form in [speaker.name, *speaker.aliases]):
            if (first := owner.setdefault(form, speaker.name)) != speaker.name:
                found = f"{shortened(form, 40)!r} is a form of {shortened(first, 40)!r} too"
                mend = "leave it to one of them"
                faults.append(Fault(CODEBOOK, f"speaker ({shortened(speaker.name, 40)})", found, mend))
    return faults


def _validate_entries(kind: str, content: list[dict], faults: list[Fault]) -> list[_Entry]:
    model, identity = KINDS[kind], _IDENTITY.get(kind, "id")
    valid, seen = [], {}
    for number, raw in enumerate(content, start=1):
        place = f"{kind} {number}" + (f" ({shortened(raw[identity], 40)})" if identity in raw else "")
        try:
            entry = model(**raw)
        except ValidationError as error:
            faults += [_entry_fault(place, problem, model) for problem in error.errors()]
            continue
        name = getattr(entry, identity)
        if name in seen:
            faults.append(
                Fault(CODEBOOK, place, f"{identity} {name!r} is that of {kind} {seen[name]} too", "rename one of them")
            )
        seen.setdefault(name, number)
        valid.append(entry)
    return valid


def _entry_fault(place: str, problem: dict, model: type[_Entry]) -> Fault:
    key = str(problem["loc"][0])
    match problem["type"]:
        case "extra_forbidden":
            return Fault(CODEBOOK, place, f"unknown key {key!r}", did_you_mean(key, model.model_fields))
        case "missing":
            return Fault(CODEBOOK, place, f"has no {key!r}", f"add {key} = …")
        case "string_too_short":
            return Fault(CODEBOOK, f"{place}, {key}", "is empty", "fill it in")
        case "value_error":
            where = ", ".join([place, key, *(f"number {part + 1}" for part in problem["loc"][1:])])
            found, _, mend = problem["msg"].removeprefix("Value error, ").partition(" → ")
            given = f"{shortened(problem['input'], 40)!r} " if isinstance(problem["input"], str) else ""
            return Fault(CODEBOOK, where, given + found, mend)
        case _:
            found = f"{problem['input']!r}: {problem['msg'][0].lower()}{problem['msg'][1:]}"
            return Fault(CODEBOOK, f"{place}, {key}", shortened(found, 160), "write it as data/README.md describes")
