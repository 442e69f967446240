"""An outlet against all others; that it equals the small path is in test_run."""

import numpy as np
import pyarrow as pa
import pytest
from scipy import sparse, stats

from summit_analysis.archive import keyness


def test_p_values_with_multiplicity_are_those_written_out():
    p, times = np.array([0.01, 0.5, 0.03, 0.5, 0.2]), np.array([2, 3, 1, 1, 0])
    written_out = stats.false_discovery_control(np.repeat(p, times))
    expected = [written_out[np.flatnonzero(np.repeat(np.arange(5), times) == n)[0]] for n in range(4)]
    found = keyness.adjusted_with_multiplicity(p, times)
    assert found[:4] == pytest.approx(expected)
    assert np.isnan(found[4])


def test_absent_terms_are_tested_and_shown_where_expected():
    counts = sparse.csr_array(np.array([[30, 0, 1], [10, 40, 0], [30, 0, 0]]))
    table = keyness.log_odds(["a", "b", "c"], pa.array(["bank", "court", "the"]), counts)
    assert set(table["tests"]) == {9}
    shown = table.set_index(["outlet", "term"])
    # the others have "court" at 40 in 80 words, and outlet a has 31: 15.5 would be expected, none is there
    assert shown.loc[("a", "court"), ["count", "reference_count"]].tolist() == [0, 40]
    assert shown.loc[("a", "court"), "log_odds"] < 0
    assert ("b", "the") not in shown.index
    assert shown["stop_word"].xs("the", level="term").all()


def test_one_outlet_has_nothing_to_be_compared_with():
    table = keyness.log_odds(["a"], pa.array(["bank"]), sparse.csr_array(np.array([[3]])))
    assert table.empty and list(table.columns) == list(keyness.COLUMNS)
