"""What the pipeline finds in the invented story against what was designed into it, see `design.toml` there."""

import re
import tomllib
from collections import defaultdict

import pytest
from tests_root import TORMEY

from summit_analysis import analysis, findings, load_corpus
from summit_analysis.measures.claims import settle

DESIGN = tomllib.loads((TORMEY / "design.toml").read_text(encoding="utf-8"))
AGENCY, REWRITES = DESIGN["lineages"]["agency"], DESIGN["lineages"]["rewrites"]
INDEPENDENT = DESIGN["lineages"]["independent"]
COMPARED = [*REWRITES, *INDEPENDENT]
WORDS = re.compile(r"\b\w\w+\b")  # scikit-learn's default token pattern


TEXTS = {path.stem: path.read_text(encoding="utf-8") for path in sorted((TORMEY / "texts").iterdir())}


def place(article: str, text: str, after: int = 0) -> tuple[int, int]:
    """Return where a designed span stands in its article."""
    start = TEXTS[article].index(text, after)
    return start, start + len(text)


def designed_quotations() -> list[dict]:
    """Return the designed quotations with their numbers and offsets."""
    placed: list[dict] = []
    for entry in DESIGN["quotation"]:
        before = [q for q in placed if q["article"] == entry["article"]]
        start, end = place(entry["article"], entry["text"], before[-1]["end"] if before else 0)
        where = {"quotation": len(before) + 1, "start": start, "end": end}
        placed.append({"speaker": "", "verb": "", "utterance": ""} | entry | where)
    return placed


def keys(table) -> list[tuple[str, int]]:
    """Return the article and number of each quotation in a table."""
    return list(zip(table["article"], table["quotation"], strict=True))


QUOTATIONS = designed_quotations()
SPEECH = [q for q in QUOTATIONS if q["kind"] == "speech"]
UTTERED = [q for q in SPEECH if q["utterance"] and q["article"] in COMPARED]


@pytest.fixture(scope="module")
def story() -> analysis.Tables:
    return analysis.tables(load_corpus(TORMEY))


# the design itself


def test_the_design_holds_together():
    assert sorted([AGENCY, *COMPARED]) == sorted(TEXTS)
    spans = [(r["article"], r["text"]) for r in DESIGN["reuse"]] + [(r["in"], r["text_in"]) for r in DESIGN["reuse"]]
    spans += [(v["article"], v["text"]) for v in DESIGN["value"]]
    assert [(article, text) for article, text in spans if TEXTS[article].count(text) != 1] == []
    assert all((r["text"] == r["text_in"]) == (r["kind"] == "verbatim") for r in DESIGN["reuse"])
    assert {q["utterance"] for q in QUOTATIONS} - {""} == {u["id"] for u in DESIGN["utterance"]}


def test_the_design_names_what_the_codebook_names(story):
    book = story.codebook
    assert {c["id"] for c in DESIGN["claim"]} == set(book.claims["claim"])
    assert {v["fact"] for v in DESIGN["value"]} == {d["fact"] for d in DESIGN["discrepancy"]} == set(book.facts["fact"])
    forms = {(r.referent, form) for r in book.referents.itertuples() for form in r.forms}
    assert {(n["referent"], n["form"]) for n in DESIGN["naming"]} == forms
    assert {f["frame"] for f in DESIGN["frame"]} <= set(book.frames["frame"])


def test_names_are_counted_outside_of_what_is_quoted():
    own = dict(TEXTS)
    for q in SPEECH:
        text = own[q["article"]]
        own[q["article"]] = text[: q["start"]] + "_" * (q["end"] - q["start"]) + text[q["end"] :]
    for n in DESIGN["naming"]:
        pattern = rf"(?i)\b{re.escape(n['form'])}\b"
        for texts in (own, TEXTS):
            counts = {article: len(re.findall(pattern, text)) for article, text in texts.items()}
            assert {article: count for article, count in counts.items() if count} == n["counts"]


# what was read


def test_each_article_is_read_whole_and_the_agency_came_first(story):
    articles = story.corpus.articles.set_index("article")
    assert set(story["load_report"]["outcome"]) == {"analysed"}
    assert all(TEXTS[a].startswith(title + "\n\n") for a, title in articles["title"].items())
    assert list(articles.index[articles["role"] == "wire"]) == [AGENCY]
    assert articles["outlet"].is_unique and articles["published"].min() == articles["published"][AGENCY]
    assert story["articles"]["words"].between(200, 450).all()


def test_headings_bylines_and_credit_lines_are_told_from_prose(story):
    segments = story["segments"]
    first = segments[segments["segment"] == 1].set_index("article")
    assert set(first["kind"]) == {"heading"}
    assert list(first["text"]) == list(story.corpus.articles["title"])
    put_around = segments[segments["kind"] == "boilerplate"]
    assert list(put_around["text"]) == ["By Lena Farrow", "(With inputs from Norpress)"]


# who tells it alike


def test_each_rewrite_is_most_like_another(story):
    pairs = story["similarity"].query("voice == 'all'")
    both = [(r.article_a, r.article_b, r.cosine) for r in pairs.itertuples()]
    for article in REWRITES:
        near = max((cosine, b if a == article else a) for a, b, cosine in both if article in (a, b))
        assert near[1] in REWRITES


# who speaks


@pytest.mark.parametrize("article", list(TEXTS))
def test_every_quoted_span_is_found_with_its_kind(story, article):
    found = story["quotations"].query("article == @article")[["quotation", "start", "end", "text", "kind"]]
    designed = [q for q in QUOTATIONS if q["article"] == article]
    assert found.to_dict("records") == [{name: q[name] for name in found} for q in designed]


@pytest.mark.parametrize("field", ["speaker", "verb"])
@pytest.mark.parametrize("designed", QUOTATIONS, ids=lambda q: f"{q['article']}-{q['quotation']}")
def test_every_quotation_has_its_speaker_and_verb(story, designed, field):
    key = (designed["article"], designed["quotation"])
    assert story["quotations"].set_index(["article", "quotation"]).loc[key, field] == designed[field]


def test_each_utterance_is_one_cluster_of_variants(story):
    designed = defaultdict(set)
    for q in UTTERED:
        designed[q["utterance"], q["speaker"]].add((q["article"], q["quotation"]))
    several = [members for members in designed.values() if len({article for article, _ in members}) > 1]
    found = [set(keys(members)) for _, members in story["variants"].groupby("variant")]
    assert sorted(map(sorted, found)) == sorted(map(sorted, several))


def test_variants_differ_where_both_quote_other_words(story):
    utterance = {(q["article"], q["quotation"]): q["utterance"] for q in UTTERED}
    rows = [utterance[key] for key in keys(story["variants"])]
    found = set(zip(rows, story["variants"]["differs"], strict=True))
    assert found == {(u["id"], u["differs"]) for u in DESIGN["utterance"]}


def test_words_given_to_two_speakers_are_one_conflict(story):
    designed = []
    for utterance in DESIGN["utterance"]:
        members = [q for q in UTTERED if q["utterance"] == utterance["id"]]
        if len({q["speaker"] for q in members}) > 1:
            designed.append({(q["article"], q["quotation"]): q["speaker"] for q in members})
    groups = [members for _, members in story["attribution_conflicts"].groupby("conflict")]
    found = [dict(zip(keys(group), group["speaker"], strict=True)) for group in groups]
    assert found == designed
    assert len(designed) == 1


@pytest.mark.parametrize("most", DESIGN["most_quoted"], ids=lambda m: m["article"])
def test_each_voice_has_its_share(story, most):
    article = most["article"]
    found = story["voices"].query("article == @article").set_index("speaker")
    said = defaultdict(int)
    for q in SPEECH:
        if q["article"] == article:
            said[q["speaker"]] += len(WORDS.findall(q["text"]))
    counted = "\n".join(story["segments"].query("article == @article and kind != 'boilerplate'")["text"])
    for speaker in said:
        assert found.loc[speaker, "words"] == said[speaker]
        assert found.loc[speaker, "share"] == pytest.approx(said[speaker] / len(WORDS.findall(counted)))
    assert found["words"].idxmax() == max(said, key=lambda speaker: said[speaker]) == most["speaker"]


# what each tells


@pytest.mark.parametrize("claim", DESIGN["claim"], ids=lambda claim: claim["id"])
def test_each_claim_is_told_by_those_who_tell_it(story, claim):
    settled = settle(story["claims"]).query("claim == @claim['id']")
    assert set(settled["coder"]) == {"designed"} and sorted(settled["article"]) == sorted(TEXTS)
    for status in ("asserts", "partial", "contradicts"):
        assert set(settled.loc[settled["status"] == status, "article"]) == set(claim.get(status, []))


def contrasts(kind: str) -> dict[str, list[str]]:
    return {c["claim"]: c["articles"] for c in DESIGN["contrast"] if c["kind"] == kind}


def test_what_one_alone_tells_or_leaves_out(story):
    alone = story["told_by_one"]
    assert dict(zip(alone["claim"], alone["article"].map(lambda a: [a]), strict=True)) == contrasts("alone")
    coverage = story["coverage"]
    missing = coverage[(coverage["weight"] == len(COMPARED) - 1) & ~coverage["told"]]
    absent = missing[missing["status"] == "absent"]
    assert dict(zip(absent["claim"], absent["article"].map(lambda a: [a]), strict=True)) == contrasts("omission")


def test_what_is_denied_or_told_in_the_heading_alone(story):
    settled = settle(story["claims"]).set_index(["claim", "article"])
    for claim, articles in contrasts("denial").items():
        assert all(settled.loc[(claim, article), "status"] == "contradicts" for article in articles)
        assert " not " in settled.loc[(claim, articles[0]), "evidence"]
    heading = story["segments"].query("kind == 'heading'").set_index("article")["end"]
    for claim, (article,) in contrasts("headline").items():
        assert settled.loc[(claim, article), "end"] <= heading[article]


def test_a_claim_is_told_as_attributed_or_hedged_by_those_who_tell_it(story):
    notes = settle(story["claims"]).set_index(["claim", "article"])["note"]
    for claim in DESIGN["claim"]:
        for commitment in ("attributed", "hedged", "denied"):
            assert all(notes[claim["id"], article].startswith(commitment) for article in claim.get(commitment, []))
        told = {*claim.get("asserts", []), *claim.get("partial", [])}
        for commitment in ("attributed", "hedged"):
            assert set(claim.get(commitment, [])) <= told
            if claim["id"] in contrasts(commitment):
                assert set(claim[commitment]) == told
        assert set(claim.get("denied", [])) <= set(claim.get("contradicts", []))


def test_commitments_are_read_off_as_designed(story):
    told = story["claims"].query("coder == 'designed' and evidence != ''")
    noted = told["note"].str.extract(r"^(fact|attributed|hedged|denied)\b")[0]
    wanted = noted.where(noted.notna(), "denied")  # "gives another number"
    assert set(told.loc[noted.isna(), "status"]) == {"contradicts"}
    assert told.loc[told["commitment"] != wanted, ["claim", "article", "commitment"]].values.tolist() == []


def test_the_findings_name_what_was_designed(story):
    telling = " ".join(findings.about("telling", story))
    assert "Only Port Ansel Courier tells" in telling
    assert "contradicted by The Skarland Ledger" in telling


# Tables that are held to the design as soon as the analysis makes them.


def covered(spans: list[tuple[int, int]], wanted: tuple[int, int]) -> float:
    """Return the share of a span that others cover together."""
    inside = {n for start, end in spans for n in range(start, end)}
    return sum(n in inside for n in range(*wanted)) / (wanted[1] - wanted[0])


def passages(story, one: str, two: str) -> list[tuple[str, str, tuple[int, int], tuple[int, int]]]:
    """Return kind, voice and the two spans of each passage that two articles share."""
    found = []
    for r in story["reuse"].itertuples():
        a, b = (r.start_a, r.end_a), (r.start_b, r.end_b)
        if (r.article_a, r.article_b) in ((one, two), (two, one)):
            found.append((r.kind, r.voice, *((a, b) if r.article_a == one else (b, a))))
    return found


@pytest.mark.parametrize("reused", DESIGN["reuse"], ids=lambda r: f"{r['in']}-{r['text'][:30]}")
def test_each_passage_of_the_agency_is_found_in_its_rewrites(story, reused):
    found = passages(story, reused["article"], reused["in"])
    assert covered([a for _, _, a, _ in found], place(reused["article"], reused["text"])) >= 0.8
    assert covered([b for _, _, _, b in found], place(reused["in"], reused["text_in"])) >= 0.8


@pytest.mark.parametrize("article", INDEPENDENT)
def test_what_tellings_of_their_own_share_is_names_and_stock_phrases(story, article):
    pairs = story["lineage_pairs"]
    own = (pairs["article_a"] == article) | (pairs["article_b"] == article)
    rewrites = ~pairs["article_a"].isin(INDEPENDENT) & ~pairs["article_b"].isin(INDEPENDENT)
    assert pairs.loc[own, "evidence"].max() < pairs.loc[rewrites, "evidence"].min() / 5


def test_the_agency_and_its_rewrites_are_one_lineage(story):
    table = story["lineages"]
    groups = [set(g["article"]) for name, g in table.groupby("lineage") if str(name)]
    assert [g for g in groups if len(g) > 1] in ([{AGENCY, *REWRITES}], [set(REWRITES)])


@pytest.mark.parametrize("fact", [d["fact"] for d in DESIGN["discrepancy"]])
def test_each_value_is_found_where_it_stands(story, fact):
    rows = story["facts"].query("fact == @fact")
    rows = rows[rows["rank"] == 1] if "rank" in rows else rows
    designed = {v["article"]: v for v in DESIGN["value"] if v["fact"] == fact}
    assert set(rows["article"]) - {AGENCY} == set(designed) - {AGENCY}
    for row in rows.itertuples():
        value = designed[row.article]
        start, end = place(row.article, value["text"])
        assert row.start < end and start < row.end
        if isinstance(value["value"], str):
            assert str(row.value).lower() == value["value"].lower()
        else:
            assert float(row.value) == pytest.approx(value["value"])
            assert float(row.low) == pytest.approx(value.get("low", value["value"]))
            assert float(row.high) == pytest.approx(value.get("high", value["value"]))


def test_each_fact_has_its_verdict(story):
    found = story["discrepancies"].set_index("fact")["verdict"].to_dict()
    assert found == {d["fact"]: d["verdict"] for d in DESIGN["discrepancy"]}


@pytest.mark.parametrize("designed", DESIGN["naming"], ids=lambda n: f"{n['referent']}-{n['form']}")
def test_each_name_is_counted(story, designed):
    rows = story["naming"].query("referent == @designed['referent'] and form == @designed['form'] and count > 0")
    counts = {a: n for a, n in zip(rows["article"], rows["count"], strict=True) if a != AGENCY}
    assert counts == {a: n for a, n in designed["counts"].items() if a != AGENCY}


@pytest.mark.parametrize("designed", DESIGN["verb"], ids=lambda v: f"{v['article']}-{v['verb']}")
def test_each_reporting_verb_has_its_stance(story, designed):
    rows = story["verbs"].query("article == @designed['article'] and speaker == @designed['speaker']")
    assert dict(zip(rows["verb"], rows["stance"], strict=True)).get(designed["verb"]) == designed["stance"]


@pytest.mark.parametrize("designed", DESIGN["frame"], ids=lambda f: f["frame"])
def test_each_frame_is_shown_most_where_it_was_put(story, designed):
    rows = story["frames"].query("frame == @designed['frame'] and voice == 'all'")
    assert rows.loc[rows["rate"].idxmax(), "article"] == designed["article"]
