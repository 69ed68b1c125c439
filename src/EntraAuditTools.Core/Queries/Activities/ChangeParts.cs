using EntraAuditTools.Core.Formats.Details;
using EntraAuditTools.Core.Formats.Json;
using EntraAuditTools.Core.Formats.Provisioning;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Schema;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Queries.Activities;

/// <summary>
/// The steps and modified properties of an entry that came in files of their own. Those files know the change only, which several entries
/// can share (retries): then the steps are cut where another import begins, and properties are given to what wrote something.
/// </summary>
internal static class ChangeParts
{
    /// <summary>The rows of steps (0) or modified properties (1) that belong to an entry, in order.</summary>
    public static List<OriginalRecord> Read(OriginalSource source, string changeId, long entry, int part)
    {
        // Where they are first, then what they are: each takes a lock of its own, never one within the other.
        var (places, entries) = KeptMirror.Read(source.MirrorPath,
            mirror => (PlacesOf(mirror, changeId, part), EntriesOf(mirror, changeId)));
        var rows = places.ConvertAll(place => source.Read(place.Block, place.Slot));
        if (rows.Count == 0 || entries.Count <= 1) return rows;
        return part == 0 ? StepsOf(rows, entries, entry) : PropertiesOf(rows, entries, entry);
    }

    private static List<(long Block, int Slot)> PlacesOf(MirrorReader mirror, string changeId, int part)
    {
        var sql = mirror.LogText();
        sql.Add($"SELECT block, slot FROM provisioning_part WHERE change_id = {sql.BindId(StoredId.ToCorrelation(changeId))} AND part = "
            + $"{part} ORDER BY position");
        return mirror.QueryLog(sql, row => (row.Number(0), (int)row.Number(1))).ToList();
    }

    /// <summary>The entries of a change with their status, newest first, as the portal's download has them.</summary>
    private static List<(long Id, string? Status)> EntriesOf(MirrorReader mirror, string changeId)
    {
        var sql = mirror.LogText();
        sql.Add($"""
            SELECT p.id, t.text FROM provisioning p JOIN provisioning_kind k ON k.id = p.kind LEFT JOIN term t ON t.id = k.status
            WHERE p.change_id = {sql.BindId(StoredId.ToCorrelation(changeId))} ORDER BY p.id DESC
            """);
        return mirror.QueryLog(sql, row => (row.Number(0), row.String(1))).ToList();
    }

    private static List<OriginalRecord> StepsOf(List<OriginalRecord> rows, List<(long Id, string? Status)> entries, long entry)
    {
        var runs = new List<List<OriginalRecord>>();
        foreach (var row in rows)
        {
            if (runs.Count == 0 || TextOf(row, "provisioningStepType", ProvisioningWords.StepTypes) == "import") runs.Add([]);
            runs[^1].Add(row);
        }

        // Something is missing on one side: which is whose cannot be known.
        if (runs.Count != entries.Count) return rows;
        int Agreeing() => runs.Zip(entries)
            .Count(pair => TextOf(pair.First[^1], "status", ProvisioningWords.Results) is { } status
                && Utf8.Is(status, pair.Second.Status ?? string.Empty));
        var newestFirst = Agreeing();
        runs.Reverse();
        if (newestFirst >= Agreeing()) runs.Reverse();
        return runs[entries.FindIndex(e => e.Id == entry)];
    }

    private static List<OriginalRecord> PropertiesOf(List<OriginalRecord> rows, List<(long Id, string? Status)> entries, long entry)
    {
        var writers = entries.Where(e => e.Status is { } status && (Utf8.Is(status, "success") || Utf8.Is(status, "warning"))).ToList();
        return writers.Count != 1 || writers[0].Id == entry ? rows : [];
    }

    private static string? TextOf(OriginalRecord row, string name, byte[][] words)
    {
        using var document = DetailJson.Parse(row.Json);
        return ProvisioningWords.Known(words, document.RootElement.Text(name));
    }
}
