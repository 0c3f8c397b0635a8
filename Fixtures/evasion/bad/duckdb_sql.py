import duckdb

rows = duckdb.sql("SELECT * FROM read_parquet('https://files.acme.dev/train.parquet')").df()
