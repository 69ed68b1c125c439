using System.Management.Automation;
using EntraAuditTools.PowerShell.Views.Declaring;

namespace EntraAuditTools.PowerShell.Views.Provisioning;

/// <summary>Error codes of a job.</summary>
public static class ProvisioningErrorCountView
{
    internal static void Declare(RecordViews<ProvisioningErrorCount> record)
    {
        record.Table("ProvisioningErrorCount")
            .Column("ErrorCode", ErrorCode)
            .Number("Count", 7, it => it.Count)
            .Number("Identities", 10, it => it.Identities)
            .Column("FirstSeen (UTC)", 16, it => it.FirstSeen, ShownAs.Minute)
            .Column("LastSeen (UTC)", 16, it => it.LastSeen, ShownAs.Minute);
    }

    /// <summary>Code of an error.</summary>
    public static object ErrorCode(PSObject instance) => Cell.Line(instance, "ErrorCode") is { Length: > 0 } code ? code : "(no code)";
}
