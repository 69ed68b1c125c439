using System.Management.Automation;

namespace EntraAuditTools.PowerShell.Views.Entitlement;

/// <summary>Settings of policies in the portal's words.</summary>
internal static class PolicyText
{
    /// <summary>
    /// Who can request: Graph's <c>allowedTargetScope</c> as the portal's Requests tab names it (request policy, "Users who can request
    /// access"); other words as they are.
    /// </summary>
    public static string Scope(string scope) => scope switch
    {
        "notSpecified" => "None (administrator direct assignments only)",
        "specificDirectoryUsers" => "Specific users and groups",
        "specificConnectedOrganizationUsers" => "Specific connected organizations",
        "specificDirectoryServicePrincipals" => "Specific service principals",
        "allMemberUsers" => "All members (excluding guests)",
        "allDirectoryUsers" => "All users (including guests)",
        "allDirectoryServicePrincipals" => "All service principals",
        "allConfiguredConnectedOrganizationUsers" => "All configured connected organizations",
        "allExternalUsers" => "All users (all connected organizations + any new external users)",
        "allDirectoryAgentIdentities" => "All agents",
        _ => scope,
    };

    /// <summary>yes, no, or that no export contains it.</summary>
    public static string Flag(PSObject policy, string property) =>
        Cell.Value(policy, property) switch { true => "yes", false => "no", _ => EntitlementText.Unknown };

    /// <summary>"yes, by manager; can also remove access".</summary>
    public static string OnBehalf(PSObject policy)
    {
        if (Cell.Value(policy, "AcceptsOnBehalf") is not true) return Flag(policy, "AcceptsOnBehalf");
        var who = string.Join(", ", Cell.Items(policy, "OnBehalfRequestors").Select(item => Cell.Line(item)));
        string[] more = [EntitlementText.IsTrue(policy, "CanBeUpdatedOnBehalf") ? "change" : string.Empty,
            EntitlementText.IsTrue(policy, "CanBeRemovedOnBehalf") ? "remove" : string.Empty];
        var also = string.Join(" and ", more.Where(word => word.Length > 0));
        return $"yes, by {(who.Length > 0 ? who : "nobody who is named")}{(also.Length > 0 ? $"; can also {also} access" : string.Empty)}";
    }

    /// <summary>"yes, with approval".</summary>
    public static string Extending(PSObject policy) => Cell.Value(policy, "CanExtend") is true
        ? Cell.Value(policy, "ApprovalRequiredToExtend") switch
        { true => "yes, with approval", false => "yes, without approval", _ => "yes" }
        : Flag(policy, "CanExtend");
}
