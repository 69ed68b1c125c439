namespace EntraAuditTools.Cli.Help;

/// <summary>Examples of commands that ask no question: those of questions stand in their declarations.</summary>
internal static class OtherExamples
{
    private static readonly Dictionary<string, string[]> Lines = new(StringComparer.Ordinal)
    {
        ["import"] =
        [
            "~/Downloads/AuditLogs_2026-10-31.csv",
            "exports --recurse --covers-from 2026-10-01 --covers-to 2026-11-01",
            "entitlement/*.json --observed-at 2026-10-31T18:00Z --complete",
        ],
        ["sql"] =
        [
            "\"SELECT * FROM view_columns\"",
            "\"SELECT actor, count(*) AS activities FROM activities GROUP BY actor ORDER BY 2 DESC\" --first 10",
            "\"SELECT time, property, old_value, new_value FROM activity_changes WHERE target = @who\" --parameter who=adele@contoso.com --csv",
        ],
        ["report"] =
        [
            "october.html --after 2026-10-01 --before 2026-11-01", "tenant.html --since 7d --title \"For the board\" --force",
        ],
        ["export"] = ["audit.ndjson --kind AuditActivity --after 2026-10-01", "shared.ndjson --pseudonymize --key-file pseudonyms.key"],
        ["check"] = ["", "--quick", "--expected-head 5a44c30712913de8866f518e6fe30982ac7366d98f1add3bf28eebbb7a597fc8"],
        ["backup"] = ["/mnt/backup", "/mnt/backup/mirror.db --force", "rescued.db --salvage --mirror damaged.db"],
        ["copy"] =
        [
            "postgresql://eva@db.contoso.example/audit", "service=audit --mirror /mnt/backup/mirror.db --force",
            "/mnt/backup/ --mirror service=audit",
        ],
        ["initialize"] =
        [
            "--mirror postgresql://eva@db.contoso.example/audit --reader adam analysts --importer nightly",
            "--mirror service=audit --reader noor",
        ],
        ["remove"] = ["--before 365d", "--before 365d --kind ProvisioningLog --yes"],
        ["optimize"] = [""],
        ["update"] = ["", "--force"],
        ["demo"] = ["", "--keep"],
        ["completion"] = ["bash >> ~/.bashrc", "fish > ~/.config/fish/completions/entra-audit.fish"],
    };

    /// <summary>What to begin with.</summary>
    public static readonly IReadOnlyList<string> OfProgram =
        ["demo", "import ~/Downloads --recurse", "activity --last 7d", "requests --status PendingApproval --json", "activity --help"];

    /// <summary>The lines behind a command's name; none where it has no examples.</summary>
    public static IReadOnlyList<string> Of(string command) => Lines.GetValueOrDefault(command) ?? [];
}
