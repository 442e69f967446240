"""The command line as a module: ``python -m summit_analysis``."""

from summit_analysis.cli import app

app(prog_name="summit-analysis")
