using System.Diagnostics;
using System.Globalization;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Files;
using EntraAuditTools.Core.Mirror.Files;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Shared;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Upkeep.Backup;
using Microsoft.Data.Sqlite;

namespace EntraAuditTools.Core.Upkeep.Moving;

/// <summary>How a mirror is copied to another place.</summary>
internal sealed class MoveOptions
{
    /// <summary>Whether a mirror or a file that is there is replaced.</summary>
    public bool Force { get; init; }

    /// <summary>Called a few times a second while pages are copied and checked.</summary>
    public Action<ImportProgress> OnProgress { get; init; } = _ => { };

    /// <summary>Called with what is being done where that takes long.</summary>
    public Action<string> Doing { get; init; } = _ => { };

    /// <summary>Called once when an import writes the destination, which is waited for; null when nobody is to know.</summary>
    public Action? Waiting { get; init; }

    /// <summary>For tests that stop it: called before each step on the way to a server, with its name.</summary>
    internal Action<string>? Step { get; init; }
}

/// <summary>
/// Copies a mirror as a whole: to a server, in one transaction there, or into a file. What a kill leaves is the destination as it was, or
/// whole.
/// </summary>
internal static class MirrorMove
{
    /// <summary>Name of the check that every row of the server's is that of the mirror that was copied.</summary>
    public const string Rows = "Rows";

    private const string PartEnding = ".copying";

    /// <summary>Where a copy goes: a server, or a file as of a backup.</summary>
    /// <param name="name">What names it: a server, or the full path of a file or a folder.</param>
    /// <param name="source">The mirror.</param>
    /// <exception cref="AuditToolException">InvalidServerName or ServiceNotFound.</exception>
    public static MirrorLocation To(string name, MirrorLocation source)
    {
        var named = MirrorLocation.Resolve(name, null);
        return named.Server != null ? named : named with { Path = BackupPlace.Of(source.Path, named.Path, DateTimeOffset.UtcNow) };
    }

    /// <summary>How many imports a destination holds, which a copy there would replace; null for none.</summary>
    /// <param name="destination">The destination.</param>
    /// <exception cref="AuditToolException">What can be wrong with a server.</exception>
    public static long? Held(MirrorLocation destination) =>
        destination.Server is { } server && SharedMirrors.Of(server).CountImports() is > 0 and var imports ? imports : null;

    /// <summary>Copies it.</summary>
    /// <param name="source">The mirror; a server's copy is up to date.</param>
    /// <param name="destination">Where to: a server, or the file that <see cref="BackupPlace.Of"/> names.</param>
    /// <param name="options">How.</param>
    /// <param name="cancel">Stops it; the destination stays as it was.</param>
    /// <exception cref="AuditToolException">
    /// There is no mirror, it is damaged, the destination holds something or cannot take it, or what arrived is not what was sent.
    /// </exception>
    public static AuditMirrorCopy Run(MirrorLocation source, MirrorLocation destination, MoveOptions options, CancellationToken cancel)
    {
        var clock = Stopwatch.StartNew();
        if (destination.Server == null)
        {
            var backup = MirrorBackup.Run(source.Path, destination.Path, options.Force, options.OnProgress, cancel);
            return Result(source, destination, backup, clock);
        }

        if (source.Server is { } from && from.Database == destination.Server.Database && from.Hosts.SequenceEqual(destination.Server.Hosts))
            throw MoveErrors.OntoItself(source);
        // Before a server is asked: without a mirror, none is made there.
        using (var mirror = MirrorReader.Open(source.Path))
        {
            if (mirror.HasMaskedOriginals) throw MirrorErrors.Masked(source.Name, "copied to a server");
        }

        var part = destination.Path + PartEnding;
        try
        {
            using var shared = SharedMirrors.Of(destination.Server).BeginWriting(options.Waiting, cancel);
            if (shared.Look() is > 0 and var imports && !options.Force) throw MoveErrors.NotEmpty(destination, imports);
            OwnerOnlyFile.CreateDirectory(Path.GetDirectoryName(part)!);
            // One that a kill left.
            Remove(part);
            try
            {
                return Send(source, destination, shared, part, options, clock, cancel);
            }
            finally
            {
                Remove(part);
            }
        }
        catch (SqliteException e) when (!SqliteErrors.IsMistake(e))
        {
            throw MirrorErrors.BackupFailed(source.Name, part, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw MirrorErrors.BackupFailed(source.Name, part, e);
        }
    }

    private static AuditMirrorCopy Send(MirrorLocation source, MirrorLocation destination, ISharedWriting shared, string part,
        MoveOptions options, Stopwatch clock, CancellationToken cancel)
    {
        Begin("Copying the mirror");
        var copy = MirrorBackup.Run(source.Path, part, isForced: false, options.OnProgress, cancel);
        // Its tables are this version's from here on, as the server's will be.
        MirrorFile.OpenForWriting(part, out var older).Dispose();
        if (older != null) File.Delete(older);
        Begin("Sending it to the server");
        var before = shared.SendAll(part, Contents(part, copy.ChainHead), options.Doing, cancel);
        Begin("Fetching it from there");
        destination.Refresh(options.Doing, cancel, anew: true);
        Begin("Comparing every row");
        if (EveryRow.Difference(part, destination.Path, cancel) is { } difference) throw MoveErrors.NotWhole(source, destination, difference);
        return Result(source, destination, copy, clock, before == 0 ? []
            : [$"It went on where a copy was stopped before: {before.ToString("N0", CultureInfo.InvariantCulture)} rows were there."]);

        void Begin(string step)
        {
            options.Doing(step);
            options.Step?.Invoke(step);
            cancel.ThrowIfCancellationRequested();
        }
    }

    private static AuditMirrorCopy Result(MirrorLocation source, MirrorLocation destination, AuditMirrorBackup copy, Stopwatch clock,
        IEnumerable<string>? notes = null) =>
        new()
        {
            Source = source.Name,
            Destination = destination.Name,
            Imports = copy.Imports,
            Records = copy.Originals,
            Bytes = MirrorFiles.Size(destination.Path),
            ChainHead = copy.ChainHead,
            Verified = destination.Server == null ? copy.Checks : new([.. copy.Checks, Rows]),
            Notes = new([.. copy.Notes, .. notes ?? []]),
            Duration = clock.Elapsed,
        };

    /// <summary>
    /// What a mirror holds, in a line: the head of its chain, which every finished import and every later change moves, and how many rows
    /// there are, which an import that was stopped has left more of.
    /// </summary>
    private static string Contents(string part, string? head)
    {
        using var mirror = MirrorFile.OpenForLookups(part);
        var tables = new List<string>();
        using (var names = new Statement(mirror,
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name"))
        {
            while (names.Step()) tables.Add(names.String(0)!);
        }

        return $"{head}: {string.Join(' ', tables.Select(table => MirrorFile.Scalar(mirror, $"SELECT count(*) FROM \"{table}\"")))}";
    }

    private static void Remove(string part)
    {
        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(part)!, $"{Path.GetFileName(part)}*")) File.Delete(file);
    }
}
