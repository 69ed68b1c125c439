using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using EntraAuditTools.Core.Importing.Records;
using EntraAuditTools.Core.Formats.Details;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Questions;
using EntraAuditTools.Core.Questions.Asking;
using EntraAuditTools.Core.Tests.Importing;
using EntraAuditTools.Core.Tests.Mirror;
using Npgsql;

namespace EntraAuditTools.Core.Tests.Team;

/// <summary>Who may ask about one tenant gets what its exports alone would give, and nothing of another, wherever they look.</summary>
[Collection(PostgreSqlCluster.Tests)]
public sealed partial class TenantRightsTests(TenantRightsTests.Provider provider) : IClassFixture<TenantRightsTests.Provider>
{
    private static readonly string[] Tenants = [TenantExports.Harborline, TenantExports.Quillmark];

    public static TheoryData<string> EachTenant => [.. Tenants];

    [Theory]
    [MemberData(nameof(EachTenant))]
    public void A_copy_holds_what_the_tenant_s_exports_alone_would_give(string tenant)
    {
        var (reader, alone) = provider.Get(tenant);

        Same(MirrorContent.BySource(alone.Path), MirrorContent.BySource(reader.Refresh().Copy));
    }

    [Theory]
    [MemberData(nameof(EachTenant))]
    public void Questions_are_answered_as_if_there_were_no_other(string tenant)
    {
        var (reader, alone) = provider.Get(tenant);
        using var here = MirrorReader.Open(alone.Path);
        using var there = MirrorReader.Open(reader.Refresh().Copy);

        Assert.All(AllQuestions.List.Where(question => question.Cmdlet != "Get-AuditMirror"), question =>
        {
            var input = new QuestionInput();
            if (question.Cmdlet == "Compare-AccessPackageAssignment") input.Set("ReferenceTime", DateTimeOffset.UnixEpoch);
            question.Prepare(input);
            Same(Answers(question, here, input), Answers(question, there, input));
        });

        static List<string> Answers(Question question, MirrorReader mirror, QuestionInput input)
        {
            try
            {
                return [.. question.Answer(mirror, input).Select(record => Regex.Replace(JsonSerializer.Serialize(record, record.GetType()),
                    "\"(ImportId|Path|ImportedBy|ImportedAt|Started|Finished|Waiting|WaitingSeconds)\":(\"[^\"]*\"|[0-9.]+|null)", "\"$1\":0")
                    .Replace(SecretMask.Gone, SecretMask.Note, StringComparison.Ordinal)).Order(StringComparer.Ordinal),
                    .. question.Warnings(mirror, input).Order(StringComparer.Ordinal)];
            }
            catch (Core.Errors.AuditToolException e)
            {
                return [e.ErrorId];
            }
        }
    }

    [Theory]
    [MemberData(nameof(EachTenant))]
    public void Nothing_that_a_reader_can_read_on_the_server_is_of_another(string tenant)
    {
        var (reader, _) = provider.Get(tenant);
        using var connection = new NpgsqlConnection($"Host=127.0.0.1;Port={PostgreSqlCluster.Get().Port};Database={reader.Server.Database};"
            + $"Username={reader.Server.User};Pooling=false");
        connection.Open();
        const string Ours = "n.nspname LIKE 'entra\\_audit%'";
        var all = Texts($"SELECT format('%s|%s|%s', c.oid::text, c.relname, c.relkind) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
            + $"WHERE {Ours} AND c.relkind NOT IN ('i', 'I') ORDER BY 1");
        // Anything else than a table would pass row-level security by, unless it is looked at here.
        Assert.All(all, table => Assert.EndsWith("|r", table, StringComparison.Ordinal));
        Assert.Empty(Texts($"SELECT p.proname::text FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE {Ours}"));
        var readable = Texts("SELECT format('%I.%I', n.nspname, c.relname) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
            + $"WHERE {Ours} AND c.relkind = 'r' AND has_schema_privilege(n.oid, 'USAGE') AND has_any_column_privilege(c.oid, 'SELECT')");
        // Whatever a later version adds is looked at too.
        Assert.Equal(3, all.Count(table => table.Contains("|audience_", StringComparison.Ordinal)));
        Assert.All(readable, table => Assert.StartsWith("entra_audit_tenants.", table, StringComparison.Ordinal));
        Assert.Equal(Texts("SELECT tablename::text FROM pg_tables WHERE schemaname = 'entra_audit_tenants'").Count, readable.Count + 3);
        Assert.Empty(Texts($"SELECT c.relname::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE {Ours} AND c.relkind = 'r' "
            + "AND (has_table_privilege(c.oid, 'INSERT') OR has_table_privilege(c.oid, 'UPDATE') OR has_table_privilege(c.oid, 'DELETE') OR "
            + "has_table_privilege(c.oid, 'TRUNCATE') OR has_table_privilege(c.oid, 'TRIGGER'))"));
        Assert.Empty(Texts("SELECT c.relname::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = "
            + "'entra_audit_tenants' AND c.relkind = 'r' AND NOT (c.relrowsecurity AND c.relforcerowsecurity)"));
        Assert.Equal("42501", Assert.Throws<PostgresException>(() => Texts("SELECT 1::text FROM entra_audit.activity")).SqlState);

        var own = 0;
        foreach (var table in readable)
        {
            var rows = Texts($"SELECT t::text FROM {table} t");
            Assert.All(rows, row => Assert.Equal(string.Empty, TenantExports.Said(row, Other(tenant))));
            own += rows.Count(row => TenantExports.Said(row, tenant).Length > 0);
        }

        Assert.True(own > 100);
        Assert.Equal(1, (long)PostgreSqlCluster.Get().Execute(reader.Server, "SELECT count(DISTINCT tenants) FROM entra_audit_tenants.mirror "
            + $"WHERE tenants = upper('{tenant}')")!);

        List<string> Texts(string sql)
        {
            using var command = new NpgsqlCommand(sql, connection);
            using var rows = command.ExecuteReader();
            var found = new List<string>();
            while (rows.Read()) found.Add(rows.GetString(0));
            return found;
        }
    }

    [Theory]
    [MemberData(nameof(EachTenant))]
    public void Nor_is_anything_in_the_file_of_the_copy(string tenant)
    {
        var (reader, _) = provider.Get(tenant);
        var file = reader.Refresh().Copy;

        Assert.Equal(string.Empty, TenantExports.Said(Encoding.Latin1.GetString(File.ReadAllBytes(file)), Other(tenant)));
        var rows = MirrorRows.Of(file).Concat(TenantExports.Originals(file)).ToList();
        Assert.All(rows, row => Assert.Equal(string.Empty, TenantExports.Said(row, Other(tenant))));
        Assert.Contains(rows, row => TenantExports.Said(row, tenant).Length > 0);
    }

    [Theory]
    [MemberData(nameof(EachTenant))]
    public void What_changes_brought_is_what_all_of_it_would_be_made_anew(string tenant)
    {
        var (reader, _) = provider.Get(tenant);
        var before = MirrorContent.BySource(reader.Refresh().Copy);
        var login = reader.Server.User;
        provider.Owner.Location.Initialize(new([], [], []) { Revoked = [login] }, false, null, CancellationToken.None);
        Assert.Equal(0L, PostgreSqlCluster.Get().Execute(reader.Server,
            $"SELECT count(*) FROM entra_audit_tenants.mirror WHERE tenants = upper('{tenant}')"));

        provider.Owner.Location.Initialize(new([login], [], []) { Tenants = [tenant.ToUpperInvariant()] }, false, null, CancellationToken.None);

        Same(before, MirrorContent.BySource(reader.Refresh().Copy));
    }

    private static string Other(string tenant) => Tenants.Single(other => other != tenant);

    private static void Same(List<string> expected, List<string> found)
    {
        var differences = Only(expected, found).Select(line => "- " + line).Concat(Only(found, expected).Select(line => "+ " + line)).ToList();
        if (differences.Count > 0) Assert.Fail(string.Join('\n', differences));
        Assert.Equal(expected.Count, found.Count);

        static IEnumerable<string> Only(List<string> one, List<string> other) => one.Except(other).Take(50);
    }
}
