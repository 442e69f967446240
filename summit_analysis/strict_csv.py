"""CSV as a contract: every row has the header's columns, or the user hears which row has not.

pandas shifts columns when a row has a field too many and reads "NA" as missing; both would be silently wrong here.
"""

from __future__ import annotations

import csv
import difflib
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import pandas as pd

from summit_analysis.decoding import UndecodableError, decode, decode_cell, marked_encoding, refuse_binary
from summit_analysis.errors import Fault, StoryError, printable, shortened

# A spreadsheet would run a cell that starts so; an apostrophe in front keeps it text. The pattern also takes cells
# that have such an apostrophe already, so that writing and reading are each other's inverse.
FORMULA = re.compile(r"'*[=+\-@\t\r]")
FIELD_LIMIT = 2**31 - 1


@dataclass(frozen=True)
class Row:
    """One row of a CSV file: the line it begins on, its cells by column name, and whether fields are missing.

    `raw` is what stands in the column of texts, as bytes or, where the file's byte order mark has decided, as text.
    `problem` says why the row cannot be read, or is ``""``; `last` that the file ends with it, without a line end.
    """

    line: int
    cells: dict[str, str]
    short: bool = False
    raw: bytes | str = ""
    problem: str = ""
    last: bool = False


def guard_formula(value: str) -> str:
    """Return `value` so that no spreadsheet takes it for a formula (OWASP, "CSV Injection")."""
    return "'" + value if FORMULA.match(value) else value


def unguard_formula(value: str) -> str:
    """Return `value` without the apostrophe that `guard_formula` put before it."""
    return value[1:] if value.startswith("'") and FORMULA.match(value) else value


def read_rows(
    raw: bytes,
    *,
    name: str,
    required: Iterable[str],
    optional: Iterable[str] = (),
    texts: str = "",
    may_be_empty: bool = False,
) -> list[Row]:
    """Return the rows of the CSV file whose bytes are `raw`; `name` is what messages call the file.

    Cells are text as it stands ("007", "NA"), stripped of outer white space. Blank lines are skipped. A row that is not
    UTF-8 is read as cp1252, whatever the others are. `texts` names a column that holds whole documents: its cells are
    left verbatim in `Row.raw`, and a row that cannot be decoded is returned with its `problem`. A header without rows is
    a table where it `may_be_empty`.

    Raises
    ------
    StoryError
        The file cannot be decoded, has no header or no rows, lacks a required column, names one twice or misspells an
        optional one, has a quotation mark that is never closed or ends within a row, or a row has more fields than the
        header. Short rows are returned and marked.
    """
    required = tuple(required)
    text = _text_of(raw, name)
    records = [(line, record) for line, record in _records(text, name) if any(cell.strip() for cell in record)]
    if not records:
        raise StoryError(Fault(name, "", "is empty", f"write a header row: {','.join(required)}"))
    try:
        header = [_decoded(column).strip() for column in records[0][1]]
    except UndecodableError as error:
        raise StoryError(Fault(name, "line 1", str(error), "save the file as CSV in UTF-8")) from error
    _refuse_delimiter(header, required, name)
    check_columns(header, required=required, optional=optional, name=name, place="line 1")
    if len(records) == 1 and not may_be_empty:
        raise StoryError(Fault(name, "", "has a header but no rows", "add a row, or remove the file"))
    marked = marked_encoding(raw).startswith("utf-16") or marked_encoding(raw).startswith("utf-32")
    rows, faults = [], []
    for line, record in records[1:]:
        row = _row(line, header, record, texts, marked=marked)
        row = replace(row, last=line == records[-1][0] and not text.endswith("\n"))
        rows.append(row)
        if len(record) > len(header):
            left = shortened(",".join(record[len(header) :]), 40)
            found = f"{len(record)} fields where the header has {len(header)} ({left!r} is left over)"
            faults.append(
                Fault(name, f"line {line}", found, "quote a field that holds a comma, or remove the extra one")
            )
        elif row.short and row.last:
            faults.append(Fault(name, f"line {line}", "the file ends within this row", "copy the whole file again"))
        elif row.problem and not texts:
            faults.append(Fault(name, f"line {line}", f"cannot be read: {row.problem}", "save it as CSV in UTF-8"))
    if faults:
        raise StoryError(faults)
    return rows


def columns_of(raw: bytes, *, name: str) -> list[str]:
    """Return the header of the CSV file whose bytes are `raw`."""
    first = next((r for _, r in _records(_text_of(raw, name), name, first=True) if any(map(str.strip, r))), [])
    return [printable(column).strip() for column in first]


def numbered_records(lines: Iterable[str]) -> Iterator[tuple[int, list[str], int]]:
    """Yield each record with the line it begins on and the one after it; fields may be of any length.

    The limit of the csv module holds for the whole process, so it is lifted only while a record is being read.

    Raises
    ------
    csv.Error
        A quotation mark is never closed, or text follows one that was closed.
    """
    reader = csv.reader(lines, strict=True)
    while True:
        line = reader.line_num + 1
        previous = csv.field_size_limit(FIELD_LIMIT)
        try:
            record = next(reader, None)
        finally:
            csv.field_size_limit(previous)
        if record is None:
            return
        yield line, record, reader.line_num + 1


def _text_of(raw: bytes, name: str) -> str:
    """Return `raw` as text in which bytes that are not UTF-8 are kept as surrogates, for each row to settle."""
    try:
        refuse_binary(raw)
        if marked_encoding(raw) not in ("", "utf-8-sig"):
            return decode(raw)[0]
        text = raw.decode("utf-8-sig", "surrogateescape").replace("\r\n", "\n").replace("\r", "\n")
        if raw.count(0) > len(raw) / 5:
            raise UndecodableError("it holds NUL characters, so it is no plain text")
    except UndecodableError as error:
        raise StoryError(Fault(name, "", f"cannot be read: {error}", "save it as CSV in UTF-8")) from error
    return text


def _records(text: str, name: str, *, first: bool = False) -> list[tuple[int, list[str]]]:
    """Return (line it begins on, fields) of each record, or of those up to the `first` that holds anything."""
    records, line = [], 1
    try:
        for begins, record, line in numbered_records(io.StringIO(text, newline="")):  # noqa: B007 (an error names it)
            records.append((begins, record))
            if first and any(cell.strip() for cell in record):
                break
    except csv.Error as error:
        mend = 'close the quotation mark, and write " inside a field as ""'
        raise StoryError(Fault(name, f"row that begins on line {line}", f"{error}", mend)) from error
    return records


def _row(line: int, header: list[str], record: list[str], texts: str, *, marked: bool) -> Row:
    cells, problem, content = {}, "", ""
    for column, cell in zip(header, record, strict=False):
        if column == texts:
            content = cell if marked else cell.encode("utf-8", "surrogateescape")
            continue
        try:
            cells[column] = unguard_formula(_decoded(cell).strip(" \n\u00a0"))
        except UndecodableError as error:
            cells[column], problem = "", problem or f"column {shortened(column)}: {error}"
        if "\x00" in cell and not texts:
            problem = f"column {shortened(column)}: it holds a NUL character"
    return Row(line=line, cells=cells, short=len(record) < len(header), raw=content, problem=problem)


def _decoded(cell: str) -> str:
    """Return a cell whose undecoded bytes, if there are any, are settled as `decode_cell` settles them."""
    return cell if cell.isascii() else decode_cell(cell.encode("utf-8", "surrogateescape"))


def _refuse_delimiter(header: list[str], required: tuple[str, ...], name: str) -> None:
    delimiter = next((mark for mark in ";\t|" if len(header) == 1 and mark in header[0]), "")
    if delimiter and not set(required) <= set(header):
        raise StoryError(
            Fault(name, "line 1", f"columns are separated by {delimiter!r}", "save it with commas between the columns")
        )


def check_columns(
    header: list[str], *, required: Iterable[str], optional: Iterable[str] = (), name: str, place: str = ""
) -> None:
    """Raise `StoryError` where `header` lacks a required column, has one twice, or misspells one that is ours."""
    required = tuple(required)
    faults = [
        Fault(
            name,
            place,
            f"no column {column!r} (there are: {shortened(', '.join(header))})",
            f"add a column {column!r}",
        )
        for column in required
        if column not in header
    ]
    faults += [
        Fault(name, place, f"column {shortened(column)!r} stands twice", "rename or remove one of them")
        for column, times in Counter(header).items()
        if times > 1
    ]
    known = {*required, *optional}
    absent = sorted(known - set(header))
    longest = 2 * max(map(len, known))
    for column in header:
        # A column of the user's own is fine; one that is ours but for a letter would be passed over in silence.
        near = len(column) < longest and difflib.get_close_matches(column.lower(), absent, n=1, cutoff=0.8)
        if column not in known and near:
            faults.append(Fault(name, place, f"unknown column {shortened(column)!r}", f"write {near[0]!r}"))
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
