"""CSV as a contract: every row has the header's columns, or the user hears which row has not.

pandas shifts columns when a row has a field too many and reads "NA" as missing; both would be silently wrong here.
"""

from __future__ import annotations

import csv
import difflib
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from summit_analysis.decoding import UndecodableError, decode
from summit_analysis.errors import Fault, StoryError, shortened

# A spreadsheet would run a cell that starts so; an apostrophe in front keeps it text. The pattern also takes cells
# that have such an apostrophe already, so that writing and reading are each other's inverse.
FORMULA = re.compile(r"'*[=+\-@\t\r]")
FIELD_LIMIT = 2**31 - 1


@dataclass(frozen=True)
class Row:
    """One row of a CSV file: the line it begins on, its cells by column name, and whether fields are missing."""

    line: int
    cells: dict[str, str]
    short: bool = False


def guard_formula(value: str) -> str:
    """Return `value` so that no spreadsheet takes it for a formula (OWASP, "CSV Injection")."""
    return "'" + value if FORMULA.match(value) else value


def unguard_formula(value: str) -> str:
    """Return `value` without the apostrophe that `guard_formula` put before it."""
    return value[1:] if value.startswith("'") and FORMULA.match(value) else value


def read_rows(raw: bytes, *, name: str, required: Iterable[str], optional: Iterable[str] = ()) -> list[Row]:
    """Return the rows of the CSV file whose bytes are `raw`; `name` is what messages call the file.

    Cells are text as it stands ("007", "NA"), stripped of outer white space. Blank lines are skipped.

    Raises
    ------
    StoryError
        The file cannot be decoded, has no header or rows, lacks a required column, names one twice or misspells an
        optional one, has a quotation mark that is never closed, or a row has more fields than the header. Short rows
        are returned and marked.
    """
    required = tuple(required)
    try:
        text, _ = decode(raw)
    except UndecodableError as error:
        raise StoryError(Fault(name, "", f"cannot be read: {error}", "save it as CSV in UTF-8")) from error
    previous = csv.field_size_limit(FIELD_LIMIT)
    try:
        records, line = [], 1
        reader = csv.reader(io.StringIO(text, newline=""), strict=True)
        for record in reader:
            records.append((line, record))
            line = reader.line_num + 1
    except csv.Error as error:
        raise StoryError(
            Fault(
                name,
                f"row that begins on line {line}",
                f"{error}",
                'close the quotation mark, and write " inside a field as ""',
            )
        ) from error
    finally:
        csv.field_size_limit(previous)
    records = [(line, record) for line, record in records if any(cell.strip() for cell in record)]
    if not records:
        raise StoryError(Fault(name, "", "is empty", f"write a header row: {','.join(required)}"))
    header = [column.strip() for column in records[0][1]]
    _check_header(header, required, tuple(optional), name)
    if len(records) == 1:
        raise StoryError(Fault(name, "", "has a header but no rows", "add a row, or remove the file"))
    faults = [
        Fault(
            name,
            f"line {line}",
            f"{len(record)} fields where the header has {len(header)} ({shortened(','.join(record[len(header) :]), 40)!r} is left over)",
            "quote a field that holds a comma, or remove the extra one",
        )
        for line, record in records[1:]
        if len(record) > len(header)
    ]
    if faults:
        raise StoryError(faults)
    return [
        Row(
            line=line,
            cells={
                column: unguard_formula(cell.strip(" \n\u00a0")) for column, cell in zip(header, record, strict=False)
            },
            short=len(record) < len(header),
        )
        for line, record in records[1:]
    ]


def _check_header(header: list[str], required: tuple[str, ...], optional: tuple[str, ...], name: str) -> None:
    missing = [column for column in required if column not in header]
    delimiter = next((mark for mark in ";\t|" if len(header) == 1 and mark in header[0]), "")
    if missing and delimiter:
        raise StoryError(
            Fault(name, "line 1", f"columns are separated by {delimiter!r}", "save it with commas between the columns")
        )
    faults = [
        Fault(
            name,
            "line 1",
            f"no column {column!r} (there are: {shortened(', '.join(header))})",
            f"add a column {column!r}",
        )
        for column in missing
    ]
    faults += [
        Fault(name, "line 1", f"column {column!r} stands twice", "rename or remove one of them")
        for column in dict.fromkeys(c for c in header if header.count(c) > 1)
    ]
    known = {*required, *optional}
    for column in header:
        # A column of the user's own is fine; one that is ours but for a letter would be passed over in silence.
        near = difflib.get_close_matches(column.lower(), known - set(header), n=1, cutoff=0.8)
        if column not in known and near:
            faults.append(Fault(name, "line 1", f"unknown column {shortened(column)!r}", f"write {near[0]!r}"))
    if faults:
        raise StoryError(faults)


def to_csv(table: pd.DataFrame) -> str:
    """Return `table` as CSV text: one header row, LF line ends, floats with 10 significant digits.

    Text cells are guarded against being taken for formulas; numbers never are.
    """
    guarded = table.copy()
    for column in guarded.columns:
        if not (pd.api.types.is_numeric_dtype(guarded[column]) or pd.api.types.is_bool_dtype(guarded[column])):
            guarded[column] = guarded[column].map(guard_formula, na_action="ignore")
    return guarded.to_csv(index=False, lineterminator="\n", float_format="%.10g")
