-- The views of EntraAuditTools for other SQLite tools: run this in each session, after opening the mirror (docs/sql.md).
-- Nothing is written: the views are temporary. Made by a test of the project.

-- one activity of the audit log
CREATE TEMP VIEW activities AS SELECT
    a.id AS activity_id,
    strftime('%Y-%m-%dT%H:%M:%S', ((a.id >> 8) - a.drift + 630822816000000000) / 10000000 - 62135596800, 'unixepoch') || printf('.%07dZ', ((a.id >> 8) - a.drift + 630822816000000000) % 10000000) AS time,
    (SELECT t.text FROM kind k JOIN term t ON t.id = k.activity WHERE k.id = a.kind) AS activity,
    (SELECT t.text FROM kind k JOIN term t ON t.id = k.service WHERE k.id = a.kind) AS service,
    (SELECT t.text FROM kind k JOIN term t ON t.id = k.category WHERE k.id = a.kind) AS category,
    (SELECT t.text FROM kind k JOIN term t ON t.id = k.operation_type WHERE k.id = a.kind) AS operation_type,
    (SELECT text FROM term WHERE id = a.result) AS result,
    (SELECT coalesce(CASE WHEN instr(upn, '@') THEN upn END, display_name, upn, object_id) FROM identity WHERE id = a.actor) AS actor,
    (SELECT t.text FROM identity i JOIN term t ON t.id = i.type WHERE i.id = a.actor) AS actor_type,
    (SELECT object_id FROM identity WHERE id = a.actor) AS actor_id,
    (SELECT coalesce(CASE WHEN instr(upn, '@') THEN upn END, display_name, upn, object_id) FROM identity WHERE id = a.target) AS target,
    a.target_count AS target_count,
    (SELECT replace(names, char(10), ', ') FROM property_set WHERE id = a.property_set) AS modified_properties,
    (SELECT text FROM address WHERE id = a.address) AS ip_address,
    CASE typeof(a.correlation) WHEN 'blob' THEN lower(substr(hex(a.correlation), 1, 8) || '-' || substr(hex(a.correlation), 9, 4) || '-' || substr(hex(a.correlation), 13, 4) || '-' || substr(hex(a.correlation), 17, 4) || '-' || substr(hex(a.correlation), 21)) ELSE a.correlation END AS correlation_id,
    iif(a.correlation IS NULL, a.record_id, replace(a.record_id, char(1), CASE typeof(a.correlation) WHEN 'blob' THEN lower(substr(hex(a.correlation), 1, 8) || '-' || substr(hex(a.correlation), 9, 4) || '-' || substr(hex(a.correlation), 13, 4) || '-' || substr(hex(a.correlation), 17, 4) || '-' || substr(hex(a.correlation), 21)) ELSE a.correlation END)) AS record_id,
    (SELECT text FROM term WHERE id = a.tenant) AS tenant_id,
    iif(a.origin = 0, 'DirectoryAudit', 'UnifiedAudit') AS log,
    (SELECT import FROM block WHERE id = a.block) AS import_id
FROM activity a WHERE a.origin <> 2;

-- one target of one activity
CREATE TEMP VIEW activity_targets AS SELECT
    a.id AS activity_id,
    strftime('%Y-%m-%dT%H:%M:%S', ((a.id >> 8) - a.drift + 630822816000000000) / 10000000 - 62135596800, 'unixepoch') || printf('.%07dZ', ((a.id >> 8) - a.drift + 630822816000000000) % 10000000) AS time,
    (SELECT t.text FROM kind k JOIN term t ON t.id = k.activity WHERE k.id = a.kind) AS activity,
    (SELECT coalesce(CASE WHEN instr(upn, '@') THEN upn END, display_name, upn, object_id) FROM identity WHERE id = t.identity) AS target,
    (SELECT t.text FROM identity i JOIN term t ON t.id = i.type WHERE i.id = t.identity) AS target_type,
    (SELECT object_id FROM identity WHERE id = t.identity) AS target_id,
    (SELECT display_name FROM identity WHERE id = t.identity) AS target_name
FROM activity_target t CROSS JOIN activity a ON a.id = t.activity WHERE a.origin <> 2;

-- one entry of the provisioning log
CREATE TEMP VIEW provisioning_entries AS SELECT
    p.id AS entry_id,
    strftime('%Y-%m-%dT%H:%M:%S', ((p.id >> 8) - p.drift + 630822816000000000) / 10000000 - 62135596800, 'unixepoch') || printf('.%07dZ', ((p.id >> 8) - p.drift + 630822816000000000) % 10000000) AS time,
    (SELECT t.text FROM provisioning_kind k JOIN term t ON t.id = k.action WHERE k.id = p.kind) AS action,
    (SELECT t.text FROM provisioning_kind k JOIN term t ON t.id = k.status WHERE k.id = p.kind) AS status,
    (SELECT coalesce(i.display_name, i.object_id, i.upn) FROM provisioning_kind k JOIN identity i ON i.id = k.application WHERE k.id = p.kind) AS application,
    (SELECT i.object_id FROM provisioning_kind k JOIN identity i ON i.id = k.application WHERE k.id = p.kind) AS application_id,
    (SELECT t.text FROM provisioning_kind k JOIN term t ON t.id = k.source_system WHERE k.id = p.kind) AS source_system,
    (SELECT t.text FROM provisioning_kind k JOIN term t ON t.id = k.target_system WHERE k.id = p.kind) AS target_system,
    (SELECT t.text FROM provisioning_kind k JOIN term t ON t.id = k.identity_type WHERE k.id = p.kind) AS identity_type,
    (SELECT coalesce(CASE WHEN instr(upn, '@') THEN upn END, display_name, upn, object_id) FROM identity WHERE id = p.source) AS source_identity,
    (SELECT object_id FROM identity WHERE id = p.source) AS source_id,
    (SELECT coalesce(CASE WHEN instr(upn, '@') THEN upn END, display_name, upn, object_id) FROM identity WHERE id = p.target) AS target_identity,
    (SELECT object_id FROM identity WHERE id = p.target) AS target_id,
    (SELECT t.text FROM provisioning_kind k JOIN term t ON t.id = k.error_code WHERE k.id = p.kind) AS error_code,
    (SELECT t.text FROM provisioning_kind k JOIN term t ON t.id = k.error_category WHERE k.id = p.kind) AS error_category,
    (SELECT t.text FROM provisioning_kind k JOIN term t ON t.id = k.skip_reason WHERE k.id = p.kind) AS skip_reason,
    p.duration AS duration_ms,
    (SELECT t.text FROM provisioning_kind k JOIN term t ON t.id = k.job WHERE k.id = p.kind) AS job_id,
    CASE typeof(p.cycle) WHEN 'blob' THEN lower(substr(hex(p.cycle), 1, 8) || '-' || substr(hex(p.cycle), 9, 4) || '-' || substr(hex(p.cycle), 13, 4) || '-' || substr(hex(p.cycle), 17, 4) || '-' || substr(hex(p.cycle), 21)) ELSE p.cycle END AS cycle_id,
    CASE typeof(p.change_id) WHEN 'blob' THEN lower(substr(hex(p.change_id), 1, 8) || '-' || substr(hex(p.change_id), 9, 4) || '-' || substr(hex(p.change_id), 13, 4) || '-' || substr(hex(p.change_id), 17, 4) || '-' || substr(hex(p.change_id), 21)) ELSE p.change_id END AS change_id,
    CASE typeof(p.record_id) WHEN 'blob' THEN lower(substr(hex(p.record_id), 1, 8) || '-' || substr(hex(p.record_id), 9, 4) || '-' || substr(hex(p.record_id), 13, 4) || '-' || substr(hex(p.record_id), 17, 4) || '-' || substr(hex(p.record_id), 21)) ELSE p.record_id END AS record_id,
    (SELECT text FROM term WHERE id = p.tenant) AS tenant_id,
    (SELECT import FROM block WHERE id = p.block) AS import_id
FROM provisioning p;

-- one state of one synchronization job
CREATE TEMP VIEW synchronization_jobs AS SELECT
    j.job AS job_id,
    (SELECT coalesce(display_name, object_id, upn) FROM identity WHERE id = j.application) AS application,
    strftime('%Y-%m-%dT%H:%M:%S', (j.observed) / 10000000 - 62135596800, 'unixepoch') || printf('.%07dZ', (j.observed) % 10000000) AS first_seen,
    strftime('%Y-%m-%dT%H:%M:%S', (j.last_observed) / 10000000 - 62135596800, 'unixepoch') || printf('.%07dZ', (j.last_observed) % 10000000) AS last_seen,
    (SELECT text FROM term WHERE id = j.tenant) AS tenant_id
FROM synchronization_job j;

-- one catalog of access packages
CREATE TEMP VIEW catalogs AS SELECT
    CASE typeof(e.object_id) WHEN 'blob' THEN lower(substr(hex(e.object_id), 1, 8) || '-' || substr(hex(e.object_id), 9, 4) || '-' || substr(hex(e.object_id), 13, 4) || '-' || substr(hex(e.object_id), 17, 4) || '-' || substr(hex(e.object_id), 21)) ELSE e.object_id END AS catalog_id,
    e.name AS name,
    (SELECT json_extract(s.facts, '$.description') FROM entity_state s WHERE s.entity = e.id AND s.gone = 0 AND json_type(s.facts, '$.description') IS NOT NULL ORDER BY s.observed DESC, s.seen DESC, s.gone DESC, s.digest DESC LIMIT 1) AS description,
    (SELECT json_extract(s.facts, '$.state') FROM entity_state s WHERE s.entity = e.id AND s.gone = 0 AND json_type(s.facts, '$.state') IS NOT NULL ORDER BY s.observed DESC, s.seen DESC, s.gone DESC, s.digest DESC LIMIT 1) AS state,
    (SELECT json_extract(s.facts, '$.catalogType') FROM entity_state s WHERE s.entity = e.id AND s.gone = 0 AND json_type(s.facts, '$.catalogType') IS NOT NULL ORDER BY s.observed DESC, s.seen DESC, s.gone DESC, s.digest DESC LIMIT 1) AS catalog_type,
    (SELECT json_extract(s.facts, '$.isExternallyVisible') FROM entity_state s WHERE s.entity = e.id AND s.gone = 0 AND json_type(s.facts, '$.isExternallyVisible') IS NOT NULL ORDER BY s.observed DESC, s.seen DESC, s.gone DESC, s.digest DESC LIMIT 1) AS is_externally_visible,
    (SELECT json_extract(s.facts, '$.created') FROM entity_state s WHERE s.entity = e.id AND s.gone = 0 AND json_type(s.facts, '$.created') IS NOT NULL ORDER BY s.observed DESC, s.seen DESC, s.gone DESC, s.digest DESC LIMIT 1) AS created,
    (SELECT text FROM term WHERE id = e.tenant) AS tenant_id,
    (SELECT s.gone FROM entity_state s WHERE s.entity = e.id ORDER BY s.observed DESC, s.seen DESC, s.gone DESC, s.digest DESC LIMIT 1) AS is_gone,
    strftime('%Y-%m-%dT%H:%M:%S', ((SELECT max(s.last_seen) FROM entity_state s WHERE s.entity = e.id AND s.gone = 0)) / 10000000 - 62135596800, 'unixepoch') || printf('.%07dZ', ((SELECT max(s.last_seen) FROM entity_state s WHERE s.entity = e.id AND s.gone = 0)) % 10000000) AS last_seen
FROM entity e WHERE e.kind = 1 AND EXISTS (SELECT 1 FROM entity_state s WHERE s.entity = e.id);

-- one access package
CREATE TEMP VIEW access_packages AS SELECT
    CASE typeof(e.object_id) WHEN 'blob' THEN lower(substr(hex(e.object_id), 1, 8) || '-' || substr(hex(e.object_id), 9, 4) || '-' || substr(hex(e.object_id), 13, 4) || '-' || substr(hex(e.object_id), 17, 4) || '-' || substr(hex(e.object_id), 21)) ELSE e.object_id END AS package_id,
    e.name AS name,
    (SELECT json_extract(s.facts, '$.description') FROM entity_state s WHERE s.entity = e.id AND s.gone = 0 AND json_type(s.facts, '$.description') IS NOT NULL ORDER BY s.observed DESC, s.seen DESC, s.gone DESC, s.digest DESC LIMIT 1) AS description,
    (SELECT x.name FROM entity x WHERE x.kind = 1 AND CASE typeof(x.object_id) WHEN 'blob' THEN lower(substr(hex(x.object_id), 1, 8) || '-' || substr(hex(x.object_id), 9, 4) || '-' || substr(hex(x.object_id), 13, 4) || '-' || substr(hex(x.object_id), 17, 4) || '-' || substr(hex(x.object_id), 21)) ELSE x.object_id END = (SELECT json_extract(s.facts, '$.catalog') FROM entity_state s WHERE s.entity = e.id AND s.gone = 0 AND json_type(s.facts, '$.catalog') IS NOT NULL ORDER BY s.observed DESC, s.seen DESC, s.gone DESC, s.digest DESC LIMIT 1)) AS catalog,
    (SELECT json_extract(s.facts, '$.catalog') FROM entity_state s WHERE s.entity = e.id AND s.gone = 0 AND json_type(s.facts, '$.catalog') IS NOT NULL ORDER BY s.observed DESC, s.seen DESC, s.gone DESC, s.digest DESC LIMIT 1) AS catalog_id,
    (SELECT json_extract(s.facts, '$.isHidden') FROM entity_state s WHERE s.entity = e.id AND s.gone = 0 AND json_type(s.facts, '$.isHidden') IS NOT NULL ORDER BY s.observed DESC, s.seen DESC, s.gone DESC, s.digest DESC LIMIT 1) AS is_hidden,
    (SELECT json_extract(s.facts, '$.created') FROM entity_state s WHERE s.entity = e.id AND s.gone = 0 AND json_type(s.facts, '$.created') IS NOT NULL ORDER BY s.observed DESC, s.seen DESC, s.gone DESC, s.digest DESC LIMIT 1) AS created,
    (SELECT json_extract(s.facts, '$.modified') FROM entity_state s WHERE s.entity = e.id AND s.gone = 0 AND json_type(s.facts, '$.modified') IS NOT NULL ORDER BY s.observed DESC, s.seen DESC, s.gone DESC, s.digest DESC LIMIT 1) AS modified,
    (SELECT text FROM term WHERE id = e.tenant) AS tenant_id,
    (SELECT s.gone FROM entity_state s WHERE s.entity = e.id ORDER BY s.observed DESC, s.seen DESC, s.gone DESC, s.digest DESC LIMIT 1) AS is_gone,
    strftime('%Y-%m-%dT%H:%M:%S', ((SELECT max(s.last_seen) FROM entity_state s WHERE s.entity = e.id AND s.gone = 0)) / 10000000 - 62135596800, 'unixepoch') || printf('.%07dZ', ((SELECT max(s.last_seen) FROM entity_state s WHERE s.entity = e.id AND s.gone = 0)) % 10000000) AS last_seen
FROM entity e WHERE e.kind = 2 AND EXISTS (SELECT 1 FROM entity_state s WHERE s.entity = e.id);

-- one assignment policy
CREATE TEMP VIEW assignment_policies AS SELECT
    CASE typeof(e.object_id) WHEN 'blob' THEN lower(substr(hex(e.object_id), 1, 8) || '-' || substr(hex(e.object_id), 9, 4) || '-' || substr(hex(e.object_id), 13, 4) || '-' || substr(hex(e.object_id), 17, 4) || '-' || substr(hex(e.object_id), 21)) ELSE e.object_id END AS policy_id,
    e.name AS name,
    (SELECT x.name FROM entity x WHERE x.kind = 2 AND CASE typeof(x.object_id) WHEN 'blob' THEN lower(substr(hex(x.object_id), 1, 8) || '-' || substr(hex(x.object_id), 9, 4) || '-' || substr(hex(x.object_id), 13, 4) || '-' || substr(hex(x.object_id), 17, 4) || '-' || substr(hex(x.object_id), 21)) ELSE x.object_id END = (SELECT json_extract(s.facts, '$.package') FROM entity_state s WHERE s.entity = e.id AND s.gone = 0 AND json_type(s.facts, '$.package') IS NOT NULL ORDER BY s.observed DESC, s.seen DESC, s.gone DESC, s.digest DESC LIMIT 1)) AS package,
    (SELECT json_extract(s.facts, '$.package') FROM entity_state s WHERE s.entity = e.id AND s.gone = 0 AND json_type(s.facts, '$.package') IS NOT NULL ORDER BY s.observed DESC, s.seen DESC, s.gone DESC, s.digest DESC LIMIT 1) AS package_id,
    (SELECT json_extract(s.facts, '$.scope') FROM entity_state s WHERE s.entity = e.id AND s.gone = 0 AND json_type(s.facts, '$.scope') IS NOT NULL ORDER BY s.observed DESC, s.seen DESC, s.gone DESC, s.digest DESC LIMIT 1) AS scope,
    (SELECT json_extract(s.facts, '$.acceptsRequests') FROM entity_state s WHERE s.entity = e.id AND s.gone = 0 AND json_type(s.facts, '$.acceptsRequests') IS NOT NULL ORDER BY s.observed DESC, s.seen DESC, s.gone DESC, s.digest DESC LIMIT 1) AS accepts_requests,
    (SELECT json_extract(s.facts, '$.approvalRequired') FROM entity_state s WHERE s.entity = e.id AND s.gone = 0 AND json_type(s.facts, '$.approvalRequired') IS NOT NULL ORDER BY s.observed DESC, s.seen DESC, s.gone DESC, s.digest DESC LIMIT 1) AS approval_required,
    (SELECT json_extract(s.facts, '$.expirationType') FROM entity_state s WHERE s.entity = e.id AND s.gone = 0 AND json_type(s.facts, '$.expirationType') IS NOT NULL ORDER BY s.observed DESC, s.seen DESC, s.gone DESC, s.digest DESC LIMIT 1) AS expiration_type,
    (SELECT json_extract(s.facts, '$.expirationEnd') FROM entity_state s WHERE s.entity = e.id AND s.gone = 0 AND json_type(s.facts, '$.expirationEnd') IS NOT NULL ORDER BY s.observed DESC, s.seen DESC, s.gone DESC, s.digest DESC LIMIT 1) AS expiration_end,
    (SELECT json_extract(s.facts, '$.expirationDuration') FROM entity_state s WHERE s.entity = e.id AND s.gone = 0 AND json_type(s.facts, '$.expirationDuration') IS NOT NULL ORDER BY s.observed DESC, s.seen DESC, s.gone DESC, s.digest DESC LIMIT 1) AS expiration_duration,
    (SELECT json_extract(s.facts, '$.isAutomatic') FROM entity_state s WHERE s.entity = e.id AND s.gone = 0 AND json_type(s.facts, '$.isAutomatic') IS NOT NULL ORDER BY s.observed DESC, s.seen DESC, s.gone DESC, s.digest DESC LIMIT 1) AS is_automatic,
    (SELECT text FROM term WHERE id = e.tenant) AS tenant_id,
    (SELECT s.gone FROM entity_state s WHERE s.entity = e.id ORDER BY s.observed DESC, s.seen DESC, s.gone DESC, s.digest DESC LIMIT 1) AS is_gone,
    strftime('%Y-%m-%dT%H:%M:%S', ((SELECT max(s.last_seen) FROM entity_state s WHERE s.entity = e.id AND s.gone = 0)) / 10000000 - 62135596800, 'unixepoch') || printf('.%07dZ', ((SELECT max(s.last_seen) FROM entity_state s WHERE s.entity = e.id AND s.gone = 0)) % 10000000) AS last_seen
FROM entity e WHERE e.kind = 3 AND EXISTS (SELECT 1 FROM entity_state s WHERE s.entity = e.id);

-- one assignment of an access package, of any state; a row of the portal's download is one of its own (is_portal_row)
CREATE TEMP VIEW assignments AS SELECT
    CASE typeof(e.object_id) WHEN 'blob' THEN lower(substr(hex(e.object_id), 1, 8) || '-' || substr(hex(e.object_id), 9, 4) || '-' || substr(hex(e.object_id), 13, 4) || '-' || substr(hex(e.object_id), 17, 4) || '-' || substr(hex(e.object_id), 21)) ELSE e.object_id END AS assignment_id,
    (SELECT x.name FROM entity x WHERE x.id = a.package) AS package,
    (SELECT CASE typeof(x.object_id) WHEN 'blob' THEN lower(substr(hex(x.object_id), 1, 8) || '-' || substr(hex(x.object_id), 9, 4) || '-' || substr(hex(x.object_id), 13, 4) || '-' || substr(hex(x.object_id), 17, 4) || '-' || substr(hex(x.object_id), 21)) ELSE x.object_id END FROM entity x WHERE x.id = a.package) AS package_id,
    (SELECT coalesce(x.upn, x.name) FROM entity x WHERE x.id = a.subject) AS subject,
    (SELECT CASE typeof(x.object_id) WHEN 'blob' THEN lower(substr(hex(x.object_id), 1, 8) || '-' || substr(hex(x.object_id), 9, 4) || '-' || substr(hex(x.object_id), 13, 4) || '-' || substr(hex(x.object_id), 17, 4) || '-' || substr(hex(x.object_id), 21)) ELSE x.object_id END FROM entity x WHERE x.id = a.subject) AS subject_id,
    (SELECT x.name FROM entity x WHERE x.id = a.policy) AS policy,
    (SELECT CASE typeof(x.object_id) WHEN 'blob' THEN lower(substr(hex(x.object_id), 1, 8) || '-' || substr(hex(x.object_id), 9, 4) || '-' || substr(hex(x.object_id), 13, 4) || '-' || substr(hex(x.object_id), 17, 4) || '-' || substr(hex(x.object_id), 21)) ELSE x.object_id END FROM entity x WHERE x.id = a.policy) AS policy_id,
    (SELECT text FROM term WHERE id = a.state) AS state,
    strftime('%Y-%m-%dT%H:%M:%S', (a.starts) / 10000000 - 62135596800, 'unixepoch') || printf('.%07dZ', (a.starts) % 10000000) AS starts,
    strftime('%Y-%m-%dT%H:%M:%S', (a.ends) / 10000000 - 62135596800, 'unixepoch') || printf('.%07dZ', (a.ends) % 10000000) AS ends,
    a.end_known AS is_end_known,
    strftime('%Y-%m-%dT%H:%M:%S', (a.expired) / 10000000 - 62135596800, 'unixepoch') || printf('.%07dZ', (a.expired) % 10000000) AS expired,
    strftime('%Y-%m-%dT%H:%M:%S', (a.gone) / 10000000 - 62135596800, 'unixepoch') || printf('.%07dZ', (a.gone) % 10000000) AS gone_since,
    a.portal AS is_portal_row,
    (SELECT text FROM term WHERE id = e.tenant) AS tenant_id
FROM assignment a JOIN entity e ON e.id = a.entity;

-- one request for an access package as Graph exports it; what the audit log says of requests, the commands put together
CREATE TEMP VIEW request_objects AS SELECT
    CASE typeof(e.object_id) WHEN 'blob' THEN lower(substr(hex(e.object_id), 1, 8) || '-' || substr(hex(e.object_id), 9, 4) || '-' || substr(hex(e.object_id), 13, 4) || '-' || substr(hex(e.object_id), 17, 4) || '-' || substr(hex(e.object_id), 21)) ELSE e.object_id END AS request_id,
    (SELECT json_extract(s.facts, '$.requestType') FROM entity_state s WHERE s.entity = e.id AND s.gone = 0 AND json_type(s.facts, '$.requestType') IS NOT NULL ORDER BY s.observed DESC, s.seen DESC, s.gone DESC, s.digest DESC LIMIT 1) AS request_type,
    (SELECT json_extract(s.facts, '$.state') FROM entity_state s WHERE s.entity = e.id AND s.gone = 0 AND json_type(s.facts, '$.state') IS NOT NULL ORDER BY s.observed DESC, s.seen DESC, s.gone DESC, s.digest DESC LIMIT 1) AS state,
    (SELECT json_extract(s.facts, '$.status') FROM entity_state s WHERE s.entity = e.id AND s.gone = 0 AND json_type(s.facts, '$.status') IS NOT NULL ORDER BY s.observed DESC, s.seen DESC, s.gone DESC, s.digest DESC LIMIT 1) AS status,
    (SELECT json_extract(s.facts, '$.package') FROM entity_state s WHERE s.entity = e.id AND s.gone = 0 AND json_type(s.facts, '$.package') IS NOT NULL ORDER BY s.observed DESC, s.seen DESC, s.gone DESC, s.digest DESC LIMIT 1) AS package_id,
    (SELECT json_extract(s.facts, '$.policy') FROM entity_state s WHERE s.entity = e.id AND s.gone = 0 AND json_type(s.facts, '$.policy') IS NOT NULL ORDER BY s.observed DESC, s.seen DESC, s.gone DESC, s.digest DESC LIMIT 1) AS policy_id,
    (SELECT json_extract(s.facts, '$.assignment') FROM entity_state s WHERE s.entity = e.id AND s.gone = 0 AND json_type(s.facts, '$.assignment') IS NOT NULL ORDER BY s.observed DESC, s.seen DESC, s.gone DESC, s.digest DESC LIMIT 1) AS assignment_id,
    (SELECT json_extract(s.facts, '$.subject') FROM entity_state s WHERE s.entity = e.id AND s.gone = 0 AND json_type(s.facts, '$.subject') IS NOT NULL ORDER BY s.observed DESC, s.seen DESC, s.gone DESC, s.digest DESC LIMIT 1) AS subject_id,
    coalesce((SELECT json_extract(s.facts, '$.requestor') FROM entity_state s WHERE s.entity = e.id AND s.gone = 0 AND json_type(s.facts, '$.requestor') IS NOT NULL ORDER BY s.observed DESC, s.seen DESC, s.gone DESC, s.digest DESC LIMIT 1), (SELECT json_extract(s.facts, '$.subject') FROM entity_state s WHERE s.entity = e.id AND s.gone = 0 AND json_type(s.facts, '$.subject') IS NOT NULL ORDER BY s.observed DESC, s.seen DESC, s.gone DESC, s.digest DESC LIMIT 1)) AS requestor_id,
    (SELECT json_extract(s.facts, '$.created') FROM entity_state s WHERE s.entity = e.id AND s.gone = 0 AND json_type(s.facts, '$.created') IS NOT NULL ORDER BY s.observed DESC, s.seen DESC, s.gone DESC, s.digest DESC LIMIT 1) AS created,
    (SELECT json_extract(s.facts, '$.completed') FROM entity_state s WHERE s.entity = e.id AND s.gone = 0 AND json_type(s.facts, '$.completed') IS NOT NULL ORDER BY s.observed DESC, s.seen DESC, s.gone DESC, s.digest DESC LIMIT 1) AS completed,
    (SELECT json_extract(s.facts, '$.justification') FROM entity_state s WHERE s.entity = e.id AND s.gone = 0 AND json_type(s.facts, '$.justification') IS NOT NULL ORDER BY s.observed DESC, s.seen DESC, s.gone DESC, s.digest DESC LIMIT 1) AS justification,
    (SELECT text FROM term WHERE id = e.tenant) AS tenant_id,
    (SELECT s.gone FROM entity_state s WHERE s.entity = e.id ORDER BY s.observed DESC, s.seen DESC, s.gone DESC, s.digest DESC LIMIT 1) AS is_gone,
    strftime('%Y-%m-%dT%H:%M:%S', ((SELECT max(s.last_seen) FROM entity_state s WHERE s.entity = e.id AND s.gone = 0)) / 10000000 - 62135596800, 'unixepoch') || printf('.%07dZ', ((SELECT max(s.last_seen) FROM entity_state s WHERE s.entity = e.id AND s.gone = 0)) % 10000000) AS last_seen
FROM entity e WHERE e.kind = 7 AND EXISTS (SELECT 1 FROM entity_state s WHERE s.entity = e.id);

-- one role of a resource that an access package gives
CREATE TEMP VIEW package_roles AS SELECT
    (SELECT x.name FROM entity x WHERE x.id = g.source) AS package,
    (SELECT CASE typeof(x.object_id) WHEN 'blob' THEN lower(substr(hex(x.object_id), 1, 8) || '-' || substr(hex(x.object_id), 9, 4) || '-' || substr(hex(x.object_id), 13, 4) || '-' || substr(hex(x.object_id), 17, 4) || '-' || substr(hex(x.object_id), 21)) ELSE x.object_id END FROM entity x WHERE x.id = g.source) AS package_id,
    (SELECT x.name FROM entity x WHERE x.kind = 5 AND CASE typeof(x.object_id) WHEN 'blob' THEN lower(substr(hex(x.object_id), 1, 8) || '-' || substr(hex(x.object_id), 9, 4) || '-' || substr(hex(x.object_id), 13, 4) || '-' || substr(hex(x.object_id), 17, 4) || '-' || substr(hex(x.object_id), 21)) ELSE x.object_id END = (SELECT json_extract(s.facts, '$.resource') FROM entity_state s WHERE s.entity = e.id AND s.gone = 0 AND json_type(s.facts, '$.resource') IS NOT NULL ORDER BY s.observed DESC, s.seen DESC, s.gone DESC, s.digest DESC LIMIT 1)) AS resource,
    (SELECT json_extract(s.facts, '$.resource') FROM entity_state s WHERE s.entity = e.id AND s.gone = 0 AND json_type(s.facts, '$.resource') IS NOT NULL ORDER BY s.observed DESC, s.seen DESC, s.gone DESC, s.digest DESC LIMIT 1) AS resource_id,
    (SELECT json_extract(s.facts, '$.role') FROM entity_state s WHERE s.entity = e.id AND s.gone = 0 AND json_type(s.facts, '$.role') IS NOT NULL ORDER BY s.observed DESC, s.seen DESC, s.gone DESC, s.digest DESC LIMIT 1) AS role,
    strftime('%Y-%m-%dT%H:%M:%S', (g.first) / 10000000 - 62135596800, 'unixepoch') || printf('.%07dZ', (g.first) % 10000000) AS first_seen,
    strftime('%Y-%m-%dT%H:%M:%S', (g.last) / 10000000 - 62135596800, 'unixepoch') || printf('.%07dZ', (g.last) % 10000000) AS last_seen,
    strftime('%Y-%m-%dT%H:%M:%S', (g.gone) / 10000000 - 62135596800, 'unixepoch') || printf('.%07dZ', (g.gone) % 10000000) AS gone_since
FROM edge g JOIN entity e ON e.id = g.target WHERE g.role = 5;

-- one access package that must not be held with another
CREATE TEMP VIEW incompatible_packages AS SELECT
    (SELECT coalesce(x.upn, x.name) FROM entity x WHERE x.id = g.source) AS package,
    (SELECT CASE typeof(x.object_id) WHEN 'blob' THEN lower(substr(hex(x.object_id), 1, 8) || '-' || substr(hex(x.object_id), 9, 4) || '-' || substr(hex(x.object_id), 13, 4) || '-' || substr(hex(x.object_id), 17, 4) || '-' || substr(hex(x.object_id), 21)) ELSE x.object_id END FROM entity x WHERE x.id = g.source) AS package_id,
    (SELECT coalesce(x.upn, x.name) FROM entity x WHERE x.id = g.target) AS other_package,
    (SELECT CASE typeof(x.object_id) WHEN 'blob' THEN lower(substr(hex(x.object_id), 1, 8) || '-' || substr(hex(x.object_id), 9, 4) || '-' || substr(hex(x.object_id), 13, 4) || '-' || substr(hex(x.object_id), 17, 4) || '-' || substr(hex(x.object_id), 21)) ELSE x.object_id END FROM entity x WHERE x.id = g.target) AS other_package_id,
    strftime('%Y-%m-%dT%H:%M:%S', (g.first) / 10000000 - 62135596800, 'unixepoch') || printf('.%07dZ', (g.first) % 10000000) AS first_seen,
    strftime('%Y-%m-%dT%H:%M:%S', (g.last) / 10000000 - 62135596800, 'unixepoch') || printf('.%07dZ', (g.last) % 10000000) AS last_seen,
    strftime('%Y-%m-%dT%H:%M:%S', (g.gone) / 10000000 - 62135596800, 'unixepoch') || printf('.%07dZ', (g.gone) % 10000000) AS gone_since
FROM edge g WHERE g.role = 3;

-- one connected organization
CREATE TEMP VIEW connected_organizations AS SELECT
    CASE typeof(e.object_id) WHEN 'blob' THEN lower(substr(hex(e.object_id), 1, 8) || '-' || substr(hex(e.object_id), 9, 4) || '-' || substr(hex(e.object_id), 13, 4) || '-' || substr(hex(e.object_id), 17, 4) || '-' || substr(hex(e.object_id), 21)) ELSE e.object_id END AS organization_id,
    e.name AS name,
    (SELECT json_extract(s.facts, '$.state') FROM entity_state s WHERE s.entity = e.id AND s.gone = 0 AND json_type(s.facts, '$.state') IS NOT NULL ORDER BY s.observed DESC, s.seen DESC, s.gone DESC, s.digest DESC LIMIT 1) AS state,
    (SELECT json_extract(s.facts, '$.description') FROM entity_state s WHERE s.entity = e.id AND s.gone = 0 AND json_type(s.facts, '$.description') IS NOT NULL ORDER BY s.observed DESC, s.seen DESC, s.gone DESC, s.digest DESC LIMIT 1) AS description,
    (SELECT json_extract(s.facts, '$.created') FROM entity_state s WHERE s.entity = e.id AND s.gone = 0 AND json_type(s.facts, '$.created') IS NOT NULL ORDER BY s.observed DESC, s.seen DESC, s.gone DESC, s.digest DESC LIMIT 1) AS created,
    (SELECT json_extract(s.facts, '$.identitySources') FROM entity_state s WHERE s.entity = e.id AND s.gone = 0 AND json_type(s.facts, '$.identitySources') IS NOT NULL ORDER BY s.observed DESC, s.seen DESC, s.gone DESC, s.digest DESC LIMIT 1) AS identity_sources,
    (SELECT text FROM term WHERE id = e.tenant) AS tenant_id,
    (SELECT s.gone FROM entity_state s WHERE s.entity = e.id ORDER BY s.observed DESC, s.seen DESC, s.gone DESC, s.digest DESC LIMIT 1) AS is_gone,
    strftime('%Y-%m-%dT%H:%M:%S', ((SELECT max(s.last_seen) FROM entity_state s WHERE s.entity = e.id AND s.gone = 0)) / 10000000 - 62135596800, 'unixepoch') || printf('.%07dZ', ((SELECT max(s.last_seen) FROM entity_state s WHERE s.entity = e.id AND s.gone = 0)) % 10000000) AS last_seen
FROM entity e WHERE e.kind = 9 AND EXISTS (SELECT 1 FROM entity_state s WHERE s.entity = e.id);

-- one user of the directory
CREATE TEMP VIEW users AS SELECT
    CASE typeof(e.object_id) WHEN 'blob' THEN lower(substr(hex(e.object_id), 1, 8) || '-' || substr(hex(e.object_id), 9, 4) || '-' || substr(hex(e.object_id), 13, 4) || '-' || substr(hex(e.object_id), 17, 4) || '-' || substr(hex(e.object_id), 21)) ELSE e.object_id END AS user_id,
    e.name AS name,
    e.upn AS user_principal_name,
    (SELECT json_extract(s.facts, '$.mail') FROM entity_state s WHERE s.entity = e.id AND s.gone = 0 AND json_type(s.facts, '$.mail') IS NOT NULL ORDER BY s.observed DESC, s.seen DESC, s.gone DESC, s.digest DESC LIMIT 1) AS mail,
    (SELECT json_extract(s.facts, '$.userType') FROM entity_state s WHERE s.entity = e.id AND s.gone = 0 AND json_type(s.facts, '$.userType') IS NOT NULL ORDER BY s.observed DESC, s.seen DESC, s.gone DESC, s.digest DESC LIMIT 1) AS user_type,
    (SELECT json_extract(s.facts, '$.enabled') FROM entity_state s WHERE s.entity = e.id AND s.gone = 0 AND json_type(s.facts, '$.enabled') IS NOT NULL ORDER BY s.observed DESC, s.seen DESC, s.gone DESC, s.digest DESC LIMIT 1) AS account_enabled,
    (SELECT json_extract(s.facts, '$.created') FROM entity_state s WHERE s.entity = e.id AND s.gone = 0 AND json_type(s.facts, '$.created') IS NOT NULL ORDER BY s.observed DESC, s.seen DESC, s.gone DESC, s.digest DESC LIMIT 1) AS created,
    (SELECT text FROM term WHERE id = e.tenant) AS tenant_id,
    (SELECT s.gone FROM entity_state s WHERE s.entity = e.id ORDER BY s.observed DESC, s.seen DESC, s.gone DESC, s.digest DESC LIMIT 1) AS is_gone,
    strftime('%Y-%m-%dT%H:%M:%S', ((SELECT max(s.last_seen) FROM entity_state s WHERE s.entity = e.id AND s.gone = 0)) / 10000000 - 62135596800, 'unixepoch') || printf('.%07dZ', ((SELECT max(s.last_seen) FROM entity_state s WHERE s.entity = e.id AND s.gone = 0)) % 10000000) AS last_seen
FROM entity e WHERE e.kind = 10 AND EXISTS (SELECT 1 FROM entity_state s WHERE s.entity = e.id);

-- one group of the directory
CREATE TEMP VIEW groups AS SELECT
    CASE typeof(e.object_id) WHEN 'blob' THEN lower(substr(hex(e.object_id), 1, 8) || '-' || substr(hex(e.object_id), 9, 4) || '-' || substr(hex(e.object_id), 13, 4) || '-' || substr(hex(e.object_id), 17, 4) || '-' || substr(hex(e.object_id), 21)) ELSE e.object_id END AS group_id,
    e.name AS name,
    (SELECT json_extract(s.facts, '$.description') FROM entity_state s WHERE s.entity = e.id AND s.gone = 0 AND json_type(s.facts, '$.description') IS NOT NULL ORDER BY s.observed DESC, s.seen DESC, s.gone DESC, s.digest DESC LIMIT 1) AS description,
    (SELECT json_extract(s.facts, '$.mail') FROM entity_state s WHERE s.entity = e.id AND s.gone = 0 AND json_type(s.facts, '$.mail') IS NOT NULL ORDER BY s.observed DESC, s.seen DESC, s.gone DESC, s.digest DESC LIMIT 1) AS mail,
    (SELECT json_extract(s.facts, '$.groupTypes') FROM entity_state s WHERE s.entity = e.id AND s.gone = 0 AND json_type(s.facts, '$.groupTypes') IS NOT NULL ORDER BY s.observed DESC, s.seen DESC, s.gone DESC, s.digest DESC LIMIT 1) AS group_types,
    (SELECT text FROM term WHERE id = e.tenant) AS tenant_id,
    (SELECT s.gone FROM entity_state s WHERE s.entity = e.id ORDER BY s.observed DESC, s.seen DESC, s.gone DESC, s.digest DESC LIMIT 1) AS is_gone,
    strftime('%Y-%m-%dT%H:%M:%S', ((SELECT max(s.last_seen) FROM entity_state s WHERE s.entity = e.id AND s.gone = 0)) / 10000000 - 62135596800, 'unixepoch') || printf('.%07dZ', ((SELECT max(s.last_seen) FROM entity_state s WHERE s.entity = e.id AND s.gone = 0)) % 10000000) AS last_seen
FROM entity e WHERE e.kind = 11 AND EXISTS (SELECT 1 FROM entity_state s WHERE s.entity = e.id);

-- one direct member of a group
CREATE TEMP VIEW group_members AS SELECT
    (SELECT coalesce(x.upn, x.name) FROM entity x WHERE x.id = g.source) AS group_name,
    (SELECT CASE typeof(x.object_id) WHEN 'blob' THEN lower(substr(hex(x.object_id), 1, 8) || '-' || substr(hex(x.object_id), 9, 4) || '-' || substr(hex(x.object_id), 13, 4) || '-' || substr(hex(x.object_id), 17, 4) || '-' || substr(hex(x.object_id), 21)) ELSE x.object_id END FROM entity x WHERE x.id = g.source) AS group_id,
    (SELECT coalesce(x.upn, x.name) FROM entity x WHERE x.id = g.target) AS member,
    (SELECT CASE typeof(x.object_id) WHEN 'blob' THEN lower(substr(hex(x.object_id), 1, 8) || '-' || substr(hex(x.object_id), 9, 4) || '-' || substr(hex(x.object_id), 13, 4) || '-' || substr(hex(x.object_id), 17, 4) || '-' || substr(hex(x.object_id), 21)) ELSE x.object_id END FROM entity x WHERE x.id = g.target) AS member_id,
    strftime('%Y-%m-%dT%H:%M:%S', (g.first) / 10000000 - 62135596800, 'unixepoch') || printf('.%07dZ', (g.first) % 10000000) AS first_seen,
    strftime('%Y-%m-%dT%H:%M:%S', (g.last) / 10000000 - 62135596800, 'unixepoch') || printf('.%07dZ', (g.last) % 10000000) AS last_seen,
    strftime('%Y-%m-%dT%H:%M:%S', (g.gone) / 10000000 - 62135596800, 'unixepoch') || printf('.%07dZ', (g.gone) % 10000000) AS gone_since
FROM edge g WHERE g.role = 1;

-- one service principal of the directory
CREATE TEMP VIEW service_principals AS SELECT
    CASE typeof(e.object_id) WHEN 'blob' THEN lower(substr(hex(e.object_id), 1, 8) || '-' || substr(hex(e.object_id), 9, 4) || '-' || substr(hex(e.object_id), 13, 4) || '-' || substr(hex(e.object_id), 17, 4) || '-' || substr(hex(e.object_id), 21)) ELSE e.object_id END AS service_principal_id,
    e.name AS name,
    (SELECT json_extract(s.facts, '$.appId') FROM entity_state s WHERE s.entity = e.id AND s.gone = 0 AND json_type(s.facts, '$.appId') IS NOT NULL ORDER BY s.observed DESC, s.seen DESC, s.gone DESC, s.digest DESC LIMIT 1) AS app_id,
    (SELECT json_extract(s.facts, '$.servicePrincipalType') FROM entity_state s WHERE s.entity = e.id AND s.gone = 0 AND json_type(s.facts, '$.servicePrincipalType') IS NOT NULL ORDER BY s.observed DESC, s.seen DESC, s.gone DESC, s.digest DESC LIMIT 1) AS service_principal_type,
    (SELECT json_extract(s.facts, '$.enabled') FROM entity_state s WHERE s.entity = e.id AND s.gone = 0 AND json_type(s.facts, '$.enabled') IS NOT NULL ORDER BY s.observed DESC, s.seen DESC, s.gone DESC, s.digest DESC LIMIT 1) AS account_enabled,
    (SELECT text FROM term WHERE id = e.tenant) AS tenant_id,
    (SELECT s.gone FROM entity_state s WHERE s.entity = e.id ORDER BY s.observed DESC, s.seen DESC, s.gone DESC, s.digest DESC LIMIT 1) AS is_gone,
    strftime('%Y-%m-%dT%H:%M:%S', ((SELECT max(s.last_seen) FROM entity_state s WHERE s.entity = e.id AND s.gone = 0)) / 10000000 - 62135596800, 'unixepoch') || printf('.%07dZ', ((SELECT max(s.last_seen) FROM entity_state s WHERE s.entity = e.id AND s.gone = 0)) % 10000000) AS last_seen
FROM entity e WHERE e.kind = 12 AND EXISTS (SELECT 1 FROM entity_state s WHERE s.entity = e.id);

-- one import of one source
CREATE TEMP VIEW imports AS SELECT
    i.id AS import_id,
    strftime('%Y-%m-%dT%H:%M:%S', (i.started) / 10000000 - 62135596800, 'unixepoch') || printf('.%07dZ', (i.started) % 10000000) AS started,
    strftime('%Y-%m-%dT%H:%M:%S', (i.finished) / 10000000 - 62135596800, 'unixepoch') || printf('.%07dZ', (i.finished) % 10000000) AS finished,
    i.status AS status,
    i.source AS source,
    i.kind AS kind,
    i.shape AS shape,
    i.read AS read,
    i.added AS added,
    i.updated AS updated,
    i.unchanged AS unchanged,
    i.rejected AS rejected,
    strftime('%Y-%m-%dT%H:%M:%S', (i.first_time) / 10000000 - 62135596800, 'unixepoch') || printf('.%07dZ', (i.first_time) % 10000000) AS first_time,
    strftime('%Y-%m-%dT%H:%M:%S', (i.last_time) / 10000000 - 62135596800, 'unixepoch') || printf('.%07dZ', (i.last_time) % 10000000) AS last_time,
    lower(hex(i.sha256)) AS sha256,
    i.tool_version AS tool_version,
    iif(json_valid(i.options), CAST(json_extract(i.options, '$.ImportedBy') AS TEXT), NULL) AS imported_by,
    i.notes AS notes
FROM import i;

-- one time for which a log is known to be complete
CREATE TEMP VIEW coverage_spans AS SELECT
    c.kind AS kind,
    (SELECT text FROM term WHERE id = c.tenant) AS tenant_id,
    strftime('%Y-%m-%dT%H:%M:%S', (c.from_time) / 10000000 - 62135596800, 'unixepoch') || printf('.%07dZ', (c.from_time) % 10000000) AS from_time,
    strftime('%Y-%m-%dT%H:%M:%S', (c.to_time) / 10000000 - 62135596800, 'unixepoch') || printf('.%07dZ', (c.to_time) % 10000000) AS to_time,
    c.basis AS basis,
    c.import AS import_id
FROM coverage c;

-- one record that could not be read
CREATE TEMP VIEW rejected_records AS SELECT
    r.import AS import_id,
    r.line AS line,
    r.byte_offset AS byte_offset,
    r.reason AS reason
FROM rejection r;

