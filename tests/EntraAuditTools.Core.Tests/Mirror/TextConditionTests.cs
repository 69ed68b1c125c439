using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Tests.Importing;

namespace EntraAuditTools.Core.Tests.Mirror;

/// <summary>A name is looked up by index: a large mirror has half a million identities, and each question asks for some.</summary>
public sealed class TextConditionTests
{
    [Theory]
    [InlineData("identity", "ana@contoso.com")]
    [InlineData("identity", "ana@contoso.com", "Bo Berg", "c8c2c3d3-0000-4000-8000-000000000003")]
    [InlineData("identity", "ana*")]
    [InlineData("entity", "Ana Hansen")]
    public void Names_are_searched_in_each_columns_index(string table, params string[] texts)
    {
        using var mirror = new TestMirror();
        mirror.Import();
        using var reader = MirrorReader.Open(mirror.Path);
        var sql = new SqlText($"EXPLAIN QUERY PLAN SELECT id FROM {table} WHERE ");
        string[] columns = table == "identity" ? ["object_id", "upn", "display_name"] : ["name", "upn"];
        var plan = reader.Query(sql.Add(TextCondition.AnyOf(sql, texts, columns)), row => row.GetString(3)).ToList();
        Assert.All(columns, column => Assert.Contains(plan, step => step.Contains($"INDEX {table}_{column} (", StringComparison.Ordinal)));
        Assert.DoesNotContain(plan, step => step == $"SCAN {table}");
    }
}
