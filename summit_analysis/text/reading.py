"""The copy of a text in which its speakers are looked for: the prose alone, without what a page puts between it.

A name inside a caption, a link to another story or an embedded post is nobody whom the next sentence can mean, and a
party in brackets parts a speaker from the verb. Both are cut; the quoted spans move with the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from summit_analysis.text.person_words import TITLES
from summit_analysis.text.segments import find_paragraphs, segment
from summit_analysis.text.spans import Span
from summit_analysis.text.verbs import VERB as REPORTING

# "Lund (D., Md.)", "Lund (R) of Ohio", "the agency (OSA)": whatever stands in brackets behind a word.
BRACKETED = re.compile(r"[ \u00a0]\([^()\n“”\"]{1,80}\)")
# "Sen. Ada Lund, D-Mass., said"
SEAT = re.compile(
    r", ?[DRI]-[A-Z][\w]*\.?(?:[A-Z]\.?)*(?: (?:Carolina|Dakota|Hampshire|Jersey|Mexico|York|Virginia|Island))?(?P<comma>,?)(?=[\s.])"
)
# "Sen. Lund Ada Maria LundTen things about the bank MORE said": links to other stories, glued to a name. The word before is
# tried from its first letter alone, or a word without end would take quadratic time.
LINKED = re.compile(
    r"(?<![\w.’'-])[.’'-]*+(?P<before>\w[\w.’'-]*+ )(?P<last>[A-Z][\w’'-]+) (?P<full>(?:[A-Z][\w.’'-]*[ ]|\([A-Z]\w*\)[ ]){1,4})(?P=last)(?=[A-Z\d‘“\"'])"
    r"[^\n]{0,400}?\sMORE\b"
)
# "Lund , who heads the bank": a blank that a link has left behind.
SET_OFF = re.compile(r"(?<=\w)[ \u00a0](?=,\s)")
VERB = re.compile(r"\s(?:[a-z]+ly\s)?(?:\w+ed|said|says|told|wrote|has|had|is|was|and)\b")
# "… — Ada Lund (@adalund) May 1, 2020": an embedded post.
POSTED = re.compile(r"[—–-] (?P<name>[^—–\n(]{2,40}) \(@\w+\) [A-Z][a-z]+ \d{1,2}, \d{4}\s*$")
PLAYER = re.compile(
    r"Media playback is (?:un)?supported on your device|Media caption|(?:Image copyright [^\n]{1,60}? )?Image caption"
)
CAPTION = re.compile(
    r"(?:/|\b(?:Photo|via|Image|Credit|Photograph by [\w. ]{3,40})[:/ ])?(?:Getty Images|Shutterstock|REUTERS)\b[^.!?]{0,60}$|"
    r"\((?:AP|Reuters|AFP) ?Photo[^()]*\)\s*$|^(?:FILE\b|FILE PHOTO|PHOTO:|Image copyright|Enlarge this image)"
)


@dataclass(frozen=True)
class ReadingCopy:
    """The prose of a text: `text`, the quoted `spans` at their places in it, and the full `names` that were cut out."""

    text: str
    spans: list[Span]
    names: list[str]
    linked: list[int]  # the numbers of the spans that are part of a link to another story, left out of `spans`
    moves: list[tuple[int, int]]  # (end of a cut in the original, how far all behind it has moved)

    def place_in_original(self, place: int) -> int:
        """Return where ``text[place]`` stands in the text that was copied."""
        return place - next((shift for end, shift in reversed(self.moves) if end + shift <= place), 0)


def reading_copy(text: str, spans: list[Span]) -> ReadingCopy:
    """Return the prose of `text` with its quoted `spans`."""
    names: list[str] = []
    links = [*_links(text, names), *_loud_lines(text), *_quoting_links(text, spans)]
    linked = [n for n, s in enumerate(spans) if any(start <= s.start and s.end <= end for start, end, _ in links)]
    spans = [span for n, span in enumerate(spans) if n not in linked]
    cuts = [*_lines(text, names), *links]
    cuts += [(m.start(), m.end(), "") for pattern in (BRACKETED, PLAYER) for m in pattern.finditer(text)]
    cuts += [(m.start(), m.end(), "") for m in SET_OFF.finditer(text)]
    cuts += [(m.start(), m.end(), "" if VERB.match(text, m.end()) else _seat_end(text, m)) for m in SEAT.finditer(text)]
    pieces, moves, at, shift = [], [], 0, 0
    for start, end, instead in sorted(cuts):
        if start < at or any(span.start - 1 < end and span.end + 1 > start for span in spans):
            continue
        pieces += [text[at:start], instead]
        shift += len(instead) - (end - start)
        moves.append((end, shift))
        at = end
    pieces.append(text[at:])

    def moved(place: int) -> int:
        return place + next((shift for end, shift in reversed(moves) if end <= place), 0)

    found = [replace(s, start=moved(s.start), end=moved(s.end)) for s in spans]
    return ReadingCopy("".join(pieces), found, names, linked, moves)


def _seat_end(text: str, seat: re.Match[str]) -> str:
    """Return what stays of a seat: its comma, or the stop that ends the sentence: …, said Lund, R-Iowa. Then …"""
    ends = seat[0].endswith(".") and re.match(r"\s+[A-Z“\"‘']|\s*$", text[seat.end() : seat.end() + 4])
    return "." if ends else seat["comma"]


def _lines(text: str, names: list[str]) -> list[tuple[int, int, str]]:
    """Return the lines that are no prose: boilerplate, captions and embedded posts."""
    cuts = [(start, end, "") for kind, start, end in segment(text) if kind == "boilerplate"]
    for start, end in find_paragraphs(text):
        block = text[start:end]
        if posted := POSTED.search(block):
            names.append(posted["name"].strip())
            cuts.append((start, end, ""))
        elif CAPTION.search(block) and len(block) < 600:
            cuts.append((start, end, ""))
    return cuts


def _quoting_links(text: str, spans: list[Span]) -> list[tuple[int, int, str]]:
    """Return the lines of a page that hold a quotation which nobody in them is said to utter: READ: ‘I left’: Lund …"""
    furniture = [(start, end) for kind, start, end in segment(text) if kind == "boilerplate"]
    return [
        (start, end, "") for start, end in furniture
        if any(start <= s.start and s.end <= end and not REPORTING.search(re.sub(r"^\W*[Rr](?i:ead)\b", "", text[start : s.start])) for s in spans)
    ]  # fmt: skip


def _loud_lines(text: str) -> list[tuple[int, int, str]]:
    """Return the lines in capitals between lines that are not: links and headings, LUND CALLS VOTE “LATE”."""
    blocks = list(find_paragraphs(text))
    loud = [(start, end, "") for start, end in blocks if text[start:end].isupper() and text.count(" ", start, end) >= 2]
    return loud if len(loud) * 3 < len(blocks) else []


def _links(text: str, names: list[str]) -> list[tuple[int, int, str]]:
    """Return the links glued to names."""
    cuts = []
    for link in LINKED.finditer(text):
        full = re.sub(r"\s*\([^)]*\)", "", link["full"]) + link["last"]
        titled = link["before"].strip(" .").lower() in TITLES or not link["before"][0].isupper()
        if titled:
            names.append(full)
        cuts.append((link.end("last"), link.end(), ""))
    return cuts
