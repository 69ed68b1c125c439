using EntraAuditTools.Core.Mirror.Tables;
using Npgsql;

namespace EntraAuditTools.PostgreSql.Tenants;

/// <summary>
/// Keeps what audiences see up to date, in the transaction that changes the mirror: what a change brings to each, or all of it anew.
/// </summary>
/// <param name="remote">The server, in a transaction; the caller may write there.</param>
/// <param name="change">The number of the change.</param>
internal sealed class TenantRows(NpgsqlConnection remote, long change)
{
    // Tables that the change changed, each behind its schema.
    private readonly HashSet<string> news = [];

    private const string Staged = "pg_temp.staged";

    private static readonly IReadOnlyDictionary<string, CopyTable> Tables = CopyTable.OfThisVersion().ToDictionary(table => table.Name);

    /// <summary>Whether anybody on a server reads some tenants only.</summary>
    public static bool AreKept(NpgsqlConnection remote) => TenantSchema.IsKept(remote)
        && ServerSql.Texts(remote, $"SELECT 1::text FROM {TenantSchema.Name}.mirror LIMIT 1").Count > 0;

    /// <summary>Takes rows from audiences that go from the mirror. Their keys are in the transaction's table <c>staged</c>.</summary>
    public void Remove(CopyTable table)
    {
        // As RemovedKey writes them.
        var key = string.Join(" || ", table.Key.Select(column => column.Kind == ColumnKind.Number
            ? $"int4send(9) || '\\x01'::bytea || int8send(t.{CopyTable.Quoted(column.Name)})"
            : $"int4send(length(t.{CopyTable.Quoted(column.Name)})) || t.{CopyTable.Quoted(column.Name)}"));
        var gone = ServerSchema.Execute(remote, $"""
            WITH gone AS (DELETE FROM {TenantSchema.Table(table.Name)} t USING {Staged} s WHERE {table.SameKey("t", "s")}
                RETURNING t.{TenantSchema.Audience} AS audience, {key} AS key)
            INSERT INTO {TenantSchema.Name}.removed ({TenantSchema.Audience}, tab, key, {ServerSchema.Changed})
            SELECT audience, '{table.Name}', key, {change} FROM gone
            """);
        if (gone > 0) news.Add($"{TenantSchema.Name}.removed");
    }

    /// <summary>Brings what changed to the audiences that it concerns.</summary>
    /// <param name="tables">The mirror's tables that changed.</param>
    public void Update(IEnumerable<CopyTable> tables)
    {
        Begin();
        foreach (var table in tables) news.Add($"{ServerSchema.Name}.{table.Name}");
        var rules = new TenantRules(change, null, news);
        foreach (var sql in rules.Beginnings()) ServerSchema.Execute(remote, sql);
        if (rules.Losers() is { Length: > 0 } lost)
        {
            var losers = ServerSql.Texts(remote, $"SELECT l.{TenantSchema.Audience}::text FROM ({lost}) l").ConvertAll(long.Parse);
            if (losers.Count > 0) Rebuild(losers);
        }

        Derive(rules);
        Note();
    }

    /// <summary>Makes all that audiences see anew: every copy of theirs is fetched as a whole.</summary>
    /// <param name="audiences">The audiences; null for all.</param>
    public void Rebuild(IReadOnlyCollection<long>? audiences = null)
    {
        Begin();
        audiences ??= ServerSql.Texts(remote, $"SELECT {TenantSchema.Audience}::text FROM {TenantSchema.Name}.mirror").ConvertAll(long.Parse);
        if (audiences.Count == 0) return;
        var which = $"WHERE {TenantSchema.Audience} IN ({string.Join(", ", audiences)})";
        var emptied = Tables.Keys.Concat(["removed", "history", "audience_term", "audience_import"]);
        ServerSchema.Execute(remote, string.Join(";\n", emptied.Select(table => $"DELETE FROM {TenantSchema.Table(table)} {which}")));
        var rules = new TenantRules(change, audiences, news);
        foreach (var sql in rules.Beginnings()) ServerSchema.Execute(remote, sql);
        Derive(rules);
        ServerSchema.Execute(remote, $"""
            UPDATE {TenantSchema.Name}.mirror SET generation = gen_random_uuid(), change = {change}, format = {TenantSchema.Format},
                schema = {MirrorSchema.Version} {which};
            INSERT INTO {TenantSchema.Name}.history
            SELECT {TenantSchema.Audience}, {change}, gen_random_uuid() FROM {TenantSchema.Name}.mirror {which}
            """);
    }

    private void Derive(TenantRules rules)
    {
        foreach (var rule in rules.Records()) Run(rule);
        if (rules.Slots() is { Length: > 0 } slots && TenantBlocks.Update(remote, slots, change)) news.Add($"{TenantSchema.Name}.block");
        foreach (var rule in rules.Imports().Concat(rules.Words())) Run(rule);
    }

    // The plans are many and large, the rows that most of them find few.
    private void Begin() => ServerSchema.Execute(remote, "SET LOCAL jit = off");

    private void Run(TenantRule rule)
    {
        if (rule.Keys.Length == 0) return;
        var table = Tables[rule.Table];
        var shown = table.Columns
            .Select(column => (column.Name, Sql: rule.Shown.GetValueOrDefault(column.Name) ?? $"x.{CopyTable.Quoted(column.Name)}"))
            .Concat(rule.More.Select(more => (Name: more.Key, Sql: more.Value))).ToList();
        var names = string.Join(", ", shown.Select(column => CopyTable.Quoted(column.Name)));
        var set = shown.Where(column => !table.Key.Any(key => key.Name == column.Name)).Select(column => column.Name).Append(ServerSchema.Changed)
            .Select(name => $"{CopyTable.Quoted(name)} = excluded.{CopyTable.Quoted(name)}");
        var keys = string.Join(", ", table.Key.Select((_, i) => $"k{i}"));
        var same = string.Join(" AND ", table.Key.Select((column, i) => $"x.{CopyTable.Quoted(column.Name)} = k.k{i}"));
        var more = rule.Table == "import" ? TenantRules.Extent() : string.Empty;
        var came = ServerSchema.Execute(remote, $"""
            INSERT INTO {TenantSchema.Table(table.Name)} ({TenantSchema.Audience}, {names}, {ServerSchema.Changed})
            SELECT k.{TenantSchema.Audience}, {string.Join(", ", shown.Select(column => column.Sql))}, {change}
            FROM (SELECT DISTINCT * FROM ({rule.Keys}) d) k ({TenantSchema.Audience}, {keys}) JOIN {ServerSchema.Table(table.Name)} x ON {same} {more}
            ON CONFLICT ({TenantSchema.Audience}, {table.KeyList()}) {(rule.OnlyNew ? "DO NOTHING" : $"DO UPDATE SET {string.Join(", ", set)}")}
            """);
        if (came > 0) news.Add($"{TenantSchema.Name}.{table.Name}");
    }

    /// <summary>Counts the change for the audiences that it brought something to: the others need not know of it.</summary>
    private void Note()
    {
        var touched = Tables.Keys.Append("removed").Where(table => news.Contains($"{TenantSchema.Name}.{table}")).ToList();
        if (touched.Count == 0) return;
        var any = string.Join(" OR ", touched.Select(table => $"EXISTS (SELECT 1 FROM {TenantSchema.Table(table)} t "
            + $"WHERE t.{TenantSchema.Audience} = m.{TenantSchema.Audience} AND t.{ServerSchema.Changed} = {change})"));
        ServerSchema.Execute(remote, $"""
            WITH noted AS (UPDATE {TenantSchema.Name}.mirror m SET change = {change} WHERE {any} RETURNING m.{TenantSchema.Audience} AS audience)
            INSERT INTO {TenantSchema.Name}.history SELECT audience, {change}, gen_random_uuid() FROM noted
            ON CONFLICT ({TenantSchema.Audience}, number) DO UPDATE SET token = excluded.token
            """);
    }
}
