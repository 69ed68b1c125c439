using EntraAuditTools.Core.Catalog;
using EntraAuditTools.Core.Formats.Audit;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Queries.Logs;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Queries.Activities;

/// <summary>
/// A filter with its texts looked up in the mirror's small tables (term, kind, identity…): what is left compares whole numbers.
/// A list that is null does not filter; an empty one means that nothing can match.
/// </summary>
internal sealed class ActivityConditions
{
    private ActivityConditions()
    {
    }

    public IReadOnlyList<long>? Kinds { get; private init; }

    public IReadOnlyList<long>? Results { get; private init; }

    public IReadOnlyList<long>? Actors { get; private init; }

    public IReadOnlyList<long>? Targets { get; private init; }

    /// <summary>Identities that did it or that it is about.</summary>
    public IReadOnlyList<long>? Involved { get; private init; }

    public IReadOnlyList<long>? Addresses { get; private init; }

    public IReadOnlyList<long>? Tenants { get; private init; }

    public IReadOnlyList<long>? PropertySets { get; private init; }

    /// <summary>Rows of the record ids asked for, when these have no wildcards.</summary>
    public IReadOnlyList<long>? Rows { get; private init; }

    /// <summary>Record ids with wildcards.</summary>
    public IReadOnlyList<string>? RecordIdPatterns { get; private init; }

    /// <summary>Correlation ids as stored, when all that were asked for are GUIDs.</summary>
    public IReadOnlyList<object>? Correlations { get; private init; }

    /// <summary>Correlation ids otherwise.</summary>
    public IReadOnlyList<string>? CorrelationPatterns { get; private init; }

    /// <summary>Words to find in the whole record, through the full-text index.</summary>
    public SearchText? Search { get; private init; }

    /// <summary>Words to find in the whole record, where the mirror has no full-text index: each original has to be read.</summary>
    public string? SearchByScan { get; private init; }

    /// <summary>Numbers of the imports that brought the record, first or again.</summary>
    public IReadOnlyList<long>? Imports { get; private init; }

    /// <summary>Numbers of the logs asked for.</summary>
    public IReadOnlyList<long>? Origins { get; private init; }

    /// <summary>Whether rows are to be left out for which the other log's stands.</summary>
    public bool HidesTwins { get; private init; }

    /// <summary>Bounds on the time.</summary>
    public TimeCondition Time { get; private init; }

    /// <summary>True when nothing can match, so that no query is needed.</summary>
    public bool Impossible =>
        new[] { Kinds, Results, Actors, Targets, Involved, Addresses, Tenants, PropertySets, Rows, Origins }.Any(ids => ids is { Count: 0 }) || Time.IsEmpty;

    /// <summary>True when everything matches.</summary>
    public bool IsOpen => Kinds is null && IsOpenButForKind;

    private bool IsOpenButForKind =>
        new object?[] { Results, Actors, Targets, Involved, Addresses, Tenants, PropertySets, Rows, Imports, RecordIdPatterns, Correlations,
            CorrelationPatterns, Search, SearchByScan, Origins }.All(value => value is null) && Time.IsOpen;

    /// <summary>True when nothing but the kind decides.</summary>
    public bool IsOfKindsOnly => Kinds is not null && IsOpenButForKind;

    /// <summary>Looks the filter's texts up.</summary>
    public static ActivityConditions Resolve(MirrorReader mirror, AuditActivityFilter filter)
    {
        // What the database would only meet while running is checked here, so that the error is the pattern's own.
        foreach (var text in (filter.CorrelationId ?? []).Concat(filter.Property ?? [])) _ = new WildcardText(text);
        var idPatterns = filter.Id is { Count: > 0 } ids && ids.Any(id => new WildcardText(id).Literal is null) ? ids : null;
        var correlations = filter.CorrelationId is { Count: > 0 } wanted ? wanted.Select(text => StoredId.ToCorrelation(text.Trim())).ToList() : null;
        var allGuids = correlations?.TrueForAll(value => value is byte[]) == true;
        var search = string.IsNullOrWhiteSpace(filter.Search) ? null : new SearchText(filter.Search);
        var origins = ActivityOrigin.Numbers(filter.Origin);
        var hidesTwins = origins is null && ActivityOrigin.HasTwins(mirror);
        var indexed = search is not null && ActivitySearchIndex.Exists(mirror);
        return new ActivityConditions
        {
            Kinds = ResolveKinds(mirror, filter),
            Results = TermLookup.Terms(mirror, filter.Result),
            Actors = TermLookup.Identities(mirror, filter.InitiatedBy),
            Targets = TermLookup.Identities(mirror, filter.Target),
            Involved = TermLookup.Identities(mirror, filter.Involving),
            Addresses = ResolveAddresses(mirror, filter.IPAddress),
            Tenants = TenantScope.Of(mirror, filter.Tenant)?.Ids,
            PropertySets = ResolvePropertySets(mirror, filter.Property),
            Rows = filter.Id is { Count: > 0 } && idPatterns is null ? ResolveRows(mirror, filter.Id, hidesTwins) : null,
            RecordIdPatterns = idPatterns,
            Correlations = allGuids ? correlations : null,
            CorrelationPatterns = correlations is not null && !allGuids ? filter.CorrelationId : null,
            Search = indexed ? search : null,
            SearchByScan = indexed || search is null ? null : filter.Search,
            Imports = filter.ImportId,
            Origins = origins,
            HidesTwins = hidesTwins,
            Time = TimeCondition.Of(filter.After, filter.Before),
        };
    }

    private static List<long>? ResolveKinds(MirrorReader mirror, AuditActivityFilter filter)
    {
        var sql = new SqlText("SELECT id FROM kind WHERE 1");
        var any = AddTerm(sql, "service", filter.Service, ServiceAliases.ServiceSpellings)
            | AddCategory(mirror, sql, filter.Category)
            | AddTerm(sql, "activity", filter.Activity, null);
        return any ? mirror.Query(sql, row => row.GetInt64(0)).ToList() : null;
    }

    // The portal's older categories are today's services ("Audit logs tab under the Account Provisioning category", reporting on automatic user
    // provisioning): such a word means the events of that service.
    private static bool AddCategory(MirrorReader mirror, SqlText sql, IReadOnlyList<string>? texts)
    {
        if (texts is not { Count: > 0 }) return false;
        var services = texts.Where(text => new WildcardText(text).Literal is { } literal && FormerCategory.IsService(mirror, literal)).ToList();
        if (services.Count == 0) return AddTerm(sql, "category", texts, ServiceAliases.CategorySpellings);
        var rest = texts.Except(services).ToList();
        sql.Add(" AND (0");
        foreach (var (column, some,
            spellings) in new[] { ("category", rest, (Func<string, IEnumerable<string>>)ServiceAliases.CategorySpellings),
            ("service", services, ServiceAliases.ServiceSpellings) })
        {
            if (some.Count > 0) sql.Add($" OR {Named(sql, column, some, spellings)}");
        }

        sql.Add(")");
        return true;
    }

    private static bool AddTerm(SqlText sql, string column, IReadOnlyList<string>? texts, Func<string, IEnumerable<string>>? spellings)
    {
        if (texts is not { Count: > 0 }) return false;
        sql.Add($" AND {Named(sql, column, texts, spellings)}");
        return true;
    }

    private static string Named(SqlText sql, string column, IReadOnlyList<string> texts, Func<string, IEnumerable<string>>? spellings)
    {
        texts = TermLookup.Trimmed(texts);
        // A literal name also finds the other spellings under which the same service or category is known.
        var all = spellings is null ? texts
            : texts.SelectMany(text => new WildcardText(text).Literal is { } literal ? spellings(literal).Select(WildcardText.Escape)
                .Prepend(text) : [text]).ToList();
        return $"{column} IN (SELECT id FROM term WHERE {TextCondition.AnyOf(sql, all, TermLookup.TrimmedText)})";
    }

    /// <summary>Addresses in whatever spelling, and records that name several.</summary>
    private static List<long>? ResolveAddresses(MirrorReader mirror, IReadOnlyList<string>? texts)
    {
        if (texts is not { Count: > 0 }) return null;
        // Brackets are a wildcard's too: what is an address is meant as one.
        var wanted = texts.Select(text => AddressText.TryNormalize(text) is { } address ? WildcardText.Escape(address) : text).ToList();
        var sql = new SqlText("SELECT id FROM address WHERE ");
        sql.Add(TextCondition.AnyOf(sql, wanted, "text"));
        sql.Add($" UNION SELECT id FROM address WHERE instr(text, char({(int)AddressText.Separator})) > 0 AND (");
        sql.Add(string.Join(" OR ", wanted.Select(text => $"{MirrorFunctions.AnyLineMatches}({sql.Bind(text)}, text)"))).Add(")");
        return mirror.Query(sql, row => row.GetInt64(0)).ToList();
    }

    private static List<long>? ResolvePropertySets(MirrorReader mirror, IReadOnlyList<string>? names)
    {
        if (names is not { Count: > 0 }) return null;
        var sql = new SqlText("SELECT id FROM property_set WHERE ");
        sql.Add(string.Join(" OR ", names.Select(name => $"{MirrorFunctions.AnyLineMatches}({sql.Bind(name)}, names)")));
        return mirror.Query(sql, row => row.GetInt64(0)).ToList();
    }

    private static List<long> ResolveRows(MirrorReader mirror, IReadOnlyList<string> recordIds, bool hidesTwins)
    {
        var keys = recordIds.Select(id => StableHash.Of(new WildcardText(id).Literal!)).Distinct().ToList();
        var sql = new SqlText();
        sql.Add($"SELECT id FROM activity WHERE {sql.In("key", keys)} UNION SELECT activity FROM activity_conflict WHERE {sql.In("key", keys)}");
        var rows = mirror.Query(sql, row => row.GetInt64(0)).ToList();
        if (!hidesTwins || rows.Count == 0) return rows;
        // Either log's id finds the event.
        var twins = new SqlText();
        twins.Add($"SELECT activity, directory FROM activity_twin WHERE {twins.In("activity", rows)}");
        var directory = mirror.Query(twins, row => (row.GetInt64(0), row.GetInt64(1))).ToDictionary(pair => pair.Item1, pair => pair.Item2);
        return [.. rows.Select(row => directory.GetValueOrDefault(row, row)).Distinct()];
    }
}
