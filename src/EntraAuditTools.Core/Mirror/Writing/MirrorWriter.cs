using System.Text.Json;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Files;
using EntraAuditTools.Core.Mirror.Chain;
using EntraAuditTools.Core.Mirror.Files;
using EntraAuditTools.Core.Mirror.Originals;
using EntraAuditTools.Core.Mirror.Rows;
using EntraAuditTools.Core.Mirror.Shared;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Mirror.Tables;
using EntraAuditTools.Core.Mirror.Writing.Entities;
using EntraAuditTools.Core.Mirror.Writing.Logs;
using EntraAuditTools.Core.Schema;
using Microsoft.Data.Sqlite;

namespace EntraAuditTools.Core.Mirror.Writing;

/// <summary>What an import row is made of.</summary>
internal sealed record ImportFacts(string Source, long? Bytes, string Options, string ToolVersion, DateTime Started)
{
    /// <summary>When the source was written, UTC; null when there is no source.</summary>
    public DateTime? FileTime { get; init; }

    /// <summary>The header of a CSV as it is in the file; null for what is none.</summary>
    public string? Header { get; init; }
}

/// <summary>Writes imports into the mirror, in transactions of some ten thousand records. Used by one thread at a time.</summary>
internal sealed class MirrorWriter : IDisposable
{
    private const int CommitRows = 40_000;
    private const int CommitMilliseconds = 5_000;

    private readonly SqliteConnection connection;
    private readonly Dimensions dimensions;
    private readonly FileFacts place;
    private readonly (string Path, FileFacts Facts)[] beside;
    private readonly BlockQueue blocks;
    private readonly ILogWriter[] logs;
    private readonly ProvisioningPartWriter provisioningParts;
    private readonly JobWriter jobs;
    private readonly EntityWriter entities;
    private readonly ChainWriter chain;
    private readonly ISharedWriting? shared;
    private RemovedRecords? removed;
    private readonly HashSet<long> changed = [];
    private readonly Statement insertTerm;
    private readonly Statement insertTenant;
    private readonly Statement insertAddress;
    private readonly Statement insertPropertySet;
    private readonly Dictionary<KindTable, Statement> insertKind;
    private readonly Statement insertIdentity;
    private readonly Statement insertRejection;
    private readonly ImportSizes sizes;
    private long import;
    private long? importBytes;
    private int rowsSinceCommit;
    // Not the time of day, which jumps.
    private long lastCommit = Environment.TickCount64;
    private bool inTransaction;
    private bool isBroken;
    private LastNumbers last;
    private bool isOpen;
    private bool hasLinked;
    private Derivation? derivation;

    /// <summary>Opens the mirror; the caller holds its lock.</summary>
    public MirrorWriter(SqliteConnection connection, Dimensions dimensions)
    {
        this.connection = connection;
        this.dimensions = dimensions;
        place = FileFacts.Of(connection.DataSource);
        beside = [.. MirrorFiles.OfLog(connection.DataSource).Select(file => (file, FileFacts.Of(file)))];
        sizes = new(connection);
        blocks = new(connection);
        logs = [new ActivityWriter(connection, dimensions, blocks, Counts), new ProvisioningWriter(connection, blocks, Counts)];
        provisioningParts = new(connection, blocks, Counts);
        jobs = new(connection, blocks, Counts);
        entities = new(connection, blocks, Counts);
        chain = new(connection);
        insertTerm = new(connection, "INSERT INTO term VALUES (?, ?)");
        insertTenant = new(connection, "INSERT OR IGNORE INTO tenant VALUES (?)");
        insertAddress = new(connection, "INSERT INTO address VALUES (?, ?)");
        insertPropertySet = new(connection, "INSERT INTO property_set VALUES (?, ?)");
        insertKind = LogTable.All.ToDictionary(log => log.Kinds, log => new Statement(connection, log.Kinds.Insert()));
        insertIdentity = new(connection, "INSERT INTO identity VALUES (?, ?, ?, ?, ?, ?)");
        insertRejection = new(connection, "INSERT INTO rejection (import, line, byte_offset, reason, text) VALUES (?, ?, ?, ?, ?)");
    }

    /// <summary>The logs that it writes.</summary>
    public IEnumerable<LogTable> Logs => logs.Select(log => log.Log);

    /// <summary>Counts of the records of the current import.</summary>
    public WriteCounts Counts { get; } = new();

    /// <summary>Begins an import and returns its number. Until it is finished its status is Interrupted.</summary>
    public long BeginImport(ImportFacts facts)
    {
        importBytes = facts.Bytes;
        Counts.Added = Counts.Updated = Counts.Unchanged = Counts.Conflicts = 0;
        BeginTransaction();
        // What an import of before left: looked for once.
        if (!hasLinked) chain.LinkInterrupted();
        (hasLinked, isOpen) = (true, true);
        import = Insert(
            """
            INSERT INTO import (started, status, source, kind, shape, tool_version, bytes, options, reader, file_time, header)
            VALUES (@started, 'Interrupted', @source, '', '', @version, @bytes, @options, @reader, @fileTime, @header) RETURNING id
            """,
            ("@started", facts.Started.Ticks), ("@source", facts.Source), ("@version", facts.ToolVersion), ("@bytes", facts.Bytes),
                ("@options", facts.Options),
            ("@reader", (long)ReaderVersion.Current), ("@fileTime", facts.FileTime?.Ticks), ("@header", facts.Header));
        blocks.BeginImport(import);
        foreach (var log in logs) log.BeginImport(import);
        provisioningParts.BeginImport();
        entities.BeginImport(import);
        return import;
    }

    /// <summary>Takes what is committed to the server whose copy this is; null for a mirror that is a file.</summary>
    public ISharedWriting? Shared
    {
        get => shared;
        init
        {
            shared = value;
            if (shared is not { IsWithoutLogs: true }) return;
            foreach (var log in logs) log.LacksRows();
        }
    }

    /// <summary>Whether the connection stays open when this is disposed.</summary>
    public bool KeepsOpen { get; init; }

    /// <summary>Continues an import of another mirror, whose records are derived anew in this one.</summary>
    /// <param name="id">Its number there and here.</param>
    /// <param name="ownBlocks">The blocks of its originals.</param>
    /// <param name="from">Writes what comes from there.</param>
    public void ContinueImport(long id, IReadOnlySet<long> ownBlocks, Derivation from)
    {
        Counts.Added = Counts.Updated = Counts.Unchanged = Counts.Conflicts = 0;
        import = id;
        derivation = from;
        blocks.LeaveFree(from.LastBlock);
        blocks.BeginImport(id, ownBlocks);
        foreach (var log in logs) log.BeginImport(id);
        provisioningParts.BeginImport();
        entities.BeginImport(id);
    }

    /// <summary>Does something in the transaction that is open, or a new one.</summary>
    public void Within(Action work)
    {
        try
        {
            BeginTransaction();
            blocks.Flush();
            work();
        }
        catch
        {
            Abort();
            throw;
        }
    }

    /// <summary>Writes some batches, and commits when enough has come together.</summary>
    public void Write(IReadOnlyList<ImportBatch> run)
    {
        try
        {
            BeginTransaction();
            foreach (var batch in run) WriteDimensions(batch);
            if (Shared is { IsWithoutLogs: true } server) Fetch(server, run);
            foreach (var log in logs) log.Write(run);
            foreach (var batch in run)
            {
                provisioningParts.Write(batch);
                jobs.Write(batch);
                entities.Write(batch);
                foreach (var rejection in batch.Rejections) WriteRejection(rejection);
                derivation?.Write(batch);
                rowsSinceCommit += batch.RecordCount;
            }
        }
        catch
        {
            // A batch half written must not be committed when the mirror is closed.
            Abort();
            throw;
        }

        if (rowsSinceCommit >= CommitRows || Environment.TickCount64 - lastCommit > CommitMilliseconds) Commit();
    }

    private void Fetch(ISharedWriting server, IReadOnlyList<ImportBatch> run)
    {
        foreach (var log in logs)
        {
            var sought = log.Seek(run);
            if (log.Log == LogTable.Provisioning)
            {
                foreach (var batch in run)
                {
                    foreach (var part in batch.ProvisioningParts)
                        sought.Changes.Add(SoughtId.Of(batch.Get(part.Change.Bytes), part.Change.IsGuid));
                }
            }

            if (!sought.IsEmpty) server.Fetch(connection, sought);
        }
    }

    /// <summary>Writes what is known at an import's end, with the spans it proves or was declared to cover, and commits.</summary>
    /// <param name="result">The result.</param>
    /// <param name="coverage">The spans.</param>
    /// <param name="facts">What the source proves, as JSON: kept beside the options, for when the same file comes again.</param>
    /// <returns>The digest of the chain's link that covers it.</returns>
    public byte[] FinishImport(ImportResult result, IEnumerable<CoveredSpan> coverage, string facts)
    {
        BeginTransaction();
        Run(
            """
            UPDATE import SET finished = @finished, status = @status, kind = @kind, shape = @shape, sha256 = @sha256, read = @read,
                added = @added, updated = @updated,
                unchanged = @unchanged, rejected = @rejected, not_supported = @notSupported, conflicts = @conflicts, first_time = @first, last_time = @last, notes = @notes,
                options = json_set(options, '$.Facts', json(@facts))
            WHERE id = @id
            """,
            ("@finished", DateTime.UtcNow.Ticks), ("@status", result.Status), ("@kind", result.Kind), ("@shape", result.Shape),
            ("@sha256", result.Sha256 == null ? null : Convert.FromHexString(result.Sha256)),
            ("@read", result.Read), ("@added", result.Added), ("@updated", result.Updated), ("@unchanged", result.Unchanged),
            ("@rejected", result.Rejected), ("@notSupported", result.NotSupported),
            ("@conflicts", result.Conflicts), ("@first", result.FirstTime?.UtcTicks), ("@last", result.LastTime?.UtcTicks),
            ("@notes", JsonSerializer.Serialize(result.Notes)), ("@facts", facts), ("@id", import));
        // What an older reader believed of the very same file is said by this one, or not any more.
        if (result.Sha256 != null)
        {
            using var forget = new Statement(connection, """
                DELETE FROM coverage WHERE basis = 'hour folder' AND import IN (
                    SELECT id FROM import WHERE sha256 = ?1 AND id <> ?2 AND json_extract(options, '$.FileReader') IS NOT NULL)
                RETURNING import
                """);
            forget.BindBlob(1, Convert.FromHexString(result.Sha256)).Bind(2, import);
            while (forget.Step()) Changed(forget.Number(0));
        }

        foreach (var span in coverage) AddCoverage(span, import);
        if (result.Sha256 != null && importBytes is { } bytes) sizes.Add(bytes);
        blocks.Flush();
        chain.Link(ChainReason.Import, [import]);
        isOpen = false;
        Commit();
        return chain.Head;
    }

    /// <summary>Until when records of a log that an import brought were removed, in UTC ticks; null when none were.</summary>
    /// <param name="kind">The kind of the log's records.</param>
    /// <param name="byImport">The import.</param>
    public long? RemovedBefore(string kind, long byImport) => (removed ??= new(connection)).Before(kind, byImport);

    /// <summary>Notes that a log is complete for a span, unless that is noted already.</summary>
    public void AddCoverage(CoveredSpan span, long byImport)
    {
        BeginTransaction();
        Run(
            """
            INSERT INTO coverage (kind, tenant, from_time, to_time, basis, import)
            SELECT @kind, @tenant, @from, @to, @basis, @import
            WHERE NOT EXISTS (SELECT 1 FROM coverage WHERE kind = @kind AND tenant = @tenant AND from_time = @from AND to_time = @to AND basis = @basis)
            """,
            ("@kind", span.Kind), ("@tenant", (long)span.Tenant), ("@from", span.FromTicks), ("@to", span.ToTicks), ("@basis", span.Basis),
            ("@import", byImport));
        Changed(byImport);
    }

    /// <summary>
    /// What an import of one of the portal's provisioning files should say because the others are missing; null when nothing.
    /// </summary>
    /// <param name="ofImport">The import.</param>
    /// <param name="isEntries">Whether the file held the entries; else it held steps or modified properties.</param>
    public string? MissingProvisioningFiles(long ofImport, bool isEntries)
    {
        BeginTransaction();
        blocks.Flush();
        if (Shared is { IsWithoutLogs: true } server) server.FetchParts(connection, ofImport);
        if (!isEntries)
        {
            var unmatched = MirrorFile.Scalar(connection, $"""
                SELECT count(DISTINCT p.change_id) FROM provisioning_part p JOIN block b ON b.id = p.block
                WHERE b.import = {ofImport} AND NOT EXISTS (SELECT 1 FROM provisioning e WHERE e.change_id = p.change_id)
                """);
            return unmatched == 0
                ? null
                : $"{unmatched:N0} {(unmatched == 1 ? "change in it has" : "changes in it have")} no entry in the mirror yet: their steps and "
                    + $"properties show once the download's ProvisioningLogs file is imported too.";
        }

        string[] names = ["ProvisioningSteps", "ModifiedProperties"];
        var missing = names.Where((_, part) =>
            MirrorFile.Scalar(connection,
                $"SELECT EXISTS (SELECT 1 FROM provisioning_part p JOIN provisioning e ON e.change_id = p.change_id WHERE p.part = {part})")
                == 0).ToList();
        return missing.Count == 0 ? null
            : $"The download keeps {string.Join(" and ", missing.Select(m => m == names[0] ? "steps" : "modified properties"))} in files "
                + $"of their own ({string.Join(", ", missing.Select(m => $"…_{m}"))}): import them too, or these entries show none.";
    }

    /// <summary>Covers a mirror that was derived anew by a link of its chain.</summary>
    public void LinkDerivation() => chain.LinkAll(ChainReason.Derivation);

    /// <summary>Closes what complete exports lack; see <see cref="EntityWriter.CloseMissing"/>.</summary>
    public IReadOnlyList<(EntityKind Kind, long Count)> CloseMissing()
    {
        Changed(import);
        return entities.CloseMissing();
    }

    /// <summary>The writer of what has states.</summary>
    public EntityWriter Entities => entities;

    /// <summary>Adds to what an import noted.</summary>
    public void AddNote(long toImport, string note)
    {
        BeginTransaction();
        Run("UPDATE import SET notes = json_insert(notes, '$[#]', @note) WHERE id = @id", ("@note", note), ("@id", toImport));
        Changed(toImport);
    }

    /// <summary>Notes how the current import is made, once that has changed: before anything of it is written.</summary>
    /// <param name="options">The options, as JSON.</param>
    /// <param name="header">The header of a CSV as it is in the file; null for what is none.</param>
    public void Remember(string options, string? header)
    {
        BeginTransaction();
        Run("UPDATE import SET options = @options, header = @header WHERE id = @id", ("@options", options), ("@header", header),
            ("@id", import));
    }

    /// <summary>Deletes what the current import rejected: it turned out to be of no export.</summary>
    public void DiscardRejections()
    {
        BeginTransaction();
        Run("DELETE FROM rejection WHERE import = @id", ("@id", import));
    }

    /// <summary>Commits what was written so far.</summary>
    /// <exception cref="AuditToolException">The mirror is not where it was: what is committed is in a file that nobody reads.</exception>
    public void Commit()
    {
        if (!inTransaction || isBroken) return;
        try
        {
            blocks.Flush();
            foreach (var log in logs)
            {
                log.Flush();
                log.BeforeCommit();
            }

            derivation?.BeforeCommit();
            if (changed.Count > 0 && Shared is { IsWithoutLogs: true } server) server.FetchSightings(connection, changed);
            if (changed.Count > 0) chain.Link(ChainReason.Addition, changed);
            Shared?.Send(connection);
            MirrorFile.Execute(connection, "COMMIT");
        }
        catch
        {
            Abort();
            throw;
        }

        inTransaction = false;
        changed.Clear();
        rowsSinceCommit = 0;
        lastCommit = Environment.TickCount64;
        dimensions.Committed(last);
        CheckPlace();
    }

    /// <summary>
    /// SQLite keeps writing a file that was deleted or replaced under it, without an error. So its place is checked after each commit.
    /// </summary>
    /// <exception cref="AuditToolException">The mirror is not where it was.</exception>
    public void CheckPlace()
    {
        if (place.Number == 0 || FileFacts.Of(connection.DataSource) is var now && now.IsSameAs(place)) return;
        isBroken = true;
        if (now.Number != 0) RemoveLeftLog();
        throw MirrorErrors.Vanished(connection.DataSource, isReplaced: now.Number != 0);
    }

    /// <summary>
    /// The write-ahead log of a mirror that was replaced is found by its name alone: whoever opens the mirror in its place would read
    /// pages of the old one from it, and write them (https://sqlite.org/howtocorrupt.html, "Mispairing database files and hot journals").
    /// </summary>
    private void RemoveLeftLog()
    {
        foreach (var (path, _) in beside.Where(file => FileFacts.Of(file.Path).IsSameAs(file.Facts)))
        {
            try
            {
                File.Delete(path);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // The error that is on its way says what happened.
            }
        }
    }

    /// <summary>Commits, and gathers statistics for the query planner.</summary>
    public void Settle()
    {
        Commit();
        MirrorFile.Execute(connection, "PRAGMA analysis_limit = 1000; ANALYZE");
    }

    /// <summary>
    /// Commits what can be, and closes. Throws nothing: an exception that is being thrown already must not be hidden. <see cref="Settle"/>
    /// checks that all was written.
    /// </summary>
    public void Dispose()
    {
        try
        {
            if (isOpen && !isBroken)
            {
                BeginTransaction();
                blocks.Flush();
                chain.LinkInterrupted();
            }

            Commit();
            // Into the mirror's own file, so that it can be copied or opened from a read-only folder.
            if (!isBroken && !KeepsOpen) MirrorFile.Checkpoint(connection);
        }
        catch (Exception e) when (e is SqliteException or AuditToolException)
        {
            // What was committed is complete, in the mirror or in the file beside it that SQLite reads with it.
        }
        finally
        {
            IDisposable[] parts = [.. logs, provisioningParts, jobs, entities, chain, blocks, insertTerm, insertTenant, insertAddress,
                insertPropertySet,
                .. insertKind.Values, insertIdentity, insertRejection];
            foreach (var part in parts) part.Dispose();
            if (!KeepsOpen) connection.Dispose();
        }
    }

    /// <inheritdoc cref="EarlierImport.Find"/>
    public (AuditImport Import, string? Facts)? FindImport(byte[] sha256, string toolVersion, string? columnMap, string? dateFormat) =>
        EarlierImport.Find(connection, sha256, toolVersion, columnMap, dateFormat);

    /// <summary>Whether a finished import was of a file of this size: only then does hashing it beforehand pay.</summary>
    public bool HasImportOfSize(long bytes) => sizes.Has(bytes);

    private void Abort()
    {
        isBroken = true;
        try
        {
            MirrorFile.Execute(connection, "ROLLBACK");
        }
        catch (SqliteException)
        {
            // SQLite rolls back by itself after some errors (a full disk).
        }

        inTransaction = false;
    }

    private void WriteDimensions(ImportBatch batch)
    {
        foreach (var term in batch.Terms) insertTerm.Bind(1, last.Term = term.Id).BindText(2, term.Text).Execute();
        foreach (var tenant in batch.Tenants) insertTenant.Bind(1, tenant).Execute();
        foreach (var address in batch.Addresses) insertAddress.Bind(1, last.Address = address.Id).BindText(2, address.Text).Execute();
        foreach (var set in batch.PropertySets) insertPropertySet.Bind(1, last.PropertySet = set.Id).BindText(2, set.Text).Execute();
        foreach (var (table, id, parts) in batch.Kinds)
        {
            var insert = insertKind[table].Bind(1, id);
            for (var i = 0; i < table.Columns.Count; i++) insert.Bind(i + 2, parts[i]);
            insert.Execute();
        }

        foreach (var identity in batch.Identities)
        {
            insertIdentity.Bind(1, last.Identity = identity.Id).Bind(2, identity.Hash).Bind(3, identity.Type)
                .BindText(4, identity.ObjectId).BindText(5, identity.DisplayName).BindText(6, identity.UserPrincipalName).Execute();
        }
    }

    private void WriteRejection(in NewRejection rejection)
    {
        if (rejection.Line is { } line) insertRejection.Bind(2, line);
        else insertRejection.BindText(2, default);
        if (rejection.ByteOffset is { } offset) insertRejection.Bind(3, offset);
        else insertRejection.BindText(3, default);
        insertRejection.Bind(1, import).BindText(4, System.Text.Encoding.UTF8.GetBytes(rejection.Reason))
            .BindBlob(5, RejectedText.Compress(rejection.Text)).Execute();
    }

    /// <summary>More became known of an import that is linked already. An import that goes on is linked when it ends.</summary>
    private void Changed(long other)
    {
        if (derivation == null && !(isOpen && other == import)) changed.Add(other);
    }

    private void BeginTransaction()
    {
        if (inTransaction) return;
        MirrorFile.Execute(connection, "BEGIN IMMEDIATE");
        inTransaction = true;
    }

    private void Run(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters) command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        command.ExecuteNonQuery();
    }

    private long Insert(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters) command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        return (long)command.ExecuteScalar()!;
    }
}
