using EntraAuditTools.Core.Mirror.Files;
using EntraAuditTools.Core.Tests.Importing;
using EntraAuditTools.Core.Upkeep.Checking;
using Xunit;

namespace EntraAuditTools.Core.Tests.Upkeep;

/// <summary>What Test-AuditMirror compares takes time as there are rows, not as there are rows times rows.</summary>
public sealed class DerivedRowsTests
{
    public static TheoryData<string> Parts() => new(DerivedRows.Parts.Select(part => part.Name));

    [Theory]
    [MemberData(nameof(Parts))]
    public void No_row_is_looked_up_by_going_through_all_others(string name)
    {
        using var mirror = new TestMirror();
        mirror.ImportText("[]");
        var steps = Plan(mirror.Path, DerivedRows.Parts.Single(part => part.Name == name).Sql);
        Assert.NotEmpty(steps);
        // Lists that are made of a row are no tables, and a list without a row is made once.
        Assert.Empty(steps.Values.Where(step => step.Detail.StartsWith("SCAN ", StringComparison.Ordinal)
            && !step.Detail.Contains("(subquery", StringComparison.Ordinal) && !step.Detail.Contains("VIRTUAL TABLE", StringComparison.Ordinal)
            && IsOfEachRow(step.Parent, steps)).Select(step => step.Detail));
    }

    private static bool IsOfEachRow(int parent, Dictionary<int, (int Parent, string Detail)> steps)
    {
        for (; steps.TryGetValue(parent, out var step); parent = step.Parent)
        {
            if (step.Detail.StartsWith("LIST", StringComparison.Ordinal)) return false;
            if (step.Detail.StartsWith("CORRELATED", StringComparison.Ordinal)) return true;
        }

        return false;
    }

    private static Dictionary<int, (int Parent, string Detail)> Plan(string path, string sql)
    {
        using var connection = MirrorFile.OpenForLookups(path);
        using var command = connection.CreateCommand();
        command.CommandText = $"EXPLAIN QUERY PLAN {sql}";
        using var rows = command.ExecuteReader();
        var steps = new Dictionary<int, (int, string)>();
        while (rows.Read()) steps.Add(rows.GetInt32(0), (rows.GetInt32(1), rows.GetString(3)));
        return steps;
    }
}
