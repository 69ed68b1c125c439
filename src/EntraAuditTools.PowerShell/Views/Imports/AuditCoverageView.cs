using System.Management.Automation;
using EntraAuditTools.PowerShell.Views.Declaring;

namespace EntraAuditTools.PowerShell.Views.Imports;

/// <summary>What a day's log has in the mirror.</summary>
public static class AuditCoverageView
{
    internal static void Declare(RecordViews<AuditCoverage> record)
    {
        record.Serialized(depth: 2);

        record.Table("Coverage")
            .Column("Day (UTC)", 10, it => it.Day, ShownAs.Day)
            .Column("Kind", 15, it => it.Kind)
            .Column("State", 11, State)
            .Number("Records", 9, it => it.Records)
            .Column("First", 8, it => it.First, ShownAs.TimeOfDay)
            .Column("Last", 8, it => it.Last, ShownAs.TimeOfDay)
            .Column("TenantId", it => it.TenantId);
    }

    /// <summary>The state in its colour.</summary>
    public static object State(PSObject instance) => Palette.State(Cell.Line(instance, "State"));
}
