using EntraAuditTools.PowerShell.Views.Declaring;

namespace EntraAuditTools.PowerShell.Views.Imports;

/// <summary>AuditCoverage</summary>
public static class AuditCoverageView
{
    internal static void Declare(RecordViews<AuditCoverage> record)
    {

        record.Table("Coverage")
            .Column("Day (UTC)", 10, it => it.Day, ShownAs.Day)
            .Column("Kind", 15, it => it.Kind)
            .Column("State", 11, RecordView.State)
            .Number("Records", 9, it => it.Records)
            .Column("First", 8, it => it.First, ShownAs.TimeOfDay)
            .Column("Last", 8, it => it.Last, ShownAs.TimeOfDay)
            .Column("TenantId", it => it.TenantId);
    }
}
