using System.Management.Automation;
using EntraAuditTools.PowerShell.Views.Declaring;

namespace EntraAuditTools.PowerShell.Views.Entitlement;

/// <summary>Policies, in the portal's words (Graph: accessPackageAssignmentPolicy).</summary>
public static class AccessPackagePolicyView
{
    internal static void Declare(RecordViews<AccessPackagePolicy> record)
    {
        record.Alias("AllowedTargetScope", it => it.AllowedRequestors);
        record.Serialized(depth: 3);

        record.Table("Policy")
            .Column("DisplayName", 22, EntitlementCells.Name)
            .Column("Requests", 9, Requests)
            .Column("AllowedRequestors", AllowedRequestors)
            .Column("Approval", 10, Approval)
            .Column("Expiration", Expiration);

        record.List("Policy")
            .Item("DisplayName", EntitlementCells.Name)
            .Item("Id", it => it.Id)
            .Item("Description", SharedCells.Description)
            .Item("Who can request", WhoCanRequest)
            .Item("Enable new requests", Requests)
            .Item("Require approval", ApprovalStages)
            .Item("Require justification", JustificationRequired)
            .Item("Request on behalf", OnBehalf)
            .Item("Specific timeline", CustomSchedule)
            .Item("Assignments expire", Expiration)
            .Item("Extend access", Extending)
            .Item("Remove own access", OwnRemoval)
            .Item("Access reviews", AccessReviews)
            .ItemIf(IsAutomatic, "On leaving the scope", Leaving)
            .Item("Questions", Questions)
            .Item("Custom extensions", CustomExtensions);
    }

    /// <summary>Who can request by a policy.</summary>
    public static object AllowedRequestors(PSObject instance) => EntitlementText.Known(instance, "AllowedRequestors");

    /// <summary>Who can request by a policy, in the portal's words.</summary>
    public static object WhoCanRequest(PSObject instance)
    {
        var scope = EntitlementText.Known(instance, "AllowedRequestors");
        return EntitlementText.Lines(instance, "SpecificRequestors", item => Cell.Line(item)) is { Length: > 0 } listed
            ? $"{PolicyText.Scope(scope)}: {listed.Replace("\n", ", ", StringComparison.Ordinal)}" : PolicyText.Scope(scope);
    }

    /// <summary>A policy's stages of approval, a line each.</summary>
    public static object ApprovalStages(PSObject instance) =>
        EntitlementText.Lines(instance, "ApprovalStages", item => Cell.Line(item)) is { Length: > 0 } stages ? stages : Approval(instance);

    /// <summary>Whether requests by a policy need a justification.</summary>
    public static object JustificationRequired(PSObject instance) => PolicyText.Flag(instance, "JustificationRequired");

    /// <summary>Who can request by a policy for others, and what more they can do.</summary>
    public static object OnBehalf(PSObject instance) => PolicyText.OnBehalf(instance);

    /// <summary>Whether requestors can say from when to when.</summary>
    public static object CustomSchedule(PSObject instance) => PolicyText.Flag(instance, "CustomSchedule");

    /// <summary>Whether access by a policy can be extended, and whether that needs approval.</summary>
    public static object Extending(PSObject instance) => PolicyText.Extending(instance);

    /// <summary>Whether people can give back their own access.</summary>
    public static object OwnRemoval(PSObject instance) => PolicyText.Flag(instance, "CanRemoveOwnAccess");

    /// <summary>Whether and how assignments by a policy are reviewed.</summary>
    public static object AccessReviews(PSObject instance) =>
        Cell.Value(instance, "AccessReviews") is true && Cell.Line(instance, "AccessReviewSettings") is { Length: > 0 } how ? how
        : PolicyText.Flag(instance, "AccessReviews");

    /// <summary>What a policy asks requestors, a line each.</summary>
    public static object Questions(PSObject instance) => EntitlementText.Lines(instance, "Questions", item => Cell.Line(item));

    /// <summary>Which custom extensions a policy calls, a line each.</summary>
    public static object CustomExtensions(PSObject instance) =>
        EntitlementText.Lines(instance, "CustomExtensions", item => Cell.Line(item));

    /// <summary>Whether a policy assigns by a rule.</summary>
    public static object IsAutomatic(PSObject instance) => Cell.Value(instance, "IsAutomatic") is true;

    /// <summary>What happens to access by a rule when a user leaves its scope.</summary>
    public static object Leaving(PSObject instance) => Cell.Value(instance, "RemovesOnLeaving") switch
    {
        true => Cell.Line(instance, "GracePeriod") is { Length: > 0 } grace ? $"removed after {grace}" : "removed",
        false => "kept",
        _ => EntitlementText.Unknown,
    };

    /// <summary>How assignments by a policy end.</summary>
    public static object Expiration(PSObject instance) => EntitlementText.Known(instance, "Expiration");

    /// <summary>Whether a policy's assignments need approval.</summary>
    public static object Approval(PSObject instance) =>
        Cell.Value(instance, "ApprovalRequired") switch { true => "required", false => "none", _ => EntitlementText.Unknown };

    /// <summary>Whether a policy takes requests.</summary>
    public static object Requests(PSObject instance) =>
        Cell.Value(instance, "AcceptsRequests") switch { true => "yes", false => "no", _ => EntitlementText.Unknown };
}
