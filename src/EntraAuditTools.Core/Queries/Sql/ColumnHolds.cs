namespace EntraAuditTools.Core.Queries.Sql;

/// <summary>Of what sort the values of a view's column are.</summary>
internal enum ColumnHolds
{
    /// <summary>What somebody or something is called.</summary>
    Name,

    /// <summary>A text: an id, an address, or what people wrote.</summary>
    Text,

    /// <summary>A word of the log or of Entra itself: <c>success</c>.</summary>
    Word,

    /// <summary>A time in UTC, as ISO 8601.</summary>
    Time,

    /// <summary>A whole number.</summary>
    Number,

    /// <summary>1 for yes, 0 for no.</summary>
    Flag,
}
