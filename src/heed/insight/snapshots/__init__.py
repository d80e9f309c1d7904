"""Copies of the facts as Parquet files, by organisation and month, of which only changed ones are written again."""
