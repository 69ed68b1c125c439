using System.Globalization;
using System.Xml;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Formats.Entitlement;

/// <summary>
/// The words of entitlement management's enumerations in Graph v1.0's spelling (CSDL v1.0), whatever casing or number an export has. Words
/// that are not known are kept as they are.
/// </summary>
internal static class EntitlementWords
{
    /// <summary>accessPackageAssignmentState.</summary>
    public static readonly EntitlementWordList AssignmentStates = new(0, "delivering", "partiallyDelivered", "delivered", "expired",
        "deliveryFailed");

    /// <summary>accessPackageRequestState.</summary>
    public static readonly EntitlementWordList RequestStates =
        new(0, "submitted", "pendingApproval", "delivering", "delivered", "deliveryFailed", "denied", "scheduled", "canceled",
            "partiallyDelivered");

    /// <summary>accessPackageRequestType; <c>userExtend</c> is only in the documentation.</summary>
    public static readonly EntitlementWordList RequestTypes = new(
        0, "notSpecified", "userAdd", "userUpdate", "userRemove", "adminAdd", "adminUpdate", "adminRemove", "systemAdd", "systemUpdate",
        "systemRemove", "onBehalfAdd", "unknownFutureValue", "approverRemove", "userExtend");

    /// <summary>accessPackageCatalogState.</summary>
    public static readonly EntitlementWordList CatalogStates = new(1, "unpublished", "published");

    /// <summary>accessPackageCatalogType.</summary>
    public static readonly EntitlementWordList CatalogTypes = new(1, "userManaged", "serviceDefault", "serviceManaged");

    /// <summary>connectedOrganizationState.</summary>
    public static readonly EntitlementWordList OrganizationStates = new(0, "configured", "proposed");

    /// <summary>accessPackageSubjectLifecycle.</summary>
    public static readonly EntitlementWordList Lifecycles = new(0, "notDefined", "notGoverned", "governed");

    /// <summary>expirationPatternType.</summary>
    public static readonly EntitlementWordList ExpirationTypes = new(0, "notSpecified", "noExpiration", "afterDateTime", "afterDuration");

    /// <summary>approvalStage.reviewResult: in v1.0 too it is a text with a capital.</summary>
    public static readonly EntitlementWordList ReviewResults = new(0, "NotReviewed", "Approve", "Deny");

    /// <summary>approvalStage.status.</summary>
    public static readonly EntitlementWordList StageStatuses =
        new(0, "NotStarted", "InProgress", "Completed", "Expired", "Initializing", "Escalating", "Escalated");

    /// <summary>customExtensionCalloutInstanceStatus.</summary>
    public static readonly EntitlementWordList CalloutStatuses =
        new(1, "calloutSent", "callbackReceived", "calloutFailed", "callbackTimedOut", "waitingForCallback");

    /// <summary>user.userType.</summary>
    public static readonly EntitlementWordList UserTypes = new(0, "Member", "Guest");

    /// <summary>accessPackageResource.originSystem.</summary>
    public static readonly EntitlementWordList Systems = new(0, "AadGroup", "AadApplication", "SharePointOnline", "DirectoryRole");

    /// <summary>allowedTargetScope.</summary>
    private static readonly EntitlementWordList TargetScopes = new(
        0, "notSpecified", "specificDirectoryUsers", "specificConnectedOrganizationUsers", "specificDirectoryServicePrincipals",
        "allMemberUsers", "allDirectoryUsers",
        "allDirectoryServicePrincipals", "allConfiguredConnectedOrganizationUsers", "allExternalUsers", "allDirectoryAgentIdentities");

    // microsoft-graph-docs-contrib, beta requestorSettings: scopeType.
    private static readonly (string Beta, string Word)[] ScopeTypes =
    [
        ("NoSubjects", "notSpecified"),
        ("SpecificDirectorySubjects", "specificDirectoryUsers"),
        ("SpecificConnectedOrganizationSubjects", "specificConnectedOrganizationUsers"),
        ("AllExistingDirectoryMemberUsers", "allMemberUsers"),
        ("AllExistingDirectorySubjects", "allDirectoryUsers"),
        ("AllConfiguredConnectedOrganizationSubjects", "allConfiguredConnectedOrganizationUsers"),
        ("AllExistingConnectedOrganizationSubjects", "allConfiguredConnectedOrganizationUsers"),
        ("AllExternalSubjects", "allExternalUsers"),
    ];

    /// <summary>Who can request, from v1.0's <c>allowedTargetScope</c> or beta's <c>scopeType</c>.</summary>
    public static string? Scope(string? text)
    {
        if (text == null) return null;
        foreach (var (beta, word) in ScopeTypes)
        {
            if (Utf8.Is(text, beta)) return word;
        }

        return TargetScopes.Known(text);
    }

    /// <summary>
    /// A duration in one spelling of ISO 8601, from such a text or a TimeSpan's; one with months or years, whose length is not fixed, or in
    /// no known spelling stays as it is. Null for null and for TimeSpan.MaxValue, which .NET services write for "none".
    /// </summary>
    public static string? Duration(string? text)
    {
        if (text == null) return null;
        if (text.Contains(':', StringComparison.Ordinal) && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var span))
            return Iso(span);
        var date = text.AsSpan(0, text.IndexOf('T', StringComparison.OrdinalIgnoreCase) is var t and >= 0 ? t : text.Length);
        if (date.IndexOfAny("YyMm") >= 0) return text.ToUpperInvariant();
        return TryParse(text, out span) ? Iso(span) : text;
    }

    public static string? Iso(TimeSpan span) => span == TimeSpan.MaxValue ? null : XmlConvert.ToString(span);

    /// <summary>A duration in days, rounded up; null when it has no fixed length.</summary>
    public static int? Days(string? text) =>
        text != null && TryParse(text, out var span) && span.TotalDays is >= 0 and < int.MaxValue
            ? (int)Math.Ceiling(span.TotalDays) : null;

    private static bool TryParse(string text, out TimeSpan span)
    {
        try
        {
            span = XmlConvert.ToTimeSpan(text.ToUpperInvariant());
            return true;
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            span = default;
            return false;
        }
    }
}

/// <summary>The words of one enumeration.</summary>
/// <param name="first">Number of the first word.</param>
/// <param name="words">The words in the order of their numbers.</param>
internal sealed class EntitlementWordList(int first, params string[] words)
{
    /// <summary>The words as Graph writes them.</summary>
    public IReadOnlyList<string> Words => words;

    /// <summary>The word as Graph writes it; one that is not known as it is.</summary>
    public string? Known(string? text)
    {
        if (text == null) return null;
        foreach (var word in words)
        {
            if (Utf8.Is(text, word)) return word;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number - first >= 0
            && number - first < words.Length ? words[number - first] : text;
    }
}
