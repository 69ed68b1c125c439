using System.Diagnostics.CodeAnalysis;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Mirror.Tables;

namespace EntraAuditTools.Core.Mirror.Rows;

/// <summary>One audit activity on its way into the mirror; linked with its targets.</summary>
internal struct ActivityRow : IRecordRow
{
    public RecordRow Record;
    public int Result;
    public int Actor;
    public int PropertySet;
    public int Address;
    public int Origin;
    public int FirstTarget;
    public IdRange Correlation;

    /// <summary>
    /// Where the identities that it names besides its targets begin in <see cref="ImportBatch.Mentions"/>, and how many they are.
    /// </summary>
    public int FirstMention;

    /// <inheritdoc cref="FirstMention"/>
    public int MentionCount;

    /// <summary>Position in <see cref="ImportBatch.EntitlementEvents"/>, from 1; 0 for activities of other services.</summary>
    public int Entitlement;

    /// <inheritdoc/>
    public static LogTable Log => LogTable.Activity;

    [UnscopedRef]
    ref RecordRow IRecordRow.Record => ref Record;

    /// <inheritdoc/>
    public readonly void Bind(Statement statement, int first, ImportBatch batch)
    {
        statement.Bind(first, Result).Bind(first + 1, Actor).Bind(first + 2, FirstTarget).Bind(first + 3, Record.LinkCount)
            .Bind(first + 4, PropertySet).Bind(first + 5, Address).Bind(first + 6, Origin);
        Correlation.Bind(statement, first + 7, batch);
    }
}
