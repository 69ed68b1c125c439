using System.Management.Automation;
using EntraAuditTools.PowerShell.Views.Declaring;

namespace EntraAuditTools.PowerShell.Views.Entitlement;

/// <summary>Assignments (Graph: accessPackageAssignment, v1.0 and beta).</summary>
public static class AccessPackageAssignmentView
{
    /// <summary>The width of the column State; words that are longer are shown in parts.</summary>
    private const int StateWidth = 10;

    internal static void Declare(RecordViews<AccessPackageAssignment> record)
    {
        record.Alias("Id", it => it.AssignmentId);
        record.Alias("Target", it => it.User);
        record.Alias("AssignmentPolicy", it => it.Policy);
        record.Alias("ExpiredDateTime", it => it.EndedAt);
        record.Alias("AccessPackageAssignmentPolicy", it => it.Policy);
        record.Alias("AssignmentState", it => it.State);
        record.Alias("AssignmentStatus", it => it.Status);
        record.Alias("TargetId", it => it.UserId);
        record.Code("AssignmentPolicyId", AssignmentPolicyId);
        record.Code("CatalogId", EntitlementCells.CatalogId);
        record.Code("Schedule", Schedule);
        record.Code("Original", Original);
        record.Serialized(depth: 3);

        record.Table("Assignment", wrap: true)
            .Column("User", 14, EntitlementCells.User)
            .Column("AccessPackage", EntitlementCells.AccessPackage)
            .Column("Policy", EntitlementCells.Policy)
            .Column("State", StateWidth, StateWord)
            .Column("Start (UTC)", 11, StartDay)
            .Column("End (UTC)", 10, EndDay);

        // Format-Table -View Source: what the answer is taken from
        record.Table("Source")
            .Column("User", 16, EntitlementCells.User)
            .Column("AccessPackage", EntitlementCells.AccessPackage)
            .Column("State", StateWidth, EntitlementCells.State)
            .Column("Source", 9, it => it.Source)
            .Column("Observed (UTC)", ObservedMinute);

        record.List("Assignment")
            .Item("User", EntitlementCells.Person)
            .Item("AccessPackage", EntitlementCells.Package)
            .Item("Policy", EntitlementCells.Policy)
            .Item("Catalog", EntitlementCells.Catalog)
            .Item("State", EntitlementCells.State)
            .Item("Status", SharedCells.Status)
            .Item("Start (UTC)", EntitlementCells.Start)
            .Item("End (UTC)", EntitlementCells.End)
            .Item("Ended (UTC)", EndedAt)
            .Item("Source", it => it.Source)
            .Item("Disagreement", EntitlementCells.Disagreement)
            .Item("Observed (UTC)", EntitlementCells.Observed)
            .Item("AssignmentId", it => it.AssignmentId)
            .Item("RequestId", it => it.RequestId)
            .Item("TenantId", it => it.TenantId)
            .Item("Evidence", SharedCells.Evidence);
    }

    /// <summary>The original record.</summary>
    public static object? Original(PSObject instance) => (instance?.BaseObject as AccessPackageAssignment)?.GetOriginal();

    /// <summary>Graph's id of the policy.</summary>
    public static object? AssignmentPolicyId(PSObject instance) => EntitlementText.IdOf(instance, "Policy");

    /// <summary>The Graph SDK's Schedule of an assignment; null when no export contains it.</summary>
    public static object? Schedule(PSObject instance)
    {
        if (!EntitlementText.IsTrue(instance, "EndKnown")) return null;
        var end = Cell.Value(instance, "End");
        var expiration = new PSObject();
        expiration.Properties.Add(new PSNoteProperty("EndDateTime", end));
        expiration.Properties.Add(new PSNoteProperty("Type", end is null ? "noExpiration" : "afterDateTime"));
        var schedule = new PSObject();
        schedule.Properties.Add(new PSNoteProperty("StartDateTime", Cell.Value(instance, "Start")));
        schedule.Properties.Add(new PSNoteProperty("Expiration", expiration));
        return schedule;
    }

    /// <summary>Since which day.</summary>
    public static object StartDay(PSObject instance) => EntitlementText.Day(instance, "Start", "unknown");

    /// <summary>The state for a narrow column: a long word in its parts, the mark below it.</summary>
    public static object StateWord(PSObject instance)
    {
        var word = EntitlementText.Known(instance, "State");
        var coloured = Palette.State(word);
        var at = coloured.IndexOf(word, StringComparison.Ordinal);
        var lines = Parts(word).Select(part => coloured[..at] + part + coloured[(at + word.Length)..]);
        return string.Join('\n', Cell.Value(instance, "StateAssumed") is true ? lines.Append("(assumed)") : lines);
    }

    /// <summary>Until which day.</summary>
    public static object EndDay(PSObject instance) => EntitlementText.Day(instance, "End", EntitlementText.NoEnd(instance));

    /// <summary>When it was observed, to the minute, and whether that is assumed.</summary>
    public static object ObservedMinute(PSObject instance) =>
        EntitlementText.Minute(instance, "ObservedAt", string.Empty)
            + (EntitlementText.IsTrue(instance, "ObservedAtAssumed") ? " (assumed)" : string.Empty);

    /// <summary>When it ended.</summary>
    public static object EndedAt(PSObject instance) => EntitlementText.Second(instance, "EndedAt");

    // PartiallyDelivered does not fit: Partially, and below it Delivered.
    private static string[] Parts(string word)
    {
        var last = word.Length <= StateWidth ? 0 : word.AsSpan().LastIndexOfAnyInRange('A', 'Z');
        return last > 0 ? [word[..last], word[last..]] : [word];
    }
}
