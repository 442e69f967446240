import pytest

COPY = (
    "The exhausted divers surfaced beside a sunken tanker and waved towards the helicopter. Their instruments had corroded "
    "overnight in the flooded engine room, where nobody expected survivors."
)


@pytest.fixture
def strips(tables_of):
    def make(texts, **files):
        return tables_of(texts, **files)["shared_passages"]

    return make


def test_a_ribbon_goes_by_way_of_each_that_has_the_passage(strips):
    table = strips({"a.txt": COPY, "b.txt": COPY, "c.txt": COPY})
    ribbons = table[table["mark"] == "passage"]
    drawn = ribbons[ribbons["drawn"]]
    assert drawn[["place", "place_b"]].to_numpy().tolist() == [[0, 1], [1, 2]]
    assert len(ribbons) == 3
    assert ribbons["joined"].all()
    assert (drawn["start"].tolist(), drawn["end"].tolist()) == ([0.0, 0.0], [1.0, 1.0])
    assert sorted(ribbons["rank"]) == [0, 1, 2]


def test_marks_lie_where_the_words_are(strips):
    table = strips({"a.txt": "Fish met fish. “We swim home,” they said.", "b.txt": "War ended."})
    quotation = table[table["mark"] == "quotation"].iloc[0]
    # 8 words: fish met fish we swim home they said
    assert (quotation["start"], quotation["end"]) == (3 / 8, 6 / 8)
    assert not (table["mark"] == "passage").any()


def test_an_agency_text_stands_above_its_copy(strips):
    table = strips(
        {"a.txt": "Fish swim home.", "b.txt": COPY, "z.txt": COPY, "w.txt": "War ended today."},
        articles="outlet,file,role\nA,texts/a.txt,article\nB,texts/b.txt,article\nZ,texts/z.txt,wire\nW,texts/w.txt,wire\n",
    )
    order = table[table["mark"] == "article"].sort_values("place")["article"].tolist()
    assert order.index("z") + 1 == order.index("b")
    assert order[0] == "w"


def test_all_articles_have_a_strip_and_shares_are_within_it(alaska):
    table = alaska["shared_passages"]
    assert (table["mark"] == "article").sum() == 5
    assert table[["start", "end"]].stack().between(0, 1).all()
    assert (table["start"] <= table["end"]).all()
    assert (table[table["mark"] == "passage"]["place"] < table[table["mark"] == "passage"]["place_b"]).all()
