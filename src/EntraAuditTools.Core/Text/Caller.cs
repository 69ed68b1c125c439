namespace EntraAuditTools.Core.Text;

/// <summary>
/// Who asks, PowerShell or a shell, and so what messages call things by: <c>-Tenant</c> and <c>Get-AuditCoverage</c> in the one,
/// <c>--tenant</c> and <c>entra-audit coverage</c> in the other. One for the process, which is either; the program says so when it begins.
/// </summary>
internal static class Caller
{
    private const string Program = "entra-audit";

    /// <summary>What the program calls what a cmdlet does.</summary>
    private static readonly Dictionary<string, string> Commands = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Backup-AuditMirror"] = "backup",
        ["Compare-AccessPackageAssignment"] = "compare",
        ["Compare-AuditActivity"] = "compare-activity",
        ["Copy-AuditMirror"] = "copy",
        ["Export-AuditRecord"] = "export",
        ["Export-AuditReport"] = "report",
        ["Get-AccessPackage"] = "packages",
        ["Get-AccessPackageActivity"] = "package-activity",
        ["Get-AccessPackageAssignment"] = "assignments",
        ["Get-AccessPackageConflict"] = "conflicts",
        ["Get-AccessPackageRequest"] = "requests",
        ["Get-AppRoleAssignmentActivity"] = "app-roles",
        ["Get-AuditActivity"] = "activity",
        ["Get-AuditActivityType"] = "types",
        ["Get-AuditCoverage"] = "coverage",
        ["Get-AuditImport"] = "imports",
        ["Get-AuditMirror"] = "mirror",
        ["Get-ConnectedOrganization"] = "organizations",
        ["Get-ProvisioningEvent"] = "trail",
        ["Get-ProvisioningLog"] = "provisioning",
        ["Get-ProvisioningSummary"] = "summary",
        ["Get-ResourceAssignment"] = "resources",
        ["Import-AuditExport"] = "import",
        ["Initialize-AuditMirror"] = "initialize",
        ["Invoke-AuditQuery"] = "sql",
        ["Measure-AuditActivity"] = "measure",
        ["Optimize-AuditMirror"] = "optimize",
        ["Remove-AuditRecord"] = "remove",
        ["Test-AuditMirror"] = "check",
        ["Update-AuditMirror"] = "update",
    };

    private static volatile bool isProgram;

    /// <summary>Whether the program asks.</summary>
    public static bool IsProgram => isProgram;

    /// <summary>Says that this process is the program.</summary>
    public static void BeProgram() => isProgram = true;

    /// <summary>The cmdlets that the program has a command for.</summary>
    public static IReadOnlyCollection<string> Cmdlets => Commands.Keys;

    /// <summary>The program's command for what a cmdlet does: <c>coverage</c>.</summary>
    /// <exception cref="KeyNotFoundException">It has none.</exception>
    public static string CommandOf(string cmdlet) => Commands[cmdlet];

    /// <summary>A parameter as whoever asks types it.</summary>
    public static string Option(string parameter) => isProgram ? OptionName.Of(parameter) : "-" + parameter;

    /// <summary>A cmdlet, or the command that is its like.</summary>
    /// <param name="cmdlet">The cmdlet.</param>
    /// <param name="parameter">A switch that goes with it; null for none.</param>
    public static string Command(string cmdlet, string? parameter = null)
    {
        var command = isProgram ? $"{Program} {Commands[cmdlet]}" : cmdlet;
        return parameter is null ? command : $"{command} {Option(parameter)}";
    }

    /// <summary>How a header of a CSV is said to mean a property.</summary>
    public static string ColumnMap(string header, string property) => isProgram
        ? $"--column-map '{header.Replace("'", "'\\''", StringComparison.Ordinal)}={property}'"
        : $"-ColumnMap @{{ '{header.Replace("'", "''", StringComparison.Ordinal)}' = '{property}' }}";

    /// <summary>The words for whoever asks, where they differ in more than a name.</summary>
    public static string Choose(string module, string program) => isProgram ? program : module;
}
