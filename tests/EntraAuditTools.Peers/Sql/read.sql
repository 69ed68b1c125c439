-- What DuckDB is quickest at: the file as a table, no key, no index, no duplicates sought.
SET threads = 2;
CREATE TABLE activity AS SELECT * FROM read_ndjson('{file}', columns = {columns});
CHECKPOINT;
