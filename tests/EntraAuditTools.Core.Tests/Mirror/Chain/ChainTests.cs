using EntraAuditTools.Core.Importing.Records;
using EntraAuditTools.Core.Mirror.Chain;
using EntraAuditTools.Core.Mirror.Files;
using EntraAuditTools.Core.Queries.Imports;
using EntraAuditTools.Core.Tests.Importing;
using EntraAuditTools.Core.Tests.Queries;
using Xunit;

namespace EntraAuditTools.Core.Tests.Mirror.Chain;

/// <summary>What was imported cannot be changed without a trace: each table, each column, each row, through SQLite itself.</summary>
public sealed class ChainTests
{
    private static readonly Event[] Events =
    [
        new("a1", "2026-10-02T08:00:00Z", "Add user"),
        new("a2", "2026-10-02T09:00:00Z", "Delete user"),
        new("a3", "2026-10-03T09:00:00Z", "Update user"),
    ];

    private static readonly Lazy<byte[]> Template = new(Fill);

    [Fact]
    public void A_mirror_that_nobody_touched_has_no_fault()
    {
        using var mirror = Filled();
        var (findings, check) = Check(mirror);
        Assert.Empty(findings);
        Assert.Equal((4L, 3L), (check.Links, check.Originals));
        Assert.Equal(check.Head, MirrorInfoQuery.Run(new(mirror.Path, "Parameter")).ChainHead);
    }

    [Fact]
    public void Every_import_has_the_head_that_it_made()
    {
        using var mirror = new TestMirror();
        var heads = Events.Select((one, i) => mirror.ImportText(Event.All(one), $"{i}.json").ChainHead).ToList();
        Assert.Equal(3, heads.Distinct().Count());
        foreach (var head in heads) Assert.Empty(Check(mirror, head).Findings);
        Assert.Contains("is no link", Assert.Single(Check(mirror, new string('0', 64)).Findings).What, StringComparison.Ordinal);
    }

    /// <summary>Every column of what a chain covers, one value changed.</summary>
    public static TheoryData<string, string> Columns() => new(
        from table in new[] { "import", "coverage", "rejection", "block", "original_context", "chain", "chain_import", "block_digest" }
        from column in ColumnsOf(table)
        // The header of a block says what its column count does; count is for questions alone.
        where (table, column) is not ("coverage" or "rejection", "id") and not ("block", "count")
        select (table, column));

    [Theory]
    [MemberData(nameof(Columns))]
    public void A_value_that_was_changed_is_found(string table, string column)
    {
        using var mirror = Filled();
        // One row, by its place: some tables have no rowid.
        var key = table is "chain_import" or "original_context" ? $"{column} = (SELECT {column} FROM {table} LIMIT 1)"
            : $"rowid = (SELECT max(rowid) FROM {table})";
        var type = OldMirror.Texts(mirror.Path, $"SELECT typeof({column}) FROM {table} WHERE {key}")[0];
        var other = type switch
        {
            "integer" => $"{column} + 1000",
            "blob" => $"substr({column}, 1, length({column}) - 1) || x'00' || x'01'",
            "null" => "42",
            _ => $"{column} || ' '",
        };
        if (type == "blob") other = $"CAST({other} AS BLOB)";
        OldMirror.Execute(mirror.Path, $"UPDATE {table} SET {column} = {other} WHERE {key}");
        Assert.NotEmpty(Check(mirror).Findings);
    }

    public static TheoryData<string, string> Changes() => new()
    {
        { "the newest import removed", "DELETE FROM import WHERE id = 4" },
        { "an import in the middle removed", "DELETE FROM import WHERE id = 2" },
        { "an import added", "INSERT INTO import SELECT 9, started, finished, status, source, kind, shape, tool_version, bytes, sha256, options, read, added, "
            + "updated, unchanged, rejected, not_supported, conflicts, first_time, last_time, notes, reader, file_time, header FROM import WHERE id = 1" },
        { "two imports exchanged", "UPDATE import SET id = 99 WHERE id = 1; UPDATE import SET id = 1 WHERE id = 2; UPDATE import SET id = 2 WHERE id = 99" },
        { "originals removed", "DELETE FROM block WHERE id = 1" },
        { "originals removed with their digest", "DELETE FROM block WHERE id = 1; DELETE FROM block_digest WHERE block = 1" },
        { "originals removed as if by us", "DELETE FROM block WHERE id = 1; INSERT INTO removed_original SELECT block, -1, 2, digest "
            + "FROM block_digest WHERE block = 1" },
        { "originals exchanged", "UPDATE block SET id = 99 WHERE id = 1; UPDATE block SET id = 1 WHERE id = 2; UPDATE block SET id = 2 WHERE id = 99" },
        { "originals added", "INSERT INTO block SELECT 99, import, count, raw_length, data FROM block WHERE id = 1" },
        { "originals added with a digest", "INSERT INTO block SELECT 99, import, count, raw_length, data FROM block WHERE id = 1; "
            + "INSERT INTO block_digest SELECT 99, import, digest FROM block_digest WHERE block = 1" },
        { "coverage removed", "DELETE FROM coverage" },
        { "coverage added", "INSERT INTO coverage SELECT 99, kind, tenant, from_time, to_time + 5, basis, import FROM coverage" },
        { "a rejection removed", "DELETE FROM rejection" },
        { "a tenant of coverage renamed", "UPDATE term SET text = 'x' WHERE id = (SELECT tenant FROM coverage)" },
        { "the last link removed", "DELETE FROM chain WHERE position = 4" },
        { "a link removed", "DELETE FROM chain WHERE position = 2" },
        { "the chain removed", "DELETE FROM chain; DELETE FROM chain_import" },
        { "a context removed", "DELETE FROM original_context" },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void A_row_that_was_removed_added_or_moved_is_found(string what, string sql)
    {
        using var mirror = Filled();
        OldMirror.Execute(mirror.Path, sql);
        Assert.True(Check(mirror).Findings.Any(finding => finding.IsFault), what);
    }

    [Fact]
    public void What_an_import_that_was_stopped_left_is_covered_by_the_next()
    {
        using var mirror = Filled();
        OldMirror.Execute(mirror.Path, "DELETE FROM chain WHERE position = 4; DELETE FROM chain_import WHERE position = 4; "
            + "UPDATE import SET status = 'Interrupted', finished = NULL WHERE id = 4");
        Assert.All(Check(mirror).Findings, finding => Assert.False(finding.IsFault, finding.What));
        Assert.NotEmpty(Check(mirror).Findings);

        mirror.ImportText(Event.All(new Event("a9", "2026-10-09T08:00:00Z", "Add user")), "next.json");

        Assert.Empty(Check(mirror).Findings);
        Assert.Equal(["Import", "Import", "Import", "Interrupted", "Import"],
            OldMirror.Texts(mirror.Path, "SELECT json_extract(content, '$.Reason') FROM chain ORDER BY position"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void An_older_mirror_is_taken_in_as_it_is(int version)
    {
        using var mirror = Filled();
        OldMirror.Age(mirror, version);
        mirror.ImportText(Event.All(new Event("a9", "2026-10-09T08:00:00Z", "Add user")), "next.json");
        Assert.Empty(Check(mirror).Findings);
        Assert.Equal("Adoption", OldMirror.Texts(mirror.Path, "SELECT json_extract(content, '$.Reason') FROM chain ORDER BY position")[0]);
        OldMirror.Execute(mirror.Path, "UPDATE import SET source = 'x' WHERE id = 1");
        Assert.Contains(Check(mirror).Findings, finding => finding is { IsFault: true, Import: 1 });
    }

    [Fact]
    public void A_mirror_that_was_derived_anew_keeps_its_chain()
    {
        using var mirror = Filled();
        var head = Check(mirror).Check.Head;
        UpgradeSteps.Outdate(mirror.Path);
        UpgradeSteps.Run(mirror.Path);
        Assert.Empty(Check(mirror, head).Findings);
        Assert.Equal("Derivation", OldMirror.Texts(mirror.Path, "SELECT json_extract(content, '$.Reason') FROM chain ORDER BY position")[^1]);
    }

    [Fact]
    public void What_becomes_known_of_a_finished_import_is_linked_too()
    {
        using var mirror = new TestMirror();
        mirror.Import(mirror.Write("1.json", System.Text.Encoding.UTF8.GetBytes(Event.All(Events[0]))));
        mirror.Import(new ImportOptions { MirrorPath = mirror.Path, CoversFrom = new(2026, 10, 1, 0, 0, 0, TimeSpan.Zero) },
            mirror.Write("1.json", System.Text.Encoding.UTF8.GetBytes(Event.All(Events[0]))));
        Assert.Empty(Check(mirror).Findings);
        Assert.Equal(["Import", "Addition"], OldMirror.Texts(mirror.Path, "SELECT json_extract(content, '$.Reason') FROM chain ORDER BY position"));
    }

    /// <summary>Four imports: one rejects a record, one declares coverage, one has pages' contexts, one is of a file that was there.</summary>
    private static TestMirror Filled()
    {
        var copy = new TestMirror();
        Directory.CreateDirectory(Path.GetDirectoryName(copy.Path)!);
        File.WriteAllBytes(copy.Path, Template.Value);
        return copy;
    }

    private static byte[] Fill()
    {
        using var mirror = new TestMirror();
        mirror.ImportText(Event.All(Events[0]), "1.json");
        mirror.Import(
            new ImportOptions { MirrorPath = mirror.Path, CoversFrom = new(2026, 10, 1, 0, 0, 0, TimeSpan.Zero), Tenant = "contoso" },
            mirror.Write("2.json", System.Text.Encoding.UTF8.GetBytes(Event.All(Events[1]))));
        mirror.ImportText("""
            {"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#users","value":[
              {"id":"00000000-0000-4000-8000-000000000001","displayName":"Ada","userPrincipalName":"ada@example.com"}]}
            """, "3.json");
        mirror.ImportText(Event.All(Events[2]).Replace("[", "[{\"id\":7},", StringComparison.Ordinal), "4.json");
        return File.ReadAllBytes(mirror.Path);
    }

    private static (List<ChainFinding> Findings, ChainCheck Check) Check(TestMirror mirror, string? head = null)
    {
        using var connection = MirrorFile.OpenForLookups(mirror.Path);
        var findings = new List<ChainFinding>();
        var check = new ChainCheck(connection, findings.Add);
        check.Run(head, _ => { }, TestContext.Current.CancellationToken);
        return (findings, check);
    }

    private static List<string> ColumnsOf(string table)
    {
        using var mirror = Filled();
        return OldMirror.Texts(mirror.Path, $"SELECT name FROM pragma_table_info('{table}')");
    }
}
