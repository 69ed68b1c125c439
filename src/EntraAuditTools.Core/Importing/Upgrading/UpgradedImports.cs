using System.Text.Json;
using EntraAuditTools.Core.Formats.Dates;
using EntraAuditTools.Core.Mirror.Chain;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Schema;
using Microsoft.Data.Sqlite;

namespace EntraAuditTools.Core.Importing.Upgrading;

/// <summary>Writes the row of an import once its records are derived anew.</summary>
internal static class UpgradedImports
{
    private static readonly string[] Outdated = ["First rejected: ", "without their nested values", "without its nested values"];

    /// <summary>Writes it, and that the import is done.</summary>
    /// <param name="connection">The new mirror.</param>
    /// <param name="now">The result of the import.</param>
    public static void Write(SqliteConnection connection, UpgradedImport now)
    {
        var (import, statistics) = (now.Import, now.Statistics);
        var leftOut = now.LeftOut - import.LeftOut;
        var records = now.TakenRecords - now.Rejected - leftOut;
        var rejected = Math.Max(import.Rejected - now.Taken + now.Rejected, 0);
        var notSupported = import.NotSupported + leftOut + now.TakenLeftOut;
        // What is taken in less is subtracted from what it added, as far as possible.
        var added = Math.Max(import.Added + records, 0);
        var hasTimes = statistics.FirstTicks <= statistics.LastTicks;
        // Of an import whose records were removed, only its row has the times of all.
        var isCut = new RemovedRecords(connection).Any(import.Id) && import.FirstTicks != null && import.LastTicks != null;
        using var command = connection.CreateCommand();
        command.CommandText = """
            UPDATE import SET status = @status, kind = @kind, shape = @shape, read = @read, added = @added, rejected = @rejected, not_supported = @notSupported,
                first_time = @first, last_time = @last, notes = @notes,
                options = json_remove(json_set(json_set(options, '$.SetAside', @setAside), '$.Advice', @advice),
                    iif(@setAside IS NULL, '$.SetAside', '$.None'), iif(@advice IS NULL, '$.Advice', '$.None'))
            WHERE id = @id;
            UPDATE import SET options = json_set(options, '$.DateFormat', @dates) WHERE id = @id AND @dates IS NOT NULL;
            UPDATE import SET options = json_set(options, '$.LeftOut', @leftOut) WHERE id = @id AND @leftOut > 0;
            UPDATE import SET options = json_set(options, '$.Facts.Tenant', @tenant, '$.Facts.Rejected', @rejected, '$.Facts.FirstTicks',
                coalesce(@first, 0), '$.Facts.LastTicks', coalesce(@last, 0))
            WHERE id = @id AND json_extract(options, '$.Facts') IS NOT NULL;
            INSERT INTO meta (name, value) VALUES ('derivation.import', @id), ('derivation.position', 0) ON CONFLICT (name)
                DO UPDATE SET value = excluded.value;
            """;
        foreach (var (name, value) in new (string, object?)[]
        {
            ("@status", Status(now, rejected, notSupported)),
            ("@kind", statistics.Accepted > 0 && import.Kind.Length == 0 ? string.Join(", ", statistics.Kinds) : statistics.Accepted == 0
                && now.LeftOut > 0 ? statistics.NotSupportedKinds : import.Kind),
            ("@shape", statistics.Accepted > 0 && import.Shape.Length == 0 ? statistics.Shapes : import.Shape),
            ("@read", import.ReadCount - now.Taken + now.TakenRecords + now.TakenLeftOut),
            ("@added", added), ("@rejected", rejected), ("@notSupported", notSupported),
            ("@first", isCut ? import.FirstTicks : hasTimes ? Finer(import.FirstTicks, statistics.FirstTicks)
                : now.SetAside > 0 || statistics.Accepted == 0 ? import.FirstTicks : null),
            ("@last", isCut ? import.LastTicks : hasTimes ? Finer(import.LastTicks, statistics.LastTicks)
                : now.SetAside > 0 || statistics.Accepted == 0 ? import.LastTicks : null),
            ("@notes", JsonSerializer.Serialize(Notes(connection, now, rejected))), ("@setAside", now.SetAside == 0 ? null : now.SetAside),
            ("@advice", now.Advice ?? Missing(connection, import, Status(now, rejected, notSupported))),
            ("@dates", now.DateFormat), ("@leftOut", now.LeftOut), ("@tenant", (long)statistics.Tenant), ("@id", import.Id),
        })
        {
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        }

        command.ExecuteNonQuery();
    }

    /// <summary>What no original holds, and the file might; null when nothing is known to be missing.</summary>
    private static string? Missing(SqliteConnection connection, OldImport import, string status)
    {
        if (import.Lost > 0)
            return $"{(import.Lost == 1 ? "One block of its originals was" : $"{import.Lost:N0} blocks of its originals were")} lost when the mirror "
                + "was salvaged.";
        if (import.Lost < 0) return "It brought records again that were lost when the mirror was salvaged.";
        if (import.FileReader >= ReaderVersion.Current) return null;
        if (!import.IsFinished || import.Status == "Interrupted") return "It was interrupted, so not all of its records are here.";
        // What is left out only since it was derived anew is among the originals.
        var lost = import.NotSupported - import.LeftOut;
        if (lost > 0) return $"{(lost == 1 ? "One record that was left out is" : $"{lost:N0} records that were left out are")} of a kind "
            + $"that this version may take in.";
        if (IsTwin(connection, import)) return "Its archive has two entries of one name, of which an earlier version read the first twice.";
        if (status == "Failed") return "It could not be read by an earlier version; this one may.";
        return import.IsComplete && import.FileTime == null
            ? "It was declared complete, and an earlier version kept of that only what it found missing at once." : null;
    }

    /// <summary>
    /// What it saw again may have come before in a copy that writes the time with more or fewer digits: then the mirror's own stays.
    /// </summary>
    private static long Finer(long? before, long now) => before is { } known && TimeText.Agree(known, now) ? known : now;

    private static bool IsTwin(SqliteConnection connection, OldImport import)
    {
        if (import.FileReader != 0 || !import.Source.Contains('!', StringComparison.Ordinal)) return false;
        using var other = new Statement(connection,
            "SELECT 1 FROM import WHERE source = ?1 AND id = ?2 - 1 AND sha256 = (SELECT sha256 FROM import WHERE id = ?2)");
        var found = other.BindString(1, import.Source).Bind(2, import.Id).Step();
        if (found) other.Reset();
        return found;
    }

    private static string Status(UpgradedImport now, long rejected, long notSupported)
    {
        var (import, statistics) = (now.Import, now.Statistics);
        if (!import.IsFinished) return import.Status;
        if (statistics.Accepted == 0) return import.Unchanged > 0 ? import.Status : now.LeftOut > 0 ? "NotSupported" : import.Status;
        if (rejected + notSupported > 0 || now.SetAside > 0) return "Partial";
        // Partial for another reason: its end was not seen, or a part of an answer had failed.
        return import.Status == "Partial" && import.Rejected + import.NotSupported == 0 ? "Partial" : "Imported";
    }

    private static List<string> Notes(SqliteConnection connection, UpgradedImport now, long rejected)
    {
        var notes = now.Import.Notes.Where(note => !Array.Exists(Outdated, text => note.Contains(text, StringComparison.Ordinal))).ToList();
        if (now.Statistics.Accepted > 0 && now.Import.Status == "Failed") notes.Clear();
        foreach (var note in now.Statistics.Notes())
        {
            if (!notes.Contains(note)) notes.Add(note);
        }

        if (rejected > 0)
        {
            using var first = new Statement(connection, "SELECT line, reason FROM rejection WHERE import = ? ORDER BY id LIMIT 1");
            if (first.Bind(1, now.Import.Id).Step())
            {
                notes.Add($"First rejected: {(first.NumberOrNull(0) is { } line ? $"line {line}: " : string.Empty)}{first.String(1)}.");
                first.Reset();
            }
        }

        return notes;
    }
}
