"""How articles come in: a folder of texts, or one CSV, JSONL or Parquet file; all end as the same entries."""
