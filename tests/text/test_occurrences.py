from summit_analysis.text.forms import compile_form
from summit_analysis.text.occurrences import PLACE_COLUMNS, find_occurrences


def test_each_place_is_a_row_with_its_list_and_what_overlaps_in_one_list_counts_once(tables_of):
    tables = tables_of({"a.txt": "The red boat came. “A boat,” said Ada Lund."})
    lists = [
        {("ship", form): compile_form(form) for form in ("boat", "red boat")},
        {("colour", "red"): compile_form("red")},
    ]
    table = find_occurrences(tables.corpus.texts, tables["segments"], tables["quotations"], lists, name="list")
    assert list(table) == ["list", *PLACE_COLUMNS, "rank"]
    assert table[["list", "form", "voice", "start", "rank"]].to_numpy().tolist() == [
        ["ship", "red boat", "own", 4, 1],
        ["ship", "boat", "quoted", 22, 0],
        ["colour", "red", "own", 4, 2],
    ]
