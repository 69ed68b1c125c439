using System.Buffers.Text;
using EntraAuditTools.Core.Mirror.Rows;
using EntraAuditTools.Core.Mirror.Sql;
using Microsoft.Data.Sqlite;

namespace EntraAuditTools.Core.Mirror.Writing.Entities;

/// <summary>
/// Writes <c>entitlement_event</c>: what questions about requests need of an activity, so that they read no originals and find targets by
/// activity (<c>activity_target</c> finds activities by target only). One activity in twenty has such a row.
/// </summary>
internal sealed class EntitlementEventWriter(SqliteConnection connection) : IDisposable
{
    public const string Table = "entitlement_event";

    // A richer copy's row takes the place of an earlier one, but a link once known is kept.
    private readonly Statement write = new(connection, $"""
        INSERT INTO {Table} (activity, targets, request, assignment, person, justification, reason) VALUES (?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (activity) DO UPDATE SET targets = iif(length(excluded.targets) > 2, excluded.targets, targets),
            request = coalesce(excluded.request, request),
            assignment = coalesce(excluded.assignment, assignment), person = excluded.person,
            justification = coalesce(excluded.justification, justification), reason = coalesce(excluded.reason, reason)
        """);

    private byte[] targets = new byte[256];

    /// <summary>Writes or completes the row of an activity.</summary>
    /// <param name="activity">Row of the activity.</param>
    /// <param name="row">What the record contains.</param>
    /// <param name="identities">Its targets (0: nameless).</param>
    /// <param name="batch">Its batch.</param>
    public void Write(long activity, in EntitlementEventRow row, ReadOnlySpan<int> identities, ImportBatch batch)
    {
        BindId(write.Bind(1, activity).BindText(2, Targets(identities)), 3, row.Request, batch);
        BindId(write, 4, row.Assignment, batch).Bind(5, row.Person).BindText(6, batch.Get(row.Justification))
            .BindText(7, batch.Get(row.Reason)).Execute();
    }

    /// <inheritdoc/>
    public void Dispose() => write.Dispose();

    private static Statement BindId(Statement statement, int index, in IdRange id, ImportBatch batch) =>
        id.IsGuid ? statement.BindBlob(index, batch.Get(id.Bytes)) : statement.BindText(index, batch.Get(id.Bytes));

    private ReadOnlySpan<byte> Targets(ReadOnlySpan<int> identities)
    {
        if (targets.Length < (identities.Length * 12) + 2) targets = new byte[identities.Length * 24];
        var length = 0;
        targets[length++] = (byte)'[';
        foreach (var identity in identities)
        {
            if (identity == 0) continue;
            if (length > 1) targets[length++] = (byte)',';
            Utf8Formatter.TryFormat(identity, targets.AsSpan(length), out var digits);
            length += digits;
        }

        targets[length++] = (byte)']';
        return targets.AsSpan(0, length);
    }
}
