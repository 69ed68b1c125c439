using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Tables;

namespace EntraAuditTools.Core.Queries.Activities.FirstSeen;

/// <summary>Which import brought an activity first: with its shown original, or with another one of the same event.</summary>
/// <param name="mirror">The mirror.</param>
/// <param name="hidesTwins">Whether the other log's record of the event counts too.</param>
internal sealed class FirstImport(MirrorReader mirror, bool hidesTwins)
{
    private const string Blocks =
        "SELECT block FROM activity WHERE id IN rows UNION ALL SELECT block FROM activity_copy WHERE activity IN rows";
    private const string Own = "SELECT ?1 AS id";

    private readonly string sql = $"""
        WITH rows AS ({(hidesTwins && mirror.SchemaVersion >= ReadingSchema.Since
            ? $"{Own} UNION ALL SELECT activity FROM activity_twin WHERE directory = ?1" : Own)})
        SELECT min(import) FROM block WHERE id IN ({Blocks})
        """;

    /// <summary>Its number; 0 where the mirror does not say.</summary>
    public long Of(long row)
    {
        var statement = mirror.Prepared(sql).Bind(1, row);
        var import = mirror.Step(statement) ? statement.Number(0) : 0;
        statement.Reset();
        return import;
    }
}
