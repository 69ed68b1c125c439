using EntraAuditTools.Core.Eligibility;
using EntraAuditTools.Core.Queries.Entitlement.Assignments;
using EntraAuditTools.Core.Queries.Entitlement.Entities;
using EntraAuditTools.Core.Queries.Entitlement.Organizations;
using EntraAuditTools.Core.Schema;

namespace EntraAuditTools.Core.Queries.Entitlement.Packages;

/// <summary>What the positions of several users share.</summary>
internal sealed class RequestWorld(EntitlementReader reader, AssignmentSelection selection, AssignmentReading reading)
{
    private readonly Lazy<IReadOnlyList<RequestOrganization>?> organizations = new(() => ConnectedOrganizationQuery.ForRules(reader));
    private readonly Lazy<bool> assignmentsAreKnown = new(() => reader.CompleteExports.Covers(EntityKind.Assignment)
        || Exists(reader, "SELECT 1 FROM assignment"));
    private readonly Lazy<bool> incompatiblePackagesAreKnown = new(() => Exists(reader, ListOf(EdgeRole.IncompatiblePackage)));
    private readonly Lazy<bool> incompatibleGroupsAreKnown = new(() => Exists(reader, ListOf(EdgeRole.IncompatibleGroup)));

    private (long Number, RequestSubject Subject, Memberships Memberships, Managers Managers)? asker;

    /// <summary>Reads it.</summary>
    public EntitlementReader Reader { get; } = reader;

    /// <summary>Finds assignments.</summary>
    public AssignmentSelection Selection { get; } = selection;

    /// <summary>Judges assignments.</summary>
    public AssignmentReading Reading { get; } = reading;

    /// <summary>Connected organizations; null when no export contains them.</summary>
    public IReadOnlyList<RequestOrganization>? Organizations => organizations.Value;

    /// <summary>Whether exports contain assignments at all.</summary>
    public bool AssignmentsAreKnown => assignmentsAreKnown.Value;

    /// <summary>Whether exports contain incompatible packages of any package.</summary>
    public bool IncompatiblePackagesAreKnown => incompatiblePackagesAreKnown.Value;

    /// <summary>Whether exports contain incompatible groups of any package.</summary>
    public bool IncompatibleGroupsAreKnown => incompatibleGroupsAreKnown.Value;

    /// <summary>Somebody who asks for a user.</summary>
    public OnBehalf OnBehalf(long requestor, long user)
    {
        if (asker is not { } known || known.Number != requestor)
            asker = known = (requestor, new Subjects(Reader).ForRules(requestor), new Memberships(Reader, [requestor]),
                new Managers(Reader));
        return new()
        {
            Requestor = known.Subject,
            Label = Reader.Ref(requestor)?.Name ?? Reader.Ref(requestor)?.UserPrincipalName ?? known.Subject.Id,
            Manages = levels => known.Managers.Manages(requestor, user, levels),
            MemberOf = known.Memberships.Of,
        };
    }

    private static bool Exists(EntitlementReader reader, string sql) =>
        reader.Mirror.Query($"SELECT EXISTS ({sql})", row => row.GetInt64(0) != 0).First();

    // By package, since a role alone is in no index and members are very many.
    private static string ListOf(EdgeRole role)
    {
        string Of(string table) =>
            $"SELECT 1 FROM entity p JOIN {table} l ON l.source = p.id AND l.role = {(int)role} WHERE p.kind = {(int)EntityKind.AccessPackage}";
        return $"{Of("edge_list")} UNION ALL {Of("edge")}";
    }
}
