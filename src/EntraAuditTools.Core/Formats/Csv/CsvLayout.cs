using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Formats.Audit;
using EntraAuditTools.Core.Formats.Common;
using EntraAuditTools.Core.Formats.Dates;
using EntraAuditTools.Core.Formats.Entitlement;
using EntraAuditTools.Core.Formats.Entitlement.Portal;
using EntraAuditTools.Core.Formats.Provisioning;
using EntraAuditTools.Core.Formats.Recognition;
using EntraAuditTools.Core.Schema;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Formats.Csv;

/// <summary>What the columns of a CSV export are.</summary>
/// <param name="Shape">Shape of its rows.</param>
/// <param name="Recognized">What the rows are.</param>
/// <param name="Columns">Name under which each column is kept, in order.</param>
/// <param name="NotUnderstood">Headers that no property is known for.</param>
internal sealed record CsvLayout(RecordShape Shape, Recognized Recognized, IReadOnlyList<string> Columns,
    IReadOnlyList<string> NotUnderstood)
{
    /// <summary>How cells become an object.</summary>
    public CsvColumns Cells { get; private init; } = new(Columns);

    /// <summary>The column of the rows' times when they are the local time of an unknown offset; null when they are not.</summary>
    public string? LocalTimeColumn { get; private init; }

    /// <summary>Notes for people on how columns are read.</summary>
    public IReadOnlyList<string> Notes { get; private init; } = [];

    // Of flattened objects some have hundreds. All of them are compared with each other: a million had an import busy for hours.
    private const int MaxColumns = 4096;

    /// <summary>
    /// Recognises a header; null when it is no export's. <paramref name="map"/> gives the meaning of headers that are not known; where a
    /// localised download has all of the portal's columns in the portal's order, their position gives it.
    /// </summary>
    /// <param name="header">The headers.</param>
    /// <param name="map">What the admin said of some of them.</param>
    /// <param name="firstRows">The cells of the first rows, for headers that don't decide it alone.</param>
    /// <exception cref="AuditToolException">The map gives a zone that is none.</exception>
    public static CsvLayout? Recognize(IReadOnlyList<string> header, IReadOnlyDictionary<string, string>? map,
        Func<IReadOnlyList<string[]>>? firstRows = null)
    {
        if (header.Count > MaxColumns) return null;
        var columns = header.Select(h => ColumnMeaning.Of(h.Trim().Trim('\ufeff').Trim(), map)).ToArray();
        var names = columns.Select(column => column.Name).ToArray();
        if (OwnAnswers.Are(names)) return null;
        var found = WrappedRows.Recognize(columns, firstRows, isSure: true)
            ?? UnifiedLogColumns.Recognize(names)
            ?? LogAnalyticsColumns.Recognize(columns, firstRows)
            ?? ActivityColumns.Recognize(names)
            ?? Portal(columns, names, map)
            ?? OwnAnswers.ProvisioningLog(names)
            ?? Provisioned(columns, names)
            ?? Foreign(names)
            ?? Entitlement(columns, names)
            ?? WrappedRows.Recognize(columns, firstRows, isSure: false);
        return found == null ? null : WithZones(found, columns);
    }

    /// <summary>A layout of rows whose columns are kept under these names.</summary>
    /// <param name="shape">Shape of its rows.</param>
    /// <param name="recognized">What the rows are.</param>
    /// <param name="names">Name under which each column is kept.</param>
    /// <param name="notUnderstood">Headers that no property is known for.</param>
    /// <param name="required">A column that every row must fill; null when there is none.</param>
    /// <param name="isNested">Whether the rows are flattened objects.</param>
    public static CsvLayout Of(RecordShape shape, in Recognized recognized, IReadOnlyList<string> names, IEnumerable<string> notUnderstood,
        string? required = null, bool isNested = false) =>
        new(shape, recognized, names, [.. notUnderstood.Where(name => name.Length > 0)]) { Cells = new(names, null, required, isNested) };

    /// <summary>Rows of another kind, which are left out by their name.</summary>
    private static CsvLayout? Foreign(string[] names) =>
        ForeignKinds.ByProperties(name => names.Contains(name, StringComparer.OrdinalIgnoreCase)) is { } label
        ? Of(RecordShape.Unknown, new(RecordKind.NotSupported, RecordShape.Unknown, label), names, []) : null;

    private static CsvLayout? Portal(ColumnMeaning[] columns, string[] names, IReadOnlyDictionary<string, string>? map)
    {
        if (RecordRecognizer.IsPortalRow(names))
        {
            var canonical = names.Select(PortalColumns.Canonical).ToArray();
            return Of(RecordShape.PortalAuditRow, Recognized.Of(RecordShape.PortalAuditRow),
                [.. canonical.Select((c, i) => c ?? columns[i].Header)], Unknown(columns, i => canonical[i] == null));
        }

        return names.Length == PortalColumns.All.Count && map is null or { Count: 0 }
            && names[0].EndsWith("(UTC)", StringComparison.OrdinalIgnoreCase)
            ? Of(RecordShape.PortalAuditRow, Recognized.Of(RecordShape.PortalAuditRow), [.. PortalColumns.All], [])
            : null;
    }

    private static CsvLayout? Provisioned(ColumnMeaning[] columns, string[] names)
    {
        var shape = ProvisioningColumns.Recognize(names);
        if (shape == RecordShape.Unknown) return null;
        var canonical = Distinct(names.Select(name => ProvisioningColumns.Canonical(shape, name)));
        return Of(shape, Recognized.Of(shape), [.. canonical.Select((c, i) => c ?? columns[i].Header)],
            Unknown(columns, i => canonical[i] == null));
    }

    /// <summary>Graph objects of entitlement management that went through Export-Csv, or one of the portal's downloads.</summary>
    private static CsvLayout? Entitlement(ColumnMeaning[] columns, string[] names)
    {
        var shape = PortalEntitlementColumns.Recognize(names);
        var known = names.Select(RecordNode.Known).ToHashSet();
        // A list of assignments has the user's columns too; Graph's assignments have columns that the portal might.
        if (known.Contains(EntitlementProperty.Id) && EntitlementRecognizer.ByProperties(known.Contains) is { } graph
            && (graph.Entity != EntityKind.User || shape == RecordShape.Unknown))
        {
            return Of(graph.Shape, graph, names,
                Unknown(columns, i => RecordNode.Known(names[i]) == EntitlementProperty.None
                    && !StandardColumns.Has(RecordShape.GraphEntitlement, names[i])));
        }

        if (shape == RecordShape.Unknown) return null;
        var canonical = Distinct(names.Select(name => PortalEntitlementColumns.Canonical(shape, name)));
        return Of(
            shape,
            Recognized.Of(shape == RecordShape.PortalAssignmentRow ? EntityKind.Assignment : EntityKind.ConnectedOrganization, shape),
            [.. canonical.Select((c, i) => c ?? columns[i].Header)],
            Unknown(columns, i => canonical[i] == null));
    }

    /// <summary>
    /// Zones of the columns that times are read from: those that the admin said are kept with the times; where only local time is left, a
    /// note says so.
    /// </summary>
    private static CsvLayout WithZones(CsvLayout layout, ColumnMeaning[] columns)
    {
        var read = DateColumns.Read(layout.Shape, layout.Columns, out var areAlternatives).Where(i => i < columns.Length).ToArray();
        var local = read.Where(i => columns[i].IsLocalTime).ToArray();
        if (local.Length > 0 && (!areAlternatives || local.Length == read.Length))
            return layout with { LocalTimeColumn = columns[local[0]].Header };

        // Beside a column in UTC the local one is not needed.
        var names = layout.Columns.ToArray();
        foreach (var i in local) names[i] = columns[i].Header;
        var zones = new string?[names.Length];
        var notes = new List<string>();
        foreach (var i in read.Except(local))
        {
            var (header, _, zone, isMapped) = columns[i];
            if (zone != null && ZoneText.Find(zone) != null)
            {
                zones[i] = zone;
                notes.Add($"The times of '{header}' were read as those of the zone {zone}.");
            }
            else if (isMapped && header.EndsWith(']') && !header.EndsWith("[UTC]", StringComparison.OrdinalIgnoreCase))
            {
                notes.Add($"The times of '{header}' were taken for UTC. If they are not, say their zone: "
                    + $"{Caller.ColumnMap(header, "activityDateTime [+02:00]")}.");
            }
        }

        if (local.Length == 0 && Array.TrueForAll(zones, zone => zone == null)) return layout with { Notes = notes };
        return layout with { Columns = names, Cells = layout.Cells.With(names, zones), Notes = notes };
    }

    private static IEnumerable<string> Unknown(ColumnMeaning[] columns, Func<int, bool> isUnknown) =>
        columns.Where((_, i) => isUnknown(i)).Select(column => column.Header);

    /// <summary>Of two columns that mean the same, the first.</summary>
    private static string?[] Distinct(IEnumerable<string?> canonical)
    {
        var seen = new HashSet<string>();
        return [.. canonical.Select(c => c != null && seen.Add(c) ? c : null)];
    }
}
