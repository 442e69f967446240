import os
import signal
import subprocess
import sys
import time

import pytest

TEXTS = {"a.txt": "Red carpet. They met.", "b.txt": "Red plane. They left."}


def command(*words, **options):
    return subprocess.run(
        [sys.executable, "-m", "summit_analysis.cli", *map(str, words)],
        capture_output=True,
        text=True,
        check=False,
        **options,
    )


def test_the_package_is_run_as_its_command_is():
    done = subprocess.run(
        [sys.executable, "-m", "summit_analysis", "--help"], capture_output=True, text=True, check=True
    )
    assert "Usage: summit-analysis" in done.stdout
    assert "suggest-claims" in done.stdout


def test_run_prints_where_everything_is(write_story, tmp_path):
    done = command("run", write_story(TEXTS), "--out", tmp_path / "out", "--tables")
    assert done.returncode == 0
    assert f"tables:      {tmp_path / 'out' / 'tables'}" in done.stdout
    assert "note: claims are not compared: the story has no codebook.toml" in done.stdout
    assert "table similarity" in done.stderr


@pytest.mark.parametrize(
    ("articles", "message"),
    [
        (None, "no such folder or file"),
        ("outlet\nx\n", "articles.csv, line 1: no column 'file'"),
        ("outlet,file\nx,[red]y\n", "the file does not exist"),
    ],
)
def test_a_fault_is_a_message_and_exit_code_1_and_nothing_is_written(write_story, tmp_path, articles, message):
    story = tmp_path / "none" if articles is None else write_story(TEXTS, articles=articles)
    done = command("run", story, "--out", tmp_path / "out")
    assert done.returncode == 1
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "out").exists()


def test_stopping_a_run_changes_nothing(write_story, tmp_path):
    story, out = write_story(TEXTS), tmp_path / "out"
    assert command("run", story, "--out", out, "--tables").returncode == 0
    before = sorted(p.name for p in tmp_path.rglob("*"))
    words = [sys.executable, "-m", "summit_analysis.cli", "run", str(story), "--out", str(out)]
    # A test run in the background ignores SIGINT, and what it starts would too.
    heed = "import os, signal, sys; signal.signal(signal.SIGINT, signal.SIG_DFL); os.execv(sys.argv[1], sys.argv[1:])"
    words = [sys.executable, "-c", heed, *words]
    running = subprocess.Popen(words, stderr=subprocess.PIPE, text=True, start_new_session=True)
    for line in running.stderr:
        if "notebook 2" in line:
            break
    time.sleep(1)
    os.killpg(running.pid, signal.SIGINT)
    _, message = running.communicate(timeout=60)
    assert running.returncode == 130
    assert "nothing was changed" in message
    assert sorted(p.name for p in tmp_path.rglob("*")) == before


def test_help_and_version():
    assert "run" in command("--help").stdout
    assert command("--version").stdout.startswith("summit-analysis 0.")


def test_new_then_check(write_story, tmp_path):
    done = command("new", tmp_path / "mine")
    assert done.returncode == 0
    assert str(tmp_path / "mine" / "articles.csv") in done.stdout
    assert command("new", tmp_path / "mine").returncode == 1
    empty = command("check", tmp_path / "mine")
    assert empty.returncode == 1
    assert "articles.csv: has a header but no rows" in empty.stderr
    sound = command("check", write_story(TEXTS))
    assert sound.returncode == 0
    assert "2 documents read: 2 analysed, 0 set aside" in sound.stdout


def test_check_tells_every_fault_with_file_row_field_and_mend(write_story):
    done = command(
        "check", write_story(TEXTS, corrections="article,start,end,field,value\nx,0,3,speaker,y\na,9,3,mood,z\n")
    )
    assert done.returncode == 1
    assert done.stderr.count("error:") == 3
    assert "corrections.csv, line 3, column field: 'mood' cannot be corrected → use one of: speaker" in done.stderr
