namespace EntraAuditTools.Cli.Output;

/// <summary>How an answer is written.</summary>
internal enum AnswerForm
{
    /// <summary>For reading.</summary>
    Table,

    /// <summary>One array.</summary>
    Json,

    /// <summary>A record a line.</summary>
    JsonLines,

    /// <summary>For spreadsheets.</summary>
    Csv,
}
