using System.Text;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Activities;
using EntraAuditTools.Core.Queries.Coverage;
using EntraAuditTools.Core.Queries.Entitlement.Activities;
using EntraAuditTools.Core.Queries.Imports;
using EntraAuditTools.Core.Queries.Provisioning;
using EntraAuditTools.Core.Tests.Importing;
using EntraAuditTools.Core.Tests.Queries;
using Microsoft.Data.Sqlite;
using Xunit;

namespace EntraAuditTools.Core.Tests.Mirror;

/// <summary>Values that no import of ours writes: SQLite lets any column hold anything. A question answers or says that the mirror is damaged.</summary>
public sealed class ForeignValueTests
{
    [Theory]
    [InlineData("UPDATE activity SET id = 9223372036854775807 WHERE id = (SELECT max(id) FROM activity)")]
    [InlineData("UPDATE activity SET id = -9223372036854775808 WHERE id = (SELECT max(id) FROM activity)")]
    [InlineData("UPDATE activity SET drift = 9223372036854775807")]
    [InlineData("UPDATE activity SET kind = 999999, actor = 999999, target = -1, result = -5, address = 77, tenant = 88")]
    [InlineData("UPDATE activity SET kind = 'text', actor = 'text', result = x'00', target_count = 'many', origin = 'elsewhere'")]
    [InlineData("UPDATE activity SET correlation = x'0102', record_id = x'FFFE', block = 4711")]
    [InlineData("UPDATE activity SET slot = -1")]
    [InlineData("UPDATE activity SET slot = 2147483648")]
    [InlineData("UPDATE activity SET slot = 'first'")]
    [InlineData("UPDATE block SET raw_length = 2147483647")]
    [InlineData("UPDATE block SET raw_length = -1")]
    [InlineData("UPDATE block SET raw_length = 'long'")]
    [InlineData("UPDATE block SET data = 'text'")]
    [InlineData("UPDATE block SET data = zeroblob(1000)")]
    [InlineData("UPDATE block SET import = 'none'")]
    [InlineData("UPDATE import SET started = 9223372036854775807, finished = 9223372036854775807")]
    [InlineData("UPDATE import SET started = 'yesterday', finished = -1, bytes = 'some', first_time = 9223372036854775807")]
    [InlineData("UPDATE import SET notes = '[1,', options = '{'")]
    [InlineData("UPDATE import SET sha256 = 'text'")]
    [InlineData("UPDATE identity SET type = 'x', object_id = x'00', display_name = x'FF', upn = 5")]
    [InlineData("UPDATE term SET text = x'00FF' WHERE id = 1")]
    [InlineData("INSERT INTO coverage VALUES (1, 'AuditActivity', 'x', 9223372036854775807, -9223372036854775808, 'declared', 1)")]
    [InlineData("INSERT INTO coverage VALUES (1, 'AuditActivity', 0, -9223372036854775808, 9223372036854775807, 'declared', 1)")]
    public void Is_answered_or_called_damaged(string change)
    {
        using var mirror = new TestMirror();
        mirror.ImportText(Event.All(new("a1", "2026-10-02T08:00:00Z", "Add user"), new("a2", "2026-10-02T09:00:00Z", "Delete user")));
        using (var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = mirror.Path, Pooling = false }.ToString()))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = change;
            command.ExecuteNonQuery();
        }

        var now = new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);
        Ask(mirror, reader => AuditActivityQuery.Run(reader, new()).Select(one => (one.Id, one.Time, one.Evidence.Count, one.Targets.Count)).ToList());
        Ask(mirror, reader => AuditActivityQuery.Run(reader, new() { InitiatedBy = ["*a*"], Activity = ["*"] }).ToList());
        Ask(mirror, reader => AuditActivityMeasureQuery.Run(reader, new(), ["Activity", "Day", "Actor"]).ToList());
        Ask(mirror, reader => ImportHistoryQuery.Imports(reader, null).ToList());
        Ask(mirror, reader => CoverageQuery.Run(reader, null, null, null, null, now).Take(1_000).ToList());
        Ask(mirror, reader => CoverageQuery.Warning(reader, now.AddDays(-60), null, now));
    }

    [Fact]
    public void A_kind_that_is_missing_is_damage()
    {
        using var mirror = new TestMirror();
        mirror.Import(Path.Combine(Repository.Root, "seeds", "sample-tenant", "provisioning", "provisioning-beta.json"));
        OldMirror.Execute(mirror.Path, "DELETE FROM provisioning_kind WHERE id = (SELECT max(kind) FROM provisioning)");
        using var reader = MirrorReader.Open(mirror.Path);
        Assert.Equal("MirrorDamaged", Assert.Throws<AuditToolException>(() => ProvisioningSummaryQuery.Run(reader, new()).ToList()).ErrorId);
    }

    [Theory]
    [InlineData("[1,\u00ef]")]
    [InlineData("null")]
    public void Targets_that_are_no_list_are_damage(string targets)
    {
        using var mirror = new TestMirror();
        mirror.Import(Path.Combine(Repository.Root, "seeds", "sample-tenant", "graph", "directoryAudits.jsonl"));
        // A damaged page that SQLite still reads; its own functions never see the text.
        OldMirror.Execute(mirror.Path, $"UPDATE entitlement_event SET targets = '{targets}'");
        using var reader = MirrorReader.Open(mirror.Path);
        Assert.Equal("MirrorDamaged", Assert.Throws<AuditToolException>(() => AccessPackageActivityQuery.Run(reader, new()).ToList()).ErrorId);
    }

    [Theory]
    [InlineData("""json_set(options, '$.Facts', json('{"Accepted":"many"}'))""")]
    [InlineData("'{bad'")]
    public void Facts_of_a_source_that_are_none_are_damage(string options)
    {
        using var mirror = new TestMirror();
        var file = mirror.Write("a.json", Encoding.UTF8.GetBytes(Records.Graph("a")));
        mirror.Import(file);
        OldMirror.Execute(mirror.Path, $"UPDATE import SET options = {options}");
        Assert.Equal("MirrorDamaged", Assert.Throws<AuditToolException>(() => mirror.Import(file)).ErrorId);
    }

    private static void Ask(TestMirror mirror, Func<MirrorReader, object?> question)
    {
        try
        {
            using var reader = MirrorReader.Open(mirror.Path);
            _ = question(reader);
        }
        catch (AuditToolException e)
        {
            Assert.Contains(e.ErrorId, (string[])["MirrorDamaged", "OriginalNotFound"]);
        }
    }
}
