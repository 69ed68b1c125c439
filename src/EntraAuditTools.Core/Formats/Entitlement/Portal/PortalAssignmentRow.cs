using System.Text.Json;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Formats.Dates;
using EntraAuditTools.Core.Formats.Entitlement.Objects;
using EntraAuditTools.Core.Schema;

namespace EntraAuditTools.Core.Formats.Entitlement.Portal;

/// <summary>
/// A row of the portal's download of assignments, whose columns are named as <see cref="PortalEntitlementColumns"/> gives them. It has no
/// assignment id: <see cref="FactNames.Portal"/> marks it, and its id is made of package, user and policy.
/// </summary>
internal static class PortalAssignmentRow
{
    /// <summary>Prefix of the ids that are made up.</summary>
    public const string IdPrefix = "portal:";

    private static readonly string[] NoEnd =
        ["never", "none", "no end", "no end date", "no expiration", "no expiration date", "does not expire", "n/a", "-", "–", "—"];

    /// <summary>What the row contains.</summary>
    /// <exception cref="RecordException">It names no user.</exception>
    public static EntityObservation Read(JsonElement row, EntitlementHints hints)
    {
        string? Cell(string column) =>
            row.TryGetProperty(column, out var value) ? RecordNode.TextOf(value)?.Trim() is { Length: > 0 } text ? text : null : null;
        string? Id(string column) => IdText.Clean(Cell(column));

        var (name, upn, mail, objectId) = (Cell("displayName"), Cell("userPrincipalName"), Cell("mail"), Id("objectId"));
        Unmix(ref name, ref upn, ref objectId);
        var user = objectId ?? upn ?? mail ?? name ?? throw new RecordException("names no user");
        var (packageName, packageId) = (Cell("accessPackage"), Id("accessPackageId"));
        if (packageId == null && packageName == null) packageName = hints.AccessPackage;
        if (packageId == null && IdText.IsGuid(packageName)) (packageId, packageName) = (IdText.Clean(packageName), null);
        var (policyName, policyId) = (Cell("policy"), Id("policyId"));

        var assignment = new EntityObservation(EntityKind.Assignment, Id("assignmentId")
            ?? $"{IdPrefix}{packageId ?? packageName}|{user}|{policyId ?? policyName}".ToLowerInvariant())
            .AddKnown(FactNames.PackageName, packageName)
            .AddKnown(FactNames.PolicyName, policyName)
            .AddKnown(FactNames.SubjectName, name)
            .AddKnown(FactNames.SubjectUpn, upn)
            .AddKnown(FactNames.SubjectMail, mail)
            .AddLink(FactNames.Package, EntityKind.AccessPackage, packageId)
            .AddLink(FactNames.Policy, EntityKind.Policy, policyId)
            .AddLink(FactNames.Subject, EntityKind.User, objectId);
        if (Id("assignmentId") == null) assignment.Add(FactNames.Portal, true);
        if (packageId == null && packageName != null)
            assignment.NamedParent = new(EntityKind.AccessPackage, packageName, FactNames.Package, null);
        AddState(assignment, Cell("state"), Cell("status"));
        if (Cell("start") is { } start && TimeText.TryParse(start, out var from)) assignment.AddKnownTime(FactNames.Start, from);
        AddEnd(assignment, Cell("end"));
        AddUser(assignment, objectId, name, upn, mail, Cell("userType"), Cell("lifecycle"));
        return assignment;
    }

    /// <summary>A column "User" may hold a name, a UPN or an object id.</summary>
    private static void Unmix(ref string? name, ref string? upn, ref string? objectId)
    {
        if (name == null) return;
        if (objectId == null && IdText.IsGuid(name)) (objectId, name) = (IdText.Clean(name), null);
        else if (upn == null && name.Contains('@', StringComparison.Ordinal) && !name.Contains(' ', StringComparison.Ordinal))
            (upn, name) = (name, null);
    }

    /// <summary>The view has one of them, which may be either: the state is the one whose word is a state's.</summary>
    private static void AddState(EntityObservation assignment, string? state, string? status)
    {
        var known = EntitlementWords.AssignmentStates.Known((state ?? status)?.Replace(" ", string.Empty, StringComparison.Ordinal));
        assignment.AddKnown(FactNames.State, known);
        if (state != null) assignment.AddKnown(FactNames.Status, status);
    }

    /// <summary>Whether a text says that there is no end.</summary>
    public static bool IsNoEnd(string text) => NoEnd.Contains(text, StringComparer.OrdinalIgnoreCase);

    private static void AddEnd(EntityObservation assignment, string? end)
    {
        if (end == null) return;
        if (TimeText.TryParse(end, out var ticks)) ExpirationFacts.Write(assignment, "afterDateTime", ticks, null);
        else if (IsNoEnd(end)) ExpirationFacts.Write(assignment, "noExpiration", 0, null);
    }

    private static void AddUser(EntityObservation assignment, string? objectId, string? name, string? upn, string? mail, string? type,
        string? lifecycle)
    {
        if (objectId == null) return;
        assignment.AddNested(new EntityObservation(EntityKind.User, objectId)
            .AddKnown(FactNames.Name, name)
            .AddKnown(FactNames.UserPrincipalName, upn)
            .AddKnown(FactNames.Mail, mail)
            .AddKnown(FactNames.UserType, EntitlementWords.UserTypes.Known(type))
            .AddKnown(FactNames.Lifecycle,
                EntitlementWords.Lifecycles.Known(lifecycle?.Replace(" ", string.Empty, StringComparison.Ordinal))));
    }
}
