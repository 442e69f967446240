"""Small archives written to disk."""

from pathlib import Path

import pandas as pd
import pytest


@pytest.fixture
def write_archive(tmp_path):
    """Return a function that writes rows as one archive file, by the suffix of its name."""

    def write(rows: list[dict], name: str = "archive.parquet") -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        table = pd.DataFrame(rows)
        if path.suffix == ".parquet":
            table.to_parquet(path, write_page_checksum=True)
        elif path.suffix == ".csv":
            table.to_csv(path, index=False)
        else:
            table.to_json(path, orient="records", lines=True)
        return path

    return write
