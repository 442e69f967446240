"""The page loads nothing and runs nothing, whatever stands in the archive."""

from archive_rows import article, events

from summit_analysis.archive import run
from summit_analysis.archive.engines import Local

HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>{{ 7 * 7 }}"


def page(write_archive, tmp_path, rows):
    run.archive(write_archive(rows), tmp_path / "out", engine=Local(1))
    return (tmp_path / "out" / "summary.html").read_text(encoding="utf-8")


def test_what_strangers_wrote_is_inert(write_archive, tmp_path):
    rows = [row | {"title": HOSTILE, "outlet": HOSTILE + row["outlet"]} for row in events(3, outlets=3)]
    for row in rows:
        row["text"] += f"\n{HOSTILE} furniture"
    html = page(write_archive, tmp_path, rows)
    assert "<script" not in html and "<img src=x" not in html
    assert "&lt;script&gt;alert(1)" in html and "{{ 7 * 7 }}" in html
    assert "Content-Security-Policy" in html and "default-src &#39;none&#39;" in html


def test_numbers_and_pictures(write_archive, tmp_path):
    rows = events(4, outlets=3)
    copy = rows[0] | {"article": "copy", "outlet": "outlet9"}
    html = page(write_archive, tmp_path, [*rows, copy, article(1, text="")])
    assert "<h1>13 articles of 4 outlets</h1>" in html
    assert "4 stories have more than one article, 4 of them from more than one outlet. 1 pairs" in html
    assert "1 were set aside: text is empty." in html
    assert html.count("data:image/svg+xml") == 2 and html.count('<img alt="') == 2
    assert "outlet0 – outlet9: 1." in html
    assert "Stories by the number of outlets that told them: 3 outlets 3, 4 outlets 1" in html
