"""The same comparison as a plain script does it: pandas, scikit-learn, matplotlib and nbconvert with their defaults."""

from __future__ import annotations

from pathlib import Path

import pandas as pd


def read_plainly(story: Path) -> pd.DataFrame:
    """Return articles and texts as pandas reads them; a folder's files are opened one by one."""
    if story.is_dir():
        table = next(
            (p for p in (story / "articles.csv", story / "articles.jsonl", story / "articles.parquet") if p.exists()),
            None,
        )
        if table is None:
            files = sorted((story / "texts").glob("*.txt"))
            rows = [(p.stem, p.stem, p.read_text(encoding="utf-8")) for p in files]
            return pd.DataFrame(rows, columns=["article", "outlet", "text"])
        if table.suffix == ".csv" and "file" in (listing := pd.read_csv(table)):
            listing["text"] = [(story / name).read_text(encoding="utf-8") for name in listing["file"]]
            return listing
        story = table
    if story.suffix == ".jsonl":
        return pd.read_json(story, lines=True)
    return pd.read_parquet(story) if story.suffix == ".parquet" else pd.read_csv(story)


def compare_plainly(story: Path, out: Path) -> None:
    """Write the texts as read, their cosines, a bar chart and an HTML page into `out`, the way tutorials do."""
    import matplotlib.pyplot as plt
    import nbformat
    from nbconvert import HTMLExporter
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.metrics.pairwise import cosine_similarity

    articles = read_plainly(story)
    weights = TfidfVectorizer(stop_words="english").fit_transform(articles["text"])
    cosines = pd.DataFrame(cosine_similarity(weights), index=articles["article"], columns=articles["article"])
    out.mkdir(parents=True, exist_ok=True)
    articles.to_csv(out / "articles.csv", index=False)
    cosines.to_csv(out / "similarity.csv")
    figure, axes = plt.subplots()
    axes.bar(articles["outlet"], articles["text"].str.split().str.len())
    figure.savefig(out / "words.svg")
    markdown = "\n\n".join(f"## {row.outlet}\n\n{row.text}" for row in articles.itertuples())
    cell = nbformat.v4.new_code_cell("show()", execution_count=1)
    cell.outputs = [nbformat.v4.new_output("display_data", data={"text/markdown": markdown[:200_000]})]
    page, _ = HTMLExporter().from_notebook_node(nbformat.v4.new_notebook(cells=[cell]))
    (out / "page.html").write_text(page, encoding="utf-8")
