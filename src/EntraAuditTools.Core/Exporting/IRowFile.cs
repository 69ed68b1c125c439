namespace EntraAuditTools.Core.Exporting;

/// <summary>A form of file that rows are written into, one after the other.</summary>
internal interface IRowFile : IDisposable
{
    /// <summary>Writes a row: a text, a <see cref="DateTime"/> in UTC, a whole number (long), a bool or null for each column.</summary>
    void Write(object?[] row);

    /// <summary>Writes what is left; nothing is written afterwards.</summary>
    void End();
}
