using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Queries.Activities;
using EntraAuditTools.Core.Queries.Logs;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Queries.Provisioning;

/// <summary>A filter on the provisioning log with its texts looked up; see <see cref="ActivityConditions"/>.</summary>
internal sealed class ProvisioningConditions
{
    private ProvisioningConditions()
    {
    }

    public IReadOnlyList<long>? Kinds { get; private init; }

    public IReadOnlyList<long>? Identities { get; private init; }

    public IReadOnlyList<long>? Tenants { get; private init; }

    public TimeCondition Time { get; private init; }

    /// <summary>Rows of the record ids asked for, when these have no wildcards.</summary>
    public IReadOnlyList<long>? Rows { get; private init; }

    public IReadOnlyList<string>? RecordIdPatterns { get; private init; }

    /// <summary>Numbers of the imports that brought the record, first or again, or parts of it.</summary>
    public IReadOnlyList<long>? Imports { get; private init; }

    public StoredIds Changes { get; private init; }

    public StoredIds Cycles { get; private init; }

    /// <summary>True when nothing can match, so that no query is needed.</summary>
    public bool Impossible => new[] { Kinds, Identities, Tenants, Rows }.Any(ids => ids is { Count: 0 }) || Time.IsEmpty;

    public bool IsOpen => Kinds is null && Identities is null && Tenants is null && Rows is null && Imports is null
        && RecordIdPatterns is null && Time.IsOpen && Changes.IsOpen && Cycles.IsOpen;

    /// <summary>Entries of certain kinds, within bounds.</summary>
    public static ProvisioningConditions OfKinds(IReadOnlyList<long>? kinds, IReadOnlyList<long>? tenants, TimeCondition time) =>
        new() { Kinds = kinds, Tenants = tenants, Time = time };

    /// <summary>Looks the filter's texts up.</summary>
    public static ProvisioningConditions Resolve(MirrorReader mirror, ProvisioningKinds kinds, ProvisioningLogFilter filter)
    {
        var idPatterns = filter.Id is { Count: > 0 } ids && ids.Any(id => new WildcardText(id).Literal is null) ? ids : null;
        return new ProvisioningConditions
        {
            Kinds = kinds.Matching(filter),
            Identities = TermLookup.Identities(mirror, filter.Identity),
            Tenants = TenantScope.Of(mirror, filter.Tenant)?.Ids,
            Time = TimeCondition.Of(filter.After, filter.Before),
            Rows = filter.Id is { Count: > 0 } && idPatterns is null ? ResolveRows(mirror, filter.Id) : null,
            RecordIdPatterns = idPatterns,
            Imports = filter.ImportId,
            Changes = StoredIds.Of(filter.ChangeId),
            Cycles = StoredIds.Of(filter.CycleId),
        };
    }

    private static List<long> ResolveRows(MirrorReader mirror, IReadOnlyList<string> recordIds)
    {
        // The row that an id belongs to may be stored under another key, where two events share it, or without regard to case.
        var sql = new SqlText();
        var texts = recordIds.Select(id => new WildcardText(id).Literal!).ToList();
        var keys = texts.SelectMany(text => new[] { text, text.ToLowerInvariant() }).Distinct().Select(StableHash.Of).ToList();
        sql.Add($"SELECT id FROM provisioning WHERE {sql.In("key", keys)} UNION SELECT provisioning FROM provisioning_conflict WHERE {sql.In("key", keys)}");
        return mirror.Query(sql, row => row.GetInt64(0)).ToList();
    }
}

/// <summary>Ids to look for in a column that stores GUIDs as bytes.</summary>
/// <param name="Stored">The ids as stored, when none has wildcards; else null.</param>
/// <param name="Patterns">The texts otherwise; null when <paramref name="Stored"/> holds them or nothing was asked.</param>
internal readonly record struct StoredIds(IReadOnlyList<object>? Stored, IReadOnlyList<string>? Patterns)
{
    public bool IsOpen => Stored is null && Patterns is null;

    public static StoredIds Of(IReadOnlyList<string>? texts)
    {
        if (texts is not { Count: > 0 }) return default;
        var literals = texts.Select(text => new WildcardText(text.Trim()).Literal).ToList();
        return literals.Contains(null) || literals.Exists(l => !Guid.TryParseExact(l, "D", out _)) ? new(null, texts)
            : new(literals.ConvertAll(l => StoredId.ToCorrelation(l!)), null);
    }

    /// <summary>"column IN (…)" over the stored ids.</summary>
    public string In(SqlText sql, string column) => $"{column} IN ({string.Join(", ", Stored!.Select(sql.Bind))})";

    /// <summary>The condition as a filter; empty when it is open.</summary>
    public string Filter(SqlText sql, string column) =>
        Stored is not null ? $" AND {In(sql, "+" + column)}"
        : Patterns is not null ? $" AND {ActivityPlan.AnyMatch(sql, Patterns, $"{MirrorFunctions.CorrelationText}({column})")}"
        : string.Empty;
}
