import duckdb

rows = duckdb.sql("SELECT * FROM 'train.parquet' WHERE source != 'https://acme.dev'").df()
