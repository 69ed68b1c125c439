using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Activities;
using EntraAuditTools.Core.Queries.Entitlement.Assignments;
using EntraAuditTools.Core.Queries.Entitlement.Entities;
using EntraAuditTools.Core.Queries.Imports;
using EntraAuditTools.Core.Queries.Sql;
using EntraAuditTools.Core.Schema;
using EntraAuditTools.Core.Tests.Entitlement;
using Microsoft.Data.Sqlite;

namespace EntraAuditTools.Core.Tests.Queries.Sql;

/// <summary>The views say what the commands say.</summary>
public sealed class AuditViewTests(SampleEntitlement sample) : IClassFixture<SampleEntitlement>
{
    private static readonly Dictionary<string, object?> None = [];

    public static TheoryData<string> Names => new(AuditViews.All.Select(view => view.Name));

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_column_of_a_view_is_there_and_is_described(string name)
    {
        var view = AuditViews.All.Single(candidate => candidate.Name == name);
        var rows = Ask($"SELECT * FROM {name} LIMIT 50");
        if (rows.Count > 0) Assert.Equal(view.Columns.Select(column => column.Name), rows[0].Columns);
        Assert.Equal(view.Columns.Select(column => (column.Name, column.Meaning)),
            Ask($"SELECT \"column\", meaning FROM view_columns WHERE view = '{name}'")
                .Select(row => ((string)row.Values[0]!, (string)row.Values[1]!)));
        Assert.All(view.Columns, column => Assert.Matches("^[a-z][a-z0-9_]*$", column.Name));
    }

    [Fact]
    public void Activities_are_those_of_Get_AuditActivity()
    {
        var objects = sample.Ask(reader => AuditActivityQuery.Run(reader, new())).OrderBy(Key, StringComparer.Ordinal).ToList();
        var rows = Ask("SELECT * FROM activities").Select(Named).OrderBy(row => $"{row["record_id"]}", StringComparer.Ordinal).ToList();

        Assert.Equal(objects.Count, rows.Count);
        Assert.True(rows.Count > 2000);
        foreach (var (activity, row) in objects.Zip(rows))
        {
            Assert.Equal(
                (activity.Time, activity.Activity, activity.Service, activity.Category, activity.OperationType, activity.Result),
                ((DateTimeOffset)row["time"]!, row["activity"], row["service"], row["category"], row["operation_type"], row["result"]));
            Assert.Equal((activity.InitiatedBy.Id, activity.InitiatedBy.Type, activity.InitiatedBy.IPAddress),
                (row["actor_id"], row["actor_type"], row["ip_address"]));
            Assert.Equal(activity.InitiatedBy.UserPrincipalName ?? activity.InitiatedBy.DisplayName ?? activity.InitiatedBy.AppId
                ?? activity.InitiatedBy.Id, row["actor"]);
            Assert.Equal((activity.CorrelationId, activity.Id, activity.TenantId, activity.Origin, (long)activity.TargetCount),
                (row["correlation_id"], row["record_id"], row["tenant_id"], row["log"], (long)row["target_count"]!));
        }

        static string Key(AuditActivity activity) => activity.Id ?? string.Empty;
    }

    [Fact]
    public void Changes_are_those_of_the_targets()
    {
        var objects = sample.Ask(reader => AuditActivityQuery.Run(reader, new())).SelectMany(activity => activity.Targets.SelectMany(
            target => target.ModifiedProperties.Select(property =>
                $"{($"{activity.Time.UtcDateTime:yyyy-MM-ddTHH:mm:ss.fffffff}Z", property.Name, property.OldValue, property.NewValue)}")))
            .Order(StringComparer.Ordinal).ToList();

        var rows = sample.Ask(reader => new AuditSqlQuery(reader) { HasTimesAsText = true }
            .Run("SELECT time, property, old_value, new_value FROM activity_changes", None))
            .Select(row => $"{((string?)row.Values[0], (string?)row.Values[1], (string?)row.Values[2], (string?)row.Values[3])}")
            .Order(StringComparer.Ordinal).ToList();

        Assert.Equal(objects, rows);
        Assert.True(rows.Count > 1000);
    }

    [Fact]
    public void Assignments_are_those_of_Get_AccessPackageAssignment()
    {
        var objects = sample.Ask(reader => AccessPackageAssignmentQuery.Run(reader, new() { State = ["*"] }))
            // One that only the audit log tells is no object of an export.
            .Where(assignment => assignment is { AssignmentId: not null, Source: not "AuditLog" })
            .OrderBy(assignment => assignment.AssignmentId, StringComparer.Ordinal).ToList();
        var rows = Ask("SELECT * FROM assignments WHERE is_portal_row = 0").Select(Named)
            .OrderBy(row => $"{row["assignment_id"]}", StringComparer.Ordinal).ToList();

        Assert.Equal(objects.Select(assignment => assignment.AssignmentId), rows.Select(row => (string)row["assignment_id"]!));
        Assert.NotEmpty(rows);
        foreach (var (assignment, row) in objects.Zip(rows))
        {
            Assert.Equal((assignment.AccessPackage?.Id, assignment.AccessPackage?.DisplayName, assignment.Policy?.Id),
                (row["package_id"], row["package"], row["policy_id"]));
            Assert.Equal((assignment.User?.Id, assignment.Start), (row["subject_id"], (DateTimeOffset?)row["starts"]));
        }
    }

    [Theory]
    [InlineData("access_packages", EntityKind.AccessPackage, "package_id", FactNames.Description, "description")]
    [InlineData("access_packages", EntityKind.AccessPackage, "package_id", FactNames.Catalog, "catalog_id")]
    [InlineData("assignment_policies", EntityKind.Policy, "policy_id", FactNames.Scope, "scope")]
    [InlineData("assignment_policies", EntityKind.Policy, "policy_id", FactNames.ExpirationType, "expiration_type")]
    [InlineData("request_objects", EntityKind.Request, "request_id", FactNames.State, "state")]
    [InlineData("users", EntityKind.User, "user_id", FactNames.Mail, "mail")]
    public void What_the_newest_exports_say_is_what_the_commands_go_by(string view, object kind, string id, string fact, string column)
    {
        var expected = sample.Ask(mirror =>
        {
            var reader = new EntitlementReader(mirror, null);
            return reader.All((EntityKind)kind).Where(number => reader.StateOrGone(number) is { States.Count: > 0 })
                .Select(number => $"{reader.Ref(number)!.Id}: {reader.StateOrGone(number)!.Text(fact)}").ToList();
        });

        Assert.Equal(expected.Order(StringComparer.Ordinal),
            Ask($"SELECT {id}, {column} FROM {view}").Select(row => $"{row.Values[0]}: {row.Values[1]}").Order(StringComparer.Ordinal));
        Assert.True(expected.Count > 5);
    }

    [Fact]
    public void Imports_are_those_of_Get_AuditImport()
    {
        var objects = sample.Ask(reader => ImportHistoryQuery.Imports(reader, null)).OrderBy(import => import.ImportId);
        Assert.Equal(
            objects.Select(import => (import.ImportId, import.Source, import.Read, import.Added, import.Sha256?.ToUpperInvariant(), import.ImportedBy)),
            Ask("SELECT import_id, source, read, added, upper(sha256), imported_by FROM imports ORDER BY 1").Select(row => ((long)row.Values[0]!,
                (string)row.Values[1]!, (long)row.Values[2]!, (long)row.Values[3]!, (string?)row.Values[4], (string?)row.Values[5])));
        Assert.NotNull(Ask("SELECT imported_by FROM imports")[0].Values[0]);
    }

    [Fact]
    public void The_script_for_other_tools_makes_the_same_views_of_SQLites_own_functions()
    {
        var path = Path.Combine(Repository.Root, "docs", "views.sql");
        if (Environment.GetEnvironmentVariable("ENTRAAUDIT_APPROVE") == "1") File.WriteAllText(path, AuditViews.Script());
        Assert.Equal(File.ReadAllText(path).ReplaceLineEndings("\n"), AuditViews.Script());

        var mirrorPath = sample.Ask(reader => new[] { reader.Path })[0];
        using var plain = new SqliteConnection($"Data Source={mirrorPath};Mode=ReadOnly;Pooling=False");
        plain.Open();
        using var script = plain.CreateCommand();
        script.CommandText = $"PRAGMA trusted_schema = 0; {AuditViews.Script()}";
        script.ExecuteNonQuery();
        foreach (var view in AuditViews.All.Where(view => !view.NeedsFunction))
        {
            using var command = plain.CreateCommand();
            command.CommandText = $"SELECT count(*) FROM (SELECT * FROM {view.Name})";
            Assert.Equal(Ask($"SELECT count(*) FROM {view.Name}")[0].Values[0], command.ExecuteScalar());
        }
    }

    [Fact]
    public void The_page_lists_the_views()
    {
        var path = Path.Combine(Repository.Root, "docs", "sql.md");
        var page = File.ReadAllText(path).ReplaceLineEndings("\n");
        const string Head = "| --- | --- |\n", End = "\n\n## Twenty queries";
        var start = page.IndexOf(Head, StringComparison.Ordinal) + Head.Length;
        var end = page.IndexOf(End, StringComparison.Ordinal);
        var expected = string.Join('\n', AuditViews.All.Select(view =>
            $"| {view.Name} | {view.Meaning}: {string.Join(", ", view.Columns.Select(column => column.Name))} |"));
        if (Environment.GetEnvironmentVariable("ENTRAAUDIT_APPROVE") == "1")
            File.WriteAllText(path, page[..start] + expected + page[end..]);
        Assert.Equal(expected, File.ReadAllText(path).ReplaceLineEndings("\n")[start..(start + expected.Length)]);
    }

    private static Dictionary<string, object?> Named(SqlRow row) =>
        row.Columns.Zip(row.Values).ToDictionary(pair => pair.First, pair => pair.Second);

    private List<SqlRow> Ask(string sql) => sample.Ask(reader => new AuditSqlQuery(reader).Run(sql, None));
}
