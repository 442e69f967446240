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
    TEXT,
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
def plot_robustness(robustness: pd.DataFrame, *, title: str, footer: str, width: float = WIDE) -> Figure:
    """Draw `robustness` (`robustness.robustness`): a filled dot holds, a cross changes, a dash does not bear on it."""
    if robustness.empty:
        return empty_page(title, footer, "No finding to check.", width=width)
    checks = robustness.drop_duplicates("column").sort_values("column")
    findings = robustness.drop_duplicates("row").sort_values("row")
    inner, narrow = width - 2 * MARGIN, width < WIDE
    # In one column of a journal each finding stands above its marks.
    left, count_width = (0.0, 0.0) if narrow else (62.0, 22.0)
    statement_width = inner - 16 if narrow else left
    cell = min(9.0, (inner - left - count_width) / len(checks))
    size = TEXT if cell >= line_height(TEXT) else SMALL
    names = [wrap(check, 40, lines=1, size=size) for check in checks["check"]]
    header = max(width_of(name) for name in names) + 4
    statements = [wrap(statement, statement_width - 3, lines=4) for statement in findings["statement"]]
    above = [(s.count("\n") + 1) * line_height() for s in statements]
    heights = [tall + 6.5 if narrow else max(5.0, tall + 2) for tall in above]
    page = Page(title, footer, content=header + sum(heights) + 2, width=width)
    canvas = page.canvas(MARGIN, 0, inner, header + sum(heights) + 2)
    for n, name in enumerate(names):
        canvas.text(left + (n + 0.5) * cell, header - 2, name, rotation=90, ha="center", va="bottom", size=size)
    y = header
    for finding, statement, tall, height in zip(findings.itertuples(), statements, above, heights, strict=True):
        canvas.plot([0, inner], [y, y], color=LIGHT, linewidth=0.6)
        said = y + 1 + tall / 2 if narrow else y + height / 2
        middle = y + height - 3 if narrow else said
        canvas.text(0, said, statement, va="center", color=INK if finding.kept else GREY)
        for check in robustness[robustness["row"] == finding.row].itertuples():
            x = left + (check.column + 0.5) * cell
            if check.holds == "holds":
                canvas.plot([x], [middle], "o", color=INK, markersize=4.5)
            elif check.holds == "changes":
                canvas.plot([x], [middle], "x", color=WARNING, markersize=5, markeredgewidth=1.4)
            else:
                canvas.plot([x - 0.8, x + 0.8], [middle, middle], color=LIGHT, linewidth=1)
        held = f"{finding.held} of {finding.checks}" if finding.checks else "not checked"
        canvas.text(inner, said, held, ha="right", va="center", size=SMALL, weight="bold" if finding.kept else "normal")
        y += height
    return page.figure
