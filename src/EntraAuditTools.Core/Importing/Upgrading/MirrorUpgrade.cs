using System.Diagnostics;
using System.Globalization;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Formats.Dates;
using EntraAuditTools.Core.Mirror.Files;
using EntraAuditTools.Core.Mirror.Originals;
using EntraAuditTools.Core.Mirror.Shared;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Rows;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Mirror.Writing;
using EntraAuditTools.Core.Schema;
using Microsoft.Data.Sqlite;

namespace EntraAuditTools.Core.Importing.Upgrading;

/// <summary>How a mirror is derived anew.</summary>
internal sealed class MirrorUpgradeOptions
{
    private readonly string? dateFormat;

    /// <summary>How dates are written in exports whose own dates do not show it; null when not given.</summary>
    /// <exception cref="AuditToolException">It is neither a word nor a format.</exception>
    public string? DateFormat
    {
        get => dateFormat;
        init => dateFormat = DateReading.Of(value).Text;
    }

    /// <summary>The server that holds the mirror, of which the path is this machine's copy; null for a file.</summary>
    public ServerAddress? Server { get; init; }

    /// <summary>Derive it anew although this version's readers derived it.</summary>
    public bool Force { get; init; }

    /// <summary>Called once when another import writes the mirror, which is waited for; null when nobody is to know.</summary>
    public Action? Waiting { get; init; }

    /// <summary>For tests that stop it: called with the next step.</summary>
    internal Action<string>? Step { get; init; }
}

/// <summary>
/// Derives anew what a mirror holds that older readers derived: actors, targets, times, tenants, links and states, from the originals and
/// the options of each import. The originals, the imports and what they rejected stay as they are.
/// </summary>
/// <remarks>
/// It is done in a file beside the mirror, import by import, as an import of the originals would; that can be stopped at any moment and
/// goes on where it was. Until the end the mirror is not touched, and answers. Then it is copied to a backup, and the new pages take the
/// place of its own in one transaction of SQLite: a reader meanwhile sees the old mirror or the new one.
/// </remarks>
internal sealed class MirrorUpgrade
{
    private readonly string path;
    private readonly MirrorUpgradeOptions options;
    private readonly Action<ImportProgress> onProgress;
    private readonly CancellationToken cancel;
    private readonly Stopwatch clock = Stopwatch.StartNew();
    private long total;
    private long done;
    private long lastProgress;

    private MirrorUpgrade(string path, MirrorUpgradeOptions options, Action<ImportProgress> onProgress, CancellationToken cancel)
    {
        this.path = path;
        this.options = options;
        this.onProgress = onProgress;
        this.cancel = cancel;
    }

    /// <summary>Brings a mirror up to date; null when it is.</summary>
    /// <param name="path">Full path of the mirror.</param>
    /// <param name="options">How.</param>
    /// <param name="onProgress">Called a few times a second.</param>
    /// <param name="cancel">Stops; the next time continues from there.</param>
    /// <exception cref="AuditToolException">It is no mirror, newer, damaged, locked, or there is no room for it.</exception>
    public static AuditMirrorUpdate? Run(string path, MirrorUpgradeOptions options, Action<ImportProgress> onProgress,
        CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (!File.Exists(path)) throw MirrorErrors.NotFound(path);
        using var shared = options.Server is { } server ? SharedMirrors.Of(server).BeginWriting(options.Waiting, cancel) : null;
        using var held = MirrorLock.Acquire(path, MirrorLock.LongestWait, cancel, options.Waiting);
        shared?.Refresh(path, null, cancel);
        string? backup = null;
        var update = RunLocked(path, options, onProgress, ref backup, cancel);
        // Where only the tables were of an older version, the server's are too.
        if (update != null || backup != null) shared?.SendAll(path, null, null, cancel);
        return update;
    }

    /// <summary>The same, for the holder of the mirror's lock.</summary>
    /// <param name="path">Full path of the mirror.</param>
    /// <param name="options">How.</param>
    /// <param name="onProgress">Called a few times a second.</param>
    /// <param name="backup">Where a mirror of an older schema was copied to before that was changed, also when it goes no further.</param>
    /// <param name="cancel">Stops.</param>
    internal static AuditMirrorUpdate? RunLocked(string path, MirrorUpgradeOptions options, Action<ImportProgress> onProgress,
        ref string? backup, CancellationToken cancel)
    {
        try
        {
            using (var connection = MirrorFile.OpenForWriting(path, out backup))
            {
                if (!IsDue(connection, options))
                {
                    // One that was finished, or is not usable any more.
                    UpgradeFile.Delete(path);
                    UpgradeFile.Forget(connection);
                    return null;
                }

                if (MaskedOriginals.AreIn(connection)) throw MirrorErrors.Masked(path, "derived anew");
            }

            return new MirrorUpgrade(path, options, onProgress, cancel).Run(backup);
        }
        catch (SqliteException e) when (SqliteErrors.IsDamage(e))
        {
            throw MirrorErrors.Damaged(path, e);
        }
        catch (SqliteException e) when (!SqliteErrors.IsMistake(e))
        {
            // Without space, the progress so far is not worth keeping.
            if (e.SqliteErrorCode == SQLitePCL.raw.SQLITE_FULL) UpgradeFile.Delete(path);
            throw MirrorErrors.UpgradeFailed(path, e);
        }
        catch (Exception e) when (e is InvalidDataException or System.Text.Json.JsonException)
        {
            throw MirrorErrors.Damaged(path, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw MirrorErrors.UpgradeFailed(path, e);
        }
        catch (Exception e) when (e is not (OperationCanceledException or AuditToolException))
        {
            throw ToolFault.Of(e,
                $"The mirror '{path}' was read by an older version, and could not be brought up to date (it was not changed)", path);
        }
    }

    /// <summary>Derives a copy of a mirror anew beside it, and compares both; neither is changed otherwise.</summary>
    /// <param name="path">Full path of the copy, which nobody else uses.</param>
    /// <param name="compare">Called with the mirror that was derived, and the one that it was derived from.</param>
    /// <param name="onProgress">Called a few times a second.</param>
    /// <param name="cancel">Stops it.</param>
    internal static void Compare(string path, Action<SqliteConnection, SqliteConnection> compare, Action<ImportProgress> onProgress,
        CancellationToken cancel)
    {
        var (connection, _) = UpgradeFile.Open(path);
        using (connection)
        {
            new MirrorUpgrade(path, new() { Force = true }, onProgress, cancel).Derive(connection);
        }

        using var derived = MirrorFile.OpenForLookups(UpgradeFile.PathOf(path));
        using var old = MirrorFile.OpenForLookups(path);
        compare(derived, old);
    }

    /// <summary>Derives a mirror anew beside it, as one file; it is not changed itself.</summary>
    /// <param name="path">Full path of the mirror, which nobody else uses.</param>
    /// <param name="complete">Called with what was derived, before it is closed.</param>
    /// <param name="onProgress">Called a few times a second.</param>
    /// <param name="cancel">Stops it.</param>
    /// <returns>Full path of what was derived.</returns>
    internal static string Beside(string path, Action<SqliteConnection> complete, Action<ImportProgress> onProgress,
        CancellationToken cancel)
    {
        UpgradeFile.Delete(path);
        var (connection, _) = UpgradeFile.Open(path);
        using (connection)
        {
            new MirrorUpgrade(path, new() { Force = true }, onProgress, cancel).Derive(connection);
            UpgradeFile.Finish(connection, new());
            UpgradeFile.Forget(connection);
            MirrorFile.Execute(connection, $"DETACH {Derivation.Old}");
            complete(connection);
            MirrorFile.Execute(connection, "PRAGMA analysis_limit = 1000; ANALYZE");
            MirrorFile.Execute(connection, "PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode = DELETE");
        }

        return UpgradeFile.PathOf(path);
    }

    private static bool IsDue(SqliteConnection connection, MirrorUpgradeOptions options)
    {
        if (MirrorFile.Scalar(connection, $"SELECT EXISTS (SELECT 1 FROM import WHERE reader < {ReaderVersion.Current})") != 0) return true;
        if (options.Force) return MirrorFile.Scalar(connection, "SELECT count(*) FROM import") != 0;
        return options.DateFormat != null
            && MirrorFile.Scalar(connection,
                "SELECT EXISTS (SELECT 1 FROM import WHERE json_extract(options, '$.SetAside') IS NOT NULL)") != 0;
    }

    private AuditMirrorUpdate Run(string? backup)
    {
        // Of what was set aside an answer is known now: a file that was left does not have it.
        if (options.Force || options.DateFormat != null) UpgradeFile.Delete(path);
        options.Step?.Invoke("open");
        var (connection, isContinued) = UpgradeFile.Open(path);
        // Of a run that was stopped, the mirror's schema may be kept as it was before.
        backup = UpgradeFile.KeepBackup(connection, backup);
        AuditMirrorUpdate result;
        using (connection)
        {
            if (UpgradeFile.Result(connection) is { } known)
            {
                result = known;
            }
            else
            {
                Derive(connection);
                options.Step?.Invoke("compare");
                result = UpgradeChanges.Read(connection, path);
                options.Step?.Invoke("finish");
                UpgradeFile.Finish(connection, result);
            }

            options.Step?.Invoke("check");
            Check(connection);
            using (var detach = connection.CreateCommand())
            {
                detach.CommandText = $"DETACH {Derivation.Old}";
                detach.ExecuteNonQuery();
            }

            MirrorFile.Execute(connection, "PRAGMA analysis_limit = 1000; ANALYZE; PRAGMA wal_checkpoint(TRUNCATE)");
        }

        using (var mirror = MirrorFile.OpenForWriting(path))
        {
            options.Step?.Invoke("back up");
            backup ??= MirrorMigration.Backup(mirror, path, string.Create(CultureInfo.InvariantCulture, $"reader{OldestReader(mirror)}"));
            options.Step?.Invoke("swap");
            MirrorCopy.TakePlace(mirror, UpgradeFile.PathOf(path), waits: false);
            options.Step?.Invoke("swapped");
            UpgradeFile.Forget(mirror);
        }

        UpgradeFile.Delete(path);
        return result with { Backup = backup, Duration = clock.Elapsed, Continued = isContinued };
    }

    private static long OldestReader(SqliteConnection mirror) => MirrorFile.Scalar(mirror, "SELECT coalesce(min(reader), 0) FROM import");

    private void Derive(SqliteConnection connection)
    {
        using var originals = new OldOriginals(path, UpgradeFile.PathOf(path));
        using var older = new Dimensions(MirrorFile.OpenForLookups(path));
        using var dimensions = new Dimensions(MirrorFile.OpenForLookups(UpgradeFile.PathOf(path))) { Older = older };
        using var derivation = new Derivation(connection, originals.LastBlock, position => options.Step?.Invoke($"commit {position}"));
        using var writer = new MirrorWriter(connection, dimensions) { KeepsOpen = true };
        total = originals.Count;
        var imports = originals.Imports.Select(import => (Import: import, FileTime: FileTime(connection, originals, import))).ToList();
        var last = UpgradeFile.LastImport(connection);
        var carried = new CarriedOver(connection, writer, dimensions);
        writer.Within(() =>
            UpgradeFile.AddRepeatedStates(connection, imports.ConvertAll(entry => (entry.Import, Seen(entry.Import, entry.FileTime)))));
        foreach (var (import, fileTime) in imports)
        {
            var before = done;
            if (import.Id > last)
            {
                options.Step?.Invoke($"import {import.Id}");
                var position = UpgradeFile.Position(connection);
                writer.ContinueImport(import.Id, originals.BlocksOf(import).ToHashSet(), derivation);
                using var upgrade = new ImportUpgrade(originals, import, import.ToOptions(UpgradeFile.PathOf(path), options.DateFormat),
                    dimensions, writer, records => Report(import, before + records), cancel);
                var now = upgrade.Run(position, fileTime);
                writer.Within(() =>
                {
                    carried.Complete(import, Seen(import, fileTime));
                    UpgradedImports.Write(connection, now);
                    derivation.End();
                });
                writer.Commit();
            }

            done = before + originals.CountOf(import);
        }

        writer.Commit();
        options.Step?.Invoke("carry over");
        if (UpgradeFile.LastImport(connection) < long.MaxValue)
        {
            writer.Within(() =>
            {
                carried.Run(imports);
                writer.LinkDerivation();
                MirrorFile.Execute(connection,
                    $"INSERT INTO meta (name, value) VALUES ('derivation.import', {long.MaxValue}) ON CONFLICT (name) DO UPDATE SET value = excluded.value");
            });
            writer.Commit();
        }
    }

    private long Seen(OldImport import, DateTime fileTime) => (import.ToOptions(path, null).ObservedAt?.UtcDateTime ?? fileTime).Ticks;

    /// <summary>
    /// When the source of an import was written: as the mirror has it, else as its states show, else not after it was imported.
    /// </summary>
    private static DateTime FileTime(SqliteConnection connection, OldOriginals originals, OldImport import)
    {
        if (import.FileTime is { } kept) return kept;
        using var find = new Statement(connection, "SELECT time FROM work_time WHERE import = ?");
        if (!find.Bind(1, import.Id).Step())
            return originals.SameBefore(import) is { } before ? FileTime(connection, originals, before) : import.Started;
        var time = find.Number(0);
        find.Reset();
        return new(time, DateTimeKind.Utc);
    }

    private void Report(OldImport import, long records)
    {
        if (Environment.TickCount64 - lastProgress < 200) return;
        lastProgress = Environment.TickCount64;
        onProgress(new(import.Source, Math.Min(records, total), Math.Min(records, total), total) { IsUpdate = true });
    }

    /// <summary>What must not be lost is there before anything takes the old mirror's place.</summary>
    private static void Check(SqliteConnection connection)
    {
        foreach (var (what, sql) in new[]
        {
            ("imports", "SELECT id, source, started FROM old.import EXCEPT SELECT id, source, started FROM main.import"),
            ("originals", "SELECT id, import, count, raw_length, length(data) FROM old.block EXCEPT SELECT id, import, count, "
                + "raw_length, length(data) FROM main.block"),
        })
        {
            if (MirrorFile.Scalar(connection, $"SELECT count(*) FROM ({sql})") != 0)
                throw new InvalidOperationException($"not all {what} were taken over");
        }
    }
}
