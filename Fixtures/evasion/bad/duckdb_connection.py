import duckdb

connection = duckdb.connect()
connection.execute("INSTALL httpfs; LOAD httpfs")
connection.execute("CREATE TABLE t AS SELECT * FROM 's3://acme-data/train.parquet'")
