"""What words can stand for a person, a body, a place or a document: the word lists, and what they decide."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files

from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

from summit_analysis import lexicons

_PEOPLE = tomllib.loads(files(lexicons).joinpath("people.toml").read_text(encoding="utf-8"))
TITLES = frozenset(_PEOPLE["titles"])
BODIES, WRITINGS = frozenset(_PEOPLE["bodies"]), frozenset(_PEOPLE["writings"])
ORGANISATIONS = frozenset(_PEOPLE["organisations"])
FEMALE, MALE = frozenset(_PEOPLE["female_words"]), frozenset(_PEOPLE["male_words"])
FEMALE_NAMES, MALE_NAMES = frozenset(_PEOPLE["female_names"].split()), frozenset(_PEOPLE["male_names"].split())
PLACES = {word: number for number, group in enumerate(_PEOPLE["demonyms"]) for word in group}

DETERMINER = r"(?:the|a|an|its|his|her|their|one|some|our|my|this|another)"
DAYS = frozenset(_PEOPLE["days"])
OPENINGS = ENGLISH_STOP_WORDS | frozenset(_PEOPLE["openings"])
FIRST_NAMES = FEMALE_NAMES | MALE_NAMES | frozenset(_PEOPLE["either_names"].split())
OFFICES = frozenset(_PEOPLE["offices"])
PLACE_WORDS = frozenset(_PEOPLE["place_words"])
PARTIES = frozenset(_PEOPLE["parties"])
RANKS = frozenset(_PEOPLE["ranks"])
OCCUPATION = re.compile(r"(?:er|or|ist|man|woman|ian|ant|ent|eer|ess|keeper|mate|chef|poet|pilot|old|young|veteran)$")
SAME = {"dr": "doctor", "sen": "senator", "gov": "governor", "gen": "general", "prof": "professor", "capt": "captain"}
JUNIOR = frozenset(["Jr.", "Jr", "Sr.", "Sr", "II", "III"])
FORMAL = {short: group[0] for group in _PEOPLE["short_names"] for short in group}
THINGS = frozenset(_PEOPLE["things"])
COLLECTIVES = frozenset(_PEOPLE["collectives"])
DOMAINS, NOT_PEOPLE = frozenset(_PEOPLE["domains"]), frozenset(_PEOPLE["not_people"])
UNNAMED = frozenset(_PEOPLE["unnamed"])
PAIRS = frozenset(_PEOPLE["pairs"])


def last_name(name: str) -> str:
    """Return the last word of a full name that tells people apart, or the name itself where it has none."""
    return next((word for word in reversed(name.split()) if word not in JUNIOR), name)


def same_person(one: str, two: str) -> bool:
    """Return whether two full names differ only in a middle name, a short first name or a missing one."""
    if one == two:
        return True
    a, b = ([w for w in name.split() if w not in JUNIOR] for name in (one, two))
    if a == b or not a or not b or a[-1] != b[-1]:
        return False  # a father and his son, or two surnames
    first, second = a[0].lower(), b[0].lower()
    if min(len(a), len(b)) > 1 and (a == b[-len(a) :] or b == a[-len(b) :]):
        return True  # a double surname
    short = FORMAL.get(first, first) == FORMAL.get(second, second)
    left_out = len(a) != len(b) and (len(a) == 1 or len(b) == 1)
    return short or left_out


def stands_for_a_person(noun: str) -> bool:
    """Return whether a common noun, lower case, can stand for one person: "minister", "skipper", "widow"."""
    if noun in NOT_PEOPLE or (noun.endswith("ness") and not noun.endswith(("witness", "rness", "oness"))):
        return False  # "willingness"
    return bool((noun in TITLES and noun not in DOMAINS) or noun in FEMALE | MALE | UNNAMED or OCCUPATION.search(noun))


def is_body(name: str) -> bool:
    """Return whether a name that is no person's can be a body's: of several words, or with a word such as Bank."""
    return len(name.split()) > 1 or any(word.lower() in ORGANISATIONS for word in name.split())


def content_words(phrase: str) -> set[str]:
    """Return the words of `phrase` that can tell people apart, lower case, without possessive endings."""
    words = (re.sub(r"[’']s?$", "", word.lower()) for word in re.findall(r"[\w’'-]+", phrase))
    return {
        SAME.get(word, word)
        for word in words
        if word and (word not in ENGLISH_STOP_WORDS or word == "us") and not word.isdigit()
    }


def alike(one: str, two: str) -> bool:
    """Return whether two words name the same office or country: "minister" and "ministers", "Ostrea" and "Ostrean"."""
    if one == two or (one in PLACES and PLACES[one] == PLACES.get(two)):
        return True
    shorter, longer = sorted((one, two), key=len)
    return (
        len(shorter) >= 5 and longer.startswith(shorter[: max(5, len(shorter) - 1)]) and len(longer) - len(shorter) <= 3
    )
