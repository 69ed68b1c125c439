using System.Management.Automation;
using EntraAuditTools.PowerShell.Views.Declaring;

namespace EntraAuditTools.PowerShell.Views.Activities;

/// <summary>Activities of the audit log (Graph: directoryAudit).</summary>
public static class AuditActivityView
{
    internal static void Declare(RecordViews<AuditActivity> record)
    {
        record.Alias("ActivityDateTime", it => it.Time);
        record.Alias("ActivityDisplayName", it => it.Activity);
        record.Alias("LoggedByService", it => it.Service);
        record.Alias("TargetResources", it => it.Targets);
        record.Code("Original", Original);
        record.Serialized(depth: 3, hasConverter: true);

        record.Table("Activity")
            .Column("Time (UTC)", 19, it => it.Time, ShownAs.Second)
            .Column("Activity", Activity)
            .Column("Result", 8, Result)
            .Column("InitiatedBy", InitiatedBy)
            .Column("Target", Target);

        // Format-Table -View Change: old and new values
        record.Table("Change", wrap: true)
            .Column("Time (UTC)", 16, it => it.Time, ShownAs.Minute)
            .Column("Activity, target, initiator", 32, ActivityTargetInitiator)
            .Column("Change", Change);

        // Format-Table -View Service: where it was logged
        record.Table("Service")
            .Column("Time (UTC)", 19, it => it.Time, ShownAs.Second)
            .Column("Service", Service)
            .Column("Category", Category)
            .Column("Result", 8, Result)
            .Column("Activity", Activity);

        // Format-Table -View Reason: why it failed
        record.Table("Reason", wrap: true)
            .Column("Time (UTC)", 16, it => it.Time, ShownAs.Minute)
            .Column("Activity, target, initiator", 32, ActivityTargetInitiator)
            .Column("Result, reason", Outcome);

        // Format-Table -View StatusReason: the columns that the portal's documentation recommends for provisioning events
        record.Table("StatusReason", wrap: true)
            .Column("Date (UTC)", 16, it => it.Time, ShownAs.Minute)
            .Column("Target(s)", TargetLines)
            .Column("Activity", 15, Activity)
            .Column("Status", 7, Result)
            .Column("Status Reason", ResultReason);

        record.List("Detail")
            .Item("Time (UTC)", it => it.Time, ShownAs.Exact)
            .Item("Activity", Activity)
            .Item("Result", Result)
            .Item("ResultReason", ResultReason)
            .Item("Service", Service)
            .Item("Category", Category)
            .Item("OperationType", it => it.OperationType)
            .Item("InitiatedBy", Initiator)
            .Item("Targets", Targets)
            .Item("AdditionalDetails", Details)
            .Item("UserAgent", UserAgent)
            .Item("CorrelationId", it => it.CorrelationId)
            .Item("TenantId", it => it.TenantId)
            .Item("Id", it => it.Id)
            .Item("Origin", it => it.Origin)
            .Item("Evidence", SharedCells.Evidence);
    }

    /// <summary>The original record.</summary>
    public static object? Original(PSObject instance) => (instance?.BaseObject as AuditActivity)?.GetOriginal();

    /// <summary>Name of the activity.</summary>
    public static object Activity(PSObject instance) =>
        instance.BaseObject is AuditActivity activity ? Cell.Line(activity.GetTitle()) : Cell.Line(instance, "Activity");

    /// <summary>The service.</summary>
    public static object Service(PSObject instance) => Cell.Line(instance, "Service");

    /// <summary>The category.</summary>
    public static object Category(PSObject instance) => Cell.Line(instance, "Category");

    /// <summary>The result in its colour.</summary>
    public static object Result(PSObject instance) =>
        Palette.State(instance.BaseObject is AuditActivity activity ? Cell.Line(activity.Result) : Cell.Line(instance, "Result"));

    /// <summary>Why.</summary>
    public static object ResultReason(PSObject instance) => Cell.Line(instance, "ResultReason");

    /// <summary>The result, and below it why.</summary>
    public static object Outcome(PSObject instance) =>
        ResultReason(instance) is string { Length: > 0 } reason ? $"{Result(instance)}\n{reason}" : Result(instance);

    /// <summary>Who did it, by the name that says most.</summary>
    public static object InitiatedBy(PSObject instance) =>
        instance.BaseObject is AuditActivity activity ? Cell.Line(activity.InitiatedBy) : Cell.Line(instance, "InitiatedBy");

    /// <summary>The targets by name; of an object that came back from a file or a job, the first and how many more there are.</summary>
    public static object Target(PSObject instance)
    {
        // One that is named needs no look into its record.
        if (instance.BaseObject is AuditActivity logged && (logged.TargetCount > 1 || Guid.TryParse(logged.TargetSummary, out _))
            && logged.GetTargetNames() is { Count: > 0 } names) return Cell.Line(string.Join(", ", names));
        var (name, count) = instance.BaseObject is AuditActivity activity
            ? (activity.TargetSummary, activity.TargetCount)
            : (Cell.Value(instance, "TargetSummary")?.ToString(), Cell.Value(instance, "TargetCount") is int n ? n : 0);
        return Cell.Line(count > 1 ? $"{name} (+{count - 1})" : name);
    }

    /// <summary>What was done, to what and by whom, a line each: a column of them is wide enough for names.</summary>
    public static object ActivityTargetInitiator(PSObject instance) =>
        string.Join('\n', new[] { Activity(instance), Target(instance), InitiatedBy(instance) }.Select(part => part.ToString())
            .Where(part => !string.IsNullOrEmpty(part)));

    /// <summary>All targets, a line each: people by the name that they sign in with.</summary>
    public static object TargetLines(PSObject instance) => string.Join('\n', Cell.Items(instance, "Targets")
        .Select(target => Cell.Line(target, "UserPrincipalName") is { Length: > 0 } upn ? upn : Cell.Line(target))
        .Where(text => text.Length > 0).Distinct());

    /// <summary>What changed, a line each.</summary>
    public static object Change(PSObject instance) =>
        Cell.Lines(Cell.Value(instance, "Changes")?.ToString()?.Replace("; ", "\n", StringComparison.Ordinal));

    /// <summary>Who did it, with everything known.</summary>
    public static object Initiator(PSObject instance) => DetailText.Initiator(instance);

    /// <summary>All targets with their modified properties, a line each.</summary>
    public static object Targets(PSObject instance) => DetailText.Targets(instance);

    /// <summary>Additional details, a line each.</summary>
    public static object Details(PSObject instance) => DetailText.Details(instance);

    /// <summary>User agent.</summary>
    public static object UserAgent(PSObject instance) => Cell.Line(instance, "UserAgent");
}
