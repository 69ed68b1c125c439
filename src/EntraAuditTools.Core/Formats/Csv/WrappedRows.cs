namespace EntraAuditTools.Core.Formats.Csv;

/// <summary>Rows one of whose cells holds the record as JSON text, as shippers and SIEMs export them.</summary>
internal static class WrappedRows
{
    /// <summary>What rows with these columns are; null when no cell of the first ones holds a record.</summary>
    /// <param name="columns">The columns.</param>
    /// <param name="firstRows">The cells of the first rows.</param>
    /// <param name="isSure">Look only under names that keep a record as it came, which tells more than the columns around it.</param>
    public static CsvLayout? Recognize(ColumnMeaning[] columns, Func<IReadOnlyList<string[]>>? firstRows, bool isSure) => null;
}
