using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Entitlement.Assignments;
using EntraAuditTools.Core.Queries.Entitlement.Conflicts;
using EntraAuditTools.Core.Queries.Entitlement.Entities;
using EntraAuditTools.Core.Queries.Entitlement.Packages;
using EntraAuditTools.Core.Tests.Importing;
using EntraAuditTools.SampleTenant;
using Microsoft.Data.Sqlite;

namespace EntraAuditTools.Core.Tests.Entitlement;

/// <summary>Questions that read only what they need, or give the first answer before the last is read, against those that read everything.</summary>
public sealed class NarrowQuestionTests : IDisposable
{
    private static readonly AccessPackageAssignmentFilter All = new() { State = ["*"] };

    // Exported today: what ends soon is asked of now.
    private static readonly EntitlementBulkOptions Size = new(300, 100, 1500) { At = new DateTimeOffset(DateTime.UtcNow.Date, TimeSpan.Zero) };

    private readonly EntitlementBulk bulk = new(Size);
    private readonly TestMirror mirror = new();

    public NarrowQuestionTests()
    {
        var folder = Directory.CreateTempSubdirectory("entitlement-").FullName;
        try
        {
            bulk.Write(folder);
            mirror.Import([.. Directory.GetFiles(folder, "*.json").Order(StringComparer.Ordinal)]);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    public void Dispose() => mirror.Dispose();

    [Fact]
    public void Assignments_come_by_start_as_they_are_read()
    {
        var expected = Expected().ToList();
        Assert.Equal(expected, Ask(All));
        Assert.Equal(expected[10..30], Ask(new() { State = ["*"], Skip = 10, First = 20 }));
        Assert.Equal(expected.Count, Ask(reader => AccessPackageAssignmentQuery.Count(reader, All)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("*")]
    [InlineData("Expired")]
    [InlineData("DeliveryFailed")]
    [InlineData("Scheduled")]
    [InlineData("Un*")]
    [InlineData("Delivered")]
    [InlineData("Removed")]
    [InlineData("OfLater")]
    public void They_are_counted_as_they_are_read(string? state)
    {
        Change("""
            INSERT INTO term (id, text) SELECT 100000 + value, text FROM (SELECT 1 AS value, 'delivered' AS text UNION ALL SELECT 2, 'expired'
                UNION ALL SELECT 3, 'deliveryFailed' UNION ALL SELECT 4, 'ofLater' UNION ALL SELECT 5, 'partiallyDelivered') WHERE true
                ON CONFLICT DO NOTHING;
            CREATE TEMP TABLE word AS SELECT row_number() OVER (ORDER BY text) - 1 AS number, id FROM term
                WHERE text IN ('delivered', 'expired', 'deliveryFailed', 'ofLater', 'partiallyDelivered');
            UPDATE assignment SET state = coalesce((SELECT id FROM word WHERE number = entity % 7), 0), portal = 0,
                starts = CASE entity / 7 % 3 WHEN 0 THEN NULL WHEN 1 THEN 630000000000000000 ELSE 900000000000000000 END,
                ends = CASE entity / 21 % 3 WHEN 0 THEN NULL WHEN 1 THEN 631000000000000000 ELSE 900000000000000001 END,
                end_known = entity / 63 % 2,
                expired = CASE entity / 126 % 3 WHEN 0 THEN NULL WHEN 1 THEN 631000000000000000 ELSE 900000000000000000 END,
                gone = CASE entity / 378 % 2 WHEN 0 THEN NULL ELSE 632000000000000000 END;
            """);
        var filter = new AccessPackageAssignmentFilter { State = state == null ? null : [state] };
        var read = Ask(filter).Count;
        Assert.NotEqual(0, read);
        Assert.Equal(read, Ask(reader => AccessPackageAssignmentQuery.Count(reader, filter)));
    }

    [Fact]
    public void The_order_is_the_same_when_a_row_of_a_download_is_among_them()
    {
        // Such a row may repeat another, which is known at the end only.
        mirror.ImportText("Name,User principal name,Email,Policy,Status,Start date,End date,User "
            + "lifecycle\nAna,ana@elsewhere.example,,Any,Delivered,2001-01-01T00:00:00Z,,\n", "Assignments.csv");
        var found = Ask(All);
        Assert.Null(found[^1]);
        Assert.Equal(Expected(), found[..^1]);
    }

    [Fact]
    public void The_order_is_the_same_without_the_index()
    {
        Change("DROP INDEX assignment_starts");
        Assert.Equal(Expected(), Ask(All));
    }

    [Fact]
    public void Those_ending_soon_are_among_all()
    {
        var until = DateTimeOffset.UtcNow.AddDays(14);
        var all = Ask(reader => AccessPackageAssignmentQuery.Run(reader, new()).Where(assignment => assignment.End <= until).Select(assignment => assignment.AssignmentId).ToList());
        Assert.NotEmpty(all);
        Assert.Equal(all, Ask(new() { ExpiringWithin = TimeSpan.FromDays(14) }));
    }

    [Fact]
    public void Conflicts_of_a_package_are_those_of_the_tenant()
    {
        var all = Ask(reader => AccessPackageConflictQuery.Run(reader, new()).ToList());
        foreach (var package in new[] { 0, 1, 50, 51, 7 })
        {
            var id = bulk.PackageId(package);
            var expected = all.Where(conflict => conflict.AccessPackage?.Id == id || conflict.ConflictsWith?.Id == id).Select(Text).ToList();
            Assert.Equal(package != 7, expected.Count > 0);
            Assert.Equal(expected, Ask(reader =>
                AccessPackageConflictQuery.Run(reader, new() { Selectors = [new() { AccessPackage = [id] }] }).Select(Text).ToList()));
        }

        static string Text(AccessPackageConflict conflict) => $"{conflict.Kind} {conflict.Assignment?.AssignmentId} {conflict.OtherAssignment?.AssignmentId} {conflict.Reason}";
    }

    [Fact]
    public void What_a_user_has_is_among_all_packages_as_they_are_for_the_user()
    {
        foreach (var user in new[] { 0, 3, 9, 17 })
        {
            EntitlementSelector[] selectors = [new() { User = [bulk.UserId(user)] }];
            var all = Ask(reader => AccessPackageQuery.Run(reader, new() { Selectors = selectors }).ToList());
            Assert.Equal(Size.Packages, all.Count);
            var expected = all.Where(package => package.Assignment != null).Select(Text).ToList();
            Assert.Equal(EntitlementBulk.Holds(user), expected.Count > 0);
            Assert.Equal(expected, Ask(reader => AccessPackageQuery.Run(reader, new() { Selectors = selectors, Assigned = true }).Select(Text).ToList()));
        }

        static string Text(AccessPackage package) =>
            $"{package.DisplayName} {package.CanRequest} {package.Reason} {package.Assignment?.AssignmentId} {package.ResourceRoles} {package.Policies.Count}";
    }

    // The bulk says when each begins; of the same start the one that was exported first comes first.
    private IEnumerable<string?> Expected() => Enumerable.Range(0, Size.Assignments)
        .OrderByDescending(number => bulk.Term(number).Start).ThenBy(number => number)
        .Select(bulk.AssignmentId);

    private void Change(string sql)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = mirror.Path, Pooling = false }.ConnectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private List<string?> Ask(AccessPackageAssignmentFilter filter) =>
        Ask(reader => AccessPackageAssignmentQuery.Run(reader, filter).Select(assignment => assignment.AssignmentId).ToList());

    private T Ask<T>(Func<MirrorReader, T> question)
    {
        using var reader = MirrorReader.Open(mirror.Path);
        return question(reader);
    }
}
