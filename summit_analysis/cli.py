"""The command ``summit-analysis``: it parses, reports and exits; the work is done in `publish.run`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from importlib.metadata import version as installed_version
from pathlib import Path
from typing import Annotated, TypeVar

import typer
from rich.console import Console
from rich.markup import escape

from summit_analysis.errors import Fault, StoryError, printable

T = TypeVar("T")

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Compare how different outlets told the same news event.",
)
out_console, err_console = (
    Console(soft_wrap=True, highlight=False),
    Console(stderr=True, soft_wrap=True, highlight=False),
)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"summit-analysis {installed_version('summit-analysis')}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Compare how different outlets told the same news event."""


@app.command()
def run(
    story: Annotated[Path, typer.Argument(help="Folder of the articles, or one CSV, JSONL or Parquet file of them.")],
    out: Annotated[
        Path, typer.Option("--out", help="Where report.html, tables/, figures/ and notebooks/ are written.")
    ],
    tables: Annotated[bool, typer.Option("--tables", help="Write the tables alone; no notebook is run.")] = False,
) -> None:
    """Analyse STORY and write its report, tables, figures and executed notebooks to OUT."""
    from summit_analysis.publish import run as runner  # noqa: PLC0415 - `--help` should not wait for pandas

    try:
        if err_console.is_terminal:
            with err_console.status("starting …") as status:
                left_out = runner.run(story, out, tables_only=tables, progress=lambda step: status.update(f"{step} …"))
        else:
            left_out = runner.run(story, out, tables_only=tables, progress=lambda step: print(step, file=sys.stderr))
    except StoryError as error:
        raise _refused(error.faults) from error
    except KeyboardInterrupt:
        err_console.print("stopped; nothing was changed")
        raise typer.Exit(130) from None
    for reason in left_out:
        out_console.print(f"note: {escape(printable(reason))}")
    for name in ("tables",) if tables else ("report.html", "tables", "figures", "notebooks"):
        out_console.print(f"{name + ':':12} {escape(printable(out / name))}")


@app.command()
def figures(
    folder: Annotated[Path, typer.Argument(help="Output of a run, or its folder of figures.")],
    to: Annotated[Path, typer.Option("--to", help="Folder that the pictures are written to.")],
    width: Annotated[str, typer.Option("--width", help="180mm (a page) or 85mm (one of two columns).")] = "180mm",
    format: Annotated[list[str] | None, typer.Option("--format", help="pdf, svg or png; may be repeated.")] = None,
    only: Annotated[list[str] | None, typer.Option("--only", help="Name of a figure; may be repeated.")] = None,
) -> None:
    """Draw the figures of FOLDER again from their CSV files, at another width or in another format."""
    from summit_analysis.publish import redraw  # noqa: PLC0415

    try:
        drawn, refused = redraw.redraw(folder, to, width=width, formats=format or ("pdf",), only=only or ())
    except StoryError as error:
        raise _refused(error.faults) from error
    for path in drawn:
        out_console.print(escape(printable(path)))
    for reason in refused:
        out_console.print(f"note: {escape(printable(reason))}")


@app.command()
def check(
    story: Annotated[Path, typer.Argument(help="Folder of the articles, or one CSV, JSONL or Parquet file of them.")],
) -> None:
    """Check every file of STORY and say what would be analysed; nothing is written. Exit code 1 if there is a fault."""
    from summit_analysis import story_check  # noqa: PLC0415

    checked = story_check.check_story(story)
    for line in story_check.described(checked):
        out_console.print(escape(printable(line)))
    if checked.faults:
        raise _refused(checked.faults)
    out_console.print("no faults")


@app.command()
def new(story: Annotated[Path, typer.Argument(help="Folder to lay the story out in: new or empty.")]) -> None:
    """Lay out an empty story in the folder STORY, with examples to fill in."""
    from summit_analysis.publish import blank_story  # noqa: PLC0415

    names = _told(lambda: blank_story.lay_out(story))
    for name in names:
        out_console.print(escape(printable(story / name)))
    out_console.print(f"next: read {escape(printable(story / names[0]))}")


def _refused(faults: Iterable[Fault]) -> typer.Exit:
    """Print each fault and return the exit that follows."""
    for fault in faults:
        err_console.print(f"[bold red]error:[/] {escape(str(fault))}")
    return typer.Exit(1)


@app.command("suggest-claims")
def suggest_claims(
    story: Annotated[Path, typer.Argument(help="Folder of the articles, as for `run`.")],
    to: Annotated[Path | None, typer.Option("--to", help="File to write; it must not be there yet.")] = None,
) -> None:
    """Draft a codebook.toml from what several articles of STORY tell alike, for a person to edit."""
    from summit_analysis.publish import draft  # noqa: PLC0415 - `--help` should not wait for pandas

    if to is None:
        sys.stdout.buffer.write(_told(lambda: draft.draft_codebook(story)).encode())
    else:
        _told(lambda: draft.save_draft(story, to))


@app.command()
def archive(
    source: Annotated[
        Path, typer.Argument(metavar="ARCHIVE", help="Parquet, a folder of Parquet shards, JSONL or CSV.")
    ],
    out: Annotated[Path, typer.Option("--out", help="Where the tables and summary.html are written.")],
    memory: Annotated[str, typer.Option("--memory", help="What all processes together may take.")] = "4GB",
    cores: Annotated[int, typer.Option("--cores", help="Processes at a time; 0 takes all cores.", min=0)] = 0,
    engine: Annotated[str, typer.Option("--engine", help="local or dask.")] = "local",
    dask: Annotated[
        str, typer.Option("--dask", help="Address of a Dask scheduler; its workers must see OUT's folder.")
    ] = "",
    neighbours: Annotated[str, typer.Option("--neighbours", help="auto, all-pairs or rare-terms.")] = "auto",
    skip_damaged: Annotated[
        bool, typer.Option("--skip-damaged", help="Go on without damaged shards, and list them.")
    ] = False,
) -> None:
    """Find neighbours, near duplicates, stories and distinctive words in ARCHIVE, of any size."""
    from summit_analysis.archive import command  # noqa: PLC0415 - `--help` should not wait for the compiler

    options = command.Options(memory, cores, engine, dask, neighbours, skip_damaged)
    for line in _told(lambda: command.archive(source, out, options, err_console)):
        out_console.print(escape(printable(line)))


@app.command()
def extract(
    out: Annotated[Path, typer.Argument(help="What `summit-analysis archive` wrote.")],
    story: Annotated[str, typer.Argument(metavar="STORY_ID", help="A story of stories.parquet.")],
    target: Annotated[Path, typer.Option("--to", metavar="STORY", help="The story folder to write.")],
) -> None:
    """Write one story that `archive` found as a story folder, which `run` takes."""
    from summit_analysis.archive.extract import extract as write  # noqa: PLC0415

    listing = _told(lambda: write(out, story, target))
    out_console.print(f"{len(listing)} articles: {escape(printable(target))}")


def _told(work: Callable[[], T]) -> T:
    """Return what `work` returns; what is wrong is told and ends the program."""
    try:
        return work()
    except StoryError as error:
        raise _refused(error.faults) from error
    except KeyboardInterrupt:
        err_console.print("stopped; nothing was changed")
        raise typer.Exit(130) from None


if __name__ == "__main__":
    app()
