using EntraAuditTools.SampleTenant;
using EntraAuditTools.Trust.Programs;
using EntraAuditTools.Trust.Running;
using Microsoft.Data.Sqlite;

namespace EntraAuditTools.Trust.Crash;

/// <summary>Kills an import of the sample tenant at a random moment, and runs it again.</summary>
internal sealed class ImportCrashCampaign : ICampaign
{
    private static readonly string[] Tables = ["activity", "provisioning", "entity", "entity_state", "edge", "assignment"];

    private (string Folder, TimeSpan Time, long[] Rows)? undisturbed;

    public string Name => "crash-import";

    public string Promise => "A mirror whose import was killed opens, is whole, and is what it would be once the import is run again.";

    public int ShortRounds => 2;

    public void Run(Round round)
    {
        var (exports, time, rows) = undisturbed ??= Undisturbed(round.SharedFolder);
        var mirror = round.PathOf("mirror.db");
        using (var program = AuditProgram.Start(mirror, "import", exports, "--recurse"))
        {
            if (!program.IsOverIn(time * round.Random.NextDouble())) program.Kill();
            if (program.WaitForEnd().ExitCode != 0) round.Count("kills");
        }

        if (File.Exists(mirror)) round.ExpectEqual("ok", Text(mirror, "PRAGMA integrity_check"), "integrity_check after a kill");
        round.ExpectEqual(0, AuditProgram.Run(mirror, "import", exports, "--recurse").ExitCode, "exit code of the import after a kill");
        var found = Rows(mirror);
        for (var i = 0; i < Tables.Length; i++) round.ExpectEqual(rows[i], found[i], $"rows of {Tables[i]}");
        round.Count("records", found.Sum());
    }

    private static (string Folder, TimeSpan Time, long[] Rows) Undisturbed(string shared)
    {
        var exports = Path.Combine(shared, "exports");
        SampleTenantWriter.WriteAll(exports, new SampleTenantOptions());
        var mirror = Path.Combine(shared, "mirror.db");
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var end = AuditProgram.Run(mirror, "import", exports, "--recurse");
        return end.ExitCode == 0 ? (exports, clock.Elapsed, Rows(mirror)) : throw new InvalidOperationException(end.Error + end.Output);
    }

    private static long[] Rows(string mirror) =>
        [.. Tables.Select(table => long.Parse(Text(mirror, $"SELECT count(*) FROM {table}"), System.Globalization.CultureInfo.InvariantCulture))];

    private static string Text(string mirror, string sql)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = mirror, Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToString(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture)!;
    }
}
