"""The commands as they are typed."""

import pytest
from archive_rows import events
from typer.testing import CliRunner

from summit_analysis.archive.command import memory_size
from summit_analysis.cli import app
from summit_analysis.errors import StoryError


@pytest.mark.parametrize(
    ("written", "size"), [("4GB", 4 << 30), ("900 mb", 900 << 20), ("2.5g", 5 << 29), ("1TiB", 1 << 40)]
)
def test_memory(written, size):
    assert memory_size(written) == size


@pytest.mark.parametrize("written", ["much", "-4GB", "100MB", "nan"])
def test_memory_that_is_none(written):
    with pytest.raises(StoryError):
        memory_size(written)


def test_archive_and_extract(write_archive, tmp_path):
    path, out = write_archive(events(2, outlets=3)), tmp_path / "out"
    done = CliRunner().invoke(app, ["archive", str(path), "--out", str(out), "--cores", "1"])
    assert done.exit_code == 0, done.output
    assert "summary.html" in done.output and (out / "summary.html").exists()
    done = CliRunner().invoke(app, ["extract", str(out), "s0", "--to", str(tmp_path / "story")])
    assert "3 articles" in done.output
    assert len(list((tmp_path / "story" / "texts").iterdir())) == 3


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--engine", "spark"], "write local or dask"),
        (["--neighbours", "all"], "write one of auto"),
        (["--memory", "lots"], "no amount of memory"),
    ],
)
def test_options_that_are_not_understood(options, message, write_archive, tmp_path):
    done = CliRunner().invoke(
        app, ["archive", str(write_archive(events(1, outlets=1))), "--out", str(tmp_path / "out"), *options]
    )
    assert done.exit_code == 1
    assert message in " ".join(done.output.split())
    assert not (tmp_path / "out").exists()
