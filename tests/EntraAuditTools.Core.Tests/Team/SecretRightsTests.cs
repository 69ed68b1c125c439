using System.Text;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Exporting;
using EntraAuditTools.Core.Formats.Details;
using EntraAuditTools.Core.Importing.Upgrading;
using EntraAuditTools.Core.Mirror.Originals;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Mirror.Tables;
using EntraAuditTools.Core.Queries.Activities;
using EntraAuditTools.Core.Queries.Imports;
using EntraAuditTools.Core.Queries.Provisioning;
using EntraAuditTools.Core.Tests.Importing;
using EntraAuditTools.Core.Tests.Mirror;
using EntraAuditTools.Core.Upkeep.Backup;
using EntraAuditTools.Core.Upkeep.Checking;
using EntraAuditTools.Core.Upkeep.Moving;
using EntraAuditTools.Core.Upkeep.Removal;
using Microsoft.Data.Sqlite;

namespace EntraAuditTools.Core.Tests.Team;

/// <summary>Who may ask gets copies in which secrets are masked; the originals have a right of their own.</summary>
[Collection(PostgreSqlCluster.Tests)]
public sealed class SecretRightsTests : IDisposable
{
    private static int logins;

    private readonly TeamMirror owner = new(PostgreSqlCluster.Get().NewDatabase());
    private readonly string folder = Directory.CreateTempSubdirectory("entraaudit-secrets-").FullName;
    private readonly string adam = Login(), eva = Login(), nightly = Login();

    private string[]? written;

    private string[] Exports => written ??= SecretExports.Write(folder);

    [Fact]
    public void A_reader_s_copy_holds_no_secret_and_the_others_hold_all()
    {
        using var file = new TestMirror();
        file.Import(Exports);
        using var importer = Filled();
        using var reader = As(adam);
        using var original = As(eva);

        Assert.Equal(SecretExports.Places.Order(), Secrets(file.Path));
        Assert.Equal(MirrorContent.Of(file.Path), importer.Content());
        Assert.Equal(importer.Rows(), original.Rows());
        Assert.Equal(importer.Rows(), owner.Rows());
        Assert.Empty(Secrets(reader.Refresh().Copy));
        Assert.DoesNotContain(SecretExports.Secret, Encoding.Latin1.GetString(File.ReadAllBytes(reader.Copy)), StringComparison.Ordinal);
        Assert.True(MirrorInfoQuery.Run(reader.Location).SecretsMasked);
        Assert.False(MirrorInfoQuery.Run(original.Location).SecretsMasked);
        Assert.False(MirrorInfoQuery.Run(importer.Location).SecretsMasked);
        Assert.Equal(importer.Content(), reader.Content());
        // What has no secret is the same, byte for byte.
        Assert.Equal(importer.Rows().FindAll(IsOther), reader.Rows().FindAll(IsOther));

        static bool IsOther(string row) =>
            !row.StartsWith("block:", StringComparison.Ordinal) && !row.StartsWith("rejection:", StringComparison.Ordinal);
    }

    [Fact]
    public void Nor_does_the_server_give_a_reader_one()
    {
        using var importer = Filled();
        using var connection = new Npgsql.NpgsqlConnection(
            $"Host=127.0.0.1;Port={PostgreSqlCluster.Get().Port};Database={owner.Server.Database};Username={adam};Pooling=false");
        connection.Open();
        var tables = Texts("SELECT c.relname::text || '|' || c.relkind::text FROM pg_class c WHERE c.relnamespace = 'entra_audit'::regnamespace "
            + "AND c.relkind NOT IN ('i', 'I') ORDER BY 1");

        // A table that is new here is looked at with the rest; anything else would pass the rights by.
        Assert.All(tables, table => Assert.EndsWith("|r", table, StringComparison.Ordinal));
        var readable = Texts("SELECT relname::text FROM pg_class WHERE relnamespace = 'entra_audit'::regnamespace AND relkind = 'r' "
            + "AND has_any_column_privilege(oid, 'SELECT') ORDER BY 1");
        Assert.Equal(["secret_block", "secret_rejection"], tables.Select(table => table[..^2]).Except(readable));
        foreach (var table in readable)
        {
            var hex = Texts($"SELECT encode(convert_to(t::text, 'UTF8'), 'escape') FROM entra_audit.\"{table}\" t");
            Assert.DoesNotContain(hex, row => row.Contains(SecretExports.Secret, StringComparison.Ordinal));
        }

        Assert.Equal("42501", Assert.Throws<Npgsql.PostgresException>(() => Texts("SELECT data::text FROM entra_audit.secret_block")).SqlState);

        List<string> Texts(string sql)
        {
            using var command = new Npgsql.NpgsqlCommand(sql, connection);
            using var rows = command.ExecuteReader();
            var found = new List<string>();
            while (rows.Read()) found.Add(rows.GetString(0));
            return found;
        }
    }

    [Fact]
    public void Questions_answer_a_reader_as_anybody_who_does_not_ask_for_secrets()
    {
        using var importer = Filled();
        using var reader = As(adam);

        Assert.Equal(Shown(importer, false), Shown(reader, false).ConvertAll(AsAnybody));
        // Who asks for them is shown that they are not there, and not something else.
        Assert.DoesNotContain(Shown(reader, true), text => text.Contains(SecretExports.Secret, StringComparison.Ordinal));
        Assert.Contains(Shown(reader, true), text => text.Contains(SecretMask.Gone, StringComparison.Ordinal));
        Assert.Contains(Shown(importer, true), text => text.Contains(SecretExports.Secret, StringComparison.Ordinal));

        static string AsAnybody(string text) => text.Replace(SecretMask.Gone, SecretMask.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void So_does_a_server_that_is_asked_for_its_logs()
    {
        using var importer = Filled();
        owner.Initialize([], [], asksLogs: true);
        using var reader = As(adam);
        using var original = As(eva);

        var (masked, all) = (Light(reader), Light(original));

        Assert.NotEqual(reader.Copy, masked);
        Assert.DoesNotContain(Of(masked), text => text.Contains(SecretExports.Secret, StringComparison.Ordinal));
        Assert.Contains(Of(masked), text => text.Contains(SecretMask.Gone, StringComparison.Ordinal));
        Assert.Equal(Shown(importer, true).FindAll(text => text.Contains(SecretExports.Secret, StringComparison.Ordinal)).Order(),
            Of(all).FindAll(text => text.Contains(SecretExports.Secret, StringComparison.Ordinal)).Order());
        Assert.Empty(Secrets(masked));
        // A right that is taken is taken from the next question on.
        PostgreSqlCluster.Get().Execute(owner.Server,
            $"REVOKE {owner.Server.Database}_audit_original_reader FROM {eva}; GRANT {owner.Server.Database}_audit_reader TO {eva}");
        Assert.Equal(all, Light(original));
        Assert.DoesNotContain(Of(all), text => text.Contains(SecretExports.Secret, StringComparison.Ordinal));

        static string Light(TeamMirror who) => who.Location.RefreshForLogs(null, CancellationToken.None).Path;

        static List<string> Of(string path)
        {
            using var mirror = Core.Mirror.Reading.MirrorReader.Open(path);
            return Answers(mirror, true);
        }
    }

    [Fact]
    public void A_check_says_what_is_masked_and_finds_what_was_changed()
    {
        using var importer = Filled();
        using var reader = As(adam);
        Assert.Empty(Check(importer.Copy).Problems);
        Assert.DoesNotContain(Check(importer.Copy).Notes, note => note.Contains("masked", StringComparison.Ordinal));

        var check = Check(reader.Refresh().Copy);

        Assert.Empty(check.Problems);
        Assert.Contains(check.Notes, note => note.Contains("Secrets are masked in the originals of this copy. 11 of them", StringComparison.Ordinal));
        Assert.Contains(check.Notes, note => note.Contains("One import rejected records with secrets", StringComparison.Ordinal));
        Assert.Contains(check.Notes, note => note.Contains("rows were not compared", StringComparison.Ordinal));
        Assert.Equal(Check(importer.Copy).ChainHead, check.ChainHead);
        // The digest of what was imported is not one's own to write.
        Rewrite(reader.Copy, record => record.IsMasked ? record with { Sha256 = new byte[32] } : record);
        Assert.Contains(Check(reader.Copy).Problems, problem => problem.Message.Contains("were changed", StringComparison.Ordinal));
        reader.Refresh(anew: true);
        Rewrite(reader.Copy, record => record.IsMasked ? record : record with { Json = "{}"u8.ToArray() });
        Assert.Contains(Check(reader.Copy).Problems, problem => problem.Message.Contains("were changed", StringComparison.Ordinal));
        // Nor does a mirror with its originals hide a change as a secret.
        Rewrite(importer.Copy, record => record.IsMasked ? record
            : record with { Json = "{}"u8.ToArray(), Sha256 = BlockDigest.OfRecord(record) });
        Assert.Contains(Check(importer.Copy).Problems, problem => problem.Message.Contains("no masked copy", StringComparison.Ordinal));
    }

    [Fact]
    public void Rights_that_are_given_and_taken_reach_the_copy()
    {
        using var importer = Filled();
        using var reader = As(adam);
        Assert.Empty(Secrets(reader.Refresh().Copy));

        owner.Initialize([], [], [adam]);
        Assert.Equal(importer.Rows(), reader.Rows());

        PostgreSqlCluster.Get().Execute(owner.Server, $"REVOKE {owner.Server.Database}_audit_original_reader FROM {adam}");
        Assert.Empty(Secrets(reader.Refresh().Copy));
        Assert.DoesNotContain(SecretExports.Secret, Encoding.Latin1.GetString(File.ReadAllBytes(reader.Copy)), StringComparison.Ordinal);
        Assert.Equal("MirrorAccessDenied", Assert.Throws<AuditToolException>(() => reader.Import(Exports)).ErrorId);
    }

    [Fact]
    public void Who_may_write_rows_but_not_read_originals_writes_nothing()
    {
        using var importer = Filled();
        var half = Login();
        PostgreSqlCluster.Get().Execute(owner.Server, $"GRANT USAGE ON SCHEMA entra_audit TO {half}; GRANT SELECT, INSERT, UPDATE, DELETE ON ALL "
            + $"TABLES IN SCHEMA entra_audit TO {half}; REVOKE ALL ON entra_audit.secret_block, entra_audit.secret_rejection FROM {half}");
        using var one = As(half);

        var error = Assert.Throws<AuditToolException>(() => one.Import(Exports));

        Assert.Equal("MirrorAccessDenied", error.ErrorId);
        Assert.Contains("may not read the originals", error.Message, StringComparison.Ordinal);
        Assert.Equal(importer.Rows(), owner.Rows());
    }

    [Fact]
    public void What_is_removed_and_derived_anew_stays_masked_and_whole()
    {
        using var importer = Filled();
        using var reader = As(adam);
        reader.Refresh();
        var options = new RemovalOptions(new DateTimeOffset(2026, 10, 3, 0, 0, 0, TimeSpan.Zero), LogTable.All) { Server = importer.Server };

        Assert.True(RecordRemoval.Run(importer.Refresh().Copy, options, _ => { }, CancellationToken.None).Activities >= 2);

        using var other = As(nightly);
        Assert.Equal(importer.Rows(), other.Rows());
        Assert.Equal(SecretExports.Places.Except(["KEY", "DETAIL"]).Order(), Secrets(other.Copy));
        Assert.Empty(Secrets(reader.Refresh().Copy));
        Assert.Empty(Check(reader.Copy).Problems);

        Assert.NotNull(MirrorUpgrade.Run(importer.Copy, new() { Server = importer.Server, Force = true }, _ => { }, CancellationToken.None));

        Assert.Equal(importer.Rows(), other.Rows());
        Assert.Equal(importer.Content(), reader.Content());
        Assert.Empty(Secrets(reader.Copy));
        Assert.Empty(Check(other.Copy).Problems);
    }

    [Fact]
    public void A_server_of_an_earlier_version_is_masked_when_its_owner_initializes_it()
    {
        using var importer = Filled();
        using var reader = As(adam);
        var server = PostgreSqlCluster.Get();
        server.Execute(owner.Server, """
            UPDATE entra_audit.block b SET data = s.data, raw_length = s.raw_length FROM entra_audit.secret_block s WHERE s.id = b.id;
            UPDATE entra_audit.rejection b SET text = s.text FROM entra_audit.secret_rejection s WHERE s.id = b.id;
            DROP TABLE entra_audit.secret_block, entra_audit.secret_rejection; DROP TABLE entra_audit.history;
            UPDATE entra_audit.mirror SET format = 1
            """);
        Assert.Equal(SecretExports.Places.Order(), Secrets(reader.Refresh(anew: true).Copy));
        // As before, until the owner does it.
        importer.ImportText("[]");
        Assert.Equal(1, server.Execute(owner.Server, "SELECT format FROM entra_audit.mirror"));

        owner.Initialize([], []);

        Assert.Equal(2, server.Execute(owner.Server, "SELECT format FROM entra_audit.mirror"));
        Assert.Empty(Secrets(reader.Refresh().Copy));
        Assert.Equal(SecretExports.Places.Order(), Secrets(importer.Refresh().Copy));
        Assert.Equal(importer.Rows(), owner.Rows());
        Assert.Empty(Check(importer.Copy).Problems);
    }

    [Fact]
    public void A_copy_of_a_masked_copy_stays_one()
    {
        using var importer = Filled();
        using var reader = As(adam);
        var backup = Path.Combine(folder, "backup.db");
        MirrorBackup.Run(reader.Refresh().Copy, backup, isForced: false, _ => { }, CancellationToken.None);
        Assert.Empty(Check(backup).Problems);

        var update = Assert.Throws<AuditToolException>(() => MirrorUpgrade.Run(backup, new() { Force = true }, _ => { }, CancellationToken.None));
        Assert.Equal("MirrorMasked", update.ErrorId);
        Assert.Contains("cannot be derived anew", update.Message, StringComparison.Ordinal);
        using var elsewhere = new TeamMirror(PostgreSqlCluster.Get().NewDatabase());
        var copy = Assert.Throws<AuditToolException>(() =>
            MirrorMove.Run(new(backup, "Parameter"), elsewhere.Location, new(), CancellationToken.None));
        Assert.Equal("MirrorMasked", copy.ErrorId);

        // What is known is known: the same files bring nothing new, and retention goes on.
        using var file = new TestMirror();
        Assert.All(file.Import(new() { MirrorPath = backup, Force = true }, Exports), result => Assert.Equal(0, result.Added));
        RecordRemoval.Run(backup, new(new DateTimeOffset(2026, 10, 3, 0, 0, 0, TimeSpan.Zero), LogTable.All), _ => { }, CancellationToken.None);
        Assert.Empty(Check(backup).Problems);
        var target = Path.Combine(folder, "all.ndjson");
        var export = RecordExport.Run(backup, target, new() { ShowSecret = true }, _ => { }, CancellationToken.None);
        Assert.False(export.IsVerbatim);
        Assert.Contains(export.Notes, note => note.Contains("-ShowSecret shows nothing more here", StringComparison.Ordinal));
        Assert.DoesNotContain(SecretExports.Secret, File.ReadAllText(target), StringComparison.Ordinal);
    }

    public void Dispose()
    {
        owner.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private static string Login()
    {
        var name = FormattableString.Invariant($"secretive{Interlocked.Increment(ref logins)}");
        PostgreSqlCluster.Get().Execute("postgres", $"CREATE ROLE {name} LOGIN");
        return name;
    }

    /// <summary>Adam asks, Eva sees secrets too, and the job imported all.</summary>
    private TeamMirror Filled()
    {
        owner.Initialize([adam], [nightly], [eva]);
        var importer = As(nightly);
        importer.Import(Exports);
        return importer;
    }

    private TeamMirror As(string role) => new(PostgreSqlCluster.Get().NameOf(owner.Server.Database, role));

    private static AuditMirrorTest Check(string path) => MirrorCheck.Run(path, new(null, false), _ => { }, CancellationToken.None);

    private static List<string> Shown(TeamMirror who, bool showSecret) => who.Ask(reader => Answers(reader, showSecret));

    private static List<string> Answers(Core.Mirror.Reading.MirrorReader reader, bool showSecret)
    {
        var activities = AuditActivityQuery.Run(reader, new() { ShowSecret = showSecret }).ToList();
        var entries = ProvisioningLogQuery.Run(reader, new() { ShowSecret = showSecret }).ToList();
        // One that has a name twice in an object is hidden as a whole where it is asked for; what is kept of it for readers can be read.
        var double4 = activities.Single(activity => activity.Id == "Directory_4");
        Assert.Equal("App 4", Assert.Single(double4.Targets).DisplayName);
        activities.Remove(double4);
        return activities.SelectMany(activity => new[] { activity.GetOriginal(), Text(activity.Targets), Text(activity.AdditionalDetails) })
            .Concat(entries.SelectMany(entry => new[]
            {
                entry.GetOriginal(), Text(entry.Steps), Text(entry.ModifiedProperties), Text(entry.SourceIdentity), Text(entry.TargetIdentity),
            }))
            .Concat(ImportHistoryQuery.Rejected(reader, null, showSecret).Select(rejected => rejected.Text)).ToList();
    }

    private static string Text(object? value) => System.Text.Json.JsonSerializer.Serialize(value);

    /// <summary>The secrets that a mirror holds, wherever; each place once.</summary>
    private static List<string> Secrets(string path)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        var all = new StringBuilder();
        using (var blocks = new Statement(connection, "SELECT data, raw_length FROM block WHERE length(data) > 0"))
        {
            while (blocks.Step())
            {
                foreach (var record in new OriginalBlock(blocks.Blob(0)!, blocks.Number(1)).ReadAll())
                    all.Append(Encoding.UTF8.GetString(record.Json.Span)).Append('\n');
            }
        }

        using (var texts = new Statement(connection, "SELECT text FROM rejection"))
        {
            while (texts.Step()) all.Append(RejectedText.Read(texts.Blob(0)!)).Append('\n');
        }

        return [.. System.Text.RegularExpressions.Regex.Matches(all.ToString(), SecretExports.Secret + "-([A-Z]+)")
            .Select(match => match.Groups[1].Value).Distinct().Order()];
    }

    /// <summary>Writes other originals, as somebody could who has the file.</summary>
    private static void Rewrite(string path, Func<Core.Schema.OriginalRecord, Core.Schema.OriginalRecord> change)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        var found = new List<(long Id, byte[] Data, long Length)>();
        using (var blocks = new Statement(connection, "SELECT id, data, raw_length FROM block"))
        {
            while (blocks.Step()) found.Add((blocks.Number(0), blocks.Blob(1)!, blocks.Number(2)));
        }

        using var write = new Statement(connection, "UPDATE block SET data = ?2, raw_length = ?3 WHERE id = ?1");
        foreach (var (id, data, length) in found)
        {
            var writer = new OriginalBlockWriter();
            foreach (var record in new OriginalBlock(data, length).ReadAll()) writer.Add(change(record));
            using var block = writer.Compress();
            write.Bind(1, id).BindBlob(2, block.Data).Bind(3, block.RawLength).Execute();
        }
    }
}
