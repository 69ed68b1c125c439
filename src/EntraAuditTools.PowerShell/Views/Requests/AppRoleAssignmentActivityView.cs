using System.Management.Automation;
using EntraAuditTools.PowerShell.Views.Declaring;
using EntraAuditTools.PowerShell.Views.Entitlement;

namespace EntraAuditTools.PowerShell.Views.Requests;

/// <summary>Application roles that were given and taken (Graph: directoryAudit).</summary>
public static class AppRoleAssignmentActivityView
{
    internal static void Declare(RecordViews<AppRoleAssignmentActivity> record)
    {
        record.Alias("ActivityDateTime", it => it.Time);
        record.Alias("ActivityDisplayName", it => it.Activity);
        record.Code("Original", Original);
        record.Serialized(depth: 3);

        // Those that did not come from an access package
        record.Table("AppRoleAssignmentActivity")
            .Column("Time (UTC)", 16, Minute)
            .Column("Operation", 9, RequestCells.Operation)
            .Column("Result", 7, RequestCells.Result)
            .Column("Application", Application)
            .Column("Role", Role)
            .Column("Principal", Principal)
            .Column("Initiated by", InitiatedBy);

        // Format-Table -View Entitlement: which package it came from, and how that was decided
        record.Table("Entitlement", wrap: true)
            .Column("Time (UTC)", 16, Minute)
            .Column("Operation, role, principal", 32, OperationRolePrincipal)
            .Column("Via", ViaBasis);

        record.List("AppRoleAssignmentActivity")
            .Item("Time (UTC)", RequestCells.Time)
            .Item("Activity", SharedCells.Activity)
            .Item("Result", RequestCells.Result)
            .Item("Application", Application)
            .Item("Role", Role)
            .Item("Principal", Principal)
            .Item("PrincipalType", it => it.PrincipalType)
            .Item("PrincipalId", it => it.PrincipalId)
            .Item("InitiatedBy", InitiatedByWhole)
            .Item("Via", Via)
            .Item("Basis", EntitlementCells.Basis)
            .Item("RequestId", it => it.RequestId)
            .Item("CorrelationId", it => it.CorrelationId)
            .Item("TenantId", it => it.TenantId)
            .Item("Evidence", SharedCells.Evidence);
    }

    /// <summary>The original record.</summary>
    public static object? Original(PSObject instance) => (instance?.BaseObject as AppRoleAssignmentActivity)?.GetActivity().GetOriginal();

    /// <summary>When, to the minute.</summary>
    public static object Minute(PSObject instance) => EntitlementText.Minute(instance, "Time", string.Empty);

    /// <summary>The application.</summary>
    public static object Application(PSObject instance) => EntitlementText.Known(instance, "Application");

    /// <summary>The role; the default role has no name.</summary>
    public static object Role(PSObject instance) => Cell.Line(instance, "Role") is { Length: > 0 } role ? role : "(default)";

    /// <summary>What was done with which role, and below it who has or had it: a column of both is wide enough for names.</summary>
    public static object OperationRolePrincipal(PSObject instance) =>
        $"{Cell.Line(instance, "Operation")}, {RequestCells.Result(instance)}: {RoleOfApplication(instance)}\n{Principal(instance)}";

    /// <summary>The package that it came from, and below it how that was decided.</summary>
    public static object ViaBasis(PSObject instance) => $"{Via(instance)}\n{Cell.Line(instance, "Basis")}".TrimEnd('\n');

    /// <summary>Who has or had the role.</summary>
    public static object Principal(PSObject instance) => EntitlementText.Known(instance, "Principal");

    /// <summary>Who did it.</summary>
    public static object InitiatedBy(PSObject instance) => EntitlementText.Known(instance, "InitiatedBy");

    /// <summary>Who did it, with everything known.</summary>
    public static object InitiatedByWhole(PSObject instance) => DetailText.Initiator(instance);

    /// <summary>The package that it came from; that it came from none; or that this is not known.</summary>
    public static object Via(PSObject instance) => Cell.Value(instance, "ViaEntitlement") switch
    {
        true => Cell.Line(instance, "AccessPackage") is { Length: > 0 } package ? package : "an access package",
        false => "direct",
        _ => EntitlementText.Unknown,
    };

    private static string RoleOfApplication(PSObject instance) => $"{Role(instance)} of {Application(instance)}";
}
