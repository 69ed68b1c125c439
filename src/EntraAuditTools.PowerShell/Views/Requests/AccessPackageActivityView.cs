using System.Management.Automation;
using EntraAuditTools.PowerShell.Views.Declaring;
using EntraAuditTools.PowerShell.Views.Entitlement;

namespace EntraAuditTools.PowerShell.Views.Requests;

/// <summary>What happened to access packages (Graph: directoryAudit; OperationName is the workbook's).</summary>
public static class AccessPackageActivityView
{
    internal static void Declare(RecordViews<AccessPackageActivity> record)
    {
        record.Alias("ActivityDateTime", it => it.Time);
        record.Alias("ActivityDisplayName", it => it.Operation);
        record.Alias("OperationName", it => it.Operation);
        record.Alias("AdditionalDetails", it => it.Details);
        record.Alias("TargetResources", it => it.Targets);
        record.Code("Original", Original);
        record.Serialized(depth: 4);

        record.Table("AccessPackageActivity")
            .Column("Time (UTC)", 19, RequestCells.Time)
            .Column("AccessPackage", EntitlementCells.AccessPackage)
            .Column("Operation", RequestCells.Operation)
            .Column("Initiator", Initiator)
            .Column("Result", RequestCells.Result);

        record.List("AccessPackageActivity")
            .Item("Time (UTC)", RequestCells.Time)
            .Item("AccessPackageId", it => it.AccessPackageId)
            .Item("AccessPackage", EntitlementCells.AccessPackage)
            .Item("Operation", RequestCells.Operation)
            .Item("Initiator", InitiatorWhole)
            .Item("Result", RequestCells.Result)
            .Item("Details", Details)
            .Item("Targets", Targets)
            .Item("CorrelationId", it => it.CorrelationId)
            .Item("TenantId", it => it.TenantId)
            .Item("Evidence", SharedCells.Evidence);
    }

    /// <summary>The original record.</summary>
    public static object? Original(PSObject instance) => (instance?.BaseObject as AccessPackageActivity)?.GetActivity().GetOriginal();

    /// <summary>Who started it, by the name that says most.</summary>
    public static object Initiator(PSObject instance)
    {
        string[] names = ["UserPrincipalName", "DisplayName", "ObjectId"];
        return names.Select(name => Cell.Line(instance, name)).FirstOrDefault(text => text.Length > 0) ?? EntitlementText.Unknown;
    }

    /// <summary>Who started it, with everything known.</summary>
    public static object InitiatorWhole(PSObject instance)
    {
        string[] names = ["UserPrincipalName", "DisplayName", "ObjectId"];
        var known = names.Select(name => Cell.Line(instance, name)).Where(text => text.Length > 0).ToList();
        return known.Count switch { 0 => EntitlementText.Unknown, 1 => known[0], _ => $"{known[0]} ({string.Join(", ", known.Skip(1))})" };
    }

    /// <summary>Details, a line each.</summary>
    public static object Details(PSObject instance) => DetailText.Pairs(instance, "Details");

    /// <summary>Targets, a line each.</summary>
    public static object Targets(PSObject instance) => DetailText.Targets(instance);
}
