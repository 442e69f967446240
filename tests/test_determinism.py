"""Two of the settings of `python -m benchmarks.determinism`, which goes through all of them with figures too."""

from benchmarks import determinism


def test_settings_that_must_not_matter_change_no_byte(tmp_path):
    one, two = (
        determinism.made(determinism.SETTINGS[n], determinism.STORY, tmp_path, n, figures=False) for n in (0, -1)
    )
    assert one == two
    assert "tables/similarity.csv" in one
