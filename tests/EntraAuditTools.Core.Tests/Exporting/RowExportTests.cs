using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Exporting;
using EntraAuditTools.Core.Exporting.Pseudonyms;
using EntraAuditTools.Core.Importing.Records;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Sql;
using EntraAuditTools.Core.Schema;
using EntraAuditTools.Core.Tests.Importing;
using EntraAuditTools.Core.Tests.Queries;
using Parquet;
using Parquet.Schema;

namespace EntraAuditTools.Core.Tests.Exporting;

/// <summary>
/// Export-AuditRecord -As Csv and Parquet: the rows of the views, typed, harmless, narrowed as originals are, and whole or not there.
/// </summary>
public sealed partial class RowExportTests : IClassFixture<RowExportTests.Tenant>
{
    private const string OtherTenant = "33333333-0000-4000-8000-000000000001";

    private static readonly Dictionary<string, object?> None = [];

    private readonly Tenant tenant;

    public RowExportTests(Tenant tenant) => this.tenant = tenant;

    public static TheoryData<string> Kinds => new(RowSelection.Kinds);

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Parquet_has_the_views_rows_with_their_types(string kind)
    {
        var view = AuditViews.All.Single(candidate => candidate.Kind == kind);
        var expected = Rows(tenant.Mirror, view);
        var file = Path.Combine(tenant.Mirror.Folder, kind + ".parquet");
        var export = Run(tenant.Mirror, file, new() { Kinds = [kind] });
        Assert.True(export is { Format: "Parquet", IsVerbatim: false, Masked: 0 });
        Assert.Equal(new FileInfo(file).Length, export.Bytes);

        var (names, rows) = await ParquetText(file);
        Assert.Equal(view.Columns.Select(column => column.Name), names);
        // Timestamps are to the microsecond: of a time the seventh digit is cut.
        Assert.Equal(expected.Select(row => TenthOfMicrosecond().Replace(row, "$1")).Order(StringComparer.Ordinal),
            rows.Select(row => TenthOfMicrosecond().Replace(row, "$1")).Order(StringComparer.Ordinal));
        Assert.Equal(expected.Count, export.Records);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Csv_has_the_same_rows(string kind)
    {
        var view = AuditViews.All.Single(candidate => candidate.Kind == kind);
        var file = Path.Combine(tenant.Mirror.Folder, kind + ".csv");
        Run(tenant.Mirror, file, new() { Kinds = [kind] });
        var csv = PlainCsv.Read(file);
        Assert.Equal(view.Columns.Select(column => column.Name), csv[0]);
        var rows = csv.Skip(1).Select(row => string.Join('|', row.Select(cell => cell.TrimStart('\''))));
        Assert.Equal(Rows(tenant.Mirror, view).Order(StringComparer.Ordinal), rows.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_sample_has_rows_of_the_kinds_that_matter() =>
        Assert.All(RowSelection.Kinds, kind => Assert.NotEmpty(Rows(tenant.Mirror, AuditViews.All.Single(view => view.Kind == kind))));

    [Fact]
    public void What_a_column_holds_is_what_the_sample_has_in_it()
    {
        using var mirror = MirrorReader.Open(tenant.Mirror.Path);
        var query = new AuditSqlQuery(mirror) { HasTimesAsText = true };
        foreach (var view in AuditViews.All)
        {
            foreach (var row in query.Run($"SELECT * FROM {view.Name}", None))
            {
                foreach (var (column, value) in view.Columns.Zip(row.Values))
                {
                    var isRight = value is null || column.Holds switch
                    {
                        ColumnHolds.Time => value is string text && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out _),
                        ColumnHolds.Number => value is long,
                        ColumnHolds.Flag => value is 0L or 1L,
                        _ => value is string,
                    };
                    Assert.True(isRight, $"{view.Name}.{column.Name} holds {value}");
                }
            }
        }
    }

    [Fact]
    public void Nothing_in_a_csv_is_a_formula_and_every_text_survives_quoting()
    {
        using var mirror = new TestMirror();
        mirror.ImportText(Event.All(
            new Event("a", "2026-09-02T08:00:00Z", "Add group") { Targets = [Event.Target("g1", "=HYPERLINK(\"x\")", "Group")] },
            new Event("b", "2026-09-02T09:00:00Z", "Add group") { Targets = [Event.Target("g2", "one, \"two\"\r\nthree", "Group")] },
            new Event("c", "2026-09-02T10:00:00Z", "Add group") { Targets = [Event.Target("g3", " @SUM(1)", "Group")] }));
        var file = Path.Combine(mirror.Folder, "out.csv");
        Run(mirror, file, new() { Kinds = ["AuditActivity"] });
        Assert.Equal(["'=HYPERLINK(\"x\")", "one, \"two\"\r\nthree", "' @SUM(1)"], PlainCsv.Column(file, "target"));
    }

    [Fact]
    public void Time_tenant_and_import_narrow_it_down()
    {
        using var mirror = new TestMirror();
        mirror.ImportText(
            Event.All(new Event("a1", "2026-09-02T08:00:00Z", "Add user"), new Event("a2", "2026-09-20T08:00:00Z", "Delete user")), "a.json");
        mirror.Import(new ImportOptions { MirrorPath = mirror.Path, Tenant = OtherTenant },
            mirror.Write("b.json", Encoding.UTF8.GetBytes(Event.All(new Event("b1", "2026-09-21T08:00:00Z", "Update user")))));
        mirror.ImportText("""
            {"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#users","value":[
            {"id":"11111111-0000-4000-8000-000000000001","displayName":"Ann","userPrincipalName":"ann@contoso.example"}]}
            """, "users.json");

        Assert.Equal(3, Count(new()));
        Assert.Equal(2, Count(new() { After = Time("2026-09-20T08:00:00Z") }));
        Assert.Equal(1, Count(new() { After = Time("2026-09-20T08:00:00Z"), Before = Time("2026-09-21T08:00:00Z") }));
        Assert.Equal(1, Count(new() { Imports = [2] }));
        Assert.Equal(0, Count(new() { Imports = [3] }));
        Assert.Equal(1, Count(new() { Imports = [3], Kinds = ["User"] }));
        Assert.Equal(0, Count(new() { Imports = [1], Kinds = ["Use*"] }));
        Assert.Equal(1, Count(new() { Kinds = ["User"], After = Time("2030-01-01T00:00:00Z") }));
        Assert.Equal(0, Count(new() { Tenants = ["44444444-0000-4000-8000-000000000001"] }));
        Assert.NotEqual(0, Count(new() { Tenants = [OtherTenant] }));

        long Count(ExportOptions options) => Run(mirror, Path.Combine(mirror.Folder, "out"),
            options with { As = "Csv", IsForced = true, Kinds = options.Kinds ?? ["AuditActivity"] }).Records;
    }

    [Fact]
    public void An_event_is_of_every_import_that_brought_an_original_of_it()
    {
        using var mirror = new TestMirror();
        mirror.ImportText(Event.All(new Event("a", "2026-09-02T08:00:00Z", "Add user")), "a.json");
        mirror.ImportText(Event.All(new Event("a", "2026-09-02T08:00:00Z", "Add user")
        {
            Targets = [Event.Target("u", "Ann", "User", "ann@contoso.example")],
        }), "b.json");
        foreach (var import in new[] { 1L, 2L })
        {
            Assert.Equal(1, Run(mirror, Path.Combine(mirror.Folder, "out"),
                new() { As = "Csv", IsForced = true, Kinds = ["AuditActivity"], Imports = [import] }).Records);
        }
    }

    [Theory]
    [InlineData(null, "no kind was named")]
    [InlineData("AccessPackage*", "kinds are meant: AccessPackageAssignment")]
    [InlineData("AppRoleAssignment", "no rows of AppRoleAssignment")]
    public void A_file_of_rows_is_of_one_kind(string? kind, string why)
    {
        var file = Path.Combine(tenant.Mirror.Folder, "none.csv");
        var error = Assert.Throws<AuditToolException>(() => Run(tenant.Mirror, file, new() { Kinds = kind == null ? null : [kind] }));
        Assert.Equal("ExportKind", error.ErrorId);
        Assert.Contains(why.Split(':')[0], error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(file) || File.Exists(file + RecordExport.PartEnding));
    }

    [Theory]
    [InlineData("out.csv", null, "Csv")]
    [InlineData("out.PARQUET", null, "Parquet")]
    [InlineData("out.ndjson", null, "NdJson")]
    [InlineData("out", null, "NdJson")]
    [InlineData("out.csv", "ndjson", "NdJson")]
    [InlineData("out.txt", "csv", "Csv")]
    public void The_form_is_what_is_asked_for_or_what_the_name_ends_in(string name, string? asked, string form)
    {
        var file = Path.Combine(tenant.Mirror.Folder, name);
        Assert.Equal(form, Run(tenant.Mirror, file, new() { As = asked, Kinds = ["AccessPackage"], IsForced = true }).Format);
    }

    [Theory]
    [InlineData("Csv")]
    [InlineData("Parquet")]
    public void A_kind_that_is_not_held_is_a_file_with_columns_and_a_note(string form)
    {
        using var mirror = new TestMirror();
        mirror.ImportText(Records.Graph("a"));
        var export = Run(mirror, Path.Combine(mirror.Folder, "out"), new() { As = form, Kinds = ["ProvisioningLog"] });
        Assert.Equal(0, export.Records);
        Assert.Contains("no rows", Assert.Single(export.Notes), StringComparison.Ordinal);
        Assert.True(export.Bytes > 100);
    }

    [Theory]
    [InlineData("Csv")]
    [InlineData("Parquet")]
    public void One_that_is_stopped_leaves_nothing_and_the_file_that_was_there(string form)
    {
        var file = Path.Combine(tenant.Mirror.Folder, "stopped");
        File.WriteAllText(file, "before");
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.Throws<OperationCanceledException>(() => RecordExport.Run(tenant.Mirror.Path, file,
            new() { As = form, Kinds = ["AuditActivity"], IsForced = true }, _ => { }, stop.Token));
        Assert.Equal("before", File.ReadAllText(file));
        Assert.False(File.Exists(file + RecordExport.PartEnding));
    }

    [Fact]
    public void Whom_and_what_rows_name_gets_the_pseudonyms_that_originals_get()
    {
        var key = PseudonymKey.Of(Encoding.UTF8.GetBytes("a key of some length"));
        var originals = Path.Combine(tenant.Mirror.Folder, "names.ndjson");
        Run(tenant.Mirror, originals, new() { Key = key, Kinds = ["AuditActivity"] });
        var text = File.ReadAllText(originals);
        var file = Path.Combine(tenant.Mirror.Folder, "names.csv");
        Assert.True(Run(tenant.Mirror, file, new() { Key = key, Kinds = ["AuditActivity"] }).Pseudonymized);

        using var mirror = MirrorReader.Open(tenant.Mirror.Path);
        var people = new AuditSqlQuery(mirror).Run("SELECT DISTINCT actor FROM activities WHERE instr(actor, '@')", None)
            .Select(row => (string)row.Values[0]!).ToList();
        Assert.NotEmpty(people);
        var csv = File.ReadAllText(file);
        Assert.DoesNotContain(people, person => csv.Contains(person, StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(string.Empty, PlainCsv.Column(file, "activity"));
        var actors = PlainCsv.Column(file, "actor").ToHashSet();
        Assert.Equal(people.Count, actors.Count(actor => actor.Contains('@', StringComparison.Ordinal)));
        Assert.DoesNotContain(actors, actor => actor.Contains('@', StringComparison.Ordinal) && !text.Contains(actor, StringComparison.Ordinal));
    }

    [GeneratedRegex(@"(T\d\d:\d\d:\d\d\.\d{6})\dZ")]
    private static partial Regex TenthOfMicrosecond();

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    private static AuditRecordExport Run(TestMirror mirror, string file, ExportOptions options) =>
        RecordExport.Run(mirror.Path, file, options, _ => { }, TestContext.Current.CancellationToken);

    private static List<string> Rows(TestMirror mirror, AuditView view)
    {
        using var reader = MirrorReader.Open(mirror.Path);
        return new AuditSqlQuery(reader).Run($"SELECT * FROM {view.Name}", None)
            .Select(row => string.Join('|', row.Values.Zip(view.Columns, (value, column) => Text(value, column.Holds)))).ToList();
    }

    private static string? Text(object? value, ColumnHolds holds) => (value, holds) switch
    {
        (string text, ColumnHolds.Time) => Text(Time(text), holds),
        (DateTimeOffset time, _) => time.UtcDateTime.ToString(SqlParameters.TimeFormat, CultureInfo.InvariantCulture),
        (long flag, ColumnHolds.Flag) => flag != 0 ? "true" : "false",
        (string text, _) => text.TrimStart('\''),
        _ => value?.ToString(),
    };

    private static async Task<(IReadOnlyList<string> Names, List<string> Rows)> ParquetText(string file)
    {
        var stop = TestContext.Current.CancellationToken;
        await using var reader = await ParquetReader.CreateAsync(file, cancellationToken: stop);
        var rows = new List<string>();
        for (var g = 0; g < reader.RowGroupCount; g++)
        {
            using var group = reader.OpenRowGroupReader(g);
            var columns = new List<object?[]>();
            foreach (var field in reader.Schema.DataFields)
            {
                var count = (int)group.RowCount;
                if (field.ClrType == typeof(DateTime)) columns.Add(await Values<DateTime>(group, field, count, stop));
                else if (field.ClrType == typeof(long)) columns.Add(await Values<long>(group, field, count, stop));
                else if (field.ClrType == typeof(bool)) columns.Add(await Values<bool>(group, field, count, stop));
                else columns.Add(await Texts(group, field, count, stop));
            }

            for (var r = 0; r < columns[0].Length; r++) rows.Add(string.Join('|', columns.Select(column => column[r])));
        }

        return ([.. reader.Schema.DataFields.Select(field => field.Name)], rows);
    }

    private static async Task<object?[]> Texts(ParquetRowGroupReader group, DataField field, int count, CancellationToken stop)
    {
        var values = new string?[count];
        await group.ReadAsync(field, values.AsMemory()!, cancellationToken: stop);
        return [.. values.Select(text => text?.TrimStart('\''))];
    }

    private static async Task<object?[]> Values<T>(ParquetRowGroupReader group, DataField field, int count, CancellationToken stop)
        where T : struct
    {
        var values = new T?[count];
        await group.ReadAsync<T>(field, values.AsMemory(), cancellationToken: stop);
        return [.. values.Select(value => value switch
        {
            DateTime { Kind: DateTimeKind.Utc } time => (object)time.ToString(SqlParameters.TimeFormat, CultureInfo.InvariantCulture),
            DateTime time => $"not UTC: {time}",
            bool flag => flag ? "true" : "false",
            null => null,
            var other => other.ToString(),
        })];
    }

    /// <summary>The sample tenant, as Graph exports it.</summary>
    public sealed class Tenant : IDisposable
    {
        private readonly ExportedTenant exported = new("graph", "directory", "entitlement", "provisioning");

        internal TestMirror Mirror => exported.Mirror;

        public void Dispose() => exported.Dispose();
    }
}
