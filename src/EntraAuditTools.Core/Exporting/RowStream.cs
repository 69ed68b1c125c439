using System.Globalization;
using EntraAuditTools.Core.Exporting.Pseudonyms;
using EntraAuditTools.Core.Formats.Details;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Queries.Sql;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Exporting;

/// <summary>
/// Rows of a view, read as they are asked for: typed, with texts made visible, masked, and with other names where that is wanted.
/// </summary>
/// <param name="mirror">The mirror.</param>
/// <param name="view">The view.</param>
/// <param name="names">Gives other names; null when they keep their own.</param>
/// <param name="showSecret">Whether values that can hold key material stay.</param>
internal sealed class RowStream(MirrorReader mirror, AuditView view, Pseudonymizer? names, bool showSecret)
{
    private bool isMasked;

    /// <summary>Rows in which a value was masked, of those read so far.</summary>
    public long Masked { get; private set; }

    /// <summary>Reads them; the array is the same for all.</summary>
    /// <param name="sql">What reads them (<see cref="RowSelection"/>).</param>
    public IEnumerable<object?[]> Read(SqlText sql)
    {
        var row = new object?[view.Columns.Count];
        using var statement = mirror.Prepare(sql);
        while (mirror.Step(statement))
        {
            isMasked = false;
            mirror.Value(statement, Fill);
            if (isMasked) Masked++;
            yield return row;
        }

        bool Fill(Statement values)
        {
            for (var i = 0; i < row.Length; i++) row[i] = Value(values, i, view.Columns[i].Holds);
            return true;
        }
    }

    private object? Value(Statement values, int i, ColumnHolds holds) => values.IsNull(i) ? null : holds switch
    {
        ColumnHolds.Time => DateTimeOffset.Parse(values.String(i)!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal)
            .UtcDateTime,
        ColumnHolds.Number => values.Number(i),
        ColumnHolds.Flag => values.Number(i) != 0,
        _ => Text(values.String(i)!, holds),
    };

    private string Text(string text, ColumnHolds holds)
    {
        if (!showSecret)
        {
            var masked = SecretMask.MaskValue(text);
            isMasked |= !ReferenceEquals(masked, text);
            text = masked;
        }

        if (names != null) text = names.Value(text, Rule(holds));
        return TerminalText.Visible(text);
    }

    private static FieldRule Rule(ColumnHolds holds) => holds switch
    {
        ColumnHolds.Text => FieldRule.Text,
        ColumnHolds.Word => FieldRule.Word,
        _ => FieldRule.Identity,
    };
}
