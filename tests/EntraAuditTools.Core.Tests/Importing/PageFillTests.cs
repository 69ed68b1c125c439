using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;

namespace EntraAuditTools.Core.Tests.Importing;

/// <summary>In whatever order an export lists its records, the mirror's pages are full.</summary>
public sealed class PageFillTests
{
    private const int Count = 24_000;

    private static readonly DateTime Start = new(2026, 10, 1, 0, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void An_export_makes_a_mirror_of_the_same_size_whichever_way_it_is_sorted()
    {
        var oldestFirst = Pages(Enumerable.Range(0, Count));
        // Half empty pages of the table alone would make it a quarter larger.
        Assert.InRange(Pages(Enumerable.Range(0, Count).Reverse()), 0.87 * oldestFirst, 1.13 * oldestFirst);
        var random = new Random(1);
        Assert.InRange(Pages(Enumerable.Range(0, Count).OrderBy(_ => random.Next())), 0.87 * oldestFirst, 1.13 * oldestFirst);
    }

    /// <summary>How many pages a mirror has besides those of originals, which depend on what stands beside what.</summary>
    private static double Pages(IEnumerable<int> order)
    {
        using var mirror = new TestMirror();
        var text = new StringBuilder();
        foreach (var i in order)
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"{i * 7919 % 99991:x8}-0000-4000-8000-{i:x12}");
            text.Append(Record(id, i, Start.AddSeconds(i * 61.5), Person(i % 40, 1), Person(i % 900, 2))).Append('\n');
        }

        Assert.Equal(Count, mirror.ImportText(text.ToString(), "export.jsonl").Added);
        using var connection = new SqliteConnection($"Data Source={mirror.Path};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT (SELECT page_count FROM pragma_page_count) - "
            + "(SELECT sum(length(data)) FROM block) / (SELECT page_size FROM pragma_page_size)";
        return Convert.ToDouble(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    private static string Person(int number, int kind) =>
        string.Create(CultureInfo.InvariantCulture, $"{number:x8}-{kind:x4}-4000-8000-000000000000");

    private static string Record(string id, int number, DateTime time, string who, string whom) =>
        string.Create(CultureInfo.InvariantCulture, $$$"""
        {"id":"Directory_{{{id}}}_{{{number}}}","correlationId":"{{{id}}}",
        "activityDisplayName":"Update user","category":"UserManagement",
        "loggedByService":"Core Directory","operationType":"Update","result":"success",
        "activityDateTime":"{{{time:O}}}",
        "initiatedBy":{"user":{"id":"{{{who}}}","userPrincipalName":"{{{who}}}@contoso.example"}},"targetResources":[{"id":"{{{whom}}}","type":"User"}]}
        """);
}
