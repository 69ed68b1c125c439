using EntraAuditTools.Tables;

namespace EntraAuditTools.Cli.Output;

/// <summary>Writes records to standard output for other programs, as they come.</summary>
internal static class RecordWriter
{
    /// <summary>Writes them.</summary>
    /// <param name="form">JSON, JSON lines or CSV.</param>
    /// <param name="record">The type of the records.</param>
    /// <param name="names">The names of their properties, where they are rows of pairs; null for those of the type.</param>
    /// <param name="records">The records.</param>
    public static void Write(AnswerForm form, Type record, IReadOnlyList<string>? names, IEnumerable<object> records)
    {
        if (form == AnswerForm.Csv)
        {
            names ??= record == typeof(AuditActivity) ? ActivityCells.Names : RecordProperties.NamesOf(record);
            RecordCsv.Write(Console.Out, names, records.Select(ActivityCells.Of));
            Console.Out.Flush();
            return;
        }

        using var output = Console.OpenStandardOutput();
        if (form == AnswerForm.Json) RecordJson.WriteArray(output, records);
        else RecordJson.WriteLines(output, records);
    }
}
