"""One vocabulary over all parts, and scikit-learn's TF-IDF in it."""

import numpy as np
import pytest
from archive_rows import article
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer

from summit_analysis.archive import boilerplate, ingestion, reading, stages, weights
from summit_analysis.text.terms import STOP_WORDS, normalise


def test_weights_over_parts_are_those_of_one_vectorizer(write_archive, tmp_path, monkeypatch):
    monkeypatch.setattr(ingestion, "PART_BYTES", 300)
    rows = [article(n) for n in range(12)]
    work = tmp_path / "work"
    ingestion.ingest(reading.shards(write_archive(rows)), work / "parts")
    parts = len(ingestion.part_paths(work / "parts"))
    assert parts > 2
    for part in range(parts):
        boilerplate.find_lines(work, part, {})
    boilerplate.find_repeated(work, parts, 1 << 20)
    for part in range(parts):
        weights.count_part(work, part, {"slices": 2})
    monkeypatch.setattr(weights, "MERGED", 2)
    with weights.merging(work) as take:
        for part in range(parts):
            take(part)
    for part in range(parts):
        weights.weigh_part(work, part, {"all_pairs": False})
    vocabulary = stages.load(work / weights.VOCABULARY)
    terms = stages.unpack_terms(vocabulary).to_pylist()
    assert terms == sorted(terms)
    assert vocabulary["documents"][terms.index("town7")] == 1
    assert vocabulary["count"][terms.index("the")] == 24
    vectorizer = TfidfVectorizer(preprocessor=normalise, stop_words=sorted(STOP_WORDS), sublinear_tf=True)
    expected = vectorizer.fit_transform([row["text"] for row in rows]).toarray()
    found = np.vstack(
        [stages.unpack_matrix(stages.load(stages.part_file(work, "weights", p))).toarray() for p in range(parts)]
    )
    columns = [terms.index(term) for term in vectorizer.get_feature_names_out()]
    assert found[:, columns] == pytest.approx(expected, rel=1e-12)
    assert np.delete(found, columns, axis=1).sum() == 0


def test_common_terms_are_left_out_where_candidates_are_sought(monkeypatch):
    monkeypatch.setattr(weights, "RARE", 2)
    rows = sparse.csr_array(np.array([[0.6, 0.8], [0.6, 0.8], [1.0, 0.0]]))
    assert weights.rare(rows, np.array([3, 2])).toarray().tolist() == [[0, 0.8], [0, 0.8], [0, 0]]


def test_heavy_terms_are_the_largest_weights_and_of_equal_ones_the_first(monkeypatch):
    monkeypatch.setattr(weights, "HEAVY_TERMS", 3)
    rows = sparse.csr_array(np.array([[0.2, 0.5, 0, 0.2, 0.2 + 1e-15], [0, 0, 0.3, 0, 0], [0, 0, 0, 0, 0]]))
    assert weights.heavy_terms(rows).tolist() == [[1, 0, 3], [2, -1, -1], [-1, -1, -1]]
