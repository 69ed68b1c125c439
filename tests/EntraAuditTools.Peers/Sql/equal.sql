-- What an import has to do at least so that the same event twice is one row and questions by time and correlation id are quick. Originals are
-- not kept, other shapes are not known, and nothing is remembered of where a row came from.
SET threads = 2;
CREATE TABLE activity (
    id VARCHAR PRIMARY KEY, category VARCHAR, correlationId VARCHAR, result VARCHAR, resultReason VARCHAR, activityDisplayName VARCHAR,
    activityDateTime TIMESTAMP, loggedByService VARCHAR, operationType VARCHAR, initiatedBy JSON, targetResources JSON, additionalDetails JSON);
CREATE INDEX activity_time ON activity (activityDateTime);
CREATE INDEX activity_correlation ON activity (correlationId);
INSERT OR IGNORE INTO activity BY NAME SELECT * FROM read_ndjson('{file}', columns = {columns});
CHECKPOINT;
