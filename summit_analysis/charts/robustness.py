"""Which headline findings hold when a choice is made otherwise: findings as rows, checks as columns."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure

from summit_analysis.charts.style import (
    GREY,
    INK,
    LIGHT,
    MARGIN,
    SMALL,
    WARNING,
    WIDE,
    Page,
    empty_page,
    line_height,
    styled,
    width_of,
    wrap,
)  # fmt: skip


@styled
def plot_robustness(robustness: pd.DataFrame, *, title: str, footer: str) -> Figure:
    """Draw `robustness` (`robustness.robustness`): a filled dot holds, a cross changes, a dash does not bear on it."""
    if robustness.empty:
        return empty_page(title, footer, "No headline finding to check.")
    checks = robustness.drop_duplicates("column").sort_values("column")
    findings = robustness.drop_duplicates("row").sort_values("row")
    inner, statement_width, count_width = WIDE - 2 * MARGIN, 62.0, 22.0
    cell = min(9.0, (inner - statement_width - count_width) / len(checks))
    names = [wrap(check, 40, lines=1) for check in checks["check"]]
    header = max(width_of(name) for name in names) + 4
    statements = [wrap(statement, statement_width - 3, lines=4) for statement in findings["statement"]]
    heights = [max(5.0, (s.count("\n") + 1) * line_height() + 2) for s in statements]
    page = Page(title, footer, content=header + sum(heights) + 2)
    canvas = page.canvas(MARGIN, 0, inner, header + sum(heights) + 2)
    for n, name in enumerate(names):
        canvas.text(statement_width + (n + 0.5) * cell, header - 2, name, rotation=90, ha="center", va="bottom")
    y = header
    for finding, statement, height in zip(findings.itertuples(), statements, heights, strict=True):
        canvas.plot([0, inner], [y, y], color=LIGHT, linewidth=0.6)
        middle = y + height / 2
        canvas.text(0, middle, statement, va="center", linespacing=1.15, color=INK if finding.kept else GREY)
        for check in robustness[robustness["row"] == finding.row].itertuples():
            x = statement_width + (check.column + 0.5) * cell
            if check.holds == "holds":
                canvas.plot([x], [middle], "o", color=INK, markersize=4.5)
            elif check.holds == "changes":
                canvas.plot([x], [middle], "x", color=WARNING, markersize=5, markeredgewidth=1.4)
            else:
                canvas.plot([x - 0.8, x + 0.8], [middle, middle], color=LIGHT, linewidth=1)
        held = f"{finding.held} of {finding.checks}" if finding.checks else "not checked"
        canvas.text(
            inner, middle, held, ha="right", va="center", size=SMALL, weight="bold" if finding.kept else "normal"
        )
        y += height
    return page.figure
