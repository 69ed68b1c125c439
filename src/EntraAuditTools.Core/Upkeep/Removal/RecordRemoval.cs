using System.Diagnostics;
using System.Globalization;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Importing.Upgrading;
using EntraAuditTools.Core.Mirror.Chain;
using EntraAuditTools.Core.Mirror.Files;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Shared;
using EntraAuditTools.Core.Mirror.Tables;
using EntraAuditTools.Core.Schema;
using EntraAuditTools.Core.Upkeep.Rebuilding;
using Microsoft.Data.Sqlite;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Upkeep.Removal;

/// <summary>
/// Removes records of the logs from a mirror, for good: in one transaction all that is derived from them, their originals and the names
/// that only they have, with a link of the chain that says so; then the mirror is written anew, so that no byte of them stays in the file.
/// </summary>
/// <remarks>
/// A kill before the transaction ends leaves the mirror as it was, one after it a mirror without the records: what free parts of its file
/// still hold is written over by the next removal or <see cref="MirrorOptimization"/>.
/// </remarks>
internal sealed class RecordRemoval
{
    /// <summary>What updates leave beside a mirror, and what kills leave of backups, salvages and checks.</summary>
    private static readonly string[] Copies = [".bak", MirrorFiles.BackupPartEnding, ".salvage-part", ".check"];

    private readonly string path;
    private readonly RemovalOptions options;
    private readonly ISharedWriting? shared;
    private readonly CancellationToken cancel;
    private readonly List<string> notes = [];

    private RecordRemoval(string path, RemovalOptions options, ISharedWriting? shared, CancellationToken cancel)
    {
        this.path = path;
        this.options = options;
        this.shared = shared;
        this.cancel = cancel;
    }

    /// <summary>How many records of each log a removal would take.</summary>
    /// <param name="path">Full path of the mirror.</param>
    /// <param name="options">Which.</param>
    /// <exception cref="AuditToolException">There is no mirror, or it cannot be read.</exception>
    public static IReadOnlyDictionary<LogTable, long> Count(string path, RemovalOptions options)
    {
        using var mirror = MirrorReader.Open(path);
        try
        {
            var rows = new GoneRows(mirror.Connection, options);
            return options.Logs.ToDictionary(log => log, log => mirror.Has(log) ? rows.Count(log) : 0);
        }
        catch (SqliteException e)
        {
            throw SqliteErrors.Translate(e, path);
        }
    }

    /// <summary>What is removed, in words.</summary>
    /// <param name="counts">How many records of each log.</param>
    public static string Describe(IReadOnlyDictionary<LogTable, long> counts) => string.Join(" and ", counts.Select(
        pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Value:N0} {pair.Key.Records}")));

    /// <summary>Removes them.</summary>
    /// <param name="path">Full path of the mirror.</param>
    /// <param name="options">Which.</param>
    /// <param name="onProgress">Called a few times a second while a mirror of an older version is brought up to date before.</param>
    /// <param name="cancel">Stops it, until they are removed: then nothing is.</param>
    /// <exception cref="AuditToolException">There is no mirror, it is damaged or locked, or there is no room.</exception>
    public static AuditRecordRemoval Run(string path, RemovalOptions options, Action<ImportProgress> onProgress, CancellationToken cancel)
    {
        if (!File.Exists(path)) throw MirrorErrors.NotFound(path);
        MirrorReader.Open(path).Dispose();
        using var shared = options.Server is { } server ? SharedMirrors.Of(server).BeginWriting(options.Waiting, cancel) : null;
        using var held = MirrorLock.Acquire(path, MirrorLock.LongestWait, cancel, options.Waiting);
        shared?.Refresh(path, options.Doing, cancel);
        string? backup = null;
        // What an older version derived could not be compared with what stays.
        if (MirrorUpgrade.RunLocked(path, new(), onProgress, ref backup, cancel) != null) shared?.Replace();
        return new RecordRemoval(path, options, shared, cancel).Run();
    }

    private AuditRecordRemoval Run()
    {
        var clock = Stopwatch.StartNew();
        try
        {
            using var connection = MirrorFile.OpenForWriting(path);
            var bytesBefore = MirrorFiles.Size(path);
            if (options.Patience is { } patience) SQLitePCL.raw.sqlite3_busy_timeout(connection.Handle, (int)patience.TotalMilliseconds);
            MirrorRebuild.Forget(path);
            MirrorRebuild.CheckRoom(connection, path);
            // A derivation that was stopped would bring back what goes now.
            UpgradeFile.Delete(path);
            shared?.Follow(connection);
            var (counts, originals, head) = Remove(connection);
            if (MirrorFile.Scalar(connection, $"SELECT count(*) FROM meta WHERE name = '{MirrorRebuild.IsDue}'") != 0) Rebuild(connection);
            AddNotes(connection);
            return new()
            {
                Path = path,
                Before = options.Before,
                Activities = counts.GetValueOrDefault(LogTable.Activity),
                ProvisioningEntries = counts.GetValueOrDefault(LogTable.Provisioning),
                Originals = originals,
                BytesBefore = bytesBefore,
                Bytes = MirrorFiles.Size(path),
                ChainHead = head,
                Notes = new(notes),
                Duration = clock.Elapsed,
            };
        }
        catch (SqliteException e) when (SqliteErrors.IsDamage(e))
        {
            throw MirrorErrors.Damaged(path, e);
        }
        catch (SqliteException e) when (!SqliteErrors.IsMistake(e))
        {
            throw MirrorErrors.RemovalFailed(path, e);
        }
        catch (InvalidDataException e)
        {
            throw MirrorErrors.Damaged(path, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw MirrorErrors.RemovalFailed(path, e);
        }
    }

    private (IReadOnlyDictionary<LogTable, long> Counts, long Originals, string? Head) Remove(SqliteConnection connection)
    {
        MirrorFile.Execute(connection, "PRAGMA secure_delete = ON; BEGIN IMMEDIATE");
        try
        {
            var position = MirrorFile.Scalar(connection, "SELECT coalesce(max(position), 0) + 1 FROM chain");
            options.Step?.Invoke("rows");
            options.Doing?.Invoke("Removing what is derived from the records");
            var rows = new GoneRows(connection, options);
            var counts = rows.Remove(position);
            if (counts.Values.Sum() == 0)
            {
                MirrorFile.Execute(connection, "ROLLBACK");
                return (counts, 0, ChainHead.Of(connection));
            }

            options.Step?.Invoke("originals");
            options.Doing?.Invoke("Removing the originals");
            var originals = new GoneOriginals(connection, cancel).Remove(position);
            options.Step?.Invoke("names");
            options.Doing?.Invoke("Removing names that nothing refers to any more");
            UnusedNames.Remove(connection);
            rows.Forget();
            foreach (var (log, count) in counts)
            {
                if (count > 0) CutCoverage.Run(connection, log, options.Ticks);
            }

            RemoveIndex(connection);
            Link(connection, position, counts);
            cancel.ThrowIfCancellationRequested();
            options.Step?.Invoke("commit");
            shared?.Send(connection);
            MirrorFile.Execute(connection, "COMMIT");
            options.Step?.Invoke("committed");
            return (counts, originals, ChainHead.Of(connection));
        }
        catch
        {
            if (SQLitePCL.raw.sqlite3_get_autocommit(connection.Handle) == 0) MirrorFile.Execute(connection, "ROLLBACK");
            throw;
        }
    }

    /// <summary>
    /// Samples that SQLite keeps of its indexes hold values of rows; they are taken again. From the full-text index, which has no content of
    /// its own, nothing can be removed: it is made again by the next search.
    /// </summary>
    private void RemoveIndex(SqliteConnection connection)
    {
        foreach (var table in new[] { "sqlite_stat1", "sqlite_stat4" })
        {
            if (MirrorFile.Scalar(connection, $"SELECT count(*) FROM sqlite_master WHERE name = '{table}'") != 0)
                MirrorFile.Execute(connection, $"DELETE FROM {table}");
        }

        if (options.Logs.Contains(LogTable.Activity) && ActivitySearchIndex.Exists(connection))
        {
            MirrorFile.Execute(connection, $"DROP TABLE {SearchIndexSchema.Table}");
            notes.Add($"The full-text index went with them: the next {Caller.Option("Search")} makes it again.");
        }
    }

    private void Link(SqliteConnection connection, long position, IReadOnlyDictionary<LogTable, long> counts)
    {
        byte[] digest;
        using (var digests = new ChainDigests(connection)) digest = digests.OfRemoved(position);
        var lost = counts.Where(pair => pair.Value > 0).Select(pair => pair.Key).ToList();
        using var chain = new ChainWriter(connection);
        chain.LinkAll(ChainReason.Removal, new(new(options.Ticks, DateTimeKind.Utc), string.Join(" and ", lost.Select(log => log.Records)),
            counts.Values.Sum(), digest)
        {
            Logs = lost.ConvertAll(log => log.Kind),
        });
        MirrorFile.Execute(connection, $"INSERT OR REPLACE INTO meta (name, value) VALUES ('{MirrorRebuild.IsDue}', 1)");
    }

    private void Rebuild(SqliteConnection connection)
    {
        options.Doing?.Invoke("Writing the mirror anew, without what is free in it");
        try
        {
            if (!MirrorRebuild.Run(connection, path, options.Step))
                notes.Add("Somebody read the mirror meanwhile, so what was removed may still stand in its files: run "
                    + $"{Caller.Command("Optimize-AuditMirror")} later.");
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw MirrorErrors.RebuildFailed(path, e, areRecordsGone: true);
        }
    }

    private void AddNotes(SqliteConnection connection)
    {
        var rejected = MirrorFile.Scalar(connection, "SELECT count(*) FROM rejection");
        if (rejected > 0)
            notes.Add($"Records that were rejected have no time that is known, and stay: {rejected.ToString("N0", CultureInfo.InvariantCulture)}.");
        var copies = Directory.GetFileSystemEntries(Path.GetDirectoryName(path)!, Path.GetFileName(path) + ".*")
            .Where(file => Copies.Contains(Path.GetExtension(file))).Select(Path.GetFileName).Order().ToList();
        if (copies.Count > 0)
            notes.Add($"Copies beside the mirror were made before, and hold what they held: {string.Join(", ", copies)}. Delete them too.");
    }
}
