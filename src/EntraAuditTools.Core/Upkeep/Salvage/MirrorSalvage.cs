using System.Buffers.Binary;
using System.Diagnostics;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Files;
using EntraAuditTools.Core.Importing.Upgrading;
using EntraAuditTools.Core.Mirror.Chain;
using EntraAuditTools.Core.Mirror.Files;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Tables;
using EntraAuditTools.Core.Upkeep.Backup;
using EntraAuditTools.Core.Upkeep.Checking;
using Microsoft.Data.Sqlite;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Upkeep.Salvage;

/// <summary>
/// Saves what can be saved of a damaged mirror into a new one: its rows are read page by page, originals that are what they were when they
/// came are derived anew, and what is lost is said. The damaged file is only read.
/// </summary>
internal sealed class MirrorSalvage
{
    private const string PartEnding = ".salvage-part";
    private const int MostNamed = 10;

    private readonly string path;
    private readonly string target;
    private readonly string folder;
    private readonly Action<ImportProgress> onProgress;
    private readonly CancellationToken cancel;
    private readonly List<string> notes = [];
    private long lastProgress;

    private MirrorSalvage(string path, string target, Action<ImportProgress> onProgress, CancellationToken cancel)
    {
        this.path = path;
        this.target = target;
        folder = target + PartEnding;
        this.onProgress = onProgress;
        this.cancel = cancel;
    }

    private string RowsPath => Path.Combine(folder, "rows.db");

    /// <summary>Salvages a mirror.</summary>
    /// <param name="path">Full path of the mirror.</param>
    /// <param name="target">Full path of the new one (<see cref="BackupPlace.Of"/>).</param>
    /// <param name="isForced">Whether a file that is there is replaced.</param>
    /// <param name="onProgress">Called a few times a second.</param>
    /// <param name="cancel">Stops it; nothing is left.</param>
    /// <exception cref="AuditToolException">There is no file, nothing of it can be read, or the place cannot take what is.</exception>
    public static AuditMirrorBackup Run(string path, string target, bool isForced, Action<ImportProgress> onProgress,
        CancellationToken cancel)
    {
        if (!File.Exists(path)) throw MirrorErrors.NotFound(path);
        BackupPlace.Check(path, target, isForced);
        using var held = TryLock(path, cancel);
        return new MirrorSalvage(path, target, onProgress, cancel).Run(isForced);
    }

    private AuditMirrorBackup Run(bool isForced)
    {
        var clock = Stopwatch.StartNew();
        try
        {
            // One that a kill left.
            Remove();
            OwnerOnlyFile.CreateDirectory(folder);
            var (lost, oldHead) = Read();
            var (derived, isKept) = Derive(lost, oldHead);
            var test = Check(derived);
            if (test.Problems.Any(problem => problem.Check == MirrorCheck.Derivation))
            {
                // Rows of before contradict the originals: those alone, then.
                (derived, isKept) = Derive(lost, oldHead, isBare: true);
                test = Check(derived);
            }

            if (test.Problems is [var problem, ..]) throw MirrorErrors.BackupNotWhole(path, problem.Message);
            var again = Again(derived);
            Say(lost, oldHead, isKept);
            BackupPlace.Check(path, target, isForced);
            File.Move(derived, target, overwrite: isForced);
            return new()
            {
                Path = target,
                Mirror = path,
                Bytes = new FileInfo(target).Length,
                Imports = test.Imports,
                Originals = test.Originals,
                ChainHead = test.ChainHead,
                Checks = test.Checks,
                LostBlocks = lost.Blocks,
                ImportAgain = new([.. again]),
                Notes = new([.. notes, .. test.Notes, .. LeftBackups.Clear(path, target)]),
                Duration = clock.Elapsed,
            };
        }
        catch (SqliteException e) when (!SqliteErrors.IsMistake(e))
        {
            throw MirrorErrors.BackupFailed(path, target, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw MirrorErrors.BackupFailed(path, target, e);
        }
        catch (Exception e) when (e is not (OperationCanceledException or AuditToolException))
        {
            throw ToolFault.Of(e, $"What can be read of the mirror '{path}' could not be saved", path);
        }
        finally
        {
            TryRemove();
        }
    }

    /// <summary>Reads all rows into tables of this version, and marks what is missing.</summary>
    private (LostOriginals Lost, string? OldHead) Read()
    {
        using var file = new PageFile(path);
        var version = Version(file, out var isNewer);
        var layouts = TableLayout.OfVersion(version);
        var tables = new DamagedTables(file, layouts, page => Report("Pages", page, file.Pages), cancel);
        // A number alone may be damage.
        if (isNewer && tables.Unknown.Count > 0) throw MirrorErrors.Newer(path, UserVersion(file.Read(1)));
        using (OwnerOnlyFile.Open(RowsPath, FileMode.CreateNew, FileShare.ReadWrite))
        {
        }

        var (proven, unproven) = SalvagedRows.Copy(RowsPath, version, layouts, tables, rows => Report("Rows", rows, 0), cancel);
        if (version >= ChainSchema.Since && unproven > 0)
            notes.Add($"{(unproven == 1 ? "One block" : $"{unproven:N0} blocks")} of originals can be read, but their digests are lost: "
                + "whether they are what was imported is not known.");
        using var mirror = MirrorFile.OpenForWriting(RowsPath);
        var isEmpty = proven + unproven == 0 && MirrorFile.Scalar(mirror, "SELECT count(*) FROM import") == 0;
        if (isEmpty) throw MirrorErrors.NothingToSalvage(path);
        var lost = new LostOriginals(mirror, table => version >= ChainSchema.Since && tables.IsWhole(table));
        lost.Mark(version >= ChainSchema.Since);
        return (lost, version >= ChainSchema.Since ? ChainHead.Of(mirror) : null);
    }

    private (string Path, bool IsKept) Derive(LostOriginals lost, string? oldHead, bool isBare = false)
    {
        if (isBare)
        {
            UpgradeFile.Delete(RowsPath);
            using var rows = MirrorFile.OpenForWriting(RowsPath);
            BareOriginals.Keep(rows);
            notes.Add("Rows contradicted the originals, so only what the originals say was taken: when states were seen again, and what "
                + "complete exports lacked, is as far as they tell.");
        }

        try
        {
            var isKept = false;
            var derived = MirrorUpgrade.Beside(RowsPath, mirror => isKept = SalvageLink.Add(mirror, lost.Blocks, oldHead, cancel),
                progress => Report(progress.Source, progress.Records, progress.BytesTotal ?? 0), cancel);
            return (derived, isKept);
        }
        catch (Exception e) when (!isBare && e is not (OperationCanceledException or IOException or UnauthorizedAccessException)
            && !(e is SqliteException sqlite && sqlite.SqliteErrorCode == SQLitePCL.raw.SQLITE_FULL))
        {
            // Numbers that damage made refer to what is not there.
            return Derive(lost, oldHead, isBare: true);
        }
    }

    private AuditMirrorTest Check(string derived) => MirrorCheck.Run(derived, new(),
        progress => Report(progress.Source, progress.Records, progress.BytesTotal ?? 0), cancel);

    private static IList<IncompleteImport> Again(string derived)
    {
        using var mirror = MirrorReader.Open(derived);
        return OldReading.Incomplete(mirror);
    }

    private void Say(LostOriginals lost, string? oldHead, bool isKept)
    {
        var (blocks, imports) = (lost.Blocks, lost.Imports);
        if (blocks > 0)
            notes.Add($"{(blocks == 1 ? "One block of originals is" : $"{blocks:N0} blocks of originals are")} lost: import the files again that "
                + "ImportAgain lists.");
        if (imports > 0)
            notes.Add($"Of {(imports == 1 ? "one import" : $"{imports:N0} imports")} only originals are left; the name of its file is lost.");
        if (lost.Doubtful is [_, ..] doubtful)
            notes.Add($"{(doubtful.Count == 1 ? "Import" : "Imports")} {string.Join(", ", doubtful.Take(MostNamed))}"
                + $"{(doubtful.Count > MostNamed ? $" and {doubtful.Count - MostNamed:N0} more" : string.Empty)}: damage changed what the mirror "
                + "says of it, so that what it covered, or was the complete export of, is not taken over.");
        notes.Add(isKept
            ? $"The chain goes on behind {oldHead}: {Caller.Option("ExpectedHead")} with it, or an earlier head, still proves what is left."
            : oldHead == null ? "The chain begins anew: no link of the old one can be read."
            : $"The chain begins anew, since the old one is not whole; its last link that can be read is {oldHead}.");
    }

    /// <summary>The version of the schema: as the header says, else as its tables do.</summary>
    private static long Version(PageFile file, out bool isNewer)
    {
        var header = file.Read(1);
        var version = UserVersion(header);
        var isOurs = BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(68)) == MirrorSchema.ApplicationId;
        isNewer = isOurs && version > MirrorSchema.Version;
        return isOurs && version >= 1 && version <= MirrorSchema.Version ? version : MirrorSchema.Version;
    }

    private static uint UserVersion(byte[] header) => BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(60));

    private static MirrorLock? TryLock(string path, CancellationToken cancel)
    {
        try
        {
            return MirrorLock.Acquire(path, MirrorLock.LongestWait, cancel);
        }
        catch (AuditToolException e) when (e.ErrorId == "MirrorAccessDenied")
        {
            // In a place that can only be read nobody else writes either.
            return null;
        }
    }

    private void Remove()
    {
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }

    private void TryRemove()
    {
        try
        {
            Remove();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next one of this name removes it.
        }
    }

    private void Report(string what, long done, long total)
    {
        if (Environment.TickCount64 - lastProgress < 200) return;
        lastProgress = Environment.TickCount64;
        onProgress(new(what, done, done, total));
    }
}
