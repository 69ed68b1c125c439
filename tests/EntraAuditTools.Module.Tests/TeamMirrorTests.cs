using System.Text.RegularExpressions;
using EntraAuditTools.Cli.Demo;
using EntraAuditTools.Core.Tests.Team;

namespace EntraAuditTools.Module.Tests;

/// <summary>A mirror on a server, as people use it: in sessions of the real engine and with the program, each on a machine of its own.</summary>
public sealed class TeamMirrorTests : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(3);

    private readonly string folder = Directory.CreateTempSubdirectory("entraaudit-team-").FullName;

    [Fact]
    public void The_page_leads_to_a_shared_mirror()
    {
        var server = PostgreSqlCluster.Get();
        var name = server.NewDatabase();
        var page = File.ReadAllText(Path.Combine(StagedModule.RepositoryRoot, "docs", "team-mirror.md"));
        var blocks = Regex.Matches(page, "```powershell\n(.*?)```", RegexOptions.Singleline).Select(match => match.Groups[1].Value).ToList();
        var database = name[(name.LastIndexOf('/') + 1)..];
        File.WriteAllText(Path.Combine(folder, "pg_service.conf"),
            $"[audit]\nhost=127.0.0.1\nport={server.Port}\ndbname={database}\nuser=owner\n");

        // Eva imports, Adam asks, and the job imports again, each elsewhere.
        var answers = blocks[..3].Select((block, i) => Session($"machine{i}", Here(block, name) + "\n(Get-AuditMirror).Activities\n")).ToList();

        var counts = answers.ConvertAll(answer => int.Parse(Last(answer), null));
        Assert.True(counts[0] > 100);
        Assert.All(counts, count => Assert.Equal(counts[0], count));
        // In a table of 80 columns the word is cut.
        Assert.Contains("Already", answers[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_sessions_ask_while_a_job_imports()
    {
        var name = PostgreSqlCluster.Get().NewDatabase();
        Session("first", $"Import-AuditExport {Seeds("graph/directoryAudits.jsonl")} -Mirror {name}");
        var ask = $$"""
            $n = 0
            1..15 | ForEach-Object {
                $c = @(Get-AuditActivity -Mirror {{name}} -WarningAction SilentlyContinue).Count
                if ($c -lt $n) { throw "fewer: $c after $n" }
                $n = $c
            }
            """;

        var job = Task.Run(() => Session("job", $"@(Import-AuditExport {Seeds("graph")}, {Seeds("portal")} -Recurse -Mirror {name} "
            + "-WarningAction SilentlyContinue).Count"));
        var askers = new[] { "one", "two" }.Select(who => Task.Run(() => Session(who, ask))).ToList();
        await Task.WhenAll([job, .. askers]);

        Assert.True(int.Parse(Last(await job), null) > 10);
        Assert.Equal("True", Session("two", $"Test-AuditMirror -Mirror {name} -Quiet -Quick").Trim());
    }

    [Fact]
    public void The_program_uses_it_too_and_says_what_is_wrong()
    {
        var name = PostgreSqlCluster.Get().NewDatabase();
        var imported = Program("machine", "import", Seeds("graph/directoryAudits.jsonl"), "--mirror", name);
        Assert.True(imported.ExitCode == 0, imported.Error);
        var asked = Program("elsewhere", "activity", "--mirror", name, "--first", "1", "--json");
        Assert.True(asked.ExitCode == 0, asked.Error);
        Assert.Contains("\"Activity\"", asked.Output, StringComparison.Ordinal);

        var password = Program("elsewhere", "activity", "--mirror", name.Replace("owner@", "owner:secret@", StringComparison.Ordinal));
        Assert.NotEqual(0, password.ExitCode);
        Assert.Contains("has a password in it", password.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", password.Error + password.Output, StringComparison.Ordinal);
        var none = Program("elsewhere", "activity", "--mirror", PostgreSqlCluster.Get().NewDatabase());
        Assert.Equal(5, none.ExitCode);
        Assert.Contains("entra-audit import", none.Error, StringComparison.Ordinal);
    }

    /// <summary>The help's examples of what needs a server, as they stand.</summary>
    [Fact]
    public void The_examples_of_copying_and_of_roles_do_what_they_say()
    {
        var server = PostgreSqlCluster.Get();
        var name = server.NewDatabase();
        server.Execute("postgres", "CREATE ROLE adam_of_help LOGIN; CREATE ROLE analysts; CREATE ROLE nightly; CREATE ROLE noor; "
            + "CREATE ROLE contoso_admin; CREATE ROLE team_north");
        File.WriteAllText(Path.Combine(folder, "pg_service.conf"),
            $"[audit]\nhost=127.0.0.1\nport={server.Port}\ndbname={name[(name.LastIndexOf('/') + 1)..]}\nuser=owner\n");
        var backups = Directory.CreateDirectory(Path.Combine(folder, "backups")).FullName;
        var prepare = $"Set-Location '{folder}'; $ConfirmPreference = 'None'; "
            + $"Import-AuditExport {Seeds("graph/directoryAudits.jsonl")} -Mirror ./own.db | Out-Null; "
            + $"Copy-AuditMirror '{backups}/audit-20261101T060000Z.db' -Mirror ./own.db | Out-Null; Set-AuditMirror ./own.db";

        var copied = Session("machine", $"{prepare}\n{string.Join('\n', Examples("Copy-AuditMirror", name))}\n(Get-AuditMirror).Server");
        Assert.Equal(2, Regex.Count(copied, "Pages, Chain, Rows"));
        Assert.Contains("audit-for-the-audit.db", copied, StringComparison.Ordinal);
        Assert.EndsWith(name, copied.Trim(), StringComparison.Ordinal);
        var roles = Session("machine", string.Join('\n', Examples("Initialize-AuditMirror", name)));
        Assert.Contains("adam_of_help, analysts, noor", roles, StringComparison.Ordinal);
        Assert.Contains("What if:", roles, StringComparison.Ordinal);
        Assert.Contains("contoso_admin: 0ec71234-a6dd-4adb-8eaf-d3ec2403d98f", roles, StringComparison.Ordinal);

        var set = Session("machine", "Set-AuditMirror service=audit; (Get-AuditMirror).Server");
        Assert.Equal(name, set.Trim());

        var refused = Session("machine", $"try {{ Copy-AuditMirror {name} -Mirror '{folder}/own.db' }} "
            + "catch { $_.FullyQualifiedErrorId; $_.ErrorDetails.RecommendedAction }");
        Assert.Contains("MirrorNotEmpty", refused, StringComparison.Ordinal);
        Assert.Contains("-Force", refused, StringComparison.Ordinal);
        var file = Session("machine", "try { Initialize-AuditMirror -Mirror ./some.db } catch { $_.FullyQualifiedErrorId; \"$_\" }");
        Assert.Contains("MirrorIsFile", file, StringComparison.Ordinal);
        Assert.Contains("is a file, which needs no preparation", file, StringComparison.Ordinal);
    }

    [Fact]
    public void A_reader_of_one_tenant_is_told_whose_records_there_are_and_a_right_is_taken()
    {
        const string Tenant = "0ec71234-a6dd-4adb-8eaf-d3ec2403d98f", Other = "7a1f5e60-2222-4c1a-9a11-0f2b8f0d9f3e";
        var server = PostgreSqlCluster.Get();
        var name = server.NewDatabase();
        server.Execute("postgres", "CREATE ROLE sees_north LOGIN");
        var north = name.Replace("owner@", "sees_north@", StringComparison.Ordinal);
        Ask("initialize", "--mirror", name);
        Ask("import", Seeds("graph/directoryAudits.jsonl"), "--mirror", name, "--tenant", Tenant);
        var given = Ask("initialize", "--mirror", name, "--reader", "sees_north", "--tenant", Other);
        Assert.Contains($"sees_north: {Other}", given.Output, StringComparison.Ordinal);
        Assert.Contains("holds nothing of tenant", given.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Activity", Ask("activity", "--mirror", north, "--json").Output, StringComparison.Ordinal);
        Ask("initialize", "--mirror", name, "--reader", "sees_north", "--tenant", Tenant);

        var shown = Session("north", $"Set-AuditMirror {north}; (Get-AuditActivity -First 3).Count; (Get-AuditMirror).OnlyTenants; "
            + "$test = Test-AuditMirror; $test.Problems.Count; $test.Notes");

        Assert.Equal(["3", Tenant, "0"], shown.Split('\n').Select(line => line.Trim()).Take(3));
        Assert.Contains("the chain is over the imports of all tenants", shown, StringComparison.Ordinal);
        Ask("initialize", "--mirror", name, "--revoke", "sees_north");
        var refused = Program("machine", "activity", "--mirror", north, "--json");
        Assert.NotEqual(0, refused.ExitCode);
        Assert.Contains("does not allow 'sees_north'", refused.Error, StringComparison.Ordinal);

        (int ExitCode, string Output, string Error) Ask(params string[] arguments)
        {
            var outcome = Program("machine", arguments);
            Assert.True(outcome.ExitCode is 0 or 3, $"{outcome.ExitCode}: {outcome.Error}");
            return (outcome.ExitCode, outcome.Output, Regex.Replace(outcome.Error, "\\s+", " "));
        }
    }

    [Fact]
    public void A_reader_who_asks_for_secrets_is_told_that_they_are_not_in_their_copy()
    {
        var server = PostgreSqlCluster.Get();
        var name = server.NewDatabase();
        server.Execute("postgres", "CREATE ROLE sees_none LOGIN; CREATE ROLE sees_all LOGIN");
        var exports = SecretExports.Write(Directory.CreateDirectory(Path.Combine(folder, "exports")).FullName);
        Fine("initialize", "--mirror", name, "--reader", "sees_none", "--original-reader", "sees_all");
        Fine(["import", .. exports, "--mirror", name]);
        const string Ask = "Get-AuditActivity -ShowSecret -WarningVariable said -WarningAction SilentlyContinue | "
            + "ForEach-Object { $_.GetOriginal() }; \"SAID: $said\"";

        var all = Session("original", $"Set-AuditMirror {As("sees_all")}; {Ask}");
        var none = Session("reader", $"Set-Location '{folder}'; Set-AuditMirror {As("sees_none")}; {Ask}; "
            + "Export-AuditRecord ./secrets.ndjson -ShowSecret -WarningAction SilentlyContinue | ForEach-Object Notes; "
            + "(Test-AuditMirror).Problems.Count");

        Assert.Contains(SecretExports.Secret, all, StringComparison.Ordinal);
        Assert.DoesNotContain("shows nothing more", all, StringComparison.Ordinal);
        Assert.DoesNotContain(SecretExports.Secret, none, StringComparison.Ordinal);
        Assert.Contains("(masked: not in this copy)", none, StringComparison.Ordinal);
        Assert.Equal(2, Regex.Count(Regex.Replace(none, "\\s+", " "), "-ShowSecret shows nothing more here"));
        Assert.EndsWith("0", none.Trim(), StringComparison.Ordinal);
        var asked = Program("elsewhere", "sql", "SELECT count(*) FROM activities", "--show-secret", "--mirror", As("sees_none"));
        Assert.Contains("--show-secret shows nothing more here", Regex.Replace(asked.Error, "\\s+", " "), StringComparison.Ordinal);

        string As(string role) => name.Replace("owner@", role + "@", StringComparison.Ordinal);

        void Fine(params string[] arguments)
        {
            var outcome = Program("owner", arguments);
            Assert.True(outcome.ExitCode is 0 or 3, $"{outcome.ExitCode}: {outcome.Error}");
        }
    }

    [Fact]
    public void The_program_copies_and_makes_roles_too()
    {
        var server = PostgreSqlCluster.Get();
        var name = server.NewDatabase();
        server.Execute("postgres", "CREATE ROLE asks LOGIN; CREATE ROLE imports LOGIN");
        var own = Path.Combine(folder, "own.db");
        Fine("import", Seeds("graph/directoryAudits.jsonl"), "--mirror", own);

        var made = Fine("initialize", "--mirror", name, "--reader", "asks", "--importer", "imports");
        Assert.Contains("_audit_reader may ask: asks", made, StringComparison.Ordinal);
        Assert.Contains("verified: Pages, Chain, Rows", Fine("copy", name, "--mirror", own), StringComparison.Ordinal);
        var asker = name.Replace("owner@", "asks@", StringComparison.Ordinal);
        Assert.Contains("verified: Pages, Chain", Fine("copy", Path.Combine(folder, "back.db"), "--mirror", asker), StringComparison.Ordinal);
        var again = Program("elsewhere", "copy", name, "--mirror", own);
        Assert.NotEqual(0, again.ExitCode);
        Assert.Contains("--force", again.Error, StringComparison.Ordinal);

        string Fine(params string[] arguments)
        {
            var outcome = Program("elsewhere", arguments);
            Assert.True(outcome.ExitCode == 0, outcome.Error);
            return Regex.Replace(outcome.Output, "\\s+", " ");
        }
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static string Last(string output) => output.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1].Trim();

    private static string Seeds(string path) => Path.GetFullPath(Path.Combine(StagedModule.RepositoryRoot, "seeds", "sample-tenant", path));

    private static string Here(string block, string name) => block
        .Replace("postgresql://eva@db.contoso.example/audit", name, StringComparison.Ordinal)
        .Replace("postgresql://adam@db.contoso.example/audit", name, StringComparison.Ordinal)
        .Replace("~/Downloads/entra", Seeds("graph"), StringComparison.Ordinal)
        .Replace("./exports", Seeds("graph"), StringComparison.Ordinal);

    private static IEnumerable<string> Examples(string cmdlet, string name)
    {
        var page = File.ReadAllText(Path.Combine(StagedModule.RepositoryRoot, "docs", "en-US", cmdlet + ".md"));
        return Regex.Matches(page, "```powershell\n(.*?)```", RegexOptions.Singleline)
            .Select(match => Here(match.Groups[1].Value, name).Replace("-Reader adam,", "-Reader adam_of_help,", StringComparison.Ordinal));
    }

    private Dictionary<string, string?> Machine(string name) => new()
    {
        ["ENTRAAUDIT_COPIES"] = Path.Combine(folder, name),
        ["ENTRAAUDIT_MIRROR"] = null,
        ["PGSERVICEFILE"] = Path.Combine(folder, "pg_service.conf"),
    };

    private string Session(string machine, string script)
    {
        var engine = PowerShellEngine.Find(StagedModule.RepositoryRoot);
        Assert.SkipWhen(engine.Program == null, engine.Missing ?? "There is no PowerShell.");
        var whole = $"$ErrorActionPreference = 'Stop'; Set-StrictMode -Version Latest; Import-Module '{StagedModule.Directory}'\n{script}";
        var start = engine.Start(["-NoProfile", "-NonInteractive", "-Command", whole]);
        foreach (var (variable, value) in Machine(machine))
        {
            if (value == null) start.Environment.Remove(variable);
            else start.Environment[variable] = value;
        }

        var outcome = ChildProcess.Run(start, Longest);
        Assert.True(outcome.ExitCode == 0, $"{machine}: {outcome.Error}{outcome.Output}");
        return outcome.Output;
    }

    private ChildProcess.Outcome Program(string machine, params string[] arguments) =>
        ChildProcess.Run("dotnet", [typeof(PowerShellEngine).Assembly.Location, .. arguments], Machine(machine), Longest);
}
