"""One CSV or JSONL file of articles, a row or a line each: the text stands in the column ``text``."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from summit_analysis.decoding import UndecodableError, decode, decode_cell, marked_encoding, plain, refuse_binary
from summit_analysis.errors import Fault, StoryError, shortened
from summit_analysis.reading.entries import TABLE_COLUMNS, TABLE_REQUIRED, TEXT, Entry
from summit_analysis.strict_csv import check_columns, read_rows


class _FaultyLineError(ValueError):
    """This line cannot be used, but the next ones can; the message is the reason."""


def from_csv(raw: bytes, name: str) -> list[Entry]:
    """Return an entry of every row of a CSV file with a column ``text``, whose cells are left verbatim."""
    rows = read_rows(raw, name=name, required=TABLE_REQUIRED, optional=TABLE_COLUMNS, texts=TEXT)
    return [
        Entry(
            name,
            f"line {row.line}",
            name,
            row.cells | {"file": name},
            row.raw,
            f"line {row.line}: fields are missing" if row.short else row.problem,
            marked_encoding(raw) or "utf-8",
            "the file ends without a line end: was it cut off within this row?" if row.last else "",
        )
        for row in rows
    ]


def from_jsonl(raw: bytes, name: str) -> list[Entry]:
    """Return an entry of every line of a JSONL file; each line is decoded on its own.

    Raises
    ------
    StoryError
        A line is not a JSON object, as in a file that was cut off; or a column is missing or misspelt.
    """
    try:
        refuse_binary(raw)
        marked = marked_encoding(raw).removesuffix("-sig")
        if marked not in ("", "utf-8"):
            raw = decode(raw)[0].encode()
    except UndecodableError as error:
        raise StoryError(Fault(name, "", f"cannot be read: {error}", "save it as JSON lines in UTF-8")) from error
    lines = [(n, line) for n, line in enumerate(raw.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1) if line.strip()]
    if not lines:
        raise StoryError(Fault(name, "", "is empty", "write one JSON object a line"))
    entries, faults, header = [], [], {}
    for number, line in lines:
        place = f"line {number}"
        try:
            text, encoding = decode(line)
            members = _members(text)
        except (UndecodableError, _FaultyLineError) as error:
            entries.append(Entry(name, place, name, {}, problem=f"{place}: {error}"))
            continue
        except (ValueError, RecursionError) as error:
            found = f"is not a JSON object ({shortened(getattr(error, 'msg', error))})"
            faults.append(
                Fault(name, place, found, "write one JSON object a line; a file that was cut off must be copied again")
            )
            continue
        header |= dict.fromkeys(members)
        entry = entry_of(members, name, place, faults)
        entries.append(replace(entry, encoding=marked or encoding))
    if faults:
        raise StoryError(faults)
    if header:
        check_columns(list(header), required=TABLE_REQUIRED, optional=TABLE_COLUMNS, name=name)
    return entries


def _members(line: str) -> dict:
    """Return the members of the JSON object that stands in `line`."""

    def no_doubles(pairs: list[tuple[str, object]]) -> dict:
        members: dict[str, object] = {}
        for key, value in pairs:
            if key in members:
                raise _FaultyLineError(f"the key {shortened(key)!r} stands twice")
            members[key] = value
        return members

    def no_constants(constant: str) -> None:
        raise _FaultyLineError(f"{constant} is no JSON value")

    members = json.loads(line, object_pairs_hook=no_doubles, parse_constant=no_constants)
    if not isinstance(members, dict):
        raise ValueError(f"it is a {type(members).__name__}")
    return members


def entry_of(members: Mapping[str, object], name: str, place: str, faults: list[Fault]) -> Entry:
    """Return the entry of one row given as Python values; cells of a wrong kind are added to `faults`."""
    cells: dict[str, str] = {"file": name}
    for column in TABLE_COLUMNS:
        value = members.get(column)
        if column == TEXT or value is None:
            continue
        if isinstance(value, bytes):
            try:
                value = decode_cell(value)
            except UndecodableError as error:
                return Entry(name, place, name, cells, problem=f"{place}, column {column}: {error}")
        if isinstance(value, datetime | date):
            value = value.isoformat()
        if isinstance(value, int) and not isinstance(value, bool):
            value = str(value)
        if not isinstance(value, str):
            found = f"{shortened(value, 40)!r} is no text"
            faults.append(Fault(name, f"{place}, column {column}", found, "write it in quotation marks"))
            value = "?"
        cells[column] = value.strip(" \n\u00a0")
    text = members.get(TEXT)
    if text is None:
        return Entry(name, place, name, cells, problem=f"{place}: its text is missing")
    if not isinstance(text, str | bytes):
        found = f"{shortened(text, 40)!r} is no text"
        faults.append(Fault(name, f"{place}, column {TEXT}", found, "write it in quotation marks"))
        text = ""
    return Entry(name, place, name, cells, text)


def text_of(entry: Entry, declared: str) -> tuple[str, str]:
    """Return the text of `entry` and the encoding that gave it, as `decode` does; bytes are tried as `declared` first."""
    content = entry.content() if callable(entry.content) else entry.content
    if isinstance(content, bytes):
        return decode(content, declared)
    refuse_binary(content[:8].encode("utf-8", "replace"))
    return plain(content), entry.encoding
