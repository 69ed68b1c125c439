using EntraAuditTools.Core.Formats.Common;
using EntraAuditTools.Core.Schema;

namespace EntraAuditTools.Core.Formats.Csv;

/// <summary>
/// The columns of the unified audit log: rows that hold AuditData as text, and rows whose AuditData some tool took apart into columns of
/// their own.
/// </summary>
internal static class UnifiedLogColumns
{
    private const string Prefix = "AuditData.";

    // Search-UnifiedAuditLog's own columns have other names for what AuditData holds.
    private static readonly (string Own, string OfData)[] Others =
        [("CreationDate", "CreationTime"), ("Operations", "Operation"), ("UserIds", "UserId"), ("RecordId", "Id"), ("Identity", "Id")];

    /// <summary>What columns with these names are; null when nothing of the unified log.</summary>
    public static CsvLayout? Recognize(string[] names)
    {
        bool Has(string name) => names.Contains(name, StringComparer.OrdinalIgnoreCase);
        if (Has("AuditData"))
        {
            var data = Array.Find(names, name => name.Equals("AuditData", StringComparison.OrdinalIgnoreCase));
            return Has("Operations") || Has("Operation") || Has("RecordType") || Has("CreationDate")
                ? CsvLayout.Of(RecordShape.UnifiedAuditRow, Recognized.Of(RecordShape.UnifiedAuditRow), names,
                    Unknown(RecordShape.UnifiedAuditRow, names), required: data)
                : null;
        }

        return Flattened(names);
    }

    private static CsvLayout? Flattened(string[] names)
    {
        var plain = names.ToArray();
        for (var i = 0; i < plain.Length; i++)
        {
            if (plain[i].StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)) plain[i] = plain[i][Prefix.Length..];
        }

        // What AuditData itself says counts more than the row around it.
        for (var i = 0; i < plain.Length; i++)
        {
            if (plain[i] == names[i]
                && Array.FindIndex(plain, name => name.Equals(plain[i], StringComparison.OrdinalIgnoreCase)) is var first && first != i)
                plain[i] = $"row {names[i]}";
        }

        bool Has(string name) => plain.Contains(name, StringComparer.OrdinalIgnoreCase);
        foreach (var (ofLog, ofData) in Others)
        {
            var at = Array.FindIndex(plain, name => name.Equals(ofLog, StringComparison.OrdinalIgnoreCase));
            if (at >= 0 && !Has(ofData)) plain[at] = ofData;
        }

        if (!Has("CreationTime") || !Has("Operation") || !(Has("Workload") || Has("RecordType"))) return null;
        var shape = RecordShape.UnifiedAuditData;
        return CsvLayout.Of(shape, Recognized.Of(shape), plain, Unknown(shape, plain), isNested: true);
    }

    private static IEnumerable<string> Unknown(RecordShape shape, string[] names) =>
        names.Where(name => !StandardColumns.Has(shape, name) && !name.StartsWith("row ", StringComparison.Ordinal));
}
