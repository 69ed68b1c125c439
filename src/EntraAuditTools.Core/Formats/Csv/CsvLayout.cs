using EntraAuditTools.Core.Formats.Audit;
using EntraAuditTools.Core.Formats.Entitlement;
using EntraAuditTools.Core.Formats.Provisioning;

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
            if (HasPlain("ProvisioningSteps") || HasPlain("ProvisioningAction") || HasPlain("ChangeId")) return new(RecordShape.LogAnalyticsProvisioning, Provisioning(RecordShape.LogAnalyticsProvisioning), plain, []);
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

        var shape = ProvisioningColumns.Recognize(mapped);
        if (shape != RecordShape.Unknown)
        {
            var canonical = Distinct(mapped.Select(m => ProvisioningColumns.Canonical(shape, m)));
            return new(shape, Provisioning(shape), [.. canonical.Select((c, i) => c ?? names[i])], [.. names.Where((_, i) => canonical[i] == null)]);
        }

        return Entitlement(names, mapped);
    }

    /// <summary>Graph objects of entitlement management that went through Export-Csv, or one of the portal's downloads.</summary>
    private static CsvLayout? Entitlement(string[] names, string[] mapped)
    {
        var shape = PortalEntitlementColumns.Recognize(mapped);
        var known = mapped.Select(RecordNode.Known).ToHashSet();
        // A list of assignments has the user's columns too; Graph's assignments have columns that the portal might.
        if (known.Contains(EntitlementProperty.Id) && EntitlementRecognizer.ByProperties(known.Contains) is { } graph && (graph.Entity != EntityKind.User || shape == RecordShape.Unknown))
        {
            return new(graph.Shape, graph, mapped, []);
        }

        if (shape == RecordShape.Unknown) return null;
        var canonical = Distinct(mapped.Select(m => PortalEntitlementColumns.Canonical(shape, m)));
        return new(
            shape,
            Recognized.Of(shape == RecordShape.PortalAssignmentRow ? EntityKind.Assignment : EntityKind.ConnectedOrganization, shape),
            [.. canonical.Select((c, i) => c ?? names[i])],
            [.. names.Where((_, i) => canonical[i] == null)]);
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

    /// <summary>Of two columns that mean the same, the first.</summary>
    private static string?[] Distinct(IEnumerable<string?> canonical)
    {
        var seen = new HashSet<string>();
        return [.. canonical.Select(c => c != null && seen.Add(c) ? c : null)];
    }

    private static Recognized Provisioning(RecordShape shape) => new(RecordKind.ProvisioningLog, shape, "provisioning log");

    private static Recognized Kind(RecordShape shape) => new(RecordKind.AuditActivity, shape, "audit activity");
}
