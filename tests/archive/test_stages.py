"""What a stage leaves is whole, the same each time, and belongs to one archive and its settings."""

import numpy as np
import pyarrow as pa
from scipy import sparse

from summit_analysis.archive import memory, stages


def test_arrays_come_back_and_have_the_same_bytes(tmp_path):
    matrix = sparse.csr_array(np.array([[0, 2], [3, 0]]))
    for name in ("a.npz", "b.npz"):
        stages.save(tmp_path / name, **stages.pack_matrix(matrix), **stages.pack_terms(pa.array(["ä", "", "z"])))
    arrays = stages.load(tmp_path / "a.npz")
    assert (stages.unpack_matrix(arrays).toarray() == matrix.toarray()).all()
    assert stages.unpack_terms(arrays).to_pylist() == ["ä", "", "z"]
    assert (tmp_path / "a.npz").read_bytes() == (tmp_path / "b.npz").read_bytes()


def test_a_work_folder_is_kept_for_the_same_settings_only(tmp_path):
    work = tmp_path / "work"
    assert not stages.begin(work, {"archive": "a"})
    (work / "lines").mkdir()
    (work / "lines" / ".torn.tmp").write_text("half")
    (work / "lines" / "000000.npz").write_text("whole")
    assert stages.begin(work, {"archive": "a"})
    assert [path.name for path in (work / "lines").iterdir()] == ["000000.npz"]
    assert not stages.begin(work, {"archive": "b"})
    assert not (work / "lines").exists()


def test_arrays_appended_are_one_array_read_in_place(tmp_path):
    with stages.appended(tmp_path / "a.npy") as append:
        append(np.array([1, 2], dtype=np.int32))
        append(np.array([3], dtype=np.int32))
    assert stages.in_place(tmp_path / "a.npy").tolist() == [1, 2, 3]
    with stages.appended(tmp_path / "none.npy"):
        pass
    assert len(stages.in_place(tmp_path / "none.npy")) == 0


def test_some_rows_of_one_array_are_read_alone(tmp_path):
    stages.save(tmp_path / "x.npz", first=np.arange(9, dtype=np.uint64), other=np.array([7, 8], dtype=np.int32))
    with stages.opened(tmp_path / "x.npz") as rows:
        assert rows("first", 3, 6).tolist() == [3, 4, 5]
        assert rows("other", 0, 2).tolist() == [7, 8]
    assert list(stages.load(tmp_path / "x.npz", "other")) == ["other"]


def test_what_was_read_in_place_is_let_go_where_it_is_too_much(tmp_path):
    with stages.appended(tmp_path / "a.npy") as append:
        append(np.arange(1 << 21))
    array = stages.in_place(tmp_path / "a.npy")
    total = array.sum()
    held = memory.mapped()
    stages.let_go(1 << 30)
    assert memory.mapped() == held
    stages.let_go(1 << 20)
    assert held - memory.mapped() > array.nbytes * 0.9 or not held
    assert array.sum() == total
