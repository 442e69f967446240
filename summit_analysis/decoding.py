"""Bytes to text: declared encoding, else strict UTF-8, else cp1252; never a guess from statistics."""

from __future__ import annotations

import codecs
import re

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16: its mark begins with the same two bytes
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
BINARY_SIGNATURES = {
    b"%PDF-": "a PDF file",
    b"PK\x03\x04": "a zip archive or an office document",
    b"\x1f\x8b": "a gzip archive",
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"GIF8": "a GIF picture",
    b"\x7fELF": "a program",
    b"\xd0\xcf\x11\xe0": "an old office document",
    b"{\\rtf": "an RTF document",
}
# UTF-8 that was read as cp1252 once too often: "â€™" for "’", "Ã©" for "é".
MOJIBAKE = re.compile(r"â€(?:[™œ\x9d“”˜¦]|$)|Ã[\x80-\xbf]|Â[\xa0-\xbf]|ï»¿")
# About 35,000 words and 2,000 quotations. What is longer is compared too, but who is quoted is not looked for.
LONGEST_ARTICLE = 200_000
MOST_MARKS = 4_000
# War and Peace has 3.2 million. What is longer is counted, but not compared sentence by sentence.
LONGEST_BOOK = 5_000_000
QUOTATION_MARKS = '“”"„«»'
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
# What Python calls text encodings, but no text is stored in; decoding some of them takes quadratic time.
NO_STORAGE = {"idna", "punycode", "undefined", "unicode_escape", "raw_unicode_escape", "mbcs", "oem"}


class UndecodableError(ValueError):
    """These bytes are not a text that can be analysed; the message is the reason, for the load report."""


def is_text_encoding(name: str) -> bool:
    """Return whether Python knows `name` as an encoding that texts are stored in."""
    try:
        found = codecs.lookup(name)
    except (LookupError, ValueError):
        return False
    return bool(found._is_text_encoding) and found.name.replace("-", "_") not in NO_STORAGE


def marked_encoding(raw: bytes) -> str:
    """Return the encoding that the byte order mark of `raw` names, or ``""``."""
    return next((name for mark, name in BYTE_ORDER_MARKS if raw.startswith(mark)), "")


def refuse_binary(raw: bytes) -> None:
    """Raise `UndecodableError` where `raw` begins as a known binary format does."""
    for signature, what in BINARY_SIGNATURES.items():
        if raw.startswith(signature):
            raise UndecodableError(f"it is {what}, not a text")


def plain(text: str) -> str:
    """Return `text` without a byte order mark and with LF line ends.

    Raises
    ------
    UndecodableError
        It holds a NUL, half a character, or so many control characters that it is no plain text.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if surrogate := re.search("[\ud800-\udfff]", text):
        raise UndecodableError(f"it holds half a character (a lone surrogate) at {surrogate.start()}")
    if "\x00" in text:
        raise UndecodableError(f"it holds a NUL character at {text.index(chr(0))}, so it is no plain text")
    if len(CONTROL.findall(text)) > len(text) / 50:
        raise UndecodableError("more than 2 % of it are control characters, so it is no plain text")
    return text


def decode(raw: bytes, declared: str = "") -> tuple[str, str]:
    """Return the text of `raw` and the name of the encoding that gave it.

    A byte order mark decides; then `declared`, strict UTF-8 and cp1252 are tried in that order. The mark is removed,
    CRLF and CR become LF, and nothing else is changed.

    Raises
    ------
    UndecodableError
        The bytes are a known binary format, fit none of the encodings, or hold NUL characters.
    """
    refuse_binary(raw)
    text, name = _decoded(raw, declared)
    return plain(text), name


def decode_cell(raw: bytes) -> str:
    """Return the text of a table's cell: strict UTF-8, else cp1252. Its characters are left for the cell's own rules."""
    return _decoded(raw, "")[0]


def _decoded(raw: bytes, declared: str) -> tuple[str, str]:
    marked = marked_encoding(raw)
    positions: list[str] = []
    for name in [marked] if marked else [name for name in (declared, "utf-8", "cp1252") if name]:
        try:
            return raw.decode(name), codecs.lookup(name).name.removesuffix("-sig")
        except UnicodeError as error:
            positions.append(f"{name} fails at byte {getattr(error, 'start', 0)}")
        if name == "utf-8":
            _refuse_surrogates(raw)
    raise UndecodableError(f"it fits none of the encodings tried: {', '.join(positions)}")


def _refuse_surrogates(raw: bytes) -> None:
    """Raise `UndecodableError` where `raw` is UTF-8 but for lone surrogates, which cp1252 would take for letters."""
    try:
        plain(raw.decode("utf-8", "surrogatepass"))
    except UndecodableError:
        raise
    except UnicodeError:
        return


def beyond_an_article(text: str) -> bool:
    """Return whether `text` is so long, or has so many quotations, that finding their speakers would take hours."""
    return len(text) > LONGEST_ARTICLE or sum(map(text.count, QUOTATION_MARKS)) > MOST_MARKS


def beyond_a_book(text: str) -> bool:
    """Return whether `text` is so long that what its sentences share with those of other texts is not looked for."""
    return len(text) > LONGEST_BOOK


def doubts(text: str) -> str:
    """Return a note on what a reader should know of `text` before trusting word counts, or ``""``."""
    notes = []
    if beyond_an_article(text):
        notes.append("longer than any article, or full of quotation marks: who speaks in it is not looked for")
    if beyond_a_book(text):
        notes.append("longer than any book: shared passages and sentences told alike are not looked for in it")
    if found := MOJIBAKE.search(text):
        notes.append(f"looks wrongly decoded in places ({found.group()!r} at {found.start()}); left as it is")
    letters = [c for c in text[:20_000] if c.isalpha()]
    unspaced = sum("\u0e00" <= c <= "\u0eff" or "\u3040" <= c <= "\u30ff" or "\u3400" <= c <= "\u9fff" for c in letters)
    if unspaced > len(letters) * 0.3:
        notes.append("written without spaces between words: word measures do not hold for it")
    return "; ".join(notes)
