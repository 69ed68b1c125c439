using EntraAuditTools.Core.Formats.Audit;

namespace EntraAuditTools.Core.Formats.Csv;

/// <summary>What the columns of a CSV export are.</summary>
/// <param name="Shape">Shape of its rows.</param>
/// <param name="Recognized">What the rows are.</param>
/// <param name="Columns">Name under which each column is kept, in order.</param>
/// <param name="NotUnderstood">Headers that no property is known for.</param>
internal sealed record CsvLayout(RecordShape Shape, Recognized Recognized, IReadOnlyList<string> Columns, IReadOnlyList<string> NotUnderstood)
{
    /// <summary>
    /// Recognises a header; null when it is no export's. <paramref name="map"/> gives the meaning of headers that are not known, and
    /// where a localised download has all of the portal's columns in the portal's order their place tells.
    /// </summary>
    public static CsvLayout? Recognize(IReadOnlyList<string> header, IReadOnlyDictionary<string, string>? map)
    {
        var names = header.Select(h => h.Trim().Trim('\ufeff')).ToArray();
        bool Has(string name) => names.Contains(name, StringComparer.OrdinalIgnoreCase);

        if (Has("AuditData") && (Has("Operations") || Has("Operation") || Has("RecordType"))) return Audit(RecordShape.UnifiedAuditRow, names);
        if (names.Any(n => n.StartsWith("TimeGenerated", StringComparison.OrdinalIgnoreCase)))
        {
            var plain = names.Select(n => n.EndsWith(" [UTC]", StringComparison.OrdinalIgnoreCase) ? n[..^6] : n).ToArray();
            bool HasPlain(string name) => plain.Contains(name, StringComparer.OrdinalIgnoreCase);
            if (HasPlain("ProvisioningSteps") || HasPlain("ProvisioningAction") || HasPlain("ChangeId")) return Other("provisioning log", plain);
            if (HasPlain("ActivityDisplayName") || HasPlain("OperationName")) return Audit(RecordShape.LogAnalyticsAudit, plain);
            return null;
        }

        var mapped = names.Select(n => Map(n, map)).ToArray();
        if (RecordRecognizer.IsPortalRow(mapped))
        {
            var canonical = mapped.Select(PortalColumns.Canonical).ToArray();
            return new(RecordShape.PortalAuditRow, Kind(RecordShape.PortalAuditRow), [.. canonical.Select((c, i) => c ?? names[i])], [.. names.Where((_, i) => canonical[i] == null)]);
        }

        if (names.Length == PortalColumns.All.Count && map is null or { Count: 0 } && names[0].EndsWith("(UTC)", StringComparison.OrdinalIgnoreCase))
        {
            return Audit(RecordShape.PortalAuditRow, [.. PortalColumns.All]);
        }

        var normalized = names.Select(PortalColumns.Normalize).ToHashSet();
        if (normalized.Contains("changeid") && (normalized.Contains("jobid") || normalized.Contains("cycleid") || normalized.Contains("status"))) return Other("provisioning log", names);
        return null;
    }

    private static string Map(string header, IReadOnlyDictionary<string, string>? map)
    {
        if (map == null) return header;
        foreach (var (theirs, ours) in map)
        {
            if (theirs.Trim().Equals(header, StringComparison.OrdinalIgnoreCase)) return ours;
        }

        return header;
    }

    private static CsvLayout Audit(RecordShape shape, IReadOnlyList<string> columns) => new(shape, Kind(shape), columns, []);

    private static CsvLayout Other(string label, IReadOnlyList<string> columns) => new(RecordShape.Unknown, new(RecordKind.NotSupported, RecordShape.Unknown, label), columns, []);

    private static Recognized Kind(RecordShape shape) => new(RecordKind.AuditActivity, shape, "audit activity");
}
