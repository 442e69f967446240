"""The codebook of the data against the data."""

import csv
import re
import tomllib
from collections import Counter

import pytest
from tests_root import ALASKA, ROOT

from summit_analysis.codebook import KINDS
from summit_analysis.judgements import STATUSES

PAGE = (ROOT / "data" / "README.md").read_text(encoding="utf-8")
PLAIN_PAGE = " ".join(PAGE.split())
BOOK = tomllib.loads((ALASKA / "codebook.toml").read_text(encoding="utf-8"))


with (ALASKA / "codings.csv").open(encoding="utf-8", newline="") as codings_file:
    CODED: dict[str, dict[tuple[str, str], str]] = {}
    for coding in csv.DictReader(codings_file):
        CODED.setdefault(coding["coder"], {})[coding["claim"], coding["article"]] = coding["status"]
TOLD = {"asserts", "partial"}


def section(heading: str) -> str:
    return PAGE.split(f"\n## {heading}\n")[1].split("\n## ")[0]


def documented(heading: str) -> list[list[str]]:
    """Return the names in code marks of each table row in a section."""
    rows = [line for line in section(heading).splitlines() if line.startswith("| `")]
    return [[cell.strip("` ") for cell in row.strip("|").split("|")] for row in rows]


@pytest.mark.parametrize("name", ["articles.csv", "codings.csv", "quotations.csv"])
def test_every_column_is_described_in_order(name):
    with (ALASKA / name).open(encoding="utf-8", newline="") as file:
        header = next(csv.reader(file))
    assert [row[0] for row in documented(name)] == header


def test_every_key_of_the_codebook_is_described():
    known = [[kind, key] for kind, model in KINDS.items() for key in model.model_fields]
    assert [row[:2] for row in documented("codebook.toml")] == known
    required = [[k, key] for k, model in KINDS.items() for key, f in model.model_fields.items() if f.is_required()]
    assert [row[:2] for row in documented("codebook.toml") if row[2].endswith("; required")] == required


def test_every_file_of_the_story_is_described():
    names = {p.name for p in ALASKA.iterdir()}
    assert names == {"articles.csv", "codebook.toml", "codings.csv", "quotations.csv", "texts"}
    assert {h.strip("/") for h in re.findall(r"^## (\S+[/.]\S*)$", PAGE, re.MULTILINE)} == names


def test_the_four_statuses_are_described():
    row = next(row for row in documented("codings.csv") if row[0] == "status")
    assert all(f"`{status}`" in f"`{row[1]}" for status in STATUSES)


def test_every_coder_coded_every_claim_for_every_article():
    articles = sorted(p.stem for p in (ALASKA / "texts").iterdir())
    pairs = sorted((claim["id"], article) for claim in BOOK["claim"] for article in articles)
    assert set(CODED) == {"first", "second", "agreed"}
    assert all(sorted(judged) == pairs for judged in CODED.values())
    assert f"all {len(BOOK['claim'])} claims in all {len(articles)} articles" in PLAIN_PAGE


def alpha(pairs: list[tuple]) -> float:
    """Return Krippendorff's alpha of two coders for nominal data, nothing missing (Krippendorff 2019, ch. 12.3.1)."""
    counts = Counter(value for pair in pairs for value in pair)
    n = counts.total()
    expected = 1 - sum(c * (c - 1) for c in counts.values()) / (n * (n - 1))
    return 1 - sum(a != b for a, b in pairs) / len(pairs) / expected


def test_alpha_of_a_case_worked_out_by_hand():
    # 1 of 4 pairs differs; 5 values are a and 3 are b, so that by chance 2 * 5 * 3 of 8 * 7 would: 1 - (1/4) / (30/56).
    assert alpha([("a", "a"), ("a", "a"), ("b", "b"), ("a", "b")]) == pytest.approx(8 / 15)


def test_the_page_tells_how_far_the_two_coders_agree():
    pairs = [(status, CODED["second"][pair]) for pair, status in CODED["first"].items()]
    told = [tuple(status in TOLD for status in pair) for pair in pairs]
    found = [pair for pair in pairs if pair != ("absent", "absent")]
    same, found_same, told_same = (sum(a == b for a, b in judged) for judged in (pairs, found, told))
    assert (
        f"Of {len(pairs)} judgements, {same} are the same ({same / len(pairs):.1%}; Krippendorff's alpha for nominal data "
        f"{alpha(pairs):.2f}). Both say `absent` in {len(pairs) - len(found)}; of the {len(found)} where at least one found "
        f"something, {found_same} are the same ({found_same / len(found):.1%}). Whether a claim is told at all (`asserts` or "
        f"`partial`) is the same in {told_same} ({told_same / len(pairs):.1%}; alpha {alpha(told):.2f})."
    ) == PLAIN_PAGE[PLAIN_PAGE.index("Of 350 judgements") :].split(" | Disagreements")[0].replace(" %", "%")


def test_the_page_tells_how_disagreements_were_settled():
    shown, ways = {}, ("first", "second", "neither")
    for row in re.findall(r"^\| (?:between `(\w+)` and `(\w+)`|all) ((?:\| \d+ )+)\|$", PAGE, re.MULTILINE):
        shown[frozenset(row[:2])] = [int(n) for n in row[2].strip("| ").split(" | ")]
    settled = {}
    for pair, status in CODED["agreed"].items():
        judged = {coder: CODED[coder][pair] for coder in ("first", "second")}
        if judged["first"] == judged["second"]:
            assert status == judged["first"], pair
            continue
        way = next((coder for coder in judged if judged[coder] == status), "neither")
        settled.setdefault(frozenset(judged.values()), Counter())[way] += 1
    settled[frozenset([""])] = sum(settled.values(), Counter())
    assert {kind: [ways_of.total(), *(ways_of[w] for w in ways)] for kind, ways_of in settled.items()} == shown
    assert all("partial" in kind for kind in settled if kind != {""}), "the page says so of every disagreement"


def test_a_settled_disagreement_says_why(alaska):
    differ = {pair for pair, status in CODED["first"].items() if status != CODED["second"][pair]}
    agreed = alaska.codebook.codings.query("coder == 'agreed'").set_index(["claim", "article"])
    assert (agreed.loc[sorted(differ), "note"] != "").all()


def test_agreed_evidence_is_that_of_a_coder_where_both_agree(alaska):
    evidence = alaska.codebook.codings.pivot(index=["claim", "article"], columns="coder", values="evidence")
    same = [pair for pair, status in CODED["first"].items() if status == CODED["second"][pair]]
    kept = evidence.loc[same]
    assert ((kept["agreed"] == kept["first"]) | (kept["agreed"] == kept["second"])).all()


def test_the_page_counts_what_the_codebook_holds():
    themes = Counter(claim["theme"] for claim in BOOK["claim"])
    assert f"The codebook holds {len(BOOK['claim'])} claims in {len(themes)} themes, " in PLAIN_PAGE
    kinds = ("fact", "referent", "frame", "speaker")
    facts, referents, frames, speakers = (f"{len(BOOK[kind])} {kind}s" for kind in kinds)
    assert f"{facts}, {referents}, {frames} and {speakers}." in PLAIN_PAGE
    assert all(5 <= count <= 9 for count in themes.values())


def test_a_statement_stands_for_itself():
    for claim in BOOK["claim"]:
        statement = claim["statement"]
        assert statement[0].isupper() and statement.endswith((".", "”."))
        assert not re.match(r"(He|She|They|This|That|These)\b", statement)
    assert len({claim["statement"] for claim in BOOK["claim"]}) == len(BOOK["claim"])


def test_the_claims_are_told_by_one_by_some_and_by_all(alaska):
    codings = alaska.codebook.codings.query("coder == 'agreed'")
    told = codings["status"].isin(TOLD).groupby(codings["claim"]).sum()
    assert set(told) == {1, 2, 3, 4, 5}, "every claim is told by an article, some by all"
    assert (codings["status"] == "contradicts").groupby(codings["claim"]).any().sum() >= 5


def test_a_partial_or_contrary_coding_says_why(alaska):
    codings = alaska.codebook.codings
    assert codings[codings["status"].isin(["partial", "contradicts"]) & (codings["note"] == "")].empty


def test_evidence_stands_at_one_place(alaska):
    for row in alaska.codebook.codings.query("evidence != ''").itertuples():
        assert alaska.corpus.texts[row.article].count(row.evidence) == 1


def occurs(form: str, text: str) -> bool:
    pattern = r"\w*".join(re.escape(piece) for piece in form.split("*"))
    return re.search(rf"(?<!\w){pattern}(?!\w)", text, re.IGNORECASE) is not None


def test_forms_terms_values_and_speakers_occur_in_the_texts(alaska):
    whole = "\n".join(alaska.corpus.texts.values())
    forms = [form for referent in BOOK["referent"] for form in referent["forms"]]
    unused = re.findall("`([^`]+)`", PLAIN_PAGE.split("although no article uses them", 1)[1].split(". ", 1)[0])
    assert [form for form in forms if not occurs(form, whole)] == unused
    assert [term for frame in BOOK["frame"] for term in frame["terms"] if not occurs(term, whole)] == []
    assert [value for fact in BOOK["fact"] for value in fact.get("values", []) if not occurs(value, whole)] == []
    assert [speaker["name"] for speaker in BOOK["speaker"] if not occurs(speaker["name"], whole)] == []
    assert [fact["id"] for fact in BOOK["fact"] if not any(occurs(word, whole) for word in fact["near"])] == []


def test_every_referent_has_forms_that_compete():
    assert [referent["id"] for referent in BOOK["referent"] if len(set(referent["forms"])) < 2] == []
    texts = [form.lower() for referent in BOOK["referent"] for form in referent["forms"]]
    assert [form for form, count in Counter(texts).items() if count > 1] == []
